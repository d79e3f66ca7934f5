//! Who published a page, as its title, its link to the front page and its foot say.

use crate::measure::Measured;
use crate::rules::Rules;
use crate::tag::Tag;
use crate::tree::{Name, Tree};

/// What a site's editions for small screens put before its name, and how its front page is pointed to.
const EDITIONS: [&str; 5] = ["m.", "amp.", "mobile.", "lite.", "text."];
const FRONT: [&str; 5] = ["/", "./", "/index.html", "/index.php", "/home"];
/// So many lines above a headline are looked at.
const LINES: usize = 12;
/// So many links to the front page are looked at, and a name has no more words.
const FRONT_LINKS: usize = 8;
const WORDS: usize = 5;
/// What parts the name from the headline in a title.
const MARKS: [&str; 10] = [" | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • ", " ~ "];

/// The name of a site without what is of one of its editions, written as its link to the front page shows it: "m.kabar" is
/// "Kabar"; a title's last word may be of the edition too.
pub(crate) fn shown_name(tree: &Tree, name: &str, (rules, titled): (&Rules, bool)) -> String {
    let small = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_lowercase() || c.is_whitespace());
    let edition = name.strip_suffix(')').and_then(|name| name.rsplit_once(" (")).filter(|(_, edition)| small(edition));
    let own = edition.map_or(name, |(own, _)| own).trim();
    let bare = EDITIONS.iter().find_map(|edition| own.strip_prefix(edition)).unwrap_or(own);
    let last = bare.rsplit_once(' ').filter(|(_, last)| titled && rules.is_edition(last)).map_or(bare, |(own, _)| own);
    let same =
        |shown: &String| [bare, last].iter().any(|name| name.len() < own.len() && letters(name) == letters(shown));
    fronts(tree).find(same).unwrap_or_else(|| own.to_owned())
}

/// What the links to the front page say.
fn fronts(tree: &Tree) -> impl Iterator<Item = String> + '_ {
    let front = |at: &u32| {
        let href = tree.attribute(*at, Name::Href).unwrap_or_default().trim();
        let path = href.split_once("://").map_or(href, |(_, rest)| rest.find('/').map_or("/", |slash| &rest[slash..]));
        tree.tag(*at) == Some(Tag::A) && FRONT.contains(&path)
    };
    (0..tree.nodes.len() as u32).filter(front).take(FRONT_LINKS).map(|at| tree.text_of(at))
}

/// The name on the link to the front page, where the page's address or the line about its rights has it too.
pub(crate) fn of_front(tree: &Tree, url: Option<&str>, rules: &Rules) -> Option<String> {
    let host = url.and_then(|url| url.split('/').nth(2)).map(letters).unwrap_or_default();
    let words = |name: &String| (1..=WORDS).contains(&name.split_whitespace().count());
    let name = fronts(tree).find(|name| words(name) && !rules.is_no_title(name) && letters(name).len() > 2)?;
    let own = letters(&name);
    let rights = || {
        let texts = (0..tree.nodes.len() as u32).rev().filter(|&at| tree.tag(at).is_none()).take(RIGHTS);
        let mut said = texts.map(|at| tree.str(&tree.nodes[at as usize].range));
        said.any(|text| text.contains(['©', '@']) && letters(text).contains(&own))
    };
    (host.contains(&own) || rights()).then_some(name)
}

/// The line about rights is among the last texts.
const RIGHTS: usize = 60;

/// The outlet: what the page's title has beside the headline shown.
pub(crate) fn beside(document: &str, shown: &str, rules: &Rules) -> Option<String> {
    let at = document.find(shown)?;
    let marks = |c: char| c.is_whitespace() || "-|–—:»«·•/~".contains(c);
    let (before, after) = (document[..at].trim_matches(marks), document[at + shown.len()..].trim_matches(marks));
    // "Judul | Rubrik | Outlet | Page 2": the outlet stands on the outside.
    let mut parts = vec![after];
    for mark in MARKS {
        parts = parts.into_iter().flat_map(|part| part.split(mark)).collect();
    }
    let parted = parts.iter().rev().map(|part| part.trim_matches(marks)).find(|part| !is_edition(part, rules));
    let outlet = parted.filter(|outlet| !outlet.is_empty()).unwrap_or(before);
    let outlet = outlet.strip_prefix('(').and_then(|name| name.strip_suffix(')')).unwrap_or(outlet);
    // "Fwd: [Kabar] …"
    let outlet = outlet.rsplit_once('[').map_or(outlet, |(_, name)| name.trim_end_matches(']')).trim();
    (!outlet.is_empty() && outlet.split_whitespace().count() <= WORDS).then(|| outlet.to_owned())
}

/// Whether a part of a title tells of a page or an edition: "Page 2", "Mobile".
pub(crate) fn is_edition(part: &str, rules: &Rules) -> bool {
    part.split_whitespace().all(|word| rules.is_edition(word) || word.chars().all(|c| c.is_ascii_digit()))
}

/// The title of a document that is not like the headline, where a line above the headline begins with it.
pub(crate) fn of_document(tree: &Tree, measured: &Measured, document: &str, title: u32) -> Option<String> {
    let own = letters(document);
    let above = measured.blocks.iter().take_while(|block| block.last < title);
    let above = above.filter(|block| tree.tag(block.owner) != Some(Tag::Title)).take(LINES);
    let mut lines = above.map(|block| letters(&measured.text(tree, block)));
    let short = document.split_whitespace().count() <= WORDS && own.len() > 2;
    (short && lines.any(|line| line.starts_with(&own))).then(|| document.to_owned())
}

/// A text by its letters and digits alone, in lower case: what two spellings of a name share.
pub(crate) fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
