//! Lays the kept elements out as lines, and remembers for every character which bytes of the page it came from.

use crate::fate::Fate;
use crate::measure::Measured;
use crate::tag::Tag;
use crate::tree::Tree;
use saksi_record::{PassageKind, Span};
use std::ops::Range;

/// A line that ends with a dash and is no longer, in bytes, is a dateline.
const DASHED: usize = 60;

/// A stretch of the text that markup says is not plain body, or the title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Code points of the text.
    pub span: Span,
    /// What it is.
    pub kind: PassageKind,
    /// What of the markup said so, as `page/caption`.
    pub rule: &'static str,
}

/// What a page's markup says of its text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Markup {
    /// The headline and what is noise, in text order; marks never overlap.
    pub marks: Vec<Mark>,
    /// The words of each link, in text order: where a pointer to another story ends.
    pub links: Vec<Span>,
    /// Who published it, as the page says: a dateline may name it.
    pub outlet: Option<String>,
}

/// What parts two characters of the page on its way to text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    None,
    Blank,
    Cell,
    Line,
    Paragraph,
}

/// The text so far.
#[derive(Debug)]
pub(crate) struct Layout<'t> {
    tree: &'t Tree,
    pub(crate) text: String,
    /// For each code point, the bytes of the decoded page it came from.
    pub(crate) bytes: Vec<Range<u32>>,
    pub(crate) markup: Markup,
    gap: Gap,
    blank_from: Option<Range<u32>>,
    /// The link that text is being added of, and whether none of it is added yet.
    link: Option<u32>,
    new_link: bool,
    joined: bool,
    /// Line breaks are blanks: a headline is one line.
    flat: bool,
}

impl<'t> Layout<'t> {
    pub(crate) fn new(tree: &'t Tree) -> Self {
        Self {
            tree,
            text: String::new(),
            bytes: Vec::new(),
            markup: Markup::default(),
            gap: Gap::None,
            blank_from: None,
            link: None,
            new_link: false,
            joined: false,
            flat: false,
        }
    }

    /// Whether what is added next stands right below what was added last.
    pub(crate) fn join(&mut self, joined: bool) {
        self.joined = joined;
    }

    /// Adds what is kept of `node` as lines of its own.
    ///
    /// `all` is the fate of what has none of its own.
    pub(crate) fn add(&mut self, node: u32, measured: &Measured, fates: &[Fate], all: Fate) {
        if std::mem::take(&mut self.joined) {
            self.gap = Gap::Line;
        } else {
            self.widen(Gap::Paragraph);
        }
        self.flat = matches!(all, Fate::Mark(PassageKind::Title, _));
        let end = measured.end[node as usize];
        let mut open: Vec<(u32, Gap, Fate)> = Vec::new();
        let mut breaks = 0;
        let mut at = node;
        while at < end {
            while let Some(&(to, gap, _)) = open.last().filter(|(to, ..)| *to <= at) {
                debug_assert!(to <= at);
                self.widen(gap);
                open.pop();
            }
            let outer = open.last().map_or(all, |(.., fate)| *fate);
            if self.link.is_some_and(|link| measured.end[link as usize] <= at) {
                self.link = None;
            }
            let found = &self.tree.nodes[at as usize];
            let Some(tag) = found.tag else {
                // A text may have a fate of its own, where a label stands outside the link it belongs to.
                let own = if fates[at as usize] == Fate::Keep { outer } else { fates[at as usize] };
                if own != Fate::Drop && self.text_node(&found.range, own) {
                    breaks = 0;
                }
                at += 1;
                continue;
            };
            let fate = match fates[at as usize] {
                Fate::Keep => outer,
                own => own,
            };
            if tag.is_silent() || fate == Fate::Drop && outer != Fate::Drop {
                if tag.is_block() {
                    self.widen(Gap::Line);
                }
                at = measured.end[at as usize];
                continue;
            }
            if tag == Tag::A {
                self.link = Some(at);
                self.new_link = true;
            }
            if tag == Tag::Br {
                breaks += 1;
                self.widen(if breaks > 1 { Gap::Paragraph } else { Gap::Line });
            }
            let gap = around(tag);
            self.widen(gap);
            open.push((measured.end[at as usize], gap, fate));
            at += 1;
        }
        (self.flat, self.link) = (false, None);
        self.widen(Gap::Paragraph);
    }

    /// Adds the characters `range` of the tree, an attribute's or a text's, as a line of its own.
    pub(crate) fn add_line(&mut self, range: &Range<u32>, fate: Fate) {
        self.widen(Gap::Paragraph);
        self.text_node(range, fate);
        self.widen(Gap::Paragraph);
    }

    fn widen(&mut self, gap: Gap) {
        let gap = if self.flat && gap != Gap::None && !self.text.is_empty() { Gap::Blank } else { gap };
        self.gap = self.gap.max(gap);
    }

    /// Adds a text's characters, blanks folded; whether there were any but blanks.
    fn text_node(&mut self, range: &Range<u32>, fate: Fate) -> bool {
        let mut any = false;
        // Non-breaking blanks alone on a line make room and say nothing.
        let blank = self.gap >= Gap::Line && self.tree.str(range).chars().all(char::is_whitespace);
        for (c, bytes) in self.tree.characters(range) {
            if c.is_ascii_whitespace() || blank {
                if self.gap <= Gap::Blank {
                    self.blank_from = Some(self.blank_from.take().map_or(bytes.start, |blank| blank.start)..bytes.end);
                }
                self.widen(Gap::Blank);
                continue;
            }
            if !any && self.gap == Gap::None && self.runs_on(c, fate) {
                self.widen(Gap::Blank);
            }
            self.part(bytes.start);
            self.char(c, bytes, fate);
            any = true;
        }
        any
    }

    /// Whether a text of a byline, a date or a caption would run into the one before it, or another into it, which only a style sheet
    /// parts from each other.
    fn runs_on(&self, c: char, fate: Fate) -> bool {
        let head =
            |kind: PassageKind| matches!(kind, PassageKind::Byline | PassageKind::Dateline | PassageKind::Caption);
        let own = matches!(fate, Fate::Mark(kind, _) if head(kind));
        let before = self.markup.marks.last().filter(|mark| mark.span.end as usize == self.bytes.len());
        let runs = before.is_some_and(|mark| own || head(mark.kind));
        runs && c.is_alphanumeric() && self.text.ends_with(char::is_alphanumeric)
    }

    /// Writes the gap before a character that begins at byte `at`.
    fn part(&mut self, at: u32) {
        let gap = std::mem::replace(&mut self.gap, Gap::None);
        let blank = self.blank_from.take();
        if self.text.is_empty() {
            return;
        }
        // "<b>Jakarta</b> - <p>…": the paragraph goes on from its dateline.
        let gap = if gap >= Gap::Line && self.ends_in_dash() { Gap::Blank } else { gap };
        let inserted = match gap {
            Gap::None => "",
            Gap::Blank => {
                self.text.push(' ');
                self.bytes.push(blank.unwrap_or(at..at));
                return;
            }
            Gap::Cell => "\t",
            Gap::Line => "\n",
            Gap::Paragraph => "\n\n",
        };
        for c in inserted.chars() {
            self.text.push(c);
            // What layout puts in stands at no byte of the page.
            self.bytes.push(at..at);
        }
    }

    /// Whether the last line is short and ends with a dash.
    fn ends_in_dash(&self) -> bool {
        let line = self.text.rsplit('\n').next().unwrap_or_default().trim_end();
        let before = line.trim_end_matches(['-', '–', '—']);
        // "- Advertisement -" is a label.
        let begins = line.starts_with(['-', '–', '—']);
        line.len() <= DASHED && !begins && before.len() < line.len() && before.ends_with(char::is_whitespace)
    }

    fn char(&mut self, c: char, bytes: Range<u32>, fate: Fate) {
        let place = self.bytes.len() as u32;
        self.text.push(c);
        self.bytes.push(bytes);
        if self.link.is_some() {
            let begins = std::mem::take(&mut self.new_link);
            match self.markup.links.last_mut() {
                Some(last) if !begins => last.end = place + 1,
                _ => self.markup.links.push(Span::new(place, place + 1)),
            }
        }
        let Fate::Mark(kind, rule) = fate else { return };
        if let Some(last) = self.markup.marks.last_mut()
            && last.kind == kind
            && last.rule == rule
        {
            let blank = last.span.end + 1 == place && self.text.as_bytes()[self.text.len() - 1 - c.len_utf8()] == b' ';
            if last.span.end == place || blank {
                last.span.end = place + 1;
                return;
            }
        }
        self.markup.marks.push(Mark { span: Span::new(place, place + 1), kind, rule });
    }
}

/// What parts an element from what stands before and after it.
fn around(tag: Tag) -> Gap {
    match tag {
        Tag::Li
        | Tag::Tr
        | Tag::Thead
        | Tag::Tbody
        | Tag::Tfoot
        | Tag::Dt
        | Tag::Dd
        | Tag::Caption
        | Tag::Option
        | Tag::Legend
        | Tag::Summary => Gap::Line,
        Tag::Td | Tag::Th => Gap::Cell,
        _ if tag.is_block() => Gap::Paragraph,
        _ => Gap::None,
    }
}
