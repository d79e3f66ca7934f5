//! Mends what the parser gets wrong in the word order of wire reports: a day set between a verb and its object, an auxiliary
//! read as the main verb.
//!
//! Like [`crate::mend`], only in languages whose subject stands before the verb and whose object behind it.

use saksi_tree::{Sentence, Upos};

/// "expelled on Thursday two diplomats", "called Thursday on Arabs": takes the day out of the object, and the object out
/// of the day's prepositional phrase. `times` are the first and last tokens of the sentence's time expressions.
pub(crate) fn day_before_object(sentence: &mut Sentence, times: &[(usize, usize)]) -> bool {
    let mut changed = false;
    for &(first, last) in times {
        let inside = |at: usize| (first..=last).contains(&at);
        let Some(day) = (first..=last).find(|&at| sentence.tokens[at].head.is_none_or(|up| !inside(up as usize)))
        else {
            continue;
        };
        let above = sentence.tokens[day].head.map(|up| up as usize);
        if sentence.tokens[day].deprel == "obj" && above.is_some_and(|up| up < first) {
            sentence.tokens[day].deprel = "obl:unmarked".into();
            changed = true;
        }
        let Some(object) = object_behind(sentence, first, last) else { continue };
        let Some(verb) = sentence.tokens[object].head else { continue };
        sentence.tokens[object].deprel = "obj".into();
        for at in first.saturating_sub(1)..=last {
            let case = at < first && sentence.tokens[at].relation() == "case";
            if case && sentence.tokens[at].head == Some(object as u32) {
                sentence.tokens[at].head = Some(day as u32);
            }
        }
        if above == Some(object) {
            sentence.tokens[day].head = Some(verb);
            sentence.tokens[day].deprel = "obl".into();
        }
        changed = true;
    }
    if changed {
        sentence.link();
    }
    changed
}

/// The head of the noun phrase right behind a day, if it was read as an oblique for want of a place for the day.
fn object_behind(sentence: &Sentence, first: usize, last: usize) -> Option<usize> {
    let object = (last + 1..sentence.tokens.len()).find(|&at| {
        let token = &sentence.tokens[at];
        token.upos.is_nominal() && matches!(token.deprel.as_str(), "obl" | "obl:unmarked")
    })?;
    let verb = sentence.tokens[object].head? as usize;
    if verb >= first || sentence.tokens[verb].upos != Upos::Verb || sentence.with(verb, "obj").next().is_some() {
        return None;
    }
    // nothing but the object's own words between the day and it
    let own = sentence.subtree(object);
    let near = (last + 1..object).all(|at| own.contains(&at) && sentence.tokens[at].upos != Upos::Punct);
    // a preposition of its own makes it an oblique
    let free = sentence.with(object, "case").all(|case| case + 1 == first);
    (near && free).then_some(object)
}

/// "Floods in Kenya: 11 killed as …": the count behind the colon is the participle's subject, what stands before is the topic.
pub(crate) fn count_behind_colon(sentence: &mut Sentence) -> bool {
    for verb in 2..sentence.tokens.len() {
        let token = &sentence.tokens[verb];
        let participle = token.upos == Upos::Verb && matches!(token.relation(), "acl" | "amod");
        let count = verb - 1;
        if !participle || sentence.tokens[count].upos != Upos::Num {
            continue;
        }
        let Some(topic) = token.head.map(|up| up as usize).filter(|&up| up < count) else { continue };
        if !(topic + 1..count).any(|at| sentence.tokens[at].form == ":") {
            continue;
        }
        sentence.tokens[verb].deprel = "parataxis".into();
        sentence.tokens[count].head = Some(verb as u32);
        sentence.tokens[count].deprel = "nsubj:pass".into();
        sentence.link();
        return true;
    }
    false
}

/// "is massing soldiers", "have tortured refugees" with the noun or the auxiliary as the predicate: the participle right
/// behind the auxiliary is.
pub(crate) fn participle_behind_auxiliary(sentence: &mut Sentence, perfect: &[String]) -> bool {
    for verb in 1..sentence.tokens.len() {
        let token = &sentence.tokens[verb];
        if token.upos != Upos::Verb || token.deprel != "amod" || token.feat("VerbForm") != Some("Part") {
            continue;
        }
        let Some(noun) = token.head.map(|up| up as usize).filter(|&noun| noun > verb) else { continue };
        let auxiliary = verb - 1;
        let present = token.feat("Tense") == Some("Pres");
        let copula = present
            && sentence.tokens[auxiliary].relation() == "cop"
            && sentence.tokens[auxiliary].head == Some(noun as u32)
            && sentence.with(noun, "nsubj").any(|subject| subject < auxiliary);
        let have = &sentence.tokens[auxiliary];
        let perfect = !present
            && have.upos == Upos::Verb
            && perfect.iter().any(|word| *word == have.lemma)
            && sentence.tokens[noun].deprel == "obj"
            && sentence.tokens[noun].head == Some(auxiliary as u32)
            && sentence.with(auxiliary, "nsubj").any(|subject| subject < auxiliary);
        if !(copula || perfect) {
            continue;
        }
        let top = if copula { noun } else { auxiliary };
        let (up, deprel) = (sentence.tokens[top].head, sentence.tokens[top].deprel.clone());
        let outer: Vec<usize> = sentence
            .children(top)
            .filter(|&child| {
                child != verb && child != noun && (child < verb || sentence.tokens[child].relation() != "nmod")
            })
            .filter(|&child| !copula || child < verb || matches!(sentence.tokens[child].relation(), "punct" | "advcl"))
            .collect();
        for child in outer {
            sentence.tokens[child].head = Some(verb as u32);
        }
        for (at, head, relation) in
            [(verb, up, deprel.as_str()), (noun, Some(verb as u32), "obj"), (auxiliary, Some(verb as u32), "aux")]
        {
            sentence.tokens[at].head = head;
            sentence.tokens[at].deprel = relation.into();
        }
        sentence.tokens[auxiliary].upos = Upos::Aux;
        sentence.link();
        return true;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use saksi_tree::read_conllu;

    fn sentence(source: &str) -> Sentence {
        read_conllu(source).unwrap().1.remove(0)
    }

    #[test]
    fn a_day_between_verb_and_object_is_taken_out() {
        let mut expelled = sentence(
            "1\tPeru\t_\tPROPN\t_\t_\t2\tnsubj\t_\t_\n2\texpelled\t_\tVERB\t_\t_\t0\troot\t_\t_\n\
            3\ton\t_\tADP\t_\t_\t6\tcase\t_\t_\n4\tThursday\t_\tPROPN\t_\t_\t6\tcompound\t_\t_\n\
            5\ttwo\t_\tNUM\t_\t_\t6\tnummod\t_\t_\n6\tdiplomats\t_\tNOUN\t_\t_\t2\tobl\t_\t_\n\n",
        );
        assert!(day_before_object(&mut expelled, &[(3, 3)]));
        assert_eq!(expelled.tokens[5].deprel, "obj");
        assert_eq!((expelled.tokens[3].head, expelled.tokens[2].head), (Some(1), Some(3)));
    }

    #[test]
    fn an_oblique_with_its_own_preposition_stays() {
        let mut met = sentence(
            "1\tPeru\t_\tPROPN\t_\t_\t2\tnsubj\t_\t_\n2\tspoke\t_\tVERB\t_\t_\t0\troot\t_\t_\n\
            3\tThursday\t_\tPROPN\t_\t_\t2\tobl:unmarked\t_\t_\n4\twith\t_\tADP\t_\t_\t5\tcase\t_\t_\n\
            5\tChile\t_\tPROPN\t_\t_\t2\tobl\t_\t_\n\n",
        );
        assert!(!day_before_object(&mut met, &[(2, 2)]));
    }

    #[test]
    fn a_participle_behind_its_auxiliary_is_the_predicate() {
        let mut massing = sentence(
            "1\tTogo\t_\tPROPN\t_\t_\t4\tnsubj\t_\t_\n2\tis\tbe\tAUX\t_\t_\t4\tcop\t_\t_\n\
            3\tmassing\t_\tVERB\t_\tTense=Pres|VerbForm=Part\t4\tamod\t_\t_\n\
            4\tsoldiers\t_\tNOUN\t_\t_\t0\troot\t_\t_\n\n",
        );
        assert!(participle_behind_auxiliary(&mut massing, &[]));
        assert_eq!(massing.root(), Some(2));
        assert_eq!((massing.tokens[0].head, massing.tokens[3].deprel.as_str()), (Some(2), "obj"));
    }

    #[test]
    fn a_count_behind_a_colon_is_the_subject_of_its_participle() {
        let mut floods = sentence(
            "1\tFloods\t_\tNOUN\t_\t_\t0\troot\t_\t_\n2\t:\t_\tPUNCT\t_\t_\t3\tpunct\t_\t_\n\
            3\t11\t_\tNUM\t_\t_\t1\tappos\t_\t_\n4\tkilled\t_\tVERB\t_\tVerbForm=Part\t1\tacl\t_\t_\n\n",
        );
        assert!(count_behind_colon(&mut floods));
        assert_eq!((floods.tokens[2].head, floods.tokens[2].deprel.as_str()), (Some(3), "nsubj:pass"));
        assert!(!count_behind_colon(&mut floods));
    }
}
