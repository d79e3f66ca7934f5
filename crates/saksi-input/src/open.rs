//! From a source to the documents it holds.

use crate::columns::Columns;
use crate::document::{About, Document, Failure, Form, Found, Place};
use crate::feed;
use crate::jsonl;
use crate::reason::Reason;
use crate::sniff::{HEAD, Kind, sniff};
use crate::source::{Files, Progress, Source};
use crate::table;
use crate::unpack::{Counted, Packing, Stream, unpack};
use crate::warc;
use crate::zips;
use std::fs::File;
use std::io::{self, BufReader, Cursor, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

/// How many times over a source may be packed.
const LAYERS: usize = 4;

/// How large things may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one document, line, row or record.
    pub document: usize,
    /// Bytes of a feed, or of a JSON file that is read as a whole.
    pub whole: usize,
    /// How many times larger a source may become when unpacked.
    pub ratio: u64,
}

impl Default for Limits {
    /// 8 MB a document, 64 MB a feed, 300 times: news text packs 3 to 20 times, repetitive dumps up to 100.
    fn default() -> Self {
        Self { document: 8 << 20, whole: 64 << 20, ratio: 300 }
    }
}

/// How sources are read.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Under which names tables keep the parts of an article.
    pub columns: Columns,
    /// How large things may be.
    pub limits: Limits,
    /// Whether JSON that is a record of saksi comes as [`Form::Record`]; else it is an article whose text is read anew.
    pub records: bool,
}

/// What a source holds, one after the other.
pub type Documents = Box<dyn Iterator<Item = Found> + Send>;

/// What reading one file needs to know.
#[derive(Clone)]
pub(crate) struct Context {
    pub(crate) options: Arc<Options>,
    /// Bytes read of the file so far, packed.
    pub(crate) packed: Arc<AtomicU64>,
    pub(crate) layers: usize,
}

/// All documents of all sources, in the order of the sources; the files of a folder in the order of their names.
///
/// `progress` counts the bytes read.
pub fn documents(sources: Vec<Source>, options: Options, progress: Arc<Progress>) -> Documents {
    let options = Arc::new(options);
    Box::new(sources.into_iter().flat_map(move |source| -> Documents {
        let (options, progress) = (Arc::clone(&options), Arc::clone(&progress));
        match source {
            Source::Stdin => stdin(&options, &progress),
            source => Box::new(Files::of(source).flat_map(move |file| match file {
                Ok(path) => of_file(&path, &options, &progress),
                Err(failure) => one(Found::Failed(failure)),
            })),
        }
    }))
}

/// The documents of a stream; `name` is what their places say.
pub fn documents_of(name: &str, stream: impl Read + Send + 'static, options: &Options) -> Documents {
    let packed = Arc::new(AtomicU64::new(0));
    let counts = [Arc::clone(&packed), Arc::new(AtomicU64::new(0))];
    let context = Context { options: Arc::new(options.clone()), packed, layers: 0 };
    open(Box::new(BufReader::new(Counted { inner: stream, counts })), Place::of(name), context)
}

fn stdin(options: &Arc<Options>, progress: &Arc<Progress>) -> Documents {
    let packed = Arc::new(AtomicU64::new(0));
    let counts = [Arc::clone(&packed), Arc::clone(&progress.read)];
    let context = Context { options: Arc::clone(options), packed, layers: 0 };
    open(Box::new(BufReader::with_capacity(64 << 10, Counted { inner: io::stdin(), counts })), Place::of("-"), context)
}

fn of_file(path: &Path, options: &Arc<Options>, progress: &Arc<Progress>) -> Documents {
    let place = Place::of(&path.to_string_lossy());
    let failed = |error: &io::Error| one(Found::Failed(Failure { place: place.clone(), reason: Reason::of(error) }));
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) => return failed(&error),
    };
    let mut magic = Vec::new();
    if let Err(error) = file.by_ref().take(4).read_to_end(&mut magic) {
        return failed(&error);
    }
    let packed = Arc::new(AtomicU64::new(0));
    let counts = [Arc::clone(&packed), Arc::clone(&progress.read)];
    let context = Context { options: Arc::clone(options), packed, layers: 0 };
    if magic == b"PK\x03\x04" || magic == b"PK\x05\x06" {
        return zips::documents(path, place, &context, &progress.read);
    }
    // The bytes are put back rather than sought: a named pipe cannot be rewound.
    let whole = Cursor::new(magic).chain(file);
    open(Box::new(BufReader::with_capacity(64 << 10, Counted { inner: whole, counts })), place, context)
}

/// The documents of an unpacked or packed stream.
pub(crate) fn open(mut stream: Stream, place: Place, context: Context) -> Documents {
    let mut head = Vec::new();
    if let Err(error) = stream.by_ref().take(HEAD as u64).read_to_end(&mut head) {
        return one(Found::Failed(Failure { place, reason: Reason::of(&error) }));
    }
    let all = head.len() < HEAD;
    // The name tells of the outermost packing only: what comes out of a `.br` is no Brotli.
    let name = if context.layers == 0 { place.entry.as_deref().unwrap_or(&place.source) } else { "" };
    let kind = sniff(&head, all, name, &context.options.columns);
    let first = head.iter().position(|byte| *byte == b'\n').unwrap_or_default();
    let two_letters = head[first.saturating_sub(2)..first].contains(&b'\r');
    let stream: Stream = Box::new(BufReader::new(Cursor::new(head).chain(stream)));
    let packing = match kind {
        Kind::Gzip => Some(Packing::Gzip),
        Kind::Zstd => Some(Packing::Zstd),
        Kind::Brotli => Some(Packing::Brotli),
        _ => None,
    };
    if let Some(packing) = packing {
        if context.layers == LAYERS {
            return one(Found::Failed(Failure { place, reason: Reason::TooDeep }));
        }
        let unpacked = unpack(packing, stream, Arc::clone(&context.packed), context.options.limits.ratio);
        return open(unpacked, place, Context { layers: context.layers + 1, ..context });
    }
    match kind {
        Kind::JsonLines => Box::new(jsonl::Lines::new(stream, place, context)),
        Kind::Json => jsonl::whole(stream, &place, &context),
        Kind::Table { delimiter } => Box::new(table::Rows::new(stream, delimiter, two_letters, place, &context)),
        Kind::Feed => feed::documents(stream, &place, &context),
        Kind::Warc => Box::new(warc::Pages::new(stream, place, &context)),
        Kind::Addresses => one(Found::Failed(Failure { place, reason: Reason::Addresses })),
        Kind::Zip => {
            let reason = Reason::Zip("its directory stands at its end, so it must be a file of its own".into());
            one(Found::Failed(Failure { place, reason }))
        }
        Kind::Html => one(single(stream, place, Form::Html, &context)),
        _ => one(single(stream, place, Form::Text, &context)),
    }
}

/// A source that is one article.
fn single(stream: Stream, place: Place, form: Form, context: &Context) -> Found {
    match up_to(stream, context.options.limits.document) {
        Ok(bytes) => Found::Document(Document { place, form, bytes, about: About::default(), notes: Vec::new() }),
        Err(reason) => Found::Failed(Failure { place, reason }),
    }
}

/// All bytes of a stream that may have no more than `limit`.
pub(crate) fn up_to(stream: impl Read, limit: usize) -> Result<Vec<u8>, Reason> {
    let mut bytes = Vec::new();
    stream.take(limit as u64 + 1).read_to_end(&mut bytes).map_err(|error| Reason::of(&error))?;
    if bytes.len() > limit { Err(Reason::TooLarge { limit }) } else { Ok(bytes) }
}

pub(crate) fn one(found: Found) -> Documents {
    Box::new(std::iter::once(found))
}
