//! Which reports may be of one event, and the events that they make.

use crate::actors::Actors;
use crate::beside::drop_beside;
use crate::error::StoreError;
use crate::events;
use crate::postings::{BLOCKS, Growth, Lists};
use crate::sets::Sets;
use crate::stored::{Ready, whole};
use crate::together::{Cluster, Now, Rest, Set, Told, together};
use rusqlite::{Connection, OptionalExtension};
use rustc_hash::{FxHashMap, FxHashSet};
use saksi_merge::{Hand, Report, Sketch, Sketched, blocks, link};

/// How many reports are kept in memory.
const KEPT: usize = 30_000;

/// What is kept of reports between transactions.
#[derive(Default)]
pub(crate) struct Merging {
    known: FxHashMap<i64, Held>,
    older: FxHashMap<i64, Held>,
}

/// A report of the collection.
struct Held {
    report: Box<Report>,
    sketch: Sketch,
    linked: i64,
}

impl Held {
    fn of(report: Report, linked: i64) -> Self {
        Self { sketch: Sketch::of(&report), report: Box::new(report), linked }
    }

    fn sketched(&self) -> Sketched<'_> {
        Sketched { report: &self.report, sketch: &self.sketch }
    }
}

/// Reports that were added, changed or taken out, and must be brought together anew.
#[derive(Default)]
pub(crate) struct Linked {
    new: Vec<(i64, Vec<Ready>)>,
    /// New ones whose links were found before.
    met: Option<(Vec<Member>, Links)>,
    /// With other contents that do not bear on what they are linked to.
    touched: FxHashMap<i64, Report>,
    /// With other contents that do.
    changed: FxHashMap<i64, Ready>,
    /// Sets that lost a report or must be looked at anew.
    opened: FxHashSet<i64>,
    /// Events that lost a report.
    left: FxHashSet<i64>,
    /// Where reports are not met any more.
    struck: Vec<(u64, i64)>,
    /// Where reports are met that have rows.
    posts: Vec<(u64, i64)>,
}

/// The report as it was read.
pub(crate) enum Original {
    /// As the row has it.
    Kept,
    /// This; none where nothing was decided.
    Now(Option<String>),
}

/// What a report's row holds of it.
pub(crate) struct Row {
    json: String,
    features: Vec<u8>,
    original: Original,
}

/// A report in a set that is brought together.
pub(crate) struct Member {
    pub(crate) id: i64,
    pub(crate) report: Box<Report>,
    pub(crate) sketch: Sketch,
    /// As its row has them; none for one without a row.
    pub(crate) stored: Option<(i64, Option<i64>)>,
    /// What its row is to hold, where that is something else.
    pub(crate) ready: Option<Row>,
    /// For one without a row: its article, and its place in it.
    pub(crate) place: (i64, usize),
}

impl Member {
    /// Gives it other contents that do not bear on what it is linked to.
    fn touch(&mut self, report: Report) {
        let ready = Ready::of(report, None);
        self.ready = Some(Row { json: ready.json, features: ready.features, original: Original::Kept });
        (self.report, self.sketch) = (ready.report, ready.sketch);
    }
}

/// What reports are linked to.
pub(crate) struct Links {
    /// Numbers of sets and of new reports, joined.
    sets: Sets,
    /// Sets of the collection that are among them.
    old: FxHashSet<i64>,
    /// Where the new ones are to be looked for.
    growth: Growth,
}

/// New reports of articles, which get numbers from `next` on.
pub(crate) fn seeds(mut next: i64, new: impl IntoIterator<Item = (i64, Vec<Ready>)>) -> Vec<Member> {
    let mut seeds = Vec::new();
    for (article, reports) in new {
        for (ordinal, ready) in reports.into_iter().enumerate() {
            let row = Row { json: ready.json, features: ready.features, original: Original::Now(ready.original) };
            let place = (article, ordinal);
            let Ready { report, sketch, .. } = ready;
            seeds.push(Member { id: next, report, sketch, stored: None, ready: Some(row), place });
            next += 1;
        }
    }
    seeds
}

/// The number of the next report that gets a row.
pub(crate) fn next(db: &Connection) -> Result<i64, StoreError> {
    let mut statement = db.prepare_cached("SELECT seq FROM sqlite_sequence WHERE name = 'report'")?;
    let last: Option<i64> = statement.query_row([], |row| row.get(0)).optional()?;
    Ok(last.unwrap_or(0) + 1)
}

impl Linked {
    /// Adds reports whose links were found; then nothing else is opened.
    pub(crate) fn meet(&mut self, seeds: Vec<Member>, links: Links) {
        self.met = Some((seeds, links));
    }

    pub(crate) fn add(&mut self, article: i64, reports: Vec<Ready>) {
        self.new.push((article, reports));
    }

    pub(crate) fn touch(&mut self, id: i64, report: Report) {
        self.touched.insert(id, report);
    }

    /// Takes a report out.
    pub(crate) fn remove(&mut self, db: &Connection, merging: &mut Merging, id: i64) -> Result<(), StoreError> {
        self.open(db, merging, id)?;
        db.prepare_cached("DELETE FROM report WHERE id = ?1")?.execute([id])?;
        self.touched.remove(&id);
        Ok(())
    }

    /// Gives a report other contents.
    pub(crate) fn relink(
        &mut self,
        db: &Connection,
        merging: &mut Merging,
        id: i64,
        ready: Ready,
    ) -> Result<(), StoreError> {
        self.open(db, merging, id)?;
        self.posts.extend(ready.sketch.blocks.iter().map(|&hash| (hash, id)));
        self.changed.insert(id, ready);
        Ok(())
    }

    /// Opens the set of a report, and takes it from where it is looked for.
    fn open(&mut self, db: &Connection, merging: &mut Merging, id: i64) -> Result<(), StoreError> {
        let (json, features, linked, event): (String, Vec<u8>, i64, Option<i64>) = db
            .prepare_cached("SELECT report, features, linked, event FROM report WHERE id = ?1")?
            .query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
        self.opened.insert(linked);
        self.left.extend(event);
        self.struck.extend(blocks(&whole(&json, &features)?).into_iter().map(|hash| (hash, id)));
        merging.forget(id);
        Ok(())
    }
}

impl Merging {
    fn forget(&mut self, id: i64) {
        self.known.remove(&id);
        self.older.remove(&id);
    }

    fn keep(&mut self, id: i64, held: Held) {
        if self.known.len() >= KEPT {
            drop_beside(std::mem::replace(&mut self.older, std::mem::take(&mut self.known)));
        }
        self.known.insert(id, held);
    }

    /// Takes a report out of memory, or the file.
    fn take(&mut self, db: &Connection, id: i64) -> Result<Held, StoreError> {
        self.get(db, id)?;
        self.known.remove(&id).ok_or_else(|| StoreError::Damaged(format!("report {id} is gone")))
    }

    /// The reports of a set that have rows.
    fn members(&mut self, db: &Connection, number: i64) -> Result<Vec<Member>, StoreError> {
        let mut statement = db.prepare_cached("SELECT id, event FROM report WHERE linked = ?1")?;
        let rows = statement.query_map([number], |row| Ok((row.get(0)?, row.get(1)?)))?;
        rows.map(|row| {
            let (id, event) = row?;
            let Held { report, sketch, .. } = self.take(db, id)?;
            Ok(Member { id, report, sketch, stored: Some((number, event)), ready: None, place: (0, 0) })
        })
        .collect()
    }

    fn get(&mut self, db: &Connection, id: i64) -> Result<Option<&Held>, StoreError> {
        if !self.known.contains_key(&id) {
            let held = if let Some(held) = self.older.remove(&id) {
                held
            } else {
                let mut statement = db.prepare_cached("SELECT report, features, linked FROM report WHERE id = ?1")?;
                let found: Option<(String, Vec<u8>, i64)> =
                    statement.query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).optional()?;
                let Some((json, features, linked)) = found else { return Ok(None) };
                Held::of(whole(&json, &features)?, linked)
            };
            self.keep(id, held);
        }
        Ok(self.known.get(&id))
    }

    /// Brings reports together after changes: writes reports and events.
    pub(crate) fn settle(
        &mut self,
        db: &Connection,
        mut changes: Linked,
        hands: &[Hand],
        actors: &mut Actors,
    ) -> Result<(), StoreError> {
        let (seeds, Links { mut sets, mut old, growth }) = match changes.met.take() {
            Some(met) => met,
            None => self.meet(db, &mut changes)?,
        };
        growth.write(db)?;
        join_hands(db, hands, &seeds, &changes.opened, &mut sets, &mut old)?;
        for &id in changes.touched.keys() {
            if let Some(held) = self.get(db, id)? {
                old.insert(held.linked);
            }
        }

        let mut dirty: FxHashMap<i64, Vec<Member>> = FxHashMap::default();
        for number in old {
            if changes.opened.contains(&number) {
                continue;
            }
            let mut members = self.members(db, number)?;
            for member in &mut members {
                if let Some(report) = changes.touched.remove(&member.id) {
                    member.touch(report);
                }
            }
            dirty.entry(sets.first(number)).or_default().extend(members);
        }
        for seed in seeds {
            dirty.entry(sets.first(seed.id)).or_default().push(seed);
        }
        let mut writer = events::Writer::new(db, actors)?;
        let mut order: Vec<(i64, Vec<Member>)> = dirty.into_iter().collect();
        order.sort_by_key(|(number, _)| *number);
        let mut left = changes.left;
        for set in together(order, hands) {
            self.write(&mut writer, set, &mut left)?;
        }
        for event in left {
            writer.drop_empty(event)?;
        }
        writer.finish()
    }

    /// Those whose links are looked for, new ones and all of a set that was opened, with what they are linked to.
    fn meet(&mut self, db: &Connection, changes: &mut Linked) -> Result<(Vec<Member>, Links), StoreError> {
        let mut all: Vec<Member> = Vec::new();
        for &set in &changes.opened {
            for mut member in self.members(db, set)? {
                if let Some(ready) = changes.changed.remove(&member.id) {
                    (member.report, member.sketch) = (ready.report, ready.sketch);
                    member.ready = Some(Row {
                        json: ready.json,
                        features: ready.features,
                        original: Original::Now(ready.original),
                    });
                } else if let Some(report) = changes.touched.remove(&member.id) {
                    member.touch(report);
                }
                all.push(member);
            }
        }
        all.extend(seeds(next(db)?, std::mem::take(&mut changes.new)));
        BLOCKS.remove(db, std::mem::take(&mut changes.struck))?;
        let links = self.links(db, &all, std::mem::take(&mut changes.posts))?;
        Ok((all, links))
    }

    /// Joins the sets of reports that are linked; only reads. `posts` is where those with rows are to be looked for from now on.
    pub(crate) fn links(
        &mut self,
        db: &Connection,
        seeds: &[Member],
        mut posts: Vec<(u64, i64)>,
    ) -> Result<Links, StoreError> {
        let mut sets = Sets::default();
        let mut old: FxHashSet<i64> = FxHashSet::default();
        let again: FxHashSet<i64> = seeds.iter().filter(|seed| seed.stored.is_some()).map(|seed| seed.id).collect();
        let lists = Lists::of(seeds.iter().map(|seed| seed.sketch.blocks.as_slice()));
        let posted = BLOCKS.find(db, &lists.hashes)?;
        let (mut seen, mut near) = (Vec::new(), Vec::new());
        let sketched = |at: usize| Sketched { report: &seeds[at].report, sketch: &seeds[at].sketch };
        for (at, seed) in seeds.iter().enumerate() {
            seen.clear();
            near.clear();
            for &place in lists.places(at) {
                seen.extend_from_slice(posted.get(place));
                near.extend(lists.before(at, place));
            }
            if seed.stored.is_none() {
                posts.extend(seed.sketch.blocks.iter().map(|&hash| (hash, seed.id)));
            }
            seen.sort_unstable();
            seen.dedup();
            seen.retain(|id| !again.contains(id));
            near.sort_unstable();
            near.dedup();
            let mut own = sets.first(seed.id);
            for &id in &seen {
                let Some(held) = self.get(db, id)? else { continue };
                if sets.first(held.linked) != own && alike(sketched(at), held.sketched()) {
                    old.insert(held.linked);
                    sets.join(held.linked, own);
                    own = sets.first(own);
                }
            }
            for &other in &near {
                let id = seeds[other].id;
                if sets.first(id) != own && alike(sketched(at), sketched(other)) {
                    sets.join(id, own);
                    own = sets.first(own);
                }
            }
        }
        Ok(Links { sets, old, growth: BLOCKS.growth(db, posts)? })
    }

    /// Writes the reports of a set and the events that they make.
    fn write(
        &mut self,
        writer: &mut events::Writer<'_>,
        set: Set,
        left: &mut FxHashSet<i64>,
    ) -> Result<(), StoreError> {
        let Set { number, reports, rest, clusters, had } = set;
        let old = writer.keys(had.keys().copied())?;
        let mut of = vec![0; reports.len()];
        for Cluster { places, now } in clusters {
            let id = match now {
                Now::Same(id) if !left.contains(&id) => id,
                Now::Same(_) => writer.event(&Told::of(&places, &reports), &old)?,
                Now::Other(told) => writer.event(&told, &old)?,
            };
            for at in places {
                of[at] = id;
            }
        }
        for (((report, sketch), Rest { id, stored, ready, place }), event) in reports.into_iter().zip(rest).zip(&of) {
            match (stored, ready) {
                (None, Some(row)) => {
                    let original = if let Original::Now(original) = row.original { original } else { None };
                    writer.insert(id, place, number, *event, &report, (row.json, row.features, original))?;
                }
                (Some(_), Some(row)) => {
                    writer.rewrite(id, number, *event, &report, (&row.json, &row.features))?;
                    if let Original::Now(original) = row.original {
                        writer.original(id, original.as_deref())?;
                    }
                }
                (Some(old), None) if old != (number, Some(*event)) => writer.move_to(id, number, *event)?,
                _ => {}
            }
            self.older.remove(&id);
            self.keep(id, Held { report, sketch, linked: number });
        }
        // One that is written again stays in `left`: reports of it may be in a set that comes later.
        left.extend(had.into_keys().filter(|event| !of.contains(event)));
        Ok(())
    }
}

/// As [`saksi_merge::linked`] for two reports that share a block.
fn alike(one: Sketched<'_>, other: Sketched<'_>) -> bool {
    !one.sketch.rejected && !other.sketch.rejected && link(one, other).is_some()
}

/// Joins the sets of reports that a person joined.
fn join_hands(
    db: &Connection,
    hands: &[Hand],
    seeds: &[Member],
    opened: &FxHashSet<i64>,
    sets: &mut Sets,
    old: &mut FxHashSet<i64>,
) -> Result<(), StoreError> {
    if hands.is_empty() {
        return Ok(());
    }
    let here: FxHashMap<&str, i64> = seeds.iter().map(|seed| (seed.report.key.as_str(), seed.id)).collect();
    let mut statement = db.prepare_cached("SELECT linked FROM report WHERE key = ?1")?;
    let mut node = |key: &String| -> Result<Option<(i64, bool)>, StoreError> {
        if let Some(&id) = here.get(key.as_str()) {
            return Ok(Some((id, false)));
        }
        let found: Option<i64> = statement.query_row([key], |row| row.get(0)).optional()?;
        Ok(found.filter(|linked| !opened.contains(linked)).map(|linked| (linked, true)))
    };
    for hand in hands {
        let Hand::Same(one, other) = hand else { continue };
        // Those of which nothing was opened are in one set already.
        if !here.contains_key(one.as_str()) && !here.contains_key(other.as_str()) {
            continue;
        }
        let (Some(one), Some(other)) = (node(one)?, node(other)?) else { continue };
        if sets.first(one.0) == sets.first(other.0) {
            continue;
        }
        for (number, stored) in [one, other] {
            if stored {
                old.insert(number);
            }
        }
        sets.join(one.0, other.0);
    }
    Ok(())
}
