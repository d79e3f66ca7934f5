//! Mends small words and epithets that the parser took for the verb or its subject, with lists of the pack's grammar.

use crate::grammar::Grammar;
use crate::mend_argument;
use crate::mend_clause;
use crate::reattach::joined_to_noun;
use saksi_tree::{Sentence, Upos};

/// Mends a sentence and links it anew.
pub(crate) fn mend(sentence: &mut Sentence, grammar: &Grammar) {
    for at in 0..sentence.tokens.len() {
        connective(sentence, &grammar.connectives, at);
        adverb_before_verb(sentence, &grammar.adverbs, at);
        manner_behind_verb(sentence, &grammar.manners, at);
        unknown_people(sentence, &grammar.unknown, at);
        if grammar.passive_auxiliary {
            adjective_before_verb(sentence, at);
            place_before_subject(sentence, at);
            infinitive_without_object(sentence, grammar, at);
            mend_argument::infinitive_as_oblique(sentence, at);
            mend_argument::noun_before_participle(sentence, at);
            mend_argument::object_above_gerund(sentence, at);
            mend_argument::what_appears(sentence, at);
            mend_argument::quantifier_before_verb(sentence, at);
            mend_argument::participle_behind_relative(sentence, at);
            mend_clause::owned_object(sentence, at);
            name_as_title(sentence, at);
            mend_argument::subject_of_infinitive(sentence, &grammar.aims, at);
            crate::mend::sum_below_object(sentence, &grammar.giving, at);
        } else {
            verb_joined_to_noun(sentence, at);
            mend_argument::epithet_before_noun(sentence, &grammar.epithets, at);
            mend_argument::subject_below_complement(sentence, at);
        }
    }
}

/// "Starmer and French President Emmanuel Macron agreed" with the first name as a title of the second: a name with a
/// conjunction right behind it begins a list.
pub(crate) fn name_as_title(sentence: &mut Sentence, at: usize) -> bool {
    let token = &sentence.tokens[at];
    let Some(other) = token.head.map(|head| head as usize).filter(|&head| head > at + 1) else { return false };
    let titled = token.upos == Upos::Propn && matches!(token.deprel.as_str(), "nmod:desc" | "compound");
    let joined = sentence.tokens[at + 1].upos == Upos::Cconj && sentence.tokens[other].upos == Upos::Propn;
    // "Bosnia and Herzegovina's president", "Trinidad and Tobago"
    let title = (at + 2..other).any(|between| {
        sentence.tokens[between].deprel == "nmod:desc" && sentence.tokens[between].head == Some(other as u32)
    });
    if !titled || !joined || !title {
        return false;
    }
    let (up, deprel) = (sentence.tokens[other].head, sentence.tokens[other].deprel.clone());
    for child in sentence.children(other).filter(|&child| child < at).collect::<Vec<_>>() {
        sentence.tokens[child].head = Some(at as u32);
    }
    sentence.tokens[at].head = up;
    sentence.tokens[at].deprel = deprel;
    sentence.tokens[at + 1].head = Some(other as u32);
    sentence.tokens[at + 1].deprel = "cc".into();
    sentence.hang(other, at, "conj");
    true
}

/// "Akan tetapi, ia menolak": the two words join the clause to the one before, and say nothing of its time.
fn connective(sentence: &mut Sentence, connectives: &[String], at: usize) -> bool {
    let Some(next) = sentence.tokens.get(at + 1) else { return false };
    let both = format!("{} {}", sentence.tokens[at].lower(), next.lower());
    if !connectives.contains(&both) {
        return false;
    }
    let above = [at, at + 1].into_iter().filter_map(|word| sentence.tokens[word].head);
    let Some(verb) = above.map(|head| head as usize).find(|&head| head != at && head != at + 1) else { return false };
    for word in [at, at + 1] {
        sentence.tokens[word].head = Some(verb as u32);
        sentence.tokens[word].deprel = "cc".into();
        sentence.tokens[word].upos = Upos::Cconj;
    }
    sentence.link();
    true
}

/// "Ia balik menuduh Islamabad": such a word is no subject of the verb behind it.
fn adverb_before_verb(sentence: &mut Sentence, adverbs: &[String], at: usize) -> bool {
    let token = &sentence.tokens[at];
    let listed = adverbs.iter().any(|word| *word == token.lower());
    let verb = at + 1;
    if !listed || sentence.tokens.get(verb).is_none_or(|next| next.upos != Upos::Verb) {
        return false;
    }
    if token.head == Some(verb as u32) {
        sentence.tokens[at].deprel = "advmod".into();
        sentence.link();
        return true;
    }
    // "Menteri urung menjatuhkan sanksi" with the word taken into the subject
    let subject = sentence.with(verb, "nsubj").find(|&subject| subject < at && sentence.below(at, subject));
    if subject.is_some() && sentence.children(at).next().is_none() {
        sentence.hang(at, verb, "advmod");
        return true;
    }
    if sentence.tokens[verb].head != Some(at as u32) {
        return false;
    }
    // the verb heads what the word was thought to head
    sentence.tokens[verb].head = sentence.tokens[at].head;
    let deprel = sentence.tokens[at].deprel.clone();
    sentence.tokens[verb].deprel = deprel;
    for child in sentence.children(at).collect::<Vec<_>>() {
        if child != verb {
            sentence.tokens[child].head = Some(verb as u32);
        }
    }
    sentence.hang(at, verb, "advmod");
    true
}

/// "dijemput paksa … dan dilepaskan": what hangs on such a word hangs on the verb before it.
fn manner_behind_verb(sentence: &mut Sentence, manners: &[String], at: usize) -> bool {
    let Some(verb) = at.checked_sub(1) else { return false };
    let token = &sentence.tokens[at];
    if !manners.iter().any(|word| *word == token.lower())
        || token.head != Some(verb as u32)
        || sentence.tokens[verb].upos != Upos::Verb
    {
        return false;
    }
    for child in sentence.children(at).collect::<Vec<_>>() {
        sentence.tokens[child].head = Some(verb as u32);
    }
    sentence.hang(at, verb, "advmod");
    true
}

/// "Sekelompok orang tak dikenal melempari posko": the epithet is no verb, the one behind it is.
fn unknown_people(sentence: &mut Sentence, unknown: &[String], at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    let phrase = format!("{} {}", sentence.tokens[before].lower(), sentence.tokens[at].lower());
    let listed = unknown.contains(&phrase);
    // "ditembaki kelompok tak dikenal di Hsi Hseng pada Minggu": where and when it was done
    if let Some(noun) = sentence.tokens[at].head.map(|noun| noun as usize)
        && listed
        && noun < before
        && matches!(sentence.tokens[at].relation(), "acl" | "amod" | "nmod")
    {
        let verb = sentence.ancestors(noun).find(|&up| sentence.tokens[up].upos == Upos::Verb);
        let Some(verb) = verb else { return false };
        let below = sentence.children(at).chain(sentence.children(noun)).collect::<Vec<_>>();
        for child in below {
            let relation = sentence.tokens[child].relation();
            if child > at && matches!(relation, "obl" | "nmod") && sentence.with(child, "case").next().is_some() {
                sentence.tokens[child].head = Some(verb as u32);
                sentence.tokens[child].deprel = "obl".into();
            }
        }
        sentence.link();
        return true;
    }
    let subject = sentence.with(at, "nsubj").find(|&subject| subject < before);
    let verb = sentence.children(at).find(|&child| child == at + 1 && sentence.tokens[child].upos == Upos::Verb);
    let (true, Some(subject), Some(verb)) = (listed, subject, verb) else { return false };
    if sentence.with(verb, "nsubj").next().is_some() {
        return false;
    }
    sentence.tokens[verb].head = sentence.tokens[at].head;
    let deprel = sentence.tokens[at].deprel.clone();
    sentence.tokens[verb].deprel = deprel;
    for child in sentence.children(at).collect::<Vec<_>>() {
        if child != verb && child != before && child != subject {
            sentence.tokens[child].head = Some(verb as u32);
        }
    }
    sentence.tokens[at].head = Some(subject as u32);
    sentence.tokens[at].deprel = "acl".into();
    sentence.hang(subject, verb, "nsubj");
    true
}

/// "Soldiers angry over pay stormed a jail": an adjective without a copula says what its subject is like, and the verb behind
/// it, which has no subject, says what they did.
fn adjective_before_verb(sentence: &mut Sentence, at: usize) -> bool {
    let token = &sentence.tokens[at];
    // the same with the adjective as the subject of the verb
    if token.upos == Upos::Adj
        && token.relation() == "nsubj"
        && let Some(verb) = token.head.map(|head| head as usize).filter(|&verb| verb > at)
    {
        let deprel = token.deprel.clone();
        let subject = sentence.with(at, "nsubj").find(|&subject| subject + 1 == at);
        let Some(subject) = subject else { return false };
        sentence.tokens[subject].head = Some(verb as u32);
        sentence.tokens[subject].deprel = deprel;
        sentence.hang(at, subject, "amod");
        return true;
    }
    let bare =
        sentence.children(at).all(|child| !matches!(sentence.tokens[child].relation(), "cop" | "aux" | "mark" | "cc"));
    if token.upos != Upos::Adj || !bare || !matches!(token.relation(), "root" | "ccomp") {
        return false;
    }
    let subject = sentence.with(at, "nsubj").find(|&subject| subject + 1 == at);
    let own = |verb: usize| {
        let token = &sentence.tokens[verb];
        verb > at
            && token.upos == Upos::Verb
            && token.feat("VerbForm") == Some("Fin")
            && sentence.with(verb, "nsubj").next().is_none()
            && sentence.with(verb, "mark").next().is_none()
            && (token.head == Some(at as u32)
                && matches!(token.relation(), "ccomp" | "parataxis" | "conj" | "advcl" | "dep")
                || token.head == sentence.tokens[at].head && token.relation() == sentence.tokens[at].relation())
    };
    let verb = (at + 1..sentence.tokens.len()).find(|&verb| own(verb));
    let (Some(subject), Some(verb)) = (subject, verb) else { return false };
    if sentence.tokens[at + 1..verb].iter().any(|token| token.upos == Upos::Punct) {
        return false;
    }
    if sentence.tokens[verb].head == Some(at as u32) {
        sentence.tokens[verb].head = sentence.tokens[at].head;
        let deprel = sentence.tokens[at].deprel.clone();
        sentence.tokens[verb].deprel = deprel;
    }
    for child in sentence.children(at).collect::<Vec<_>>() {
        if child > verb {
            sentence.tokens[child].head = Some(verb as u32);
        }
    }
    sentence.tokens[at].head = Some(subject as u32);
    sentence.tokens[at].deprel = "amod".into();
    sentence.hang(subject, verb, "nsubj");
    true
}

/// "plan to march on the capital" with the verb as a noun.
fn infinitive_without_object(sentence: &mut Sentence, grammar: &Grammar, at: usize) -> bool {
    let Some(verb) = at.checked_sub(2) else { return false };
    let token = &sentence.tokens[at];
    let plain = token.upos.is_nominal() && token.form == token.lower();
    let marks = |&mark: &usize| grammar.infinitive_marks.iter().any(|word| *word == sentence.tokens[mark].lower());
    let mark = sentence.with(at, "case").find(|&mark| mark == at - 1).filter(marks);
    let takes = grammar.only_infinitives.iter().any(|word| *word == sentence.tokens[verb].lemma)
        && sentence.tokens[verb].upos == Upos::Verb;
    let hung = token.relation() == "obl" && token.head == Some(verb as u32);
    let bare = sentence.children(at).all(|child| child > at || Some(child) == mark);
    let Some(mark) = mark.filter(|_| plain && takes && hung && bare) else { return false };
    for child in sentence.children(verb).collect::<Vec<_>>() {
        if child > at && matches!(sentence.tokens[child].relation(), "obl" | "obj" | "advcl") {
            sentence.tokens[child].head = Some(at as u32);
        }
    }
    sentence.tokens[at].upos = Upos::Verb;
    sentence.tokens[mark].deprel = "mark".into();
    sentence.tokens[mark].upos = Upos::Part;
    sentence.hang(at, verb, "xcomp");
    true
}

/// "menilai itu sebagai intimidasi dan mendesak polisi": a verb with an object of its own is joined to the verb before, not to
/// its oblique noun.
fn verb_joined_to_noun(sentence: &mut Sentence, at: usize) -> bool {
    let token = &sentence.tokens[at];
    let passive = token.feat("Voice") == Some("Pass");
    // "ditangkap pada bulan yang sama dan didakwa"
    let joined = token.relation() == "conj" && sentence.with(at, "cc").any(|mark| mark < at);
    let quality = token.head.map(|head| head as usize).filter(|&head| {
        let above = &sentence.tokens[head];
        head < at && passive && joined && above.upos == Upos::Adj && above.relation() == "acl"
    });
    let above = quality.and_then(|quality| {
        sentence.ancestors(quality).find(|&up| up < quality && sentence.tokens[up].upos == Upos::Verb)
    });
    if let Some(above) = above.filter(|&above| sentence.tokens[above].feat("Voice") == Some("Pass")) {
        sentence.hang(at, above, "conj");
        return true;
    }
    let Some((noun, verb)) = joined_to_noun(sentence, at) else { return false };
    let takes = passive
        || sentence.children(at).any(|child| {
            child > at && matches!(sentence.tokens[child].relation(), "obj" | "ccomp" | "xcomp" | "advcl")
        });
    let role = matches!(sentence.tokens[noun].relation(), "obj" | "obl");
    if !takes || !role || sentence.with(at, "nsubj").next().is_some() {
        return false;
    }
    sentence.hang(at, verb, "conj");
    true
}

/// "sanctions on Belarus a month later" with the name below the time: a time has no name of its own, so the name hangs on
/// the verb with its preposition.
pub(crate) fn name_before_time(sentence: &mut Sentence, (first, last): (usize, usize)) -> bool {
    let Some(head) = (first..=last)
        .find(|&at| sentence.tokens[at].head.is_some_and(|up| (up as usize) < first || up as usize > last))
    else {
        return false;
    };
    let Some(verb) = sentence.tokens[head].head.map(|up| up as usize).filter(|&up| up < first) else { return false };
    let name = sentence.children(head).find(|&child| {
        child > verb && child < first && child + 1 == first && sentence.tokens[child].relation() == "nmod"
    });
    let Some(name) = name.filter(|&name| sentence.tokens[name].form.starts_with(char::is_uppercase)) else {
        return false;
    };
    let Some(case) = sentence.with(head, "case").find(|&case| verb < case && case + 1 == name) else { return false };
    sentence.tokens[case].head = Some(name as u32);
    sentence.hang(name, verb, "obl");
    true
}

/// "dibunuh aparat keamanan", "tindakan aparat tersebut": a noun for people that was read as a verb.
pub(crate) fn people_read_as_verb(sentence: &mut Sentence, head: usize) -> bool {
    let token = &sentence.tokens[head];
    let Some(above) = token.head.map(|up| up as usize).filter(|&up| up < head) else { return false };
    if token.upos != Upos::Verb || !matches!(token.relation(), "xcomp" | "amod" | "acl" | "compound") {
        return false;
    }
    let passive = sentence.tokens[above].feat("Voice") == Some("Pass") && above + 1 == head;
    let noun = sentence.tokens[above].upos.is_nominal() && above + 1 == head;
    // "mencatat aparat menewaskan 834 orang": whoever does what is said
    let content = sentence.children(head).find(|&child| {
        child == head + 1
            && sentence.tokens[child].upos == Upos::Verb
            && matches!(sentence.tokens[child].relation(), "ccomp" | "xcomp")
    });
    if let Some(content) = content.filter(|_| sentence.tokens[above].upos == Upos::Verb && above + 1 == head) {
        sentence.tokens[head].upos = Upos::Noun;
        sentence.tokens[content].head = Some(above as u32);
        sentence.tokens[content].deprel = "ccomp".into();
        sentence.link();
        sentence.hang(head, content, "nsubj");
        return true;
    }
    if !passive && !noun {
        return false;
    }
    for child in sentence.children(head).collect::<Vec<_>>() {
        // "dibunuh aparat keamanan di seluruh negeri": where it was done
        let far = sentence.tokens[child].relation() == "obl" && passive;
        let below = if far { above } else { head };
        sentence.tokens[child].head = Some(below as u32);
        if matches!(sentence.tokens[child].relation(), "obj" | "nsubj") {
            sentence.tokens[child].deprel = "nmod".into();
        }
    }
    sentence.tokens[head].upos = Upos::Noun;
    let deprel = if passive { "obl" } else { "nmod" };
    sentence.hang(head, above, deprel);
    true
}

/// "Kais Saied, who dissolved parliament, had called them traitors" with the name as the verb: the first verb behind it
/// without a relative pronoun is the verb.
pub(crate) fn name_read_as_verb(sentence: &mut Sentence, first: usize, last: usize) -> bool {
    let inside = |at: usize| (first..=last).contains(&at);
    let head = (first..=last).find(|&at| sentence.tokens[at].head.is_none_or(|up| !inside(up as usize)));
    let Some(head) = head.filter(|&at| sentence.tokens[at].upos == Upos::Verb) else { return false };
    if !sentence.tokens[head].form.starts_with(char::is_uppercase) || first == last && first == 0 {
        return false;
    }
    let relative = |verb: usize| {
        sentence.with(verb, "nsubj").any(|subject| sentence.tokens[subject].feat("PronType") == Some("Rel"))
    };
    let behind: Vec<usize> = sentence
        .children(head)
        .filter(|&child| child > last && sentence.tokens[child].upos == Upos::Verb)
        .filter(|&child| matches!(sentence.tokens[child].relation(), "ccomp" | "conj" | "parataxis" | "advcl" | "acl"))
        .collect();
    let related: Vec<usize> = behind.iter().copied().filter(|&verb| relative(verb)).collect();
    let main = behind.iter().copied().find(|&verb| {
        matches!(sentence.tokens[verb].relation(), "ccomp" | "conj" | "parataxis")
            && !relative(verb)
            && sentence.with(verb, "nsubj").next().is_none()
            && sentence.with(verb, "mark").next().is_none()
    });
    let (Some(main), false) = (main, related.is_empty()) else { return false };
    sentence.tokens[main].head = sentence.tokens[head].head;
    let deprel = sentence.tokens[head].deprel.clone();
    sentence.tokens[main].deprel = deprel;
    for child in sentence.children(head).collect::<Vec<_>>() {
        if inside(child) {
            sentence.tokens[child].deprel = "flat".into();
        } else if related.contains(&child) {
            sentence.tokens[child].deprel = "acl:relcl".into();
        } else if child > main {
            sentence.tokens[child].head = Some(main as u32);
        }
    }
    sentence.tokens[head].upos = Upos::Propn;
    sentence.hang(head, main, "nsubj");
    true
}

/// "In Bulawayo youths burned tires" without a comma: the plural noun right before a verb that has no subject is its subject,
/// and the place before it is where.
fn place_before_subject(sentence: &mut Sentence, noun: usize) -> bool {
    let verb = noun + 1;
    let token = &sentence.tokens[noun];
    let plural = token.upos == Upos::Noun && token.feat("Number") == Some("Plur");
    let hung = matches!(token.relation(), "obl" | "nmod") && token.head == Some(verb as u32);
    if !plural || !hung || sentence.tokens[verb].upos != Upos::Verb {
        return false;
    }
    let Some(case) = sentence.with(noun, "case").find(|&case| case < noun) else { return false };
    let place = sentence
        .with(noun, "compound")
        .find(|&place| case < place && place < noun && sentence.tokens[place].upos == Upos::Propn);
    let opens =
        case.checked_sub(1).is_none_or(|before| matches!(sentence.tokens[before].upos, Upos::Punct | Upos::Cconj));
    let free = ["nsubj", "aux", "csubj"].iter().all(|relation| sentence.with(verb, relation).next().is_none());
    let Some(place) = place.filter(|_| opens && free) else { return false };
    sentence.tokens[case].head = Some(place as u32);
    sentence.tokens[place].head = Some(verb as u32);
    sentence.tokens[place].deprel = "obl".into();
    sentence.hang(noun, verb, "nsubj");
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trees::sentence as tree;

    #[test]
    fn a_word_of_manner_before_the_verb_is_no_subject() {
        let rows =
            [("Ia", "PRON", "_", 3, "nsubj"), ("balik", "NOUN", "_", 3, "nsubj"), ("menuduh", "VERB", "_", 0, "root")];
        let mut sentence = tree(&rows);
        assert!(adverb_before_verb(&mut sentence, &["balik".into()], 1));
        assert_eq!(sentence.tokens[1].deprel, "advmod");
        assert!(!adverb_before_verb(&mut sentence, &["balik".into()], 0));
    }

    #[test]
    fn a_word_of_manner_taken_into_the_subject_is_the_verbs() {
        let rows = [
            ("Menteri", "NOUN", "_", 3, "nsubj"),
            ("urung", "NOUN", "_", 1, "nmod"),
            ("menyerang", "VERB", "_", 0, "root"),
        ];
        let mut sentence = tree(&rows);
        assert!(adverb_before_verb(&mut sentence, &["urung".into()], 1));
        assert_eq!((sentence.tokens[1].head, sentence.tokens[1].deprel.as_str()), (Some(2), "advmod"));
    }

    #[test]
    fn an_epithet_gives_its_place_to_the_verb() {
        let rows = [
            ("Orang", "NOUN", "_", 3, "nsubj:pass"),
            ("tak", "PART", "_", 3, "advmod"),
            ("dikenal", "VERB", "_", 0, "root"),
            ("melempari", "VERB", "_", 3, "ccomp"),
            ("posko", "NOUN", "_", 4, "obj"),
        ];
        let mut sentence = tree(&rows);
        assert!(unknown_people(&mut sentence, &["tak dikenal".into()], 2));
        assert_eq!(sentence.root(), Some(3));
        assert_eq!(sentence.tokens[0].head, Some(3));
        assert_eq!(sentence.tokens[2].head, Some(0));
    }

    #[test]
    fn a_name_with_a_conjunction_behind_it_is_no_title() {
        let rows = |cc: &'static str| {
            tree(&[
                ("Starmer", "PROPN", "_", 4, "nmod:desc"),
                ("and", cc, "_", 3, "cc"),
                ("President", "PROPN", "_", 4, "nmod:desc"),
                ("Macron", "PROPN", "_", 5, "nsubj"),
                ("agreed", "VERB", "VerbForm=Fin", 0, "root"),
            ])
        };
        let mut found = rows("CCONJ");
        assert!(name_as_title(&mut found, 0));
        assert_eq!((found.tokens[0].head, found.tokens[0].deprel.as_str()), (Some(4), "nsubj"));
        assert_eq!((found.tokens[3].head, found.tokens[3].deprel.as_str()), (Some(0), "conj"));
        assert!(!name_as_title(&mut found, 0));
        assert!(!name_as_title(&mut rows("ADP"), 0));
    }

    #[test]
    fn an_adjective_without_copula_gives_its_subject_to_the_verb() {
        let rows = [
            ("Soldiers", "NOUN", "_", 2, "nsubj"),
            ("angry", "ADJ", "_", 0, "root"),
            ("over", "ADP", "_", 4, "case"),
            ("pay", "NOUN", "_", 2, "obl"),
            ("stormed", "VERB", "VerbForm=Fin", 2, "ccomp"),
            ("prisons", "NOUN", "_", 5, "obj"),
        ];
        let mut sentence = tree(&rows);
        assert!(adjective_before_verb(&mut sentence, 1));
        assert_eq!(sentence.root(), Some(4));
        assert_eq!(sentence.tokens[0].head, Some(4));
        assert_eq!(sentence.tokens[1].deprel, "amod");
    }

    #[test]
    fn a_verb_with_an_object_is_joined_to_the_verb() {
        let rows = [
            ("menilai", "VERB", "_", 0, "root"),
            ("bentuk", "NOUN", "_", 1, "obl"),
            ("dan", "CCONJ", "_", 4, "cc"),
            ("mendesak", "VERB", "_", 2, "conj"),
            ("polisi", "NOUN", "_", 4, "obj"),
        ];
        let mut sentence = tree(&rows);
        assert!(verb_joined_to_noun(&mut sentence, 3));
        assert_eq!(sentence.tokens[3].head, Some(0));
    }
}
