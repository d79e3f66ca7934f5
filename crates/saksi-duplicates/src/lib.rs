//! Which articles are copies of one text, and who wrote it first?
//!
//! Each article gets a [`Signature`] of its own words: noise and headline count for nothing. [`group`] finds those that
//! are the same, nearly the same, or an abridged form of each other, without comparing every pair; [`Credits`] reads which
//! news agency an article names as its own source. Memory is 300 bytes an article, and time grows with their number.
//!
//! ```
//! use saksi_duplicates::{Dated, Kind, group, signature_of};
//!
//! let text = "The minister said on Monday that the border would be reopened after ten days of talks in the capital";
//! let articles = [text, "Something else entirely happened far away in another city on that very day", text];
//! let articles: Vec<Dated> = articles.iter().map(|text| Dated { signature: signature_of(text), when: None }).collect();
//! let groups = group(&articles);
//! assert_eq!(groups[0].members.iter().map(|member| member.article).collect::<Vec<_>>(), [0, 2]);
//! assert_eq!(groups[0].members[1].kind, Kind::Exact);
//! ```

mod credit;
mod group;
mod kin;
mod signature;

pub use credit::Credits;
pub use group::{Dated, Group, Member, group};
pub use kin::{BANDS, bands, kin, may_be_copies};
pub use saksi_record::CopyKind as Kind;
pub use signature::{SIZE, Signature, signature, signature_of, signature_of_parts};
