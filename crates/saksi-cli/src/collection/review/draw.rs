//! A review as the lines of a terminal.

use super::line::Line;
use super::state::{Mode, State, field_letter};
use super::values::{self, FIELDS};
use super::view::{Role, Seen};
use anstyle::{AnsiColor, Color, Style};
use saksi_merge::{Event, likeness};
use std::fmt::Write as _;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Parts of a likeness that are told; the others weigh less.
const REASONS: usize = 3;
/// Columns of the names of fields.
const NAME: usize = 12;

const PLAIN: Style = Style::new();
const DIM: Style = Style::new().dimmed();
const BOLD: Style = Style::new().bold();
const BAR: Style = Style::new().invert();

const KEYS: &str =
    "a accept  r reject  e edit  m merge  s split  u undo  n next  p previous  ↑↓ report  w more  ? help  q quit";

const HELP: &[(&str, &str)] = &[
    ("a", "the report is right; goes on to the next"),
    ("r", "the report is wrong; goes on to the next"),
    ("A", "all reports of the event are right"),
    ("R", "all reports of the event are wrong"),
    ("e", "correct a field of the report"),
    ("m", "the report is of the same event as one of another event: merge both events"),
    ("s", "the report is of another event than the others: split it off"),
    ("u", "take back the last decision of this review"),
    ("n, →", "next event"),
    ("p, ←", "event before"),
    ("j, ↓, Tab", "next report of the event"),
    ("k, ↑", "report before"),
    ("w", "show more: why it was read so, and the article"),
    ("Space, PgDn", "scroll down; PgUp scrolls up"),
    ("q, Ctrl-C", "end; every decision is kept when it is made"),
];

/// How things look.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Look {
    pub(crate) width: usize,
    pub(crate) height: usize,
    /// Whether there are colours; else what is marked is named in brackets.
    pub(crate) colour: bool,
}

/// A stretch of text in one style.
type Piece = (String, Style);

/// The whole screen: at most as many lines as it has, none wider than it is.
pub(crate) fn screen(state: &State, look: Look) -> Vec<String> {
    if look.width == 0 || look.height == 0 {
        return Vec::new();
    }
    let head = head(state);
    let foot = foot(state, look);
    let mut lines = vec![fit(&[(head, BAR)], look.width, true)];
    let room = look.height.saturating_sub(lines.len() + foot.len());
    let body = body(state, look);
    let scroll = state.scroll.min(body.len().saturating_sub(room));
    lines.extend(body.into_iter().skip(scroll).take(room));
    lines.resize(look.height.saturating_sub(foot.len()), String::new());
    lines.extend(foot);
    // On a screen of one or two lines the last one, with what is asked, matters most.
    let skip = lines.len().saturating_sub(look.height);
    lines.into_iter().skip(skip).collect()
}

fn head(state: &State) -> String {
    let Some(seen) = state.report() else { return "review".to_owned() };
    let event = event(&state.reports);
    let many = |count: u32, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
    let mode = event.mode.as_ref().map(|mode| format!(" {mode}")).unwrap_or_default();
    format!(
        "{}/{}  {}{mode}, {}  {}, {}  {}",
        state.at + 1,
        state.queue.len(),
        event.kind,
        event.status,
        many(state.reports.len() as u32, "report"),
        many(event.sources, "source"),
        seen.event
    )
}

fn event(reports: &[Seen]) -> Event {
    saksi_merge::event(&reports.iter().map(|seen| &seen.report).collect::<Vec<_>>())
}

/// The lines at the bottom: a message and what the keys do, or what is being typed.
fn foot(state: &State, look: Look) -> Vec<String> {
    let mut lines = Vec::new();
    if !state.message.is_empty() {
        lines.extend(wrap(&[(state.message.clone(), BOLD)], look.width, 0));
        lines.truncate(3);
    }
    let hint = |text: &str| fit(&[(text.to_owned(), DIM)], look.width, false);
    match &state.mode {
        Mode::Look | Mode::More => lines.push(hint(KEYS)),
        Mode::Help => lines.push(hint("any key goes back")),
        Mode::Sure => {
            let question = format!("reject all {} reports of the event? y rejects them", state.reports.len());
            lines.push(fit(&[(question, BOLD)], look.width, false));
        }
        Mode::Field { .. } => lines.push(hint("the field's letter, or ↑↓ and Enter; Esc goes back")),
        Mode::Type { field, line } => {
            let field = &FIELDS[*field];
            let has = state.report().is_some_and(|seen| !values::choices(seen.report.kind, field.name).is_empty());
            let tab = if has { "; Tab shows the next" } else { "" };
            lines.push(hint(&format!("{}{tab}. Enter keeps it, Ctrl-U clears the line, Esc goes back", field.hint)));
            lines.push(typing(&format!("{}: ", field.name), line, look.width));
        }
        Mode::Merge { line, .. } => {
            lines.push(hint("↑↓ and Enter merge with the event chosen; words look for others, Esc goes back"));
            lines.push(typing("words: ", line, look.width));
        }
    }
    lines
}

/// A line being typed, moved so far that the cursor is on the screen.
fn typing(prompt: &str, line: &Line, width: usize) -> String {
    let (before, under, after) = line.parts();
    let under = if under.is_empty() { " " } else { under };
    let room = width.saturating_sub(under.width().max(1));
    let mut shown = format!("{prompt}{before}");
    while shown.width() > room {
        let first = shown.graphemes(true).next().map_or(0, str::len);
        shown.replace_range(..first.max(1).min(shown.len()), "");
        if shown.is_empty() {
            break;
        }
    }
    fit(&[(shown, PLAIN), (under.to_owned(), BAR), (after.to_owned(), PLAIN)], width, false)
}

fn body(state: &State, look: Look) -> Vec<String> {
    let mut lines = Vec::new();
    if state.mode == Mode::Help {
        for (keys, what) in HELP {
            field(&mut lines, keys, vec![((*what).to_owned(), PLAIN)], look);
        }
        return lines;
    }
    let Some(seen) = state.report() else { return lines };
    match &state.mode {
        Mode::Merge { found, chosen, .. } => {
            lines.extend(wrap(&[("merge with the event of".to_owned(), BOLD)], look.width, 0));
            for (number, other) in found.iter().enumerate() {
                report(&mut lines, other, Some(seen), number == *chosen, look);
            }
            if found.is_empty() {
                lines.extend(wrap(
                    &[("nothing like it was found; type words of its article".to_owned(), DIM)],
                    look.width,
                    0,
                ));
            }
        }
        Mode::Field { chosen } => fields(&mut lines, seen, Some(*chosen), look),
        mode => {
            article(&mut lines, seen, look);
            lines.push(String::new());
            for (at, said) in seen.chain.iter().enumerate() {
                let name = if at == 0 { "according to" } else { "by way of" };
                field(&mut lines, name, vec![(said.clone(), PLAIN)], look);
            }
            if seen.chain.is_empty() {
                field(&mut lines, "according to", vec![("the article itself".to_owned(), DIM)], look);
            }
            fields(&mut lines, seen, None, look);
            if *mode == Mode::More {
                more(&mut lines, seen, look);
            }
            together(&mut lines, state, look);
        }
    }
    lines
}

/// Where it stands, and the sentence with what was read from it.
fn article(lines: &mut Vec<String>, seen: &Seen, look: Look) {
    let day = seen.report.published.as_deref().unwrap_or("no date");
    let about = format!("{} · {day} · {} · {}", seen.outlet, seen.report.language, seen.title);
    lines.extend(wrap(&[(about, DIM)], look.width, 0));
    lines.extend(wrap(&marked(seen, look.colour), look.width, 2));
}

/// The sentence in pieces.
fn marked(seen: &Seen, colour: bool) -> Vec<Piece> {
    let letters: Vec<char> = seen.sentence.chars().collect();
    let mut roles: Vec<Option<Role>> = vec![None; letters.len()];
    for (span, role) in &seen.marks {
        if let Some(part) = roles.get_mut(span.start as usize..(span.end as usize).min(letters.len())) {
            part.fill(Some(*role));
        }
    }
    let mut pieces: Vec<Piece> = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        let role = roles[at];
        let end = roles[at..].iter().position(|other| *other != role).map_or(letters.len(), |more| at + more);
        let words: String = letters[at..end].iter().collect();
        match role {
            None => pieces.push((words, PLAIN)),
            Some(role) if colour => pieces.push((words, style(role))),
            Some(role) => pieces.push((format!("[{}: {words}]", name(role)), BOLD)),
        }
        at = end;
    }
    pieces
}

fn name(role: Role) -> &'static str {
    match role {
        Role::Place => "place",
        Role::Time => "time",
        Role::Figure => "quantity",
        Role::Actor => "actor",
        Role::Recipient => "recipient",
        Role::Source => "source",
        Role::Cue => "cue",
        Role::Trigger => "trigger",
    }
}

fn style(role: Role) -> Style {
    let colour = |colour: AnsiColor| Style::new().fg_color(Some(Color::Ansi(colour)));
    match role {
        Role::Place => colour(AnsiColor::Blue).underline(),
        Role::Time => colour(AnsiColor::Blue),
        Role::Figure => colour(AnsiColor::Red),
        Role::Actor => colour(AnsiColor::Cyan),
        Role::Recipient => colour(AnsiColor::Magenta),
        Role::Source => colour(AnsiColor::Green),
        Role::Cue => colour(AnsiColor::Green).underline(),
        Role::Trigger => colour(AnsiColor::Yellow).bold(),
    }
}

/// The fields of a report, in the colours of the sentence.
fn fields(lines: &mut Vec<String>, seen: &Seen, chosen: Option<usize>, look: Look) {
    for (number, known) in FIELDS.iter().enumerate() {
        let value = values::text(&seen.report, known.name);
        if value.is_empty() && chosen.is_none() && !matches!(known.name, "actor" | "recipient" | "time") {
            continue;
        }
        let role = match known.name {
            "type" => Some(Role::Trigger),
            "actor" => Some(Role::Actor),
            "recipient" => Some(Role::Recipient),
            "place" => Some(Role::Place),
            "time" => Some(Role::Time),
            "quantities" => Some(Role::Figure),
            _ => None,
        };
        let shown = if value.is_empty() { "–".to_owned() } else { value };
        let style = match role.filter(|_| look.colour) {
            _ if chosen == Some(number) => BAR,
            Some(role) => style(role),
            None => PLAIN,
        };
        let label = match chosen {
            Some(_) => format!("{} {}", field_letter(number), known.name),
            None => known.name.to_owned(),
        };
        field(lines, &label, vec![(shown, style)], look);
    }
    let sure = format!("{:.2}, {}", seen.report.confidence, review(seen));
    field(lines, "confidence", vec![(sure, PLAIN)], look);
}

fn review(seen: &Seen) -> &'static str {
    match seen.report.review {
        saksi_merge::Review::Unreviewed => "unreviewed",
        saksi_merge::Review::Accepted => "accepted",
        saksi_merge::Review::Edited => "edited",
        saksi_merge::Review::Rejected => "rejected",
    }
}

/// Why it was read so, and the article around the sentence.
fn more(lines: &mut Vec<String>, seen: &Seen, look: Look) {
    lines.push(String::new());
    for reason in &seen.why {
        field(lines, "why", vec![(reason.clone(), PLAIN)], look);
    }
    lines.push(String::new());
    let mut pieces = vec![(seen.around.0.clone(), DIM)];
    pieces.extend(marked(seen, look.colour));
    pieces.push((seen.around.1.clone(), DIM));
    for paragraph in paragraphs(pieces) {
        lines.extend(wrap(&paragraph, look.width, 2));
    }
}

/// Pieces by lines of the article.
fn paragraphs(pieces: Vec<Piece>) -> Vec<Vec<Piece>> {
    let mut all = vec![Vec::new()];
    for (text, style) in pieces {
        for (number, part) in text.split('\n').enumerate() {
            if number > 0 {
                all.push(Vec::new());
            }
            if let Some(last) = all.last_mut().filter(|_| !part.trim().is_empty()) {
                last.push((part.to_owned(), style));
            }
        }
    }
    all.retain(|paragraph| !paragraph.is_empty());
    all
}

/// What the reports of the event differ on, and each of them.
fn together(lines: &mut Vec<String>, state: &State, look: Look) {
    if state.reports.len() < 2 {
        return;
    }
    lines.push(String::new());
    for difference in event(&state.reports).differences {
        let values: Vec<String> =
            difference.opinions.iter().map(|it| format!("{} ({})", it.value, it.reports.len())).collect();
        let text = format!("{}: {}", difference.field, values.join(" | "));
        field(lines, "they differ", vec![(text, PLAIN)], look);
    }
    for (number, other) in state.reports.iter().enumerate() {
        let with = state.report().filter(|_| number != state.chosen);
        report(lines, other, with, number == state.chosen, look);
    }
}

/// A report in two or three lines: who tells it, its sentence, and how alike it is to another.
fn report(lines: &mut Vec<String>, seen: &Seen, with: Option<&Seen>, chosen: bool, look: Look) {
    let mark = if chosen { "› " } else { "  " };
    let day = seen.report.published.as_deref().unwrap_or("no date");
    let mode = seen.report.mode.as_ref().map(|mode| format!(" {mode}")).unwrap_or_default();
    let head = format!(
        "{mark}{}{mode} · {} · {day} · {} · {}",
        seen.report.kind,
        seen.outlet,
        seen.report.language,
        review(seen)
    );
    lines.push(fit(&[(head, if chosen { BOLD } else { PLAIN })], look.width, false));
    lines.push(fit(&[(format!("    {}", seen.sentence), PLAIN)], look.width, false));
    if let Some(with) = with {
        let like = likeness(&with.report, &seen.report);
        let mut parts: Vec<_> = like.parts.iter().filter(|part| part.field != "prior").collect();
        parts.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()));
        let mut text = format!("    likeness {:.2}", like.score);
        for part in parts.iter().take(REASONS) {
            let sign = if part.weight >= 0.0 { '+' } else { '−' };
            let _ = write!(text, "; {sign} {}: {}", part.field, part.why);
        }
        lines.extend(wrap(&[(text, DIM)], look.width, 6));
    }
}

/// A name and its value.
fn field(lines: &mut Vec<String>, name: &str, value: Vec<Piece>, look: Look) {
    let pad = NAME.saturating_sub(name.width()).max(1);
    let mut pieces = vec![(format!("  {name}{}", " ".repeat(pad)), DIM)];
    pieces.extend(value);
    lines.extend(wrap(&pieces, look.width, NAME + 2));
}

/// What a terminal may be shown: no control characters, and none that turn the direction of text.
fn clean(text: &str) -> String {
    let turns = |c: &char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    text.chars()
        .filter(|c| !turns(c))
        .map(|c| if c.is_control() || c == '\u{2028}' || c == '\u{2029}' { ' ' } else { c })
        .collect()
}

/// Pieces on one line, cut where the screen ends; `full` fills the rest in the last style.
fn fit(pieces: &[Piece], width: usize, full: bool) -> String {
    let mut out = String::new();
    let mut left = width;
    let mut last = PLAIN;
    'pieces: for (text, style) in pieces {
        let _ = write!(out, "{style}");
        for letter in clean(text).graphemes(true) {
            let wide = letter.width();
            if wide > left {
                let _ = write!(out, "{style:#}");
                break 'pieces;
            }
            out.push_str(letter);
            left -= wide;
        }
        last = *style;
        let _ = write!(out, "{style:#}");
    }
    if full {
        let _ = write!(out, "{last}{}{last:#}", " ".repeat(left));
    }
    out
}

/// Pieces on as many lines as they need, broken at blanks, or within a word that is wider than the screen. Lines after the
/// first are indented where there is room.
fn wrap(pieces: &[Piece], width: usize, indent: usize) -> Vec<String> {
    let indent = if indent * 3 < width { indent } else { 0 };
    let mut lines: Vec<Vec<Piece>> = vec![Vec::new()];
    let mut used = 0;
    for (text, style) in pieces {
        for word in runs(&clean(text)) {
            let wide = word.width();
            let start = if lines.len() == 1 { 0 } else { indent };
            if used + wide > width && used > start {
                if word.trim().is_empty() {
                    continue;
                }
                lines.push(vec![(" ".repeat(indent), PLAIN)]);
                used = indent;
            }
            for letter in word.graphemes(true) {
                let wide = letter.width();
                if used + wide > width && used > 0 {
                    lines.push(vec![(" ".repeat(indent), PLAIN)]);
                    used = indent;
                }
                if let Some(line) = lines.last_mut() {
                    match line.last_mut() {
                        Some((text, last)) if last == style => text.push_str(letter),
                        _ => line.push((letter.to_owned(), *style)),
                    }
                }
                used += wide;
            }
        }
    }
    lines.iter().map(|line| fit(line, width, false)).collect()
}

/// Words and the blanks between them.
fn runs(text: &str) -> Vec<&str> {
    let mut runs = Vec::new();
    let mut start = 0;
    let mut blank = None;
    for (at, letter) in text.char_indices() {
        if blank.is_some_and(|blank| blank != letter.is_whitespace()) {
            runs.push(&text[start..at]);
            start = at;
        }
        blank = Some(letter.is_whitespace());
    }
    runs.push(&text[start..]);
    runs
}
