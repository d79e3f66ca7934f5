//! Scores dates against GUM's news documents: `gum FOLDER [--show]` reads each TEI file's `<date>` elements and prints
//! precision, recall and F1 of overlapping extents with the same value or the same first and last day.
//!
//! The date line at the top of a document is its publication day (else the day the file gives). Lengths and sets of
//! times are left out where GUM marks nothing: its `<date>` is for dates.

use saksi_lang::Pack;
use saksi_record::{Basis, Published, Timex};
use saksi_time::{Rules, resolve};
use saksi_tree::{Analysis, Sentence, Span, Text, Token};
use std::fmt::Write as _;
use std::io::Write as _;

/// A `<date>` element: its span and the days it means.
struct Date {
    span: Span,
    days: Option<(String, String)>,
    when: Option<String>,
}

struct Document {
    text: String,
    analysis: Analysis,
    dates: Vec<Date>,
    /// The spans of `<time>` elements: clocks, which have no day there.
    clocks: Vec<Span>,
    created: String,
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().unwrap_or_else(|| "../shared/data/time/gum-news".to_owned());
    let show = arguments.any(|argument| argument == "--show");
    let rules = Rules::compile(&Pack::builtin("en").expect("the English pack")).expect("good rules");
    let mut files: Vec<_> = match std::fs::read_dir(&folder) {
        Ok(entries) => entries.filter_map(Result::ok).map(|entry| entry.path()).collect(),
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "skipped: {folder}: {error}");
            return;
        }
    };
    files.retain(|path| path.extension().is_some_and(|kind| kind == "xml"));
    files.sort();
    let (mut right, mut extents, mut predicted, mut wanted) = (0, 0, 0, 0);
    let mut out = String::new();
    for path in files {
        let document = read(&std::fs::read_to_string(&path).expect("the document can be read"));
        let text = Text::new(document.text);
        let top = document.dates.iter().take(4).find(|date| {
            let near = document.analysis.sentences.get(3).is_some_and(|fourth| date.span.start <= fourth.span.end);
            let words = text.slice(date.span);
            near && words.contains(", ") && date.days.as_ref().is_some_and(|(first, last)| first == last)
        });
        let none = Published { value: None, basis: Basis::None };
        let given = Published { value: Some(document.created), basis: Basis::Given };
        let times = match top {
            Some(date) => resolve(&text, &document.analysis, none, Some(date.span), &rules),
            None => resolve(&text, &document.analysis, given, None, &rules),
        };
        let _ = writeln!(out, "== {} {:?}", path.display(), times.published.value);
        let mut used = vec![false; times.found.len()];
        for date in &document.dates {
            wanted += 1;
            let over: Vec<usize> = (0..used.len())
                .filter(|&at| Span::new(times.found[at].time.start, times.found[at].time.end).overlaps(date.span))
                .collect();
            let days = |at: usize| times.found[at].time.earliest.clone().zip(times.found[at].time.latest.clone());
            let same = |at: usize| {
                // "early 2016" has the value 2016, whatever part of the year it bounds.
                date.days.is_some() && days(at) == date.days
                    || date.when.is_some() && times.found[at].time.value == date.when
            };
            let hit = over.iter().find(|&&at| !used[at] && same(at));
            extents += usize::from(!over.is_empty());
            if let Some(&at) = hit.or(over.first()) {
                used[at] = true;
                predicted += 1;
            }
            if hit.is_some() {
                right += 1;
            } else {
                let got: Vec<_> = over.iter().map(|&at| days(at)).collect();
                let _ = writeln!(out, "   missed {:?} {:?}, got {got:?}", text.slice(date.span), date.days);
            }
        }
        for (at, found) in times.found.iter().enumerate() {
            let span = Span::new(found.time.start, found.time.end);
            let clock = document.clocks.iter().any(|clock| clock.overlaps(span));
            if !used[at] && !clock && matches!(found.time.timex, Timex::Date | Timex::Time) {
                predicted += 1;
                let words = text.slice(span);
                let _ = writeln!(out, "   extra {words:?} {:?} ({})", found.time.value, found.time.rule);
            }
        }
    }
    if !show {
        out.clear();
    }
    let (precision, recall) = (f64::from(right) / f64::from(predicted), f64::from(right) / f64::from(wanted));
    let f1 = 2.0 * precision * recall / (precision + recall);
    let _ = writeln!(out, "dates {wanted}, found {predicted}, right {right}, extents {extents}");
    let _ = writeln!(out, "value precision {precision:.3} recall {recall:.3} F1 {f1:.3}");
    std::io::stdout().write_all(out.as_bytes()).expect("the output can be written");
}

/// Reads GUM's one-word-a-line TEI.
fn read(xml: &str) -> Document {
    let mut document = Document {
        text: String::new(),
        analysis: Analysis::default(),
        dates: Vec::new(),
        clocks: Vec::new(),
        created: String::new(),
    };
    let mut at = 0_u32;
    let mut open: Vec<usize> = Vec::new();
    let mut clock: Option<Span> = None;
    let (mut within, mut first) = (false, true);
    for line in xml.lines() {
        if let Some(tag) = line.strip_prefix('<').filter(|_| !line.contains('\t')) {
            match tag.split([' ', '>']).next().unwrap_or_default() {
                "text" => document.created = attribute(tag, "dateCreated").unwrap_or_default(),
                "s" => document.analysis.sentences.push(Sentence { span: Span::new(at, at), ..Sentence::default() }),
                "/s" => {
                    document.text.push('\n');
                    at += 1;
                }
                "w" => (within, first) = (true, true),
                "/w" => within = false,
                "date" => {
                    open.push(document.dates.len());
                    document.dates.push(Date {
                        span: Span::new(at, at),
                        days: days(tag),
                        when: attribute(tag, "when"),
                    });
                }
                "/date" => {
                    open.pop();
                }
                "time" => clock = Some(Span::new(at, at)),
                "/time" => document.clocks.extend(clock.take()),
                _ => {}
            }
            continue;
        }
        let columns: Vec<&str> = line.split('\t').collect();
        let [form, tag, lemma, ..] = columns[..] else { continue };
        let Some(sentence) = document.analysis.sentences.last_mut() else { continue };
        let form = form.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">");
        let glued = within && !first || matches!(form.as_str(), "," | "." | ")" | "'s" | ":" | ";");
        first = false;
        if !glued && !sentence.tokens.is_empty() {
            document.text.push(' ');
            at += 1;
        }
        let span = Span::new(at, at + form.chars().count() as u32);
        document.text.push_str(&form);
        at = span.end;
        let feats = if tag == "VBD" { "Tense=Past|VerbForm=Fin" } else { "" };
        sentence.tokens.push(Token {
            span,
            form: form.as_str().into(),
            lemma: lemma.into(),
            feats: feats.into(),
            ..Token::default()
        });
        sentence.span = Span::new(sentence.tokens[0].span.start, span.end);
        if let Some(known) = &mut clock {
            *known = if known.is_empty() { span } else { known.cover(span) };
        }
        for &date in &open {
            let known = &mut document.dates[date].span;
            *known = if known.is_empty() { span } else { known.cover(span) };
        }
    }
    document.dates.retain(|date| !date.span.is_empty());
    document
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!("{name}=\""))?;
    rest.split_once('"').map(|(value, _)| value.to_owned())
}

/// The first and last day of a `<date>` element's attributes.
fn days(tag: &str) -> Option<(String, String)> {
    let one = |name: &str| attribute(tag, name).and_then(|value| stretch(&value));
    if let Some(days) = one("when") {
        return Some(days);
    }
    let (first, last) = (one("from").or(one("notBefore")), one("to").or(one("notAfter")));
    Some((first?.0, last?.1))
}

/// The first and last day of an ISO year, month or day.
fn stretch(value: &str) -> Option<(String, String)> {
    let mut parts = value.split('T').next()?.splitn(3, '-').map(|part| part.parse::<i16>().ok());
    let year = parts.next()??;
    let days = match (parts.next().flatten(), parts.next().flatten()) {
        (Some(month), Some(day)) => {
            let day = jiff::civil::Date::new(year, month as i8, day as i8).ok()?;
            (day, day)
        }
        (Some(month), None) => {
            let first = jiff::civil::Date::new(year, month as i8, 1).ok()?;
            (first, first.last_of_month())
        }
        _ => (jiff::civil::Date::new(year, 1, 1).ok()?, jiff::civil::Date::new(year, 12, 31).ok()?),
    };
    Some((days.0.to_string(), days.1.to_string()))
}
