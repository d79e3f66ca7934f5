//! Arguments that the parser hung on the word beside the one they belong to.

use saksi_tree::{RegionKind, Sentence, Upos};

/// "unions threatened to strike" with the infinitive as an oblique of the verb right before it.
pub(crate) fn infinitive_as_oblique(sentence: &mut Sentence, at: usize) -> bool {
    let token = &sentence.tokens[at];
    let marked =
        at > 1 && sentence.with(at, "mark").any(|mark| mark == at - 1 && sentence.tokens[mark].upos == Upos::Part);
    let hung = token.relation() == "obl" && at.checked_sub(2) == token.head.map(|head| head as usize);
    if token.upos != Upos::Verb || !marked || !hung || sentence.tokens[at - 2].upos != Upos::Verb {
        return false;
    }
    sentence.tokens[at].deprel = "xcomp".into();
    sentence.link();
    true
}

/// "a strike on a school sheltering families" with the school as part of the participle: what has a preposition of its own
/// is the noun of which the participle says what it does.
pub(crate) fn noun_before_participle(sentence: &mut Sentence, at: usize) -> bool {
    let token = &sentence.tokens[at];
    let Some(above) = token.head.map(|head| head as usize).filter(|_| token.relation() == "acl") else { return false };
    let noun = sentence.with(at, "compound").find(|&noun| {
        noun + 1 == at && above < noun && sentence.tokens[noun].upos.is_nominal() && token.is_active_participle()
    });
    let Some(noun) = noun else { return false };
    let own = |child: &usize| *child < noun && matches!(sentence.tokens[*child].relation(), "case" | "det" | "amod");
    let before: Vec<usize> = sentence.children(noun).chain(sentence.children(at)).filter(own).collect();
    if !before.iter().any(|&child| sentence.tokens[child].relation() == "case") {
        return false;
    }
    for child in before {
        sentence.tokens[child].head = Some(noun as u32);
    }
    sentence.tokens[at].head = Some(noun as u32);
    sentence.hang(noun, above, "nmod");
    true
}

/// "denied shooting protesters" with the protesters below the verb before: what stands behind the gerund is its object.
pub(crate) fn object_above_gerund(sentence: &mut Sentence, at: usize) -> bool {
    let token = &sentence.tokens[at];
    let gerund = token.upos == Upos::Verb && token.feat("VerbForm") == Some("Ger") && token.relation() == "xcomp";
    let Some(verb) = token.head.map(|head| head as usize).filter(|&verb| gerund && verb + 1 == at) else {
        return false;
    };
    let object = sentence.with(verb, "obj").find(|&object| object > at);
    let Some(object) = object.filter(|_| sentence.with(at, "obj").next().is_none()) else { return false };
    sentence.hang(object, at, "obj");
    true
}

/// "called for the president to quit" with the president as an oblique: between `aims` and the infinitive stands whoever is
/// to do it.
pub(crate) fn subject_of_infinitive(sentence: &mut Sentence, aims: &[String], at: usize) -> bool {
    let token = &sentence.tokens[at];
    let Some(above) = token.head.map(|head| head as usize).filter(|&above| above < at) else { return false };
    let to = sentence.with(at, "mark").find(|&mark| mark + 1 == at && sentence.tokens[mark].upos == Upos::Part);
    let Some(to) = to.filter(|_| token.upos == Upos::Verb && matches!(token.relation(), "advcl" | "xcomp")) else {
        return false;
    };
    let aim = (above + 1..to).find(|&mark| {
        matches!(sentence.tokens[mark].relation(), "mark" | "case" | "compound")
            && aims.iter().any(|aim| *aim == sentence.tokens[mark].lower())
    });
    let Some(aim) = aim.filter(|&aim| aim - above <= 2) else { return false };
    let between = |child: usize| child > aim && child < to && sentence.tokens[child].upos.is_nominal();
    let who = sentence
        .children(above)
        .find(|&child| between(child) && matches!(sentence.tokens[child].relation(), "obl" | "obj" | "nmod"))
        .or_else(|| sentence.with(at, "nsubj").find(|&child| between(child)));
    let Some(who) = who.filter(|&who| sentence.subtree(who).last() == Some(&(to - 1))) else { return false };
    sentence.tokens[aim].head = Some(at as u32);
    sentence.tokens[aim].deprel = "mark".into();
    sentence.tokens[at].deprel = "advcl".into();
    sentence.hang(who, at, "nsubj");
    true
}

/// "fired at workers who blocked a highway, injuring 25" with the last verb below the relative clause: behind the comma it
/// says what came of the main act.
pub(crate) fn participle_behind_relative(sentence: &mut Sentence, at: usize) -> bool {
    let token = &sentence.tokens[at];
    let comma = at.checked_sub(1).is_some_and(|before| sentence.tokens[before].form == ",");
    let free = token.relation() == "advcl" && token.is_active_participle() && comma;
    let relative = token.head.map(|head| head as usize).filter(|&head| free && head < at);
    let Some(relative) = relative.filter(|&verb| sentence.tokens[verb].deprel == "acl:relcl") else { return false };
    if sentence.with(at, "mark").next().is_some() {
        return false;
    }
    let main = sentence.ancestors(relative).skip(1).find(|&up| sentence.tokens[up].upos == Upos::Verb);
    let Some(main) = main.filter(|&main| main < relative) else { return false };
    sentence.hang(at, main, "advcl");
    true
}

/// "Some threw stones" with the quantifier below the object: a verb stands between, so that it is the subject.
pub(crate) fn quantifier_before_verb(sentence: &mut Sentence, at: usize) -> bool {
    let token = &sentence.tokens[at];
    let verb = at + 1;
    let noun = token.head.map(|head| head as usize).filter(|&head| head > verb && token.upos == Upos::Det);
    let Some(noun) = noun.filter(|_| token.relation() == "det") else { return false };
    let free = sentence.tokens.get(verb).is_some_and(|next| {
        next.upos == Upos::Verb
            && matches!(next.relation(), "root" | "conj" | "parataxis" | "ccomp")
            && !next.is_active_participle()
    });
    if !free || !sentence.below(noun, verb) || sentence.with(verb, "nsubj").next().is_some() {
        return false;
    }
    sentence.hang(at, verb, "nsubj");
    true
}

/// "fired what appeared to be a missile": what it appeared to be is the object.
pub(crate) fn what_appears(sentence: &mut Sentence, at: usize) -> bool {
    let token = &sentence.tokens[at];
    let free = token.feat("PronType").is_some_and(|kind| matches!(kind, "Rel" | "Int")) && token.deprel == "nsubj";
    let Some(clause) = token.head.map(|head| head as usize).filter(|&clause| free && clause == at + 1) else {
        return false;
    };
    let verb = sentence.tokens[clause].head.map(|head| head as usize);
    let Some(verb) = verb.filter(|&verb| sentence.tokens[clause].relation() == "ccomp" && verb + 1 == at) else {
        return false;
    };
    let noun = sentence.with(clause, "xcomp").find(|&noun| noun > clause && sentence.tokens[noun].upos.is_nominal());
    let Some(noun) = noun.filter(|_| sentence.with(verb, "obj").next().is_none()) else { return false };
    for child in sentence.children(noun).collect::<Vec<_>>() {
        let relation = sentence.tokens[child].relation();
        if matches!(relation, "mark" | "cop" | "aux") {
            sentence.tokens[child].head = Some(clause as u32);
        } else if child > noun && relation == "nmod" && sentence.with(child, "case").next().is_some() {
            // "into the sea" says where it was fired
            sentence.tokens[child].head = Some(verb as u32);
            sentence.tokens[child].deprel = "obl".into();
        }
    }
    sentence.tokens[clause].head = Some(noun as u32);
    sentence.tokens[clause].deprel = "acl".into();
    sentence.hang(noun, verb, "obj");
    true
}

/// "mengekstradisi 29 terduga anggota kartel ke Meksiko" with the epithet as a verb: it belongs to the noun behind it.
pub(crate) fn epithet_before_noun(sentence: &mut Sentence, epithets: &[String], at: usize) -> bool {
    let noun = at + 1;
    let token = &sentence.tokens[at];
    let fits = epithets.iter().any(|word| *word == token.lower())
        && token.upos == Upos::Verb
        && sentence.tokens.get(noun).is_some_and(|next| next.upos.is_nominal() && next.head == Some(at as u32));
    let Some(above) = token.head.map(|head| head as usize).filter(|&above| fits && above != noun) else { return false };
    let number = at.checked_sub(1).filter(|&number| sentence.tokens[number].upos == Upos::Num);
    let up =
        number.and_then(|number| sentence.tokens[number].head.map(|up| (up, sentence.tokens[number].deprel.clone())));
    let (up, deprel) = match up {
        Some((up, deprel)) if up as usize != at && up as usize != noun => (up as usize, deprel),
        _ => (above, if above < at { "obj".into() } else { "nsubj".into() }),
    };
    if sentence.tokens[up].upos != Upos::Verb || sentence.subtree(at).contains(&up) {
        return false;
    }
    for child in sentence.children(at).collect::<Vec<_>>() {
        if child != noun && Some(child) != number {
            sentence.tokens[child].head = Some(up as u32);
        }
    }
    // "ke Meksiko" says where they were sent
    for child in sentence.children(noun).collect::<Vec<_>>() {
        let nested = sentence.children(child).collect::<Vec<_>>();
        for below in std::iter::once(child).chain(nested) {
            let token = &sentence.tokens[below];
            if token.relation() == "nmod" && sentence.with(below, "case").next().is_some() {
                sentence.tokens[below].head = Some(up as u32);
                sentence.tokens[below].deprel = "obl".into();
            }
        }
    }
    if let Some(number) = number {
        sentence.tokens[number].head = Some(noun as u32);
        sentence.tokens[number].deprel = "nummod".into();
    }
    sentence.tokens[at].upos = Upos::Noun;
    sentence.tokens[noun].head = Some(up as u32);
    sentence.tokens[noun].deprel = deprel;
    sentence.hang(at, noun, "amod");
    true
}

/// "Ribuan guru di Peru mogok mengajar" with the subject below the second verb: it is the first one's, if it stands before it.
pub(crate) fn subject_below_complement(sentence: &mut Sentence, at: usize) -> bool {
    let token = &sentence.tokens[at];
    let Some(verb) = token.head.map(|head| head as usize).filter(|&verb| verb + 1 == at) else { return false };
    let complement = token.upos == Upos::Verb
        && matches!(token.relation(), "ccomp" | "xcomp")
        && sentence.tokens[verb].upos == Upos::Verb
        && sentence.with(verb, "nsubj").next().is_none();
    let subject = sentence.with(at, "nsubj").find(|&subject| complement && subject < verb);
    let Some(subject) = subject else { return false };
    let deprel = sentence.tokens[subject].deprel.clone();
    sentence.tokens[at].deprel = "xcomp".into();
    sentence.hang(subject, verb, &deprel);
    true
}

/// "The U.S. and South Korea began drills" with the first name as part of the second: what is joined stands below the first.
/// Names are their first, last and head token.
pub(crate) fn joined_names(sentence: &mut Sentence, one: (usize, usize, usize), other: (usize, usize, usize)) -> bool {
    let (first, between) = (one.2, one.1 + 1);
    let joined = other.0 == between + 1 && sentence.tokens[between].upos == Upos::Cconj;
    let head = sentence.tokens[first].head.map(|head| head as usize);
    let head =
        head.filter(|head| (other.0..=other.1).contains(head) && sentence.tokens[first].relation() == "compound");
    let Some(second) = head.filter(|_| joined) else { return false };
    let above = sentence.tokens[second].head.map(|above| above as usize);
    let Some(above) = above.filter(|above| !(one.0..=other.1).contains(above)) else { return false };
    let deprel = sentence.tokens[second].deprel.clone();
    for at in sentence.children(second).collect::<Vec<_>>() {
        // "The" before the first belongs to the first
        if at < first {
            sentence.tokens[at].head = Some(first as u32);
        }
    }
    for at in sentence.children(first).filter(|&at| at > between && at != second).collect::<Vec<_>>() {
        sentence.tokens[at].head = Some(second as u32);
        sentence.tokens[at].deprel = "compound".into();
    }
    sentence.tokens[between].head = Some(second as u32);
    sentence.tokens[second].head = Some(first as u32);
    sentence.tokens[second].deprel = "conj".into();
    sentence.hang(first, above, &deprel);
    true
}

/// "Dua sipir disandera narapidana" with the people as an adverb: right before a verb without a subject they are its subject.
pub(crate) fn people_as_adverb(sentence: &mut Sentence, head: usize, last: usize) -> bool {
    let token = &sentence.tokens[head];
    let verb = last + 1;
    let above = sentence.tokens.get(verb).is_some_and(|next| next.upos == Upos::Verb)
        && token.head == Some(verb as u32)
        && sentence.with(verb, "nsubj").next().is_none();
    if !above || !matches!(token.relation(), "advmod" | "amod" | "compound") {
        return false;
    }
    sentence.tokens[head].upos = Upos::Noun;
    sentence.hang(head, verb, "nsubj");
    true
}

/// "A warlord accused of killing villagers surrendered" with no verb as the main one: of two past forms below the noun the
/// last is what it did.
pub(crate) fn verb_below_noun(sentence: &mut Sentence) -> bool {
    let Some(root) = sentence.root().filter(|_| sentence.kind == RegionKind::Body) else { return false };
    let bare = sentence.tokens[root].upos.is_nominal()
        && sentence.children(root).all(|child| {
            !matches!(
                sentence.tokens[child].relation(),
                "cop" | "nsubj" | "conj" | "parataxis" | "ccomp" | "cc" | "mark"
            )
        })
        && sentence.tokens.last().is_some_and(|token| token.form == ".");
    let past: Vec<usize> = sentence
        .subtree(root)
        .into_iter()
        .filter(|&at| {
            let token = &sentence.tokens[at];
            let alone = sentence.children(at).all(|child| {
                !matches!(sentence.tokens[child].relation(), "nsubj" | "aux" | "mark" | "cop")
                    && sentence.tokens[child].deprel != "obl:agent"
            });
            at > root && token.deprel == "acl" && token.feat("Tense") == Some("Past") && alone
        })
        .collect();
    let [first, .., verb] = past[..] else { return false };
    if !bare || sentence.tokens[first].head != Some(root as u32) || sentence.tokens[verb - 1].upos == Upos::Punct {
        return false;
    }
    sentence.tokens[verb].head = None;
    sentence.tokens[verb].deprel = "root".into();
    let form = &mut sentence.tokens[verb].feats;
    *form = form.replace("VerbForm=Part", "VerbForm=Fin").replace("|Voice=Pass", "").into();
    for child in sentence.children(root).collect::<Vec<_>>() {
        if child > verb || sentence.tokens[child].upos == Upos::Punct {
            sentence.tokens[child].head = Some(verb as u32);
        }
    }
    sentence.hang(root, verb, "nsubj");
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trees::sentence as tree;

    #[test]
    fn an_infinitive_is_no_oblique() {
        let rows = [
            ("unions", "NOUN", "_", 2, "nsubj"),
            ("threatened", "VERB", "VerbForm=Fin", 0, "root"),
            ("to", "PART", "_", 4, "mark"),
            ("strike", "VERB", "VerbForm=Inf", 2, "obl"),
        ];
        let mut sentence = tree(&rows);
        assert!(infinitive_as_oblique(&mut sentence, 3));
        assert_eq!(sentence.tokens[3].deprel, "xcomp");
    }

    #[test]
    fn a_participle_says_something_of_the_noun_before_it() {
        let rows = [
            ("strike", "NOUN", "_", 0, "root"),
            ("on", "ADP", "_", 4, "case"),
            ("a", "DET", "_", 4, "det"),
            ("school", "NOUN", "_", 5, "compound"),
            ("sheltering", "VERB", "VerbForm=Ger", 1, "acl"),
            ("families", "NOUN", "_", 5, "obj"),
        ];
        let mut sentence = tree(&rows);
        assert!(noun_before_participle(&mut sentence, 4));
        assert_eq!((sentence.tokens[3].head, sentence.tokens[3].deprel.as_str()), (Some(0), "nmod"));
        assert_eq!(sentence.tokens[4].head, Some(3));
    }

    #[test]
    fn what_stands_behind_a_gerund_is_its_object() {
        let rows = [
            ("Police", "NOUN", "_", 2, "nsubj"),
            ("denied", "VERB", "_", 0, "root"),
            ("shooting", "VERB", "VerbForm=Ger", 2, "xcomp"),
            ("protesters", "NOUN", "_", 2, "obj"),
        ];
        let mut sentence = tree(&rows);
        assert!(object_above_gerund(&mut sentence, 2));
        assert_eq!(sentence.tokens[3].head, Some(2));
    }

    #[test]
    fn whoever_is_called_on_to_do_it_is_the_subject() {
        let rows = [
            ("unions", "NOUN", "_", 2, "nsubj"),
            ("called", "VERB", "_", 0, "root"),
            ("for", "ADP", "_", 7, "mark"),
            ("the", "DET", "_", 5, "det"),
            ("president", "NOUN", "_", 2, "obl"),
            ("to", "PART", "_", 7, "mark"),
            ("quit", "VERB", "VerbForm=Inf", 2, "advcl"),
        ];
        let mut sentence = tree(&rows);
        assert!(subject_of_infinitive(&mut sentence, &["for".to_owned()], 6));
        assert_eq!((sentence.tokens[4].head, sentence.tokens[4].deprel.as_str()), (Some(6), "nsubj"));
        assert_eq!(sentence.tokens[2].head, Some(6));
    }

    #[test]
    fn what_came_of_an_act_hangs_on_the_main_verb() {
        let rows = [
            ("Officers", "NOUN", "_", 2, "nsubj"),
            ("fired", "VERB", "Tense=Past|VerbForm=Fin", 0, "root"),
            ("at", "ADP", "_", 4, "case"),
            ("workers", "NOUN", "_", 2, "obl"),
            ("who", "PRON", "PronType=Rel", 6, "nsubj"),
            ("blocked", "VERB", "Tense=Past|VerbForm=Fin", 4, "acl:relcl"),
            ("roads", "NOUN", "_", 6, "obj"),
            (",", "PUNCT", "_", 9, "punct"),
            ("injuring", "VERB", "Tense=Pres|VerbForm=Part", 6, "advcl"),
            ("25", "NUM", "_", 9, "obj"),
        ];
        let mut sentence = tree(&rows);
        assert!(participle_behind_relative(&mut sentence, 8));
        assert_eq!(sentence.tokens[8].head, Some(1));
    }

    #[test]
    fn a_quantifier_before_a_verb_is_its_subject() {
        let rows = [
            ("Some", "DET", "_", 3, "det"),
            ("threw", "VERB", "Tense=Past|VerbForm=Fin", 0, "root"),
            ("stones", "NOUN", "_", 2, "obj"),
        ];
        let mut sentence = tree(&rows);
        assert!(quantifier_before_verb(&mut sentence, 0));
        assert_eq!((sentence.tokens[0].head, sentence.tokens[0].deprel.as_str()), (Some(1), "nsubj"));
    }

    #[test]
    fn what_a_thing_appears_to_be_is_the_object() {
        let rows = [
            ("fired", "VERB", "_", 0, "root"),
            ("what", "PRON", "PronType=Rel", 3, "nsubj"),
            ("appeared", "VERB", "_", 1, "ccomp"),
            ("to", "PART", "_", 6, "mark"),
            ("be", "AUX", "_", 6, "cop"),
            ("missile", "NOUN", "_", 3, "xcomp"),
        ];
        let mut sentence = tree(&rows);
        assert!(what_appears(&mut sentence, 1));
        assert_eq!((sentence.tokens[5].head, sentence.tokens[5].deprel.as_str()), (Some(0), "obj"));
        assert_eq!(sentence.tokens[4].head, Some(2));
    }

    #[test]
    fn an_epithet_belongs_to_the_noun_behind_it() {
        let rows = [
            ("Meksiko", "PROPN", "_", 2, "nsubj"),
            ("mengekstradisi", "VERB", "_", 0, "root"),
            ("29", "NUM", "_", 2, "obj"),
            ("terduga", "VERB", "_", 2, "ccomp"),
            ("anggota", "NOUN", "_", 4, "obl"),
            ("kartel", "NOUN", "_", 5, "nmod"),
            ("ke", "ADP", "_", 8, "case"),
            ("Amerika", "PROPN", "_", 5, "nmod"),
        ];
        let mut sentence = tree(&rows);
        assert!(epithet_before_noun(&mut sentence, &["terduga".into()], 3));
        assert_eq!(sentence.tokens[4].head, Some(1));
        assert_eq!(sentence.tokens[4].deprel, "obj");
        assert_eq!(sentence.tokens[2].head, Some(4));
        assert_eq!((sentence.tokens[7].head, sentence.tokens[7].deprel.as_str()), (Some(1), "obl"));
    }

    #[test]
    fn the_first_of_two_verbs_has_the_subject() {
        let rows = [
            ("guru", "NOUN", "_", 3, "nsubj"),
            ("mogok", "VERB", "_", 0, "root"),
            ("mengajar", "VERB", "_", 2, "ccomp"),
        ];
        let mut sentence = tree(&rows);
        assert!(subject_below_complement(&mut sentence, 2));
        assert_eq!(sentence.tokens[0].head, Some(1));
    }

    #[test]
    fn a_name_joined_to_another_is_no_part_of_it() {
        let rows = [
            ("The", "DET", "_", 5, "det"),
            ("U.S.", "PROPN", "_", 5, "compound"),
            ("and", "CCONJ", "_", 4, "cc"),
            ("South", "PROPN", "_", 2, "conj"),
            ("Korea", "PROPN", "_", 6, "nsubj"),
            ("began", "VERB", "_", 0, "root"),
        ];
        let mut sentence = tree(&rows);
        assert!(joined_names(&mut sentence, (1, 1, 1), (3, 4, 3)));
        assert_eq!((sentence.tokens[1].head, sentence.tokens[1].deprel.as_str()), (Some(5), "nsubj"));
        assert_eq!((sentence.tokens[4].head, sentence.tokens[4].deprel.as_str()), (Some(1), "conj"));
        assert_eq!(sentence.tokens[3].head, Some(4));
        assert_eq!(sentence.tokens[0].head, Some(1));
    }

    #[test]
    fn of_two_past_forms_below_a_noun_the_last_is_the_verb() {
        let rows = [
            ("warlord", "NOUN", "_", 0, "root"),
            ("accused", "VERB", "Tense=Past|VerbForm=Part", 1, "acl"),
            ("of", "SCONJ", "_", 4, "mark"),
            ("killing", "VERB", "VerbForm=Ger", 2, "advcl"),
            ("villagers", "NOUN", "_", 4, "obj"),
            ("surrendered", "VERB", "Tense=Past|VerbForm=Part", 5, "acl"),
            (".", "PUNCT", "_", 1, "punct"),
        ];
        let mut sentence = tree(&rows);
        assert!(verb_below_noun(&mut sentence));
        assert_eq!(sentence.root(), Some(5));
        assert_eq!((sentence.tokens[0].head, sentence.tokens[0].deprel.as_str()), (Some(5), "nsubj"));
        assert_eq!(sentence.tokens[1].head, Some(0));
    }

    #[test]
    fn heads_that_go_round_are_no_tree() {
        let rows = [("a", "NOUN", "_", 0, "root"), ("b", "NOUN", "_", 1, "nmod"), ("c", "NOUN", "_", 2, "nmod")];
        let mut sentence = tree(&rows);
        assert!(sentence.is_tree());
        sentence.hang(1, 2, "nmod");
        assert!(!sentence.is_tree());
        assert_eq!(sentence.subtree(1), [1, 2]);
    }
}
