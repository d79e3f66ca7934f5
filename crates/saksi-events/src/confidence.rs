//! How sure the program is that an event is right.

use crate::code::Draft;
use saksi_record::Status;
use saksi_tree::{RegionKind, Sentence};

/// Weights of a logistic model, in the order of [`features`]; the first is the constant.
const WEIGHTS: [f64; 9] = [0.4, 0.6, 0.5, 0.2, -0.6, -0.3, -0.8, 0.6, 0.2];

/// The probability that type, actor and recipient are right.
pub(crate) fn of(draft: &Draft, sentence: &Sentence, attributed: bool, status: Status) -> f64 {
    let sum: f64 =
        features(draft, sentence, attributed, status).iter().zip(WEIGHTS).map(|(value, weight)| value * weight).sum();
    let probability = 1.0 / (1.0 + (-sum).exp());
    (probability * 100.0).round() / 100.0
}

fn features(draft: &Draft, sentence: &Sentence, attributed: bool, status: Status) -> [f64; 9] {
    let yes = |fact: bool| f64::from(u8::from(fact));
    [
        1.0,
        yes(!draft.actor.is_empty()),
        yes(!draft.recipient.is_empty()),
        (draft.specific.min(4) as f64) / 2.0 - 0.5,
        yes(draft.noun && draft.trigger.light.is_none()),
        yes(sentence.kind == RegionKind::Title),
        yes(status == Status::Hypothetical),
        f64::from(sentence.tokens[draft.trigger.at].score),
        yes(attributed),
    ]
}
