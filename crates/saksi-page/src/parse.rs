//! Turns a page into its tree: `html5gum` tells tags, texts and references, this builds the tree from them.

use crate::tag::Tag;
use crate::tree::{Attribute, MAX_DEPTH, MAX_NODES, NONE, Name, Tree};
use html5gum::emitters::Emitter;
use html5gum::{Error, State, Tokenizer};

/// How many attributes of one element are read.
const MAX_ATTRIBUTES: usize = 24;
/// How many bytes of an attribute's value are read; a data URL may have megabytes.
const MAX_VALUE: usize = 8192;

/// Reads a decoded page into its tree. Offsets in the tree count bytes of `page`.
pub(crate) fn parse(page: &str) -> Tree {
    let mut tree = Tree::default();
    tree.add(NONE, Some(Tag::Html), 0..0);
    let xml = page.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']).starts_with("<?xml");
    let sink = Sink {
        page: page.as_bytes(),
        tree,
        position: 0,
        from: 0,
        open: vec![Open { node: 0, tag: Tag::Html, name: 0 }],
        counts: [0; Tag::COUNT],
        overflow: 0,
        foreign: 0,
        xml,
        token: Token::default(),
        last_start: Vec::new(),
        swallow: false,
        done: false,
    };
    let mut tokenizer = Tokenizer::new_with_emitter(page, Holder(sink));
    match tokenizer.next() {
        Some(Ok(Done(tree))) => tree,
        _ => Tree::default(),
    }
}

/// The finished tree, the only token there is.
struct Done(Tree);

/// An element that is open.
#[derive(Debug, Clone, Copy)]
struct Open {
    node: u32,
    tag: Tag,
    name: u32,
}

/// The tag being read.
#[derive(Debug, Default)]
struct Token {
    is_end: bool,
    self_closing: bool,
    name: Vec<u8>,
    attribute: Vec<u8>,
    /// What is read of the attribute's value: its name, and where its characters begin.
    value: Option<(Name, u32)>,
    attributes: Vec<Attribute>,
}

impl Token {
    /// The attribute being told, if it is one of those that are read.
    fn read(&self) -> Option<Name> {
        Name::of(&self.attribute).filter(|name| *name != Name::Hint || self.name == b"abbr")
    }
}

struct Sink<'p> {
    page: &'p [u8],
    tree: Tree,
    /// How far the tokenizer has come, in bytes.
    position: usize,
    /// Where the text begins that is told next.
    from: usize,
    open: Vec<Open>,
    /// How many of each are open, so that an end tag with no start costs nothing.
    counts: [u16; Tag::COUNT],
    /// Elements beyond [`MAX_DEPTH`] that are open.
    overflow: usize,
    /// How many of the open elements are `svg` or `math`.
    foreign: usize,
    /// The page is XML, where CDATA sections are text.
    xml: bool,
    token: Token,
    last_start: Vec<u8>,
    /// The text told now is a script's or a style's.
    swallow: bool,
    /// The page is at its end.
    done: bool,
}

impl Sink<'_> {
    fn top(&self) -> u32 {
        self.open.last().map_or(0, |open| open.node)
    }

    fn close_value(&mut self) {
        let end = self.tree.chars_len();
        let room = !self.token.is_end && self.token.attributes.len() < MAX_ATTRIBUTES;
        // An attribute without a value has an empty one.
        let found = self.token.value.take().or_else(|| Some((self.token.read()?, end)));
        if let Some((name, start)) = found.filter(|_| room)
            && !self.token.attributes.iter().any(|attribute| attribute.name == name)
        {
            self.token.attributes.push(Attribute { name, value: start..end });
        }
        self.token.attribute.clear();
    }

    fn start(&mut self) -> Option<State> {
        let tag = Tag::of(&self.token.name);
        let name = hash(&self.token.name);
        self.make_room(tag);
        let state = match tag {
            _ if self.foreign > 0 => None,
            Tag::Title | Tag::Textarea => Some(State::RcData),
            Tag::Script => Some(State::ScriptData),
            Tag::Style | Tag::Iframe | Tag::Xmp | Tag::Noembed => Some(State::RawText),
            _ => None,
        };
        let first = self.tree.attributes.len() as u32;
        let merges = matches!(tag, Tag::Html | Tag::Body) && self.open.iter().any(|open| open.tag == tag);
        if merges {
            if tag == Tag::Html && self.tree.nodes[0].range.is_empty() {
                self.tree.attributes.append(&mut self.token.attributes);
                self.tree.nodes[0].range = first..self.tree.attributes.len() as u32;
            }
            return state;
        }
        if self.tree.nodes.len() >= MAX_NODES {
            return state;
        }
        let closed = tag.is_void() || self.token.self_closing && (self.foreign > 0 || self.xml);
        if !closed && self.open.len() >= MAX_DEPTH {
            self.overflow += 1;
            return state;
        }
        let wanted = tag != Tag::Script || {
            let kind = self.token.attributes.iter().find(|attribute| attribute.name == Name::Type);
            kind.is_some_and(|kind| self.tree.str(&kind.value).contains("json"))
        };
        self.swallow = matches!(tag, Tag::Style | Tag::Iframe | Tag::Noembed) || !wanted;
        self.tree.attributes.append(&mut self.token.attributes);
        let node = self.tree.add(self.top(), Some(tag), first..self.tree.attributes.len() as u32);
        if !closed {
            self.open.push(Open { node, tag, name });
            self.counts[tag as usize] += 1;
            self.foreign += usize::from(matches!(tag, Tag::Svg | Tag::Math));
        }
        state
    }

    /// Ends what the start of `tag` ends without an end tag.
    fn make_room(&mut self, tag: Tag) {
        if tag.ends_paragraph() {
            self.end_within(Tag::P, &[Tag::Button]);
        }
        match tag {
            Tag::Li => self.end_within(Tag::Li, &[Tag::Ul, Tag::Ol, Tag::Menu, Tag::Dir]),
            Tag::Dt | Tag::Dd => {
                self.end_within(Tag::Dt, &[Tag::Dl]);
                self.end_within(Tag::Dd, &[Tag::Dl]);
            }
            Tag::Option | Tag::Optgroup => self.end_within(Tag::Option, &[Tag::Select]),
            Tag::Td | Tag::Th => {
                self.end_cell();
            }
            Tag::Tr => {
                self.end_cell();
                self.end_within(Tag::Tr, &[]);
            }
            Tag::Tbody | Tag::Thead | Tag::Tfoot => {
                self.end_cell();
                self.end_within(Tag::Tr, &[]);
                for part in [Tag::Tbody, Tag::Thead, Tag::Tfoot] {
                    self.end_within(part, &[]);
                }
            }
            Tag::A => self.unwrap_formatting(Tag::A),
            _ => {}
        }
        let in_head = self.open.last().is_some_and(|open| open.tag == Tag::Head);
        let in_heading = self.open.last().is_some_and(|open| open.tag.is_heading());
        if tag.is_heading() && in_heading {
            self.cut(self.open.len() - 1);
        }
        if in_head
            && !matches!(
                tag,
                Tag::Meta
                    | Tag::Link
                    | Tag::Script
                    | Tag::Style
                    | Tag::Title
                    | Tag::Base
                    | Tag::Noscript
                    | Tag::Template
            )
            && tag != Tag::Other
        {
            self.cut(self.open.len() - 1);
        }
    }

    fn end_cell(&mut self) {
        let at = self.open.iter().rposition(|open| matches!(open.tag, Tag::Td | Tag::Th | Tag::Table));
        if let Some(at) = at.filter(|&at| self.open[at].tag != Tag::Table) {
            self.cut(at);
        }
    }

    /// Ends the innermost `tag`, unless a scope or one of `barriers` stands around what is open.
    fn end_within(&mut self, tag: Tag, barriers: &[Tag]) {
        if self.counts[tag as usize] == 0 {
            return;
        }
        for at in (1..self.open.len()).rev() {
            let open = self.open[at].tag;
            if open == tag {
                self.cut(at);
                return;
            }
            if open.is_scope() || barriers.contains(&open) {
                return;
            }
        }
    }

    /// Takes a formatting element off what is open; the blocks inside it stay open.
    fn unwrap_formatting(&mut self, tag: Tag) {
        if self.counts[tag as usize] == 0 {
            return;
        }
        for at in (1..self.open.len()).rev() {
            let open = self.open[at].tag;
            if open == tag {
                if self.open[at + 1..].iter().all(|inner| inner.tag.is_formatting() || inner.tag == Tag::Span) {
                    self.cut(at);
                } else {
                    self.open.remove(at);
                    self.counts[tag as usize] -= 1;
                }
                return;
            }
            if open.is_scope() {
                return;
            }
        }
    }

    fn end(&mut self) {
        if self.overflow > 0 {
            self.overflow -= 1;
            return;
        }
        let tag = Tag::of(&self.token.name);
        if matches!(tag, Tag::Body | Tag::Html) {
            return;
        }
        if tag.is_formatting() {
            self.unwrap_formatting(tag);
            return;
        }
        if self.counts[tag as usize] == 0 && !tag.is_heading() {
            return;
        }
        let name = hash(&self.token.name);
        for at in (1..self.open.len()).rev() {
            let open = self.open[at];
            let matches = open.tag == tag && open.name == name
                // Any heading's end tag ends a heading.
                || tag.is_heading() && open.tag.is_heading();
            if matches {
                self.cut(at);
                return;
            }
            let table_part = matches!(tag, Tag::Table | Tag::Tr | Tag::Tbody | Tag::Thead | Tag::Tfoot);
            if open.tag.is_scope() && !(table_part && open.tag != Tag::Table) {
                return;
            }
        }
    }

    /// Adds a preformatted text that came from bytes `from..position` of the page, with an element for each line break.
    fn preformatted(&mut self, chars: &[u8], from: usize) {
        let top = self.top();
        // A reference or a repaired byte stands for others: then all of the text came from all of the bytes.
        let same = self.page.get(from..from + chars.len()) == Some(chars);
        let mut place = from;
        for line in chars.split_inclusive(|&c| c == b'\n') {
            let start = self.tree.chars_len();
            let (begin, end) = if same { (place, place + line.len()) } else { (from, self.position) };
            self.tree.push_chars(line, self.page, begin, end);
            self.tree.add_text(top, start);
            if line.ends_with(b"\n") && self.tree.nodes.len() < MAX_NODES {
                let none = self.tree.attributes.len() as u32;
                self.tree.add(top, Some(Tag::Br), none..none);
            }
            place += line.len();
        }
    }

    fn cut(&mut self, at: usize) {
        for open in &self.open[at..] {
            self.counts[open.tag as usize] -= 1;
        }
        let foreign = self.open[at..].iter().filter(|open| matches!(open.tag, Tag::Svg | Tag::Math)).count();
        self.foreign -= foreign;
        self.open.truncate(at);
    }
}

fn hash(name: &[u8]) -> u32 {
    name.iter().fold(0x811c_9dc5_u32, |hash, &byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// Gives the finished tree out at the end of the page.
struct Holder<'p>(Sink<'p>);

impl Emitter for Holder<'_> {
    type Token = Done;

    fn set_last_start_tag(&mut self, name: Option<&[u8]>) {
        self.0.last_start = name.unwrap_or_default().to_vec();
    }

    fn emit_eof(&mut self) {
        self.0.done = true;
    }

    fn emit_error(&mut self, _: Error) {}

    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn pop_token(&mut self) -> Option<Done> {
        std::mem::take(&mut self.0.done).then(|| Done(std::mem::take(&mut self.0.tree)))
    }

    fn emit_string(&mut self, chars: &[u8]) {
        let sink = &mut self.0;
        let from = std::mem::replace(&mut sink.from, sink.position);
        // A preformatted text has its line breaks in itself.
        if !sink.swallow && sink.counts[Tag::Pre as usize] > 0 && chars.contains(&b'\n') {
            sink.preformatted(chars, from);
        } else if !sink.swallow && !chars.is_empty() {
            let start = sink.tree.chars_len();
            sink.tree.push_chars(chars, sink.page, from, sink.position);
            let top = sink.top();
            sink.tree.add_text(top, start);
        }
    }

    fn init_start_tag(&mut self) {
        let token = &mut self.0.token;
        (token.is_end, token.self_closing) = (false, false);
        token.name.clear();
        token.attributes.clear();
    }

    fn init_end_tag(&mut self) {
        self.init_start_tag();
        self.0.token.is_end = true;
    }

    fn init_comment(&mut self) {}

    fn emit_current_tag(&mut self) -> Option<State> {
        let sink = &mut self.0;
        sink.close_value();
        sink.from = sink.position;
        sink.swallow = false;
        if sink.token.is_end {
            sink.end();
            sink.last_start.clear();
            return None;
        }
        sink.last_start.clone_from(&sink.token.name);
        sink.start()
    }

    fn emit_current_comment(&mut self) {
        self.0.from = self.0.position;
    }

    fn emit_current_doctype(&mut self) {
        self.0.from = self.0.position;
    }

    fn set_self_closing(&mut self) {
        self.0.token.self_closing = true;
    }

    fn set_force_quirks(&mut self) {}

    fn push_tag_name(&mut self, name: &[u8]) {
        self.0.token.name.extend_from_slice(name);
    }

    fn push_comment(&mut self, _: &[u8]) {}

    fn push_doctype_name(&mut self, _: &[u8]) {}

    fn init_doctype(&mut self) {}

    fn init_attribute(&mut self) {
        self.0.close_value();
    }

    fn init_attribute_value(&mut self) {
        let sink = &mut self.0;
        sink.from = sink.position;
        sink.token.value = sink.token.read().map(|name| (name, sink.tree.chars_len()));
    }

    fn push_attribute_name(&mut self, name: &[u8]) {
        // None of the names read is longer.
        if self.0.token.attribute.len() < 24 {
            self.0.token.attribute.extend_from_slice(name);
        }
    }

    fn push_attribute_value(&mut self, chars: &[u8]) {
        let sink = &mut self.0;
        let from = std::mem::replace(&mut sink.from, sink.position);
        if let Some((_, start)) = sink.token.value {
            if (sink.tree.chars_len() - start) as usize + chars.len() <= MAX_VALUE {
                sink.tree.push_chars(chars, sink.page, from, sink.position);
            } else {
                sink.token.value = None;
                sink.token.attribute.clear();
            }
        }
    }

    fn set_doctype_public_identifier(&mut self, _: &[u8]) {}

    fn set_doctype_system_identifier(&mut self, _: &[u8]) {}

    fn push_doctype_public_identifier(&mut self, _: &[u8]) {}

    fn push_doctype_system_identifier(&mut self, _: &[u8]) {}

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        let sink = &self.0;
        sink.token.is_end && !sink.last_start.is_empty() && sink.last_start == sink.token.name
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&mut self) -> bool {
        self.0.foreign > 0 || self.0.xml
    }

    fn move_position(&mut self, by: isize) {
        self.0.position = self.0.position.saturating_add_signed(by);
    }
}
