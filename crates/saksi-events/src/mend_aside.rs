//! Clauses and phrases set off by commas, semicolons or quotation marks that the parser hangs on what stands beside them.

use saksi_tree::{Sentence, Token, Upos};

/// "contends that the foreigners ignored orders and accuses the group": a present tense goes on with a present tense, not with
/// what that says of the past.
pub(crate) fn present_joined_to_past(sentence: &mut Sentence) -> bool {
    let tense = |sentence: &Sentence, at: usize| {
        let token = &sentence.tokens[at];
        (token.upos == Upos::Verb && token.feat("VerbForm") == Some("Fin"))
            .then(|| token.feat("Tense").map(str::to_owned))
            .flatten()
    };
    for at in 0..sentence.tokens.len() {
        let token = &sentence.tokens[at];
        let own = sentence.with(at, "nsubj").next().is_some() || sentence.with(at, "aux").next().is_some();
        if token.relation() != "conj"
            || own
            || token.feat("Person") != Some("3")
            || tense(sentence, at).as_deref() != Some("Pres")
        {
            continue;
        }
        let Some(past) = token.head.map(|head| head as usize).filter(|&head| head < at) else { continue };
        if tense(sentence, past).as_deref() != Some("Past") || sentence.tokens[past].relation() != "ccomp" {
            continue;
        }
        let Some(saying) = sentence.tokens[past].head.map(|head| head as usize).filter(|&head| head < past) else {
            continue;
        };
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
        let opened =
            begins.and_then(|begins| begins.checked_sub(1)).is_some_and(|mark| sentence.tokens[mark].form == ";");
        if own && !marked && opened && !sentence.below(root, verb) {
            sentence.hang(verb, root, "parataxis");
            changed = true;
        }
    }
    changed
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
        let Some(subject) = sentence.tokens[noun].head.map(|head| head as usize).filter(|&head| head < noun) else {
            continue;
        };
        let Some(main) = sentence.tokens[subject].head.map(|head| head as usize).filter(|&main| main > verb) else {
            continue;
        };
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
        let Some(above) = token.head.map(|head| head as usize).filter(|&above| joined && above < verb) else {
            continue;
        };
        let Some(subject) = sentence.with(verb, "nsubj").find(|&subject| subject < verb) else { continue };
        let Some(mark) = sentence.with(verb, "cc").find(|&mark| mark < subject && mark > above) else { continue };
        let first = sentence.subtree(subject).into_iter().min();
        let object = sentence
            .with(above, "obj")
            .find(|&object| sentence.subtree(object).into_iter().max() == Some(mark - 1) && object > above);
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
        let set_off =
            begins.and_then(|begins| begins.checked_sub(1)).is_some_and(|mark| sentence.tokens[mark].form == ",");
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
        let Some(party) = sentence.tokens[case].head.map(|head| head as usize).filter(|&party| party > case) else {
            continue;
        };
        let above = sentence.tokens[party].head.map(|head| head as usize);
        let verb = above.is_some_and(|above| sentence.tokens[above].upos == Upos::Verb && above != noun);
        if verb && sentence.tokens[party].relation() == "obl" && !sentence.below(noun, party) {
            sentence.hang(party, noun, "nmod");
            return true;
        }
    }
    false
}

/// "Clashes broke out between police and students": what breaks out between two is theirs.
pub(crate) fn parties_behind_verb(sentence: &mut Sentence, between: &[String]) -> bool {
    for case in 2..sentence.tokens.len() {
        let listed = between.iter().any(|word| *word == sentence.tokens[case].lower());
        let party = sentence.tokens[case].head.map(|head| head as usize).filter(|&party| party > case);
        let Some(party) = party.filter(|_| listed && sentence.tokens[case].relation() == "case") else { continue };
        let verb = sentence.tokens[party].head.map(|head| head as usize).filter(|&verb| verb < case);
        let verb = verb.filter(|&verb| sentence.tokens[verb].upos == Upos::Verb);
        let Some(verb) = verb.filter(|_| sentence.tokens[party].relation() == "obl") else { continue };
        let particle =
            |at: usize| sentence.tokens[at].head == Some(verb as u32) && sentence.tokens[at].relation() == "compound";
        let close = (verb + 1..case).all(particle);
        let noun = sentence.with(verb, "nsubj").find(|&noun| noun < verb && sentence.tokens[noun].upos == Upos::Noun);
        let several = sentence.with(party, "conj").next().is_some();
        if let Some(noun) = noun.filter(|_| close && several && sentence.with(verb, "obj").next().is_none()) {
            sentence.hang(party, noun, "nmod");
            return true;
        }
    }
    false
}

/// "called the minister “a thief”", "menyebut Seoul “gerombolan preman”": what stands in quotation marks behind the object, as a
/// second object or below the first, is what it is called.
pub(crate) fn called_in_quotes(sentence: &mut Sentence) -> bool {
    for verb in 0..sentence.tokens.len() {
        if sentence.tokens[verb].upos != Upos::Verb {
            continue;
        }
        let objects: Vec<usize> = sentence.with(verb, "obj").filter(|&object| object > verb).collect();
        let called = match objects[..] {
            [first, second] if first < second && sentence.is_quoted(second) => Some(second),
            [only] => sentence.children(only).find(|&child| {
                let below = matches!(sentence.tokens[child].relation(), "nmod" | "appos" | "flat" | "acl" | "amod");
                child > only && below && sentence.with(child, "case").next().is_none() && sentence.is_quoted(child)
            }),
            _ => None,
        };
        if let Some(called) = called {
            sentence.hang(called, verb, "xcomp");
            return true;
        }
    }
    false
}

/// "Tidak terjadi bentrokan antara massa dan aparat" with the clash as a time: what stands bare right behind a verb that only says
/// that something is there, and has no subject, is its subject.
pub(crate) fn what_is_there(sentence: &mut Sentence, is_there: impl Fn(&Token) -> bool) -> bool {
    for verb in 0..sentence.tokens.len() {
        if !is_there(&sentence.tokens[verb]) || sentence.with(verb, "nsubj").next().is_some() {
            continue;
        }
        let bare = sentence.with(verb, "obl").find(|&child| {
            child == verb + 1
                && sentence.tokens[child].upos == Upos::Noun
                && sentence.with(child, "case").next().is_none()
        });
        if let Some(bare) = bare {
            sentence.hang(bare, verb, "nsubj");
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trees::{head, sentence};

    const PAST: &str = "Tense=Past|VerbForm=Fin";
    const PRESENT: &str = "Tense=Pres|VerbForm=Fin|Person=3";
    const ACTIVE: &str = "Voice=Act";

    #[test]
    fn what_breaks_out_between_two_is_theirs() {
        let rows = |relation: &'static str| {
            sentence(&[
                ("Clashes", "NOUN", "_", 2, "nsubj"),
                ("broke", "VERB", PAST, 0, "root"),
                ("out", "ADP", "_", 2, "compound:prt"),
                ("between", "ADP", "_", 5, "case"),
                ("police", "NOUN", "_", 2, "obl"),
                ("and", "CCONJ", "_", 7, "cc"),
                ("students", "NOUN", "_", 5, relation),
            ])
        };
        let mut found = rows("conj");
        assert!(parties_behind_verb(&mut found, &["between".into()]));
        assert_eq!(head(&found, 4), (Some(0), "nmod"));
        assert!(!parties_behind_verb(&mut rows("nmod"), &["between".into()]));
    }

    #[test]
    fn a_present_tense_goes_on_with_a_present_tense() {
        let rows = |form: &'static str| {
            sentence(&[
                ("Bakri", "PROPN", "_", 2, "nsubj"),
                ("claims", "VERB", PRESENT, 0, "root"),
                ("rebels", "NOUN", "_", 4, "nsubj"),
                ("fled", "VERB", PAST, 2, "ccomp"),
                ("and", "CCONJ", "_", 6, "cc"),
                ("accuses", "VERB", form, 4, "conj"),
            ])
        };
        let mut found = rows(PRESENT);
        assert!(present_joined_to_past(&mut found));
        assert_eq!(head(&found, 5), (Some(1), "conj"));
        assert!(!present_joined_to_past(&mut rows(PAST)));
    }

    #[test]
    fn a_clause_behind_a_semicolon_stands_alone() {
        let rows = |mark: &'static str| {
            sentence(&[
                ("demanded", "VERB", PAST, 0, "root"),
                ("talks", "NOUN", "_", 1, "obj"),
                (mark, "PUNCT", "_", 5, "punct"),
                ("miners", "NOUN", "_", 5, "nsubj"),
                ("marched", "VERB", PAST, 1, "ccomp"),
            ])
        };
        let mut found = rows(";");
        assert!(clause_behind_semicolon(&mut found));
        assert_eq!(head(&found, 4), (Some(0), "parataxis"));
        assert!(!clause_behind_semicolon(&mut rows(",")));
    }

    #[test]
    fn the_verb_behind_an_apposition_is_whom_that_describes() {
        let rows = |mark: &'static str| {
            sentence(&[
                ("China", "PROPN", "_", 7, "nsubj"),
                (",", "PUNCT", "_", 1, "punct"),
                ("sekutu", "NOUN", "_", 1, "appos"),
                (mark, "PUNCT", "_", 3, "punct"),
                ("mendesak", "VERB", ACTIVE, 3, "acl"),
                ("Korea", "PROPN", "_", 5, "obj"),
                ("kembali", "VERB", "_", 0, "root"),
            ])
        };
        let mut found = rows(",");
        assert!(active_below_apposition(&mut found));
        assert_eq!((head(&found, 4), head(&found, 0)), ((None, "root"), (Some(4), "nsubj")));
        assert_eq!(head(&found, 6), (Some(4), "xcomp"));
        assert!(!active_below_apposition(&mut rows("-")));
    }

    #[test]
    fn both_are_told_to() {
        let rows = [
            ("memerintahkan", "VERB", ACTIVE, 0, "root"),
            ("militer", "NOUN", "_", 1, "obj"),
            ("dan", "CCONJ", "_", 5, "cc"),
            ("polisi", "NOUN", "_", 5, "nsubj"),
            ("menyelidiki", "VERB", ACTIVE, 1, "conj"),
        ];
        let mut found = sentence(&rows);
        assert!(!object_and_subject(&mut found, |_, _| false));
        assert!(object_and_subject(&mut found, |_, at| at == 0));
        assert_eq!((head(&found, 3), head(&found, 4)), ((Some(1), "conj"), (Some(0), "xcomp")));
    }

    #[test]
    fn a_second_object_behind_a_comma_is_none() {
        let rows = |mark: &'static str| {
            sentence(&[
                ("turned", "VERB", PAST, 0, "root"),
                ("offer", "NOUN", "_", 1, "obj"),
                (mark, "PUNCT", "_", 4, "punct"),
                ("decision", "NOUN", "_", 1, "obj"),
                ("called", "VERB", PAST, 4, "acl:relcl"),
            ])
        };
        let mut found = rows(",");
        assert!(object_behind_comma(&mut found));
        assert_eq!(head(&found, 3), (Some(0), "parataxis"));
        assert!(!object_behind_comma(&mut rows("-")));
    }

    #[test]
    fn between_says_whose_the_noun_before_it_is() {
        let rows = [
            ("Bentrokan", "NOUN", "_", 4, "nsubj"),
            ("antara", "ADP", "_", 3, "case"),
            ("tentara", "NOUN", "_", 4, "obl"),
            ("pecah", "VERB", "_", 0, "root"),
        ];
        let mut found = sentence(&rows);
        assert!(!parties_behind_noun(&mut found, &[]));
        assert!(parties_behind_noun(&mut found, &["antara".to_owned()]));
        assert_eq!(head(&found, 2), (Some(0), "nmod"));
    }

    #[test]
    fn what_stands_in_quotation_marks_is_what_somebody_is_called() {
        let rows = |mark: &'static str| {
            sentence(&[
                ("called", "VERB", PAST, 0, "root"),
                ("him", "PRON", "_", 1, "obj"),
                (mark, "PUNCT", "_", 4, "punct"),
                ("thief", "NOUN", "_", 1, "obj"),
            ])
        };
        let mut found = rows("“");
        assert!(called_in_quotes(&mut found));
        assert_eq!(head(&found, 3), (Some(0), "xcomp"));
        assert!(!called_in_quotes(&mut rows("-")));
    }

    #[test]
    fn what_only_is_there_is_the_subject() {
        let rows = [
            ("tidak", "PART", "_", 2, "advmod"),
            ("terjadi", "VERB", "_", 0, "root"),
            ("bentrokan", "NOUN", "_", 2, "obl:tmod"),
        ];
        let mut found = sentence(&rows);
        assert!(!what_is_there(&mut found, |_| false));
        assert!(what_is_there(&mut found, |token| token.form == "terjadi"));
        assert_eq!(head(&found, 2), (Some(1), "nsubj"));
    }
}
