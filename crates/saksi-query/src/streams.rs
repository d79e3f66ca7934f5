//! Lists of events in order of time, and the events that stand in all of them.

use crate::error::QueryError;
use crate::statement::{Statement, prepare};
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use std::cell::Cell;

/// Moment and row of an event; negative where the order is turned around, so that every list ascends.
pub(crate) type Spot = (i64, i64);

/// Work of reading a row of a list, of beginning to read, and of holding an event against conditions.
const ROW: i64 = 1;
const SEEK: i64 = 10;
pub(crate) const CHECK: i64 = 20;
/// Rows read at once.
const LEAST: usize = 16;
const MOST: usize = 512;
const WHOLE: usize = i64::MAX as usize;

/// Rows and look-ups that a question may still take, weighed by the time they need.
#[derive(Debug)]
pub(crate) struct Work(Cell<i64>);

impl Work {
    pub(crate) fn new(all: i64) -> Self {
        Self(Cell::new(all))
    }

    pub(crate) fn spend(&self, work: i64) {
        self.0.set(self.0.get().saturating_sub(work));
    }

    pub(crate) fn is_spent(&self) -> bool {
        self.0.get() <= 0
    }
}

/// The events of one value of a column, from an index that gives them in order of time.
#[derive(Debug, Clone)]
pub(crate) struct Run {
    /// Table and index, and what the rows are asked for.
    from: Statement,
    /// The column with the event.
    id: &'static str,
}

impl Run {
    pub(crate) fn new(from: Statement, id: &'static str) -> Self {
        Self { from, id }
    }

    /// The rows between two moments, counted up to `most`.
    pub(crate) fn count(&self, (low, high): (i64, i64), most: i64) -> Statement {
        let mut query = self.from.clone().within("SELECT count(*) FROM (SELECT 1 FROM ", "");
        query.push(" AND moment >= ? AND moment < ? LIMIT ?)", [low.into(), high.into(), most.into()]);
        query
    }

    /// Moment and event from a place on; moment, event and number of rows are the last three values.
    pub(crate) fn block(&self, reverse: bool) -> Statement {
        let (id, (on, direction)) = (self.id, if reverse { ("<=", "DESC") } else { (">=", "ASC") });
        self.from.clone().within(
            &format!("SELECT moment, {id} FROM "),
            &format!(" AND (moment, {id}) {on} (?, ?) ORDER BY moment {direction}, {id} {direction} LIMIT ?"),
        )
    }
}

/// A list that is read block by block.
struct Reader<'d> {
    source: Option<(rusqlite::Statement<'d>, Vec<Value>)>,
    /// Whether an index gives it; it is read as a whole otherwise.
    indexed: bool,
    reverse: bool,
    block: Vec<Spot>,
    at: usize,
    size: usize,
    /// Steps that ended within the block.
    steps: usize,
}

impl<'d> Reader<'d> {
    fn open(db: &'d Connection, run: &Run, reverse: bool) -> Result<Self, QueryError> {
        let block = run.block(reverse);
        let (statement, indexed) = prepare(db, &block.sql)?;
        let source = Some((statement, block.params));
        Ok(Self { source, indexed, reverse, block: Vec::new(), at: 0, size: LEAST, steps: 0 })
    }

    /// The first event at or after a place.
    fn advance(&mut self, to: Spot, work: &Work) -> Result<Option<Spot>, QueryError> {
        self.at += self.block[self.at..].partition_point(|spot| *spot < to);
        if let Some(spot) = self.block.get(self.at) {
            self.steps += 1;
            return Ok(Some(*spot));
        }
        let Some((statement, params)) = &mut self.source else { return Ok(None) };
        // long blocks where most of the last one was of use
        let useful = self.steps * 8 >= self.block.len();
        self.size = match (self.indexed, useful) {
            (false, _) => WHOLE,
            (_, true) => (self.size * 2).min(MOST),
            (_, false) => (self.size / 2).max(LEAST),
        };
        let turn = if self.reverse { -1 } else { 1 };
        let place = [to.0.saturating_mul(turn), to.1.saturating_mul(turn), self.size as i64].map(Value::from);
        let mut rows = statement.query(params_from_iter(params.iter().chain(&place)))?;
        self.block.clear();
        while let Some(row) = rows.next()? {
            self.block.push((row.get::<_, i64>(0)? * turn, row.get::<_, i64>(1)? * turn));
        }
        drop(rows);
        work.spend(SEEK + ROW * if self.indexed { self.block.len() as i64 } else { 0 });
        if self.block.len() < self.size {
            self.source = None;
        }
        (self.at, self.steps) = (0, 1);
        Ok(self.block.first().copied())
    }
}

/// The events that stand in one of several lists.
pub(crate) struct Stream<'d>(Vec<Reader<'d>>);

impl<'d> Stream<'d> {
    pub(crate) fn open(db: &'d Connection, runs: &[Run], reverse: bool) -> Result<Self, QueryError> {
        Ok(Self(runs.iter().map(|run| Reader::open(db, run, reverse)).collect::<Result<_, _>>()?))
    }

    /// Of a list that is known, given in any order.
    pub(crate) fn of(list: &[Spot], reverse: bool) -> Self {
        let turn = if reverse { -1 } else { 1 };
        let mut block: Vec<Spot> = list.iter().map(|(moment, id)| (moment * turn, id * turn)).collect();
        block.sort_unstable();
        Self(vec![Reader { source: None, indexed: true, reverse, block, at: 0, size: 0, steps: 0 }])
    }

    fn advance(&mut self, to: Spot, work: &Work) -> Result<Option<Spot>, QueryError> {
        let mut first = None;
        for reader in &mut self.0 {
            if let Some(spot) = reader.advance(to, work)?
                && first.is_none_or(|first| spot < first)
            {
                first = Some(spot);
            }
        }
        Ok(first)
    }
}

/// What comes next.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// An event that stands in all lists.
    Event(Spot),
    /// There is none.
    End,
    /// The work is spent; all before this place is known.
    Stopped(Spot),
}

/// Goes through several lists for what stands in all of them: each jumps to where the others are (Veldhuizen, Leapfrog
/// Triejoin, ICDT 2014).
pub(crate) struct Meeting<'d, 'w> {
    streams: Vec<Stream<'d>>,
    to: Spot,
    end: i64,
    work: &'w Work,
    begin: i64,
    /// The first moment after `begin`: it is always looked at, so that going on comes to an end.
    began: Option<i64>,
}

impl<'d, 'w> Meeting<'d, 'w> {
    /// The events of moments from `begin` to before `end`; the shortest list first.
    pub(crate) fn new(streams: Vec<Stream<'d>>, (begin, end): (i64, i64), work: &'w Work) -> Self {
        Self { streams, to: (begin, i64::MIN + 1), begin, end, work, began: None }
    }

    /// Ends before a moment, if not earlier.
    pub(crate) fn end_before(&mut self, end: i64) {
        self.end = self.end.min(end);
    }

    pub(crate) fn next(&mut self) -> Result<Next, QueryError> {
        let (mut agree, mut at) = (0, 0);
        loop {
            let Some(spot) = self.streams[at].advance(self.to, self.work)? else { return Ok(Next::End) };
            if spot.0 >= self.end {
                return Ok(Next::End);
            }
            if spot.0 > self.begin {
                let began = *self.began.get_or_insert(spot.0);
                if self.work.is_spent() && spot.0 > began {
                    return Ok(Next::Stopped(spot));
                }
            }
            if spot > self.to {
                self.to = spot;
                // what lies ahead of the shortest list moves it, as it leaves out the most
                (agree, at) = if at == 0 { (1, 1) } else { (0, 0) };
            } else {
                (agree, at) = (agree + 1, at + 1);
            }
            if agree == self.streams.len() {
                self.to = (spot.0, spot.1 + 1);
                return Ok(Next::Event(spot));
            }
            at %= self.streams.len();
        }
    }
}
