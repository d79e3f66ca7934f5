//! GDELT 2: a row for each pair of actors of an event, and one for each report of it (GDELT Event Codebook 2.0). Files of
//! tabs without a header.

use crate::codes::{Codes, quad_class};
use crate::table::{Cell, Column, Layout, Sheet, Table, number, text, whole};
use crate::value::{Left, Read, Telling, Told, counts, dyads};
use crate::{OfArticles, OfEvents, Out, day, fields, id};
use saksi_lang::Codebook;
use saksi_merge::{Event, Party, Place, Report, Review};
use std::collections::BTreeSet;
use std::io;

/// The 61 columns of the table of events.
pub(crate) const EVENT_COLUMNS: &[Column] = &[
    whole("GLOBALEVENTID"),
    whole("SQLDATE"),
    whole("MonthYear"),
    whole("Year"),
    number("FractionDate"),
    text("Actor1Code"),
    text("Actor1Name"),
    text("Actor1CountryCode"),
    text("Actor1KnownGroupCode"),
    text("Actor1EthnicCode"),
    text("Actor1Religion1Code"),
    text("Actor1Religion2Code"),
    text("Actor1Type1Code"),
    text("Actor1Type2Code"),
    text("Actor1Type3Code"),
    text("Actor2Code"),
    text("Actor2Name"),
    text("Actor2CountryCode"),
    text("Actor2KnownGroupCode"),
    text("Actor2EthnicCode"),
    text("Actor2Religion1Code"),
    text("Actor2Religion2Code"),
    text("Actor2Type1Code"),
    text("Actor2Type2Code"),
    text("Actor2Type3Code"),
    whole("IsRootEvent"),
    text("EventCode"),
    text("EventBaseCode"),
    text("EventRootCode"),
    whole("QuadClass"),
    number("GoldsteinScale"),
    whole("NumMentions"),
    whole("NumSources"),
    whole("NumArticles"),
    number("AvgTone"),
    whole("Actor1Geo_Type"),
    text("Actor1Geo_FullName"),
    text("Actor1Geo_CountryCode"),
    text("Actor1Geo_ADM1Code"),
    text("Actor1Geo_ADM2Code"),
    number("Actor1Geo_Lat"),
    number("Actor1Geo_Long"),
    text("Actor1Geo_FeatureID"),
    whole("Actor2Geo_Type"),
    text("Actor2Geo_FullName"),
    text("Actor2Geo_CountryCode"),
    text("Actor2Geo_ADM1Code"),
    text("Actor2Geo_ADM2Code"),
    number("Actor2Geo_Lat"),
    number("Actor2Geo_Long"),
    text("Actor2Geo_FeatureID"),
    whole("ActionGeo_Type"),
    text("ActionGeo_FullName"),
    text("ActionGeo_CountryCode"),
    text("ActionGeo_ADM1Code"),
    text("ActionGeo_ADM2Code"),
    number("ActionGeo_Lat"),
    number("ActionGeo_Long"),
    text("ActionGeo_FeatureID"),
    whole("DATEADDED"),
    text("SOURCEURL"),
];

/// The 16 columns of the table of mentions.
pub(crate) const MENTION_COLUMNS: &[Column] = &[
    whole("GLOBALEVENTID"),
    whole("EventTimeDate"),
    whole("MentionTimeDate"),
    whole("MentionType"),
    text("MentionSourceName"),
    text("MentionIdentifier"),
    whole("SentenceID"),
    whole("Actor1CharOffset"),
    whole("Actor2CharOffset"),
    whole("ActionCharOffset"),
    whole("InRawText"),
    whole("Confidence"),
    whole("MentionDocLen"),
    number("MentionDocTone"),
    text("MentionDocTranslationInfo"),
    text("Extras"),
];

/// The role codes of CAMEO as GDELT has them; a sector that is none of these has no code there.
const TYPES: [&str; 37] = [
    "COP", "GOV", "INS", "JUD", "MIL", "OPP", "REB", "SEP", "SPY", "UAF", "AGR", "BUS", "CRM", "CVL", "DEV", "EDU",
    "ELI", "ENV", "HLH", "HRI", "LAB", "LEG", "MED", "REF", "MOD", "RAD", "AMN", "IRC", "GRP", "UNO", "PKO", "UIS",
    "IGO", "IMG", "INT", "MNC", "NGO",
];

/// Files of tabs; a spreadsheet is not what reads them.
const LAYOUT: Layout = Layout { sheet: Sheet::Tsv, spreadsheet: false };

/// What GDELT and saksi call a place that is a whole country.
const COUNTRY: i64 = 1;

/// A mention on the web, and one that only a citation names.
const WEB: i64 = 1;
const CITATION: i64 = 2;

fn event_id(event: &Event, (one, two): (Option<&Party>, Option<&Party>)) -> i64 {
    let key = |party: Option<&Party>| party.map(|party| party.key.clone()).unwrap_or_default();
    id::number(&[&event.key, &key(one), &key(two)])
}

/// Actors and recipients of an event, each pair of keys once: the table knows nobody but by key, and a row of it is one pair.
fn pairs(event: &Event) -> Vec<(Option<&Party>, Option<&Party>)> {
    let key = |party: Option<&'_ Party>| party.map(|party| party.key.clone());
    let mut seen = BTreeSet::new();
    let mut found = dyads(&event.actor, &event.recipient);
    found.retain(|&(one, two)| seen.insert((key(one), key(two))));
    found
}

/// A day as fourteen digits; the time of day is not known and stands as zeros.
fn moment(day: Option<&str>) -> Cell {
    day.and_then(day::digits).and_then(|digits| format!("{digits}000000").parse().ok()).map_or(Cell::Empty, Cell::Whole)
}

/// GDELT's table of events.
pub struct GdeltEvents<'o> {
    table: Table<'o>,
    codes: &'o Codes,
    left: Left,
}

impl<'o> GdeltEvents<'o> {
    /// Begins the table.
    ///
    /// # Errors
    /// If `out` cannot be written to.
    pub fn new(out: Out<'o>, codes: &'o Codes) -> io::Result<Self> {
        Ok(Self { table: Table::headless(out, EVENT_COLUMNS, LAYOUT)?, codes, left: Left::default() })
    }

    /// The ten columns of an actor.
    fn actor(&self, party: Option<&Party>) -> [Cell; 10] {
        let country = party.map(|party| self.codes.of(party.country.as_deref(), |country| &country.cameo));
        let country = country.unwrap_or_default();
        let role = party.and_then(|party| party.sector.clone()).filter(|sector| TYPES.contains(&sector.as_str()));
        let role = role.unwrap_or_default();
        [
            Cell::text(format!("{country}{role}")),
            Cell::maybe(party.map(|party| party.name.as_str())),
            Cell::text(country),
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
            Cell::text(role),
            Cell::Empty,
            Cell::Empty,
        ]
    }

    /// The eight columns of the place.
    fn place(&self, place: Option<&Place>) -> [Cell; 8] {
        let Some(place) = place else { return NOWHERE };
        let state = self.codes.is_state(&place.name, place.country.as_deref());
        [
            if state { Cell::Whole(COUNTRY) } else { Cell::Empty },
            Cell::text(place.name.as_str()),
            Cell::text(self.codes.of(place.country.as_deref(), |country| &country.fips)),
            Cell::Empty,
            Cell::Empty,
            Cell::number(place.lat),
            Cell::number(place.lon),
            Cell::Empty,
        ]
    }
}

/// A place that is not known.
const NOWHERE: [Cell; 8] = [const { Cell::Empty }; 8];

impl OfEvents for GdeltEvents<'_> {
    fn add(&mut self, told: &Told) -> io::Result<()> {
        let event = &told.event;
        if !self.left.takes_event(told) {
            return Ok(());
        }
        let pairs = pairs(event);
        self.left.no_dyad += u64::from(pairs.is_empty());
        let known = day::known(event.time.as_ref());
        let code = Codebook::builtin().code(event.kind, event.mode.as_deref());
        let cameo = code.map(|code| code.cameo.as_str()).unwrap_or_default();
        let first = event.published.as_ref().map(|(first, _)| first.as_str());
        for pair in pairs {
            let mentions: Vec<&Telling> =
                told.tellings.iter().filter(|telling| mentions(&telling.report, event, pair)).collect();
            // Actor and recipient of different reports: no report tells of the two together.
            if mentions.is_empty() {
                continue;
            }
            let articles: BTreeSet<&str> = mentions.iter().map(|telling| telling.story.key.as_str()).collect();
            // An article without an outlet is an outlet of its own.
            let outlets: BTreeSet<&str> =
                mentions.iter().map(|telling| telling.story.outlet.as_deref().unwrap_or(&telling.story.key)).collect();
            let earliest =
                mentions.iter().min_by_key(|telling| (telling.story.published.is_none(), &telling.story.published));
            let mut row = vec![Cell::Whole(event_id(event, pair))];
            row.extend(dates(known));
            row.extend(self.actor(pair.0));
            row.extend(self.actor(pair.1));
            row.extend([
                Cell::Empty,
                Cell::text(cameo),
                Cell::text(cameo.get(..3).unwrap_or_default()),
                Cell::text(cameo.get(..2).unwrap_or_default()),
                Cell::Whole(quad_class(event.quad)),
                Cell::number(code.map(|code| code.intensity)),
                Cell::Whole(mentions.len() as i64),
                Cell::Whole(outlets.len() as i64),
                Cell::Whole(articles.len() as i64),
                Cell::Empty,
            ]);
            row.extend(NOWHERE);
            row.extend(NOWHERE);
            row.extend(self.place(event.place.first()));
            row.push(moment(first));
            row.push(Cell::maybe(earliest.map(|telling| telling.story.address())));
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

/// Day, month, year and year with its fraction, each where it is known; the fraction takes months for 30 days and the year
/// for 365, as the codebook has it, the first month being nought as in GDELT's files.
fn dates(known: day::Known) -> [Cell; 4] {
    let whole = |number: Option<i64>| number.map_or(Cell::Empty, Cell::Whole);
    let year = known.year.map(i64::from);
    let month = year.zip(known.month).map(|(year, month)| year * 100 + i64::from(month));
    let day = month.zip(known.day).map(|(month, day)| month * 100 + i64::from(day));
    let fraction = match (known.year, known.month, known.day) {
        (Some(year), Some(month), Some(day)) => {
            let part = f64::from((month - 1) * 30 + day) / 365.0;
            Cell::Number(((f64::from(year) + part.min(0.9999)) * 10_000.0).round() / 10_000.0)
        }
        _ => Cell::Empty,
    };
    [whole(day), whole(month), whole(year), fraction]
}

/// Whether a report tells of this pair of the event.
fn mentions(report: &Report, event: &Event, pair: (Option<&Party>, Option<&Party>)) -> bool {
    // A report that leaves a side open still tells of the event's pairs that have its other side.
    let on = |parties: &[Party], party: Option<&Party>| {
        parties.is_empty() || party.is_none_or(|party| parties.iter().any(|other| other.key == party.key))
    };
    let known = dyads(&event.actor, &event.recipient).contains(&pair);
    known && counts(report) && on(&report.actor, pair.0) && on(&report.recipient, pair.1)
}

/// GDELT's table of mentions.
pub struct GdeltMentions<'o> {
    table: Table<'o>,
    left: Left,
}

impl<'o> GdeltMentions<'o> {
    /// Begins the table.
    ///
    /// # Errors
    /// If `out` cannot be written to.
    pub fn new(out: Out<'o>) -> io::Result<Self> {
        Ok(Self { table: Table::headless(out, MENTION_COLUMNS, LAYOUT)?, left: Left::default() })
    }
}

impl OfArticles for GdeltMentions<'_> {
    fn add(&mut self, read: &Read) -> io::Result<()> {
        let (story, text) = (read.story(), read.text());
        for filed in &read.reports {
            let (report, Some(event)) = (&filed.report, &filed.event) else {
                self.left.no_event += 1;
                continue;
            };
            if !self.left.takes(report) {
                continue;
            }
            if event.review == Review::Rejected || event.status != saksi_record::Status::Actual {
                self.left.not_actual += 1;
                continue;
            }
            let pairs: Vec<_> = pairs(event).into_iter().filter(|pair| mentions(report, event, *pair)).collect();
            self.left.no_dyad += u64::from(pairs.is_empty());
            let fields = fields::fields(&read.record, &text, report);
            let at = |name, party: Option<&Party>| {
                let party = party?;
                // The mention's value is the name as this article has it.
                let parties = if name == "actor" { &report.actor } else { &report.recipient };
                let own = parties.iter().find(|own| own.key == party.key)?;
                let field = fields.iter().find(|field| field.name == name && field.value == own.name)?;
                Some(i64::from(field.span.start))
            };
            let offset = |at: Option<i64>| at.map_or(Cell::Empty, Cell::Whole);
            let sentence = read.record.sentences.iter().position(|each| each.start == report.sentence.start);
            let web = story.url.as_deref().is_some_and(|url| url.starts_with("http"));
            for pair in pairs {
                self.left.written += 1;
                self.table.row(&[
                    Cell::Whole(event_id(event, pair)),
                    moment(event.published.as_ref().map(|(first, _)| first.as_str())),
                    moment(report.published.as_deref()),
                    Cell::Whole(if web { WEB } else { CITATION }),
                    Cell::maybe(report.outlet.clone()),
                    Cell::text(story.address()),
                    sentence.map_or(Cell::Empty, |at| Cell::Whole(at as i64 + 1)),
                    offset(at("actor", pair.0)),
                    offset(at("recipient", pair.1)),
                    Cell::Whole(report.trigger.start.into()),
                    Cell::Empty,
                    Cell::Whole((report.confidence * 100.0).round() as i64),
                    Cell::Whole(text.len().into()),
                    Cell::Empty,
                    Cell::Empty,
                    Cell::Empty,
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
