use crate::rules::{Class, Rules, entry, frame, inflect};
use compact_str::CompactString;
use rustc_hash::FxHashMap;
use saksi_lang::{Pack, PackError};
use saksi_record::{Attitude, Stance};
use std::str::FromStr;

/// The words of lexicon/attitudes.tsv, and those of lexicon/cues.tsv with what they may do short of attributing.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lexicon {
    pub(crate) entries: Vec<Entry>,
    by_word: FxHashMap<CompactString, Vec<u32>>,
}

/// A word or words that put an attitude.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    /// What follows the first word.
    pub(crate) rest: Vec<CompactString>,
    pub(crate) class: Class,
    pub(crate) takes: u32,
    /// The prepositions before what it is about.
    pub(crate) prepositions: Vec<CompactString>,
    pub(crate) attitude: Attitude,
    /// It comes from the cues, which count only where no row of its own does.
    pub(crate) cue: bool,
    pub(crate) why: String,
}

/// What may follow a word.
pub(crate) mod takes {
    pub(crate) const NAMES: [&str; 6] = ["obj", "inf", "clause", "bare", "seems", "anyone"];
    /// A noun phrase; so the word may be passive, too.
    pub(crate) const OBJ: u32 = 1;
    /// An infinitive, or a predicate without a verb.
    pub(crate) const INF: u32 = 1 << 1;
    /// A finite clause.
    pub(crate) const CLAUSE: u32 = 1 << 2;
    /// Nothing.
    pub(crate) const BARE: u32 = 1 << 3;
    /// Its subject belongs to what seems so, and nobody is named to whom.
    pub(crate) const SEEMS: u32 = 1 << 4;
    /// Whose it is may go unsaid.
    pub(crate) const ANYONE: u32 = 1 << 5;
}

impl Entry {
    pub(crate) fn may(&self, takes: u32) -> bool {
        self.takes & takes != 0
    }
}

impl Lexicon {
    pub(crate) fn compile(pack: &Pack, rules: &Rules) -> Result<Self, PackError> {
        let mut lexicon = Self::default();
        let table = pack.table("lexicon/attitudes.tsv")?;
        let column = |name| table.column(name);
        let (head, pos, frame) = (column("head")?, column("pos")?, column("frame")?);
        let (attitude, forms) = (column("attitude")?, column("forms")?);
        for row in table.rows() {
            let class = match row.cell(pos) {
                "v" => Class::Verb,
                "n" => Class::Noun,
                "adj" => Class::Adjective,
                other => return Err(entry(row, format!("`{other}` is none of v n adj"))),
            };
            let (mut takes, mut prepositions) = (0, Vec::new());
            for name in row.list(frame) {
                if let Some(preposition) = name.strip_prefix('+') {
                    prepositions.push(preposition.into());
                } else {
                    let bit = takes::NAMES.iter().position(|known| *known == name);
                    takes |= 1 << bit.ok_or_else(|| entry(row, format!("`{name}` is no frame")))?;
                }
            }
            let attitude = Attitude::from_str(row.cell(attitude))
                .map_err(|()| entry(row, format!("`{}` is no attitude", row.cell(attitude))))?;
            let mut parts = row.cell(head).split(' ');
            let first = parts.next().unwrap_or_default();
            let forms: Vec<&str> = row.list(forms).collect();
            let why = row.location().to_string();
            let rest = parts.map(CompactString::from).collect();
            lexicon.add(first, &forms, rules, Entry { rest, class, takes, prepositions, attitude, cue: false, why });
        }
        let table = pack.table("lexicon/cues.tsv")?;
        let (head, forms) = (table.column("head")?, table.column("forms")?);
        for (row, cue) in table.rows().zip(&rules.cues) {
            if cue.class == Class::Preposition || cue.may(frame::CITE) {
                continue;
            }
            let says = frame::CLAUSE | frame::THAT | frame::QUOTE | frame::INVERTED;
            let attitude = match cue.stance {
                Stance::Asserts | Stance::Confirms | Stance::Alleges => Attitude::Speaks,
                Stance::Believes | Stance::Doubts => Attitude::Thinks,
                Stance::Denies => Attitude::Opposes,
                Stance::Promises => Attitude::Intends,
                Stance::Asks => Attitude::Asks,
            };
            let mut takes = if cue.may(says) { takes::CLAUSE } else { 0 };
            if cue.may(frame::NP | frame::OF | frame::ON | frame::AS) {
                takes |= takes::OBJ;
            }
            if cue.may(frame::INF | frame::SMALL) {
                takes |= takes::OBJ | takes::INF;
            }
            let first = row.cell(head).split(' ').next().unwrap_or_default();
            let forms: Vec<&str> = row.list(forms).collect();
            let prepositions = rules.words.topics.iter().map(CompactString::from).collect();
            let why = row.location().to_string();
            let made =
                Entry { rest: cue.rest.clone(), class: cue.class, takes, prepositions, attitude, cue: true, why };
            lexicon.add(first, &forms, rules, made);
        }
        Ok(lexicon)
    }

    fn add(&mut self, first: &str, forms: &[&str], rules: &Rules, made: Entry) {
        let at = self.entries.len() as u32;
        let inflections = match made.class {
            Class::Verb => rules.words.verb_forms.as_slice(),
            Class::Noun => rules.words.noun_forms.as_slice(),
            _ => &[],
        };
        let mut all = vec![first.to_owned()];
        all.extend(inflect(first, inflections));
        all.extend(forms.iter().map(|form| form.split(' ').next().unwrap_or(form).to_owned()));
        all.sort_unstable();
        all.dedup();
        for form in all {
            self.by_word.entry(form.to_lowercase().into()).or_default().push(at);
        }
        self.entries.push(made);
    }

    /// The entries that may begin with a word, by form or lemma, which are in lower case.
    pub(crate) fn beginning<'a>(&'a self, form: &str, lemma: &str) -> impl Iterator<Item = &'a Entry> {
        let list = |word: &str| self.by_word.get(word).map_or(&[][..], Vec::as_slice);
        let (one, two) = (list(form), if lemma == form { &[][..] } else { list(lemma) });
        let more = two.iter().filter(move |at| !one.contains(at));
        one.iter().chain(more).map(|&at| &self.entries[at as usize])
    }
}
