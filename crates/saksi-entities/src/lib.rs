//! Who and where is named? Finds mentions of actors and places and resolves them in the document.
//!
//! Gazetteers (`world/*.tsv`, `lexicon/*.tsv`) and the model's name tags give hits; role nouns, modifiers, names and
//! appositions make one noun phrase of them; phrases of one real-world entity are one actor. A state or capital keeps both
//! readings, actor and place; its role in the sentence says which one is meant.

mod atoms;
mod chunk;
mod cluster;
mod find;
mod gazetteer;
mod hits;
mod lexicon;
mod names;
mod pairs;
mod phrase;
mod pronouns;
mod roles;
mod settings;
mod shares;
mod ships;
mod short;
mod states;
mod types;
mod whose;

pub use find::find;
pub use lexicon::Rules;
pub use types::{ActorFacts, Entities, Mention, Role};
