//! Which lines of the stem are nothing but pointers, labels, or what stands around the text.

use crate::fate::{Fate, View, all_link};
use crate::measure::Block;
use crate::names;
use crate::rules::Says;
use crate::stem::{ALL_LINK, is_running};
use crate::tag::Tag;
use crate::tree::{NONE, Name};
use rustc_hash::FxHashMap;
use saksi_record::PassageKind;

/// A label before links has no more words; on the line of its link no more characters.
const LABEL_WORDS: u32 = 8;
const LABEL_CHARS: u32 = 30;
/// The name of a topic has no more words.
const TOPIC_WORDS: usize = 2;
/// A line with a byline or a date has no more words.
pub(crate) const LINE_WORDS: u32 = 24;
/// As many words may stand beside them and be none of the text's: a place, a mark, how long it takes to read.
const BESIDE_WORDS: usize = 5;
/// A list that line breaks make has no more elements and texts, and the box of a pointer is no more elements up.
const LIST_NODES: u32 = 200;
const BOX_DEPTH: usize = 4;
/// How many times the text below a headline may stand above it, in boxes and notices, and the headline still be the text's.
const ABOVE: u32 = 5;

impl View<'_> {
    /// Marks blocks that are nothing but links, with their labels, and leaves out what stands around the text.
    pub(crate) fn lines(&self, title: Option<u32>, fates: &mut [Fate]) {
        let blocks = self.measured.blocks_in(self.stem.node);
        let kept: Vec<usize> = blocks.filter(|&at| self.is_kept(at, fates)).collect();
        let block = |at: usize| &self.measured.blocks[at];
        let mut lists = FxHashMap::default();
        // A heading below the text that repeats the headline is not above it.
        let (above, below) = self.measured.blocks[self.flow.clone()]
            .iter()
            .filter(|block| is_running(block))
            .partition::<Vec<&Block>, _>(|block| title.is_some_and(|title| block.first < title));
        let chars = |blocks: &[&Block]| blocks.iter().map(|block| block.chars).sum::<u32>();
        let title = title.filter(|_| chars(&above) <= chars(&below) * ABOVE);
        let after_title = title.map_or(0, |title| self.measured.end[title as usize]);
        for (place, &at) in kept.iter().enumerate() {
            let here = block(at);
            if here.first < after_title {
                // Kickers and paths above the headline.
                if title.is_none_or(|title| here.last < title) {
                    self.set(at, Fate::Drop, fates);
                }
                continue;
            }
            if at >= self.end || at + 1 == self.flow.end && place + 1 == kept.len() && self.is_bare_label(at) {
                self.set(at, Fate::Drop, fates);
                continue;
            }
            let related = Fate::Mark(PassageKind::RelatedLink, "page/link-line");
            if self.is_pointer(at, &mut lists) {
                let fate = if self.flow.contains(&at) { related } else { Fate::Drop };
                self.set(at, fate, fates);
                // Labels right before it: "More:", "Related news".
                for &label in kept[..place].iter().rev().take(2) {
                    if !self.is_label(block(label)) || block(label).first < after_title {
                        break;
                    }
                    // The item of a list stands for itself.
                    let item = |at: usize| self.tree.tag(block(at).owner) == Some(Tag::Li);
                    if item(label) && !item(at) || self.is_jump(label) {
                        break;
                    }
                    // The label of an advertisement that stood between.
                    if self.rules.is_advert(&self.measured.text(self.tree, block(label))) {
                        continue;
                    }
                    self.set(label, fate, fates);
                    if self.tree.tag(block(label).owner).is_some_and(Tag::is_heading) {
                        break;
                    }
                }
            } else if all_link(here) && self.is_topics(at) {
                self.set(at, Fate::Drop, fates);
            } else if self.is_jump(at) {
                // A table of the article's own parts.
                self.set(at, Fate::Drop, fates);
                if let Some(&label) = place.checked_sub(1).and_then(|before| kept.get(before))
                    && self.tree.tag(block(label).owner).is_some_and(Tag::is_heading)
                    && block(label).first > after_title
                {
                    self.set(label, Fate::Drop, fates);
                }
            } else if at >= self.flow.end
                && (self.tree.tag(here.owner).is_some_and(Tag::is_heading) || here.link * 2 >= here.chars)
            {
                // A heading with no text under it, or a topic.
                self.set(at, Fate::Drop, fates);
            }
        }
        self.dates_of_pointers(fates);
    }

    /// Whether a block is nothing but a link to another page, and no item of a list that says more.
    fn is_pointer(&self, at: usize, lists: &mut FxHashMap<u32, bool>) -> bool {
        let block = &self.measured.blocks[at];
        if self.is_broken_list(block) {
            return true;
        }
        if block.words < 3 || !(all_link(block) || self.is_labelled_link(block)) {
            return false;
        }
        let tag = self.tree.tag(block.owner);
        if matches!(tag, Some(Tag::Td | Tag::Th)) || !self.leaves_page(block) || self.is_topics(at) {
            return false;
        }
        if tag != Some(Tag::Li) {
            return true;
        }
        let list = self.tree.nodes[block.owner as usize].parent;
        *lists.entry(list).or_insert_with(|| {
            let items = &self.measured.blocks[self.measured.blocks_in(list)];
            let linked = items.iter().filter(|item| item.link as f32 > item.chars as f32 * ALL_LINK).count();
            linked * 10 >= items.len() * 6
        })
    }

    /// Whether line breaks part a block into links, below a label at most: "Also today<br><a>…</a><br><a>…</a>".
    fn is_broken_list(&self, block: &Block) -> bool {
        let nodes = block.last - block.first;
        if nodes > LIST_NODES || block.link * 2 < block.chars || !self.leaves_page(block) {
            return false;
        }
        let cell = self.tree.tag(block.owner) == Some(Tag::Td);
        let around = self.tree.nodes[block.owner as usize].parent;
        if cell && self.tree.children(around).filter(|&at| self.tree.tag(at) == Some(Tag::Td)).count() > 1 {
            return false;
        }
        let (mut links, mut labels) = (0, 0);
        let (mut own, mut linked) = (String::new(), 0);
        let mut line = |own: &mut String, linked: &mut usize| {
            let words = own.split_whitespace().count();
            let letters = own.chars().filter(|c| c.is_alphanumeric()).count();
            let fits = match () {
                () if letters == 0 => true,
                () if *linked >= letters => {
                    links += 1;
                    words > TOPIC_WORDS
                }
                () => {
                    labels += 1;
                    *linked == 0
                        && links == 0
                        && labels == 1
                        && words <= LABEL_WORDS as usize
                        && !own.trim_end().ends_with('.')
                }
            };
            (*own, *linked) = (String::new(), 0);
            fits
        };
        for at in block.first..=block.last {
            match self.tree.tag(at) {
                Some(Tag::Br) if !line(&mut own, &mut linked) => return false,
                None if self.measured.owner[at as usize] == block.owner => {
                    let text = self.tree.str(&self.tree.nodes[at as usize].range);
                    own.push_str(text);
                    if self.link_around(at).is_some() {
                        linked += text.chars().filter(|c| c.is_alphanumeric()).count();
                    }
                }
                _ => {}
            }
        }
        line(&mut own, &mut linked) && links > usize::from(!cell || labels == 0)
    }

    /// Marks a date in a box that is nothing but a pointer: when the other story was told.
    fn dates_of_pointers(&self, fates: &mut [Fate]) {
        let blocks = self.flow.clone();
        let fate = |at: usize, fates: &[Fate]| {
            let mut node = self.measured.blocks[at].first;
            while node != self.stem.node && node != NONE {
                if fates[node as usize] != Fate::Keep {
                    return fates[node as usize];
                }
                node = self.tree.nodes[node as usize].parent;
            }
            Fate::Keep
        };
        let related = |fate: Fate| matches!(fate, Fate::Mark(PassageKind::RelatedLink, _));
        for at in blocks.clone() {
            if fate(at, fates) != Fate::Mark(PassageKind::Dateline, "page/date") {
                continue;
            }
            let mut around = self.measured.blocks[at].owner;
            for _ in 0..BOX_DEPTH {
                if around == NONE || around <= self.stem.node {
                    break;
                }
                let inside = self.measured.blocks_in(around);
                if inside.len() > 1 {
                    if inside.end <= blocks.end
                        && inside.clone().all(|other| other == at || related(fate(other, fates)))
                    {
                        let nodes = around..self.measured.end[around as usize];
                        for node in nodes
                            .filter(|&node| matches!(fates[node as usize], Fate::Mark(PassageKind::Dateline, _)))
                            .collect::<Vec<_>>()
                        {
                            fates[node as usize] = Fate::Mark(PassageKind::RelatedLink, "page/link-date");
                        }
                    }
                    break;
                }
                around = self.tree.nodes[around as usize].parent;
            }
        }
    }

    /// Whether the links of a block are several and of few words each: topics, sections, buttons.
    pub(crate) fn is_topics(&self, at: usize) -> bool {
        let block = &self.measured.blocks[at];
        let links: Vec<u32> = (block.first.saturating_sub(1)..=block.last)
            .filter(|&at| self.tree.tag(at) == Some(Tag::A) && self.measured.owner[at as usize] == block.owner)
            .collect();
        let few = |&at: &u32| self.tree.text_of(at).split_whitespace().count() <= TOPIC_WORDS;
        links.len() > 1 && links.iter().all(few)
    }

    /// Whether the last paragraph is the label of something that is no text: "Listen to the interview:".
    fn is_bare_label(&self, at: usize) -> bool {
        let block = &self.measured.blocks[at];
        block.words <= LABEL_WORDS && self.measured.text(self.tree, block).trim_end().ends_with(':')
    }

    /// Marks the bylines among the lines that line breaks make of what is marked as a date above the text.
    pub(crate) fn broken_heads(&self, fates: &mut [Fate]) {
        let first = self.measured.blocks.get(self.flow.start).map_or(self.stem.node, |block| block.first);
        for at in self.stem.node..first {
            if fates[at as usize] != Fate::Mark(PassageKind::Dateline, "page/date") {
                continue;
            }
            for line in names::broken_lines(self.tree, self.measured, at) {
                if names::line_says(self.tree, self.rules, &line) == Some(Says::BYLINE) {
                    for node in line {
                        fates[node as usize] = Fate::Mark(PassageKind::Byline, "page/byline");
                    }
                }
            }
        }
    }

    /// Leaves out what stands beside the byline and the date on their line above the text.
    pub(crate) fn heads(&self, fates: &mut [Fate]) {
        for at in self.measured.blocks_in(self.stem.node).start..self.flow.start {
            let block = &self.measured.blocks[at];
            if self.is_headed(block, fates) {
                self.leave(block, fates);
            }
        }
    }

    /// Whether a part of a line is marked as a byline or a date.
    fn is_headed(&self, block: &Block, fates: &[Fate]) -> bool {
        let marked = |at: u32| matches!(fates[at as usize], Fate::Mark(PassageKind::Byline | PassageKind::Dateline, _));
        // The line's first text may stand in the marked element.
        let mut around = self.tree.nodes[block.first as usize].parent;
        while around != NONE && around > block.owner && !marked(around) {
            around = self.tree.nodes[around as usize].parent;
        }
        let first = around != NONE && around > block.owner;
        block.words <= LINE_WORDS && (first || (block.first..=block.last).any(marked))
    }

    /// Leaves out the few words of a line that no marked element holds.
    fn leave(&self, block: &Block, fates: &mut [Fate]) {
        let title = self.known.title.map_or(0..0, |title| title..self.measured.end[title as usize]);
        let bare = |&node: &u32| {
            let mut around = self.tree.nodes[node as usize].parent;
            while around != NONE && around >= block.owner && fates[around as usize] == Fate::Keep {
                around = self.tree.nodes[around as usize].parent;
            }
            let kept = around == NONE || around < block.owner;
            let own = self.tree.tag(node).is_none() && self.measured.owner[node as usize] == block.owner;
            own && kept && !title.contains(&node)
        };
        // What a line break parts from them is another line.
        let line = |at: u32| (block.first..at).filter(|&at| self.tree.tag(at) == Some(Tag::Br)).count();
        let headed = |at: u32| matches!(fates[at as usize], Fate::Mark(PassageKind::Byline | PassageKind::Dateline, _));
        let broken = (block.first..=block.last).any(|at| self.tree.tag(at) == Some(Tag::Br));
        let lines: Vec<usize> =
            if broken { (block.first..=block.last).filter(|&at| headed(at)).map(line).collect() } else { Vec::new() };
        let beside = |&at: &u32| !broken || lines.is_empty() || lines.contains(&line(at));
        let bare: Vec<u32> = (block.first..=block.last).filter(bare).filter(beside).collect();
        let words = |&at: &u32| self.tree.str(&self.tree.nodes[at as usize].range).split_whitespace().count();
        if bare.iter().map(words).sum::<usize>() <= BESIDE_WORDS {
            for at in bare {
                fates[at as usize] = Fate::Drop;
            }
        }
    }

    /// Whether a block is nothing but links to places in this page or to a mailbox, and no heading with a link to itself.
    fn is_jump(&self, at: usize) -> bool {
        let block = &self.measured.blocks[at];
        let tag = self.tree.tag(block.owner);
        if !all_link(block) || tag.is_some_and(|tag| tag.is_heading() || matches!(tag, Tag::Td | Tag::Th | Tag::Dt)) {
            return false;
        }
        let mut links = (block.first..=block.last).filter_map(|at| self.link_around(at)).peekable();
        links.peek().is_some() && links.all(|href| ["#", "mailto:", "tel:"].iter().any(|to| href.starts_with(to)))
    }

    /// Whether a block is a short label with a colon and a link to its end: "Read next: A river with two names".
    fn is_labelled_link(&self, block: &Block) -> bool {
        let own = block.chars - block.link;
        if own > LABEL_CHARS || block.link < own * 2 || block.stop {
            return false;
        }
        let mut label = String::new();
        for at in block.first..=block.last {
            if self.tree.tag(at).is_some() || self.measured.owner[at as usize] != block.owner {
                continue;
            }
            if self.link_around(at).is_some() {
                break;
            }
            label.push_str(self.tree.str(&self.tree.nodes[at as usize].range));
        }
        label.trim_end().ends_with([':', '»', '>'])
    }

    /// Whether the links of a block lead to other pages, and not to a place in this one or a mailbox.
    fn leaves_page(&self, block: &Block) -> bool {
        let mut links = (block.first..=block.last).filter_map(|at| self.link_around(at));
        links.all(|href| !(href.is_empty() || href.starts_with('#') || href.starts_with("mailto:")))
    }

    fn link_around(&self, text: u32) -> Option<&str> {
        let mut node = self.tree.nodes[text as usize].parent;
        for _ in 0..6 {
            if node == NONE {
                return None;
            }
            if self.tree.tag(node) == Some(Tag::A) {
                return Some(self.tree.attribute(node, Name::Href).unwrap_or_default().trim());
            }
            node = self.tree.nodes[node as usize].parent;
        }
        None
    }

    /// Whether a block may be the label of the links under it.
    fn is_label(&self, block: &Block) -> bool {
        let heading = self.tree.tag(block.owner).is_some_and(Tag::is_heading);
        block.words <= LABEL_WORDS && !is_running(block) && (heading || !block.stop || block.words <= 4)
    }

    fn is_kept(&self, at: usize, fates: &[Fate]) -> bool {
        let mut node = self.measured.blocks[at].first;
        while node != self.stem.node && node != NONE {
            if fates[node as usize] != Fate::Keep {
                return false;
            }
            node = self.tree.nodes[node as usize].parent;
        }
        true
    }

    /// Gives the texts of a block a fate.
    fn set(&self, at: usize, fate: Fate, fates: &mut [Fate]) {
        let block = &self.measured.blocks[at];
        for node in block.first..=block.last {
            if self.tree.tag(node).is_none() && self.measured.owner[node as usize] == block.owner {
                fates[node as usize] = fate;
            }
        }
    }
}
