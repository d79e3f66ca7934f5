//! Which parts of a run are done.
//!
//! One line a part, written after the part itself. A last line that is cut off is a part that was not finished. Once all
//! is read, a line says so, and then one a part whose records were told of their groups, written after the part again.

use crate::failure::BatchError;
use crate::parts::{Format, INNER, Kept};
use crate::summary::Summary;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// What a run was begun with; one that goes on must be given the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Begun {
    pub(crate) program: String,
    pub(crate) format: Format,
    /// Things found that make a part.
    pub(crate) part: u64,
    /// The options that change what is read, by name.
    pub(crate) options: Vec<(String, String)>,
}

/// A part that is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PartDone {
    pub(crate) number: u64,
    /// Hash of everything found so far.
    pub(crate) chain: String,
    pub(crate) files: Vec<Kept>,
    pub(crate) summary: Summary,
}

/// A part whose records say in which groups they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PartGrouped {
    pub(crate) number: u64,
    /// Its files that were written again.
    pub(crate) files: Vec<Kept>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Line {
    Begun(Begun),
    Part(PartDone),
    /// All inputs are read.
    Read,
    Grouped(PartGrouped),
    Ended,
}

/// The journal of a run, open for the next part.
#[derive(Debug)]
pub(crate) struct Journal {
    path: PathBuf,
    file: File,
    /// Held while the run is written to.
    _lock: File,
    pub(crate) parts: Vec<PartDone>,
    /// All inputs are read.
    pub(crate) read: bool,
    /// Of parts that were written again, by their numbers.
    pub(crate) grouped: BTreeMap<u64, Vec<Kept>>,
    pub(crate) ended: bool,
}

/// Whether a folder holds a run that was begun.
pub fn is_begun(folder: &Path) -> bool {
    folder.join(INNER).join("journal.jsonl").exists()
}

impl Journal {
    /// Begins a run in `folder`, or goes on with the one in it.
    pub(crate) fn open(folder: &Path, begun: &Begun, resume: bool) -> Result<Self, BatchError> {
        let inner = folder.join(INNER);
        let path = inner.join("journal.jsonl");
        let io = |path: &Path| {
            let path = path.to_owned();
            move |error: std::io::Error| BatchError::io(&path, &error)
        };
        let exists = path.exists();
        if !exists {
            let mut others = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
            if others.any(|other| other.file_name() != INNER) {
                return Err(BatchError::Occupied { folder: folder.to_owned(), resumable: false });
            }
        } else if !resume {
            return Err(BatchError::Occupied { folder: folder.to_owned(), resumable: true });
        }
        fs::create_dir_all(&inner).map_err(io(&inner))?;
        let lock = File::create(inner.join("lock")).map_err(io(&inner))?;
        if lock.try_lock().is_err() {
            return Err(BatchError::Busy { folder: folder.to_owned() });
        }
        for entry in fs::read_dir(&inner).map_err(io(&inner))?.filter_map(Result::ok) {
            if entry.file_name().to_string_lossy().starts_with("tmp-") {
                fs::remove_file(entry.path()).map_err(io(&entry.path()))?;
            }
        }
        let text = if exists { fs::read_to_string(&path).map_err(io(&path))? } else { String::new() };
        let (lines, sound) = parse(&text).map_err(|why| BatchError::Journal { file: path.clone(), why })?;
        let mut file = OpenOptions::new().create(true).truncate(false).write(true).open(&path).map_err(io(&path))?;
        file.set_len(sound).and_then(|()| file.seek(SeekFrom::End(0)).map(drop)).map_err(io(&path))?;
        let mut journal =
            Self { path, file, _lock: lock, parts: Vec::new(), read: false, grouped: BTreeMap::new(), ended: false };
        let mut lines = lines.into_iter();
        match lines.next() {
            None => journal.write(&Line::Begun(begun.clone()))?,
            Some(Line::Begun(then)) => same(&then, begun)?,
            Some(_) => return Err(journal.broken("it does not say how the run was begun")),
        }
        for line in lines {
            match line {
                Line::Part(part) if !journal.read && part.number == journal.parts.len() as u64 => {
                    journal.parts.push(part);
                }
                Line::Read => journal.read = true,
                Line::Grouped(part) if journal.read && part.number < journal.parts.len() as u64 => {
                    journal.grouped.insert(part.number, part.files);
                }
                Line::Ended => journal.ended = true,
                _ => return Err(journal.broken("its parts are out of order")),
            }
        }
        journal.check(folder)?;
        Ok(journal)
    }

    /// Whether every part is there as it was written.
    fn check(&self, folder: &Path) -> Result<(), BatchError> {
        for part in &self.parts {
            let grouped = self.grouped.get(&part.number);
            for kept in part.files.iter().filter(|kept| !self.ended || !kept.name.starts_with(INNER)) {
                let again = grouped.and_then(|files| files.iter().find(|file| file.name == kept.name));
                // A stop may have come after a part was written again, and before that was noted: then it is once more.
                let is_open = self.read && !self.ended && grouped.is_none() && !kept.name.starts_with(INNER);
                let bytes = again.unwrap_or(kept).bytes;
                let file = folder.join(&kept.name);
                if fs::metadata(&file).map_or(true, |found| found.len() != bytes && !is_open) {
                    return Err(BatchError::Part { file });
                }
            }
        }
        Ok(())
    }

    fn broken(&self, why: &str) -> BatchError {
        BatchError::Journal { file: self.path.clone(), why: why.to_owned() }
    }

    /// Removes what was only needed to come to the end.
    pub(crate) fn clear(&self, folder: &Path) -> Result<(), BatchError> {
        for kept in self.parts.iter().flat_map(|part| &part.files).filter(|kept| kept.name.starts_with(INNER)) {
            let file = folder.join(&kept.name);
            match fs::remove_file(&file) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(BatchError::io(&file, &error));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Notes that a part is done.
    pub(crate) fn part(&mut self, part: PartDone) -> Result<(), BatchError> {
        self.parts.push(part.clone());
        self.write(&Line::Part(part))
    }

    /// Notes that all inputs are read.
    pub(crate) fn all_read(&mut self) -> Result<(), BatchError> {
        self.read = true;
        self.write(&Line::Read)
    }

    /// Notes that a part was written again.
    pub(crate) fn grouped(&mut self, number: u64, files: Vec<Kept>) -> Result<(), BatchError> {
        self.grouped.insert(number, files.clone());
        self.write(&Line::Grouped(PartGrouped { number, files }))
    }

    /// Notes that all is done.
    pub(crate) fn end(&mut self) -> Result<(), BatchError> {
        self.ended = true;
        self.write(&Line::Ended)
    }

    fn write(&mut self, line: &Line) -> Result<(), BatchError> {
        let mut bytes = serde_json::to_vec(line).unwrap_or_default();
        bytes.push(b'\n');
        self.file
            .write_all(&bytes)
            .and_then(|()| self.file.sync_data())
            .map_err(|error| BatchError::io(&self.path, &error))
    }
}

/// The lines, and how many bytes of them are sound.
fn parse(text: &str) -> Result<(Vec<Line>, u64), String> {
    let mut lines = Vec::new();
    let mut sound = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        match serde_json::from_str(line) {
            Ok(parsed) if line.ends_with('\n') => lines.push(parsed),
            _ if !line.ends_with('\n') => break,
            Err(error) => return Err(format!("line {}: {error}", number + 1)),
            Ok(_) => break,
        }
        sound += line.len() as u64;
    }
    Ok((lines, sound))
}

fn same(then: &Begun, now: &Begun) -> Result<(), BatchError> {
    let differs = |what: &str, then: String, now: String| {
        if then == now { Ok(()) } else { Err(BatchError::Settings { what: what.to_owned(), then, now }) }
    };
    differs("program", then.program.clone(), now.program.clone())?;
    differs("format", format!("{:?}", then.format), format!("{:?}", now.format))?;
    differs("parts of", then.part.to_string(), now.part.to_string())?;
    for (name, value) in &now.options {
        let before = then.options.iter().find(|(other, _)| other == name).map(|(_, value)| value.clone());
        differs(name, before.unwrap_or_default(), value.clone())?;
    }
    Ok(())
}
