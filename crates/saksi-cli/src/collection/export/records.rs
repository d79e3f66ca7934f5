//! Records that were written before, one a line.

use crate::error::CliError;
use saksi_record::Record;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

/// Every record of the files, in order.
pub(super) fn each(files: &[PathBuf], take: &mut dyn FnMut(Record) -> Result<(), CliError>) -> Result<(), CliError> {
    for path in files {
        let open: Box<dyn BufRead> = if crate::input::is_stdin(path) {
            Box::new(BufReader::new(std::io::stdin()))
        } else {
            Box::new(BufReader::new(File::open(path).map_err(|error| CliError::input(path, error, "check the path"))?))
        };
        for (number, line) in open.lines().enumerate() {
            let line = line.map_err(|error| CliError::input(path, error, "the file could not be read to its end"))?;
            if line.trim().is_empty() {
                continue;
            }
            let at = PathBuf::from(format!("{}:{}", path.display(), number + 1));
            take(record(&line, &at)?)?;
        }
    }
    Ok(())
}

/// All of them.
pub(super) fn all(files: &[PathBuf]) -> Result<Vec<Record>, CliError> {
    let mut records = Vec::new();
    each(files, &mut |record| {
        records.push(record);
        Ok(())
    })?;
    Ok(records)
}

fn record(line: &str, at: &Path) -> Result<Record, CliError> {
    let help = "give records as `saksi read --format jsonl` writes them, one a line";
    let record: Record = serde_json::from_str(line).map_err(|error| CliError::input(at, error, help))?;
    if record.schema == saksi_record::SCHEMA {
        Ok(record)
    } else {
        Err(CliError::input(at, format!("schema `{}`, not `{}`", record.schema, saksi_record::SCHEMA), help))
    }
}
