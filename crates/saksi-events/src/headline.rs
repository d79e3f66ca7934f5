//! The clauses of a headline, whose trees are often wrong: capitals, bare verbs and commas for "and" mislead the parser.
//!
//! Once the verbs of acts are known, the order of words says the rest: subject, verb, object, clause by clause.

use saksi_entities::{Entities, Mention, Role};
use saksi_tree::{Sentence, Upos};

/// Hangs the actors of a headline on the verbs at `verbs` (in order) whose clause they stand in.
pub(crate) fn order(sentence: &mut Sentence, verbs: &[usize], index: usize, entities: &Entities) {
    let Some(&main) = verbs.first() else { return };
    let mentions: Vec<&Mention> = entities
        .in_sentence(index)
        .iter()
        .filter(|mention| mention.actor.is_some() && mention.role == Role::Actor)
        .collect();
    for (number, &verb) in verbs.iter().enumerate() {
        let before = number.checked_sub(1).map(|last| verbs[last]);
        let Some(start) = begins(sentence, &mentions, verb, before) else {
            if let Some(before) = before {
                complement(sentence, &mentions, verb, before, main);
            }
            continue;
        };
        let subjects = listed(sentence, &mentions, start, verb);
        let alien: Vec<usize> = sentence.with(verb, "nsubj").filter(|&subject| subject < start).collect();
        if subjects.is_empty() && before.is_none() {
            // "Saba Saba: 11 killed": what stands before the colon is no subject
            for head in alien {
                hang(sentence, head, verb, "dep");
            }
            // "Thai F-16 jets bomb Cambodian positions" with the verb read as a noun
            if sentence.tokens[verb].upos != Upos::Verb {
                sentence.tokens[verb].upos = Upos::Verb;
                object(sentence, verb, &mentions);
            }
            continue;
        }
        if subjects.is_empty() {
            // "Indonesia condemns Israel, asks the UN to act": the subject is shared
            let own = sentence.with(verb, "nsubj").next().is_some() || sentence.tokens[verb].relation() == "conj";
            let mark = start.checked_sub(1).map(|mark| sentence.tokens[mark].upos);
            if start == verb && !own && matches!(mark, Some(Upos::Punct | Upos::Cconj)) {
                raise(sentence, verb, main);
            }
            continue;
        }
        let first = subjects.first().copied();
        let right = first.is_none_or(|head| {
            sentence.tokens[head].head == Some(verb as u32) && sentence.tokens[head].relation() == "nsubj"
        });
        // "RI-Kanada teken": whom a hyphen joins acts too
        let joined = subjects.windows(2).all(|pair| {
            let hyphen = (pair[0]..pair[1]).any(|at| matches!(sentence.tokens[at].form.as_str(), "-" | "–"));
            !hyphen || sentence.tokens[pair[1]].relation() == "conj"
        });
        if right && joined && alien.is_empty() && sentence.tokens[verb].upos == Upos::Verb {
            continue;
        }
        raise(sentence, verb, main);
        for (place, &head) in subjects.iter().enumerate() {
            let (up, deprel) = if place == 0 { (verb, "nsubj") } else { (subjects[0], "conj") };
            hang(sentence, head, up, deprel);
        }
        for head in alien {
            let free = before.is_some_and(|other| sentence.with(other, "nsubj").next().is_none());
            hang(sentence, head, before.unwrap_or(verb), if free { "nsubj" } else { "dep" });
        }
        object(sentence, verb, &mentions);
    }
}

/// "Gubernur Copot Kepala Dinas" read as one name: the bare verb right behind the actor that a clause begins with is its verb,
/// and what follows is its object.
pub(crate) fn bare_verb(
    sentence: &mut Sentence,
    mention: &Mention,
    is_bare: impl Fn(&Sentence, usize) -> bool,
) -> bool {
    let (first, last, subject) = (mention.first as usize, mention.last as usize, mention.head as usize);
    let verb = last + 1;
    let begins = first == 0 || matches!(sentence.tokens[first - 1].upos, Upos::Punct | Upos::Cconj);
    let nominal = |at: usize| {
        let token = &sentence.tokens[at];
        token.upos.is_nominal() || matches!(token.upos, Upos::X | Upos::Adj)
    };
    let tokens = sentence.tokens.len();
    if !begins || verb + 1 >= tokens || !nominal(verb) || !is_bare(sentence, verb) {
        return false;
    }
    // "Dua Direktur": the number is the noun's
    let object = (verb + 1..tokens.min(verb + 4)).find(|&at| sentence.tokens[at].upos.is_nominal()).filter(|&object| {
        sentence.tokens[verb + 1..object].iter().all(|token| matches!(token.upos, Upos::Num | Upos::Det | Upos::Adj))
    });
    let Some(object) = object else { return false };
    if sentence.tokens[subject].head.is_some_and(|head| head as usize > last && head as usize != verb) {
        return false;
    }
    if sentence.tokens[subject].head != Some(verb as u32) {
        sentence.tokens[verb].head = sentence.tokens[subject].head;
        let deprel = sentence.tokens[subject].deprel.clone();
        sentence.tokens[verb].deprel = deprel;
    }
    for child in (verb + 1..tokens).filter(|&at| at != object).collect::<Vec<_>>() {
        let head = sentence.tokens[child].head.map(|head| head as usize);
        let mine = head.is_some_and(|head| (first..=verb).contains(&head));
        let phrase =
            child < object || matches!(sentence.tokens[child].relation(), "nmod" | "flat" | "amod" | "compound");
        if mine {
            sentence.tokens[child].head = Some(if phrase { object as u32 } else { verb as u32 });
        }
    }
    sentence.tokens[verb].upos = Upos::Verb;
    sentence.tokens[subject].head = Some(verb as u32);
    sentence.tokens[subject].deprel = "nsubj".into();
    sentence.tokens[object].head = Some(verb as u32);
    sentence.tokens[object].deprel = "obj".into();
    sentence.link();
    true
}

/// "Manila accuses Beijing of firing", "agree to hold": a verb with no mark before it is what the one before is about; the actor
/// between them is its subject.
fn complement(sentence: &mut Sentence, mentions: &[&Mention], verb: usize, before: usize, main: usize) {
    let between = mentions
        .iter()
        .filter(|mention| mention.first as usize == before + 1 && mention.last as usize + 1 == verb)
        .map(|mention| mention.head as usize)
        .next();
    if between.is_none() && before + 1 != verb || sentence.ancestors(verb).any(|up| up == before) && between.is_none() {
        return;
    }
    if before == main {
        raise(sentence, main, main);
    }
    sentence.tokens[verb].upos = Upos::Verb;
    hang(sentence, verb, before, "xcomp");
    if let Some(head) = between {
        hang(sentence, head, before, "obj");
    }
}

/// Where the clause of `verb` begins: behind the last mark, or at the verb itself where it shares its subject.
fn begins(sentence: &Sentence, mentions: &[&Mention], verb: usize, before: Option<usize>) -> Option<usize> {
    let mark = |at: usize| matches!(sentence.tokens[at].form.as_str(), "," | ";" | "–" | "—");
    let colon = |at: usize| sentence.tokens[at].form == ":";
    let Some(before) = before else {
        let first = (0..verb).rev().find(|&at| colon(at)).map_or(0, |at| at + 1);
        // "Coup fails in Bolivia, general arrested"
        let later = || {
            (first..verb)
                .rev()
                .filter(|&at| mark(at))
                .map(|at| at + 1)
                .find(|&at| !listed(sentence, mentions, at, verb).is_empty())
        };
        let whole = !listed(sentence, mentions, first, verb).is_empty();
        return Some(if whole { first } else { later().unwrap_or(first) });
    };
    (before + 1..verb).rev().find_map(|at| {
        let token = &sentence.tokens[at];
        let joins = token.upos == Upos::Cconj && at + 1 == verb;
        (mark(at) || colon(at) || token.upos == Upos::Sconj || joins).then_some(at + 1)
    })
}

/// The heads of the actors that a clause begins with: one, or a list.
fn listed(sentence: &Sentence, mentions: &[&Mention], start: usize, verb: usize) -> Vec<usize> {
    let mut heads = Vec::new();
    let mut at = start;
    while at < verb {
        let thin = |at: usize| {
            let token = &sentence.tokens[at];
            token.upos == Upos::Cconj || matches!(token.form.as_str(), "," | "-" | "–")
        };
        let next = mentions
            .iter()
            .filter(|mention| mention.first as usize == at && (mention.last as usize) < verb)
            .max_by_key(|mention| mention.last);
        match next {
            Some(mention) => {
                heads.push(mention.head as usize);
                at = mention.last as usize + 1;
            }
            None if !heads.is_empty() && thin(at) => at += 1,
            None => break,
        }
    }
    // what stands between the last actor and the verb may only be an adverb or an auxiliary
    let rest = (at..verb).all(|at| matches!(sentence.tokens[at].upos, Upos::Adv | Upos::Aux | Upos::Part));
    if rest { heads } else { Vec::new() }
}

/// Makes `verb` a verb of the headline: its root, or joined to the one that is.
fn raise(sentence: &mut Sentence, verb: usize, main: usize) {
    sentence.tokens[verb].upos = Upos::Verb;
    if verb != main && sentence.tokens[main].head.is_some() {
        raise(sentence, main, main);
    }
    if verb == main {
        if let Some(root) = sentence.root().filter(|&root| root != verb) {
            sentence.tokens[verb].head = None;
            sentence.tokens[verb].deprel = "root".into();
            hang(sentence, root, verb, "dep");
        }
        return;
    }
    hang(sentence, verb, main, "conj");
}

/// Gives a verb without an object the noun phrase right behind it.
fn object(sentence: &mut Sentence, verb: usize, mentions: &[&Mention]) {
    if sentence.with(verb, "obj").any(|object| object > verb) {
        return;
    }
    let thin =
        |at: usize| matches!(sentence.tokens[at].upos, Upos::Adv | Upos::Det | Upos::Adj | Upos::Num | Upos::Noun);
    let near = (verb + 1..sentence.tokens.len()).take(4);
    let mut clear = true;
    let mut found = near.take_while(|&at| {
        let go = clear;
        clear = thin(at);
        go
    });
    let head = found.find_map(|at| {
        mentions.iter().find(|mention| mention.first as usize == at).map(|mention| mention.head as usize)
    });
    let noun = head
        .or_else(|| Some(verb + 1).filter(|&at| sentence.tokens.get(at).is_some_and(|token| token.upos.is_nominal())));
    let Some(noun) = noun.filter(|&noun| sentence.with(noun, "case").next().is_none()) else { return };
    hang(sentence, noun, verb, "obj");
}

fn hang(sentence: &mut Sentence, at: usize, head: usize, deprel: &str) {
    if at == head || sentence.ancestors(head).any(|up| up == at) {
        return;
    }
    sentence.hang(at, head, deprel);
}
