//! A record for a person: the article with its parts marked, then a table of its events.

use anstyle::{AnsiColor, Style};
use comfy_table::{Table, presets};
use saksi::CleanArticle;
use saksi_record::{Actor, Article, Attribution, Basis, CopyKind, Event, Passage, PassageKind, Record, Span};
use std::fmt::Write as _;
use std::io::IsTerminal;

const DIM: Style = Style::new().dimmed();
const BOLD: Style = Style::new().bold();
const ACTOR: Style = Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Cyan)));
const TRIGGER: Style = Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Yellow))).bold();
const CUE: Style = Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Green)));
const NOISE: Style = Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Red))).dimmed();

/// The width of the table where there is no terminal to ask.
const WIDTH: u16 = 160;

/// Whether standard output takes colour: a terminal, and `NO_COLOR` unset (no-color.org).
fn coloured() -> bool {
    std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// A stretch of a text, its style, and what is said of it.
type Marked = (Span, Style, Option<String>);

/// The article and its table.
pub(crate) fn article(record: &Record) -> String {
    let colour = coloured();
    let mut out = String::new();
    head(&record.article, &mut out);
    body(record, colour, &mut out);
    out.push('\n');
    if record.events.is_empty() {
        out.push_str("No events.\n");
    } else {
        let _ = writeln!(out, "{}", table(record));
    }
    for note in &record.notes {
        let _ = writeln!(out, "note ({}): {}", note.stage, note.message);
    }
    out.push('\n');
    out
}

/// An article's text with its title and noise marked, and what is known of it.
pub(crate) fn clean(clean: &CleanArticle) -> String {
    let article = &clean.article;
    let mut out = String::new();
    head(article, &mut out);
    let known = [("title", &article.title), ("author", &article.author), ("outlet", &article.outlet)];
    for (name, value) in known {
        let _ = writeln!(out, "{name}: {}", value.as_deref().unwrap_or("-"));
    }
    out.push('\n');
    paint(&clean.text, passages(&clean.passages), coloured(), &mut out);
    for note in &clean.notes {
        let _ = writeln!(out, "note ({}): {}", note.stage, note.message);
    }
    out
}

fn head(article: &Article, out: &mut String) {
    let published = match (&article.published.value, article.published.basis) {
        (Some(day), Basis::Given) => day.clone(),
        (Some(day), basis) => format!("{day} ({basis})"),
        (None, _) => "no date".into(),
    };
    let from = article.url.as_deref().or(article.from.as_deref()).unwrap_or("standard input");
    let short = |id: &str| id.chars().take(12).collect::<String>();
    let _ = write!(out, "{from} · {} · {published} · {}", article.language, short(&article.id));
    let credit = article.credit.iter().map(|agency| format!("credits {agency}"));
    let group = article.group.iter().map(|group| match group.kind {
        CopyKind::Earliest => "the earliest of several copies".to_owned(),
        kind => format!("{kind} copy of {}", short(&group.id)),
    });
    for more in credit.chain(group) {
        let _ = write!(out, " · {more}");
    }
    out.push_str("\n\n");
}

/// The text, line by line, with marks around what was found: in colour, or with brackets where there is none.
fn body(record: &Record, colour: bool, out: &mut String) {
    let mut marks = passages(&record.passages);
    for actor in &record.actors {
        marks.extend(actor.mentions.iter().map(|mention| (Span::new(mention.start, mention.end), ACTOR, None)));
    }
    marks.extend(record.attributions.iter().filter_map(|said| said.cue).map(|cue| (cue, CUE, None)));
    marks.extend(
        record.events.iter().map(|event| (event.trigger, TRIGGER, Some(format!("{} {}", event.id, event.kind)))),
    );
    // The style of each code point is that of the last mark over it: triggers win over cues, cues over actors.
    paint(&record.text, marks, colour, out);
}

fn passages(passages: &[Passage]) -> Vec<Marked> {
    let marked = |passage: &Passage| {
        let span = Span::new(passage.start, passage.end);
        match passage.kind {
            PassageKind::Title => (span, BOLD, None),
            kind => (span, NOISE, Some(kind.to_string())),
        }
    };
    passages.iter().map(marked).collect()
}

/// Writes a text with its marks.
fn paint(string: &str, marks: Vec<Marked>, colour: bool, out: &mut String) {
    let text: Vec<char> = string.chars().collect();
    let mut styles: Vec<Option<Style>> = vec![None; text.len()];
    let mut labels: Vec<(u32, u32, String)> = Vec::new();
    for (span, style, label) in marks {
        styles[span.start as usize..span.end as usize].fill(Some(style));
        if let Some(label) = label {
            labels.push((span.start, span.end, label));
        }
    }
    labels.sort();
    let mut open: Option<Style> = None;
    let mut next = labels.iter().peekable();
    let mut closing: Vec<u32> = Vec::new();
    for at in 0..=text.len() {
        let style = styles.get(at).copied().flatten();
        if colour
            && style != open
            && let Some(open) = open
        {
            let _ = write!(out, "{}", open.render_reset());
        }
        while let Some(at_end) = closing.iter().position(|&end| end as usize == at) {
            closing.remove(at_end);
            out.push(']');
        }
        while let Some((_, end, label)) = next.next_if(|(start, _, _)| *start as usize == at) {
            if colour {
                let _ = write!(out, "{DIM}[{label}:{DIM:#}");
            } else {
                let _ = write!(out, "[{label}:");
            }
            closing.push(*end);
        }
        if colour && style != open {
            if let Some(style) = style {
                let _ = write!(out, "{style}");
            }
            open = style;
        }
        if let Some(&character) = text.get(at) {
            // control characters of the article must not reach the terminal
            out.push(if character.is_control() && character != '\n' && character != '\t' {
                '\u{fffd}'
            } else {
                character
            });
        }
    }
    if !string.ends_with('\n') {
        out.push('\n');
    }
}

/// who · did what · to whom · when · where · how much · according to whom · how sure
fn table(record: &Record) -> Table {
    let mut table = Table::new();
    table.load_preset(presets::UTF8_HORIZONTAL_ONLY);
    table.set_content_arrangement(comfy_table::ContentArrangement::Dynamic);
    table.set_width(terminal_size::terminal_size().map_or(WIDTH, |(terminal_size::Width(width), _)| width.max(60)));
    table.set_header(["", "who", "did what", "to whom", "when", "where", "how much", "according to", "how sure"]);
    for event in &record.events {
        table.add_row(cells(record, event));
    }
    table
}

fn cells(record: &Record, event: &Event) -> [String; 9] {
    let slice = |span: Span| -> String {
        record
            .text
            .chars()
            .skip(span.start as usize)
            .take(span.len() as usize)
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect()
    };
    let who = |ids: &[String]| {
        let names: Vec<String> =
            ids.iter().filter_map(|id| record.actors.iter().find(|actor| actor.id == *id)).map(name).collect();
        if names.is_empty() { "–".into() } else { names.join(", ") }
    };
    let mode = event.mode.as_ref().map(|mode| format!(" {mode}")).unwrap_or_default();
    let status =
        if event.status == saksi_record::Status::Actual { String::new() } else { format!(" ({})", event.status) };
    let when = event.time.as_ref().and_then(|time| time.value.clone()).unwrap_or_else(|| "–".into());
    let places: Vec<&str> = event
        .place
        .iter()
        .filter_map(|id| record.places.iter().find(|place| place.id == *id))
        .map(|place| place.name.as_str())
        .collect();
    let amounts: Vec<String> = event
        .quantities
        .iter()
        .map(|quantity| {
            let unit =
                quantity.unit.as_deref().filter(|unit| !slice(Span::new(quantity.start, quantity.end)).contains(*unit));
            format!("{} {}", slice(Span::new(quantity.start, quantity.end)), unit.unwrap_or_default()).trim().to_owned()
        })
        .collect();
    let sources: Vec<String> = event
        .attribution
        .iter()
        .filter_map(|id| record.attributions.iter().find(|said| said.id == *id))
        .map(|said| source(record, said))
        .collect();
    let or_dash = |text: String| if text.is_empty() { "–".to_owned() } else { text };
    [
        event.id.clone(),
        who(&event.actor),
        format!("{}{mode}: {}{status}", event.kind, slice(event.trigger)),
        who(&event.recipient),
        when,
        or_dash(places.join(", ")),
        or_dash(amounts.join(", ")),
        if sources.is_empty() { "the article".into() } else { sources.join(" < ") },
        format!("{}, {:.2}", event.certainty, event.confidence),
    ]
}

fn name(actor: &Actor) -> String {
    match &actor.country {
        Some(country) if actor.kind != saksi_record::ActorKind::State => format!("{} ({country})", actor.name),
        _ => actor.name.clone(),
    }
}

/// A source as a person would name it.
pub(crate) fn source(record: &Record, said: &Attribution) -> String {
    if let Some(actor) = said.source.actor.as_ref().and_then(|id| record.actors.iter().find(|actor| actor.id == *id)) {
        return actor.name.clone();
    }
    match (said.source.start, said.source.end) {
        (Some(start), Some(end)) => record.text.chars().skip(start as usize).take((end - start) as usize).collect(),
        _ => "somebody".into(),
    }
}
