//! Which triggers name one kind of act, in every language.

use crate::spelling::plain;
use rustc_hash::FxHashMap;
use saksi_lang::{Pack, PackError};

/// `lexicon/acts.tsv` of one language.
#[derive(Debug, Clone, Default)]
pub(crate) struct Acts {
    whole: FxHashMap<String, String>,
    /// Beginnings of phrases.
    beginnings: Vec<(String, String)>,
    /// Words in the longest form.
    longest: usize,
}

impl Acts {
    pub(crate) fn compile(pack: &Pack) -> Result<Self, PackError> {
        let mut acts = Self { longest: 1, ..Self::default() };
        let table = pack.table("lexicon/acts.tsv")?;
        let (words, act) = (table.column("words")?, table.column("act")?);
        for row in table.rows() {
            for form in row.list(words) {
                acts.longest = acts.longest.max(form.split(' ').count());
                if form.contains('~') {
                    let parts: Vec<String> = form.split(' ').map(pattern).collect();
                    acts.beginnings.push((parts.join(" "), row.cell(act).to_owned()));
                } else {
                    acts.whole.insert(plain(form), row.cell(act).to_owned());
                }
            }
        }
        Ok(acts)
    }

    /// The act that a trigger names: by its longest phrase that a row has, of several the first.
    pub(crate) fn of(&self, trigger: &str) -> Option<&str> {
        let trigger = plain(trigger);
        let words: Vec<&str> = trigger.split(' ').collect();
        (1..=self.longest.min(words.len())).rev().find_map(|length| {
            words.windows(length).find_map(|phrase| {
                self.whole.get(&phrase.join(" ")).map(String::as_str).or_else(|| {
                    let fits = |(form, _): &&(String, String)| begins(form, phrase);
                    self.beginnings.iter().find(fits).map(|(_, act)| act.as_str())
                })
            })
        })
    }
}

/// A word of a row in plain form, with its ~.
fn pattern(word: &str) -> String {
    word.strip_suffix('~').map_or_else(|| plain(word), |beginning| format!("{}~", plain(beginning)))
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
            let (words, act, example) =
                (table.column("words").unwrap(), table.column("act").unwrap(), table.column("example").unwrap());
            for row in table.rows() {
                let fires = row.list(words).any(|form| {
                    let form: Vec<String> = form.split(' ').map(pattern).collect();
                    let text = plain(row.cell(example));
                    let text: Vec<&str> = text.split(' ').collect();
                    text.windows(form.len()).any(|phrase| begins(&form.join(" "), phrase))
                });
                assert!(fires, "{}: no word of the row in `{}`", row.location(), row.cell(example));
                for form in row.list(words).filter(|form| !form.contains('~')) {
                    assert_eq!(acts.of(form), Some(row.cell(act)), "{}: {form}", row.location());
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
    }

    #[test]
    fn the_longest_phrase_decides() {
        let acts = Acts::compile(&Pack::builtin("en").unwrap()).unwrap();
        assert_eq!(acts.of("handed its base over"), Some("hand-over"));
        assert_eq!(acts.of("Went on strike"), Some("down-tools"));
        assert_eq!(acts.of("seized power"), Some("coup"));
        assert_eq!(acts.of("considered"), None);
    }
}
