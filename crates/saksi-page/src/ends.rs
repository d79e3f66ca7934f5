//! Where readers' comments or other stories begin below a text that nothing in names parts from them.

use crate::measure::{Block, Measured};
use crate::rules::Rules;
use crate::stem::is_running;
use crate::tag::Tag;
use crate::tree::Tree;
use std::ops::Range;

/// A heading has no more words.
const HEADING_WORDS: u32 = 8;
/// One that says how many comments there are, of which article.
const COUNTED_WORDS: u32 = 30;
/// Words about another story are no more, and a link stands no more elements above its text.
const TEASER_WORDS: u32 = 70;
const DEPTH: usize = 6;
/// So much of the running text stands above what is below a text.
const ABOVE: f32 = 0.4;

/// The block of `blocks` that the article ends before: a heading of comments, or one of other stories with nothing below it
/// but those. `running` are the article's blocks as far as is known.
pub(crate) fn behind(
    tree: &Tree,
    measured: &Measured,
    rules: &Rules,
    blocks: Range<usize>,
    running: &[usize],
) -> Option<usize> {
    let chars = |at: &usize| measured.blocks[*at].chars;
    let all: u32 = running.iter().map(chars).sum();
    let mut above = 0;
    let mut seen = 0;
    for at in blocks.clone() {
        while running.get(seen).is_some_and(|&other| other < at) {
            above += chars(&running[seen]);
            seen += 1;
        }
        let block = &measured.blocks[at];
        if above == 0 || (above as f32) < all as f32 * ABOVE || block.words > COUNTED_WORDS {
            continue;
        }
        let text = measured.text(tree, block);
        // "12 thoughts on “…”" has the headline in it.
        if !is_label(tree, block) && !rules.is_counted(&text) {
            continue;
        }
        let below = &running[seen..];
        let teasers = || below.iter().all(|&other| is_teaser(tree, &measured.blocks[other]));
        if rules.is_comments(&text) || block.link == 0 && below.len() > 1 && rules.is_others(&text) && teasers() {
            return Some(at);
        }
    }
    None
}

/// Whether a block is a heading, or a few words that may stand for one.
fn is_label(tree: &Tree, block: &Block) -> bool {
    let heading = tree.tag(block.owner).is_some_and(Tag::is_heading);
    block.words <= HEADING_WORDS && !is_running(block) && (heading || !block.stop)
}

/// Whether a paragraph begins or ends with a link, as few words about another story do.
fn is_teaser(tree: &Tree, block: &Block) -> bool {
    let linked = |text: u32| {
        let around = std::iter::successors(Some(text), |&at| Some(tree.nodes[at as usize].parent));
        around.take_while(|&at| at > block.owner).take(DEPTH).any(|at| tree.tag(at) == Some(Tag::A))
    };
    block.words <= TEASER_WORDS && (linked(block.first) || linked(block.last))
}
