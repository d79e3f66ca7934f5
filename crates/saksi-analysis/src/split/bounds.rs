use super::{Ends, Kind, Piece, Rules, clitics};
use compact_str::CompactString;
use std::ops::Range;

/// The sentences of a line as ranges of its pieces.
pub(super) fn sentences(line: &[char], pieces: &[Piece], rules: &Rules) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut from = 0;
    let mut at = 0;
    while at < pieces.len() {
        let end = closing(line, pieces, at);
        if end < pieces.len() && ends_at(line, pieces, from, at, end, rules) {
            out.push(from..end);
            from = end;
            at = end;
        } else {
            at += 1;
        }
    }
    if from < pieces.len() {
        out.push(from..pieces.len());
    }
    out
}

/// The index behind piece `at` and the closing quotes and brackets that go with it.
fn closing(line: &[char], pieces: &[Piece], at: usize) -> usize {
    let mut end = at + 1;
    while let Some(next) = pieces.get(end) {
        let together = pieces[end - 1].end == next.start;
        let alone = line.get(next.end as usize).is_none_or(|c| c.is_whitespace())
            || pieces.get(end + 1).is_some_and(|p| {
                p.start == next.end && matches!(p.kind, Kind::Close | Kind::Stop | Kind::Comma | Kind::Mark)
            });
        if next.kind == Kind::Close && (together || alone)
            || (together && matches!(next.kind, Kind::Mark | Kind::Ellipsis))
        {
            end += 1;
        } else {
            break;
        }
    }
    end
}

/// Whether a sentence that began at `from` ends between `end - 1` and `end`, where `at` is the piece that may end it.
fn ends_at(line: &[char], pieces: &[Piece], from: usize, at: usize, end: usize, rules: &Rules) -> bool {
    let next = pieces[end];
    let first = line[next.start as usize];
    let closed = end > at + 1;
    // What begins a sentence: a capital, perhaps behind a quote, bracket or dash; a digit; a letter without case.
    let opener = matches!(next.kind, Kind::Open);
    let begin = if opener { pieces.get(end + 1) } else { Some(&next) };
    let lead = begin.map_or(first, |piece| line[piece.start as usize]);
    if matches!(next.kind, Kind::Comma | Kind::Colon | Kind::Close | Kind::Dash) {
        return false;
    }
    let spaced = pieces[end - 1].end < next.start;
    let capital = lead.is_uppercase() || (lead.is_alphabetic() && !lead.is_lowercase());
    let word = || -> CompactString {
        begin
            .map(|piece| line[piece.start as usize..piece.end as usize].iter().map(|&c| clitics::plain(c)).collect())
            .unwrap_or_default()
    };
    let goes_on = || closed && rules.settings.after_quote.iter().any(|known| *known == word());
    match pieces[at].kind {
        Kind::Stop => {
            // "1." at the start numbers what follows.
            let numbers = at == from + 1 && pieces[from].kind == Kind::Number && !closed;
            if numbers {
                return false;
            }
            (capital || lead.is_numeric() && spaced || (!lead.is_alphanumeric() && spaced)) && !goes_on()
        }
        Kind::Mark => {
            (capital || lead.is_numeric() || !lead.is_alphanumeric())
                && spaced
                && !goes_on()
                && !inside(line, pieces, from, at, closed)
        }
        Kind::Ellipsis => capital && spaced && at > from && !goes_on(),
        Kind::Abbreviation(Ends::Maybe) => capital && spaced && (closed || rules.starters.contains(&word()) || opener),
        _ => false,
    }
}

/// Whether a bracket that opened in this sentence is still open: a question in brackets does not end the sentence.
fn inside(line: &[char], pieces: &[Piece], from: usize, at: usize, closed: bool) -> bool {
    if closed {
        return false;
    }
    let mut depth = 0_i32;
    for piece in &pieces[at.saturating_sub(60).max(from)..at] {
        match line[piece.start as usize] {
            '(' | '[' if piece.kind == Kind::Open => depth += 1,
            ')' | ']' if piece.kind == Kind::Close => depth -= 1,
            _ => {}
        }
    }
    depth > 0 && pieces[at..].iter().take(40).any(|piece| matches!(line[piece.start as usize], ')' | ']'))
}
