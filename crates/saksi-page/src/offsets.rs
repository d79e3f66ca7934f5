//! From places in a decoded text back to the bytes of the file.

use encoding_rs::{Encoding, ISO_2022_JP, UTF_8};
use std::ops::Range;

/// Where each character of a decoded file stands in the file.
#[derive(Debug, Clone, Default)]
pub(crate) struct Offsets {
    /// Bytes of the file before the text: a byte order mark.
    skipped: u32,
    /// Where the decoded text and the file part ways: places in the text and in the file, both rising. Between two of
    /// them text and file go byte for byte.
    steps: Vec<(u32, u32)>,
}

impl Offsets {
    /// Reads the file again and remembers where its characters stand; nothing to remember if it is sound UTF-8.
    pub(crate) fn of(file: &[u8], encoding: &'static Encoding) -> Self {
        let skipped = Encoding::for_bom(file).filter(|(marked, _)| *marked == encoding).map_or(0, |(_, mark)| mark);
        let body = &file[skipped..];
        let mut offsets = Self { skipped: skipped as u32, steps: Vec::new() };
        if encoding == UTF_8 && std::str::from_utf8(body).is_ok() {
            return offsets;
        }
        if encoding == UTF_8 {
            offsets.utf8(body);
        } else {
            offsets.legacy(body, encoding);
        }
        offsets
    }

    /// The steps of damaged UTF-8: every piece that is no character is one U+FFFD.
    fn utf8(&mut self, body: &[u8]) {
        let (mut written, mut at) = (0, 0);
        for chunk in body.utf8_chunks() {
            self.steps.push((written, at));
            written += chunk.valid().len() as u32;
            at += chunk.valid().len() as u32;
            if !chunk.invalid().is_empty() {
                self.steps.push((written, at));
                written += char::REPLACEMENT_CHARACTER.len_utf8() as u32;
                at += chunk.invalid().len() as u32;
            }
        }
        self.steps.push((written, at));
    }

    /// The steps of another encoding, told by decoding it byte for byte.
    fn legacy(&mut self, body: &[u8], encoding: &'static Encoding) {
        let mut decoder = encoding.new_decoder_without_bom_handling();
        let plain = encoding.is_ascii_compatible() && encoding != ISO_2022_JP;
        // Where the bytes begin that no character is told of yet, and whether the last one may be one of them.
        let (mut pending, mut doubtful) = (0, false);
        let (mut written, mut at) = (0_u32, 0_usize);
        let mut out = [0_u8; 32];
        while at < body.len() {
            if plain && pending == at && !doubtful {
                let run = body[at..].iter().position(|byte| !byte.is_ascii()).unwrap_or(body.len() - at);
                if run > 0 {
                    self.steps.push((written, at as u32));
                    written += run as u32;
                    at += run;
                    pending = at;
                    continue;
                }
            }
            let byte = body[at];
            let mut source = &body[at..=at];
            let last = at + 1 == body.len();
            loop {
                let (result, read, count, _) = decoder.decode_to_utf8(source, &mut out, last);
                source = &source[read..];
                let text = std::str::from_utf8(&out[..count]).unwrap_or_default();
                for c in text.chars() {
                    // A sequence broken off by this byte is told together with it.
                    let own = plain && c as u32 == u32::from(byte);
                    self.steps.push((written, if own { at } else { pending } as u32));
                    written += c.len_utf8() as u32;
                }
                if count > 0 {
                    // A lone U+FFFD may stand for the bytes before this one, which then begins the next character.
                    doubtful = pending < at && !byte.is_ascii() && text == "\u{fffd}";
                    pending = if doubtful { at } else { at + 1 };
                }
                if result == encoding_rs::CoderResult::InputEmpty {
                    break;
                }
            }
            at += 1;
        }
        self.steps.push((written, body.len() as u32));
    }

    /// The bytes of the file that bytes `range` of the decoded text came from; both ends stand between characters.
    pub(crate) fn range(&self, range: &Range<u32>) -> Range<u32> {
        let start = self.at(range.start);
        start..if range.is_empty() { start } else { self.at(range.end).max(start) }
    }

    fn at(&self, place: u32) -> u32 {
        let before = self.steps.partition_point(|(text, _)| *text <= place);
        let (text, file) = if before == 0 { (0, 0) } else { self.steps[before - 1] };
        self.skipped + file + (place - text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every character's bytes, decoded by themselves.
    fn check(file: &[u8], encoding: &'static Encoding, text: &str) {
        let offsets = Offsets::of(file, encoding);
        for (at, c) in text.char_indices() {
            let range = offsets.range(&(at as u32..(at + c.len_utf8()) as u32));
            let bytes = &file[range.start as usize..range.end as usize];
            let (decoded, _) = encoding.decode_without_bom_handling(bytes);
            assert_eq!(decoded, c.to_string(), "at {at} of {text} in {}", encoding.name());
        }
    }

    #[test]
    fn every_encoding_knows_its_bytes() {
        let text = "Jakarta – “é” 東京 а б 한국 <p>ü</p>";
        for encoding in [encoding_rs::GB18030, encoding_rs::UTF_8] {
            let (bytes, _, _) = encoding.encode(text);
            check(&bytes, encoding, text);
        }
        let text = "“Tidak”, kata <b>é</b>";
        check(&encoding_rs::WINDOWS_1252.encode(text).0, encoding_rs::WINDOWS_1252, text);
        let text = "東京 <p>で</p>";
        check(&encoding_rs::SHIFT_JIS.encode(text).0, encoding_rs::SHIFT_JIS, text);
        check(&encoding_rs::EUC_JP.encode(text).0, encoding_rs::EUC_JP, text);
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        check(&little, encoding_rs::UTF_16LE, text);
    }

    #[test]
    fn damage_is_one_character_of_its_own() {
        let file = b"a\xffb\xe2\x80c";
        let offsets = Offsets::of(file, UTF_8);
        assert_eq!(offsets.range(&(1..4)), 1..2);
        assert_eq!(offsets.range(&(4..5)), 2..3);
        assert_eq!(offsets.range(&(5..8)), 3..5);
        let offsets = Offsets::of(b"<p>\xea\xd6r", UTF_8);
        assert_eq!(offsets.range(&(9..10)), 5..6);
    }

    #[test]
    fn damaged_text_in_any_encoding_keeps_its_length() {
        let file = b"satu \xea\xd6r \x81 dua \xff\xfe\x80 \xb5\xbf tiga \x8f\xa1";
        for encoding in
            [encoding_rs::SHIFT_JIS, encoding_rs::GB18030, encoding_rs::EUC_JP, encoding_rs::BIG5, encoding_rs::EUC_KR]
        {
            let (text, _) = encoding.decode_without_bom_handling(file);
            let offsets = Offsets::of(file, encoding);
            let end = text.len() as u32;
            assert_eq!(offsets.range(&(0..end)), 0..file.len() as u32, "{}", encoding.name());
        }
    }

    #[test]
    fn a_byte_order_mark_is_counted() {
        assert_eq!(Offsets::of(b"\xef\xbb\xbfSatu", UTF_8).range(&(0..4)), 3..7);
    }
}
