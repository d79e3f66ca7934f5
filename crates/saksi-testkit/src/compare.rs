use crate::case::{Case, ExpectedEvent, Field};
use saksi_record::{Actor, Event, Record};

/// How a case came out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// As expected.
    Right,
    /// Wrong, as the case says it would be.
    KnownWrong,
    /// Wrong; the differences.
    Wrong(Vec<String>),
    /// Right, although the case says it would be wrong.
    CameRight,
}

/// Holds a record against a case.
pub fn outcome(case: &Case, record: &Record) -> Outcome {
    let differences = compare(case, record);
    match (differences.is_empty(), case.known_wrong.is_some()) {
        (true, false) => Outcome::Right,
        (true, true) => Outcome::CameRight,
        (false, true) => Outcome::KnownWrong,
        (false, false) => Outcome::Wrong(differences),
    }
}

/// Every difference between what a case expects and what the record says.
pub fn compare(case: &Case, record: &Record) -> Vec<String> {
    let text: Vec<char> = record.text.chars().collect();
    let seen = Seen { record, text: &text };
    let mut left: Vec<&Event> = record.events.iter().collect();
    let mut differences = Vec::new();
    let (optional, required): (Vec<_>, Vec<_>) = case.events.iter().partition(|expected| expected.optional);
    for expected in required.into_iter().chain(optional) {
        let fit = left
            .iter()
            .enumerate()
            .filter(|(_, event)| event.kind == expected.kind && seen.trigger_fits(event, expected))
            .min_by_key(|(_, event)| seen.check(event, expected).len())
            .map(|(at, _)| at);
        match fit {
            Some(at) => differences.extend(seen.check(left.remove(at), expected)),
            None if expected.optional => {}
            None => differences.push(format!("missing: {}", named(expected))),
        }
    }
    differences.extend(left.into_iter().map(|event| {
        format!(
            "not expected: {} {:?} ({})",
            event.kind,
            seen.words(event.trigger.start, event.trigger.end),
            event.status
        )
    }));
    differences
}

fn named(expected: &ExpectedEvent) -> String {
    let trigger = expected.fields.iter().find(|field| field.name == "trigger").map(|field| field.quoted.join(" "));
    format!("{} {:?}", expected.kind, trigger.unwrap_or_default())
}

struct Seen<'a> {
    record: &'a Record,
    text: &'a [char],
}

impl Seen<'_> {
    fn words(&self, start: u32, end: u32) -> String {
        self.text[start as usize..end as usize].iter().collect()
    }

    fn trigger_fits(&self, event: &Event, expected: &ExpectedEvent) -> bool {
        let found = self.words(event.trigger.start, event.trigger.end);
        expected.fields.iter().filter(|field| field.name == "trigger").all(|field| {
            field.quoted.iter().all(|quoted| found.contains(quoted.as_str()) || quoted.contains(found.as_str()))
        })
    }

    fn check(&self, event: &Event, expected: &ExpectedEvent) -> Vec<String> {
        let of = named(expected);
        let mut differences = Vec::new();
        if let Some(mode) = &expected.mode
            && event.mode.as_ref() != Some(mode)
        {
            differences.push(format!("{of}: mode {:?}, expected {mode}", event.mode));
        }
        if event.status != expected.status {
            differences.push(format!("{of}: status {}, expected {}", event.status, expected.status));
        }
        for field in &expected.fields {
            if let Err(found) = self.field(event, field) {
                let wanted = if field.quoted.is_empty() { "none".to_owned() } else { field.quoted.join(", ") };
                let value = field.value.as_ref().map(|value| format!(" = {value}")).unwrap_or_default();
                differences.push(format!("{of}: {} {found}, expected {wanted}{value}", field.name));
            }
        }
        differences
    }

    /// Whether the field holds; else what was found.
    fn field(&self, event: &Event, field: &Field) -> Result<(), String> {
        match field.name.as_str() {
            "actor" => self.actors(&event.actor, field),
            "recipient" => self.actors(&event.recipient, field),
            "actor-country" => self.countries(&event.actor, field),
            "recipient-country" => self.countries(&event.recipient, field),
            "place" => {
                let names: Vec<String> = event
                    .place
                    .iter()
                    .filter_map(|id| self.record.places.iter().find(|place| place.id == *id))
                    .map(|place| place.name.clone())
                    .collect();
                let fits = field.quoted.iter().all(|quoted| names.iter().any(|name| name.contains(quoted.as_str())));
                if fits && field.quoted.is_empty() == names.is_empty() { Ok(()) } else { Err(names.join(", ")) }
            }
            "time" => {
                let value = event.time.as_ref().and_then(|time| time.value.clone());
                if field.quoted.is_empty() == event.time.is_none() && (field.value.is_none() || field.value == value) {
                    Ok(())
                } else {
                    Err(value.unwrap_or_else(|| "none".into()))
                }
            }
            "source" | "cue" => {
                let said = event
                    .attribution
                    .first()
                    .and_then(|id| self.record.attributions.iter().find(|said| said.id == *id));
                let found = said.and_then(|said| match field.name.as_str() {
                    "cue" => said.cue.map(|cue| self.words(cue.start, cue.end)),
                    _ => match (said.source.start, said.source.end, &said.source.actor) {
                        (Some(start), Some(end), _) => Some(self.words(start, end)),
                        (_, _, Some(id)) => {
                            self.record.actors.iter().find(|actor| actor.id == *id).map(|actor| actor.name.clone())
                        }
                        _ => Some(String::new()),
                    },
                });
                match (&found, field.quoted.first()) {
                    (None, None) => Ok(()),
                    (Some(found), Some(quoted))
                        if found.contains(quoted.as_str()) || quoted.contains(found.as_str()) =>
                    {
                        Ok(())
                    }
                    _ => Err(found.unwrap_or_else(|| "none".into())),
                }
            }
            "quantity" => {
                let found: Vec<String> =
                    event.quantities.iter().map(|quantity| self.words(quantity.start, quantity.end)).collect();
                let fits = field.quoted.iter().all(|quoted| {
                    found.iter().any(|found| found.contains(quoted.as_str()) || quoted.contains(found.as_str()))
                });
                if fits { Ok(()) } else { Err(found.join(", ")) }
            }
            "certainty" => match &field.value {
                Some(value) if *value != event.certainty.as_str() => Err(event.certainty.to_string()),
                _ => Ok(()),
            },
            _ => Ok(()),
        }
    }

    /// Whether the actors are of these states, each named once; `none` where an actor has none.
    fn countries(&self, ids: &[String], field: &Field) -> Result<(), String> {
        let actors = ids.iter().filter_map(|id| self.record.actors.iter().find(|actor| actor.id == *id));
        let mut found: Vec<&str> = actors.map(|actor| actor.country.as_deref().unwrap_or("none")).collect();
        let mut wanted: Vec<&str> = field.value.as_deref().unwrap_or("none").split([',', ' ']).collect();
        wanted.retain(|code| !code.is_empty());
        for codes in [&mut found, &mut wanted] {
            codes.sort_unstable();
            codes.dedup();
        }
        if found == wanted { Ok(()) } else { Err(found.join(", ")) }
    }

    fn actors(&self, ids: &[String], field: &Field) -> Result<(), String> {
        let actors: Vec<&Actor> =
            ids.iter().filter_map(|id| self.record.actors.iter().find(|actor| actor.id == *id)).collect();
        let has = |actor: &Actor, quoted: &str| {
            actor.name.contains(quoted)
                || actor
                    .mentions
                    .iter()
                    .map(|mention| self.words(mention.start, mention.end))
                    .any(|found| found.contains(quoted) || quoted.contains(&found))
        };
        let all = field.quoted.iter().all(|quoted| actors.iter().any(|actor| has(actor, quoted)));
        if all && actors.len() == field.quoted.len() {
            Ok(())
        } else {
            Err(actors.iter().map(|actor| actor.name.as_str()).collect::<Vec<_>>().join(", "))
        }
    }
}
