//! Where readers' comments or other stories begin below a text that nothing in names parts from them.

use crate::date;
use crate::measure::{Block, Measured};
use crate::rules::Rules;
use crate::stem::is_running;
use crate::tag::Tag;
use crate::tree::{NONE, Name, Tree};
use std::ops::Range;

/// A heading has no more words.
const HEADING_WORDS: u32 = 8;
/// One that says how many comments there are, of which article.
const COUNTED_WORDS: u32 = 30;
/// Words about another story are no more, and a link stands no more elements above its text.
const TEASER_WORDS: u32 = 70;
const DEPTH: usize = 6;
/// What a reader says has no more blocks, no more words about who says it and when, and a nickname no more.
const SAID_BLOCKS: usize = 6;
/// So many sources are looked at.
const SOURCES: usize = 60;
const HEAD_WORDS: usize = 12;
const NICK_WORDS: u32 = 4;
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
    let said = said(tree, measured, rules, blocks.clone(), running);
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
        if block.link == 0 && rules.is_sources(&text) && is_sources(tree, measured, at + 1..blocks.end) {
            return Some(said.map_or(at, |said| said.min(at)));
        }
        if rules.is_comments(&text) || block.link == 0 && below.len() > 1 && rules.is_others(&text) && teasers() {
            return Some(said.map_or(at, |said| said.min(at)));
        }
    }
    said
}

/// The block that begins what readers say below a text, in boxes of one make with nothing in names to tell them: each with who
/// says it and when, and a few words.
fn said(tree: &Tree, measured: &Measured, rules: &Rules, blocks: Range<usize>, running: &[usize]) -> Option<usize> {
    let chars = |at: &[usize]| at.iter().map(|&at| measured.blocks[at].chars).sum::<u32>();
    let boxed =
        |at: usize| said_box(tree, measured, rules, at).filter(|&boxed| measured.blocks_in(boxed).start > blocks.start);
    for (place, &at) in running.iter().enumerate().skip(1) {
        let Some(first) = boxed(at) else { continue };
        let (above, below) = running.split_at(place);
        let make = |at: u32| (tree.tag(at), tree.attribute(at, Name::Class), tree.nodes[at as usize].parent);
        let alike = |&at: &usize| boxed(at).is_some_and(|other| make(other) == make(first));
        let replied = has_reply(tree, measured, rules, first);
        if chars(above) < chars(below) || !below.iter().all(alike) || below.len() < 2 && !replied {
            return None;
        }
        let start = measured.blocks_in(first).start;
        // A label above them: "What readers say".
        let label =
            start.checked_sub(1).filter(|&at| at > above[above.len() - 1] && is_label(tree, &measured.blocks[at]));
        return Some(label.unwrap_or(start));
    }
    None
}

/// The small box around a paragraph that begins with who says it and when.
fn said_box(tree: &Tree, measured: &Measured, rules: &Rules, at: usize) -> Option<u32> {
    let block = &measured.blocks[at];
    let mut around = block.owner;
    for _ in 0..DEPTH {
        if around == NONE || matches!(tree.tag(around), Some(Tag::Body | Tag::Html | Tag::Main | Tag::Article)) {
            return None;
        }
        let inside = measured.blocks_in(around);
        if inside.len() > SAID_BLOCKS {
            return None;
        }
        let head: Vec<&Block> = measured.blocks[inside.start..at.max(inside.start)].iter().collect();
        if !head.is_empty() {
            let text: Vec<String> = head.iter().map(|block| measured.text(tree, block)).collect();
            let line = text.join(" ");
            let words = line.split_whitespace().count();
            let told = date::is_date(&line, rules)
                || text.iter().any(|text| rules.is_ago(text))
                || is_ago_behind(&line, rules);
            let named = line.split_whitespace().next().is_some_and(|word| word.starts_with(char::is_alphabetic));
            let plain = head.iter().all(|block| block.link * 2 <= block.chars || block.words <= NICK_WORDS);
            let fits = (2..=HEAD_WORDS).contains(&words) && told && named && plain && block.words <= TEASER_WORDS;
            let heading =
                head.iter().any(|block| block.words > NICK_WORDS && tree.tag(block.owner).is_some_and(Tag::is_heading));
            return (fits && !heading && !head.iter().any(|block| block.stop)).then_some(around);
        }
        around = tree.nodes[around as usize].parent;
    }
    None
}

/// Whether a line ends with a time told from now: "rina88 2 hours ago".
fn is_ago_behind(line: &str, rules: &Rules) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    (1..words.len()).any(|at| rules.is_ago(&words[at..].join(" ")))
}

/// Whether a box has a button to answer what it says.
fn has_reply(tree: &Tree, measured: &Measured, rules: &Rules, at: u32) -> bool {
    (at..measured.end[at as usize]).any(|inner| {
        matches!(tree.tag(inner), Some(Tag::A | Tag::Button | Tag::Span | Tag::Small))
            && rules.is_reply(&tree.text_of(inner))
    })
}

/// Whether some blocks are a list, and most of them have a link or an address.
fn is_sources(tree: &Tree, measured: &Measured, blocks: Range<usize>) -> bool {
    let listed: Vec<&Block> = measured.blocks[blocks].iter().take(SOURCES).collect();
    let item = |block: &&&Block| tree.tag(block.owner) == Some(Tag::Li) || block.link * 2 > block.chars;
    let linked = |block: &&&Block| block.link > 0 || measured.text(tree, block).contains("://");
    let items = listed.iter().take_while(item);
    let rest = listed.iter().skip_while(item);
    let (count, links) = (items.clone().count(), items.filter(linked).count());
    count > 0 && links * 2 >= count && !rest.copied().any(is_running)
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
