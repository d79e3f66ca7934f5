//! Small articles with gold, what was read, and the figures that follow, worked out by hand.
//!
//! A case file holds cases, each a title line `=== what it shows`, the article, and the parts `--- gold`, `--- record`
//! and `--- figures`. In a record `"at": "words"` stands for the start and end of these words, `"at": "words#2"` for
//! those of the second place. A line of figures is a measure with right, found and gold; a field with right and all; or
//! `leaks` with a count. What is not named must be 0. After a `#` stands how the figure comes about.

use saksi_score::{Figures, Gold, MEASURES, Reading, SHARES};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::path::Path;

struct Case {
    title: String,
    text: String,
    gold: String,
    record: String,
    figures: String,
}

fn cases(file: &str) -> Vec<Case> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(file);
    let all = std::fs::read_to_string(&path).unwrap();
    let mut cases = Vec::new();
    for block in all.split("\n=== ").skip(1) {
        let (title, rest) = block.split_once('\n').unwrap();
        let mut parts = rest.split("\n--- ");
        let text = parts.next().unwrap().to_owned();
        let mut part = |name: &str| {
            let part = parts.next().unwrap_or_else(|| panic!("{title}: no {name}"));
            part.strip_prefix(name).unwrap_or_else(|| panic!("{title}: not {name}: {part}")).to_owned()
        };
        let (gold, record, figures) = (part("gold\n"), part("record\n"), part("figures\n"));
        cases.push(Case { title: title.to_owned(), text, gold, record, figures });
    }
    cases
}

/// Puts `start` and `end` in place of `at`.
fn place(value: &mut Value, text: &str) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| place(item, text)),
        Value::Object(fields) => {
            fields.iter_mut().for_each(|(_, item)| place(item, text));
            if let Some(at) = fields.remove("at") {
                let at = at.as_str().unwrap();
                let (words, nth) = at.split_once('#').map_or((at, 1), |(words, nth)| (words, nth.parse().unwrap()));
                let (byte, _) = text.match_indices(words).nth(nth - 1).unwrap_or_else(|| panic!("no {at:?}"));
                let start = text[..byte].chars().count();
                fields.insert("start".into(), start.into());
                fields.insert("end".into(), (start + words.chars().count()).into());
            }
        }
        _ => {}
    }
}

fn wanted(case: &Case) -> BTreeMap<String, Vec<u64>> {
    let lines = case.figures.lines().map(|line| line.split('#').next().unwrap_or_default());
    let figures = lines.filter(|line| !line.trim().is_empty()).map(|line| {
        let mut words = line.split_whitespace();
        let name = words.next().unwrap().to_owned();
        (name, words.map(|word| word.parse().unwrap()).collect())
    });
    figures.collect()
}

fn got(figures: &Figures) -> BTreeMap<String, Vec<u64>> {
    let mut all = BTreeMap::new();
    for name in MEASURES {
        let tally = figures.tally(name);
        all.insert(name.to_owned(), vec![tally.right, tally.found, tally.gold]);
    }
    for name in SHARES {
        let share = figures.share(name);
        all.insert(name.to_owned(), vec![share.right, share.of]);
    }
    all.insert("leaks".to_owned(), vec![figures.leaks]);
    all.retain(|_, counts| counts.iter().any(|count| *count > 0));
    all
}

fn run(file: &str) {
    let cases = cases(file);
    assert!(!cases.is_empty(), "{file} holds no case");
    for case in cases {
        let title = &case.title;
        let mut gold: Map<String, Value> = serde_json::from_str(&case.gold).unwrap_or_else(|e| panic!("{title}: {e}"));
        gold.insert("language".into(), "en".into());
        let gold = Gold::from_json(&Value::Object(gold).to_string()).unwrap_or_else(|error| panic!("{title}: {error}"));
        let mut record: Value = serde_json::from_str(&case.record).unwrap_or_else(|error| panic!("{title}: {error}"));
        let own = record.get("text").and_then(Value::as_str).unwrap_or(&case.text).to_owned();
        place(&mut record, &own);
        record["text"] = json!(own);
        let reading = Reading::from_json(&record.to_string()).unwrap_or_else(|error| panic!("{title}: {error}"));
        let score = saksi_score::score(&case.text, &gold, &reading).unwrap_or_else(|error| panic!("{title}: {error}"));
        assert_eq!(got(&score.figures), wanted(&case), "{file}: {title}\n{}", score.notes.join("\n"));
    }
}

#[test]
fn noise_and_times() {
    run("noise-times.txt");
}

#[test]
fn attributions() {
    run("attributions.txt");
}

#[test]
fn events() {
    run("events.txt");
}

#[test]
fn sides() {
    run("sides.txt");
}

#[test]
fn fields() {
    run("fields.txt");
}
