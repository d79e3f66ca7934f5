//! Tables: their columns are those of the forms, and their cells the values of events made by hand.

mod made;

use made::{collection, packs};
use saksi_export::{
    EventReport, Events, GdeltEvents, GdeltMentions, Icews, Layout, Left, OfArticles, OfEvents, Polecat, Read, Reports,
    Sheet, Spans, Told,
};
use std::collections::BTreeMap;

const TSV: Layout = Layout { sheet: Sheet::Tsv, spreadsheet: false };

/// The columns of POLECAT's files.
const POLECAT: &str = "Event ID	Event Date	Event Type	Event Mode	Intensity	Quad Code	Contexts	Actor Name	Actor Country	Actor COW	Primary Actor Sector	Actor Sectors	Actor Title	Actor Name Raw	Wikipedia Actor ID	Recipient Name	Recipient Country	Recipient COW	Primary Recipient Sector	Recipient Sectors	Recipient Title	Recipient Name Raw	Wikipedia Recipient ID	Placename	City	District	Province	Country	Latitude	Longitude	GeoNames ID	Raw Placename	Feature Type	Source	Publication Date	Story People	Story Organizations	Story Locations	Language	Version";
/// Those of ICEWS's.
const ICEWS: &str = "Event ID	Event Date	Source Name	Source Sectors	Source Country	Event Text	CAMEO Code	Intensity	Target Name	Target Sectors	Target Country	Story ID	Sentence Number	Publisher	City	District	Province	Country	Latitude	Longitude";
/// Those that GDELT's codebook names for events; the files have no header.
const GDELT: &str = "GLOBALEVENTID	SQLDATE	MonthYear	Year	FractionDate	Actor1Code	Actor1Name	Actor1CountryCode	Actor1KnownGroupCode	Actor1EthnicCode	Actor1Religion1Code	Actor1Religion2Code	Actor1Type1Code	Actor1Type2Code	Actor1Type3Code	Actor2Code	Actor2Name	Actor2CountryCode	Actor2KnownGroupCode	Actor2EthnicCode	Actor2Religion1Code	Actor2Religion2Code	Actor2Type1Code	Actor2Type2Code	Actor2Type3Code	IsRootEvent	EventCode	EventBaseCode	EventRootCode	QuadClass	GoldsteinScale	NumMentions	NumSources	NumArticles	AvgTone	Actor1Geo_Type	Actor1Geo_FullName	Actor1Geo_CountryCode	Actor1Geo_ADM1Code	Actor1Geo_ADM2Code	Actor1Geo_Lat	Actor1Geo_Long	Actor1Geo_FeatureID	Actor2Geo_Type	Actor2Geo_FullName	Actor2Geo_CountryCode	Actor2Geo_ADM1Code	Actor2Geo_ADM2Code	Actor2Geo_Lat	Actor2Geo_Long	Actor2Geo_FeatureID	ActionGeo_Type	ActionGeo_FullName	ActionGeo_CountryCode	ActionGeo_ADM1Code	ActionGeo_ADM2Code	ActionGeo_Lat	ActionGeo_Long	ActionGeo_FeatureID	DATEADDED	SOURCEURL";
/// Those it names for mentions.
const MENTIONS: &str = "GLOBALEVENTID	EventTimeDate	MentionTimeDate	MentionType	MentionSourceName	MentionIdentifier	SentenceID	Actor1CharOffset	Actor2CharOffset	ActionCharOffset	InRawText	Confidence	MentionDocLen	MentionDocTone	MentionDocTranslationInfo	Extras";

fn of_events(mut form: Box<dyn OfEvents + '_>, told: &[Told]) -> Left {
    for told in told {
        form.add(told).unwrap();
    }
    form.finish().unwrap()
}

fn of_articles(mut form: Box<dyn OfArticles + '_>, reads: &[Read]) -> Left {
    for read in reads {
        form.add(read).unwrap();
    }
    form.finish().unwrap()
}

type Rows = Vec<BTreeMap<String, String>>;

/// The rows of a table of tabs as columns with their cells; `columns` where it has no header.
fn rows(written: Vec<u8>, columns: Option<&str>) -> (String, Rows) {
    let text = String::from_utf8(written).unwrap();
    let mut lines = text.lines();
    let header = columns.unwrap_or_else(|| lines.next().unwrap()).to_owned();
    let names: Vec<&str> = header.split('\t').collect();
    let rows = lines.map(|line| {
        let cells: Vec<&str> = line.split('\t').collect();
        assert_eq!(cells.len(), names.len(), "{line}");
        names.iter().zip(cells).map(|(name, cell)| ((*name).to_owned(), cell.to_owned())).collect()
    });
    let rows = rows.collect();
    (header, rows)
}

fn holds(row: &BTreeMap<String, String>, cells: &[(&str, &str)]) {
    for (name, cell) in cells {
        assert_eq!(row[*name], *cell, "{name}");
    }
}

/// All other cells are empty.
fn holds_only(row: &BTreeMap<String, String>, cells: &[(&str, &str)]) {
    holds(row, cells);
    for (name, cell) in row {
        assert!(cell.is_empty() || cells.iter().any(|(known, _)| known == name), "{name} is `{cell}`");
    }
}

#[test]
fn the_two_articles_tell_of_one_strike_and_one_plan() {
    let (told, reads) = collection(&packs().1);
    assert_eq!(told.iter().map(|told| told.tellings.len()).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(reads.iter().map(|read| read.reports.len()).collect::<Vec<_>>(), [2, 1]);
}

#[test]
fn events_are_all_there_with_their_status() {
    let (told, _) = collection(&packs().1);
    let mut out = Vec::new();
    let left = of_events(Box::new(Events::new(&mut out, TSV).unwrap()), &told);
    assert_eq!(left, Left { written: 2, ..Left::default() });
    let (_, rows) = rows(out, None);
    holds(
        &rows[0],
        &[
            ("type", "ASSAULT"),
            ("mode", "aerial"),
            ("quad", "material-conflict"),
            ("actor", "Russia"),
            ("recipient_country", "UKR"),
            ("place", "Kyiv"),
            ("lat", "50.45"),
            ("lon", "30.52"),
            ("earliest", "2025-07-12"),
            ("status", "actual"),
            ("reports", "2"),
            ("articles", "2"),
            ("languages", "en"),
            ("review", "unreviewed"),
        ],
    );
    holds(&rows[1], &[("type", "THREATEN"), ("status", "future"), ("time", ""), ("lat", "")]);
}

#[test]
fn reports_name_their_event_and_their_words() {
    let (told, reads) = collection(&packs().1);
    let mut out = Vec::new();
    of_articles(Box::new(Reports::new(&mut out, TSV).unwrap()), &reads);
    let (_, rows) = rows(out, None);
    assert_eq!(rows.len(), 3);
    holds(
        &rows[0],
        &[
            ("event", &told[0].event.key),
            ("article", "one"),
            ("outlet", "Antara"),
            ("url", "https://Antara.example/one"),
            ("title", "Strike on Kyiv, \"one\""),
            ("trigger", "struck"),
            ("quantities", "7 people"),
            ("source", "officials"),
            ("source_kind", "official"),
            ("stance", "asserts"),
            ("cue", "said"),
            ("historical", "false"),
            ("confidence", "0.9"),
            ("sentence", "😀 Russia struck Kyiv on July 12, killing 7 people, officials said."),
        ],
    );
    assert_eq!(rows[0]["event"], rows[2]["event"]);
}

#[test]
fn spans_slice_the_text() {
    let (_, reads) = collection(&packs().1);
    let mut out = Vec::new();
    of_articles(Box::new(Spans::new(&mut out, TSV).unwrap()), &reads);
    let (_, rows) = rows(out, None);
    let letters: Vec<char> = made::FIRST.chars().collect();
    let mut fields = Vec::new();
    for row in rows.iter().filter(|row| row["report"] == reads[0].reports[0].report.key) {
        let (start, end): (usize, usize) = (row["start"].parse().unwrap(), row["end"].parse().unwrap());
        assert_eq!(letters[start..end].iter().collect::<String>(), row["text"]);
        fields.push((row["field"].clone(), row["text"].clone()));
    }
    let expected = [
        ("trigger", "struck"),
        ("sentence", "😀 Russia struck Kyiv on July 12, killing 7 people, officials said."),
        ("actor", "Russia"),
        // Ukraine is named in the next sentence only.
        ("recipient", "Ukraine"),
        ("place", "Kyiv"),
        ("time", "July 12"),
        ("quantity", "7 people"),
        ("source", "officials"),
        ("cue", "said"),
        ("content", "😀 Russia struck Kyiv on July 12, killing 7 people, officials said"),
    ];
    assert_eq!(fields, expected.map(|(field, text)| (field.to_owned(), text.to_owned())));
}

#[test]
fn polecat_has_a_row_for_each_report_that_tells_of_an_act() {
    let (codes, gazetteer) = packs();
    let (_, reads) = collection(&gazetteer);
    let mut out = Vec::new();
    let left = of_articles(Box::new(Polecat::new(&mut out, TSV, &codes).unwrap()), &reads);
    assert_eq!(left, Left { written: 2, not_actual: 1, ..Left::default() });
    let (header, rows) = rows(out, None);
    assert_eq!(header, POLECAT);
    assert_eq!(header.split('\t').count(), 40);
    holds_only(
        &rows[0],
        &[
            ("Event ID", &reads[0].reports[0].report.key),
            ("Event Date", "2025-07-12"),
            ("Event Type", "ASSAULT"),
            ("Event Mode", "aerial"),
            ("Intensity", "-9.5"),
            ("Quad Code", "MATERIAL CONFLICT"),
            ("Contexts", "military"),
            ("Actor Name", "Russia"),
            ("Actor Country", "RUS"),
            ("Actor COW", "365"),
            ("Primary Actor Sector", "GOV"),
            ("Actor Sectors", "GOV"),
            ("Actor Name Raw", "Russia"),
            ("Recipient Name", "Ukraine"),
            ("Recipient Country", "UKR"),
            ("Recipient COW", "369"),
            ("Primary Recipient Sector", "GOV"),
            ("Recipient Sectors", "GOV"),
            ("Recipient Name Raw", "Ukraine"),
            ("Placename", "Kyiv"),
            ("Country", "UKR"),
            ("Latitude", "50.45"),
            ("Longitude", "30.52"),
            ("Raw Placename", "Kyiv"),
            ("Source", "Antara"),
            ("Publication Date", "2025-07-13"),
            ("Story Locations", "Kyiv"),
            ("Language", "en"),
        ],
    );
}

#[test]
fn icews_has_a_row_for_each_pair_of_a_report() {
    let (codes, gazetteer) = packs();
    let (_, mut reads) = collection(&gazetteer);
    reads[1].reports[0].report.recipient.clear();
    let mut out = Vec::new();
    let left = of_articles(Box::new(Icews::new(&mut out, TSV, &codes).unwrap()), &reads);
    assert_eq!(left, Left { written: 1, not_actual: 1, no_dyad: 1, ..Left::default() });
    let (header, rows) = rows(out, None);
    assert_eq!(header, ICEWS);
    assert_eq!(header.split('\t').count(), 20);
    let (event, story) = (rows[0]["Event ID"].clone(), rows[0]["Story ID"].clone());
    assert!(event.parse::<i64>().unwrap() > 0 && story.parse::<i64>().unwrap() > 0);
    holds_only(
        &rows[0],
        &[
            ("Event ID", &event),
            ("Event Date", "2025-07-12"),
            ("Source Name", "Russia"),
            ("Source Sectors", "GOV"),
            ("Source Country", "Russia"),
            ("Event Text", "ASSAULT/aerial"),
            ("CAMEO Code", "195"),
            ("Intensity", "-9.5"),
            ("Target Name", "Ukraine"),
            ("Target Sectors", "GOV"),
            ("Target Country", "Ukraine"),
            ("Story ID", &story),
            ("Sentence Number", "1"),
            ("Publisher", "Antara"),
            ("Country", "Ukraine"),
            ("Latitude", "50.45"),
            ("Longitude", "30.52"),
        ],
    );
}

#[test]
fn two_actors_of_one_key_are_two_rows_of_icews() {
    let (codes, gazetteer) = packs();
    let (_, mut reads) = collection(&gazetteer);
    let report = &mut reads[0].reports[0].report;
    let mut other = report.actor[0].clone();
    other.name = "Somebody else".into();
    report.actor.push(other);
    let mut out = Vec::new();
    of_articles(Box::new(Icews::new(&mut out, TSV, &codes).unwrap()), &reads[..1]);
    let (_, rows) = rows(out, None);
    let ids: Vec<&String> = rows.iter().map(|row| &row["Event ID"]).collect();
    assert_eq!(
        (ids.len(), rows[0]["Source Name"].as_str(), rows[1]["Source Name"].as_str()),
        (2, "Russia", "Somebody else")
    );
    assert_ne!(ids[0], ids[1]);
}

#[test]
fn gdelt_counts_mentions_and_its_tables_fit_together() {
    let (codes, gazetteer) = packs();
    let (told, reads) = collection(&gazetteer);
    let mut out = Vec::new();
    let left = of_events(Box::new(GdeltEvents::new(&mut out, &codes).unwrap()), &told);
    assert_eq!(left, Left { written: 1, not_actual: 1, ..Left::default() });
    assert_eq!(GDELT.split('\t').count(), 61);
    let (_, events) = rows(out, Some(GDELT));
    let id = events[0]["GLOBALEVENTID"].clone();
    holds_only(
        &events[0],
        &[
            ("GLOBALEVENTID", &id),
            ("SQLDATE", "20250712"),
            ("MonthYear", "202507"),
            ("Year", "2025"),
            // (6 · 30 + 12) / 365
            ("FractionDate", "2025.526"),
            ("Actor1Code", "RUSGOV"),
            ("Actor1Name", "Russia"),
            ("Actor1CountryCode", "RUS"),
            ("Actor1Type1Code", "GOV"),
            ("Actor2Code", "UKRGOV"),
            ("Actor2Name", "Ukraine"),
            ("Actor2CountryCode", "UKR"),
            ("Actor2Type1Code", "GOV"),
            ("EventCode", "195"),
            ("EventBaseCode", "195"),
            ("EventRootCode", "19"),
            ("QuadClass", "4"),
            ("GoldsteinScale", "-9.5"),
            ("NumMentions", "2"),
            ("NumSources", "2"),
            ("NumArticles", "2"),
            ("ActionGeo_FullName", "Kyiv"),
            ("ActionGeo_CountryCode", "UP"),
            ("ActionGeo_Lat", "50.45"),
            ("ActionGeo_Long", "30.52"),
            ("DATEADDED", "20250713000000"),
            ("SOURCEURL", "https://Antara.example/one"),
        ],
    );
    let mut out = Vec::new();
    let left = of_articles(Box::new(GdeltMentions::new(&mut out).unwrap()), &reads);
    assert_eq!((left.written, left.not_actual), (2, 1));
    assert_eq!(MENTIONS.split('\t').count(), 16);
    let (_, mentions) = rows(out, Some(MENTIONS));
    assert!(mentions.iter().all(|mention| mention["GLOBALEVENTID"] == id));
    holds_only(
        &mentions[0],
        &[
            ("GLOBALEVENTID", &id),
            ("EventTimeDate", "20250713000000"),
            ("MentionTimeDate", "20250713000000"),
            ("MentionType", "1"),
            ("MentionSourceName", "Antara"),
            ("MentionIdentifier", "https://Antara.example/one"),
            ("SentenceID", "1"),
            ("Actor1CharOffset", "2"),
            ("Actor2CharOffset", &made::at(made::FIRST, "Ukraine").0.to_string()),
            ("ActionCharOffset", "9"),
            ("Confidence", "90"),
            ("MentionDocLen", &made::FIRST.chars().count().to_string()),
        ],
    );
}

#[test]
fn a_month_is_no_day() {
    let (codes, gazetteer) = packs();
    let (mut told, _) = collection(&gazetteer);
    let time = told[0].event.time.as_mut().unwrap();
    time.earliest = Some("2025-07-01".into());
    time.latest = Some("2025-07-31".into());
    let mut out = Vec::new();
    of_events(Box::new(GdeltEvents::new(&mut out, &codes).unwrap()), &told);
    let (_, events) = rows(out, Some(GDELT));
    holds(&events[0], &[("SQLDATE", ""), ("MonthYear", "202507"), ("Year", "2025"), ("FractionDate", "")]);
}

#[test]
fn two_actors_of_one_key_are_one_row_of_gdelt() {
    let (codes, gazetteer) = packs();
    let (mut told, _) = collection(&gazetteer);
    for event in &mut told {
        if let Some(first) = event.event.actor.first().cloned() {
            event.event.actor.push(first);
        }
    }
    let mut out = Vec::new();
    let left = of_events(Box::new(GdeltEvents::new(&mut out, &codes).unwrap()), &told);
    assert_eq!(left.written, 1);
    assert_eq!(rows(out, Some(GDELT)).1.len(), 1);
}

#[test]
fn what_is_denied_or_rejected_is_told_as_having_happened_by_no_form() {
    use saksi_merge::Review;
    use saksi_record::Stance;
    let (codes, gazetteer) = packs();
    let (mut told, mut reads) = collection(&gazetteer);
    reads[0].reports[0].report.sources[0].stance = Stance::Denies;
    reads[1].reports[0].report.review = Review::Rejected;
    for telling in &mut told[0].tellings {
        let own = reads.iter().flat_map(|read| &read.reports).find(|filed| filed.report.key == telling.report.key);
        telling.report = own.unwrap().report.clone();
    }
    let expected = Left { not_actual: 2, rejected: 1, ..Left::default() };
    let mut out = Vec::new();
    assert_eq!(of_articles(Box::new(Polecat::new(&mut out, TSV, &codes).unwrap()), &reads), expected);
    let mut out = Vec::new();
    assert_eq!(of_articles(Box::new(Icews::new(&mut out, TSV, &codes).unwrap()), &reads), expected);
    let mut out = Vec::new();
    assert_eq!(of_articles(Box::new(GdeltMentions::new(&mut out).unwrap()), &reads), expected);
    let mut out = Vec::new();
    assert_eq!(of_articles(Box::new(EventReport::new(&mut out, TSV, &codes).unwrap()), &reads), expected);
    let mut out = Vec::new();
    of_events(Box::new(GdeltEvents::new(&mut out, &codes).unwrap()), &told);
    assert_eq!(String::from_utf8(out).unwrap(), "", "an event without a report that says so has no row");
}

#[test]
fn eventreport_has_a_row_for_each_report_with_its_dead() {
    let (codes, gazetteer) = packs();
    let (told, reads) = collection(&gazetteer);
    let mut out = Vec::new();
    of_articles(Box::new(EventReport::new(&mut out, TSV, &codes).unwrap()), &reads);
    let (header, rows) = rows(out, None);
    let columns = "id\tevent_id\tcountry\tdate_start\tcity\tlocation\tactor1\tdeaths_best\tinjuries_best\tsource";
    assert_eq!(header, columns);
    holds_only(
        &rows[0],
        &[
            ("id", &reads[0].reports[0].report.key),
            ("event_id", &told[0].event.key),
            ("country", "Ukraine"),
            ("date_start", "2025-07-12"),
            ("location", "Kyiv"),
            ("actor1", "Russia"),
            ("deaths_best", "7"),
            ("source", "Antara (2025-07-13) Strike on Kyiv, \"one\""),
        ],
    );
    assert_eq!(rows[0]["event_id"], rows[1]["event_id"]);
}
