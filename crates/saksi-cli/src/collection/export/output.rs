//! Files that are there whole or not at all.

use super::is_stdout;
use crate::error::CliError;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

const EXISTS: &str = "name another, or write over it with --force";

/// A file under a name of its own until it is finished, or standard output.
pub(super) struct Output {
    stream: BufWriter<Box<dyn Write + Send>>,
    /// The file, where it stands for now, and where it will.
    kept: Option<(File, PathBuf, PathBuf)>,
    force: bool,
}

impl Output {
    pub(super) fn begin(target: &Path, force: bool) -> Result<Self, CliError> {
        if is_stdout(target) {
            let stream: Box<dyn Write + Send> = Box::new(Pipe(io::stdout()));
            return Ok(Self { stream: BufWriter::with_capacity(256 << 10, stream), kept: None, force });
        }
        if target.is_dir() {
            return Err(folder(format!("{} is a folder", target.display()), "name a file in it"));
        }
        refuse(target, force)?;
        let name = target.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let place = target.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
        let wrong = |error: &io::Error| folder(format!("{}: {error}", target.display()), "check the folder");
        let file = File::create_new(&place).map_err(|error| wrong(&error))?;
        let same = file.try_clone().map_err(|error| wrong(&error))?;
        let stream: Box<dyn Write + Send> = Box::new(file);
        let kept = Some((same, place, target.to_owned()));
        Ok(Self { stream: BufWriter::with_capacity(256 << 10, stream), kept, force })
    }

    pub(super) fn stream(&mut self) -> &mut (dyn Write + Send) {
        &mut self.stream
    }

    /// Puts the file where it is seen.
    pub(super) fn finish(mut self) -> Result<(), CliError> {
        self.stream.flush()?;
        if let Some((file, place, target)) = &self.kept {
            file.sync_all()?;
            refuse(target, self.force)?;
            fs::rename(place, target)?;
            self.kept = None;
        }
        Ok(())
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        if let Some((_, place, _)) = &self.kept {
            let _ = fs::remove_file(place);
        }
    }
}

/// Standard output; what nobody reads any more is dropped.
struct Pipe(io::Stdout);

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.0.write(bytes) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(bytes.len()),
            other => other,
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self.0.flush() {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            other => other,
        }
    }
}

/// A folder that is seen once all its files are written. Into a folder that is there, files go one by one, each whole.
pub(super) struct Folder {
    place: PathBuf,
    target: PathBuf,
    force: bool,
    done: bool,
}

impl Folder {
    pub(super) fn begin(target: &Path, force: bool) -> Result<Self, CliError> {
        if is_stdout(target) {
            return Err(CliError::Usage {
                reason: "this form is several files".into(),
                help: "name a folder with --output",
            });
        }
        if target.exists() && !target.is_dir() {
            return Err(folder(format!("{} is a file", target.display()), "name a folder"));
        }
        let within = target.is_dir();
        if within && !force && fs::read_dir(target)?.next().is_some() {
            return Err(folder(format!("{} is not empty", target.display()), EXISTS));
        }
        let place = if within {
            target.to_owned()
        } else {
            let name = target.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let place = target.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
            fs::create_dir(&place)
                .map_err(|error| folder(format!("{}: {error}", target.display()), "check the folder above it"))?;
            place
        };
        Ok(Self { place, target: target.to_owned(), force, done: false })
    }

    pub(super) fn file(&self, name: &str) -> Result<Output, CliError> {
        Output::begin(&self.place.join(name), self.force)
    }

    pub(super) fn finish(mut self) -> Result<(), CliError> {
        if self.place != self.target {
            fs::rename(&self.place, &self.target)?;
        }
        self.done = true;
        Ok(())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if !self.done && self.place != self.target {
            let _ = fs::remove_dir_all(&self.place);
        }
    }
}

fn refuse(target: &Path, force: bool) -> Result<(), CliError> {
    if !force && target.symlink_metadata().is_ok() {
        return Err(folder(format!("{} is there already", target.display()), EXISTS));
    }
    Ok(())
}

fn folder(reason: String, help: &'static str) -> CliError {
    CliError::Folder { reason, help, code: 3 }
}
