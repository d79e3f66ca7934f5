//! Which articles does this source hold? Files, folders, feeds, tables, archives and streams in, documents out.
//!
//! What a source is, its content says and not its name: text, HTML, JSON Lines, CSV, RSS, Atom, WARC, WACZ, Excel
//! workbooks, and any of these in gzip, zstd, xz, bzip2, Brotli or ZIP. A document that cannot be read is a
//! [`Failure`] in its place and never the end of the others. Memory does not grow with a source: documents come one by one, and no piece is larger than [`Limits`]
//! allow. Nothing is fetched: the pages of addresses come from [`Pages`], and without that an address is a failure that
//! says so.
//!
//! ```
//! use saksi_input::{Found, Options, documents_of};
//!
//! let lines = b"{\"title\":\"Floods\",\"text\":\"Rivers rose.\",\"date\":\"2026-03-04\"}\n".as_slice();
//! let found: Vec<Found> = documents_of("dump.jsonl", lines, &Options::default()).collect();
//! let Found::Document(document) = &found[0] else { panic!("{found:?}") };
//! assert_eq!(document.bytes, b"Floods\n\nRivers rose.");
//! assert_eq!(document.place.to_string(), "dump.jsonl:1");
//! ```

mod addresses;
mod columns;
mod dates;
mod document;
mod feed;
mod fields;
mod http;
mod jsonl;
mod open;
mod reason;
mod sniff;
mod source;
mod spreadsheet;
mod table;
mod unpack;
mod warc;
mod zips;

pub use columns::{ColumnError, Columns, Field};
pub use dates::{When, Written, when, written};
pub use document::{About, Document, Failure, Form, Found, Place, Skipped};
pub use feed::{Entry, entries};
pub use http::{Response, ResponseError, payload};
pub use open::{Documents, Limits, Options, Pages, documents, documents_of};
pub use reason::Reason;
pub use sniff::{Kind, sniff};
pub use source::{Held, Progress, Source, SourceError, can_be_read_twice, sources};
pub use unpack::unpacked;
pub use warc::{WarcRecord, WarcWriter, of_record, records};
