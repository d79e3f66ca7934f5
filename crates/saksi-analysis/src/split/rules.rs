use super::{Ends, Kind};
use crate::model::Splitter;
use compact_str::CompactString;
use rustc_hash::{FxHashMap, FxHashSet};
use saksi_lang::{Pack, PackError};
use saksi_tree::Upos;
use serde::Deserialize;

const TOKENS: &str = "tokens.toml";
const ABBREVIATIONS: &str = "lexicon/abbreviations.tsv";
const WHOLES: &str = "lexicon/clitic-words.tsv";

/// What tokenisation takes from a pack.
#[derive(Debug)]
pub(crate) struct Rules {
    pub(crate) settings: Settings,
    /// Lower case, without the last full stop.
    pub(crate) abbreviations: FxHashMap<CompactString, Abbreviation>,
    /// Surface tokens whose parts are listed, in lower case.
    pub(crate) parts: FxHashMap<CompactString, Parts>,
    pub(crate) starters: FxHashSet<CompactString>,
    /// What was learnt about where sentences end.
    pub(crate) splitter: Option<Splitter>,
}

/// One abbreviation.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Abbreviation {
    pub(crate) ends: Ends,
    /// Only an abbreviation if a digit follows ("No. 5").
    pub(crate) before_number: bool,
    /// Only an abbreviation when capitalised ("Sat.").
    pub(crate) capital: bool,
}

/// The parts of a surface token.
#[derive(Debug)]
pub(crate) struct Parts {
    /// Their lengths in characters; one for a token that stays whole.
    pub(crate) lengths: Vec<u8>,
    /// If any: the token parts only before one of these words.
    pub(crate) before: Vec<CompactString>,
}

/// `tokens.toml`. Everything left out is empty or off.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[derive(Default)]
pub(crate) struct Settings {
    pub(crate) hyphen: Hyphen,
    /// Written next to a number without a blank, before it: "Rp", "US$".
    pub(crate) currencies: Vec<String>,
    /// Written next to a number without a blank, after it: "km", "pm".
    pub(crate) units: Vec<String>,
    /// Endings of domain names.
    pub(crate) domains: Vec<String>,
    /// Endings of file names.
    pub(crate) files: Vec<String>,
    /// Abbreviations, without their stop, that give it up at the end of a sentence.
    pub(crate) parted_last: Vec<String>,
    /// Signs of several characters kept together: ":-)".
    pub(crate) signs: Vec<String>,
    /// Endings that are words of their own.
    pub(crate) clitics: Vec<Clitic>,
    /// Words that, written with a capital after an abbreviation, begin a sentence.
    pub(crate) starters: Vec<String>,
    /// Capitals that are names by themselves, so that a stop behind them may end a sentence ("di X.").
    #[serde(default)]
    pub(crate) letter_names: Vec<String>,
    /// Whether a quotation of several sentences stays in one sentence with the clause around it.
    pub(crate) whole_quotes: bool,
    /// Whether a sentence may begin with a small letter.
    pub(crate) small_starts: bool,
    /// How lemmas deal with capitals.
    pub(crate) lemma: Capitals,
}

/// How a treebank's lemmas deal with capitals, in sentences that are not all capitals.
#[derive(Debug, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Capitals {
    /// The treebank.
    treebank: String,
    /// Whether the first word of a sentence has the lemma that it has in small letters.
    pub(crate) first_small: bool,
    /// The tags of words whose lemma is the form itself where they have a capital inside a sentence.
    #[serde(deserialize_with = "tags")]
    pub(crate) inner_kept: Vec<Upos>,
}

impl Capitals {
    /// What holds in the manner of `treebank`.
    pub(crate) fn of(&self, treebank: &str) -> Option<&Self> {
        (self.treebank == treebank).then_some(self)
    }
}

fn tags<'de, D: serde::Deserializer<'de>>(source: D) -> Result<Vec<Upos>, D::Error> {
    let names = Vec::<String>::deserialize(source)?;
    Ok(names.iter().map(|name| Upos::parse(name)).collect())
}

/// How hyphens inside words are taken.
#[derive(Debug, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Hyphen {
    /// Whether a hyphen parts the words it joins.
    pub(crate) splits: bool,
    /// Whether a hyphen between two capitalised words that differ parts them, when others are kept.
    pub(crate) splits_names: bool,
    /// First parts that stay on ("non-").
    pub(crate) prefixes: Vec<String>,
    /// Last parts that stay on ("-an" in "1970-an").
    pub(crate) suffixes: Vec<String>,
    /// Last parts that come off even where hyphens are kept ("-nya").
    pub(crate) parted: Vec<String>,
}

/// An ending that is a word of its own.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Clitic {
    pub(crate) ending: String,
    /// Fewest characters before it.
    pub(crate) stem: usize,
    /// The stem must end in one of these, if any are given.
    #[serde(default)]
    pub(crate) after: Vec<String>,
    #[serde(default)]
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the test that runs the examples"))]
    pub(crate) yes: Vec<String>,
    #[serde(default)]
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the test that runs the examples"))]
    pub(crate) no: Vec<String>,
}

impl Rules {
    pub(crate) fn compile(pack: &Pack) -> Result<Self, PackError> {
        let settings = if pack.bytes(TOKENS).is_some() { pack.rules(TOKENS)? } else { Settings::default() };
        let mut abbreviations = FxHashMap::default();
        if pack.bytes(ABBREVIATIONS).is_some() {
            let table = pack.table(ABBREVIATIONS)?;
            let (form, kind) = (table.column("form")?, table.column("kind")?);
            for row in table.rows() {
                let wrong = |reason: String| PackError::Entry { at: row.location(), reason };
                let (ends, before_number) = match row.cell(kind) {
                    "title" => (Ends::Never, false),
                    "number" => (Ends::Never, true),
                    "word" => (Ends::Maybe, false),
                    other => return Err(wrong(format!("kind `{other}` is none of title, number, word"))),
                };
                for written in row.list(form) {
                    let Some(stem) = written.strip_suffix('.') else {
                        return Err(wrong(format!("`{written}` has no full stop at its end")));
                    };
                    let capital = written.starts_with(char::is_uppercase);
                    abbreviations
                        .entry(CompactString::from(stem.to_lowercase()))
                        .and_modify(|entry: &mut Abbreviation| entry.capital &= capital)
                        .or_insert(Abbreviation { ends, before_number, capital });
                }
            }
        }
        let mut parts = FxHashMap::default();
        if pack.bytes(WHOLES).is_some() {
            let table = pack.table(WHOLES)?;
            let (form, split) = (table.column("form")?, table.column("parts")?);
            let before = table.column("before").ok();
            for row in table.rows() {
                let lengths: Vec<u8> = row.cell(split).split(' ').map(|part| part.chars().count() as u8).collect();
                let pieces: String = row.cell(split).split(' ').collect();
                if !row.cell(split).is_empty() && pieces != row.cell(form) {
                    let reason = format!("`{}` is not `{}` with blanks", row.cell(split), row.cell(form));
                    return Err(PackError::Entry { at: row.location(), reason });
                }
                let before = before.map_or(Vec::new(), |column| row.list(column).map(CompactString::from).collect());
                parts.insert(CompactString::from(row.cell(form)), Parts { lengths, before });
            }
        }
        let starters = settings.starters.iter().map(CompactString::from).collect();
        let splitter = Splitter::open(pack, &Kind::NAMES)?;
        Ok(Self { settings, abbreviations, parts, starters, splitter })
    }
}
