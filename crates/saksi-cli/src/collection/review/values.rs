//! Fields of a report as a person reads and types them.

use compact_str::ToCompactString;
use jiff::civil::Date;
use saksi_lang::Codebook;
use saksi_merge::{Gazetteer, Interval, Party, Place, Report};
use saksi_record::{ActorKind, Certainty, EventType, Quantity, Status};
use serde_json::Value;
use std::fmt::Display;
use std::str::FromStr;

/// A field that can be corrected: its name, and how it is typed.
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) hint: &'static str,
}

/// The fields that can be corrected, in the order in which they are shown.
pub(crate) const FIELDS: [Field; 11] = [
    Field { name: "type", hint: "a PLOVER type" },
    Field { name: "mode", hint: "a mode of the type, or nothing" },
    Field { name: "actor", hint: "Name (CHN, person); Name (state) …" },
    Field { name: "recipient", hint: "Name (CHN, person); Name (state) …" },
    Field { name: "place", hint: "Name (IDN); Name …" },
    Field { name: "time", hint: "2025-07-12, 2025-07, 2025, or 2025-07-01/2025-07-12" },
    Field { name: "status", hint: "actual, future, hypothetical or negated" },
    Field { name: "certainty", hint: "certain, probable, possible or unknown" },
    Field { name: "quantities", hint: "12 dead; ~40 injured; >=100 troops; 10..20 tanks" },
    Field { name: "context", hint: "military, diplomatic …" },
    Field { name: "historical", hint: "yes or no" },
];

/// Who and where is known by name.
pub(crate) struct Names<'a> {
    pub(crate) gazetteer: &'a Gazetteer,
    /// Actors of the event and its articles; of two with one name the first is meant.
    pub(crate) parties: Vec<Party>,
    /// Places of the same.
    pub(crate) places: Vec<Place>,
}

/// The value of a field, as it is typed.
pub(crate) fn text(report: &Report, field: &str) -> String {
    match field {
        "type" | "kind" => report.kind.to_string(),
        "mode" => report.mode.clone().unwrap_or_default().into(),
        "actor" => list(&report.actor, party_text),
        "recipient" => list(&report.recipient, party_text),
        "place" => list(&report.place, |place| match &place.country {
            Some(country) => format!("{} ({country})", place.name),
            None => place.name.to_string(),
        }),
        "time" => report.time.as_ref().map(time_text).unwrap_or_default(),
        "status" => report.status.to_string(),
        "certainty" => report.certainty.to_string(),
        "quantities" => list(&report.quantities, quantity_text),
        "context" => report.context.join(", "),
        "historical" => if report.historical { "yes" } else { "no" }.to_owned(),
        _ => String::new(),
    }
}

/// The JSON value that typed text stands for; JSON itself is taken as it is.
///
/// # Errors
/// What is wrong with it, and how it is typed.
pub(crate) fn parse(report: &Report, field: &str, typed: &str, names: &Names<'_>) -> Result<Value, String> {
    let typed = typed.trim();
    if field.contains('.') || field != "mode" && typed.starts_with(['{', '[', '"']) {
        return Ok(serde_json::from_str(typed).unwrap_or_else(|_| Value::from(typed)));
    }
    let json = |value: Value| Ok(value);
    match field {
        "type" | "kind" => term::<EventType>(&typed.to_uppercase(), EventType::ALL).map(Value::from),
        "mode" if typed.is_empty() => json(Value::Null),
        "mode" => mode(report.kind, &typed.to_lowercase()).map(Value::from),
        "status" => term::<Status>(&typed.to_lowercase(), Status::ALL).map(Value::from),
        "certainty" => term::<Certainty>(&typed.to_lowercase(), Certainty::ALL).map(Value::from),
        "historical" => match typed.to_lowercase().as_str() {
            "yes" | "y" | "true" => json(Value::Bool(true)),
            "no" | "n" | "false" => json(Value::Bool(false)),
            _ => Err("say yes or no".to_owned()),
        },
        "context" => json(typed.split([',', ';']).map(str::trim).filter(|word| !word.is_empty()).collect()),
        "time" => time(typed).map(to_json),
        "actor" | "recipient" => {
            items(typed).map(|item| party(item, report, names)).collect::<Result<Vec<_>, _>>().map(to_json)
        }
        "place" => items(typed).map(|item| place(item, names)).collect::<Result<Vec<_>, _>>().map(to_json),
        "quantities" => {
            let typed = items(typed).enumerate().map(|(number, item)| quantity(item, number, report));
            typed.collect::<Result<Vec<_>, _>>().map(to_json)
        }
        _ => {
            let all: Vec<&str> = FIELDS.iter().map(|field| field.name).collect();
            Err(format!("there is no field `{field}`; there are {}", all.join(", ")))
        }
    }
}

/// The values of a field that has a closed list, for completing what is typed; the modes are those of a type.
pub(crate) fn choices(kind: EventType, field: &str) -> Vec<&'static str> {
    match field {
        "mode" => modes(kind),
        "type" => EventType::ALL.iter().map(|term| term.as_str()).collect(),
        "status" => Status::ALL.iter().map(|term| term.as_str()).collect(),
        "certainty" => Certainty::ALL.iter().map(|term| term.as_str()).collect(),
        "historical" => vec!["yes", "no"],
        _ => Vec::new(),
    }
}

fn modes(kind: EventType) -> Vec<&'static str> {
    let all = Codebook::builtin().modes().into_iter();
    all.filter(|(of, mode)| *of == kind && !mode.is_empty()).map(|(_, mode)| mode).collect()
}

fn mode(kind: EventType, word: &str) -> Result<String, String> {
    let modes = modes(kind);
    if modes.contains(&word) {
        return Ok(word.to_owned());
    }
    let has = if modes.is_empty() { "none".to_owned() } else { modes.join(", ") };
    Err(format!("`{word}` is no mode of {kind}, which has {has}"))
}

fn to_json<T: serde::Serialize>(value: T) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

fn list<T>(items: &[T], text: impl Fn(&T) -> String) -> String {
    items.iter().map(text).collect::<Vec<_>>().join("; ")
}

fn items(typed: &str) -> impl Iterator<Item = &str> {
    typed.split(';').map(str::trim).filter(|item| !item.is_empty())
}

fn term<T: FromStr + Display + Copy + 'static>(word: &str, all: &[T]) -> Result<String, String> {
    word.parse::<T>().map(|term| term.to_string()).map_err(|_| {
        let all: Vec<String> = all.iter().map(ToString::to_string).collect();
        format!("`{word}` is none of {}", all.join(", "))
    })
}

fn party_text(party: &Party) -> String {
    match &party.country {
        Some(country) => format!("{} ({country}, {})", party.name, party.kind),
        None => format!("{} ({})", party.name, party.kind),
    }
}

/// `Name (CHN, person)`: the name, and what is said of it in brackets at the end.
fn named(item: &str) -> (&str, Vec<&str>) {
    match item.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')) {
        Some((name, said)) => (name.trim(), said.split(',').map(str::trim).filter(|word| !word.is_empty()).collect()),
        None => (item, Vec::new()),
    }
}

fn party(item: &str, report: &Report, names: &Names<'_>) -> Result<Party, String> {
    let (name, said) = named(item);
    if name.is_empty() {
        return Err(format!("`{item}` has no name"));
    }
    let (mut kind, mut country) = (None, None);
    for word in said {
        if let Ok(term) = word.to_lowercase().parse::<ActorKind>() {
            kind = Some(term);
        } else {
            country = Some(code(word, names)?);
        }
    }
    let same = |party: &&Party| party.name.to_lowercase() == name.to_lowercase();
    let known = names.parties.iter().find(same);
    if let Some(known) = known
        && kind.is_none_or(|kind| kind == known.kind)
        && (country.is_none() || country.as_deref() == known.country.as_deref())
    {
        return Ok(known.clone());
    }
    let state = || names.gazetteer.country_of(name).map(str::to_owned);
    let kind = kind.or(known.map(|known| known.kind)).or_else(|| state().map(|_| ActorKind::State));
    let Some(kind) = kind else {
        return Err(format!("who is `{name}`? Say it in brackets: person, organization, state or group"));
    };
    if kind == ActorKind::State && country.is_none() {
        country = state();
    }
    let mut party = names.gazetteer.named_party(name, kind, country.as_deref(), &report.language);
    if let Some(known) = known {
        party.sector.clone_from(&known.sector);
        party.title.clone_from(&known.title);
    }
    Ok(party)
}

fn place(item: &str, names: &Names<'_>) -> Result<Place, String> {
    let (name, said) = named(item);
    let country = said.first().map(|word| code(word, names)).transpose()?;
    let same = |place: &&Place| place.name.to_lowercase() == name.to_lowercase();
    match names.places.iter().find(same) {
        Some(known) if country.is_none() || country.as_deref() == known.country.as_deref() => Ok(known.clone()),
        _ if name.is_empty() => Err(format!("`{item}` has no name")),
        _ => Ok(names.gazetteer.named_place(name, country.as_deref())),
    }
}

fn code(word: &str, names: &Names<'_>) -> Result<String, String> {
    let code = word.to_uppercase();
    if names.gazetteer.is_country(&code) {
        return Ok(code);
    }
    Err(format!(
        "`{word}` is neither a country's code (ISO 3166-1 alpha-3, as IDN) nor person, organization, state or group"
    ))
}

fn time_text(time: &Interval) -> String {
    match (&time.value, &time.earliest, &time.latest) {
        // Where the value says the same as the bounds, it is shorter.
        (Some(value), first, last)
            if self::time(value)
                .is_ok_and(|again| again.is_some_and(|again| again.earliest == *first && again.latest == *last)) =>
        {
            value.to_string()
        }
        (_, Some(first), Some(last)) if first == last => first.to_string(),
        (_, None, None) => time.value.clone().unwrap_or_default().into(),
        (_, first, last) => {
            format!("{}/{}", first.as_deref().unwrap_or(".."), last.as_deref().unwrap_or(".."))
        }
    }
}

/// A day, month or year, or two of them with a slash between; `..` leaves a side open (EDTF).
fn time(typed: &str) -> Result<Option<Interval>, String> {
    if typed.is_empty() {
        return Ok(None);
    }
    let open = |side: &str| if side == ".." { Ok((None, None)) } else { bounds(side).map(|(a, b)| (Some(a), Some(b))) };
    let (first, last) = match typed.split_once('/') {
        Some((first, last)) => (open(first.trim())?.0, open(last.trim())?.1),
        None => bounds(typed).map(|(first, last)| (Some(first), Some(last)))?,
    };
    if first.is_none() && last.is_none() || first.zip(last).is_some_and(|(first, last)| first > last) {
        return Err(format!("`{typed}` ends before it begins, or says nothing"));
    }
    let day = |day: Date| day.to_compact_string();
    Ok(Some(Interval { value: Some(typed.into()), earliest: first.map(day), latest: last.map(day) }))
}

fn bounds(typed: &str) -> Result<(Date, Date), String> {
    let no = || format!("`{typed}` is no day, month or year; write it as 2025-07-12, 2025-07 or 2025");
    let day = |text: String| text.parse::<Date>().map_err(|_| no());
    match typed.len() {
        10 => day(typed.to_owned()).map(|day| (day, day)),
        7 => day(format!("{typed}-01")).map(|day| (day, day.last_of_month())),
        4 => Ok((day(format!("{typed}-01-01"))?, day(format!("{typed}-12-31"))?)),
        _ => Err(no()),
    }
}

fn quantity_text(quantity: &Quantity) -> String {
    let mut parts = Vec::new();
    if let Some(value) = quantity.value {
        parts.push(format!("{}{value}", if quantity.about { "~" } else { "" }));
    }
    match (quantity.low, quantity.high) {
        (Some(low), Some(high)) => parts.push(format!("{low}..{high}")),
        (Some(low), None) => parts.push(format!(">={low}")),
        (None, Some(high)) => parts.push(format!("<={high}")),
        (None, None) => {}
    }
    parts.extend(quantity.unit.clone());
    parts.join(" ")
}

/// `12 dead`, `~40 injured`, `>=100 troops`, `<=5`, `10..20 tanks`. It stands where the one stood that it replaces, or at the
/// trigger.
fn quantity(item: &str, number: usize, report: &Report) -> Result<Quantity, String> {
    let old = report.quantities.get(number);
    let (start, end) = old.map_or((report.trigger.start, report.trigger.end), |old| (old.start, old.end));
    let mut quantity = Quantity { value: None, low: None, high: None, about: false, unit: None, start, end };
    let mut unit = Vec::new();
    for word in item.split_whitespace() {
        let number = |text: &str| text.parse::<f64>().ok().filter(|number| number.is_finite());
        if !unit.is_empty() {
            unit.push(word);
        } else if let Some(low) = word.strip_prefix(">=").and_then(number) {
            quantity.low = Some(low);
        } else if let Some(high) = word.strip_prefix("<=").and_then(number) {
            quantity.high = Some(high);
        } else if let Some((low, high)) = word.split_once("..").and_then(|(low, high)| number(low).zip(number(high))) {
            (quantity.low, quantity.high) = (Some(low), Some(high));
        } else if let Some(value) = number(word.trim_start_matches('~')) {
            quantity.value = Some(value);
            quantity.about = word.starts_with('~');
        } else {
            unit.push(word);
        }
    }
    if quantity.value.is_none() && quantity.low.is_none() && quantity.high.is_none() {
        return Err(format!("`{item}` has no number; write it as `12 dead`, `>=40 injured` or `10..20 tanks`"));
    }
    quantity.unit = (!unit.is_empty()).then(|| unit.join(" "));
    Ok(quantity)
}
