//! How far is a record from what a person coded?
//!
//! [`score`] holds what was read from one article against its [`Gold`] and counts what was found, what was missed and
//! what should not be there. Counts of articles add up ([`Figures::add`]); precision, recall and F1 are made of the sums
//! (micro-averaged). docs/scoring.md says what each measure means.

mod actors;
mod attributions;
mod events;
mod figures;
mod gold;
mod letters;
mod locate;
mod reading;
mod reviewed;
mod score;
mod times;

pub use figures::{Figures, MEASURES, SHARES, Share, Tally, to_json, to_text};
pub use gold::{
    Actor as GoldActor, Attribution as GoldAttribution, Content as GoldContent, Event as GoldEvent, Gold, GoldError,
    Noise as GoldNoise, Quantity as GoldQuantity, Time as GoldTime,
};
pub use reading::Reading;
pub use reviewed::reviewed;
pub use score::{Score, score};
