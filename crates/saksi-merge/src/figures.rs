//! Figures of a report in units that are the same in every language.

use crate::spelling;
use compact_str::{CompactString, format_compact};
use rustc_hash::{FxHashMap, FxHashSet};
use saksi_lang::{Pack, PackError};
use saksi_record::{EventType, Quantity};
use serde::{Deserialize, Serialize};

/// What is counted where the text names no unit but an outcome: people.
const PEOPLE: &str = "people";
/// What members of forces are counted in.
const SOLDIERS: &str = "soldiers";

/// So far behind a number, in code points, the noun is looked for that it counts.
const WIDE: usize = 60;
/// A sentence in which more of the words than this have a capital is a headline.
const TITLE: f64 = 0.6;
/// Code points between two words that stand side by side.
const ADJOINING: u32 = 1;

/// What those who demonstrate are counted in, by whatever noun.
const PROTESTERS: &str = "protesters";

/// The plain form of a unit; of a sign without letters, the sign.
fn plain(unit: &str) -> CompactString {
    let plain = spelling::plain(unit);
    if plain.is_empty() || unit.ends_with('$') { unit.to_lowercase().into() } else { plain }
}

/// A count with its unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// The same in every language: `dead`, `injured soldiers`, `missiles`; a noun that no table has, as the text words it.
    pub unit: CompactString,
    /// The number, where the text gives one.
    pub value: Option<f64>,
    /// Lower bound.
    pub low: Option<f64>,
    /// Upper bound.
    pub high: Option<f64>,
    /// Whether the text hedges it.
    pub about: bool,
}

/// `lexicon/figures.tsv` of one language.
#[derive(Debug, Clone, Default)]
pub(crate) struct Units {
    /// Words that say what became of those counted.
    outcomes: FxHashMap<CompactString, CompactString>,
    /// Nouns for what is counted, their unit, and whether it is one of people.
    nouns: FxHashMap<CompactString, (CompactString, bool)>,
    /// Units of which "a missile" is one.
    pieces: FxHashSet<CompactString>,
    /// With what forms of outcomes begin.
    firsts: FxHashSet<CompactString>,
    /// Words in the longest form.
    longest: usize,
}

impl Units {
    pub(crate) fn compile(pack: &Pack) -> Result<Self, PackError> {
        let mut units = Self { longest: 1, ..Self::default() };
        let table = pack.table("lexicon/nominals.tsv")?;
        let (word, plural) = (table.column("word")?, table.column("plural")?);
        let (kind, sector) = (table.column("kind")?, table.column("sector")?);
        for row in table.rows().filter(|row| matches!(row.cell(kind), "person" | "group")) {
            let unit = if row.cell(sector) == "MIL" { SOLDIERS } else { PEOPLE };
            for form in row.list(word).chain(row.list(plural)).map(plain) {
                units.nouns.entry(form).or_insert_with(|| (unit.into(), true));
            }
        }
        let table = pack.table("lexicon/figures.tsv")?;
        let (words, kind, unit) = (table.column("words")?, table.column("kind")?, table.column("unit")?);
        for row in table.rows() {
            for form in row.list(words).map(plain) {
                units.longest = units.longest.max(form.split(' ').count());
                let target = row.cell(unit).into();
                match row.cell(kind) {
                    "outcome" => _ = units.outcomes.insert(form, target),
                    "people" => _ = units.nouns.insert(form, (target, true)),
                    "thing" => _ = units.nouns.insert(form, (target, false)),
                    "piece" => {
                        units.pieces.insert(target.clone());
                        units.nouns.insert(form, (target, false));
                    }
                    "nothing" => _ = units.nouns.insert(form, (CompactString::default(), false)),
                    other => {
                        let reason = format!("kind `{other}`; one of outcome, people, thing, piece, nothing");
                        return Err(PackError::Entry { at: row.location(), reason });
                    }
                }
            }
        }
        units.firsts =
            units.outcomes.keys().filter_map(|form| form.split(' ').next()).map(CompactString::from).collect();
        Ok(units)
    }

    /// What became of somebody, or what is counted, by a word or phrase in plain form.
    pub(crate) fn concept(&self, phrase: &str) -> Option<&str> {
        self.outcomes
            .get(phrase)
            .or_else(|| self.nouns.get(phrase).map(|(unit, _)| unit))
            .map(CompactString::as_str)
            .filter(|unit| *unit != PEOPLE && !unit.is_empty())
    }

    /// All words and phrases that it knows.
    pub(crate) fn forms(&self) -> impl Iterator<Item = &str> {
        self.outcomes.keys().chain(self.nouns.keys()).map(CompactString::as_str)
    }

    /// The unit that a noun counts in, and whether it is of people; the noun itself where no table has it.
    fn noun(&self, noun: &str) -> (CompactString, bool) {
        let noun = plain(noun);
        let words: Vec<&str> = noun.split(' ').collect();
        let known = (1..=self.longest.min(words.len()))
            .rev()
            .find_map(|length| words.windows(length).find_map(|words| self.nouns.get(words.join(" ").as_str())));
        known.cloned().unwrap_or((noun, false))
    }

    /// The unit of several words of which the counted noun is one: "28 crew members", "15 juta dollar Australia". `from`: where the
    /// number ends.
    fn phrase(&self, unit: &str, from: u32, sentence: &[char], offset: u32) -> Option<(CompactString, bool)> {
        let from = from.saturating_sub(offset) as usize;
        let text: String = sentence.get(from..(from + WIDE).min(sentence.len()))?.iter().collect();
        let text = plain(&text);
        let words: Vec<&str> = text.split(' ').collect();
        let last = words.iter().position(|word| *word == plain(unit))?;
        let known = (2..=self.longest).rev().find_map(|length| {
            let starts = (last + 1).saturating_sub(length)..=last;
            starts.rev().find_map(|start| self.nouns.get(words.get(start..start + length)?.join(" ").as_str()))
        });
        known.cloned()
    }

    /// Outcomes in a sentence, with the code points they stand at, from `offset` on.
    fn outcomes(&self, sentence: &[char], offset: u32) -> Vec<(u32, u32, &str)> {
        let mut words: Vec<(usize, usize)> = Vec::new();
        let mut start = None;
        for (at, letter) in sentence.iter().enumerate() {
            match (letter.is_alphanumeric(), start) {
                (true, None) => start = Some(at),
                (false, Some(from)) => {
                    words.push((from, at));
                    start = None;
                }
                _ => {}
            }
        }
        words.extend(start.map(|from| (from, sentence.len())));
        // a capital inside a sentence that has few makes a name: "Tentara Pembebasan Nasional"
        let capital = |at: usize| sentence[words[at].0].is_uppercase();
        let is_title = (0..words.len()).filter(|&at| capital(at)).count() as f64 > TITLE * words.len() as f64;
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let (from, to) = words[at];
            let first = plain(&sentence[from..to].iter().collect::<CompactString>());
            // Behind an apostrophe the word goes on.
            let ends = |mark: &char| mark.is_whitespace() || mark.is_ascii_punctuation() && !matches!(mark, '\'' | '`');
            let is_whole = !first.is_empty() && sentence.get(to).is_none_or(ends);
            if is_whole && !self.firsts.contains(first.split(' ').next().unwrap_or_default()) {
                at += 1;
                continue;
            }
            let phrase = (1..=self.longest.min(words.len() - at)).rev().find_map(|length| {
                let (from, to) = (words[at].0, words[at + length - 1].1);
                let form = plain(&sentence[from..to].iter().collect::<CompactString>());
                let outcome = self.outcomes.get(&form).filter(|_| is_title || at == 0 || !capital(at))?;
                Some((length, (offset + from as u32, offset + to as u32, outcome.as_str())))
            });
            match phrase {
                Some((length, outcome)) => {
                    found.push(outcome);
                    at += length;
                }
                None => at += 1,
            }
        }
        found
    }

    /// The figures of an event. The outcome is that of the nearest word with none of the sentence's other `numbers` between; a
    /// number that counts nothing is no figure.
    pub(crate) fn figures(
        &self,
        kind: EventType,
        quantities: &[Quantity],
        numbers: &[(u32, u32)],
        sentence: &[char],
        offset: u32,
    ) -> Vec<Figure> {
        if quantities.is_empty() {
            return Vec::new();
        }
        let outcomes = self.outcomes(sentence, offset);
        quantities
            .iter()
            .filter_map(|quantity| {
                let noun = quantity
                    .unit
                    .as_deref()
                    .map(|unit| self.phrase(unit, quantity.end, sentence, offset).unwrap_or_else(|| self.noun(unit)));
                let counts_people = noun.as_ref().is_none_or(|(_, people)| *people);
                let outcome = if counts_people { outcome_of(quantity, &outcomes, numbers, offset) } else { None };
                // "the two sides"
                if noun.as_ref().is_some_and(|(noun, _)| noun.is_empty()) {
                    return None;
                }
                // "a court" counts nothing
                let counts = |(noun, people): &(CompactString, bool)| *people || self.pieces.contains(noun);
                if quantity.value == Some(1.0) && !noun.as_ref().is_some_and(counts) {
                    return None;
                }
                let demonstrate = kind == EventType::Protest && counts_people;
                // "1,000 people demanded that they be freed"
                let outcome =
                    outcome.filter(|(_, distance)| !demonstrate || *distance <= ADJOINING).map(|outcome| outcome.0);
                let outcome = outcome.or_else(|| demonstrate.then_some(PROTESTERS));
                let noun = noun.filter(|_| outcome != Some(PROTESTERS));
                let unit = match (outcome, noun.as_ref().map(|(noun, _)| noun.as_str())) {
                    (Some(outcome), None | Some(PEOPLE)) => outcome.into(),
                    (Some(outcome), Some(noun)) => format_compact!("{outcome} {noun}"),
                    (None, Some(noun)) => noun.into(),
                    (None, None) => return None,
                };
                let Quantity { value, low, high, about, .. } = *quantity;
                Some(Figure { unit, value, low, high, about })
            })
            .collect()
    }
}

/// What became of those whom a quantity counts, and how far the word for it stands: the outcome next to it, before or behind, with no other number between. Of
/// one on either side that which stands where the sentence has it for its first number: "one was shot dead and 80 people were hurt".
fn outcome_of<'o>(
    quantity: &Quantity,
    outcomes: &[(u32, u32, &'o str)],
    numbers: &[(u32, u32)],
    offset: u32,
) -> Option<(&'o str, u32)> {
    let own = (quantity.start, quantity.end);
    let free = |outcome: &&(u32, u32, &str)| {
        let (from, to) = (outcome.1.min(own.1), outcome.0.max(own.0));
        !numbers.iter().any(|span| span.0 >= from && span.1 <= to && *span != own)
    };
    let near = |outcome: &&(u32, u32, &str)| distance((outcome.0, outcome.1), own);
    let before = outcomes.iter().filter(|outcome| outcome.0 < own.0).filter(free).min_by_key(near);
    let behind = outcomes.iter().filter(|outcome| outcome.0 >= own.0).filter(free).min_by_key(near);
    let (Some(one), Some(other)) = (before, behind) else {
        return before.or(behind).map(|outcome| (outcome.2, near(&outcome)));
    };
    let first_number = numbers.iter().map(|span| span.0).filter(|start| *start >= offset).min();
    let number_first = first_number.is_some_and(|start| outcomes.first().is_some_and(|outcome| start < outcome.0));
    let chosen = match (near(&one), near(&other)) {
        // "killing 12", "12 dead"
        (ADJOINING, to) if to > ADJOINING => one,
        (to, ADJOINING) if to > ADJOINING => other,
        _ if number_first => other,
        _ => one,
    };
    Some((chosen.2, near(&chosen)))
}

fn distance(one: (u32, u32), other: (u32, u32)) -> u32 {
    one.0.saturating_sub(other.1).max(other.0.saturating_sub(one.1))
}

/// A hedged number may be off by so much of itself.
const ROUND: f64 = 0.1;

impl Figure {
    /// Least and greatest number it can mean.
    pub(crate) fn range(&self) -> (f64, f64) {
        let slack = if self.about { ROUND } else { 0.0 };
        match self.value {
            Some(value) if self.low.is_none() && self.high.is_none() => {
                (value - value.abs() * slack, value + value.abs() * slack)
            }
            _ => (
                self.low.or(self.value).map_or(f64::NEG_INFINITY, |low| low - low.abs() * slack),
                self.high.or(if self.low.is_some() { None } else { self.value }).unwrap_or(f64::INFINITY),
            ),
        }
    }

    /// Whether both can be true.
    pub(crate) fn agrees(&self, other: &Self) -> bool {
        let (one, two) = (self.range(), other.range());
        one.0 <= two.1 && two.0 <= one.1
    }

    /// The number as a person would write it: "14", "≥11", "10–20".
    pub fn text(&self) -> CompactString {
        match (self.value, self.low, self.high) {
            (Some(value), None, None) => value.to_string().into(),
            (_, Some(low), Some(high)) => format_compact!("{low}–{high}"),
            (_, Some(low), None) => format_compact!("≥{low}"),
            (_, None, Some(high)) => format_compact!("≤{high}"),
            (None, None, None) => CompactString::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(code: &str) -> Units {
        Units::compile(&Pack::builtin(code).unwrap()).unwrap()
    }

    #[test]
    fn every_row_fires_in_its_example() {
        for code in Pack::languages() {
            let (pack, units) = (Pack::builtin(code).unwrap(), units(code));
            let table = pack.table("lexicon/figures.tsv").unwrap();
            let column = |name| table.column(name).unwrap();
            let (kind, unit, example) = (column("kind"), column("unit"), column("example"));
            for row in table.rows() {
                let letters: Vec<char> = row.cell(example).chars().collect();
                let fires = if row.cell(kind) == "outcome" {
                    units.outcomes(&letters, 0).iter().any(|outcome| outcome.2 == row.cell(unit))
                } else {
                    let mark = |c: char| c.is_whitespace() || matches!(c, '.' | ',');
                    let words: Vec<&str> = row.cell(example).split(mark).collect();
                    let amount = |word: &str| word.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned();
                    (1..=units.longest.min(words.len())).any(|length| {
                        words.windows(length).any(|w| units.noun(&amount(&w.join(" "))).0 == row.cell(unit))
                    })
                };
                assert!(fires, "{}: `{}`", row.location(), row.cell(example));
            }
        }
    }

    fn figures(code: &str, text: &str, numbers: &[(&str, f64, Option<&str>)]) -> Vec<String> {
        let letters: Vec<char> = text.chars().collect();
        let quantities: Vec<Quantity> = numbers
            .iter()
            .map(|(words, value, unit)| {
                let start = text[..text.find(words).unwrap()].chars().count() as u32;
                Quantity {
                    value: Some(*value),
                    low: None,
                    high: None,
                    about: false,
                    unit: unit.map(str::to_owned),
                    start,
                    end: start + words.chars().count() as u32,
                }
            })
            .collect();
        let spans: Vec<(u32, u32)> = quantities.iter().map(|quantity| (quantity.start, quantity.end)).collect();
        let found = units(code).figures(EventType::Assault, &quantities, &spans, &letters, 0);
        found.into_iter().map(|figure| format!("{} {}", figure.unit, figure.text())).collect()
    }

    #[test]
    fn what_became_of_them_is_the_nearest_word_with_no_number_between() {
        let both = ["dead 14", "injured 31"];
        let en = "The strike killed 14 people and wounded 31 others.";
        assert_eq!(figures("en", en, &[("14", 14.0, Some("people")), ("31", 31.0, Some("others"))]), both);
        let en = "At least 14 people were killed and 31 wounded.";
        assert_eq!(figures("en", en, &[("14", 14.0, Some("people")), ("31", 31.0, None)]), both);
        let id = "Serangan itu menewaskan 14 orang dan melukai 31 orang.";
        assert_eq!(figures("id", id, &[("14", 14.0, Some("orang")), ("31", 31.0, Some("orang"))]), both);
        let id = "Lima tentara tewas.";
        assert_eq!(figures("id", id, &[("Lima", 5.0, Some("tentara"))]), ["dead soldiers 5"]);
        let en = "Three missiles hit the town and nobody died.";
        assert_eq!(figures("en", en, &[("Three", 3.0, Some("missiles"))]), ["missiles 3"]);
        let en = "A man was shot dead and about 80 people were injured.";
        let numbers = [("A", 1.0, Some("man")), ("80", 80.0, Some("people"))];
        assert_eq!(figures("en", en, &numbers), ["dead 1", "injured 80"]);
    }

    #[test]
    fn a_unit_may_have_several_words_and_a_name_says_nothing() {
        let en = "The navy detained 28 crew members.";
        assert_eq!(figures("en", en, &[("28", 28.0, Some("members"))]), ["detained crew 28"]);
        let id = "Sebanyak 60 pemberontak Tentara Pembebasan Nasional menyerah kepada tentara di kota itu.";
        assert_eq!(figures("id", id, &[("60", 60.0, Some("pemberontak"))]), ["rebels 60"]);
    }

    #[test]
    fn a_currency_has_its_state_a_missile_counts_and_two_sides_do_not() {
        let en = "Wong promised 20 million Australian dollars.";
        assert_eq!(figures("en", en, &[("20 million", 20_000_000.0, Some("dollars"))]), ["AUD 20000000"]);
        let id = "Wong menjanjikan 15 juta dollar Australia.";
        assert_eq!(figures("id", id, &[("15 juta", 15_000_000.0, Some("dollar"))]), ["AUD 15000000"]);
        let en = "They pledged 5 million dollars.";
        assert_eq!(figures("en", en, &[("5 million", 5_000_000.0, Some("dollars"))]), ["USD 5000000"]);
        let id = "Sebanyak 28 anak buah kapal ikut diamankan.";
        assert_eq!(figures("id", id, &[("28", 28.0, Some("anak"))]), ["detained crew 28"]);
        let en = "Rebels fired a missile at the port.";
        assert_eq!(figures("en", en, &[("a", 1.0, Some("missile"))]), ["missiles 1"]);
        let en = "A court sentenced the man.";
        assert!(figures("en", en, &[("A", 1.0, Some("court"))]).is_empty());
        let en = "The two sides exchanged fire.";
        assert!(figures("en", en, &[("two", 2.0, Some("sides"))]).is_empty());
    }

    #[test]
    fn those_who_demonstrate_are_not_those_whom_they_want_freed() {
        let text = "Di Auki, 1.000 orang berunjuk rasa menuntut mereka dibebaskan.";
        let letters: Vec<char> = text.chars().collect();
        let quantity = Quantity {
            value: Some(1000.0),
            low: None,
            high: None,
            about: false,
            unit: Some("orang".to_owned()),
            start: 9,
            end: 14,
        };
        let found = units("id").figures(EventType::Protest, &[quantity], &[(9, 14)], &letters, 0);
        assert_eq!(found[0].unit, "protesters");
    }

    #[test]
    fn figures_agree_if_both_can_be_true() {
        let figure = |value, low, high, about| Figure { unit: "dead".into(), value, low, high, about };
        let exact = |value| figure(Some(value), None, None, false);
        for (one, other, agrees) in [
            (exact(11_000.0), figure(Some(11_000.0), None, None, true), true),
            (exact(10_400.0), figure(Some(11_000.0), None, None, true), true),
            (exact(9_000.0), figure(Some(11_000.0), None, None, true), false),
            (figure(None, Some(10.0), None, false), exact(12.0), true),
            (figure(None, Some(10.0), None, false), exact(9.0), false),
            (figure(None, Some(10.0), Some(20.0), false), exact(21.0), false),
            (figure(None, None, Some(20.0), false), exact(21.0), false),
            (exact(11.0), exact(14.0), false),
        ] {
            assert_eq!((one.agrees(&other), other.agrees(&one)), (agrees, agrees), "{one:?} {other:?}");
        }
    }
}
