//! Decisions out of a table that was filled in elsewhere.

use super::values::{self, Names};
use saksi_merge::{Gazetteer, Report};
use saksi_store::Action;
use serde_json::{Map, Value};
use std::collections::HashMap;

/// The columns of a table of decisions; `key` and `action` must be there.
pub(crate) const COLUMNS: [&str; 5] = ["key", "action", "field", "value", "who"];

/// One line of the table.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Row {
    pub(crate) line: u64,
    pub(crate) key: String,
    pub(crate) action: String,
    pub(crate) field: String,
    /// A text, or any JSON value out of JSON Lines.
    pub(crate) value: Value,
    pub(crate) who: Option<String>,
}

/// What is wrong, and in which line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wrong {
    pub(crate) line: u64,
    pub(crate) why: String,
}

/// Reads a table: CSV with a line of names (comma, semicolon or tab), or JSON Lines.
///
/// # Errors
/// Every line that cannot be read.
pub(crate) fn rows(text: &str) -> Result<Vec<Row>, Vec<Wrong>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim_start().starts_with('{') { json_lines(text) } else { table(text) }
}

fn json_lines(text: &str) -> Result<Vec<Row>, Vec<Wrong>> {
    let (mut rows, mut wrong) = (Vec::new(), Vec::new());
    for (number, json) in text.lines().enumerate().filter(|(_, json)| !json.trim().is_empty()) {
        let line = number as u64 + 1;
        match serde_json::from_str::<Map<String, Value>>(json) {
            Ok(fields) => match row(line, fields) {
                Ok(row) => rows.push(row),
                Err(why) => wrong.push(Wrong { line, why }),
            },
            Err(error) => wrong.push(Wrong { line, why: format!("is no JSON object: {error}") }),
        }
    }
    if wrong.is_empty() { Ok(rows) } else { Err(wrong) }
}

fn table(text: &str) -> Result<Vec<Row>, Vec<Wrong>> {
    let head = text.lines().next().unwrap_or_default();
    let delimiter = [b',', b';', b'\t'].into_iter().max_by_key(|&by| head.bytes().filter(|&c| c == by).count());
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter.unwrap_or(b','))
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let one = |line: u64, why: String| vec![Wrong { line, why }];
    let names: Vec<String> = match reader.headers() {
        Ok(names) => names.iter().map(str::to_lowercase).collect(),
        Err(error) => return Err(one(1, error.to_string())),
    };
    if !["key", "action"].iter().all(|name| names.iter().any(|known| known == name)) {
        return Err(one(1, format!("the first line must name the columns {}", COLUMNS.join(", "))));
    }
    let (mut rows, mut wrong) = (Vec::new(), Vec::new());
    let (mut counted, mut line) = (0, 1);
    // The reader counts a line break before a record, or blank lines, as the record's own.
    let mut line_of = |position: Option<&csv::Position>| {
        let bytes = text.as_bytes();
        let mut at = position.map_or(counted, |position| position.byte() as usize).min(bytes.len());
        at += bytes[at..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        line += text[counted.min(at)..at].matches('\n').count() as u64;
        counted = at;
        line
    };
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = line_of(error.position());
                wrong.push(Wrong { line, why: "has another number of cells than the first line".to_owned() });
                continue;
            }
        };
        let line = line_of(record.position());
        let cells = names.iter().zip(record.iter()).filter(|(_, cell)| !cell.is_empty());
        let fields = cells.map(|(name, cell)| (name.clone(), Value::from(cell))).collect();
        match row(line, fields) {
            Ok(row) => rows.push(row),
            Err(why) => wrong.push(Wrong { line, why }),
        }
    }
    if wrong.is_empty() { Ok(rows) } else { Err(wrong) }
}

fn row(line: u64, mut fields: Map<String, Value>) -> Result<Row, String> {
    let mut text = |name: &str| match fields.remove(name) {
        None | Some(Value::Null) => Ok(String::new()),
        Some(Value::String(text)) => Ok(text.trim().to_owned()),
        Some(Value::Number(number)) => Ok(number.to_string()),
        Some(other) => Err(format!("`{name}` is no text: {other}")),
    };
    let (key, action, field, who) = (text("key")?, text("action")?.to_lowercase(), text("field")?, text("who")?);
    let value = fields.remove("value").unwrap_or(Value::Null);
    // Columns of one's own, such as a remark, are left alone.
    Ok(Row { line, key, action, field, value, who: (!who.is_empty()).then_some(who) })
}

/// What the collection holds, as far as decisions name it.
pub(crate) trait Collection {
    /// The reports that a key means: the report with it, or those of the event whose key begins so.
    fn reports(&self, key: &str) -> Result<Vec<Report>, String>;
    /// The reports of the event of a report.
    fn beside(&self, report: &str) -> Result<Vec<Report>, String>;
}

/// A decision, and the line that it stands on.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Decision {
    pub(crate) line: u64,
    pub(crate) who: Option<String>,
    pub(crate) action: Action,
}

/// Turns rows into decisions, each checked by itself. Keys mean what they mean before the first decision; a value takes the
/// place of the one that the rows before leave.
///
/// # Errors
/// Every row that is none.
pub(crate) fn decisions(
    rows: &[Row],
    collection: &dyn Collection,
    gazetteer: &Gazetteer,
) -> Result<Vec<Decision>, Vec<Wrong>> {
    let mut edited: HashMap<String, Report> = HashMap::new();
    let (mut all, mut wrong) = (Vec::new(), Vec::new());
    for row in rows {
        match actions(row, collection, gazetteer, &mut edited) {
            Ok(actions) => {
                all.extend(actions.into_iter().map(|action| Decision { line: row.line, who: row.who.clone(), action }));
            }
            Err(why) => wrong.push(Wrong { line: row.line, why }),
        }
    }
    if wrong.is_empty() { Ok(all) } else { Err(wrong) }
}

fn actions(
    row: &Row,
    collection: &dyn Collection,
    gazetteer: &Gazetteer,
    edited: &mut HashMap<String, Report>,
) -> Result<Vec<Action>, String> {
    let value = match &row.value {
        Value::String(text) => text.trim().to_owned(),
        Value::Null => String::new(),
        other => other.to_string(),
    };
    if row.action == "undo" {
        let seq = value
            .parse()
            .map_err(|_| format!("`undo` needs the number of an entry of the log as value, not `{value}`"))?;
        return Ok(vec![Action::Undo { seq }]);
    }
    if row.key.is_empty() {
        return Err("has no key".to_owned());
    }
    if row.action != "edit" && !row.field.is_empty() {
        return Err(format!("`{}` takes no field", row.action));
    }
    if matches!(row.action.as_str(), "accept" | "reject" | "split") && !value.is_empty() {
        return Err(format!("`{}` takes no value", row.action));
    }
    let reports = collection.reports(&row.key)?;
    let keys = |reports: &[Report]| reports.iter().map(|report| report.key.clone()).collect::<Vec<_>>();
    let first = |reports: &[Report]| reports.first().map(|report| report.key.clone()).unwrap_or_default();
    match row.action.as_str() {
        "accept" => Ok(vec![Action::Accept { reports: keys(&reports) }]),
        "reject" => Ok(vec![Action::Reject { reports: keys(&reports) }]),
        "merge" if value.is_empty() => Err("`merge` needs the key of the other event or report as value".to_owned()),
        "merge" => {
            let others = collection.reports(&value)?;
            let (one, other) = (first(&reports), first(&others));
            if keys(&reports).contains(&other) {
                return Err("an event cannot be merged with itself".to_owned());
            }
            Ok(vec![Action::Merge { one, other }])
        }
        "split" => {
            let [report] = reports.as_slice() else {
                return Err("`split` needs the key of one report".to_owned());
            };
            let from: Vec<String> =
                keys(&collection.beside(&report.key)?).into_iter().filter(|key| *key != report.key).collect();
            if from.is_empty() {
                return Err("it is the only report of its event".to_owned());
            }
            Ok(vec![Action::Split { report: report.key.clone(), from }])
        }
        "edit" if row.field.is_empty() => Err("`edit` needs a field".to_owned()),
        "edit" => {
            let mut edits = Vec::new();
            for report in &reports {
                let now = edited.entry(report.key.clone()).or_insert_with(|| report.clone());
                let names = names(now, collection, gazetteer)?;
                let new = match &row.value {
                    Value::String(_) | Value::Null => values::parse(now, &row.field, &value, &names)?,
                    json => json.clone(),
                };
                let (old, changed) = saksi_store::get(now, &row.field)
                    .and_then(|old| Ok((old, saksi_store::set(now, &row.field, &new)?)))
                    .map_err(|error| error.to_string())?;
                // The store keeps the value in the report's own form.
                let new = saksi_store::get(&changed, &row.field).map_err(|error| error.to_string())?;
                *now = changed;
                edits.push(Action::Edit { report: report.key.clone(), field: row.field.clone(), old, new });
            }
            Ok(edits)
        }
        "" => Err("has no action".to_owned()),
        other => Err(format!("there is no action `{other}`; there are accept, reject, edit, merge, split, undo")),
    }
}

fn names<'a>(report: &Report, collection: &dyn Collection, gazetteer: &'a Gazetteer) -> Result<Names<'a>, String> {
    let mut all = vec![report.clone()];
    all.extend(collection.beside(&report.key)?);
    Ok(known(gazetteer, &all))
}

/// Who and where the reports name.
pub(crate) fn known<'a>(gazetteer: &'a Gazetteer, reports: &[Report]) -> Names<'a> {
    let parties = reports.iter().flat_map(|report| report.actor.iter().chain(&report.recipient)).cloned().collect();
    let places = reports.iter().flat_map(|report| &report.place).cloned().collect();
    Names { gazetteer, parties, places }
}
