use crate::words::{Phrase, Words, tokens};
use saksi_record::{PassageKind, Record, Span};
use serde::Serialize;

/// Code points of a snippet, about.
const LENGTH: usize = 240;

/// A stretch of a text with words that were looked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Snippet {
    /// First code point of it in the record's text.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// Whether it begins and ends where the text, or a part of it that is the article's own, does.
    pub whole: (bool, bool),
    /// Its text in pieces.
    pub parts: Vec<Part>,
}

/// A piece of a snippet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// The text, as the article has it.
    pub text: String,
    /// Whether it was looked for.
    pub found: bool,
}

/// The code points of a text that a span counts.
pub(crate) fn slice(text: &str, span: Span) -> String {
    text.chars().skip(span.start as usize).take(span.len() as usize).collect()
}

/// The stretch of a record's text that holds most of what was looked for; of several, the first. None where the words
/// stand in no part of it that is the article's own.
pub(crate) fn snippet(record: &Record, words: &Words) -> Option<Snippet> {
    let text: Vec<char> = record.text.chars().collect();
    let hits = hits(&record.text, &own(record, text.len()), words.wanted());
    let best = hits
        .iter()
        .enumerate()
        .map(|(at, first)| {
            let near: Vec<_> = hits[at..].iter().take_while(|hit| hit.end <= first.start + LENGTH * 2 / 3).collect();
            let mut kinds: Vec<usize> = near.iter().map(|hit| hit.phrase).collect();
            kinds.sort_unstable();
            kinds.dedup();
            (kinds.len(), std::cmp::Reverse(at))
        })
        .max()?
        .1
        .0;
    let first = &hits[best];
    let (low, high) = first.region;
    let last = hits[best..]
        .iter()
        .take_while(|hit| hit.region == first.region && hit.end <= first.start + LENGTH * 2 / 3)
        .last()
        .unwrap_or(first);
    let room = LENGTH.saturating_sub(last.end - first.start);
    let start = word_edge(&text, first.start.saturating_sub(room / 3).max(low), low, first.start);
    let end = word_end(&text, (start + LENGTH).max(last.end).min(high), last.end, high);
    let mut parts: Vec<Part> = Vec::new();
    let mut at = start;
    let shown = |from: usize, to: usize, found: bool| Part { text: text[from..to].iter().collect(), found };
    for hit in hits.iter().filter(|hit| hit.start >= start && hit.end <= end) {
        if hit.start < at {
            continue;
        }
        if hit.start > at {
            parts.push(shown(at, hit.start, false));
        }
        parts.push(shown(hit.start, hit.end, true));
        at = hit.end;
    }
    if at < end {
        parts.push(shown(at, end, false));
    }
    Some(Snippet { start: start as u32, end: end as u32, whole: (start == low, end == high), parts })
}

#[derive(Debug)]
struct FoundAt {
    start: usize,
    end: usize,
    phrase: usize,
    region: (usize, usize),
}

/// What of the text is the article's own: all but the passages that are noise.
fn own(record: &Record, length: usize) -> Vec<(usize, usize)> {
    let mut noise: Vec<(usize, usize)> = record
        .passages
        .iter()
        .filter(|passage| passage.kind != PassageKind::Title)
        .map(|passage| (passage.start as usize, (passage.end as usize).min(length)))
        .collect();
    noise.sort_unstable();
    let mut own = Vec::new();
    let mut at = 0;
    for (start, end) in noise {
        if start > at {
            own.push((at, start));
        }
        at = at.max(end);
    }
    if at < length {
        own.push((at, length));
    }
    own
}

fn hits(text: &str, regions: &[(usize, usize)], phrases: &[Phrase]) -> Vec<FoundAt> {
    let tokens = tokens(text);
    let mut hits = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let Some(&region) = regions.iter().find(|(start, end)| token.start >= *start && token.end <= *end) else {
            continue;
        };
        for (number, phrase) in phrases.iter().enumerate() {
            let Some(run) = tokens.get(at..at + phrase.words.len()) else { continue };
            let last = run.len() - 1;
            let same = run.iter().zip(&phrase.words).enumerate().all(|(place, (token, word))| {
                if place == last && phrase.prefix { token.word.starts_with(word.as_str()) } else { token.word == *word }
            });
            if same && run[last].end <= region.1 {
                hits.push(FoundAt { start: token.start, end: run[last].end, phrase: number, region });
            }
        }
    }
    hits
}

/// The beginning of the first word from `at` on, no further than `most`.
fn word_edge(text: &[char], at: usize, low: usize, most: usize) -> usize {
    if at == low {
        return (low..most).find(|&at| !text[at].is_whitespace()).unwrap_or(most);
    }
    (at..most).find(|&at| text[at - 1].is_whitespace() && !text[at].is_whitespace()).unwrap_or(most)
}

/// The end of the last word before `at`, no nearer than `least`.
fn word_end(text: &[char], at: usize, least: usize, high: usize) -> usize {
    if at == high {
        return (least..=high).rev().find(|&at| at == least || !text[at - 1].is_whitespace()).unwrap_or(high);
    }
    (least..=at).rev().find(|&at| at == least || text[at].is_whitespace()).unwrap_or(at)
}
