//! Who names a source of its own: "KCNA quoted Kim as saying C", "Reuters reported, citing two officials, that C".

use crate::content::{self, Clause};
use crate::find::{Draft, channel_of, draft, passive_by_tree, preposition, verb};
use crate::kind;
use crate::preposition;
use crate::rules::{Class, frame};
use crate::source;
use crate::view::{Hit, Input, Phrase, View};
use saksi_record::SourceKind;
use saksi_tree::Upos;

/// "KCNA quoted Kim as saying C", "Citing diplomats, Reuters said C". Returns the tokens used up, too.
pub(crate) fn cited(view: &View<'_>, input: &Input<'_>, hit: Hit, later: &[Hit]) -> (Vec<Draft>, usize) {
    let words = &input.rules.words;
    let saying = (hit.last + 1..view.len().saturating_sub(1)).take(14).find(|&at| {
        // "as saying", and any other word of the kind: "as accusing Seoul of it"
        let other =
            later.iter().any(|other| other.first == at + 1) && view.sentence.tokens[at + 1].is_active_participle();
        words
            .as_saying
            .iter()
            .filter_map(|pair| pair.split_once(' '))
            .any(|(one, two)| view.low[at] == one && (view.low[at + 1] == two || other))
    });
    if let Some(like) = saying {
        let passive = passive_by_tree(view, input, hit) || like == hit.last + 1;
        let outer = source::before(view, input, hit.first);
        let Some(outer) = outer else { return (Vec::new(), 0) };
        let inner = if passive { None } else { source::after(view, input, hit.last + 1, like - 1) };
        let said = Hit { first: like + 1, last: like + 1, ..hit };
        let clause = Clause { first: outer.first, last: like + 1, verb: like + 1 };
        // What is said is content of any kind that "say" takes.
        let say = later.iter().find(|other| other.first == like + 1).map_or(hit.cue, |other| other.cue);
        let content = content::of_verb(view, input, Hit { cue: say, ..said }, clause, false);
        let mut drafts = Vec::new();
        if passive {
            drafts.extend(draft(view, input, Hit { cue: say, ..said }, Some(outer), content));
        } else {
            drafts.extend(draft(view, input, hit, Some(outer), content.clone()));
            let mut inner_draft = draft(view, input, Hit { cue: say, ..said }, inner, content);
            if let Some(inner) = &mut inner_draft {
                inner.carrier = Some(0);
            }
            drafts.extend(inner_draft);
        }
        for made in &mut drafts {
            made.channel = channel_of(view, input, clause, &made.content);
        }
        return (drafts, like + 2);
    }
    // A participle at the edge: its object is the source of what the main clause says.
    let opens = hit.first == 0 || view.is_comma(hit.first - 1) || is_aside(view, input, hit);
    let Some(phrase) = opens.then(|| source::after(view, input, hit.last + 1, view.len() - 1)).flatten() else {
        return (Vec::new(), 0);
    };
    // "resigned, citing his health" names no source
    let named = input.entities.headed_by(view.at, phrase.head).is_some_and(|mention| mention.actor.is_some());
    let speaks = named || (phrase.first..=phrase.last).any(|at| words.kinds.contains_key(&view.low[at]));
    if !speaks {
        return (Vec::new(), 0);
    }
    let teller = teller(view, input, hit);
    let content = match &teller {
        Some(told) => told.content.clone(),
        None => preposition::content(view, input, Clause { first: hit.first, last: phrase.last, verb: hit.first }),
    };
    let mut made = draft(view, input, hit, Some(phrase), content);
    // What diplomats say from a note is their word; what a paper says from a note is the note's.
    let of_own = kind_of(view, input, phrase) == SourceKind::Document
        && teller.as_ref().and_then(|told| told.source).is_some_and(|source| !is_medium(kind_of(view, input, source)));
    if let Some(made) = made.as_mut().filter(|_| !of_own) {
        made.under = teller.and_then(|told| told.cue).map(|(first, _)| first);
    }
    (made.into_iter().collect(), 0)
}

/// "Mengutip dua pejabat, Reuters melaporkan C", where the word is a preposition: a medium that tells what others said carries
/// them. None where the word names the medium itself: "Mengutip Reuters, menteri mengatakan C".
pub(crate) fn before_teller(view: &View<'_>, input: &Input<'_>, hit: Hit) -> Option<Draft> {
    if !input.rules.cues[hit.cue].may(frame::CITE) || hit.clitic {
        return None;
    }
    let phrase = source::after(view, input, hit.last + 1, view.len() - 1)?;
    let told = teller(view, input, hit)?;
    let medium = |phrase| is_medium(kind_of(view, input, phrase));
    if !told.source.is_some_and(medium) || medium(phrase) {
        return None;
    }
    let mut made = draft(view, input, hit, Some(phrase), told.content)?;
    made.under = told.cue.map(|(first, _)| first);
    Some(made)
}

fn kind_of(view: &View<'_>, input: &Input<'_>, phrase: Phrase) -> SourceKind {
    kind::of(view, input, phrase, kind::actor(view, input, phrase))
}

/// Whether such a source carries what others say.
fn is_medium(kind: SourceKind) -> bool {
    matches!(kind, SourceKind::NewsAgency | SourceKind::Outlet | SourceKind::StateMedia | SourceKind::Document)
}

/// The attribution of who cites: in the tree above the word, or else nearest before or after it.
fn teller(view: &View<'_>, input: &Input<'_>, hit: Hit) -> Option<Draft> {
    let may = |other: &&Hit| {
        let cue = &input.rules.cues[other.cue];
        other.first != hit.first && !cue.may(frame::CITE) && matches!(cue.class, Class::Verb | Class::Preposition)
    };
    let above = view.sentence.tokens[hit.first].head.map(|head| head as usize);
    let near = view.hits.iter().filter(may).filter(|other| Some(other.first) == above);
    let before = view.hits.iter().rev().filter(may).filter(|other| other.first < hit.first);
    let after = view.hits.iter().filter(may).filter(|other| other.first > hit.first);
    near.chain(before).chain(after).find_map(|&other| match input.rules.cues[other.cue].class {
        Class::Preposition => preposition(view, input, other),
        _ => verb(view, input, other),
    })
}

/// Whether the word names a source beside what is told: a participle, a preposition, or a relative clause.
fn is_aside(view: &View<'_>, input: &Input<'_>, hit: Hit) -> bool {
    let cue = &input.rules.cues[hit.cue];
    if !cue.may(frame::CITE) {
        return false;
    }
    let relative = hit.first.checked_sub(1).is_some_and(|before| input.rules.words.relative.has(&view.low[before]));
    cue.class == Class::Preposition || relative || view.sentence.tokens[hit.first].is_active_participle()
}

/// The last token of an aside that begins at `at`: ", citing two officials", "which cited them", "yang mengutip mereka".
pub(crate) fn aside(view: &View<'_>, input: &Input<'_>, at: usize) -> Option<usize> {
    let words = &input.rules.words;
    let mut first = at;
    first += usize::from(first < view.len() && view.is_comma(first));
    first += usize::from(first < view.len() && words.relative.has(&view.low[first]));
    // "dengan mengutip", "while citing"
    let led = first < view.len() && matches!(view.upos(first), Upos::Adp | Upos::Sconj | Upos::Adv);
    let hit = view.hits.iter().find(|hit| hit.first == first || led && hit.first == first + 1)?;
    if at == 0 || !is_aside(view, input, *hit) {
        return None;
    }
    let phrase = source::after(view, input, hit.last + 1, view.len() - 1)?;
    // "citing two officials briefed on the matter, that"; without either it goes on to the end
    let closed =
        (phrase.last + 1..view.len()).find(|&next| view.low[next] == "," || words.complementisers.has(&view.low[next]));
    Some(closed.unwrap_or(view.len()) - 1)
}
