use crate::cite;
use crate::rules::{Class, Cue, Use, frame};
use crate::shape::of_frame;
use crate::view::{Hit, Input, View};
use saksi_tree::{Span, Upos};

/// The stretch of a sentence that a source and its cue take up.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clause {
    pub(crate) first: usize,
    pub(crate) last: usize,
    /// The token of the cue that heads it in the tree.
    pub(crate) verb: usize,
}

/// What is attributed, for a verb with its source.
pub(crate) fn of_verb(view: &View<'_>, input: &Input<'_>, hit: Hit, clause: Clause, inverted: bool) -> Vec<Span> {
    let cue = &input.rules.cues[hit.cue];
    let quotable = cue.may(frame::QUOTE | frame::INVERTED);
    if quotable
        && !view.trails(hit.first)
        && let Some(found) = quoted_before(view, input, clause)
    {
        return found;
    }
    let before = before(view, input, clause);
    let has_predicate = before.is_some_and(|(first, last)| predicate(view, input, first, last).is_some());
    let ends = (clause.last + 1..view.len()).all(|at| view.is_punct(at));
    let speaks = cue.may(frame::CLAUSE | frame::INVERTED) || cue.may(frame::THAT) && ends;
    if speaks && let Some((first, last)) = before {
        let rest = second_piece(view, input, clause);
        // "C1, he said, C2": both pieces, whether or not the first has a verb; "Earlier, he said, C" is only C.
        if let Some((from, to)) = rest
            && (has_predicate && !inverted || predicate(view, input, from, to).is_some())
        {
            // "Asked why it failed, he said, “…”": circumstance before a quotation is no part of it.
            let quoted = view.quote[from].is_some() && (first..=last).all(|at| view.quote[at].is_none());
            let participle = view.sentence.tokens[first].feat("VerbForm") == Some("Part");
            let aside = quoted && (participle || input.rules.words.circumstance.has(&view.low[first]));
            let opening = aside || last - first < 2 && !has_predicate && !view.upos(first).is_nominal();
            let pieces = [(!opening).then_some((first, last)), Some((from, to))];
            return pieces.into_iter().flatten().filter_map(|(first, last)| view.span(first, last)).collect();
        }
    }
    if inverted {
        return before
            .filter(|_| has_predicate || view.is_title())
            .and_then(|(first, last)| view.span(first, last))
            .or_else(|| after_opening(view, input, clause))
            .into_iter()
            .collect();
    }
    if let Some(found) = explicit(view, input, hit, clause, cue) {
        return found;
    }
    let start = skip(view, input, clause.last + 1);
    // "C, the army said." with nothing after it: C is content even if no verb was recognised in it.
    let long = |(first, last): (usize, usize)| last >= first + 2 && view.upos(first) != Upos::Adp;
    let said_before = before
        .filter(|&region| speaks && cue.may(frame::CLAUSE | frame::THAT) && (has_predicate || ends && long(region)));
    if cue.may(frame::CLAUSE)
        && let Some(start) = start
        && clause_follows(view, input, clause, cue, start, said_before.is_some())
    {
        let start = clause_start(view, clause, start);
        return view.span(start, end(view, input, clause.verb, start)).into_iter().collect();
    }
    if let Some((first, last)) = said_before {
        return view.span(first, last).into_iter().collect();
    }
    start.map_or_else(Vec::new, |start| of_frame(view, input, clause, start, cue))
}

/// "Kata X, C": the content after the comma that ends the source.
fn after_opening(view: &View<'_>, input: &Input<'_>, clause: Clause) -> Option<Span> {
    let start = clause.last + 2;
    (clause.first == 0 && start < view.len() && view.is_comma(clause.last + 1))
        .then(|| view.span(start, end(view, input, clause.verb, start)))
        .flatten()
}

/// The quotation that ends right before the clause, with the words of its sentence that lead up to it, and its
/// continuation after the clause.
pub(crate) fn quoted_before(view: &View<'_>, input: &Input<'_>, clause: Clause) -> Option<Vec<Span>> {
    let start = view.sentence.tokens[clause.first].span.start;
    let index = input.quotes.partition_point(|quote| quote.span.end <= start).checked_sub(1)?;
    let quote = input.quotes[index];
    if quote.paragraph != view.sentence.paragraph {
        return None;
    }
    let gap = input.text.slice(Span::new(quote.span.end, start));
    let inside = input.text.slice(quote.span);
    let stop = |text: &str| text.ends_with([',', '.', '!', '?', '…', '-', '—']);
    let bare = inside.trim_end_matches(['”', '"', '»', '’', '\'', '“']);
    let speech = stop(bare) || gap.trim_start().starts_with([',', '-', '–', '—']) || view.is_title();
    if !speech || gap.chars().any(char::is_alphanumeric) || gap.chars().count() > 4 {
        return None;
    }
    let mut pieces = Vec::new();
    // The quoted part may only be the end of what is said: "Hal itu “menjadi modal,” ujar X".
    let lead = (0..clause.first)
        .find(|&at| view.quote[at] == Some(index))
        .and_then(|at| at.checked_sub(1))
        .map(|last| (region_start(view, last), last))
        .filter(|&(first, last)| {
            (first..=last).any(|at| !view.is_punct(at))
                && !view
                    .hits
                    .iter()
                    .any(|hit| hit.first >= first && hit.last <= last && input.rules.cues[hit.cue].class == Class::Verb)
                && !matches!(view.low[last].as_str(), ":")
        });
    let lead = lead.and_then(|(first, last)| view.span(first, last.max(first)));
    pieces.push(lead.map_or(quote.span, |lead| lead.cover(quote.span)));
    let after = view.sentence.tokens[clause.last].span.end;
    if let Some(next) = input.quotes.get(index + 1)
        && next.span.start < view.sentence.span.end
        && next.span.start >= after
    {
        let between =
            (clause.last + 1..view.len()).take_while(|&at| view.sentence.tokens[at].span.start < next.span.start);
        let other = view
            .hits
            .iter()
            .any(|hit| hit.first > clause.last && view.sentence.tokens[hit.first].span.start < next.span.start);
        if !other && between.last().is_some_and(|at| view.is_comma(at) || view.low[at] == ":" || view.low[at] == ".") {
            pieces.push(next.span);
        }
    }
    Some(pieces)
}

/// Where the independent part of the sentence that holds `last` begins.
pub(crate) fn region_start(view: &View<'_>, last: usize) -> usize {
    (0..=last).rev().find(|&at| view.low[at] == ";").map_or(0, |at| at + 1)
}

/// The stretch before the clause, if a comma or a quotation closes it.
pub(crate) fn before(view: &View<'_>, input: &Input<'_>, clause: Clause) -> Option<(usize, usize)> {
    let comma = clause.first.checked_sub(1)?;
    if !view.is_comma(comma) || view.trails(clause.first) {
        return None;
    }
    let last = comma.checked_sub(1)?;
    let mut first = region_start(view, last);
    // "A; B, menurut X" is all X's; "X denies A; B, he said" is not.
    let other = |hit: &Hit| hit.last < first && input.rules.cues[hit.cue].class == Class::Verb;
    if first > 0 && !view.hits.iter().any(other) {
        first = 0;
    }
    (first <= last).then_some((first, last))
}

/// What follows after the comma that closes "C1, he said,", unless it is circumstance.
fn second_piece(view: &View<'_>, input: &Input<'_>, clause: Clause) -> Option<(usize, usize)> {
    let words = &input.rules.words;
    let mut comma = clause.last + 1;
    // Between cue and comma there may be "in Geneva on Monday".
    while comma < view.len() && !view.is_punct(comma) {
        if view.is_verbal(comma) || words.complementisers.has(&view.low[comma]) || comma > clause.last + 10 {
            return None;
        }
        comma += 1;
    }
    // "C1, he said, citing two officials, C2"
    let comma = cite::aside(view, input, comma).map_or(comma, |last| last + 1);
    let from = comma + 1;
    if from >= view.len() || !view.is_comma(comma) || words.circumstance.has(&view.low[from]) {
        return None;
    }
    if view.upos(from) == Upos::Sconj && !words.complementisers.has(&view.low[from]) {
        return None;
    }
    Some((from, end(view, input, clause.verb, from)))
}

/// The first finite verb between two tokens that is not part of a relative clause or an infinitive.
pub(crate) fn predicate(view: &View<'_>, input: &Input<'_>, first: usize, last: usize) -> Option<usize> {
    let words = &input.rules.words;
    (first..=last.min(view.len().saturating_sub(1))).find(|&at| {
        let back = at.saturating_sub(2).max(first);
        view.is_verbal(at)
            && view.sentence.tokens[at].feat("VerbForm") != Some("Ger")
            && view.sentence.tokens[at].relation() != "amod"
            && !(back..at).any(|before| {
                words.relative.has(&view.low[before]) && before > first
                    || words.infinitive.has(&view.low[before]) && !words.complementisers.has(&view.low[before])
            })
            || view.sentence.tokens[at].relation() == "root"
                && at > first
                && view.sentence.with(at, "nsubj").next().is_some()
    })
}

/// Skips what may stand between cue and content: adverbs, a comma.
fn skip(view: &View<'_>, input: &Input<'_>, from: usize) -> Option<usize> {
    let words = &input.rules.words;
    let mut at = from;
    while at < view.len() {
        if let Some(last) = cite::aside(view, input, at) {
            at = last + 1;
        } else if view.is_comma(at) || words.adverbs.has(&view.low[at]) && !view.is_verbal(at) {
            at += 1;
        } else {
            break;
        }
    }
    (at < view.len() && (!view.is_punct(at) || view.quote[at].is_some() || view.low[at] == ":")).then_some(at)
}

/// Content that a complementiser or a quotation mark opens.
fn explicit(view: &View<'_>, input: &Input<'_>, hit: Hit, clause: Clause, cue: &Cue) -> Option<Vec<Span>> {
    let words = &input.rules.words;
    let start = clause.last + 1;
    let clausal =
        frame::CLAUSE | frame::THAT | frame::ASK | frame::INF | frame::OF | frame::AS | frame::NP | frame::ACCUSE;
    let mut at = start;
    while at < view.len() && at < start + 24 {
        if let Some(last) = cite::aside(view, input, at) {
            at = last + 1;
            continue;
        }
        let low = view.low[at].as_str();
        if at > start && view.hits.iter().any(|other| other.first == at && other.first > hit.last && view.is_verbal(at))
        {
            break;
        }
        let clause_like = view.quote[at].is_none()
            && (words.complementisers.has(low)
                || at <= start + 1 && words.near_complementisers.has(low) && cue.may(frame::CLAUSE | frame::THAT));
        if cue.may(clausal) && clause_like && !relative_that(view, at, start) {
            // "meminta X agar V", "mengimbau warga supaya": whom is part of what is asked.
            let from = if cue.may(frame::ASK) && at > start { start } else { at };
            return Some(view.span(from, end(view, input, clause.verb, at)).into_iter().collect());
        }
        if let Some(index) = view.quote[at]
            && cue.may(frame::QUOTE)
            && (0..=at).rev().take_while(|&back| view.quote[back] == Some(index)).count() == 1
        {
            return opened_by_quote(view, input, clause, cue, at, index);
        }
        if low == ";" || view.low[at] == "." && at + 1 == view.len() {
            break;
        }
        if view.is_verbal(at) && !view.sentence.tokens[at].deprel.starts_with("acl") {
            break;
        }
        at += 1;
    }
    // "X berkata:" with the quotation in the next sentence or paragraph.
    let tail = view.sentence.tokens.last()?;
    if cue.may(frame::QUOTE) && view.low.last().is_some_and(|low| low == ":") {
        let next = input.quotes.iter().find(|quote| quote.span.start >= tail.span.end)?;
        if input.text.slice(Span::new(tail.span.end, next.span.start)).trim().is_empty() {
            return Some(vec![next.span]);
        }
    }
    None
}

/// "an offer that …", "the man that …": a complementiser that relates to a noun of the clause.
fn relative_that(view: &View<'_>, at: usize, start: usize) -> bool {
    at > start
        && view.upos(at) == Upos::Pron
        && view.upos(at - 1).is_nominal()
        && view.sentence.tokens[at].head.is_some_and(|head| view.sentence.tokens[head as usize].deprel == "acl:relcl")
}

fn opened_by_quote(
    view: &View<'_>,
    input: &Input<'_>,
    clause: Clause,
    cue: &Cue,
    at: usize,
    index: usize,
) -> Option<Vec<Span>> {
    let start = clause.last + 1;
    let quote = input.quotes[index];
    let set_off = at == start || view.low[at - 1] == ":" || view.is_comma(at - 1);
    let words_in = input.text.slice(quote.span).split_whitespace().count();
    // "condemned the “cruel” raid" judges; only "condemned the raid as “cruel”" says something of it.
    if cue.may(frame::AS)
        && !cue.may(frame::CLAUSE)
        && !(start..at).any(|before| input.rules.words.like.has(&view.low[before]))
    {
        return None;
    }
    if cue.may(frame::OF | frame::ON | frame::INF | frame::ASK | frame::ACCUSE) && !set_off {
        return None;
    }
    if cue.may(frame::AS | frame::SMALL | frame::NP) && !set_off {
        // "called the document “a breakthrough”": what is judged belongs to the judgement.
        let from = skip(view, input, start)?;
        return Some(
            view.span(from, end(view, input, clause.verb, from).max(last_in_quote(view, at, index)))
                .into_iter()
                .collect(),
        );
    }
    if words_in < 2 && !set_off {
        return None;
    }
    let from = if set_off || !(start..at).any(|before| view.upos(before) == Upos::Det) {
        at
    } else {
        skip(view, input, start)?
    };
    let last = last_in_quote(view, at, index);
    let stop = end(view, input, clause.verb, from).max(last);
    let more = (last + 1..=stop).any(|after| !view.is_punct(after));
    if more && !set_off_after(view, last) {
        return Some(view.span(from, stop).into_iter().collect());
    }
    let whole = view.span(from, last).map_or(quote.span, |span| span.cover(quote.span));
    Some(vec![whole])
}

/// Whether the quotation ends its clause: a full stop within, or a comma after it.
fn set_off_after(view: &View<'_>, last: usize) -> bool {
    last > 0 && matches!(view.low[last - 1].as_str(), "." | "!" | "?" | ",")
        || view.low.get(last + 1).is_some_and(|low| low == "," || low == ".")
}

fn last_in_quote(view: &View<'_>, at: usize, index: usize) -> usize {
    (at..view.len()).take_while(|&next| view.quote[next] == Some(index)).last().unwrap_or(at)
}

/// Whether a clause begins at `start`, though no word announces it.
fn clause_follows(view: &View<'_>, input: &Input<'_>, clause: Clause, cue: &Cue, start: usize, rival: bool) -> bool {
    let sentence = view.sentence;
    let words = &input.rules.words;
    let clausal = |child: usize| {
        view.is_verbal(child)
            || view.upos(child) == Upos::Adj
            || sentence.with(child, "nsubj").chain(sentence.with(child, "cop")).next().is_some()
    };
    let by_tree = sentence
        .with(clause.verb, "ccomp")
        .chain(sentence.with(clause.verb, "xcomp").filter(|_| !rival))
        .any(|child| child > clause.last && clausal(child) && !(start..child).any(|at| view.is_comma(at) && rival));
    if by_tree && !input.rules.words.infinitive.has(&view.low[start]) {
        return true;
    }
    let stop = (start..view.len()).find(|&at| matches!(view.low[at].as_str(), "," | ";")).unwrap_or(view.len());
    let finite = |to: usize| {
        predicate(view, input, start, to.saturating_sub(1)).is_some_and(|verb| {
            // A verb that the tree hangs on a noun or as circumstance makes no clause of the whole.
            let token = &sentence.tokens[verb];
            let adjunct = |head: u32| sentence.with(head as usize, "case").next().is_some();
            if cue.may(frame::NP) && joined_past_object(view, clause.verb, start, verb) {
                return false;
            }
            let hangs = token.relation() == "advcl" || token.relation() == "acl" && token.head.is_some_and(adjunct);
            let marked = sentence.with(verb, "mark").any(|mark| !words.complementisers.has(&view.low[mark]))
                || verb > start && words.circumstance.has(&view.low[verb - 1]);
            if !by_tree && (hangs && token.score > 0.5 || marked) {
                return false;
            }
            let bare =
                verb == start || (start..verb).any(|at| view.upos(at).is_nominal() || view.upos(at) == Upos::Num);
            bare && !input.rules.words.source_ends.has(&view.low[start])
                && !input.rules.words.infinitive.has(&view.low[start])
        })
    };
    finite(stop) || !rival && !cue.may(frame::NP) && finite(view.len())
        // "menilai perjanjian itu lemah": a predicate without a verb.
        || (start + 1..stop.min(start + 9)).any(|at| {
            !input.rules.words.clitics.is_empty()
                && input.rules.words.definite.has(&view.low[at])
                && at + 1 < stop
                && matches!(view.upos(at + 1), Upos::Adj | Upos::Noun | Upos::Adv | Upos::Part)
        })
}

/// Whether a finite verb is joined to the cue's own verb, behind a noun phrase that is its object.
fn joined_past_object(view: &View<'_>, cue: usize, start: usize, verb: usize) -> bool {
    let sentence = view.sentence;
    let token = &sentence.tokens[verb];
    token.relation() == "conj"
        && token.upos == Upos::Verb
        && token.head == Some(cue as u32)
        && sentence.with(verb, "nsubj").next().is_none()
        && sentence.with(cue, "ccomp").next().is_none()
        && sentence.with(cue, "obj").any(|object| start <= object && object < verb)
}

/// Where the clause begins that the tree hangs below the verb: behind whom it was said to, and when.
fn clause_start(view: &View<'_>, clause: Clause, start: usize) -> usize {
    let complement = view.sentence.with(clause.verb, "ccomp").find(|&child| child > clause.last);
    let first = complement.and_then(|child| view.sentence.subtree(child).first().copied());
    first.filter(|&first| first > start).unwrap_or(start)
}

/// Where what began at `start` ends: before what the cue's own clause goes on with.
pub(crate) fn end(view: &View<'_>, input: &Input<'_>, verb: usize, start: usize) -> usize {
    let words = &input.rules.words;
    let sentence = view.sentence;
    let hit_at = |at: usize| view.hits.iter().find(|hit| hit.first == at);
    let speaks = |hit: &Hit| input.rules.cues[hit.cue].class == Class::Verb && hit.kind != Use::Passive;
    // "S1 assured S2 that C, the agency said.": the outer source ends the inner content.
    let outer = view.hits.iter().rev().find_map(|hit| {
        let cue = &input.rules.cues[hit.cue];
        let fits = hit.first > start && hit.first != verb && cue.class == Class::Verb && cue.may(frame::CLAUSE);
        let (comma, _) = fits.then(|| crate::source::closing(view, input, hit.first, hit.last)).flatten()?;
        let to_end = !(hit.last + 1..view.len()).any(|at| view.is_verbal(at) || view.low[at] == ",");
        (comma > start + 1 && view.low[comma] == "," && to_end).then_some(comma - 1)
    });
    // "The agency, which reported ten dead, accused …": a relative clause ends at its comma.
    let token = &sentence.tokens[verb];
    let relative = token.relation() == "acl"
        && (verb.saturating_sub(3)..verb)
            .any(|at| words.relative.has(&view.low[at]) && at > 0 && view.is_comma(at - 1));
    for at in start + 1..view.len() {
        if relative && view.low[at] == "," && view.quote[at].is_none() {
            return at - 1;
        }
        if view.quote[at].is_some() && view.quote[at] == view.quote[at - 1] {
            continue;
        }
        let low = view.low[at].as_str();
        let closed = at > 1 && view.quote[at - 1].is_some() && view.is_punct(at - 1) && view.is_comma(at - 2);
        let after_comma = (view.is_comma(at - 1) || closed) && at - 1 > start;
        if low == ";" || outer.is_some_and(|last| at > last) {
            return at - 1;
        }
        if let Some(hit) = hit_at(at)
            && input.rules.cues[hit.cue].class == Class::Preposition
            && after_comma
            && !(hit.last + 1..view.len()).any(|next| view.low[next] == ",")
        {
            return at - 2;
        }
        if cite::aside(view, input, at).is_some() {
            return at - 1;
        }
        if after_comma && judges(view, input, at) {
            return at - 2;
        }
        if after_comma && words.contrast.has(low) && predicate(view, input, at + 1, view.len()).is_some() {
            return at - 2;
        }
        if after_comma
            && let Some(hit) = hit_at(at)
            && speaks(hit)
            && sentence.tokens[at].is_active_participle()
        {
            return at - 2 + usize::from(closed);
        }
        if words.coordinators.has(low) {
            let mut next = at + 1;
            while next < view.len()
                && (words.adverbs.has(&view.low[next])
                    || words.negators.has(&view.low[next])
                    || view.upos(next) == Upos::Aux
                    || words.pronouns.has(&view.low[next]) && after_comma)
            {
                next += 1;
            }
            let cut = if after_comma { at - 2 } else { at - 1 };
            // "denied any role and last year expelled two diplomats"
            let joined = sentence
                .ancestors(at)
                .take_while(|&up| up != verb)
                .find(|&up| sentence.tokens[up].relation() == "conj");
            if joined.is_some_and(|joined| joined > next && joined_past_object(view, verb, start, joined)) {
                return cut;
            }
            // "denies A and says B"; but in "said A happened and wounded B" the tree must speak for it.
            if let Some(hit) = hit_at(next)
                && speaks(hit)
                && view.is_verbal(next)
            {
                return cut.max(start);
            }
            // "half said A, and the others said B": the second saying has a source of its own.
            let fresh = view.hits.iter().find(|hit| hit.first > at && speaks(hit)).is_some_and(|hit| {
                let own = sentence.with(hit.first, "nsubj").any(|own| own > at && own < hit.first);
                let joined = sentence.tokens[hit.first].relation() == "conj";
                own && joined
                    && input.rules.cues[hit.cue].may(frame::CLAUSE)
                    && (at + 1..hit.first).all(|gap| view.upos(gap) != Upos::Verb && !view.is_comma(gap))
            });
            if fresh && after_comma {
                return cut.max(start);
            }
            let shared = sentence.with(verb, "conj").any(|conj| {
                conj > at
                    && view.is_verbal(conj)
                    && sentence.children(conj).any(|child| child == at)
                    && sentence.tokens[conj].score > 0.5
            });
            if shared {
                return cut.max(start);
            }
        }
    }
    view.len() - 1
}

/// "…, an allegation Beijing rejected", "…, tuduhan yang dibantah Beijing": what another says of it is not part of it.
fn judges(view: &View<'_>, input: &Input<'_>, at: usize) -> bool {
    let noun = at + usize::from(view.upos(at) == Upos::Det);
    let Some(hit) = view.hits.iter().find(|hit| hit.first == noun && input.rules.cues[hit.cue].class == Class::Noun)
    else {
        return false;
    };
    let next = hit.last + 1;
    let relative = |at: usize| input.rules.words.relative.has(&view.low[at]);
    let somebody = |at: usize| view.upos(at).is_nominal() || view.upos(at) == Upos::Det;
    next < view.len()
        && (relative(next) || somebody(next))
        && (next + 1..view.len().min(next + 6)).any(|at| view.is_verbal(at))
}
