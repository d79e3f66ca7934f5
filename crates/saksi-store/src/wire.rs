//! Wire groups: which articles are copies or translations of one text, and which of each group is the earliest.

use crate::error::StoreError;
use crate::incoming::Incoming;
use crate::postings::{BANDS, Growth, Lists};
use crate::sets::Sets;
use rusqlite::{Connection, Row, params};
use rustc_hash::{FxHashMap, FxHashSet};
use saksi_duplicates::{SIZE, Signature, kin, may_be_copies};
use saksi_merge::{Outline, is_translation};
use std::collections::BTreeMap;
use std::collections::hash_map::Entry;

/// What is kept of articles between transactions.
#[derive(Default)]
pub(crate) struct Wire {
    known: FxHashMap<i64, (Text, i64)>,
}

/// What an article is compared by.
#[derive(Debug, Clone)]
pub(crate) struct Text {
    pub(crate) signature: Signature,
    pub(crate) outline: Outline,
    pub(crate) language: String,
    /// The news agency that it names as its source.
    pub(crate) credit: Option<String>,
}

/// An article whose copies are looked for.
pub(crate) struct Copy {
    id: i64,
    key: String,
    published: Option<String>,
    text: Text,
    /// Where it meets others; empty for one that met them before.
    bands: Vec<u64>,
}

/// An article of the collection that belongs with others.
struct Member {
    copy: Copy,
    kin: Option<i64>,
    witness: String,
}

/// Where articles belong.
#[derive(Default)]
pub(crate) struct Placed {
    /// Of each new article the number of its kin, and its witness.
    pub(crate) of: FxHashMap<i64, (i64, String)>,
    /// Articles that were there and have another witness now.
    pub(crate) changed: Vec<(i64, String)>,
    /// Articles that were there and are of another kin now.
    moved: Vec<(i64, i64)>,
    /// Where new articles are to be looked for.
    growth: Option<Growth>,
}

impl Placed {
    /// Notes in the file which kin articles are of, and where they are to be looked for.
    pub(crate) fn write(&mut self, db: &Connection) -> Result<(), StoreError> {
        let mut update = db.prepare_cached("UPDATE article SET kin = ?2 WHERE id = ?1")?;
        for (article, kin) in self.moved.drain(..) {
            update.execute(params![article, kin])?;
        }
        self.growth.take().map_or(Ok(()), |growth| growth.write(db))
    }
}

impl Copy {
    pub(crate) fn of(id: i64, incoming: &Incoming) -> Self {
        Self {
            id,
            key: incoming.key.clone(),
            published: incoming.published.clone(),
            text: incoming.compared.clone(),
            bands: incoming.bands.clone(),
        }
    }
}

/// Bits of a band.
const BAND: u32 = 36;

/// The columns that [`Text::of`] reads.
const TEXT: &str = "signature, outline, language, credit";

impl Text {
    /// Out of a row in which the columns of [`TEXT`] stand from `at` on.
    fn of(row: &Row<'_>, at: usize) -> Result<Self, StoreError> {
        let (signature, outline): (Vec<u8>, Vec<u8>) = (row.get(at)?, row.get(at + 1)?);
        let bytes: &[u8; SIZE] = signature
            .as_slice()
            .try_into()
            .map_err(|_| StoreError::Damaged("a signature does not have the length of one".to_owned()))?;
        Ok(Self {
            signature: Signature::from_bytes(bytes),
            outline: Outline::from_bytes(&outline)
                .ok_or_else(|| StoreError::Damaged("an outline does not have the length of one".to_owned()))?,
            language: row.get(at + 2)?,
            credit: row.get(at + 3)?,
        })
    }

    /// Where it meets its copies and translations.
    pub(crate) fn bands(&self) -> Vec<u64> {
        let mut all = saksi_duplicates::bands(&self.signature);
        all.extend(self.outline.bands());
        // Those that meet in one by chance are told apart by their signatures.
        all.into_iter().map(|band| band >> (u64::BITS - BAND)).collect()
    }

    /// Whether the two may be one text; if they are, they share a band.
    fn is_kin(&self, other: &Self) -> bool {
        may_be_copies(&self.signature, &other.signature) || self.translates(other)
    }

    fn translates(&self, other: &Self) -> bool {
        let one_agency = self.credit.is_some() && self.credit == other.credit;
        self.language != other.language
            && is_translation(&self.outline, &other.outline, one_agency)
            && self.outline.bands().iter().zip(other.outline.bands()).any(|(mine, others)| *mine == others)
    }
}

impl Wire {
    /// Finds where new articles belong; only reads.
    pub(crate) fn place(&mut self, db: &Connection, mut copies: Vec<Copy>) -> Result<Placed, StoreError> {
        let mut sets = Sets::default();
        let mut old: FxHashSet<i64> = FxHashSet::default();
        let bands: Vec<Vec<u64>> = copies.iter_mut().map(|copy| std::mem::take(&mut copy.bands)).collect();
        let lists = Lists::of(bands.iter().map(Vec::as_slice));
        let posted = BANDS.find(db, &lists.hashes)?;
        let (mut seen, mut near) = (Vec::new(), Vec::new());
        for (at, copy) in copies.iter().enumerate() {
            seen.clear();
            near.clear();
            for &place in lists.places(at) {
                seen.extend_from_slice(posted.get(place));
                near.extend(lists.before(at, place));
            }
            seen.sort_unstable();
            seen.dedup();
            near.sort_unstable();
            near.dedup();
            for &article in &seen {
                let Some((text, kin)) = self.get(db, article)? else { continue };
                if sets.first(*kin) != sets.first(copy.id) && copy.text.is_kin(text) {
                    old.insert(*kin);
                    sets.join(*kin, copy.id);
                }
            }
            for &other in &near {
                let other = &copies[other];
                if sets.first(other.id) != sets.first(copy.id) && copy.text.is_kin(&other.text) {
                    sets.join(other.id, copy.id);
                }
            }
        }
        let posts = copies.iter().zip(bands).flat_map(|(copy, bands)| bands.into_iter().map(|band| (band, copy.id)));
        let growth = Some(BANDS.growth(db, posts.collect())?);
        let mut groups: FxHashMap<i64, Vec<Member>> = FxHashMap::default();
        for number in old {
            let members = members(db, number, &[])?;
            groups.entry(sets.first(number)).or_default().extend(members);
        }
        for copy in copies {
            let witness = copy.key.clone();
            groups.entry(sets.first(copy.id)).or_default().push(Member { copy, kin: None, witness });
        }
        let mut placed = Placed { growth, ..Placed::default() };
        for (number, group) in groups {
            self.settle(number, group, &mut placed);
        }
        Ok(placed)
    }

    /// Finds where the others belong once these articles are gone; tells whose witness is another now.
    pub(crate) fn remove(&mut self, db: &Connection, gone: &[i64]) -> Result<Vec<(i64, String)>, StoreError> {
        let mut touched: FxHashSet<i64> = FxHashSet::default();
        let mut struck = Vec::new();
        for &article in gone {
            if let Some((text, kin)) = self.get(db, article)? {
                touched.insert(*kin);
                struck.extend(text.bands().into_iter().map(|band| (band, article)));
            }
            self.known.remove(&article);
        }
        BANDS.remove(db, struck)?;
        let mut placed = Placed::default();
        for number in touched {
            let members = members(db, number, gone)?;
            let mut sets = Sets::default();
            for (at, one) in members.iter().enumerate() {
                for other in &members[at + 1..] {
                    if one.copy.text.is_kin(&other.copy.text) {
                        sets.join(one.copy.id, other.copy.id);
                    }
                }
            }
            let mut groups: FxHashMap<i64, Vec<Member>> = FxHashMap::default();
            for member in members {
                groups.entry(sets.first(member.copy.id)).or_default().push(member);
            }
            for (number, group) in groups {
                self.settle(number, group, &mut placed);
            }
        }
        placed.write(db)?;
        placed.changed.sort();
        Ok(placed.changed)
    }

    /// Finds the groups among articles of one kin, and the earliest of each.
    fn settle(&mut self, number: i64, members: Vec<Member>, placed: &mut Placed) {
        let mut witnesses = vec![""; members.len()];
        for group in groups(&members) {
            // An article whose day is not known comes after those whose is.
            let when = |at: &usize| {
                (members[*at].copy.published.is_none(), &members[*at].copy.published, &members[*at].copy.key)
            };
            let Some(earliest) = group.iter().min_by_key(|at| when(at)) else { continue };
            for &at in &group {
                witnesses[at] = &members[*earliest].copy.key;
            }
        }
        for (member, witness) in members.iter().zip(witnesses) {
            let id = member.copy.id;
            match member.kin {
                None => {
                    placed.of.insert(id, (number, witness.to_owned()));
                }
                Some(kin) => {
                    if kin != number {
                        placed.moved.push((id, number));
                    }
                    if member.witness != witness {
                        placed.changed.push((id, witness.to_owned()));
                    }
                }
            }
        }
        for member in members {
            self.known.insert(member.copy.id, (member.copy.text, number));
        }
    }

    fn get(&mut self, db: &Connection, article: i64) -> Result<Option<&(Text, i64)>, StoreError> {
        let slot = match self.known.entry(article) {
            Entry::Occupied(slot) => return Ok(Some(slot.into_mut())),
            Entry::Vacant(slot) => slot,
        };
        let mut statement = db.prepare_cached(&format!("SELECT kin, {TEXT} FROM article WHERE id = ?1"))?;
        let mut rows = statement.query([article])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        Ok(Some(slot.insert((Text::of(row, 1)?, row.get(0)?))))
    }
}

/// Language, agency and outline: what a translation is told by.
type Told<'t> = (&'t str, Option<&'t str>, Vec<u8>);

/// The groups among articles of one kin: copies, with those that are translations of one of them.
fn groups(members: &[Member]) -> Vec<Vec<usize>> {
    let texts: Vec<&Text> = members.iter().map(|member| &member.copy.text).collect();
    let copies = kin(&texts.iter().map(|text| &text.signature).collect::<Vec<_>>());
    if texts.iter().all(|text| text.language == texts[0].language) {
        return copies;
    }
    let mut sets = Sets::default();
    let mut join = |some: &[usize]| some.windows(2).for_each(|two| sets.join(two[0] as i64, two[1] as i64));
    for group in &copies {
        join(group);
    }
    // Most copies have one outline; those are compared once.
    let mut alike: BTreeMap<Told<'_>, Vec<usize>> = BTreeMap::new();
    for (at, text) in texts.iter().enumerate() {
        alike.entry((&text.language, text.credit.as_deref(), text.outline.to_bytes())).or_default().push(at);
    }
    let alike: Vec<Vec<usize>> = alike.into_values().collect();
    for (at, ones) in alike.iter().enumerate() {
        for others in &alike[at + 1..] {
            if texts[ones[0]].translates(texts[others[0]]) {
                join(&[ones.as_slice(), others].concat());
            }
        }
    }
    let mut groups: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
    for at in 0..texts.len() {
        groups.entry(sets.first(at as i64)).or_default().push(at);
    }
    groups.into_values().collect()
}

/// The articles of a kin, but for those that go.
fn members(db: &Connection, number: i64, gone: &[i64]) -> Result<Vec<Member>, StoreError> {
    let mut statement = db.prepare_cached(&format!(
        "SELECT id, key, published, witness, {TEXT} FROM article WHERE kin = ?1 ORDER BY id"
    ))?;
    let mut rows = statement.query([number])?;
    let mut members = Vec::new();
    while let Some(row) = rows.next()? {
        let id = row.get(0)?;
        if gone.contains(&id) {
            continue;
        }
        let copy = Copy { id, key: row.get(1)?, published: row.get(2)?, text: Text::of(row, 4)?, bands: Vec::new() };
        members.push(Member { copy, kin: Some(number), witness: row.get(3)? });
    }
    Ok(members)
}
