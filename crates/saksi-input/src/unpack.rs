//! Unpacks gzip, zstd, xz, bzip2 and Brotli as a stream, and stops where the data grows beyond measure.

use crate::reason::Reason;
use brotli_decompressor::Decompressor;
use bzip2::bufread::MultiBzDecoder;
use flate2::bufread::MultiGzDecoder;
use lzma_rust2::XzReader;
use ruzstd::decoding::StreamingDecoder;
use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A stream of bytes that may change threads.
pub(crate) type Stream = Box<dyn BufRead + Send>;

/// Below so many unpacked bytes no ratio is asked for: short files of one letter are harmless.
const HARMLESS: u64 = 32 << 20;

/// The most memory that xz may ask for, in KiB: its highest level takes 65 MB.
const XZ_MEMORY: u32 = 128 << 10;

/// Unpacks a stream of one packing. `packed` counts the bytes of the file it comes from.
pub(crate) fn unpack(packing: Packing, stream: Stream, packed: Arc<AtomicU64>, ratio: u64) -> Stream {
    let inner: Box<dyn Read + Send> = match packing {
        Packing::Gzip => Box::new(MultiGzDecoder::new(stream)),
        Packing::Zstd => Box::new(Zstd { state: State::Between(PushBack { held: Vec::new(), stream }) }),
        Packing::Xz => Box::new(XzReader::new_mem_limit(stream, true, XZ_MEMORY)),
        Packing::Bzip2 => Box::new(MultiBzDecoder::new(stream)),
        Packing::Brotli => Box::new(Decompressor::new(stream, 32 << 10)),
    };
    guarded(inner, packing.name(), packed, ratio)
}

/// The bytes of a gzip file, all of its members one after the other.
pub fn unpacked(stream: impl BufRead + Send) -> impl BufRead + Send {
    BufReader::new(MultiGzDecoder::new(stream))
}

/// Watches over an unpacked stream.
pub(crate) fn guarded(
    inner: Box<dyn Read + Send>,
    packing: &'static str,
    packed: Arc<AtomicU64>,
    ratio: u64,
) -> Stream {
    Box::new(BufReader::with_capacity(64 << 10, Guard { inner, packing, out: 0, packed, ratio }))
}

/// How a stream is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Packing {
    Gzip,
    Zstd,
    Xz,
    Bzip2,
    Brotli,
}

impl Packing {
    fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
            Self::Xz => "xz",
            Self::Bzip2 => "bzip2",
            Self::Brotli => "Brotli",
        }
    }
}

/// Ends a stream that unpacks to too much, and says of a broken one what is wrong.
struct Guard {
    inner: Box<dyn Read + Send>,
    packing: &'static str,
    out: u64,
    packed: Arc<AtomicU64>,
    ratio: u64,
}

impl Read for Guard {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let more = self.inner.read(buffer).map_err(|error| {
            if error.get_ref().is_some_and(<dyn std::error::Error + Send + Sync + 'static>::is::<Reason>) {
                return error; // from a layer below
            }
            let why = match error.kind() {
                io::ErrorKind::UnexpectedEof => "it is cut off".to_owned(),
                _ => error.to_string(),
            };
            Reason::Broken { packing: self.packing, why }.into_io()
        })?;
        self.out += more as u64;
        let packed = self.packed.load(Ordering::Relaxed);
        if self.out > HARMLESS && self.out > packed.saturating_mul(self.ratio) {
            return Err(Reason::Bomb { ratio: self.ratio }.into_io());
        }
        Ok(more)
    }
}

/// Counts the bytes that are read of a file.
pub(crate) struct Counted<R> {
    pub(crate) inner: R,
    pub(crate) counts: [Arc<AtomicU64>; 2],
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let more = self.inner.read(buffer)?;
        for count in &self.counts {
            count.fetch_add(more as u64, Ordering::Relaxed);
        }
        Ok(more)
    }
}

/// All frames of a zstd stream, skippable ones left out.
struct Zstd {
    state: State,
}

enum State {
    Between(PushBack),
    Frame(Box<StreamingDecoder<PushBack, ruzstd::decoding::FrameDecoder>>),
    Ended,
}

impl Read for Zstd {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match std::mem::replace(&mut self.state, State::Ended) {
                State::Ended => return Ok(0),
                State::Between(mut stream) => {
                    if !next_frame(&mut stream)? {
                        return Ok(0);
                    }
                    let frame = StreamingDecoder::new(stream)
                        .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error.to_string()))?;
                    self.state = State::Frame(Box::new(frame));
                }
                State::Frame(mut frame) => match frame.read(buffer)? {
                    0 if !buffer.is_empty() => self.state = State::Between(frame.into_inner()),
                    more => {
                        self.state = State::Frame(frame);
                        return Ok(more);
                    }
                },
            }
        }
    }
}

/// Skips what is no data; whether a frame follows.
fn next_frame(stream: &mut PushBack) -> io::Result<bool> {
    loop {
        let mut magic = Vec::with_capacity(4);
        stream.by_ref().take(4).read_to_end(&mut magic)?;
        if magic.is_empty() {
            return Ok(false);
        }
        let skippable = magic.len() == 4 && (0x50..=0x5f).contains(&magic[0]) && magic[1..] == [0x2a, 0x4d, 0x18];
        if !skippable {
            stream.held = magic;
            return Ok(true);
        }
        let mut length = [0; 4];
        stream.read_exact(&mut length)?;
        let length = u64::from(u32::from_le_bytes(length));
        io::copy(&mut stream.by_ref().take(length), &mut io::sink())?;
    }
}

/// A stream with bytes put back in front of it.
struct PushBack {
    held: Vec<u8>,
    stream: Stream,
}

impl Read for PushBack {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.held.is_empty() {
            return self.stream.read(buffer);
        }
        let more = self.held.len().min(buffer.len());
        buffer[..more].copy_from_slice(&self.held[..more]);
        self.held.drain(..more);
        Ok(more)
    }
}
