//! What does the page say as text, and where in its bytes?
//!
//! Decodes a file, reads its elements with the byte range of every character, finds the element that holds the article, and
//! lays that out as lines: headline, byline, date, body. What markup says is noise (captions, boxes that point to other
//! stories, labels of advertisements) stays in the text and is marked. What the page says of itself is read from JSON-LD,
//! `meta` elements, microdata and the words shown. The names by which elements tell what they are stand in
//! `world/page/markup.tsv`.

mod date;
mod decode;
mod ends;
mod fate;
mod glued;
mod head;
mod held;
mod jsonld;
mod layout;
mod lead;
mod lines;
mod measure;
mod meta;
mod names;
mod offsets;
mod page;
mod parse;
mod rules;
mod site;
mod stem;
mod tag;
mod tree;

pub use decode::{DecodeError, Decoded, decode, decode_as};
pub use layout::{Mark, Markup};
pub use meta::{Meta, Stamp, Undecided, decided};
pub use page::{ByteMap, Hints, Page, is_page, read};
pub use rules::Rules;
