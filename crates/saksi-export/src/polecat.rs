//! POLECAT: a row for each act that a story reports, several actors in one cell (Halterman, Bagozzi, Beger, Schrodt and
//! Scarborough 2023, PLOVER and POLECAT; columns of the files of 2023).

use crate::codes::Codes;
use crate::day;
use crate::fields::fields;
use crate::table::{Cell, Column, Layout, Table, number, text};
use crate::value::{Left, Read, words};
use crate::{OfArticles, Out};
use compact_str::CompactString;
use saksi_lang::Codebook;
use saksi_merge::{Party, Report};
use saksi_record::{ActorKind, Quad};
use saksi_tree::Text;
use std::io;

/// The columns, as the files have them.
pub(crate) const COLUMNS: &[Column] = &[
    text("Event ID"),
    text("Event Date"),
    text("Event Type"),
    text("Event Mode"),
    number("Intensity"),
    text("Quad Code"),
    text("Contexts"),
    text("Actor Name"),
    text("Actor Country"),
    text("Actor COW"),
    text("Primary Actor Sector"),
    text("Actor Sectors"),
    text("Actor Title"),
    text("Actor Name Raw"),
    text("Wikipedia Actor ID"),
    text("Recipient Name"),
    text("Recipient Country"),
    text("Recipient COW"),
    text("Primary Recipient Sector"),
    text("Recipient Sectors"),
    text("Recipient Title"),
    text("Recipient Name Raw"),
    text("Wikipedia Recipient ID"),
    text("Placename"),
    text("City"),
    text("District"),
    text("Province"),
    text("Country"),
    number("Latitude"),
    number("Longitude"),
    text("GeoNames ID"),
    text("Raw Placename"),
    text("Feature Type"),
    text("Source"),
    text("Publication Date"),
    text("Story People"),
    text("Story Organizations"),
    text("Story Locations"),
    text("Language"),
    text("Version"),
];

/// POLECAT's table.
pub struct Polecat<'o> {
    table: Table<'o>,
    codes: &'o Codes,
    left: Left,
}

impl<'o> Polecat<'o> {
    /// Begins the table.
    ///
    /// # Errors
    /// If `out` cannot be written to.
    pub fn new(out: Out<'o>, layout: Layout, codes: &'o Codes) -> io::Result<Self> {
        Ok(Self { table: Table::new(out, COLUMNS, layout)?, codes, left: Left::default() })
    }

    fn row(&self, read: &Read, text: &Text, report: &Report) -> Vec<Cell> {
        let place = report.place.first();
        let fields = fields(&read.record, text, report);
        let raw = |name| {
            let own = fields.iter().filter(|field| field.name == name);
            Cell::joined(own.map(|field| words(text, field.span).to_owned()))
        };
        let story = |kinds: &[ActorKind]| {
            let actors = read.record.actors.iter().filter(|actor| kinds.contains(&actor.kind));
            Cell::joined(actors.map(|actor| actor.name.clone()))
        };
        let mut row = vec![
            Cell::text(report.key.as_str()),
            Cell::maybe(day::day(report.time.as_ref())),
            Cell::text(report.kind.as_str()),
            Cell::maybe(report.mode.clone()),
            Cell::number(Codebook::builtin().code(report.kind, report.mode.as_deref()).map(|code| code.intensity)),
            Cell::text(quad(report.quad)),
            Cell::joined(report.context.iter().map(CompactString::as_str)),
        ];
        row.extend(self.side(&report.actor));
        row.extend([raw("actor"), Cell::Empty]);
        row.extend(self.side(&report.recipient));
        row.extend([raw("recipient"), Cell::Empty]);
        row.extend([
            Cell::maybe(place.map(|place| place.name.as_str())),
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
            Cell::maybe(place.and_then(|place| place.country.clone())),
            Cell::number(place.and_then(|place| place.lat)),
            Cell::number(place.and_then(|place| place.lon)),
            Cell::Empty,
            raw("place"),
            Cell::Empty,
            Cell::maybe(report.outlet.clone()),
            Cell::maybe(report.published.clone()),
            story(&[ActorKind::Person]),
            story(&[ActorKind::Organization]),
            Cell::joined(read.record.places.iter().map(|place| place.name.clone())),
            Cell::text(report.language.as_str()),
            Cell::maybe(read.program.clone()),
        ]);
        row
    }

    /// Name, country, COW, first sector, sectors and title of those on one side.
    fn side(&self, parties: &[Party]) -> [Cell; 6] {
        let each = |value: fn(&Party) -> Option<&str>| Cell::joined(parties.iter().filter_map(value));
        [
            each(|party| Some(party.name.as_str())),
            each(|party| party.country.as_deref()),
            Cell::joined(parties.iter().map(|party| self.codes.of(party.country.as_deref(), |country| &country.cow))),
            Cell::maybe(parties.iter().find_map(|party| party.sector.clone())),
            each(|party| party.sector.as_deref()),
            each(|party| party.title.as_deref()),
        ]
    }
}

/// A quad category as POLECAT spells it.
fn quad(quad: Quad) -> String {
    quad.as_str().replace('-', " ").to_uppercase()
}

impl OfArticles for Polecat<'_> {
    fn add(&mut self, read: &Read) -> io::Result<()> {
        let text = read.text();
        for filed in &read.reports {
            if self.left.takes(&filed.report) {
                self.left.written += 1;
                let row = self.row(read, &text, &filed.report);
                self.table.row(&row)?;
            }
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> io::Result<Left> {
        self.table.finish()?;
        Ok(self.left)
    }
}
