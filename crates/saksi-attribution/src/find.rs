use crate::cite;
use crate::content::{self, Clause};
use crate::kind;
use crate::preposition;
use crate::rules::{Class, Use, frame};
use crate::source;
use crate::view::{Hit, Input, Phrase, View};
use saksi_record::{ActorKind, Certainty, Channel, SourceKind, Stance};
use saksi_tree::{Span, Upos};

/// An attribution on its way.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub(crate) sentence: usize,
    /// First and last token of the cue.
    pub(crate) cue: Option<(usize, usize)>,
    pub(crate) source: Option<Phrase>,
    pub(crate) content: Vec<Span>,
    pub(crate) stance: Stance,
    pub(crate) certainty: Certainty,
    pub(crate) channel: Option<Channel>,
    /// It speaks through the draft right before or after it.
    pub(crate) carrier: Option<usize>,
    /// It speaks through the draft whose cue begins with this token.
    pub(crate) under: Option<usize>,
    /// The speaker is that of the attribution before.
    pub(crate) continues: bool,
    pub(crate) why: String,
}

/// The attributions of one sentence, in order of their cues.
pub(crate) fn in_sentence(view: &View<'_>, input: &Input<'_>, views: &[View<'_>]) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let mut done = 0; // token up to which cues are used up
    for (index, &hit) in view.hits.iter().enumerate() {
        if hit.first < done {
            continue;
        }
        let cue = &input.rules.cues[hit.cue];
        let found = match cue.class {
            Class::Preposition => {
                cite::before_teller(view, input, hit).or_else(|| preposition(view, input, hit)).into_iter().collect()
            }
            Class::Noun => noun(view, input, hit).or_else(|| mistaken_noun(view, input, hit)).into_iter().collect(),
            Class::Adjective => adjective(view, input, hit).into_iter().collect(),
            Class::Verb if cue.may(frame::CITE) => {
                let (found, used) = cite::cited(view, input, hit, &view.hits[index + 1..]);
                done = done.max(used);
                found
            }
            Class::Verb if hit.kind == Use::Passive => passive(view, input, hit, views).into_iter().collect(),
            Class::Verb => verb(view, input, hit).into_iter().collect(),
        };
        let from = drafts.len();
        for mut draft in found {
            draft.carrier = draft.carrier.map(|carrier| carrier + from);
            // "S said A and added B": the second cue has no subject of its own.
            if draft.source.is_none() && !hit.clitic && draft.carrier.is_none() {
                draft.source = drafts.iter().rev().find_map(|before: &Draft| before.source);
                if draft.source.is_none() && view.trails(hit.first) {
                    draft.source = source::of_root(view, input, hit.first);
                }
                draft.continues = draft.source.is_none();
            }
            drafts.push(draft);
        }
    }
    for at in 0..drafts.len() {
        let under = drafts[at].under;
        let carrier = drafts.iter().position(|draft| under.is_some() && draft.cue.map(|(first, _)| first) == under);
        drafts[at].carrier = drafts[at].carrier.or(carrier);
    }
    if drafts.is_empty() {
        drafts.extend(colon(view, input));
    }
    drafts
}

pub(crate) fn draft(
    view: &View<'_>,
    input: &Input<'_>,
    hit: Hit,
    source: Option<Phrase>,
    content: Vec<Span>,
) -> Option<Draft> {
    if content.is_empty() {
        return None;
    }
    let cue = &input.rules.cues[hit.cue];
    Some(Draft {
        sentence: view.at,
        cue: Some((hit.first, hit.last)),
        source,
        content,
        stance: cue.stance,
        certainty: cue.certainty,
        channel: None,
        carrier: None,
        under: None,
        continues: source.is_none(),
        why: cue.why.clone(),
    })
}

/// Whether the cue is denied, possible or still to come: no attribution yet.
fn unreal(view: &View<'_>, input: &Input<'_>, hit: Hit) -> bool {
    let words = &input.rules.words;
    let mut at = hit.first;
    while let Some(before) = at.checked_sub(1) {
        let low = view.low[before].as_str();
        if words.negators.has(low) {
            // "did not acknowledge it until April" says that it did in April.
            let confirms = input.rules.cues[hit.cue].stance == Stance::Confirms;
            return !(confirms && (hit.last..view.len()).any(|after| words.until.has(&view.low[after])));
        }
        if words.unreal.has(low) {
            let real = before.checked_sub(1).is_some_and(|back| words.real.has(&view.low[back]));
            return !real;
        }
        // "neither confirmed nor denied": what denies the first cue denies the one joined to it
        let joined = words.coordinators.has(low)
            && view.hits.iter().any(|other| other.last + 1 == before && other.kind == hit.kind);
        if !(joined || words.adverbs.has(low) || matches!(view.upos(before), Upos::Adv | Upos::Aux | Upos::Part)) {
            break;
        }
        at = if joined { before - 1 } else { before };
    }
    view.sentence
        .with(hit.first, "advmod")
        .chain(view.sentence.with(hit.first, "aux"))
        .any(|child| words.negators.has(&view.low[child]) && input.rules.cues[hit.cue].stance != Stance::Confirms)
}

/// Whether an inflected form without prefix is the passive: "was told", "told that …, he".
pub(crate) fn passive_by_tree(view: &View<'_>, input: &Input<'_>, hit: Hit) -> bool {
    let words = &input.rules.words;
    let token = &view.sentence.tokens[hit.first];
    if words.be.iter().next().is_none() {
        return false;
    }
    let mut at = hit.first;
    while let Some(before) = at.checked_sub(1) {
        let low = view.low[before].as_str();
        if words.be.has(low) && (token.feat("VerbForm") == Some("Part") || token.feat("Voice") == Some("Pass")) {
            return token.feat("Tense") != Some("Pres");
        }
        if !(words.adverbs.has(low) || view.upos(before) == Upos::Adv) {
            break;
        }
        at = before;
    }
    // "“…,” the director elaborated": a tree without another verb has taken the cue for a participle.
    let only_verb = token.relation() == "acl"
        && !(0..view.len())
            .any(|at| at != hit.first && view.is_verbal(at) && view.quote[at].is_none() && at < hit.first);
    let active = view
        .sentence
        .with(hit.first, "nsubj")
        .any(|own| view.sentence.tokens[own].deprel == "nsubj" && own < hit.first);
    if active || source::closing(view, input, hit.first, hit.last).is_some() {
        return false;
    }
    token.feat("VerbForm") == Some("Part")
        && (token.feat("Tense") == Some("Past") || token.feat("Voice") == Some("Pass"))
        && matches!(token.relation(), "advcl" | "acl")
        && !only_verb
        && view.sentence.with(hit.first, "aux").next().is_none()
}

pub(crate) fn clause_of(view: &View<'_>, hit: Hit, source: Option<Phrase>) -> Clause {
    let first = source.map_or(hit.first, |source| source.first.min(hit.first));
    let last = source.map_or(hit.last, |source| source.last.max(hit.last));
    Clause { first, last: last.min(view.len() - 1), verb: hit.first }
}

pub(crate) fn verb(view: &View<'_>, input: &Input<'_>, hit: Hit) -> Option<Draft> {
    let words = &input.rules.words;
    let cue = &input.rules.cues[hit.cue];
    let set_off = |at: usize| {
        at.checked_sub(1).is_none_or(|before| view.is_punct(before) || words.coordinators.has(&view.low[before]))
    };
    let next_nominal = || source::after(view, input, hit.last + 1, view.len().saturating_sub(1));
    if hit.clitic {
        if !set_off(hit.first) {
            return None;
        }
        let content = content::of_verb(view, input, hit, clause_of(view, hit, None), true);
        let mut made = draft(view, input, hit, None, content)?;
        made.channel = channel_of(view, input, clause_of(view, hit, None), &made.content);
        return Some(made);
    }
    let inverted_only = cue.may(frame::INVERTED) && hit.kind != Use::Bare;
    if unreal(view, input, hit) && !inverted_only {
        return None;
    }
    if passive_by_tree(view, input, hit) {
        return by_agent(view, input, hit);
    }
    if cue.may(frame::INF) && for_oneself(view, input, hit) {
        return None;
    }
    let tree_subject = source::subject(view, input, hit.first, 0);
    let behind = source::behind_quotation(view, input, hit.first).filter(|_| cue.may(frame::QUOTE));
    let (phrase, inverted) = if behind.is_some() {
        (behind, false)
    } else if inverted_only {
        if !set_off(hit.first) {
            return None;
        }
        (next_nominal(), true)
    } else if set_off(hit.first)
        // "“C,” rejects X" says something; "C, rejects X" in a headline goes on to another act
        && (cue.may(frame::CLAUSE) || cue.may(frame::QUOTE) && hit.first > 0 && view.quote[..hit.first].iter().any(Option::is_some))
        && !view.trails(hit.first)
        && inverts(view, input, hit, tree_subject)
    {
        (next_nominal(), true)
    } else if view.trails(hit.first) {
        (None, false)
    } else {
        (source::before(view, input, hit.first), false)
    };
    if inverted && phrase.is_none() {
        return None;
    }
    // "said that the general told …": the word that opens what the first one said is no part of who speaks in it.
    let phrase = phrase.map(|phrase| {
        let opens = phrase.first < phrase.last
            && words.complementisers.has(&view.low[phrase.first])
            && view.hits.iter().any(|other| other.first < phrase.first && other.first != hit.first);
        Phrase { first: phrase.first + usize::from(opens), ..phrase }
    });
    let clause = clause_of(view, hit, phrase);
    let mut content = content::of_verb(view, input, hit, clause, inverted);
    if content.is_empty() && cue.may(frame::ON) {
        content = blamed(view, input, hit, clause);
    }
    if content.is_empty() && cue.may(frame::CLAUSE) && phrase.is_some() {
        content = related(view, input, hit, clause);
    }
    // A verb without anybody who could say it is no cue, except where the subject is left out after a quotation.
    let start = view.sentence.tokens[hit.first].span.start;
    if phrase.is_none() && content.first().is_none_or(|span| span.end > start) {
        let adjacent = set_off(hit.first) && hit.first > 0;
        let left_out = hit.first == 0 && !view.is_title() && !words.clitics.is_empty();
        if !adjacent && !left_out {
            return None;
        }
    }
    let mut made = draft(view, input, hit, phrase, content)?;
    made.channel = channel_of(view, input, clause, &made.content);
    Some(made)
}

/// "an official, who asked not to be named": what one asks for oneself is nobody's word.
fn for_oneself(view: &View<'_>, input: &Input<'_>, hit: Hit) -> bool {
    let words = &input.rules.words;
    let mut at = hit.last + 1;
    while at < view.len() && words.negators.has(&view.low[at]) {
        at += 1;
    }
    at + 1 < view.len() && words.infinitive.has(&view.low[at]) && view.is_verbal(at + 1)
}

/// Whether the source follows: "“…,” said X", "…, said X".
fn inverts(view: &View<'_>, input: &Input<'_>, hit: Hit, subject: Option<usize>) -> bool {
    let Some(before) = hit.first.checked_sub(1) else { return false };
    // A subject within the quotation is not the cue's.
    let outside = || view.sentence.with(hit.first, "nsubj").filter(|&own| view.quote[own].is_none());
    // "X, a shopkeeper, said the soldiers fired": of two subjects the one before speaks, and the other is the content's.
    if outside().any(|own| own > hit.last) && !outside().any(|own| own < hit.first) {
        return true;
    }
    let own = outside().next();
    // "…, its lawyer, Halimatou Camara, told the Network": who is named before speaks to whom stands behind
    let named = before > 1 && view.low[before] == "," && view.upos(before - 1) == Upos::Propn;
    if named && own.is_none() && source::appositive(view, input, hit.first).is_some() {
        return false;
    }
    // "The pilot, said the airline, had followed the rules."
    if view.low[before] == ","
        && before > 0
        && let Some(after) = source::after(view, input, hit.last + 1, view.len() - 1)
        && view.low.get(after.last + 1).is_some_and(|low| low == ",")
        && content::predicate(view, input, after.last + 2, view.len()).is_some()
        && !(0..before).any(|at| view.low[at] == "," || input.rules.words.relative.has(&view.low[at]))
    {
        return true;
    }
    if own.is_some() || !(view.is_comma(before) || view.quote[before].is_some()) {
        return false;
    }
    let Some(after) = source::after(view, input, hit.last + 1, view.len() - 1) else { return false };
    let closes = after.last + 1 >= view.len()
        || view.is_punct(after.last + 1)
        || input.rules.words.source_ends.has(&view.low[after.last + 1]);
    let participle = view.sentence.tokens[hit.first].feat("VerbForm") == Some("Ger");
    closes && !participle && (view.quote[before].is_some() || subject.is_none() || hit.first + 1 == after.first)
}

/// "explosions which the Taliban blamed on Pakistan".
fn blamed(view: &View<'_>, input: &Input<'_>, hit: Hit, clause: Clause) -> Vec<Span> {
    let words = &input.rules.words;
    let sentence = view.sentence;
    let token = &sentence.tokens[hit.first];
    let relative = clause.first.checked_sub(1).is_some_and(|before| words.relative.has(&view.low[before]));
    let start = hit.last + 1;
    if !relative || start >= view.len() || !words.on.has(&view.low[start]) {
        return Vec::new();
    }
    let antecedent = token
        .head
        .filter(|_| token.relation() == "acl")
        .and_then(|head| source::phrase(view, input, head as usize, 0, clause.first - 1))
        .and_then(|phrase| view.span(phrase.first, clause.first.saturating_sub(2)));
    antecedent.into_iter().chain(view.span(start, content::end(view, input, hit.first, start))).collect()
}

/// "the wall, which he said would be built", "a rule that the union said was unlawful".
fn related(view: &View<'_>, input: &Input<'_>, hit: Hit, clause: Clause) -> Vec<Span> {
    let start = hit.last + 1;
    let relative = clause.first.checked_sub(1).filter(|&before| input.rules.words.relative.has(&view.low[before]));
    let (Some(relative), true) = (relative, start < view.len() && view.is_verbal(start)) else { return Vec::new() };
    let whose =
        relative.checked_sub(1).map(|before| if view.is_comma(before) { before.saturating_sub(1) } else { before });
    let antecedent = whose
        .filter(|&at| view.upos(at).is_nominal())
        .and_then(|at| source::phrase(view, input, source::top(view, at, 0), 0, at))
        .and_then(|phrase| view.span(phrase.first, phrase.last));
    let head = antecedent.or_else(|| view.span(relative, relative));
    head.into_iter().chain(view.span(start, content::end(view, input, hit.first, start))).collect()
}

/// A passive with its agent: "was accused by the union of …", "dituduh oleh Iran melakukan …".
fn by_agent(view: &View<'_>, input: &Input<'_>, hit: Hit) -> Option<Draft> {
    let words = &input.rules.words;
    let by = (hit.last + 1..view.len().min(hit.last + 12)).find(|&at| words.by.has(&view.low[at]))?;
    if (hit.last + 1..by).any(|at| view.is_verbal(at) || view.is_punct(at)) {
        return None;
    }
    let agent = source::after(view, input, by + 1, view.len() - 1)?;
    let start = agent.last + 1;
    if start >= view.len() {
        return None;
    }
    let cue = &input.rules.cues[hit.cue];
    let announced = words.complementisers.has(&view.low[start]) && cue.may(frame::CLAUSE | frame::THAT);
    let charged = cue.may(frame::OF | frame::AS | frame::ACCUSE | frame::INF | frame::ASK)
        && (words.of.has(&view.low[start])
            || words.like.has(&view.low[start])
            || words.infinitive.has(&view.low[start])
            || view.is_verbal(start));
    if !announced && !charged {
        return None;
    }
    let mut content = Vec::new();
    if charged && let Some(subject) = view.sentence.with(hit.first, "nsubj").next() {
        let phrase = source::phrase(view, input, subject, 0, hit.first.saturating_sub(1));
        content.extend(phrase.and_then(|phrase| view.span(phrase.first, phrase.last)));
    }
    content.extend(view.span(start, content::end(view, input, hit.first, start)));
    draft(view, input, hit, Some(agent), content)
}

/// A form with the passive prefix: with its agent, or pointing back ("Hal itu disampaikan X").
fn passive(view: &View<'_>, input: &Input<'_>, hit: Hit, views: &[View<'_>]) -> Option<Draft> {
    let words = &input.rules.words;
    if unreal(view, input, hit) {
        return None;
    }
    if let Some(found) = by_agent(view, input, hit) {
        return Some(found);
    }
    // "Dikatakannya, C".
    if hit.clitic && hit.first == 0 {
        let content = content::of_verb(view, input, hit, clause_of(view, hit, None), true);
        return draft(view, input, hit, None, content);
    }
    let before: Vec<&str> = (0..hit.first)
        .filter(|&at| !words.adverbs.has(&view.low[at]) && !view.is_punct(at))
        .map(|at| view.low[at].as_str())
        .collect();
    let said = input.rules.cues[hit.cue].may(frame::CLAUSE);
    if said && words.resumptive.has(&before.join(" ")) {
        let from = hit.last + 1;
        let from = if view.low.get(from).is_some_and(|low| words.by.has(low)) { from + 1 } else { from };
        let agent = source::after(view, input, from, view.len() - 1)?;
        let earlier = views.get(view.at.checked_sub(1)?)?;
        let attributed = earlier
            .hits
            .iter()
            .any(|hit| input.rules.cues[hit.cue].class == Class::Verb && verb(earlier, input, *hit).is_some());
        if attributed || earlier.is_title() || view.sentence.paragraph.saturating_sub(earlier.sentence.paragraph) > 1 {
            return None;
        }
        let content = earlier.span(0, earlier.len().checked_sub(1)?)?;
        let mut made = draft(view, input, hit, Some(agent), vec![content])?;
        made.channel = channel_of(view, input, clause_of(view, hit, Some(agent)), &[]);
        return Some(made);
    }
    // "Dalam laporan itu disebutkan bahwa C": the document speaks.
    let start = hit.last + 1;
    let document = (0..hit.first).find(|&at| words.kinds.get(&view.low[at]) == Some(&SourceKind::Document))?;
    if said
        && start < view.len()
        && words.complementisers.has(&view.low[start])
        && !(0..hit.first).any(|at| view.is_verbal(at))
    {
        let phrase = source::phrase(view, input, document, 0, hit.first - 1)?;
        let content = view.span(start, content::end(view, input, hit.first, start))?;
        return draft(view, input, hit, Some(phrase), vec![content]);
    }
    None
}

pub(crate) fn preposition(view: &View<'_>, input: &Input<'_>, hit: Hit) -> Option<Draft> {
    if unreal(view, input, hit) {
        return None;
    }
    let phrase = if hit.clitic { None } else { Some(preposition::source(view, input, hit)?) };
    let clause = clause_of(view, hit, phrase);
    let relative = hit.clitic && hit.first > 0 && input.rules.words.relative.has(&view.low[hit.first - 1]);
    let content = if relative {
        let start = hit.last + 1;
        (start < view.len())
            .then(|| view.span(start, content::end(view, input, hit.first, start)))
            .flatten()
            .into_iter()
            .collect()
    } else {
        preposition::content(view, input, clause)
    };
    draft(view, input, hit, phrase, content)
}

/// "the rebels' claim that …", "klaim pemberontak bahwa …".
fn noun(view: &View<'_>, input: &Input<'_>, hit: Hit) -> Option<Draft> {
    let words = &input.rules.words;
    let head = hit.last;
    let that = (head + 1..view.len().min(head + 9)).find(|&at| words.complementisers.has(&view.low[at]))?;
    if (head + 1..that).any(|at| view.is_verbal(at) || view.is_punct(at)) {
        return None;
    }
    let owner = if that > head + 1 {
        let from = if words.by.has(&view.low[head + 1]) { head + 2 } else { head + 1 };
        if view.upos(from) == Upos::Adp || words.definite.has(&view.low[from]) {
            return None;
        }
        source::after(view, input, from, that - 1)?
    } else {
        let mark = head.checked_sub(1)?;
        let skip = (0..=mark).rev().find(|&at| {
            !matches!(view.upos(at), Upos::Adj | Upos::Adv | Upos::Noun) || words.possessive.has(&view.low[at])
        })?;
        let owner = if words.possessive.has(&view.low[skip]) { skip.checked_sub(1)? } else { skip };
        if words.possessive.has(&view.low[skip]) {
            let top = view.sentence.tokens[head].head.map_or(owner, |_| owner);
            let first = (0..=top)
                .rev()
                .take_while(|&at| {
                    view.upos(at).is_nominal() || matches!(view.upos(at), Upos::Det | Upos::Adj | Upos::Num)
                })
                .last()?;
            Phrase { first, last: top, head: top }
        } else if view.upos(skip) == Upos::Pron
            && words.definite.has(&view.low[skip])
            && view.sentence.tokens[skip].deprel.ends_with("poss")
        {
            Phrase { first: skip, last: skip, head: skip }
        } else {
            return None;
        }
    };
    let content = view.span(that, noun_content_end(view, input, that))?;
    draft(view, input, hit, Some(owner), vec![content])
}

/// "Aid workers fear that …": a verb that the tagger took for a noun.
fn mistaken_noun(view: &View<'_>, input: &Input<'_>, hit: Hit) -> Option<Draft> {
    let that = view.low.get(hit.last + 1)?;
    if !input.rules.words.complementisers.has(that) {
        return None;
    }
    let rules = input.rules;
    let (cue, kind) = rules.beginning(&view.low[hit.first]).iter().copied().find(|(cue, _)| {
        let cue = &rules.cues[*cue as usize];
        cue.class == Class::Verb && cue.rest.is_empty()
    })?;
    let before = hit.first.checked_sub(1)?;
    let noun = matches!(view.upos(before), Upos::Det | Upos::Adj | Upos::Num | Upos::Adp)
        || input.rules.words.possessive.has(&view.low[before]);
    if noun {
        return None;
    }
    verb(view, input, Hit { cue: cue as usize, kind, ..hit })
}

/// Where the clause of a noun ends: with what hangs below its verb, else with the sentence.
fn noun_content_end(view: &View<'_>, input: &Input<'_>, that: usize) -> usize {
    let below = view.sentence.tokens[that].head.map(|verb| verb as usize).filter(|&verb| verb > that);
    let by_tree = below.and_then(|verb| view.sentence.subtree(verb).into_iter().max());
    by_tree.unwrap_or_else(|| content::end(view, input, that, that))
}

fn adjective(view: &View<'_>, input: &Input<'_>, hit: Hit) -> Option<Draft> {
    let words = &input.rules.words;
    let that = hit.last + 1;
    if unreal(view, input, hit) || that >= view.len() || !words.complementisers.has(&view.low[that]) {
        return None;
    }
    let phrase = source::before(view, input, hit.first)?;
    if words.expletives.has(&view.low[phrase.head]) {
        return None;
    }
    let content = view.span(that, content::end(view, input, hit.first, that))?;
    draft(view, input, hit, Some(phrase), vec![content])
}

/// "Taliban: 46 Tewas", "46 killed in strikes: Taliban".
fn colon(view: &View<'_>, input: &Input<'_>) -> Option<Draft> {
    if !view.is_title() {
        return None;
    }
    let at = (1..view.len().saturating_sub(1)).find(|&at| view.low[at] == ":" && view.quote[at].is_none())?;
    let speaker = |first: usize, last: usize| {
        if last < first
            || last - first > 6
            || (first..=last).any(|at| view.upos(at) == Upos::Verb && view.sentence.tokens[at].name.is_none())
        {
            return None;
        }
        let phrase = Phrase { first, last, head: source::head_of(view, first, last) };
        let speaks = |at: usize| {
            let kind = input.rules.words.kinds.get(&view.low[at]);
            kind.is_some_and(|kind| {
                !matches!(kind, SourceKind::Document | SourceKind::Outlet | SourceKind::SocialMedia)
            })
        };
        // "“…”: a night off the coast of Libya" names a state, and is none
        let named = input.entities.covering(view.at, phrase.head).is_some_and(|mention| mention.actor.is_some());
        let known = kind::actor(view, input, phrase).is_some() && named
            || (first..=last).all(|at| view.upos(at) != Upos::Verb) && (first..=last).any(speaks);
        known.then_some(phrase)
    };
    let last = (0..view.len()).rev().find(|&end| !view.is_punct(end))?;
    let (phrase, content) = if let Some(phrase) = speaker(0, at - 1) {
        (phrase, view.span(at + 1, view.len() - 1)?)
    } else {
        (speaker(at + 1, last)?, view.span(0, at - 1)?)
    };
    let content_words = input.text.slice(content).split_whitespace().count();
    // "New Caledonia: five answers on a deal", "Policy brief: how far will they go?": a topic, of which nothing is said
    let state = kind::actor(view, input, phrase)
        .is_some_and(|actor| input.entities.actors[actor as usize].kind == ActorKind::State);
    let said = !state
        || (0..view.len()).any(|token| {
            content.overlaps(view.sentence.tokens[token].span)
                && (view.upos(token) == Upos::Verb && view.sentence.tokens[token].relation() != "acl"
                    || view.quote[token].is_some())
        });
    let asks = input.text.slice(content).trim_end().ends_with('?');
    (content_words > 1 && said && !asks).then(|| Draft {
        sentence: view.at,
        cue: Some((at, at)),
        source: Some(phrase),
        content: vec![content],
        stance: Stance::Asserts,
        certainty: Certainty::Certain,
        channel: None,
        carrier: None,
        under: None,
        continues: false,
        why: "a source before or after the colon of a headline".to_owned(),
    })
}

pub(crate) fn channel_of(view: &View<'_>, input: &Input<'_>, clause: Clause, content: &[Span]) -> Option<Channel> {
    let tokens = &view.sentence.tokens;
    let free = |at: usize| !content.iter().any(|span| span.overlaps(tokens[at].span));
    let behind =
        (clause.first..view.len()).take_while(|&at| at <= clause.last || free(at)).last().unwrap_or(clause.last);
    if let Some(found) = kind::channel(view, input, clause.verb.min(clause.first), behind) {
        return Some(found);
    }
    let ahead = (0..clause.first).rev().take_while(|&at| free(at)).last()?;
    kind::channel(view, input, ahead, clause.first.saturating_sub(1))
}
