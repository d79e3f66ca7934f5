//! Moves clauses and counts that the parser hung on the wrong word, where form, order and marks contradict it.
//!
//! Like [`crate::mend`] only in languages whose subject stands before the verb; nothing is guessed from single words
//! beyond those that the grammar lists.

use crate::grammar::Grammar;
use saksi_tree::{RegionKind, Sentence, Upos};

/// Moves what hangs wrongly in a sentence and links it anew.
pub(crate) fn reattach(sentence: &mut Sentence, grammar: &Grammar) {
    for at in 0..sentence.tokens.len() {
        approximate(sentence, grammar, at);
        before_its_mark(sentence, at);
        set_off_subject(sentence, at);
        owner_as_subject(sentence, at);
        verb_behind_name(sentence, grammar, at);
    }
    for at in 0..sentence.tokens.len() {
        gerund(sentence, grammar, at);
    }
    if !grammar.passive_auxiliary {
        return;
    }
    for at in 0..sentence.tokens.len() {
        subject_of_saying(sentence, at);
        verb_joined_to_object(sentence, at);
        past_joined_to_other_form(sentence, at);
        infinitive_before_object(sentence, at);
        joined_to_saying(sentence, at);
        joined_across_clause(sentence, at);
        verb_behind_relative(sentence, at);
    }
}

/// "killed at least 31": the words before a number that say how exact it is are no preposition, so that what is counted
/// may be an object.
fn approximate(sentence: &mut Sentence, grammar: &Grammar, at: usize) -> bool {
    let found = grammar.approximate.iter().find(|words| {
        words.split(' ').enumerate().all(|(offset, word)| {
            sentence.tokens.get(at + offset).is_some_and(|token| token.form.to_lowercase() == word)
        })
    });
    let Some(words) = found else { return false };
    let end = at + words.split(' ').count();
    if sentence.tokens.get(end).is_none_or(|token| token.upos != Upos::Num) {
        return false;
    }
    // the head of the counted phrase: above the number as long as it stands in the phrase
    let mut top = end;
    while let Some(up) = sentence.tokens[top].head.map(|head| head as usize)
        && up > top
        && matches!(sentence.tokens[top].relation(), "nummod" | "compound" | "amod" | "nmod")
        && sentence.tokens[up].upos.is_nominal()
    {
        top = up;
    }
    // "less than 20,000" read as hanging on "less": it takes that word's place, or the two would hang on each other.
    let above: Vec<usize> = std::iter::once(end).chain(sentence.ancestors(end)).collect();
    let within = |&place: &usize| (at..end).contains(&above[place]);
    if let Some(first) = (0..above.len()).find(within)
        && let Some(last) = (0..above.len()).rfind(within)
    {
        let (hung, under) = (above[first - 1], above[last]);
        let (head, deprel) = (sentence.tokens[under].head, sentence.tokens[under].deprel.clone());
        sentence.tokens[hung].head = head;
        sentence.tokens[hung].deprel = deprel;
    }
    for word in at..end {
        sentence.tokens[word].head = Some(end as u32);
        sentence.tokens[word].deprel = "advmod".into();
    }
    sentence.link();
    let Some(verb) = sentence.tokens[top].head.map(|head| head as usize) else { return true };
    let free = sentence.with(top, "case").next().is_none();
    let active = sentence.tokens[verb].upos == Upos::Verb
        && sentence.with(verb, "obj").next().is_none()
        && sentence.children(verb).all(|child| !sentence.tokens[child].deprel.ends_with(":pass"));
    if free && active && top > verb && matches!(sentence.tokens[top].relation(), "obl" | "nmod" | "advmod") {
        sentence.tokens[top].deprel = "obj".into();
    }
    true
}

/// "accuses Croatia of funding protesters" with "funding" as a noun: behind such a preposition, and with a noun phrase
/// right behind it, it is a verb and that its object.
fn gerund(sentence: &mut Sentence, grammar: &Grammar, at: usize) -> bool {
    let token = &sentence.tokens[at];
    let lower = token.form.to_lowercase();
    let marked = at > 1
        && grammar.object_control.contains(&sentence.tokens[at - 1].form.to_lowercase().to_string())
        && token.upos == Upos::Noun
        && grammar.gerund.iter().any(|ending| lower.ends_with(ending.as_str()) && lower.len() > ending.len() + 2);
    if !marked {
        return false;
    }
    let Some(verb) = sentence.ancestors(at).find(|&up| up < at && sentence.tokens[up].upos == Upos::Verb) else {
        return false;
    };
    if !sentence.with(verb, "obj").any(|object| verb < object && object < at) {
        return false;
    }
    let noun = match sentence.tokens[at].head.map(|head| head as usize) {
        Some(head) if head > at && sentence.tokens[at].relation() == "compound" => Some(head),
        _ => sentence.children(at).find(|&child| {
            child > at
                && sentence.tokens[child].upos.is_nominal()
                && matches!(sentence.tokens[child].relation(), "obj" | "obl" | "nmod" | "dep" | "appos")
                && sentence.with(child, "case").all(|case| case < at)
        }),
    };
    let Some(noun) = noun else { return false };
    let before: Vec<usize> = sentence.children(noun).filter(|&child| child < at).collect();
    for child in before {
        sentence.tokens[child].head = Some(at as u32);
    }
    sentence.tokens[at].upos = Upos::Verb;
    sentence.tokens[at].head = Some(verb as u32);
    sentence.tokens[at].deprel = "advcl".into();
    sentence.tokens[at - 1].head = Some(at as u32);
    sentence.tokens[at - 1].deprel = "mark".into();
    sentence.hang(noun, at, "obj");
    true
}

/// "told Reuters by phone that five had been shot": what stands before the mark of a complement clause is none of it.
fn before_its_mark(sentence: &mut Sentence, at: usize) -> bool {
    if sentence.tokens[at].relation() != "ccomp" || sentence.tokens[at].upos != Upos::Verb {
        return false;
    }
    let Some(verb) = sentence.tokens[at].head.map(|head| head as usize).filter(|&verb| verb < at) else { return false };
    let Some(mark) = sentence.with(at, "mark").find(|&mark| verb < mark && mark < at) else { return false };
    let outside: Vec<usize> = sentence
        .children(at)
        .filter(|&child| verb < child && child < mark && sentence.tokens[child].relation() == "nsubj")
        .collect();
    let object = sentence.with(verb, "obj").next().is_some();
    for &child in &outside {
        sentence.tokens[child].head = Some(verb as u32);
        sentence.tokens[child].deprel = if object { "obl".into() } else { "obj".into() };
    }
    sentence.link();
    !outside.is_empty()
}

/// "Portugal, bekas penguasa kolonial, menarik": of two subjects before the verb the one between commas says who the first is.
fn set_off_subject(sentence: &mut Sentence, at: usize) -> bool {
    let subjects: Vec<usize> = sentence.with(at, "nsubj").filter(|&subject| subject < at).collect();
    let [first, second] = subjects[..] else { return false };
    let comma = |place: Option<usize>| {
        place.and_then(|place| sentence.tokens.get(place)).is_some_and(|token| token.form == ",")
    };
    let phrase: Vec<usize> =
        sentence.subtree(second).into_iter().filter(|&word| sentence.tokens[word].upos != Upos::Punct).collect();
    let (Some(&begin), Some(&end)) = (phrase.first(), phrase.last()) else { return false };
    if !comma(begin.checked_sub(1)) || !comma(Some(end + 1)) || end > at {
        return false;
    }
    // "salah satunya, Demianus Kogoya, dijemput": the name says more than the number
    if sentence.tokens[first].upos == Upos::Num {
        sentence.hang(first, second, "nmod");
        return true;
    }
    sentence.hang(second, first, "appos");
    true
}

/// "The two countries' worst fighting broke out": of two subjects the one with a genitive mark owns the other.
fn owner_as_subject(sentence: &mut Sentence, at: usize) -> bool {
    let subjects: Vec<usize> = sentence.with(at, "nsubj").filter(|&subject| subject < at).collect();
    let [first, second] = subjects[..] else { return false };
    let genitive = sentence.with(first, "case").any(|mark| first < mark && mark < second);
    if genitive {
        sentence.hang(first, second, "nmod:poss");
    }
    genitive
}

/// "China has not sought access, Mauritius's attorney general said": of two subjects of the verb before the verb of saying,
/// the one behind it is the speaker.
fn subject_of_saying(sentence: &mut Sentence, at: usize) -> bool {
    if sentence.tokens[at].relation() != "ccomp" {
        return false;
    }
    let Some(saying) = sentence.tokens[at].head.map(|head| head as usize).filter(|&head| head > at) else {
        return false;
    };
    let subjects: Vec<usize> = sentence.with(at, "nsubj").collect();
    let own = sentence.with(saying, "nsubj").next().is_some();
    match subjects[..] {
        [before, behind] if before < at && at < behind && behind < saying && !own => {
            sentence.hang(behind, saying, "nsubj");
            true
        }
        _ => false,
    }
}

/// "China mendesak AS berhenti" with the first verb below its subject: a verb that asks something of the one behind it, and
/// has no relative pronoun, heads the clause.
fn verb_behind_name(sentence: &mut Sentence, grammar: &Grammar, at: usize) -> bool {
    let token = &sentence.tokens[at];
    let asks = grammar.object_verbs.iter().any(|verb| *verb == token.form.to_lowercase());
    let Some(name) = token.head.map(|head| head as usize).filter(|&name| name < at) else { return false };
    let Some(below) = sentence.tokens[name].head.map(|head| head as usize).filter(|&below| below > at) else {
        return false;
    };
    let object = sentence.with(at, "obj").any(|object| at < object && object < below);
    let bare = sentence.children(at).all(|child| child > at || sentence.tokens[child].upos != Upos::Pron);
    if !asks
        || !object
        || !bare
        || token.deprel != "acl"
        || sentence.tokens[name].relation() != "nsubj"
        || sentence.tokens[below].upos != Upos::Verb
    {
        return false;
    }
    let (up, deprel) = (sentence.tokens[below].head, sentence.tokens[below].deprel.clone());
    sentence.tokens[at].head = up;
    sentence.tokens[at].deprel = deprel;
    sentence.tokens[name].head = Some(at as u32);
    sentence.hang(below, at, "ccomp");
    true
}

/// The form of a verb that its coordination must share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Past,
    Infinitive,
    Ongoing,
    Other,
}

fn form(sentence: &Sentence, at: usize) -> Form {
    let token = &sentence.tokens[at];
    let auxiliary = sentence.with(at, "aux").next().is_some() || sentence.with(at, "cop").next().is_some();
    match (token.feat("VerbForm"), token.feat("Tense")) {
        _ if auxiliary => Form::Other,
        (Some("Inf"), _) => Form::Infinitive,
        (Some("Ger"), _) | (Some("Part"), Some("Pres")) => Form::Ongoing,
        (Some("Part" | "Fin"), Some("Past")) => Form::Past,
        _ => Form::Other,
    }
}

/// "ambushed a convoy, killing 12, and kidnapped two": a past form is not joined to an infinitive or a gerund, but to
/// the past form above it.
fn past_joined_to_other_form(sentence: &mut Sentence, at: usize) -> bool {
    let token = &sentence.tokens[at];
    let own = sentence.children(at).any(|child| sentence.tokens[child].relation() == "nsubj");
    if token.upos != Upos::Verb || token.relation() != "conj" || own || form(sentence, at) != Form::Past {
        return false;
    }
    let Some(head) = token.head.map(|head| head as usize).filter(|&head| head < at) else { return false };
    if !matches!(form(sentence, head), Form::Infinitive | Form::Ongoing) {
        return false;
    }
    let above = sentence
        .ancestors(head)
        .find(|&up| up < head && sentence.tokens[up].upos == Upos::Verb && form(sentence, up) == Form::Past);
    let Some(above) = above else { return false };
    sentence.hang(at, above, "conj");
    true
}

/// For a verb that the tree joins to a noun before it: the noun, and the verb before that it hangs on.
pub(crate) fn joined_to_noun(sentence: &Sentence, at: usize) -> Option<(usize, usize)> {
    let token = &sentence.tokens[at];
    let noun = token.head.map(|head| head as usize).filter(|&noun| noun < at)?;
    let verb = sentence.tokens[noun].head.map(|head| head as usize).filter(|&verb| verb < noun)?;
    let joined =
        token.upos == Upos::Verb && token.relation() == "conj" && sentence.with(at, "cc").any(|mark| mark < at);
    let of_verb = sentence.tokens[noun].upos.is_nominal() && sentence.tokens[verb].upos == Upos::Verb;
    (joined && of_verb).then_some((noun, verb))
}

/// "expelled the ambassador and suspended operations" with the second verb joined to the first object: it is joined to the
/// verb, and what stands behind it is its own.
fn verb_joined_to_object(sentence: &mut Sentence, at: usize) -> bool {
    let Some((noun, verb)) = joined_to_noun(sentence, at) else { return false };
    let present = |at: usize| {
        let token = &sentence.tokens[at];
        token.feat("VerbForm") == Some("Fin") && token.feat("Tense") == Some("Pres")
    };
    // "condemns the strike and calls on Iraq"
    let finite = form(sentence, at) == Form::Past || present(at) && present(verb);
    if sentence.tokens[noun].relation() != "obj" || !finite {
        return false;
    }
    let behind: Vec<usize> = sentence
        .children(verb)
        .filter(|&child| child > at && matches!(sentence.tokens[child].relation(), "obj" | "obl" | "xcomp"))
        .collect();
    for child in behind {
        sentence.tokens[child].head = Some(at as u32);
    }
    sentence.hang(at, verb, "conj");
    true
}

/// "to be used to attack neighbours" with the verb as a modifier of its object: an infinitive with its mark is a clause.
fn infinitive_before_object(sentence: &mut Sentence, at: usize) -> bool {
    let token = &sentence.tokens[at];
    let infinitive = token.upos == Upos::Verb && token.feat("VerbForm") == Some("Inf");
    let Some(noun) = token.head.map(|head| head as usize).filter(|&head| head > at) else { return false };
    if !infinitive
        || !matches!(token.relation(), "compound" | "amod")
        || !sentence.with(at, "mark").any(|mark| mark < at)
        || !sentence.tokens[noun].upos.is_nominal()
        || !matches!(sentence.tokens[noun].relation(), "obj" | "obl" | "nmod" | "xcomp" | "advcl")
    {
        return false;
    }
    let Some(up) = sentence.tokens[noun].head.map(|head| head as usize).filter(|&up| up < at) else { return false };
    let before: Vec<usize> = sentence.children(noun).filter(|&child| child < at).collect();
    for child in before {
        sentence.tokens[child].head = Some(at as u32);
    }
    sentence.hang(at, up, "xcomp");
    sentence.hang(noun, at, "obj");
    true
}

/// "The rebels kidnapped two soldiers, the ministry said, and released a mayor": a verb joined to the verb of saying in
/// between goes on with what is said.
fn joined_to_saying(sentence: &mut Sentence, at: usize) -> bool {
    let token = &sentence.tokens[at];
    let own = sentence.children(at).any(|child| sentence.tokens[child].relation() == "nsubj");
    let Some(mark) = sentence.with(at, "cc").find(|&mark| mark < at) else { return false };
    let comma = |place: Option<usize>| place.is_some_and(|place| sentence.tokens[place].form == ",");
    if token.upos != Upos::Verb || token.relation() != "conj" || own || !comma(mark.checked_sub(1)) {
        return false;
    }
    let Some(saying) = token.head.map(|head| head as usize).filter(|&head| head + 2 == mark) else { return false };
    let said = sentence.with(saying, "ccomp").find(|&said| said < saying);
    let Some(said) = said.filter(|&said| form(sentence, said) == form(sentence, at)) else { return false };
    if !sentence.with(saying, "nsubj").any(|subject| said < subject && subject < saying) {
        return false;
    }
    sentence.hang(at, said, "conj");
    true
}

/// "condemned the raid, during which a gang beat up staff, and called for arrests": a verb joined with a comma to a
/// clause set off by commas goes on with the clause around it.
fn joined_across_clause(sentence: &mut Sentence, at: usize) -> bool {
    let token = &sentence.tokens[at];
    let own = sentence.children(at).any(|child| sentence.tokens[child].relation() == "nsubj");
    let Some(mark) = sentence.with(at, "cc").find(|&mark| mark < at) else { return false };
    let comma = |place: usize| sentence.tokens.get(place).is_some_and(|token| token.form == ",");
    if token.upos != Upos::Verb
        || token.relation() != "conj"
        || own
        || form(sentence, at) != Form::Past
        || !mark.checked_sub(1).is_some_and(comma)
    {
        return false;
    }
    let Some(head) = token.head.map(|head| head as usize).filter(|&head| head < at) else { return false };
    let inner = &sentence.tokens[head];
    let begins =
        sentence.subtree(head).into_iter().find(|&below| sentence.tokens[below].upos != Upos::Punct).unwrap_or(head);
    let set_off = begins.checked_sub(1).is_some_and(comma);
    if !(inner.deprel == "acl:relcl" || inner.relation() == "advcl") || !set_off {
        return false;
    }
    let above = sentence
        .ancestors(head)
        .find(|&up| up < begins && sentence.tokens[up].upos == Upos::Verb && form(sentence, up) == Form::Past);
    let Some(above) = above else { return false };
    sentence.hang(at, above, "conj");
    true
}

/// "Odinga, who did not turn up, called for talks" with the main verb below the relative clause or apposition: a past form
/// behind the comma that closes it is what a sentence without another verb says of its root.
fn verb_behind_relative(sentence: &mut Sentence, at: usize) -> bool {
    let token = &sentence.tokens[at];
    let comma = at.checked_sub(1).is_some_and(|place| sentence.tokens[place].form == ",");
    let own = sentence
        .children(at)
        .any(|child| matches!(sentence.tokens[child].relation(), "nsubj" | "mark" | "cc" | "aux" | "cop"));
    if sentence.kind != RegionKind::Body
        || token.upos != Upos::Verb
        || !comma
        || own
        || form(sentence, at) != Form::Past
    {
        return false;
    }
    if !matches!(token.relation(), "conj" | "advcl" | "parataxis" | "acl") {
        return false;
    }
    let Some(noun) = sentence.root().filter(|&root| root < at && sentence.tokens[root].upos.is_nominal()) else {
        return false;
    };
    let clause = sentence.with(noun, "cop").next().is_some() || sentence.with(noun, "nsubj").next().is_some();
    // what is said of the noun before the comma: an apposition or a relative clause
    let said = sentence.subtree(noun).into_iter().any(|below| {
        below > noun
            && below < at
            && matches!(sentence.tokens[below].deprel.as_str(), "appos" | "acl:relcl" | "flat")
            && sentence.tokens[noun..below].iter().any(|token| token.form == ",")
    });
    let relative = sentence.tokens[at].deprel == "acl:relcl";
    if clause || !said || relative {
        return false;
    }
    sentence.tokens[at].head = None;
    sentence.tokens[at].deprel = "root".into();
    sentence.hang(noun, at, "nsubj");
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trees::sentence;

    #[test]
    fn a_past_form_leaves_the_gerund_it_was_joined_to() {
        let past = "Tense=Past|VerbForm=Fin";
        let mut found = sentence(&[
            ("Rebels", "NOUN", "_", 2, "nsubj"),
            ("attacked", "VERB", past, 0, "root"),
            ("killing", "VERB", "VerbForm=Ger", 2, "advcl"),
            ("and", "CCONJ", "_", 5, "cc"),
            ("kidnapped", "VERB", past, 3, "conj"),
        ]);
        assert!(past_joined_to_other_form(&mut found, 4));
        assert_eq!(found.tokens[4].head, Some(1));
        // joined to a past form it stays
        assert!(!past_joined_to_other_form(&mut found, 4));
    }

    #[test]
    fn what_stands_before_that_belongs_to_the_verb_of_saying() {
        let mut found = sentence(&[
            ("She", "PRON", "_", 2, "nsubj"),
            ("told", "VERB", "_", 0, "root"),
            ("Reuters", "PROPN", "_", 6, "nsubj"),
            ("that", "SCONJ", "_", 6, "mark"),
            ("five", "NUM", "_", 6, "nsubj"),
            ("died", "VERB", "_", 2, "ccomp"),
        ]);
        assert!(before_its_mark(&mut found, 5));
        assert_eq!((found.tokens[2].head, found.tokens[2].deprel.as_str()), (Some(1), "obj"));
        assert_eq!(found.tokens[4].head, Some(5));
    }
}
