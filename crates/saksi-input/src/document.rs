use crate::dates::When;
use crate::reason::Reason;
use std::fmt;

/// Something a source holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Found {
    /// An article.
    Document(Document),
    /// Something that holds no article, and is not meant to.
    Skipped(Skipped),
    /// Something that should hold an article and could not be read.
    Failed(Failure),
}

/// One article as it was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// Where it was found.
    pub place: Place,
    /// What its bytes are.
    pub form: Form,
    /// The bytes, unpacked; their encoding is not touched.
    pub bytes: Vec<u8>,
    /// What the source says of it.
    pub about: About,
    /// What was doubtful, in a sentence each.
    pub notes: Vec<String>,
}

/// What the bytes of a document are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Text, title first.
    Text,
    /// A web page.
    Html,
    /// A record of schema `saksi/1` as JSON, made from an article before; only where [`Options::records`](crate::Options::records) asks for it.
    Record,
}

/// What a source says of an article beside its text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct About {
    /// The article's own address.
    pub url: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// BCP 47.
    pub language: Option<String>,
    /// When it was published.
    pub published: Option<When>,
    /// A date of publication in numbers, of which nothing in the source says whether the day or the month comes first.
    pub undecided: Option<Box<str>>,
    /// The charset that came with the bytes, as an HTTP header gives it.
    pub charset: Option<String>,
}

/// Something that holds no article.
#[derive(Debug, Clone, PartialEq)]
pub struct Skipped {
    /// Where it was found.
    pub place: Place,
    /// What it is, in a few words.
    pub what: String,
}

/// Something that should hold an article and could not be read.
#[derive(Debug, Clone, PartialEq)]
pub struct Failure {
    /// Where it was found.
    pub place: Place,
    /// Why it could not be read.
    pub reason: Reason,
}

/// Where a document was found.
///
/// Shown as `dump.jsonl.zst:1234` for a line, `crawl.wacz!archive/data.warc.gz#12` for the twelfth record of a file in
/// an archive.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// The file, or `-` for standard input.
    pub source: String,
    /// The file inside an archive.
    pub entry: Option<String>,
    /// 1-based record of a WARC, row of a table, or entry of a feed.
    pub record: Option<u64>,
    /// 1-based line.
    pub line: Option<u64>,
}

impl Place {
    /// A file as a whole.
    pub fn of(source: &str) -> Self {
        Self { source: source.to_owned(), ..Self::default() }
    }

    pub(crate) fn record(&self, record: u64) -> Self {
        Self { record: Some(record), ..self.clone() }
    }

    pub(crate) fn line(&self, line: u64) -> Self {
        Self { line: Some(line), ..self.clone() }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.source)?;
        if let Some(entry) = &self.entry {
            write!(f, "!{entry}")?;
        }
        if let Some(record) = self.record {
            write!(f, "#{record}")?;
        }
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        Ok(())
    }
}
