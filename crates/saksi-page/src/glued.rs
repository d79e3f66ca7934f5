//! Paragraphs in inline elements, which only a style sheet sets below each other.

use crate::tag::Tag;
use crate::tree::{NONE, Tree};

/// An element that holds a paragraph has so many bytes of text at least.
const PARAGRAPH: u32 = 40;
/// How deep the first and the last text of an element are looked for.
const DEPTH: usize = 6;

/// Makes blocks of the spans in an element of which two stand right behind each other, the first ending a sentence and the
/// second beginning one, with no blank between.
pub(crate) fn part(tree: &mut Tree) {
    let mut holders: Vec<u32> = Vec::new();
    for at in 0..tree.nodes.len() as u32 {
        let node = &tree.nodes[at as usize];
        if node.tag != Some(Tag::Span) || node.next == NONE || tree.tag(node.next) != Some(Tag::Span) {
            continue;
        }
        let holder = node.parent;
        let glued = || Some(ends(tree, at)? && begins(tree, node.next)?);
        if holder != NONE
            && tree.tag(holder) != Some(Tag::P)
            && holders.last() != Some(&holder)
            && glued() == Some(true)
        {
            holders.push(holder);
        }
    }
    for holder in holders {
        let spans: Vec<u32> = tree.children(holder).filter(|at| tree.tag(*at) == Some(Tag::Span)).collect();
        for span in spans {
            tree.nodes[span as usize].tag = Some(Tag::Div);
        }
    }
}

/// The first and the last text of an element that holds a paragraph.
fn texts(tree: &Tree, element: u32) -> Option<(&str, &str)> {
    let (mut first, mut last) = (element, element);
    for _ in 0..DEPTH {
        if tree.tag(first).is_some() {
            first = Some(tree.nodes[first as usize].first).filter(|at| *at != NONE)?;
        }
        if tree.tag(last).is_some() {
            last = Some(tree.nodes[last as usize].last).filter(|at| *at != NONE)?;
        }
    }
    let (from, to) = (&tree.nodes[first as usize], &tree.nodes[last as usize]);
    let long = from.tag.is_none() && to.tag.is_none() && to.range.end.saturating_sub(from.range.start) >= PARAGRAPH;
    long.then(|| (tree.str(&from.range), tree.str(&to.range)))
}

fn ends(tree: &Tree, element: u32) -> Option<bool> {
    let (_, last) = texts(tree, element)?;
    Some(last.ends_with(['.', '!', '?', '"', '”', '’', '…']))
}

fn begins(tree: &Tree, element: u32) -> Option<bool> {
    let (first, _) = texts(tree, element)?;
    Some(first.starts_with(|c: char| c.is_uppercase() || c.is_numeric() || "\"“‘'".contains(c)))
}
