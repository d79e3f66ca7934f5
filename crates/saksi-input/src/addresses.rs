//! Lists of addresses, one a line.

use crate::document::{Failure, Found, Place};
use crate::open::Context;
use crate::reason::Reason;
use crate::unpack::Stream;
use encoding_rs_io::DecodeReaderBytes;
use std::io::{BufRead, BufReader, Read};

/// The most bytes that a line may have.
const LINE: u64 = 64 << 10;

/// The pages of the addresses of a list; empty lines and those that begin with `#` are left out.
pub(crate) struct Lines {
    stream: Box<dyn BufRead + Send>,
    place: Place,
    context: Context,
    line: u64,
    ended: bool,
}

impl Lines {
    pub(crate) fn new(stream: Stream, place: Place, context: Context) -> Self {
        Self { stream: Box::new(BufReader::new(DecodeReaderBytes::new(stream))), place, context, line: 0, ended: false }
    }
}

impl Iterator for Lines {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        while !self.ended {
            let mut bytes = Vec::new();
            self.line += 1;
            let reason = match self.stream.by_ref().take(LINE).read_until(b'\n', &mut bytes) {
                Ok(0) => break,
                Ok(read) if read as u64 == LINE => Reason::TooLarge { limit: LINE as usize },
                Ok(_) => {
                    let line = String::from_utf8_lossy(&bytes);
                    let line = line.trim_start_matches('\u{feff}').trim();
                    if line.is_empty() || line.starts_with('#') {
                        continue;
                    }
                    return Some(self.context.page(line));
                }
                Err(error) => Reason::of(&error),
            };
            self.ended = true;
            return Some(Found::Failed(Failure { place: self.place.line(self.line), reason }));
        }
        self.ended = true;
        None
    }
}
