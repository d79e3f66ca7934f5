use std::fmt;
use std::io;

/// Why something could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// A file or archive entry cannot be read; what the system says.
    Unreadable(String),
    /// A document, line or record has more bytes than one article may have.
    TooLarge {
        /// How many it may have.
        limit: usize,
    },
    /// What must be read from its end has more bytes than are put aside of a stream.
    TooLargeToHold {
        /// How many are.
        limit: u64,
    },
    /// Unpacked, the source grows beyond all measure.
    Bomb {
        /// How many times larger than its packed bytes it may become.
        ratio: u64,
    },
    /// It is packed in packed in packed.
    TooDeep,
    /// Packed data that is cut off or broken.
    Broken {
        /// The packing.
        packing: &'static str,
        /// What is wrong.
        why: String,
    },
    /// A line that is no JSON object.
    Json(String),
    /// A row or object without text.
    NoText {
        /// The columns or keys it has.
        has: Vec<String>,
    },
    /// A table that cannot be read on.
    Table(String),
    /// A workbook that cannot be read.
    Spreadsheet(String),
    /// A feed that cannot be read.
    Feed(String),
    /// A WARC that cannot be read on.
    Warc(String),
    /// An HTTP response that cannot be read.
    Http(String),
    /// A ZIP that cannot be read, or a file in it.
    Zip(String),
    /// A list of addresses, which only fetching makes articles of.
    Addresses,
    /// A page that could not be fetched.
    NotFetched {
        /// One or two words to count by.
        kind: Box<str>,
        /// Why.
        why: Box<str>,
    },
}

impl Reason {
    /// One or two words to count by.
    pub fn kind(&self) -> &str {
        match self {
            Self::Unreadable(_) => "unreadable",
            Self::TooLarge { .. } | Self::TooLargeToHold { .. } => "too large",
            Self::Bomb { .. } => "bomb",
            Self::TooDeep => "packed too deep",
            Self::Broken { .. } => "broken packing",
            Self::Json(_) => "no JSON object",
            Self::NoText { .. } => "no text",
            Self::Table(_) => "broken table",
            Self::Spreadsheet(_) => "unread spreadsheet",
            Self::Feed(_) => "broken feed",
            Self::Warc(_) => "broken WARC",
            Self::Http(_) => "broken HTTP response",
            Self::Zip(_) => "broken ZIP",
            Self::Addresses => "list of addresses",
            Self::NotFetched { kind, .. } => kind,
        }
    }

    /// What to do about it.
    pub fn help(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "check the path and that you may read it",
            Self::TooLarge { .. } => "give one article a file, line or row",
            Self::TooLargeToHold { .. } => "save it as a file, and give that",
            Self::Bomb { .. } => "unpack it yourself if you trust it",
            Self::TooDeep | Self::Zip(_) => "unpack it and give what it holds",
            Self::Broken { .. } => "get the file again; what came before the break was read",
            Self::Json(_) => "each line must be one JSON object",
            Self::NoText { .. } => "name the column that holds the text, as in --column text=NAME",
            Self::Table(_) => "save it again as CSV with quoted cells",
            Self::Spreadsheet(_) => "save it as CSV, in UTF-8",
            Self::Feed(_) => "check that it is RSS or Atom",
            Self::Warc(_) => "get the file again; the records before were read",
            Self::Http(_) => "fetch the page again",
            Self::Addresses => "add --fetch FOLDER to fetch them into a folder and read them",
            Self::NotFetched { .. } => "look at it in a browser, or try again later",
        }
    }

    /// The reason in an error that went through [`std::io::Read`].
    pub(crate) fn of(error: &io::Error) -> Self {
        error.get_ref().and_then(|inner| inner.downcast_ref::<Self>()).cloned().unwrap_or_else(|| match error.kind() {
            io::ErrorKind::NotFound => Self::Unreadable("there is no such file".into()),
            io::ErrorKind::PermissionDenied => Self::Unreadable("you may not read it".into()),
            _ => Self::Unreadable(error.to_string()),
        })
    }

    pub(crate) fn into_io(self) -> io::Error {
        io::Error::new(io::ErrorKind::InvalidData, self)
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(why) => f.write_str(why),
            Self::TooLarge { limit } if *limit >= 1 << 20 => {
                write!(f, "larger than {} MB, too large for one article", limit >> 20)
            }
            Self::TooLarge { limit } => write!(f, "larger than {limit} bytes, too large for one article"),
            Self::TooLargeToHold { limit } => {
                write!(f, "a stream of more than {} MB, too large to be put aside", limit >> 20)
            }
            Self::Bomb { ratio } => write!(f, "grows to more than {ratio} times its size when unpacked"),
            Self::TooDeep => f.write_str("packed too many times over"),
            Self::Broken { packing, why } => write!(f, "the {packing} data is broken: {why}"),
            Self::Json(why) => write!(f, "not a JSON object: {why}"),
            Self::NoText { has } if has.is_empty() => f.write_str("holds no text"),
            Self::NoText { has } => write!(f, "no text in any of its columns: {}", has.join(", ")),
            Self::Table(why) => write!(f, "the table cannot be read on: {why}"),
            Self::Spreadsheet(why) => write!(f, "the spreadsheet cannot be read: {why}"),
            Self::Feed(why) => write!(f, "the feed cannot be read on: {why}"),
            Self::Warc(why) => write!(f, "the WARC cannot be read on: {why}"),
            Self::Http(why) => write!(f, "the HTTP response cannot be read: {why}"),
            Self::Zip(why) => write!(f, "the ZIP cannot be read: {why}"),
            Self::Addresses => f.write_str("addresses, and nothing is fetched unless asked for"),
            Self::NotFetched { why, .. } => write!(f, "not fetched: {why}"),
        }
    }
}

impl std::error::Error for Reason {}
