//! `eventreport`: a row for each report, with the event it is of (van Baalen and Höglund, R package `eventreport`; columns of
//! its data set `small_maverick_event_report`).

use crate::codes::Codes;
use crate::table::{Cell, Column, Layout, Table, number, text};
use crate::value::{Left, Read, Story};
use crate::{OfArticles, Out};
use saksi_merge::Report;
use std::io;

/// The columns, as the data set has them.
pub(crate) const COLUMNS: &[Column] = &[
    text("id"),
    text("event_id"),
    text("country"),
    text("date_start"),
    text("city"),
    text("location"),
    text("actor1"),
    number("deaths_best"),
    number("injuries_best"),
    text("source"),
];

/// `eventreport`'s table.
pub struct EventReport<'o> {
    table: Table<'o>,
    codes: &'o Codes,
    left: Left,
}

impl<'o> EventReport<'o> {
    /// Begins the table.
    ///
    /// # Errors
    /// If `out` cannot be written to.
    pub fn new(out: Out<'o>, layout: Layout, codes: &'o Codes) -> io::Result<Self> {
        Ok(Self { table: Table::new(out, COLUMNS, layout)?, codes, left: Left::default() })
    }
}

impl OfArticles for EventReport<'_> {
    fn add(&mut self, read: &Read) -> io::Result<()> {
        let story = read.story();
        for filed in &read.reports {
            let (report, Some(event)) = (&filed.report, &filed.event) else {
                self.left.no_event += 1;
                continue;
            };
            if !self.left.takes(report) {
                continue;
            }
            let country = report.place.iter().find_map(|place| self.codes.country(place.country.as_deref()));
            self.left.written += 1;
            self.table.row(&[
                Cell::text(report.key.as_str()),
                Cell::text(event.key.as_str()),
                Cell::maybe(country.map(|country| country.name.as_str())),
                Cell::maybe(report.time.as_ref().and_then(|time| time.earliest.clone())),
                Cell::Empty,
                Cell::joined(report.place.iter().map(|place| place.name.clone())),
                Cell::maybe(report.actor.first().map(|party| party.name.as_str())),
                Cell::number(counted(report, DEAD)),
                Cell::number(counted(report, INJURED)),
                Cell::text(source(&story)),
            ])?;
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> io::Result<Left> {
        self.table.finish()?;
        Ok(self.left)
    }
}

/// The units of `lexicon/figures.tsv` for those killed and those hurt.
const DEAD: &str = "dead";
const INJURED: &str = "injured";

/// How many a report counts so: all people together, or the one group of people it counts. Several groups may overlap, so
/// they give no number.
fn counted(report: &Report, outcome: &str) -> Option<f64> {
    if let Some(all) = report.figures.iter().find(|figure| figure.unit == outcome) {
        return all.value;
    }
    let mut groups = report.figures.iter().filter(|figure| figure.unit.split(' ').next() == Some(outcome));
    let group = groups.next()?;
    if groups.next().is_some() { None } else { group.value }
}

/// Outlet, day and title, as the data set cites sources.
fn source(story: &Story) -> String {
    let day = story.published.as_ref().map(|day| format!("({day})"));
    [story.outlet.clone(), day, story.title.clone()].into_iter().flatten().collect::<Vec<_>>().join(" ")
}
