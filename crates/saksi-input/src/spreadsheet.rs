//! Excel workbooks (`.xlsx`): each sheet that is shown is a table with a header line.

use crate::document::{Failure, Found, Place};
use crate::fields::{Row, of_row};
use crate::open::{Context, Documents, one};
use crate::reason::Reason;
use crate::sniff::is_address;
use crate::table::can_be_read;
use calamine::{DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek};
use std::panic::{AssertUnwindSafe, catch_unwind};
use zip::ZipArchive;

/// The name of the column where a sheet of bare addresses has no header line.
const ADDRESSES: &str = "url";

/// The cells of a row that hold something, by column.
type Cells = BTreeMap<u32, String>;

/// A sheet: its rows by their number, counted from 1, the header line among them.
struct Sheet {
    name: String,
    rows: Vec<(u64, Cells)>,
}

/// One article a row, sheet by sheet.
///
/// A workbook is read as a whole: its strings stand apart from the cells. So all it unpacks to, and all text of its cells,
/// may have no more bytes than [`Limits::whole`](crate::Limits::whole).
pub(crate) fn documents(file: File, place: &Place, context: &Context) -> Documents {
    // The reader of workbooks is not ours, and must not end a batch.
    let read = catch_unwind(AssertUnwindSafe(|| sheets(file, context.options.limits.whole)));
    let sheets = match read.unwrap_or_else(|_| Err(Reason::Spreadsheet("it is broken".into()))) {
        Ok(sheets) => sheets,
        Err(reason) => return one(Found::Failed(Failure { place: place.clone(), reason })),
    };
    let (place, context) = (place.clone(), context.clone());
    let several = sheets.len() > 1;
    Box::new(sheets.into_iter().flat_map(move |sheet| {
        let entry = several.then(|| sheet.name.clone()).or_else(|| place.entry.clone());
        articles(sheet, &Place { entry, ..place.clone() }, &context)
    }))
}

/// The articles of a sheet.
fn articles(sheet: Sheet, place: &Place, context: &Context) -> Documents {
    let mut rows = sheet.rows.into_iter().peekable();
    let Some((line, first)) = rows.peek() else { return Box::new(std::iter::empty()) };
    let bare = first.iter().find(|(_, cell)| is_address(cell.trim().as_bytes())).map(|(column, _)| *column);
    let (columns, names): (Vec<u32>, Vec<String>) = match bare {
        Some(column) => (vec![column], vec![ADDRESSES.to_owned()]),
        None => first.iter().map(|(column, name)| (*column, name.trim().to_owned())).unzip(),
    };
    if let Err(reason) = can_be_read(&names, context) {
        return one(Found::Failed(Failure { place: place.line(*line), reason }));
    }
    if bare.is_none() {
        rows.next();
    }
    let (place, context) = (place.clone(), context.clone());
    Box::new(rows.filter_map(move |(line, mut cells)| {
        let cells: Vec<String> = columns.iter().map(|column| cells.remove(column).unwrap_or_default()).collect();
        let holds = cells.iter().any(|cell| !cell.trim().is_empty());
        holds.then(|| of_row(&Row { names: &names, cells }, place.line(line), &context))
    }))
}

/// The sheets that are shown.
fn sheets(file: File, limit: usize) -> Result<Vec<Sheet>, Reason> {
    let mut file = unpacks_to(file, limit)?;
    file.rewind().map_err(|error| Reason::of(&error))?;
    let mut book = Xlsx::new(BufReader::new(file)).map_err(|error| unread(&error))?;
    let shown = |sheet: &&calamine::Sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible;
    let names: Vec<String> = book.sheets_metadata().iter().filter(shown).map(|sheet| sheet.name.clone()).collect();
    let mut left = limit;
    names.into_iter().map(|name| rows(&mut book, &name, &mut left).map(|rows| Sheet { name, rows })).collect()
}

fn rows(book: &mut Xlsx<BufReader<File>>, name: &str, left: &mut usize) -> Result<Vec<(u64, Cells)>, Reason> {
    let mut cells = book.worksheet_cells_reader(name).map_err(|error| unread(&error))?;
    let mut rows: BTreeMap<u64, Cells> = BTreeMap::new();
    while let Some(cell) = cells.next_cell().map_err(|error| unread(&error))? {
        let (row, column) = cell.get_position();
        let Some(text) = written(cell.get_value()) else { continue };
        // Cells may share a string, so that little data holds much text.
        *left = left.checked_sub(text.len()).ok_or_else(too_large)?;
        rows.entry(u64::from(row) + 1).or_default().insert(column, text);
    }
    Ok(rows.into_iter().collect())
}

/// What a cell holds, as CSV would have it; days as ISO 8601.
fn written(cell: &DataRef<'_>) -> Option<String> {
    let text = match cell {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(is) => is.to_string(),
        DataRef::DateTime(when) => day(when),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(_) | DataRef::Empty => return None,
    };
    (!text.is_empty()).then_some(text)
}

fn day(when: &ExcelDateTime) -> String {
    if !when.is_datetime() {
        return when.as_f64().to_string();
    }
    let (year, month, day, hour, minute, second, _) = when.to_ymd_hms_milli();
    let day = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second) == (0, 0, 0) { day } else { format!("{day}T{hour:02}:{minute:02}:{second:02}") }
}

/// The file, if all that it unpacks to has at most `limit` bytes; its directory may say anything.
fn unpacks_to(file: File, limit: usize) -> Result<File, Reason> {
    let broken = |why: String| Reason::Spreadsheet(why);
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|error| broken(error.to_string()))?;
    let mut left = limit as u64;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|error| broken(error.to_string()))?;
        let bytes = io::copy(&mut part.take(left + 1), &mut io::sink()).map_err(|error| broken(error.to_string()))?;
        left = left.checked_sub(bytes).ok_or_else(too_large)?;
    }
    Ok(archive.into_inner().into_inner())
}

fn too_large() -> Reason {
    Reason::Spreadsheet("it holds too much to be read as a whole".into())
}

fn unread(error: &XlsxError) -> Reason {
    Reason::Spreadsheet(match error {
        XlsxError::Password => "it is locked with a password".into(),
        error => error.to_string(),
    })
}
