//! Clauses whose verb or subject the parser has missed.

use saksi_tree::{RegionKind, Sentence, Upos};

/// "Houthis free 110 prisoners", "SADC leaders plan to meet": a clause that begins with an actor (`first` to `last`, head `head`) and
/// has no verb has one right behind the actor, whatever its tag. `is_verb` says which words may be verbs.
pub(crate) fn verb_behind_actor(
    sentence: &mut Sentence,
    (first, last): (usize, usize),
    upon: &[String],
    is_verb: impl Fn(&Sentence, usize) -> bool,
) -> bool {
    let joins = |at: usize| upon.iter().any(|word| *word == sentence.tokens[at].form.to_lowercase().as_str());
    let marks = |at: usize| matches!(sentence.tokens[at].form.as_str(), "," | ";" | ":" | "–" | "—") || joins(at);
    let start = (0..first).rev().find(|&at| marks(at)).map_or(0, |at| at + 1);
    let joined = start.checked_sub(1).filter(|&mark| joins(mark));
    let at = last + 1;
    if start != first || at + 1 >= sentence.tokens.len() {
        return false;
    }
    let end = (at..sentence.tokens.len())
        .find(|&place| marks(place) || place > at && sentence.tokens[place].upos == Upos::Sconj)
        .unwrap_or(sentence.tokens.len());
    let title = sentence.kind == RegionKind::Title;
    let verbless = (first..end).all(|place| {
        let token = &sentence.tokens[place];
        !matches!(token.upos, Upos::Verb | Upos::Aux)
            || place > at && matches!(token.feat("VerbForm"), Some("Inf" | "Part" | "Ger"))
    });
    let whole =
        title || first == 0 && (0..sentence.tokens.len()).all(|place| sentence.with(place, "nsubj").next().is_none());
    let tagged = matches!(sentence.tokens[at].upos, Upos::Noun | Upos::Propn | Upos::Adj | Upos::X);
    if !verbless || !whole || !tagged || !is_verb(sentence, at) {
        return false;
    }
    let inside = |place: usize| first <= place && place <= last;
    let Some(subject) = (first..=last).find(|&place| sentence.tokens[place].head.is_none_or(|up| !inside(up as usize)))
    else {
        return false;
    };
    let root = sentence.root().filter(|&root| first <= root && root < end);
    let outside: Vec<usize> = (at + 1..end)
        .filter(|&place| sentence.tokens[place].head.is_none_or(|up| up as usize <= at || up as usize >= end))
        .collect();
    let mut object = false;
    for place in outside {
        let token = &sentence.tokens[place];
        let marked = sentence.with(place, "case").next().is_some();
        let deprel = match token.upos {
            Upos::Punct => "punct",
            Upos::Verb if sentence.with(place, "mark").next().is_some() => "xcomp",
            Upos::Verb => "advcl",
            _ if token.upos.is_nominal() && !marked && !object => {
                object = true;
                "obj"
            }
            _ if token.upos.is_nominal() => "obl",
            _ => "dep",
        };
        sentence.tokens[place].head = Some(at as u32);
        sentence.tokens[place].deprel = deprel.into();
    }
    let main = root.is_some() || sentence.root().is_none();
    if main {
        sentence.tokens[at].head = None;
        sentence.tokens[at].deprel = "root".into();
        for place in 0..sentence.tokens.len() {
            let up = sentence.tokens[place].head.map(|up| up as usize);
            let across = !(first..end).contains(&place) && up.is_some_and(|up| (first..end).contains(&up));
            if place != at && (up.is_none() || across) {
                sentence.tokens[place].head = Some(at as u32);
                if sentence.tokens[place].deprel == "root" {
                    sentence.tokens[place].deprel = "dep".into();
                }
            }
        }
    } else if let Some(root) = sentence.root() {
        sentence.tokens[at].head = Some(root as u32);
        sentence.tokens[at].deprel = if joined.is_some() { "advcl".into() } else { "parataxis".into() };
        if let Some(mark) = joined {
            sentence.tokens[mark].head = Some(at as u32);
            sentence.tokens[mark].deprel = "mark".into();
        }
    }
    sentence.tokens[at].upos = Upos::Verb;
    sentence.tokens[subject].head = Some(at as u32);
    sentence.tokens[subject].deprel = "nsubj".into();
    for place in first..=last {
        if place != subject && sentence.tokens[place].head.is_none_or(|up| !inside(up as usize)) {
            sentence.tokens[place].head = Some(subject as u32);
        }
    }
    sentence.link();
    true
}

/// "Tebboune, ready to talk, rejected mediation": the subject of what is set off by commas is that of the verb behind it.
pub(crate) fn subject_of_aside(sentence: &mut Sentence) -> bool {
    let comma = |at: usize| sentence.tokens.get(at).is_some_and(|token| token.form == ",");
    let Some(verb) = sentence.root().filter(|&root| sentence.tokens[root].upos == Upos::Verb) else { return false };
    if sentence.children(verb).any(|child| matches!(sentence.tokens[child].relation(), "nsubj" | "csubj" | "expl")) {
        return false;
    }
    let found = sentence.with(verb, "advcl").filter(|&aside| aside < verb).find_map(|aside| {
        let subject = sentence.with(aside, "nsubj").next()?;
        let quality = sentence.tokens[aside].upos == Upos::Adj
            && sentence.with(aside, "cop").next().is_none()
            && sentence.with(aside, "mark").next().is_none();
        let ends = sentence.subtree(subject).into_iter().max()?;
        let close = (aside..verb).rev().find(|&at| sentence.tokens[at].upos != Upos::Adv)?;
        let set_off = (comma(ends) || comma(ends + 1)) && comma(close);
        (quality && set_off && subject < aside).then_some((subject, aside))
    });
    let Some((subject, aside)) = found else { return false };
    sentence.hang(subject, verb, "nsubj");
    sentence.tokens[aside].head = Some(subject as u32);
    sentence.tokens[aside].deprel = "acl".into();
    sentence.link();
    true
}

/// "Norway and Iceland back Denmark": between a subject and the name that was read as what it is, without a copula, a word
/// that may be a verb is the verb.
pub(crate) fn verb_read_as_adverb(sentence: &mut Sentence, is_verb: impl Fn(&Sentence, usize) -> bool) -> bool {
    let Some(root) = sentence.root().filter(|&root| sentence.tokens[root].upos == Upos::Propn) else { return false };
    let Some(subject) = sentence.with(root, "nsubj").find(|&subject| subject < root) else { return false };
    let copula = sentence.children(root).any(|child| matches!(sentence.tokens[child].relation(), "cop" | "case"));
    let between: Vec<usize> = sentence.children(root).filter(|&child| subject < child && child < root).collect();
    let Some(&verb) = between.iter().find(|&&child| {
        matches!(sentence.tokens[child].upos, Upos::Adv | Upos::Adj | Upos::Adp)
            && sentence.children(child).next().is_none()
            && is_verb(sentence, child)
    }) else {
        return false;
    };
    if copula || (0..sentence.tokens.len()).any(|at| matches!(sentence.tokens[at].upos, Upos::Verb | Upos::Aux)) {
        return false;
    }
    let mine = |child: usize| {
        child != verb && (child < verb || matches!(sentence.tokens[child].relation(), "punct" | "nmod" | "obl" | "advcl"))
    };
    for child in sentence.children(root).filter(|&child| mine(child)).collect::<Vec<_>>() {
        sentence.tokens[child].head = Some(verb as u32);
        if sentence.tokens[child].relation() == "nmod" {
            sentence.tokens[child].deprel = "obl".into();
        }
    }
    sentence.tokens[verb].head = None;
    sentence.tokens[verb].deprel = "root".into();
    sentence.tokens[verb].upos = Upos::Verb;
    sentence.tokens[root].head = Some(verb as u32);
    sentence.tokens[root].deprel = "obj".into();
    sentence.link();
    true
}

/// "invaded the islands, and 649 Argentines and 255 Britons were killed" with the first of the two joined to what stands before
/// the comma: what stands behind the conjunction of a clause belongs to that clause.
pub(crate) fn listed_subject(sentence: &mut Sentence) -> bool {
    for verb in 0..sentence.tokens.len() {
        if sentence.tokens[verb].upos != Upos::Verb {
            continue;
        }
        let Some(subject) = sentence.with(verb, "nsubj").find(|&subject| subject < verb) else { continue };
        let Some(opens) = sentence.with(verb, "cc").find(|&cc| cc < subject && cc > 0) else { continue };
        let joined = sentence.children(verb).any(|child| {
            sentence.tokens[child].relation() == "cc" && opens < child && child < subject
                || sentence.tokens[child].form == "," && opens < child && child < subject
        });
        let stray = (opens + 1..subject).find(|&at| {
            let token = &sentence.tokens[at];
            token.upos.is_nominal()
                && token.relation() == "conj"
                && token.head.is_some_and(|head| (head as usize) < opens && head as usize != verb)
                && sentence.with(at, "case").next().is_none()
        });
        let set_off = sentence.tokens[opens - 1].form == ",";
        let Some(stray) = stray.filter(|_| joined && set_off) else { continue };
        let deprel = sentence.tokens[subject].deprel.clone();
        sentence.hang(stray, verb, &deprel);
        sentence.hang(subject, stray, "conj");
        return true;
    }
    false
}

/// "welcomes the words, and thanks the governments": behind the conjunction a noun that may be a present tense is one, if the
/// verb it is joined to is, and an object stands behind it.
pub(crate) fn present_read_as_noun(sentence: &mut Sentence, is_verb: impl Fn(&Sentence, usize) -> bool) -> bool {
    for at in 1..sentence.tokens.len() {
        let token = &sentence.tokens[at];
        let bare = sentence.children(at).all(|child| !matches!(sentence.tokens[child].relation(), "det" | "amod" | "case"));
        let noun = token.upos == Upos::Noun && token.relation() == "conj" && bare;
        let Some(first) = token.head.map(|head| head as usize).filter(|_| noun) else { continue };
        let finite = sentence.tokens[first].upos == Upos::Verb
            && sentence.tokens[first].feat("Tense") == Some("Pres")
            && sentence.tokens[first].feat("VerbForm") == Some("Fin");
        let joined = sentence.tokens[at - 1].upos == Upos::Cconj;
        let object = sentence.children(at).find(|&child| {
            child > at
                && sentence.tokens[child].upos.is_nominal()
                && matches!(sentence.tokens[child].relation(), "appos" | "nmod" | "obj" | "dep" | "compound")
                && sentence.with(child, "case").next().is_none()
        });
        let Some(object) = object.filter(|_| finite && joined && is_verb(sentence, at)) else { continue };
        for child in sentence.children(at).filter(|&child| child > object).collect::<Vec<_>>() {
            if sentence.tokens[child].relation() == "nmod" {
                sentence.tokens[child].deprel = "obl".into();
            }
        }
        sentence.tokens[at].upos = Upos::Verb;
        sentence.hang(object, at, "obj");
        return true;
    }
    false
}

/// "the destroyer Almirante Storni fired" with two subjects: a name right behind a noun is the noun's.
pub(crate) fn name_as_second_subject(sentence: &mut Sentence) -> bool {
    for verb in 0..sentence.tokens.len() {
        let subjects: Vec<usize> = sentence.with(verb, "nsubj").filter(|&subject| subject < verb).collect();
        let [noun, name] = subjects[..] else { continue };
        let begins = sentence.subtree(name).into_iter().min();
        if sentence.tokens[noun].upos != Upos::Noun
            || sentence.tokens[name].upos != Upos::Propn
            || begins != Some(noun + 1)
        {
            continue;
        }
        let passive = sentence.children(verb).any(|child| sentence.tokens[child].deprel == "aux:pass");
        sentence.tokens[noun].deprel = if passive { "nsubj:pass".into() } else { "nsubj".into() };
        sentence.hang(name, noun, "appos");
        return true;
    }
    false
}

/// "Tobgay, for his part, intends to visit China" with the name called on: a name that a sentence begins with, set off by
/// commas, is the subject of a main verb that has none.
pub(crate) fn name_set_off(sentence: &mut Sentence) -> bool {
    let Some(verb) = sentence.root().filter(|&root| sentence.tokens[root].upos == Upos::Verb) else { return false };
    let finite = sentence.tokens[verb].feat("VerbForm") == Some("Fin")
        && sentence.tokens[verb].feat("Mood") != Some("Imp")
        || sentence.with(verb, "aux").next().is_some();
    let subject = sentence.children(verb).any(|child| matches!(sentence.tokens[child].relation(), "nsubj" | "csubj" | "expl"));
    if sentence.kind != RegionKind::Body || subject || !finite {
        return false;
    }
    let name = sentence.children(verb).find(|&child| {
        let token = &sentence.tokens[child];
        child < verb
            && token.upos == Upos::Propn
            && matches!(token.relation(), "discourse" | "vocative" | "dep" | "parataxis" | "dislocated")
            && sentence.subtree(child).first() == Some(&0)
    });
    let Some(name) = name else { return false };
    sentence.hang(name, verb, "nsubj");
    true
}

/// "contends that the foreigners ignored orders and accuses the group": a present tense goes on with a present tense, not with
/// what that says of the past.
pub(crate) fn present_joined_to_past(sentence: &mut Sentence) -> bool {
    let tense = |sentence: &Sentence, at: usize| {
        let token = &sentence.tokens[at];
        (token.upos == Upos::Verb && token.feat("VerbForm") == Some("Fin")).then(|| token.feat("Tense").map(str::to_owned)).flatten()
    };
    for at in 0..sentence.tokens.len() {
        let token = &sentence.tokens[at];
        let own = sentence.with(at, "nsubj").next().is_some() || sentence.with(at, "aux").next().is_some();
        if token.relation() != "conj" || own || token.feat("Person") != Some("3") || tense(sentence, at).as_deref() != Some("Pres") {
            continue;
        }
        let Some(past) = token.head.map(|head| head as usize).filter(|&head| head < at) else { continue };
        if tense(sentence, past).as_deref() != Some("Past") || sentence.tokens[past].relation() != "ccomp" {
            continue;
        }
        let Some(saying) = sentence.tokens[past].head.map(|head| head as usize).filter(|&head| head < past) else { continue };
        if tense(sentence, saying).as_deref() == Some("Pres") && sentence.with(saying, "nsubj").next().is_some() {
            sentence.hang(at, saying, "conj");
            return true;
        }
    }
    false
}

/// "demanded that it negotiate; hundreds protested": behind a semicolon a clause with a subject of its own is no part of what
/// stands before it.
pub(crate) fn clause_behind_semicolon(sentence: &mut Sentence) -> bool {
    let Some(root) = sentence.root() else { return false };
    let mut changed = false;
    for verb in 0..sentence.tokens.len() {
        let token = &sentence.tokens[verb];
        let Some(head) = token.head.map(|head| head as usize).filter(|&head| head < verb) else { continue };
        let inside = matches!(token.relation(), "ccomp" | "xcomp" | "conj" | "advcl" | "parataxis")
            && !(head == root && matches!(token.relation(), "parataxis" | "conj"));
        if token.upos != Upos::Verb || !inside || verb == root {
            continue;
        }
        let own = sentence.with(verb, "nsubj").any(|subject| subject < verb);
        let marked = sentence.with(verb, "mark").any(|mark| mark < verb);
        let begins = sentence.subtree(verb).into_iter().find(|&at| sentence.tokens[at].upos != Upos::Punct);
        let opened = begins.and_then(|begins| begins.checked_sub(1)).is_some_and(|mark| sentence.tokens[mark].form == ";");
        if own && !marked && opened && !sentence.below(root, verb) {
            sentence.hang(verb, root, "parataxis");
            changed = true;
        }
    }
    changed
}

/// "…, its lawyer, Halimatou Camara, told the Network" with both hung on the noun before: the role behind the comma is who says
/// it, and the name is the role's.
pub(crate) fn speaker_read_as_apposition(sentence: &mut Sentence) -> bool {
    let comma = |sentence: &Sentence, at: usize| sentence.tokens.get(at).is_some_and(|token| token.form == ",");
    for verb in 3..sentence.tokens.len() {
        let token = &sentence.tokens[verb];
        let says = token.upos == Upos::Verb && matches!(token.relation(), "parataxis" | "conj" | "root" | "acl");
        if !says || sentence.with(verb, "nsubj").next().is_some() || !comma(sentence, verb - 1) {
            continue;
        }
        let names: Vec<usize> = (0..verb - 1).filter(|&at| sentence.tokens[at].relation() == "appos").collect();
        let found = names.iter().rev().find_map(|&name| {
            let ends = sentence.subtree(name).into_iter().filter(|&at| at < verb - 1).max()?;
            let first = sentence.subtree(name).into_iter().find(|&at| sentence.tokens[at].upos != Upos::Punct)?;
            let role = names.iter().copied().find(|&role| {
                let begins = sentence.subtree(role).into_iter().find(|&at| sentence.tokens[at].upos != Upos::Punct);
                let owned = sentence.with(role, "nmod").any(|child| sentence.tokens[child].upos == Upos::Pron)
                    || sentence.with(role, "det").next().is_some();
                role < name
                    && sentence.tokens[role].upos == Upos::Noun
                    && owned
                    && role + 2 == first
                    && comma(sentence, role + 1)
                    && begins.and_then(|begins| begins.checked_sub(1)).is_some_and(|mark| comma(sentence, mark))
            })?;
            (ends + 2 == verb && sentence.tokens[name].upos == Upos::Propn).then_some((role, name))
        });
        let Some((role, name)) = found else { continue };
        if sentence.below(verb, role) {
            continue;
        }
        sentence.hang(role, verb, "nsubj");
        sentence.hang(name, role, "appos");
        return true;
    }
    false
}

/// "China, sekutu utama Pyongyang, mendesak Korea Utara kembali ke meja perundingan" with the verb below the apposition: where
/// verbs show their voice, an active verb right behind the closing comma is the verb of whom the apposition describes.
pub(crate) fn active_below_apposition(sentence: &mut Sentence) -> bool {
    for verb in 2..sentence.tokens.len() {
        let token = &sentence.tokens[verb];
        let active = token.upos == Upos::Verb && token.feat("Voice") == Some("Act") && token.relation() == "acl";
        let Some(noun) = token.head.map(|head| head as usize).filter(|&noun| active && noun < verb) else { continue };
        let own = sentence.children(verb).any(|child| matches!(sentence.tokens[child].relation(), "nsubj" | "mark"));
        if own || sentence.tokens[verb - 1].form != "," || sentence.tokens[noun].relation() != "appos" {
            continue;
        }
        let Some(subject) = sentence.tokens[noun].head.map(|head| head as usize).filter(|&head| head < noun) else { continue };
        let Some(main) = sentence.tokens[subject].head.map(|head| head as usize).filter(|&main| main > verb) else { continue };
        if sentence.tokens[subject].relation() != "nsubj" || sentence.tokens[main].upos != Upos::Verb {
            continue;
        }
        sentence.tokens[verb].head = sentence.tokens[main].head;
        let deprel = sentence.tokens[main].deprel.clone();
        sentence.tokens[verb].deprel = deprel;
        sentence.hang(subject, verb, "nsubj");
        sentence.hang(main, verb, "xcomp");
        return true;
    }
    false
}

/// "memerintahkan militer dan polisi menyelidiki" with the second of them as a subject of its own: both are told to.
pub(crate) fn object_and_subject(sentence: &mut Sentence, is_asked: impl Fn(&Sentence, usize) -> bool) -> bool {
    for verb in 4..sentence.tokens.len() {
        let token = &sentence.tokens[verb];
        let joined = token.upos == Upos::Verb && token.relation() == "conj";
        let Some(above) = token.head.map(|head| head as usize).filter(|&above| joined && above < verb) else { continue };
        let Some(subject) = sentence.with(verb, "nsubj").find(|&subject| subject < verb) else { continue };
        let Some(mark) = sentence.with(verb, "cc").find(|&mark| mark < subject && mark > above) else { continue };
        let first = sentence.subtree(subject).into_iter().min();
        let object = sentence.with(above, "obj").find(|&object| {
            sentence.subtree(object).into_iter().max() == Some(mark - 1) && object > above
        });
        let Some(object) = object.filter(|_| first == Some(mark + 1) && is_asked(sentence, above)) else { continue };
        sentence.hang(subject, object, "conj");
        sentence.hang(mark, subject, "cc");
        sentence.hang(verb, above, "xcomp");
        return true;
    }
    false
}

/// "turned the offer down last week, a decision that he called wrong" with the decision as a second object: behind a comma a noun
/// with a relative clause calls what was told by a name.
pub(crate) fn object_behind_comma(sentence: &mut Sentence) -> bool {
    for verb in 0..sentence.tokens.len() {
        if sentence.tokens[verb].upos != Upos::Verb {
            continue;
        }
        let objects: Vec<usize> = sentence.with(verb, "obj").filter(|&object| object > verb).collect();
        let [first, second] = objects[..] else { continue };
        let begins = sentence.subtree(second).into_iter().find(|&at| sentence.tokens[at].upos != Upos::Punct);
        let set_off = begins.and_then(|begins| begins.checked_sub(1)).is_some_and(|mark| sentence.tokens[mark].form == ",");
        if first < second && set_off && sentence.with(second, "acl").next().is_some() {
            sentence.tokens[second].deprel = "parataxis".into();
            sentence.link();
            return true;
        }
    }
    false
}

/// "Bentrokan antara tentara Thailand dan Kamboja pecah" with the parties hung on the verb: such a preposition right behind a noun
/// says whose it is.
pub(crate) fn parties_behind_noun(sentence: &mut Sentence, between: &[String]) -> bool {
    for case in 1..sentence.tokens.len() {
        let listed = between.iter().any(|word| *word == sentence.tokens[case].lower());
        let noun = case - 1;
        if !listed || sentence.tokens[case].relation() != "case" || !sentence.tokens[noun].upos.is_nominal() {
            continue;
        }
        let Some(party) = sentence.tokens[case].head.map(|head| head as usize).filter(|&party| party > case) else { continue };
        let above = sentence.tokens[party].head.map(|head| head as usize);
        let verb = above.is_some_and(|above| sentence.tokens[above].upos == Upos::Verb && above != noun);
        if verb && sentence.tokens[party].relation() == "obl" && !sentence.below(noun, party) {
            sentence.hang(party, noun, "nmod");
            return true;
        }
    }
    false
}
