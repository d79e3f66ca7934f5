//! Verbs without a prefix that were read as nouns, acts that follow on each other, doers behind the noun of an act, and
//! circumstances hung on a noun.

use saksi_tree::{Sentence, Upos};

/// "Warga tumpah ruah di jalan" with the verb read as a noun: a noun right behind a subject of its own is the verb. `is_verb` says
/// which words may be one.
pub(crate) fn predicate_read_as_noun(sentence: &mut Sentence, is_verb: impl Fn(&Sentence, usize) -> bool) -> bool {
    for at in 1..sentence.tokens.len() {
        if !matches!(sentence.tokens[at].upos, Upos::Noun | Upos::Adj) || sentence.with(at, "cop").next().is_some() {
            continue;
        }
        let before = |&subject: &usize| sentence.subtree(subject).into_iter().max() == Some(at - 1);
        let subject = sentence.with(at, "nsubj").find(before);
        if subject.is_none() || !is_verb(sentence, at) {
            continue;
        }
        sentence.tokens[at].upos = Upos::Verb;
        for child in sentence.children(at).filter(|&child| child > at).collect::<Vec<_>>() {
            let marked = sentence.with(child, "case").next().is_some();
            let deprel = match sentence.tokens[child].relation() {
                "nmod" if marked => "obl",
                "acl" if sentence.tokens[child].upos == Upos::Verb => "xcomp",
                _ => continue,
            };
            sentence.tokens[child].deprel = deprel.into();
        }
        sentence.link();
        return true;
    }
    false
}

/// "menangkap, memeriksa, lalu melepas dua guru" with each verb as a circumstance of the one before: acts that follow on each
/// other are joined.
pub(crate) fn acts_in_turn(sentence: &mut Sentence, sequential: &[String]) -> bool {
    let comma = |sentence: &Sentence, at: usize| sentence.tokens.get(at).is_some_and(|token| token.form == ",");
    let below = |sentence: &Sentence, at: usize| {
        let token = &sentence.tokens[at];
        let alone = sentence.with(at, "nsubj").next().is_none();
        let above = token.head.map(|head| head as usize).filter(|&head| head < at)?;
        let verbs = token.upos == Upos::Verb && sentence.tokens[above].upos == Upos::Verb;
        (alone && verbs && matches!(token.relation(), "advcl" | "ccomp" | "xcomp")).then_some(above)
    };
    let mut changed = false;
    for at in 2..sentence.tokens.len() {
        let Some(above) = below(sentence, at) else { continue };
        let mark = at - 1;
        let listed = sequential.iter().any(|word| *word == sentence.tokens[mark].lower());
        if !listed || !comma(sentence, at - 2) && sentence.tokens[at - 2].upos != Upos::Verb {
            continue;
        }
        // "menangkap, memeriksa, lalu": the verb between two commas is one of the row
        let first =
            below(sentence, above).filter(|_| above > 0 && comma(sentence, above - 1) && comma(sentence, above + 1));
        if let Some(first) = first {
            sentence.hang(above, first, "conj");
        }
        sentence.hang(at, first.unwrap_or(above), "conj");
        sentence.hang(mark, at, "cc");
        sentence.tokens[mark].upos = Upos::Cconj;
        sentence.link();
        changed = true;
    }
    changed
}

/// "Pembebasan 12 nelayan oleh junta berlangsung di Ranong" with the doer hung on the verb or on whom it is done to: an agent
/// between the noun of an act and an active verb belongs to the noun. `is_act` says which nouns are.
pub(crate) fn doer_behind_noun(
    sentence: &mut Sentence,
    agent: &[String],
    is_act: impl Fn(&Sentence, usize) -> bool,
) -> bool {
    for at in 2..sentence.tokens.len() {
        let marked = sentence
            .with(at, "case")
            .any(|case| case < at && agent.iter().any(|word| *word == sentence.tokens[case].lower()));
        let Some(above) = sentence.tokens[at].head.map(|head| head as usize).filter(|_| marked) else { continue };
        let act = if above > at && sentence.tokens[above].upos == Upos::Verb {
            // the subject of the verb, which ends where the agent begins
            let Some(subject) = sentence.with(above, "nsubj").find(|&subject| subject < at) else { continue };
            subject
        } else if above < at && sentence.tokens[above].relation() == "nmod" && !is_act(sentence, above) {
            let up = sentence.tokens[above].head.map(|head| head as usize);
            let Some(up) = up.filter(|&up| up < above) else { continue };
            up
        } else {
            continue;
        };
        if is_act(sentence, act) {
            sentence.hang(at, act, "nmod");
            return true;
        }
    }
    false
}

/// "Kecaman terhadap junta datang dari Uni Afrika": whom the noun of an act comes from is its doer. `coming` lists such verbs,
/// `of` the prepositions.
pub(crate) fn where_it_comes_from(
    sentence: &mut Sentence,
    coming: &[String],
    of: &[String],
    is_act: impl Fn(&Sentence, usize) -> bool,
) -> bool {
    for verb in 1..sentence.tokens.len() {
        let token = &sentence.tokens[verb];
        if !coming.iter().any(|word| *word == token.lower() || *word == token.lemma) {
            continue;
        }
        // "tidak datang dari Kairo" says who did not
        if sentence.children(verb).any(|child| sentence.tokens[child].feat("Polarity") == Some("Neg")) {
            continue;
        }
        let Some(act) = sentence.with(verb, "nsubj").find(|&act| act < verb && is_act(sentence, act)) else { continue };
        let from = sentence.with(verb, "obl").find(|&from| {
            from > verb
                && sentence.with(from, "case").any(|case| of.iter().any(|word| *word == sentence.tokens[case].lower()))
        });
        if let Some(from) = from {
            sentence.hang(from, act, "nmod");
            return true;
        }
    }
    false
}

/// "membatalkan tunjangan anggota setelah didesak mahasiswa" with the circumstance below the object: a conjunction of time makes a
/// clause one of the verb, not of a noun.
pub(crate) fn circumstance_below_noun(sentence: &mut Sentence, circumstance: &[String]) -> bool {
    for at in 2..sentence.tokens.len() {
        let token = &sentence.tokens[at];
        if token.upos != Upos::Verb || token.relation() != "acl" || sentence.with(at, "nsubj").next().is_some() {
            continue;
        }
        let marked = sentence
            .with(at, "mark")
            .any(|mark| mark + 1 == at && circumstance.iter().any(|word| *word == sentence.tokens[mark].lower()));
        let noun = token.head.map(|head| head as usize).filter(|&noun| marked && noun < at);
        let Some(noun) = noun else { continue };
        let above = sentence.ancestors(noun).find(|&up| sentence.tokens[up].upos == Upos::Verb);
        if let Some(verb) = above.filter(|&verb| verb < noun && sentence.with(verb, "nsubj").next().is_some()) {
            sentence.hang(at, verb, "advcl");
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trees::{head, sentence};

    #[test]
    fn a_noun_behind_its_subject_is_the_verb() {
        let rows = [
            ("Warga", "NOUN", "_", 2, "nsubj"),
            ("tumpah", "NOUN", "_", 0, "root"),
            ("ruah", "NOUN", "_", 2, "nmod"),
            ("di", "ADP", "_", 5, "case"),
            ("jalan", "NOUN", "_", 2, "nmod"),
        ];
        let mut tree = sentence(&rows);
        assert!(predicate_read_as_noun(&mut tree, |_, at| at == 1));
        assert_eq!(tree.tokens[1].upos, Upos::Verb);
        assert_eq!(head(&tree, 4), (Some(1), "obl"));
        let mut tree = sentence(&rows);
        assert!(!predicate_read_as_noun(&mut tree, |_, _| false));
    }

    #[test]
    fn acts_that_follow_on_each_other_are_joined() {
        let rows = [
            ("Polisi", "NOUN", "_", 2, "nsubj"),
            ("menangkap", "VERB", "_", 0, "root"),
            (",", "PUNCT", "_", 2, "punct"),
            ("memeriksa", "VERB", "_", 2, "advcl"),
            (",", "PUNCT", "_", 4, "punct"),
            ("lalu", "SCONJ", "_", 7, "mark"),
            ("melepas", "VERB", "_", 4, "advcl"),
            ("guru", "NOUN", "_", 7, "obj"),
        ];
        let mut tree = sentence(&rows);
        assert!(acts_in_turn(&mut tree, &["lalu".to_owned()]));
        assert_eq!(head(&tree, 3), (Some(1), "conj"));
        assert_eq!(head(&tree, 6), (Some(1), "conj"));
        assert_eq!(head(&tree, 5), (Some(6), "cc"));
        assert!(!acts_in_turn(&mut sentence(&rows), &["setelah".to_owned()]));
    }

    #[test]
    fn a_doer_belongs_to_the_noun_of_the_act() {
        let rows = [
            ("Pembebasan", "NOUN", "_", 5, "nsubj"),
            ("nelayan", "NOUN", "_", 1, "nmod"),
            ("oleh", "ADP", "_", 4, "case"),
            ("junta", "NOUN", "_", 5, "obl"),
            ("berlangsung", "VERB", "_", 0, "root"),
        ];
        let agent = ["oleh".to_owned()];
        let mut tree = sentence(&rows);
        assert!(doer_behind_noun(&mut tree, &agent, |_, at| at == 0));
        assert_eq!(head(&tree, 3), (Some(0), "nmod"));
        let mut below = rows;
        below[3] = ("junta", "NOUN", "_", 2, "nmod");
        let mut tree = sentence(&below);
        assert!(doer_behind_noun(&mut tree, &agent, |_, at| at == 0));
        assert_eq!(head(&tree, 3), (Some(0), "nmod"));
        assert!(!doer_behind_noun(&mut sentence(&rows), &agent, |_, _| false));
    }

    #[test]
    fn whom_an_act_comes_from_is_its_doer() {
        let rows = [
            ("Kecaman", "NOUN", "_", 2, "nsubj"),
            ("datang", "VERB", "_", 0, "root"),
            ("dari", "ADP", "_", 4, "case"),
            ("Kairo", "PROPN", "_", 2, "obl"),
        ];
        let (coming, of) = (["datang".to_owned()], ["dari".to_owned()]);
        let mut tree = sentence(&rows);
        assert!(where_it_comes_from(&mut tree, &coming, &of, |_, at| at == 0));
        assert_eq!(head(&tree, 3), (Some(0), "nmod"));
        assert!(!where_it_comes_from(&mut sentence(&rows), &coming, &of, |_, _| false));
    }

    #[test]
    fn a_conjunction_of_time_makes_a_clause_of_the_verb() {
        let rows = [
            ("DPR", "PROPN", "_", 2, "nsubj"),
            ("membatalkan", "VERB", "_", 0, "root"),
            ("tunjangan", "NOUN", "_", 2, "obj"),
            ("anggota", "NOUN", "_", 3, "nmod"),
            ("setelah", "SCONJ", "_", 6, "mark"),
            ("didesak", "VERB", "_", 4, "acl:relcl"),
        ];
        let mut tree = sentence(&rows);
        assert!(circumstance_below_noun(&mut tree, &["setelah".to_owned()]));
        assert_eq!(head(&tree, 5), (Some(1), "advcl"));
        assert!(!circumstance_below_noun(&mut sentence(&rows), &["yang".to_owned()]));
    }
}
