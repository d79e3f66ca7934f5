//! Which triggers name one kind of act, in every language.

use crate::spelling::plain;
use compact_str::{CompactString, format_compact};
use rustc_hash::FxHashMap;
use saksi_lang::{Pack, PackError};
use saksi_record::EventType;

/// `lexicon/acts.tsv` of one language.
#[derive(Debug, Clone, Default)]
pub(crate) struct Acts {
    whole: FxHashMap<CompactString, Vec<Meaning>>,
    /// Beginnings of phrases.
    beginnings: Vec<(CompactString, Meaning)>,
    /// Words in the longest form.
    longest: usize,
}

/// What a row says.
#[derive(Debug, Clone)]
struct Meaning {
    name: CompactString,
    /// The only type of event in which the words mean it.
    kind: Option<EventType>,
}

impl Meaning {
    fn fits(&self, kind: EventType) -> bool {
        self.kind.is_none_or(|only| only == kind)
    }
}

impl Acts {
    pub(crate) fn compile(pack: &Pack) -> Result<Self, PackError> {
        let mut acts = Self { longest: 1, ..Self::default() };
        let table = pack.table("lexicon/acts.tsv")?;
        let (words, act, kind) = (table.column("words")?, table.column("act")?, table.column("type")?);
        for row in table.rows() {
            let kind = match row.cell(kind) {
                "" => None,
                kind => Some(kind.parse().map_err(|()| PackError::Entry {
                    at: row.location(),
                    reason: format!("`{kind}` is no type of event"),
                })?),
            };
            let act = Meaning { name: row.cell(act).into(), kind };
            for form in row.list(words) {
                acts.longest = acts.longest.max(form.split(' ').count());
                if form.contains('~') {
                    let parts: Vec<CompactString> = form.split(' ').map(pattern).collect();
                    acts.beginnings.push((parts.join(" ").into(), act.clone()));
                } else {
                    acts.whole.entry(plain(form)).or_default().push(act.clone());
                }
            }
        }
        // what holds in one type alone goes before what holds in all
        acts.whole.values_mut().for_each(|acts| acts.sort_by_key(|act| act.kind.is_none()));
        acts.beginnings.sort_by_key(|(_, act)| act.kind.is_none());
        Ok(acts)
    }

    /// The act that the trigger of an event of this type names: by its longest phrase that a row has, of several the first.
    pub(crate) fn of(&self, trigger: &str, kind: EventType) -> Option<&str> {
        let trigger = plain(trigger);
        let words: Vec<&str> = trigger.split(' ').collect();
        (1..=self.longest.min(words.len())).rev().find_map(|length| {
            words.windows(length).find_map(|phrase| {
                let whole =
                    self.whole.get(phrase.join(" ").as_str()).and_then(|acts| acts.iter().find(|act| act.fits(kind)));
                let found = whole.or_else(|| {
                    let fits = |(form, act): &&(CompactString, Meaning)| act.fits(kind) && begins(form, phrase);
                    self.beginnings.iter().find(fits).map(|(_, act)| act)
                });
                found.map(|act| act.name.as_str())
            })
        })
    }
}

/// A word of a row in plain form, with its ~.
fn pattern(word: &str) -> CompactString {
    word.strip_suffix('~').map_or_else(|| plain(word), |beginning| format_compact!("{}~", plain(beginning)))
}

fn begins(form: &str, phrase: &[&str]) -> bool {
    // Most forms are told apart by their first letter.
    let first = form.as_bytes().first().filter(|first| **first != b'~');
    if first.is_some() && first != phrase.first().and_then(|word| word.as_bytes().first()) {
        return false;
    }
    let mut words = form.split(' ');
    phrase.iter().all(|word| {
        words.next().is_some_and(|form| form.strip_suffix('~').map_or(form == *word, |form| word.starts_with(form)))
    }) && words.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_fires_in_its_example() {
        for code in Pack::languages() {
            let pack = Pack::builtin(code).unwrap();
            let acts = Acts::compile(&pack).unwrap();
            let table = pack.table("lexicon/acts.tsv").unwrap();
            let [words, act, kind, example] =
                ["words", "act", "type", "example"].map(|name| table.column(name).unwrap());
            for row in table.rows() {
                let fires = row.list(words).any(|form| {
                    let form: Vec<CompactString> = form.split(' ').map(pattern).collect();
                    let text = plain(row.cell(example));
                    let text: Vec<&str> = text.split(' ').collect();
                    text.windows(form.len()).any(|phrase| begins(&form.join(" "), phrase))
                });
                assert!(fires, "{}: no word of the row in `{}`", row.location(), row.cell(example));
                let of = row.cell(kind).parse().unwrap_or(EventType::Agree);
                for form in row.list(words).filter(|form| !form.contains('~')) {
                    assert_eq!(acts.of(form, of), Some(row.cell(act)), "{}: {form}", row.location());
                }
            }
        }
    }

    #[test]
    fn both_languages_have_the_same_acts() {
        let acts = |code: &str| -> std::collections::BTreeSet<String> {
            let pack = Pack::builtin(code).unwrap();
            let table = pack.table("lexicon/acts.tsv").unwrap();
            let act = table.column("act").unwrap();
            table.rows().map(|row| row.cell(act).to_owned()).collect()
        };
        assert_eq!(acts("en"), acts("id"));
        for act in crate::act::named() {
            assert!(acts("en").contains(act), "no row has `{act}`");
        }
    }

    #[test]
    fn the_longest_phrase_decides() {
        let acts = Acts::compile(&Pack::builtin("en").unwrap()).unwrap();
        let retreat = |trigger| acts.of(trigger, EventType::Retreat);
        assert_eq!(retreat("handed its base over"), Some("hand-over"));
        assert_eq!(retreat("Went on strike"), Some("down-tools"));
        assert_eq!(retreat("seized power"), Some("coup"));
        assert_eq!(retreat("considered"), None);
    }

    #[test]
    fn words_may_mean_one_act_in_one_type_alone() {
        let acts = Acts::compile(&Pack::builtin("en").unwrap()).unwrap();
        assert_eq!(acts.of("fired", EventType::Assault), Some("attack"));
        assert_eq!(acts.of("fired", EventType::Sanction), Some("dismiss"));
        assert_eq!(acts.of("fired", EventType::Agree), None);
        assert_eq!(acts.of("strikes", EventType::Protest), Some("down-tools"));
        assert_eq!(acts.of("strikes", EventType::Assault), Some("attack"));
    }
}
