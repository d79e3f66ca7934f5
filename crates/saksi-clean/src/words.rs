//! Words and marks of a line, folded so that labels can be compared.

use rustc_hash::FxHasher;
use saksi_tree::{Span, Text};
use std::hash::Hasher;

/// A word or a mark.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    /// Where it stands in the article.
    pub(crate) span: Span,
    /// Lower case; quotation marks, apostrophes and dashes brought to one form.
    pub(crate) folded: String,
    /// A number for the folded word, by which it is looked up.
    pub(crate) hash: u64,
    /// What it looks like.
    pub(crate) shape: Shape,
    /// How it is set off from the word before.
    pub(crate) gap: Gap,
}

/// What a word looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// All letters large, two at least.
    Upper,
    /// The first letter large.
    Capital,
    /// Small letters, or a script without case.
    Lower,
    /// Begins with a digit.
    Number,
    /// No letter, no digit.
    Mark,
}

/// What stands between a word and the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Gap {
    /// Nothing.
    None,
    /// One blank.
    Blank,
    /// One no-break space: typesetting, or a label's edge.
    NoBreak,
    /// Two blanks or more, or a tabulator.
    Wide,
}

impl Word {
    /// Whether it is a word, not a mark.
    pub(crate) fn is_word(&self) -> bool {
        self.shape != Shape::Mark
    }

    /// Whether it begins with a large letter.
    pub(crate) fn is_capital(&self) -> bool {
        matches!(self.shape, Shape::Upper | Shape::Capital)
    }
}

/// The words of `span`, which holds no line break.
pub(crate) fn words(text: &Text, span: Span) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut gap = Gap::Blank;
    let mut before: Option<char> = None; // the last character, if it was part of a word
    for (at, c) in (span.start..).zip(text.slice(span).chars()) {
        if c.is_whitespace() || is_invisible(c) {
            if !is_invisible(c) {
                gap = match gap {
                    Gap::None if c == '\u{a0}' => Gap::NoBreak,
                    Gap::None if c != '\t' => Gap::Blank,
                    _ => Gap::Wide,
                };
            }
            before = None;
            continue;
        }
        let letter = c.is_alphanumeric() || is_joining(c);
        // A small letter before a large one: two words that an extractor glued together, or a name such as ChatGPT.
        let glued = before.is_some_and(|before| before.is_lowercase() && c.is_uppercase());
        if let Some(word) = words.last_mut().filter(|_| letter && before.is_some() && !glued) {
            word.folded.extend(c.to_lowercase());
            word.span.end = at + 1;
            word.shape = match word.shape {
                Shape::Capital if word.span.len() == 2 && c.is_uppercase() => Shape::Upper,
                Shape::Upper if c.is_lowercase() => Shape::Capital,
                shape => shape,
            };
        } else {
            let shape = match c {
                _ if !letter => Shape::Mark,
                _ if c.is_numeric() => Shape::Number,
                _ if c.is_uppercase() => Shape::Capital,
                _ => Shape::Lower,
            };
            words.push(Word { span: Span::new(at, at + 1), folded: fold(c), hash: 0, shape, gap });
        }
        gap = Gap::None;
        before = letter.then_some(c);
    }
    if let Some(first) = words.first_mut() {
        first.gap = Gap::Wide;
    }
    for word in &mut words {
        word.hash = hash(&word.folded);
    }
    words
}

/// The number of a folded word.
pub(crate) fn hash(folded: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(folded.as_bytes());
    hasher.finish()
}

/// Characters that take no place on the page: soft hyphen, zero-width, direction and byte order marks.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}')
}

/// Combining marks belong to the word of the letter before.
fn is_joining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{900}'..='\u{903}' | '\u{93a}'..='\u{94f}' | '\u{64b}'..='\u{65f}'
        | '\u{e31}' | '\u{e34}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}')
}

fn fold(c: char) -> String {
    match c {
        '’' | '‘' | 'ʼ' | '`' | '´' => "'".into(),
        '“' | '”' | '„' | '‟' => "\"".into(),
        '–' | '—' | '−' | '‐' | '‑' | '‒' | '―' => "-".into(),
        '：' => ":".into(),
        _ => c.to_lowercase().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::Shape::{Capital, Lower, Mark, Number, Upper};
    use super::*;

    fn folded(text: &str) -> Vec<String> {
        let text = Text::new(text.into());
        words(&text, text.span()).into_iter().map(|word| word.folded).collect()
    }

    #[test]
    fn glued_words_come_apart_at_the_large_letter() {
        assert_eq!(folded("di JakartaBaca Juga: X"), ["di", "jakarta", "baca", "juga", ":", "x"]);
    }

    #[test]
    fn a_no_break_space_and_a_blank_are_a_wide_gap() {
        let text = Text::new("MEMBACA\u{a0} Satu\u{a0}dua".into());
        let gaps: Vec<Gap> = words(&text, text.span()).iter().map(|word| word.gap).collect();
        assert_eq!(gaps, [Gap::Wide, Gap::Wide, Gap::NoBreak]);
    }

    #[test]
    fn shapes_are_told_apart() {
        let text = Text::new("DPR Ketua aku 12 - A".into());
        let shapes: Vec<Shape> = words(&text, text.span()).iter().map(|word| word.shape).collect();
        assert_eq!(shapes, [Upper, Capital, Lower, Number, Mark, Capital]);
    }
}
