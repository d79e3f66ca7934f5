//! Reports that may be of an event, though they are not taken for one of it.

use crate::cluster::STAND_IN;
use crate::differences::differences;
use crate::event::Difference;
use crate::likeness::{score, shared};
use crate::report::{Report, Review};
use crate::sketch::{Sketch, Sketched};

/// From this chance on a report may be of an event. Of the coded reports of the stories that are found so 45 of 100 are.
pub const PERHAPS: f64 = 0.15;

/// A report that may be of an event.
#[derive(Debug, Clone, PartialEq)]
pub struct Maybe {
    /// Its place among those that were asked about.
    pub place: usize,
    /// Chance that it is of one event with the report of the event that it is most like, between 0 and 1.
    pub score: f64,
    /// Key of that report.
    pub like: String,
    /// What it says otherwise than the event's reports, if it is of the same event.
    pub differences: Vec<Difference>,
}

/// Which of `others` may be of the event with these reports, the `most` likeliest, and what they say otherwise: where a day, a place
/// and a count differ, little is left that tells whether it is one act, and a reader must see both. What a person rejected is
/// of none.
///
/// A function of the two sets alone; of a large event some reports stand for all, as in [`crate::cluster`].
pub fn maybe(event: &[&Report], others: &[&Report], most: usize) -> Vec<Maybe> {
    let mut own: Vec<&Report> = event.iter().copied().filter(|report| report.review != Review::Rejected).collect();
    own.sort_by(|one, other| one.key.cmp(&other.key));
    own.truncate(STAND_IN);
    let sketches: Vec<Sketch> = own.iter().map(|report| Sketch::of(report)).collect();
    let mut found: Vec<(f64, usize, &Report)> = others
        .iter()
        .enumerate()
        .filter(|(_, other)| other.review != Review::Rejected && event.iter().all(|report| report.key != other.key))
        .filter_map(|(place, other)| {
            let sketch = Sketch::of(other);
            let candidate = Sketched { report: other, sketch: &sketch };
            let mut alike: Vec<(f64, &Report)> = own
                .iter()
                .zip(&sketches)
                .filter(|(_, known)| shared(&known.blocks, &sketch.blocks) > 0)
                .filter_map(|(report, known)| Some((score(Sketched { report, sketch: known }, candidate)?, *report)))
                .collect();
            alike.sort_by(|one, other| other.0.total_cmp(&one.0).then_with(|| one.1.key.cmp(&other.1.key)));
            let (score, like) = *alike.first().filter(|best| best.0 >= PERHAPS)?;
            Some((score, place, like))
        })
        .collect();
    found.sort_by(|one, other| other.0.total_cmp(&one.0).then_with(|| others[one.1].key.cmp(&others[other.1].key)));
    let told = found.into_iter().take(most).map(|(score, place, like)| {
        let all: Vec<&Report> = own.iter().copied().chain([others[place]]).collect();
        let mut differences = differences(&all);
        differences.retain(|difference| {
            let speaks = difference.opinions.iter().any(|opinion| opinion.reports.contains(&others[place].key));
            speaks && difference.opinions.len() > 1
        });
        Maybe { place, score, like: like.key.clone(), differences }
    });
    told.collect()
}
