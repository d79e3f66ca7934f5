//! Kinds of act, by the names that `lexicon/acts.tsv` gives them in every language: how they are held against each other.

use crate::report::Report;

/// The act of killing and wounding, by whatever means.
pub(crate) const HARM: &str = "harm";
/// That of any use of arms.
pub(crate) const ATTACK: &str = "attack";
/// That of two sides that fight.
pub(crate) const CLASH: &str = "clash";
/// That of tear gas, water cannon and batons.
const GAS: &str = "tear-gas";
/// That of one ship that runs into another.
const RAM: &str = "ram";
/// Kinds of force.
const FORCE: &[&str] = &["seize", "beat", "torture", "burn", "storm", "intercept", RAM];
/// What one side does to the other once, and not again on the next day.
const ONCE: &[&str] = &[
    "adopt",
    "ban",
    "charge",
    "close",
    "convict",
    "coup",
    "dismiss",
    "emergency",
    "expel",
    "extradite",
    "hand-over",
    "impeach",
    "open",
    "recall",
    "recognise",
    "resign",
    "sanction",
    "sever",
    "sign",
    "suspend",
    "tariff",
    "truce",
];
/// What coders find of one type or of another.
const SEVERAL: &[&str] = &[
    "burn",
    "close",
    "deploy",
    "storm",
    "suspend",
    "patrol",
    "cancel",
    "tariff",
    "hand-over",
    "seize",
    "riot",
    "blockade",
    "clash",
];

/// Acts that are held against each other in their own way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Act {
    /// Killing and wounding, by whatever means.
    Harm,
    /// Any use of arms, or of gas and batons.
    Arms,
    /// A fight of two sides, of which an attack may be a part.
    Clash,
    /// A kind of force that one source names and another calls an attack, a riot or a raid.
    Force,
    /// All others, and what is not known.
    Other,
}

/// Whether two kinds of force are two acts, of which a text may tell both: a ship that rams and fires water cannon.
pub(crate) fn are_two(acts: [Option<&str>; 2]) -> bool {
    matches!(acts, [Some(GAS), Some(RAM)] | [Some(RAM), Some(GAS)])
}

/// Whether an act is not done again on the next day.
pub(crate) fn is_once(act: &str) -> bool {
    ONCE.contains(&act)
}

/// Whether coders find the act of one type or of another.
pub(crate) fn is_of_several(act: &str) -> bool {
    SEVERAL.contains(&act)
}

/// Acts that are held against each other in a way of their own: the tables must have them.
#[cfg(test)]
pub(crate) fn named() -> impl Iterator<Item = &'static str> {
    let own: [&str; 4] = [HARM, ATTACK, CLASH, GAS];
    own.into_iter().chain(FORCE.iter().chain(ONCE).chain(SEVERAL).copied())
}

impl Act {
    pub(crate) fn of(report: &Report) -> Self {
        match report.act.as_deref() {
            Some(HARM) => Self::Harm,
            Some(ATTACK | GAS) => Self::Arms,
            Some(CLASH) => Self::Clash,
            Some(act) if FORCE.contains(&act) => Self::Force,
            _ => Self::Other,
        }
    }
}
