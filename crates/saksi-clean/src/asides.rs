//! What stands apart from the article around it: paragraphs of their own, and words to the reader.

use crate::headline;
use crate::lines::{Line, is_bulleted, is_wordless};
use crate::rules::Rules;
use crate::words::Word;
use std::ops::Range;

/// The most words of an answer such as "Sorry about that!" before what it announces.
const ASIDE_WORDS: usize = 6;
/// From how many other lines that speak to somebody on an article is one that does so.
const ADDRESSING: usize = 2;
/// From how many lines that speak to somebody on a text is a letter or an essay, where only brackets are remarks.
const ESSAY: usize = 6;
/// The most words of a remark about the text.
const REMARK_WORDS: usize = 40;

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

/// The words of a remark that begins at word `start`, with the word after it: what a bracket holds, the sentence, or, if
/// `whole`, the line. None if it names anybody or is quoted.
pub(crate) fn remark(line: &Line, start: usize, whole: bool, rules: &Rules) -> Option<(Range<usize>, usize)> {
    let words = &line.words;
    let close = match words[start].folded.as_str() {
        "(" => Some(")"),
        "[" => Some("]"),
        _ => None,
    };
    let place = line.places[start];
    let (said, end) = if let Some(close) = close {
        let end = (start + 1..words.len()).find(|&at| words[at].folded == close)?;
        (start + 1..end, end + 1)
    } else if start > 0 && matches!(words[start - 1].folded.as_str(), "(" | "[") {
        return None;
    } else if place.starts_line && whole {
        (start..words.len(), words.len())
    } else if place.starts_line || place.starts_sentence {
        let end = headline::sentence_end(words, start);
        (start..end, end)
    } else {
        return None;
    };
    let count = words[said.clone()].iter().filter(|word| word.is_word()).count();
    let names = |at: usize| {
        let first = at == said.start || words[at - 1].folded == ":" || is_wordless(&words[said.start..at]);
        words[at].is_capital()
            && words[at].span.len() > 1
            && !first
            && !line.places[at].starts_sentence
            && rules.phrase("machine-name", words, at).is_none()
    };
    // A bracket that is no quotation may quote a word it speaks of.
    let nobody = !said.clone().any(|at| names(at) || close.is_none() && line.places[at].quoted);
    (nobody && (1..=REMARK_WORDS).contains(&count)).then_some((said, end))
}

/// Whether the text speaks to somebody in many of its lines, as letters, essays and interviews do.
pub(crate) fn is_essay(lines: &[Line], rules: &Rules) -> bool {
    let speaks = |line: &&Line| {
        let at = |at: usize| !line.places[at].quoted && rules.phrase("address", &line.words, at).is_some();
        (0..line.words.len()).any(at)
    };
    lines.iter().filter(speaks).take(ESSAY).count() >= ESSAY
}

/// Whether a line begins with a name that no other line knows, as a byline does. A heading such as "Ceasefire Talks in
/// Geneva" is about what the article is about.
pub(crate) fn is_signed(lines: &[Line], number: usize, rules: &Rules) -> bool {
    let words = &lines[number].words;
    let joins = |at: usize| {
        words[at].is_capital()
            || rules.phrase("name-particle", words, at).is_some()
            || matches!(words[at].folded.as_str(), "." | "-" | "'")
    };
    let first = words.iter().position(Word::is_word).unwrap_or(0);
    let end = (first..words.len()).find(|&at| !joins(at)).unwrap_or(words.len());
    let names: Vec<&Word> = words[first..end].iter().filter(|word| word.is_capital() && word.span.len() > 1).collect();
    let known = |word: &Word| names.iter().any(|name| name.folded == word.folded);
    !names.is_empty() && !lines.iter().enumerate().any(|(at, line)| at != number && line.words.iter().any(known))
}

/// Whether no word of a line after `first` is capitalised, save those of class `machine-name`.
pub(crate) fn names_nobody(line: &Line, first: usize, rules: &Rules) -> bool {
    let named = |at: usize| line.words[at].is_capital() && rules.phrase("machine-name", &line.words, at).is_none();
    !(first + 1..line.words.len()).any(named)
}
