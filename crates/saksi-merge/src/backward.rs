//! Acts that lie behind what a sentence tells: "expelled two diplomats over the hack of its tax service".

use crate::spelling::plain;
use saksi_lang::{Pack, PackError};

const FILE: &str = "lexicon/backward.tsv";

/// What ends a clause: no word before it speaks of an act behind it.
const BREAKS: &[char] = &[',', ';', ':', '.', '?', '!', '“', '”', '"', '(', ')', '–', '—', '\n'];

/// The words of a language behind which an act lies in the past.
#[derive(Debug, Clone, Default)]
pub(crate) struct Backward {
    /// As words in plain form, and how many words may stand between them and the act.
    phrases: Vec<(Vec<String>, usize)>,
}

impl Backward {
    pub(crate) fn compile(pack: &Pack) -> Result<Self, PackError> {
        if pack.bytes(FILE).is_none() {
            return Ok(Self::default());
        }
        let table = pack.table(FILE)?;
        let (words, gap) = (table.column("words")?, table.column("gap")?);
        let mut phrases = Vec::new();
        for row in table.rows() {
            let gap = row.cell(gap).parse().map_err(|_| PackError::Entry {
                at: row.location(),
                reason: format!("`{}` is no number of words", row.cell(gap)),
            })?;
            phrases.extend(row.list(words).map(|form| (plain(form).split(' ').map(str::to_owned).collect(), gap)));
        }
        Ok(Self { phrases })
    }

    /// Where the words stand, in code points, that put the act behind what is told; `until` is where its trigger begins and `from`
    /// its sentence.
    pub(crate) fn from(&self, letters: &[char], from: u32, until: u32) -> Option<u32> {
        let clause = letters.get(from as usize..until as usize)?;
        let start = clause.iter().rposition(|letter| BREAKS.contains(letter)).map_or(0, |at| at + 1);
        let mut words: Vec<(u32, String)> = Vec::new();
        let mut word = String::new();
        for (at, letter) in (from + start as u32..).zip(clause[start..].iter().chain(&[' '])) {
            if letter.is_whitespace() {
                if !word.is_empty() {
                    words.push((at - word.chars().count() as u32, plain(&word)));
                    word.clear();
                }
            } else {
                word.push(*letter);
            }
        }
        let stands = |at: usize, phrase: &[String]| {
            words.get(at..at + phrase.len()).is_some_and(|words| words.iter().map(|word| &word.1).eq(phrase))
        };
        (0..words.len()).rev().find_map(|at| {
            let found =
                self.phrases.iter().any(|(phrase, gap)| stands(at, phrase) && words.len() - at - phrase.len() <= *gap);
            found.then_some(words[at].0)
        })
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
            let [words, gap, example, counter] =
                ["words", "gap", "example", "counter-example"].map(|name| table.column(name).unwrap());
            for row in table.rows() {
                let gap = row.cell(gap).parse().unwrap();
                let phrases = row.list(words).map(|form| (plain(form).split(' ').map(str::to_owned).collect(), gap));
                let backward = Backward { phrases: phrases.collect() };
                for (cell, expected) in [(example, true), (counter, false)] {
                    let text = row.cell(cell);
                    let until = text.split('[').next().unwrap().chars().count() as u32;
                    let letters: Vec<char> = text.chars().filter(|letter| !matches!(letter, '[' | ']')).collect();
                    assert_eq!(backward.from(&letters, 0, until).is_some(), expected, "{}: {text}", row.location());
                }
            }
        }
    }
}
