//! Whether two articles of two languages are one text.
//!
//! A translation names the same people, places and numbers in the same order, sentence by sentence; two articles on one
//! event choose other ones and tell them in another order. An article is kept as the least hashes of what stands next to
//! each other in it (`MinHash`; Broder, "On the Resemblance and Containment of Documents", 1997), where each mark is the same
//! in every language.

use crate::days::number;
use crate::gazetteer::Gazetteer;
use crate::hash;
use pulp::Arch;
use saksi_record::{PassageKind, Record};

/// Values of a signature.
const VALUES: usize = 64;
/// Values in a band. Two of 64 find pairs that share half of what they hold with a chance of 99.99 %, and those that share
/// a fifth with one of 73 %.
const ROWS: usize = 2;
/// Fewer pairs of marks than this prove nothing: short notes on one event hold the same few names.
const LEAST: u32 = 8;
/// Share of pairs of marks from which two articles are one text. Two articles of their own on one event reach 0.58 in the
/// stories, translations 0.2 to 0.7.
const ALIKE: f64 = 0.62;
/// The same where both credit one agency.
const ALIKE_OF_AGENCY: f64 = 0.3;
/// A translation may leave out so much: the shorter has at least this share of the pairs of the longer.
const SHORTENED: f64 = 0.4;
/// Days between a text and its translation, at most. The same few names stand together in the news for years, so that without
/// this each article would be held against more and more others.
const APART: i32 = 7;
/// The names and numbers of one sentence that are paired: a list of many would outweigh the rest.
const PAIRED: usize = 8;

/// What tells a translation, in 136 bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outline {
    /// How many pairs of marks the article has.
    pub pairs: u32,
    /// When it was published, in days since 1970.
    day: Option<i32>,
    values: [u16; VALUES],
}

/// The outline of an article: of the names and numbers in its own sentences, without title and noise.
pub fn outline(record: &Record, gazetteer: &Gazetteer) -> Outline {
    crate::reports::read(record, "", gazetteer).1
}

/// The same of the marks of each sentence of the record.
pub(crate) fn of_sentences(record: &Record, marks: &[&Vec<u64>]) -> Outline {
    let is_title =
        |start: u32| record.passages.iter().any(|p| p.kind == PassageKind::Title && p.start <= start && start < p.end);
    let sentences = record.sentences.iter().zip(marks);
    let kept = sentences.filter(|(sentence, marks)| !is_title(sentence.start) && !marks.is_empty());
    let sentences: Vec<&[u64]> = kept.map(|(_, marks)| marks.as_slice()).collect();
    Outline { day: record.article.published.value.as_deref().and_then(number), ..of(&sentences) }
}

/// Pairs within a sentence, and of the first marks of a sentence with those of the next: the order of the text.
fn of(sentences: &[&[u64]]) -> Outline {
    let mut pairs: Vec<u64> = Vec::new();
    let join = |kind: u64, one: u64, other: u64| {
        hash::stir(hash::stir(one.min(other)) ^ one.max(other).rotate_left(17) ^ kind)
    };
    for (at, sentence) in sentences.iter().enumerate() {
        let sentence = &sentence[..sentence.len().min(PAIRED)];
        for (place, &one) in sentence.iter().enumerate() {
            pairs.extend(sentence[place + 1..].iter().map(|&other| join(0, one, other)));
        }
        if let Some(next) = sentences.get(at + 1)
            && let (Some(&one), Some(&other)) = (sentence.first(), next.first())
        {
            pairs.push(join(1, one, other));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    let mut least = [u64::MAX; VALUES];
    Arch::new().dispatch(|| {
        for pair in &pairs {
            for (least, function) in least.iter_mut().zip(&FUNCTIONS) {
                *least = (*least).min(hash::stir(pair ^ function));
            }
        }
    });
    Outline { pairs: pairs.len() as u32, day: None, values: least.map(|least| (hash::stir(least) >> 48) as u16) }
}

/// What makes one hash function another.
const FUNCTIONS: [u64; VALUES] = {
    let mut functions = [0; VALUES];
    let mut at = 0;
    while at < VALUES {
        functions[at] = hash::stir(at as u64);
        at += 1;
    }
    functions
};

impl Outline {
    /// Estimate of the share of pairs that two articles have in common, between 0 and 1.
    pub fn similarity(&self, other: &Self) -> f64 {
        if self.pairs == 0 || other.pairs == 0 {
            return 0.0;
        }
        let same = self.values.iter().zip(&other.values).filter(|(one, other)| one == other).count();
        same as f64 / VALUES as f64
    }

    /// Where outlines of one text meet: two that are alike and of about one day share at least one, but for few. None for an
    /// article that is too short to tell.
    pub fn bands(&self) -> Vec<u64> {
        if self.pairs < LEAST {
            return Vec::new();
        }
        let own = hash::of(&["outline"]);
        // Two rows of spans, one half across the other: days that are no further apart than half a span share one.
        let spans = [0, APART].map(|shift| {
            let span = self.day.map(|day| (day + shift).div_euclid(2 * APART));
            hash::stir(
                own ^ hash::stir(span.map_or(u64::MAX, |span| u64::from(span as u32) << 1 | u64::from(shift > 0))),
            )
        });
        let bands = |span: u64| {
            self.values.chunks_exact(ROWS).enumerate().map(move |(band, values)| {
                let all = values.iter().fold(band as u64, |all, value| all << u16::BITS | u64::from(*value));
                hash::stir(span ^ hash::stir(all))
            })
        };
        spans.into_iter().flat_map(bands).collect()
    }

    /// As bytes, the least first.
    pub fn to_bytes(&self) -> Vec<u8> {
        let day = self.day.unwrap_or(i32::MIN);
        let head = self.pairs.to_le_bytes().into_iter().chain(day.to_le_bytes());
        head.chain(self.values.iter().flat_map(|value| value.to_le_bytes())).collect()
    }

    /// From bytes that [`Outline::to_bytes`] made; none for any others.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (pairs, rest) = bytes.split_first_chunk::<4>()?;
        let (day, rest) = rest.split_first_chunk::<4>()?;
        let day = Some(i32::from_le_bytes(*day)).filter(|day| *day != i32::MIN);
        if rest.len() != 2 * VALUES {
            return None;
        }
        let mut values = [0; VALUES];
        for (value, bytes) in values.iter_mut().zip(rest.chunks_exact(2)) {
            *value = u16::from_le_bytes([bytes[0], bytes[1]]);
        }
        Some(Self { pairs: u32::from_le_bytes(*pairs), day, values })
    }
}

/// Whether two articles in two languages are one text translated, and so one witness. `one_agency`: both credit the same
/// news agency. The caller sees to it that the languages differ: copies within one language are told by their words.
pub fn is_translation(one: &Outline, other: &Outline, one_agency: bool) -> bool {
    let (short, long) = (one.pairs.min(other.pairs), one.pairs.max(other.pairs));
    let alike = if one_agency { ALIKE_OF_AGENCY } else { ALIKE };
    let near = match (one.day, other.day) {
        (Some(one), Some(other)) => one.abs_diff(other) <= APART as u32,
        (None, None) => true,
        _ => false,
    };
    near && short >= LEAST && f64::from(short) >= SHORTENED * f64::from(long) && one.similarity(other) >= alike
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_names_in_the_same_sentences_are_one_text() {
        let text: [&[u64]; 4] = [&[1, 2, 3, 4], &[2, 5, 6], &[1, 7, 8, 9], &[3, 5, 10]];
        let mut near = text;
        near[1] = &[2, 5];
        let (one, other) = (super::of(&text), super::of(&near));
        assert!(one.pairs >= LEAST, "{}", one.pairs);
        assert!(one.similarity(&other) > 0.6, "{}", one.similarity(&other));
        assert!(is_translation(&one, &other, false));
        assert!(one.bands().iter().any(|band| other.bands().contains(band)));
    }

    #[test]
    fn a_translation_is_of_about_the_day() {
        let text: [&[u64]; 4] = [&[1, 2, 3, 4], &[2, 5, 6], &[1, 7, 8, 9], &[3, 5, 10]];
        let of_day = |day: Option<i32>| Outline { day, ..super::of(&text) };
        for first in -20..20 {
            for apart in 0..=APART {
                let (one, other) = (of_day(Some(first)), of_day(Some(first + apart)));
                assert!(is_translation(&one, &other, false));
                assert!(one.bands().iter().zip(other.bands()).any(|(band, others)| *band == others), "{first} {apart}");
            }
            assert!(!is_translation(&of_day(Some(first)), &of_day(Some(first + APART + 1)), true));
            assert!(!is_translation(&of_day(Some(first)), &of_day(None), true), "nobody knows when it was published");
        }
        assert!(is_translation(&of_day(None), &of_day(None), false));
    }

    #[test]
    fn the_same_names_in_other_sentences_are_another_text() {
        let one = super::of(&[&[1, 2, 3, 4], &[5, 6, 7, 8], &[9, 10, 11, 12], &[13, 14]]);
        let other = super::of(&[&[1, 5, 9, 13], &[2, 6, 10, 14], &[3, 7, 11], &[4, 8, 12]]);
        assert!(one.similarity(&other) < 0.2, "{}", one.similarity(&other));
        assert!(!is_translation(&one, &other, true));
    }

    #[test]
    fn a_short_note_proves_nothing() {
        let note = super::of(&[&[1, 2, 3]]);
        assert!(!is_translation(&note, &note, true));
        assert!(note.bands().is_empty());
    }

    #[test]
    fn bytes_hold_the_whole_outline() {
        for day in [None, Some(20_282), Some(-1)] {
            let outline = Outline { day, ..super::of(&[&[1, 2, 3, 4], &[2, 5, 6]]) };
            assert_eq!(Outline::from_bytes(&outline.to_bytes()), Some(outline));
        }
        assert_eq!(Outline::from_bytes(b"short"), None);
    }
}
