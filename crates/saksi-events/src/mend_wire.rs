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
        let present = token.feat("Tense") == Some("Pres");
        // "have between 2020 and 2025 tortured migrants": when they did so may stand between
        let above = sentence.tokens[noun].head.map(|head| head as usize).filter(|&head| !present && head < verb);
        let between = above.filter(|&above| {
            (above + 1..verb).all(|at| {
                let small = matches!(sentence.tokens[at].upos, Upos::Adp | Upos::Cconj | Upos::Adv | Upos::Punct);
                small || sentence.below(at, above) && !sentence.below(at, noun)
            })
        });
        let auxiliary = between.unwrap_or(verb - 1);
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

/// "rallied outside parliament": what has a preposition of its own is no object, but for the particle of "broke off talks".
pub(crate) fn object_with_preposition(sentence: &mut Sentence, particles: &[String]) -> bool {
    let mut changed = false;
    for at in 0..sentence.tokens.len() {
        let token = &sentence.tokens[at];
        let behind = token.head.is_some_and(|head| (head as usize) < at);
        let particle = |mark: usize| {
            token.head == mark.checked_sub(1).map(|verb| verb as u32)
                && particles.iter().any(|word| *word == sentence.tokens[mark].form.to_lowercase())
        };
        let marks: Vec<usize> =
            sentence.with(at, "case").filter(|&mark| mark < at && sentence.tokens[mark].upos == Upos::Adp).collect();
        let marked = marks.into_iter().any(|mark| !particle(mark));
        let object = token.deprel == "obj" && behind;
        if object && marked {
            sentence.tokens[at].deprel = "obl".into();
            changed = true;
        }
    }
    if changed {
        sentence.link();
    }
    changed
}

/// "took in 400 refugees" with the preposition on the number: it belongs to what is counted.
pub(crate) fn preposition_on_number(sentence: &mut Sentence) -> bool {
    let mut changed = false;
    for at in 1..sentence.tokens.len() {
        let token = &sentence.tokens[at];
        let counted = token.head.filter(|&counted| token.relation() == "nummod" && counted as usize > at);
        let Some(counted) = counted else { continue };
        for mark in sentence.with(at, "case").filter(|&mark| mark + 1 == at).collect::<Vec<_>>() {
            sentence.tokens[mark].head = Some(counted);
            changed = true;
        }
    }
    if changed {
        sentence.link();
    }
    changed
}

/// "laid down their arms" with "arms" as an oblique: without a preposition, right behind the particle, it is the object.
/// What is inside one of the `times` says when.
pub(crate) fn object_behind_particle(sentence: &mut Sentence, times: &[(usize, usize)]) -> bool {
    let mut changed = false;
    for at in 2..sentence.tokens.len() {
        let token = &sentence.tokens[at];
        let Some(verb) = token.head.map(|head| head as usize).filter(|&head| head < at) else { continue };
        let free = token.deprel == "obl" && token.upos.is_nominal() && sentence.with(at, "case").next().is_none();
        if times.iter().any(|&(first, last)| (first..=last).contains(&at)) {
            continue;
        }
        let begins = sentence.subtree(at).first().copied().unwrap_or(at);
        let particle = begins.checked_sub(1).is_some_and(|before| {
            sentence.tokens[before].deprel == "compound:prt" && sentence.tokens[before].head == Some(verb as u32)
        });
        if free && particle && sentence.with(verb, "obj").next().is_none() {
            sentence.tokens[at].deprel = "obj".into();
            changed = true;
        }
    }
    if changed {
        sentence.link();
    }
    changed
}

/// "offered to host talks" read as a noun phrase "host talks": behind a verb that takes an infinitive, the first noun is the
/// infinitive and the second its object.
pub(crate) fn infinitive_read_as_noun(sentence: &mut Sentence, verbs: &[String]) -> bool {
    for at in 2..sentence.tokens.len() {
        let token = &sentence.tokens[at];
        let lower = token.form.to_lowercase();
        let bare = token.upos == Upos::Noun && token.relation() == "compound" && token.lemma == lower.as_str();
        let Some(noun) = token.head.map(|head| head as usize).filter(|&noun| bare && noun > at) else { continue };
        let Some(mark) = sentence.with(noun, "case").find(|&mark| mark + 1 == at) else { continue };
        let Some(verb) = sentence.tokens[noun].head.map(|head| head as usize).filter(|&verb| verb < mark) else {
            continue;
        };
        let takes =
            sentence.tokens[verb].upos == Upos::Verb && verbs.iter().any(|word| *word == sentence.tokens[verb].lemma);
        if !takes || verb + 1 != mark {
            continue;
        }
        for child in sentence.children(noun).filter(|&child| child > noun).collect::<Vec<_>>() {
            if sentence.tokens[child].relation() == "obl" {
                sentence.tokens[child].head = Some(at as u32);
            }
        }
        for (word, head, deprel) in [(at, verb, "xcomp"), (noun, at, "obj"), (mark, at, "mark")] {
            sentence.tokens[word].head = Some(head as u32);
            sentence.tokens[word].deprel = deprel.into();
        }
        sentence.tokens[at].upos = Upos::Verb;
        sentence.link();
        return true;
    }
    false
}

/// "Fighting flared": a gerund without an object as the subject is a noun.
pub(crate) fn gerund_as_subject(sentence: &mut Sentence) -> bool {
    let mut changed = false;
    for at in 0..sentence.tokens.len() {
        let token = &sentence.tokens[at];
        let gerund = token.upos == Upos::Verb
            && token.relation() == "nsubj"
            && (token.feat("VerbForm") == Some("Ger") || token.feat("Tense") == Some("Pres"));
        // "said that removing the sanctions is out of the question" with the gerund beside the predicate: it is its subject
        let beside = |predicate: usize| {
            let other = &sentence.tokens[predicate];
            other.head == token.head
                && other.relation() == "ccomp"
                && other.upos != Upos::Verb
                && sentence.with(predicate, "cop").any(|cop| cop > at)
                && sentence.with(predicate, "mark").any(|mark| mark + 1 == at)
                && sentence.with(predicate, "nsubj").next().is_none()
        };
        let form = token.upos == Upos::Verb && token.feat("VerbForm") == Some("Ger") && token.relation() == "ccomp";
        if let Some(predicate) = (at + 1..sentence.tokens.len()).find(|&predicate| form && beside(predicate)) {
            sentence.hang(at, predicate, "csubj");
            continue;
        }
        if gerund
            && sentence
                .children(at)
                .all(|child| !matches!(sentence.tokens[child].relation(), "obj" | "nsubj" | "aux" | "cop"))
        {
            sentence.tokens[at].upos = Upos::Noun;
            changed = true;
        }
    }
    changed
}

/// "fled fighting between the army and rebels" with "fighting" as a verb: right behind a verb, and with a phrase but no object of
/// its own, a gerund that names an act is a noun. `is_act` says which words do.
pub(crate) fn gerund_as_object(sentence: &mut Sentence, is_act: impl Fn(&Sentence, usize) -> bool) -> bool {
    let mut changed = false;
    for at in 1..sentence.tokens.len() {
        let token = &sentence.tokens[at];
        let gerund = token.upos == Upos::Verb
            && token.relation() == "xcomp"
            && token.head == Some(at as u32 - 1)
            && (token.feat("VerbForm") == Some("Ger") || token.feat("Tense") == Some("Pres"));
        let phrase = sentence.children(at).any(|child| {
            child > at
                && matches!(sentence.tokens[child].relation(), "obl" | "nmod")
                && sentence.with(child, "case").next().is_some()
        });
        let alone = sentence.with(at, "obj").next().is_none() && sentence.with(at - 1, "obj").next().is_none();
        if gerund && phrase && alone && is_act(sentence, at) {
            sentence.tokens[at].upos = Upos::Noun;
            sentence.tokens[at].deprel = "obj".into();
            changed = true;
        }
    }
    changed
}

/// "five days of fighting": behind a noun that measures, the gerund without an object is a noun.
pub(crate) fn gerund_behind_measure(sentence: &mut Sentence, measure: &[String]) -> bool {
    let mut changed = false;
    for at in 2..sentence.tokens.len() {
        let token = &sentence.tokens[at];
        let gerund = token.upos == Upos::Verb
            && token.relation() == "acl"
            && (token.feat("VerbForm") == Some("Ger") || token.feat("Tense") == Some("Pres"));
        let Some(mark) = sentence.with(at, "mark").find(|&mark| mark + 1 == at).filter(|_| gerund) else { continue };
        let measures = token.head.is_some_and(|head| {
            head as usize + 1 == mark
                && measure.iter().any(|word| *word == sentence.tokens[head as usize].form.to_lowercase())
        });
        if !measures || sentence.with(at, "obj").next().is_some() {
            continue;
        }
        sentence.tokens[at].upos = Upos::Noun;
        sentence.tokens[at].deprel = "nmod".into();
        sentence.tokens[mark].deprel = "case".into();
        changed = true;
    }
    if changed {
        sentence.link();
    }
    changed
}

/// "Britain welcomed the decision, as did Canada": whoever did likewise is a subject of the verb too.
pub(crate) fn likewise(sentence: &mut Sentence, marks: &[String]) -> bool {
    for at in 2..sentence.tokens.len() {
        let pair =
            format!("{} {}", sentence.tokens[at - 1].form.to_lowercase(), sentence.tokens[at].form.to_lowercase());
        if !marks.contains(&pair) || !sentence.tokens[at - 2].form.starts_with(',') {
            continue;
        }
        let Some(verb) = sentence.ancestors(at).find(|&up| up < at && sentence.with(up, "nsubj").next().is_some())
        else {
            continue;
        };
        let other = std::iter::once(at)
            .chain(sentence.children(at))
            .flat_map(|up| sentence.children(up))
            .find(|&other| other > at && sentence.tokens[other].upos.is_nominal());
        let Some(other) = other else { continue };
        sentence.tokens[other].head = Some(verb as u32);
        sentence.tokens[other].deprel = "nsubj".into();
        sentence.link();
        return true;
    }
    false
}

/// "Iran-aligned Houthis" with "Iran" as a second subject: a name tied to a participle by a hyphen says something of the noun
/// behind it.
pub(crate) fn hyphenated_participle(sentence: &mut Sentence) -> bool {
    let mut changed = false;
    for hyphen in 1..sentence.tokens.len().saturating_sub(2) {
        let tokens = &sentence.tokens;
        let (left, right) = (hyphen - 1, hyphen + 1);
        let tied = tokens[hyphen].form == "-" && !tokens[left].space_after && !tokens[hyphen].space_after;
        let participle = tokens[right].upos == Upos::Verb
            && tokens[right].feat("VerbForm") == Some("Part")
            && tokens[right].feat("Tense") == Some("Past");
        if !tied || !participle || !tokens[left].upos.is_nominal() || tokens[left].relation() == "compound" {
            continue;
        }
        let Some(noun) = (right + 1..tokens.len().min(right + 4))
            .take_while(|&at| matches!(tokens[at].upos, Upos::Adj | Upos::Noun | Upos::Propn | Upos::Pron))
            .find(|&at| {
                tokens[at].head.is_none_or(|head| {
                    (head as usize) < left || head as usize > at && !tokens[head as usize].upos.is_nominal()
                })
            })
        else {
            continue;
        };
        let (up, deprel) = (tokens[left].head, tokens[left].deprel.clone());
        let outside = up.is_some_and(|up| up as usize != right && up as usize != noun);
        // the phrase hung on the name: the noun takes its place
        if outside && tokens[noun].head == Some(left as u32) {
            sentence.tokens[noun].head = up;
            sentence.tokens[noun].deprel = deprel;
        }
        for child in sentence
            .children(left)
            .filter(|&child| child != right && child != hyphen && child != noun)
            .collect::<Vec<_>>()
        {
            sentence.tokens[child].head = Some(noun as u32);
        }
        for (at, head, deprel) in [(left, right, "compound"), (right, noun, "amod"), (hyphen, right, "punct")] {
            sentence.tokens[at].head = Some(head as u32);
            sentence.tokens[at].deprel = deprel.into();
        }
        sentence.link();
        changed = true;
    }
    changed
}

/// "The regulator ordered them to stop, two sources told AFP" with both as subjects of "told": the first is that of the verb
/// between them.
pub(crate) fn doer_and_speaker(sentence: &mut Sentence) -> bool {
    for saying in 2..sentence.tokens.len() {
        let subjects: Vec<usize> = sentence.with(saying, "nsubj").filter(|&subject| subject < saying).collect();
        let [doer, speaker] = subjects[..] else { continue };
        // what is said read as what goes with saying it: "…, blacklisted four judges, the Treasury announced"
        let content = |at: usize| match sentence.tokens[at].relation() {
            "ccomp" => true,
            "advcl" => {
                sentence.tokens[at].feat("VerbForm") == Some("Fin") && sentence.with(at, "mark").next().is_none()
            }
            _ => false,
        };
        let said = sentence.children(saying).filter(|&child| content(child)).find(|&said| {
            doer < said
                && said < speaker
                && sentence.tokens[said].upos == Upos::Verb
                && sentence.with(said, "nsubj").next().is_none()
        });
        let Some(said) = said else { continue };
        sentence.tokens[doer].head = Some(said as u32);
        sentence.tokens[said].deprel = "ccomp".into();
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
    fn what_has_a_preposition_is_no_object() {
        let mut rallied = sentence(
            "1\tThousands\t_\tNOUN\t_\t_\t2\tnsubj\t_\t_\n2\trallied\t_\tVERB\t_\t_\t0\troot\t_\t_\n\
            3\toutside\t_\tADP\t_\t_\t4\tcase\t_\t_\n4\tparliament\t_\tNOUN\t_\t_\t2\tobj\t_\t_\n\n",
        );
        assert!(object_with_preposition(&mut rallied, &[]));
        assert_eq!(rallied.tokens[3].deprel, "obl");
        assert!(!object_with_preposition(&mut rallied, &[]));
    }

    #[test]
    fn a_preposition_on_a_number_belongs_to_what_is_counted() {
        let mut took = sentence(
            "1\ttook\t_\tVERB\t_\t_\t0\troot\t_\t_\n2\tin\t_\tADP\t_\t_\t3\tcase\t_\t_\n\
            3\t400\t_\tNUM\t_\t_\t4\tnummod\t_\t_\n4\trefugees\t_\tNOUN\t_\t_\t1\tobl\t_\t_\n\n",
        );
        assert!(preposition_on_number(&mut took));
        assert_eq!(took.tokens[1].head, Some(3));
    }

    #[test]
    fn a_noun_behind_a_particle_is_the_object() {
        let mut laid = sentence(
            "1\tlaid\t_\tVERB\t_\t_\t0\troot\t_\t_\n2\tdown\t_\tADP\t_\t_\t1\tcompound:prt\t_\t_\n\
            3\tarms\t_\tNOUN\t_\t_\t1\tobl\t_\t_\n\n",
        );
        assert!(object_behind_particle(&mut laid, &[]));
        assert_eq!(laid.tokens[2].deprel, "obj");
    }

    #[test]
    fn an_infinitive_read_as_a_noun_is_one() {
        let source = "1\toffered\toffer\tVERB\t_\t_\t0\troot\t_\t_\n2\tto\tto\tADP\t_\t_\t4\tcase\t_\t_\n\
            3\thost\thost\tNOUN\t_\t_\t4\tcompound\t_\t_\n4\ttalks\ttalk\tNOUN\t_\t_\t1\tobl\t_\t_\n\n";
        let mut offered = sentence(source);
        assert!(!infinitive_read_as_noun(&mut offered, &[]));
        assert!(infinitive_read_as_noun(&mut offered, &["offer".to_owned()]));
        assert_eq!((offered.tokens[2].deprel.as_str(), offered.tokens[3].deprel.as_str()), ("xcomp", "obj"));
        assert_eq!(offered.tokens[3].head, Some(2));
    }

    #[test]
    fn a_gerund_that_is_the_subject_is_a_noun() {
        let mut flared = sentence(
            "1\tFighting\t_\tVERB\t_\tTense=Pres|VerbForm=Part\t2\tnsubj\t_\t_\n2\tflared\t_\tVERB\t_\t_\t0\troot\t_\t_\n\n",
        );
        assert!(gerund_as_subject(&mut flared));
        assert_eq!(flared.tokens[0].upos, Upos::Noun);
        assert!(!gerund_as_subject(&mut flared));
    }

    #[test]
    fn a_gerund_that_names_an_act_is_the_object() {
        let source = "1\tfled\t_\tVERB\t_\t_\t0\troot\t_\t_\n2\tfighting\t_\tVERB\t_\tTense=Pres|VerbForm=Part\t1\txcomp\t_\t_\n\
            3\tnear\t_\tADP\t_\t_\t4\tcase\t_\t_\n4\tGoma\t_\tPROPN\t_\t_\t2\tobl\t_\t_\n\n";
        let mut fled = sentence(source);
        assert!(!gerund_as_object(&mut fled, |_, _| false));
        assert!(gerund_as_object(&mut fled, |_, at| at == 1));
        assert_eq!((fled.tokens[1].upos, fled.tokens[1].deprel.as_str()), (Upos::Noun, "obj"));
    }

    #[test]
    fn a_gerund_that_is_measured_is_a_noun() {
        let source = "1\tdays\t_\tNOUN\t_\t_\t0\troot\t_\t_\n2\tof\t_\tSCONJ\t_\t_\t3\tmark\t_\t_\n\
            3\tfighting\t_\tVERB\t_\tTense=Pres|VerbForm=Part\t1\tacl\t_\t_\n\n";
        let mut days = sentence(source);
        assert!(!gerund_behind_measure(&mut days, &[]));
        assert!(gerund_behind_measure(&mut days, &["days".to_owned()]));
        assert_eq!((days.tokens[2].upos, days.tokens[2].deprel.as_str()), (Upos::Noun, "nmod"));
    }

    #[test]
    fn what_a_hyphen_ties_to_a_participle_is_no_subject() {
        let mut boarded = sentence(
            "1\tIran\t_\tPROPN\t_\t_\t5\tnsubj\t_\tSpaceAfter=No\n2\t-\t_\tPUNCT\t_\t_\t3\tpunct\t_\tSpaceAfter=No\n\
            3\taligned\t_\tVERB\t_\tTense=Past|VerbForm=Part\t1\tacl\t_\t_\n4\tHouthis\t_\tPROPN\t_\t_\t5\tnsubj\t_\t_\n\
            5\tboarded\t_\tVERB\t_\t_\t0\troot\t_\t_\n\n",
        );
        assert!(hyphenated_participle(&mut boarded));
        assert_eq!((boarded.tokens[0].head, boarded.tokens[2].head), (Some(2), Some(3)));
        assert_eq!(boarded.with(4, "nsubj").collect::<Vec<_>>(), [3]);
    }

    #[test]
    fn who_did_likewise_is_a_subject() {
        let mut welcomed = sentence(
            "1\tBritain\t_\tPROPN\t_\t_\t2\tnsubj\t_\t_\n2\twelcomed\t_\tVERB\t_\t_\t0\troot\t_\t_\n\
            3\tit\t_\tPRON\t_\t_\t2\tobj\t_\t_\n4\t,\t_\tPUNCT\t_\t_\t6\tpunct\t_\t_\n\
            5\tas\t_\tSCONJ\t_\t_\t6\tmark\t_\t_\n6\tdid\t_\tVERB\t_\t_\t2\tadvcl\t_\t_\n\
            7\tCanada\t_\tPROPN\t_\t_\t6\tobj\t_\t_\n\n",
        );
        assert!(likewise(&mut welcomed, &["as did".to_owned()]));
        assert_eq!((welcomed.tokens[6].head, welcomed.tokens[6].deprel.as_str()), (Some(1), "nsubj"));
    }

    #[test]
    fn who_did_it_is_not_who_said_so() {
        let mut told = sentence(
            "1\tArtec\t_\tPROPN\t_\t_\t6\tnsubj\t_\t_\n2\tblocked\t_\tVERB\t_\t_\t6\tccomp\t_\t_\n\
            3\tsites\t_\tNOUN\t_\t_\t2\tobj\t_\t_\n4\t,\t_\tPUNCT\t_\t_\t2\tpunct\t_\t_\n\
            5\tsources\t_\tNOUN\t_\t_\t6\tnsubj\t_\t_\n6\tsaid\t_\tVERB\t_\t_\t0\troot\t_\t_\n\n",
        );
        assert!(doer_and_speaker(&mut told));
        assert_eq!((told.tokens[0].head, told.tokens[4].head), (Some(1), Some(5)));
        assert!(!doer_and_speaker(&mut told));
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
