//! Acts that a sentence takes up again by a noun: "three crew were hurt in the incident", "claimed the shooting".

use crate::act::HARM;
use crate::backward::BREAKS;
use crate::likeness::is_of_a_kind;
use crate::report::Report;
use crate::spelling::plain;
use compact_str::CompactString;
use rustc_hash::FxHashMap;
use saksi_lang::{Pack, PackError};
use saksi_record::{EventType, Span, Status};

const FILE: &str = "lexicon/taken-up.tsv";

/// The nouns of a language by which it comes back to what was told.
#[derive(Debug, Clone, Default)]
pub(crate) struct TakenUp {
    rows: Vec<Row>,
    /// Words right before and right behind an act that make it the next of those told: "the next airdrop".
    next: [Vec<CompactString>; 2],
}

#[derive(Debug, Clone)]
struct Row {
    kind: EventType,
    /// In plain form, as words, by the first of these.
    nouns: FxHashMap<CompactString, Vec<Vec<CompactString>>>,
    before: Vec<CompactString>,
    behind: Vec<CompactString>,
}

impl TakenUp {
    pub(crate) fn compile(pack: &Pack) -> Result<Self, PackError> {
        if pack.bytes(FILE).is_none() {
            return Ok(Self::default());
        }
        let table = pack.table(FILE)?;
        let (nouns, kind) = (table.column("nouns")?, table.column("type")?);
        let (before, behind) = (table.column("before")?, table.column("behind")?);
        let (mut rows, mut next) = (Vec::new(), [Vec::new(), Vec::new()]);
        for row in table.rows() {
            if row.cell(nouns).is_empty() {
                next[0].extend(row.list(before).map(plain));
                next[1].extend(row.list(behind).map(plain));
                continue;
            }
            let kind = row.cell(kind).parse().map_err(|()| PackError::Entry {
                at: row.location(),
                reason: format!("`{}` is no type", row.cell(kind)),
            })?;
            let mut by_first: FxHashMap<CompactString, Vec<Vec<CompactString>>> = FxHashMap::default();
            for noun in row.list(nouns) {
                let words: Vec<CompactString> = plain(noun).split(' ').map(CompactString::from).collect();
                by_first.entry(words[0].clone()).or_default().push(words);
            }
            rows.push(Row {
                kind,
                nouns: by_first,
                before: row.list(before).map(plain).collect(),
                behind: row.list(behind).map(plain).collect(),
            });
        }
        Ok(Self { rows, next })
    }

    /// The clause around a trigger, of letters that begin at `first`; none where no noun comes back to an act of this type.
    pub(crate) fn clause(&self, letters: &[char], first: u32, trigger: Span, kind: EventType) -> Option<Span> {
        if !self.rows.iter().any(|row| row.kind == kind) {
            return None;
        }
        let within = |at: u32| (at.saturating_sub(first) as usize).min(letters.len());
        let (start, end) = (within(trigger.start), within(trigger.end));
        let from = letters[..start].iter().rposition(|letter| BREAKS.contains(letter)).map_or(0, |at| at + 1);
        let to = letters[end..].iter().position(|letter| BREAKS.contains(letter)).map_or(letters.len(), |at| end + at);
        Some(Span::new(first + from as u32, first + to as u32))
    }

    /// Whether an act is told as the next of those told before; offsets of `letters`.
    pub(crate) fn is_next(&self, letters: &[char], trigger: (usize, usize)) -> bool {
        let (start, end) = (trigger.0.min(letters.len()), trigger.1.min(letters.len()));
        let is = |list: &[CompactString], word: &[char]| list.contains(&plain(&word.iter().collect::<CompactString>()));
        let blank = |letter: &char| letter.is_whitespace();
        let before = letters[..start].rsplit(blank).find(|word| !word.is_empty());
        let behind = letters[end..].split(blank).find(|word| !word.is_empty());
        before.is_some_and(|word| is(&self.next[0], word)) || behind.is_some_and(|word| is(&self.next[1], word))
    }

    /// The noun by which a clause, in plain form, comes back to an act of this type.
    pub(crate) fn noun(&self, clause: &str, kind: EventType) -> Option<CompactString> {
        let words: Vec<&str> = clause.split_whitespace().collect();
        self.rows.iter().filter(|row| row.kind == kind).find_map(|row| {
            let beside = |list: &[CompactString], word: Option<&&str>| {
                list.is_empty() || word.is_some_and(|word| list.iter().any(|known| known == word))
            };
            (0..words.len()).find_map(|at| {
                let fits = |noun: &&Vec<CompactString>| {
                    words.get(at..at + noun.len()).is_some_and(|words| words == noun.as_slice())
                        && beside(&row.before, at.checked_sub(1).and_then(|before| words.get(before)))
                        && beside(&row.behind, words.get(at + noun.len()))
                };
                row.nouns.get(words[at])?.iter().find(fits).map(|noun| noun.join(" ").into())
            })
        })
    }
}

/// Where another act of the article took place, for a report that names no place.
fn place_as(report: &mut Report, told: &Report) {
    if report.place.is_empty() && report.near_place.is_empty() {
        report.near_place = if told.place.is_empty() { told.near_place.clone() } else { told.place.clone() };
    }
}

/// The next of acts that the article told has whom the last of its kind had, where it names nobody itself.
pub(crate) fn follow(reports: &mut [Report], is_next: impl Fn(&Report) -> bool) {
    for at in 1..reports.len() {
        let (earlier, later) = reports.split_at_mut(at);
        let report = &mut later[0];
        if !(report.actor.is_empty() && report.recipient.is_empty()) || report.headline || !is_next(report) {
            continue;
        }
        let told = earlier.iter().rev().find(|told| {
            is_of_a_kind(told.kind, report.kind) && !told.actor.is_empty() && told.status == Status::Actual
        });
        let Some(told) = told else { continue };
        report.near_actor = told.actor.clone();
        place_as(report, told);
    }
}

/// Whom each report takes up of which the noun is given: the act of its type that the article told last, by that noun or with
/// somebody in it. It has the day and place of that act, where it has none of its own. `words` gives the words of a trigger in plain form.
pub(crate) fn take_up(
    reports: &mut [Report],
    nouns: &[Option<CompactString>],
    words: impl Fn(&Report) -> CompactString,
) {
    for (at, noun) in nouns.iter().enumerate().skip(1) {
        let (earlier, later) = reports.split_at_mut(at);
        let report = &mut later[0];
        let dated =
            |report: &Report| report.time.as_ref().is_some_and(|time| time.earliest.is_some() || time.latest.is_some());
        let Some(noun) = noun else { continue };
        if report.headline || dated(report) || !report.place.is_empty() {
            continue;
        }
        let happened = |report: &Report| matches!(report.status, Status::Actual | Status::Negated);
        let may_be = |told: &&Report| {
            told.kind == report.kind && told.sentence != report.sentence && !told.headline && happened(told)
        };
        // "the shooting" that was spoken of before
        let named = |told: &&Report| may_be(told) && format!(" {} ", words(told)).contains(&format!(" {noun} "));
        // "A passer-by was wounded", "the two attacks": no acts of their own
        let with =
            |told: &Report| !told.actor.is_empty() || told.act.as_deref() != Some(HARM) && !told.recipient.is_empty();
        let act = |told: &&Report| may_be(told) && with(told);
        let told = || earlier.iter().rev();
        let told = told().find(named).or_else(|| told().find(act)).or_else(|| told().find(may_be));
        let Some(told) = told.filter(|_| happened(report)) else { continue };
        let told = earlier.iter().find(|first| told.takes_up.as_ref() == Some(&first.key)).unwrap_or(told);
        report.takes_up = Some(told.key.clone());
        let own = report.near_time.take();
        report.near_time = told.time.clone().filter(|_| dated(told)).or_else(|| told.near_time.clone()).or(own);
        place_as(report, told);
        report.historical |= told.historical;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_fires_in_its_example_alone() {
        for code in Pack::languages() {
            let pack = Pack::builtin(code).unwrap();
            let table = pack.table(FILE).unwrap();
            let taken_up = TakenUp::compile(&pack).unwrap();
            let [kind, example, counter] =
                ["type", "example", "counter-example"].map(|name| table.column(name).unwrap());
            for row in table.rows().filter(|row| !row.cell(kind).is_empty()) {
                for (cell, expected) in [(example, true), (counter, false)] {
                    let text = row.cell(cell).replace(['[', ']', '.'], "");
                    let kind = row.cell(kind).parse().unwrap();
                    assert_eq!(taken_up.noun(&plain(&text), kind).is_some(), expected, "{}: {text}", row.location());
                }
            }
        }
    }

    #[test]
    fn every_row_of_what_is_next_fires_in_its_example_alone() {
        for code in Pack::languages() {
            let pack = Pack::builtin(code).unwrap();
            let table = pack.table(FILE).unwrap();
            let taken_up = TakenUp::compile(&pack).unwrap();
            let [kind, example, counter] =
                ["type", "example", "counter-example"].map(|name| table.column(name).unwrap());
            for row in table.rows().filter(|row| row.cell(kind).is_empty()) {
                for (cell, expected) in [(example, true), (counter, false)] {
                    let text: Vec<char> = row.cell(cell).chars().filter(|letter| *letter != ']').collect();
                    let start = text.iter().position(|letter| *letter == '[').unwrap();
                    let end = row.cell(cell).chars().position(|letter| letter == ']').unwrap() - 1;
                    let text: Vec<char> = text.into_iter().filter(|letter| *letter != '[').collect();
                    assert_eq!(taken_up.is_next(&text, (start, end)), expected, "{}", row.location());
                }
            }
        }
    }

    #[test]
    fn only_the_clause_of_the_trigger_counts() {
        let taken_up = TakenUp::compile(&Pack::builtin("en").unwrap()).unwrap();
        let stands = |text: &str, trigger: &str| {
            let letters: Vec<char> = text.chars().collect();
            let start = text.find(trigger).unwrap() as u32;
            let trigger = Span::new(start, start + trigger.len() as u32);
            let clause = taken_up.clause(&letters, 0, trigger, EventType::Assault).unwrap();
            taken_up.noun(&plain(&text[clause.start as usize..clause.end as usize]), EventType::Assault).is_some()
        };
        assert!(stands("Three men died in the attack, police said.", "died"));
        assert!(!stands("Three men died in Homs, the attack on which went on.", "died"));
        assert!(!stands("Three men died.", "died"));
    }
}
