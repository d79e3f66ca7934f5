//! Scrambled text never breaks the stage: spans lie in the text in order, and no stretch ends before it begins.

mod common;

use saksi_lang::Pack;
use saksi_record::{Basis, Published};
use saksi_time::{Rules, resolve};
use saksi_tree::{Span, Text};
use std::path::Path;

/// A small linear congruential generator: the same texts on every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }
}

#[test]
fn scrambled_text_gives_spans_in_order() {
    for code in Pack::languages() {
        let rules = Rules::compile(&Pack::builtin(code).unwrap()).unwrap();
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../lang/{code}/tests/time.txt"));
        let lines = std::fs::read_to_string(path).unwrap();
        let mut words: Vec<&str> = lines.split_whitespace().collect();
        words.extend([
            "9999",
            "0",
            "31",
            "29",
            "-",
            "(",
            ")",
            "/",
            "é",
            "👩‍👧",
            "\u{200b}",
            "’",
            "１",
            "ribu",
            "thousand",
            "²",
        ]);
        let mut dice = Dice(1);
        for _ in 0..3000 {
            let mut text = String::new();
            for _ in 0..dice.roll(40) {
                text.push_str(words[dice.roll(words.len())]);
                if dice.roll(4) > 0 {
                    text.push(' ');
                }
            }
            let text = Text::new(text);
            let analysis = common::split(&text, dice.roll(2) == 0);
            let value =
                [None, Some("2024-02-29"), Some("0001-01-01"), Some("9999-12-31"), Some("nonsense")][dice.roll(5)];
            let published = Published { value: value.map(str::to_owned), basis: Basis::Given };
            let dateline = (dice.roll(3) == 0).then(|| text.span());
            let times = resolve(&text, &analysis, published, dateline, &rules);
            let mut end = 0;
            for found in &times.found {
                let time = &found.time;
                assert!(time.start >= end && time.start < time.end, "{:?} in {:?}", time, text.as_str());
                end = time.end;
                let _ = text.slice(Span::new(time.start, time.end));
                if let (Some(first), Some(last)) = (&time.earliest, &time.latest) {
                    assert!(first <= last, "{:?} in {:?}", time, text.as_str());
                }
            }
        }
    }
}
