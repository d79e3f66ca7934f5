//! Wire groups: which articles are copies of one text, and which of each group is the earliest.

use crate::error::StoreError;
use crate::incoming::Incoming;
use crate::sets::Sets;
use rusqlite::{Connection, OptionalExtension, params};
use rustc_hash::{FxHashMap, FxHashSet};
use saksi_duplicates::{SIZE, Signature, bands, kin, may_be_copies};
use std::collections::hash_map::Entry;

/// What is kept of articles between transactions.
#[derive(Default)]
pub(crate) struct Wire {
    known: FxHashMap<i64, (Signature, i64)>,
}

/// An article whose copies are looked for.
pub(crate) struct Copy {
    id: i64,
    key: String,
    published: Option<String>,
    signature: Signature,
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
}

impl Copy {
    pub(crate) fn of(id: i64, incoming: &Incoming) -> Self {
        Self {
            id,
            key: incoming.key.clone(),
            published: incoming.published.clone(),
            signature: incoming.signature.clone(),
        }
    }
}

impl Wire {
    /// Finds where new articles belong, and notes where they are to be looked for.
    pub(crate) fn place(&mut self, db: &Connection, copies: Vec<Copy>) -> Result<Placed, StoreError> {
        let mut sets = Sets::default();
        let mut old: FxHashSet<i64> = FxHashSet::default();
        let mut here: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
        let mut seen: FxHashSet<i64> = FxHashSet::default();
        let mut near: FxHashSet<usize> = FxHashSet::default();
        {
            let mut posted = db.prepare_cached("SELECT article FROM band WHERE hash = ?1")?;
            for (at, copy) in copies.iter().enumerate() {
                seen.clear();
                near.clear();
                for band in bands(&copy.signature) {
                    let mut rows = posted.query([band as i64])?;
                    while let Some(row) = rows.next()? {
                        seen.insert(row.get(0)?);
                    }
                    let met = here.entry(band).or_default();
                    near.extend(met.iter().copied());
                    met.push(at);
                }
                for &article in &seen {
                    let Some((signature, kin)) = self.get(db, article)? else { continue };
                    if sets.first(*kin) != sets.first(copy.id) && may_be_copies(&copy.signature, signature) {
                        old.insert(*kin);
                        sets.join(*kin, copy.id);
                    }
                }
                for &other in &near {
                    let other = &copies[other];
                    if sets.first(other.id) != sets.first(copy.id) && may_be_copies(&copy.signature, &other.signature) {
                        sets.join(other.id, copy.id);
                    }
                }
            }
        }
        {
            let mut post = db.prepare_cached("INSERT OR IGNORE INTO band (hash, article) VALUES (?1, ?2)")?;
            let mut rows: Vec<(i64, i64)> =
                here.iter().flat_map(|(band, at)| at.iter().map(|&at| (*band as i64, copies[at].id))).collect();
            rows.sort_unstable();
            for (band, article) in rows {
                post.execute([band, article])?;
            }
        }
        let mut groups: FxHashMap<i64, Vec<Member>> = FxHashMap::default();
        for number in old {
            let members = members(db, number, &[])?;
            groups.entry(sets.first(number)).or_default().extend(members);
        }
        for copy in copies {
            let witness = copy.key.clone();
            groups.entry(sets.first(copy.id)).or_default().push(Member { copy, kin: None, witness });
        }
        let mut placed = Placed::default();
        for (number, group) in groups {
            self.settle(db, number, group, &mut placed)?;
        }
        Ok(placed)
    }

    /// Finds where the others belong once these articles are gone; tells whose witness is another now.
    pub(crate) fn remove(&mut self, db: &Connection, gone: &[i64]) -> Result<Vec<(i64, String)>, StoreError> {
        let mut touched: FxHashSet<i64> = FxHashSet::default();
        for &article in gone {
            if let Some((signature, kin)) = self.get(db, article)? {
                touched.insert(*kin);
                let mut strike = db.prepare_cached("DELETE FROM band WHERE hash = ?1 AND article = ?2")?;
                for band in bands(signature) {
                    strike.execute([band as i64, article])?;
                }
            }
            self.known.remove(&article);
        }
        let mut placed = Placed::default();
        for number in touched {
            let members = members(db, number, gone)?;
            let mut sets = Sets::default();
            for (at, one) in members.iter().enumerate() {
                for other in &members[at + 1..] {
                    if may_be_copies(&one.copy.signature, &other.copy.signature) {
                        sets.join(one.copy.id, other.copy.id);
                    }
                }
            }
            let mut groups: FxHashMap<i64, Vec<Member>> = FxHashMap::default();
            for member in members {
                groups.entry(sets.first(member.copy.id)).or_default().push(member);
            }
            for (number, group) in groups {
                self.settle(db, number, group, &mut placed)?;
            }
        }
        placed.changed.sort();
        Ok(placed.changed)
    }

    /// Finds the groups among articles of one kin, and the earliest of each.
    fn settle(
        &mut self,
        db: &Connection,
        number: i64,
        members: Vec<Member>,
        placed: &mut Placed,
    ) -> Result<(), StoreError> {
        let signatures: Vec<&Signature> = members.iter().map(|member| &member.copy.signature).collect();
        let mut witnesses = vec![""; members.len()];
        for group in kin(&signatures) {
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
                        db.prepare_cached("UPDATE article SET kin = ?2 WHERE id = ?1")?.execute(params![id, number])?;
                    }
                    if member.witness != witness {
                        placed.changed.push((id, witness.to_owned()));
                    }
                }
            }
        }
        for member in members {
            self.known.insert(member.copy.id, (member.copy.signature, number));
        }
        Ok(())
    }

    fn get(&mut self, db: &Connection, article: i64) -> Result<Option<&(Signature, i64)>, StoreError> {
        let slot = match self.known.entry(article) {
            Entry::Occupied(slot) => return Ok(Some(slot.into_mut())),
            Entry::Vacant(slot) => slot,
        };
        let mut statement = db.prepare_cached("SELECT signature, kin FROM article WHERE id = ?1")?;
        let found: Option<(Vec<u8>, i64)> =
            statement.query_row([article], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        let Some((bytes, kin)) = found else { return Ok(None) };
        Ok(Some(slot.insert((signature(&bytes)?, kin))))
    }
}

fn signature(bytes: &[u8]) -> Result<Signature, StoreError> {
    let bytes: &[u8; SIZE] =
        bytes.try_into().map_err(|_| StoreError::Damaged("a signature does not have the length of one".to_owned()))?;
    Ok(Signature::from_bytes(bytes))
}

/// The articles of a kin, but for those that go.
fn members(db: &Connection, number: i64, gone: &[i64]) -> Result<Vec<Member>, StoreError> {
    let mut statement =
        db.prepare_cached("SELECT id, key, published, signature, witness FROM article WHERE kin = ?1 ORDER BY id")?;
    let mut rows = statement.query([number])?;
    let mut members = Vec::new();
    while let Some(row) = rows.next()? {
        let id = row.get(0)?;
        if gone.contains(&id) {
            continue;
        }
        let bytes: Vec<u8> = row.get(3)?;
        let copy = Copy { id, key: row.get(1)?, published: row.get(2)?, signature: signature(&bytes)? };
        members.push(Member { copy, kin: Some(number), witness: row.get(4)? });
    }
    Ok(members)
}
