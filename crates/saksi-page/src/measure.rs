//! Measures a tree: its blocks of text, how much of each is links, and what the names of its elements say.

use crate::rules::{Rules, Says};
use crate::stem::FOREIGN;
use crate::tag::Tag;
use crate::tree::{NONE, Name, Tree};
use rustc_hash::FxHashMap;

/// An element in the midst of a line has no more elements and texts in it.
const LINE_NODES: u32 = 100;

/// A run of text that stands on lines of its own.
#[derive(Debug, Clone)]
pub(crate) struct Block {
    /// The innermost block element around it.
    pub(crate) owner: u32,
    /// Its first and last text.
    pub(crate) first: u32,
    pub(crate) last: u32,
    /// Characters, blanks folded; and how many of them stand in links.
    pub(crate) chars: u32,
    pub(crate) link: u32,
    pub(crate) commas: u32,
    pub(crate) words: u32,
    /// It ends as a sentence does.
    pub(crate) stop: bool,
}

/// A tree's measures.
#[derive(Debug, Default)]
pub(crate) struct Measured {
    /// What is said of each element.
    pub(crate) says: Vec<Says>,
    /// For each node, the node after all in it.
    pub(crate) end: Vec<u32>,
    /// The innermost block element around each node.
    pub(crate) owner: Vec<u32>,
    pub(crate) blocks: Vec<Block>,
    /// For each node, the first block that begins at it or after it; one more at the end.
    block_at: Vec<u32>,
}

impl Measured {
    /// The blocks in a node.
    pub(crate) fn blocks_in(&self, node: u32) -> std::ops::Range<usize> {
        let end = self.end[node as usize];
        self.block_at[node as usize] as usize..self.block_at[end as usize] as usize
    }
}

impl Measured {
    /// The block that a text belongs to.
    pub(crate) fn block_of(&self, text: u32) -> Option<usize> {
        let at = self.blocks.partition_point(|block| block.first <= text).checked_sub(1)?;
        (text <= self.blocks[at].last).then_some(at)
    }

    /// The words of a block.
    pub(crate) fn text(&self, tree: &Tree, block: &Block) -> String {
        let own = |&at: &u32| tree.tag(at).is_none() && self.owner[at as usize] == block.owner;
        (block.first..=block.last).filter(own).map(|at| tree.str(&tree.nodes[at as usize].range)).collect()
    }

    /// The block that an element in it holds only a part of, in the midst of other words.
    pub(crate) fn line_with(&self, tree: &Tree, at: u32) -> Option<usize> {
        let inside = at..self.end[at as usize];
        if tree.tag(at).is_some_and(Tag::is_block) || !tree.is_short(inside.clone(), LINE_NODES) {
            return None;
        }
        if inside.clone().any(|node| tree.tag(node).is_some_and(Tag::is_block)) {
            return None;
        }
        let says =
            |&node: &u32| tree.tag(node).is_none() && !tree.str(&tree.nodes[node as usize].range).trim().is_empty();
        let block = self.block_of(inside.into_iter().find(says)?)?;
        let own = tree.text_of(at).chars().count() as u32;
        // Blanks at both ends count in the block.
        (own + 2 < self.blocks[block].chars).then_some(block)
    }
}

/// Measures a tree.
pub(crate) fn measure(tree: &Tree, rules: &Rules) -> Measured {
    let count = tree.nodes.len();
    let mut measured = Measured {
        says: vec![Says::default(); count],
        end: vec![0; count],
        owner: vec![0; count],
        blocks: Vec::new(),
        block_at: vec![0; count + 1],
    };
    ends(tree, &mut measured.end);
    let mut known: FxHashMap<(&str, u8), Says> = FxHashMap::default();
    // Per node: whether it is in something silent, and whether in a link.
    let mut silent = vec![false; count];
    let mut linked = vec![false; count];
    let mut open: Option<Block> = None;
    let mut breaks = 0_u32;
    let mut blank = true;
    for at in 0..count {
        let node = &tree.nodes[at];
        let parent = if node.parent == NONE { 0 } else { node.parent as usize };
        measured.block_at[at] = measured.blocks.len() as u32 + u32::from(open.is_some());
        let Some(tag) = node.tag else {
            measured.owner[at] = measured.owner[parent];
            (silent[at], linked[at]) = (silent[parent], linked[parent]);
            if silent[at] {
                continue;
            }
            let text = tree.str(&node.range);
            let owner = measured.owner[at];
            if open.as_ref().is_some_and(|block| block.owner != owner) {
                measured.blocks.extend(open.take().filter(|block| block.chars > 0));
                measured.block_at[at] = measured.blocks.len() as u32;
                blank = true;
            }
            let block = open.get_or_insert(Block {
                owner,
                first: at as u32,
                last: at as u32,
                chars: 0,
                link: 0,
                commas: 0,
                words: 0,
                stop: false,
            });
            if block.chars == 0 {
                block.first = at as u32;
            }
            if count_text(text, linked[at], block, &mut blank) {
                breaks = 0;
            }
            block.last = at as u32;
            continue;
        };
        silent[at] = silent[parent] || tag.is_silent();
        linked[at] = linked[parent] || tag == Tag::A;
        measured.owner[at] = if tag.is_block() { at as u32 } else { measured.owner[parent] };
        if tag == Tag::Br {
            breaks += 1;
        }
        if tag.is_block() || breaks >= 2 {
            measured.blocks.extend(open.take().filter(|block| block.chars > 0));
            measured.block_at[at] = measured.blocks.len() as u32;
            blank = true;
            breaks = 0;
        }
        if !silent[at] {
            measured.says[at] = says(tree, at as u32, tag, rules, &mut known);
        }
    }
    measured.blocks.extend(open.take().filter(|block| block.chars > 0));
    measured.block_at[count] = measured.blocks.len() as u32;
    // A block that came to nothing was counted before it was known.
    let total = measured.blocks.len() as u32;
    let mut block = total;
    for at in (0..count).rev() {
        while block > 0 && measured.blocks[block as usize - 1].first >= at as u32 {
            block -= 1;
        }
        measured.block_at[at] = block;
    }
    measured
}

/// For each node, the node after all in it. Nodes stand in the order of the page.
fn ends(tree: &Tree, end: &mut [u32]) {
    for at in (0..tree.nodes.len()).rev() {
        let last = tree.nodes[at].last;
        end[at] = if last == NONE { at as u32 + 1 } else { end[last as usize] };
    }
}

/// What a screen reader calls a box has no more words.
const LABEL_WORDS: usize = 4;

/// Counts a text into its block; whether it had anything but blanks.
fn count_text(text: &str, linked: bool, block: &mut Block, blank: &mut bool) -> bool {
    let before = block.chars;
    for c in text.chars() {
        if c.is_ascii_whitespace() || c == '\u{a0}' {
            if !*blank {
                block.chars += 1;
                block.link += u32::from(linked);
            }
            *blank = true;
            continue;
        }
        block.words += u32::from(*blank);
        *blank = false;
        block.chars += 1;
        block.link += u32::from(linked);
        match c {
            ',' | '،' | '、' | '，' => {
                block.commas += 1;
                block.stop = false;
            }
            '.' | '!' | '?' | '…' | '。' | '！' | '？' | ':' | '؟' | '।' => block.stop = true,
            '"' | '\'' | '”' | '’' | ')' | '»' | '“' | '」' => {}
            _ => block.stop = false,
        }
    }
    block.chars > before
}

/// What the names and attributes of an element say.
fn says<'t>(tree: &'t Tree, node: u32, tag: Tag, rules: &Rules, known: &mut FxHashMap<(&'t str, u8), Says>) -> Says {
    let range = tree.nodes[node as usize].range.clone();
    let mut all = Says::default();
    for attribute in &tree.attributes[range.start as usize..range.end as usize] {
        let value = tree.str(&attribute.value);
        let said = match attribute.name {
            Name::Id => {
                let said = *known.entry((value, 2)).or_insert_with(|| rules.id(value));
                let may_be_heading = said.any(FOREIGN) && !said.any(Says::COMMENTS.plus(Says::RELATED));
                if may_be_heading && is_slug(tree, node, value) { Says::default() } else { said }
            }
            Name::Class | Name::Data => *known.entry((value, 0)).or_insert_with(|| rules.class(value)),
            // What a screen reader calls a box: "newsletter promotion". Of a link it says what the link's words say.
            Name::Label if tag.is_block() && value.split_ascii_whitespace().count() <= LABEL_WORDS => {
                known.entry((value, 0)).or_insert_with(|| rules.class(value)).only(FOREIGN)
            }
            Name::Itemprop => *known.entry((value, 1)).or_insert_with(|| rules.itemprop(value)),
            Name::Hidden => Says::HIDDEN,
            Name::Style if hides(value) => Says::HIDDEN,
            Name::Rel if value.split_ascii_whitespace().any(|word| word == "author") => Says::BYLINE,
            Name::Role if matches!(value, "navigation" | "complementary" | "banner" | "search" | "dialog") => {
                Says::CLUTTER
            }
            _ => continue,
        };
        all = all.or(said);
    }
    match tag {
        // What a page's own element says is of the page, not of the text.
        Tag::Body | Tag::Html => Says::default(),
        Tag::Nav | Tag::Footer | Tag::Aside | Tag::Menu | Tag::Dialog | Tag::AmpSidebar => all.or(Says::CLUTTER),
        Tag::AmpAd | Tag::AmpEmbed => all.or(Says::ADVERT),
        Tag::Figcaption => all.or(Says::CAPTION),
        Tag::Main | Tag::Article => all.or(Says::WRAPPER),
        _ => all,
    }
}

/// Whether an id is made of the heading that the element is or begins with: "the-vote" of "The vote".
fn is_slug(tree: &Tree, node: u32, id: &str) -> bool {
    let letters =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let heading = |&at: &u32| tree.tag(at).is_some_and(Tag::is_heading);
    let mut found = std::iter::once(node).chain(tree.children(node).find(|&at| tree.tag(at).is_some())).filter(heading);
    let id = letters(id);
    found.next().is_some_and(|heading| !id.is_empty() && letters(&tree.text_of(heading)).starts_with(&id))
}

/// Whether a style says that the element is not shown.
fn hides(style: &str) -> bool {
    style.split(';').any(|rule| {
        rule.split_once(':').is_some_and(|(name, value)| {
            let value = value.trim().trim_end_matches("!important").trim();
            name.trim().eq_ignore_ascii_case("display") && value.eq_ignore_ascii_case("none")
                || name.trim().eq_ignore_ascii_case("visibility") && value.eq_ignore_ascii_case("hidden")
        })
    })
}
