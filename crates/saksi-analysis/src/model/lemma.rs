//! Lemma rules: what is cut from and put to a form.

use super::features::key;
use super::file::{File, Keys};
use compact_str::CompactString;
use saksi_lang::PackError;

/// The whole form is replaced.
const REPLACE: usize = 255;

/// The lemma rules of a model and the table of known forms.
#[derive(Debug)]
pub(super) struct Lemmas {
    rules: Vec<(u8, usize, String, usize, String)>,
    keys: Keys,
    values: Vec<u16>,
}

impl Lemmas {
    pub(super) fn open(file: &mut File) -> Result<Self, PackError> {
        let (keys, values) = (file.keys("lemma.keys")?, file.shorts("lemma.values")?);
        let rules = std::mem::take(&mut file.header.lemma_rules);
        let fits = values.len() == keys.count() && values.iter().all(|value| usize::from(*value) < rules.len());
        if fits && file.header.lemma_classes <= rules.len() {
            Ok(Self { rules, keys, values })
        } else {
            Err(file.wrong())
        }
    }

    /// The rule that the table has for a form and its tag.
    pub(super) fn known(&self, file: &File, norm: &str, upos: &str) -> Option<usize> {
        let find = |tag, form: &str| file.find(&self.keys, key(tag, &format!("{form}\t{upos}")));
        let at = find(250, norm).or_else(|| find(251, &norm.to_lowercase()))?;
        Some(usize::from(self.values[at]))
    }

    /// The lemma that rule `rule` makes of a form.
    pub(super) fn apply(&self, rule: usize, norm: &str) -> CompactString {
        let (case, front, add_front, back, add_back) = &self.rules[rule];
        if *front == REPLACE {
            return add_front.into();
        }
        let base = match case {
            0 => norm.to_owned(),
            1 => norm.to_lowercase(),
            _ => {
                let low = norm.to_lowercase();
                let mut rest = low.chars();
                rest.next().map(|first| first.to_uppercase().chain(rest).collect()).unwrap_or_default()
            }
        };
        let length = base.chars().count();
        if front + back > length {
            return base.into();
        }
        let kept = base.chars().skip(*front).take(length - front - back);
        let lemma: CompactString = add_front.chars().chain(kept).chain(add_back.chars()).collect();
        if lemma.is_empty() { base.into() } else { lemma }
    }
}
