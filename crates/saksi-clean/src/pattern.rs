//! The pattern language of the clean rules (`clean/rules.tsv`, `clean/words.tsv`).
//!
//! Words and marks stand for themselves, whatever the blanks between them. A word written with a large first letter
//! asks for one in the text, one all in large letters asks for that; small letters match any. `{a|b c|}` is a choice,
//! an empty branch makes it optional, `¦` is a bar to be found in the text; `…` is up to ten words of the same sentence; `$` the end of the line;
//! `<class>` any phrase of that class, `<class*>` one to eight of them in a row, `<number>`, `<word>`, `<lower>` (a word in small letters), `<name>` (one to
//! six capitalised words), `<person>` (two to four), `<edge>` (what sets a label off: a colon, bar, arrow or dash, a wide gap or the end of the
//! line). Three look ahead and take nothing in: `<headline>` (what follows is in title case), `<cased>` (its next words
//! are), `<title>` (the rest of the line is a title, whatever its case: some words without a final mark). `⦃`, `⦄`, `⟨`
//! and `⋯` are braces, a `<` and an ellipsis to be found in the text.

use crate::headline;
use crate::phrases::Phrases;
use crate::words::{Gap, Shape, Word, words};
use rustc_hash::FxHashMap;
use saksi_tree::Text;
use std::sync::Arc;

/// How many words `…` may stand for.
const GAP_WORDS: usize = 10;
/// How many words a name may have.
const NAME_WORDS: usize = 6;
/// How many words a person's name has.
const PERSON_WORDS: std::ops::RangeInclusive<usize> = 2..=4;
/// How many phrases of a class `<class*>` may stand for.
const REPEATS: usize = 8;

/// A compiled pattern.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pattern(Vec<Part>);

/// Named lists of phrases.
pub(crate) type Classes = FxHashMap<String, Arc<Phrases>>;

#[derive(Debug, Clone)]
enum Part {
    Literal { folded: String, hash: u64, shape: Shape },
    Choice(Vec<Pattern>),
    Class(Arc<Phrases>),
    Repeated(Arc<Phrases>),
    Gap,
    Number,
    Word,
    Lower,
    Name,
    Person,
    Edge,
    Headline,
    Cased,
    Title,
    End,
}

impl Pattern {
    /// Compiles a pattern; the error says what is wrong.
    pub(crate) fn parse(source: &str, classes: &Classes) -> Result<Self, String> {
        let mut chars = source.chars().peekable();
        let pattern = Self::parse_until(&mut chars, classes, false)?;
        match chars.next() {
            None => Ok(pattern),
            Some(c) => Err(format!("`{c}` closes nothing in the pattern `{source}`")),
        }
    }

    fn parse_until(
        chars: &mut std::iter::Peekable<std::str::Chars<'_>>,
        classes: &Classes,
        inside: bool,
    ) -> Result<Self, String> {
        let mut parts = Vec::new();
        let mut literal = String::new();
        while let Some(&c) = chars.peek() {
            if inside && (c == '|' || c == '}') {
                break;
            }
            if !matches!(c, '{' | '}' | '<' | '…' | '$') {
                literal.push(c);
                chars.next();
                continue;
            }
            literals(&mut literal, &mut parts);
            chars.next();
            match c {
                '…' => parts.push(Part::Gap),
                '$' => parts.push(Part::End),
                '{' => {
                    let mut branches = Vec::new();
                    loop {
                        branches.push(Self::parse_until(chars, classes, true)?);
                        match chars.next() {
                            Some('|') => {}
                            Some(_) => break,
                            None => return Err("`{` is not closed".into()),
                        }
                    }
                    parts.push(Part::Choice(branches));
                }
                '<' => {
                    let name: String = chars.by_ref().take_while(|&c| c != '>').collect();
                    parts.push(match name.as_str() {
                        "number" => Part::Number,
                        "word" => Part::Word,
                        "lower" => Part::Lower,
                        "name" => Part::Name,
                        "person" => Part::Person,
                        "edge" => Part::Edge,
                        "headline" => Part::Headline,
                        "cased" => Part::Cased,
                        "title" => Part::Title,
                        _ => {
                            let class = name.strip_suffix('*').unwrap_or(&name);
                            let phrases =
                                classes.get(class).ok_or_else(|| format!("no word class `{class}` in this pack"))?;
                            let part = if class == name { Part::Class } else { Part::Repeated };
                            part(phrases.clone())
                        }
                    });
                }
                _ => return Err("`}` closes nothing".into()),
            }
        }
        literals(&mut literal, &mut parts);
        Ok(Self(parts))
    }

    /// The folded words a match may begin with; none if it may begin with anything.
    pub(crate) fn firsts(&self) -> Option<Vec<String>> {
        let mut found = Vec::new();
        for part in &self.0 {
            let branches: &[Self] = match part {
                Part::Literal { folded, .. } => {
                    found.push(folded.clone());
                    return Some(found);
                }
                Part::Choice(branches) => branches,
                Part::Class(phrases) | Part::Repeated(phrases) => phrases.all(),
                _ => return None,
            };
            let mut may_be_empty = false;
            for branch in branches {
                if branch.0.is_empty() {
                    may_be_empty = true;
                } else {
                    found.extend(branch.firsts()?);
                }
            }
            if !may_be_empty {
                return Some(found);
            }
        }
        None
    }

    /// The longest match that begins at word `at`: the word after its last.
    pub(crate) fn longest(&self, line: &[Word], at: usize) -> Option<usize> {
        let mut ends = Vec::new();
        self.ends(line, at, &mut ends);
        ends.into_iter().max()
    }

    /// Adds every place where a match that begins at word `at` may end.
    pub(crate) fn ends(&self, line: &[Word], at: usize, out: &mut Vec<usize>) {
        // Most phrases are words, and most fail at the first; only what stands behind those may end in several places.
        let mut place = at;
        let mut parts = self.0.iter();
        let part = loop {
            let Some(part) = parts.next() else {
                out.push(place);
                return;
            };
            let Part::Literal { folded, hash, shape } = part else { break part };
            if !line.get(place).is_some_and(|word| is_literal(word, folded, *hash, *shape)) {
                return;
            }
            place += 1;
        };
        let mut rest = parts.as_slice();
        if rest.is_empty() {
            part.ends(line, place, out);
            return;
        }
        let mut places = Vec::new();
        part.ends(line, place, &mut places);
        while let Some((part, behind)) = rest.split_first() {
            let mut next = Vec::new();
            for &place in &places {
                part.ends(line, place, &mut next);
            }
            next.sort_unstable();
            next.dedup();
            if next.is_empty() {
                return;
            }
            (places, rest) = (next, behind);
        }
        out.append(&mut places);
    }
}

/// Whether a word of the text is a word of a pattern.
fn is_literal(word: &Word, folded: &str, hash: u64, shape: Shape) -> bool {
    word.hash == hash
        && word.folded == folded
        && match shape {
            Shape::Upper => word.shape == Shape::Upper,
            Shape::Capital => word.is_capital(),
            _ => true,
        }
}

impl Part {
    fn ends(&self, line: &[Word], at: usize, out: &mut Vec<usize>) {
        let word = line.get(at);
        match self {
            Self::Literal { folded, hash, shape } => {
                let fits = |word: &&Word| is_literal(word, folded, *hash, *shape);
                out.extend(word.filter(fits).map(|_| at + 1));
            }
            Self::Choice(branches) => branches.iter().for_each(|branch| branch.ends(line, at, out)),
            Self::Class(phrases) => phrases.ends(line, at, out),
            Self::Repeated(phrases) => {
                let mut places = vec![at];
                for _ in 0..REPEATS {
                    let mut next = Vec::new();
                    for &place in &places {
                        phrases.ends(line, place, &mut next);
                    }
                    next.retain(|end| !out.contains(end));
                    next.sort_unstable();
                    next.dedup();
                    out.extend(&next);
                    places = next;
                }
            }
            Self::Gap => {
                let last = (at + GAP_WORDS).min(line.len());
                let stop = (at..last).find(|&place| headline::ends_sentence(line, place)).unwrap_or(last);
                out.extend(at..=stop);
                // "(Translated from Russian.)"
                let closes = |word: &Word| word.gap == Gap::None && matches!(word.folded.as_str(), ")" | "]");
                out.extend((stop < last && line.get(stop + 1).is_some_and(closes)).then_some(stop + 1));
            }
            Self::Number => out.extend(word.filter(|word| word.shape == Shape::Number).map(|_| at + 1)),
            Self::Word => out.extend(word.filter(|word| word.is_word()).map(|_| at + 1)),
            Self::Lower => out.extend(word.filter(|word| word.shape == Shape::Lower).map(|_| at + 1)),
            Self::Name => out.extend(names(line, at).into_iter().map(|(end, _)| end)),
            Self::Person => {
                let fits = |(end, count): (usize, usize)| PERSON_WORDS.contains(&count).then_some(end);
                out.extend(names(line, at).into_iter().filter_map(fits));
            }
            Self::Edge => match word {
                None => out.push(at),
                Some(word) if word.gap >= Gap::NoBreak => out.push(at),
                Some(word) if matches!(word.folded.as_str(), ":" | "»" | "|" | "›" | "→" | ">" | "▶" | "►" | "-") =>
                {
                    out.push(at + 1);
                    // "Baca juga: >>", "Read more :-"
                    if line.get(at + 1).is_some_and(|next| matches!(next.folded.as_str(), "-" | "»" | ">" | ":")) {
                        out.push(at + 2);
                    }
                }
                Some(_) => {}
            },
            Self::Headline | Self::Cased | Self::Title => {
                let rest = &line[at.min(line.len())..];
                let rest = &rest[..rest.len().min(headline::LOOK)];
                let fits = match self {
                    Self::Headline => headline::looks_like_headline(rest),
                    Self::Cased => headline::begins_in_title_case(rest),
                    _ => headline::is_title(rest),
                };
                out.extend(fits.then_some(at));
            }
            Self::End => out.extend(word.is_none().then_some(at)),
        }
    }
}

/// Where a name that begins at word `at` may end, and how many capitalised words it has by then.
fn names(line: &[Word], at: usize) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut place = at;
    let mut count = 0;
    while count < NAME_WORDS && line.get(place).is_some_and(Word::is_capital) {
        place += 1;
        count += 1;
        found.push((place, count));
        // Initials, double names and domains: "J. Doe", "Al-Sisi", "KOMPAS.com", "Port-au-Prince".
        let joined = |place: usize| {
            line.get(place).is_some_and(|mark| ".-'&".contains(mark.folded.as_str()))
                && line.get(place + 1).is_some_and(Word::is_word)
        };
        while joined(place) {
            place += 1;
            if line[place].is_capital() {
                break;
            }
            place += 1;
            found.push((place, count));
        }
    }
    found
}

fn literals(literal: &mut String, parts: &mut Vec<Part>) {
    let text = Text::new(
        std::mem::take(literal)
            .replace('¦', "|")
            .replace('⦃', "{")
            .replace('⦄', "}")
            .replace('⟨', "<")
            .replace('⋯', "…"),
    );
    parts.extend(words(&text, text.span()).into_iter().map(|word| Part::Literal {
        folded: word.folded,
        hash: word.hash,
        shape: word.shape,
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matched(pattern: &str, line: &str) -> Option<usize> {
        let text = Text::new(line.into());
        Pattern::parse(pattern, &Classes::default()).unwrap().longest(&words(&text, text.span()), 0)
    }

    #[test]
    fn a_large_letter_in_the_pattern_asks_for_one_in_the_text() {
        assert_eq!(matched("Baca juga <edge>", "BACA JUGA: X"), Some(3));
        assert_eq!(matched("Baca juga <edge>", "baca juga: X"), None);
        assert_eq!(matched("MEMBACA", "Membaca"), None);
    }

    #[test]
    fn choices_gaps_and_ends() {
        assert_eq!(matched("{here is|here's} … :", "Here's the edited text: yes"), Some(7));
        assert_eq!(matched("{here is|here's} … :", "Here is one. Two: yes"), None);
        assert_eq!(matched("iklan{: x|} $", "Iklan"), Some(1));
        assert_eq!(matched("<name> , ANTARA", "Budi S. Utomo, ANTARA"), Some(6));
    }

    #[test]
    fn a_class_may_repeat_and_a_title_ends_without_a_stop() {
        let text = |line: &str| {
            let text = Text::new(line.into());
            words(&text, text.span())
        };
        let mut classes = Classes::default();
        let phrases = ["also", "on this", "site"].map(|phrase| Pattern::parse(phrase, &Classes::default()).unwrap());
        classes.insert("label".into(), Arc::new(Phrases::new(phrases.into())));
        let pattern = Pattern::parse("<label*> : <title>", &classes).unwrap();
        assert_eq!(pattern.longest(&text("Also on this site: Ten beds for a cat"), 0), Some(5));
        assert_eq!(pattern.longest(&text("Also on this site: ten beds were found."), 0), None);
        assert_eq!(pattern.longest(&text("Also on that site: Ten beds for a cat"), 0), None);
    }

    #[test]
    fn a_word_in_small_letters_is_asked_for() {
        assert_eq!(matched("( <lower> - <number> )", "(gs-4)"), Some(5));
        assert_eq!(matched("( <lower> - <number> )", "(B-52)"), None);
    }

    #[test]
    fn an_unknown_class_is_an_error() {
        assert!(Pattern::parse("a <nothing>", &Classes::default()).is_err());
        assert!(Pattern::parse("{a", &Classes::default()).is_err());
    }
}
