//! What is known of names: states, people, organisations, places, role nouns, units; of every language at once.

use crate::acts::Acts;
use crate::backward::Backward;
use crate::figures::Units;
use crate::sequence::Sequence;
use crate::spelling::{Spelling, plain};
use crate::taken_up::TakenUp;
use compact_str::{CompactString, format_compact};
use rustc_hash::{FxHashMap, FxHashSet};
use saksi_lang::{Pack, PackError, Row, Table};
use std::collections::BTreeMap;

/// Words in the longest name of a state that is looked for.
const LONGEST: usize = 4;

/// The tables that tell which names are of one actor or place, in every language.
#[derive(Debug, Clone, Default)]
pub struct Gazetteer {
    pub(crate) spelling: Spelling,
    pub(crate) people: FxHashMap<CompactString, Vec<Known>>,
    pub(crate) organizations: FxHashMap<CompactString, Vec<Known>>,
    pub(crate) places: FxHashMap<CompactString, Vec<Spot>>,
    /// How far areas reach, in kilometres, by the keys of their places.
    pub(crate) reaches: FxHashMap<CompactString, f64>,
    /// Plain form of a state's name, adjective, people, capital or building, and its code.
    states: FxHashMap<CompactString, CompactString>,
    /// The same for forms in capitals, which match as written.
    capitals: FxHashMap<CompactString, CompactString>,
    /// What forms of either begin with, and how many words those have at most.
    starts: FxHashMap<CompactString, usize>,
    pub(crate) languages: BTreeMap<CompactString, Tongue>,
    /// Wikidata's id of states, by code.
    pub(crate) wikidata: FxHashMap<CompactString, CompactString>,
}

/// A person or an organisation of the tables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Known {
    pub(crate) key: CompactString,
    pub(crate) folded: CompactString,
    pub(crate) country: Option<CompactString>,
}

/// A place of the tables.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Spot {
    pub(crate) key: CompactString,
    pub(crate) country: Option<CompactString>,
}

/// What one language adds.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tongue {
    pub(crate) nominals: FxHashMap<CompactString, Nominal>,
    /// The commonest words.
    pub(crate) common: FxHashSet<CompactString>,
    /// Words that are written with a capital and name nothing: months and days of the week.
    pub(crate) calendar: FxHashSet<CompactString>,
    /// First words of units and role nouns.
    pub(crate) firsts: FxHashSet<CompactString>,
    pub(crate) thousands: Option<char>,
    pub(crate) decimal: Option<char>,
    pub(crate) units: Units,
    pub(crate) acts: Acts,
    pub(crate) sequence: Sequence,
    pub(crate) backward: Backward,
    pub(crate) taken_up: TakenUp,
}

/// A noun that names somebody by a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Nominal {
    pub(crate) sector: CompactString,
    pub(crate) role: CompactString,
    /// There is one in each state.
    pub(crate) unique: bool,
}

impl Gazetteer {
    /// The tables of `world/` and of the languages.
    ///
    /// # Errors
    /// If a table is missing or not well-formed.
    pub fn compile<'p>(world: &Pack, languages: impl IntoIterator<Item = &'p Pack>) -> Result<Self, PackError> {
        let mut gazetteer = Self { spelling: Spelling::compile(world)?, ..Self::default() };
        let table = world.table("countries.tsv")?;
        let (code, name, id) = (table.column("iso3")?, table.column("name")?, table.column("wikidata")?);
        for row in table.rows() {
            gazetteer.state(row.cell(name), row.cell(code));
            if !row.cell(id).is_empty() {
                gazetteer.wikidata.insert(row.cell(code).into(), row.cell(id).into());
            }
        }
        gazetteer.load_people(world)?;
        let mut organizations = gazetteer.load_organizations(world)?;
        let mut places = gazetteer.load_places(world)?;
        gazetteer.load_areas(world)?;
        for pack in languages {
            gazetteer.load_states(pack)?;
            let add = |known: &Known, found: &mut Vec<Known>| {
                if !found.contains(known) {
                    found.push(known.clone());
                }
            };
            exonyms(pack, "lexicon/organizations.tsv", |row, name, names| {
                for known in organizations.entry(row.cell(name).into()).or_default().clone() {
                    for form in row.list(names) {
                        let form = gazetteer.spelling.fold(form);
                        add(&known, gazetteer.organizations.entry(form).or_default());
                    }
                }
            })?;
            exonyms(pack, "lexicon/places.tsv", |row, name, names| {
                for spot in places.entry(row.cell(name).into()).or_default().clone() {
                    for form in row.list(names) {
                        let found = gazetteer.places.entry(gazetteer.spelling.fold(form)).or_default();
                        if !found.contains(&spot) {
                            found.push(spot.clone());
                        }
                    }
                }
            })?;
            let tongue = Tongue::compile(pack)?;
            gazetteer.languages.insert(pack.code().into(), tongue);
        }
        for form in gazetteer.states.keys().chain(gazetteer.capitals.keys()) {
            // An apostrophe that is written in another way ends a word of the text.
            let words = form.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).count() + 1;
            for (at, letter) in form.char_indices() {
                let longest = gazetteer.starts.entry(form[..at + letter.len_utf8()].into()).or_default();
                *longest = words.min(LONGEST).max(*longest);
            }
        }
        Ok(gazetteer)
    }

    /// The form in which spellings of one name are the same: for comparing and looking up, not for reading.
    pub fn fold(&self, name: &str) -> CompactString {
        self.spelling.fold(name)
    }

    /// The same for one word in plain form.
    pub(crate) fn fold_word(&self, word: &str) -> CompactString {
        self.spelling.fold_word(word)
    }

    /// Wikidata's id of the actor with a [`crate::Party`]'s key, where the tables have it.
    pub fn wikidata<'k>(&'k self, key: &'k str) -> Option<&'k str> {
        let is_id = key.strip_prefix('Q').is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_digit()));
        if is_id && key.len() > 1 { Some(key) } else { self.wikidata.get(key).map(CompactString::as_str) }
    }

    /// The state that a run of words names or modifies, by its code.
    pub(crate) fn state_of(&self, words: &str) -> Option<&str> {
        self.capitals.get(words).or_else(|| self.states.get(&plain(words))).map(CompactString::as_str)
    }

    /// Words in the longest form of a state that begins with a word, as it stands there or in plain form; 0 if none does.
    pub(crate) fn longest_state(&self, word: &str, plain: &str) -> usize {
        [word, plain].into_iter().filter_map(|first| self.starts.get(first)).max().copied().unwrap_or_default()
    }

    fn state(&mut self, form: &str, code: &str) {
        let is_short = form.chars().filter(|c| c.is_alphabetic()).count() <= 4;
        let is_upper = form.chars().all(|c| !c.is_lowercase());
        if is_short && is_upper {
            self.capitals.entry(form.into()).or_insert_with(|| code.into());
        } else {
            self.states.entry(plain(form)).or_insert_with(|| code.into());
        }
    }

    fn load_states(&mut self, pack: &Pack) -> Result<(), PackError> {
        let table = pack.table("lexicon/states.tsv")?;
        let code = table.column("iso3")?;
        for column in ["names", "adjectives", "people", "capital", "metonyms"] {
            let forms = table.column(column)?;
            for row in table.rows() {
                for form in row.list(forms) {
                    self.state(form, row.cell(code));
                }
            }
        }
        Ok(())
    }

    fn load_people(&mut self, world: &Pack) -> Result<(), PackError> {
        let table = world.table("people.tsv")?;
        let (name, aliases) = (table.column("name")?, table.column("aliases")?);
        let (country, id) = (table.column("country")?, table.column("wikidata")?);
        for row in table.rows() {
            let known = self.known("person", &row, name, country, id);
            for form in std::iter::once(row.cell(name)).chain(row.list(aliases)) {
                self.people.entry(self.spelling.fold(form)).or_default().push(known.clone());
            }
        }
        for found in self.people.values_mut() {
            found.dedup();
        }
        Ok(())
    }

    fn load_organizations(&mut self, world: &Pack) -> Result<FxHashMap<CompactString, Vec<Known>>, PackError> {
        let table = world.table("organizations.tsv")?;
        let (name, names) = (table.column("name")?, table.column("names")?);
        let (country, id) = (table.column("country")?, table.column("wikidata")?);
        let mut by_name: FxHashMap<CompactString, Vec<Known>> = FxHashMap::default();
        for row in table.rows() {
            let known = self.known("organization", &row, name, country, id);
            by_name.entry(row.cell(name).into()).or_default().push(known.clone());
            for form in std::iter::once(row.cell(name)).chain(row.list(names)) {
                self.organizations.entry(self.spelling.fold(form)).or_default().push(known.clone());
            }
        }
        for found in self.organizations.values_mut() {
            found.dedup();
        }
        Ok(by_name)
    }

    fn load_places(&mut self, world: &Pack) -> Result<FxHashMap<CompactString, Vec<Spot>>, PackError> {
        let table = world.table("places.tsv")?;
        let (name, country) = (table.column("name")?, table.column("country")?);
        let mut by_name: FxHashMap<CompactString, Vec<Spot>> = FxHashMap::default();
        for row in table.rows() {
            let country = some(row.cell(country));
            let folded = self.spelling.fold(row.cell(name));
            let spot = Spot { key: place_key(&folded, country.as_deref()), country };
            by_name.entry(row.cell(name).into()).or_default().push(spot.clone());
            self.places.entry(folded).or_default().push(spot);
        }
        Ok(by_name)
    }

    fn load_areas(&mut self, world: &Pack) -> Result<(), PackError> {
        let table = world.table("areas.tsv")?;
        let (name, country, reach) = (table.column("name")?, table.column("country")?, table.column("reach")?);
        for row in table.rows() {
            let kilometres = row.cell(reach).parse().map_err(|_| PackError::Entry {
                at: row.location(),
                reason: format!("`{}` is no length in kilometres", row.cell(reach)),
            })?;
            let folded = self.spelling.fold(row.cell(name));
            self.reaches.insert(place_key(&folded, some(row.cell(country)).as_deref()), kilometres);
        }
        Ok(())
    }

    fn known(&self, kind: &str, row: &Row<'_>, name: usize, country: usize, id: usize) -> Known {
        let folded = self.spelling.fold(row.cell(name));
        let country = some(row.cell(country));
        let key =
            if row.cell(id).is_empty() { named_key(kind, &folded, country.as_deref()) } else { row.cell(id).into() };
        Known { key, folded, country }
    }
}

/// The key of an actor that the tables do not know.
pub(crate) fn named_key(kind: &str, folded: &str, country: Option<&str>) -> CompactString {
    country.map_or_else(|| format_compact!("{kind}:{folded}"), |country| format_compact!("{kind}:{folded}:{country}"))
}

/// The key of a place.
pub(crate) fn place_key(folded: &str, country: Option<&str>) -> CompactString {
    country.map_or_else(|| format_compact!("place:{folded}"), |country| format_compact!("place:{folded}:{country}"))
}

pub(crate) fn some(cell: &str) -> Option<CompactString> {
    (!cell.is_empty()).then(|| cell.into())
}

fn exonyms(pack: &Pack, path: &str, mut each: impl FnMut(&Row<'_>, usize, usize)) -> Result<(), PackError> {
    if pack.bytes(path).is_none() {
        return Ok(());
    }
    let table = pack.table(path)?;
    let (name, names) = (table.column("name")?, table.column("names")?);
    for row in table.rows() {
        each(&row, name, names);
    }
    Ok(())
}

impl Tongue {
    fn compile(pack: &Pack) -> Result<Self, PackError> {
        let mut tongue = Self {
            units: Units::compile(pack)?,
            acts: Acts::compile(pack)?,
            sequence: Sequence::compile(pack)?,
            backward: Backward::compile(pack)?,
            taken_up: TakenUp::compile(pack)?,
            ..Self::default()
        };
        let table = pack.table("lexicon/nominals.tsv")?;
        let (word, plural) = (table.column("word")?, table.column("plural")?);
        let (sector, role, flags) = (table.column("sector")?, table.column("role")?, table.column("flags")?);
        for row in table.rows() {
            let nominal = Nominal {
                sector: row.cell(sector).into(),
                role: row.cell(role).into(),
                unique: row.cell(flags).split(',').any(|flag| flag == "unique"),
            };
            for (form, unique) in
                row.list(word).map(|form| (form, nominal.unique)).chain(row.list(plural).map(|f| (f, false)))
            {
                tongue.nominals.entry(plain(form)).or_insert_with(|| Nominal { unique, ..nominal.clone() });
            }
        }
        let forms = tongue.nominals.keys().map(CompactString::as_str).chain(tongue.units.forms());
        tongue.firsts = forms.filter_map(|form| form.split(' ').next()).map(CompactString::from).collect();
        tongue.load_common(pack)?;
        for path in ["lexicon/months.tsv", "lexicon/weekdays.tsv"] {
            let table = pack.table(path)?;
            let form = table.column("form")?;
            tongue.calendar.extend(table.rows().flat_map(|row| row.list(form).map(plain).collect::<Vec<_>>()));
        }
        let table = pack.table("lexicon/quantities.tsv")?;
        tongue.thousands = mark(&table, "thousands-mark")?;
        tongue.decimal = mark(&table, "decimal-mark")?;
        Ok(tongue)
    }

    fn load_common(&mut self, pack: &Pack) -> Result<(), PackError> {
        let table = pack.table("language.tsv")?;
        let words = table.column("words")?;
        self.common
            .extend(table.rows().flat_map(|row| row.cell(words).split_whitespace().map(plain).collect::<Vec<_>>()));
        Ok(())
    }
}

fn mark(table: &Table<'_>, kind: &str) -> Result<Option<char>, PackError> {
    let (word, column) = (table.column("word")?, table.column("kind")?);
    Ok(table.rows().find(|row| row.cell(column) == kind).and_then(|row| row.cell(word).chars().next()))
}
