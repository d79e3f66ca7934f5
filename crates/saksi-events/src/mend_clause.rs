//! Clauses that the parser reads one level too high or too low: a reduced relative clause taken for the main clause, a participle
//! hung on the wrong verb, a speaker given to what is said, a bare verb of a headline taken for a noun.
//!
//! Like [`crate::mend`], only in languages whose subject stands before the verb and whose passive has an auxiliary.

use saksi_tree::{Sentence, Upos};

/// "A blogger arrested last year was sentenced" with "arrested" as the main verb: a verb with an auxiliary and no subject takes
/// the subject, and the past form before it says something of that subject.
pub(crate) fn reduced_relative(sentence: &mut Sentence) -> bool {
    for at in 2..sentence.tokens.len() {
        let token = &sentence.tokens[at];
        let bare = sentence.children(at).all(|child| {
            !matches!(sentence.tokens[child].relation(), "nsubj" | "csubj" | "expl" | "mark" | "cc" | "advmod")
                || child > at
        });
        let auxiliary = sentence.children(at).find(|&child| matches!(sentence.tokens[child].relation(), "aux" | "cop"));
        let Some(begin) = auxiliary.filter(|&begin| begin < at && begin > 0 && bare) else { continue };
        let finite = sentence.tokens[begin].feat("VerbForm") == Some("Fin");
        let Some(inner) = token.head.map(|head| head as usize).filter(|&head| head < begin) else { continue };
        if !finite || !matches!(token.relation(), "advcl" | "conj" | "ccomp" | "parataxis" | "dep" | "xcomp") {
            continue;
        }
        let verb = &sentence.tokens[inner];
        let past = verb.feat("Tense") == Some("Past");
        let helped =
            sentence.children(inner).any(|child| matches!(sentence.tokens[child].relation(), "aux" | "cop" | "mark"));
        if verb.upos != Upos::Verb || !past || helped || matches!(verb.relation(), "acl" | "amod") {
            continue;
        }
        let Some(subject) = sentence.with(inner, "nsubj").rfind(|&subject| subject < inner) else { continue };
        // "The general, arrested in May, was freed", but not "The general resigned, was freed"
        let comma = |place: usize| sentence.tokens.get(place).is_some_and(|token| token.upos == Upos::Punct);
        if comma(begin - 1) && !comma(inner - 1) || sentence.tokens[subject].upos == Upos::Pron {
            continue;
        }
        // "The army prepared to shell the town as attempts to end the war were deadlocked": the number tells whose auxiliary it is
        let number = |at: usize| sentence.tokens[at].feat("Number");
        let joined = sentence.with(subject, "conj").next().is_some();
        if !joined && number(begin).zip(number(subject)).is_some_and(|(verb, noun)| verb != noun) {
            continue;
        }
        let (up, deprel) = (sentence.tokens[inner].head, sentence.tokens[inner].deprel.clone());
        let behind: Vec<usize> = sentence.children(inner).filter(|&child| child > at).collect();
        for child in behind {
            sentence.tokens[child].head = Some(at as u32);
        }
        let passive = sentence.tokens[begin].deprel == "aux:pass";
        for (word, head, deprel) in [
            (at, up, deprel.as_str()),
            (subject, Some(at as u32), if passive { "nsubj:pass" } else { "nsubj" }),
            (inner, Some(subject as u32), "acl"),
        ] {
            sentence.tokens[word].head = head;
            sentence.tokens[word].deprel = deprel.into();
        }
        let form = &mut sentence.tokens[inner].feats;
        *form = form.replace("VerbForm=Fin", "VerbForm=Part").into();
        sentence.link();
        return true;
    }
    false
}

/// "Its secretary, Joaquim Tembe, warned, the bloc could deploy its force" with the secretary as a second subject of
/// "deploy": the one before the verb of saying is its subject.
pub(crate) fn speaker_before_content(sentence: &mut Sentence) -> bool {
    for at in 3..sentence.tokens.len() {
        let token = &sentence.tokens[at];
        let Some(saying) = token.head.map(|head| head as usize).filter(|&head| head < at) else { continue };
        if token.relation() != "ccomp"
            || sentence.tokens[saying].upos != Upos::Verb
            || sentence.with(saying, "nsubj").next().is_some()
        {
            continue;
        }
        let subjects: Vec<usize> = sentence.with(at, "nsubj").collect();
        let [speaker, own] = subjects[..] else { continue };
        if speaker < saying && saying < own && own < at {
            sentence.hang(speaker, saying, "nsubj");
            return true;
        }
    }
    false
}

/// "He said two Poles suspected of spying had been arrested" with the Poles as an object of "said": a finite verb behind them
/// without a subject has them.
pub(crate) fn object_of_saying(sentence: &mut Sentence) -> bool {
    for at in 3..sentence.tokens.len() {
        let token = &sentence.tokens[at];
        let Some(saying) = token.head.map(|head| head as usize).filter(|&head| head < at) else { continue };
        let helped = sentence.with(at, "aux").find(|&aux| sentence.tokens[aux].feat("VerbForm") == Some("Fin"));
        let bare = sentence
            .children(at)
            .all(|child| !matches!(sentence.tokens[child].relation(), "nsubj" | "csubj" | "expl" | "mark"));
        let Some(begin) = helped.filter(|_| bare && token.relation() == "ccomp") else { continue };
        let object = sentence.children(saying).find(|&child| {
            saying < child
                && child < begin
                && sentence.tokens[child].upos.is_nominal()
                && matches!(sentence.tokens[child].relation(), "iobj" | "obj")
        });
        if let Some(object) = object {
            let passive = sentence.tokens[begin].deprel == "aux:pass"
                || sentence.with(at, "aux").any(|aux| sentence.tokens[aux].deprel == "aux:pass");
            sentence.hang(object, at, if passive { "nsubj:pass" } else { "nsubj" });
            return true;
        }
    }
    false
}

/// "Gen Rodolfo Brava ordered" with the rank as an interjection: what a name hangs on is the subject of a verb that has none.
pub(crate) fn rank_as_interjection(sentence: &mut Sentence) -> bool {
    for at in 0..sentence.tokens.len() {
        let token = &sentence.tokens[at];
        let Some(verb) = token.head.map(|head| head as usize).filter(|&verb| verb > at) else { continue };
        let named = sentence.with(at, "flat").any(|part| sentence.tokens[part].upos == Upos::Propn);
        let free = sentence.with(verb, "nsubj").next().is_none() && sentence.with(verb, "csubj").next().is_none();
        if token.relation() == "discourse" && named && free && sentence.tokens[verb].upos == Upos::Verb {
            sentence.tokens[at].upos = Upos::Noun;
            sentence.tokens[at].deprel = "nsubj".into();
            return true;
        }
    }
    false
}

/// "the agreement, which the two sides signed" with "signed" below "sides": the noun between a relative pronoun and the verb whose
/// object that is, is the verb's subject.
pub(crate) fn relative_object(sentence: &mut Sentence) -> bool {
    for at in 3..sentence.tokens.len() {
        let token = &sentence.tokens[at];
        let Some(subject) = token.head.map(|head| head as usize).filter(|&head| head < at) else { continue };
        if token.upos != Upos::Verb || token.relation() != "acl" || !sentence.tokens[subject].upos.is_nominal() {
            continue;
        }
        let relative = sentence
            .with(at, "obj")
            .find(|&word| word < subject && word > 0 && sentence.tokens[word].feat("PronType") == Some("Rel"));
        let Some(relative) = relative else { continue };
        let noun = (0..relative).rev().find(|&before| sentence.tokens[before].form != ",");
        let Some(noun) = noun.filter(|&noun| sentence.tokens[noun].upos.is_nominal() && relative - noun < 3) else {
            continue;
        };
        sentence.hang(at, noun, "acl:relcl");
        sentence.hang(subject, at, "nsubj");
        return true;
    }
    false
}

/// "seized a tanker carrying fuel in the gulf, detaining its crew" with the second participle below the first, or below the
/// noun before the comma: behind a comma it says what the main verb's subject did.
pub(crate) fn participle_behind_comma(sentence: &mut Sentence) -> bool {
    let mut changed = false;
    for at in 3..sentence.tokens.len() {
        if !is_ongoing(sentence, at) || sentence.tokens[at - 1].form != "," {
            continue;
        }
        let Some(head) = sentence.tokens[at].head.map(|head| head as usize).filter(|&head| head < at) else { continue };
        let below = match sentence.tokens[at].relation() {
            "advcl" | "xcomp" => sentence.tokens[head].deprel == "acl" && is_ongoing(sentence, head),
            "acl" => {
                sentence.tokens[at].deprel == "acl"
                    && matches!(sentence.tokens[head].relation(), "obl" | "nmod")
                    && sentence.tokens[head].upos.is_nominal()
            }
            _ => false,
        };
        if !below {
            continue;
        }
        let above = sentence.ancestors(head).find(|&up| {
            up < head && sentence.tokens[up].upos == Upos::Verb && sentence.with(up, "nsubj").next().is_some()
        });
        // "protesters marching, chanting slogans, were beaten"; but "…, killing two, the army said" is closed by who says it
        let said = above.is_some_and(|above| {
            let verb = &sentence.tokens[above];
            matches!(verb.relation(), "ccomp" | "parataxis") && verb.head.is_some_and(|saying| saying as usize > at)
        });
        let closed = sentence.tokens[at..].iter().any(|token| token.form == ",");
        if closed && !said {
            continue;
        }
        if let Some(above) = above {
            sentence.hang(at, above, "advcl");
            changed = true;
        }
    }
    changed
}

/// "struck a school sheltering families" with the school as a modifier of "sheltering": a noun with words of its own that stands
/// between a verb without an object and a participle is the verb's object, and the participle says something of it.
pub(crate) fn object_as_modifier(sentence: &mut Sentence) -> bool {
    let mut changed = false;
    for at in 2..sentence.tokens.len() {
        let noun = at - 1;
        let Some(verb) = sentence.tokens[at].head.map(|head| head as usize).filter(|&head| head < noun) else {
            continue;
        };
        let below = matches!(sentence.tokens[at].relation(), "xcomp" | "obj" | "ccomp" | "advcl");
        let modifies = sentence.tokens[noun].head == Some(at as u32)
            && matches!(sentence.tokens[noun].relation(), "compound" | "nmod" | "amod" | "nsubj" | "obl")
            && sentence.tokens[noun].upos.is_nominal();
        if !below || !modifies || !is_ongoing(sentence, at) || sentence.tokens[verb].upos != Upos::Verb {
            continue;
        }
        let bare = sentence
            .children(verb)
            .all(|child| !matches!(sentence.tokens[child].relation(), "obj" | "iobj") || child == at);
        let own = sentence.children(noun).any(|child| matches!(sentence.tokens[child].relation(), "det" | "nummod"));
        let free = sentence.with(noun, "case").next().is_none() && sentence.with(at, "mark").next().is_none();
        let near = (verb + 1..noun).all(|between| sentence.below(between, noun));
        if bare && own && free && near {
            sentence.hang(noun, verb, "obj");
            sentence.hang(at, noun, "acl");
            changed = true;
        }
    }
    changed
}

/// "fired tear gas at protesters demanding a vote" with "demanding" below "fired": right behind the people it says what they do.
/// `first` and `last` are the tokens of the phrase, `verbs` the forms that tell of people rather than of the act.
pub(crate) fn participle_of_people(sentence: &mut Sentence, head: usize, last: usize, verbs: &[String]) -> bool {
    let at = last + 1;
    let Some(token) = sentence.tokens.get(at) else { return false };
    let lower = token.form.to_lowercase();
    if !is_ongoing(sentence, at) || token.relation() != "advcl" || !verbs.iter().any(|verb| *verb == lower.as_str()) {
        return false;
    }
    let Some(verb) = token.head.map(|up| up as usize).filter(|&verb| verb < head) else { return false };
    let argument = matches!(sentence.tokens[head].relation(), "obj" | "obl" | "nmod") && sentence.below(head, verb);
    if argument {
        sentence.hang(at, head, "acl");
    }
    argument
}

/// "China, whose engineers the insurgents bombed": of two subjects the one that a relative owns is the object.
pub(crate) fn owned_object(sentence: &mut Sentence, at: usize) -> bool {
    let subjects: Vec<usize> = sentence.with(at, "nsubj").filter(|&child| child < at).collect();
    let [first, second] = subjects[..] else { return false };
    let relative = |child: usize| {
        sentence.tokens[child].relation() == "nmod"
            && matches!(sentence.tokens[child].feat("PronType"), Some("Rel" | "Int"))
            && sentence.tokens[child].feat("Poss") == Some("Yes")
    };
    let owned = sentence.children(first).any(relative) && first < second;
    if !owned || sentence.with(at, "obj").next().is_some() {
        return false;
    }
    sentence.tokens[first].deprel = "obj".into();
    sentence.link();
    true
}

/// "said Egypt had tortured detainees, and urged an inquiry": a past form behind the comma goes on with the verb of saying, not
/// with the perfect.
pub(crate) fn past_joined_to_perfect(
    sentence: &mut Sentence,
    perfect: &[String],
    speaks: impl Fn(&Sentence, usize) -> bool,
) -> bool {
    let mut changed = false;
    for at in 3..sentence.tokens.len() {
        let token = &sentence.tokens[at];
        let own = sentence
            .children(at)
            .any(|child| matches!(sentence.tokens[child].relation(), "nsubj" | "aux" | "cop" | "mark"));
        if token.upos != Upos::Verb || token.relation() != "conj" || own || token.feat("Tense") != Some("Past") {
            continue;
        }
        let marked = sentence.with(at, "cc").any(|mark| mark > 0 && mark < at && sentence.tokens[mark - 1].form == ",");
        // "denied that a soldier had left and accused Ethiopia": nor does a verb of speech
        let speaks = speaks(sentence, at);
        let Some(head) = token.head.map(|head| head as usize).filter(|&head| head < at && (marked || speaks)) else {
            continue;
        };
        let helped =
            sentence.with(head, "aux").any(|aux| perfect.iter().any(|word| *word == sentence.tokens[aux].lemma));
        let inner = &sentence.tokens[head];
        let Some(saying) = inner.head.map(|up| up as usize).filter(|&up| up < head && helped) else { continue };
        if inner.relation() == "ccomp" && sentence.tokens[saying].feat("Tense") == Some("Past") {
            sentence.hang(at, saying, "conj");
            changed = true;
        }
    }
    changed
}

/// Whether a word is a present participle or a gerund, read as a verb.
fn is_ongoing(sentence: &Sentence, at: usize) -> bool {
    sentence.tokens[at].upos == Upos::Verb && sentence.tokens[at].is_active_participle()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trees::{head, sentence};

    const PAST: &str = "Tense=Past|VerbForm=Fin";
    const ONGOING: &str = "Tense=Pres|VerbForm=Part";

    #[test]
    fn a_past_form_before_the_auxiliary_says_something_of_the_subject() {
        let rows = [
            ("Bloggers", "NOUN", "_", 2, "nsubj"),
            ("arrested", "VERB", PAST, 0, "root"),
            ("yesterday", "NOUN", "_", 2, "obl"),
            ("were", "AUX", PAST, 5, "aux:pass"),
            ("freed", "VERB", "Tense=Past|VerbForm=Part", 2, "advcl"),
        ];
        let mut found = sentence(&rows);
        assert!(reduced_relative(&mut found));
        assert_eq!((head(&found, 4), head(&found, 0)), ((None, "root"), (Some(4), "nsubj:pass")));
        assert_eq!(head(&found, 1), (Some(0), "acl"));
        let mut marked = rows;
        marked[2] = ("when", "SCONJ", "_", 5, "mark");
        assert!(!reduced_relative(&mut sentence(&marked)));
        let mut other = rows;
        other[0].2 = "Number=Plur";
        other[3].2 = "Number=Sing|Tense=Past|VerbForm=Fin";
        assert!(!reduced_relative(&mut sentence(&other)), "the auxiliary of one does not belong to several");
    }

    #[test]
    fn who_stands_before_the_verb_of_saying_says_it() {
        let mut found = sentence(&[
            ("Tembe", "PROPN", "_", 5, "nsubj"),
            ("warned", "VERB", PAST, 0, "root"),
            ("SADC", "PROPN", "_", 5, "nsubj"),
            ("would", "AUX", "_", 5, "aux"),
            ("act", "VERB", "VerbForm=Inf", 2, "ccomp"),
        ]);
        assert!(speaker_before_content(&mut found));
        assert_eq!(head(&found, 0), (Some(1), "nsubj"));
        assert!(!speaker_before_content(&mut found));
    }

    #[test]
    fn who_is_read_as_told_is_the_subject_of_what_is_said() {
        let mut found = sentence(&[
            ("He", "PRON", "_", 2, "nsubj"),
            ("said", "VERB", PAST, 0, "root"),
            ("Poles", "PROPN", "_", 2, "iobj"),
            ("were", "AUX", PAST, 5, "aux:pass"),
            ("held", "VERB", "Tense=Past|VerbForm=Part", 2, "ccomp"),
        ]);
        assert!(object_of_saying(&mut found));
        assert_eq!(head(&found, 2), (Some(4), "nsubj:pass"));
        assert!(!object_of_saying(&mut found));
    }

    #[test]
    fn a_rank_with_a_name_is_the_subject() {
        let mut found = sentence(&[
            ("Gen", "INTJ", "_", 3, "discourse"),
            ("Brava", "PROPN", "_", 1, "flat"),
            ("ordered", "VERB", PAST, 0, "root"),
        ]);
        assert!(rank_as_interjection(&mut found));
        assert_eq!(head(&found, 0), (Some(2), "nsubj"));
        assert!(!rank_as_interjection(&mut found));
    }

    #[test]
    fn what_a_relative_pronoun_is_the_object_of_has_its_subject_behind_it() {
        let mut found = sentence(&[
            ("accord", "NOUN", "_", 0, "root"),
            (",", "PUNCT", "_", 1, "punct"),
            ("which", "PRON", "PronType=Rel", 5, "obj"),
            ("sides", "NOUN", "_", 1, "appos"),
            ("signed", "VERB", PAST, 4, "acl"),
        ]);
        assert!(relative_object(&mut found));
        assert_eq!((head(&found, 4), head(&found, 3)), ((Some(0), "acl:relcl"), (Some(4), "nsubj")));
        assert!(!relative_object(&mut found));
    }

    #[test]
    fn a_noun_between_verb_and_participle_is_the_verbs_object() {
        let mut found = sentence(&[
            ("Jets", "NOUN", "_", 2, "nsubj"),
            ("struck", "VERB", PAST, 0, "root"),
            ("a", "DET", "_", 4, "det"),
            ("school", "NOUN", "_", 5, "compound"),
            ("sheltering", "VERB", ONGOING, 2, "xcomp"),
            ("families", "NOUN", "_", 5, "obj"),
        ]);
        assert!(object_as_modifier(&mut found));
        assert_eq!((head(&found, 3), head(&found, 4)), ((Some(1), "obj"), (Some(3), "acl")));
        // "began cease-fire monitoring"
        let mut bare = sentence(&[
            ("Observers", "NOUN", "_", 2, "nsubj"),
            ("began", "VERB", PAST, 0, "root"),
            ("truce", "NOUN", "_", 4, "compound"),
            ("monitoring", "VERB", ONGOING, 2, "xcomp"),
        ]);
        assert!(!object_as_modifier(&mut bare));
    }

    #[test]
    fn a_participle_behind_a_comma_belongs_to_the_main_verb() {
        let mut found = sentence(&[
            ("Iran", "PROPN", "_", 2, "nsubj"),
            ("seized", "VERB", PAST, 0, "root"),
            ("tanker", "NOUN", "_", 2, "obj"),
            ("carrying", "VERB", ONGOING, 3, "acl"),
            ("fuel", "NOUN", "_", 4, "obj"),
            (",", "PUNCT", "_", 7, "punct"),
            ("detaining", "VERB", ONGOING, 4, "advcl"),
            ("crew", "NOUN", "_", 7, "obj"),
        ]);
        assert!(participle_behind_comma(&mut found));
        assert_eq!(head(&found, 6), (Some(1), "advcl"));
        assert!(!participle_behind_comma(&mut found));
        // closed by a comma it is the noun's, but for a comma before who says it all
        let closed = |said: &'static str, head: usize| {
            sentence(&[
                ("Police", "NOUN", "_", 2, "nsubj"),
                ("beat", "VERB", PAST, head, said),
                ("protesters", "NOUN", "_", 2, "obj"),
                ("marching", "VERB", ONGOING, 3, "acl"),
                (",", "PUNCT", "_", 6, "punct"),
                ("killing", "VERB", ONGOING, 4, "advcl"),
                ("two", "NUM", "_", 6, "obj"),
                (",", "PUNCT", "_", 6, "punct"),
                ("doctors", "NOUN", "_", 10, "nsubj"),
                ("say", "VERB", "_", if head == 0 { 2 } else { 0 }, if head == 0 { "conj" } else { "root" }),
            ])
        };
        assert!(participle_behind_comma(&mut closed("ccomp", 10)));
        assert!(!participle_behind_comma(&mut closed("root", 0)));
    }

    #[test]
    fn people_do_what_the_participle_right_behind_them_says() {
        let rows = [
            ("Police", "NOUN", "_", 2, "nsubj"),
            ("beat", "VERB", PAST, 0, "root"),
            ("protesters", "NOUN", "_", 2, "obj"),
            ("demanding", "VERB", ONGOING, 2, "advcl"),
            ("elections", "NOUN", "_", 4, "obj"),
        ];
        let mut found = sentence(&rows);
        assert!(!participle_of_people(&mut found, 2, 2, &[]));
        assert!(participle_of_people(&mut found, 2, 2, &["demanding".to_owned()]));
        assert_eq!(head(&found, 3), (Some(2), "acl"));
    }

    #[test]
    fn a_past_form_goes_on_with_the_verb_of_saying() {
        let mut found = sentence(&[
            ("Amnesty", "PROPN", "_", 2, "nsubj"),
            ("said", "VERB", PAST, 0, "root"),
            ("Egypt", "PROPN", "_", 5, "nsubj"),
            ("have", "AUX", PAST, 5, "aux"),
            ("erred", "VERB", "Tense=Past|VerbForm=Part", 2, "ccomp"),
            (",", "PUNCT", "_", 8, "punct"),
            ("and", "CCONJ", "_", 8, "cc"),
            ("urged", "VERB", PAST, 5, "conj"),
        ]);
        assert!(!past_joined_to_perfect(&mut found, &[], |_, _| false));
        assert!(past_joined_to_perfect(&mut found, &["have".to_owned()], |_, _| false));
        assert_eq!(head(&found, 7), (Some(1), "conj"));
    }
}
