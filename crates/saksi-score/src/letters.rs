//! Text by code points, and what counts as a word, blank and sentence in the measures.
//!
//! The measures were first written in Python, and these are its notions: a word character is a letter, number or
//! underscore, so that a combining mark ends a word; a blank is also one of the four separators of ASCII.

use crate::reading::Extent;
use std::collections::BTreeSet;
use std::sync::LazyLock;
use unicode_normalization::char::is_combining_mark;

static ABBREVIATIONS: LazyLock<Vec<Vec<char>>> = LazyLock::new(|| {
    let lines = include_str!("../data/abbreviations.txt").lines();
    lines.filter(|line| !line.is_empty() && !line.starts_with('#')).map(|line| line.chars().collect()).collect()
});

/// A letter (general category L), number (N) or underscore: what Unicode calls alphabetic besides are marks and the
/// letters in circles and squares.
pub(crate) fn is_word(c: char) -> bool {
    let enclosed = matches!(c, 'Ⓐ'..='ⓩ' | '🄰'..='🅉' | '🅐'..='🅩' | '🅰'..='🆉');
    (c.is_alphanumeric() && !is_combining_mark(c) && !enclosed) || c == '_'
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || ('\x1c'..='\x1f').contains(&c)
}

/// The text without blanks around it.
pub(crate) fn trim(text: &str) -> &str {
    text.trim_matches(is_blank)
}

/// Code points of blanks before the text.
pub(crate) fn lead(text: &str) -> i64 {
    text.chars().take_while(|c| is_blank(*c)).count() as i64
}

/// The words of a text, in lower case.
pub(crate) fn words_of(text: &str) -> BTreeSet<String> {
    let lower = text.to_lowercase();
    lower.split(|c| !is_word(c)).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// A text whose code points can be counted.
#[derive(Debug)]
pub(crate) struct Letters {
    chars: Vec<char>,
}

impl Letters {
    pub(crate) fn new(text: &str) -> Self {
        Self { chars: text.chars().collect() }
    }

    /// What of the text lies within `extent`.
    pub(crate) fn slice(&self, extent: Extent) -> String {
        self.within(extent).1.iter().collect()
    }

    fn within(&self, extent: Extent) -> (usize, &[char]) {
        let place = |at: i64| usize::try_from(at).unwrap_or(0).min(self.chars.len());
        let (start, end) = (place(extent.start), place(extent.end));
        (start, self.chars.get(start..end).unwrap_or_default())
    }

    /// The first place of `needle` that starts at `from` or later.
    pub(crate) fn find(&self, needle: &str, from: usize) -> Option<Extent> {
        let needle: Vec<char> = needle.chars().collect();
        (from..=self.chars.len().checked_sub(needle.len())?)
            .find(|&at| self.chars[at..].starts_with(&needle))
            .map(|at| extent(at, at + needle.len()))
    }

    /// Where `needle` stands as whole words, from left to right without overlap; what begins or ends with no word
    /// character stands anywhere on that side.
    pub(crate) fn words(&self, needle: &str) -> Vec<Extent> {
        let needle: Vec<char> = needle.chars().collect();
        let (Some(&first), Some(&last)) = (needle.first(), needle.last()) else { return Vec::new() };
        let before_last = needle.len().checked_sub(2).map(|at| needle[at]);
        let left = is_word(first);
        let right = is_word(last) || (last == '\n' && before_last.is_some_and(is_word));
        let mut found = Vec::new();
        let mut at = 0;
        while at + needle.len() <= self.chars.len() {
            let end = at + needle.len();
            if self.chars[at..end] == needle[..] && !(left && self.word_ends_at(at)) && !(right && self.word_at(end)) {
                found.push(extent(at, end));
                at = end;
            } else {
                at += 1;
            }
        }
        found
    }

    fn word_at(&self, at: usize) -> bool {
        self.chars.get(at).copied().is_some_and(is_word)
    }

    fn word_ends_at(&self, at: usize) -> bool {
        at > 0 && self.word_at(at - 1)
    }

    /// Where the words within `extent` begin; a word that is cut by its start begins there.
    pub(crate) fn word_starts(&self, extent: Extent) -> impl Iterator<Item = usize> {
        let (start, chars) = self.within(extent);
        let starts = |at: &usize| is_word(chars[*at]) && (*at == 0 || !is_word(chars[*at - 1]));
        (0..chars.len()).filter(starts).map(move |at| start + at)
    }

    /// The sentence that holds code point `at`. A line break always ends one; a mark ends one only if what shows it stands
    /// before `at`, so that the first word of a sentence counts to the one before as well.
    pub(crate) fn sentence(&self, at: usize) -> Extent {
        let mut start = self.chars[..at].iter().rposition(|c| *c == '\n').map_or(0, |at| at + 1);
        let stop = self.chars[at..].iter().position(|c| *c == '\n').map_or(self.chars.len(), |more| at + more);
        let mut next = start;
        while next < at {
            match self.sentence_break(next, at) {
                Some(end) => {
                    start = end;
                    next = end;
                }
                None => next += 1,
            }
        }
        let end = (at..stop).find(|&at| self.sentence_break(at, stop).is_some()).map_or(stop, |at| at + 1);
        extent(start, end)
    }

    /// Where the next sentence begins if the mark at `at` ends one, looking no further than `stop`: closing quotes may
    /// follow it, blanks must, and then a capital or a figure, perhaps in quotes.
    fn sentence_break(&self, at: usize, stop: usize) -> Option<usize> {
        if !matches!(self.chars[at], '.' | '!' | '?') || self.abbreviation_ends_at(at) {
            return None;
        }
        let chars = &self.chars[..stop];
        let run = |from: usize, of: fn(char) -> bool| chars[from..].iter().take_while(|c| of(**c)).count();
        let closed = at + 1 + run(at + 1, |c| matches!(c, '”' | '"' | '\'' | ')'));
        let next = closed + run(closed, is_blank);
        if next == closed {
            return None;
        }
        let opened = next + usize::from(matches!(chars.get(next), Some('"' | '“' | '\'' | '(')));
        chars.get(opened).is_some_and(|c| c.is_ascii_uppercase() || c.is_ascii_digit()).then_some(next)
    }

    /// Whether an initial or an abbreviation ends at `at`.
    fn abbreviation_ends_at(&self, at: usize) -> bool {
        let before = &self.chars[..at];
        let alone = |length: usize| !self.word_ends_at(at - length);
        (before.last().is_some_and(char::is_ascii_uppercase) && alone(1))
            || ABBREVIATIONS.iter().any(|short| before.ends_with(short) && alone(short.len()))
    }
}

fn extent(start: usize, end: usize) -> Extent {
    Extent { start: start as i64, end: end as i64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentence(text: &str, at: usize) -> String {
        let letters = Letters::new(text);
        letters.slice(letters.sentence(at))
    }

    #[test]
    fn sentences_end_before_a_capital_but_not_after_an_abbreviation() {
        let text = "He met Gen. Li and J. Doe. “So?” (Then he left. 3 stayed.)\nEnd";
        assert_eq!(sentence(text, 0), "He met Gen. Li and J. Doe.");
        assert_eq!(sentence(text, 29), "“So?");
        assert_eq!(sentence(text, 40), "(Then he left.");
        assert_eq!(sentence(text, 50), "3 stayed.)");
        assert_eq!(sentence(text, 60), "End");
        assert_eq!(sentence("Up. Down.", 4), "Up. Down.");
    }

    #[test]
    fn words_are_whole_and_punctuation_stands_anywhere() {
        let letters = Letters::new("said: unsaid, said:x said");
        let starts = |needle| letters.words(needle).iter().map(|it| it.start).collect::<Vec<_>>();
        assert_eq!(starts("said"), [0, 14, 21]);
        assert_eq!(starts("said:"), [0, 14]);
        assert_eq!(starts(":"), [4, 18]);
        assert_eq!(starts("sai"), [0_i64; 0]);
    }

    #[test]
    fn a_combining_mark_is_no_word_character() {
        assert!(is_word('é') && is_word('٣') && is_word('二') && !is_word('\u{301}') && !is_word('Ⓐ'));
    }

    #[test]
    fn extents_outside_the_text_are_cut() {
        let letters = Letters::new("abc");
        let slice = |start, end| letters.slice(Extent { start, end });
        assert_eq!((slice(-5, 2), slice(2, 99), slice(2, 1)), ("ab".into(), "c".into(), String::new()));
    }
}
