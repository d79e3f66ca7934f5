//! Mends clauses that are somebody's word, where the parser gave what stands in them to the verb of saying.

use saksi_tree::{Sentence, Upos};

/// Words between a name set off by commas and the phrase before it, at most.
const APART: usize = 6;

/// "said an unknown gunman shot the man", "mencatat aparat menewaskan 834 orang" with the gunman or the police below the verb of
/// saying, or as a part of the verb's own name: whoever is named first in what is said is the subject of the verb right
/// behind. `cue` is the verb of saying, `content` the first and last tokens of what is said, `phrase` those and the head of who is named
/// first in it.
pub(crate) fn subject_of_content(
    sentence: &mut Sentence,
    cue: usize,
    content: (usize, usize),
    (first, last, head): (usize, usize, usize),
) -> bool {
    let begins = first == content.0 || first == content.0 + 1 && sentence.tokens[content.0].upos == Upos::Det;
    let tag = sentence.tokens[head].upos;
    if !begins || cue >= first || !(tag.is_nominal() || tag == Upos::Verb && first == last) {
        return false;
    }
    let Some(verb) = verb_behind(sentence, first, last).filter(|&verb| verb <= content.1) else { return false };
    let own = |child: usize| matches!(sentence.tokens[child].relation(), "nsubj" | "csubj" | "mark");
    let relative = sentence.with(verb, "nsubj").next().is_some()
        || sentence
            .children(verb)
            .any(|child| child < verb && (own(child) || sentence.tokens[child].upos == Upos::Pron));
    let below = |at: usize| sentence.tokens[at].head.map(|head| head as usize);
    let tied = below(head) == Some(verb) && sentence.tokens[head].relation() == "compound"
        || below(head) == Some(cue) && matches!(sentence.tokens[head].relation(), "obj" | "iobj" | "xcomp" | "obl");
    // "protesters killed in the raid": what modifies a noun is no clause of its own
    let clause = matches!(sentence.tokens[verb].relation(), "ccomp" | "advcl" | "xcomp")
        && below(verb).is_some_and(|up| up == cue || up == head);
    // "reported ten people killed"
    let part = sentence.tokens[verb].feat("VerbForm") == Some("Part") && sentence.with(verb, "aux").next().is_none();
    if relative || !tied || !clause || part {
        return false;
    }
    let passive = sentence.tokens[verb].feat("Voice") == Some("Pass");
    if tag == Upos::Verb {
        sentence.tokens[head].upos = Upos::Noun;
    }
    sentence.tokens[verb].head = Some(cue as u32);
    sentence.tokens[verb].deprel = "ccomp".into();
    sentence.tokens[head].head = Some(verb as u32);
    sentence.tokens[head].deprel = if passive { "nsubj:pass" } else { "nsubj" }.into();
    sentence.link();
    true
}

/// The verb right behind a phrase, or behind the name between commas that follows it.
fn verb_behind(sentence: &Sentence, first: usize, last: usize) -> Option<usize> {
    let tokens = &sentence.tokens;
    let mut at = last + 1;
    let named = tokens[first..=last].iter().any(|token| token.form == ",");
    if tokens.get(at)?.form == "," && named {
        at += 1;
    } else if tokens.get(at)?.form == "," {
        let close = (at + 1..tokens.len().min(at + APART)).find(|&close| tokens[close].form == ",")?;
        if tokens[at + 1..close].iter().any(|token| !matches!(token.upos, Upos::Propn | Upos::Noun)) {
            return None;
        }
        at = close + 1;
    }
    while tokens.get(at).is_some_and(|token| matches!(token.upos, Upos::Aux | Upos::Adv | Upos::Part)) {
        at += 1;
    }
    tokens.get(at).filter(|token| token.upos == Upos::Verb).map(|_| at)
}

/// "accused the army of bombing a village, killing four" with "killing" below "accused": behind the comma it goes on with what
/// somebody is accused of. `control` are the marks of a clause whose subject is the object of the verb above.
pub(crate) fn participle_of_charge(sentence: &mut Sentence, control: &[String]) -> bool {
    for at in 4..sentence.tokens.len() {
        let ongoing = |at: usize| sentence.tokens[at].upos == Upos::Verb && sentence.tokens[at].form.ends_with("ing");
        if sentence.tokens[at - 1].form != "," || sentence.tokens[at].relation() != "advcl" || !ongoing(at) {
            continue;
        }
        let Some(verb) = sentence.tokens[at].head.map(|head| head as usize).filter(|&verb| verb < at) else { continue };
        let Some(object) = sentence.with(verb, "obj").find(|&object| verb < object && object < at) else { continue };
        let charge = sentence.children(verb).chain(sentence.children(object)).find(|&child| {
            object < child
                && child < at
                && ongoing(child)
                && matches!(sentence.tokens[child].relation(), "acl" | "advcl" | "ccomp" | "xcomp")
                && sentence
                    .with(child, "mark")
                    .any(|mark| control.iter().any(|word| *word == sentence.tokens[mark].form))
        });
        if let Some(charge) = charge {
            sentence.tokens[at].head = Some(charge as u32);
            sentence.link();
            return true;
        }
    }
    false
}

/// "menyerah di Quibdo, ibu kota Choco, pada Rabu (18/2/2026), kata gubernur" with the day below "kata": a day before the comma is
/// that of what is said. `times` are the first and last tokens of the sentence's times.
pub(crate) fn day_before_saying(sentence: &mut Sentence, times: &[(usize, usize)]) -> bool {
    let mut changed = false;
    for &(first, last) in times {
        let outside = |at: &usize| {
            let head = sentence.tokens[*at].head.map(|head| head as usize);
            head.is_some_and(|head| head < first || head > last)
        };
        let Some(day) = (first..=last).find(outside) else { continue };
        let Some(saying) = sentence.tokens[day].head.map(|head| head as usize) else { continue };
        let closed = (last + 1..saying).find(|&at| sentence.tokens[at].form == ",");
        let told = sentence.tokens[saying].head.map(|head| head as usize).filter(|&told| told < first);
        if let (Some(closed), Some(told)) = (closed, told)
            && closed <= last + 2
            && saying == closed + 1
            && sentence.tokens[saying].relation() == "parataxis"
            && sentence.tokens[told].upos == Upos::Verb
        {
            sentence.tokens[day].head = Some(told as u32);
            sentence.link();
            changed = true;
        }
    }
    changed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trees::{self, head};

    fn sentence(rows: &[(&str, &str, usize, &str)]) -> Sentence {
        let rows: Vec<trees::Row<'_>> =
            rows.iter().map(|&(form, upos, head, deprel)| (form, upos, "_", head, deprel)).collect();
        trees::sentence(&rows)
    }

    #[test]
    fn who_is_named_first_in_what_is_said_acts() {
        let rows = [
            ("Kementerian", "NOUN", 2, "nsubj"),
            ("mencatat", "VERB", 0, "root"),
            ("aparat", "VERB", 2, "xcomp"),
            ("menewaskan", "VERB", 3, "ccomp"),
            ("834", "NUM", 6, "nummod"),
            ("orang", "NOUN", 4, "obj"),
        ];
        let mut found = sentence(&rows);
        assert!(subject_of_content(&mut found, 1, (2, 5), (2, 2, 2)));
        assert_eq!((head(&found, 2), head(&found, 3)), ((Some(3), "nsubj"), (Some(1), "ccomp")));
        assert!(!subject_of_content(&mut found, 1, (2, 5), (2, 2, 2)), "it has a subject");
        // the name between commas is passed over
        let mut found = sentence(&[
            ("Kepala", "NOUN", 2, "nsubj"),
            ("mengakui", "VERB", 0, "root"),
            ("polisi", "NOUN", 2, "obj"),
            (",", "PUNCT", 3, "punct"),
            ("Luis", "PROPN", 3, "appos"),
            (",", "PUNCT", 5, "punct"),
            ("menembak", "VERB", 2, "advcl"),
        ]);
        assert!(subject_of_content(&mut found, 1, (2, 6), (2, 2, 2)));
        assert_eq!(head(&found, 2), (Some(6), "nsubj"));
        // "polisi yang menembak" says which
        let mut found = sentence(&[
            ("Kepala", "NOUN", 2, "nsubj"),
            ("menyebut", "VERB", 0, "root"),
            ("polisi", "NOUN", 2, "obj"),
            ("menembak", "VERB", 3, "acl"),
        ]);
        assert!(!subject_of_content(&mut found, 1, (2, 3), (2, 2, 2)));
    }

    #[test]
    fn a_participle_goes_on_with_the_charge() {
        let mut rows = vec![
            ("Rebels", "NOUN", 2, "nsubj"),
            ("accused", "VERB", 0, "root"),
            ("army", "NOUN", 2, "obj"),
            ("of", "SCONJ", 5, "mark"),
            ("bombing", "VERB", 3, "acl"),
            ("villages", "NOUN", 5, "obj"),
            (",", "PUNCT", 8, "punct"),
            ("killing", "VERB", 2, "advcl"),
            ("four", "NUM", 8, "obj"),
        ];
        let control = vec!["of".to_owned()];
        let mut found = sentence(&rows);
        assert!(participle_of_charge(&mut found, &control));
        assert_eq!(head(&found, 7), (Some(4), "advcl"));
        assert!(!participle_of_charge(&mut found, &control));
        rows[3].3 = "case";
        assert!(!participle_of_charge(&mut sentence(&rows), &control));
    }

    #[test]
    fn a_day_before_the_comma_is_that_of_what_is_said() {
        let rows = [
            ("Mereka", "PRON", 2, "nsubj"),
            ("menyerah", "VERB", 0, "root"),
            ("pada", "ADP", 4, "case"),
            ("Rabu", "PROPN", 6, "obl:tmod"),
            (",", "PUNCT", 2, "punct"),
            ("kata", "VERB", 2, "parataxis"),
            ("gubernur", "NOUN", 6, "nsubj"),
        ];
        let mut found = sentence(&rows);
        assert!(day_before_saying(&mut found, &[(3, 3)]));
        assert_eq!(head(&found, 3), (Some(1), "obl:tmod"));
        assert!(!day_before_saying(&mut found, &[(3, 3)]));
        let mut open = rows;
        open[4] = ("itu", "DET", 4, "det");
        assert!(!day_before_saying(&mut sentence(&open), &[(3, 3)]));
    }
}
