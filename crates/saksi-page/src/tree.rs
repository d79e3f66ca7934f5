//! A light tree of a page, with the byte range of every character.
//!
//! It follows the HTML standard where that matters for text: void elements, end tags that may be left out, blocks inside
//! formatting elements. It is bounded: no element lies deeper than [`MAX_DEPTH`], and a page has no more than [`MAX_NODES`].

use crate::tag::Tag;
use std::ops::Range;

/// How many elements may be open at once; those beyond are read as if their tags were not there.
pub(crate) const MAX_DEPTH: usize = 256;
/// How many nodes a tree has at most; what stands beyond is not read. News pages have some thousands.
pub(crate) const MAX_NODES: usize = 600_000;

/// The texts of a line have no more bytes.
const SHORT_BYTES: usize = 4000;

/// The index of no node.
pub(crate) const NONE: u32 = u32::MAX;

/// An element or a text.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    /// `None` for a text.
    pub(crate) tag: Option<Tag>,
    pub(crate) parent: u32,
    pub(crate) first: u32,
    pub(crate) last: u32,
    pub(crate) next: u32,
    /// Of a text: its characters, in [`Tree::chars`]. Of an element: its attributes, in [`Tree::attributes`].
    pub(crate) range: Range<u32>,
}

/// An attribute's name, of those that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Name {
    Class,
    Id,
    Content,
    Property,
    Called,
    Itemprop,
    Datetime,
    Href,
    Rel,
    Type,
    Style,
    Hidden,
    Role,
    Lang,
    HttpEquiv,
    Data,
    Label,
    /// `title`, which is read of `abbr` alone.
    Hint,
}

impl Name {
    /// The attribute of a name in small letters, if it is read.
    pub(crate) fn of(name: &[u8]) -> Option<Self> {
        Some(match name {
            b"class" => Self::Class,
            b"id" => Self::Id,
            b"content" => Self::Content,
            b"property" => Self::Property,
            b"name" => Self::Called,
            b"itemprop" => Self::Itemprop,
            b"datetime" => Self::Datetime,
            b"href" => Self::Href,
            b"rel" => Self::Rel,
            b"type" => Self::Type,
            b"style" => Self::Style,
            b"hidden" => Self::Hidden,
            b"role" => Self::Role,
            b"lang" | b"xml:lang" => Self::Lang,
            b"http-equiv" => Self::HttpEquiv,
            b"aria-label" => Self::Label,
            b"title" => Self::Hint,
            b"data-testid" | b"data-test-id" | b"data-component" | b"data-type" | b"data-module" | b"data-qa"
            | b"data-qa-id" | b"data-e2e" => Self::Data,
            _ => return None,
        })
    }
}

/// An attribute: its name, and its value in [`Tree::chars`].
#[derive(Debug, Clone)]
pub(crate) struct Attribute {
    pub(crate) name: Name,
    pub(crate) value: Range<u32>,
}

/// A run of characters and the bytes it came from: one for one, or all from one reference.
#[derive(Debug, Clone, Copy)]
struct Run {
    at: u32,
    from: u32,
    to: u32,
    /// Every byte of the run is that of the page.
    same: bool,
}

/// A page's elements, texts and characters.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tree {
    pub(crate) nodes: Vec<Node>,
    pub(crate) attributes: Vec<Attribute>,
    chars: Vec<u8>,
    runs: Vec<Run>,
}

impl Tree {
    /// The characters of a range of [`Node::range`] or [`Attribute::value`].
    pub(crate) fn str(&self, range: &Range<u32>) -> &str {
        let bytes = &self.chars[range.start as usize..range.end as usize];
        // Whole characters go in and whole characters come out; a tokenizer that broke one would lose this text.
        std::str::from_utf8(bytes).unwrap_or_default()
    }

    /// Each character of a text or attribute, with the bytes of the decoded page it came from.
    pub(crate) fn characters(&self, range: &Range<u32>) -> impl Iterator<Item = (char, Range<u32>)> + '_ {
        let start = range.start;
        let mut at = self.runs.partition_point(|run| run.at <= start).saturating_sub(1);
        self.str(range).char_indices().map(move |(place, c)| {
            let place = start + place as u32;
            while self.runs.get(at + 1).is_some_and(|next| next.at <= place) {
                at += 1;
            }
            let run = &self.runs[at];
            let from = run.from + (place - run.at);
            (c, if run.same { from..from + c.len_utf8() as u32 } else { run.from..run.to })
        })
    }

    /// Adds characters that came from bytes `from..to` of the page.
    pub(crate) fn push_chars(&mut self, chars: &[u8], page: &[u8], from: usize, to: usize) {
        let at = self.chars.len() as u32;
        let (from, to) = (from.min(to), to);
        let begin = to.saturating_sub(chars.len());
        let same = begin >= from && page.get(begin..to) == Some(chars);
        let from = if same { begin } else { from } as u32;
        let goes_on = self.runs.last().is_some_and(|last| last.same && same && last.from + (at - last.at) == from);
        if !goes_on {
            self.runs.push(Run { at, from, to: to as u32, same });
        }
        self.chars.extend_from_slice(chars);
    }

    /// How many characters there are, in bytes.
    pub(crate) fn chars_len(&self) -> u32 {
        self.chars.len() as u32
    }

    /// The elements and texts directly in `node`.
    pub(crate) fn children(&self, node: u32) -> Children<'_> {
        Children { tree: self, next: self.nodes[node as usize].first }
    }

    pub(crate) fn tag(&self, node: u32) -> Option<Tag> {
        self.nodes[node as usize].tag
    }

    /// The attribute `name` of an element.
    pub(crate) fn attribute(&self, node: u32, name: Name) -> Option<&str> {
        self.attribute_range(node, name).map(|range| self.str(range))
    }

    /// Where the value of attribute `name` stands.
    pub(crate) fn attribute_range(&self, node: u32, name: Name) -> Option<&Range<u32>> {
        let node = &self.nodes[node as usize];
        node.tag?;
        let all = &self.attributes[node.range.start as usize..node.range.end as usize];
        all.iter().find(|attribute| attribute.name == name).map(|attribute| &attribute.value)
    }

    /// The text of a node and all in it, blanks folded.
    pub(crate) fn text_of(&self, node: u32) -> String {
        self.text_with(node, false)
    }

    /// As [`Tree::text_of`], with a blank between texts that only elements part: what a style sheet sets apart.
    pub(crate) fn parted(&self, node: u32) -> String {
        self.text_with(node, true)
    }

    fn text_with(&self, node: u32, parted: bool) -> String {
        let mut out = String::new();
        self.walk(node, |node| {
            let found = &self.nodes[node as usize];
            match found.tag {
                None => {
                    for word in self.str(&found.range).split_inclusive(char::is_whitespace) {
                        let blank = word.ends_with(char::is_whitespace);
                        out.push_str(word.trim_end());
                        if blank && !out.is_empty() && !out.ends_with(' ') {
                            out.push(' ');
                        }
                    }
                    true
                }
                Some(tag) => {
                    if (parted || tag == Tag::Br || tag.is_block()) && !out.is_empty() && !out.ends_with(' ') {
                        out.push(' ');
                    }
                    !tag.is_silent()
                }
            }
        });
        out.truncate(out.trim_end().len());
        out
    }

    /// Whether the nodes up to `end` are few and their texts short: what a line may hold.
    pub(crate) fn is_short(&self, nodes: Range<u32>, most: u32) -> bool {
        let texts = |at: u32| if self.tag(at).is_none() { self.nodes[at as usize].range.len() } else { 0 };
        nodes.end - nodes.start <= most && nodes.map(texts).sum::<usize>() <= SHORT_BYTES
    }

    /// Visits `node` and everything in it, in order; `enter` says whether to go into a node.
    pub(crate) fn walk(&self, node: u32, mut enter: impl FnMut(u32) -> bool) {
        let mut at = node;
        loop {
            let goes_in = enter(at) && self.nodes[at as usize].first != NONE;
            if goes_in {
                at = self.nodes[at as usize].first;
                continue;
            }
            while at != node && self.nodes[at as usize].next == NONE {
                at = self.nodes[at as usize].parent;
            }
            if at == node {
                return;
            }
            at = self.nodes[at as usize].next;
        }
    }

    /// Adds a node as the last in `parent`.
    pub(crate) fn add(&mut self, parent: u32, tag: Option<Tag>, range: Range<u32>) -> u32 {
        let index = self.nodes.len() as u32;
        self.nodes.push(Node { tag, parent, first: NONE, last: NONE, next: NONE, range });
        if parent != NONE {
            let last = self.nodes[parent as usize].last;
            if last == NONE {
                self.nodes[parent as usize].first = index;
            } else {
                self.nodes[last as usize].next = index;
            }
            self.nodes[parent as usize].last = index;
        }
        index
    }

    /// Adds the characters from `start` on as text, joined to a text right before it.
    pub(crate) fn add_text(&mut self, parent: u32, start: u32) {
        let end = self.chars_len();
        let last = self.nodes[parent as usize].last;
        if last != NONE {
            let node = &mut self.nodes[last as usize];
            if node.tag.is_none() && node.range.end == start {
                node.range.end = end;
                return;
            }
        }
        if self.nodes.len() < MAX_NODES {
            self.add(parent, None, start..end);
        }
    }
}

/// See [`Tree::children`].
pub(crate) struct Children<'t> {
    tree: &'t Tree,
    next: u32,
}

impl Iterator for Children<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        let at = self.next;
        if at == NONE {
            return None;
        }
        self.next = self.tree.nodes[at as usize].next;
        Some(at)
    }
}
