//! From what a person calls an actor, place, outlet or language to how the collection does.

use crate::collection::Collection;
use crate::error::{Candidate, QueryError};
use crate::filter::Filter;
use crate::statement::{Statement, any};
use rusqlite::Connection;
use rusqlite::types::Value;

/// Candidates named to the user at most.
const SHOWN: usize = 20;

/// The row of the actor that goes by a name or has it as its key; none if nobody does.
///
/// A key wins over a name, an actor's own name over what it is called now and then, a whole name over a part of it.
///
/// # Errors
/// [`QueryError::Ambiguous`] if several do.
pub(crate) fn actor(of: &Collection, name: &str) -> Result<Option<i64>, QueryError> {
    let db = &of.db;
    let by_key = Statement::new("SELECT id FROM actor WHERE key = ?", [name.to_owned().into()]).numbers(db)?;
    if let [id] = by_key[..] {
        return Ok(Some(id));
    }
    let folded = of.fold(name);
    if folded.is_empty() {
        return Ok(None);
    }
    let select =
        "SELECT k.id, k.key, k.name, k.kind, k.country, sum(a.articles) FROM alias a JOIN actor k ON k.id = a.actor";
    let sort = "GROUP BY k.id ORDER BY sum(a.articles) DESC, k.key";
    let whole = candidates(db, &format!("{select} WHERE a.folded = ? {sort}"), folded.clone())?;
    let found = if whole.is_empty() {
        let part = format!("% {folded} %");
        candidates(db, &format!("{select} WHERE ' ' || a.folded || ' ' LIKE ? {sort} LIMIT {}", SHOWN + 1), part)?
    } else {
        whole
    };
    match &found[..] {
        [] => Ok(None),
        [(id, _)] => Ok(Some(*id)),
        _ => {
            let own: Vec<i64> =
                found.iter().filter(|(_, actor)| of.fold(&actor.name) == folded).map(|(id, _)| *id).collect();
            if let [id] = own[..] {
                return Ok(Some(id));
            }
            let candidates = found.into_iter().map(|(_, actor)| actor).take(SHOWN).collect();
            Err(QueryError::Ambiguous { name: name.to_owned(), candidates })
        }
    }
}

fn candidates(db: &Connection, sql: &str, param: String) -> Result<Vec<(i64, Candidate)>, QueryError> {
    let mut statement = db.prepare(sql)?;
    let rows = statement.query_map([param], |row| {
        Ok((
            row.get(0)?,
            Candidate {
                key: row.get(1)?,
                name: row.get(2)?,
                kind: row.get(3)?,
                country: row.get(4)?,
                articles: row.get::<_, i64>(5)? as u64,
            },
        ))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The rows of actors; names that nobody goes by are left out.
pub(crate) fn actors(of: &Collection, names: &[String]) -> Result<Vec<Value>, QueryError> {
    let mut ids = Vec::new();
    for name in names {
        ids.extend(actor(of, name)?.map(Value::from));
    }
    Ok(ids)
}

/// Names of a filter that nobody and no place of the collection goes by, each with what it should be the name of.
///
/// # Errors
/// [`QueryError::Ambiguous`] for a name that several actors go by.
pub fn unknown(of: &Collection, filter: &Filter) -> Result<Vec<(&'static str, String)>, QueryError> {
    let mut unknown = Vec::new();
    for names in [&filter.actors, &filter.recipients, &filter.parties, &filter.sources] {
        for name in names {
            if actor(of, name)?.is_none() {
                unknown.push(("actor", name.clone()));
            }
        }
    }
    for name in &filter.places {
        if places(&of.db, std::slice::from_ref(name))?.is_empty() {
            unknown.push(("place", name.clone()));
        }
    }
    Ok(unknown)
}

/// Keys of the places of a name, in any case, or of that key.
pub(crate) fn places(db: &Connection, names: &[String]) -> Result<Vec<Value>, QueryError> {
    let mut keys = Vec::new();
    for name in names {
        let sql = "SELECT DISTINCT key FROM place WHERE name = ? COLLATE NOCASE UNION SELECT ? WHERE EXISTS (SELECT 1 FROM place WHERE key = ?)";
        let named = Statement::new(sql, vec![Value::from(name.clone()); 3]);
        keys.extend(named.texts(db)?.into_iter().map(Value::from));
    }
    Ok(keys)
}

/// Outlets as the collection spells them.
///
/// # Errors
/// For one that it has no article of, with those it has.
pub(crate) fn outlets(of: &Collection, names: &[String]) -> Result<Vec<Value>, QueryError> {
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let all = distinct(&of.db, "article", "outlet")?;
    let mut found = Vec::new();
    for name in names {
        let folded = of.fold(name);
        let before = found.len();
        found.extend(all.iter().filter(|outlet| of.fold(outlet) == folded).cloned().map(Value::from));
        if found.len() == before {
            let some: Vec<_> = all.iter().take(SHOWN).map(String::as_str).collect();
            let more = if all.len() > SHOWN { ", …" } else { "" };
            return Err(QueryError::usage(
                format!("the collection has no article of an outlet called `{name}`"),
                format!("it has: {}{more}", some.join(", ")),
            ));
        }
    }
    Ok(found)
}

/// The values of `event.languages` that hold one of the languages.
pub(crate) fn languages(db: &Connection, codes: &[String]) -> Result<Vec<Value>, QueryError> {
    if let Some(code) = codes.iter().find(|code| !is_language(code)) {
        return Err(QueryError::usage(format!("`{code}` is no language"), "write its code, as id, en or zh-Hant"));
    }
    if codes.is_empty() {
        return Ok(Vec::new());
    }
    let sets = distinct(db, "event", "languages")?;
    let holds = |set: &String| {
        let set: Vec<String> = serde_json::from_str(set).unwrap_or_default();
        set.iter().any(|language| codes.iter().any(|code| code.eq_ignore_ascii_case(language)))
    };
    Ok(sets.into_iter().filter(holds).map(Value::from).collect())
}

/// Whether a text has the shape of a BCP 47 tag.
fn is_language(code: &str) -> bool {
    let mut parts = code.split('-');
    let first = parts.next().unwrap_or_default();
    (2..=3).contains(&first.len())
        && first.bytes().all(|byte| byte.is_ascii_alphabetic())
        && parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// Modes that events of the collection have.
///
/// # Errors
/// For one that none has, with those they have.
pub(crate) fn modes(db: &Connection, modes: &[String]) -> Result<Vec<Value>, QueryError> {
    if modes.is_empty() {
        return Ok(Vec::new());
    }
    let sql = "WITH RECURSIVE step (mode) AS (
        SELECT min(mode) FROM event INDEXED BY event_by_mode WHERE mode IS NOT NULL UNION ALL
        SELECT (SELECT min(mode) FROM event INDEXED BY event_by_mode WHERE mode IS NOT NULL AND mode > s.mode) FROM step s WHERE s.mode IS NOT NULL)
        SELECT mode FROM step WHERE mode IS NOT NULL";
    let all = Statement::new(sql, []).texts(db)?;
    for mode in modes {
        if !all.contains(mode) {
            return Err(QueryError::usage(
                format!("no event of the collection has the mode `{mode}`"),
                format!("there are: {}", all.join(", ")),
            ));
        }
    }
    Ok(modes.iter().cloned().map(Value::from).collect())
}

/// The values of an indexed column, without a pass over its rows (sqlite.org/cvstrac/wiki: loose index scan).
pub(crate) fn distinct(db: &Connection, table: &str, column: &str) -> Result<Vec<String>, QueryError> {
    let sql = format!(
        "WITH RECURSIVE step (v) AS (SELECT (SELECT min({column}) FROM {table}) UNION ALL
         SELECT (SELECT min({column}) FROM {table} WHERE {column} > v) FROM step WHERE v IS NOT NULL)
         SELECT v FROM step WHERE v IS NOT NULL"
    );
    Statement::new(sql, []).texts(db)
}

/// `column IN (…)` over values.
pub(crate) fn one_of(column: &str, values: &[Value]) -> Statement {
    Statement::new(format!("{column} IN ({})", any(values.len())), values.to_vec())
}
