//! What a sentence names and counts, as hashes that are the same in every language; and its content words.

use crate::gazetteer::{Gazetteer, Tongue};
use crate::hash;
use crate::identity::SOME;
use crate::report::{Party, Place};
use crate::spelling::plain;
use saksi_record::{MentionForm, Record, Span};
use std::collections::HashMap;

/// Letters of a word that count: most endings fall off.
const STEM: usize = 6;
/// Letters in which a word that two languages borrowed is the same: "tariff" and "tarif", "military" and "militer".
const BEGINNING: usize = 4;
/// Words shorter than this say little.
const SHORT: usize = 3;
/// Words in the longest name of a state that is looked for.
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

/// The article as letters, with the actors and places of the collection that stand in it.
pub(crate) struct View<'a> {
    pub(crate) letters: Vec<char>,
    record: &'a Record,
    parties: &'a HashMap<&'a str, Party>,
    places: &'a HashMap<&'a str, Place>,
    gazetteer: &'a Gazetteer,
    tongue: Option<&'a Tongue>,
}

struct Word {
    text: String,
    start: u32,
    end: u32,
}

impl<'a> View<'a> {
    pub(crate) fn of(
        record: &'a Record,
        parties: &'a HashMap<&'a str, Party>,
        places: &'a HashMap<&'a str, Place>,
        gazetteer: &'a Gazetteer,
    ) -> Self {
        let tongue = gazetteer.languages.get(&record.article.language);
        Self { letters: record.text.chars().collect(), record, parties, places, gazetteer, tongue }
    }

    pub(crate) fn slice(&self, start: u32, end: u32) -> &[char] {
        let end = (end as usize).min(self.letters.len());
        &self.letters[(start as usize).min(end)..end]
    }

    /// Words and numbers of a stretch; a mark between digits belongs to the number.
    fn words(&self, start: u32, end: u32) -> Vec<Word> {
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
                    let text = letters[first..at].iter().collect();
                    words.push(Word { text, start: start + first as u32, end: start + at as u32 });
                    from = None;
                }
                _ => {}
            }
        }
        words
    }

    /// Names and numbers of a sentence, sorted.
    pub(crate) fn marks(&self, sentence: Span) -> Vec<u64> {
        let within = |start: u32, end: u32| start >= sentence.start && end <= sentence.end;
        let mut marks = Vec::new();
        let mut covered: Vec<(u32, u32)> = Vec::new();
        for actor in &self.record.actors {
            let Some(party) = self.parties.get(actor.id.as_str()) else { continue };
            for mention in actor.mentions.iter().filter(|mention| within(mention.start, mention.end)) {
                if mention.form != MentionForm::Nominal
                    && let Some(mark) = of_party(party)
                {
                    marks.push(mark);
                    covered.push((mention.start, mention.end));
                }
            }
        }
        for place in &self.record.places {
            let Some(known) = self.places.get(place.id.as_str()) else { continue };
            for mention in place.mentions.iter().filter(|mention| within(mention.start, mention.end)) {
                if known.country.is_some() || known.lat.is_some() {
                    marks.push(of_place(known));
                    covered.push((mention.start, mention.end));
                }
            }
        }
        for quantity in self.record.events.iter().flat_map(|event| &event.quantities) {
            if within(quantity.start, quantity.end)
                && let Some(value) = quantity.value.or(quantity.low).filter(|value| *value > 2.0)
            {
                marks.push(Mark::Number.of(&value.to_string()));
            }
        }
        let words = self.words(sentence.start, sentence.end);
        self.scan(&words, &covered, &mut marks);
        marks.sort_unstable();
        marks.dedup();
        marks
    }

    /// What stands in the words themselves: numbers, states, and other words with a capital.
    fn scan(&self, words: &[Word], covered: &[(u32, u32)], marks: &mut Vec<u64>) {
        let is_title = {
            let capital = words.iter().filter(|word| word.text.starts_with(char::is_uppercase)).count();
            capital as f64 > TITLE * words.len() as f64
        };
        let mut at = 0;
        while at < words.len() {
            let longest =
                if words[at].text.starts_with(char::is_uppercase) { LONGEST.min(words.len() - at) } else { 0 };
            let state = (1..=longest).rev().find_map(|length| {
                let text: String = self.slice(words[at].start, words[at + length - 1].end).iter().collect();
                let text = text.strip_suffix("'s").or_else(|| text.strip_suffix("’s")).unwrap_or(&text);
                Some((length, self.gazetteer.state_of(text)?))
            });
            if let Some((length, code)) = state {
                marks.push(Mark::State.of(code));
                at += length;
                continue;
            }
            let word = &words[at];
            if word.text.starts_with(|c: char| c.is_ascii_digit()) {
                marks.extend(self.number(&word.text).map(|number| Mark::Number.of(&number)));
            } else if word.text.starts_with(char::is_uppercase)
                && at > 0
                && !is_title
                && !covered.iter().any(|span| span.0 <= word.start && word.end <= span.1)
            {
                let bare = plain(&word.text);
                let counts = bare.chars().count() >= SHORT
                    && self.tongue.is_none_or(|tongue| {
                        !tongue.common.contains(&bare)
                            && !tongue.calendar.contains(&bare)
                            && !tongue.nominals.contains_key(&bare)
                    });
                if counts {
                    marks.push(Mark::Name.of(&self.gazetteer.fold(&word.text)));
                }
            }
            at += 1;
        }
    }

    /// A number in digits, read by the marks of the language; none for 0, 1 and 2.
    fn number(&self, text: &str) -> Option<String> {
        let digits: String = text.chars().filter(|c| c.is_ascii_digit() || matches!(c, '.' | ',')).collect();
        let tongue = self.tongue?;
        let plain: String = digits.chars().filter(|c| Some(*c) != tongue.thousands).collect();
        let plain = plain.replace(|c| Some(c) == tongue.decimal, ".");
        let value: f64 = plain.parse().ok()?;
        (value > 2.0).then(|| value.to_string())
    }

    /// The act that a trigger names.
    pub(crate) fn act(&self, trigger: Span) -> Option<String> {
        let text: String = self.slice(trigger.start, trigger.end).iter().collect();
        self.tongue?.acts.of(&text).map(str::to_owned)
    }

    /// What sentences of two languages may share: roles and units by the tables, and the beginnings of words that both
    /// languages borrowed.
    pub(crate) fn concepts(&self, sentence: Span) -> Vec<u64> {
        let words: Vec<String> = self.nameless(sentence).iter().map(|word| plain(&word.text)).collect();
        let mut hashes = Vec::new();
        if let Some(tongue) = self.tongue {
            let mut at = 0;
            while at < words.len() {
                let found = (1..=LONGEST.min(words.len() - at)).rev().find_map(|length| {
                    let phrase = words[at..at + length].join(" ");
                    let unit = tongue.units.concept(&phrase).map(str::to_owned);
                    let role = || tongue.nominals.get(&phrase).map(|nominal| nominal.role.clone());
                    Some((length, unit.or_else(role).filter(|concept| !concept.is_empty())?))
                });
                if let Some((_, concept)) = &found {
                    hashes.push(hash::short(&["concept", concept]));
                }
                at += found.map_or(1, |(length, _)| length);
            }
            let long = words.iter().filter(|word| {
                word.chars().count() > BEGINNING
                    && word.chars().all(char::is_alphabetic)
                    && !tongue.common.contains(*word)
                    && !tongue.calendar.contains(*word)
            });
            hashes.extend(long.map(|word| {
                let beginning: String = self.gazetteer.fold(word).chars().take(BEGINNING).collect();
                hash::short(&["beginning", &beginning])
            }));
        }
        hashes.sort_unstable();
        hashes.dedup();
        hashes
    }

    /// The words of a sentence that are no part of a name.
    fn nameless(&self, sentence: Span) -> Vec<Word> {
        let within = |start: u32, end: u32| start >= sentence.start && end <= sentence.end;
        let actors = self.record.actors.iter().flat_map(|actor| &actor.mentions);
        let actors = actors.filter(|mention| mention.form != MentionForm::Nominal).map(|m| (m.start, m.end));
        let places = self.record.places.iter().flat_map(|place| &place.mentions).map(|m| (m.start, m.end));
        let named: Vec<(u32, u32)> = actors.chain(places).filter(|span| within(span.0, span.1)).collect();
        let mut words = self.words(sentence.start, sentence.end);
        words.retain(|word| !named.iter().any(|span| span.0 <= word.start && word.end <= span.1));
        words
    }

    /// The content words of a sentence without the names in it, sorted; only those of one language can be the same.
    pub(crate) fn content(&self, sentence: Span) -> Vec<u64> {
        let mut hashes: Vec<u64> = self
            .nameless(sentence)
            .iter()
            .map(|word| plain(&word.text))
            .filter(|word| word.chars().count() >= SHORT && word.chars().all(char::is_alphabetic))
            .filter(|word| self.tongue.is_none_or(|tongue| !tongue.common.contains(word)))
            .map(|word| {
                let stem: String = word.chars().take(STEM).collect();
                hash::short(&[&self.record.article.language, &stem])
            })
            .collect();
        hashes.sort_unstable();
        hashes.dedup();
        hashes
    }
}
