use crate::lexicon::Lexicon;
use compact_str::CompactString;
use rustc_hash::{FxHashMap, FxHashSet};
use saksi_lang::{Pack, PackError, Row};
use saksi_record::{Certainty, SourceKind, Stance};
use serde::Deserialize;
use std::str::FromStr;

/// The words of one language that attribute, ready to be looked up.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    pub(crate) cues: Vec<Cue>,
    by_word: FxHashMap<CompactString, Vec<(u32, Use)>>,
    pub(crate) attitudes: Lexicon,
    pub(crate) words: Words,
}

/// One row of cues.tsv.
#[derive(Debug, Clone)]
pub(crate) struct Cue {
    /// What follows the first word.
    pub(crate) rest: Vec<CompactString>,
    pub(crate) class: Class,
    pub(crate) frames: u32,
    pub(crate) stance: Stance,
    pub(crate) certainty: Certainty,
    pub(crate) why: String,
}

/// Part of speech of a cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    Verb,
    Noun,
    Adjective,
    Preposition,
}

/// Which form of the word it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    /// The citation form or one of its inflections.
    Active,
    /// Made with the passive prefix.
    Passive,
    /// Without its prefix, as headlines have it.
    Bare,
}

/// What the content of a cue may be.
pub(crate) mod frame {
    pub(crate) const NAMES: [&str; 20] = [
        "clause", "that", "quote", "np", "ing", "inf", "for", "of", "on", "as", "small", "ask", "accuse", "judging",
        "inverted", "source", "cite", "denial", "at", "done",
    ];
    pub(crate) const CLAUSE: u32 = 1;
    pub(crate) const THAT: u32 = 1 << 1;
    pub(crate) const QUOTE: u32 = 1 << 2;
    pub(crate) const NP: u32 = 1 << 3;
    pub(crate) const ING: u32 = 1 << 4;
    pub(crate) const INF: u32 = 1 << 5;
    pub(crate) const FOR: u32 = 1 << 6;
    pub(crate) const OF: u32 = 1 << 7;
    pub(crate) const ON: u32 = 1 << 8;
    pub(crate) const AS: u32 = 1 << 9;
    pub(crate) const SMALL: u32 = 1 << 10;
    pub(crate) const ASK: u32 = 1 << 11;
    pub(crate) const ACCUSE: u32 = 1 << 12;
    pub(crate) const INVERTED: u32 = 1 << 14;
    pub(crate) const CITE: u32 = 1 << 16;
    pub(crate) const DENIAL: u32 = 1 << 17;
    pub(crate) const AT: u32 = 1 << 18;
    pub(crate) const DONE: u32 = 1 << 19;
}

impl Cue {
    pub(crate) fn may(&self, frames: u32) -> bool {
        self.frames & frames != 0
    }
}

/// A set of words.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(from = "Vec<CompactString>")]
pub(crate) struct Set(FxHashSet<CompactString>);

impl From<Vec<CompactString>> for Set {
    fn from(words: Vec<CompactString>) -> Self {
        Self(words.into_iter().collect())
    }
}

impl Set {
    pub(crate) fn has(&self, word: &str) -> bool {
        self.0.contains(word)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(CompactString::as_str)
    }
}

/// The closed-class words of rules/attribution.toml.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Words {
    pub(crate) complementisers: Set,
    pub(crate) near_complementisers: Set,
    pub(crate) infinitive: Set,
    pub(crate) of: Set,
    pub(crate) on: Set,
    #[serde(rename = "at")]
    pub(crate) figure: Set,
    pub(crate) tallies: Set,
    /// The verb that puts an infinitive into the past: "to have".
    pub(crate) perfect: CompactString,
    #[serde(rename = "as")]
    pub(crate) like: Set,
    pub(crate) as_saying: Vec<CompactString>,
    pub(crate) be: Set,
    pub(crate) by: Set,
    pub(crate) negators: Set,
    pub(crate) until: Set,
    pub(crate) unreal: Set,
    pub(crate) real: Set,
    pub(crate) coordinators: Set,
    pub(crate) contrast: Set,
    pub(crate) circumstance: Set,
    pub(crate) adverbs: Set,
    pub(crate) source_ends: Set,
    pub(crate) relative: Set,
    pub(crate) possessive: Set,
    pub(crate) determiners: Set,
    pub(crate) definite: Set,
    pub(crate) articles: Set,
    pub(crate) indefinite: Set,
    pub(crate) pronouns: Set,
    pub(crate) expletives: Set,
    pub(crate) clitics: Vec<CompactString>,
    pub(crate) passive_prefix: CompactString,
    pub(crate) empty_objects: Set,
    pub(crate) resumptive: Set,
    pub(crate) channel_prepositions: Set,
    pub(crate) channel_nouns: Set,
    pub(crate) platforms: Set,
    pub(crate) topics: Set,
    pub(crate) holders: Set,
    pub(crate) perhaps: Set,
    pub(crate) feeling: Set,
    pub(crate) lending: Set,
    pub(crate) proforms: Set,
    pub(crate) drawing: Set,
    pub(crate) having: Set,
    pub(crate) manner: Set,
    pub(crate) spokes: Set,
    pub(crate) unnamed: Set,
    pub(crate) vague: Set,
    pub(crate) officials: Set,
    pub(crate) police: Set,
    #[serde(rename = "kinds")]
    listed: FxHashMap<CompactString, Vec<CompactString>>,
    #[serde(skip)]
    pub(crate) kinds: FxHashMap<CompactString, SourceKind>,
    #[serde(default)]
    pub(crate) verb_forms: Vec<Inflection>,
    #[serde(default)]
    pub(crate) noun_forms: Vec<Inflection>,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Inflection {
    ends: Vec<CompactString>,
    strip: usize,
    add: Vec<CompactString>,
}

impl Rules {
    /// Compiles lexicon/cues.tsv and rules/attribution.toml of a language pack.
    ///
    /// # Errors
    /// If a file is missing or an entry says something unknown; the error names file and line.
    pub fn compile(pack: &Pack) -> Result<Self, PackError> {
        let mut words: Words = pack.rules("rules/attribution.toml")?;
        for (kind, list) in &words.listed {
            let kind = SourceKind::from_str(kind).map_err(|()| PackError::Entry {
                at: pack.location("rules/attribution.toml", 0),
                reason: format!("`{kind}` is no kind of source"),
            })?;
            for word in list {
                words.kinds.entry(word.clone()).or_insert(kind);
            }
        }
        let mut rules = Self { words, ..Self::default() };
        let table = pack.table("lexicon/cues.tsv")?;
        let column = |name| table.column(name);
        let (head, base, pos, frame) = (column("head")?, column("base")?, column("pos")?, column("frame")?);
        let (stance, certainty, forms) = (column("stance")?, column("certainty")?, column("forms")?);
        for row in table.rows() {
            let mut parts = row.cell(head).split(' ');
            let first = parts.next().unwrap_or_default();
            let class = match row.cell(pos) {
                "v" => Class::Verb,
                "n" => Class::Noun,
                "adj" => Class::Adjective,
                "adp" => Class::Preposition,
                other => return Err(entry(row, format!("`{other}` is none of v n adj adp"))),
            };
            let mut frames = 0;
            for name in row.list(frame) {
                let bit = frame::NAMES.iter().position(|known| *known == name);
                frames |= 1 << bit.ok_or_else(|| entry(row, format!("`{name}` is no frame")))?;
            }
            let at = rules.cues.len() as u32;
            rules.cues.push(Cue {
                rest: parts.map(CompactString::from).collect(),
                class,
                frames,
                stance: Stance::from_str(row.cell(stance))
                    .map_err(|()| entry(row, format!("`{}` is no stance", row.cell(stance))))?,
                certainty: Certainty::from_str(row.cell(certainty))
                    .map_err(|()| entry(row, format!("`{}` is no certainty", row.cell(certainty))))?,
                why: row.location().to_string(),
            });
            rules.add(first, at, Use::Active);
            let inflections = match class {
                Class::Verb => rules.words.verb_forms.clone(),
                Class::Noun => rules.words.noun_forms.clone(),
                _ => Vec::new(),
            };
            for form in inflect(first, &inflections) {
                rules.add(&form, at, Use::Active);
            }
            for form in row.list(forms) {
                rules.add(form.split(' ').next().unwrap_or(form), at, Use::Active);
            }
            let base = row.cell(base).split(' ').next().unwrap_or_default();
            if !base.is_empty() {
                rules.add(base, at, Use::Bare);
                if !rules.words.passive_prefix.is_empty() {
                    let passive = format!("{}{base}", rules.words.passive_prefix);
                    rules.add(&passive, at, Use::Passive);
                }
            }
        }
        rules.attitudes = Lexicon::compile(pack, &rules)?;
        Ok(rules)
    }

    fn add(&mut self, form: &str, cue: u32, kind: Use) {
        let list = self.by_word.entry(form.to_lowercase().into()).or_default();
        if !list.iter().any(|(known, _)| *known == cue) {
            list.push((cue, kind));
        }
    }

    /// The cues that may begin with `word`, which is in lower case.
    pub(crate) fn beginning(&self, word: &str) -> &[(u32, Use)] {
        self.by_word.get(word).map_or(&[], Vec::as_slice)
    }
}

pub(crate) fn inflect(word: &str, rules: &[Inflection]) -> Vec<String> {
    let fits = |rule: &&Inflection| rule.ends.iter().any(|end| word.ends_with(end.as_str()));
    let Some(rule) = rules.iter().find(fits) else { return Vec::new() };
    let stem: String = word.chars().take(word.chars().count().saturating_sub(rule.strip)).collect();
    rule.add.iter().map(|ending| format!("{stem}{ending}")).collect()
}

pub(crate) fn entry(row: Row<'_>, reason: String) -> PackError {
    PackError::Entry { at: row.location(), reason }
}
