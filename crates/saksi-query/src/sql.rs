use crate::collection::connect;
use crate::error::QueryError;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::limits::Limit;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, ErrorCode};
use serde::Serialize;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// What a statement may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How long it may run.
    pub time: Duration,
    /// Rows of its answer at most.
    pub rows: usize,
    /// Bytes that `SQLite` may hold for it.
    pub memory: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { time: Duration::from_secs(10), rows: 1_000, memory: 512 << 20 }
    }
}

/// The answer of a statement.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SqlRows {
    /// Names of columns.
    pub columns: Vec<String>,
    /// Rows.
    pub rows: Vec<Vec<Cell>>,
    /// Whether there were more rows than the limit.
    pub more: bool,
}

/// A value.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Cell {
    /// Nothing.
    Null,
    /// A whole number.
    Whole(i64),
    /// Any number.
    Real(f64),
    /// A text; what is not UTF-8 in it is replaced.
    Text(String),
    /// Bytes, as hexadecimal digits.
    Bytes(String),
}

/// Bytes of a statement, of a value, and columns, at most.
const STATEMENT: i32 = 1 << 20;
const VALUE: i32 = 64 << 20;
const COLUMNS: i32 = 500;
/// Depth of an expression, and rules a statement is made of, at most.
const DEPTH: i32 = 200;
const PARTS: i32 = 50;
/// Steps of the machine of `SQLite` between two looks at the clock.
const STEPS: i32 = 1_000;
/// Pragmas that only tell what is there; some of them take the name of a table.
const PRAGMAS: [&str; 10] = [
    "table_info",
    "table_xinfo",
    "table_list",
    "index_list",
    "index_info",
    "index_xinfo",
    "foreign_key_list",
    "function_list",
    "collation_list",
    "pragma_list",
];
/// Functions that reach outside the file or show its raw bytes.
const FUNCTIONS: [&str; 3] = ["load_extension", "readfile", "writefile"];

/// Runs one statement that reads.
///
/// The file is opened for reading only, `SQLite` is told to refuse all but reading, and the statement is stopped at the
/// limits.
///
/// # Errors
/// [`QueryError::Sql`] with what `SQLite` says of the statement, [`QueryError::Usage`] if it would change something or
/// is not one statement, [`QueryError::Stopped`] at a limit.
pub fn sql(path: &Path, wait: Duration, statement: &str, limits: &Limits) -> Result<SqlRows, QueryError> {
    let mut db = connect(path, wait)?;
    restrict(&mut db, limits)?;
    let out_of_time = Arc::new(AtomicBool::new(false));
    let (end, flag) = (Instant::now() + limits.time, Arc::clone(&out_of_time));
    db.progress_handler(
        STEPS,
        Some(move || {
            let late = Instant::now() >= end;
            flag.fetch_or(late, Ordering::Relaxed);
            late
        }),
    )?;
    run(&db, statement, limits).map_err(|error| told(error, limits, out_of_time.load(Ordering::Relaxed)))
}

fn restrict(db: &mut Connection, limits: &Limits) -> Result<(), QueryError> {
    let memory = i64::try_from(limits.memory).unwrap_or(i64::MAX);
    let most: i64 = db.query_row(&format!("PRAGMA hard_heap_limit = {memory}"), [], |row| row.get(0))?;
    debug_assert!(most <= memory);
    db.query_row(&format!("PRAGMA soft_heap_limit = {}", memory / 4 * 3), [], |row| row.get::<_, i64>(0))?;
    for (limit, most) in [
        (Limit::SQLITE_LIMIT_SQL_LENGTH, STATEMENT),
        (Limit::SQLITE_LIMIT_LENGTH, VALUE),
        (Limit::SQLITE_LIMIT_COLUMN, COLUMNS),
        (Limit::SQLITE_LIMIT_EXPR_DEPTH, DEPTH),
        (Limit::SQLITE_LIMIT_COMPOUND_SELECT, PARTS),
        (Limit::SQLITE_LIMIT_ATTACHED, 0),
        (Limit::SQLITE_LIMIT_WORKER_THREADS, 0),
    ] {
        db.set_limit(limit, most)?;
    }
    db.authorizer(Some(allowed))?;
    Ok(())
}

#[allow(clippy::needless_pass_by_value)] // the hook's signature
fn allowed(context: AuthContext<'_>) -> Authorization {
    let reads = match context.action {
        AuthAction::Select | AuthAction::Read { .. } | AuthAction::Recursive => true,
        AuthAction::Function { function_name } => !FUNCTIONS.contains(&function_name),
        // full-text search asks for `data_version`, to see whether another connection wrote
        AuthAction::Pragma { pragma_name, pragma_value } => {
            PRAGMAS.contains(&pragma_name) || (pragma_name, pragma_value) == ("data_version", None)
        }
        _ => false,
    };
    if reads { Authorization::Allow } else { Authorization::Deny }
}

fn run(db: &Connection, statement: &str, limits: &Limits) -> Result<SqlRows, rusqlite::Error> {
    let mut prepared = db.prepare(statement)?;
    if !prepared.readonly() {
        return Err(rusqlite::Error::InvalidQuery);
    }
    let columns: Vec<String> = prepared.column_names().map(ToOwned::to_owned).collect();
    let mut answer = SqlRows { columns, rows: Vec::new(), more: false };
    let mut rows = prepared.query([])?;
    while let Some(row) = rows.next()? {
        if answer.rows.len() == limits.rows {
            answer.more = true;
            break;
        }
        let cells = (0..answer.columns.len()).map(|at| row.get_ref(at).map(cell));
        answer.rows.push(cells.collect::<Result<_, _>>()?);
    }
    Ok(answer)
}

fn cell(value: ValueRef<'_>) -> Cell {
    match value {
        ValueRef::Null => Cell::Null,
        ValueRef::Integer(number) => Cell::Whole(number),
        ValueRef::Real(number) => Cell::Real(number),
        ValueRef::Text(bytes) => Cell::Text(String::from_utf8_lossy(bytes).into_owned()),
        ValueRef::Blob(bytes) => {
            use std::fmt::Write as _;
            let mut hex = String::with_capacity(bytes.len() * 2);
            for byte in bytes {
                let _ = write!(hex, "{byte:02x}");
            }
            Cell::Bytes(hex)
        }
    }
}

fn told(error: rusqlite::Error, limits: &Limits, late: bool) -> QueryError {
    const READS: &str = "one SELECT, or WITH … SELECT, that only reads";
    match &error {
        rusqlite::Error::InvalidQuery => QueryError::usage("the statement would change something", READS),
        rusqlite::Error::MultipleStatement => QueryError::usage("more than one statement", READS),
        rusqlite::Error::InvalidParameterCount(..) => {
            QueryError::usage("the statement has a place for a value that is not given", "write the value itself")
        }
        _ => match error.sqlite_error_code() {
            Some(ErrorCode::OperationInterrupted) if late => QueryError::Stopped {
                reason: format!("the statement ran longer than {} seconds and was stopped", limits.time.as_secs()),
                help: "ask for less, or give more time with --seconds".into(),
            },
            Some(ErrorCode::OutOfMemory | ErrorCode::TooBig) => QueryError::Stopped {
                reason: format!("the statement needs more than {} MiB of memory and was stopped", limits.memory >> 20),
                help: "ask for less: fewer columns, no sort of all rows".into(),
            },
            Some(ErrorCode::AuthorizationForStatementDenied | ErrorCode::ReadOnly) => {
                QueryError::usage(format!("this is not allowed here: {}", QueryError::from(error)), READS)
            }
            _ => {
                let error = QueryError::from(error);
                if matches!(&error, QueryError::Sql { reason, .. } if reason.starts_with("not authorized")) {
                    return QueryError::usage(format!("this is not allowed here: {error}"), READS);
                }
                error
            }
        },
    }
}
