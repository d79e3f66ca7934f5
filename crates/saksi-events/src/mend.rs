//! Mends what the parser is known to get wrong, where the tree contradicts itself.
//!
//! Only in languages whose subject stands before the verb and whose object behind it (`subject_first` of the pack's
//! grammar). Each step needs evidence in the tree itself; nothing is guessed from words.

use crate::grammar::Grammar;
use saksi_tree::{RegionKind, Sentence, Upos};

/// Mends a sentence and links it anew; says whether anything was changed.
pub(crate) fn mend(sentence: &mut Sentence, grammar: &Grammar) -> bool {
    let mut changed = false;
    for at in 0..sentence.tokens.len() {
        // a word is no mark, whatever its tag
        changed |= name_as_preposition(sentence, at);
        let token = &mut sentence.tokens[at];
        if token.upos == Upos::Punct && token.form.chars().all(char::is_alphabetic) && token.form.len() > 2 {
            token.upos = Upos::Noun;
            changed = true;
        }
        if sentence.tokens[at].upos != Upos::Verb {
            continue;
        }
        changed |= grammar.passive_auxiliary && active_past(sentence, at);
        changed |= agent_of_headline(sentence, at);
        changed |= raise_verb(sentence, at);
        changed |= second_subject(sentence, at);
        changed |= expletive(sentence, at);
        changed |= two_objects(sentence, &grammar.naming, at);
        changed |= joined_verb(sentence, at);
    }
    changed
}

/// "The rebels called for an inquiry" read as a passive: where the language's passive has an auxiliary, a main verb
/// without one is active. Headlines leave the auxiliary out.
fn active_past(sentence: &mut Sentence, at: usize) -> bool {
    let token = &sentence.tokens[at];
    let main = match token.relation() {
        "root" | "ccomp" | "parataxis" | "acl" | "advcl" => true,
        // "52 officers injured", joined to a passive, has its auxiliary
        "conj" => token.head.is_some_and(|head| sentence.with(head as usize, "aux").next().is_none()),
        _ => false,
    };
    let auxiliary = sentence.with(at, "aux").next().is_some() || sentence.with(at, "cop").next().is_some();
    if sentence.kind != RegionKind::Body || !main || auxiliary || sentence.with(at, "obl:agent").next().is_some() {
        return false;
    }
    let subject = sentence.children(at).find(|&child| child < at && sentence.tokens[child].deprel == "nsubj:pass");
    let Some(child) = subject else { return false };
    sentence.tokens[child].deprel = "nsubj".into();
    true
}

/// "called Mr Albanese a weak politician" with the surname as a preposition of the politician: a capital right behind a name
/// goes on with it.
fn name_as_preposition(sentence: &mut Sentence, at: usize) -> bool {
    let token = &sentence.tokens[at];
    // an adjective stands behind the determiner
    let article = sentence.tokens.get(at + 1).is_some_and(|next| next.upos == Upos::Det && next.head == token.head);
    let misplaced = token.deprel == "case" || token.deprel == "amod" && article;
    let Some(title) = at.checked_sub(1).filter(|_| misplaced && sentence.kind == RegionKind::Body) else {
        return false;
    };
    let name = token.form.starts_with(char::is_uppercase) && sentence.tokens[title].upos == Upos::Propn;
    let above = sentence.tokens[title].head.filter(|_| name && token.head.is_some_and(|head| head as usize > at + 1));
    let Some(above) = above else { return false };
    let deprel = sentence.tokens[title].deprel.clone();
    sentence.tokens[at].upos = Upos::Propn;
    sentence.tokens[at].head = Some(above);
    sentence.tokens[at].deprel = deprel;
    sentence.hang(title, at, "nmod:desc");
    true
}

/// "Suburb hit by jets" read as active: in a headline a verb with an agent and no object is passive.
fn agent_of_headline(sentence: &mut Sentence, at: usize) -> bool {
    let has = |relation: &str| sentence.with(at, relation).next().is_some();
    let agent = sentence.children(at).any(|child| sentence.tokens[child].deprel == "obl:agent");
    if sentence.kind != RegionKind::Title || !agent || has("obj") || has("aux") {
        return false;
    }
    let subject = sentence.children(at).find(|&child| child < at && sentence.tokens[child].deprel == "nsubj");
    let Some(subject) = subject else { return false };
    sentence.tokens[subject].deprel = "nsubj:pass".into();
    true
}

/// "the EU imposed sanctions" with the verb below its object: a verb with a subject of its own modifies no noun.
fn raise_verb(sentence: &mut Sentence, at: usize) -> bool {
    let token = &sentence.tokens[at];
    if !matches!(token.deprel.as_str(), "amod" | "compound" | "acl" | "nmod" | "flat" | "det") {
        return false;
    }
    let Some(noun) = token.head.map(|head| head as usize) else { return false };
    let subject = sentence.with(at, "nsubj").any(|child| child < at);
    if noun < at || !subject || !sentence.tokens[noun].upos.is_nominal() {
        return false;
    }
    promote(sentence, at, noun, "obj");
    sentence.link();
    true
}

/// "Pezeshkian thanked Putin" with two subjects: the one behind an active verb is its object.
fn second_subject(sentence: &mut Sentence, at: usize) -> bool {
    let plain: Vec<usize> = sentence.children(at).filter(|&child| sentence.tokens[child].deprel == "nsubj").collect();
    let passive = sentence.children(at).any(|child| sentence.tokens[child].deprel.ends_with(":pass"));
    let before = plain.iter().any(|&child| child < at);
    let object = sentence.with(at, "obj").next().is_some();
    let behind = plain.iter().copied().find(|&child| child > at && sentence.tokens[child].upos.is_nominal());
    match behind {
        Some(child) if before && !passive && !object && sentence.with(child, "case").next().is_none() => {
            sentence.tokens[child].deprel = "obj".into();
            sentence.link();
            true
        }
        _ => false,
    }
}

/// "gave the agency for refugees five million dollars" with the sum below the agency: a counted noun without a preposition,
/// behind the object of a verb of giving, is what is given.
pub(crate) fn sum_below_object(sentence: &mut Sentence, gives: &[String], at: usize) -> bool {
    let token = &sentence.tokens[at];
    let counted = sentence.children(at).any(|child| {
        matches!(sentence.tokens[child].relation(), "nummod" | "compound") && {
            let mut words = std::iter::once(child).chain(sentence.children(child));
            words.any(|word| sentence.tokens[word].upos == Upos::Num)
        }
    });
    let bare = token.relation() == "nmod" && sentence.with(at, "case").next().is_none() && token.upos == Upos::Noun;
    let Some(object) = token.head.map(|head| head as usize).filter(|&object| bare && counted && object < at) else {
        return false;
    };
    let Some(verb) = sentence.tokens[object].head.map(|head| head as usize) else { return false };
    let gives =
        sentence.tokens[object].deprel == "obj" && gives.iter().any(|word| *word == sentence.tokens[verb].lemma);
    if !gives || sentence.with(verb, "iobj").next().is_some() {
        return false;
    }
    sentence.tokens[object].deprel = "iobj".into();
    sentence.hang(at, verb, "obj");
    true
}

/// "offered the crews medical help" with two objects: the first is whom it is given to. "designated the group a terrorist
/// organisation": behind a verb of `naming` the second only says what the first is called.
fn two_objects(sentence: &mut Sentence, naming: &[String], at: usize) -> bool {
    let behind = |relations: &[&str]| -> Vec<usize> {
        let fits = |child: usize| relations.contains(&sentence.tokens[child].deprel.as_str());
        sentence
            .children(at)
            .filter(|&child| {
                child > at
                    && fits(child)
                    && (sentence.tokens[child].upos.is_nominal()
                        || sentence.tokens[child].form.starts_with(char::is_uppercase))
            })
            .collect()
    };
    if naming.iter().any(|word| *word == sentence.tokens[at].lemma) {
        // "branded Ms Machado a traitor", whichever of the two the parser takes for what
        let (whom, called) = match behind(&["obj", "iobj", "xcomp"])[..] {
            [whom, called] => (whom, called),
            // "Mr" and "Albanese" as two
            [title, name, called] if title + 1 == name => {
                sentence.hang(title, name, "nmod:desc");
                (name, called)
            }
            _ => return false,
        };
        let before = (sentence.tokens[whom].deprel.clone(), sentence.tokens[called].deprel.clone());
        sentence.tokens[whom].deprel = "obj".into();
        sentence.tokens[called].deprel = "xcomp".into();
        return before.0 != "obj" || before.1 != "xcomp";
    }
    match behind(&["obj"])[..] {
        [first, second] if first < second && sentence.with(at, "iobj").next().is_none() => {
            sentence.tokens[first].deprel = "iobj".into();
            true
        }
        _ => false,
    }
}

/// "expelled the ambassador and suspended operations" with the second verb below the first object: a verb joined to a
/// noun is joined to the verb above it.
fn joined_verb(sentence: &mut Sentence, at: usize) -> bool {
    let token = &sentence.tokens[at];
    let marked = sentence.with(at, "cc").next().is_some();
    let Some(noun) = token.head.map(|head| head as usize).filter(|&noun| noun < at) else { return false };
    if token.relation() != "conj" || !marked || !sentence.tokens[noun].upos.is_nominal() {
        return false;
    }
    let Some(object) = sentence.tokens[noun].head.map(|head| head as usize).filter(|&object| object > at) else {
        return false;
    };
    let Some(verb) = sentence.tokens[object].head.map(|head| head as usize).filter(|&verb| verb < noun) else {
        return false;
    };
    if !matches!(sentence.tokens[noun].relation(), "compound" | "nmod" | "amod")
        || sentence.tokens[object].relation() != "obj"
        || sentence.tokens[verb].upos != Upos::Verb
    {
        return false;
    }
    let before: Vec<usize> = sentence.children(object).filter(|&child| child < noun).collect();
    for child in before {
        sentence.tokens[child].head = Some(noun as u32);
    }
    for (child, head, deprel) in [(noun, verb, "obj"), (at, verb, "conj"), (object, at, "obj")] {
        sentence.tokens[child].head = Some(head as u32);
        sentence.tokens[child].deprel = deprel.into();
    }
    sentence.link();
    true
}

/// "It urged the Council": what stands before a verb with an object, and is no subject of a clause, is its subject.
fn expletive(sentence: &mut Sentence, at: usize) -> bool {
    let has = |relation: &str| sentence.with(at, relation).next().is_some();
    if has("nsubj") || has("csubj") || has("aux:pass") || !(has("obj") || has("xcomp")) {
        return false;
    }
    let Some(child) = sentence.with(at, "expl").find(|&child| child < at) else { return false };
    sentence.tokens[child].deprel = "nsubj".into();
    true
}

/// "Human Rights Watch published": a name read as a verb gives its place to the verb behind it and becomes its subject.
pub(crate) fn name_before_verb(sentence: &mut Sentence, first: usize, last: usize) -> bool {
    let inside = |at: usize| (first..=last).contains(&at);
    let Some(head) = (first..=last).find(|&at| sentence.tokens[at].head.is_none_or(|up| !inside(up as usize))) else {
        return false;
    };
    // "Human Rights Watch demanded" with the last word of the name as a clause of its own
    let below = |at: usize| sentence.tokens[at].upos == Upos::Verb && sentence.tokens[at].head == Some(last as u32 + 1);
    let demands = sentence.tokens.get(last + 1).is_some_and(|next| next.upos == Upos::Verb);
    if demands && last > first && below(last) && head == last && sentence.with(last + 1, "nsubj").next().is_none() {
        for at in sentence.children(last).collect::<Vec<_>>() {
            if inside(at) {
                sentence.tokens[at].deprel = "flat".into();
            } else {
                sentence.tokens[at].head = Some(last as u32 + 1);
            }
        }
        sentence.tokens[last].upos = Upos::Propn;
        sentence.hang(last, last + 1, "nsubj");
        return true;
    }
    let misread = matches!(sentence.tokens[head].upos, Upos::Verb | Upos::Aux) || sentence.tokens[head].head.is_none();
    let verb = (last + 1..sentence.tokens.len())
        .find(|&at| !matches!(sentence.tokens[at].upos, Upos::Adv | Upos::Aux | Upos::Part))
        .filter(|&at| sentence.tokens[at].upos == Upos::Verb);
    let Some(verb) = verb.filter(|&verb| misread && sentence.tokens[verb].head.is_some_and(|up| inside(up as usize)))
    else {
        return false;
    };
    if sentence.with(verb, "nsubj").next().is_some() {
        return false;
    }
    let (up, deprel) = (sentence.tokens[head].head, sentence.tokens[head].deprel.clone());
    for at in 0..sentence.tokens.len() {
        if !inside(at) && at != verb && sentence.tokens[at].head.is_some_and(|above| inside(above as usize)) {
            sentence.tokens[at].head = Some(verb as u32);
        }
    }
    sentence.tokens[verb].head = up;
    sentence.tokens[verb].deprel = deprel;
    sentence.tokens[head].head = Some(verb as u32);
    sentence.tokens[head].deprel = "nsubj".into();
    sentence.tokens[head].upos = Upos::Propn;
    sentence.link();
    true
}

/// "gave the Philippines five boats" with the name below "boats": a new noun phrase begins behind it, so that it is
/// whom the thing is given to.
pub(crate) fn name_before_object(sentence: &mut Sentence, first: usize, last: usize, gives: &[String]) -> bool {
    let inside = |at: usize| (first..=last).contains(&at);
    let Some(head) = (first..=last).find(|&at| sentence.tokens[at].head.is_none_or(|up| !inside(up as usize))) else {
        return false;
    };
    let Some(noun) = sentence.tokens[head].head.map(|up| up as usize) else { return false };
    // a compound of the adjective before the noun is one of the noun
    let noun = match sentence.tokens[noun].head {
        Some(up) if sentence.tokens[noun].upos == Upos::Adj && sentence.tokens[noun].relation() == "amod" => {
            up as usize
        }
        _ => noun,
    };
    let giving = sentence.tokens[noun].head.is_some_and(|up| {
        let verb = &sentence.tokens[up as usize];
        gives.iter().any(|word| *word == verb.lemma || *word == verb.form.to_lowercase())
    });
    let below = matches!(sentence.tokens[head].relation(), "compound" | "nmod" | "amod" | "det" | "nummod");
    let begins = sentence.tokens.get(last + 1).is_some_and(|token| match token.upos {
        Upos::Num | Upos::Det => token.form.chars().next().is_some_and(char::is_alphanumeric),
        // "offers Moscow unconditional backing"
        Upos::Adj | Upos::Noun => giving && first.checked_sub(1) == sentence.tokens[noun].head.map(|up| up as usize),
        _ => false,
    });
    let object = sentence.tokens[noun].relation() == "obj" && noun > last;
    let Some(verb) = sentence.tokens[noun].head.map(|up| up as usize) else { return false };
    if !below || !begins || !object || verb >= first || sentence.tokens[verb].upos != Upos::Verb {
        return false;
    }
    let before: Vec<usize> = sentence.children(noun).filter(|&child| child < first && child > verb).collect();
    for child in before {
        sentence.tokens[child].head = Some(head as u32);
    }
    sentence.tokens[head].head = Some(verb as u32);
    sentence.tokens[head].deprel = "iobj".into();
    sentence.link();
    true
}

/// "The two held talks" with the verb below its object, where the clause has no other verb: the phrase before it is its
/// subject.
pub(crate) fn phrase_before_verb(sentence: &mut Sentence, first: usize, last: usize) -> bool {
    let verb = last + 1;
    let Some(token) = sentence.tokens.get(verb).filter(|token| token.upos == Upos::Verb) else { return false };
    let Some(noun) = token.head.map(|head| head as usize).filter(|&head| head > verb) else { return false };
    let finite = !token.is_active_participle();
    let verbless = matches!(sentence.tokens[noun].relation(), "root" | "ccomp" | "conj" | "parataxis")
        && sentence.tokens[noun].upos.is_nominal()
        && sentence.with(noun, "cop").next().is_none();
    let above = |at: usize| sentence.tokens[at].head;
    let Some(head) = (first..=last).find(|&at| above(at) == Some(noun as u32) || above(at) == Some(verb as u32)) else {
        return false;
    };
    if !(matches!(token.relation(), "amod" | "acl" | "compound") && finite && verbless) {
        return false;
    }
    for at in first..=last {
        if at != head && sentence.tokens[at].head == Some(noun as u32) {
            sentence.tokens[at].head = Some(head as u32);
        }
    }
    promote(sentence, verb, noun, "obj");
    sentence.tokens[head].head = Some(verb as u32);
    sentence.tokens[head].deprel = "nsubj".into();
    sentence.link();
    true
}

/// "the two countries called on all parties" with the verb below its subject: a main clause that is no more than a noun
/// and the past form behind it is a clause.
pub(crate) fn subject_as_root(sentence: &mut Sentence, first: usize, last: usize) -> bool {
    let Some(verb) = (last + 1..sentence.tokens.len())
        .find(|&at| sentence.tokens[at].upos != Upos::Adv)
        .filter(|&at| sentence.tokens[at].upos == Upos::Verb)
    else {
        return false;
    };
    let Some(head) = sentence.tokens[verb].head.map(|head| head as usize) else { return false };
    let main = (first..=last).contains(&head)
        && matches!(sentence.tokens[head].relation(), "root" | "ccomp")
        && sentence.with(head, "cop").next().is_none()
        && sentence.with(head, "nsubj").next().is_none();
    let token = &sentence.tokens[verb];
    let past = token.deprel == "acl" && !token.is_active_participle();
    let agent = sentence.with(verb, "obl").any(|child| sentence.tokens[child].deprel == "obl:agent");
    if sentence.kind != RegionKind::Body || !main || !past || agent || sentence.with(verb, "mark").next().is_some() {
        return false;
    }
    let outside: Vec<usize> =
        sentence.children(head).filter(|&child| !(first..=last).contains(&child) && child != verb).collect();
    for child in outside {
        sentence.tokens[child].head = Some(verb as u32);
    }
    promote(sentence, verb, head, "nsubj");
    sentence.link();
    true
}

/// "Istana menepis tuduhan itu" with the verb below its subject, where verbs show their voice: an active verb right behind the
/// phrase that a sentence begins with says what that does, unless a relative stands between.
pub(crate) fn active_below_root(sentence: &mut Sentence, first: usize, last: usize) -> bool {
    // "Pengunjuk rasa di Teheran membakar bendera": or behind the place that belongs to it
    let place = |at: usize| -> Option<usize> {
        let case = sentence.tokens.get(at).filter(|token| token.upos == Upos::Adp)?;
        let noun = case.head.map(|head| head as usize).filter(|&noun| noun > at)?;
        let mine = sentence.tokens[noun].head.is_some_and(|head| (first..=last).contains(&(head as usize)));
        let flat = sentence.with(noun, "flat").max().unwrap_or(noun);
        (mine && sentence.tokens[noun].relation() == "nmod").then_some(flat)
    };
    let last = place(last + 1).unwrap_or(last);
    let verb = (last + 1..sentence.tokens.len())
        .find(|&at| !matches!(sentence.tokens[at].upos, Upos::Adv | Upos::Aux | Upos::Part))
        .filter(|&at| sentence.tokens[at].upos == Upos::Verb && sentence.tokens[at].feat("Voice") == Some("Act"));
    let Some(verb) = verb.filter(|_| first == 0 && sentence.kind == RegionKind::Body) else { return false };
    let token = &sentence.tokens[verb];
    let inside = token.head.map(|head| head as usize).filter(|head| (first..=last).contains(head));
    let top = inside.and_then(|head| std::iter::once(head).chain(sentence.ancestors(head)).last());
    let Some(head) = top.filter(|head| (first..=last).contains(head)) else {
        return false;
    };
    let root = sentence.tokens[head].relation() == "root" && sentence.with(head, "cop").next().is_none();
    let own = sentence.children(verb).any(|child| matches!(sentence.tokens[child].relation(), "nsubj" | "mark"));
    if token.relation() != "acl" || !root || own || sentence.with(head, "nsubj").next().is_some() {
        return false;
    }
    let outside: Vec<usize> =
        sentence.children(head).filter(|&child| !(first..=last).contains(&child) && child != verb).collect();
    for child in outside {
        let bare = sentence.with(child, "case").next().is_none();
        let noun = sentence.tokens[child].relation() == "nmod" && child > verb;
        if noun {
            let object = bare && sentence.with(verb, "obj").next().is_none();
            sentence.tokens[child].deprel = if object { "obj".into() } else { "obl".into() };
        }
        sentence.tokens[child].head = Some(verb as u32);
        sentence.link();
    }
    promote(sentence, verb, head, "nsubj");
    sentence.link();
    true
}

/// "…, and the pair signed a plan" with "the pair" joined to what stands before: the conjunction hangs on the verb, so that
/// the phrase between them is its subject.
pub(crate) fn phrase_behind_conjunction(sentence: &mut Sentence, first: usize, last: usize) -> bool {
    let Some(verb) = (last + 1..sentence.tokens.len())
        .find(|&at| !matches!(sentence.tokens[at].upos, Upos::Adv | Upos::Aux | Upos::Part))
        .filter(|&at| sentence.tokens[at].upos == Upos::Verb)
    else {
        return false;
    };
    let subject = sentence.with(verb, "nsubj").next().is_some() || sentence.with(verb, "csubj").next().is_some();
    let joined = sentence.tokens[verb].relation() == "conj";
    let Some(mark) = sentence.with(verb, "cc").take_while(|&mark| mark < first).max() else { return false };
    let outside = |at: usize| sentence.tokens[at].head.is_none_or(|up| (up as usize) < first || up as usize > last);
    let Some(mut head) = (first..=last).find(|&at| outside(at)) else { return false };
    // "Kinshasa and the M23 signed": the first of them
    if sentence.tokens[head].relation() == "conj"
        && let Some(up) = sentence.tokens[head].head.map(|up| up as usize)
        && up > mark
        && up < first
    {
        head = up;
    }
    let loose = matches!(sentence.tokens[head].relation(), "conj" | "obl" | "nmod" | "appos" | "obj");
    let near = sentence.with(head, "case").all(|case| case < mark || case + 2 < first);
    if subject || !joined || !loose || !near || first.saturating_sub(mark) > 6 {
        return false;
    }
    sentence.tokens[head].head = Some(verb as u32);
    sentence.tokens[head].deprel = "nsubj".into();
    sentence.link();
    true
}

/// "On Saturday Niger, Mali and Chad signed" with the name below the day: the phrase right behind an expression of time is
/// the subject of the verb that follows and has none.
pub(crate) fn phrase_behind_time(sentence: &mut Sentence, first: usize, last: usize, time: (usize, usize)) -> bool {
    let inside = |at: usize| (first..=last).contains(&at);
    let Some(head) = (first..=last).find(|&at| sentence.tokens[at].head.is_none_or(|up| !inside(up as usize))) else {
        return false;
    };
    let Some(verb) = sentence.tokens[head].head.map(|up| up as usize).filter(|&verb| verb > last) else { return false };
    let free = sentence.tokens[verb].upos == Upos::Verb && sentence.with(verb, "nsubj").next().is_none();
    if !free || !matches!(sentence.tokens[head].relation(), "obl" | "nmod" | "dislocated" | "vocative" | "advmod") {
        return false;
    }
    let before: Vec<usize> = sentence.children(head).filter(|&child| child < first).collect();
    for child in before {
        // the preposition marks the day
        let of_time = if child < time.0 { time.1 } else { verb };
        sentence.tokens[child].head = Some(of_time as u32);
        if of_time == verb {
            sentence.tokens[child].deprel = "obl".into();
        }
    }
    sentence.tokens[head].head = Some(verb as u32);
    sentence.tokens[head].deprel = "nsubj".into();
    sentence.link();
    true
}

/// Puts `verb` where `noun` stands in the tree, and `noun` below it.
fn promote(sentence: &mut Sentence, verb: usize, noun: usize, deprel: &str) {
    let (up, above) = (sentence.tokens[noun].head, sentence.tokens[noun].deprel.clone());
    sentence.tokens[verb].head = up;
    sentence.tokens[verb].deprel = above;
    sentence.tokens[noun].head = Some(verb as u32);
    sentence.tokens[noun].deprel = deprel.into();
}

#[cfg(test)]
mod tests {
    use super::*;
    use saksi_tree::read_conllu;

    #[test]
    fn a_verb_with_a_subject_is_raised_above_its_object() {
        let source = "1\tEU\t_\tPROPN\t_\t_\t2\tnsubj\t_\t_\n2\timposed\t_\tVERB\t_\t_\t3\tamod\t_\t_\n\
            3\tsanctions\t_\tNOUN\t_\t_\t0\troot\t_\t_\n\n";
        let mut sentence = read_conllu(source).unwrap().1.remove(0);
        assert!(mend(&mut sentence, &Grammar::default()));
        assert_eq!(sentence.root(), Some(1));
        assert_eq!(sentence.tokens[2].deprel, "obj");
    }

    #[test]
    fn a_capital_behind_a_name_is_no_preposition() {
        let source = "1\tcalled\tcall\tVERB\t_\t_\t0\troot\t_\t_\n2\tMr\t_\tPROPN\t_\t_\t1\tobj\t_\t_\n\
            3\tAlbanese\t_\tADJ\t_\t_\t5\tcase\t_\t_\n4\tweak\t_\tADJ\t_\t_\t5\tamod\t_\t_\n\
            5\tpolitician\t_\tNOUN\t_\t_\t1\txcomp\t_\t_\n\n";
        let mut sentence = read_conllu(source).unwrap().1.remove(0);
        assert!(name_as_preposition(&mut sentence, 2));
        assert_eq!((sentence.tokens[2].head, sentence.tokens[2].deprel.as_str()), (Some(0), "obj"));
        assert_eq!((sentence.tokens[1].head, sentence.tokens[1].deprel.as_str()), (Some(2), "nmod:desc"));
        assert!(!name_as_preposition(&mut sentence, 3));
    }

    #[test]
    fn what_the_first_of_two_objects_is_called() {
        let source = "1\tThey\t_\tPRON\t_\t_\t2\tnsubj\t_\t_\n2\tbranded\tbrand\tVERB\t_\t_\t0\troot\t_\t_\n\
            3\tMachado\t_\tPROPN\t_\t_\t2\tiobj\t_\t_\n4\ttraitor\t_\tNOUN\t_\t_\t2\tobj\t_\t_\n\n";
        let sentence = read_conllu(source).unwrap().1.remove(0);
        let naming = Grammar { naming: vec!["brand".into()], ..Grammar::default() };
        let mut named = sentence.clone();
        assert!(mend(&mut named, &naming));
        assert_eq!((named.tokens[2].deprel.as_str(), named.tokens[3].deprel.as_str()), ("obj", "xcomp"));
        assert!(!mend(&mut sentence.clone(), &Grammar::default()));
    }

    #[test]
    fn an_agent_makes_a_headline_passive() {
        let source = "1\tSuburb\t_\tNOUN\t_\t_\t2\tnsubj\t_\t_\n2\thit\t_\tVERB\t_\t_\t0\troot\t_\t_\n\
            3\tby\t_\tADP\t_\t_\t4\tcase\t_\t_\n4\tjets\t_\tNOUN\t_\t_\t2\tobl:agent\t_\t_\n\n";
        let mut sentence = read_conllu(source).unwrap().1.remove(0);
        assert!(!mend(&mut sentence.clone(), &Grammar::default()));
        sentence.kind = RegionKind::Title;
        assert!(mend(&mut sentence, &Grammar::default()));
        assert_eq!(sentence.tokens[0].deprel, "nsubj:pass");
    }

    #[test]
    fn a_past_without_auxiliary_is_active_where_passives_have_one() {
        let source = "1\tRebels\t_\tNOUN\t_\t_\t2\tnsubj:pass\t_\t_\n2\tcalled\t_\tVERB\t_\t_\t0\troot\t_\t_\n\
            3\tfor\t_\tADP\t_\t_\t4\tcase\t_\t_\n4\ttalks\t_\tNOUN\t_\t_\t2\tobl\t_\t_\n\n";
        let sentence = read_conllu(source).unwrap().1.remove(0);
        let mut english = sentence.clone();
        assert!(mend(&mut english, &Grammar { passive_auxiliary: true, ..Grammar::default() }));
        assert_eq!(english.tokens[0].deprel, "nsubj");
        assert!(!mend(&mut sentence.clone(), &Grammar::default()));
    }
}
