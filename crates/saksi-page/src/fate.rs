//! What becomes of each element in the stem: kept, left out, or kept and marked as noise.

use crate::date;
use crate::ends;
use crate::head;
use crate::held;
use crate::lines::LINE_WORDS;
use crate::measure::{Block, Measured};
use crate::rules::{Rules, Says};
use crate::stem::{ALL_LINK, FOREIGN, Stem, is_running};
use crate::tag::Tag;
use crate::tree::{NONE, Name, Tree};
use saksi_record::PassageKind;
use std::ops::Range;

/// Links of fewer words are numbers of pages and buttons.
const LINK_WORDS: u32 = 3;
/// A box of other stories has no more words, and a label before it no more.
const BOX_WORDS: u32 = 120;
const LABEL_WORDS: u32 = 8;
/// How many paragraphs behind the text may be told from it.
const DETACHED: usize = 64;
/// A quotation taken out of the text has no fewer words, and no more blocks with its source.
const QUOTED: u32 = 4;
const QUOTE_BLOCKS: usize = 4;
/// A text with more quotations set apart is made of them.
const QUOTES: usize = 50;
/// A box that asks for an address has no more words, and no more elements and texts.
const SIGN_UP_WORDS: u32 = 60;
const SIGN_UP_NODES: u32 = 60;
/// Of a text so many times as long as the box, the box is no part.
const SIGN_UP_SHARE: u32 = 2;
/// A box that somebody paid for has no more words, and no more blocks below its label.
const SPONSORED_WORDS: u32 = 70;
const SPONSORED_BLOCKS: usize = 5;
/// A figure or a card has no more elements and texts.
const FIGURE_NODES: u32 = 200;
/// A place before the text has no more words.
const PLACE_WORDS: usize = 3;
/// A time has no more words.
const TIME_WORDS: u32 = 4;
/// A caption has no more words.
const CAPTION_WORDS: u32 = 120;

/// What becomes of an element and what is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// As what it stands in.
    Keep,
    /// Left out of the text.
    Drop,
    /// In the text, marked.
    Mark(PassageKind, &'static str),
}

/// What is known of the article from what stands outside the stem.
#[derive(Debug)]
pub(crate) struct Known<'t> {
    /// The shown headline.
    pub(crate) title: Option<u32>,
    /// The text that metadata carries.
    pub(crate) body: Option<&'t str>,
    /// The author, as metadata names them.
    pub(crate) author: Option<&'t str>,
    /// An element or text in the stem that holds a name beside the date.
    pub(crate) name: Option<u32>,
    /// The bylines shown above.
    pub(crate) bylines: Vec<String>,
}

/// The stem and what is measured of it.
pub(crate) struct View<'t> {
    pub(crate) tree: &'t Tree,
    pub(crate) measured: &'t Measured,
    pub(crate) stem: &'t Stem,
    pub(crate) known: &'t Known<'t>,
    pub(crate) rules: &'t Rules,
    /// From the first to the last block of running text.
    pub(crate) flow: Range<usize>,
    /// The words from there to there.
    words: u32,
    /// The block behind the last one of the article, where metadata knows.
    pub(crate) end: usize,
    /// The words of each paragraph, in small letters, parted and surrounded by blanks.
    said: Vec<(usize, String)>,
}

/// Decides for every node of the stem; nodes elsewhere are kept as they are asked for.
pub(crate) fn decide(tree: &Tree, measured: &Measured, stem: &Stem, known: &Known<'_>, rules: &Rules) -> Vec<Fate> {
    let blocks = measured.blocks_in(stem.node);
    let own = |at: &usize| {
        let block = &measured.blocks[*at];
        let title = known.title.is_some_and(|title| {
            let end = measured.end[title as usize];
            (title..end).contains(&block.first) || (block.first..=block.last).contains(&title)
        });
        is_running(block) && !title && !is_head_line(tree, measured, block) && !stem.foreign[block.first as usize]
    };
    let mut running: Vec<usize> = blocks.clone().filter(own).collect();
    let whole = running.len();
    for _ in 0..DETACHED {
        if is_detached(tree, measured, stem, &running) {
            running.pop();
        }
    }
    // A caption above the text is not its beginning.
    let first = running.iter().find(|&&at| !is_caption(tree, measured, stem, measured.blocks[at].owner));
    let all =
        first.or(running.first()).copied().unwrap_or(blocks.start)..running.last().map_or(blocks.end, |last| last + 1);
    // The article ends where the text in its metadata ends.
    let held = known.body.and_then(|said| held::held(tree, measured, &running, said));
    let end = match held {
        Some(held) if held.end < all.end => held.end,
        _ if running.len() < whole => all.end,
        _ => blocks.end,
    };
    // what ends before the text begins is no end of it
    let behind = ends::behind(tree, measured, rules, blocks.clone(), &running).filter(|&behind| behind > all.start);
    let end = end.min(behind.unwrap_or(end)).max(all.start);
    let text = |&at: &usize| {
        let block = &measured.blocks[at];
        (at, spoken(&measured.text(tree, block)))
    };
    let quotes = (stem.node..measured.end[stem.node as usize]).filter(|&at| is_quote(tree, measured, at));
    let said = if (1..=QUOTES).contains(&quotes.count()) { running.iter().map(text).collect() } else { Vec::new() };
    let flow = all.start..all.end.min(end);
    let words = measured.blocks[flow.clone()].iter().map(|block| block.words).sum();
    let view = View { tree, measured, stem, known, rules, flow, words, end, said };
    let mut fates = vec![Fate::Keep; tree.nodes.len()];
    let end = measured.end[stem.node as usize];
    let mut at = stem.node + 1;
    while at < end {
        if let Some(tag) = tree.tag(at) {
            let fate = view.element(at, tag);
            fates[at as usize] = fate;
            if fate != Fate::Keep {
                let inside = at + 1..measured.end[at as usize];
                // What is not shown is no part of a box either.
                let unsaid = |&inner: &u32| {
                    measured.says[inner as usize].any(Says::HIDDEN)
                        || tree.tag(inner) == Some(Tag::Button)
                        || tree.tag(inner) == Some(Tag::A) && (view.is_skip(inner) || is_mailbox(tree, inner))
                };
                for inner in inside.clone().filter(unsaid) {
                    fates[inner as usize] = Fate::Drop;
                }
                at = inside.end;
                continue;
            }
        }
        at += 1;
    }
    view.broken_heads(&mut fates);
    if let Some(name) = known.name.filter(|name| (stem.node..measured.end[stem.node as usize]).contains(name)) {
        fates[name as usize] = Fate::Mark(PassageKind::Byline, "page/byline");
    }
    view.heads(&mut fates);
    view.lines(known.title, &mut fates);
    fates
}

/// Whether an element stands in a caption.
fn is_caption(tree: &Tree, measured: &Measured, stem: &Stem, at: u32) -> bool {
    let mut around = at;
    while around != NONE && around > stem.node {
        let says = measured.says[around as usize];
        if tree.tag(around) == Some(Tag::Figcaption) || says.any(Says::CAPTION) && !says.any(Says::BODY) {
            return true;
        }
        around = tree.nodes[around as usize].parent;
    }
    false
}

/// Whether a short line that is no sentence holds a byline or a date.
fn is_head_line(tree: &Tree, measured: &Measured, block: &Block) -> bool {
    let head = |at: u32| {
        tree.tag(at) == Some(Tag::Time)
            || tree.tag(at).is_some() && measured.says[at as usize].any(Says::BYLINE.plus(Says::DATE))
    };
    block.words <= LINE_WORDS && !block.stop && (block.first..=block.last).any(head)
}

/// Whether an element is a link to a mailbox.
pub(crate) fn is_mailbox(tree: &Tree, at: u32) -> bool {
    tree.attribute(at, Name::Href).is_some_and(|href| href.trim_start().starts_with("mailto:"))
}

/// Whether an element sets a quotation apart.
fn is_quote(tree: &Tree, measured: &Measured, at: u32) -> bool {
    // A class may make a line of its own of any element.
    let lone = || measured.blocks_in(at).len() == 1 && measured.line_with(tree, at).is_none();
    tree.tag(at).is_some_and(|tag| {
        tag == Tag::Blockquote || measured.says[at as usize].any(Says::QUOTE) && (tag.is_block() || lone())
    })
}

/// The words of a text in small letters, parted and surrounded by blanks.
fn spoken(text: &str) -> String {
    let mut out = String::from(" ");
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        out.push_str(&word.to_lowercase());
        out.push(' ');
    }
    out
}

/// Whether the last paragraph belongs to the page and not to the text: links stand before it, and it is set otherwise than all
/// paragraphs above.
fn is_detached(tree: &Tree, measured: &Measured, stem: &Stem, running: &[usize]) -> bool {
    let [above @ .., before, last] = running else { return false };
    let block = |at: usize| &measured.blocks[at];
    let linked = |at: usize| stem.foreign[block(at).first as usize] || all_link(block(at));
    if !(before + 1..*last).any(linked) {
        return false;
    }
    let parent = |at: usize| tree.nodes[block(at).owner as usize].parent;
    // Parts of a text are numbered: "text-1", "text-2".
    let class = |node: u32| {
        let class = tree.attribute(node, Name::Class).unwrap_or_default();
        class.chars().filter(|c| !c.is_ascii_digit()).collect::<String>()
    };
    let make = |at: usize| {
        let (owner, parent) = (block(at).owner, parent(at));
        (
            tree.tag(owner),
            class(owner),
            if parent == NONE { None } else { tree.tag(parent) },
            if parent == NONE { String::new() } else { class(parent) },
        )
    };
    let mut alike = above.iter().chain([before]).map(|&other| (parent(other), make(other)));
    if alike.any(|(around, as_made)| around == parent(*last) || as_made == make(*last)) {
        return false;
    }
    let mut node = block(*last).owner;
    while node != stem.node && node != NONE {
        if measured.says[node as usize].any(Says::BODY) {
            return false;
        }
        node = tree.nodes[node as usize].parent;
    }
    true
}

/// Whether less than a fifth of a block is links: a sentence that begins with one.
fn is_sentence(block: &Block) -> bool {
    block.link * 5 < block.chars
}

/// Whether a block is nothing but a link.
pub(crate) fn all_link(block: &Block) -> bool {
    block.link as f32 >= block.chars as f32 * ALL_LINK
}

impl View<'_> {
    fn element(&self, at: u32, tag: Tag) -> Fate {
        let says = self.measured.says[at as usize];
        let blocks = self.measured.blocks_in(at);
        let words: u32 = self.measured.blocks[blocks.clone()].iter().map(|block| block.words).sum();
        let inside = blocks.start >= self.flow.start && blocks.end <= self.flow.end;
        let before = blocks.end <= self.flow.end;
        if tag.is_silent() || says.any(Says::HIDDEN) && self.stem.foreign[at as usize] {
            return Fate::Drop;
        }
        if tag.is_block() && inside && self.is_sponsored(&blocks, words) {
            return Fate::Mark(PassageKind::Advert, "page/sponsor");
        }
        if says.any(Says::CAPTION) && !says.any(Says::BODY.plus(Says::ADVERT)) && words <= CAPTION_WORDS && before {
            return Fate::Mark(PassageKind::Caption, "page/caption");
        }
        if tag == Tag::A && self.is_skip(at) {
            return Fate::Drop;
        }
        if tag == Tag::A && inside && words <= BOX_WORDS && self.is_card(at) {
            return Fate::Mark(PassageKind::RelatedLink, "page/card");
        }
        if let Some(line) = self.measured.line_with(self.tree, at).filter(|_| says.any(FOREIGN)) {
            return self.in_line(at, tag, line);
        }
        let beside = says.any(Says::BOILERPLATE) && !says.any(FOREIGN.without(Says::BOILERPLATE));
        if beside && self.is_above(at) && head::is_dated_line(self.tree, self.measured, self.rules, at) {
            return Fate::Mark(PassageKind::Dateline, "page/date");
        }
        if self.stem.foreign[at as usize] {
            return match () {
                () if says.any(Says::COMMENTS) || words == 0 => Fate::Drop,
                () if inside && self.is_subheading(at, says, &blocks) => Fate::Keep,
                () if says.any(Says::RELATED) && inside && words <= BOX_WORDS => {
                    Fate::Mark(PassageKind::RelatedLink, "page/related")
                }
                () if !says.any(FOREIGN) && inside && words <= BOX_WORDS => {
                    Fate::Mark(PassageKind::RelatedLink, "page/teaser")
                }
                () if says.any(Says::ADVERT)
                    && inside
                    && (words <= LABEL_WORDS
                        || blocks.len() == 1 && words <= SPONSORED_WORDS && !self.is_links(&blocks)) =>
                {
                    Fate::Mark(PassageKind::Advert, "page/advert")
                }
                () if inside
                    && (LINK_WORDS..=BOX_WORDS).contains(&words)
                    && self.is_links(&blocks)
                    && self.has_headline(at)
                    && !says.any(Says::BOILERPLATE) =>
                {
                    Fate::Mark(PassageKind::RelatedLink, "page/links")
                }
                () => Fate::Drop,
            };
        }
        if tag == Tag::Figure && before && words <= CAPTION_WORDS && self.is_picture(at, &blocks) {
            return Fate::Mark(PassageKind::Caption, "page/caption");
        }
        if matches!(tag, Tag::Ul | Tag::Ol) && inside && words <= BOX_WORDS && self.is_pointers(&blocks) {
            return Fate::Mark(PassageKind::RelatedLink, "page/links");
        }
        if self.is_sign_up(at, tag, words) {
            return Fate::Drop;
        }
        if before && is_quote(self.tree, self.measured, at) && self.is_repeated(&blocks) {
            return Fate::Drop;
        }
        if matches!(tag, Tag::B | Tag::Strong) && self.is_place(at) {
            return Fate::Mark(PassageKind::Dateline, "page/place");
        }
        if matches!(tag, Tag::Button | Tag::Form | Tag::Select | Tag::Label) {
            return Fate::Drop;
        }
        match head::byline_or_date(self.tree, self.measured, self.rules, at) {
            Some(says) if !before && self.is_of_page(at, says) => Fate::Drop,
            Some(Says::DATE) => Fate::Mark(PassageKind::Dateline, "page/date"),
            Some(_) => Fate::Mark(PassageKind::Byline, "page/byline"),
            None if self.is_above(at) && head::is_dated_line(self.tree, self.measured, self.rules, at) => {
                Fate::Mark(PassageKind::Dateline, "page/date")
            }
            None if self.is_above(at) && (self.is_author_line(at) || self.is_labelled_author(at)) => {
                Fate::Mark(PassageKind::Byline, "page/byline")
            }
            None if self.is_time_alone(at, tag, &blocks) => Fate::Mark(PassageKind::Dateline, "page/time"),
            None if !tag.is_block() && self.is_clock_beside(at) => Fate::Mark(PassageKind::Dateline, "page/date"),
            None => Fate::Keep,
        }
    }

    /// Whether a box begins with a label that says who paid for it: "In partnership with Lens".
    fn is_sponsored(&self, blocks: &Range<usize>, words: u32) -> bool {
        let [first, rest @ ..] = &self.measured.blocks[blocks.clone()] else { return false };
        (1..=SPONSORED_BLOCKS).contains(&rest.len())
            && words <= SPONSORED_WORDS
            && words * SIGN_UP_SHARE <= self.words
            && first.words <= LABEL_WORDS
            && self.rules.is_sponsor(&self.measured.text(self.tree, first))
    }

    /// Whether a box with no links holds nothing but a heading: what its class calls paging parts the text.
    fn is_subheading(&self, at: u32, says: Says, blocks: &Range<usize>) -> bool {
        let [block] = &self.measured.blocks[blocks.clone()] else { return false };
        let heading = self.tree.tag(block.owner).is_some_and(Tag::is_heading) && block.owner >= at;
        let around = self.tree.nodes[at as usize].parent;
        let named = says == Says::CLUTTER
            || says == Says::default() && around != NONE && self.measured.says[around as usize] == Says::CLUTTER;
        named && heading && block.link == 0 && block.words > LABEL_WORDS / 4 && block.words <= LABEL_WORDS * 2
    }

    /// Whether a link in an element has enough words for a headline: others are numbers of pages and buttons.
    fn has_headline(&self, at: u32) -> bool {
        let mut links = (at..self.measured.end[at as usize]).filter(|&at| self.tree.tag(at) == Some(Tag::A));
        links.any(|at| self.tree.parted(at).split_whitespace().count() >= LINK_WORDS as usize)
    }

    /// Whether a figure holds a picture and words for it.
    fn is_picture(&self, at: u32, blocks: &Range<usize>) -> bool {
        let (mut picture, mut other) = (false, self.measured.end[at as usize] - at > FIGURE_NODES);
        for inner in (at + 1..self.measured.end[at as usize]).take(FIGURE_NODES as usize) {
            match self.tree.tag(inner) {
                Some(Tag::Img | Tag::Picture | Tag::Video | Tag::Iframe) => picture = true,
                Some(Tag::Blockquote | Tag::Table | Tag::Pre | Tag::Figure) => other = true,
                Some(tag) if tag.is_heading() => other = true,
                _ => {}
            }
        }
        picture && !other && !self.is_links(blocks)
    }

    /// Whether an element is a box with a field for an address and a few words that ask for it.
    fn is_sign_up(&self, at: u32, tag: Tag, words: u32) -> bool {
        if !tag.is_block() || words > SIGN_UP_WORDS || self.measured.end[at as usize] - at > SIGN_UP_NODES {
            return false;
        }
        let email = |&inner: &u32| {
            self.tree.tag(inner) == Some(Tag::Input)
                && self.tree.attribute(inner, Name::Type).is_some_and(|kind| kind.eq_ignore_ascii_case("email"))
        };
        words * SIGN_UP_SHARE <= self.words && (at + 1..self.measured.end[at as usize]).any(|inner| email(&inner))
    }

    /// Whether a label that is not shown says that an element is a byline: "Author, Jane Fenwick".
    fn is_labelled_author(&self, at: u32) -> bool {
        let hidden = |&inner: &u32| self.measured.says[inner as usize].any(Says::HIDDEN);
        let (end, blocks) = (self.measured.end[at as usize], self.measured.blocks_in(at));
        let words: u32 = self.measured.blocks[blocks.clone()].iter().map(|block| block.words).sum();
        let short = blocks.len() == 1 && words <= LABEL_WORDS && self.tree.is_short(at..end, SIGN_UP_NODES);
        short && (at + 1..end).any(|inner| hidden(&inner)) && self.rules.begins_byline(&self.tree.parted(at))
    }

    /// Whether every item of a list begins with a headline in a link, and goes on with a few words of that story.
    fn is_pointers(&self, blocks: &Range<usize>) -> bool {
        let items = &self.measured.blocks[blocks.clone()];
        let begins = |item: &Block| {
            let around = std::iter::successors(Some(item.first), |&at| Some(self.tree.nodes[at as usize].parent));
            let link = around.take_while(|&at| at > item.owner).find(|&at| self.tree.tag(at) == Some(Tag::A));
            let words = |at: u32| self.tree.text_of(at).split_whitespace().count();
            let headline = link.is_some_and(|at| words(at) >= LINK_WORDS as usize);
            headline && self.tree.tag(item.owner) == Some(Tag::Li) && item.link < item.chars && !is_sentence(item)
        };
        items.len() > 1 && items.iter().all(begins)
    }

    /// Whether an element is a time of day right beside one that says it is a time: "2h ago 19.20 CEST".
    fn is_clock_beside(&self, at: u32) -> bool {
        let around = self.tree.nodes[at as usize].parent;
        if around == NONE || !self.tree.is_short(around..self.measured.end[around as usize], SIGN_UP_NODES) {
            return false;
        }
        let mut inner = around + 1..self.measured.end[around as usize];
        let own = at..self.measured.end[at as usize];
        inner.any(|inner| !own.contains(&inner) && self.tree.tag(inner) == Some(Tag::Time))
            && date::is_clock(&self.tree.parted(at))
    }

    /// Whether a line is nothing but a time of day or one told from now, as a live report's entries have.
    fn is_time_alone(&self, at: u32, tag: Tag, blocks: &Range<usize>) -> bool {
        let [block] = &self.measured.blocks[blocks.clone()] else { return false };
        let line =
            tag.is_block() && !matches!(tag, Tag::Td | Tag::Th | Tag::Li | Tag::Dt | Tag::Dd) && block.owner == at;
        line && block.words <= TIME_WORDS && block.link == 0 && {
            let text = self.measured.text(self.tree, block);
            // "2.12pm Jess Whitby" says who told it, too.
            let named = |word: &str| word.starts_with(char::is_uppercase) && word.contains(char::is_lowercase);
            date::is_clock(&text) && !text.contains('/') && !text.split_whitespace().any(named)
                || self.rules.is_ago(&text)
        }
    }

    /// Whether a paragraph outside these blocks has the words of the first of them.
    fn is_repeated(&self, blocks: &Range<usize>) -> bool {
        let Some(first) = self.measured.blocks.get(blocks.start).filter(|first| first.words >= QUOTED) else {
            return false;
        };
        let words = spoken(&self.measured.text(self.tree, first));
        let outside = |at: &usize| !blocks.contains(at);
        blocks.len() <= QUOTE_BLOCKS && self.said.iter().any(|(at, text)| outside(at) && text.contains(&words))
    }

    /// Whether a link holds lines of words, as a card that points to another story does, and is not the frame of a picture.
    fn is_card(&self, at: u32) -> bool {
        let inner = at + 1..self.measured.end[at as usize];
        if inner.len() > FIGURE_NODES as usize {
            return false;
        }
        let blocks = inner.clone().filter(|&inner| self.tree.tag(inner).is_some_and(Tag::is_block)).count();
        let caption = inner.clone().any(|inner| self.measured.says[inner as usize].any(Says::CAPTION));
        let href = self.tree.attribute(at, Name::Href).unwrap_or_default().trim();
        blocks > 1 && !caption && self.measured.blocks_in(at).len() > 1 && !href.is_empty() && !href.starts_with('#')
    }

    /// Whether the text begins with a place in bold letters and a colon.
    fn is_place(&self, at: u32) -> bool {
        let Some(first) = self.measured.blocks.get(self.flow.start) else { return false };
        let begins = at < first.first && first.first < self.measured.end[at as usize];
        if !begins || !self.tree.is_short(at..self.measured.end[at as usize], SIGN_UP_NODES) {
            return false;
        }
        let text = self.tree.text_of(at);
        let name = |word: &str| word.starts_with(char::is_uppercase);
        let behind = self.measured.end[at as usize];
        // The colon may stand behind the bold letters.
        let colon = self
            .tree
            .nodes
            .get(behind as usize)
            .is_some_and(|next| next.tag.is_none() && self.tree.str(&next.range).starts_with(": "));
        text.strip_suffix(':').or(Some(text.as_str()).filter(|_| colon)).is_some_and(|place| {
            place.split_whitespace().all(name) && (1..=PLACE_WORDS).contains(&place.split_whitespace().count())
        })
    }

    /// Whether a link in a short line leads to a place in this page: "Skip this list".
    fn is_skip(&self, at: u32) -> bool {
        let href = self.tree.attribute(at, Name::Href).unwrap_or_default();
        let line = || self.measured.line_with(self.tree, at).map(|line| &self.measured.blocks[line]);
        href.len() > 1
            && href.starts_with('#')
            && line().is_some_and(|line| {
                !is_running(line) && !self.tree.tag(line.owner).is_some_and(Tag::is_heading) && line.words <= LINE_WORDS
            })
    }

    /// What becomes of a foreign element in the midst of a line: links of a sentence belong to it.
    fn in_line(&self, at: u32, tag: Tag, line: usize) -> Fate {
        let says = self.measured.says[at as usize];
        let inside = self.flow.contains(&line);
        match () {
            () if tag == Tag::A && (says.any(Says::RELATED) || is_running(&self.measured.blocks[line])) => Fate::Keep,
            () if says.any(Says::RELATED) && inside => Fate::Mark(PassageKind::RelatedLink, "page/related"),
            () if says.any(Says::ADVERT) && inside => Fate::Mark(PassageKind::Advert, "page/advert"),
            () => Fate::Drop,
        }
    }

    /// Whether a byline or a date below the text belongs to the page: the byline above once more, or a date in a box that is
    /// no text.
    fn is_of_page(&self, at: u32, says: Says) -> bool {
        if says == Says::DATE {
            let parent = self.tree.nodes[at as usize].parent;
            return [at, parent].iter().any(|&at| self.measured.says[at as usize].any(Says::BOILERPLATE));
        }
        let text = self.tree.text_of(at);
        self.known.bylines.iter().any(|shown| self.rules.without_label(shown).eq_ignore_ascii_case(&text))
    }

    /// The words of an element that are shown.
    fn shown(&self, at: u32) -> String {
        let mut out = String::new();
        self.tree.walk(at, |node| {
            if self.tree.tag(node).is_none() {
                out.push_str(self.tree.str(&self.tree.nodes[node as usize].range));
                out.push(' ');
            }
            !self.measured.says[node as usize].any(Says::HIDDEN)
        });
        out
    }

    /// Whether an element is a line with the author's name.
    fn is_author_line(&self, at: u32) -> bool {
        let short = self.measured.blocks_in(at).len() <= 1
            && self.tree.is_short(at..self.measured.end[at as usize], SIGN_UP_NODES);
        short && self.known.author.is_some_and(|author| head::is_author(&self.shown(at), author, self.rules))
    }

    /// Whether a node ends before the text begins.
    fn is_above(&self, at: u32) -> bool {
        let first = self.measured.blocks.get(self.flow.start);
        first.is_some_and(|block| self.measured.end[at as usize] <= block.first)
    }

    /// Whether most of the words are links.
    fn is_links(&self, blocks: &Range<usize>) -> bool {
        let (chars, link) = self.measured.blocks[blocks.clone()]
            .iter()
            .fold((0, 0), |(chars, link), block| (chars + block.chars, link + block.link));
        link as f32 > chars as f32 * 0.5
    }
}
