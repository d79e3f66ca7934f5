//! Whatever comes in, every span of the record slices to its text, and the same bytes give the same record.

use proptest::prelude::*;
use saksi::record::{Record, Span};
use saksi::{Packs, RawArticle, ReadError, read};
use std::sync::OnceLock;

fn packs() -> &'static Packs {
    static PACKS: OnceLock<Packs> = OnceLock::new();
    PACKS.get_or_init(Packs::builtin)
}

fn spans(record: &Record) -> Vec<Span> {
    let mut spans: Vec<Span> = record.passages.iter().map(|p| Span::new(p.start, p.end)).collect();
    spans.extend(record.sentences.iter().map(|s| Span::new(s.start, s.end)));
    spans.extend(record.times.iter().map(|t| Span::new(t.start, t.end)));
    spans.extend(record.actors.iter().flat_map(|a| &a.mentions).map(|m| Span::new(m.start, m.end)));
    spans.extend(record.places.iter().flat_map(|p| &p.mentions).map(|m| Span::new(m.start, m.end)));
    spans.extend(record.events.iter().map(|e| e.trigger));
    spans.extend(record.events.iter().flat_map(|e| &e.quantities).map(|q| Span::new(q.start, q.end)));
    for said in &record.attributions {
        spans.extend(said.cue);
        spans.extend(&said.content);
        spans.extend(said.source.start.zip(said.source.end).map(|(start, end)| Span::new(start, end)));
        spans.extend(said.channel.as_ref().map(|channel| Span::new(channel.start, channel.end)));
    }
    for held in &record.attitudes {
        spans.push(held.cue);
        spans.extend(&held.content);
        spans.extend(held.source.start.zip(held.source.end).map(|(start, end)| Span::new(start, end)));
    }
    spans
}

fn check(bytes: &[u8], published: Option<&str>, language: Option<&str>) {
    let article = RawArticle { bytes, published, language, ..RawArticle::default() };
    let record = match read(&article, packs()) {
        Ok(record) => record,
        Err(ReadError::Binary(_)) => return,
        Err(other) => panic!("{other}"),
    };
    let length = record.text.chars().count() as u32;
    for span in spans(&record) {
        assert!(span.start < span.end && span.end <= length, "{span:?} in a text of {length}");
    }
    let noise: Vec<Span> = record
        .passages
        .iter()
        .filter(|passage| !passage.kind.is_evidence())
        .map(|passage| Span::new(passage.start, passage.end))
        .collect();
    for event in &record.events {
        assert!(!noise.iter().any(|noise| noise.overlaps(event.trigger)), "an event from noise");
    }
    for said in &record.attributions {
        assert!(
            !said.content.iter().any(|piece| noise.iter().any(|noise| noise.overlaps(*piece))),
            "content from noise"
        );
    }
    for held in &record.attitudes {
        let mut pieces = held.content.iter().chain([&held.cue]);
        assert!(!pieces.any(|piece| noise.iter().any(|noise| noise.overlaps(*piece))), "an attitude from noise");
    }
    assert_eq!(record, read(&article, packs()).unwrap(), "two runs differ");
}

const PIECES: &[&str] = &[
    "Pejabat Barat percaya Pyongyang telah mengirim sekitar 11.000 pasukan ke Rusia",
    "The ministry said on Monday that rebels had killed at least 12 soldiers in Goma",
    "“Kami tidak menyerang,” ujarnya",
    "according to the White House",
    "Baca juga: Presiden Rusia Kunjungi Beijing",
    "READ MORE: Israel strikes Gaza | Site",
    "Note: The text is visually enhanced, as requested.",
    "Sabtu (21/9/2024) pagi",
    "last week",
    "Rp5 miliar",
    "\n\n",
    "\n",
    ". ",
    ", ",
    " ",
    "“",
    "”",
    "\"",
    "😀",
    "\u{200b}",
    "é",
    "—",
    "(",
    ")",
    "Kim",
    "Putin",
    "Gaza",
    "AS",
    "he",
    "mereka",
    "itu",
    ":",
    "11.000",
    "US$5",
    "1,5 juta",
    "Kyiv",
    "tersebut",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn pieces_of_news_in_any_order(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..40), dated in any::<bool>(), indonesian in any::<bool>()) {
        let text = pieces.join(" ");
        check(text.as_bytes(), dated.then_some("2025-07-13"), Some(if indonesian { "id" } else { "en" }));
    }

    #[test]
    fn any_text(text in "\\PC{0,300}") {
        check(text.as_bytes(), None, Some("en"));
    }

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        check(&bytes, None, None);
    }
}

#[test]
fn odd_articles_are_read() {
    let long_line = "Rebels attacked Goma on Monday ".repeat(2000);
    let nested = "(".repeat(5000);
    for text in [
        "",
        " ",
        "\n\n\n",
        "Title only",
        "…",
        "?!?!",
        "\u{feff}",
        "a\u{0}b",
        // a quotation that opens before a related link and closes behind it
        "” “ Kim Note: It is ready. Baca juga: Presiden Rusia Kunjungi Beijing “Kami tidak menyerang,” ujarnya Pejabat Barat",
        "😀😀😀",
        &long_line,
        &nested,
        "12 12 12 12",
        "-\t-\t-\n|x|y|z|",
    ] {
        check(text.as_bytes(), Some("2025-01-01"), Some("en"));
        check(text.as_bytes(), None, Some("id"));
        check(text.as_bytes(), None, None);
    }
}
