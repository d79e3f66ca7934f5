//! The lines of a text, and where noise may begin in each.

use crate::headline;
use crate::words::{Gap, Shape, Word, is_invisible, words};
use saksi_tree::{Span, Text};

/// A line at least this long that the next one goes on from is one of a text wrapped by hand.
const WRAPPED: std::ops::RangeInclusive<u32> = 50..=110;

/// A line with text.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    /// Its words, one at least.
    pub(crate) words: Vec<Word>,
    /// Where each word stands.
    pub(crate) places: Vec<Place>,
    /// Whether an empty line stands before it.
    pub(crate) after_blank: bool,
}

/// Where in its line a word stands.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Place {
    /// Nothing but bullets, brackets and markdown stands before it in the line.
    pub(crate) starts_line: bool,
    /// A sentence begins with it.
    pub(crate) starts_sentence: bool,
    /// It stands inside quotation marks.
    pub(crate) quoted: bool,
}

impl Line {
    /// The span from its first word to its last.
    pub(crate) fn span(&self) -> Span {
        self.words[0].span.cover(self.words[self.words.len() - 1].span)
    }

    fn new(words: Vec<Word>, after_blank: bool) -> Self {
        let mut places = vec![Place::default(); words.len()];
        let mut only_marks = true;
        // Straight marks open and close by turns; curly ones say themselves which they do, and are all `"` when folded,
        // so turns serve both.
        let mut quoted = false;
        let single = single_quotes(&words);
        let closes_later = |at: usize| words[at + 1..].iter().any(|word| word.folded == "\"");
        for at in 0..words.len() {
            let word = &words[at];
            places[at] = Place {
                starts_line: only_marks,
                starts_sentence: only_marks || begins_sentence(&words, at),
                quoted: quoted || single.contains(&at),
            };
            if word.folded == "\"" {
                quoted = !quoted && (closes_later(at) || only_marks);
            }
            only_marks &=
                word.shape == Shape::Mark && word.folded != "\"" && !(word.folded == "'" && single.start == at + 1);
        }
        Self { words, places, after_blank }
    }
}

/// The words between the single quotation marks of a line that begins with one: what else is an apostrophe is hard to say.
fn single_quotes(words: &[Word]) -> std::ops::Range<usize> {
    let opens = words[0].folded == "'" && words.get(1).is_some_and(|next| next.gap == Gap::None && next.is_word());
    let closes = |at: usize| {
        words[at].folded == "'"
            && words[at].gap == Gap::None
            && words.get(at + 1).is_none_or(|next| !next.is_word() || next.gap != Gap::None)
    };
    let end = (2..words.len()).rev().find(|&at| closes(at));
    end.filter(|_| opens).map_or(0..0, |end| 1..end)
}

/// Whether a sentence, or something that stands by itself, begins at word `at`, which is not the first.
fn begins_sentence(words: &[Word], at: usize) -> bool {
    let (before, word) = (&words[at - 1], &words[at]);
    if word.gap == Gap::Wide {
        return true;
    }
    let glued = word.gap == Gap::None;
    match before.folded.as_str() {
        "." | "!" | "?" | "…" => !glued || word.is_capital(),
        ")" | "]" | "\"" | "'" => {
            // After a closing mark that ends a sentence, or an embed marker.
            let ended = at >= 2 && headline::ends_sentence(words, at - 2);
            before.folded == "]" || before.folded == ")" || ended || glued && word.is_capital()
        }
        "|" | "•" | "»" | ">" | "→" | "›" | "*" | "_" | "(" | "[" | "·" | "▪" | "►" | "▶" | "👉" => {
            true
        }
        // Two words glued by an extractor: "JakartaBaca juga".
        _ => glued && before.is_word() && word.is_capital(),
    }
}

/// The lines of `text` that hold anything.
pub(crate) fn lines(text: &Text) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut start = 0_u32;
    let mut blank = false;
    let mut last = ' ';
    for (end, c) in (0..).zip(text.as_str().chars().chain(std::iter::once('\n'))) {
        let breaks = matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}');
        if breaks {
            let found = words(text, Span::new(start, end));
            if !found.is_empty() {
                lines.push(Line::new(found, blank || lines.is_empty()));
                blank = false;
            } else if !(c == '\n' && last == '\r') {
                blank = true;
            }
            start = end + 1;
        }
        last = c;
    }
    lines
}

/// Whether nothing but blanks and marks without words stands in `words`.
pub(crate) fn is_wordless(words: &[Word]) -> bool {
    !words.iter().any(Word::is_word)
}

/// The words without the markdown and bullets around them: `# A`, `**A**`, `• A`, `> A`.
pub(crate) fn without_markup(words: &[Word]) -> &[Word] {
    let edge = |word: &Word| {
        matches!(
            word.folded.as_str(),
            "*" | "#" | "_" | ">" | "•" | "·" | "▪" | "▶" | "►" | "→" | "»" | "~" | "=" | "|" | "●" | "■" | "◦"
        ) || word.folded.chars().all(is_invisible)
    };
    let start = words.iter().position(|word| !edge(word)).unwrap_or(words.len());
    let start = match words.get(start) {
        // "- item" and "– item" are list items; "-5 degrees" is not.
        Some(dash) if dash.folded == "-" && words.get(start + 1).is_some_and(|next| next.gap != Gap::None) => start + 1,
        _ => start,
    };
    let end = words.iter().rposition(|word| !edge(word)).map_or(start, |last| last + 1);
    &words[start..end.max(start)]
}

/// Whether a line is one of a list.
pub(crate) fn is_bulleted(line: &Line) -> bool {
    is_numbered(line)
        || !line.words[0].is_word()
            && without_markup(&line.words).first().is_some_and(|first| first.span != line.words[0].span)
}

/// Whether a line begins with its number in a list: "1. Harbour reopens".
fn is_numbered(line: &Line) -> bool {
    let [number, mark, first, ..] = line.words.as_slice() else { return false };
    number.shape == Shape::Number
        && number.span.len() <= 2
        && mark.gap == Gap::None
        && matches!(mark.folded.as_str(), "." | ")")
        && first.gap != Gap::None
}

/// Whether a paragraph wrapped by hand goes on in the next line.
pub(crate) fn goes_on(line: &Line, next: &Line) -> bool {
    let ended = line.words.last().is_some_and(|word| matches!(word.folded.as_str(), "." | "!" | "?" | ":" | "\""));
    let small = next.words[0].shape == Shape::Lower;
    !next.after_blank && (small && !ended || WRAPPED.contains(&line.span().len()) && !ended && !is_bulleted(next))
}

/// Whether a line ends as a sentence or an announcement does.
pub(crate) fn has_final_mark(line: &Line) -> bool {
    line.words.last().is_some_and(|word| matches!(word.folded.as_str(), "." | "!" | "?" | ":"))
}
