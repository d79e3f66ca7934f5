//! Reads mutated articles, pages and inputs and looks for panics and spans outside the text.

use saksi::{Packs, RawArticle, clean, read};
use saksi_input::{Failure, Found, Limits, Options, Pages, Place, Reason, documents_of};
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};
use std::thread;

/// The longest piece of an article that is read, in bytes: short inputs reach more of the program in the same time.
const PIECE: usize = 160;
/// The same for pages, which need their elements around the text.
const PAGE_PIECE: usize = 2400;
/// The same for feeds, tables and archives.
const INPUT_PIECE: usize = 1200;

/// How inputs are read: with the usual columns, which are read off the pack once.
static OPTIONS: LazyLock<Options> = LazyLock::new(Options::default);

/// What is mutated and read.
struct Inputs {
    folders: &'static [&'static str],
    /// The ends of their names.
    ends: &'static [&'static str],
    /// The longest piece of one that is read, in bytes.
    piece: usize,
    marks: &'static [&'static str],
    holds: fn(&[u8], &Packs) -> bool,
}

const ARTICLES: Inputs = Inputs {
    folders: &["examples", "tests/articles"],
    ends: &["txt"],
    piece: PIECE,
    marks: &["\u{200b}", "\u{feff}", "“", "”", "\n\n", "😀", "(", ")", ":", "\u{0}", "-", "…", "Rp1,5"],
    holds: article_holds,
};

const PAGES: Inputs = Inputs {
    folders: &["tests/pages"],
    ends: &["html"],
    piece: PAGE_PIECE,
    marks: &[
        "<",
        ">",
        "</",
        "&",
        "&#x1f600",
        "&amp",
        "<!--",
        "-->",
        "<![CDATA[",
        "\"",
        "'",
        "=",
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<a href=/x>",
        "<table><td>",
        "<script>",
        "<title>",
        "<h1>",
        "<br>",
        "<svg>",
        "\u{0}",
        "é",
        "\u{feff}",
        "{",
        "]",
    ],
    holds: page_holds,
};

const INPUTS: Inputs = Inputs {
    folders: &["tests/inputs"],
    ends: &["xml", "jsonl", "csv", "warc", "txt"],
    piece: INPUT_PIECE,
    marks: &[
        "<item>",
        "</item>",
        "<entry>",
        "<title>",
        "<![CDATA[",
        "]]>",
        "&#x110000;",
        "&nbsp;",
        "<!--",
        "\"",
        "\n",
        "\r\n\r\n",
        "{\"text\":",
        "}",
        "[",
        "\\ud83d",
        ";",
        ",",
        "\t",
        "WARC/1.1\r\n",
        "Content-Length: 9999999999\r\n",
        "HTTP/1.1 200 OK\r\n",
        "Transfer-Encoding: chunked\r\n",
        "ffffffffffffffff\r\n",
        "\x1f\u{8b}\u{8}",
        "\u{feff}",
        "\u{0}",
        "é",
        "-1",
        "https://",
        "# ",
        "url\n",
        "03/04/2026",
    ],
    holds: input_holds,
};

/// Reads `count` mutated pieces of the examples and coded articles, on every core; the seed is fixed.
pub(crate) fn articles(count: &str) -> Result<String, String> {
    run(count, &ARTICLES)
}

/// Reads `count` mutated pieces of the pages in `tests/pages`, as [`articles`] does.
pub(crate) fn pages(count: &str) -> Result<String, String> {
    run(count, &PAGES)
}

/// Reads `count` mutated pieces of the inputs in `tests/inputs`, as [`articles`] does.
pub(crate) fn inputs(count: &str) -> Result<String, String> {
    run(count, &INPUTS)
}

fn run(count: &str, inputs: &Inputs) -> Result<String, String> {
    let count: u64 = count.parse().map_err(|_| format!("`{count}` is no number of inputs"))?;
    let mut sources = Vec::new();
    for folder in inputs.folders {
        for entry in fs::read_dir(Path::new(folder)).map_err(|error| format!("{folder}: {error}"))? {
            let path = entry.map_err(|error| format!("{folder}: {error}"))?.path();
            if path.extension().is_some_and(|end| inputs.ends.iter().any(|known| end == *known)) {
                sources.push(fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?);
            }
        }
    }
    sources.sort();
    let packs = Packs::builtin();
    std::panic::set_hook(Box::new(|_| {}));
    let (next, bad) = (AtomicU64::new(0), AtomicU64::new(0));
    let threads = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= count {
                        break;
                    }
                    let bytes = mutated(&sources, number, inputs);
                    let fine = catch_unwind(AssertUnwindSafe(|| (inputs.holds)(&bytes, &packs))).unwrap_or(false);
                    if !fine {
                        bad.fetch_add(1, Ordering::Relaxed);
                        let _ = fs::write(format!("target/mutated.{number}"), &bytes);
                    }
                }
            });
        }
    });
    let _ = std::panic::take_hook();
    match bad.into_inner() {
        0 => Ok(format!("{count} mutated inputs read, no panic, no span outside its text")),
        bad => Err(format!("{bad} of {count} inputs failed; they stand in target/mutated.*")),
    }
}

/// Whether the text of the page in `bytes` knows its bytes and has its passages in order.
fn page_holds(bytes: &[u8], packs: &Packs) -> bool {
    // A piece from the middle begins with anything; as a page it begins with a tag.
    let page = [b"<html>", bytes].concat();
    let Ok(clean) = clean(&RawArticle { bytes: &page, ..RawArticle::default() }, packs) else { return true };
    let length = clean.text.chars().count() as u32;
    let Some(map) = clean.bytes else { return false };
    let inside = (0..length).all(|at| map.char(at).is_some_and(|bytes| bytes.end as usize <= page.len()));
    let mut last = 0;
    let ordered = clean.passages.iter().all(|passage| {
        let after = passage.start >= last && passage.start < passage.end && passage.end <= length;
        last = passage.end;
        after
    });
    map.len() == length as usize && inside && ordered
}

/// Has no page.
#[derive(Debug)]
struct NoPages;

impl Pages for NoPages {
    fn page(&self, _: &str, place: Place) -> Found {
        Found::Failed(Failure { place, reason: Reason::Addresses })
    }
}

/// Packed inputs; they are small, so that each damage has a chance to matter.
static PACKED: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let read = |name: &str| fs::read(format!("tests/inputs/{name}"));
    ["lines.jsonl.xz", "lines.jsonl.bz2", "lines.zip"].into_iter().filter_map(|name| read(name).ok()).collect()
});

/// A packed input with bytes changed as `bytes` say: three of them give a place and what becomes of it.
fn damaged(packed: &[u8], bytes: &[u8]) -> Vec<u8> {
    let mut packed = packed.to_vec();
    for three in bytes.chunks_exact(3).take(4) {
        let at = (usize::from(three[0]) << 8 | usize::from(three[1])) % packed.len();
        packed[at] ^= three[2];
    }
    packed
}

/// Whether `bytes` end as documents or failures, whatever they are taken for.
fn input_holds(bytes: &[u8], _: &Packs) -> bool {
    let limits = Limits { document: 1 << 16, whole: 1 << 16, ratio: 300, held: 1 << 20 };
    let options = Options { limits, pages: Some(Arc::new(NoPages)), ..Options::clone(&OPTIONS) };
    for packed in PACKED.iter() {
        let whole = damaged(packed, bytes);
        if documents_of("x", std::io::Cursor::new(whole), &options).take(1000).count() == 1000 {
            return false;
        }
    }
    let heads: [&[u8]; 8] = [
        b"",
        b"{\"text\":\"a\"}\n",
        b"title,text\n",
        b"<rss><item>",
        b"<feed><entry>",
        b"WARC/1.1\r\nContent-Length: 0\r\n\r\n",
        b"https://news.example.org/a\n",
        b"url\nhttps://news.example.org/a\n",
    ];
    heads.iter().all(|head| {
        let whole = [head, bytes].concat();
        let most = whole.len() + 2;
        let found: Vec<Found> = documents_of("x", std::io::Cursor::new(whole), &options).take(most).collect();
        let sound = |found: &Found| match found {
            Found::Document(document) => document.bytes.len() <= limits.document + 1024,
            _ => true,
        };
        found.len() < most && found.iter().all(sound)
    })
}

/// Whether the record of `bytes` has every span inside its text.
fn article_holds(bytes: &[u8], packs: &Packs) -> bool {
    let Ok(record) = read(&RawArticle { bytes, ..RawArticle::default() }, packs) else { return true };
    let length = record.text.chars().count() as u32;
    record.events.iter().all(|event| event.trigger.start < event.trigger.end && event.trigger.end <= length)
        && record.actors.iter().flat_map(|actor| &actor.mentions).all(|mention| mention.end <= length)
        && record.times.iter().all(|time| time.start < time.end && time.end <= length)
}

/// Input `number`: a piece of a source with a few bytes flipped, cut out, doubled or put in from another.
fn mutated(sources: &[Vec<u8>], number: u64, inputs: &Inputs) -> Vec<u8> {
    let mut state = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5a6b_734c_1234_5678;
    let mut pick = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below.max(1) as u64) as usize
    };
    let source = &sources[pick(sources.len())];
    let from = pick(source.len());
    let mut bytes = source[from..(from + 1 + pick(inputs.piece)).min(source.len())].to_vec();
    for _ in 0..=pick(6) {
        let at = pick(bytes.len().max(1));
        match pick(6) {
            0 if !bytes.is_empty() => bytes[at] ^= 1 << pick(8),
            1 if !bytes.is_empty() => drop(bytes.drain(at..(at + 1 + pick(12)).min(bytes.len()))),
            2 => {
                let other = &sources[pick(sources.len())];
                let start = pick(other.len());
                let piece: Vec<u8> = other[start..(start + 1 + pick(24)).min(other.len())].to_vec();
                bytes.splice(at.min(bytes.len())..at.min(bytes.len()), piece);
            }
            3 => bytes.extend_from_slice(&bytes.clone()),
            4 => {
                let mark = inputs.marks[pick(inputs.marks.len())].bytes();
                bytes.splice(at.min(bytes.len())..at.min(bytes.len()), mark);
            }
            _ => bytes.push(pick(256) as u8),
        }
    }
    bytes
}
