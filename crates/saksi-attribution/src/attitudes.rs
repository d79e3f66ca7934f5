//! Who wants, plans, knows, supports or decides what. The tree is read, and what stands right behind the word.

use crate::kind;
use crate::lexicon::{Entry, takes};
use crate::rules::{Class, Set};
use crate::settle::subject_before;
use crate::source;
use crate::types::{Holds, Said};
use crate::view::{Input, Phrase, View};
use saksi_record::{Attitude, Held, Source, SourceKind, Status};
use saksi_tree::{Span, Upos};

/// A cue with what it governs, on its way.
struct Found<'a> {
    entry: &'a Entry,
    /// First and last token of the cue, and the one that heads it.
    cue: (usize, usize),
    head: usize,
    source: Option<Phrase>,
    /// First and last tokens of each piece.
    content: Vec<(usize, usize)>,
}

/// The attitudes of an article, in text order: outside the cues of attributions, and none within another's content.
pub(crate) fn find(views: &[View<'_>], input: &Input<'_>, said: &[Said]) -> Vec<Holds> {
    let mut all = Vec::new();
    for view in views {
        let own: Vec<Span> = said
            .iter()
            .filter(|said| said.sentence as usize == view.at)
            .filter_map(|said| said.attribution.cue)
            .collect();
        let mut taken: Vec<(usize, usize)> = Vec::new();
        let mut at = 0;
        while at < view.len() {
            let inside = taken.iter().any(|&(first, last)| first <= at && at <= last);
            let cue = own.iter().any(|cue| cue.overlaps(view.sentence.tokens[at].span));
            let found = (!inside && !cue).then(|| at_token(view, input, at)).flatten();
            at += 1;
            let Some(found) = found else { continue };
            let Some(made) = made(view, input, said, &found) else { continue };
            at = at.max(found.cue.1 + 1);
            taken.extend(&found.content);
            taken.push(found.cue);
            all.push(made);
        }
    }
    all
}

fn at_token<'a>(view: &View<'_>, input: &Input<'a>, at: usize) -> Option<Found<'a>> {
    let token = &view.sentence.tokens[at];
    let upos = token.upos;
    if !matches!(upos, Upos::Verb | Upos::Noun | Upos::Adj | Upos::Aux) || view.in_speech(at, input) {
        return None;
    }
    let lemma = token.lemma.to_lowercase();
    let fits = |entry: &&Entry| match entry.class {
        Class::Verb => upos == Upos::Verb && !matches!(token.relation(), "amod" | "compound" | "case" | "mark"),
        Class::Noun => upos == Upos::Noun && token.relation() != "compound",
        Class::Adjective => upos == Upos::Adj || upos == Upos::Verb && token.relation() != "amod",
        Class::Preposition => false,
    };
    let mut entries: Vec<&Entry> = input.rules.attitudes.beginning(&view.low[at], &lemma).filter(fits).collect();
    let next = view.low.get(at + 1);
    let led = |entry: &Entry| next.is_some_and(|next| entry.prepositions.contains(next));
    entries.sort_by_key(|entry| (std::cmp::Reverse(entry.rest.len()), !led(entry), entry.cue));
    entries.into_iter().find_map(|entry| {
        let last = view.rest_ends(at, &entry.rest)?;
        match entry.class {
            Class::Verb => verb(view, input, entry, at, last),
            Class::Noun => noun(view, input, entry, at, last),
            _ => adjective(view, input, entry, at, last),
        }
    })
}

/// What follows a word in one of the ways its entry allows: the last token of the cue, and the content.
fn complement(
    view: &View<'_>,
    input: &Input<'_>,
    entry: &Entry,
    head: usize,
    last: usize,
) -> Option<(usize, (usize, usize))> {
    let words = &input.rules.words;
    let sentence = view.sentence;
    let right = |child: &usize| *child > last;
    let mut next = last + 1;
    while next < view.len()
        && view.upos(next) == Upos::Adv
        && !entry.prepositions.contains(&view.low[next])
        && !words.proforms.has(&view.low[next])
    {
        next += 1;
    }
    let low = view.low.get(next)?.as_str();
    let made = |cue: usize, first: usize, top: usize| {
        let end = reach(view, input, entry, head, first, top);
        (first <= end).then_some((cue, (first, end)))
    };
    // The preposition right behind the word needs no tree.
    if entry.prepositions.iter().any(|preposition| preposition == low)
        && next + 1 < view.len()
        && !view.is_punct(next + 1)
    {
        let top = sentence.tokens[next].head.map_or(next + 1, |up| up as usize);
        let top = if top > next { top } else { next + 1 };
        return made(next, next + 1, top);
    }
    // "said so", "did not say when"
    let ends = view.low.get(next + 1).is_none_or(|_| view.is_punct(next + 1) || view.upos(next + 1) == Upos::Adp);
    if entry.may(takes::CLAUSE) && words.proforms.has(low) && ends {
        return Some((next - 1, (next, next)));
    }
    if entry.may(takes::OBJ)
        && let Some(object) = sentence.with(head, "obj").find(right)
    {
        let first = sentence.subtree(object).into_iter().find(|at| *at > last)?;
        return made(last, first, object);
    }
    if entry.may(takes::INF) {
        let child = sentence
            .with(head, "xcomp")
            .chain(sentence.with(head, "ccomp"))
            .chain(sentence.with(head, "advcl"))
            .chain(sentence.with(head, "acl"))
            .find(|&child| {
                child > last
                    && (words.infinitive.has(low) || sentence.tokens[child].relation() == "xcomp" || child == next)
            });
        if let Some(child) = child {
            let first = sentence.subtree(child).into_iter().find(|at| *at > last)?;
            return made(last, first.min(child), child);
        }
        if words.infinitive.has(low) && view.low.get(next + 1).is_some() {
            let top = sentence.tokens[next].head.map_or(next + 1, |up| up as usize).max(next + 1);
            return made(last, next, top);
        }
    }
    if entry.may(takes::CLAUSE) {
        let clause = sentence.with(head, "ccomp").chain(sentence.with(head, "acl")).find(|&child| {
            child > last
                && (sentence.tokens[child].relation() == "ccomp"
                    || words.complementisers.has(low)
                    || words.near_complementisers.has(low))
        });
        if let Some(clause) = clause {
            let first = sentence.subtree(clause).into_iter().find(|at| *at > last)?;
            return made(last, first, clause);
        }
        if (words.complementisers.has(low) || words.near_complementisers.has(low)) && next + 1 < view.len() {
            let top = sentence.tokens[next].head.map_or(next + 1, |up| up as usize).max(next + 1);
            return made(last, next, top);
        }
    }
    // Further off: "a word of support from him for the plan", "talks with anyone about it".
    let (case, child) = sentence.children(head).filter(right).find_map(|child| {
        let mut marks = sentence.with(child, "case").chain(sentence.with(child, "mark"));
        let case = marks.find(|&mark| mark > last && entry.prepositions.contains(&view.low[mark]))?;
        Some((case, child))
    })?;
    let cue = if case == last + 1 { case } else { last };
    made(cue, (case + 1).min(child), child)
}

/// Where content that begins at `first` and is headed by `top` ends: with its subtree and what completes it.
fn reach(view: &View<'_>, input: &Input<'_>, entry: &Entry, head: usize, first: usize, top: usize) -> usize {
    let words = &input.rules.words;
    let sentence = view.sentence;
    let mut end = sentence
        .subtree_without(top, |child| {
            let relation = sentence.tokens[child].relation();
            let clause = relation == "conj" && child != top && sentence.with(child, "nsubj").next().is_some();
            // "on Monday" says when, though the tree hangs it on the noun.
            let when = words.source_ends.has(&view.low[child]) && matches!(relation, "nmod" | "obl") && child > top;
            child < first || relation == "parataxis" || clause || when
        })
        .into_iter()
        .max()
        .unwrap_or(top)
        .max(first);
    for child in sentence.children(head).filter(|&child| child > top) {
        let opens = sentence.with(child, "case").chain(sentence.with(child, "mark")).next();
        let completes = match sentence.tokens[child].relation() {
            "obj" | "iobj" | "xcomp" | "ccomp" => true,
            "obl" | "advcl" | "nmod" if words.source_ends.has(&view.low[child]) => false,
            "obl" | "advcl" | "nmod" => opens.is_some_and(|mark| {
                let low = &view.low[mark];
                entry.prepositions.contains(low) || words.on.has(low) || words.like.has(low) || words.of.has(low)
            }),
            _ => false,
        };
        if !completes || end + 1 < child && view.is_comma(end + 1) {
            break;
        }
        end = sentence.subtree(child).into_iter().max().unwrap_or(end).max(end);
    }
    let end = end.min(view.len() - 1);
    let stop = (first..=end).find(|&at| at > first && view.low[at] == ";");
    let mut end = stop.map_or(end, |stop| stop - 1);
    while end > first && view.is_punct(end) && view.quote[end].is_none() {
        end -= 1;
    }
    end
}

/// The verb with its auxiliaries, negation and adverbs, as far as they stand together.
fn group(view: &View<'_>, input: &Input<'_>, at: usize) -> usize {
    let words = &input.rules.words;
    let mut first = at;
    while let Some(before) = first.checked_sub(1) {
        let low = view.low[before].as_str();
        let inside = view.upos(before) == Upos::Aux || words.negators.has(low) || words.be.has(low);
        let adverb = view.upos(before) == Upos::Adv && view.sentence.below(before, at);
        if !inside && !adverb {
            break;
        }
        first = before;
    }
    first
}

/// Whether a set has the token's form or lemma.
fn listed(view: &View<'_>, set: &Set, at: usize) -> bool {
    set.has(&view.low[at]) || set.has(&view.sentence.tokens[at].lemma.to_lowercase())
}

fn passive(view: &View<'_>, input: &Input<'_>, at: usize) -> bool {
    let sentence = view.sentence;
    let token = &sentence.tokens[at];
    let marked = sentence
        .children(at)
        .any(|child| matches!(sentence.tokens[child].deprel.as_str(), "nsubj:pass" | "aux:pass" | "csubj:pass"));
    let prefix = &input.rules.words.passive_prefix;
    marked
        || token.feat("Voice") == Some("Pass")
        || !prefix.is_empty() && view.low[at].starts_with(prefix.as_str()) && token.feat("Voice") != Some("Act")
        || token.deprel == "acl" && token.feat("VerbForm") == Some("Part") && token.feat("Tense") == Some("Past")
}

fn verb<'a>(view: &View<'_>, input: &Input<'_>, entry: &'a Entry, at: usize, last: usize) -> Option<Found<'a>> {
    let words = &input.rules.words;
    let sentence = view.sentence;
    let first = group(view, input, at);
    let found = |cue: usize, source: Option<Phrase>, content: Vec<(usize, usize)>| {
        (!content.is_empty()).then_some(Found { entry, cue: (first, cue), head: at, source, content })
    };
    let follows = complement(view, input, entry, at, last);
    let piece = |child: usize| {
        let phrase = source::phrase(view, input, child, 0, view.len() - 1)?;
        (!words.expletives.has(&view.low[child])).then_some((phrase.first, phrase.last))
    };
    let token = &sentence.tokens[at];
    if entry.may(takes::MOVES) {
        return moved(view, input, entry, at, (first, last));
    }
    // "voiced support for it", "feels sorry for them": the noun or adjective says more.
    let says_more = |child: usize, class: Class| {
        let lemma = sentence.tokens[child].lemma.to_lowercase();
        input.rules.attitudes.beginning(&view.low[child], &lemma).any(|entry| entry.class == class)
            && (child + 1..view.len().min(child + 3))
                .any(|next| view.upos(next) == Upos::Adp || words.infinitive.has(&view.low[next]))
    };
    if listed(view, &words.lending, at)
        && sentence.with(at, "obj").any(|child| child > at && says_more(child, Class::Noun))
        || listed(view, &words.feeling, at)
            && sentence.with(at, "xcomp").any(|child| child > at && says_more(child, Class::Adjective))
    {
        return None;
    }
    if entry.may(takes::SEEMS) {
        let subject = sentence.with(at, "nsubj").find(|&own| own < at).and_then(piece);
        let (cue, rest) = follows?;
        return found(cue, None, subject.into_iter().chain([rest]).collect());
    }
    // "a paper focused on crime": with its preposition a participle behind a noun is no passive.
    let behind = follows.is_some_and(|(cue, _)| cue > last)
        && !sentence.children(at).any(|child| sentence.tokens[child].deprel == "aux:pass");
    if passive(view, input, at) && !behind {
        if !entry.may(takes::OBJ | takes::INF | takes::CLAUSE) && follows.is_none() {
            return None;
        }
        let agent = sentence
            .with(at, "obl")
            .find(|&child| sentence.with(child, "case").any(|case| words.by.has(&view.low[case])))
            .and_then(|child| source::phrase(view, input, child, at + 1, view.len() - 1))
            .map(|phrase| Phrase { first: phrase.first + usize::from(words.by.has(&view.low[phrase.first])), ..phrase })
            .filter(|phrase| phrase.first <= phrase.last)
            .or_else(|| {
                let by = (last + 1..view.len().min(last + 9)).find(|&by| words.by.has(&view.low[by]))?;
                let near = (last + 1..by).all(|gap| !view.is_punct(gap));
                near.then(|| source::after(view, input, by + 1, view.len() - 1)).flatten()
            });
        let subject = sentence.with(at, "nsubj").next().and_then(piece);
        let shared = || {
            let up = token
                .head
                .map(|up| up as usize)
                .filter(|&up| token.relation() == "conj" && view.upos(up) == Upos::Verb)?;
            sentence.with(up, "nsubj").next().and_then(piece)
        };
        let noun = || token.head.map(|up| up as usize).filter(|_| token.relation() == "acl").and_then(piece);
        let subject = subject.or_else(shared).or_else(noun);
        let (cue, rest) = match follows {
            Some((cue, rest)) if agent.is_none_or(|agent| rest.1 < agent.first || rest.0 > agent.last) => {
                (cue, Some(rest))
            }
            _ => (last, None),
        };
        if rest.is_none() && !entry.may(takes::OBJ) {
            return None;
        }
        return found(cue, agent, subject.into_iter().chain(rest).collect());
    }
    let source = holder(view, input, at, first);
    if source.is_none() && !entry.may(takes::ANYONE) {
        return None;
    }
    if let Some((cue, rest)) = follows {
        return found(cue, source, vec![rest]);
    }
    // "the deal which he opposed", "the man they support": what it is about stands before.
    if token.deprel == "acl:relcl" && entry.may(takes::OBJ) {
        let relative = sentence.with(at, "obj").find(|&child| child < at).map(|child| (child, child));
        let antecedent = || {
            let up = token.head? as usize;
            let own = sentence.with(at, "nsubj").next()?;
            (!words.relative.has(&view.low[own])).then_some(())?;
            source::phrase(view, input, up, 0, first.checked_sub(1)?).map(|phrase| (phrase.first, phrase.last))
        };
        return found(last, source, relative.or_else(antecedent).into_iter().collect());
    }
    if entry.may(takes::OBJ)
        && let Some(child) = sentence.with(at, "obj").find(|&child| child < at)
    {
        return found(last, source, piece(child).into_iter().collect());
    }
    entry.may(takes::BARE).then(|| Found { entry, cue: (first, last), head: at, source, content: Vec::new() })
}

/// "The verdict shocked the family", "The family was shocked by it".
fn moved<'a>(
    view: &View<'_>,
    input: &Input<'_>,
    entry: &'a Entry,
    at: usize,
    cue: (usize, usize),
) -> Option<Found<'a>> {
    let words = &input.rules.words;
    let sentence = view.sentence;
    let subject = sentence
        .with(at, "nsubj")
        .find(|&child| child < at && !words.expletives.has(&view.low[child]))
        .and_then(|child| source::phrase(view, input, child, 0, cue.0.checked_sub(1)?));
    if passive(view, input, at) {
        let by = cue.1 + 1;
        let led = view.low.get(by).is_some_and(|low| words.by.has(low));
        let cause = led.then(|| source::after(view, input, by + 1, view.len() - 1)).flatten()?;
        return Some(Found {
            entry,
            cue: (cue.0, by),
            head: at,
            source: Some(subject?),
            content: vec![(cause.first, cause.last)],
        });
    }
    let object = sentence
        .with(at, "obj")
        .find(|&child| child > at)
        .and_then(|child| source::phrase(view, input, child, at + 1, view.len() - 1))?;
    let subject = subject?;
    Some(Found { entry, cue, head: at, source: Some(object), content: vec![(subject.first, subject.last)] })
}

/// Whose attitude a verb or adjective puts: its subject, or the relative pronoun that is.
fn holder(view: &View<'_>, input: &Input<'_>, at: usize, first: usize) -> Option<Phrase> {
    let words = &input.rules.words;
    let sentence = view.sentence;
    let own = sentence.with(at, "nsubj").find(|&own| own < at);
    if let Some(own) = own
        && words.relative.has(&view.low[own])
    {
        return Some(Phrase { first: own, last: own, head: own });
    }
    let expletive = |phrase: &Phrase| words.expletives.has(&view.low[phrase.head]) && own.is_none();
    let subject = |head: usize| source::phrase(view, input, head, 0, first.checked_sub(1)?);
    let token = &sentence.tokens[at];
    // "a proposal to ban it": what an infinitive belongs to does not hold it.
    let infinitive = first.checked_sub(1).is_some_and(|before| words.infinitive.has(&view.low[before]));
    if own.is_none() && token.relation() == "acl" && infinitive {
        return None;
    }
    let shared = matches!(token.relation(), "xcomp" | "conj" | "advcl") && own.is_none();
    let shared = shared.then(|| source::subject(view, input, at, 0)).flatten();
    own.or(shared)
        .and_then(subject)
        .or_else(|| source::before(view, input, at))
        .or_else(|| source::of_root(view, input, first).filter(|_| sentence.tokens[at].relation() == "advcl"))
        .filter(|phrase| phrase.last < first && !expletive(phrase))
        // "It is easy to praise it"
        .filter(|phrase| phrase.first < phrase.last || view.upos(phrase.head) != Upos::Adj)
}

fn noun<'a>(view: &View<'_>, input: &Input<'_>, entry: &'a Entry, at: usize, last: usize) -> Option<Found<'a>> {
    let words = &input.rules.words;
    let sentence = view.sentence;
    let up = sentence.tokens[at].head.map(|up| up as usize);
    let object = up.filter(|&up| up < at && sentence.tokens[at].relation() == "obj");
    if let Some(found) = object.and_then(|verb| drawn(view, input, entry, (at, last), verb)) {
        return Some(found);
    }
    let (mut cue, rest) = complement(view, input, entry, at, last)?;
    let mut first = at;
    while first > 0 && (view.upos(first - 1) == Upos::Adj || view.upos(first - 1) == Upos::Adv) {
        first -= 1;
    }
    let possessive = sentence
        .with(at, "nmod:poss")
        .find(|&child| child < at)
        .and_then(|child| source::phrase(view, input, child, 0, first.checked_sub(1)?))
        .map(|phrase| {
            let mark = words.possessive.has(&view.low[phrase.last]) && phrase.last > phrase.first;
            Phrase { last: phrase.last - usize::from(mark), ..phrase }
        });
    let named = || {
        let child = sentence.with(at, "nmod").find(|&child| {
            sentence.with(child, "case").any(|case| words.holders.has(&view.low[case]))
                && !(rest.0..=rest.1).contains(&child)
        })?;
        giver(view, input, child, last + 1)
    };
    // "the Obama calls for calm"
    let prefixed = || {
        let named = |&child: &usize| child < at && view.upos(child) == Upos::Propn;
        let child = sentence.with(at, "compound").find(named)?;
        source::phrase(view, input, child, 0, first.checked_sub(1)?)
    };
    // "She is a critic of the bank"
    let predicate = || {
        sentence.with(at, "cop").next()?;
        let from = group(view, input, first);
        holder(view, input, at, from.min(sentence.with(at, "cop").next()?))
    };
    let mut source = possessive.or_else(named).or_else(prefixed).or_else(predicate);
    // "voiced support for it": the verb lends its subject.
    if source.is_none()
        || possessive.is_some_and(|own| words.pronouns.has(&view.low[own.first]) || own.first == own.last)
    {
        // "came out in support of it": the noun behind a preposition that makes a manner of it.
        let manner = first > 0 && words.manner.has(&view.low[first - 1]) && sentence.tokens[at].relation() == "obl";
        let lent = up.filter(|&up| {
            up < at && (manner || sentence.tokens[at].relation() == "obj" && listed(view, &words.lending, up))
        });
        if let Some(light) = lent {
            let from = group(view, input, light);
            if let Some(subject) = holder(view, input, light, from) {
                source = Some(subject);
                first = from;
            }
        }
    }
    if source.is_none() && !entry.may(takes::ANYONE) {
        return None;
    }
    cue = cue.max(last);
    if let Some(source) = source
        && source.first > first
        && source.first <= cue
    {
        cue = last;
    }
    Some(Found { entry, cue: (first, cue), head: at, source, content: vec![rest] })
}

/// "The plan drew criticism from the union", "She has the support of the guild": what the noun is about is the subject.
fn drawn<'a>(
    view: &View<'_>,
    input: &Input<'_>,
    entry: &'a Entry,
    noun: (usize, usize),
    verb: usize,
) -> Option<Found<'a>> {
    let words = &input.rules.words;
    let sentence = view.sentence;
    let (at, last) = noun;
    let given = sentence
        .with(at, "nmod")
        .chain(sentence.with(verb, "obl"))
        .find(|&child| child > last && sentence.with(child, "case").any(|case| words.holders.has(&view.low[case])));
    let side = matches!(entry.attitude, Attitude::Supports | Attitude::Opposes);
    let held = side && listed(view, &words.having, verb) && given.is_some();
    if !listed(view, &words.drawing, verb) && !held {
        return None;
    }
    let from = group(view, input, verb);
    let subject = holder(view, input, verb, from)?;
    let source = given.and_then(|child| giver(view, input, child, last + 1));
    Some(Found { entry, cue: (from, last), head: at, source, content: vec![(subject.first, subject.last)] })
}

/// The noun phrase behind the preposition that names whose a noun is.
fn giver(view: &View<'_>, input: &Input<'_>, head: usize, lo: usize) -> Option<Phrase> {
    source::phrase(view, input, head, lo, view.len() - 1)
        .map(|phrase| Phrase { first: phrase.first + usize::from(view.upos(phrase.first) == Upos::Adp), ..phrase })
        .filter(|phrase| phrase.first <= phrase.last)
}

fn adjective<'a>(view: &View<'_>, input: &Input<'_>, entry: &'a Entry, at: usize, last: usize) -> Option<Found<'a>> {
    let words = &input.rules.words;
    let sentence = view.sentence;
    let (cue, rest) = complement(view, input, entry, at, last)?;
    let token = &sentence.tokens[at];
    let up = token.head.map(|up| up as usize);
    let first = group(view, input, at);
    // "voters wary of change", "he felt sorry for them"
    let source = match (token.relation(), up) {
        ("amod" | "acl", Some(up)) if up < at => {
            source::phrase(view, input, up, 0, first.checked_sub(1)?).filter(|phrase| phrase.last < first)
        }
        ("amod", _) => return None,
        ("xcomp", Some(up)) if listed(view, &words.feeling, up) => {
            let from = group(view, input, up);
            let source = holder(view, input, up, from)?;
            return Some(Found { entry, cue: (from, cue), head: at, source: Some(source), content: vec![rest] });
        }
        _ => holder(view, input, at, first),
    };
    let source = source.filter(|phrase| !words.expletives.has(&view.low[phrase.head]));
    source.is_some().then_some(Found { entry, cue: (first, cue), head: at, source, content: vec![rest] })
}

fn made(view: &View<'_>, input: &Input<'_>, said: &[Said], found: &Found<'_>) -> Option<Holds> {
    let words = &input.rules.words;
    let tokens = &view.sentence.tokens;
    let cue = Span::new(tokens[found.cue.0].span.start, tokens[found.cue.1].span.end);
    let content: Vec<Span> = found.content.iter().filter_map(|&(first, last)| view.span(first, last)).collect();
    if content.is_empty() && !found.entry.may(takes::BARE) {
        return None;
    }
    let phrase = found.source;
    let span = phrase.and_then(|phrase| view.span(phrase.first, phrase.last));
    let mut actor = phrase.and_then(|phrase| {
        let relative =
            words.relative.has(&view.low[phrase.head]).then(|| source::subject(view, input, found.head, 0)).flatten();
        let whose = relative.and_then(|head| source::phrase(view, input, head, 0, view.len() - 1)).unwrap_or(phrase);
        kind::actor(view, input, whose)
    });
    let pronoun =
        phrase.is_some_and(|phrase| phrase.first == phrase.last && words.pronouns.has(&view.low[phrase.first]));
    if pronoun && actor.is_none() {
        let near = |before: &&Said| before.sentence as usize <= view.at && view.at - before.sentence as usize <= 6;
        actor = said.iter().rev().find(near).and_then(|before| before.actor).or_else(|| subject_before(view.at, input));
    }
    let own = (found.cue.0..=found.cue.1).chain(found.cue.0.saturating_sub(2)..found.cue.0);
    let mut group = own.filter(|&at| view.sentence.below(at, found.head));
    let negated = group.clone().any(|at| words.negators.has(&view.low[at]));
    let status = if negated {
        Status::Negated
    } else if group.any(|at| words.perhaps.has(&view.low[at])) {
        Status::Hypothetical
    } else {
        Status::Actual
    };
    let inner = |said: &&Said| {
        let content = &said.attribution.content;
        content.iter().any(|span| span.contains(cue))
    };
    let via = (0..said.len())
        .filter(|&index| inner(&&said[index]))
        .min_by_key(|&index| said[index].attribution.content.iter().map(|span| span.len()).sum::<u32>());
    Some(Holds {
        held: Held {
            id: String::new(),
            source: Source {
                start: span.map(|span| span.start),
                end: span.map(|span| span.end),
                actor: None,
                kind: phrase.map_or(SourceKind::Unknown, |phrase| kind::of(view, input, phrase, actor)),
            },
            cue,
            content,
            attitude: found.entry.attitude,
            status,
            via: None,
            why: vec![found.entry.why.clone()],
        },
        actor,
        via: via.map(|via| via as u32),
    })
}
