//! Subjects and verbs that the parser has missed: a present tense or a bare form read as a noun, a subject given to an aside.

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
        child != verb
            && (child < verb || matches!(sentence.tokens[child].relation(), "punct" | "nmod" | "obl" | "advcl"))
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
            let marks = sentence.tokens[child].relation() == "cc" || sentence.tokens[child].form == ",";
            marks && opens < child && child < subject
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
        let bare =
            sentence.children(at).all(|child| !matches!(sentence.tokens[child].relation(), "det" | "amod" | "case"));
        let noun = token.upos == Upos::Noun && token.relation() == "conj" && bare;
        let Some(first) = token.head.map(|head| head as usize).filter(|_| noun) else { continue };
        let finite = sentence.tokens[first].upos == Upos::Verb
            && sentence.tokens[first].feat("Tense") == Some("Pres")
            && sentence.tokens[first].feat("VerbForm") == Some("Fin");
        let joined = sentence.tokens[at - 1].upos == Upos::Cconj;
        let object = sentence.children(at).find(|&child| {
            child > at
                && sentence.tokens[child].upos.is_nominal()
                && matches!(sentence.tokens[child].relation(), "appos" | "nmod" | "obj" | "dep" | "compound" | "nsubj")
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

/// "Before the vote of 28 September prosecutors searched homes" with the vote as subject: a main verb has no mark, so the
/// opening is a circumstance and the noun right before the verb its subject.
pub(crate) fn subject_behind_circumstance(sentence: &mut Sentence) -> bool {
    let Some(verb) = sentence.root().filter(|&root| sentence.tokens[root].upos == Upos::Verb) else { return false };
    let Some(mark) = sentence.with(verb, "mark").next().filter(|&mark| mark < verb) else { return false };
    let Some(noun) = sentence.with(verb, "nsubj").find(|&noun| mark < noun && noun + 1 < verb) else { return false };
    let bare = |&child: &usize| {
        child + 1 == verb
            && child > noun
            && sentence.tokens[child].upos.is_nominal()
            && sentence.children(child).next().is_none()
            && matches!(sentence.tokens[child].relation(), "nmod" | "flat" | "appos" | "compound")
    };
    let Some(subject) = sentence.subtree(noun).into_iter().find(bare) else { return false };
    sentence.tokens[mark].head = Some(noun as u32);
    sentence.tokens[mark].deprel = "case".into();
    sentence.tokens[mark].upos = Upos::Adp;
    sentence.tokens[noun].deprel = "obl".into();
    sentence.hang(subject, verb, "nsubj");
    true
}

/// "Brussels is to slap a levy" with the city as `nsubj:outer`: who is to do something is its subject.
pub(crate) fn subject_of_what_is_to_come(sentence: &mut Sentence) -> bool {
    let Some(verb) = sentence.root().filter(|&root| sentence.tokens[root].upos == Upos::Verb) else { return false };
    let marked = sentence.with(verb, "mark").any(|mark| mark < verb && sentence.tokens[mark].upos == Upos::Part);
    let outer = sentence.children(verb).find(|&child| sentence.tokens[child].deprel == "nsubj:outer");
    let own =
        sentence.children(verb).any(|child| matches!(sentence.tokens[child].deprel.as_str(), "nsubj" | "nsubj:pass"));
    let Some(outer) = outer.filter(|_| marked && !own) else { return false };
    sentence.tokens[outer].deprel = "nsubj".into();
    for copula in sentence.with(verb, "cop").collect::<Vec<_>>() {
        sentence.tokens[copula].deprel = "aux".into();
    }
    sentence.link();
    true
}

/// "burned the village, raped women and shot the chief" with the second verb as an adjective: a past form right behind the
/// comma of a list of verbs is one of them.
pub(crate) fn past_read_as_modifier(sentence: &mut Sentence) -> bool {
    for at in 2..sentence.tokens.len() {
        let token = &sentence.tokens[at];
        let noun = token.head.map(|head| head as usize).filter(|&noun| noun == at + 1 && token.relation() == "amod");
        let past = token.upos == Upos::Verb && token.feat("Tense") == Some("Past");
        let Some(noun) = noun.filter(|_| past && sentence.tokens[at - 1].form == ",") else { continue };
        let listed = sentence.tokens[noun].relation() == "conj" && sentence.with(noun, "cc").next().is_none();
        let Some(object) = sentence.tokens[noun].head.map(|head| head as usize).filter(|_| listed) else { continue };
        let Some(verb) = sentence.tokens[object].head.map(|head| head as usize) else { continue };
        let goes_on = sentence.with(verb, "conj").any(|other| {
            other > noun && sentence.tokens[other].upos == Upos::Verb && sentence.with(other, "cc").next().is_some()
        });
        if sentence.tokens[object].relation() == "obj" && sentence.tokens[verb].upos == Upos::Verb && goes_on {
            sentence.tokens[at].head = Some(verb as u32);
            sentence.tokens[at].deprel = "conj".into();
            sentence.hang(noun, at, "obj");
            return true;
        }
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
    let subject =
        sentence.children(verb).any(|child| matches!(sentence.tokens[child].relation(), "nsubj" | "csubj" | "expl"));
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

/// "Ruto, for his part, plans to visit Japan" with the verb read as a noun: the head of a sentence that has a subject, no copula
/// and an infinitive right behind it is its verb, if `plans` says that it may be.
pub(crate) fn infinitive_behind_root(sentence: &mut Sentence, plans: impl Fn(&Sentence, usize) -> bool) -> bool {
    let Some(root) = sentence.root().filter(|&root| sentence.tokens[root].upos == Upos::Noun) else { return false };
    let subject = sentence.with(root, "nsubj").any(|subject| subject < root);
    let bare = sentence
        .children(root)
        .all(|child| !matches!(sentence.tokens[child].relation(), "cop" | "det" | "amod" | "case"));
    let infinitive = sentence.with(root, "acl").find(|&verb| {
        sentence.tokens[verb].feat("VerbForm") == Some("Inf")
            && sentence.with(verb, "mark").any(|mark| mark == root + 1)
    });
    let Some(infinitive) = infinitive.filter(|_| subject && bare && plans(sentence, root)) else { return false };
    sentence.tokens[root].upos = Upos::Verb;
    sentence.hang(infinitive, root, "xcomp");
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trees::{head, sentence};

    const PAST: &str = "Tense=Past|VerbForm=Fin";
    const PRESENT: &str = "Tense=Pres|VerbForm=Fin|Person=3";

    #[test]
    fn a_clause_without_a_verb_has_one_behind_its_actor() {
        let rows = [
            ("Leaders", "NOUN", "_", 0, "root"),
            ("plan", "NOUN", "_", 1, "nmod"),
            ("to", "PART", "_", 4, "mark"),
            ("meet", "VERB", "VerbForm=Inf", 2, "acl"),
        ];
        let mut found = sentence(&rows);
        assert!(!verb_behind_actor(&mut found, (0, 0), &[], |_, _| false));
        assert!(verb_behind_actor(&mut found, (0, 0), &[], |_, at| at == 1));
        assert_eq!((head(&found, 1), head(&found, 0)), ((None, "root"), (Some(1), "nsubj")));
        assert!(!verb_behind_actor(&mut found, (0, 0), &[], |_, at| at == 1));
    }

    #[test]
    fn the_subject_of_an_aside_is_that_of_the_verb() {
        let aside = |comma: &'static str| {
            sentence(&[
                ("Ruto", "PROPN", "_", 3, "nsubj"),
                (comma, "PUNCT", "_", 1, "punct"),
                ("ready", "ADJ", "_", 6, "advcl"),
                ("today", "ADV", "_", 3, "advmod"),
                (",", "PUNCT", "_", 3, "punct"),
                ("rejected", "VERB", PAST, 0, "root"),
                ("talks", "NOUN", "_", 6, "obj"),
            ])
        };
        let mut found = aside(",");
        assert!(subject_of_aside(&mut found));
        assert_eq!((head(&found, 0), head(&found, 2)), ((Some(5), "nsubj"), (Some(0), "acl")));
        assert!(!subject_of_aside(&mut found));
        assert!(!subject_of_aside(&mut aside("-")));
    }

    #[test]
    fn a_word_between_subject_and_name_may_be_the_verb() {
        let rows = [
            ("Norway", "PROPN", "_", 3, "nsubj"),
            ("back", "ADV", "_", 3, "advmod"),
            ("Denmark", "PROPN", "_", 0, "root"),
        ];
        let mut found = sentence(&rows);
        assert!(!verb_read_as_adverb(&mut found, |_, _| false));
        assert!(verb_read_as_adverb(&mut found, |_, at| at == 1));
        assert_eq!((head(&found, 1), head(&found, 0)), ((None, "root"), (Some(1), "nsubj")));
        assert_eq!(head(&found, 2), (Some(1), "obj"));
    }

    #[test]
    fn a_list_behind_the_conjunction_of_a_clause_is_its_subject() {
        let rows = |mark: &'static str| {
            sentence(&[
                ("bombed", "VERB", PAST, 0, "root"),
                ("towns", "NOUN", "_", 1, "obj"),
                (mark, "PUNCT", "_", 9, "punct"),
                ("and", "CCONJ", "_", 9, "cc"),
                ("Thais", "PROPN", "_", 2, "conj"),
                ("and", "CCONJ", "_", 9, "cc"),
                ("Laotians", "PROPN", "_", 9, "nsubj:pass"),
                ("were", "AUX", "_", 9, "aux:pass"),
                ("killed", "VERB", "VerbForm=Part", 1, "conj"),
            ])
        };
        let mut found = rows(",");
        assert!(listed_subject(&mut found));
        assert_eq!((head(&found, 4), head(&found, 6)), ((Some(8), "nsubj:pass"), (Some(4), "conj")));
        assert!(!listed_subject(&mut found));
        assert!(!listed_subject(&mut rows("-")));
    }

    #[test]
    fn behind_a_present_tense_a_noun_may_be_one() {
        let rows = [
            ("welcomes", "VERB", PRESENT, 0, "root"),
            ("truce", "NOUN", "_", 1, "obj"),
            ("and", "CCONJ", "_", 4, "cc"),
            ("thanks", "NOUN", "_", 1, "conj"),
            ("Oman", "PROPN", "_", 4, "appos"),
        ];
        let mut found = sentence(&rows);
        assert!(!present_read_as_noun(&mut found, |_, _| false));
        assert!(present_read_as_noun(&mut found, |_, at| at == 3));
        assert_eq!((found.tokens[3].upos, head(&found, 4)), (Upos::Verb, (Some(3), "obj")));
    }

    #[test]
    fn what_a_main_verb_has_for_a_mark_opens_a_circumstance() {
        let rows = |mark: &'static str| {
            sentence(&[
                ("Before", "SCONJ", "_", 4, mark),
                ("vote", "NOUN", "_", 4, "nsubj"),
                ("prosecutors", "NOUN", "_", 2, "nmod"),
                ("searched", "VERB", PAST, 0, "root"),
            ])
        };
        let mut found = rows("mark");
        assert!(subject_behind_circumstance(&mut found));
        assert_eq!((head(&found, 1), head(&found, 2)), ((Some(3), "obl"), (Some(3), "nsubj")));
        assert_eq!(head(&found, 0), (Some(1), "case"));
        assert!(!subject_behind_circumstance(&mut rows("advmod")));
    }

    #[test]
    fn who_is_to_do_something_is_its_subject() {
        let rows = |subject: &'static str| {
            sentence(&[
                ("Brussels", "PROPN", "_", 4, subject),
                ("is", "AUX", "_", 4, "cop"),
                ("to", "PART", "_", 4, "mark"),
                ("slap", "VERB", "VerbForm=Inf", 0, "root"),
            ])
        };
        let mut found = rows("nsubj:outer");
        assert!(subject_of_what_is_to_come(&mut found));
        assert_eq!((head(&found, 0), head(&found, 1)), ((Some(3), "nsubj"), (Some(3), "aux")));
        assert!(!subject_of_what_is_to_come(&mut rows("nsubj")));
    }

    #[test]
    fn a_past_form_in_a_list_of_verbs_is_one_of_them() {
        let rows = |before: &'static str| {
            sentence(&[
                ("burned", "VERB", PAST, 0, "root"),
                ("houses", "NOUN", "_", 1, "obj"),
                (before, "PUNCT", "_", 5, "punct"),
                ("raped", "VERB", "Tense=Past|VerbForm=Part", 5, "amod"),
                ("women", "NOUN", "_", 2, "conj"),
                ("and", "CCONJ", "_", 7, "cc"),
                ("shot", "VERB", PAST, 1, "conj"),
            ])
        };
        let mut found = rows(",");
        assert!(past_read_as_modifier(&mut found));
        assert_eq!((head(&found, 3), head(&found, 4)), ((Some(0), "conj"), (Some(3), "obj")));
        assert!(!past_read_as_modifier(&mut rows("-")));
    }

    #[test]
    fn a_name_right_behind_the_subject_is_its_own() {
        let rows = [
            ("destroyer", "NOUN", "_", 3, "nsubj:pass"),
            ("Storni", "PROPN", "_", 3, "nsubj"),
            ("fired", "VERB", PAST, 0, "root"),
        ];
        let mut found = sentence(&rows);
        assert!(name_as_second_subject(&mut found));
        assert_eq!((head(&found, 0), head(&found, 1)), ((Some(2), "nsubj"), (Some(0), "appos")));
        assert!(!name_as_second_subject(&mut found));
    }

    #[test]
    fn a_name_set_off_is_the_subject_of_a_verb_without_one() {
        let rows = |form: &'static str| {
            sentence(&[
                ("Ruto", "PROPN", "_", 3, "discourse"),
                (",", "PUNCT", "_", 1, "punct"),
                ("plans", "VERB", form, 0, "root"),
            ])
        };
        let mut found = rows(PRESENT);
        assert!(name_set_off(&mut found));
        assert_eq!(head(&found, 0), (Some(2), "nsubj"));
        assert!(!name_set_off(&mut rows("Mood=Imp|VerbForm=Fin")));
    }

    #[test]
    fn an_infinitive_behind_the_root_makes_it_a_verb() {
        let rows = [
            ("Ruto", "PROPN", "_", 2, "nsubj"),
            ("plans", "NOUN", "_", 0, "root"),
            ("to", "PART", "_", 4, "mark"),
            ("visit", "VERB", "VerbForm=Inf", 2, "acl"),
        ];
        let mut found = sentence(&rows);
        assert!(!infinitive_behind_root(&mut found, |_, _| false));
        assert!(infinitive_behind_root(&mut found, |_, at| at == 1));
        assert_eq!((found.tokens[1].upos, head(&found, 3)), (Upos::Verb, (Some(1), "xcomp")));
    }
}
