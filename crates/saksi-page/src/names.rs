//! A person's name that stands beside the date above the text, with no label and nothing in names of elements to tell it.

use crate::date;
use crate::measure::{Block, Measured};
use crate::rules::{Rules, Says};
use crate::site::letters;
use crate::stem::{Stem, is_running};
use crate::tag::Tag;
use crate::tree::{NONE, Name, Tree};
use std::ops::Range;

/// A person's name has no fewer words, and no more.
const LEAST: usize = 2;
const MOST: usize = 4;
/// So many lines above the text are looked at, and a name stands no more lines from the date.
const LINES: usize = 10;
const BESIDE: usize = 2;
/// A part of a line has no more elements and texts.
const NODES: u32 = 40;
/// A link to a person has one of these in its address, or one of a language's words for who writes (`person-path`).
const PEOPLE: [&str; 3] = ["/by/", "/user", "@"];
/// What parts of a line stand between.
const MARKS: [char; 7] = ['|', '·', '•', '—', '–', '/', '»'];

/// A name without a label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Named {
    /// The element or text that holds it and nothing else; none if it stands in the line of the date.
    pub(crate) node: Option<u32>,
    pub(crate) name: String,
}

/// A part of a line: an element or a text right in the block that holds the line.
struct Part {
    node: u32,
    text: String,
    dated: bool,
}

/// The name beside the date between headline and text. `outlet` and `titles` are names of other things.
pub(crate) fn beside_date(
    tree: &Tree,
    measured: &Measured,
    rules: &Rules,
    title: u32,
    stem: &Stem,
    (outlet, titles): (Option<&str>, &[String]),
) -> Option<Named> {
    let below = measured.end[title as usize];
    let own = |block: &&Block| !stem.foreign[block.first as usize] || block.first < stem.node;
    let head = measured.blocks.iter().filter(|block| block.first >= below).take_while(|block| !is_running(block));
    let parts: Vec<Part> = head.filter(own).take(LINES).flat_map(|block| parts(tree, measured, rules, block)).collect();
    let is_other = |name: &str| {
        outlet.is_some_and(|outlet| letters(outlet) == letters(name))
            || titles.iter().any(|title| title.contains(name))
            || is_told(tree, measured, stem, name)
            || is_section(tree, rules, name)
    };
    let found = |text: &str| person(text, rules).filter(|name| !name.split(", ").any(is_other));
    for (at, part) in parts.iter().enumerate().filter(|(_, part)| part.dated) {
        // "Ann Holt · 6 May 2025 · 3 min read"
        let mut inside = part.text.split(MARKS).filter(|segment| !date::is_date(segment, rules));
        if part.text.contains(MARKS)
            && let Some(name) = inside.find_map(found)
        {
            return Some(Named { node: None, name });
        }
        let near = at.saturating_sub(BESIDE)..(at + BESIDE + 1).min(parts.len());
        for other in near.filter(|&other| !parts[other].dated) {
            if let Some(name) = found(&parts[other].text) {
                return Some(Named { node: Some(parts[other].node), name });
            }
        }
    }
    None
}

/// The parts of a line that say anything.
fn parts(tree: &Tree, measured: &Measured, rules: &Rules, block: &Block) -> Vec<Part> {
    let whole = |node: u32| {
        let inside = node..measured.end[node as usize];
        inside.start <= block.first && block.last < inside.end
    };
    // Down to the element in which the line is more than one thing.
    let mut around = block.owner;
    while let Some(inner) = tree.children(around).find(|&child| tree.tag(child).is_some() && whole(child)) {
        around = inner;
    }
    let children = tree.children(around).filter(|&child| {
        !measured.says[child as usize].any(Says::HIDDEN)
            && (child..measured.end[child as usize]).any(|at| (block.first..=block.last).contains(&at))
    });
    let texts = children.map(|node| (node, tree.parted(node)));
    let mut found: Vec<Part> = texts
        .filter(|(_, text)| text.chars().any(char::is_alphanumeric))
        .map(|(node, text)| Part { node, dated: date::is_date(&text, rules), text })
        .collect();
    if let [only] = found.as_mut_slice()
        && block.owner != NONE
        && measured.blocks_in(block.owner).len() == 1
    {
        only.node = block.owner;
    }
    found
}

/// The person whose name a text is, or the people, alone or before what they do: "Ann Holt, Staff Writer".
pub(crate) fn person(text: &str, rules: &Rules) -> Option<String> {
    let text = text.trim();
    if text.ends_with(':') {
        return None;
    }
    let text = text.trim_matches(|c: char| c.is_whitespace() || MARKS.contains(&c) || "-,".contains(c));
    let at = text.find([',', '|', '@', '•', '·', '(']).unwrap_or(text.len());
    let (name, rest) = (text[..at].trim(), text[at..].trim());
    let does = |word: &str| word.starts_with('@') || rules.is_role(word.trim_matches(|c: char| !c.is_alphanumeric()));
    if is_person(name, rules) && (rest.is_empty() || rest.split_whitespace().any(does)) {
        return Some(name.to_owned());
    }
    // "Ann Holt, Lee Morgan and Ida Berg"
    let words: Vec<&str> = text.split_whitespace().collect();
    let joins = |word: &&str| *word == "&" || rules.is_joiner(word);
    let names: Vec<String> = words
        .split(joins)
        .flat_map(|part| part.join(" ").split(',').map(|name| name.trim().to_owned()).collect::<Vec<_>>())
        .collect();
    let joined = names.len() > 1 && words.iter().any(joins) && names.iter().all(|name| is_person(name, rules));
    joined.then(|| names.join(", "))
}

/// Whether a text is two to four words written as a name is, none of which speaks of news.
fn is_person(name: &str, rules: &Rules) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let large = |word: &&str| word.starts_with(char::is_uppercase) && word.chars().any(char::is_alphabetic);
    let numeral = |word: &str| word.len() > 1 && word.chars().all(|c| "IVX".contains(c));
    let sound = |word: &&str| word.chars().all(|c| c.is_alphabetic() || "'’.-".contains(c)) && !numeral(word);
    let ends = words.last().is_some_and(|word| word.ends_with('.') && word.chars().count() > 3);
    (LEAST..=MOST).contains(&words.len())
        && words.iter().all(sound)
        && words.iter().all(|word| large(word) || rules.is_particle(word))
        && words.first().is_some_and(large)
        && words.last().is_some_and(large)
        && !ends
        && !words.iter().enumerate().any(|(at, word)| rules.is_rubric(word) && !(at == 0 && rules.is_newsroom(word)))
}

/// Whether the text tells of somebody or something of that name.
fn is_told(tree: &Tree, measured: &Measured, stem: &Stem, name: &str) -> bool {
    let blocks = measured.blocks[measured.blocks_in(stem.node)].iter();
    let small = name.to_lowercase();
    blocks.filter(|block| is_running(block)).any(|block| measured.text(tree, block).to_lowercase().contains(&small))
}

/// Whether a link of that name leads to no person: a section, a topic.
fn is_section(tree: &Tree, rules: &Rules, name: &str) -> bool {
    let links = (0..tree.nodes.len() as u32).filter(|&at| tree.tag(at) == Some(Tag::A));
    let mut same = links.filter(|&at| tree.text_of(at).trim().eq_ignore_ascii_case(name));
    same.any(|at| {
        let href = tree.attribute(at, Name::Href).unwrap_or_default().to_ascii_lowercase();
        !PEOPLE.iter().any(|mark| href.contains(mark)) && !rules.leads_to_person(&href)
    })
}

/// The texts at the end of a byline or a date that are nothing but what parts it from something left out.
pub(crate) fn separators(tree: &Tree, nodes: Range<u32>, is_left_out: impl Fn(u32) -> bool) -> Vec<u32> {
    if !tree.is_short(nodes.clone(), NODES) {
        return Vec::new();
    }
    let text = |at: u32| tree.str(&tree.nodes[at as usize].range).trim();
    let left_out = |at: u32| {
        std::iter::successors(Some(at), |&at| Some(tree.nodes[at as usize].parent))
            .take_while(|at| *at >= nodes.start)
            .any(&is_left_out)
    };
    let shown = |&at: &u32| tree.tag(at).is_none() && !text(at).is_empty() && !left_out(at);
    let mark = |at: &u32| text(*at).chars().all(|c| "|·•".contains(c) || c.is_whitespace());
    let texts: Vec<u32> = nodes.clone().filter(shown).collect();
    if texts.len() < 2 {
        return Vec::new();
    }
    texts.into_iter().rev().take_while(mark).collect()
}

/// The day of a mail's head above the headline: "Date: 12 Sep 2025".
pub(crate) fn mail_date(tree: &Tree, measured: &Measured, rules: &Rules, title: u32) -> Option<u32> {
    let above = measured.blocks.iter().take_while(|block| block.last < title).collect::<Vec<_>>();
    let texts = above.iter().rev().take(LINES).flat_map(|block| block.first..=block.last);
    let mut dated =
        texts.filter(|&at| tree.tag(at).is_none() && rules.is_mail_date(tree.str(&tree.nodes[at as usize].range)));
    dated.find(|&at| date::is_date(&tree.parted(at), rules))
}

/// The lines that line breaks make of a short element, each a list of the elements and texts right in it.
pub(crate) fn broken_lines(tree: &Tree, measured: &Measured, at: u32) -> Vec<Vec<u32>> {
    if !tree.is_short(at..measured.end[at as usize], NODES) || measured.blocks_in(at).len() != 1 {
        return Vec::new();
    }
    let mut around = at;
    let says =
        |&child: &u32| tree.tag(child).is_some() || !tree.str(&tree.nodes[child as usize].range).trim().is_empty();
    loop {
        let mut children = tree.children(around).filter(says);
        match (children.next(), children.next()) {
            (Some(only), None) if tree.tag(only).is_some_and(|tag| tag != Tag::Br) => around = only,
            _ => break,
        }
    }
    let mut lines: Vec<Vec<u32>> = vec![Vec::new()];
    for child in tree.children(around).filter(says) {
        if tree.tag(child) == Some(Tag::Br) {
            lines.push(Vec::new());
        } else if let Some(line) = lines.last_mut() {
            line.push(child);
        }
    }
    lines.retain(|line| !line.is_empty());
    if lines.len() > 1 { lines } else { Vec::new() }
}

/// What a line above the text is, by its words: a date, or a byline by its label or its name.
pub(crate) fn line_says(tree: &Tree, rules: &Rules, line: &[u32]) -> Option<Says> {
    let text: Vec<String> = line.iter().map(|&node| tree.parted(node)).collect();
    let text = text.join(" ");
    match () {
        () if date::is_date(&text, rules) => Some(Says::DATE),
        () if rules.begins_byline(&text) && !text.ends_with('.') => Some(Says::BYLINE),
        () if person(&text, rules).is_some() => Some(Says::BYLINE),
        () => None,
    }
}
