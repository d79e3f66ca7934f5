use saksi_record::{EventType, Status};
use std::fmt;

/// One case of a corpus file.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// What it is about.
    pub title: String,
    /// 1-based line of the title.
    pub line: usize,
    /// The day of publication.
    pub published: Option<String>,
    /// Why it is known to come out wrong.
    pub known_wrong: Option<String>,
    /// The article.
    pub text: String,
    /// The events it must give, and no others.
    pub events: Vec<ExpectedEvent>,
}

/// An event as a case writes it.
#[derive(Debug, Clone, PartialEq)]
pub struct ExpectedEvent {
    /// PLOVER type.
    pub kind: EventType,
    /// PLOVER mode, if the case says one.
    pub mode: Option<String>,
    /// Whether it may also be missing.
    pub optional: bool,
    /// The status; `actual` unless written.
    pub status: Status,
    /// The other fields.
    pub fields: Vec<Field>,
}

/// A field of an expected event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name in the record.
    pub name: String,
    /// The quoted evidence; empty for `none`.
    pub quoted: Vec<String>,
    /// What stands behind `=`, or the bare words.
    pub value: Option<String>,
}

/// Why a corpus file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorpusError {
    /// 1-based line.
    pub line: usize,
    /// What is wrong there.
    pub reason: String,
}

impl fmt::Display for CorpusError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.reason)
    }
}

impl std::error::Error for CorpusError {}

const FIELDS: [&str; 12] = [
    "trigger",
    "actor",
    "actor-country",
    "recipient",
    "recipient-country",
    "place",
    "time",
    "status",
    "source",
    "cue",
    "quantity",
    "certainty",
];

/// Reads the cases of a corpus file.
///
/// # Errors
/// Names the line that is not in the format.
pub fn parse(source: &str) -> Result<Vec<Case>, CorpusError> {
    let lines: Vec<&str> = source.lines().collect();
    let mut cases = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let Some(title) = lines[at].strip_prefix("=== ") else {
            if lines[at].trim().is_empty() || lines[at].starts_with('#') {
                at += 1;
                continue;
            }
            return Err(CorpusError { line: at + 1, reason: "a case begins with `=== title`".into() });
        };
        let end = (at + 1..lines.len()).find(|&line| lines[line].starts_with("=== ")).unwrap_or(lines.len());
        cases.push(parse_case(title.trim(), at, &lines[at + 1..end])?);
        at = end;
    }
    Ok(cases)
}

fn parse_case(title: &str, start: usize, lines: &[&str]) -> Result<Case, CorpusError> {
    let mut case = Case {
        title: title.to_owned(),
        line: start + 1,
        published: None,
        known_wrong: None,
        text: String::new(),
        events: Vec::new(),
    };
    let error = |line: usize, reason: String| CorpusError { line: start + 2 + line, reason };
    let mut at = 0;
    while let Some(attribute) = lines.get(at).and_then(|line| line.strip_prefix(':')) {
        let (name, value) = attribute.split_once(' ').unwrap_or((attribute, ""));
        match name {
            "published" => case.published = Some(value.trim().to_owned()),
            "known-wrong" if value.trim().is_empty() => {
                return Err(error(at, "say why it is known to be wrong".into()));
            }
            "known-wrong" => case.known_wrong = Some(value.trim().to_owned()),
            other => return Err(error(at, format!("`:{other}` is no attribute: use :published or :known-wrong"))),
        }
        at += 1;
    }
    let divider = lines
        .iter()
        .position(|line| line.trim() == "---")
        .ok_or_else(|| error(0, "the case lacks `---` before what is expected".into()))?;
    lines[at..divider].join("\n").trim().clone_into(&mut case.text);
    if case.text.is_empty() {
        return Err(error(at, "the case has no text".into()));
    }
    let mut nothing = false;
    for (number, line) in lines.iter().enumerate().skip(divider + 1) {
        let content = line.trim();
        if content.is_empty() || content.starts_with('#') {
            continue;
        }
        if content == "nothing" {
            nothing = true;
        } else if !line.starts_with(' ') {
            case.events.push(parse_event(content).map_err(|reason| error(number, reason))?);
        } else {
            let event = case.events.last_mut().ok_or_else(|| error(number, "a field before any event".into()))?;
            add_field(event, content).map_err(|reason| error(number, reason))?;
        }
    }
    if nothing != case.events.is_empty() {
        return Err(error(divider, "write the events expected, or `nothing`".into()));
    }
    Ok(case)
}

fn parse_event(line: &str) -> Result<ExpectedEvent, String> {
    let (optional, rest) = line.strip_prefix("optional ").map_or((false, line), |rest| (true, rest));
    let mut words = rest.split_whitespace();
    if words.next() != Some("event") {
        return Err(format!("`{line}`: expected `event TYPE [mode]`, `optional event …` or `nothing`"));
    }
    let kind = words.next().unwrap_or_default();
    let kind = kind.parse().map_err(|()| format!("`{kind}` is no PLOVER type"))?;
    Ok(ExpectedEvent {
        kind,
        mode: words.next().map(str::to_owned),
        optional,
        status: Status::Actual,
        fields: Vec::new(),
    })
}

fn add_field(event: &mut ExpectedEvent, content: &str) -> Result<(), String> {
    let (name, rest) = content.split_once(char::is_whitespace).unwrap_or((content, ""));
    let rest = rest.trim();
    if !FIELDS.contains(&name) {
        return Err(format!("`{name}` is no field: use {}", FIELDS.join(", ")));
    }
    if name == "status" {
        event.status = rest.parse().map_err(|()| format!("`{rest}` is no status"))?;
        return Ok(());
    }
    let mut quoted = Vec::new();
    let mut behind = rest;
    while let Some(open) = behind.strip_prefix('"') {
        let close = open.find('"').ok_or_else(|| format!("`{rest}` lacks a closing quotation mark"))?;
        quoted.push(open[..close].to_owned());
        behind = open[close + 1..].trim_start_matches([',', ' ']);
    }
    let value = behind.strip_prefix('=').unwrap_or(behind).trim();
    let value = (!value.is_empty() && value != "none").then(|| value.to_owned());
    event.fields.push(Field { name: name.to_owned(), quoted, value });
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_is_read_whole() {
        let source = "=== a title\n:published 2024-03-05\n\nRebels shot a man.\n\n---\nevent ASSAULT firearms\n  \
            trigger \"shot\"\n  actor \"Rebels\"\n  time none\n  status negated\n";
        let cases = parse(source).unwrap();
        assert_eq!(cases[0].text, "Rebels shot a man.");
        assert_eq!(cases[0].events[0].status, Status::Negated);
        assert_eq!(cases[0].events[0].fields[1].quoted, ["Rebels"]);
        assert!(cases[0].events[0].fields[2].quoted.is_empty());
    }

    #[test]
    fn a_wrong_line_is_named() {
        let error = parse("=== t\n\nText.\n\n---\nevent ATTACK\n").unwrap_err();
        assert_eq!(error, CorpusError { line: 6, reason: "`ATTACK` is no PLOVER type".into() });
    }
}
