//! What a sentence names and counts, as hashes that are the same in every language; and its content words.

use crate::gazetteer::{Gazetteer, Tongue};
use crate::hash;
use crate::identity::SOME;
use crate::report::{Party, Place};
use crate::spelling::plain;
use compact_str::CompactString;
use rustc_hash::FxHashMap;
use saksi_record::{EventType, MentionForm, Record, Span};

/// Letters of a word that count: most endings fall off.
const STEM: usize = 6;
/// Letters in which a word that two languages borrowed is the same: "tariff" and "tarif", "military" and "militer".
const BEGINNING: usize = 4;
/// Words shorter than this say little.
const SHORT: usize = 3;
/// Words in the longest name of a unit or role that is looked for.
const LONGEST: usize = 4;
/// A sentence in which more of the words than this have a capital is a headline, whose capitals tell nothing.
const TITLE: f64 = 0.6;

/// What a mark stands for: its two lowest bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u64)]
pub(crate) enum Mark {
    Name = 0,
    Number = 1,
    Place = 2,
    State = 3,
}

impl Mark {
    pub(crate) fn of(self, text: &str) -> u64 {
        hash::of(&[text]) & !3 | self as u64
    }

    pub(crate) fn is(self, mark: u64) -> bool {
        mark & 3 == self as u64
    }
}

/// The mark of a named actor; none for somebody without a name.
pub(crate) fn of_party(party: &Party) -> Option<u64> {
    if party.key.starts_with(SOME) {
        None
    } else if party.country.as_deref() == Some(&party.key) {
        Some(Mark::State.of(&party.key))
    } else {
        Some(Mark::Name.of(&party.key))
    }
}

/// The mark of a place: of the state, if it is one.
pub(crate) fn of_place(place: &Place) -> u64 {
    if place.country.as_deref() == Some(&place.key) { Mark::State.of(&place.key) } else { Mark::Place.of(&place.key) }
}

/// The article as letters, with what stands in it.
pub(crate) struct View<'a> {
    pub(crate) letters: Vec<char>,
    text: &'a str,
    /// Where each letter stands in the text, and where the last ends; empty where all are ASCII.
    bytes: Vec<u32>,
    language: &'a str,
    /// Names of actors and places, by where they stand.
    names: Vec<(u32, u32, u64)>,
    /// The numbers that are read as quantities.
    numbers: Vec<(u32, u32, u64)>,
    gazetteer: &'a Gazetteer,
    tongue: Option<&'a Tongue>,
}

struct Word<'a> {
    text: &'a str,
    plain: CompactString,
    start: u32,
    end: u32,
}

/// A sentence as it is compared; all lists are sorted.
#[derive(Debug, Clone, Default)]
pub(crate) struct Said {
    /// Names and numbers.
    pub(crate) marks: Vec<u64>,
    /// Content words.
    pub(crate) words: Vec<u64>,
    /// What two languages may share.
    pub(crate) concepts: Vec<u64>,
}

impl<'a> View<'a> {
    pub(crate) fn of(
        record: &'a Record,
        parties: &FxHashMap<&str, Party>,
        places: &FxHashMap<&str, Place>,
        gazetteer: &'a Gazetteer,
    ) -> Self {
        let mut names = Vec::new();
        for actor in &record.actors {
            if let Some(mark) = parties.get(actor.id.as_str()).and_then(of_party) {
                let mentions = actor.mentions.iter().filter(|mention| mention.form != MentionForm::Nominal);
                names.extend(mentions.map(|mention| (mention.start, mention.end, mark)));
            }
        }
        for place in &record.places {
            let known = places.get(place.id.as_str());
            if let Some(known) = known.filter(|known| known.country.is_some() || known.lat.is_some()) {
                let mark = of_place(known);
                names.extend(place.mentions.iter().map(|mention| (mention.start, mention.end, mark)));
            }
        }
        names.sort_unstable();
        let quantities = record.events.iter().flat_map(|event| &event.quantities);
        let mut numbers: Vec<(u32, u32, u64)> = quantities
            .filter_map(|quantity| {
                let value = quantity.value.or(quantity.low).filter(|value| *value > 2.0)?;
                Some((quantity.start, quantity.end, Mark::Number.of(&value.to_string())))
            })
            .collect();
        numbers.sort_unstable();
        let language = record.article.language.as_str();
        let tongue = gazetteer.languages.get(language);
        let text = record.text.as_str();
        Self { letters: text.chars().collect(), text, bytes: bytes(text), language, names, numbers, gazetteer, tongue }
    }

    /// A stretch of the text; what lies behind its end is left out.
    pub(crate) fn text(&self, start: u32, end: u32) -> &'a str {
        let all = self.text.len();
        let place = |at: u32| {
            let at = if self.bytes.is_empty() { Some(at) } else { self.bytes.get(at as usize).copied() };
            at.map_or(all, |at| (at as usize).min(all))
        };
        self.text.get(place(start)..place(end)).unwrap_or_default()
    }

    pub(crate) fn slice(&self, start: u32, end: u32) -> &[char] {
        let end = (end as usize).min(self.letters.len());
        &self.letters[(start as usize).min(end)..end]
    }

    /// Words and numbers of a stretch; a mark between digits belongs to the number.
    fn words(&self, start: u32, end: u32) -> Vec<Word<'a>> {
        let letters = self.slice(start, end);
        let mut words = Vec::new();
        let mut from = None;
        for at in 0..=letters.len() {
            let digit = |at: usize| letters.get(at).is_some_and(char::is_ascii_digit);
            let inside = letters.get(at).is_some_and(|letter| {
                letter.is_alphanumeric()
                    || matches!(letter, '\'' | '’')
                        && from.is_some()
                        && letters.get(at + 1).is_some_and(|l| l.is_alphabetic())
                    || matches!(letter, '.' | ',') && at > 0 && digit(at - 1) && digit(at + 1)
            });
            match (inside, from) {
                (true, None) => from = Some(at),
                (false, Some(first)) => {
                    let (start, end) = (start + first as u32, start + at as u32);
                    let text = self.text(start, end);
                    words.push(Word { text, plain: plain(text), start, end });
                    from = None;
                }
                _ => {}
            }
        }
        words
    }

    /// The names and numbers of a sentence.
    pub(crate) fn marks(&self, sentence: Span) -> Vec<u64> {
        self.marks_of(&self.words(sentence.start, sentence.end), sentence)
    }

    /// All of a sentence.
    pub(crate) fn read(&self, sentence: Span) -> Said {
        let mut words = self.words(sentence.start, sentence.end);
        let mut said = Said { marks: self.marks_of(&words, sentence), ..Said::default() };
        // names are held against each other as marks, and do not count again as words
        let named: Vec<(u32, u32)> = within(&self.names, sentence).map(|(start, end, _)| (start, end)).collect();
        words.retain(|word| !named.iter().any(|span| span.0 <= word.start && word.end <= span.1));
        said.words = self.content(&words);
        said.concepts = self.concepts(&words);
        said
    }

    fn marks_of(&self, words: &[Word<'_>], sentence: Span) -> Vec<u64> {
        let names = within(&self.names, sentence);
        let covered: Vec<(u32, u32)> = names.clone().map(|(start, end, _)| (start, end)).collect();
        let mut marks: Vec<u64> = names.chain(within(&self.numbers, sentence)).map(|(.., mark)| mark).collect();
        self.scan(words, &covered, &mut marks);
        marks.sort_unstable();
        marks.dedup();
        marks
    }

    /// What stands in the words themselves: numbers, states, and other words with a capital.
    fn scan(&self, words: &[Word<'_>], covered: &[(u32, u32)], marks: &mut Vec<u64>) {
        let is_title = {
            let capital = words.iter().filter(|word| word.text.starts_with(char::is_uppercase)).count();
            capital as f64 > TITLE * words.len() as f64
        };
        let mut at = 0;
        while at < words.len() {
            let state = if words[at].text.starts_with(char::is_uppercase) { self.state(&words[at..]) } else { None };
            if let Some((length, code)) = state {
                marks.push(Mark::State.of(code));
                at += length;
                continue;
            }
            let word = &words[at];
            if word.text.starts_with(|c: char| c.is_ascii_digit()) {
                marks.extend(self.number(word.text).map(|number| Mark::Number.of(&number)));
            } else if word.text.starts_with(char::is_uppercase)
                && at > 0
                && !is_title
                && !covered.iter().any(|span| span.0 <= word.start && word.end <= span.1)
            {
                let bare = &word.plain;
                let counts = bare.chars().count() >= SHORT
                    && self.tongue.is_none_or(|tongue| {
                        !tongue.common.contains(bare)
                            && !tongue.calendar.contains(bare)
                            && !tongue.nominals.contains_key(bare)
                    });
                if counts {
                    marks.push(Mark::Name.of(&self.gazetteer.fold(word.text)));
                }
            }
            at += 1;
        }
    }

    /// The state that the first words name, and how many they are.
    fn state(&self, words: &[Word<'_>]) -> Option<(usize, &str)> {
        let bare = |text: &'_ str| -> usize {
            text.strip_suffix("'s").or_else(|| text.strip_suffix("’s")).unwrap_or(text).len()
        };
        let first = &words[0].text[..bare(words[0].text)];
        let plain_first = if first.len() == words[0].text.len() { &words[0].plain } else { &plain(first) };
        let longest = self.gazetteer.longest_state(first, plain_first);
        (1..=longest.min(words.len())).rev().find_map(|length| {
            let text = self.text(words[0].start, words[length - 1].end);
            Some((length, self.gazetteer.state_of(&text[..bare(text)])?))
        })
    }

    /// A number in digits, read by the marks of the language; none for 0, 1 and 2.
    fn number(&self, text: &str) -> Option<String> {
        let digits: String = text.chars().filter(|c| c.is_ascii_digit() || matches!(c, '.' | ',')).collect();
        let tongue = self.tongue?;
        let plain: CompactString = digits.chars().filter(|c| Some(*c) != tongue.thousands).collect();
        let plain = plain.replace(|c| Some(c) == tongue.decimal, ".");
        let value: f64 = plain.parse().ok()?;
        (value > 2.0).then(|| value.to_string())
    }

    /// The act that the trigger of an event of this type names.
    pub(crate) fn act(&self, trigger: Span, kind: EventType) -> Option<CompactString> {
        self.tongue?.acts.of(self.text(trigger.start, trigger.end), kind).map(CompactString::from)
    }

    /// The noun by which the clause of a trigger comes back to an act told before; see [`crate::taken_up`].
    pub(crate) fn takes_up(&self, sentence: Span, trigger: Span, kind: EventType) -> Option<CompactString> {
        let taken_up = &self.tongue?.taken_up;
        let clause = taken_up.clause(self.slice(sentence.start, sentence.end), sentence.start, trigger, kind)?;
        taken_up.noun(&plain(self.text(clause.start, clause.end)), kind)
    }

    /// Whether an act is told as the next of those told before.
    pub(crate) fn is_next(&self, sentence: Span, trigger: Span) -> bool {
        let within = |at: u32| at.saturating_sub(sentence.start) as usize;
        self.tongue.is_some_and(|tongue| {
            let trigger = (within(trigger.start), within(trigger.end));
            tongue.taken_up.is_next(self.slice(sentence.start, sentence.end), trigger)
        })
    }

    /// Where the words stand that put an act behind what its sentence tells; see [`crate::backward`].
    pub(crate) fn behind(&self, sentence: u32, trigger: u32) -> Option<u32> {
        let backward = &self.tongue?.backward;
        let words = self.words(backward.clause(self.slice(sentence, trigger), sentence), trigger);
        backward.find(&words.iter().map(|word| word.plain.as_str()).collect::<Vec<_>>()).map(|at| words[at].start)
    }

    /// What sentences of two languages may share: roles and units by the tables, and the beginnings of words that both
    /// languages borrowed.
    fn concepts(&self, words: &[Word<'_>]) -> Vec<u64> {
        let Some(tongue) = self.tongue else { return Vec::new() };
        let mut hashes = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let first = words[at].plain.split(' ').next().unwrap_or_default();
            let longest = if tongue.firsts.contains(first) { LONGEST.min(words.len() - at) } else { 0 };
            let found = (1..=longest).rev().find_map(|length| {
                let phrase: Vec<&str> = words[at..at + length].iter().map(|word| word.plain.as_str()).collect();
                let phrase = phrase.join(" ");
                let role = || tongue.nominals.get(phrase.as_str()).map(|nominal| nominal.role.as_str());
                let concept = tongue.units.concept(&phrase).or_else(role).filter(|concept| !concept.is_empty())?;
                Some((length, hash::short(&["concept", concept])))
            });
            hashes.extend(found.map(|(_, concept)| concept));
            at += found.map_or(1, |(length, _)| length);
        }
        let long = words.iter().map(|word| &word.plain).filter(|word| {
            word.chars().count() > BEGINNING
                && word.chars().all(char::is_alphabetic)
                && !tongue.common.contains(*word)
                && !tongue.calendar.contains(*word)
        });
        hashes.extend(long.map(|word| {
            let folded = self.gazetteer.fold_word(word);
            let beginning = folded.char_indices().nth(BEGINNING).map_or(folded.as_str(), |(end, _)| &folded[..end]);
            hash::short(&["beginning", beginning])
        }));
        hashes.sort_unstable();
        hashes.dedup();
        hashes
    }

    /// The content words of a sentence; only those of one language can be the same.
    fn content(&self, words: &[Word<'_>]) -> Vec<u64> {
        let mut hashes: Vec<u64> = words
            .iter()
            .map(|word| &word.plain)
            .filter(|word| word.chars().count() >= SHORT && word.chars().all(char::is_alphabetic))
            .filter(|word| self.tongue.is_none_or(|tongue| !tongue.common.contains(*word)))
            .map(|word| {
                let stem = word.char_indices().nth(STEM).map_or(word.as_str(), |(end, _)| &word[..end]);
                hash::short(&[self.language, stem])
            })
            .collect();
        hashes.sort_unstable();
        hashes.dedup();
        hashes
    }
}

/// Where each letter of a text stands in it, and where the last ends; nothing where all are ASCII.
fn bytes(text: &str) -> Vec<u32> {
    if text.is_ascii() {
        return Vec::new();
    }
    text.char_indices().map(|(at, _)| at).chain([text.len()]).map(|at| at as u32).collect()
}

/// What stands within a sentence, of what is sorted by where it begins.
fn within(all: &[(u32, u32, u64)], sentence: Span) -> impl Iterator<Item = (u32, u32, u64)> + Clone + '_ {
    let first = all.partition_point(|(start, ..)| *start < sentence.start);
    let begun = all[first..].iter().take_while(move |(start, ..)| *start <= sentence.end);
    begun.filter(move |(_, end, _)| *end <= sentence.end).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_stretch_of_the_text_is_its_letters(text in "(\\PC|[a-z “é𝄞]){0,20}", start in 0_u32..25, length in 0_u32..25) {
            let (names, numbers, gazetteer) = (Vec::new(), Vec::new(), Gazetteer::default());
            let letters = text.chars().collect();
            let (text, bytes, language, gazetteer) = (text.as_str(), bytes(&text), "en", &gazetteer);
            let view = View { letters, text, bytes, language, names, numbers, gazetteer, tongue: None };
            let stretch: String = view.slice(start, start + length).iter().collect();
            prop_assert_eq!(view.text(start, start + length), stretch);
        }
    }
}
