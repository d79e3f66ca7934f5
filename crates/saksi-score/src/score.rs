use crate::figures::{Figures, Tally};
use crate::gold::{Gold, GoldError};
use crate::letters::{Letters, lead, trim};
use crate::locate::place;
use crate::reading::{Extent, Reading};
use crate::{attributions, events, times};

/// Kinds of noise whose characters are counted.
const COUNTED_NOISE: [&str; 2] = ["related-link", "machine-residue"];

/// The counts of one article, and what differs.
#[derive(Debug, Clone, Default)]
pub struct Score {
    /// The counts.
    pub figures: Figures,
    /// Each difference, for a person.
    pub notes: Vec<String>,
}

/// What all measures of one article need.
pub(crate) struct Case<'a> {
    pub(crate) letters: &'a Letters,
    pub(crate) gold: &'a Gold,
    pub(crate) reading: &'a Reading,
    /// What the record's offsets lack where blanks before its text were left out.
    pub(crate) shift: i64,
    noise: Vec<Extent>,
}

impl Case<'_> {
    /// A span of the record in the article's text.
    pub(crate) fn own(&self, extent: Extent) -> Extent {
        extent.shifted(self.shift)
    }

    pub(crate) fn in_noise(&self, extent: Extent) -> bool {
        self.noise.iter().any(|noise| noise.overlaps(extent))
    }

    /// The words of a span, for a note.
    pub(crate) fn words(&self, extent: Option<Extent>) -> String {
        extent.map(|extent| self.letters.slice(self.own(extent))).unwrap_or_default()
    }
}

/// Holds what was read from an article against gold.
///
/// `text` is the article as gold was coded on it. A reading of another text counts as nothing read; blanks around the
/// text may be missing.
///
/// # Errors
/// If words of gold are not in the text.
pub fn score(text: &str, gold: &Gold, reading: &Reading) -> Result<Score, GoldError> {
    let mut score = Score::default();
    score.figures.articles = 1;
    let nothing = Reading::nothing(text);
    let (reading, shift) = if reading.text == text {
        (reading, 0)
    } else if trim(&reading.text) == trim(text) {
        (reading, lead(text) - lead(&reading.text))
    } else {
        score.notes.push("the record's text is not the article's; it counts as empty".to_owned());
        (&nothing, 0)
    };
    let letters = Letters::new(text);
    let places = gold.noise.iter().map(|noise| place(&letters, "noise", &noise.text, "").map(|at| (&noise.kind, at)));
    let noise = places.collect::<Result<Vec<_>, _>>()?;
    let case = Case { letters: &letters, gold, reading, shift, noise: noise.iter().map(|(_, at)| *at).collect() };
    for kind in COUNTED_NOISE {
        let wanted = noise.iter().filter(|(of, _)| *of == kind).map(|(_, at)| *at);
        let found = reading.passages.iter().filter(|it| it.kind == kind).map(|it| case.own(it.extent));
        let Tally { right, found, gold } = characters(wanted, found);
        score.figures.tally_mut("noise").add(right, found, gold);
    }
    times::measure(&case, &mut score)?;
    let matched = attributions::measure(&case, &mut score)?;
    events::measure(&case, &matched, &mut score)?;
    Ok(score)
}

/// Counts characters that lie within both, one and the other.
fn characters(gold: impl Iterator<Item = Extent>, found: impl Iterator<Item = Extent>) -> Tally {
    let (gold, found) = (union(gold), union(found));
    let size = |extents: &[Extent]| extents.iter().map(|it| (it.end - it.start) as u64).sum();
    let shared = gold.iter().flat_map(|a| found.iter().map(|b| a.end.min(b.end) - a.start.max(b.start)));
    Tally { right: shared.map(|size| size.max(0) as u64).sum(), found: size(&found), gold: size(&gold) }
}

/// The same characters as extents that do not overlap.
fn union(extents: impl Iterator<Item = Extent>) -> Vec<Extent> {
    let mut sorted: Vec<Extent> = extents.filter(|it| it.start < it.end).collect();
    sorted.sort_unstable_by_key(|it| it.start);
    let mut merged: Vec<Extent> = Vec::new();
    for extent in sorted {
        match merged.last_mut() {
            Some(last) if extent.start <= last.end => last.end = last.end.max(extent.end),
            _ => merged.push(extent),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_under_two_passages_count_once() {
        let at = |start, end| Extent { start, end };
        let tally = characters([at(0, 10), at(5, 12)].into_iter(), [at(8, 20), at(8, 9), at(30, 25)].into_iter());
        assert_eq!(tally, Tally { right: 4, found: 12, gold: 12 });
    }
}
