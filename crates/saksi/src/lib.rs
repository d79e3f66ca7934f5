//! One article in, its attributed record out: the pipeline, and the public interface of saksi.
//!
//! ```
//! use saksi::{Packs, RawArticle, read};
//!
//! let packs = Packs::builtin();
//! let article = RawArticle { bytes: b"Rebels attack town\n\nRebels attacked the town of Bunia.", ..RawArticle::default() };
//! let record = read(&article, &packs).unwrap();
//! assert_eq!(record.schema, "saksi/1");
//! ```

mod assemble;
mod packs;
mod read;
mod text;

pub use packs::{Language, Packs};
pub use read::{Analyze, MAX_BYTES, RawArticle, ReadError, analyze, read};
pub use saksi_page::ByteMap;
pub use saksi_record as record;
pub use saksi_tree as tree;
pub use text::{CleanArticle, clean};
