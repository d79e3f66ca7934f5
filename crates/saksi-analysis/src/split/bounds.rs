use super::{Ends, Kind, Piece, Rules, clitics};
use compact_str::CompactString;
use std::ops::Range;

/// A quotation with more surface tokens than this is not waited for: its end is more likely to be missing.
const QUOTE: usize = 90;
/// A bracket with more surface tokens than this likewise.
const BRACKET: usize = 40;

/// The most closing quotes, brackets and signs behind one full stop.
const CLOSERS: usize = 12;

/// The sentences of a line as ranges of its pieces.
pub(super) fn sentences(line: &[char], pieces: &[Piece], rules: &Rules) -> Vec<Range<usize>> {
    let held = held(line, pieces, rules.settings.whole_quotes);
    let mut out = Vec::new();
    let mut from = 0;
    let mut at = 0;
    while at < pieces.len() {
        let end = closing(line, pieces, at);
        if end < pieces.len() && !held[end] && ends_at(line, pieces, from, at, end, rules) {
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

/// For each piece, whether no sentence may begin there: inside brackets, and inside quotations if those stay whole.
pub(super) fn held(line: &[char], pieces: &[Piece], quotes: bool) -> Vec<bool> {
    let mut held = vec![false; pieces.len()];
    let mut hold = |from: usize, to: usize| held[from + 1..=to].fill(true);
    let mut quote = None;
    let mut bracket = None;
    for (at, piece) in pieces.iter().enumerate() {
        match (line[piece.start as usize], piece.kind) {
            ('"' | '“' | '„' | '«', Kind::Open) => quote = Some(at),
            ('"' | '”' | '»' | '“', Kind::Close) => {
                if let Some(from) = quote.take().filter(|from| quotes && at - from <= QUOTE) {
                    hold(from, at);
                }
            }
            ('(' | '[', Kind::Open) => bracket = Some(at),
            (')' | ']', Kind::Close) => {
                if let Some(from) = bracket.take().filter(|from| at - from <= BRACKET) {
                    hold(from, at);
                }
            }
            _ => {}
        }
    }
    held
}

/// The index behind piece `at` and the closing quotes, brackets and signs that go with it.
fn closing(line: &[char], pieces: &[Piece], at: usize) -> usize {
    let mut end = at + 1;
    while let Some(next) = pieces.get(end).filter(|_| end - at <= CLOSERS) {
        let together = pieces[end - 1].end == next.start;
        let behind = pieces.get(end + 1).filter(|piece| piece.start == next.end);
        let alone = line.get(next.end as usize).is_none_or(|c| c.is_whitespace())
            || behind.is_some_and(|piece| matches!(piece.kind, Kind::Close | Kind::Stop | Kind::Comma | Kind::Mark));
        let goes = match next.kind {
            Kind::Close => together || alone,
            Kind::Mark | Kind::Ellipsis => together,
            Kind::Sign => true,
            _ => false,
        };
        if !goes {
            break;
        }
        end += 1;
    }
    end
}

/// Whether a sentence that began at `from` ends between `end - 1` and `end`, where `at` is the piece that may end it.
fn ends_at(line: &[char], pieces: &[Piece], from: usize, at: usize, end: usize, rules: &Rules) -> bool {
    let next = pieces[end];
    if matches!(next.kind, Kind::Comma | Kind::Colon | Kind::Close | Kind::Dash) {
        return false;
    }
    let closed = end > at + 1;
    // What begins a sentence: a capital, perhaps behind a quote or bracket; a digit; a letter without case.
    let opener = next.kind == Kind::Open;
    let begin = if opener { pieces.get(end + 1) } else { Some(&next) };
    let lead = begin.map_or(line[next.start as usize], |piece| line[piece.start as usize]);
    let spaced = pieces[end - 1].end < next.start;
    let small = rules.settings.small_starts && spaced && !closed && lead.is_lowercase();
    let capital = lead.is_uppercase() || (lead.is_alphabetic() && !lead.is_lowercase());
    let word = || -> CompactString {
        let piece = begin.map_or(0..0, |piece| piece.start as usize..piece.end as usize);
        line[piece].iter().map(|&c| clitics::plain(c)).collect()
    };
    match pieces[at].kind {
        Kind::Stop => {
            // "1." at the start numbers what follows.
            if at == from + 1 && pieces[from].kind == Kind::Number && !closed {
                return false;
            }
            // Before a small letter only behind a word long enough to be no abbreviation.
            let long = at.checked_sub(1).is_some_and(|before| {
                let piece = pieces[before];
                piece.kind == Kind::Word && piece.end - piece.start >= 4 && piece.end == pieces[at].start
            });
            capital || (spaced && !lead.is_alphabetic() && next.kind != Kind::Stop) || (small && long)
        }
        Kind::Mark => spaced && (capital || small || !lead.is_alphabetic()),
        Kind::Ellipsis => capital && spaced && at > from,
        Kind::Abbreviation(Ends::Maybe) => {
            let bracket = matches!(line[next.start as usize], '(' | '[');
            capital && spaced && !bracket && (closed || opener || rules.starters.contains(&word()))
        }
        // A single letter at the end of a sentence: "kuartal I. Dengan".
        Kind::Abbreviation(Ends::Never) => {
            let letter = pieces[at].end - pieces[at].start == 2;
            letter && capital && spaced && !opener && rules.starters.contains(&word())
        }
        _ => false,
    }
}
