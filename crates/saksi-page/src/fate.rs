//! What becomes of each element in the content: kept, left out, or kept and marked as noise.

use crate::content::Content;
use crate::measure::Measured;
use crate::head;
use crate::rules::{Rules, Says};
use crate::tag::Tag;
use crate::tree::{NONE, Tree};
use saksi_record::PassageKind;

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

/// Decides for every node of the content; nodes elsewhere are kept as they are asked for.
pub(crate) fn decide(tree: &Tree, measured: &Measured, content: &Content, rules: &Rules) -> Vec<Fate> {
    let mut fates = vec![Fate::Keep; tree.nodes.len()];
    let end = measured.end[content.node as usize];
    let mut at = content.node + 1;
    while at < end {
        let node = &tree.nodes[at as usize];
        if let Some(tag) = node.tag {
            let fate = element(tree, measured, content, rules, at, tag);
            fates[at as usize] = fate;
            if fate != Fate::Keep {
                at = measured.end[at as usize];
                continue;
            }
        }
        at += 1;
    }
    fates
}

fn element(tree: &Tree, measured: &Measured, content: &Content, rules: &Rules, at: u32, tag: Tag) -> Fate {
    let says = measured.says[at as usize];
    let foreign = content.foreign[at as usize];
    if says.any(Says::CAPTION) && !foreign {
        return Fate::Mark(PassageKind::Caption, "page/caption");
    }
    if foreign {
        return Fate::Drop;
    }
    if matches!(tag, Tag::Button | Tag::Form | Tag::Select | Tag::Label) {
        return Fate::Drop;
    }
    match head::byline_or_date(tree, measured, rules, at) {
        Some(Says::DATE) => return Fate::Mark(PassageKind::Dateline, "page/date"),
        Some(_) => return Fate::Mark(PassageKind::Byline, "page/byline"),
        None => {}
    }
    let _ = NONE;
    Fate::Keep
}
