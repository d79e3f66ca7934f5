//! Every page of `tests/pages`, held against what stands beside it: what is known of the article, and its whole text with
//! each noise passage written as `⟦kind|words⟧`.

use saksi::{CleanArticle, Packs, RawArticle, clean, read};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// How many pages there are at least; fewer means that a file is missing.
const LEAST: usize = 40;

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
        assert_eq!(clean.article.published, record.article.published);
        let map = clean.bytes.expect("it is a page");
        assert_eq!(map.len(), clean.text.chars().count());
        for passage in &clean.passages {
            let span = saksi::record::Span::new(passage.start, passage.end);
            assert!(map.span(span).is_some_and(|bytes| !bytes.is_empty()), "{}: {passage:?}", page.display());
        }
    }
}
