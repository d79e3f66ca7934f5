//! From a document to its record.

use saksi::{CleanArticle, Packs, RawArticle, ReadError};
use saksi_input::{Document, Written};
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
    let decided = || about.undecided.is_some() && record.article.published.basis == Basis::Given;
    if given.published.is_none() && (about.published.is_some() || decided()) {
        record.article.published.basis = Basis::Metadata;
    } else if let (None, Some(date)) = (&given.published, &about.undecided) {
        let message = format!("the date `{}` may be two days, and nothing says which", short(date));
        record.notes.push(Note { stage: "input".to_owned(), message, span: None });
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

/// The first letters of a date that stands in a note.
fn short(date: &str) -> String {
    date.chars().take(40).collect()
}

/// The day of a date in numbers of which the source does not say what comes first, where the text's language settles it.
fn decided(document: &Document, given: &Given, packs: &Packs) -> Option<String> {
    let date = document.about.undecided.as_deref().filter(|_| given.published.is_none())?;
    let raw = RawArticle {
        bytes: &document.bytes,
        language: given.language.as_deref(),
        charset: document.about.charset.as_deref(),
        ..RawArticle::default()
    };
    let language = saksi::clean(&raw, packs).ok()?.article.language;
    let first = packs.date_orders().ok()?.first(&[&language], document.about.url.as_deref());
    match saksi_input::written(date, first) {
        Some(Written::Day(when)) => Some(when.day.to_string()),
        _ => None,
    }
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
    let stated = stated.or_else(|| decided(document, given, packs));
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
