//! Reads a page: its text, what it says of itself, and which bytes each character came from.

use crate::date;
use crate::decode::{DecodeError, decode_as};
use crate::fate::{self, Fate};
use crate::glued;
use crate::head;
use crate::layout::{Layout, Markup};
use crate::lead;
use crate::measure::measure;
use crate::meta::{self, Meta, Stamp, Undecided};
use crate::names;
use crate::offsets::Offsets;
use crate::parse::parse;
use crate::rules::{Rules, Says};
use crate::site;
use crate::stem;
use crate::tag::Tag;
use crate::tree::{Name, Tree};
use encoding_rs::Encoding;
use saksi_lang::First;
use saksi_record::{Note, PassageKind, Span};
use std::ops::Range;

/// A date may stand in so many lines above the text, of no more words.
const LINES: usize = 4;
const DATE_WORDS: u32 = 12;
/// The head of a letter has no more lines.
const LETTERHEAD: usize = 8;

/// What the caller knows of a page.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hints<'a> {
    /// The charset of the HTTP header `Content-Type`.
    pub charset: Option<&'a str>,
    /// The address it was fetched from.
    pub url: Option<&'a str>,
}

/// A page read.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// Headline, byline, date and body, and the noise set into them: paragraphs parted by empty lines.
    pub text: String,
    /// What its markup says of the text.
    pub markup: Markup,
    /// What the page says of itself.
    pub meta: Meta,
    /// Which bytes of the file each character of the text came from.
    pub map: ByteMap,
    /// The encoding's name in the WHATWG Encoding Standard, such as `UTF-8`.
    pub encoding: &'static str,
    /// What was doubtful.
    pub notes: Vec<Note>,
}

/// Which bytes of the file each code point of the text came from.
///
/// A character that layout put in, such as a line break between paragraphs, came from an empty range.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ByteMap {
    bytes: Vec<Range<u32>>,
}

impl ByteMap {
    /// The bytes of the code point at `at`, end exclusive.
    pub fn char(&self, at: u32) -> Option<Range<u32>> {
        self.bytes.get(at as usize).cloned()
    }

    /// The bytes from the first to the last of `span`, with the markup between them.
    pub fn span(&self, span: Span) -> Option<Range<u32>> {
        let all = self.bytes.get(span.start as usize..span.end as usize)?;
        let real = || all.iter().filter(|range| !range.is_empty());
        let start = real().map(|range| range.start).min()?;
        Some(start..real().map(|range| range.end).max()?)
    }

    /// How many code points there are.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }
}

/// Whether a file is an HTML page, by its first bytes and not by its name.
pub fn is_page(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(2048)];
    // UTF-16 has a zero in every other byte of a tag.
    let head: Vec<u8> = head.iter().filter(|byte| **byte != 0).map(u8::to_ascii_lowercase).collect();
    let head = String::from_utf8_lossy(&head);
    let mut rest = head.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{fffd}');
    while let Some(comment) = rest.strip_prefix("<!--") {
        let Some(end) = comment.find("-->") else { return false };
        rest = comment[end + 3..].trim_start();
    }
    if let Some(declared) = rest.strip_prefix("<?xml") {
        return declared.contains("<!doctype html") || declared.contains("<html");
    }
    let tags = [
        "<!doctype html",
        "<html",
        "<head",
        "<body",
        "<meta ",
        "<title",
        "<script",
        "<link ",
        "<style",
        "<div",
        "<article",
        "<main",
        "<section",
        "<header",
        "<p>",
        "<p ",
        "<h1",
        "<h2",
        "<table",
        "<span",
        "<a ",
        "<base ",
    ];
    tags.iter().any(|tag| rest.starts_with(tag))
}

/// Takes the date that `node` shows for a page whose metadata has none; where metadata gives it in UTC, the day shown.
fn dated(meta: &mut Meta, tree: &Tree, node: u32, first: Option<First>, rules: &Rules) {
    let text = tree.parted(node);
    let shown = date::day(&text, rules, first);
    match &mut meta.published {
        Some(stamp) => {
            let other = |shown: &String| date::is_utc(&stamp.written) && date::are_neighbours(&stamp.day, shown);
            // What was changed the day after was not published then; what was changed the day before was.
            let told = |shown: &String| *shown < stamp.day || !rules.is_update(&text);
            if let Some(shown) = shown.filter(|shown| other(shown) && told(shown)) {
                stamp.day = shown;
            }
        }
        none => {
            *none = shown.map(|day| Stamp { day, written: text.clone(), from: "shown" }).or_else(|| {
                let written = tree.attribute(node, Name::Datetime)?;
                Some(Stamp { day: date::day(written, rules, first)?, written: written.to_owned(), from: "time" })
            });
            if meta.published.is_none() && meta.undecided.is_none() && date::is_undecided(&text, rules) {
                meta.undecided = Some(Undecided { written: text, from: "shown" });
            }
        }
    }
}

/// The day of the page's times, if they are all of one day.
fn lone_time(tree: &Tree, rules: &Rules, first: Option<First>) -> Option<Stamp> {
    let times = (0..tree.nodes.len() as u32).filter(|&at| tree.tag(at) == Some(Tag::Time));
    let written = times.filter_map(|at| tree.attribute(at, Name::Datetime));
    let mut days = written.filter_map(|written| Some((date::day(written, rules, first)?, written)));
    let (day, written) = days.next()?;
    days.all(|(other, _)| other == day).then(|| Stamp { day, written: written.to_owned(), from: "time" })
}

/// Reads a page.
///
/// # Errors
/// [`DecodeError::Binary`] for a file that holds no text.
pub fn read(bytes: &[u8], hints: &Hints<'_>, rules: &Rules) -> Result<Page, DecodeError> {
    // 1 characters
    let decoded = decode_as(bytes, hints.charset)?;
    let encoding = Encoding::for_label(decoded.encoding.as_bytes()).unwrap_or(encoding_rs::UTF_8);

    // 2 elements
    let mut tree = parse(&decoded.text);
    glued::part(&mut tree);
    let measured = measure(&tree, rules);

    // 3 what the page says of itself
    let (mut meta, mut titles, said, first) = meta::read(&tree, hints.url, rules);
    let all = titles.said.len();
    titles.said.retain(|title| !rules.is_no_title(title));
    titles.fallback = titles.fallback.filter(|_| titles.said.len() == all);

    // 4 which element is the article, and what becomes of what is in it
    let title = head::title(&tree, &measured, &titles.said);
    // What a word processor calls its document is seldom the headline.
    let heading = |at: u32| tree.tag(at).is_some_and(Tag::is_heading);
    let title = title.filter(|&at| !titles.processed || heading(at));
    let stem = stem::find(&tree, &measured, title, rules);
    let unnamed = titles.said.iter().all(|said| Some(said) == titles.document.as_ref());
    let title =
        title.or_else(|| Some(&stem).filter(|_| unnamed).and_then(|stem| head::heading_above(&tree, &measured, stem)));
    let title = title.or_else(|| {
        Some(&stem).filter(|_| titles.processed).and_then(|stem| lead::of_document(&tree, &measured, stem, rules))
    });
    if title.is_some_and(|title| titles.processed && !heading(title)) {
        let shown = |name: &&String| {
            measured.blocks.iter().take(LETTERHEAD).any(|block| measured.text(&tree, block).trim() == name.as_str())
        };
        meta.outlet = meta.outlet.or(titles.document.as_ref().filter(shown).cloned());
    }
    let sent = titles.description.as_deref().filter(|_| title.is_none());
    let sent = sent.and_then(|description| lead::of_message(&tree, &measured, &stem, (description, &titles.said)));
    if sent.is_some() {
        meta.outlet = titles.said.first().cloned();
    }
    let title = title.or(sent);
    let body = said.iter().filter_map(|said| said.body.as_deref()).max_by_key(|body| body.len());
    let author = meta.author.as_deref();
    let mut above = head::byline_and_date(&tree, &measured, rules, title, stem.node, author);
    let unsigned = author.is_none() && !above.iter().any(|(_, says)| *says == Says::BYLINE);
    let outlet = meta.outlet.as_deref();
    let named = title
        .filter(|_| unsigned)
        .and_then(|title| names::beside_date(&tree, &measured, rules, title, &stem, (outlet, &titles.said)));
    let name = named.as_ref().and_then(|named| named.node);
    let held = |node: u32| above.iter().any(|(at, _)| *at <= node && node < measured.end[*at as usize]);
    if let Some(node) = name.filter(|&node| node < stem.node && !held(node)) {
        above.push((node, Says::BYLINE));
        above.sort_by_key(|(at, _)| *at);
    }
    let bylines = above.iter().filter(|(_, says)| *says == Says::BYLINE).map(|(node, _)| tree.text_of(*node));
    let known = fate::Known { title, body, author, name, bylines: bylines.collect() };
    let mut fates = fate::decide(&tree, &measured, &stem, &known, rules);
    meta.author = meta.author.or(named.map(|named| named.name));

    // 5 lines
    let mut layout = Layout::new(&tree);
    let mark = Fate::Mark(PassageKind::Title, "page/title");
    if let Some(title) = title {
        layout.add(title, &measured, &fates, mark);
        let shown = tree.text_of(title);
        let beside = titles.document.as_deref().and_then(|document| site::beside(document, &shown, rules));
        let beside = beside.map(|name| site::shown_name(&tree, &name, (rules, true)));
        let front = || site::of_front(&tree, meta.url.as_deref().or(hints.url), rules);
        let named = || site::of_document(&tree, &measured, titles.document.as_deref()?, title);
        meta.outlet = meta.outlet.take().or(beside).or_else(named).or_else(front);
        meta.title = Some(shown);
        fates[title as usize] = Fate::Drop;
    } else if let Some(range) = titles.fallback {
        meta.title = Some(tree.str(&range).split_whitespace().collect::<Vec<_>>().join(" "));
        layout.add_line(&range, mark);
    }
    let dated_above = above.iter().any(|(_, says)| *says == Says::DATE);
    // When the page was changed is no day of publication where another day is shown.
    let is_update = |node: u32| rules.is_update(&tree.parted(node));
    let published = above.iter().any(|(node, says)| *says == Says::DATE && !is_update(*node));
    // "Posted 12 August, originally published 11 August": what is shown and said is so, whatever else is shown.
    let confirmed = meta.published.as_ref().is_some_and(|stamp| {
        let same = |node: u32| date::day(&tree.parted(node), rules, first).as_ref() == Some(&stamp.day);
        above.iter().any(|(node, says)| *says == Says::DATE && !is_update(*node) && same(*node))
    });
    let mut before = None;
    for (node, says) in above {
        let is_date = says == Says::DATE;
        let kind = if is_date { PassageKind::Dateline } else { PassageKind::Byline };
        let rule = if is_date { "page/date" } else { "page/byline" };
        let unsaid = |&at: &u32| measured.says[at as usize].any(Says::HIDDEN) || fate::is_mailbox(&tree, at);
        for inner in (node..measured.end[node as usize]).filter(unsaid) {
            fates[inner as usize] = Fate::Drop;
        }
        for inner in names::separators(&tree, node..measured.end[node as usize], |at| fates[at as usize] == Fate::Drop)
        {
            fates[inner as usize] = Fate::Drop;
        }
        // Lines that only a line break parts.
        let end = measured.end[node as usize];
        let owner = |at: u32| measured.owner[at as usize];
        let broken = |from: u32| owner(from) == owner(node) && (from..node).any(|at| tree.tag(at) == Some(Tag::Br));
        layout.join(before.replace(end - 1).is_some_and(broken));
        layout.add(node, &measured, &fates, Fate::Mark(kind, rule));
        if says == Says::BYLINE && meta.author.is_none() {
            meta.author = head::linked_authors(&tree, &measured, rules, node, meta.outlet.as_deref());
        }
        // "Admin | Wednesday, 12 February 2025 | 312 views"
        let only = !is_date && !dated_above && meta.published.is_none();
        if only || is_date && !confirmed && !(published && is_update(node)) {
            dated(&mut meta, &tree, node, first, rules);
        }
    }
    let is_utc = |meta: &Meta| meta.published.as_ref().is_some_and(|stamp| date::is_utc(&stamp.written));
    if meta.published.is_none() || is_utc(&meta) && !dated_above {
        // A date above the text and inside its element.
        let lines = (stem.node..measured.end[stem.node as usize])
            .filter(|&at| fates[at as usize] == Fate::Mark(PassageKind::Dateline, "page/date"));
        for line in lines {
            dated(&mut meta, &tree, line, first, rules);
            if date::is_date(&tree.parted(line), rules) || meta.published.is_some() && !is_utc(&meta) {
                break;
            }
        }
    }
    if meta.published.is_none() {
        // A line of a paragraph above the text, which no element holds.
        let below = title.map_or(0, |title| measured.end[title as usize]);
        let blocks = measured.blocks[measured.blocks_in(stem.node)].iter();
        let lines = blocks.filter(|block| block.first >= below).take_while(|block| !stem::is_running(block));
        for line in lines.filter(|line| line.words <= DATE_WORDS && !stem.foreign[line.first as usize]).take(LINES) {
            dated(&mut meta, &tree, line.owner, first, rules);
        }
    }
    if meta.published.is_none() && meta.undecided.is_none() {
        let over = |title: u32| head::date_over(&tree, &measured, rules, title);
        let mail = |title: u32| names::mail_date(&tree, &measured, rules, title);
        if let Some(line) = title.and_then(|title| over(title).or_else(|| mail(title))) {
            dated(&mut meta, &tree, line, first, rules);
        }
        if meta.published.is_none() {
            meta.published = lone_time(&tree, rules, first);
        }
    }
    layout.add(stem.node, &measured, &fates, Fate::Keep);

    if meta.published.is_some() {
        meta.undecided = None;
    }
    layout.markup.outlet.clone_from(&meta.outlet);
    meta.url = meta.url.or_else(|| hints.url.map(str::to_owned));

    // 6 bytes
    let offsets = Offsets::of(bytes, encoding);
    let mut map = std::mem::take(&mut layout.bytes);
    for range in &mut map {
        *range = offsets.range(range);
    }
    // Notes of decoding place damage in the page, not in the text read off it.
    let notes = decoded.notes.into_iter().map(|note| Note { span: None, ..note }).collect();
    Ok(Page {
        text: layout.text,
        markup: layout.markup,
        meta,
        map: ByteMap { bytes: map },
        encoding: decoded.encoding,
        notes,
    })
}
