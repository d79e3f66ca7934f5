use compact_str::CompactString;
use saksi_tree::{Sentence, Text};
use unicode_normalization::UnicodeNormalization;

/// A run of letters and digits, or one mark: the grain at which the gazetteer matches, finer than any tokenisation.
#[derive(Debug, Clone)]
pub(crate) struct Atom {
    /// Index of the token it stands in.
    pub(crate) token: u32,
    /// Lower case, without diacritics, apostrophes straight.
    pub(crate) key: CompactString,
    /// Whether it begins with a capital.
    pub(crate) capital: bool,
    /// Whether all its letters are capitals.
    pub(crate) upper: bool,
    /// Whether it is a run of letters or digits.
    pub(crate) word: bool,
}

/// Letters of a word as the gazetteer compares them.
pub(crate) fn fold(word: &str) -> CompactString {
    if word.is_ascii() {
        return CompactString::from(word).to_ascii_lowercase();
    }
    word.nfd()
        .filter(|c| !('\u{300}'..='\u{36f}').contains(c))
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            '’' | '‘' | 'ʼ' | '`' => '\'',
            'ı' => 'i',
            'ø' => 'o',
            'ł' => 'l',
            other => other,
        })
        .collect()
}

/// The pieces of `text` with their byte ranges.
pub(crate) fn pieces(text: &str) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut open = false;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        if c.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&c) {
            match found.last_mut() {
                Some(last) if open => last.1 = end,
                _ => found.push((at, end)),
            }
            open = true;
        } else {
            if !c.is_whitespace() && c != '\u{ad}' {
                found.push((at, end));
            }
            open = false;
        }
    }
    found
}

/// The atoms of a sentence.
pub(crate) fn atoms(text: &Text, sentence: &Sentence) -> Vec<Atom> {
    let words = text.slice(sentence.span);
    let mut offset = (0, sentence.span.start);
    let mut token = 0;
    let mut found = Vec::with_capacity(sentence.tokens.len() + 8);
    if sentence.tokens.is_empty() {
        return found;
    }
    for (from, to) in pieces(words) {
        let start = offset.1 + words[offset.0..from].chars().count() as u32;
        let piece = &words[from..to];
        let end = start + piece.chars().count() as u32;
        offset = (to, end);
        while token + 1 < sentence.tokens.len() && sentence.tokens[token].span.end <= start {
            token += 1;
        }
        let mut letters = piece.chars().filter(|c| c.is_alphabetic()).peekable();
        let word = piece.starts_with(char::is_alphanumeric);
        found.push(Atom {
            token: token as u32,
            key: fold(piece),
            capital: piece.starts_with(char::is_uppercase),
            upper: letters.peek().is_some() && letters.all(char::is_uppercase),
            word,
        });
    }
    found
}

/// The atoms of running text without tokens.
pub(crate) fn loose(text: &str) -> Vec<Atom> {
    let atom = |(from, to): (usize, usize)| {
        let piece = &text[from..to];
        let mut letters = piece.chars().filter(|c| c.is_alphabetic()).peekable();
        Atom {
            token: 0,
            key: fold(piece),
            capital: piece.starts_with(char::is_uppercase),
            word: piece.starts_with(char::is_alphanumeric),
            upper: letters.peek().is_some() && letters.all(char::is_uppercase),
        }
    };
    pieces(text).into_iter().map(atom).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_words_and_single_marks() {
        let text = "U.S.-led Élysée’s";
        let found: Vec<_> = pieces(text).into_iter().map(|(from, to)| fold(&text[from..to])).collect();
        assert_eq!(found, ["u", ".", "s", ".", "-", "led", "elysee", "'", "s"]);
    }
}
