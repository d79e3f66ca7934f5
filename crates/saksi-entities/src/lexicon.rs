use crate::atoms::{Atom, fold, pieces};
use crate::gazetteer::{
    Case, Entry, Leaf, Nominal, NominalKind, Organization, Origin, Pair, Person, Place, Pronoun, Region, State,
};
use crate::settings::Settings;
use compact_str::CompactString;
use rustc_hash::{FxHashMap, FxHashSet};
use saksi_lang::{Location, Pack, PackError, Row, Table};
use saksi_record::SourceKind;
use std::str::FromStr;

/// What the stage needs, compiled out of a language pack and the facts of the world.
#[derive(Debug)]
pub struct Rules {
    pub(crate) settings: Settings,
    pub(crate) small: Small,
    pub(crate) states: Vec<State>,
    pub(crate) people: Vec<Person>,
    pub(crate) organizations: Vec<Organization>,
    pub(crate) places: Vec<Place>,
    pub(crate) nominals: Vec<Nominal>,
    pub(crate) regions: Vec<Region>,
    pub(crate) pronouns: FxHashMap<CompactString, Pronoun>,
    /// What stands before the names of a navy's ships, and whose navy it is.
    pub(crate) ships: FxHashMap<CompactString, u16>,
    vocabulary: FxHashMap<CompactString, u32>,
    edges: FxHashMap<(u32, u32), u32>,
    heads: Vec<u32>,
    leaves: Vec<Leaf>,
    files: Vec<String>,
}

/// The small words as sets.
#[derive(Debug, Default)]
pub(crate) struct Small {
    pub(crate) articles: FxHashSet<CompactString>,
    pub(crate) definite: FxHashSet<CompactString>,
    pub(crate) demonstratives: FxHashSet<CompactString>,
    pub(crate) quantifiers: FxHashSet<CompactString>,
    pub(crate) plural_markers: FxHashSet<CompactString>,
    pub(crate) weekdays: FxHashSet<CompactString>,
    pub(crate) months: FxHashSet<CompactString>,
    pub(crate) possessives: FxHashSet<CompactString>,
    pub(crate) relative_possessives: FxHashSet<CompactString>,
    pub(crate) honorifics: FxHashSet<CompactString>,
    pub(crate) generic: FxHashSet<CompactString>,
    pub(crate) links: FxHashSet<CompactString>,
    pub(crate) directions: FxHashSet<CompactString>,
    pub(crate) locative: FxHashSet<CompactString>,
    pub(crate) origin: FxHashSet<CompactString>,
    pub(crate) inside: FxHashSet<CompactString>,
    pub(crate) settled: FxHashSet<CompactString>,
    pub(crate) conjunctions: FxHashSet<CompactString>,
    pub(crate) particles: FxHashSet<CompactString>,
    pub(crate) organization_words: FxHashSet<CompactString>,
    pub(crate) place_words: FxHashSet<CompactString>,
}

impl Rules {
    /// Compiles the gazetteers and the phrase rules.
    ///
    /// # Errors
    /// If a table is missing or malformed, or names a state that `world/countries.tsv` lacks.
    pub fn compile(pack: &Pack, world: &Pack) -> Result<Self, PackError> {
        let settings: Settings = pack.rules("rules/entities.toml")?;
        let mut rules = Self {
            small: Small::of(&settings),
            settings,
            states: Vec::new(),
            people: Vec::new(),
            organizations: Vec::new(),
            places: Vec::new(),
            nominals: Vec::new(),
            regions: Vec::new(),
            pronouns: FxHashMap::default(),
            ships: FxHashMap::default(),
            vocabulary: FxHashMap::with_capacity_and_hasher(16384, rustc_hash::FxBuildHasher),
            edges: FxHashMap::with_capacity_and_hasher(32768, rustc_hash::FxBuildHasher),
            heads: vec![u32::MAX],
            leaves: Vec::with_capacity(16384),
            files: Vec::new(),
        };
        let states = rules.load_states(pack, world)?;
        rules.load_regions(pack, &states)?;
        rules.load_ships(world, &states)?;
        rules.load_people(world, &states)?;
        rules.load_organizations(pack, world, &states)?;
        rules.load_places(pack, world, &states)?;
        rules.load_nominals(pack)?;
        rules.load_pronouns(pack)?;
        Ok(rules)
    }

    /// Where an entry stands.
    pub(crate) fn location(&self, origin: Origin) -> String {
        format!("{}:{}", self.files.get(origin.file as usize).map_or("", String::as_str), origin.line)
    }

    /// The longest phrase that begins at `at`, and how many atoms it has; the leaves that fit, first entered first.
    pub(crate) fn longest(&self, atoms: &[Atom], at: usize, ids: &[u32], stems: &[u32]) -> Option<(usize, Vec<Leaf>)> {
        let mut node = 0;
        let mut best = None;
        for end in at..atoms.len() {
            let step = |id: u32| (id != u32::MAX).then(|| self.edges.get(&(node, id)).copied()).flatten();
            if let Some(stem) = step(stems[end]) {
                let fits = self.fitting(stem, &atoms[at..=end]);
                if !fits.is_empty() {
                    best = Some((end - at + 1, fits));
                }
            }
            let Some(next) = step(ids[end]) else { break };
            node = next;
            let fits = self.fitting(node, &atoms[at..=end]);
            if !fits.is_empty() {
                best = Some((end - at + 1, fits));
            }
        }
        best
    }

    /// The state of the first place, seat of government or state that a dateline names.
    pub(crate) fn state_in(&self, dateline: &str) -> Option<u16> {
        let atoms = crate::atoms::loose(dateline);
        let (ids, stems): (Vec<u32>, Vec<u32>) = atoms.iter().map(|atom| self.numbers(atom)).unzip();
        let state = |leaf: &Leaf| match leaf.entry {
            Entry::Capital(state) | Entry::State(state) => Some(state),
            Entry::Place(index) => self.places[index as usize].country,
            _ => None,
        };
        (0..atoms.len())
            .filter(|&at| atoms[at].word)
            .find_map(|at| self.longest(&atoms, at, &ids, &stems)?.1.iter().find_map(state))
    }

    /// The vocabulary number of an atom and of its stem without a clitic; `u32::MAX` for none.
    pub(crate) fn numbers(&self, atom: &Atom) -> (u32, u32) {
        let number = |key: &str| self.vocabulary.get(key).copied().unwrap_or(u32::MAX);
        let stem = self.settings.suffixes.iter().find_map(|suffix| atom.key.strip_suffix(suffix.as_str()));
        (number(&atom.key), stem.filter(|stem| stem.len() > 2).map_or(u32::MAX, number))
    }

    fn fitting(&self, node: u32, atoms: &[Atom]) -> Vec<Leaf> {
        let mut found = Vec::new();
        let mut at = self.heads[node as usize];
        while let Some(leaf) = self.leaves.get(at as usize) {
            let fits = match leaf.case {
                Case::Any => true,
                Case::Capital => {
                    atoms.iter().all(|atom| !atom.word || atom.capital || self.small_name(&atom.key))
                        && atoms[0].capital
                }
                Case::Upper => atoms.iter().all(|atom| atom.upper || !atom.key.chars().any(char::is_alphabetic)),
            };
            if fits {
                found.push(*leaf);
            }
            at = leaf.next;
        }
        found.reverse();
        found
    }

    fn small_name(&self, key: &str) -> bool {
        key.len() <= 2 || self.small.particles.contains(key) || key.chars().all(char::is_numeric)
    }

    fn enter(&mut self, phrase: &str, entry: Entry, origin: Origin) {
        let mut node = 0;
        let bytes = pieces(phrase);
        let letters = || phrase.chars().filter(|c| c.is_alphabetic());
        for (from, to) in &bytes {
            let key = fold(&phrase[*from..*to]);
            let next_id = self.vocabulary.len() as u32;
            let id = *self.vocabulary.entry(key).or_insert(next_id);
            node = *self.edges.entry((node, id)).or_insert_with(|| {
                self.heads.push(u32::MAX);
                self.heads.len() as u32 - 1
            });
        }
        if node == 0 {
            return;
        }
        let case = if letters().count() > 0 && letters().all(char::is_uppercase) && letters().count() <= 6 {
            Case::Upper
        } else if letters().next().is_some_and(char::is_uppercase) {
            Case::Capital
        } else {
            Case::Any
        };
        let next = self.heads[node as usize];
        self.heads[node as usize] = self.leaves.len() as u32;
        self.leaves.push(Leaf { entry, origin, case, next });
    }

    fn file(&mut self, location: &Location) -> u8 {
        if self.files.last() != Some(&location.file) {
            self.files.push(location.file.clone());
        }
        self.files.len() as u8 - 1
    }

    fn origin(&mut self, row: &Row<'_>) -> Origin {
        let location = row.location();
        Origin { file: self.file(&location), line: location.line as u32 }
    }

    fn load_states(&mut self, pack: &Pack, world: &Pack) -> Result<FxHashMap<String, u16>, PackError> {
        let table = world.table("countries.tsv")?;
        let columns = Columns::of(&table, ["iso3", "name", "capital", "lat", "lon"])?;
        let mut codes = FxHashMap::default();
        for row in table.rows() {
            let [iso3, name, capital, lat, lon] = columns.cells(&row);
            codes.insert(iso3.to_owned(), self.states.len() as u16);
            self.states.push(State {
                iso3: iso3.into(),
                name: name.to_owned(),
                capital: capital.to_owned(),
                lat: lat.parse().ok(),
                lon: lon.parse().ok(),
            });
        }
        let table = pack.table("lexicon/states.tsv")?;
        let columns = Columns::of(&table, ["iso3", "names", "adjectives", "people", "capital", "metonyms"])?;
        for row in table.rows() {
            let [iso3, ..] = columns.cells(&row);
            let state = code(&codes, iso3, &row)?;
            let Some(state) = state else { continue };
            let origin = self.origin(&row);
            for (column, entry) in [
                (1, Entry::State(state)),
                (2, Entry::Demonym(state, false)),
                (3, Entry::Demonym(state, true)),
                (4, Entry::Capital(state)),
                (5, Entry::Metonym(state)),
            ] {
                for phrase in row.list(columns.0[column]) {
                    self.enter(phrase, entry, origin);
                }
            }
        }
        Ok(codes)
    }

    fn load_regions(&mut self, pack: &Pack, codes: &FxHashMap<String, u16>) -> Result<(), PackError> {
        let table = pack.table("lexicon/demonyms.tsv")?;
        let columns = Columns::of(&table, ["name", "nouns", "adjectives", "country", "place"])?;
        for row in table.rows() {
            let [name, _, _, country, place] = columns.cells(&row);
            let index = self.regions.len() as u16;
            let country = code(codes, country, &row)?;
            self.regions.push(Region {
                name: name.to_owned(),
                country,
                place: place == "yes",
                people: place == "people",
            });
            let origin = self.origin(&row);
            for phrase in row.list(columns.0[2]) {
                self.enter(phrase, Entry::Region(index, true), origin);
            }
            for phrase in row.list(columns.0[1]) {
                self.enter(phrase, Entry::Region(index, false), origin);
            }
        }
        Ok(())
    }

    fn load_people(&mut self, world: &Pack, codes: &FxHashMap<String, u16>) -> Result<(), PackError> {
        if world.bytes("people.tsv").is_none() {
            return Ok(());
        }
        let table = world.table("people.tsv")?;
        let columns = Columns::of(&table, ["name", "aliases", "country", "sector", "roles"])?;
        for row in table.rows() {
            let [name, _, country, sector, _] = columns.cells(&row);
            let index = self.people.len() as u16;
            let roles = row.list(columns.0[4]).map(|role| {
                let (role, dates) = role.split_once(' ').unwrap_or((role, ""));
                let (from, to) = dates.split_once("..").unwrap_or((dates, ""));
                (role.into(), from.into(), to.into())
            });
            let person = Person {
                name: name.to_owned(),
                atoms: pieces(name).into_iter().map(|(from, to)| fold(&name[from..to])).collect(),
                country: code(codes, country, &row)?,
                sector: some(sector),
                roles: roles.collect(),
            };
            self.people.push(person);
            let origin = self.origin(&row);
            self.enter(name, Entry::Person(index), origin);
            for alias in row.list(columns.0[1]) {
                self.enter(alias, Entry::Person(index), origin);
            }
        }
        Ok(())
    }

    fn load_organizations(
        &mut self,
        pack: &Pack,
        world: &Pack,
        codes: &FxHashMap<String, u16>,
    ) -> Result<(), PackError> {
        if world.bytes("organizations.tsv").is_none() {
            return Ok(());
        }
        let table = world.table("organizations.tsv")?;
        let columns = Columns::of(&table, ["name", "names", "type", "country", "sector", "source", "flags"])?;
        let mut by_name = FxHashMap::default();
        for row in table.rows() {
            let [name, _, kind, country, sector, source, _] = columns.cells(&row);
            let index = self.organizations.len() as u16;
            let flag = |flag: &str| row.list(columns.0[6]).any(|is| is == flag);
            let organization = Organization {
                name: name.to_owned(),
                kind: kind.into(),
                country: code(codes, country, &row)?,
                sector: some(sector),
                source: source_kind(source, &row)?,
                armed: flag("armed"),
                medium: flag("medium"),
            };
            self.organizations.push(organization);
            by_name.insert(name, index);
            let origin = self.origin(&row);
            self.enter(name, Entry::Organization(index), origin);
            for alias in row.list(columns.0[1]) {
                self.enter(alias, Entry::Organization(index), origin);
            }
        }
        self.exonyms(pack, "lexicon/organizations.tsv", &by_name, Entry::Organization)
    }

    fn load_places(&mut self, pack: &Pack, world: &Pack, codes: &FxHashMap<String, u16>) -> Result<(), PackError> {
        if world.bytes("places.tsv").is_none() {
            return Ok(());
        }
        let table = world.table("places.tsv")?;
        let columns = Columns::of(&table, ["name", "country", "lat", "lon", "flags"])?;
        let mut by_name = FxHashMap::default();
        for row in table.rows() {
            let [name, country, lat, lon, flags] = columns.cells(&row);
            let index = self.places.len() as u16;
            self.places.push(Place {
                name: name.to_owned(),
                country: code(codes, country, &row)?,
                lat: lat.parse().ok(),
                lon: lon.parse().ok(),
                held: flags.contains("held"),
            });
            by_name.insert(name, index);
            let origin = self.origin(&row);
            self.enter(name, Entry::Place(index), origin);
        }
        self.exonyms(pack, "lexicon/places.tsv", &by_name, Entry::Place)
    }

    fn exonyms(
        &mut self,
        pack: &Pack,
        file: &str,
        by_name: &FxHashMap<&str, u16>,
        entry: fn(u16) -> Entry,
    ) -> Result<(), PackError> {
        if pack.bytes(file).is_none() {
            return Ok(());
        }
        let table = pack.table(file)?;
        let columns = Columns::of(&table, ["name", "names"])?;
        for row in table.rows() {
            let [name, _] = columns.cells(&row);
            let index = *by_name.get(name).ok_or_else(|| PackError::Entry {
                at: row.location(),
                reason: format!("`{name}` is not in the table of that name in world/"),
            })?;
            let origin = self.origin(&row);
            for phrase in row.list(columns.0[1]) {
                self.enter(phrase, entry(index), origin);
            }
        }
        Ok(())
    }

    fn load_nominals(&mut self, pack: &Pack) -> Result<(), PackError> {
        let table = pack.table("lexicon/nominals.tsv")?;
        let columns = Columns::of(&table, ["word", "plural", "kind", "sector", "role", "source", "flags", "refers"])?;
        for row in table.rows() {
            let [word, _, kind, sector, role, source, flags, refers] = columns.cells(&row);
            let flag = |name: &str| flags.split(',').any(|flag| flag == name);
            let kind = match kind {
                "person" => NominalKind::Person,
                "group" => NominalKind::Group,
                "organization" => NominalKind::Organization,
                "state" if flag("country") => NominalKind::Country,
                "state" => NominalKind::State,
                "place" => NominalKind::Capital,
                other => {
                    let reason = format!("`{other}` is no kind: person, group, organization, state or place");
                    return Err(PackError::Entry { at: row.location(), reason });
                }
            };
            let pair = [("pair-state", Pair::States), ("pair-person", Pair::People), ("pair", Pair::Any)]
                .into_iter()
                .find_map(|(name, pair)| flag(name).then_some(pair));
            let index = self.nominals.len() as u16;
            self.nominals.push(Nominal {
                word: word.into(),
                kind,
                sector: some(sector),
                role: role.into(),
                source: source_kind(source, &row)?,
                unique: flag("unique"),
                armed: flag("armed"),
                many: flag("many"),
                plain: flag("plain"),
                medium: flag("medium"),
                counterpart: flag("counterpart"),
                proper: flag("proper"),
                other: flag("other"),
                abroad: flag("abroad"),
                unbound: flag("unbound"),
                member: flag("member"),
                aboard: flag("aboard"),
                taken: flag("taken"),
                citizen: flag("citizen"),
                thing: flag("thing"),
                site: flag("site"),
                crowd: flag("crowd"),
                trio: flag("trio"),
                pair,
                refers: if refers.is_empty() {
                    vec![role.into()]
                } else {
                    refers.split(' ').map(CompactString::from).collect()
                },
            });
            let origin = self.origin(&row);
            self.enter(word, Entry::Nominal(index, flag("many")), origin);
            for phrase in row.list(columns.0[1]) {
                self.enter(phrase, Entry::Nominal(index, true), origin);
            }
        }
        Ok(())
    }

    fn load_ships(&mut self, world: &Pack, codes: &FxHashMap<String, u16>) -> Result<(), PackError> {
        if world.bytes("ships.tsv").is_none() {
            return Ok(());
        }
        let table = world.table("ships.tsv")?;
        let columns = Columns::of(&table, ["prefix", "country"])?;
        for row in table.rows() {
            let [prefix, country] = columns.cells(&row);
            if let Some(state) = code(codes, country, &row)? {
                self.ships.insert(prefix.into(), state);
            }
        }
        Ok(())
    }

    /// The nouns for bodies with which a name ends, or begins where modifiers follow: "coast guard" of "Philippine Coast
    /// Guard".
    pub(crate) fn nouns_of(&self, words: &[CompactString]) -> Vec<CompactString> {
        let name = words.join(" ");
        let fits = |word: &str| {
            let rest = if self.settings.modifiers_before { name.strip_suffix(word) } else { name.strip_prefix(word) };
            rest.is_some_and(
                |rest| if self.settings.modifiers_before { rest.ends_with(' ') } else { rest.starts_with(' ') },
            )
        };
        let bodies = self.nominals.iter().filter(|nominal| {
            matches!(nominal.kind, NominalKind::Organization | NominalKind::Group) && fits(&nominal.word)
        });
        bodies.map(|nominal| nominal.word.clone()).collect()
    }

    fn load_pronouns(&mut self, pack: &Pack) -> Result<(), PackError> {
        let table = pack.table("lexicon/pronouns.tsv")?;
        let columns = Columns::of(&table, ["word", "kind"])?;
        for row in table.rows() {
            let [word, kind] = columns.cells(&row);
            let origin = self.origin(&row);
            let is = |name: &str| kind == name || kind == "any" && name != "people";
            let part = kind == "part";
            let pronoun =
                Pronoun { person: is("person"), thing: is("thing"), people: part || is("people"), part, origin };
            self.pronouns.insert(word.into(), pronoun);
        }
        Ok(())
    }
}

impl Small {
    fn of(settings: &Settings) -> Self {
        let set = |words: &[String]| words.iter().map(|word| CompactString::from(word.as_str())).collect();
        Self {
            articles: set(&settings.articles),
            definite: set(&settings.definite),
            demonstratives: set(&settings.demonstratives),
            quantifiers: set(&settings.quantifiers),
            plural_markers: set(&settings.plural_markers),
            weekdays: set(&settings.weekdays),
            months: set(&settings.months),
            possessives: set(&settings.possessives),
            relative_possessives: set(&settings.relative_possessives),
            honorifics: set(&settings.honorifics),
            generic: set(&settings.generic),
            links: set(&settings.links),
            directions: set(&settings.directions),
            locative: set(&settings.locative),
            origin: set(&settings.origin),
            inside: set(&settings.inside),
            settled: set(&settings.settled),
            conjunctions: set(&settings.conjunctions),
            particles: set(&settings.particles),
            organization_words: set(&settings.organization_words),
            place_words: set(&settings.place_words),
        }
    }
}

/// The indices of the columns a stage needs.
struct Columns<const N: usize>([usize; N]);

impl<const N: usize> Columns<N> {
    fn of(table: &Table<'_>, names: [&str; N]) -> Result<Self, PackError> {
        let mut found = [0; N];
        for (at, name) in names.into_iter().enumerate() {
            found[at] = table.column(name)?;
        }
        Ok(Self(found))
    }

    fn cells<'t>(&self, row: &Row<'t>) -> [&'t str; N] {
        self.0.map(|column| row.cell(column))
    }
}

fn some(cell: &str) -> Option<CompactString> {
    (!cell.is_empty()).then(|| cell.into())
}

fn code(codes: &FxHashMap<String, u16>, cell: &str, row: &Row<'_>) -> Result<Option<u16>, PackError> {
    if cell.is_empty() {
        return Ok(None);
    }
    codes.get(cell).copied().map(Some).ok_or_else(|| PackError::Entry {
        at: row.location(),
        reason: format!("`{cell}` is not in world/countries.tsv"),
    })
}

fn source_kind(cell: &str, row: &Row<'_>) -> Result<Option<SourceKind>, PackError> {
    if cell.is_empty() {
        return Ok(None);
    }
    SourceKind::from_str(cell)
        .map(Some)
        .map_err(|()| PackError::Entry { at: row.location(), reason: format!("`{cell}` is no kind of source") })
}
