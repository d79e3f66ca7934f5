//! Which element holds the article's text?

use crate::head;
use crate::measure::{Block, Measured};
use crate::rules::{Rules, Says};
use crate::tag::Tag;
use crate::tree::{NONE, Name, Tree};
use rustc_hash::{FxHashMap, FxHashSet};

/// Says that mark an element as not the article's own.
pub(crate) const FOREIGN: Says =
    Says::CLUTTER.plus(Says::RELATED).plus(Says::COMMENTS).plus(Says::ADVERT).plus(Says::BOILERPLATE);

/// A paragraph of running text has at least so many characters.
const RUNNING: u32 = 60;
/// Of a paragraph's characters, the share in links up to which it is running text.
const LINKED: f32 = 0.4;
/// Up to this share in links a block with enough of its own words is running text.
const MIXED: f32 = 0.7;
/// A block is nothing but a link if more than this share of it is.
pub(crate) const ALL_LINK: f32 = 0.85;
/// The teaser of a story has no more words, and its box no more blocks.
const TEASER_WORDS: u32 = 70;
const TEASER_BLOCKS: usize = 6;
/// A headline on a card has no fewer words.
const HEADLINE_WORDS: u32 = 4;
/// The share of a row's running text that a column must hold to stand for it.
const COLUMN: f32 = 0.6;
/// Names that leave a smaller share of the running text lie where so many times as much is there without them.
const LEFT: f32 = 0.3;
const LEFT_OUT: f32 = 3.0;
/// What the worth of an element counts for that says it is the text, and what it is worth on top: measured on the half of
/// article-extraction-benchmark that is there to tune on, as are the numbers below.
const BODY_FACTOR: f32 = 1.8;
const BODY_BONUS: f32 = 300.0;
/// An element that says it is the text must hold so much of it.
const BODY_TEXT: f32 = 150.0;
/// What the worth of an element counts for that stands on the way to the text.
const WRAPPER_FACTOR: f32 = 1.1;
/// The share of an element's running text that a child must hold to stand for it.
const NEARLY_ALL: f32 = 0.85;
/// How many times the text that is shown a hidden one must have to be the article.
const HIDDEN_MORE: f32 = 2.0;
/// An element that names say is foreign is kept if it holds this share of the page's running text.
const MOST: f32 = 0.5;

/// A box with a date and a byline has no more elements and texts, and no more words.
const META_NODES: u32 = 40;
const META_WORDS: usize = 24;

/// So many parts of a text are looked at.
const PARTS: usize = 64;
/// A link stands no more elements above its text.
const LINK_DEPTH: usize = 6;

/// Where the text is, and what of it is not the article's.
#[derive(Debug)]
pub(crate) struct Stem {
    /// The element that holds the text.
    pub(crate) node: u32,
    /// For each node, whether it is in something foreign.
    pub(crate) foreign: Vec<bool>,
}

/// Whether a block is running text.
pub(crate) fn is_running(block: &Block) -> bool {
    let own = block.chars - block.link;
    let linked = block.link as f32 / block.chars.max(1) as f32;
    own >= RUNNING && linked < MIXED
        || linked < LINKED && (block.chars >= RUNNING || block.stop && block.chars >= RUNNING / 2 && block.words >= 4)
}

/// Finds the element that holds the article's text.
///
/// `title` is the shown headline: of several stories on one page, its own is the article.
pub(crate) fn find(tree: &Tree, measured: &Measured, title: Option<u32>, rules: &Rules) -> Stem {
    let next = title.and_then(|title| head::next_story(tree, measured, title, rules));
    let mut shown = choose(tree, measured, (title, next), Trust::All);
    let all: u32 = measured.blocks.iter().filter(|block| is_running(block)).map(|block| block.chars).sum();
    if shown.running < all as f32 * LEFT {
        let other = choose(tree, measured, (title, next), Trust::Boxes);
        if other.running >= BODY_TEXT && other.running > shown.running * LEFT_OUT {
            shown = other;
        }
    }
    let (running, hidden) = (shown.running, measured.says.iter().any(|says| says.any(Says::HIDDEN)));
    if hidden {
        // Pages that hide their text until a script shows it.
        let all = choose(tree, measured, (title, next), Trust::Shown);
        if measured.says[all.stem.node as usize].any(Says::BODY) && all.running > running * HIDDEN_MORE {
            return all.stem;
        }
    }
    shown.stem
}

struct Choice {
    stem: Stem,
    /// Characters of running text in it.
    running: f32,
}

/// Which names are believed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Trust {
    All,
    /// Those of paragraphs are not.
    Boxes,
    /// Those that hide are not.
    Shown,
}

fn choose(tree: &Tree, measured: &Measured, (title, next): (Option<u32>, Option<u32>), trust: Trust) -> Choice {
    // What holds the headline too is on the way to the text, whatever it is called.
    let is_body = |node: u32| {
        let headed = title.is_some_and(|title| node < title && title < measured.end[node as usize]);
        measured.says[node as usize].any(Says::BODY) && !headed
    };
    let count = tree.nodes.len();
    let chars = |block: &Block| if is_running(block) { block.chars as f32 } else { 0.0 };
    let total: f32 = measured.blocks.iter().map(chars).sum();
    let running = prefix(measured, chars);
    let sum = |prefix: &[f32], node: u32| {
        let blocks = measured.blocks_in(node);
        prefix[blocks.end] - prefix[blocks.start]
    };
    let mut foreign = vec![false; count];
    let lying = lying(tree, measured, |node| sum(&running, node));
    for at in 0..count {
        let parent = tree.nodes[at].parent;
        let inherited = parent != NONE && foreign[parent as usize];
        let said = measured.says[at];
        let own = said.any(FOREIGN)
            && !(trust == Trust::Boxes && tree.tag(at as u32) == Some(Tag::P))
            && sum(&running, at as u32) < total * MOST
            && !(said.any(FOREIGN) && is_lying(tree, measured, at as u32, &lying))
            && !is_quote(tree, measured, at as u32)
            && !is_meta(tree, measured, at as u32)
            && measured.line_with(tree, at as u32).is_none()
            || said.any(Says::HIDDEN) && trust != Trust::Shown;
        foreign[at] = inherited || own;
    }
    if let Some(next) = next {
        foreign[next as usize..].fill(true);
    }
    for at in 0..count as u32 {
        let beside = || sum(&running, at) + BODY_TEXT <= total;
        if !foreign[at as usize] && is_cards(tree, measured, at) && beside() {
            foreign[at as usize..measured.end[at as usize] as usize].fill(true);
        }
    }
    let told = foreign.clone();
    for at in 0..measured.blocks.len() {
        if let Some(teaser) = teaser(tree, measured, at) {
            foreign[teaser as usize..measured.end[teaser as usize] as usize].fill(true);
        }
    }
    // A round-up is made of what elsewhere are teasers.
    let left: f32 = measured.blocks.iter().filter(|block| !foreign[block.first as usize]).map(chars).sum();
    if left < RUNNING as f32 {
        foreign = told;
    }
    let own = |block: &Block| !foreign[block.first as usize];
    let running = prefix(measured, |block| if own(block) { chars(block) } else { 0.0 });
    let prefix = prefix(measured, |block| if own(block) { worth(tree, block) } else { 0.0 });
    let mut best = (f32::MIN, 0_u32);
    for at in 0..count as u32 {
        let Some(tag) = tree.tag(at) else { continue };
        let says = measured.says[at as usize];
        let holds = tag.is_block() && !tag.is_heading() && !matches!(tag, Tag::P | Tag::Li) || tag == Tag::Other;
        if foreign[at as usize]
            || !(holds || says.any(Says::BODY) && tag == Tag::Span)
            || measured.blocks_in(at).is_empty()
        {
            continue;
        }
        let mut value = sum(&prefix, at);
        let text = sum(&running, at);
        if is_body(at) && text >= BODY_TEXT {
            value = value.max(0.0) * BODY_FACTOR + BODY_BONUS;
        } else if value > 0.0 && says.any(Says::WRAPPER.plus(Says::BODY)) {
            value *= WRAPPER_FACTOR;
        }
        // Of two that are worth the same, the inner one.
        if value >= best.0 {
            best = (value, at);
        }
    }
    let best = widen(tree, measured, best.1, |node| if foreign[node as usize] { 0.0 } else { sum(&running, node) });
    let best = behind(tree, measured, best, &foreign);
    let node = descend(tree, best, is_body, |node| if foreign[node as usize] { 0.0 } else { sum(&running, node) });
    let running = sum(&running, node);
    Choice { stem: Stem { node, foreign }, running }
}

/// The classes that say that elements are no text and that hold, all together, most of what an element holds that says it is
/// the text: `subscriber-only` on each paragraph.
fn lying<'t>(tree: &'t Tree, measured: &Measured, running: impl Fn(u32) -> f32) -> FxHashSet<&'t str> {
    let mut found = FxHashSet::default();
    let mut at = 0;
    while at < tree.nodes.len() as u32 {
        let whole = if measured.says[at as usize].any(Says::BODY) { running(at) } else { 0.0 };
        if whole < BODY_TEXT || measured.says[at as usize].any(FOREIGN) {
            at += 1;
            continue;
        }
        let end = measured.end[at as usize];
        let mut sums: FxHashMap<&str, f32> = FxHashMap::default();
        let mut inner = at + 1;
        while inner < end {
            let says = measured.says[inner as usize];
            let class = tree.attribute(inner, Name::Class).filter(|_| says.any(FOREIGN) && !says.any(Says::COMMENTS));
            let Some(class) = class else {
                inner += 1;
                continue;
            };
            *sums.entry(class).or_default() += running(inner);
            inner = measured.end[inner as usize];
        }
        found.extend(sums.into_iter().filter(|(_, sum)| *sum >= whole * MOST).map(|(class, _)| class));
        at = end;
    }
    found
}

/// Whether an element's class is one of those that lie.
fn is_lying(tree: &Tree, measured: &Measured, at: u32, lying: &FxHashSet<&str>) -> bool {
    !lying.is_empty()
        && !measured.says[at as usize].any(Says::COMMENTS)
        && tree.attribute(at, Name::Class).is_some_and(|class| lying.contains(class))
}

/// The element around a paragraph that is the teaser of another story: a linked headline and few words, in a box.
fn teaser(tree: &Tree, measured: &Measured, at: usize) -> Option<u32> {
    let block = &measured.blocks[at];
    // A headline in a link that is longer than the sentence below it.
    let linked = block.stop && block.link > 0 && (block.chars - block.link) * 2 >= RUNNING;
    if !is_running(block) && !linked || block.words > TEASER_WORDS {
        return None;
    }
    if let Some(boxed) = broken_teaser(tree, measured, block) {
        return Some(boxed);
    }
    if !is_running(block) {
        return None;
    }
    let linked = |block: &Block| block.words >= 3 && block.link as f32 > block.chars as f32 * ALL_LINK;
    let before = at.saturating_sub(TEASER_BLOCKS / 2)..at;
    let headline = before.rev().find(|&before| linked(&measured.blocks[before]))?;
    if is_in_page(tree, measured.blocks[headline].first) {
        return None;
    }
    let mut node = block.owner;
    while measured.blocks_in(node).start > headline {
        node = tree.nodes[node as usize].parent;
        if node == NONE {
            return None;
        }
    }
    let inside = &measured.blocks[measured.blocks_in(node)];
    let boxed = inside.len() <= TEASER_BLOCKS && inside.iter().filter(|block| is_running(block)).count() == 1;
    boxed.then_some(node)
}

/// The box of a teaser whose headline, a link, only a line break parts from its words.
fn broken_teaser(tree: &Tree, measured: &Measured, block: &Block) -> Option<u32> {
    let owner = block.owner;
    let boxed = matches!(tree.tag(owner), Some(Tag::Div | Tag::Section | Tag::Aside | Tag::Td))
        && measured.blocks_in(owner).len() == 1;
    if !boxed || block.stop && block.link == 0 || is_in_page(tree, block.first) {
        return None;
    }
    let around = std::iter::successors(Some(block.first), |&at| Some(tree.nodes[at as usize].parent));
    let link = around.take_while(|&at| at > owner).take(LINK_DEPTH).find(|&at| tree.tag(at) == Some(Tag::A))?;
    let words = tree.text_of(link).split_whitespace().count();
    let headline = words >= 3 && !tree.text_of(link).ends_with('.');
    // Nothing but the break stands behind the link.
    let behind = (measured.end[link as usize]..=block.last).find(|&at| match tree.tag(at) {
        None => !tree.str(&tree.nodes[at as usize].range).trim().is_empty(),
        Some(tag) => tag == Tag::Br,
    });
    let broken = behind.is_some_and(|at| tree.tag(at) == Some(Tag::Br));
    // A sentence that only breaks there goes on in small letters.
    let last = tree.str(&tree.nodes[block.last as usize].range);
    let small = last.trim_start().starts_with(char::is_lowercase);
    (headline && broken && !small).then_some(owner)
}

/// Whether an element holds the cards of other stories: several boxes of one make, each a picture, a headline and few words.
fn is_cards(tree: &Tree, measured: &Measured, at: u32) -> bool {
    if !matches!(tree.tag(at), Some(Tag::Div | Tag::Section | Tag::Aside | Tag::Ul)) {
        return false;
    }
    let make = |at: u32| (tree.tag(at), tree.attribute(at, Name::Class));
    let mut first = None;
    let mut count = 0;
    for child in tree.children(at).filter(|&child| tree.tag(child).is_some()) {
        let own = make(child);
        if own.1.is_none() || *first.get_or_insert(own) != own || !is_story_card(tree, measured, child) {
            return false;
        }
        count += 1;
    }
    count > 1
}

fn is_story_card(tree: &Tree, measured: &Measured, at: u32) -> bool {
    let blocks = &measured.blocks[measured.blocks_in(at)];
    let Some((headline, words)) = blocks.split_first() else { return false };
    let pictured = (at + 1..headline.first).take(META_NODES as usize).any(|at| tree.tag(at) == Some(Tag::Img));
    // A name of two or three words, all of them large, is of a person in the story.
    let text = measured.text(tree, headline);
    let small = text.split_whitespace().any(|word| word.starts_with(char::is_lowercase));
    let least = if small { 2 } else { HEADLINE_WORDS };
    let headed = !headline.stop && (least..=TEASER_WORDS / 4).contains(&headline.words);
    let few = words.len() < TEASER_BLOCKS && words.iter().map(|block| block.words).sum::<u32>() <= TEASER_WORDS;
    pictured && headed && few && words.iter().any(is_running)
}

/// Whether a text stands in a link to a place in the same page.
fn is_in_page(tree: &Tree, text: u32) -> bool {
    let around = std::iter::successors(Some(text), |&at| Some(tree.nodes[at as usize].parent).filter(|&at| at != NONE));
    let link = around.take(LINK_DEPTH).find(|&at| tree.tag(at) == Some(Tag::A));
    link.and_then(|at| tree.attribute(at, Name::Href)).is_some_and(|href| href.trim_start().starts_with('#'))
}

/// Whether an element is a quoted post, which belongs to the text although it is set into a box.
fn is_quote(tree: &Tree, measured: &Measured, node: u32) -> bool {
    let end = measured.end[node as usize];
    end - node < 400
        && measured.says[node as usize].without(Says::BOILERPLATE) == Says::default()
        && (node..end).any(|at| tree.tag(at) == Some(Tag::Blockquote))
}

/// Whether an element that its names put beside the text holds nothing but a date, and maybe a byline.
fn is_meta(tree: &Tree, measured: &Measured, node: u32) -> bool {
    let end = measured.end[node as usize];
    if !tree.is_short(node..end, META_NODES) || measured.says[node as usize].any(FOREIGN.without(Says::BOILERPLATE)) {
        return false;
    }
    let mut dated = false;
    let mut at = node + 1;
    while at < end {
        let says = measured.says[at as usize];
        match tree.tag(at) {
            Some(Tag::Time) => dated = true,
            Some(_) if says.any(Says::DATE) => dated = true,
            Some(_) if says.any(Says::BYLINE) => {}
            Some(_) => {
                at += 1;
                continue;
            }
            None if tree.str(&tree.nodes[at as usize].range).trim().is_empty() => {}
            None => return false,
        }
        at = measured.end[at as usize];
    }
    dated && tree.text_of(node).split_whitespace().count() <= META_WORDS
}

/// Goes up to the parent of an element that is one part of a text: the parent holds another that says it is the text, or one
/// of the same make.
fn widen(tree: &Tree, measured: &Measured, node: u32, running: impl Fn(u32) -> f32) -> u32 {
    let parent = tree.nodes[node as usize].parent;
    let says = |node: u32| measured.says[node as usize].any(Says::BODY);
    let holds = |node: u32| tree.tag(node).is_some_and(|tag| tag.is_block() && tag != Tag::P);
    if parent == NONE || matches!(tree.tag(parent), Some(Tag::Body | Tag::Html)) {
        return node;
    }
    let make = |node: u32| (tree.tag(node), tree.attribute(node, Name::Class), tree.attribute(node, Name::Data));
    // Blocks of text that a content system sets one below the other, with pictures and pointers between them.
    let part = |other: u32| {
        let own = make(node);
        let linked = || measured.blocks[measured.blocks_in(other)].iter().any(|block| block.link * 2 > block.chars);
        (own.1.is_some() || own.2.is_some()) && make(other) == own && running(other) > 0.0 && !linked()
    };
    let other = tree.children(parent).any(|other| {
        other != node && holds(other) && (says(node) && says(other) && running(other) >= BODY_TEXT || part(other))
    });
    if other {
        return parent;
    }
    // Each part in a row of its own: "<tr><td>".
    let row = |node: u32| tree.children(node).filter(|&child| tree.tag(child).is_some()).count() == 1;
    let around = tree.nodes[parent as usize].parent;
    let rows = || {
        let cells = tree.children(around).filter(|&other| other != parent && row(other)).take(PARTS);
        cells.filter_map(|other| tree.children(other).find(|&cell| tree.tag(cell).is_some())).any(part)
    };
    if around != NONE && row(parent) && rows() { around } else { node }
}

/// The parent of an element whose text goes on in bare paragraphs right behind it, as an end tag too many leaves them.
fn behind(tree: &Tree, measured: &Measured, node: u32, foreign: &[bool]) -> u32 {
    let parent = tree.nodes[node as usize].parent;
    if parent == NONE || tree.tag(node) == Some(Tag::P) || matches!(tree.tag(parent), Some(Tag::Body | Tag::Html)) {
        return node;
    }
    let bare = |at: u32| {
        tree.tag(at) == Some(Tag::P)
            && tree.attribute(at, Name::Class).is_none()
            && tree.attribute(at, Name::Id).is_none()
    };
    let own = |&at: &u32| {
        let blocks = &measured.blocks[measured.blocks_in(at)];
        blocks.len() == 1 && is_running(&blocks[0]) && blocks[0].link == 0 && blocks[0].stop && !foreign[at as usize]
    };
    let after = std::iter::successors(Some(node), |&at| Some(tree.nodes[at as usize].next).filter(|&at| at != NONE));
    let mut next = after.skip(1).filter(|&at| tree.tag(at).is_some()).take_while(|&at| bare(at));
    let first = next.next().filter(own);
    let paragraphs = tree.children(node).filter(|&at| bare(at)).count();
    if first.is_some() && next.next().is_some() && paragraphs > 1 { parent } else { node }
}

/// Goes down to the child that holds nearly all running text of its parent.
fn descend(tree: &Tree, from: u32, is_body: impl Fn(u32) -> bool, running: impl Fn(u32) -> f32) -> u32 {
    let mut node = from;
    loop {
        if is_body(node) {
            return node;
        }
        let whole = running(node);
        let inner = tree.children(node).find(|&child| {
            let holds =
                tree.tag(child).is_some_and(|tag| tag.is_block() && !matches!(tag, Tag::P) || tag == Tag::Other);
            let share = if tree.tag(child) == Some(Tag::Td) { COLUMN } else { NEARLY_ALL };
            holds && running(child) >= whole * share && whole > 0.0
        });
        match inner {
            Some(inner) => node = inner,
            None => return node,
        }
    }
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
