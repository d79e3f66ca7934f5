//! What stands apart from the article around it: paragraphs of their own, and words to the reader.

use crate::lines::{Line, is_bulleted};
use crate::rules::Rules;
use crate::words::Word;

/// The most words of an answer such as "Sorry about that!" before what it announces.
const ASIDE_WORDS: usize = 6;
/// From how many other lines that speak to somebody on an article is one that does so.
const ADDRESSING: usize = 2;

/// Whether a sentence is a few words that name nobody: "Sorry about that!", "Mengerti."
pub(crate) fn is_aside_word(words: &[Word]) -> bool {
    let spoken = words.iter().filter(|word| word.is_word());
    let ends = words.last().is_some_and(|word| matches!(word.folded.as_str(), "." | "!"));
    ends && spoken.clone().count() <= ASIDE_WORDS && !spoken.skip(1).any(Word::is_capital)
}

/// Whether a line is a paragraph of its own without a final mark, and its neighbours are not of that kind too.
pub(crate) fn is_lone(lines: &[Line], number: usize) -> bool {
    let open = |at: usize| {
        let closing = |word: &&Word| !matches!(word.folded.as_str(), "\"" | "'" | ")" | "]" | "*" | "_");
        let last = lines[at].words.iter().rfind(closing);
        !last.is_some_and(|word| matches!(word.folded.as_str(), "." | "," | ";" | ":" | "-"))
    };
    let apart = |at: usize| at >= lines.len() || lines[at].after_blank;
    let colon =
        |at: usize| lines.get(at).is_some_and(|line| open(at) && line.words.iter().any(|word| word.folded == ":"));
    open(number)
        && apart(number)
        && apart(number + 1)
        && !is_bulleted(&lines[number])
        && !colon(number + 1)
        && !(number > 1 && colon(number - 1))
}

/// Whether a line speaks to somebody outside quotation marks, and nobody is quoted or named as speaking there, while the
/// other lines of the article speak to nobody.
pub(crate) fn is_aside(lines: &[Line], number: usize, rules: &Rules) -> bool {
    let says = |class: &str, line: &Line| {
        let at = |at: usize| !line.places[at].quoted && rules.phrase(class, &line.words, at).is_some();
        (0..line.words.len()).any(at)
    };
    // Another line of residue may address the reader too.
    let others = || lines.iter().enumerate().filter(|(at, line)| *at != number && says("address", line)).count();
    says("address", &lines[number]) && !says("speech", &lines[number]) && others() < ADDRESSING
}

/// Whether no word of a line after `first` is capitalised, save those of class `machine-name`.
pub(crate) fn names_nobody(line: &Line, first: usize, rules: &Rules) -> bool {
    let named = |at: usize| line.words[at].is_capital() && rules.phrase("machine-name", &line.words, at).is_none();
    !(first + 1..line.words.len()).any(named)
}
