//! Two articles of one strike made by hand, and the values that forms are made of.

use saksi_export::{Codes, Read, Told, merged};
use saksi_lang::Pack;
use saksi_merge::Gazetteer;
use saksi_record::Record;
use serde_json::{Value, json};

pub(crate) fn packs() -> (Codes, Gazetteer) {
    let world = Pack::builtin("world").unwrap();
    let languages: Vec<Pack> = Pack::languages().into_iter().map(|code| Pack::builtin(code).unwrap()).collect();
    (Codes::compile(&world).unwrap(), Gazetteer::compile(&world, &languages).unwrap())
}

/// Where `words` stand in `text`, in code points.
pub(crate) fn at(text: &str, words: &str) -> (u32, u32) {
    let byte = text.find(words).unwrap();
    let start = text[..byte].chars().count() as u32;
    (start, start + words.chars().count() as u32)
}

pub(crate) const FIRST: &str =
    "😀 Russia struck Kyiv on July 12, killing 7 people, officials said. Ukraine will retaliate.";
pub(crate) const SECOND: &str = "Russian missiles hit Kyiv on Saturday. Russia killed 7 people there, the mayor said.";

/// A record in which Russia strikes Ukraine at Kyiv, and in the first article Ukraine plans to strike back.
pub(crate) fn record(id: &str, outlet: &str, text: &str, trigger: &str, russia: &str, plan: bool) -> Record {
    let span = |words: &str| {
        let (start, end) = at(text, words);
        json!({ "start": start, "end": end })
    };
    let end = at(text, ". ").0 + 1;
    let length = text.chars().count() as u32;
    let mut actors = vec![actor("a1", "Russia", "RUS", &span(russia)), actor("a2", "Ukraine", "UKR", &json!(null))];
    let mut events = vec![event("e1", "ASSAULT", &json!("aerial"), ["a1", "a2"], "actual", &span(trigger), 0)];
    if text.contains("Ukraine") {
        actors[1]["mentions"] = json!([mention(&span("Ukraine"))]);
    }
    events[0]["quantities"] = json!([merge(
        &json!({ "value": 7.0, "low": null, "high": null, "about": false, "unit": "people" }),
        &span("7 people"),
    )]);
    events[0]["attribution"] = json!(["t1"]);
    events[0]["place"] = json!(["p1"]);
    events[0]["time"] = json!({ "value": "2025-07-12", "earliest": "2025-07-12", "latest": "2025-07-12", "from": 0 });
    if plan {
        events.push(event("e2", "THREATEN", &json!(null), ["a2", "a1"], "future", &span("retaliate"), 1));
    }
    let said = if text.contains("officials") { "officials" } else { "the mayor" };
    serde_json::from_value(json!({
        "schema": "saksi/1",
        "article": {
            "id": id, "from": format!("{id}.txt"), "url": format!("https://{outlet}.example/{id}"), "outlet": outlet,
            "author": null, "title": format!("Strike on Kyiv, \"{id}\""), "language": "en",
            "published": { "value": "2025-07-13", "basis": "given" },
        },
        "text": text,
        "passages": [],
        "sentences": [
            { "start": 0, "end": end, "language": null },
            { "start": end + 1, "end": length, "language": null },
        ],
        "actors": actors,
        "places": [{
            "id": "p1", "name": "Kyiv", "country": "UKR", "lat": 50.45, "lon": 30.52, "mentions": [span("Kyiv")],
        }],
        "times": [merge(&json!({
            "timex": "DATE", "value": "2025-07-12", "earliest": "2025-07-12", "latest": "2025-07-12",
            "anchor": "publication", "rule": "by hand",
        }), &span(if text.contains("July") { "July 12" } else { "Saturday" }))],
        "events": events,
        "attributions": [{
            "id": "t1",
            "source": merge(&json!({ "actor": null, "kind": "official" }), &span(said)),
            "cue": span("said"),
            "content": [{ "start": 0, "end": end - 1 }],
            "form": "indirect", "stance": "asserts", "channel": null, "via": null, "why": [],
        }],
        "attitudes": [],
        "notes": [],
    }))
    .unwrap()
}

fn merge(one: &Value, other: &Value) -> Value {
    let mut both = one.as_object().unwrap().clone();
    both.extend(other.as_object().unwrap().clone());
    Value::Object(both)
}

fn mention(span: &Value) -> Value {
    merge(&json!({ "form": "name" }), span)
}

fn actor(id: &str, name: &str, country: &str, span: &Value) -> Value {
    let mentions: Vec<Value> = if span.is_null() { Vec::new() } else { vec![mention(span)] };
    json!({
        "id": id, "name": name, "kind": "state", "country": country, "sector": "GOV", "title": null, "mentions": mentions,
    })
}

fn event(
    id: &str,
    kind: &str,
    mode: &Value,
    [actor, recipient]: [&str; 2],
    status: &str,
    trigger: &Value,
    sentence: u32,
) -> Value {
    let quad = if kind == "ASSAULT" { "material-conflict" } else { "verbal-conflict" };
    json!({
        "id": id, "type": kind, "mode": mode, "context": ["military"], "quad": quad,
        "actor": [actor], "recipient": [recipient], "place": [], "time": null, "status": status, "historical": false,
        "quantities": [], "trigger": trigger, "sentence": sentence, "attribution": [], "certainty": "certain",
        "confidence": 0.9, "why": [],
    })
}

/// The two articles brought together: one strike told by both, and one plan.
pub(crate) fn collection(gazetteer: &Gazetteer) -> (Vec<Told>, Vec<Read>) {
    let first = record("one", "Antara", FIRST, "struck", "Russia", true);
    let second = record("two", "Reuters", SECOND, "hit", "Russia", false);
    merged(vec![first, second], gazetteer)
}
