//! What is said of gold that cannot be used.

use saksi_score::{Figures, Gold, Reading, score, to_json, to_text};
use std::collections::BTreeMap;

const TEXT: &str = "Rebels attacked Bunia, the army said.";

/// What is wrong with gold whose fields besides the language are these.
fn wrong(fields: &str) -> String {
    let gold = match Gold::from_json(&format!("{{\"language\": \"en\", {fields}}}")) {
        Err(error) => return error.to_string(),
        Ok(gold) => gold,
    };
    score(TEXT, &gold, &Reading::nothing(TEXT)).unwrap_err().to_string()
}

fn event(fields: &str) -> String {
    wrong(&format!(r#""events": [{{"id": "e7", "type": "ASSAULT", "status": "actual", {fields}}}]"#))
}

#[test]
fn words_that_are_not_in_the_article_are_named() {
    assert_eq!(
        event(r#""actor": [], "recipient": [], "in": "Rebels", "trigger": "attaked""#),
        "the trigger of event e7 is not in the article: \"attaked\""
    );
    assert_eq!(
        event(r#""actor": [], "recipient": [], "in": "Rebbels", "trigger": "attacked""#),
        "`in` of the trigger of event e7 is not in the article: \"Rebbels\""
    );
    assert_eq!(
        event(r#""actor": [], "recipient": [], "in": "Bunia", "trigger": "attacked""#),
        "the trigger of event e7 is not in the article: \"attacked\"",
        "it stands before `in`"
    );
    assert_eq!(
        wrong(r#""times": [{"text": "army", "nth": 2, "value": null}]"#),
        "place 2 of a time is not in the article: \"army\""
    );
    assert_eq!(
        wrong(r#""attributions": [{"id": "t1", "source": "arm", "cue": "said", "content": "Rebels"}]"#),
        "the source of t1 is not in the article: \"arm\"",
        "a source is whole words"
    );
    assert_eq!(wrong(r#""noise": [{"kind": "byline", "text": ""}]"#), "noise is empty");
}

#[test]
fn keys_and_ids_are_checked() {
    assert!(wrong(r#""evnets": []"#).contains("unknown field `evnets`"));
    assert!(event(r#""actor": [], "in": "", "trigger": "attacked""#).contains("missing field `recipient`"));
    assert!(
        event(r#""actor": [], "recipient": [], "in": "", "trigger": "attacked", "time": ["2025"]"#).contains("tuple")
    );
    assert_eq!(
        event(r#""actor": ["r"], "recipient": [], "in": "", "trigger": "attacked""#),
        "event e7 names \"r\", which is not there"
    );
    let twice = r#"{"id": "r", "name": "Rebels", "mentions": []}"#;
    assert_eq!(wrong(&format!(r#""actors": [{twice}, {twice}]"#)), "two actors have the id \"r\"");
    assert_eq!(wrong(r#""attributions": [{"id": "t1", "content": [], "cue": "said"}]"#), "the content of t1 is empty");
    assert!(wrong(r#""times": [{"text": "army", "nth": 0, "value": null}]"#).contains("nth"));
}

#[test]
fn a_record_may_lack_everything_but_its_text() {
    assert!(Reading::from_json(r#"{"text": "x"}"#).is_ok());
    assert!(Reading::from_json(r#"{"events": []}"#).unwrap_err().contains("missing field `text`"));
    assert!(
        Reading::from_json(r#"{"text": "x", "events": [{"trigger": {"start": 0, "end": 1}}]}"#)
            .unwrap_err()
            .contains("type")
    );
}

#[test]
fn nothing_to_find_and_nothing_found_is_perfect() {
    let gold = Gold { language: "en".into(), ..Gold::default() };
    let one = score("x", &gold, &Reading::nothing("x")).unwrap().figures;
    let mut two = Figures::default();
    two.add(&one);
    two.add(&one);
    let groups = BTreeMap::from([("all".to_owned(), two)]);
    let json = to_json(&groups);
    assert_eq!((&json["all"]["articles"], &json["all"]["full"]["f1"]), (&2.into(), &1.0.into()));
    assert_eq!((&json["all"]["status"], &json["all"]["quantity"]), (&0.0.into(), &serde_json::Value::Null));
    let text = to_text(&groups);
    assert!(
        text.starts_with("all: 2 articles\n  noise        P 1.000  R 1.000  F1 1.000   (gold 0, found 0)\n"),
        "{text}"
    );
    assert!(text.ends_with("  of matched: status 0.00  time 0.00  source 0.00   leaks 0\n"), "{text}");
}
