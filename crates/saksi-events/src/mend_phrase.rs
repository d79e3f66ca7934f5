//! Mends small words and epithets that the parser took for the verb or its subject, with lists of the pack's grammar.

use crate::frames::Grammar;
use saksi_tree::{Sentence, Upos};

/// Mends a sentence and links it anew.
pub(crate) fn mend(sentence: &mut Sentence, grammar: &Grammar) {
    for at in 0..sentence.tokens.len() {
        adverb_before_verb(sentence, &grammar.adverbs, at);
        manner_behind_verb(sentence, &grammar.manners, at);
        unknown_people(sentence, &grammar.unknown, at);
        if grammar.passive_auxiliary {
            adjective_before_verb(sentence, at);
        } else {
            verb_joined_to_noun(sentence, at);
        }
    }
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
    if sentence.tokens[verb].head != Some(at as u32) {
        return false;
    }
    // the verb heads what the word was thought to head
    sentence.tokens[verb].head = sentence.tokens[at].head;
    sentence.tokens[verb].deprel = sentence.tokens[at].deprel.clone();
    for child in sentence.children(at).collect::<Vec<_>>() {
        if child != verb {
            sentence.tokens[child].head = Some(verb as u32);
        }
    }
    hang(sentence, at, verb, "advmod");
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
    hang(sentence, at, verb, "advmod");
    true
}

/// "Sekelompok orang tak dikenal melempari posko": the epithet is no verb, the one behind it is.
fn unknown_people(sentence: &mut Sentence, unknown: &[String], at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    let phrase = format!("{} {}", sentence.tokens[before].lower(), sentence.tokens[at].lower());
    let listed = unknown.iter().any(|words| *words == phrase);
    let subject = sentence.with(at, "nsubj").find(|&subject| subject < before);
    let verb = sentence
        .children(at)
        .find(|&child| child == at + 1 && sentence.tokens[child].upos == Upos::Verb);
    let (true, Some(subject), Some(verb)) = (listed, subject, verb) else { return false };
    if sentence.with(verb, "nsubj").next().is_some() {
        return false;
    }
    sentence.tokens[verb].head = sentence.tokens[at].head;
    sentence.tokens[verb].deprel = sentence.tokens[at].deprel.clone();
    for child in sentence.children(at).collect::<Vec<_>>() {
        if child != verb && child != before && child != subject {
            sentence.tokens[child].head = Some(verb as u32);
        }
    }
    sentence.tokens[at].head = Some(subject as u32);
    sentence.tokens[at].deprel = "acl".into();
    hang(sentence, subject, verb, "nsubj");
    true
}

/// "Soldiers angry over pay stormed a jail": an adjective without a copula says what its subject is like, and the verb behind
/// it, which has no subject, says what they did.
fn adjective_before_verb(sentence: &mut Sentence, at: usize) -> bool {
    let token = &sentence.tokens[at];
    let bare = sentence.children(at).all(|child| !matches!(sentence.tokens[child].relation(), "cop" | "aux" | "mark" | "cc"));
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
            && (token.head == Some(at as u32) && matches!(token.relation(), "ccomp" | "parataxis" | "conj" | "advcl" | "dep")
                || token.head == sentence.tokens[at].head && token.relation() == sentence.tokens[at].relation())
    };
    let verb = (at + 1..sentence.tokens.len()).find(|&verb| own(verb));
    let (Some(subject), Some(verb)) = (subject, verb) else { return false };
    if sentence.tokens[at + 1..verb].iter().any(|token| token.upos == Upos::Punct) {
        return false;
    }
    if sentence.tokens[verb].head == Some(at as u32) {
        sentence.tokens[verb].head = sentence.tokens[at].head;
        sentence.tokens[verb].deprel = sentence.tokens[at].deprel.clone();
    }
    for child in sentence.children(at).collect::<Vec<_>>() {
        if child > verb {
            sentence.tokens[child].head = Some(verb as u32);
        }
    }
    sentence.tokens[at].head = Some(subject as u32);
    sentence.tokens[at].deprel = "amod".into();
    hang(sentence, subject, verb, "nsubj");
    true
}

/// "menilai itu sebagai intimidasi dan mendesak polisi": a verb with an object of its own is joined to the verb before, not to
/// its oblique noun.
fn verb_joined_to_noun(sentence: &mut Sentence, at: usize) -> bool {
    let token = &sentence.tokens[at];
    let marked = sentence.with(at, "cc").any(|mark| mark < at);
    let Some(noun) = token.head.map(|head| head as usize).filter(|&noun| noun < at) else { return false };
    let Some(verb) = sentence.tokens[noun].head.map(|head| head as usize).filter(|&verb| verb < noun) else {
        return false;
    };
    let takes = sentence.children(at).any(|child| {
        child > at && matches!(sentence.tokens[child].relation(), "obj" | "ccomp" | "xcomp" | "advcl")
    });
    if token.upos != Upos::Verb
        || token.relation() != "conj"
        || !marked
        || !takes
        || !sentence.tokens[noun].upos.is_nominal()
        || !matches!(sentence.tokens[noun].relation(), "obj" | "obl")
        || sentence.tokens[verb].upos != Upos::Verb
        || sentence.with(at, "nsubj").next().is_some()
    {
        return false;
    }
    hang(sentence, at, verb, "conj");
    true
}

fn hang(sentence: &mut Sentence, at: usize, head: usize, deprel: &str) {
    sentence.tokens[at].head = Some(head as u32);
    sentence.tokens[at].deprel = deprel.into();
    sentence.link();
}

#[cfg(test)]
mod tests {
    use super::*;
    use saksi_tree::read_conllu;

    fn tree(rows: &[(&str, &str, &str, u32, &str)]) -> Sentence {
        let lines = rows.iter().enumerate().map(|(at, (form, upos, feats, head, deprel))| {
            format!("{}\t{form}\t{form}\t{upos}\t_\t{feats}\t{head}\t{deprel}\t_\t_\n", at + 1)
        });
        read_conllu(&format!("{}\n", lines.collect::<String>())).unwrap().1.remove(0)
    }

    #[test]
    fn a_word_of_manner_before_the_verb_is_no_subject() {
        let rows = [
            ("Ia", "PRON", "_", 3, "nsubj"),
            ("balik", "NOUN", "_", 3, "nsubj"),
            ("menuduh", "VERB", "_", 0, "root"),
        ];
        let mut sentence = tree(&rows);
        assert!(adverb_before_verb(&mut sentence, &["balik".into()], 1));
        assert_eq!(sentence.tokens[1].deprel, "advmod");
        assert!(!adverb_before_verb(&mut sentence, &["balik".into()], 0));
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
