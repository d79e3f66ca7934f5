use crate::cite;
use crate::content::{Clause, end, predicate, quoted_before, region_start};
use crate::rules::Class;
use crate::view::{Hit, Input, Phrase, View};
use saksi_tree::{Span, Upos};

/// The words around a phrase that a preposition such as "according to" opens.
pub(crate) fn content(view: &View<'_>, input: &Input<'_>, clause: Clause) -> Vec<Span> {
    let words = &input.rules.words;
    let comma_before = clause.first > 0 && view.is_comma(clause.first - 1);
    // "According to the paper, which cited two officials, C"
    let last = cite::aside(view, input, clause.last + 1).unwrap_or(clause.last);
    let comma_after = view.low.get(last + 1).is_some_and(|low| low == ",");
    let start = last + if comma_after { 2 } else { 1 };
    let rest = start < view.len() && predicate(view, input, start, view.len()).is_some();
    let mut pieces = Vec::new();
    if clause.first > 0 {
        if let Some(quoted) = quoted_before(view, input, clause) {
            return quoted;
        }
        let last = if comma_before { clause.first.saturating_sub(2) } else { clause.first - 1 };
        let mut first = region_start(view, last);
        let other = |hit: &crate::view::Hit| hit.last < first && input.rules.cues[hit.cue].class == Class::Verb;
        if first > 0 && !view.hits.iter().any(other) {
            first = 0;
        }
        // "…, tetapi menurut X C2": only the second clause.
        let joined = words.coordinators.has(&view.low[clause.first - 1]);
        let opens = predicate(view, input, first, last).is_some()
            || comma_before && comma_after && rest && view.upos(first) != Upos::Adp && view.upos(first) != Upos::Adv
            || !rest && last > first + 1;
        if !joined && opens {
            pieces.extend(view.span(first, last));
        }
    }
    let content =
        rest && (pieces.is_empty() || comma_before && comma_after && !words.circumstance.has(&view.low[start]));
    if content {
        pieces.extend(view.span(start, end(view, input, clause.verb, start)));
    }
    pieces
}

/// The source of a preposition: up to the comma behind which a clause begins.
pub(crate) fn source(view: &View<'_>, input: &Input<'_>, hit: Hit) -> Option<Phrase> {
    let words = &input.rules.words;
    let first = hit.last + 1;
    if first >= view.len() || view.is_punct(first) && view.quote[first].is_none() {
        return None;
    }
    let commas: Vec<usize> = (first..view.len()).filter(|&at| view.low[at] == ",").collect();
    let initial = hit.first < 2 || words.coordinators.has(&view.low[hit.first - 1]) || view.low[hit.first - 1] == ";";
    let stop = if initial {
        let chosen = commas.iter().enumerate().find(|&(index, &comma)| {
            let next = commas.get(index + 1).copied().unwrap_or(view.len());
            let apposed = next < view.len() && predicate(view, input, comma + 1, next - 1).is_none();
            !apposed && !words.relative.has(view.low.get(comma + 1).map_or("", |low| low.as_str()))
        });
        chosen.map(|(_, &comma)| comma)
    } else {
        commas.first().copied()
    };
    let hi = stop.map_or(view.len() - 1, |comma| comma - 1);
    let hi = (first + 1..=hi).find(|&at| cite::aside(view, input, at).is_some()).map_or(hi, |aside| aside - 1);
    if initial && stop.is_some() || !(first..=hi).any(|at| view.is_verbal(at)) {
        let last = (first..=hi).rev().find(|&at| !view.is_punct(at) || view.low[at] == ")")?;
        let cut = (first + 1..=last)
            .find(|&at| {
                !initial
                    && words.source_ends.has(&view.low[at])
                    && view.upos(at) != Upos::Cconj
                    && !words.coordinators.has(&view.low[at])
            })
            .map_or(last, |at| at - 1);
        return Some(Phrase { first, last: cut, head: crate::source::head_of(view, first, cut) });
    }
    crate::source::after(view, input, first, hi)
}
