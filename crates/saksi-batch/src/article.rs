//! From a document to its record.

use saksi::{CleanArticle, Packs, RawArticle, ReadError};
use saksi_input::Document;
use saksi_record::{Basis, Note, Record};
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What the caller says of all documents; it goes before what a source says of one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    /// The day of publication, ISO 8601.
    pub published: Option<String>,
    /// The language, BCP 47.
    pub language: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// The article's own address.
    pub url: Option<String>,
}

/// Why a document has no record.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unread {
    /// It cannot be read.
    Read(ReadError),
    /// The program failed on it, which is a mistake of the program; what it said.
    Panic(String),
}

impl Unread {
    /// One or two words to count by.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Read(ReadError::TooLarge { .. }) => "too large",
            Self::Read(ReadError::Binary(_)) => "no text",
            Self::Read(_) => "unreadable",
            Self::Panic(_) => "mistake of the program",
        }
    }
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(error) => error.fmt(f),
            Self::Panic(said) => write!(f, "the program failed on it: {said}"),
        }
    }
}

impl std::error::Error for Unread {}

/// Reads a document into its record.
///
/// # Errors
/// [`Unread`]; a panic on the way is one, so that it costs one article and not the batch.
pub fn read(document: &Document, given: &Given, packs: &Packs) -> Result<Record, Unread> {
    catch_unwind(AssertUnwindSafe(|| record(document, given, packs).map_err(Unread::Read))).unwrap_or_else(|panic| {
        let said = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
        Err(Unread::Panic(said.unwrap_or("no message").to_owned()))
    })
}

fn record(document: &Document, given: &Given, packs: &Packs) -> Result<Record, ReadError> {
    let about = &document.about;
    let mut record =
        with(document, given, packs, |raw| saksi::read(raw, packs), |record: &Record| record.article.language.clone())?;
    if given.published.is_none() && about.published.is_some() {
        record.article.published.basis = Basis::Metadata;
    }
    let article = &mut record.article;
    article.title = article.title.take().or_else(|| about.title.clone());
    article.author = article.author.take().or_else(|| about.author.clone());
    record.notes.extend(document.notes.iter().map(|message| Note {
        stage: "input".to_owned(),
        message: message.clone(),
        span: None,
    }));
    Ok(record)
}

/// The text of a document, cut into its own words and noise as [`read`] does it; none where it has no record.
pub(crate) fn clean(document: &Document, given: &Given, packs: &Packs) -> Option<CleanArticle> {
    let clean = || {
        let language = |clean: &CleanArticle| clean.article.language.clone();
        with(document, given, packs, |raw| saksi::clean(raw, packs), language)
    };
    catch_unwind(AssertUnwindSafe(clean)).ok()?.ok()
}

/// Reads the bytes of a document, with what the caller and the source say of it.
fn with<T>(
    document: &Document,
    given: &Given,
    packs: &Packs,
    read: impl Fn(&RawArticle<'_>) -> Result<T, ReadError>,
    language: impl Fn(&T) -> String,
) -> Result<T, ReadError> {
    let about = &document.about;
    let stated = about.published.map(|when| when.day.to_string());
    let from = document.place.to_string();
    let mut raw = RawArticle {
        bytes: &document.bytes,
        from: (document.place.source != "-" || document.place.record.is_some() || document.place.line.is_some())
            .then_some(from.as_str()),
        url: given.url.as_deref().or(about.url.as_deref()),
        outlet: given.outlet.as_deref().or(about.outlet.as_deref()),
        published: given.published.as_deref().or(stated.as_deref()),
        language: given.language.as_deref(),
        charset: about.charset.as_deref(),
    };
    let done = read(&raw)?;
    // The text tells its language better than a feed does; one too short to tell takes the source's word.
    if language(&done) == "und"
        && let Some(code) = about.language.as_deref().filter(|code| packs.codes().any(|known| known == *code))
    {
        raw.language = Some(code);
        return read(&raw);
    }
    Ok(done)
}
