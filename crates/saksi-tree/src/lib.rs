//! What does an analysed text look like? The text with its offsets, sentences, tokens and UD trees.
//!
//! Nothing here reads a language or a model; the types are what `saksi-analysis` fills and every later stage
//! reads. Offsets are code points, as in the record.

mod analysis;
mod conllu;
mod text;

pub use analysis::{Analysis, Multiword, Name, NameKind, Region, RegionKind, Sentence, Token, Upos};
pub use conllu::{ConlluError, read_conllu, write_conllu};
pub use saksi_record::{Note, Span};
pub use text::Text;
