//! Tells the records of a part, once all are read, in which groups of copies they are.
//!
//! A file is written again whole, beside the old one, and takes its place in one step. Writing one again that was written
//! again already changes nothing, so a stop between two files does no harm.

use crate::failure::BatchError;
use crate::journal::PartDone;
use crate::parts::{Format, Kept, Table, Unwritten, write_with};
use crate::rows::{self, ARTICLE_COLUMNS, COLUMNS, Delimiter, group_cells};
use saksi_record::WireGroup;
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

/// Writes the files of a part again with the groups of its articles, in order.
pub(crate) fn part(
    folder: &Path,
    part: &PartDone,
    format: Format,
    groups: &[Option<WireGroup>],
) -> Result<Vec<Kept>, BatchError> {
    let name = |table: Table| table.file(part.number, format);
    let kept = |table: Table, bytes: u64| Kept { name: name(table), bytes };
    match format {
        Format::Jsonl => Ok(vec![kept(Table::Records, records(folder, &name(Table::Records), groups)?)]),
        Format::Csv => {
            // How many events each article has stands in the table of articles.
            let (articles, events) = (folder.join(name(Table::Articles)), folder.join(name(Table::Events)));
            let counts = counts(csv_rows(&articles)?, &articles, groups)?;
            let write = |table: Table, path: &Path, counts: &[usize]| {
                let rows = csv_rows(path)?;
                let written = write_with(folder, &name(table), |out| {
                    out.write_all(table.header(format).as_bytes())?;
                    tell(rows, path, counts, groups, table, |row| {
                        let line = rows::line(Delimiter::Comma, row.iter().map(String::as_str));
                        Ok(out.write_all(line.as_bytes())?)
                    })
                });
                Ok(kept(table, written?))
            };
            Ok(vec![
                write(Table::Articles, &articles, &vec![1; groups.len()])?,
                write(Table::Events, &events, &counts)?,
            ])
        }
        #[cfg(feature = "parquet")]
        Format::Parquet => {
            let (articles, events) = (folder.join(name(Table::Articles)), folder.join(name(Table::Events)));
            let counts = counts(column_rows(&articles)?, &articles, groups)?;
            let write = |table: Table, path: &Path, columns: &[&str], counts: &[usize]| {
                let rows = column_rows(path)?;
                let written = write_with(folder, &name(table), |out| {
                    let mut told = Vec::new();
                    tell(rows, path, counts, groups, table, |row| {
                        told.push(row);
                        Ok(())
                    })?;
                    Ok(out.write_all(&crate::columns::bytes(columns, &told))?)
                });
                Ok(kept(table, written?))
            };
            Ok(vec![
                write(Table::Articles, &articles, &ARTICLE_COLUMNS, &vec![1; groups.len()])?,
                write(Table::Events, &events, &COLUMNS, &counts)?,
            ])
        }
    }
}

/// Rows of a table, or that it cannot be read.
type Rows = Box<dyn Iterator<Item = Result<Vec<String>, BatchError>>>;

fn changed(file: &Path) -> BatchError {
    BatchError::Part { file: file.to_owned() }
}

fn records(folder: &Path, name: &str, groups: &[Option<WireGroup>]) -> Result<u64, BatchError> {
    let path = folder.join(name);
    let mut reader = File::open(&path).map(BufReader::new).map_err(|error| BatchError::io(&path, &error))?;
    write_with(folder, name, |out| {
        let mut line = Vec::new();
        for group in groups {
            line.clear();
            reader.read_until(b'\n', &mut line).map_err(|error| BatchError::io(&path, &error))?;
            let Some((before, after)) = around_group(&line) else { return Err(changed(&path).into()) };
            out.write_all(before)?;
            serde_json::to_writer(&mut *out, group).map_err(std::io::Error::from)?;
            out.write_all(after)?;
        }
        if reader.fill_buf().map_err(|error| BatchError::io(&path, &error))?.is_empty() {
            Ok(())
        } else {
            Err(changed(&path).into())
        }
    })
}

/// A record's line before and after what it says of the article's group.
///
/// The group is the last that stands in the article, and the text comes after that. A quotation mark within a string has a
/// backslash before it, so none of these marks can stand in one.
fn around_group(line: &[u8]) -> Option<(&[u8], &[u8])> {
    const GROUP: &[u8] = b",\"group\":";
    const TEXT: &[u8] = b"},\"text\":\"";
    let end = line.windows(TEXT.len()).position(|window| window == TEXT)?;
    let start = line[..end].windows(GROUP.len()).rposition(|window| window == GROUP)? + GROUP.len();
    line.ends_with(b"\n").then(|| (&line[..start], &line[end..]))
}

fn csv_rows(path: &Path) -> Result<Rows, BatchError> {
    let file = File::open(path).map_err(|error| BatchError::io(path, &error))?;
    let path: PathBuf = path.to_owned();
    Ok(Box::new(csv::Reader::from_reader(file).into_records().map(move |row| match row {
        Ok(row) => Ok(row.iter().map(str::to_owned).collect()),
        Err(_) => Err(changed(&path)),
    })))
}

#[cfg(feature = "parquet")]
fn column_rows(path: &Path) -> Result<Rows, BatchError> {
    let file = File::open(path).map_err(|error| BatchError::io(path, &error))?;
    let rows = crate::columns::rows(file).ok_or_else(|| changed(path))?;
    Ok(Box::new(rows.into_iter().map(Ok)))
}

/// How many events each article of a part has, by its table of articles.
fn counts(rows: Rows, file: &Path, groups: &[Option<WireGroup>]) -> Result<Vec<usize>, BatchError> {
    let place = ARTICLE_COLUMNS.iter().position(|column| *column == "events").unwrap_or_default();
    let count = |row: Vec<String>| row.get(place)?.parse().ok();
    let counts = rows.map(|row| count(row?).ok_or_else(|| changed(file))).collect::<Result<Vec<usize>, _>>()?;
    if counts.len() == groups.len() { Ok(counts) } else { Err(changed(file)) }
}

/// Hands on the rows of a table with their groups; `counts` says how many rows each article has.
fn tell(
    mut rows: Rows,
    file: &Path,
    counts: &[usize],
    groups: &[Option<WireGroup>],
    table: Table,
    mut hand_on: impl FnMut(Vec<String>) -> Result<(), Unwritten>,
) -> Result<(), Unwritten> {
    let columns: &[&str] = if table == Table::Articles { &ARTICLE_COLUMNS } else { &COLUMNS };
    let place = |column: &str| columns.iter().position(|known| *known == column);
    let places = ["group", "group_earliest", "group_kind"].map(place);
    for (group, count) in groups.iter().zip(counts) {
        for _ in 0..*count {
            let mut row = rows.next().ok_or_else(|| changed(file))??;
            if row.len() != columns.len() {
                return Err(changed(file).into());
            }
            for (place, cell) in places.iter().zip(group_cells(group.as_ref())) {
                if let Some(place) = *place {
                    row[place] = cell;
                }
            }
            hand_on(row)?;
        }
    }
    if rows.next().is_some() { Err(changed(file).into()) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use saksi_record::{CopyKind, Record};

    #[test]
    fn only_what_is_said_of_the_group_changes() {
        let trap = "x\",\"group\":null},\"text\":\"y";
        let mut record: Record = serde_json::from_value(serde_json::json!({
            "schema": "saksi/1",
            "article": {
                "id": "1", "from": trap, "url": null, "outlet": null, "author": null, "title": trap, "language": "en",
                "published": { "value": null, "basis": "none" }
            },
            "text": trap, "passages": [], "sentences": [], "actors": [], "places": [], "times": [], "events": [],
            "attributions": [], "notes": []
        }))
        .unwrap();
        let group = WireGroup { id: "0".into(), earliest: false, kind: CopyKind::Near, similarity: 0.5 };
        let line = |record: &Record| serde_json::to_string(record).unwrap() + "\n";
        for (then, now) in [(None, Some(group.clone())), (Some(group.clone()), Some(group)), (None, None)] {
            record.article.group = then;
            let written = line(&record);
            let (before, after) = around_group(written.as_bytes()).unwrap();
            let told = [before, &serde_json::to_vec(&now).unwrap(), after].concat();
            record.article.group = now;
            assert_eq!(String::from_utf8(told).unwrap(), line(&record));
        }
        assert_eq!(around_group(b"{\"schema\":"), None);
    }
}
