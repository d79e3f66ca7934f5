use crate::collection::Collection;
use crate::error::QueryError;
use crate::events::{by_key, by_rows, parse};
use crate::names::one_of;
use crate::perhaps::{Perhaps, perhaps};
use crate::snippet::slice;
use crate::statement::{Statement, text};
use compact_str::CompactString;
use rusqlite::Connection;
use rusqlite::types::Value;
use saksi_merge::{Difference, Party, Report, Review, Voice, independent};
use saksi_record::{Stance, Status};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};

/// Other events looked at for denials.
const OTHERS: i64 = 2_000;

/// The reports of one event side by side.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// What they say together.
    pub event: saksi_merge::Event,
    /// Each report, first published first.
    pub reports: Vec<Teller>,
    /// Whether there are more than were asked for; what follows is about all of them.
    pub more: bool,
    /// Fields on which all that speak of them agree.
    pub agree: Vec<Agreement>,
    /// Fields on which they differ, and who says what.
    pub differ: Vec<Disagreement>,
    /// Those that go back to one source or one text, first published first.
    pub independent: Vec<Independent>,
    /// Who denies or doubts it.
    pub denials: Vec<Denial>,
    /// Reports of other events that may be of this one, the likeliest first.
    pub perhaps: Vec<Perhaps>,
}

/// A report of an event.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Teller {
    /// Its key.
    pub report: String,
    /// Key of the article.
    pub article: String,
    /// Headline.
    pub title: Option<String>,
    /// Address of the article, or path.
    pub address: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Day of publication.
    pub published: Option<String>,
    /// BCP 47.
    pub language: String,
    /// The sources, the last told first, as "KCNA < ministry": KCNA says that the ministry says. Empty in the article's
    /// own voice.
    pub chain: Vec<Link>,
    /// The words that name the act.
    pub trigger: String,
    /// The sentence they stand in.
    pub sentence: String,
    /// Whether it happened.
    pub status: String,
    /// As the nearest source puts it.
    pub certainty: String,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// Counts, as text.
    pub figures: Vec<String>,
    /// Where.
    pub place: Vec<String>,
    /// When, as TIMEX3/EDTF.
    pub time: Option<String>,
    /// Who acts.
    pub actor: Vec<String>,
    /// Who is acted on.
    pub recipient: Vec<String>,
    /// What a person decided.
    pub review: Review,
    /// Index into `independent`; null for one that was rejected.
    pub independent: Option<usize>,
    /// Key of the report it repeats: an earlier one of the same text or from the same source.
    pub repeats: Option<String>,
}

/// A link of a chain of sources.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link {
    /// Its name, where it has one.
    pub name: Option<String>,
    /// What kind of source.
    pub kind: String,
    /// What it does with the content.
    pub stance: String,
    /// The word that attributes.
    pub cue: Option<String>,
    /// The medium it was said through.
    pub channel: Option<String>,
}

/// A field on which reports agree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Agreement {
    /// Its name, as in differences.
    pub field: String,
    /// The value, as the first report words it.
    pub value: String,
    /// Keys of the reports that give it.
    pub reports: Vec<String>,
}

/// A field on which reports differ.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Disagreement {
    /// Its name.
    pub field: String,
    /// Share of reports outside the commonest value (`eventreport`).
    pub disagreement: f64,
    /// Each value, most reported first.
    pub values: Vec<Sayer>,
}

/// A value and who gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sayer {
    /// The value.
    pub value: String,
    /// Keys of the reports, first published first: who said it first is the first.
    pub reports: Vec<String>,
    /// Who published them and by which source, in that order.
    pub who: Vec<String>,
    /// Independent sources among them.
    pub independent: usize,
}

/// Reports that go back to one source or one text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Independent {
    /// What they share: the name of the source, or the outlet of the text.
    pub origin: String,
    /// Keys, first published first; the others repeat the first.
    pub reports: Vec<String>,
}

/// A report that denies or doubts an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Denial {
    /// Its key.
    pub report: String,
    /// Key of the event it is a report of, where that is another one.
    pub event: Option<String>,
    /// Day of publication.
    pub published: Option<String>,
    /// Who denies it.
    pub source: String,
    /// What it does: `denies`, `doubts`, or `negated` where the act is said not to have happened.
    pub how: String,
    /// Keys of the reports it is against.
    pub against: Vec<String>,
}

struct Row {
    report: Report,
    article: i64,
}

/// The reports of an event side by side, `limit` of them; `key` may be the first characters of a key.
///
/// # Errors
/// If there is no such event, or several.
pub fn compare(of: &Collection, key: &str, limit: usize) -> Result<Comparison, QueryError> {
    let db = &of.db;
    let (id, event) = by_key(db, key)?;
    let rows = reports(db, id)?;
    let groups = groups(&rows);
    let counted: HashMap<&str, usize> = groups
        .iter()
        .enumerate()
        .flat_map(|(at, group)| group.iter().map(move |row| (row.report.key.as_str(), at)))
        .collect();
    let origins: Vec<Independent> = groups
        .iter()
        .map(|group| Independent {
            origin: origin(&group[0].report),
            reports: group.iter().map(|row| row.report.key.clone()).collect(),
        })
        .collect();
    let mut tellers = Vec::new();
    for row in rows.iter().take(limit) {
        let mut teller = teller(db, row)?;
        teller.independent = counted.get(row.report.key.as_str()).copied();
        teller.repeats =
            teller.independent.map(|at| &origins[at].reports[0]).filter(|first| **first != row.report.key).cloned();
        tellers.push(teller);
    }
    let told: Vec<&Report> = rows.iter().map(|row| &row.report).collect();
    let differ = event.differences.iter().map(|difference| disagreement(difference, &told, &counted)).collect();
    Ok(Comparison {
        agree: agreements(&event.differences, &rows),
        differ,
        denials: denials(db, id, &event, &rows)?,
        perhaps: perhaps(db, &event.key)?,
        more: rows.len() > limit,
        reports: tellers,
        independent: origins,
        event,
    })
}

/// The reports of an event, first published first; those without a day last.
fn reports(db: &Connection, event: i64) -> Result<Vec<Row>, QueryError> {
    let sql = "SELECT report, article FROM report INDEXED BY report_by_event WHERE event = ?";
    let found =
        Statement::new(sql, [event.into()]).rows(db, |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?)))?;
    let mut rows = found
        .into_iter()
        .map(|(json, article)| Ok(Row { report: parse(&json)?, article }))
        .collect::<Result<Vec<_>, QueryError>>()?;
    rows.sort_by(|one, other| order(&one.report).cmp(&order(&other.report)));
    Ok(rows)
}

fn order(report: &Report) -> (bool, Option<&str>, &str) {
    (report.published.is_none(), report.published.as_deref(), &report.key)
}

/// Reports that are not rejected, brought together as the number of independent sources counts them. What repeats in its
/// own voice what its text has from a source is put with that source.
fn groups(rows: &[Row]) -> Vec<Vec<&Row>> {
    let rows: Vec<&Row> = rows.iter().filter(|row| row.report.review != Review::Rejected).collect();
    let reports: Vec<&Report> = rows.iter().map(|row| &row.report).collect();
    let mut places = independent(&reports);
    let placed: Vec<usize> = places.iter().flatten().copied().collect();
    for at in (0..reports.len()).filter(|at| !placed.contains(at)) {
        let same_text =
            |group: &&mut Vec<usize>| group.iter().any(|&other| reports[other].witness == reports[at].witness);
        if let Some(group) = places.iter_mut().find(same_text) {
            group.push(at);
            group.sort_unstable();
        }
    }
    places.sort();
    places.into_iter().map(|group| group.into_iter().map(|at| rows[at]).collect()).collect()
}

fn origin(report: &Report) -> String {
    report.sources.last().map_or_else(|| outlet(report).to_owned(), named)
}

/// Who published a report, else its article.
fn outlet(report: &Report) -> &str {
    report.outlet.as_deref().unwrap_or(&report.article)
}

fn named(voice: &Voice) -> String {
    voice.name.as_deref().unwrap_or(voice.kind.as_str()).to_owned()
}

/// A chain as text, the last told first: "KCNA < ministry". The article's own voice is empty.
pub(crate) fn named_chain(report: &Report) -> String {
    report.sources.iter().rev().map(named).collect::<Vec<_>>().join(" < ")
}

/// The sentence that a report stands in.
pub(crate) fn sentence(db: &Connection, report: &Report) -> Result<String, QueryError> {
    let sql = "SELECT json_extract(record, '$.text') FROM article WHERE key = ?";
    let body: Vec<String> = Statement::new(sql, [text(report.article.as_str())]).rows(db, |row| row.get(0))?;
    Ok(body.first().map(|body| slice(body, report.sentence)).unwrap_or_default())
}

fn teller(db: &Connection, row: &Row) -> Result<Teller, QueryError> {
    let report = &row.report;
    let sql = "SELECT title, coalesce(url, source), json_extract(record, '$.text') FROM article WHERE id = ?";
    let found = Statement::new(sql, [row.article.into()]).rows(db, |row| {
        Ok((row.get::<_, Option<String>>(0)?, row.get::<_, Option<String>>(1)?, row.get::<_, String>(2)?))
    })?;
    let (title, address, body) = found.into_iter().next().unwrap_or_default();
    Ok(Teller {
        report: report.key.clone(),
        article: report.article.clone(),
        title,
        address,
        outlet: report.outlet.clone().map(Into::into),
        published: report.published.clone().map(Into::into),
        language: report.language.to_string(),
        chain: report
            .sources
            .iter()
            .rev()
            .map(|voice| Link {
                name: voice.name.clone().map(Into::into),
                kind: voice.kind.to_string(),
                stance: voice.stance.to_string(),
                cue: voice.cue.map(|cue| slice(&body, cue)),
                channel: voice.channel.clone().map(Into::into),
            })
            .collect(),
        trigger: slice(&body, report.trigger),
        sentence: slice(&body, report.sentence),
        status: report.status.to_string(),
        certainty: report.certainty.to_string(),
        mode: report.mode.clone().map(Into::into),
        figures: report.figures.iter().map(|figure| figure.text().into()).collect(),
        place: report.place.iter().map(|place| place.name.to_string()).collect(),
        time: report.time.as_ref().and_then(|time| time.value.clone().map(Into::into)),
        actor: report.actor.iter().map(|party| party.name.to_string()).collect(),
        recipient: report.recipient.iter().map(|party| party.name.to_string()).collect(),
        review: report.review,
        independent: None,
        repeats: None,
    })
}

pub(crate) fn disagreement(difference: &Difference, told: &[&Report], counted: &HashMap<&str, usize>) -> Disagreement {
    let values = difference.opinions.iter().map(|opinion| {
        let who: Vec<&&Report> = told.iter().filter(|report| opinion.reports.contains(&report.key)).collect();
        let mut groups: Vec<usize> =
            who.iter().filter_map(|report| counted.get(report.key.as_str()).copied()).collect();
        groups.sort_unstable();
        groups.dedup();
        Sayer {
            value: opinion.value.to_string(),
            reports: who.iter().map(|report| report.key.clone()).collect(),
            who: who.iter().map(|report| who_says(report)).collect(),
            independent: groups.len(),
        }
    });
    Disagreement {
        field: difference.field.to_string(),
        disagreement: difference.disagreement,
        values: values.collect(),
    }
}

/// Outlet, day and chain of a report.
fn who_says(report: &Report) -> String {
    let mut parts = vec![outlet(report)];
    parts.extend(report.published.as_deref());
    let chain = named_chain(report);
    if chain.is_empty() { parts.join(", ") } else { format!("{}: {chain}", parts.join(", ")) }
}

/// The fields that two reports or more give and that none is said to differ on.
fn agreements(differences: &[Difference], rows: &[Row]) -> Vec<Agreement> {
    let parties = |parties: &[Party]| (!parties.is_empty()).then(|| names(parties.iter().map(|party| &party.name)));
    let mut fields: BTreeMap<String, Vec<(&str, String)>> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.report.review != Review::Rejected) {
        let report = &row.report;
        let plain = [
            ("actor", parties(&report.actor)),
            ("recipient", parties(&report.recipient)),
            ("place", (!report.place.is_empty()).then(|| names(report.place.iter().map(|place| &place.name)))),
            ("time", report.time.as_ref().and_then(|time| time.value.clone().map(Into::into))),
            ("status", Some(report.status.to_string())),
            ("certainty", Some(report.certainty.to_string())),
            ("mode", report.mode.clone().map(Into::into)),
        ];
        let stated = plain.into_iter().filter_map(|(field, value)| Some((field.to_owned(), value?)));
        let figures = report.figures.iter().map(|figure| (format!("figure:{}", figure.unit), figure.text().into()));
        for (field, value) in stated.chain(figures) {
            let of_field = fields.entry(field).or_default();
            if of_field.last().is_none_or(|(key, _)| *key != report.key) {
                of_field.push((&report.key, value));
            }
        }
    }
    // a vaguer time, place or party is no difference; other values agree where they are the same
    let vague = ["time", "place", "actor", "recipient"];
    fields
        .into_iter()
        .filter(|(field, given)| {
            let same = vague.contains(&field.as_str()) || given.iter().all(|(_, value)| *value == given[0].1);
            given.len() > 1 && same && !differences.iter().any(|difference| difference.field == *field)
        })
        .map(|(field, given)| Agreement {
            value: given[0].1.clone(),
            reports: given.iter().map(|(key, _)| (*key).to_owned()).collect(),
            field,
        })
        .collect()
}

fn names<'a>(names: impl Iterator<Item = &'a CompactString>) -> String {
    names.map(CompactString::as_str).collect::<Vec<_>>().join(", ")
}

/// How a report denies what it tells of, and who.
fn denies(report: &Report) -> Option<(String, String)> {
    let against = report.sources.iter().find(|voice| matches!(voice.stance, Stance::Denies | Stance::Doubts));
    match against {
        Some(voice) => Some((named(voice), voice.stance.to_string())),
        None if report.status == Status::Negated => {
            let by = report.sources.first().map_or_else(|| outlet(report).to_owned(), named);
            Some((by, Status::Negated.to_string()))
        }
        None => None,
    }
}

/// Denials among the reports of the event, and reports of other events of its type, parties and days that deny it.
fn denials(db: &Connection, id: i64, event: &saksi_merge::Event, rows: &[Row]) -> Result<Vec<Denial>, QueryError> {
    let told = |rows: &[Row]| -> Vec<String> {
        let stands = rows.iter().filter(|row| row.report.review != Review::Rejected && denies(&row.report).is_none());
        stands.map(|row| row.report.key.clone()).collect()
    };
    let against = told(rows);
    let denial = |row: &Row, event: Option<&str>| {
        let (source, how) = denies(&row.report).filter(|_| row.report.review != Review::Rejected)?;
        Some(Denial {
            report: row.report.key.clone(),
            event: event.map(ToOwned::to_owned),
            published: row.report.published.clone().map(Into::into),
            source,
            how,
            against: against.clone(),
        })
    };
    let mut denials: Vec<Denial> = rows.iter().filter_map(|row| denial(row, None)).collect();
    for other in others(db, id, event)? {
        let Some(summary) = by_rows(db, &[other])?.pop() else { continue };
        denials.extend(reports(db, other)?.iter().filter_map(|row| denial(row, Some(&summary.key))));
    }
    denials.retain(|denial| !denial.against.is_empty());
    denials.sort_by(|one, other| (&one.published, &one.report).cmp(&(&other.published, &other.report)));
    Ok(denials)
}

/// Events of the same type with one of its actors and one of its recipients, if it has any, at a time that may be the same.
fn others(db: &Connection, id: i64, event: &saksi_merge::Event) -> Result<Vec<i64>, QueryError> {
    let Some(time) = event.time.as_ref().filter(|_| !event.actor.is_empty()) else {
        return Ok(Vec::new());
    };
    let keys = |parties: &[Party]| -> Vec<Value> { parties.iter().map(|party| text(party.key.as_str())).collect() };
    let actors = one_of("k.key", &keys(&event.actor)).within(
        "SELECT p.event FROM actor k CROSS JOIN party p INDEXED BY party_by_actor ON p.actor = k.id AND p.role = 'actor' AND p.type = ? WHERE ",
        " ORDER BY p.moment DESC LIMIT ?",
    );
    let mut query = Statement::new("SELECT e.id FROM event e INDEXED BY event_in_short WHERE e.id IN (", []);
    query.push("", [text(event.kind.as_str())]).append(&actors);
    query.push(") AND e.id <> ? AND e.review <> 'rejected'", [OTHERS.into(), id.into()]);
    query.push(
        " AND coalesce(e.earliest, '0000') <= ? AND coalesce(e.latest, '9999-12-31') >= ?",
        [text(time.latest.as_deref().unwrap_or("9999-12-31")), text(time.earliest.as_deref().unwrap_or("0000"))],
    );
    query.push(" AND (e.earliest IS NOT NULL OR e.latest IS NOT NULL)", []);
    if !event.recipient.is_empty() {
        let recipients = one_of("k.key", &keys(&event.recipient)).within(
            " AND EXISTS (SELECT 1 FROM party p CROSS JOIN actor k ON k.id = p.actor WHERE p.event = e.id AND p.role = 'recipient' AND ",
            ")",
        );
        query.append(&recipients);
    }
    query.push(" ORDER BY e.key LIMIT 50", []);
    query.numbers(db)
}
