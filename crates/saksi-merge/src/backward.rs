//! Acts that lie behind what a sentence tells: "expelled two diplomats over the hack of its tax service".

use crate::spelling::plain;
use compact_str::CompactString;
use saksi_lang::{Pack, PackError};

const FILE: &str = "lexicon/backward.tsv";

/// What ends a clause: no word before it speaks of an act behind it.
pub(crate) const BREAKS: &[char] = &[',', ';', ':', '.', '?', '!', '“', '”', '"', '(', ')', '–', '—', '\n'];

/// The words of a language behind which an act lies in the past.
#[derive(Debug, Clone, Default)]
pub(crate) struct Backward {
    /// As words in plain form, and how many words may stand between them and the act.
    phrases: Vec<(Vec<CompactString>, usize)>,
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
            phrases
                .extend(row.list(words).map(|form| (plain(form).split(' ').map(CompactString::from).collect(), gap)));
        }
        Ok(Self { phrases })
    }

    /// Where the last clause of these letters begins, of which the first stands at `from`.
    pub(crate) fn clause(&self, letters: &[char], from: u32) -> u32 {
        let end =
            if self.phrases.is_empty() { None } else { letters.iter().rposition(|letter| BREAKS.contains(letter)) };
        from + end.map_or(0, |at| at as u32 + 1)
    }

    /// The first of the words, in plain form, that put an act behind what is told, which follows on them; the nearest of several.
    pub(crate) fn find(&self, words: &[&str]) -> Option<usize> {
        (0..words.len()).rev().find(|&at| {
            let stands =
                |phrase: &[CompactString]| words[at..].get(..phrase.len()).is_some_and(|words| words == phrase);
            self.phrases.iter().any(|(phrase, gap)| stands(phrase) && words.len() - at - phrase.len() <= *gap)
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
                let phrases =
                    row.list(words).map(|form| (plain(form).split(' ').map(CompactString::from).collect(), gap));
                let backward = Backward { phrases: phrases.collect() };
                for (cell, expected) in [(example, true), (counter, false)] {
                    let text = row.cell(cell);
                    let before: Vec<char> = text.split('[').next().unwrap().chars().collect();
                    let clause: CompactString = before[backward.clause(&before, 0) as usize..].iter().collect();
                    let words: Vec<CompactString> = clause.split_whitespace().map(plain).collect();
                    let words: Vec<&str> = words.iter().map(CompactString::as_str).collect();
                    assert_eq!(backward.find(&words).is_some(), expected, "{}: {text}", row.location());
                }
            }
        }
    }
}
