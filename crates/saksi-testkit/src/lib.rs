//! How is a corpus case written? Reads corpus files and holds records against them; for tests only.
//!
//! ```text
//! === bare passive: the agent follows the verb
//! :published 2024-03-05
//!
//! Bupati Rawasari dipanggil kejaksaan, Senin (4/3), kata juru bicara polisi.
//!
//! ---
//! event COERCE arrest
//!   trigger    "dipanggil"
//!   actor      "kejaksaan"
//!   recipient  "Bupati Rawasari"
//!   time       "Senin (4/3)" = 2024-03-04
//!   source     "juru bicara polisi"
//! ```
//!
//! `actor-country KEN, UGA` says of which states the actors are, `none` of no known one; so does `recipient-country`.
//!
//! Evidence is quoted. A field that is not written is not checked, but for the status, which is `actual` unless written.
//! `nothing` stands for no event at all. `actor none` says that nobody is named. `optional event …` may be found or
//! not. A case that is known to come out wrong says so with `:known-wrong <why>`, and fails once it comes right; `cargo xtask bless` sets and
//! takes these marks, never the expectations.

mod case;
mod compare;
mod generate;
mod records;

pub use case::{Case, CorpusError, ExpectedEvent, Field, parse};
pub use compare::{Outcome, compare, outcome};
pub use generate::{Made, Make, TemplateError, Templates, generate};
pub use records::{World, record};
