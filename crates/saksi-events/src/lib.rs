//! Who did what to whom? Codes PLOVER events over the trees.
//!
//! [`code`] finds the words that a pack's frames name as acts, reads actor and recipient off the tree, and settles
//! status, time, place, quantities and attribution of each. Types, modes and coding choices follow the PLOVER manual
//! (draft 0.8) and the project's guidelines (`docs/guidelines.md`).

mod answers;
mod arguments;
mod aside;
mod attackers;
mod clause;
mod code;
mod complement;
mod confidence;
mod dates;
mod fold;
mod frames;
mod grammar;
mod headline;
mod hearsay;
mod later;
mod makers;
mod mend;
mod mend_argument;
mod mend_aside;
mod mend_clause;
mod mend_phrase;
mod mend_said;
mod mend_subject;
mod mend_turn;
mod mend_wire;
mod mended;
mod needs;
mod not_done;
mod numbers;
mod own_word;
mod quantity;
mod reasons;
mod reattach;
mod refer;
mod scene;
mod status;
#[cfg(test)]
mod trees;
mod trigger;
mod when;

pub use code::{Context, code};
pub use frames::{FrameNote, Rules};

/// One coded event with its parts as indices, before the pipeline gives ids.
#[derive(Debug, Clone, PartialEq)]
pub struct Coded {
    /// As the record shows it; `actor`, `recipient`, `place` and `attribution` are left empty here.
    pub event: saksi_record::Event,
    /// Indices into the actors.
    pub actor: Vec<u32>,
    /// Indices into the actors.
    pub recipient: Vec<u32>,
    /// Indices into the places.
    pub place: Vec<u32>,
    /// Indices into the attributions, nearest first.
    pub attribution: Vec<u32>,
}
