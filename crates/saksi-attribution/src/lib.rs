//! Who says so? Finds what is somebody's word and not the outlet's: source, cue and content; and what somebody wants,
//! plans, knows, supports or decides.
//!
//! Quotations are found first, over whole paragraphs; then every word of lexicon/cues.tsv is asked whether it
//! attributes where it stands. What lies right beside a cue counts more than the tree, since trees are wrong now
//! and then; trees say where clauses end and who the subject is. Nothing here reads dates or events.

mod attitudes;
mod cite;
mod content;
mod continuing;
mod find;
mod kind;
mod lexicon;
mod preposition;
mod quotes;
mod rules;
mod settle;
mod shape;
mod source;
mod types;
mod view;

pub use rules::Rules;
use saksi_entities::Entities;
use saksi_tree::{Analysis, Text};
pub use types::{Found, Holds, Said};

/// Finds the attributions of one article and the attitudes it reports, in text order of their cues.
///
/// Every offset is in code points of `text`. A source that is a clitic or left out has no span; its actor is the
/// speaker before.
pub fn find(text: &Text, analysis: &Analysis, entities: &Entities, rules: &Rules) -> Found {
    let quotes = quotes::find(text, analysis);
    let input = view::Input { text, analysis, entities, rules, quotes: &quotes };
    let views: Vec<_> = (0..analysis.sentences.len()).map(|at| view::View::new(&input, at)).collect();
    let mut drafts = Vec::new();
    for view in &views {
        let from = drafts.len();
        for mut draft in find::in_sentence(view, &input, &views) {
            draft.carrier = draft.carrier.map(|carrier| carrier + from);
            drafts.push(draft);
        }
    }
    continuing::add(&mut drafts, &views, &input);
    let said = settle::settle(drafts, &views, &input);
    let held = attitudes::find(&views, &input, &said);
    Found { said, held }
}
