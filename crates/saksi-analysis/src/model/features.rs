//! The features of a word and their keys, as `training/FORMAT.md` describes them.

use super::file::{Affix, Feature, Header};
use rustc_hash::FxHashMap;

/// How words are read.
#[derive(Debug)]
pub(super) struct Reader {
    normalize: FxHashMap<char, String>,
    features: Vec<Kind>,
    affix: Affix,
}

#[derive(Debug, Clone, Copy)]
struct Kind {
    what: What,
    n: usize,
    tag: u8,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Word,
    Form,
    Stem,
    Affix,
    Shape,
    Prefix,
    Suffix,
}

/// How a word is written, for the context of its sentence.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Case {
    cased: bool,
    upper: bool,
    capitals: bool,
}

impl Reader {
    /// The reader that the header describes; `None` if it names an unknown feature.
    pub(super) fn new(header: &mut Header) -> Option<Self> {
        let affix = std::mem::take(&mut header.affix);
        Self::of(&header.features, std::mem::take(&mut header.normalize), affix)
    }

    /// A reader of its parts; `None` if a feature is unknown.
    pub(super) fn of(features: &[Feature], normalize: Vec<(String, String)>, affix: Affix) -> Option<Self> {
        let features = features.iter().map(kind).collect::<Option<Vec<_>>>()?;
        let normalize = normalize.into_iter().filter_map(|(from, to)| Some((from.chars().next()?, to))).collect();
        Some(Self { normalize, features, affix })
    }

    /// The form with quotes and dashes unified.
    pub(super) fn norm(&self, form: &str) -> String {
        if form.is_ascii() && !form.contains('`') {
            return form.to_owned();
        }
        let mut out = String::with_capacity(form.len());
        for c in form.chars() {
            match self.normalize.get(&c) {
                Some(other) => out.push_str(other),
                None => out.push(c),
            }
        }
        out
    }

    /// Calls `each` with the key of every feature of `norm`, and whether it is the word itself.
    pub(super) fn keys(&self, norm: &str, mut each: impl FnMut(u64, bool)) {
        let low: String = norm.to_lowercase().chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
        let starts: Vec<usize> = low.char_indices().map(|(at, _)| at).chain([low.len()]).collect();
        let length = starts.len() - 1;
        let (prefix, stem, suffix) = self.affixes(&low);
        for kind in &self.features {
            let joined;
            let text = match kind.what {
                What::Word => low.as_str(),
                What::Form => norm,
                What::Stem => stem,
                What::Affix => {
                    joined = format!("{prefix}-{suffix}");
                    joined.as_str()
                }
                What::Shape => {
                    joined = shape(norm);
                    joined.as_str()
                }
                What::Prefix => &low[..starts[kind.n.min(length)]],
                What::Suffix => &low[starts[length - kind.n.min(length)]..],
            };
            each(key(kind.tag, text), kind.what == What::Word);
        }
    }

    fn affixes<'a>(&self, low: &'a str) -> (&'a str, &'a str, &'a str) {
        let least = self.affix.min_stem;
        let enough = |rest: &str| rest.chars().nth(least.saturating_sub(1)).is_some();
        let longest = |best: usize, length: usize| if length > best { length } else { best };
        let prefix = self.affix.prefixes.iter().filter(|a| low.strip_prefix(a.as_str()).is_some_and(enough));
        let prefix = prefix.map(String::len).fold(0, longest);
        let rest = &low[prefix..];
        let suffix = self.affix.suffixes.iter().filter(|a| rest.strip_suffix(a.as_str()).is_some_and(enough));
        let suffix = suffix.map(String::len).fold(0, longest);
        let (stem, suffix) = rest.split_at(rest.len() - suffix);
        (&low[..prefix], stem, suffix)
    }
}

fn kind(feature: &Feature) -> Option<Kind> {
    let what = match feature.kind.as_str() {
        "word" => What::Word,
        "form" => What::Form,
        "stem" => What::Stem,
        "affix" => What::Affix,
        "shape" => What::Shape,
        "prefix" => What::Prefix,
        "suffix" => What::Suffix,
        _ => return None,
    };
    Some(Kind { what, n: feature.n, tag: feature.tag })
}

/// The key of a feature: FNV-1a and a mix.
pub(super) fn key(tag: u8, text: &str) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in std::iter::once(tag).chain(text.bytes()) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash ^= hash >> 32;
    hash = hash.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    hash ^ (hash >> 29)
}

fn shape(norm: &str) -> String {
    let mut out: Vec<char> = Vec::new();
    for c in norm.chars() {
        let class = match c {
            c if c.is_ascii_digit() => 'd',
            c if c.is_uppercase() => 'X',
            c if c.is_lowercase() => 'x',
            c => c,
        };
        if matches!(class, 'd' | 'X' | 'x') && out.ends_with(&[class; 3]) {
            continue;
        }
        out.push(class);
    }
    out.truncate(12);
    out.into_iter().collect()
}

impl Case {
    pub(super) fn of(norm: &str) -> Self {
        let first = norm.chars().next();
        let upper = first.is_some_and(char::is_uppercase);
        let cased = upper || first.is_some_and(char::is_lowercase);
        let capitals = norm.chars().filter(|c| c.is_uppercase()).count() >= 2 && !norm.chars().any(char::is_lowercase);
        Self { cased, upper, capitals }
    }
}

/// Whether a context row is that of a sentence in which a capital says something.
pub(super) fn is_plain(context: usize) -> bool {
    matches!(context, 0 | 3)
}

/// The context row of a sentence: 0 plain, 1 title case, 2 capitals, 3 no capital at all.
pub(super) fn context(words: impl Iterator<Item = Case>) -> usize {
    let (mut cased, mut upper, mut capitals) = (0, 0, 0);
    for case in words {
        cased += usize::from(case.cased);
        upper += usize::from(case.upper);
        capitals += usize::from(case.capitals);
    }
    match () {
        () if cased < 3 => 0,
        () if 10 * capitals >= 7 * cased => 2,
        () if 10 * upper >= 6 * cased => 1,
        () if upper == 0 => 3,
        () => 0,
    }
}
