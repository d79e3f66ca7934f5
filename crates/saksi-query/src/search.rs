use crate::collection::Collection;
use crate::error::QueryError;
use crate::events::parse;
use crate::filter::Days;
use crate::names::{self, one_of};
use crate::snippet::{Snippet, snippet};
use crate::statement::{Statement, text};
use crate::words::Words;
use rusqlite::types::Value;
use saksi_record::Record;
use serde::Serialize;

/// Articles that are ranked at most: bm25 looks at each.
const RANKED: i64 = 8_000;
/// How much more a word in the title says than one in the body.
const TITLE: f64 = 3.0;

/// Which articles.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchFilter {
    /// BCP 47.
    pub languages: Vec<String>,
    /// Who published it, in any case.
    pub outlets: Vec<String>,
    /// Days of publication.
    pub published: Days,
}

/// Articles that hold words.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Found {
    /// Best first.
    pub hits: Vec<Hit>,
    /// Whether there are more.
    pub more: bool,
    /// Articles that were ranked, where the words are in so many that only the last that came in were.
    pub ranked: Option<u64>,
}

/// An article that holds words.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Hit {
    /// Its key.
    pub article: String,
    /// Headline.
    pub title: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Day of publication.
    pub published: Option<String>,
    /// BCP 47.
    pub language: String,
    /// Its address, or the path it was read from.
    pub address: Option<String>,
    /// How well it fits: bm25, higher is better.
    pub score: f64,
    /// Where the words stand.
    pub snippet: Option<Snippet>,
}

/// Articles that hold words, best first, `limit` of them after the first `skip`.
///
/// # Errors
/// For an outlet that is not there or a language that is none.
pub fn search(
    of: &Collection,
    words: &Words,
    filter: &SearchFilter,
    limit: usize,
    skip: usize,
) -> Result<Found, QueryError> {
    let db = &of.db;
    let query = text(words.query());
    let count = "SELECT count(*) FROM (SELECT rowid FROM words WHERE words MATCH ? LIMIT ?)";
    let common = Statement::new(count, [query.clone(), (RANKED + 1).into()]).number(db)? > RANKED;
    let mut narrow = Statement::default();
    if !filter.languages.is_empty() {
        names::languages(db, &filter.languages)?;
        let codes: Vec<Value> = filter.languages.iter().map(|code| text(code.to_lowercase())).collect();
        narrow.push(" AND ", []).append(&one_of("lower(a.language)", &codes));
    }
    if !filter.outlets.is_empty() {
        narrow.push(" AND ", []).append(&one_of("a.outlet", &names::outlets(of, &filter.outlets)?));
    }
    if let Some(from) = &filter.published.from {
        narrow.push(" AND a.published >= ?", [text(from.as_str())]);
    }
    if let Some(to) = &filter.published.to {
        narrow.push(" AND a.published <= ?", [text(to.as_str())]);
    }
    let columns = "a.key, a.title, a.outlet, a.published, a.language, coalesce(a.url, a.source)";
    let mut found = if common {
        // the last that came in, found by row, then ranked
        let last = format!(
            "SELECT w.rowid FROM words w CROSS JOIN article a ON a.id = w.rowid WHERE w.words MATCH ?{} ORDER BY w.rowid DESC LIMIT {RANKED}",
            narrow.sql
        );
        let mut params = vec![query.clone()];
        params.extend(narrow.params);
        let rows = Statement::new(last, params).numbers(db)?;
        let low = rows.last().copied().unwrap_or(0);
        let mut ranked = Statement::new(
            format!("SELECT w.rowid, -bm25(words, {TITLE}, 1.0) AS score FROM words w WHERE w.words MATCH ? AND w.rowid >= ?"),
            [query, low.into()],
        )
        .rows(db, |row| Ok((row.get::<_, i64>(0)?, row.get::<_, f64>(1)?)))?;
        let kept: std::collections::HashSet<i64> = rows.into_iter().collect();
        ranked.retain(|(row, _)| kept.contains(row));
        ranked
    } else {
        let mut all = Statement::new(
            format!(
                "SELECT w.rowid, -bm25(words, {TITLE}, 1.0) FROM words w CROSS JOIN article a ON a.id = w.rowid WHERE w.words MATCH ?"
            ),
            [query],
        );
        all.append(&narrow);
        all.rows(db, |row| Ok((row.get::<_, i64>(0)?, row.get::<_, f64>(1)?)))?
    };
    let ranked = common.then_some(found.len() as u64);
    found.sort_by(|one, other| other.1.total_cmp(&one.1));
    // those as good as the last shown too, so that day and key decide between them
    let least = found.get(skip + limit).or(found.last()).map_or(f64::MIN, |(_, score)| *score);
    let mut hits = Vec::new();
    for (row, score) in found.into_iter().take_while(|(_, score)| *score >= least).take(skip + limit + 500) {
        let article = Statement::new(format!("SELECT {columns} FROM article a WHERE a.id = ?"), [row.into()]);
        hits.extend(article.rows(db, |line| {
            let hit = Hit {
                article: line.get(0)?,
                title: line.get(1)?,
                outlet: line.get(2)?,
                published: line.get(3)?,
                language: line.get(4)?,
                address: line.get(5)?,
                score,
                snippet: None,
            };
            Ok((row, hit))
        })?);
    }
    hits.sort_by(|(_, one), (_, other)| {
        let later = other.published.cmp(&one.published);
        other.score.total_cmp(&one.score).then(later).then_with(|| one.article.cmp(&other.article))
    });
    let more = hits.len() > skip + limit;
    let mut shown = Vec::new();
    for (row, mut hit) in hits.into_iter().skip(skip).take(limit) {
        let record = Statement::new("SELECT record FROM article WHERE id = ?", [row.into()]).texts(db)?;
        if let Some(json) = record.first() {
            let record: Record = parse(json)?;
            hit.snippet = snippet(&record, words);
        }
        shown.push(hit);
    }
    Ok(Found { hits: shown, more, ranked })
}
