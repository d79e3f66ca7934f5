//! The headline of a page that has no heading: a message's first line in bold letters, or the last one above the text of a
//! page that a word processor wrote.

use crate::date;
use crate::head;
use crate::measure::{Block, Measured};
use crate::rules::{Rules, Says};
use crate::site::letters;
use crate::stem::{Stem, is_running};
use crate::tag::Tag;
use crate::tree::Tree;

/// A headline has no fewer words, and no more.
const LEAST: u32 = 4;
const MOST: u32 = 24;

/// The first line of a message, in bold letters, where the page's description begins with it and does not have the page's title,
/// which is then who sent it.
pub(crate) fn of_message(
    tree: &Tree,
    measured: &Measured,
    stem: &Stem,
    (description, titles): (&str, &[String]),
) -> Option<u32> {
    let first =
        &measured.blocks[measured.blocks_in(stem.node)].iter().find(|block| !stem.foreign[block.first as usize])?;
    let around = std::iter::successors(Some(first.first), |&at| Some(tree.nodes[at as usize].parent));
    let bold = around.take_while(|&at| at > first.owner).find(|&at| is_bold(tree, at))?;
    let line = tree.text_of(bold);
    let words = line.split_whitespace().count() as u32;
    let begins = letters(description).starts_with(&letters(&line));
    let sent = !titles.is_empty() && titles.iter().all(|title| !description.contains(title.as_str()));
    let whole = head::is_own_line(tree, measured, bold);
    ((LEAST - 1..=MOST).contains(&words) && begins && sent && whole && !line.ends_with('.')).then_some(bold)
}

/// The last line above the text that is in bold letters, or that its name says is the title.
pub(crate) fn of_document(tree: &Tree, measured: &Measured, stem: &Stem, rules: &Rules) -> Option<u32> {
    let blocks = measured.blocks_in(stem.node);
    let headline = |block: &&Block| !block.stop && block.words <= MOST && is_all_bold(tree, block);
    let text = measured.blocks[blocks].iter().find(|block| is_running(block) && !headline(block))?.first;
    let above = measured.blocks.iter().take_while(|block| block.first < text);
    let fits = |block: &&Block| {
        let line = measured.text(tree, block);
        (LEAST..=MOST).contains(&block.words)
            && !block.stop
            && measured.blocks_in(block.owner).len() == 1
            && (measured.says[block.owner as usize].any(Says::TITLE) || is_all_bold(tree, block))
            && !date::is_date(&line, rules)
            && !rules.begins_byline(&line)
    };
    above.filter(fits).last().map(|block| block.owner)
}

fn is_bold(tree: &Tree, at: u32) -> bool {
    matches!(tree.tag(at), Some(Tag::B | Tag::Strong))
}

/// Whether every text of a block that says anything stands in bold letters.
fn is_all_bold(tree: &Tree, block: &Block) -> bool {
    let says = |&at: &u32| tree.tag(at).is_none() && !tree.str(&tree.nodes[at as usize].range).trim().is_empty();
    let bold = |at: u32| {
        let around = std::iter::successors(Some(at), |&at| Some(tree.nodes[at as usize].parent));
        around.take_while(|&at| at > block.owner).any(|at| is_bold(tree, at))
    };
    (block.first..=block.last).filter(says).all(bold)
}
