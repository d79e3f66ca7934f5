//! Where the headline, the byline and the date stand on the page.

use crate::date;
use crate::measure::{Block, Measured};
use crate::names;
use crate::rules::{Rules, Says};
use crate::stem::{FOREIGN, Stem, is_running};
use crate::tag::Tag;
use crate::tree::{NONE, Name, Tree};
use rustc_hash::FxHashSet;
use std::ops::Range;

/// Words that a shown headline and one from metadata have in common, as a share of the longer one's, to be the same.
const SAME: f32 = 0.5;
/// A heading with fewer words is no headline.
const HEADLINE: usize = 3;
/// A byline or a date has no more words.
const SHORT: usize = 24;
/// A person's name has no more words.
const NAME: usize = 4;
/// How many elements above a link may say that it is in a byline.
const AROUND: usize = 3;
/// A headline, a byline or a date has no more elements and texts in it.
const NODES: u32 = 80;
/// A story has so many characters of running text.
const STORY: u32 = 300;
const SHORT_STORY: u32 = 120;
/// The line around a link to the author has no more words.
const LINE: usize = 8;
/// How many words may stand around the author's name on the line: "By", "in Jakarta", "in Port Marrow".
const LABEL: usize = 4;
/// What holds a date and no more words is a date, whatever its names say.
const DATED: usize = 12;
/// How many nodes before the element with headline and text a date of the day may stand.
const BEFORE: u32 = 12;
/// With so many words and a full stop, a line is a sentence.
const SENTENCE: usize = 6;
/// A line with a date has fewer other words beside an element that holds the date.
const BESIDE: usize = 3;
/// In so many blocks a box says that it is a story, and so many boxes are looked at.
const HEAD: usize = 8;
const BOXES: usize = 200;
/// How many nodes before the headline a date may stand where headline and text share only the page's body.
const NEAR: u32 = 80;

/// The element that shows the headline.
pub(crate) fn title(tree: &Tree, measured: &Measured, said: &[String]) -> Option<u32> {
    let titles = said;
    let said: Vec<FxHashSet<String>> = titles.iter().map(|title| words(title)).collect();
    let mut best: Option<(f32, u32)> = None;
    let mut first = None;
    // Where no heading is alike, a line in bold letters may be.
    let mut bold = None;
    for at in 0..tree.nodes.len() as u32 {
        let Some(tag) = tree.tag(at) else { continue };
        let says = measured.says[at as usize];
        let named = says.any(Says::TITLE) && !matches!(tag, Tag::Meta | Tag::A | Tag::Body | Tag::Html);
        let bolder = matches!(tag, Tag::B | Tag::Strong | Tag::Font | Tag::Big) && bold.is_none() && best.is_none();
        if !(tag.is_heading() || named || bolder) || says.any(Says::HIDDEN) {
            continue;
        }
        let blocks = measured.blocks_in(at);
        // Old pages set date and headline into one paragraph, each on a line of its own.
        let line = bolder && blocks.is_empty() && is_own_line(tree, measured, at);
        let one = blocks.len() == 1 && measured.blocks[blocks.start].words <= 60;
        if !(one || line)
            || measured.end[at as usize] - at > NODES
            || bolder && !line && is_running(&measured.blocks[blocks.start]) && measured.blocks[blocks.start].stop
        {
            continue;
        }
        let own = words(&tree.text_of(at));
        if own.is_empty() {
            continue;
        }
        let alike = said.iter().map(|title| likeness(title, &own)).fold(0.0, f32::max);
        if bolder && !named {
            bold = Some(at).filter(|_| alike >= SAME && own.len() >= 3);
            continue;
        }
        let weight = alike
            + match tag {
                Tag::H1 => 0.2,
                Tag::H2 => 0.05,
                _ => 0.0,
            };
        if alike >= SAME && best.is_none_or(|(other, _)| weight > other + 0.01) {
            best = Some((weight, at));
        }
        if tag == Tag::H1 && first.is_none() && own.len() >= 3 {
            first = Some(at);
        }
    }
    best.map(|(_, at)| at).or(bold).or(first).or_else(|| part_shown(tree, measured, titles))
}

/// The line that shows a part of what metadata have as the headline: "Herald : Page 3 : Boats arrive late".
fn part_shown(tree: &Tree, measured: &Measured, titles: &[String]) -> Option<u32> {
    let marks = [" : ", " | ", " - ", " – ", " — ", " » ", " :: "];
    let long = |part: &str| part.split_whitespace().count() > HEADLINE;
    let parts: Vec<String> = titles
        .iter()
        .flat_map(|title| marks.iter().filter(|mark| title.contains(**mark)).flat_map(|mark| title.split(*mark)))
        .map(|part| part.trim().to_lowercase())
        .filter(|part| long(part))
        .collect();
    let blocks = measured.blocks.iter().filter(|block| (HEADLINE as u32 + 1..=SHORT as u32).contains(&block.words));
    let alone = |block: &&Block| {
        measured.blocks_in(block.owner).len() == 1 && measured.end[block.owner as usize] - block.owner <= NODES
    };
    let mut shown = blocks.filter(|_| !parts.is_empty()).filter(alone);
    shown.find(|block| parts.contains(&tree.text_of(block.owner).trim().to_lowercase())).map(|block| block.owner)
}

/// Whether a line break stands right before an element, or before the elements that hold nothing else, and one right behind.
pub(crate) fn is_own_line(tree: &Tree, measured: &Measured, at: u32) -> bool {
    let breaks = |at: u32| tree.tag(at).is_none_or(|tag| tag == Tag::Br || tag.is_block());
    let blank = |at: u32| tree.tag(at).is_none() && tree.str(&tree.nodes[at as usize].range).trim().is_empty();
    let mut outer = at;
    while tree.nodes[outer as usize].parent + 1 == outer && !tree.tag(outer - 1).is_none_or(Tag::is_block) {
        outer -= 1;
    }
    let first = outer.checked_sub(1).map(|before| if blank(before) { before.saturating_sub(1) } else { before });
    let before = first.is_some_and(|before| tree.tag(before).is_some() && breaks(before));
    let mut behind = measured.end[outer as usize];
    behind += u32::from((behind as usize) < tree.nodes.len() && blank(behind));
    before && (behind as usize >= tree.nodes.len() || tree.tag(behind).is_some() && breaks(behind))
}

/// The last heading above the text of a page whose metadata name no headline.
pub(crate) fn heading_above(tree: &Tree, measured: &Measured, stem: &Stem) -> Option<u32> {
    let blocks = measured.blocks_in(stem.node);
    let text = measured.blocks[blocks].iter().find(|block| is_running(block))?.first;
    let region = tree.nodes[stem.node as usize].parent;
    let from = if region == NONE { 0 } else { region };
    (from..text).rev().find(|&at| {
        let one = measured.blocks_in(at).len() == 1 && measured.end[at as usize] <= text;
        tree.tag(at).is_some_and(Tag::is_heading)
            && !stem.foreign[at as usize]
            && one
            && (HEADLINE..=SHORT).contains(&tree.text_of(at).split_whitespace().count())
    })
}

/// The people a byline links to.
pub(crate) fn linked_authors(
    tree: &Tree,
    measured: &Measured,
    rules: &Rules,
    byline: u32,
    outlet: Option<&str>,
) -> Option<String> {
    let name = |at: u32| {
        let text = Some(at).filter(|&at| tree.tag(at) == Some(Tag::A)).map(|at| tree.text_of(at))?;
        // "Ann Holt, reporter"
        let office = text.split_once(", ").filter(|(_, office)| office.starts_with(char::is_lowercase));
        let text = office.map_or(text.clone(), |(name, _)| name.to_owned());
        let words = text.split_whitespace().count();
        let plain = text.starts_with(char::is_uppercase) && !text.contains(|c: char| c.is_ascii_digit() || c == '@');
        ((1..=5).contains(&words) && plain && Some(text.as_str()) != outlet).then_some(text)
    };
    let names: Vec<String> = (byline..measured.end[byline as usize]).filter_map(name).collect();
    if let [name] = names.as_slice() {
        // Beside a name that is no link, the link may lead to a section.
        let line = tree.parted(byline);
        let line = outlet.filter(|outlet| !outlet.is_empty()).map_or(line.clone(), |outlet| line.replace(outlet, ""));
        let line = line.trim_start_matches(|c: char| !c.is_alphanumeric());
        let mut rest = rules.without_label(line).split(name.as_str()).flat_map(str::split_whitespace);
        return rest.all(|word| !word.starts_with(char::is_uppercase)).then(|| name.clone());
    }
    (!names.is_empty()).then(|| names.join(", "))
}

/// Where the next story begins that the page loads below this one: the element around a headline of the same make, or all
/// from it on.
pub(crate) fn next_story(tree: &Tree, measured: &Measured, title: u32, rules: &Rules) -> Option<u32> {
    if let Some(twin) = twin_story(tree, measured, title, rules) {
        return Some(twin);
    }
    let make = |at: u32| (tree.tag(at), tree.attribute(at, Name::Class));
    let own = tree.text_of(title);
    let running = |from: u32, to: u32| -> u32 {
        let blocks = measured.blocks.iter().filter(|block| (from..to).contains(&block.first));
        blocks.filter(|block| is_running(block)).map(|block| block.chars).sum()
    };
    let end = tree.nodes.len() as u32;
    let found = (measured.end[title as usize]..end).find(|&at| {
        let same = make(at) == make(title)
            && (tree.tag(at) == Some(Tag::H1) || make(at).1.is_some_and(|class| !class.is_empty()));
        let around = |at: u32| make(tree.nodes[at as usize].parent);
        let shown = !measured.says[at as usize].any(Says::HIDDEN) && measured.end[at as usize] - at <= NODES;
        same && around(at) == around(title) && shown && tree.text_of(at) != own
    })?;
    // Both have text of their own: a headline in a margin has none, and one above the text would leave none. A second first
    // heading in a box of the same make begins a story, however short.
    let around = |at: u32| make(tree.nodes[at as usize].parent);
    let boxes = tree.nodes[found as usize].parent != tree.nodes[title as usize].parent;
    let twin = boxes && around(found).1.is_some() && around(found) == around(title);
    let least = if twin { SHORT_STORY } else { STORY };
    let (before, after) = (running(title, found), running(found, end));
    if before < least || after < least {
        return None;
    }
    let mut child = found;
    loop {
        let parent = tree.nodes[child as usize].parent;
        if parent == NONE || parent <= title && title < measured.end[parent as usize] {
            // A heading among the paragraphs stands for a part of the article; a story comes in a box.
            return (running(child, measured.end[child as usize]) >= least).then_some(child);
        }
        child = parent;
    }
}

/// A box of the same make as one around the headline and its text, with a heading and a date of its own.
fn twin_story(tree: &Tree, measured: &Measured, title: u32, rules: &Rules) -> Option<u32> {
    let make = |at: u32| (tree.tag(at), tree.attribute(at, Name::Class));
    let running = |at: u32| -> u32 {
        let blocks = &measured.blocks[measured.blocks_in(at)];
        blocks.iter().filter(|block| is_running(block)).map(|block| block.chars).sum()
    };
    let dated = |block: &Block| {
        let short = block.words <= SHORT as u32 && !block.stop;
        short && date::day(&measured.text(tree, block), rules, None).is_some()
    };
    let is_story = |at: u32| {
        let blocks = &measured.blocks[measured.blocks_in(at)];
        let head = blocks.iter().take(HEAD).take_while(|block| !is_running(block));
        let headed = head.clone().next().is_some_and(|first| tree.tag(first.owner).is_some_and(Tag::is_heading));
        headed && head.skip(1).any(dated) && blocks.iter().any(is_running)
    };
    let mut boxed = tree.nodes[title as usize].parent;
    for _ in 0..AROUND {
        if boxed == NONE {
            return None;
        }
        let own = make(boxed);
        if own.1.is_some_and(|class| !class.trim().is_empty()) && running(boxed) >= SHORT_STORY {
            let after =
                std::iter::successors(Some(boxed), |&at| Some(tree.nodes[at as usize].next).filter(|&at| at != NONE));
            let mut twins = after.skip(1).take(BOXES).filter(|&at| make(at) == own);
            if let Some(twin) = twins.find(|&at| is_story(at)) {
                return Some(twin);
            }
        }
        boxed = tree.nodes[boxed as usize].parent;
    }
    None
}

fn words(title: &str) -> FxHashSet<String> {
    title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

fn likeness(said: &FxHashSet<String>, shown: &FxHashSet<String>) -> f32 {
    let both = said.intersection(shown).count() as f32;
    // The page's title also names the site; the shown headline is mostly a part of it.
    let (long, short) = (said.len().max(shown.len()) as f32, said.len().min(shown.len()) as f32);
    (both / long.max(1.0)).max(if short >= 4.0 { both / short - 0.2 } else { 0.0 })
}

/// The first byline and the first date above the text and outside it, in the order of the page.
pub(crate) fn byline_and_date(
    tree: &Tree,
    measured: &Measured,
    rules: &Rules,
    title: Option<u32>,
    stem: u32,
    author: Option<&str>,
) -> Vec<(u32, Says)> {
    let start = title.unwrap_or(stem).min(stem);
    let mut region = start;
    while tree.nodes[region as usize].parent != NONE && measured.end[region as usize] <= stem {
        region = tree.nodes[region as usize].parent;
    }
    let whole = matches!(tree.tag(region), Some(Tag::Body | Tag::Html));
    let from = if whole { start.saturating_sub(NEAR) } else { region };
    let mut found: Vec<(u32, Says)> = Vec::new();
    // Lines that are one by their words and not by their names.
    let mut unnamed: Vec<(u32, Says)> = Vec::new();
    let mut at = from;
    while at < stem {
        let Some(tag) = tree.tag(at) else {
            at += 1;
            continue;
        };
        let says = measured.says[at as usize];
        let end = measured.end[at as usize];
        let holds_content = end > stem;
        let is_title = Some(at) == title;
        let outside = says.any(Says::COMMENTS.plus(Says::HIDDEN))
            || matches!(tag, Tag::Nav | Tag::Head | Tag::Figcaption)
            || tag == Tag::Footer && !tree.is_short(at..end, NODES)
            || tag == Tag::Figure && title.is_none_or(|title| title < at || title >= end);
        if !holds_content && (is_title || outside) {
            at = end;
            continue;
        }
        if !holds_content && title.is_some_and(|title| at > title) && tag.is_block() {
            let lines = said_lines(tree, measured, rules, at);
            if !lines.is_empty() && !found.iter().any(|(_, what)| *what == Says::DATE) {
                found.extend(lines);
                at = end;
                continue;
            }
        }
        let what = if holds_content { None } else { byline_or_date(tree, measured, rules, at) };
        if let Some(what) = what {
            // A second date is another one only where the first says when the page was changed.
            let known = |(other, said): &(u32, Says)| {
                *said == what && (what == Says::BYLINE || !rules.is_update(&tree.parted(*other)))
            };
            if !found.iter().any(known) {
                found.push((line_around(tree, measured, rules, at), what));
            }
            at = end;
            continue;
        }
        if !holds_content && title.is_some_and(|title| at > title) {
            unnamed.extend(by_words(tree, measured, rules, at, author).map(|what| (at, what)));
        }
        at += 1;
    }
    if !whole && !found.iter().chain(&unnamed).any(|(_, what)| *what == Says::DATE) {
        found.extend(date_before(tree, measured, rules, region).map(|at| (at, Says::DATE)));
    }
    for (at, what) in unnamed {
        let inside = |(other, _): &(u32, Says)| *other <= at && at < measured.end[*other as usize];
        if !found.iter().any(|(_, other)| *other == what) && !found.iter().any(inside) {
            found.push((at, what));
        }
    }
    found.sort_by_key(|(at, _)| *at);
    found
}

/// A line with a date right over the headline, in the same element.
pub(crate) fn date_over(tree: &Tree, measured: &Measured, rules: &Rules, title: u32) -> Option<u32> {
    let at = measured.blocks_in(title).start.checked_sub(1)?;
    let owner = measured.blocks.get(at)?.owner;
    let beside = tree.nodes[owner as usize].parent == tree.nodes[title as usize].parent && owner < title;
    (beside && measured.end[owner as usize] <= title && is_dated_line(tree, measured, rules, owner)).then_some(owner)
}

/// The lines that line breaks make of a box above the text, where all are bylines and dates and two at least are: each with
/// what it is.
fn said_lines(tree: &Tree, measured: &Measured, rules: &Rules, at: u32) -> Vec<(u32, Says)> {
    let lines = names::broken_lines(tree, measured, at);
    let said = lines.iter().map(|line| match line.as_slice() {
        [only] => Some((*only, names::line_says(tree, rules, line)?)),
        _ => None,
    });
    let found: Option<Vec<(u32, Says)>> = said.collect();
    found.filter(|lines| lines.iter().any(|(_, what)| *what == Says::DATE)).unwrap_or_default()
}

/// A date right before the element that holds headline and text: blogs put one above the stories of a day.
fn date_before(tree: &Tree, measured: &Measured, rules: &Rules, region: u32) -> Option<u32> {
    let mut outer = region;
    while tree.nodes[outer as usize].parent != NONE && region - tree.nodes[outer as usize].parent <= BEFORE {
        outer = tree.nodes[outer as usize].parent;
    }
    let own = |at: &u32| measured.end[*at as usize] <= region && !measured.says[*at as usize].any(Says::HIDDEN);
    (outer..region).filter(own).find(|&at| byline_or_date(tree, measured, rules, at) == Some(Says::DATE))
}

/// Whether an element holds a byline and a date, each in an element of its own.
fn is_mixed(tree: &Tree, measured: &Measured, rules: &Rules, at: u32) -> bool {
    let inner = at + 1..measured.end[at as usize];
    let kind = |at: u32| {
        let says = measured.says[at as usize];
        let shown = tree.tag(at).is_some() && !says.any(Says::HIDDEN);
        (shown && says.any(Says::BYLINE), shown && (says.any(Says::DATE) || tree.tag(at) == Some(Tag::Time)))
    };
    let (mut byline, mut date) = (false, false);
    for at in inner {
        let (is_byline, is_date) = kind(at);
        byline |= is_byline && !is_date;
        date |= is_date && !is_byline;
    }
    let blocks = measured.blocks_in(at);
    let said = measured.says[at as usize].any(Says::BYLINE);
    byline && date || said && blocks.len() > 1 && (date || has_date_line(tree, measured, rules, blocks))
}

/// Whether one of several lines is a date and another is not.
fn has_date_line(tree: &Tree, measured: &Measured, rules: &Rules, blocks: Range<usize>) -> bool {
    let dated = |block: &Block| date::is_date(&measured.text(tree, block), rules);
    let blocks = &measured.blocks[blocks];
    blocks.iter().any(dated) && !blocks.iter().all(dated)
}

/// The line around a link to the author: "By" stands before it.
fn line_around(tree: &Tree, measured: &Measured, rules: &Rules, at: u32) -> u32 {
    let owner = measured.owner[at as usize];
    let blocks = measured.blocks_in(owner);
    let count = |at: u32| tree.text_of(at).split_whitespace().count();
    // "Ann Holt (now) and Bob Lund (earlier)"
    let names = (owner..measured.end[owner as usize])
        .take(NODES as usize)
        .filter(|&inner| tree.tag(inner) == Some(Tag::A) && is_linked_name(&tree.parted(inner)))
        .map(count);
    let (links, own) = names.fold((0, 0), |(links, own), words| (links + 1, own + words));
    let words = blocks.len() == 1
        && measured.blocks[blocks.start].words as usize <= LINE.max(own * usize::from(links > 1) + LABEL);
    let little = words && measured.blocks[blocks.start].words as usize <= own.max(count(at)) + LABEL;
    // A date on the line is another thing.
    let plain = || {
        let line = tree.parted(owner);
        !line.contains(|c: char| c.is_ascii_digit()) || !date::is_date(&line, rules) && !date::is_clock(&line)
    };
    if tree.tag(at) == Some(Tag::A) && little && plain() { owner } else { at }
}

/// Whether an element that its names say nothing of is a line with a date, or one that begins as a byline does.
fn by_words(tree: &Tree, measured: &Measured, rules: &Rules, at: u32, author: Option<&str>) -> Option<Says> {
    if !tree.is_short(at..measured.end[at as usize], NODES) || measured.blocks_in(at).len() > 1 {
        return None;
    }
    let text = tree.parted(at);
    if text.split_whitespace().count() > DATED {
        return is_dated_line(tree, measured, rules, at).then_some(Says::DATE);
    }
    if is_dated_line(tree, measured, rules, at) || rules.is_ago(&text) {
        return Some(Says::DATE);
    }
    if date::is_date(&text, rules) {
        return None;
    }
    // "From Kabar, the free source": a line beside the text.
    let beside = measured.says[at as usize].any(FOREIGN.without(Says::BOILERPLATE));
    let named = author.is_some_and(|author| is_author(&text, author, rules));
    (named || !beside && rules.begins_byline(&text) && !text.ends_with('.')).then_some(Says::BYLINE)
}

/// Whether a line holds the names that metadata has as the author's, and at most what joins them.
pub(crate) fn is_author(line: &str, author: &str, rules: &Rules) -> bool {
    let line = rules.without_label(line);
    if line.contains("://") {
        return false;
    }
    let (shown, author) = (words(line), words(author));
    let mut rest = line.split(|c: char| !c.is_alphanumeric()).filter(|word| !author.contains(&word.to_lowercase()));
    !author.is_empty() && author.is_subset(&shown) && rest.all(|word| !word.starts_with(char::is_uppercase))
}

/// Whether an element is a line with a date, whatever it is called; for what stands before the text.
pub(crate) fn is_dated_line(tree: &Tree, measured: &Measured, rules: &Rules, at: u32) -> bool {
    if !tree.is_short(at..measured.end[at as usize], NODES) {
        return false;
    }
    let text = tree.parted(at);
    let count = text.split_whitespace().count();
    let lines = measured.blocks_in(at);
    let parted = || count <= SHORT && text.contains(['|', '•', '·']);
    (count <= DATED || parted())
        && date::is_date(&text, rules)
        && !holds_more(tree, measured, rules, at, count)
        && !(lines.len() > 1 && has_date_line(tree, measured, rules, lines))
}

/// Whether a line of `count` words with a date holds another thing beside it, in an element of its own: a byline, a second
/// date, other words.
fn holds_more(tree: &Tree, measured: &Measured, rules: &Rules, at: u32, count: usize) -> bool {
    let end = measured.end[at as usize];
    // A time of day beside the day is a part of what calls itself a date.
    let named = measured.says[at as usize].any(Says::DATE) || tree.tag(at) == Some(Tag::Time);
    let (mut dates, mut dated, mut person) = (0, 0, false);
    let mut inner = at + 1;
    while inner < end {
        let says = measured.says[inner as usize];
        let shown = tree.tag(inner).is_some() && !says.any(Says::HIDDEN);
        let text = if shown { tree.parted(inner) } else { String::new() };
        if date::is_date(&text, rules) {
            let words = text.split_whitespace().count();
            if !named && words + BESIDE <= count && !rules.is_update(&text) {
                return true;
            }
            (dates, dated) = (dates + 1, dated + words);
            inner = if words < count { measured.end[inner as usize] } else { inner + 1 };
            continue;
        }
        if shown && says.any(Says::BYLINE) && !says.any(Says::DATE) && text.chars().any(char::is_alphabetic) {
            return true;
        }
        person |= tree.tag(inner) == Some(Tag::A) && is_linked_name(&text);
        inner = if shown { inner + 1 } else { measured.end[inner as usize] };
    }
    // A person's name in a link beside a date in an element of its own.
    dates > 1 && dated >= count || person && dates > 0 && dated < count
}

/// Whether the words of a link may be a person's name: two to four words, written large and without a digit.
fn is_linked_name(text: &str) -> bool {
    let words = text.split_whitespace();
    (2..=NAME).contains(&words.clone().count())
        && words.clone().all(|word| word.starts_with(char::is_uppercase))
        && !text.contains(|c: char| c.is_ascii_digit() || c == '@')
}

/// Whether an element is a link to a person in one that says it is a byline and holds a date too.
fn is_in_byline(tree: &Tree, measured: &Measured, rules: &Rules, at: u32) -> bool {
    let mut around = tree.nodes[at as usize].parent;
    let mut depth = 0;
    while around != NONE && depth < AROUND && !measured.says[around as usize].any(Says::BYLINE) {
        around = tree.nodes[around as usize].parent;
        depth += 1;
    }
    if around == NONE || depth == AROUND || tree.tag(at) != Some(Tag::A) || !is_linked_name(&tree.parted(at)) {
        return false;
    }
    let end = measured.end[around as usize];
    let own_date = |inner: u32| {
        tree.tag(inner).is_some()
            && date::is_date(&tree.parted(inner), rules)
            && !(inner..measured.end[inner as usize]).contains(&at)
    };
    // What says so itself comes first.
    let other = |inner: u32| {
        measured.says[inner as usize].any(Says::BYLINE) && !(inner..measured.end[inner as usize]).contains(&at)
    };
    tree.is_short(around..end, NODES) && (around + 1..end).any(own_date) && !(around + 1..end).any(other)
}

/// Whether an element is a byline or a date, by its names and its words.
pub(crate) fn byline_or_date(tree: &Tree, measured: &Measured, rules: &Rules, at: u32) -> Option<Says> {
    let says = measured.says[at as usize];
    let tag = tree.tag(at)?;
    let dated = says.any(Says::DATE) || tag == Tag::Time;
    if !dated && !says.any(Says::BYLINE) {
        return is_in_byline(tree, measured, rules, at).then_some(Says::BYLINE);
    }
    if !tree.is_short(at..measured.end[at as usize], NODES) {
        return None;
    }
    let text = tree.parted(at);
    let count = text.split_whitespace().count();
    if count == 0 || count > SHORT || text.starts_with('©') {
        return None;
    }
    if is_mixed(tree, measured, rules, at) {
        return None;
    }
    let day = date::is_date(&text, rules);
    // "Published: … Updated: …" is long.
    let dated_words = if dated { SHORT } else { DATED };
    if day && count <= dated_words && holds_more(tree, measured, rules, at, count) {
        return None;
    }
    if day && count <= dated_words
        || dated && (date::is_clock(&text) || rules.is_ago(&text))
        || dated && tag == Tag::Time && tree.attribute(at, Name::Datetime).is_some()
    {
        return Some(Says::DATE);
    }
    let sentence = text.ends_with('.') && count >= SENTENCE && !rules.begins_byline(&text);
    (says.any(Says::BYLINE) && !sentence && text.chars().any(char::is_alphabetic)).then_some(Says::BYLINE)
}
