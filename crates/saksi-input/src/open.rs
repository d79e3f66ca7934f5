//! From a source to the documents it holds.

use crate::addresses;
use crate::columns::Columns;
use crate::document::{About, Document, Failure, Form, Found, Place, Skipped};
use crate::feed;
use crate::jsonl;
use crate::reason::Reason;
use crate::sniff::{HEAD, Kind, sniff};
use crate::source::{Files, Progress, Source, hold};
use crate::table;
use crate::unpack::{Counted, Packing, Stream, unpack};
use crate::warc;
use crate::zips;
use std::collections::HashSet;
use std::fmt;
use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek};
use std::path::Path;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, PoisonError};

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
    /// Bytes of a ZIP that comes as a stream, which is put aside on the disk: its directory stands at its end.
    pub held: u64,
}

impl Default for Limits {
    /// 8 MB a document, 64 MB a feed, 4 GB a ZIP as a stream, 300 times: news text packs 3 to 20 times, repetitive dumps up to 100.
    fn default() -> Self {
        Self { document: 8 << 20, whole: 64 << 20, ratio: 300, held: 4 << 30 }
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
    /// Where the pages of addresses come from; without it an address is a failure.
    pub pages: Option<Arc<dyn Pages>>,
}

/// Where the pages of addresses come from. Nothing here fetches one.
pub trait Pages: fmt::Debug + Send + Sync {
    /// The page of an address, found at `place`.
    fn page(&self, url: &str, place: Place) -> Found;
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
    /// The addresses that were met before.
    pub(crate) seen: Arc<Mutex<HashSet<String>>>,
}

impl Context {
    fn new(options: &Arc<Options>, seen: &Arc<Mutex<HashSet<String>>>) -> Self {
        Self { options: Arc::clone(options), packed: Arc::default(), layers: 0, seen: Arc::clone(seen) }
    }

    /// The page of an address; one that was met before is passed over.
    pub(crate) fn page(&self, url: &str) -> Found {
        let place = Place::of(url);
        let Some(pages) = &self.options.pages else {
            return Found::Failed(Failure { place, reason: Reason::Addresses });
        };
        let is_new = self.seen.lock().unwrap_or_else(PoisonError::into_inner).insert(url.to_owned());
        if is_new {
            pages.page(url, place)
        } else {
            Found::Skipped(Skipped { place, what: "an address that was named before".into() })
        }
    }
}

/// All documents of all sources, in the order of the sources; the files of a folder in the order of their names.
///
/// `progress` counts the bytes read.
pub fn documents(sources: Vec<Source>, options: Options, progress: Arc<Progress>) -> Documents {
    let (options, seen) = (Arc::new(options), Arc::default());
    Box::new(sources.into_iter().flat_map(move |source| -> Documents {
        let (context, progress) = (Context::new(&options, &seen), Arc::clone(&progress));
        match source {
            Source::Stdin => of_stream(io::stdin(), Place::of("-"), context, &progress),
            Source::Address(url) => one(context.page(&url)),
            Source::Held(held) => match held.0.try_clone().and_then(|mut file| file.rewind().map(|()| file)) {
                Ok(file) => of_stream(file, Place::of("-"), context, &progress),
                Err(error) => one(Found::Failed(Failure { place: Place::of("-"), reason: Reason::of(&error) })),
            },
            source => Box::new(Files::of(source).flat_map(move |file| match file {
                // Each file counts its own bytes.
                Ok(path) => of_file(&path, &Context { packed: Arc::default(), ..context.clone() }, &progress),
                Err(failure) => one(Found::Failed(failure)),
            })),
        }
    }))
}

/// The documents of a stream; `name` is what their places say.
pub fn documents_of(name: &str, stream: impl Read + Send + 'static, options: &Options) -> Documents {
    let context = Context::new(&Arc::new(options.clone()), &Arc::default());
    of_stream(stream, Place::of(name), context, &Progress::default())
}

fn of_stream(stream: impl Read + Send + 'static, place: Place, context: Context, progress: &Progress) -> Documents {
    let counts = [Arc::clone(&context.packed), Arc::clone(&progress.read)];
    open(Box::new(BufReader::with_capacity(64 << 10, Counted { inner: stream, counts })), place, context)
}

fn of_file(path: &Path, context: &Context, progress: &Progress) -> Documents {
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
    let is_zip = magic == b"PK\x03\x04" || magic == b"PK\x05\x06";
    if is_zip && file.metadata().is_ok_and(|meta| meta.is_file()) {
        return zips::documents(file, place, context, &progress.read);
    }
    // The bytes are put back rather than sought: a named pipe cannot be rewound.
    of_stream(Cursor::new(magic).chain(file), place, context.clone(), progress)
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
        Kind::Xz => Some(Packing::Xz),
        Kind::Bzip2 => Some(Packing::Bzip2),
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
        Kind::Addresses if context.options.pages.is_none() => {
            one(Found::Failed(Failure { place, reason: Reason::Addresses }))
        }
        Kind::Addresses => Box::new(addresses::Lines::new(stream, place, context)),
        // One in another would be put aside again, and so could hold ever more.
        Kind::Zip if place.entry.is_some() => {
            let reason = Reason::Zip("it stands in another".into());
            one(Found::Failed(Failure { place, reason }))
        }
        Kind::Zip => match hold(stream, context.options.limits.held) {
            Ok(file) => zips::documents(file, place, &context, &Arc::default()),
            Err(reason) => one(Found::Failed(Failure { place, reason })),
        },
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
