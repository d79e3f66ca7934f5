//! How sure the program is that an event is right: type, status, and the countries of its actors and recipients.
//!
//! A logistic model over a dozen facts of the event, each of which stands in the event's `why`. `bench/calibrate.py` fits it;
//! `docs/accuracy.md` says on what, and how it does on other articles.

use crate::code::Draft;
use saksi_entities::Entities;
use saksi_record::Status;
use saksi_tree::{RegionKind, Sentence, Upos};

/// Name and weight of each feature, in the order of [`features`].
const WEIGHTS: [(&str, f64); 13] = [
    ("constant", -0.99),
    ("actor", 0.86),
    ("recipient", 0.51),
    ("countries", 0.3),
    ("named", 0.29),
    ("noun", -0.37),
    ("title", -0.3),
    ("not actual", -0.91),
    ("attributed", -0.14),
    ("specific", 0.02),
    ("tag", 0.09),
    ("indirect", -0.52),
    ("main", 0.35),
];

/// The probability, and the facts it rests on.
pub(crate) fn of(
    draft: &Draft,
    sentence: &Sentence,
    entities: &Entities,
    attributed: bool,
    status: Status,
) -> (f64, String) {
    let values = features(draft, sentence, entities, attributed, status);
    let sum: f64 = values.iter().zip(WEIGHTS).map(|(value, (_, weight))| value * weight).sum();
    let probability = 1.0 / (1.0 + (-sum).exp());
    let facts: Vec<String> =
        values.iter().zip(WEIGHTS).map(|(value, (name, _))| format!("{name} {value:.2}")).collect();
    ((probability * 100.0).round() / 100.0, format!("confidence: {}", facts.join(", ")))
}

fn features(draft: &Draft, sentence: &Sentence, entities: &Entities, attributed: bool, status: Status) -> [f64; 13] {
    let yes = |fact: bool| f64::from(u8::from(fact));
    let parties: Vec<usize> = draft.actor.iter().chain(&draft.recipient).map(|&actor| actor as usize).collect();
    let known = |at: usize| entities.actors[at].country.is_some();
    // whoever is named stands firmer than whoever a role noun or pronoun refers to
    let named = |at: usize| {
        entities.in_sentence(draft.sentence).iter().any(|mention| {
            mention.actor == Some(at as u32)
                && matches!(mention.form, saksi_record::MentionForm::Name | saksi_record::MentionForm::Metonym)
        })
    };
    [
        1.0,
        yes(!draft.actor.is_empty()),
        yes(!draft.recipient.is_empty()),
        yes(!parties.is_empty() && parties.iter().all(|&at| known(at))),
        yes(!parties.is_empty() && parties.iter().all(|&at| named(at))),
        yes(draft.noun && draft.trigger.light.is_none()),
        yes(sentence.kind == RegionKind::Title),
        yes(status != Status::Actual),
        yes(attributed),
        (draft.specific.min(4) as f64) / 4.0,
        f64::from(sentence.tokens[draft.trigger.at].score),
        yes(draft.indirect),
        yes(is_main(draft, sentence)),
    ]
}

/// Whether the act is what the sentence, or what somebody in it says, is about: no relative or adverbial clause, no
/// modifier of a noun stands between it and the root.
fn is_main(draft: &Draft, sentence: &Sentence) -> bool {
    let top = draft.trigger.light.map_or(draft.trigger.at, |(light, _)| light);
    std::iter::once(top).chain(sentence.ancestors(top)).all(|at| {
        let token = &sentence.tokens[at];
        match token.relation() {
            "root" | "ccomp" | "xcomp" | "parataxis" | "aux" | "cop" => true,
            "conj" => token.upos == Upos::Verb,
            "obj" | "nsubj" => draft.noun && at == top,
            _ => false,
        }
    })
}
