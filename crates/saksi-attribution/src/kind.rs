use crate::rules::Set;
use crate::view::{Input, Phrase, View};
use saksi_record::{ActorKind, Channel, SourceKind};
use saksi_tree::{NameKind, Span, Upos};

/// The actor that a source phrase names, if any: the mention of its head, else the widest inside.
pub(crate) fn actor(view: &View<'_>, input: &Input<'_>, phrase: Phrase) -> Option<u32> {
    let inside = |first: u32, last: u32| first as usize <= phrase.last && last as usize >= phrase.first;
    let mentions = input.entities.in_sentence(view.at);
    mentions
        .iter()
        .filter(|mention| mention.actor.is_some() && inside(mention.first, mention.last))
        .max_by_key(|mention| {
            let heads = mention.head as usize == phrase.head
                || mention.first as usize <= phrase.head && phrase.head <= mention.last as usize;
            (heads, mention.last - mention.first, std::cmp::Reverse(mention.first))
        })
        .filter(|mention| mention.head as usize >= phrase.first && mention.head as usize <= phrase.last)
        .and_then(|mention| mention.actor)
}

/// What kind of source a phrase is, by its words and its actor.
///
/// Words go before what is known of the actor: a general who heads a relief agency speaks as an official in one article and
/// as an officer in another.
pub(crate) fn of(view: &View<'_>, input: &Input<'_>, phrase: Phrase, actor: Option<u32>) -> SourceKind {
    let words = &input.rules.words;
    let kinds = &words.kinds;
    let head = view.low[phrase.head].as_str();
    let inside = phrase.first..=phrase.last;
    let named =
        inside.clone().any(|at| view.sentence.tokens[at].name.is_some_and(|name| name.kind == NameKind::Person));
    if kinds.get(head) == Some(&SourceKind::Document) && !named {
        return SourceKind::Document;
    }
    let known = actor.and_then(|actor| of_actor(input, actor));
    let is_name = view.sentence.tokens[phrase.head].name.is_some_and(|name| name.kind == NameKind::Person);
    let somebody = matches!(known, None | Some(SourceKind::Person | SourceKind::Anonymous | SourceKind::Witness));
    if !is_name && somebody && unnamed(view, input, phrase) {
        return SourceKind::Anonymous;
    }
    let pair = |at: usize| (at < phrase.last).then(|| format!("{} {}", view.low[at], view.low[at + 1]));
    let single = |at: usize| kinds.get(view.low[at].as_str()).copied().filter(|_| view.upos(at) != Upos::Adp);
    let holds = |kind: SourceKind| {
        inside
            .clone()
            .any(|at| single(at) == Some(kind) || pair(at).is_some_and(|pair| kinds.get(pair.as_str()) == Some(&kind)))
    };
    if holds(SourceKind::StateMedia) && !named {
        return SourceKind::StateMedia;
    }
    let speaks = inside
        .clone()
        .any(|at| words.spokes.has(&view.low[at]) || pair(at).is_some_and(|pair| words.spokes.has(&pair)));
    let body = of_body(view, input, phrase, actor);
    if speaks {
        // Who speaks for a body speaks as the body.
        let by_words = BODIES.into_iter().find(|&kind| holds(kind));
        if let Some(kind) = by_words.or(body).or(known.filter(|kind| BODIES.contains(kind))) {
            return kind;
        }
    }
    let office = matches!(known, Some(SourceKind::Government | SourceKind::Military)) || holds(SourceKind::Government);
    if named && body == Some(SourceKind::Organization) && !office {
        return SourceKind::Organization;
    }
    // "the Tass news agency": what its name says of it, its noun does not
    if known == Some(SourceKind::NewsAgency)
        && bodies(view, input, phrase, actor).any(|kind| kind == SourceKind::StateMedia)
    {
        return SourceKind::StateMedia;
    }
    if let Some(kind) = known {
        return settled(view, input, phrase, kind, named);
    }
    let listed = inside.clone().find_map(|at| pair(at).and_then(|pair| kinds.get(pair.as_str()).copied()));
    if let Some(kind) = listed {
        return kind;
    }
    let by_head = kinds.get(head).copied().filter(|kind| !(named && matches!(kind, SourceKind::Anonymous)));
    let by_any = || {
        inside.clone().rev().find_map(|at| {
            single(at).filter(|kind| {
                !matches!(kind, SourceKind::Anonymous | SourceKind::Document) || !named && at == phrase.head
            })
        })
    };
    if let Some(kind) = by_head.or_else(by_any) {
        return if kind == SourceKind::Anonymous { settled(view, input, phrase, kind, named) } else { kind };
    }
    let name = view.sentence.tokens[phrase.head].name.map(|name| name.kind);
    match name {
        Some(NameKind::Person) => SourceKind::Person,
        Some(NameKind::Organization) => SourceKind::Organization,
        Some(NameKind::Location) => SourceKind::Government,
        _ if named => SourceKind::Person,
        _ => SourceKind::Unknown,
    }
}

/// What bodies are that speak through persons; where a phrase names several, the first counts: the police chief may be a
/// general, and the army's ministry is a ministry.
const BODIES: [SourceKind; 4] =
    [SourceKind::Official, SourceKind::Government, SourceKind::Military, SourceKind::Organization];

/// The kind that the words of a phrase leave of what is known of its actor.
fn settled(view: &View<'_>, input: &Input<'_>, phrase: Phrase, known: SourceKind, named: bool) -> SourceKind {
    let words = &input.rules.words;
    let word =
        |kind: SourceKind| (phrase.first..=phrase.last).any(|at| words.kinds.get(view.low[at].as_str()) == Some(&kind));
    let any = |set: &Set| (phrase.first..=phrase.last).any(|at| set.has(&view.low[at]));
    match known {
        SourceKind::Military if any(&words.police) => SourceKind::Official,
        SourceKind::Military if word(SourceKind::Government) => SourceKind::Government,
        SourceKind::Person if word(SourceKind::Witness) => SourceKind::Witness,
        SourceKind::Person if word(SourceKind::Expert) => SourceKind::Expert,
        SourceKind::Anonymous => {
            let by_word = [SourceKind::Military, SourceKind::Official, SourceKind::Government]
                .into_iter()
                .find(|&kind| word(kind));
            let vague = words.indefinite.has(&view.low[phrase.first])
                || view.upos(phrase.first) == Upos::Num
                || any(&words.vague);
            match by_word {
                // "prosecutors", "Lt. X of the city's police"
                Some(kind) if named || !vague => kind,
                // "European leaders" speak for their states, "senior government officials" do not
                Some(SourceKind::Government) if words.kinds.get(view.low[phrase.head].as_str()) == by_word.as_ref() => {
                    SourceKind::Government
                }
                // "hospital officials" speak for the hospital, "two officials" for nobody
                _ if named => SourceKind::Official,
                None if !vague && words.officials.has(&view.low[phrase.head]) => SourceKind::Official,
                _ => SourceKind::Anonymous,
            }
        }
        kind => kind,
    }
}

/// Whether no word of a phrase says what its source is.
pub(crate) fn is_bare(view: &View<'_>, input: &Input<'_>, phrase: Phrase) -> bool {
    let words = &input.rules.words;
    (phrase.first..=phrase.last)
        .all(|at| !words.kinds.contains_key(view.low[at].as_str()) && !words.spokes.has(&view.low[at]))
}

/// The kind of the body that the phrase names beside its own actor: "Kremlin spokesman X", "the head of M23", "its
/// chairman".
fn of_body(view: &View<'_>, input: &Input<'_>, phrase: Phrase, actor: Option<u32>) -> Option<SourceKind> {
    bodies(view, input, phrase, actor).find(|kind| BODIES.contains(kind))
}

/// The kinds of all whom the phrase names beside its own actor.
fn bodies<'v>(
    view: &'v View<'_>,
    input: &'v Input<'_>,
    phrase: Phrase,
    actor: Option<u32>,
) -> impl Iterator<Item = SourceKind> + 'v {
    input
        .entities
        .in_sentence(view.at)
        .iter()
        .filter(move |mention| phrase.first <= mention.first as usize && mention.last as usize <= phrase.last)
        .filter(move |mention| mention.head as usize != phrase.head && mention.actor != actor)
        .filter_map(|mention| mention.actor.and_then(|body| of_actor(input, body)))
}

/// Whether somebody is kept from being named: in the phrase, right behind it ("said on condition of anonymity"), or in a
/// clause about it ("who asked not to be named"), but not in what it says of others.
fn unnamed(view: &View<'_>, input: &Input<'_>, phrase: Phrase) -> bool {
    let words = &input.rules.words;
    let end = (phrase.last + REACH).min(view.len().saturating_sub(1));
    let next = (phrase.last + 1..=end).find(|&at| !view.is_punct(at));
    let about = next.is_some_and(|next| {
        words.relative.has(&view.low[next])
            || view.is_verbal(next) && matches!(view.sentence.tokens[next].feat("VerbForm"), Some("Part" | "Ger"))
    });
    let last = if about { end } else { phrase.last };
    let is = |words: &Set, at: usize| words.has(&view.low[at]) && view.quote[at].is_none();
    (phrase.first..=end).any(|at| is(&words.unnamed, at))
        || (phrase.first..last)
            .any(|at| view.quote[at].is_none() && words.unnamed.has(&format!("{} {}", view.low[at], view.low[at + 1])))
}

/// Words behind a source in which it may say that it is not named.
const REACH: usize = 12;

/// What kind of source an actor is.
pub(crate) fn of_actor(input: &Input<'_>, actor: u32) -> Option<SourceKind> {
    let known = input.entities.actors.get(actor as usize)?;
    let by_sector = match (known.kind, known.sector.as_deref()) {
        (ActorKind::State, _) | (_, Some("GOV" | "LEG")) => Some(SourceKind::Government),
        (_, Some("MIL")) => Some(SourceKind::Military),
        (_, Some("COP" | "JUD")) => Some(SourceKind::Official),
        (_, Some("NGO" | "IGO" | "REB" | "PTY" | "OPP" | "UAF")) => Some(SourceKind::Organization),
        _ => None,
    };
    let found = input.entities.facts.get(actor as usize).and_then(|facts| facts.source_kind);
    match found {
        // somebody of whom no more was known when the name was met
        Some(SourceKind::Person) => by_sector.or(found),
        found => found.or(by_sector),
    }
}

/// The medium named between two tokens: "in a statement", "on X", "kepada NBC News".
pub(crate) fn channel(view: &View<'_>, input: &Input<'_>, first: usize, last: usize) -> Option<Channel> {
    let words = &input.rules.words;
    let last = last.min(view.len().checked_sub(1)?);
    let made = |from: usize, to: usize| {
        let tokens = &view.sentence.tokens;
        let span = Span::new(tokens[from].span.start, tokens[to].span.end);
        Some(Channel { start: span.start, end: span.end, name: input.text.slice(span).to_owned() })
    };
    for at in first..=last {
        if !words.channel_prepositions.has(&view.low[at]) {
            continue;
        }
        let reach = (at + 6).min(last);
        for to in at + 1..=reach {
            if view.is_punct(to) || view.is_verbal(to) || to > at + 1 && words.channel_prepositions.has(&view.low[to]) {
                break;
            }
            if words.channel_nouns.has(&view.low[to]) {
                let from = if words.articles.has(&view.low[at + 1]) { at + 2 } else { at + 1 };
                let mut end = to;
                // "akun X", "konferensi pers": what belongs to the noun.
                while end < last
                    && end < to + 2
                    && (words.platforms.has(&view.low[end + 1])
                        || matches!(view.sentence.tokens[end + 1].relation(), "compound" | "flat" | "amod" | "nmod")
                            && view.upos(end + 1) != Upos::Propn)
                {
                    end += 1;
                }
                return made(from.min(to), end);
            }
            let two = (to < last).then(|| format!("{} {}", view.low[to], view.low[to + 1]));
            if two.is_some_and(|two| words.platforms.has(&two)) {
                return made(to, to + 1);
            }
            if words.platforms.has(&view.low[to])
                && (view.upos(to) == Upos::Propn
                    || view.sentence.tokens[to].form.chars().next().is_some_and(char::is_uppercase))
            {
                return made(to, to);
            }
            let mention = input.entities.covering(view.at, to);
            if let Some(mention) = mention
                && mention
                    .actor
                    .is_some_and(|actor| input.entities.facts.get(actor as usize).is_some_and(|facts| facts.medium))
                && mention.last as usize <= last
            {
                return made(mention.first as usize, mention.last as usize);
            }
        }
    }
    None
}
