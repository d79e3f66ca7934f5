//! Where what may belong together meets: sorted lists of hashes, each with the number of the row that has it.
//!
//! Each transaction writes a list, and lists of about the same length are merged, so that there are few (O'Neil and others, "The
//! Log-Structured Merge-Tree", 1996). With a row for each hash, a batch of articles would touch most pages of a large
//! collection; so it writes as much as it has, and reads what is near to it.

use crate::error::StoreError;
use rusqlite::{Connection, OptionalExtension, params};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;

/// Bits of a hash.
pub(crate) const BITS: u32 = 48;
/// Lists of one length that are merged into one.
const FULL: i64 = 8;
/// Entries of a list of the shortest kind, at most.
const SHORT: usize = 256;
/// Bytes of a row, about: three fill a page.
const CHUNK: usize = 2600;

/// A table of lists. A row is a stretch of a list: its number is the list's, before the first hash of the stretch.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Postings {
    table: &'static str,
}

/// Where copies and translations of articles meet.
pub(crate) const BANDS: Postings = Postings { table: "band" };
/// Where reports of one act meet.
pub(crate) const BLOCKS: Postings = Postings { table: "block" };

type Posting = (u64, i64);

/// All that the table `band` or `block` holds: hashes, each with the id of an article or report.
///
/// # Errors
/// If the file cannot be read.
pub fn meetings(db: &Connection, table: &str) -> Result<Vec<(u64, i64)>, StoreError> {
    if table == BANDS.table { BANDS.all(db) } else { BLOCKS.all(db) }
}

/// The numbers that have each of some hashes, which are told by their places.
pub(crate) struct Met {
    /// Where those of a hash begin, and where the last ends.
    starts: Vec<u32>,
    numbers: Vec<i64>,
}

impl Met {
    fn of(hashes: usize, found: &[(u32, i64)]) -> Self {
        let mut starts = vec![0; hashes + 1];
        for (place, _) in found {
            starts[*place as usize + 1] += 1;
        }
        for place in 0..hashes {
            starts[place + 1] += starts[place];
        }
        let mut next = starts.clone();
        let mut numbers = vec![0; found.len()];
        for &(place, number) in found {
            let next = &mut next[place as usize];
            numbers[*next as usize] = number;
            *next += 1;
        }
        Self { starts, numbers }
    }

    /// Those that have the hash of that place.
    pub(crate) fn get(&self, place: u32) -> &[i64] {
        let place = place as usize;
        &self.numbers[self.starts[place] as usize..self.starts[place + 1] as usize]
    }
}

/// Lists of hashes that are held against each other and against those of a table. No hash is looked up: sorting them is quicker.
pub(crate) struct Lists {
    /// All hashes in them, each once, in order.
    pub(crate) hashes: Vec<u64>,
    /// Of each hash of each list, list by list, its place in `hashes`.
    places: Vec<u32>,
    /// Where the lists end in `places`.
    ends: Vec<u32>,
    having: Met,
}

impl Lists {
    pub(crate) fn of<'l>(lists: impl Iterator<Item = &'l [u64]>) -> Self {
        let mut slots: Vec<(u64, u32)> = Vec::new();
        let mut ends = Vec::new();
        for list in lists {
            slots.extend((slots.len() as u32..).zip(list).map(|(slot, &hash)| (hash, slot)));
            ends.push(slots.len() as u32);
        }
        slots.sort_unstable();
        let mut hashes = Vec::new();
        let mut places = vec![0; slots.len()];
        for (hash, slot) in slots {
            if hashes.last() != Some(&hash) {
                hashes.push(hash);
            }
            places[slot as usize] = hashes.len() as u32 - 1;
        }
        let mut lists = Self { having: Met::of(0, &[]), hashes, places, ends };
        let having = (0..lists.ends.len()).flat_map(|list| lists.places(list).iter().map(move |&at| (at, list as i64)));
        lists.having = Met::of(lists.hashes.len(), &having.collect::<Vec<_>>());
        lists
    }

    /// The places of the hashes of a list.
    pub(crate) fn places(&self, list: usize) -> &[u32] {
        let start = list.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.places[start as usize..self.ends[list] as usize]
    }

    /// The lists before this one that have the hash of that place.
    pub(crate) fn before(&self, list: usize, place: u32) -> impl Iterator<Item = usize> {
        self.having.get(place).iter().map(|&other| other as usize).take_while(move |other| *other < list)
    }
}

impl Postings {
    /// Those that have one of the sorted hashes.
    pub(crate) fn find(self, db: &Connection, hashes: &[u64]) -> Result<Met, StoreError> {
        let mut found = Vec::new();
        for list in self.lists(db)? {
            self.visit(db, list, hashes, |_, bytes, from| {
                let (mut at, mut last) = (from, 0);
                let mut entries = Entries::of(bytes)?;
                while let Some((hash, number)) = entries.next()? {
                    last = hash;
                    while hashes.get(at).is_some_and(|sought| *sought < hash) {
                        at += 1;
                    }
                    match hashes.get(at) {
                        None => break,
                        Some(sought) if *sought == hash => found.push((at as u32, number)),
                        Some(_) => {}
                    }
                }
                Ok(last)
            })?;
        }
        Ok(Met::of(hashes.len(), &found))
    }

    /// What is to be written so that some are there, each of which is not yet.
    pub(crate) fn growth(self, db: &Connection, mut postings: Vec<Posting>) -> Result<Growth, StoreError> {
        if postings.is_empty() {
            return Ok(Growth::none(self));
        }
        postings.sort_unstable();
        postings.dedup();
        let mut level = 0;
        let mut size = SHORT;
        while size < postings.len() {
            size = size.saturating_mul(FULL as usize);
            level += 1;
        }
        let mut lists = self.lists(db)?;
        let mut growth = Growth::none(self);
        // Lists that are as many as may be of one length make one of the next, which may be one too many there.
        loop {
            let (full, others): (Vec<i64>, Vec<i64>) = lists.iter().partition(|list| *list / FULL == level);
            if full.len() as i64 + 1 < FULL {
                break;
            }
            growth.gone.extend(full);
            lists = others;
            level += 1;
        }
        let mut stretches = Stretches { list: free(&lists, level), stretch: Vec::new(), growth };
        let mut readers: Vec<Reader> = stretches.growth.gone.iter().map(|&list| Reader::new(self, list)).collect();
        readers.push(Reader { stretch: postings, ..Reader::empty(self) });
        let mut heads = BinaryHeap::new();
        for (at, reader) in readers.iter_mut().enumerate() {
            heads.extend(reader.next(db)?.map(|posting| Reverse((posting, at))));
        }
        while let Some(mut head) = heads.peek_mut() {
            let (posting, at) = head.0;
            stretches.push(posting);
            match readers[at].next(db)? {
                Some(next) => head.0.0 = next,
                None => drop(PeekMut::pop(head)),
            }
        }
        stretches.finish();
        Ok(stretches.growth)
    }

    /// Takes some out.
    pub(crate) fn remove(self, db: &Connection, mut postings: Vec<Posting>) -> Result<(), StoreError> {
        postings.sort_unstable();
        let hashes: Vec<u64> = postings.iter().map(|posting| posting.0).collect();
        for list in self.lists(db)? {
            let mut changed: Vec<(i64, Vec<Posting>)> = Vec::new();
            self.visit(db, list, &hashes, |id, bytes, _| {
                let mut stretch = Vec::new();
                unpack(bytes, &mut stretch)?;
                let last = stretch.last().map_or(0, |last| last.0);
                let before = stretch.len();
                stretch.retain(|posting| postings.binary_search(posting).is_err());
                if stretch.len() < before {
                    changed.push((id, stretch));
                }
                Ok(last)
            })?;
            for (id, stretch) in changed {
                if stretch.is_empty() {
                    let sql = format!("DELETE FROM {} WHERE id = ?1", self.table);
                    db.prepare_cached(&sql)?.execute([id])?;
                } else {
                    let sql = format!("UPDATE {} SET entries = ?2 WHERE id = ?1", self.table);
                    db.prepare_cached(&sql)?.execute(params![id, pack(&stretch)])?;
                }
            }
        }
        Ok(())
    }

    /// All of them, in order.
    pub(crate) fn all(self, db: &Connection) -> Result<Vec<Posting>, StoreError> {
        let mut all = Vec::new();
        for list in self.lists(db)? {
            let mut reader = Reader::new(self, list);
            while let Some(posting) = reader.next(db)? {
                all.push(posting);
            }
        }
        all.sort_unstable();
        Ok(all)
    }

    /// The numbers of the lists.
    fn lists(self, db: &Connection) -> Result<Vec<i64>, StoreError> {
        let mut first =
            db.prepare_cached(&format!("SELECT id FROM {} WHERE id >= ?1 ORDER BY id LIMIT 1", self.table))?;
        let mut lists = Vec::new();
        let mut from = 0;
        while let Some(id) = first.query_row([from], |row| row.get::<_, i64>(0)).optional()? {
            lists.push(id >> BITS);
            from = ((id >> BITS) + 1) << BITS;
        }
        Ok(lists)
    }

    /// Shows the stretches of a list in which one of the sorted hashes may stand: its number, its bytes, and the place of the
    /// first of the hashes that may. `show` gives the last hash of the stretch.
    fn visit(
        self,
        db: &Connection,
        list: i64,
        hashes: &[u64],
        mut show: impl FnMut(i64, &[u8], usize) -> Result<u64, StoreError>,
    ) -> Result<(), StoreError> {
        let (low, high) = (list << BITS, (list + 1) << BITS);
        let mut holding = db.prepare_cached(&format!(
            "SELECT id, entries FROM {} WHERE id <= ?1 AND id >= ?2 ORDER BY id DESC LIMIT 1",
            self.table
        ))?;
        let mut following =
            db.prepare_cached(&format!("SELECT id FROM {} WHERE id > ?1 AND id < ?2 ORDER BY id LIMIT 1", self.table))?;
        let mut at = 0;
        while at < hashes.len() {
            let sought = low | hashes[at] as i64;
            let mut rows = holding.query([sought, low])?;
            let mut after = low - 1;
            if let Some(row) = rows.next()? {
                let id: i64 = row.get(0)?;
                let bytes = row.get_ref(1)?.as_blob().map_err(|error| StoreError::Damaged(error.to_string()))?;
                let last = show(id, bytes, at)?;
                at += hashes[at..].partition_point(|hash| *hash <= last);
                after = id;
            }
            drop(rows);
            // What lies between two stretches is in neither.
            match following.query_row([after, high], |row| row.get::<_, i64>(0)).optional()? {
                Some(next) => {
                    let first = (next - low) as u64;
                    at += hashes[at..].partition_point(|hash| *hash < first);
                }
                None => break,
            }
        }
        Ok(())
    }
}

/// The least number of a list of a level that no list has.
fn free(lists: &[i64], level: i64) -> i64 {
    (level * FULL..).take(lists.len() + 1).find(|list| !lists.contains(list)).unwrap_or_default()
}

/// Goes through a list.
struct Reader {
    of: Postings,
    next: i64,
    end: i64,
    stretch: Vec<Posting>,
    at: usize,
}

impl Reader {
    fn new(of: Postings, list: i64) -> Self {
        Self { next: list << BITS, end: (list + 1) << BITS, ..Self::empty(of) }
    }

    fn empty(of: Postings) -> Self {
        Self { of, next: 0, end: 0, stretch: Vec::new(), at: 0 }
    }

    fn next(&mut self, db: &Connection) -> Result<Option<Posting>, StoreError> {
        while self.at >= self.stretch.len() {
            let mut statement = db.prepare_cached(&format!(
                "SELECT id, entries FROM {} WHERE id >= ?1 AND id < ?2 ORDER BY id LIMIT 1",
                self.of.table
            ))?;
            let mut rows = statement.query([self.next, self.end])?;
            let Some(row) = rows.next()? else { return Ok(None) };
            self.next = row.get::<_, i64>(0)? + 1;
            let bytes = row.get_ref(1)?.as_blob().map_err(|error| StoreError::Damaged(error.to_string()))?;
            unpack(bytes, &mut self.stretch)?;
            self.at = 0;
        }
        self.at += 1;
        Ok(Some(self.stretch[self.at - 1]))
    }
}

/// What is to be written so that a table holds more. It is worked out of what the table holds, maybe beside other writing.
pub(crate) struct Growth {
    of: Postings,
    /// Stretches with their numbers.
    rows: Vec<(i64, Vec<u8>)>,
    /// Lists whose entries are in them.
    gone: Vec<i64>,
}

impl Growth {
    fn none(of: Postings) -> Self {
        Self { of, rows: Vec::new(), gone: Vec::new() }
    }

    /// Writes it; the table must hold what it held.
    pub(crate) fn write(self, db: &Connection) -> Result<(), StoreError> {
        let Self { of: Postings { table }, rows, gone } = self;
        let mut delete = db.prepare_cached(&format!("DELETE FROM {table} WHERE id >= ?1 AND id < ?2"))?;
        for list in gone {
            delete.execute([list << BITS, (list + 1) << BITS])?;
        }
        let mut insert = db.prepare_cached(&format!("INSERT INTO {table} (id, entries) VALUES (?1, ?2)"))?;
        for row in rows {
            insert.execute(params![row.0, row.1])?;
        }
        Ok(())
    }
}

/// Makes the stretches of a list; a hash is in one alone.
struct Stretches {
    list: i64,
    stretch: Vec<Posting>,
    growth: Growth,
}

impl Stretches {
    fn push(&mut self, posting: Posting) {
        // An entry takes about six bytes.
        if self.stretch.len() >= CHUNK / 6 && self.stretch.last().is_some_and(|last| last.0 != posting.0) {
            self.finish();
        }
        self.stretch.push(posting);
    }

    fn finish(&mut self) {
        if let Some((first, _)) = self.stretch.first() {
            self.growth.rows.push((self.list << BITS | *first as i64, pack(&self.stretch)));
        }
        self.stretch.clear();
    }
}

/// A stretch as bytes: the least number, then of each entry how much its hash is above the one before and its number above the
/// least; seven bits to a byte, the lowest first, and the eighth set where more follow.
fn pack(stretch: &[Posting]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(8 + 6 * stretch.len());
    let mut put = |mut number: u64| {
        while number >= 0x80 {
            bytes.push(number as u8 | 0x80);
            number >>= 7;
        }
        bytes.push(number as u8);
    };
    let least = stretch.iter().map(|(_, number)| *number).min().unwrap_or_default();
    put(least as u64);
    let mut before = 0;
    for (hash, number) in stretch {
        put(hash - before);
        put((number - least) as u64);
        before = *hash;
    }
    bytes
}

fn unpack(bytes: &[u8], stretch: &mut Vec<Posting>) -> Result<(), StoreError> {
    stretch.clear();
    let mut entries = Entries::of(bytes)?;
    while let Some(posting) = entries.next()? {
        stretch.push(posting);
    }
    Ok(())
}

/// Goes through what [`pack`] made of a stretch.
struct Entries<'b> {
    rest: &'b [u8],
    least: u64,
    before: u64,
}

impl<'b> Entries<'b> {
    fn of(mut bytes: &'b [u8]) -> Result<Self, StoreError> {
        let least = take(&mut bytes).ok_or_else(cut_off)?;
        Ok(Self { rest: bytes, least, before: 0 })
    }

    #[inline]
    fn next(&mut self) -> Result<Option<Posting>, StoreError> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        let (Some(step), Some(number)) = (take(&mut self.rest), take(&mut self.rest)) else { return Err(cut_off()) };
        self.before = self.before.wrapping_add(step);
        Ok(Some((self.before, self.least.wrapping_add(number) as i64)))
    }
}

#[cold]
fn cut_off() -> StoreError {
    StoreError::Damaged("a list of hashes is cut off".to_owned())
}

#[inline]
fn take(rest: &mut &[u8]) -> Option<u64> {
    let (mut number, mut shift) = (0_u64, 0);
    loop {
        let (byte, after) = rest.split_first()?;
        *rest = after;
        number |= u64::from(byte & 0x7f).checked_shl(shift)?;
        if *byte < 0x80 {
            return Some(number);
        }
        shift += 7;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    impl Postings {
        fn add(self, db: &Connection, postings: Vec<Posting>) -> Result<(), StoreError> {
            self.growth(db, postings)?.write(db)
        }
    }

    fn file() -> Connection {
        let db = Connection::open_in_memory().unwrap();
        db.execute_batch("CREATE TABLE block (id INTEGER PRIMARY KEY, entries BLOB NOT NULL)").unwrap();
        db
    }

    fn lists(db: &Connection) -> i64 {
        BLOCKS.lists(db).unwrap().len() as i64
    }

    #[test]
    fn lists_stay_few() {
        let db = file();
        for number in 0..1000 {
            BLOCKS.add(&db, vec![(number % 7, number as i64), (number + 1000, number as i64)]).unwrap();
            assert!(lists(&db) <= 5 * (FULL - 1), "{number}: {}", lists(&db));
        }
        assert_eq!(BLOCKS.all(&db).unwrap().len(), 2000);
    }

    #[test]
    fn what_many_have_is_in_one_stretch() {
        let db = file();
        BLOCKS.add(&db, (0..5000).map(|number| (7, number)).chain([(8, 1)]).collect()).unwrap();
        let met = BLOCKS.find(&db, &[6, 7, 8]).unwrap();
        assert_eq!((met.get(0).len(), met.get(1).len(), met.get(2)), (0, 5000, &[1][..]));
    }

    #[test]
    fn lists_meet_those_before_them() {
        let lists = Lists::of([&[7, 3][..], &[], &[9, 7], &[7]].into_iter());
        assert_eq!(lists.hashes, [3, 7, 9]);
        assert_eq!((lists.places(0), lists.places(1), lists.places(2)), (&[1, 0][..], &[][..], &[2, 1][..]));
        assert_eq!(lists.before(3, 1).collect::<Vec<_>>(), [0, 2]);
        assert_eq!((lists.before(0, 1).count(), lists.before(2, 2).count()), (0, 0));
    }

    proptest! {
        #[test]
        fn what_was_added_and_not_taken_out_is_found(
            batches in prop::collection::vec(
                (prop::collection::vec((0_u64..400, 0_i64..100_000), 0..700), prop::collection::vec(any::<prop::sample::Index>(), 0..9)),
                1..12,
            ),
            far in 0_u64..1 << 47,
        ) {
            let db = file();
            let mut expected: BTreeSet<Posting> = BTreeSet::new();
            for (added, removed) in batches {
                let added: BTreeSet<Posting> = added
                    .into_iter()
                    .map(|(hash, number)| (hash * hash % 397 + if number % 2 == 0 { far } else { 0 }, number))
                    .filter(|posting| !expected.contains(posting))
                    .collect();
                BLOCKS.add(&db, added.iter().copied().collect()).unwrap();
                expected.extend(added);
                let all: Vec<Posting> = expected.iter().copied().collect();
                let removed: Vec<Posting> = removed.iter().filter(|_| !all.is_empty()).map(|at| *at.get(&all)).collect();
                for posting in &removed {
                    expected.remove(posting);
                }
                BLOCKS.remove(&db, removed).unwrap();
            }
            prop_assert_eq!(BLOCKS.all(&db).unwrap(), expected.iter().copied().collect::<Vec<_>>());
            let sought: BTreeSet<u64> = (0..400).chain(far..far + 400).step_by(3).collect();
            let sought: Vec<u64> = sought.into_iter().collect();
            let met = BLOCKS.find(&db, &sought).unwrap();
            for (place, hash) in (0..).zip(sought) {
                let here: Vec<i64> = expected.iter().filter(|posting| posting.0 == hash).map(|posting| posting.1).collect();
                let mut found = met.get(place).to_vec();
                found.sort_unstable();
                prop_assert_eq!(found, here);
            }
        }
    }
}
