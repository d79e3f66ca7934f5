//! Every page of `tests/pages`, held against what stands beside it: what is known of the article, and its whole text with
//! each noise passage written as `⟦kind|words⟧`.

use saksi::{CleanArticle, Packs, RawArticle, clean, read};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// How many pages there are at least; fewer means that a file is missing.
const LEAST: usize = 343;

fn pages() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/pages");
    let entries = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut pages: Vec<PathBuf> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|kind| kind == "html"))
        .collect();
    pages.sort();
    pages
}

/// What is found, as the expectations are written.
fn written(clean: &CleanArticle) -> String {
    let article = &clean.article;
    let or_none = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".into());
    let published = article.published.value.as_ref().map(|day| format!("{day} {}", article.published.basis));
    let mut out = format!(
        "title: {}\nauthor: {}\noutlet: {}\npublished: {}\nlanguage: {}\nurl: {}\n\n",
        or_none(&article.title),
        or_none(&article.author),
        or_none(&article.outlet),
        or_none(&published),
        article.language,
        or_none(&article.url),
    );
    let mut passages = clean.passages.iter().peekable();
    for (at, c) in (0..).zip(clean.text.chars()) {
        if let Some(passage) = passages.peek().filter(|passage| passage.start == at) {
            let _ = write!(out, "⟦{}|", passage.kind);
        }
        out.push(c);
        if passages.next_if(|passage| passage.end == at + 1).is_some() {
            out.push('⟧');
        }
    }
    out.push('\n');
    out
}

#[test]
fn every_page_stands_beside_its_expectation_and_nothing_else_does() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/pages");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let other = match path.extension().and_then(|kind| kind.to_str()) {
            Some("html") => "txt",
            Some("txt") => "html",
            _ => panic!("{} is neither a page nor its expectation", path.display()),
        };
        assert!(path.with_extension(other).is_file(), "{} stands alone", path.display());
    }
}

#[test]
fn every_page_reads_as_written() {
    let packs = Packs::builtin();
    let pages = pages();
    assert!(pages.len() >= LEAST, "{} pages, expected at least {LEAST}", pages.len());
    let mut wrong = String::new();
    for page in &pages {
        let bytes = std::fs::read(page).unwrap();
        let expected = std::fs::read_to_string(page.with_extension("txt")).unwrap();
        let found = written(&clean(&RawArticle { bytes: &bytes, ..RawArticle::default() }, &packs).unwrap());
        if found != expected {
            let _ = writeln!(wrong, "\n=== {}", page.file_stem().unwrap_or_default().to_string_lossy());
            for (number, (found, expected)) in found.lines().zip(expected.lines()).enumerate() {
                if found != expected {
                    let _ = writeln!(wrong, "line {}\n  found    {found}\n  expected {expected}", number + 1);
                }
            }
            let (found, expected) = (found.lines().count(), expected.lines().count());
            if found != expected {
                let _ = writeln!(wrong, "{found} lines, expected {expected}");
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn a_page_gives_a_record_and_its_bytes() {
    let packs = Packs::builtin();
    for page in pages() {
        let bytes = std::fs::read(&page).unwrap();
        let raw = RawArticle { bytes: &bytes, ..RawArticle::default() };
        let (clean, record) = (clean(&raw, &packs).unwrap(), read(&raw, &packs).unwrap());
        assert_eq!(clean.text, record.text);
        // Where a page shows no day, reading may take one from what the text says of today.
        if clean.article.published.value.is_some() {
            assert_eq!(clean.article.published, record.article.published);
        }
        let map = clean.bytes.expect("it is a page");
        assert_eq!(map.len(), clean.text.chars().count());
        for passage in &clean.passages {
            let span = saksi::record::Span::new(passage.start, passage.end);
            assert!(map.span(span).is_some_and(|bytes| !bytes.is_empty()), "{}: {passage:?}", page.display());
        }
    }
}

/// The day of publication of a page with this head, `lang` and address, and what is noted of it.
fn published(html: &str, date: &str, text: &str, url: Option<&str>) -> (Option<String>, String) {
    let page = format!(
        "<!doctype html><html {html}><head><title>x</title><meta name=\"date\" content=\"{date}\"></head>\
         <body><article><h1>x</h1><p>{text}</p></article></body></html>"
    );
    let clean = clean(&RawArticle { bytes: page.as_bytes(), url, ..RawArticle::default() }, &Packs::builtin()).unwrap();
    let notes = clean.notes.iter().map(|note| note.message.as_str()).collect::<Vec<_>>().join("\n");
    (clean.article.published.value, notes)
}

#[test]
fn a_date_in_numbers_is_read_by_the_language_region_or_address_of_its_page() {
    const ENGLISH: &str =
        "Rebels attacked the town of Goma on Monday and killed at least twelve people, the army said.";
    const INDONESIAN: &str =
        "Banjir melanda Kabupaten Demak pada Selasa pagi dan ratusan warga mengungsi, kata bupati.";
    let day = |html: &str, date: &str, text: &str, url: Option<&str>| published(html, date, text, url).0;
    for date in ["13/07/2025", "13-07-2025", "07/13/2025"] {
        assert_eq!(day("lang=en", date, ENGLISH, None).as_deref(), Some("2025-07-13"), "{date}");
    }
    for date in ["03/04/2026", "03-04-2026"] {
        for html in ["lang=id", "lang=id-ID", "lang=en-GB", "lang=en-AU"] {
            assert_eq!(day(html, date, ENGLISH, None).as_deref(), Some("2026-04-03"), "{html}");
        }
        assert_eq!(day("lang=en-US", date, ENGLISH, None).as_deref(), Some("2026-03-04"));
        assert_eq!(day("lang=en", date, ENGLISH, Some("https://news.example.co.uk/a")).as_deref(), Some("2026-04-03"));
        assert_eq!(day("", date, INDONESIAN, None).as_deref(), Some("2026-04-03"));
        let (day, notes) = published("lang=en", date, ENGLISH, Some("https://news.example.com/a"));
        assert_eq!(day, None);
        assert!(notes.contains(&format!("`{date}` may be two days")), "{notes}");
    }
}
