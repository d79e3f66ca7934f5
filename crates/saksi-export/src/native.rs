//! The tables of events, reports and spans as saksi itself has them.

use crate::fields::fields;
use crate::table::{Cell, Column, Layout, Table, flag, number, text, whole};
use crate::value::{Left, Read, Told, words};
use crate::{OfArticles, OfEvents, Out};
use saksi_merge::{Difference, Interval, Party, Place, Voice};
use std::io;

/// Columns of the table of events.
pub(crate) const EVENT_COLUMNS: &[Column] = &[
    text("event"),
    text("type"),
    text("mode"),
    text("quad"),
    text("actor"),
    text("actor_key"),
    text("actor_country"),
    text("actor_sector"),
    text("recipient"),
    text("recipient_key"),
    text("recipient_country"),
    text("recipient_sector"),
    text("place"),
    text("place_country"),
    number("lat"),
    number("lon"),
    text("time"),
    text("earliest"),
    text("latest"),
    text("status"),
    text("certainty"),
    whole("reports"),
    whole("articles"),
    whole("sources"),
    text("languages"),
    text("first_published"),
    text("last_published"),
    text("review"),
    text("differences"),
];

/// Columns of the table of reports.
pub(crate) const REPORT_COLUMNS: &[Column] = &[
    text("report"),
    text("event"),
    text("article"),
    text("witness"),
    text("outlet"),
    text("url"),
    text("title"),
    text("language"),
    text("published"),
    text("type"),
    text("mode"),
    text("context"),
    text("quad"),
    text("actor"),
    text("actor_key"),
    text("actor_country"),
    text("actor_sector"),
    text("actor_title"),
    text("recipient"),
    text("recipient_key"),
    text("recipient_country"),
    text("recipient_sector"),
    text("recipient_title"),
    text("place"),
    text("place_country"),
    number("lat"),
    number("lon"),
    text("time"),
    text("earliest"),
    text("latest"),
    text("status"),
    flag("historical"),
    text("quantities"),
    text("trigger"),
    text("source"),
    text("source_kind"),
    text("stance"),
    text("cue"),
    text("sources"),
    text("certainty"),
    number("confidence"),
    text("sentence"),
    text("review"),
];

/// Columns of the table of spans.
pub(crate) const SPAN_COLUMNS: &[Column] = &[
    text("article"),
    text("report"),
    text("event"),
    text("field"),
    text("value"),
    whole("start"),
    whole("end"),
    text("text"),
];

/// A value of each of several things, in one cell.
fn each<'t, T, S: Into<String>>(things: &'t [T], value: impl Fn(&'t T) -> Option<S>) -> Cell {
    let values: Vec<String> = things.iter().map(|thing| value(thing).map(Into::into).unwrap_or_default()).collect();
    if values.iter().all(String::is_empty) { Cell::Empty } else { Cell::List(values) }
}

fn parties(parties: &[Party]) -> [Cell; 4] {
    [
        each(parties, |party| Some(party.name.as_str())),
        each(parties, |party| Some(party.key.as_str())),
        each(parties, |party| party.country.as_deref()),
        each(parties, |party| party.sector.as_deref()),
    ]
}

/// Names and countries of all places; coordinates of the first that has them.
fn places(places: &[Place]) -> [Cell; 4] {
    let at = places.iter().find_map(|place| place.lat.zip(place.lon));
    [
        each(places, |place| Some(place.name.as_str())),
        each(places, |place| place.country.as_deref()),
        Cell::number(at.map(|(lat, _)| lat)),
        Cell::number(at.map(|(_, lon)| lon)),
    ]
}

fn times(time: Option<&Interval>) -> [Cell; 3] {
    [
        Cell::maybe(time.and_then(|time| time.value.clone())),
        Cell::maybe(time.and_then(|time| time.earliest.clone())),
        Cell::maybe(time.and_then(|time| time.latest.clone())),
    ]
}

/// `figure:dead: 17 (2), 20 (1)`: each value and how many reports give it.
fn difference(difference: &Difference) -> String {
    let opinions = difference.opinions.iter().map(|opinion| format!("{} ({})", opinion.value, opinion.reports.len()));
    format!("{}: {}", difference.field, opinions.collect::<Vec<_>>().join(", "))
}

/// The table of events.
pub struct Events<'o> {
    table: Table<'o>,
    left: Left,
}

impl<'o> Events<'o> {
    /// Begins the table.
    ///
    /// # Errors
    /// If `out` cannot be written to.
    pub fn new(out: Out<'o>, layout: Layout) -> io::Result<Self> {
        Ok(Self { table: Table::new(out, EVENT_COLUMNS, layout)?, left: Left::default() })
    }
}

impl OfEvents for Events<'_> {
    fn add(&mut self, told: &Told) -> io::Result<()> {
        let event = &told.event;
        let mut row = vec![
            Cell::text(event.key.as_str()),
            Cell::text(event.kind.as_str()),
            Cell::maybe(event.mode.clone()),
            Cell::text(event.quad.as_str()),
        ];
        row.extend(parties(&event.actor));
        row.extend(parties(&event.recipient));
        row.extend(places(&event.place));
        row.extend(times(event.time.as_ref()));
        row.extend([
            Cell::text(event.status.as_str()),
            Cell::text(event.certainty.as_str()),
            Cell::Whole(event.reports.into()),
            Cell::Whole(event.articles.into()),
            Cell::Whole(event.sources.into()),
            each(&event.languages, |language| Some(language.as_str())),
            Cell::maybe(event.published.as_ref().map(|(first, _)| first.as_str())),
            Cell::maybe(event.published.as_ref().map(|(_, last)| last.as_str())),
            Cell::text(review(event.review)),
            each(&event.differences, |each| Some(difference(each))),
        ]);
        self.left.written += 1;
        self.table.row(&row)
    }

    fn finish(self: Box<Self>) -> io::Result<Left> {
        self.table.finish()?;
        Ok(self.left)
    }
}

/// The table of reports.
pub struct Reports<'o> {
    table: Table<'o>,
    left: Left,
}

impl<'o> Reports<'o> {
    /// Begins the table.
    ///
    /// # Errors
    /// If `out` cannot be written to.
    pub fn new(out: Out<'o>, layout: Layout) -> io::Result<Self> {
        Ok(Self { table: Table::new(out, REPORT_COLUMNS, layout)?, left: Left::default() })
    }
}

impl OfArticles for Reports<'_> {
    fn add(&mut self, read: &Read) -> io::Result<()> {
        let (story, text) = (read.story(), read.text());
        for filed in &read.reports {
            let report = &filed.report;
            let nearest = report.sources.first();
            let mut row = vec![
                Cell::text(report.key.as_str()),
                Cell::maybe(filed.event.as_ref().map(|event| event.key.as_str())),
                Cell::text(story.key.as_str()),
                Cell::text(report.witness.as_str()),
                Cell::maybe(report.outlet.clone()),
                Cell::maybe(story.url.clone()),
                Cell::maybe(story.title.clone()),
                Cell::text(report.language.as_str()),
                Cell::maybe(report.published.clone()),
                Cell::text(report.kind.as_str()),
                Cell::maybe(report.mode.clone()),
                each(&report.context, |context| Some(context.as_str())),
                Cell::text(report.quad.as_str()),
            ];
            for side in [&report.actor, &report.recipient] {
                row.extend(parties(side));
                row.push(each(side, |party| party.title.as_deref()));
            }
            row.extend(places(&report.place));
            row.extend(times(report.time.as_ref()));
            row.extend([
                Cell::text(report.status.as_str()),
                Cell::Flag(report.historical),
                each(&report.quantities, |quantity| Some(saksi_batch::rows::quantity(quantity))),
                Cell::text(words(&text, report.trigger)),
                Cell::maybe(nearest.and_then(|voice| voice.name.clone())),
                Cell::maybe(nearest.map(|voice| voice.kind.as_str())),
                Cell::maybe(nearest.map(|voice| voice.stance.as_str())),
                Cell::maybe(nearest.and_then(|voice| voice.cue).map(|cue| words(&text, cue))),
                each(&report.sources, |voice| Some(named(voice))),
                Cell::text(report.certainty.as_str()),
                Cell::Number(report.confidence),
                Cell::text(words(&text, report.sentence)),
                Cell::text(review(report.review)),
            ]);
            self.left.written += 1;
            self.table.row(&row)?;
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> io::Result<Left> {
        self.table.finish()?;
        Ok(self.left)
    }
}

/// A source by its name, else by its kind.
fn named(voice: &Voice) -> String {
    voice.name.as_deref().unwrap_or(voice.kind.as_str()).to_owned()
}

/// The spelling of a review.
pub(crate) fn review(review: saksi_merge::Review) -> String {
    serde_json::to_value(review).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

/// The table of spans.
pub struct Spans<'o> {
    table: Table<'o>,
    left: Left,
}

impl<'o> Spans<'o> {
    /// Begins the table.
    ///
    /// # Errors
    /// If `out` cannot be written to.
    pub fn new(out: Out<'o>, layout: Layout) -> io::Result<Self> {
        Ok(Self { table: Table::new(out, SPAN_COLUMNS, layout)?, left: Left::default() })
    }
}

impl OfArticles for Spans<'_> {
    fn add(&mut self, read: &Read) -> io::Result<()> {
        let text = read.text();
        for filed in &read.reports {
            for field in fields(&read.record, &text, &filed.report) {
                self.left.written += 1;
                self.table.row(&[
                    Cell::text(read.key.as_str()),
                    Cell::text(filed.report.key.as_str()),
                    Cell::maybe(filed.event.as_ref().map(|event| event.key.as_str())),
                    Cell::text(field.name),
                    Cell::text(field.value.as_str()),
                    Cell::Whole(field.span.start.into()),
                    Cell::Whole(field.span.end.into()),
                    Cell::text(words(&text, field.span)),
                ])?;
            }
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> io::Result<Left> {
        self.table.finish()?;
        Ok(self.left)
    }
}
