//! The examples beside the rules and the lines of `lang/<code>/tests/time.txt`, for every language that has them.

mod common;

use saksi_lang::Pack;
use saksi_record::{Basis, Published};
use saksi_time::{Rules, Times, resolve};
use saksi_tree::Text;
use std::fmt::Write as _;
use std::path::Path;

fn read(text: &str, published: Option<&str>, rules: &Rules) -> (Text, Times) {
    let text = Text::new(text.to_owned());
    let analysis = common::split(&text, false);
    let value = published.map(str::to_owned);
    let basis = if value.is_some() { Basis::Given } else { Basis::None };
    let times = resolve(&text, &analysis, Published { value, basis }, None, rules);
    (text, times)
}

fn shown(text: &Text, times: &Times) -> Vec<(String, String, String)> {
    times
        .found
        .iter()
        .map(|found| {
            let words = text.slice(saksi_tree::Span::new(found.time.start, found.time.end)).to_owned();
            let rule = found.time.rule.rsplit(' ').next().unwrap_or_default().to_owned();
            (words, found.time.value.clone().unwrap_or_else(|| "-".to_owned()), rule)
        })
        .collect()
}

#[test]
fn every_rule_reads_its_examples() {
    let mut wrong = String::new();
    for code in Pack::languages() {
        let rules = Rules::compile(&Pack::builtin(code).unwrap()).unwrap();
        for example in rules.examples() {
            let (text, times) = read(&example.text, Some(&example.published), &rules);
            let found = shown(&text, &times);
            let fits = match &example.is {
                Some((words, value)) => found.iter().any(|(w, v, r)| w == words && v == value && *r == example.rule),
                None if example.alone => found.is_empty(),
                None => found.iter().all(|(_, _, rule)| *rule != example.rule),
            };
            if !fits {
                let _ = writeln!(
                    wrong,
                    "{code} {}: {:?} gave {found:?}, wanted {:?}",
                    example.rule, example.text, example.is
                );
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// Lines read `published | text | expression = value; …`: `-` for no publication day or no value, nothing after the
/// last bar for a text without times. Every time of the text must be named, in order.
#[test]
fn every_line_of_the_language_tests_comes_out() {
    let mut wrong = String::new();
    for code in Pack::languages() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../lang/{code}/tests/time.txt"));
        let lines = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let rules = Rules::compile(&Pack::builtin(code).unwrap()).unwrap();
        let mut count = 0;
        for (number, line) in lines.lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            count += 1;
            let cells: Vec<&str> = line.splitn(3, '|').map(str::trim).collect();
            let [published, text, expected] = cells[..] else { panic!("{code}:{}: three cells", number + 1) };
            let published = Some(published).filter(|day| *day != "-");
            let (text, times) = read(text, published, &rules);
            let found: Vec<String> =
                shown(&text, &times).into_iter().map(|(words, value, _)| format!("{words} = {value}")).collect();
            let expected: Vec<&str> = expected.split(';').map(str::trim).filter(|part| !part.is_empty()).collect();
            if found != expected {
                let _ = writeln!(
                    wrong,
                    "{code}:{}: {}\n   found  {found:?}\n   wanted {expected:?}",
                    number + 1,
                    text.as_str()
                );
            }
        }
        if count < 150 {
            let _ = writeln!(wrong, "{code} has {count} lines");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}
