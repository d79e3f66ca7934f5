//! Which element holds the article's text?

use crate::measure::{Block, Measured};
use crate::rules::Says;
use crate::tag::Tag;
use crate::tree::{NONE, Tree};

/// Says that mark an element as not the article's own.
const FOREIGN: Says = Says::CLUTTER.plus(Says::RELATED).plus(Says::COMMENTS).plus(Says::ADVERT).plus(Says::BOILERPLATE);

/// A paragraph of running text has at least so many characters.
const RUNNING: u32 = 60;
/// Of a paragraph's characters, the share in links up to which it is running text.
const LINKED: f32 = 0.4;
/// An element that names say is foreign is kept if it holds this share of the page's running text.
const MOST: f32 = 0.5;

/// Where the text is, and what of it is not the article's.
#[derive(Debug)]
pub(crate) struct Content {
    /// The element that holds the text.
    pub(crate) node: u32,
    /// For each node, whether it is in something foreign.
    pub(crate) foreign: Vec<bool>,
}

/// Whether a block is running text.
pub(crate) fn is_running(block: &Block) -> bool {
    let linked = block.link as f32 / block.chars.max(1) as f32;
    linked < LINKED && (block.chars >= RUNNING || block.stop && block.chars >= RUNNING / 2 && block.words >= 4)
}

/// Finds the element that holds the article's text.
pub(crate) fn find(tree: &Tree, measured: &Measured) -> Content {
    let count = tree.nodes.len();
    let running: u32 = measured.blocks.iter().filter(|block| is_running(block)).map(|block| block.chars).sum();
    let prefix = prefix(measured, |block| if is_running(block) { f32::from(block.chars as u16) } else { 0.0 });
    let sum = |node: u32| {
        let blocks = measured.blocks_in(node);
        prefix[blocks.end] - prefix[blocks.start]
    };
    let mut foreign = vec![false; count];
    for at in 0..count {
        let parent = tree.nodes[at].parent;
        let inherited = parent != NONE && foreign[parent as usize];
        let said = measured.says[at];
        let own = said.any(FOREIGN) || said.any(Says::HIDDEN);
        foreign[at] = inherited || own && sum(at as u32) < running as f32 * MOST;
    }
    let prefix = self::prefix(measured, |block| if foreign[block.first as usize] { 0.0 } else { worth(tree, block) });
    let mut best = (f32::MIN, 0_u32);
    for at in 0..count {
        let Some(tag) = tree.nodes[at].tag else { continue };
        if foreign[at] || !tag.is_block() && tag != Tag::Other && tag != Tag::Html {
            continue;
        }
        let blocks = measured.blocks_in(at as u32);
        if blocks.is_empty() {
            continue;
        }
        let mut value = prefix[blocks.end] - prefix[blocks.start];
        if value > 0.0 {
            let said = measured.says[at];
            if said.any(Says::BODY) {
                value *= 1.3;
            } else if said.any(Says::CONTENT) {
                value *= 1.1;
            }
        }
        // Of two that are worth the same, the inner one.
        if value >= best.0 {
            best = (value, at as u32);
        }
    }
    Content { node: best.1, foreign }
}

/// What a block adds to the element that holds it.
fn worth(tree: &Tree, block: &Block) -> f32 {
    let chars = block.chars as f32;
    if is_running(block) {
        chars - block.link as f32 * 1.5
    } else if tree.tag(block.owner).is_some_and(Tag::is_heading) {
        0.0
    } else {
        -(block.link as f32 + chars * 0.3) - 5.0
    }
}

fn prefix(measured: &Measured, mut of: impl FnMut(&Block) -> f32) -> Vec<f32> {
    let mut sum = 0.0;
    let mut all = Vec::with_capacity(measured.blocks.len() + 1);
    all.push(0.0);
    for block in &measured.blocks {
        sum += of(block);
        all.push(sum);
    }
    all
}
