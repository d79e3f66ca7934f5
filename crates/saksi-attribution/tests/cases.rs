//! Runs lang/<code>/tests/attribution.txt and attitudes.txt, and the examples of lexicon/cues.tsv and attitudes.tsv.

use saksi_attribution::{Found, Rules, Said};
use saksi_lang::Pack;
use saksi_record::{Held, Span};
use saksi_tree::{Region, RegionKind, Text};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Least share of cases that must come out right. Trees are a model's guess and change with it, so some do not.
const FLOOR: f64 = 0.9;
/// Least overlap of content words for a case to count, stricter than the 0.5 that the gold articles ask for.
const CONTENT_F1: f64 = 0.75;

#[derive(Debug, Default, Clone)]
struct Wanted {
    source: Vec<Span>,
    cue: Vec<Span>,
    content: Vec<Span>,
    stance: Option<String>,
}

struct Case {
    line: usize,
    text: String,
    title: bool,
    wanted: Vec<Wanted>,
    known_wrong: bool,
}

fn case(line: usize, row: &str) -> Case {
    let known_wrong = row.starts_with('?');
    let row = row.trim_start_matches('?').trim_start();
    let (row, title) = row.strip_prefix("title:").map_or((row, false), |rest| (rest.trim_start(), true));
    let (row, stance) =
        row.rsplit_once("=>").map_or((row, None), |(row, stance)| (row.trim_end(), Some(stance.trim())));
    let letters: Vec<char> = row.chars().collect();
    let mut text = String::new();
    let mut at = 0;
    let mut open: Vec<(char, char, u32)> = Vec::new();
    let mut wanted: BTreeMap<char, Wanted> = BTreeMap::new();
    let mut next = 0;
    while next < letters.len() {
        let letter = letters[next];
        next += 1;
        match letter {
            '{' | '<' | '[' => {
                let digit = letters.get(next).copied().filter(char::is_ascii_digit);
                if digit.is_some() && letters.get(next + 1) == Some(&' ') {
                    next += 2;
                    open.push((letter, digit.unwrap_or('1'), at));
                } else {
                    open.push((letter, '1', at));
                }
            }
            '}' | '>' | ']' => {
                let (mark, digit, from) =
                    open.pop().unwrap_or_else(|| panic!("line {line}: `{letter}` closes nothing"));
                let one = wanted.entry(digit).or_default();
                let span = Span::new(from, at);
                match mark {
                    '{' => one.source.push(span),
                    '<' => one.cue.push(span),
                    _ => one.content.push(span),
                }
            }
            '¶' => {
                text.push('\n');
                at += 1;
            }
            _ => {
                text.push(letter);
                at += 1;
            }
        }
    }
    let mut wanted: Vec<Wanted> = wanted.into_values().collect();
    if let [one] = wanted.as_mut_slice() {
        one.stance = stance.map(str::to_owned);
    }
    Case { line, text, title, wanted, known_wrong }
}

fn words(text: &Text, spans: &[Span]) -> Vec<u32> {
    let mut starts = Vec::new();
    for span in spans {
        let mut inside = false;
        for (at, letter) in (span.start..).zip(text.slice(*span).chars()) {
            if letter.is_alphanumeric() && !inside {
                starts.push(at);
            }
            inside = letter.is_alphanumeric();
        }
    }
    starts
}

fn overlap(text: &Text, one: &[Span], two: &[Span]) -> f64 {
    let (one, two) = (words(text, one), words(text, two));
    let both = one.iter().filter(|word| two.contains(word)).count();
    2.0 * both as f64 / (one.len() + two.len()).max(1) as f64
}

fn fits(text: &Text, wanted: &Wanted, said: &Said) -> bool {
    let found = &said.attribution;
    let source = found.source.start.zip(found.source.end).map(|(start, end)| Span::new(start, end));
    let touches = |list: &[Span], span: Option<Span>| match span {
        Some(span) => list.iter().any(|one| one.overlaps(span)),
        None => list.is_empty(),
    };
    // The same source may carry several cues; which of its mentions is meant is then open.
    let source_fits = touches(&wanted.source, source) || wanted.source.is_empty();
    source_fits
        && (touches(&wanted.cue, found.cue) || wanted.cue.is_empty())
        && overlap(text, &wanted.content, &found.content) >= CONTENT_F1
        && wanted.stance.as_ref().is_none_or(|stance| found.stance.as_str() == stance)
}

fn read(text: &str, title: bool, analysis: &saksi_analysis::Rules, rules: &Rules) -> (Text, Found) {
    let text = Text::new(text.to_owned());
    let kind = if title { RegionKind::Title } else { RegionKind::Body };
    let analysed = saksi_analysis::analyze(&text, &[Region { span: text.span(), kind }], analysis);
    let found = saksi_attribution::find(&text, &analysed, &saksi_entities::Entities::default(), rules);
    (text, found)
}

fn show(text: &Text, said: &Said) -> String {
    let slice = |start: Option<u32>, end: Option<u32>| {
        start.zip(end).map_or("-", |(start, end)| text.slice(Span::new(start, end)))
    };
    let found = &said.attribution;
    let content: Vec<&str> = found.content.iter().map(|span| text.slice(*span)).collect();
    let cue = found.cue.map_or("-", |cue| text.slice(cue));
    format!("{{{}}} <{cue}> [{}] {}", slice(found.source.start, found.source.end), content.join(" | "), found.stance)
}

fn rules(code: &str) -> (saksi_analysis::Rules, Rules) {
    let pack = Pack::builtin(code).expect("the pack is built in");
    (saksi_analysis::Rules::compile(&pack).expect("it compiles"), Rules::compile(&pack).expect("it compiles"))
}

/// Runs the cases of `lang/<code>/tests/<file>`: `passes` holds one against what was found, `show` writes the latter out. At least
/// `least` cases must be there.
fn run(
    (code, file, least): (&str, &str, u32),
    passes: impl Fn(&Text, &Case, &Found) -> bool,
    show: impl Fn(&Text, &Found) -> Vec<String>,
) {
    let path = format!("{}/../../lang/{code}/tests/{file}", env!("CARGO_MANIFEST_DIR"));
    let rows = std::fs::read_to_string(path).expect("the cases are there");
    let (analysis, rules) = rules(code);
    let (mut right, mut all, mut log) = (0_u32, 0_u32, String::new());
    for (index, row) in rows.lines().enumerate().filter(|(_, row)| !row.is_empty() && !row.starts_with('#')) {
        let case = case(index + 1, row);
        if case.known_wrong {
            continue;
        }
        let (text, found) = read(&case.text, case.title, &analysis, &rules);
        all += 1;
        if passes(&text, &case, &found) {
            right += 1;
        } else {
            let _ = writeln!(log, "{code}:{}: {row}", case.line);
            for one in show(&text, &found) {
                let _ = writeln!(log, "      {one}");
            }
        }
    }
    let share = f64::from(right) / f64::from(all);
    assert!(share >= FLOOR && all >= least, "{right} of {all} cases right\n{log}");
    eprintln_for_reading(&log);
}

/// Runs lang/<code>/tests/attribution.txt: every attribution written is found, and no other.
fn run_attributions(code: &str) {
    let passes = |text: &Text, case: &Case, found: &Found| {
        let mut left: Vec<&Said> = found.said.iter().collect();
        let mut take =
            |wanted| left.iter().position(|said| fits(text, wanted, said)).map(|at| left.remove(at)).is_some();
        case.wanted.iter().all(&mut take) && left.is_empty()
    };
    let shown = |text: &Text, found: &Found| found.said.iter().map(|one| show(text, one)).collect();
    run((code, "attribution.txt", 120), passes, shown);
}

/// Cases that are wrong though the floor holds, for `cargo test -- --nocapture`.
#[allow(clippy::print_stderr, reason = "a test says what it tolerates")]
fn eprintln_for_reading(log: &str) {
    eprintln!("{log}");
}

/// Runs the examples of a table: in each its row must be what led to something found.
fn run_examples(code: &str, table: &str) {
    let pack = Pack::builtin(code).expect("the pack is built in");
    let (analysis, rules) = rules(code);
    let table = pack.table(table).expect("the table is there");
    let (head, example) = (table.column("head").expect("head"), table.column("example").expect("example"));
    let (mut right, mut all, mut log) = (0, 0, String::new());
    for row in table.rows() {
        let (text, found) = read(row.cell(example), false, &analysis, &rules);
        all += 1;
        let said = found.said.iter().flat_map(|said| &said.attribution.why);
        let whys: Vec<&str> =
            said.chain(found.held.iter().flat_map(|held| &held.held.why)).map(String::as_str).collect();
        if whys.contains(&row.location().to_string().as_str()) {
            right += 1;
        } else {
            let _ = writeln!(log, "{} `{}`: {}", row.location(), row.cell(head), row.cell(example));
            for one in &found.said {
                let _ = writeln!(log, "      {} ({})", show(&text, one), one.attribution.why.join(" "));
            }
            for one in &found.held {
                let _ = writeln!(log, "      {} ({})", show_held(&text, &one.held), one.held.why.join(" "));
            }
        }
    }
    let share = f64::from(right) / f64::from(all);
    assert!(share >= FLOOR, "{right} of {all} examples fire\n{log}");
    eprintln_for_reading(&log);
}

fn show_held(text: &Text, held: &Held) -> String {
    let source = held.source.start.zip(held.source.end).map_or("-", |(start, end)| text.slice(Span::new(start, end)));
    let content: Vec<&str> = held.content.iter().map(|span| text.slice(*span)).collect();
    format!("{{{source}}} <{}> [{}] {} {}", text.slice(held.cue), content.join(" | "), held.attitude, held.status)
}

/// Runs lang/<code>/tests/attitudes.txt. A case names attitudes alone; "=> wants", or "=> wants negated", says which.
fn run_attitudes(code: &str) {
    let fits = |text: &Text, wanted: &Wanted, held: &Held| {
        let source = held.source.start.zip(held.source.end).map(|(start, end)| Span::new(start, end));
        let source_fits = match source {
            Some(span) => wanted.source.iter().any(|one| one.overlaps(span)),
            None => wanted.source.is_empty(),
        };
        let kind = wanted.stance.as_deref().unwrap_or_default();
        let (attitude, status) = kind.split_once(' ').unwrap_or((kind, "actual"));
        source_fits
            && wanted.cue.iter().any(|cue| cue.overlaps(held.cue))
            && overlap(text, &wanted.content, &held.content) >= CONTENT_F1
            && (kind.is_empty() || held.attitude.as_str() == attitude && held.status.as_str() == status)
    };
    let passes = |text: &Text, case: &Case, found: &Found| match case.wanted.as_slice() {
        [] => found.held.is_empty(),
        wanted => wanted.iter().all(|wanted| found.held.iter().any(|holds| fits(text, wanted, &holds.held))),
    };
    let shown = |text: &Text, found: &Found| found.held.iter().map(|one| show_held(text, &one.held)).collect();
    run((code, "attitudes.txt", 20), passes, shown);
}

#[test]
fn english_cases_come_out_as_written() {
    run_attributions("en");
}

#[test]
fn indonesian_cases_come_out_as_written() {
    run_attributions("id");
}

#[test]
fn english_cues_fire_in_their_examples() {
    run_examples("en", "lexicon/cues.tsv");
}

#[test]
fn indonesian_cues_fire_in_their_examples() {
    run_examples("id", "lexicon/cues.tsv");
}

#[test]
fn english_attitudes_come_out_as_written() {
    run_attitudes("en");
}

#[test]
fn indonesian_attitudes_come_out_as_written() {
    run_attitudes("id");
}

#[test]
fn english_attitude_words_fire_in_their_examples() {
    run_examples("en", "lexicon/attitudes.tsv");
}

#[test]
fn indonesian_attitude_words_fire_in_their_examples() {
    run_examples("id", "lexicon/attitudes.tsv");
}
