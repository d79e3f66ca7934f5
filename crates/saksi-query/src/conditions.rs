//! A filter as conditions on `event e`, and as lists of events from indexes.

use crate::collection::Collection;
use crate::error::QueryError;
use crate::filter::{Days, Filter, Told};
use crate::names::{self, one_of};
use crate::statement::{Statement, any, text};
use crate::words::Words;
use rusqlite::Connection;
use rusqlite::types::Value;
use saksi_merge::Review;
use saksi_record::{Certainty, EventType};

/// Days that an event outside `event_by_long_time` lasts at most, as schema.sql has it.
pub(crate) const LONG: i64 = 31;

/// One field of a filter.
#[derive(Debug, Clone, Default)]
pub(crate) struct Condition {
    /// What holds for `e`.
    pub(crate) check: Statement,
    /// Lists of ids that hold every event it holds for.
    pub(crate) lists: Vec<List>,
    /// Whether a list holds no others, so that nothing is left to check of what stands in it.
    pub(crate) exact: bool,
}

/// Ids of events from an index.
#[derive(Debug, Clone)]
pub(crate) struct List {
    /// Selects the ids.
    pub(crate) select: Statement,
    /// Selects one row for each, or for each `each` of them, without looking further than the index.
    pub(crate) count: Statement,
    /// Events a row of `count` stands for.
    pub(crate) each: i64,
}

impl List {
    fn plain(select: Statement) -> Self {
        Self { count: select.clone(), select, each: 1 }
    }
}

impl Condition {
    fn check(check: Statement) -> Self {
        Self { check, lists: Vec::new(), exact: false }
    }

    fn listed(check: Statement, list: Statement) -> Self {
        Self { check, lists: vec![List::plain(list)], exact: true }
    }
}

/// Events that an article has, for lists that go by articles.
const EVENTS_AN_ARTICLE: i64 = 10;

/// The conditions of a filter, or none where a name in it is nobody's, so that no event can be meant.
pub(crate) fn conditions(of: &Collection, filter: &Filter, time: bool) -> Result<Option<Vec<Condition>>, QueryError> {
    let db = &of.db;
    let mut all = Vec::new();
    if types(filter).is_empty() {
        return Ok(None);
    }
    all.extend(kinds(db, filter)?);
    let sides: [(&[String], &str); 3] =
        [(&filter.actors, "actor"), (&filter.recipients, "recipient"), (&filter.parties, "")];
    for (names, role) in sides {
        if !names.is_empty() {
            let ids = names::actors(of, names)?;
            if ids.is_empty() {
                return Ok(None);
            }
            all.push(party("actor", &ids, role));
        }
    }
    let sides: [(&[String], &str); 3] =
        [(&filter.countries, ""), (&filter.actor_countries, "actor"), (&filter.recipient_countries, "recipient")];
    for (countries, role) in sides {
        if !countries.is_empty() {
            all.push(party("country", &values(countries), role));
        }
    }
    if !filter.dyads.is_empty() {
        all.push(dyads(filter));
    }
    if time && !filter.time.is_open() {
        all.push(time_of(&filter.time));
    }
    if !filter.published.is_open() {
        all.push(published(&filter.published));
    }
    if !filter.places.is_empty() {
        let keys = names::places(db, &filter.places)?;
        if keys.is_empty() {
            return Ok(None);
        }
        all.push(place("key", &keys));
    }
    if !filter.place_countries.is_empty() {
        all.push(place("country", &values(&filter.place_countries)));
    }
    if !filter.source_kinds.is_empty() {
        all.push(told(&filter.source_kinds));
    }
    if !filter.sources.is_empty() {
        let ids = names::actors(of, &filter.sources)?;
        if ids.is_empty() {
            return Ok(None);
        }
        all.push(voices("actor", &ids));
    }
    if !filter.outlets.is_empty() {
        all.push(outlets(&names::outlets(of, &filter.outlets)?));
    }
    if !filter.statuses.is_empty() {
        let spelled: Vec<Value> = filter.statuses.iter().map(|status| text(status.as_str())).collect();
        all.push(column("status", &spelled));
    }
    if let Some(least) = filter.certainty.filter(|least| *least != Certainty::Unknown) {
        let spelled: Vec<Value> =
            Certainty::ALL.iter().filter(|value| **value <= least).map(|value| text(value.as_str())).collect();
        all.push(column("certainty", &spelled));
    }
    if !filter.languages.is_empty() {
        let sets = names::languages(db, &filter.languages)?;
        if sets.is_empty() {
            return Ok(None);
        }
        all.push(column("languages", &sets));
    }
    if filter.reviews.is_empty() {
        all.push(Condition::check(Statement::new("e.review <> 'rejected'", [])));
    } else {
        let spelled: Vec<Value> = filter.reviews.iter().map(|review| text(spelled(*review))).collect();
        all.push(column("review", &spelled));
    }
    if filter.min_sources > 1 {
        let least = [Value::from(i64::from(filter.min_sources))];
        all.push(Condition::listed(
            Statement::new("e.sources >= ?", least.clone()),
            Statement::new("SELECT id FROM event INDEXED BY event_by_sources WHERE sources >= ?", least),
        ));
    }
    if let Some(words) = &filter.words {
        all.push(words_of(&Words::parse(words)?));
    }
    Ok(Some(all))
}

/// How the file spells it.
pub(crate) fn spelled(review: Review) -> &'static str {
    match review {
        Review::Unreviewed => "unreviewed",
        Review::Accepted => "accepted",
        Review::Edited => "edited",
        Review::Rejected => "rejected",
    }
}

fn values(texts: &[String]) -> Vec<Value> {
    texts.iter().cloned().map(Value::from).collect()
}

fn column(name: &str, values: &[Value]) -> Condition {
    let check = one_of(&format!("e.{name}"), values);
    let list = one_of(name, values).within(&format!("SELECT id FROM event INDEXED BY event_by_{name} WHERE "), "");
    Condition::listed(check, list)
}

/// The types that types and quads of a filter leave.
fn types(filter: &Filter) -> Vec<Value> {
    EventType::ALL
        .iter()
        .filter(|kind| filter.types.is_empty() || filter.types.contains(kind))
        .filter(|kind| filter.quads.is_empty() || filter.quads.contains(&kind.quad()))
        .map(|kind| text(kind.as_str()))
        .collect()
}

/// Type, quad and mode: quads are sets of types, and a mode is looked up under its type.
fn kinds(db: &Connection, filter: &Filter) -> Result<Option<Condition>, QueryError> {
    let modes = names::modes(db, &filter.modes)?;
    if filter.types.is_empty() && filter.quads.is_empty() && modes.is_empty() {
        return Ok(None);
    }
    let types = types(filter);
    let with = |prefix: &str| {
        let mut check = one_of(&format!("{prefix}type"), &types);
        if !modes.is_empty() {
            check.push(" AND ", []).append(&one_of(&format!("{prefix}mode"), &modes));
        }
        check
    };
    let list = with("").within("SELECT id FROM event INDEXED BY event_by_type WHERE ", "");
    Ok(Some(Condition::listed(with("e."), list)))
}

fn role_is(role: &str) -> String {
    if role.is_empty() { String::new() } else { format!(" AND role = '{role}'") }
}

/// `column` is `actor` or `country`.
fn party(column: &str, values: &[Value], role: &str) -> Condition {
    let role = role_is(role);
    let check =
        one_of(column, values).within("EXISTS (SELECT 1 FROM party WHERE event = e.id AND +", &format!("{role})"));
    let list =
        one_of(column, values).within(&format!("SELECT event FROM party INDEXED BY party_by_{column} WHERE "), &role);
    Condition::listed(check, list)
}

fn dyads(filter: &Filter) -> Condition {
    let side = |country: &str, role: &str| {
        let sql = format!("EXISTS (SELECT 1 FROM party WHERE event = e.id AND role = '{role}' AND +country = ?)");
        Statement::new(sql, [text(country)])
    };
    let one_way = |actor: &str, recipient: &str| {
        Statement::join(&[side(actor, "actor"), side(recipient, "recipient")], " AND ").within("(", ")")
    };
    let mut checks = Vec::new();
    let (mut first, mut second) = (Vec::new(), Vec::new());
    for dyad in &filter.dyads {
        checks.push(one_way(&dyad.actor, &dyad.recipient));
        if !dyad.directed {
            checks.push(one_way(&dyad.recipient, &dyad.actor));
        }
        let list = |country: &str, role: &str| {
            let role = if dyad.directed { role_is(role) } else { String::new() };
            let sql = format!("SELECT event FROM party INDEXED BY party_by_country WHERE country = ?{role}");
            Statement::new(sql, [text(country)])
        };
        first.push(list(&dyad.actor, "actor"));
        second.push(list(&dyad.recipient, "recipient"));
    }
    Condition {
        check: Statement::join(&checks, " OR ").within("(", ")"),
        lists: [first, second].iter().map(|lists| List::plain(Statement::join(lists, " UNION ALL "))).collect(),
        exact: false,
    }
}

/// The earliest day on which an event may begin that is not long and lasts to `from`.
pub(crate) fn begins_by(from: &str) -> String {
    let day: Option<jiff::civil::Date> = from.parse().ok();
    let before = day.and_then(|day| day.checked_sub(jiff::Span::new().days(LONG)).ok());
    before.map_or_else(|| from.to_owned(), |day| day.to_string())
}

/// Whether `e` may have taken place on one of the days; what is not known at all may not.
pub(crate) fn time_check(days: &Days) -> Statement {
    let mut check = Statement::new("(e.earliest IS NOT NULL OR e.latest IS NOT NULL)", []);
    if let Some(to) = &days.to {
        check.push(" AND (e.earliest IS NULL OR e.earliest <= ?)", [text(to)]);
    }
    if let Some(from) = &days.from {
        check.push(" AND (e.latest IS NULL OR e.latest >= ?)", [text(from)]);
    }
    check
}

fn time_of(days: &Days) -> Condition {
    let mut lists = Vec::new();
    let mut window = Statement::new("SELECT id FROM event INDEXED BY event_by_time WHERE earliest IS NOT NULL", []);
    if let Some(to) = &days.to {
        window.push(" AND earliest <= ?", [text(to)]);
    }
    if let Some(from) = &days.from {
        window.push(" AND earliest >= ? AND coalesce(latest, '9999-12-31') >= ?", [text(begins_by(from)), text(from)]);
        let long = "SELECT id FROM event INDEXED BY event_by_long_time WHERE coalesce(latest, '9999-12-31') >= ? AND earliest < ?
            AND earliest IS NOT NULL AND (latest IS NULL OR julianday(latest) - julianday(earliest) > 31)";
        lists.push(Statement::new(long, [text(from), text(begins_by(from))]));
    }
    lists.push(window);
    let mut open =
        Statement::new("SELECT id FROM event INDEXED BY event_by_time WHERE earliest IS NULL AND latest", []);
    match &days.from {
        Some(from) => open.push(" >= ?", [text(from)]),
        None => open.push(" IS NOT NULL", []),
    };
    lists.push(open);
    Condition::listed(time_check(days), Statement::join(&lists, " UNION ALL "))
}

fn published(days: &Days) -> Condition {
    let (from, to) = (days.from.as_deref().unwrap_or("0000"), days.to.as_deref().unwrap_or("9999-12-31"));
    let days = [text(from), text(to)];
    // first and last day settle it for nearly all events
    let check = Statement::new(
        "(e.first_published BETWEEN ? AND ? OR e.last_published BETWEEN ? AND ? OR e.first_published < ? AND e.last_published > ? AND EXISTS (
            SELECT 1 FROM report r JOIN article a ON a.id = r.article WHERE r.event = e.id AND a.published BETWEEN ? AND ?))",
        [&days[..], &days[..], &days[..], &days[..]].concat(),
    );
    let articles = "article a INDEXED BY article_by_published";
    let select = format!(
        "SELECT r.event FROM {articles} CROSS JOIN report r INDEXED BY report_by_article ON r.article = a.id WHERE a.published BETWEEN ? AND ?"
    );
    let count = format!("SELECT 1 FROM {articles} WHERE a.published BETWEEN ? AND ?");
    let list = List {
        select: Statement::new(select, days.clone()),
        count: Statement::new(count, days),
        each: EVENTS_AN_ARTICLE,
    };
    Condition { check, lists: vec![list], exact: true }
}

/// `column` is `key` or `country`.
fn place(column: &str, values: &[Value]) -> Condition {
    let check = one_of(column, values).within("EXISTS (SELECT 1 FROM place WHERE event = e.id AND +", ")");
    let list =
        one_of(column, values).within(&format!("SELECT event FROM place INDEXED BY place_by_{column} WHERE "), "");
    Condition::listed(check, list)
}

/// `column` is `actor` or `kind`.
fn voices(column: &str, values: &[Value]) -> Condition {
    let check = one_of(&format!("+v.{column}"), values).within(
        "EXISTS (SELECT 1 FROM report r INDEXED BY report_by_event CROSS JOIN voice v ON v.report = r.id WHERE r.event = e.id AND ",
        ")",
    );
    let from = format!("voice v INDEXED BY voice_by_{column}");
    let wanted = one_of(&format!("v.{column}"), values);
    let select =
        wanted.clone().within(&format!("SELECT r.event FROM {from} CROSS JOIN report r ON r.id = v.report WHERE "), "");
    let count = wanted.within(&format!("SELECT 1 FROM {from} WHERE "), "");
    Condition { check, lists: vec![List { select, count, each: 1 }], exact: true }
}

fn told(kinds: &[Told]) -> Condition {
    let spelled: Vec<Value> = kinds
        .iter()
        .filter_map(|kind| match kind {
            Told::By(kind) => Some(text(kind.as_str())),
            Told::Article => None,
        })
        .collect();
    if !kinds.contains(&Told::Article) {
        return voices("kind", &spelled);
    }
    // most reports are in the article's own voice: no list would be short
    let own = "EXISTS (SELECT 1 FROM report r INDEXED BY report_by_event WHERE r.event = e.id AND NOT EXISTS (SELECT 1 FROM voice v WHERE v.report = r.id))";
    let mut check = Statement::new(own, []);
    if !spelled.is_empty() {
        check.push(" OR ", []).append(&voices("kind", &spelled).check);
    }
    Condition::check(check.within("(", ")"))
}

fn outlets(values: &[Value]) -> Condition {
    let check = one_of("a.outlet", values).within(
        "EXISTS (SELECT 1 FROM report r INDEXED BY report_by_event CROSS JOIN article a ON a.id = r.article WHERE r.event = e.id AND ",
        ")",
    );
    let from = "article a INDEXED BY article_by_outlet";
    let wanted = one_of("a.outlet", values);
    let select = wanted.clone().within(
        &format!(
            "SELECT r.event FROM {from} CROSS JOIN report r INDEXED BY report_by_article ON r.article = a.id WHERE "
        ),
        "",
    );
    let count = wanted.within(&format!("SELECT 1 FROM {from} WHERE "), "");
    Condition { check, lists: vec![List { select, count, each: EVENTS_AN_ARTICLE }], exact: true }
}

fn words_of(words: &Words) -> Condition {
    let query = [text(words.query())];
    let check = "EXISTS (SELECT 1 FROM report r INDEXED BY report_by_event WHERE r.event = e.id AND r.article IN (SELECT rowid FROM words WHERE words MATCH ?))";
    let select = "SELECT r.event FROM words w CROSS JOIN report r INDEXED BY report_by_article ON r.article = w.rowid WHERE w.words MATCH ?";
    let list = List {
        select: Statement::new(select, query.clone()),
        count: Statement::new("SELECT 1 FROM words WHERE words MATCH ?", query.clone()),
        each: EVENTS_AN_ARTICLE,
    };
    Condition { check: Statement::new(check, query), lists: vec![list], exact: true }
}

/// So many question marks over numbers, for SQL that asks for rows by number.
pub(crate) fn ids(numbers: &[i64]) -> Statement {
    Statement::new(any(numbers.len()), numbers.iter().copied().map(Value::from).collect::<Vec<_>>())
}
