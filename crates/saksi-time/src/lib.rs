//! Which day does this phrase mean?
//!
//! A language's rules (`rules/time.toml`) are patterns over its lexicons of months, weekdays, numbers, units and parts
//! of the day; each names one of a small closed set of ways to make a value. [`resolve`] finds the longest matches in
//! each sentence and resolves them in text order against the publication day and the times named before. It needs
//! the sentences and their words, and no tree.

mod calendar;
mod classes;
mod find;
mod lex;
mod make;
mod pattern;
mod resolve;
mod rules;
mod tense;
mod types;

pub use resolve::resolve;
pub use rules::{Example, Rules};
pub use types::{Found, Lead, Times};
