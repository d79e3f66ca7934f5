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
pub(crate) fn of(view: &View<'_>, input: &Input<'_>, phrase: Phrase, actor: Option<u32>) -> SourceKind {
    let words = &input.rules.words;
    let kinds = &words.kinds;
    let head = view.low[phrase.head].as_str();
    let named = (phrase.first..=phrase.last)
        .any(|at| view.sentence.tokens[at].name.is_some_and(|name| name.kind == NameKind::Person));
    if kinds.get(head) == Some(&SourceKind::Document) && !named {
        return SourceKind::Document;
    }
    if let Some(kind) = actor.and_then(|actor| of_actor(input, actor)) {
        return kind;
    }
    let pair = |at: usize| (at < phrase.last).then(|| format!("{} {}", view.low[at], view.low[at + 1]));
    let listed =
        (phrase.first..=phrase.last).find_map(|at| pair(at).and_then(|pair| kinds.get(pair.as_str()).copied()));
    if let Some(kind) = listed {
        return kind;
    }
    let strip = |word: &str| kinds.get(word).copied();
    let by_head = strip(head).filter(|kind| !(named && matches!(kind, SourceKind::Anonymous)));
    let by_any = || {
        (phrase.first..=phrase.last).rev().filter(|&at| view.upos(at) != Upos::Adp).find_map(|at| {
            strip(&view.low[at]).filter(|kind| {
                !matches!(kind, SourceKind::Anonymous | SourceKind::Document | SourceKind::Witness)
                    || !named && at == phrase.head
            })
        })
    };
    if let Some(kind) = by_head.or_else(by_any) {
        return kind;
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

/// What kind of source an actor is.
pub(crate) fn of_actor(input: &Input<'_>, actor: u32) -> Option<SourceKind> {
    if let Some(kind) = input.entities.facts.get(actor as usize).and_then(|facts| facts.source_kind) {
        return Some(kind);
    }
    let known = input.entities.actors.get(actor as usize)?;
    match (known.kind, known.sector.as_deref()) {
        (ActorKind::State, _) | (_, Some("GOV")) => Some(SourceKind::Government),
        (_, Some("MIL")) => Some(SourceKind::Military),
        (_, Some("COP" | "JUD")) => Some(SourceKind::Official),
        (_, Some("NGO" | "IGO" | "REB" | "PTY" | "UAF")) => Some(SourceKind::Organization),
        _ => None,
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
