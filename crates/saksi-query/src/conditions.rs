//! A filter as conditions on `event e`, and as lists of events from indexes.

use crate::collection::Collection;
use crate::error::QueryError;
use crate::filter::{Days, Filter, Told};
use crate::names::{self, one_of};
use crate::statement::{Statement, any, text};
use crate::streams::Run;
use crate::words::Words;
use rusqlite::Connection;
use rusqlite::types::Value;
use saksi_merge::Review;
use saksi_record::{Certainty, EventType};
use saksi_store::moment;

/// Days that an event outside `event_by_long_time` lasts at most, as schema.sql has it.
pub(crate) const LONG: i64 = 31;

/// One field of a filter.
#[derive(Debug, Clone, Default)]
pub(crate) struct Condition {
    /// What holds for `e`.
    pub(crate) check: Statement,
    /// Lists of ids that hold every event it holds for.
    pub(crate) lists: Vec<List>,
    /// The same in order of time: what stands in one of the runs of each stream.
    pub(crate) streams: Vec<Vec<Run>>,
    /// Whether a list or stream holds no others, so that nothing is left to check of what stands in it.
    pub(crate) exact: bool,
    /// Selects articles, where what counts is that one of them reports the event.
    pub(crate) articles: Option<Statement>,
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
        Self { check, ..Self::default() }
    }

    fn listed(check: Statement, list: Statement) -> Self {
        Self { check, lists: vec![List::plain(list)], exact: true, ..Self::default() }
    }

    fn ordered(self, runs: Vec<Run>) -> Self {
        // more are slower to go through than events are to check
        if runs.len() <= RUNS { Self { streams: vec![runs], ..self } } else { self }
    }
}

/// Runs that a stream has at most.
const RUNS: usize = 40;

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
    if !filter.articles.is_empty() {
        all.push(articles(&filter.articles));
    }
    if filter.unseen {
        // whatever was decided about others of its reports
        all.push(Condition::check(Statement::new(
            "EXISTS (SELECT 1 FROM report r INDEXED BY report_by_event WHERE r.event = e.id AND r.review = 'unreviewed')",
            [],
        )));
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
    Condition::listed(check, list).ordered(runs(name, values))
}

/// The events of each value of a column of `event`.
fn runs(column: &str, values: &[Value]) -> Vec<Run> {
    let from = format!("event INDEXED BY event_by_{column} WHERE {column} = ?");
    values.iter().map(|value| Run::new(Statement::new(from.as_str(), [value.clone()]), "id")).collect()
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

/// Type, quad and mode: quads are sets of types.
fn kinds(db: &Connection, filter: &Filter) -> Result<Vec<Condition>, QueryError> {
    let mut all = Vec::new();
    if !filter.types.is_empty() || !filter.quads.is_empty() {
        all.push(column("type", &types(filter)));
    }
    if !filter.modes.is_empty() {
        let modes = names::modes(db, &filter.modes)?;
        let mut mode = column("mode", &modes);
        // an index of what has a mode has to be told so
        mode.lists = vec![List::plain(
            one_of("mode", &modes)
                .within("SELECT id FROM event INDEXED BY event_by_mode WHERE mode IS NOT NULL AND ", ""),
        )];
        all.push(mode);
    }
    Ok(all)
}

fn role_is(role: &str) -> String {
    if role.is_empty() { String::new() } else { format!(" AND role = '{role}'") }
}

/// `column` is `actor` or `country`.
fn party(column: &str, values: &[Value], role: &str) -> Condition {
    let of = role;
    let role = role_is(role);
    let check =
        one_of(column, values).within("EXISTS (SELECT 1 FROM party WHERE event = e.id AND +", &format!("{role})"));
    let list =
        one_of(column, values).within(&format!("SELECT event FROM party INDEXED BY party_by_{column} WHERE "), &role);
    let roles: Vec<&str> = if role.is_empty() { vec!["actor", "recipient"] } else { vec![of] };
    let runs = values.iter().flat_map(|value| roles.iter().map(|role| sided(column, value.clone(), role)));
    Condition::listed(check, list).ordered(runs.collect())
}

/// The events in which an actor or country has a role.
fn sided(column: &str, value: Value, role: &str) -> Run {
    let from = format!("party INDEXED BY party_by_{column} WHERE {column} = ? AND role = '{role}'");
    Run::new(Statement::new(from, [value]), "event")
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
    let mut streams = [Vec::new(), Vec::new()];
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
        for (at, country, role) in [(0, &dyad.actor, "actor"), (1, &dyad.recipient, "recipient")] {
            streams[at].push(sided("country", text(country.as_str()), role));
            if !dyad.directed {
                let other = if role == "actor" { "recipient" } else { "actor" };
                streams[at].push(sided("country", text(country.as_str()), other));
            }
        }
        first.push(list(&dyad.actor, "actor"));
        second.push(list(&dyad.recipient, "recipient"));
    }
    Condition {
        check: Statement::join(&checks, " OR ").within("(", ")"),
        lists: [first, second].iter().map(|lists| List::plain(Statement::join(lists, " UNION ALL "))).collect(),
        streams: streams.into_iter().filter(|runs| runs.len() <= RUNS).collect(),
        ..Condition::default()
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

/// Selects what began long before a day and may last to it, or later.
pub(crate) fn long(id: &str, from: &str) -> Statement {
    let sql = format!(
        "SELECT {id} FROM event INDEXED BY event_by_long_time WHERE coalesce(latest, '9999-12-31') >= ? AND moment < ?
         AND moment < 4611686018427387904 AND ((moment >> 26) & 16383 = 0 OR (moment >> 26) & 16383 > 32)"
    );
    Statement::new(sql, [text(from), Value::from(moment::begins(&begins_by(from)))])
}

fn time_of(days: &Days) -> Condition {
    let [main, unknown] = stretches(days);
    let mut lists: Vec<Statement> = days.from.iter().map(|from| long("id", from)).collect();
    for (low, high) in [main, unknown] {
        let sql = "SELECT id FROM event INDEXED BY event_by_time WHERE moment >= ? AND moment < ?";
        lists.push(Statement::new(sql, [low.into(), high.into()]));
    }
    Condition { exact: false, ..Condition::listed(time_check(days), Statement::join(&lists, " UNION ALL ")) }
}

/// The moments of events that began on one of the days or shortly before, and of those of which only the last day is known.
pub(crate) fn stretches(days: &Days) -> [(i64, i64); 2] {
    let low = days.from.as_deref().map_or(0, |from| moment::begins(&begins_by(from)));
    let high = days.to.as_deref().map_or(moment::UNKNOWN, moment::begins_after);
    let unknown = match (&days.from, &days.to) {
        (Some(from), _) => moment::ends(from),
        (None, Some(_)) => moment::ends("0000-01-01"),
        (None, None) => moment::UNKNOWN,
    };
    [(low, high), (unknown, i64::MAX)]
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
    Condition { check, lists: vec![list], exact: true, ..Condition::default() }
}

/// `column` is `key` or `country`.
fn place(column: &str, values: &[Value]) -> Condition {
    let check = one_of(column, values).within("EXISTS (SELECT 1 FROM place WHERE event = e.id AND +", ")");
    let list =
        one_of(column, values).within(&format!("SELECT event FROM place INDEXED BY place_by_{column} WHERE "), "");
    let from = format!("place INDEXED BY place_by_{column} WHERE {column} = ?");
    let runs = values.iter().map(|value| Run::new(Statement::new(from.as_str(), [value.clone()]), "event"));
    Condition::listed(check, list).ordered(runs.collect())
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
    Condition { check, lists: vec![List { select, count, each: 1 }], exact: true, ..Condition::default() }
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
    let articles = wanted.clone().within(&format!("SELECT a.id FROM {from} WHERE "), "");
    let count = wanted.within(&format!("SELECT 1 FROM {from} WHERE "), "");
    let lists = vec![List { select, count, each: EVENTS_AN_ARTICLE }];
    Condition { check, lists, exact: true, articles: Some(articles), ..Condition::default() }
}

/// `keys` are keys of articles, or what these begin with.
fn articles(keys: &[String]) -> Condition {
    let begins: Vec<Statement> = keys
        .iter()
        .map(|key| {
            Statement::new("a.key >= ? AND a.key < ? || char(1114111)", [text(key.as_str()), text(key.as_str())])
        })
        .collect();
    let wanted = Statement::join(&begins, " OR ");
    let check = wanted.clone().within(
        "EXISTS (SELECT 1 FROM report r INDEXED BY report_by_event CROSS JOIN article a ON a.id = r.article WHERE r.event = e.id AND (",
        "))",
    );
    let select = wanted.clone().within(
        "SELECT r.event FROM article a CROSS JOIN report r INDEXED BY report_by_article ON r.article = a.id WHERE (",
        ")",
    );
    let of = wanted.clone().within("SELECT a.id FROM article a WHERE ", "");
    let count = wanted.within("SELECT 1 FROM article a WHERE ", "");
    let lists = vec![List { select, count, each: EVENTS_AN_ARTICLE }];
    Condition { check, lists, exact: true, articles: Some(of), ..Condition::default() }
}

fn words_of(words: &Words) -> Condition {
    let query = [text(words.query())];
    let check = "EXISTS (SELECT 1 FROM report r INDEXED BY report_by_event CROSS JOIN words w ON w.rowid = r.article WHERE r.event = e.id AND w.words MATCH ?)";
    let select = "SELECT r.event FROM words w CROSS JOIN report r INDEXED BY report_by_article ON r.article = w.rowid WHERE w.words MATCH ?";
    let list = List {
        select: Statement::new(select, query.clone()),
        count: Statement::new("SELECT 1 FROM words WHERE words MATCH ?", query.clone()),
        each: EVENTS_AN_ARTICLE,
    };
    let articles = Statement::new("SELECT rowid FROM words WHERE words MATCH ?", query.clone());
    let check = Statement::new(check, query);
    Condition { check, lists: vec![list], exact: true, articles: Some(articles), ..Condition::default() }
}

/// So many question marks over numbers, for SQL that asks for rows by number.
pub(crate) fn ids(numbers: &[i64]) -> Statement {
    Statement::new(any(numbers.len()), numbers.iter().copied().map(Value::from).collect::<Vec<_>>())
}
