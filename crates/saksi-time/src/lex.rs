//! Cuts a sentence into atoms: runs of letters, runs of digits, and single marks.
//!
//! Atoms do not depend on how the analysis cuts words: "1990-an", "a.m." and "harinya" come out the same always.

use rustc_hash::FxHashMap;
use saksi_tree::Span;

/// The number of a known word or mark; 0 for an unknown one.
pub(crate) type WordId = u16;

/// The words that rules and lexicons know, in lower case.
#[derive(Debug, Clone, Default)]
pub(crate) struct Vocabulary {
    ids: FxHashMap<Box<str>, WordId>,
}

impl Vocabulary {
    /// The number of a word, given anew if it has none.
    pub(crate) fn intern(&mut self, word: &str) -> WordId {
        if let Some(&id) = self.ids.get(word) {
            return id;
        }
        let id = (self.ids.len() + 1) as WordId;
        self.ids.insert(word.into(), id);
        id
    }

    /// How many words are known.
    pub(crate) fn len(&self) -> usize {
        self.ids.len()
    }

    fn id(&self, word: &str) -> WordId {
        self.ids.get(word).copied().unwrap_or(0)
    }

    /// The numbers of the words of a phrase of a pack, given anew where needed.
    pub(crate) fn phrase(&mut self, text: &str) -> Vec<WordId> {
        let mut ids = Vec::new();
        cut(text, 0, &mut |word, _, kind| ids.push((word.to_owned(), kind)));
        ids.into_iter().map(|(word, _)| self.intern(&word)).collect()
    }

    /// The atoms of `text`, which starts at code point `start` of the article.
    pub(crate) fn atoms(&self, text: &str, start: u32) -> Vec<Atom> {
        let mut atoms: Vec<Atom> = Vec::with_capacity(text.len() / 5 + 4);
        cut(text, start, &mut |word, span, kind| {
            let glued = atoms.last().is_some_and(|before| before.span.end == span.start);
            let (number, digits) = match kind {
                Kind::Digits => (word.parse().unwrap_or(u32::MAX), word.len().min(20) as u8),
                Kind::Mark => (word.chars().next().map_or(0, u32::from), 0),
                _ => (0, 0),
            };
            atoms.push(Atom { span, kind: kind.plain(), id: self.id(word), number, digits, glued, case: kind.case() });
        });
        atoms
    }
}

/// One atom of a sentence.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Atom {
    pub(crate) span: Span,
    pub(crate) kind: Kind,
    pub(crate) id: WordId,
    /// The value of a run of digits, the code point of a mark.
    pub(crate) number: u32,
    /// The length of a run of digits.
    pub(crate) digits: u8,
    /// Whether nothing stands between it and the atom before.
    pub(crate) glued: bool,
    pub(crate) case: Case,
}

/// What an atom is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Word,
    Capitalised,
    Capitals,
    Digits,
    Mark,
}

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Case {
    Lower,
    Initial,
    All,
}

impl Kind {
    fn plain(self) -> Self {
        if matches!(self, Self::Capitalised | Self::Capitals) { Self::Word } else { self }
    }

    fn case(self) -> Case {
        match self {
            Self::Capitalised => Case::Initial,
            Self::Capitals => Case::All,
            _ => Case::Lower,
        }
    }
}

/// Calls `found` with each atom: its lower-case form, its span, its kind.
fn cut(text: &str, start: u32, found: &mut dyn FnMut(&str, Span, Kind)) {
    let mut word = String::new();
    let mut kind = Kind::Mark;
    let mut from = start;
    let mut at = start;
    for c in text.chars() {
        let next = if c.is_ascii_digit() {
            Some(Kind::Digits)
        } else if c.is_alphabetic() || ('\u{300}'..='\u{36f}').contains(&c) {
            Some(Kind::Word)
        } else {
            None
        };
        if !word.is_empty() && next != Some(kind.plain()) {
            found(&word, Span::new(from, at), kind);
            word.clear();
        }
        match next {
            Some(next) => {
                if word.is_empty() {
                    from = at;
                    kind = if c.is_uppercase() { Kind::Capitalised } else { next };
                } else if c.is_uppercase() {
                    if kind == Kind::Capitalised && at == from + 1 {
                        kind = Kind::Capitals;
                    }
                } else if kind == Kind::Capitals {
                    kind = Kind::Capitalised;
                }
                word.extend(c.to_lowercase());
            }
            None if c.is_whitespace() => {}
            None => {
                let mark = match c {
                    '–' | '‑' | '‐' | '−' => '-',
                    '’' | '‘' => '\'',
                    other => other,
                };
                let mut buffer = [0; 4];
                found(mark.encode_utf8(&mut buffer), Span::new(at, at + 1), Kind::Mark);
            }
        }
        at += 1;
    }
    if !word.is_empty() {
        found(&word, Span::new(from, at), kind);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_digits_and_marks_are_atoms() {
        let mut words = Vec::new();
        cut("é 1990-an", 3, &mut |word, span, _| words.push((word.to_owned(), span.start)));
        let expected = [("é", 3), ("1990", 5), ("-", 9), ("an", 10)].map(|(word, at)| (word.to_owned(), at));
        assert_eq!(words, expected);
    }
}
