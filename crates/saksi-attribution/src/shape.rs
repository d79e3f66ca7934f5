//! Content in the shape that only some verbs take: "accused X of", "put the toll at", "claimed to have".

use crate::content::{Clause, end};
use crate::rules::{Cue, frame};
use crate::view::{Input, View};
use saksi_tree::{Span, Upos};

/// Content in the shape that only some verbs take.
pub(crate) fn of_frame(view: &View<'_>, input: &Input<'_>, clause: Clause, start: usize, cue: &Cue) -> Vec<Span> {
    let words = &input.rules.words;
    let stop = end(view, input, clause.verb, start);
    let has = |set: &crate::rules::Set| (start..=stop).find(|&at| set.has(&view.low[at]));
    let nominal = |at: usize| {
        view.upos(at).is_nominal()
            || matches!(view.upos(at), Upos::Det | Upos::Adj | Upos::Num)
            || words.determiners.has(&view.low[at])
    };
    let object = nominal(start) && !words.empty_objects.has(&view.low[start]);
    let verb_in = |from: usize| (from..=stop).any(|at| view.upos(at) == Upos::Verb && view.quote[at].is_none());
    let to_verb = || {
        (start + 1..stop).any(|at| {
            words.infinitive.has(&view.low[at]) && matches!(view.upos(at + 1), Upos::Verb | Upos::Aux | Upos::Adv)
        })
    };
    // "put the toll at 12"
    let tells_figure = || {
        let tally = |at: &usize| words.tallies.has(&view.low[*at]);
        let at = has(&words.figure).filter(|&at| (start..at).any(|noun| tally(&noun)));
        at.is_some_and(|at| (at + 1..=stop.min(at + 4)).any(|number| view.upos(number) == Upos::Num))
    };
    // "claimed to have shot down a drone"
    let tells_done = || {
        words.infinitive.has(&view.low[start]) && start < stop && view.sentence.tokens[start + 1].lemma == words.perfect
    };
    let fits = cue.may(frame::AT) && object && tells_figure()
        || cue.may(frame::DONE) && tells_done()
        || cue.may(frame::OF) && object && has(&words.of).is_some_and(|of| of > start)
        || cue.may(frame::ON) && object && has(&words.on).is_some_and(|on| on > start)
        || cue.may(frame::AS)
            && object
            && has(&words.like).is_some_and(|like| like > start && !(start..like).any(|at| view.low[at] == ","))
        || cue.may(frame::INF) && object && to_verb()
        || cue.may(frame::FOR) && object && to_verb()
        || cue.may(frame::ASK)
            && !words.empty_objects.has(&view.low[start])
            && (object && verb_in(start + 1) || view.upos(start) == Upos::Adp && to_verb())
        || cue.may(frame::ACCUSE)
            && object
            && (verb_in(start + 1) || has(&words.on).is_some_and(|on| on > start) || has(&words.like).is_some())
        || cue.may(frame::SMALL) && object && names(view, input, clause, start, stop)
        || cue.may(frame::NP) && object && view.upos(start) != Upos::Pron
        || cue.may(frame::DENIAL) && view.is_verbal(start)
        || cue.may(frame::ING) && view.sentence.tokens[start].feat("VerbForm") == Some("Ger");
    // "claimed responsibility for the blast": the noun is part of the cue and of what is said.
    if !fits && cue.may(frame::NP) && !cue.rest.is_empty() && view.upos(start) == Upos::Adp {
        return view.span(clause.last, stop).into_iter().collect();
    }
    if !fits {
        return Vec::new();
    }
    // A noun phrase ends with its clause: where circumstance follows, and, without a verb in it, at any comma that
    // does not go on with a list.
    let stop = if cue.may(frame::NP) {
        let ends = |comma: usize| {
            let adjunct = (comma + 1..=stop.min(comma + 4)).any(|at| view.upos(at) == Upos::Sconj)
                || comma < stop
                    && (words.circumstance.has(&view.low[comma + 1]) || words.relative.has(&view.low[comma + 1]));
            let lists = comma < stop && (view.upos(comma + 1).is_nominal() || view.upos(comma + 1) == Upos::Adj);
            adjunct || !verb_in(start) && !lists
        };
        (start..=stop)
            .find(|&at| view.low[at] == "," && view.quote[at].is_none() && ends(at))
            .map_or(stop, |comma| comma - 1)
    } else {
        stop
    };
    view.span(start, stop).into_iter().collect()
}

/// "called him a liar": one phrase names another. "called an election" is not.
fn names(view: &View<'_>, input: &Input<'_>, clause: Clause, start: usize, stop: usize) -> bool {
    let words = &input.rules.words;
    if view.sentence.with(clause.verb, "xcomp").any(|child| child > start && child <= stop) {
        return true;
    }
    let definite = words.definite.has(&view.low[start]) || matches!(view.upos(start), Upos::Propn | Upos::Pron);
    let close = (start..=stop).find(|&at| words.definite.has(&view.low[at]) && at > start);
    if !words.clitics.is_empty() {
        return close.is_some_and(|at| at < stop);
    }
    definite
        && (start + 1..=stop.min(start + 8)).any(|at| {
            words.indefinite.has(&view.low[at]) || view.upos(at) == Upos::Adj && view.upos(at - 1).is_nominal()
        })
}
