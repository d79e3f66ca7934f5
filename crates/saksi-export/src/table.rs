//! Tables: cells of a few kinds, written as lines, JSON Lines or by columns.

use crate::Out;
use saksi_batch::rows::{self, Delimiter, Kind};
use std::io;

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Not known.
    Empty,
    /// Words.
    Text(String),
    /// Several values; an empty one keeps its place.
    List(Vec<String>),
    /// A number.
    Number(f64),
    /// A whole number.
    Whole(i64),
    /// Yes or no.
    Flag(bool),
}

impl Cell {
    /// As it stands in a line or a column.
    fn plain(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::List(parts) => rows::join(parts.iter().cloned()),
            Self::Number(number) => number.to_string(),
            Self::Whole(number) => number.to_string(),
            Self::Flag(flag) => flag.to_string(),
        }
    }

    fn json(&self) -> serde_json::Value {
        match self {
            Self::Empty => serde_json::Value::Null,
            Self::Text(text) => text.as_str().into(),
            Self::List(parts) => parts
                .iter()
                .map(|part| if part.is_empty() { serde_json::Value::Null } else { part.as_str().into() })
                .collect(),
            Self::Number(number) => (*number).into(),
            Self::Whole(number) => (*number).into(),
            Self::Flag(flag) => (*flag).into(),
        }
    }

    /// The words, or nothing known.
    pub(crate) fn maybe(text: Option<impl Into<String>>) -> Self {
        text.map(Into::into).map_or(Self::Empty, Self::text)
    }

    /// The words; empty words are nothing known.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }

    pub(crate) fn number(number: Option<f64>) -> Self {
        number.map_or(Self::Empty, Self::Number)
    }

    /// Several values in one cell of words, as other programs' tables have them.
    pub(crate) fn joined(parts: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::text(rows::join(parts.into_iter().map(Into::into).filter(|part| !part.is_empty())))
    }
}

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
}

/// A column of words.
pub(crate) const fn text(name: &'static str) -> Column {
    Column { name, kind: Kind::Text }
}

/// A column of numbers.
pub(crate) const fn number(name: &'static str) -> Column {
    Column { name, kind: Kind::Number }
}

/// A column of whole numbers.
pub(crate) const fn whole(name: &'static str) -> Column {
    Column { name, kind: Kind::Whole }
}

/// A column of yes and no.
pub(crate) const fn flag(name: &'static str) -> Column {
    Column { name, kind: Kind::Flag }
}

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sheet {
    /// Lines with commas (RFC 4180); several values are separated by `; `.
    Csv,
    /// Lines with tabs; tabs and line breaks in a cell become blanks.
    Tsv,
    /// One JSON object a line; several values are a list.
    Jsonl,
    /// By columns (Parquet); several values are separated by `; `.
    #[cfg(feature = "parquet")]
    Parquet,
}

/// How a table is written, and for whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// The form of the file.
    pub sheet: Sheet,
    /// Whether words that a spreadsheet would run as a formula get an apostrophe before them.
    pub spreadsheet: bool,
}

/// Rows of a table by columns are written in groups of this many, which bounds what is held in memory.
#[cfg(feature = "parquet")]
const GROUP: usize = 10_000;

enum Kept<'o> {
    Lines(Out<'o>, Delimiter),
    Json(Out<'o>),
    #[cfg(feature = "parquet")]
    Columns {
        file: Box<saksi_batch::columns::Columns<Out<'o>>>,
        rows: Vec<Vec<String>>,
    },
}

/// A table that is being written.
pub struct Table<'o> {
    columns: &'static [Column],
    kept: Kept<'o>,
    spreadsheet: bool,
}

impl<'o> Table<'o> {
    /// Begins a table with its header.
    ///
    /// # Errors
    /// If `out` cannot be written to.
    pub fn new(out: Out<'o>, columns: &'static [Column], layout: Layout) -> io::Result<Self> {
        let mut table = Self::headless(out, columns, layout)?;
        if let Kept::Lines(out, delimiter) = &mut table.kept {
            out.write_all(rows::line(*delimiter, columns.iter().map(|column| column.name)).as_bytes())?;
        }
        Ok(table)
    }

    /// Begins a table whose lines have no header.
    ///
    /// # Errors
    /// If `out` cannot be written to.
    pub fn headless(out: Out<'o>, columns: &'static [Column], layout: Layout) -> io::Result<Self> {
        let kept = match layout.sheet {
            Sheet::Csv => Kept::Lines(out, Delimiter::Comma),
            Sheet::Tsv => Kept::Lines(out, Delimiter::Tab),
            Sheet::Jsonl => Kept::Json(out),
            #[cfg(feature = "parquet")]
            Sheet::Parquet => {
                let names: Vec<_> = columns.iter().map(|column| (column.name, column.kind)).collect();
                let file = saksi_batch::columns::Columns::new(out, &names).map_err(io::Error::other)?;
                Kept::Columns { file: Box::new(file), rows: Vec::new() }
            }
        };
        Ok(Self { columns, kept, spreadsheet: layout.spreadsheet })
    }

    /// Writes a row, one cell a column.
    ///
    /// # Errors
    /// If the output cannot be written to.
    pub fn row(&mut self, cells: &[Cell]) -> io::Result<()> {
        debug_assert_eq!(cells.len(), self.columns.len(), "a row has a cell for each column");
        let plain = |cell: &Cell| {
            let words = matches!(cell, Cell::Text(_) | Cell::List(_));
            if self.spreadsheet && words { harmless(cell.plain()) } else { cell.plain() }
        };
        match &mut self.kept {
            Kept::Lines(out, delimiter) => {
                let cells: Vec<String> = cells.iter().map(plain).collect();
                out.write_all(rows::line(*delimiter, cells.iter().map(String::as_str)).as_bytes())
            }
            Kept::Json(out) => {
                let row: serde_json::Map<String, serde_json::Value> = self
                    .columns
                    .iter()
                    .zip(cells)
                    .map(|(column, cell)| (column.name.to_owned(), cell.json()))
                    .collect();
                serde_json::to_writer(&mut *out, &row)?;
                out.write_all(b"\n")
            }
            #[cfg(feature = "parquet")]
            Kept::Columns { file, rows } => {
                rows.push(cells.iter().map(Cell::plain).collect());
                if rows.len() >= GROUP {
                    file.group(rows).map_err(io::Error::other)?;
                    rows.clear();
                }
                Ok(())
            }
        }
    }

    /// Ends the table.
    ///
    /// # Errors
    /// If the output cannot be written to.
    pub fn finish(self) -> io::Result<()> {
        match self.kept {
            Kept::Lines(out, _) | Kept::Json(out) => out.flush(),
            #[cfg(feature = "parquet")]
            Kept::Columns { mut file, rows } => {
                if !rows.is_empty() {
                    file.group(&rows).map_err(io::Error::other)?;
                }
                file.finish().map_err(io::Error::other)
            }
        }
    }
}

/// Words that a spreadsheet shows as they are: an apostrophe stands before what it would run as a formula (OWASP, "CSV
/// injection"). A number stays a number.
pub fn harmless(words: String) -> String {
    let runs = words.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let number = words.starts_with(['+', '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9'])
        && words.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-'))
        && words.parse::<f64>().is_ok();
    if runs && !number { format!("'{words}") } else { words }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: &[Column] = &[text("who"), number("lat"), whole("n"), flag("old")];

    fn written(sheet: Sheet, spreadsheet: bool, rows: &[[Cell; 4]]) -> String {
        let mut out = Vec::new();
        let mut table = Table::new(&mut out, COLUMNS, Layout { sheet, spreadsheet }).unwrap();
        for row in rows {
            table.row(row).unwrap();
        }
        table.finish().unwrap();
        String::from_utf8(out).unwrap()
    }

    fn who(words: &str) -> [Cell; 4] {
        [Cell::text(words), Cell::Number(-6.2), Cell::Whole(-3), Cell::Flag(true)]
    }

    #[test]
    fn cells_are_quoted_in_csv_and_flattened_in_tsv() {
        let rows = [who("a, \"b\"\nc\td")];
        assert_eq!(written(Sheet::Csv, false, &rows), "who,lat,n,old\n\"a, \"\"b\"\"\nc\td\",-6.2,-3,true\n");
        assert_eq!(written(Sheet::Tsv, false, &rows), "who\tlat\tn\told\na, \"b\" c d\t-6.2\t-3\ttrue\n");
    }

    #[test]
    fn several_values_are_a_list_in_json() {
        let rows = [[Cell::List(vec!["A".into(), String::new()]), Cell::Empty, Cell::Empty, Cell::Empty]];
        assert_eq!(
            written(Sheet::Jsonl, false, &rows),
            "{\"who\":[\"A\",null],\"lat\":null,\"n\":null,\"old\":null}\n"
        );
        assert_eq!(written(Sheet::Csv, false, &rows), "who,lat,n,old\nA; ,,,\n");
    }

    #[test]
    fn what_a_spreadsheet_would_run_is_words() {
        for words in ["=1+1", "+cmd|'/c calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1"] {
            assert!(harmless(words.into()).starts_with('\''), "{words:?}");
        }
        for words in ["a=1", "", "'=1", "-6.2", "+62", "-1e5"] {
            assert_eq!(harmless(words.into()), words);
        }
        assert!(written(Sheet::Csv, true, &[who("=A1")]).ends_with("'=A1,-6.2,-3,true\n"));
        assert!(written(Sheet::Csv, false, &[who("=A1")]).ends_with("\n=A1,-6.2,-3,true\n"));
    }

    #[test]
    fn a_cell_that_begins_with_a_tab_does_not_lose_its_apostrophe_in_tsv() {
        assert!(written(Sheet::Tsv, true, &[who("\t=A1")]).contains("\n' =A1\t"));
    }
}
