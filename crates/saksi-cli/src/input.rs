use crate::args::AboutArgs;
use crate::error::CliError;
use saksi::{MAX_BYTES, Packs, RawArticle, ReadError};
use saksi_record::Record;
use std::io::{Read, Write};
use std::path::Path;

/// Whether `path` stands for standard input.
pub(crate) fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// The bytes of a file or of standard input, up to one more than an article may have.
pub(crate) fn bytes(path: &Path) -> Result<Vec<u8>, CliError> {
    let mut bytes = Vec::new();
    let limit = MAX_BYTES as u64 + 1;
    if is_stdin(path) {
        std::io::stdin()
            .lock()
            .take(limit)
            .read_to_end(&mut bytes)
            .map_err(|error| CliError::input(path, error, "standard input could not be read"))?;
        return Ok(bytes);
    }
    let meta = std::fs::metadata(path)
        .map_err(|error| CliError::input(path, plain(&error), "check the path; `-` reads standard input"))?;
    if meta.is_dir() {
        return Err(CliError::input(path, "is a folder", "name the files in it, as in `saksi read folder/*.txt`"));
    }
    let file = std::fs::File::open(path)
        .map_err(|error| CliError::input(path, plain(&error), "check that you may read the file"))?;
    file.take(limit)
        .read_to_end(&mut bytes)
        .map_err(|error| CliError::input(path, plain(&error), "the file could not be read to its end"))?;
    Ok(bytes)
}

/// The system's message without its number.
pub(crate) fn plain(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".into(),
        std::io::ErrorKind::PermissionDenied => "you may not read it".into(),
        _ => error.to_string(),
    }
}

/// Reads one article into its record.
pub(crate) fn record(path: &Path, about: &AboutArgs, packs: &Packs) -> Result<Record, CliError> {
    with(path, about, |article| saksi::read(article, packs))
}

/// Reads one article's text with its noise marked.
pub(crate) fn clean(path: &Path, about: &AboutArgs, packs: &Packs) -> Result<saksi::CleanArticle, CliError> {
    with(path, about, |article| saksi::clean(article, packs))
}

/// Hands an article's bytes to `read`, with what the caller knows of it.
fn with<T>(
    path: &Path,
    about: &AboutArgs,
    read: impl FnOnce(&RawArticle<'_>) -> Result<T, ReadError>,
) -> Result<T, CliError> {
    let bytes = bytes(path)?;
    let from = (!is_stdin(path)).then(|| path.to_string_lossy().into_owned());
    let article = RawArticle {
        bytes: &bytes,
        from: from.as_deref(),
        url: about.url.as_deref(),
        outlet: about.outlet.as_deref(),
        published: about.published.as_deref(),
        language: about.language.as_deref(),
        charset: None,
    };
    read(&article).map_err(|error| failed(path, &error))
}

pub(crate) fn failed(path: &Path, error: &ReadError) -> CliError {
    match error {
        ReadError::Pack(reason) => CliError::Pack { reason: reason.to_string() },
        ReadError::NoLanguage { .. } => CliError::Usage {
            reason: error.to_string(),
            help: "leave --language out to let the text tell, or add a pack (see CONTRIBUTING.md)",
        },
        ReadError::TooLarge { .. } => CliError::input(path, error, "give one article a file, line or row"),
        _ => CliError::input(path, error, "saksi reads text and HTML; extract the text of other formats first"),
    }
}

/// Writes to standard output; a closed pipe is no error.
pub(crate) fn write_out(text: &str) -> Result<(), CliError> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        other => Ok(other?),
    }
}
