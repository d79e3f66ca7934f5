use crate::view::{Input, Phrase, View};
use saksi_tree::Upos;

/// Who speaks, where the cue does not stand before its source.
pub(crate) fn before(view: &View<'_>, input: &Input<'_>, cue: usize) -> Option<Phrase> {
    if let Some((_, found)) = closing(view, input, cue, cue).or_else(|| appositive(view, input, cue)) {
        return Some(found);
    }
    let near = nominal_left_of(view, input, cue);
    let tree = subject(view, input, cue, 0).map(|head| main_subject(view, input, cue, head)).filter(|&head| head < cue);
    let hi = cue.checked_sub(1)?;
    match (tree, near) {
        (Some(head), Some(near)) => {
            let far = phrase(view, input, head, 0, hi)?;
            // The tree may have missed: what stands right before the cue is the better guess, unless it modifies.
            let whole = far.first <= near && near <= far.last || view.sentence.below(near, head);
            if !whole && (gap_is_clause(view, input, far.last, near) || enclosed(view, far.last, near)) {
                phrase(view, input, top(view, near, 0), 0, hi)
            } else {
                Some(far)
            }
        }
        (Some(head), None) => phrase(view, input, head, 0, hi),
        (None, Some(near)) => phrase(view, input, top(view, near, 0), 0, hi),
        (None, None) => None,
    }
}

/// "C, the Qatari ministry said.": nothing but a noun phrase between a comma or quotation and a cue that ends its
/// clause. Returns the token of the comma, too. Trees often hang such a phrase on what precedes.
pub(crate) fn closing(view: &View<'_>, input: &Input<'_>, first: usize, last: usize) -> Option<(usize, Phrase)> {
    let words = &input.rules.words;
    let near = nominal_left_of(view, input, first)?;
    let parted = (near + 1..first).any(|at| view.low[at] == ",");
    let end = if view.low.get(near + 1).is_some_and(|low| low == "(") {
        (near + 1..first).find(|&at| view.low[at] == ")")?
    } else {
        near
    };
    let marks = |at: usize| {
        view.is_comma(at) && view.sentence.tokens[at].space_after || view.quote[at].is_some() && view.is_punct(at)
    };
    let comma = (0..near).rev().find(|&at| marks(at))?;
    let inside = comma + 1..=end;
    let bare = inside.clone().all(|at| {
        let low = view.low[at].as_str();
        !view.is_verbal(at)
            && !words.relative.has(low)
            && !words.complementisers.has(low)
            && view.upos(at) != Upos::Sconj
    });
    let starts = !matches!(view.upos(comma + 1), Upos::Adp | Upos::Cconj | Upos::Sconj)
        && !words.circumstance.has(&view.low[comma + 1]);
    let ahead = (last + 1..view.len()).take_while(|&at| view.low[at] != "," && view.low[at] != ";");
    let ends = ahead
        .clone()
        .all(|at| !view.is_verbal(at) && !words.complementisers.has(&view.low[at]) && view.quote[at].is_none());
    // "a charge it denies": the phrase before is what is denied.
    let parted = parted || end > comma + 1 && words.pronouns.has(&view.low[end]);
    let object = view.low.get(last + 1).is_some_and(|low| words.determiners.has(low));
    (comma > 1 && end - comma < 16 && bare && starts && ends && !object && !parted)
        .then(|| (comma, Phrase { first: comma + 1, last: end, head: head_of(view, comma + 1, end) }))
}

/// "…, its spokesman, Esmail Baghaei, warned": two noun phrases set off by commas before the cue.
pub(crate) fn appositive(view: &View<'_>, input: &Input<'_>, cue: usize) -> Option<(usize, Phrase)> {
    let words = &input.rules.words;
    let plain = |from: usize, to: usize| {
        from <= to
            && (from..=to).all(|at| {
                let low = view.low[at].as_str();
                !view.is_verbal(at)
                    && !words.relative.has(low)
                    && view.upos(at) != Upos::Sconj
                    && view.quote[at].is_none()
            })
            && !matches!(view.upos(from), Upos::Adp | Upos::Adv | Upos::Cconj)
            && !words.circumstance.has(&view.low[from])
            && (from..=to).any(|at| view.upos(at).is_nominal())
    };
    let last = cue.checked_sub(1).filter(|&at| view.low[at] == ",")?;
    let middle = (0..last).rev().take(14).find(|&at| view.low[at] == ",")?;
    let start = (0..middle)
        .rev()
        .find(|&at| view.is_punct(at) && view.low[at] != "-" && !words.possessive.has(&view.low[at]))
        .map_or(0, |at| at + 1);
    let fits = middle > start && plain(middle + 1, last - 1) && plain(start, middle - 1) && middle - start < 14;
    fits.then(|| (start, Phrase { first: start, last: last - 1, head: head_of(view, start, middle - 1) }))
}

/// "“…,” an official, who asked not to be named, told Reuters": behind a quotation a noun phrase with a relative clause or a
/// participle between commas, before the cue.
pub(crate) fn behind_quotation(view: &View<'_>, input: &Input<'_>, cue: usize) -> Option<Phrase> {
    let words = &input.rules.words;
    let last = cue.checked_sub(1).filter(|&at| view.low[at] == ",")?;
    let quoted = (0..last).rev().find(|&at| view.quote[at].is_some())?;
    let first = (quoted + 1..last).find(|&at| !view.is_punct(at))?;
    let middle = (first..last).find(|&at| view.low[at] == ",")?;
    let opens = |at: usize| {
        words.relative.has(&view.low[at])
            || view.sentence.tokens[at].feat("Tense") == Some("Pres")
                && view.sentence.tokens[at].feat("VerbForm") == Some("Part")
    };
    let plain = first > 0
        && !matches!(view.upos(first), Upos::Adp | Upos::Cconj | Upos::Sconj | Upos::Adv)
        && (first..middle).all(|at| !view.is_verbal(at))
        && (first..middle).any(|at| view.upos(at).is_nominal());
    (plain && opens(middle + 1)).then(|| Phrase { first, last: middle - 1, head: head_of(view, first, middle - 1) })
}

/// The subject of the main verb instead of `head`, where the tree took a verb that shares it for one that belongs to
/// a noun: "X called off the march that it had planned and denied …", "X let in migrants, accusing Y of …".
fn main_subject(view: &View<'_>, input: &Input<'_>, cue: usize, head: usize) -> usize {
    let sentence = view.sentence;
    let token = &sentence.tokens[cue];
    let own = sentence.with(cue, "nsubj").next().is_some();
    let joined = token.relation() == "conj"
        || cue > 0
            && view.is_comma(cue - 1)
            && matches!(token.relation(), "acl" | "advcl")
            && (token.feat("VerbForm") == Some("Ger") || token.feat("Tense") == Some("Pres"));
    let root = sentence.root();
    let main = root.and_then(|root| sentence.with(root, "nsubj").next()).filter(|&main| main < head);
    match main {
        Some(main) if !own && joined => {
            let speaks =
                |at: usize| input.entities.covering(view.at, at).is_some_and(|mention| mention.actor.is_some());
            if speaks(main) && !speaks(head) { main } else { head }
        }
        _ => head,
    }
}

/// The subject of the sentence's main verb, for a cue further on.
pub(crate) fn of_root(view: &View<'_>, input: &Input<'_>, cue: usize) -> Option<Phrase> {
    let main = view.sentence.root().and_then(|root| view.sentence.with(root, "nsubj").next())?;
    phrase(view, input, main, 0, cue.checked_sub(1)?)
}

/// Whether exactly one comma parts the far subject from the noun before the cue: "The armies, the mediator said, …".
fn enclosed(view: &View<'_>, from: usize, to: usize) -> bool {
    (from + 1..to).filter(|&at| view.low[at] == ",").count() == 1
}

/// Whether the tokens between a far subject and the near noun hold a finite clause of their own.
fn gap_is_clause(view: &View<'_>, input: &Input<'_>, from: usize, to: usize) -> bool {
    let words = &input.rules.words;
    let verb = (from + 1..to).find(|&at| view.is_verbal(at) && view.quote[at].is_none());
    verb.is_some()
        && !(from + 1..to).any(|at| words.relative.has(&view.low[at]) || words.coordinators.has(&view.low[at]))
}

/// The nominal that stands before the cue with nothing but adverbs and auxiliaries between.
fn nominal_left_of(view: &View<'_>, input: &Input<'_>, cue: usize) -> Option<usize> {
    let words = &input.rules.words;
    let mut at = cue;
    while let Some(before) = at.checked_sub(1) {
        let skipped = words.adverbs.has(&view.low[before])
            || words.negators.has(&view.low[before])
            || matches!(view.upos(before), Upos::Adv | Upos::Aux | Upos::Part)
                && !words.possessive.has(&view.low[before]);
        if !skipped {
            break;
        }
        at = before;
    }
    let before = at.checked_sub(1)?;
    if matches!(view.low[before].as_str(), ")" | "]") {
        return (0..before).rev().find(|&open| matches!(view.low[open].as_str(), "(" | "["))?.checked_sub(1);
    }
    let fits = view.upos(before).is_nominal()
        || matches!(view.upos(before), Upos::Num | Upos::X | Upos::Adj)
        || input.rules.words.definite.has(&view.low[before])
        || input.entities.covering(view.at, before).is_some();
    (fits && !words.relative.has(&view.low[before])).then_some(before)
}

/// The head of the noun phrase that `at` ends: up the tree while it stays nominal and to the left.
pub(crate) fn top(view: &View<'_>, at: usize, from: usize) -> usize {
    let mut head = at;
    for up in view.sentence.ancestors(at) {
        let inside = matches!(
            view.sentence.tokens[head].relation(),
            "flat" | "compound" | "nmod" | "appos" | "amod" | "det" | "nummod" | "conj" | "case" | "fixed" | "goeswith"
        );
        if !inside || up < from || up > at || !view.upos(up).is_nominal() {
            break;
        }
        head = up;
    }
    head
}

/// The subject of the verb at `verb`, its own or the one it shares.
pub(crate) fn subject(view: &View<'_>, input: &Input<'_>, verb: usize, depth: usize) -> Option<usize> {
    let words = &input.rules.words;
    let sentence = view.sentence;
    let token = &sentence.tokens[verb];
    let up = token.head.map(|up| up as usize);
    let own = sentence.with(verb, "nsubj").find(|&own| view.quote[own].is_none() || view.quote[verb].is_some());
    if let Some(own) = own {
        if words.relative.has(&view.low[own]) {
            return up.filter(|_| token.relation() == "acl");
        }
        return Some(own);
    }
    if depth > 4 {
        return None;
    }
    let up = up?;
    // "advised its citizens to stay at home and denied …": a finite past form is not joined to an infinitive; "said that they had
    // been freed, and insisted …": behind a comma the verb of saying goes on with the one above
    let above = sentence.tokens[up].head.map(|above| above as usize);
    if token.relation() == "conj"
        && let Some(above) = above
    {
        let past = token.feat("Tense") == Some("Past") && token.feat("VerbForm") == Some("Fin");
        let infinitive =
            sentence.tokens[up].feat("VerbForm") == Some("Inf") && sentence.tokens[up].relation() == "xcomp";
        let comma = sentence.with(verb, "cc").any(|mark| mark > 0 && mark < verb && view.low[mark - 1] == ",");
        let said = sentence.tokens[up].relation() == "ccomp" && above < up;
        if past && (infinitive || comma && said) {
            return subject(view, input, above, depth + 1);
        }
    }
    match token.relation() {
        "conj" | "advcl" | "parataxis" if view.upos(up) != Upos::Noun => subject(view, input, up, depth + 1),
        "conj" | "advcl" => subject(view, input, up, depth + 1).or(Some(up)),
        "xcomp" => sentence.with(up, "obj").next().or_else(|| subject(view, input, up, depth + 1)),
        "acl" if view.upos(up).is_nominal() => Some(up),
        _ => None,
    }
}

/// The noun phrase headed by `head` between two tokens: title, name and apposition, without relative clauses.
pub(crate) fn phrase(view: &View<'_>, input: &Input<'_>, head: usize, lo: usize, hi: usize) -> Option<Phrase> {
    if head < lo || head > hi {
        return None;
    }
    let sentence = view.sentence;
    let cut = |child: usize| {
        let relation = sentence.tokens[child].relation();
        matches!(
            relation,
            "acl"
                | "advcl"
                | "ccomp"
                | "parataxis"
                | "cop"
                | "aux"
                | "mark"
                | "discourse"
                | "nsubj"
                | "csubj"
                | "obl"
                | "advmod"
                | "xcomp"
                | "obj"
                | "dislocated"
                | "orphan"
                | "root"
        ) || relation == "case" && child < head && sentence.tokens[child].head == Some(head as u32)
            || relation == "cc" && child < head
            || sentence.tokens[child].upos == Upos::Verb && relation == "conj"
    };
    let tokens = sentence.subtree_without(head, cut);
    let inside = |at: usize| {
        at >= lo
            && at <= hi
            && tokens.binary_search(&at).is_ok()
            && view.quote[at].is_none_or(|_| view.quote[head].is_some() || !view.is_punct(at))
    };
    let (mut first, mut last) = (head, head);
    while first > lo && inside(first - 1) {
        first -= 1;
    }
    while last < hi && inside(last + 1) {
        last += 1;
    }
    if let Some(mention) = input.entities.covering(view.at, head) {
        let (from, to) = (mention.first as usize, mention.last as usize);
        if from >= lo && to <= hi {
            first = first.min(from);
            last = last.max(to);
        }
    }
    while first < head
        && (view.is_punct(first) && view.quote[first].is_none()
            || matches!(view.upos(first), Upos::Cconj | Upos::Sconj | Upos::Adv))
    {
        first += 1;
    }
    let open = |at: usize| view.low[at] == "(";
    while last > head
        && (matches!(view.upos(last), Upos::Cconj | Upos::Adp)
            || view.is_punct(last) && !(view.low[last] == ")" && (first..last).any(open)))
    {
        last -= 1;
    }
    if last < hi && view.low[last + 1] == ")" && (first..=last).filter(|&at| open(at)).count() == 1 {
        last += 1;
    }
    Some(Phrase { first, last, head })
}

/// The source that follows its cue: what stands between `from` and the next comma, verb or circumstance.
pub(crate) fn after(view: &View<'_>, input: &Input<'_>, from: usize, hi: usize) -> Option<Phrase> {
    let words = &input.rules.words;
    let starts = |at: usize| {
        matches!(view.upos(at), Upos::Noun | Upos::Propn | Upos::Pron | Upos::Det | Upos::Adj | Upos::Num | Upos::X)
            || view.upos(at) == Upos::Intj && view.sentence.tokens[at].form.starts_with(char::is_uppercase)
            || view.is_verbal(at) && view.sentence.tokens[at].relation() == "amod"
            || words.determiners.has(&view.low[at])
            || input.entities.covering(view.at, at).is_some()
    };
    if from > hi || from >= view.len() || view.is_punct(from) || !starts(from) {
        return None;
    }
    let mut last = from;
    let mut depth = 0_i32;
    for at in from + 1..=hi.min(view.len() - 1) {
        let low = view.low[at].as_str();
        if low == "(" {
            depth += 1;
        }
        let named = input
            .entities
            .covering(view.at, at)
            .is_some_and(|mention| (mention.first as usize) < at && mention.first as usize >= from);
        if depth == 0 && !named {
            let joins = words.coordinators.has(low)
                && at < hi
                && view.upos(at + 1).is_nominal()
                && view.upos(at.saturating_sub(1)).is_nominal();
            let ends = view.is_punct(at) && !matches!(low, "-" | "/" | "." | "'" | "’" | "&" | "\"" | "“" | "”")
                || low == "." && at == view.len() - 1
                || words.source_ends.has(low) && !joins
                || words.complementisers.has(low)
                || view.is_verbal(at) && !words.possessive.has(low) && view.sentence.tokens[at].relation() != "amod"
                || view.upos(at) == Upos::Sconj
                || view.quote[at].is_some() && view.is_punct(at) && view.quote[from].is_none();
            if ends {
                break;
            }
        }
        if low == ")" {
            depth -= 1;
        }
        last = at;
    }
    if let Some(mention) = input.entities.in_sentence(view.at).iter().find(|mention| {
        let (first, to) = (mention.first as usize, mention.last as usize);
        first <= last && to > last && first >= from && to <= hi
    }) && mention.first as usize <= from + 2
    {
        last = mention.last as usize;
    }
    while last > from && view.is_punct(last) && view.low[last] != ")" {
        last -= 1;
    }
    // "officials familiar with the matter", "a source close to the talks"
    if last > from
        && last + 2 <= hi.min(view.len() - 1)
        && view.upos(last) == Upos::Adj
        && view.upos(last - 1).is_nominal()
        && view.upos(last + 1) == Upos::Adp
        && let Some(what) = after(view, input, last + 2, hi)
    {
        last = what.last;
    }
    Some(Phrase { first: from, last, head: head_of(view, from, last) })
}

/// The token between two that hangs highest.
pub(crate) fn head_of(view: &View<'_>, first: usize, last: usize) -> usize {
    let outside = |at: &usize| {
        view.sentence.tokens[*at].head.is_none_or(|up| (up as usize) < first || up as usize > last)
            && view.upos(*at).is_nominal()
    };
    (first..=last).find(outside).unwrap_or(first)
}
