//! Every character of a page's text knows the bytes it came from, whatever stands between.

use encoding_rs::Encoding;
use proptest::prelude::*;
use saksi_lang::Pack;
use saksi_page::{Hints, Page, Rules, read};
use std::sync::LazyLock;

static RULES: LazyLock<Rules> = LazyLock::new(|| Rules::compile(&Pack::builtin("world").unwrap(), &[]).unwrap());

/// A character as it may stand in a page: the markup, and what it reads as.
fn character() -> impl Strategy<Value = (String, String)> {
    let plain =
        prop_oneof!["[a-zA-Z0-9.,;:?!()-]", "[à-ÿ]", Just("–".to_owned()), Just("“".to_owned()), Just("東".to_owned())];
    prop_oneof![
        8 => plain.prop_map(|c| (c.clone(), c)),
        1 => prop_oneof![
            Just(("&amp;", "&")), Just(("&lt;", "<")), Just(("&gt", ">")), Just(("&quot;", "\"")), Just(("&eacute;", "é")), Just(("&eacute", "é")),
            Just(("&#8220;", "“")), Just(("&#x2013;", "–")), Just(("&#150;", "–")), Just(("&hellip;", "…")), Just(("&nbsp;", "\u{a0}")), Just(("&semi;", ";")),
            Just(("&NotEqualTilde;", "≂\u{338}")), Just(("&#0;", "\u{fffd}")), Just(("&unknown;", "&unknown;")), Just(("&#x1f600;", "😀")),
        ].prop_map(|(markup, text)| (markup.to_owned(), text.to_owned())),
    ]
}

/// What may stand between two characters and is no text.
fn between() -> impl Strategy<Value = String> {
    prop_oneof![
        12 => Just(String::new()),
        1 => prop_oneof![
            Just("<b>"), Just("</b>"), Just("<i class='x & y'>"), Just("</i>"), Just("<!-- a --> "), Just("<!---->"), Just("<a href=\"/x?a=1&amp;b=2\">"),
            Just("</a>"), Just("<span>"), Just("</span>"), Just("<![CDATA[ x ]]>"), Just("<?php x ?>"), Just("<script>var a = '<p>';</script>"), Just("<wbr>"),
            Just("</em>"), Just("\r\n"), Just(" "), Just("<br>"), Just("<svg><text>x</text></svg>"),
        ].prop_map(str::to_owned),
    ]
}

fn page() -> impl Strategy<Value = String> {
    let run = proptest::collection::vec((character(), between()), 30..90);
    proptest::collection::vec(run, 1..4).prop_map(|paragraphs| {
        let mut page = "<!doctype html><html><body><div class=article-body>".to_owned();
        for paragraph in paragraphs {
            page.push_str("<p>Presiden mengatakan bahwa ia akan datang ke kota itu pada hari itu. ");
            for ((markup, _), between) in paragraph {
                page.push_str(&markup);
                page.push_str(&between);
            }
        }
        page + "</div></body></html>"
    })
}

/// Whether `bytes`, decoded and read as HTML by themselves, are `c`.
fn stands_for(bytes: &[u8], encoding: &'static Encoding, c: char) -> bool {
    let (decoded, _) = encoding.decode_without_bom_handling(bytes);
    let decoded = decoded.as_ref();
    if decoded.chars().eq([c]) {
        return true;
    }
    // A blank stands for the blanks and the markup between two words.
    if c == ' ' {
        return decoded.starts_with(|c: char| c.is_ascii_whitespace())
            && decoded.ends_with(|c: char| c.is_ascii_whitespace());
    }
    let known = [
        ("&amp;", "&"),
        ("&lt;", "<"),
        ("&gt", ">"),
        ("&quot;", "\""),
        ("&eacute;", "é"),
        ("&eacute", "é"),
        ("&#8220;", "“"),
        ("&#x2013;", "–"),
        ("&#150;", "–"),
        ("&hellip;", "…"),
        ("&nbsp;", "\u{a0}"),
        ("&semi;", ";"),
        ("&NotEqualTilde;", "≂\u{338}"),
        ("&#0;", "\u{fffd}"),
        ("&#x1f600;", "😀"),
        ("&gt;", ">"),
    ];
    // What the encoding lacks is written as a reference by number.
    let number =
        decoded.strip_prefix("&#").and_then(|rest| rest.strip_suffix(';')).and_then(|number| number.parse().ok());
    known.iter().any(|(markup, text)| *markup == decoded && text.contains(c))
        || number.and_then(char::from_u32) == Some(c)
}

fn check(page: &Page, file: &[u8], encoding: &'static Encoding) -> Result<(), TestCaseError> {
    prop_assert_eq!(page.map.len(), page.text.chars().count());
    let mut last = 0;
    for (at, c) in (0..).zip(page.text.chars()) {
        let range = page.map.char(at).unwrap();
        prop_assert!(range.start >= last && range.end as usize <= file.len(), "at {}: {:?} after {}", at, range, last);
        last = range.start;
        if range.is_empty() {
            // Two characters that one reference stands for keep it together; layout's line breaks stand nowhere, nor does
            // the blank that joins a dateline to the paragraph below it.
            let before = page.text.chars().nth(at as usize - 1);
            let joins = c == ' ' && before.is_some_and(|before| matches!(before, '-' | '–' | '—'));
            prop_assert!(c == '\n' || c == '\t' || joins, "`{}` at {} stands nowhere", c, at);
            continue;
        }
        let bytes = &file[range.start as usize..range.end as usize];
        prop_assert!(stands_for(bytes, encoding, c), "`{}` at {} is {:?}", c, at, String::from_utf8_lossy(bytes));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn characters_of_a_utf8_page_know_their_bytes(page in page(), marked in any::<bool>()) {
        let file = if marked { [b"\xef\xbb\xbf", page.as_bytes()].concat() } else { page.into_bytes() };
        let read = read(&file, &Hints::default(), &RULES).unwrap();
        prop_assert!(read.text.len() > 60);
        check(&read, &file, encoding_rs::UTF_8)?;
    }

    #[test]
    fn characters_of_pages_in_other_encodings_know_their_bytes(page in page(), which in 0..5_usize) {
        let encoding = [
            encoding_rs::WINDOWS_1252, encoding_rs::SHIFT_JIS, encoding_rs::GB18030, encoding_rs::EUC_KR, encoding_rs::WINDOWS_1251,
        ][which];
        // What an encoding lacks is encoded as a reference by number.
        let (file, _, _) = encoding.encode(&page);
        let hints = Hints { charset: Some(encoding.name()), ..Hints::default() };
        let read = read(&file, &hints, &RULES).unwrap();
        // Bytes that are sound UTF-8 are read as such, whatever is said of them.
        let encoding = Encoding::for_label(read.encoding.as_bytes()).unwrap();
        check(&read, &file, encoding)?;
    }

    #[test]
    fn characters_of_utf16_pages_know_their_bytes(page in page(), big in any::<bool>()) {
        let units = page.encode_utf16();
        let (encoding, mut file): (_, Vec<u8>) =
            if big { (encoding_rs::UTF_16BE, vec![0xfe, 0xff]) } else { (encoding_rs::UTF_16LE, vec![0xff, 0xfe]) };
        file.extend(units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }));
        let read = read(&file, &Hints::default(), &RULES).unwrap();
        check(&read, &file, encoding)?;
    }

    #[test]
    fn any_bytes_are_a_page_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(read) = read(&bytes, &Hints::default(), &RULES) {
            prop_assert_eq!(read.map.len(), read.text.chars().count());
        }
    }

    #[test]
    fn any_markup_gives_marks_in_order(
        pieces in proptest::collection::vec(
            prop_oneof![
                Just("<div class=related>"), Just("<p>"), Just("</p>"), Just("</div>"), Just("<figcaption>"), Just("<h1>"), Just("</h1>"), Just("<a href=/x>"),
                Just("</a>"), Just("<table>"), Just("<td>"), Just("<li>"), Just("<ul>"), Just("Presiden mengatakan bahwa ia akan datang ke kota itu pada hari itu, katanya. "),
                Just("Baca juga: "), Just("Harga beras naik"), Just("<time datetime=2025-07-13>"), Just("13 Juli 2025"), Just("<span class=byline>"), Just("<article>"), Just("<br>"),
                Just("<strong>"), Just("</strong>"), Just("<aside>"), Just("&nbsp; "), Just("\n"),
            ],
            0..60,
        )
    ) {
        let page = format!("<html>{}", pieces.concat());
        let read = read(page.as_bytes(), &Hints::default(), &RULES).unwrap();
        let length = read.text.chars().count() as u32;
        let mut last = 0;
        for mark in &read.markup.marks {
            prop_assert!(mark.span.start >= last && mark.span.start < mark.span.end && mark.span.end <= length, "{:?}", read.markup.marks);
            last = mark.span.end;
        }
        last = 0;
        for link in &read.markup.links {
            prop_assert!(link.start >= last && link.start < link.end && link.end <= length, "{:?}", read.markup.links);
            last = link.end;
        }
    }
}
