//! The review without a terminal and without a file.

use super::decisions::{self, Collection, Wrong};
use super::draw::{self, Look};
use super::state::{Effect, Key, Mode, State, field_letter};
use super::values::{self, FIELDS, Names};
use super::view::{Role, Seen};
use saksi_merge::{Gazetteer, Report, Review};
use saksi_record::Span;
use saksi_store::Action;
use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr;

/// A report that an article and a key of its own make different from others.
fn report(key: &str) -> Report {
    let article = key.split(':').next().unwrap_or_default();
    serde_json::from_value(json!({
        "key": key, "article": article, "witness": key, "event": "e1", "outlet": "Antara", "language": "en",
        "published": "2025-07-13", "kind": "CONSULT", "mode": "visit", "context": ["diplomatic"],
        "quad": "verbal-cooperation",
        "actor": [
            {"key": "key of Lavrov", "name": "Lavrov", "kind": "person", "country": "RUS", "sector": "GOV", "title": null}
        ],
        "recipient": [
            {"key": "PRK", "name": "North Korea", "kind": "state", "country": "PRK", "sector": "GOV", "title": null}
        ],
        "place": [{"key": "wonsan", "name": "Wonsan", "country": "PRK", "lat": null, "lon": null}],
        "time": {"value": "2025-07-12", "earliest": "2025-07-12", "latest": "2025-07-12"},
        "status": "actual", "historical": false,
        "quantities": [
            {"value": 11000.0, "low": null, "high": null, "about": true, "unit": "troops", "start": 30, "end": 36}
        ],
        "certainty": "certain", "confidence": 0.83,
        "trigger": {"start": 7, "end": 10}, "sentence": {"start": 0, "end": 26},
        "sources": [
            {"key": "kcna", "name": "KCNA", "kind": "state-media", "stance": "asserts", "cue": null, "channel": null}
        ],
        "marks": [], "words": [], "review": "unreviewed"
    }))
    .unwrap()
}

const SENTENCE: &str = "Lavrov met 金正恩 in Wonsan.";

fn seen(key: &str, event: &str, review: Review) -> Seen {
    Seen {
        report: Report { review, ..report(key) },
        event: event.to_owned(),
        outlet: "Antara".to_owned(),
        title: "Talks in Wonsan".to_owned(),
        sentence: SENTENCE.to_owned(),
        around: ("Talks in Wonsan\n\n".to_owned(), " It ended.\n".to_owned()),
        marks: vec![(Span { start: 0, end: 6 }, Role::Actor), (Span { start: 7, end: 10 }, Role::Trigger)],
        chain: vec!["KCNA ‘said’ (state-media, asserts)".to_owned()],
        why: vec!["frame meet".to_owned()],
    }
}

const NEW: Review = Review::Unreviewed;

/// Three events are queued; the first has two reports, and is shown.
fn begun() -> State {
    let mut state = State::new(vec!["E1".into(), "E2".into(), "E3".into()]);
    state.open(0, vec![seen("a:1", "E1", NEW), seen("b:1", "E1", NEW)], None);
    state
}

fn press(state: &mut State, keys: &str) -> Effect {
    keys.chars().map(|letter| state.press(Key::Char(letter))).last().unwrap()
}

fn typed(state: &mut State, text: &str) {
    for letter in text.chars() {
        state.press(Key::Char(letter));
    }
}

#[test]
fn accepting_goes_on_to_the_next_report_and_then_to_the_next_event() {
    let mut state = begun();
    assert_eq!(press(&mut state, "a"), Effect::Decide(Action::Accept { reports: vec!["a:1".into()] }));
    let after = vec![vec![seen("a:1", "E1", Review::Accepted), seen("b:1", "E1", NEW)]];
    assert_eq!(state.decided(1, "a:1", "accepted", after), Effect::None);
    assert_eq!(state.report().unwrap().report.key, "b:1", "the other report was not looked at");
    assert_eq!(press(&mut state, "a"), Effect::Decide(Action::Accept { reports: vec!["b:1".into()] }));
    let after = vec![vec![seen("a:1", "E1", Review::Accepted), seen("b:1", "E1", Review::Accepted)]];
    assert_eq!(state.decided(2, "b:1", "accepted", after), Effect::Open(1));
    assert_eq!((state.made, state.message.as_str()), (2, "accepted"));
}

#[test]
fn a_rejected_report_leaves_its_event_and_the_review_stays_with_the_others() {
    let mut state = begun();
    assert_eq!(press(&mut state, "r"), Effect::Decide(Action::Reject { reports: vec!["a:1".into()] }));
    // alone it is another event, and the rest has another key too
    let after = vec![vec![seen("a:1", "E8", Review::Rejected)], vec![seen("b:1", "E9", NEW)]];
    assert_eq!(state.decided(1, "a:1", "rejected", after), Effect::None);
    assert_eq!(state.queue, ["E9", "E2", "E3"], "in the rejected one nothing is left to review");
    assert_eq!((state.at, state.report().unwrap().report.key.as_str()), (0, "b:1"));
}

#[test]
fn rejecting_a_whole_event_is_asked_for_twice() {
    let mut state = begun();
    assert_eq!(press(&mut state, "R"), Effect::None);
    assert_eq!(press(&mut state, "n"), Effect::None);
    assert_eq!((state.mode.clone(), state.at), (Mode::Look, 0));
    assert_eq!(press(&mut state, "Ry"), Effect::Decide(Action::Reject { reports: vec!["a:1".into(), "b:1".into()] }));
}

#[test]
fn the_last_event_says_so() {
    let mut state = begun();
    state.open(2, vec![seen("c:1", "E3", NEW)], None);
    assert_eq!(press(&mut state, "n"), Effect::None);
    assert!(state.message.contains("last event"));
    press(&mut state, "A");
    assert_eq!(state.decided(1, "c:1", "accepted", vec![vec![seen("c:1", "E3", Review::Accepted)]]), Effect::None);
    assert!(state.message.contains("last event"));
    assert_eq!(press(&mut state, "p"), Effect::Open(1));
    state.open(0, vec![seen("a:1", "E1", NEW)], None);
    assert_eq!(press(&mut state, "p"), Effect::None);
    assert!(state.message.contains("first event"));
}

#[test]
fn a_split_puts_the_report_behind_what_it_was_of() {
    let mut state = begun();
    press(&mut state, "j");
    assert_eq!(
        press(&mut state, "s"),
        Effect::Decide(Action::Split { report: "b:1".into(), from: vec!["a:1".into()] })
    );
    let after = vec![vec![seen("a:1", "E1", NEW)], vec![seen("b:1", "E7", NEW)]];
    assert_eq!(state.decided(1, "b:1", "split off", after), Effect::None);
    assert_eq!(state.queue, ["E1", "E7", "E2", "E3"]);
    assert_eq!(state.report().unwrap().report.key, "b:1");
    assert_eq!(press(&mut state, "s"), Effect::None, "a report alone cannot be split off");
}

#[test]
fn a_merge_takes_the_other_event_out_of_the_queue_and_undo_brings_it_back() {
    let mut state = begun();
    assert_eq!(press(&mut state, "m"), Effect::Find { report: "a:1".into(), words: String::new() });
    assert_eq!(state.press(Key::Enter), Effect::None, "nothing is chosen yet");
    state.found(vec![seen("x:1", "E9", NEW), seen("c:1", "E3", NEW)]);
    assert_eq!(press(&mut state, "w"), Effect::Find { report: "a:1".into(), words: "w".into() });
    state.found(vec![seen("x:1", "E9", NEW), seen("c:1", "E3", NEW)]);
    state.press(Key::Down);
    assert_eq!(state.press(Key::Enter), Effect::Decide(Action::Merge { one: "a:1".into(), other: "c:1".into() }));
    let all = vec![seen("a:1", "E3", NEW), seen("b:1", "E3", NEW), seen("c:1", "E3", NEW)];
    assert_eq!(state.decided(5, "a:1", "merged", vec![all]), Effect::None);
    assert_eq!(state.queue, ["E3", "E2"], "the event has the key of the other now");
    assert_eq!((state.at, state.reports.len()), (0, 3));
    assert_eq!(press(&mut state, "u"), Effect::Undo { seq: 5, reports: vec!["a:1".into(), "b:1".into()] });
    state.undone(vec![vec![seen("a:1", "E1", NEW), seen("b:1", "E1", NEW)]]);
    assert!(state.queue.contains(&"E1".to_owned()) && state.made == 0);
    assert_eq!(state.report().unwrap().report.key, "a:1");
    assert_eq!(press(&mut state, "u"), Effect::None);
    assert!(state.message.contains("saksi undo"));
}

#[test]
fn what_was_refused_stays_to_be_mended() {
    let mut state = begun();
    press(&mut state, "e");
    press(&mut state, "t");
    state.press(Key::Clear);
    typed(&mut state, "MEET");
    let edit = Effect::Edit { report: "a:1".into(), field: "type", typed: "MEET".into() };
    assert_eq!(state.press(Key::Enter), edit);
    state.refused("`MEET` is none of AGREE …");
    assert!(matches!(&state.mode, Mode::Type { line, .. } if line.text() == "MEET"));
    state.press(Key::Backspace);
    assert_eq!(state.message, "", "a message goes with the next key");
    state.press(Key::Escape);
    state.press(Key::Escape);
    assert_eq!(state.mode, Mode::Look);
}

#[test]
fn a_value_that_was_not_changed_is_not_written() {
    let mut state = begun();
    press(&mut state, "e");
    press(&mut state, "s");
    assert_eq!(state.press(Key::Enter), Effect::None);
    assert_eq!((state.mode.clone(), state.message.as_str()), (Mode::Look, "nothing was changed"));
}

#[test]
fn tab_goes_through_the_values_of_a_closed_list() {
    let mut state = begun();
    press(&mut state, "e");
    press(&mut state, "s");
    let text = |state: &State| match &state.mode {
        Mode::Type { line, .. } => line.text().to_owned(),
        other => panic!("{other:?}"),
    };
    assert_eq!(text(&state), "actual");
    state.press(Key::Tab);
    assert_eq!(text(&state), "future");
    state.press(Key::Clear);
    typed(&mut state, "ne");
    state.press(Key::Tab);
    assert_eq!(text(&state), "negated");
    state.press(Key::Tab);
    assert_eq!(text(&state), "actual", "after the last comes the first");
}

#[test]
fn every_field_has_a_letter_of_its_own() {
    let letters: Vec<char> = (0..FIELDS.len()).map(field_letter).collect();
    let mut once = letters.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), letters.len(), "{letters:?}");
    assert!(letters.iter().all(char::is_ascii_lowercase), "{letters:?}");
}

#[test]
fn an_event_that_is_gone_is_passed_over() {
    let mut state = begun();
    assert_eq!(state.gone(1), Effect::Open(1));
    assert_eq!(state.queue, ["E1", "E3"]);
    assert_eq!(state.gone(1), Effect::Open(0));
    assert_eq!(state.gone(0), Effect::None);
    assert!(state.message.contains("no event is left"));
    for key in ["a", "R", "e", "m", "s", "n", "p", "j", "k", "w"] {
        press(&mut state, key);
    }
    assert_eq!(state.press(Key::Interrupt), Effect::Quit);
}

#[test]
fn ctrl_c_ends_in_every_mode() {
    for keys in ["", "w", "?", "e", "ea", "m", "R"] {
        let mut state = begun();
        typed(&mut state, keys);
        assert_eq!(state.press(Key::Interrupt), Effect::Quit, "after {keys:?}");
    }
}

/// The lines without their colours.
fn plain(lines: &[String]) -> Vec<String> {
    let mut plain = Vec::new();
    for line in lines {
        let mut text = String::new();
        let mut rest = line.chars();
        while let Some(c) = rest.next() {
            if c == '\u{1b}' {
                rest.by_ref().take_while(|c| *c != 'm').count();
            } else {
                text.push(c);
            }
        }
        plain.push(text.trim_end().to_owned());
    }
    plain
}

fn shown(state: &State, width: usize, height: usize, colour: bool) -> Vec<String> {
    plain(&draw::screen(state, Look { width, height, colour }))
}

#[test]
fn the_screen_shows_sentence_fields_source_and_the_other_reports() {
    let state = begun();
    let lines = shown(&state, 100, 40, false);
    let all = lines.join("\n");
    assert!(lines[0].starts_with("1/3  CONSULT visit, actual  2 reports, 1 source  E1"), "{}", lines[0]);
    assert_eq!(lines[1], "Antara · 2025-07-13 · en · Talks in Wonsan");
    assert_eq!(lines[2], "[actor: Lavrov] [trigger: met] 金正恩 in Wonsan.");
    for part in [
        "  according to KCNA ‘said’ (state-media, asserts)",
        "  type        CONSULT",
        "  actor       Lavrov (RUS, person)",
        "  time        2025-07-12",
        "  quantities  ~11000 troops",
        "  confidence  0.83, unreviewed",
        "› CONSULT visit · Antara",
        "    likeness ",
    ] {
        assert!(all.contains(part), "{part:?} is missing in\n{all}");
    }
    assert!(lines.last().unwrap().starts_with("a accept  r reject"));
    assert!(!all.contains("frame meet"), "why is shown on w");
    let coloured = draw::screen(&state, Look { width: 100, height: 40, colour: true });
    assert!(coloured[2].contains("\u{1b}[36mLavrov\u{1b}[0m"), "{:?}", coloured[2]);
}

#[test]
fn more_shows_why_and_the_article_and_scrolls() {
    let mut state = begun();
    press(&mut state, "w");
    let all = shown(&state, 100, 60, false).join("\n");
    assert!(all.contains("why         frame meet") && all.contains("It ended."), "{all}");
    let before = shown(&state, 40, 10, false);
    state.press(Key::PageDown);
    let after = shown(&state, 40, 10, false);
    assert_eq!((before[0].clone(), before.len()), (after[0].clone(), after.len()));
    assert_ne!(before[1], after[1]);
    for _ in 0..50 {
        state.press(Key::PageDown);
    }
    assert!(!shown(&state, 40, 10, false)[8].is_empty(), "it does not scroll past the end");
}

#[test]
fn no_line_is_wider_or_higher_than_the_screen_whatever_is_on_it() {
    let mut nasty = seen("a:1", "E1", NEW);
    nasty.sentence = "金正恩\u{1b}[31m said\u{7} \u{202e}👩‍👩‍👧 e\u{301}".repeat(20);
    nasty.title = "x".repeat(500);
    nasty.why = vec!["word ".repeat(100)];
    for keys in ["", "w", "?", "e", "ea", "m", "R"] {
        let mut state = begun();
        state.open(0, vec![nasty.clone(), seen("b:1", "E1", NEW)], None);
        typed(&mut state, keys);
        if keys == "m" {
            state.found(vec![nasty.clone()]);
        }
        if keys == "ea" {
            typed(&mut state, "金正恩 (PRK, person) and more than fits");
        }
        state.message = "a message ".repeat(30);
        for (width, height) in [(0, 0), (1, 1), (2, 3), (7, 2), (20, 5), (80, 24), (300, 100)] {
            let lines = draw::screen(&state, Look { width, height, colour: width % 2 == 0 });
            assert!(lines.len() <= height, "{keys:?} {width}x{height}: {} lines", lines.len());
            for line in plain(&lines) {
                assert!(line.width() <= width.max(1), "{keys:?} {width}x{height}: {line:?}");
                assert!(!line.chars().any(char::is_control), "{line:?}");
                assert!(!line.contains('\u{202e}'));
            }
        }
    }
}

#[test]
fn what_is_typed_is_seen_even_if_it_is_longer_than_the_line() {
    let mut state = begun();
    press(&mut state, "e");
    press(&mut state, "a");
    typed(&mut state, "; 金正恩 (PRK, person); the very last word");
    let last = shown(&state, 30, 10, true).pop().unwrap();
    assert!(last.ends_with("very last word"), "{last}");
    state.press(Key::Home);
    let last = shown(&state, 30, 10, true).pop().unwrap();
    assert!(last.starts_with("actor: Lavrov"), "{last}");
}

fn gazetteer() -> Gazetteer {
    let packs = saksi::Packs::builtin();
    let world = packs.pack("world").unwrap();
    let languages: Vec<_> = packs.codes().map(|code| packs.pack(code).unwrap()).collect();
    Gazetteer::compile(&world, &languages).unwrap()
}

#[test]
fn fields_are_typed_as_they_are_shown() {
    let gazetteer = gazetteer();
    let report = report("a:1");
    let names = decisions::known(&gazetteer, std::slice::from_ref(&report));
    for field in &FIELDS {
        let shown = values::text(&report, field.name);
        let value = values::parse(&report, field.name, &shown, &names).unwrap();
        let again = saksi_store::set(&report, field.name, &value).unwrap();
        assert_eq!(again, report, "{}: {shown}", field.name);
    }
}

fn parse(field: &str, typed: &str) -> Result<Value, String> {
    let gazetteer = gazetteer();
    let report = report("a:1");
    let names: Names<'_> = decisions::known(&gazetteer, std::slice::from_ref(&report));
    values::parse(&report, field, typed, &names)
}

#[test]
fn days_months_and_intervals_have_their_bounds() {
    let bounds = |typed: &str| {
        let value = parse("time", typed).unwrap();
        (value["earliest"].as_str().map(str::to_owned), value["latest"].as_str().map(str::to_owned))
    };
    let both = |a: &str, b: &str| (Some(a.to_owned()), Some(b.to_owned()));
    assert_eq!(bounds("2024-02"), both("2024-02-01", "2024-02-29"));
    assert_eq!(bounds("2025"), both("2025-01-01", "2025-12-31"));
    assert_eq!(bounds("2025-07-01/2025-07"), both("2025-07-01", "2025-07-31"));
    assert_eq!(bounds("../2025-07-12"), (None, Some("2025-07-12".to_owned())));
    assert_eq!(parse("time", ""), Ok(Value::Null));
    for bad in ["2025-02-30", "July", "2025-07-12/2025-07-01", "../..", "25-07-12"] {
        assert!(parse("time", bad).unwrap_err().contains(bad), "{bad}");
    }
}

#[test]
fn quantities_have_values_and_bounds() {
    let value = parse("quantities", "12 dead; >=40 injured people; 10..20; ~5; 7 6..8 tanks").unwrap();
    let of = |number: usize| &value[number];
    assert_eq!((&of(0)["value"], &of(0)["unit"]), (&json!(12.0), &json!("dead")));
    assert_eq!((&of(0)["start"], &of(0)["end"]), (&json!(30), &json!(36)), "where the one stood that it replaces");
    assert_eq!(
        (&of(1)["low"], &of(1)["value"], &of(1)["unit"]),
        (&json!(40.0), &Value::Null, &json!("injured people"))
    );
    assert_eq!((&of(1)["start"], &of(1)["end"]), (&json!(7), &json!(10)), "or at the trigger");
    assert_eq!((&of(2)["low"], &of(2)["high"], &of(2)["unit"]), (&json!(10.0), &json!(20.0), &Value::Null));
    assert_eq!(of(3)["about"], json!(true));
    assert_eq!((&of(4)["value"], &of(4)["high"], &of(4)["unit"]), (&json!(7.0), &json!(8.0), &json!("tanks")));
    assert!(parse("quantities", "many").unwrap_err().contains("`many` has no number"));
}

#[test]
fn actors_are_those_of_the_event_or_named_with_what_they_are() {
    let value = parse("actor", "lavrov; Indonesia; Ana Belova (RUS, person)").unwrap();
    assert_eq!(value[0]["key"], "key of Lavrov", "the case does not matter");
    assert_eq!(
        (&value[1]["key"], &value[1]["kind"], &value[1]["country"]),
        (&json!("IDN"), &json!("state"), &json!("IDN"))
    );
    assert_eq!((&value[2]["name"], &value[2]["country"]), (&json!("Ana Belova"), &json!("RUS")));
    let other = parse("actor", "Lavrov (UKR)").unwrap();
    assert_eq!((&other[0]["country"], &other[0]["kind"]), (&json!("UKR"), &json!("person")));
    assert_ne!(other[0]["key"], value[0]["key"], "of another country it is somebody else");
    assert!(parse("actor", "Somebody New").unwrap_err().contains("who is `Somebody New`"));
    assert!(parse("actor", "Lavrov (RUSSIA)").unwrap_err().contains("`RUSSIA`"));
    assert_eq!(parse("recipient", ""), Ok(json!([])));
}

#[test]
fn closed_lists_are_closed() {
    assert_eq!(parse("type", "assault"), Ok(json!("ASSAULT")));
    assert!(parse("type", "MEET").unwrap_err().contains("CONSULT"));
    assert_eq!(parse("historical", "Y"), Ok(json!(true)));
    assert!(parse("historical", "maybe").is_err());
    assert_eq!(parse("mode", ""), Ok(Value::Null));
    assert_eq!(parse("mode", "Visit"), Ok(json!("visit")));
    assert!(parse("mode", "riot").unwrap_err().contains("CONSULT, which has multilateral, phone, third-party, visit"));
    assert!(parse("mode", "\"riot\"").is_err());
    assert!(parse("sources", "x").unwrap_err().contains("no field `sources`"));
    assert_eq!(parse("actor.0.country", "IDN"), Ok(json!("IDN")), "a part of a field is taken as it is");
    assert_eq!(parse("status", "\"negated\""), Ok(json!("negated")), "and so is JSON");
}

/// Two events, one with two reports.
struct Two;

impl Collection for Two {
    fn reports(&self, key: &str) -> Result<Vec<Report>, String> {
        match key {
            "E1" => Ok(vec![report("a:1"), report("b:1")]),
            "E2" => Ok(vec![report("c:1")]),
            "a:1" | "b:1" | "c:1" => Ok(vec![report(key)]),
            _ => Err(format!("nothing has the key `{key}`")),
        }
    }

    fn beside(&self, report: &str) -> Result<Vec<Report>, String> {
        self.reports(if report == "c:1" { "E2" } else { "E1" })
    }
}

fn read(text: &str) -> Result<Vec<(u64, Action)>, Vec<Wrong>> {
    let rows = decisions::rows(text)?;
    let all = decisions::decisions(&rows, &Two, &gazetteer())?;
    Ok(all.into_iter().map(|decision| (decision.line, decision.action)).collect())
}

#[test]
fn a_table_becomes_decisions() {
    let all = read(
        "\u{feff}key;action;field;value;remark\r\nE1;accept;;;good\r\n\r\nc:1;Reject;;;\r\nc:1;edit;status;future;\r\nc:1;edit;status;negated;\r\n\
         E2;merge;;E1;\r\nb:1;split;;;\r\n;undo;;3;\r\n",
    )
    .unwrap();
    let edit = |old: &str, new: &str| Action::Edit {
        report: "c:1".into(),
        field: "status".into(),
        old: old.into(),
        new: new.into(),
    };
    let want = vec![
        (2, Action::Accept { reports: vec!["a:1".into(), "b:1".into()] }),
        (4, Action::Reject { reports: vec!["c:1".into()] }),
        (5, edit("actual", "future")),
        (6, edit("future", "negated")),
        (7, Action::Merge { one: "c:1".into(), other: "a:1".into() }),
        (8, Action::Split { report: "b:1".into(), from: vec!["a:1".into()] }),
        (9, Action::Undo { seq: 3 }),
    ];
    assert_eq!(all, want);
}

#[test]
fn json_lines_become_decisions_too() {
    let all = read(concat!(
        "{\"key\": \"a:1\", \"action\": \"edit\", \"field\": \"context\", \"value\": [\"military\"]}\n\n",
        "{\"key\": \"a:1\", \"action\": \"edit\", \"field\": \"actor.0.country\", \"value\": \"UKR\"}\n",
        "{\"action\": \"undo\", \"value\": 2}\n"
    ))
    .unwrap();
    let edit =
        |field: &str, old: Value, new: Value| Action::Edit { report: "a:1".into(), field: field.into(), old, new };
    assert_eq!(all[0], (1, edit("context", json!(["diplomatic"]), json!(["military"]))));
    assert_eq!(all[1], (3, edit("actor.0.country", json!("RUS"), json!("UKR"))));
    assert_eq!(all[2], (4, Action::Undo { seq: 2 }));
}

#[test]
fn an_edit_of_an_event_is_one_of_each_report() {
    let all = read("key,action,field,value\nE1,edit,type,agree\n").unwrap();
    assert_eq!(all.len(), 2);
    assert!(
        all.iter().all(|(line, action)| *line == 2 && matches!(action, Action::Edit { new, .. } if *new == "AGREE"))
    );
}

#[test]
fn every_wrong_line_is_told_with_its_number() {
    let wrong = read(
        "key,action,field,value\nzz,accept,,\nc:1,split,,\nE1,split,,\nc:1,edit,,x\nc:1,edit,status,done\nc:1,edit,colour,red\n\
         E1,merge,,a:1\nE1,merge,,\nc:1,praise,,\nc:1,,,\n,accept,,\nc:1,accept,status,\nc:1,undo,,last\nE2,accept,,\n",
    )
    .unwrap_err();
    let told: Vec<(u64, &str)> = wrong.iter().map(|wrong| (wrong.line, wrong.why.as_str())).collect();
    assert_eq!(told.len(), 13, "{told:?}");
    for ((line, why), (want, part)) in told.iter().zip([
        (2, "nothing has the key `zz`"),
        (3, "the only report"),
        (4, "one report"),
        (5, "needs a field"),
        (6, "`done` is none of actual"),
        (7, "no field `colour`"),
        (8, "merged with itself"),
        (9, "needs the key of the other"),
        (10, "no action `praise`"),
        (11, "has no action"),
        (12, "has no key"),
        (13, "takes no field"),
        (14, "needs the number"),
    ]) {
        assert!(*line == want && why.contains(part), "line {line}: {why}; want {want}: {part}");
    }
    let only = |text: &str| decisions::rows(text).unwrap_err();
    assert!(only("a,b\n1,2\n")[0].why.contains("first line must name the columns key, action"));
    let short = only("key,action,field\nx,accept\ny,accept,\n");
    assert_eq!((short.len(), short[0].line), (1, 2));
    assert!(short[0].why.contains("number of cells"));
    let json = only("{\"key\": \"a\", \"action\": \"accept\"}\n[1]\n{\"key\": [1], \"action\": \"accept\"}\n");
    assert_eq!(json.iter().map(|wrong| wrong.line).collect::<Vec<_>>(), [2, 3]);
}
