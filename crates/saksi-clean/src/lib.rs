//! Which text is the article? Tells a text's language, and cuts it into title, body and noise.
//!
//! The rules that mark noise are data: `clean/rules.tsv` and `clean/words.tsv` of a language pack, and those of `world`
//! that hold in every language. Nothing here reads a word's meaning, and nothing in the text is changed.

mod asides;
mod between;
mod bylines;
mod dateline;
mod headline;
mod hits;
mod language;
mod lines;
mod marked;
mod passages;
mod pattern;
mod phrases;
mod rules;
mod words;

pub use language::{Identified, Profiles, identify, identify_sentence};
pub use passages::{Cleaned, clean, clean_marked};
pub use rules::Rules;
