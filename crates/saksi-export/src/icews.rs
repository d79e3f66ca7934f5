//! ICEWS: a row for each pair of source and target of each act that a sentence reports (Boschee et al. 2015, ICEWS Coded
//! Event Data, README of the Dataverse; columns of the files since 2011).

use crate::codes::Codes;
use crate::table::{Cell, Column, Layout, Table, number, text, whole};
use crate::value::{Left, Read, dyads};
use crate::{OfArticles, Out, day, id};
use saksi_lang::Codebook;
use saksi_merge::Party;
use std::io;

/// The columns, as the files have them.
pub(crate) const COLUMNS: &[Column] = &[
    whole("Event ID"),
    text("Event Date"),
    text("Source Name"),
    text("Source Sectors"),
    text("Source Country"),
    text("Event Text"),
    text("CAMEO Code"),
    number("Intensity"),
    text("Target Name"),
    text("Target Sectors"),
    text("Target Country"),
    whole("Story ID"),
    whole("Sentence Number"),
    text("Publisher"),
    text("City"),
    text("District"),
    text("Province"),
    text("Country"),
    number("Latitude"),
    number("Longitude"),
];

/// ICEWS's table.
pub struct Icews<'o> {
    table: Table<'o>,
    codes: &'o Codes,
    left: Left,
}

impl<'o> Icews<'o> {
    /// Begins the table.
    ///
    /// # Errors
    /// If `out` cannot be written to.
    pub fn new(out: Out<'o>, layout: Layout, codes: &'o Codes) -> io::Result<Self> {
        Ok(Self { table: Table::new(out, COLUMNS, layout)?, codes, left: Left::default() })
    }

    fn side(&self, party: &Party) -> [Cell; 3] {
        [
            Cell::text(party.name.as_str()),
            Cell::maybe(party.sector.clone()),
            Cell::text(self.codes.of(party.country.as_deref(), |country| &country.name)),
        ]
    }
}

impl OfArticles for Icews<'_> {
    fn add(&mut self, read: &Read) -> io::Result<()> {
        for report in read.reports.iter().map(|filed| &filed.report) {
            if !self.left.takes(report) {
                continue;
            }
            let pairs: Vec<_> = dyads(&report.actor, &report.recipient)
                .into_iter()
                .filter_map(|(source, target)| source.zip(target))
                .collect();
            self.left.no_dyad += u64::from(pairs.is_empty());
            let sentence = read.record.sentences.iter().position(|each| each.start == report.sentence.start);
            let place = report.place.first();
            let code = Codebook::builtin().code(report.kind, report.mode.as_deref());
            let mode = report.mode.as_ref().map(|mode| format!("/{mode}")).unwrap_or_default();
            for (at, &(source, target)) in pairs.iter().enumerate() {
                // Two who are known by a role alone may have one key.
                let alike = |pair: &&(&Party, &Party)| (&pair.0.key, &pair.1.key) == (&source.key, &target.key);
                let before = pairs[..at].iter().filter(alike).count();
                let rank = before.to_string();
                let parts: [&str; 4] = [&report.key, &source.key, &target.key, &rank];
                let mut row = vec![
                    Cell::Whole(id::number(&parts[..3 + before.min(1)])),
                    Cell::maybe(day::day(report.time.as_ref())),
                ];
                row.extend(self.side(source));
                row.extend([
                    Cell::text(format!("{}{mode}", report.kind)),
                    Cell::maybe(code.map(|code| code.cameo.as_str())),
                    Cell::number(code.map(|code| code.intensity)),
                ]);
                row.extend(self.side(target));
                row.extend([
                    Cell::Whole(id::number(&[&read.key])),
                    sentence.map_or(Cell::Empty, |at| Cell::Whole(at as i64 + 1)),
                    Cell::maybe(report.outlet.clone()),
                    Cell::Empty,
                    Cell::Empty,
                    Cell::Empty,
                    Cell::text(
                        self.codes.of(place.and_then(|place| place.country.as_deref()), |country| &country.name),
                    ),
                    Cell::number(place.and_then(|place| place.lat)),
                    Cell::number(place.and_then(|place| place.lon)),
                ]);
                self.left.written += 1;
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
