//! How sure the program is that an event is right: type, status, and the countries of its actors and recipients.
//!
//! A logistic model over a dozen facts of the event, each of which stands in the event's `why`. `bench/calibrate.py` fits it;
//! `docs/accuracy.md` says on what, and how it does on other articles.

use crate::code::Draft;
use saksi_entities::Entities;
use saksi_record::Status;
use saksi_tree::{RegionKind, Sentence};

/// Name and weight of each feature, in the order of [`features`].
const WEIGHTS: [(&str, f64); 12] = [
    ("constant", -1.41),
    ("actor", 1.14),
    ("recipient", 0.5),
    ("countries", 0.45),
    ("named", 0.35),
    ("noun", -0.69),
    ("title", 0.12),
    ("not actual", -0.7),
    ("attributed", -0.03),
    ("specific", 0.13),
    ("tag", 0.12),
    ("indirect", 0.29),
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

fn features(draft: &Draft, sentence: &Sentence, entities: &Entities, attributed: bool, status: Status) -> [f64; 12] {
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
    ]
}
