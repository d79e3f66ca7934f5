//! Which time of the text is the time of an act.

use saksi_record::{EventTime, Timex};
use saksi_time::{Found, Lead, Times};
use saksi_tree::{Sentence, Upos};

/// By how many steps a mere length stands behind a date.
const LENGTH: usize = 20;

/// The index of the time that dates the act at `trigger`, whose predicates are `own`; `acts` are the tokens of every
/// act and every cue of saying in the sentence: a time belongs to the nearest of them above it.
pub(crate) fn time_of(
    times: &Times,
    sentence_index: usize,
    sentence: &Sentence,
    own: &[usize],
    acts: &[usize],
) -> Option<usize> {
    let here = times.found.iter().enumerate().filter(|(_, found)| found.sentence as usize == sentence_index);
    let mut best: Option<(usize, usize)> = None;
    for (index, found) in here {
        if matches!(found.lead, Lead::Before | Lead::After | Lead::Until) {
            continue;
        }
        let Some(mut distance) = distance(sentence, found, own, acts) else { continue };
        // "two years in prison", "a three-day visit" say how long, not when
        if found.time.timex == Timex::Duration && found.time.earliest.is_none() {
            distance += LENGTH;
        }
        if best.is_none_or(|(known, _)| distance < known) {
            best = Some((distance, index));
        }
    }
    best.map(|(_, index)| index)
}

/// Steps from the time up to the act, if no other act stands between.
fn distance(sentence: &Sentence, found: &Found, own: &[usize], acts: &[usize]) -> Option<usize> {
    let first = found.first as usize;
    let last = (found.last as usize).min(sentence.tokens.len().checked_sub(1)?);
    let head = (first..=last)
        .find(|&at| sentence.tokens[at].head.is_none_or(|head| (head as usize) < first || head as usize > last))?;
    for (steps, above) in std::iter::once(head).chain(sentence.ancestors(head)).enumerate() {
        if own.contains(&above) {
            return Some(steps);
        }
        if acts.contains(&above) {
            return None;
        }
        // another finite clause stands between
        let token = &sentence.tokens[above];
        if steps > 0 && token.upos == Upos::Verb && matches!(token.relation(), "ccomp" | "advcl" | "root" | "parataxis")
        {
            return own_below(sentence, own, above, acts).then_some(steps + 4);
        }
    }
    None
}

/// Whether the act is a noun among the arguments of predicate `at`, with no act nearer.
fn own_below(sentence: &Sentence, own: &[usize], at: usize, acts: &[usize]) -> bool {
    own.iter().any(|&mine| {
        sentence.tokens[mine].upos.is_nominal()
            && sentence.ancestors(mine).take_while(|&up| up != at).all(|up| !acts.contains(&up))
            && sentence.below(mine, at)
            && sentence.ancestors(mine).take_while(|&up| up != at).count() <= 2
    })
}

/// The time as the event carries it; `since` runs to publication.
pub(crate) fn event_time(times: &Times, index: usize) -> Option<EventTime> {
    let found = times.found.get(index)?;
    let mut time = EventTime {
        value: found.time.value.clone(),
        earliest: found.time.earliest.clone(),
        latest: found.time.latest.clone(),
        from: Some(index as u32),
    };
    if found.lead == Lead::Since && time.earliest.is_some() {
        time.latest = times.published.value.clone().or(time.latest);
    }
    Some(time)
}
