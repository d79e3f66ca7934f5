use encoding_rs::Encoding;
use saksi_record::{Note, Span};
use std::fmt;

/// How far into a file a charset declaration may stand, as the HTML standard's prescan has it.
const DECLARATION_WITHIN: usize = 1024;

/// A file's first bytes that say it holds no text, and what it is.
const SIGNATURES: [(&[u8], &str); 16] = [
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "ZIP (or DOCX, EPUB, ODT)"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"RIFF", "RIFF (WebP, WAV or AVI)"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"7z\xbc\xaf", "7z"),
    (b"Rar!", "RAR"),
    (b"\x7fELF", "ELF program"),
    (b"MZ\x90\x00", "Windows program"),
    (b"\xd0\xcf\x11\xe0", "old Office document"),
    (b"SQLite format 3\x00", "SQLite database"),
];

/// A file's text, and how it was come by.
#[derive(Debug, Clone, PartialEq)]
pub struct Decoded {
    /// The text, exact: newlines and Unicode forms are those of the file.
    pub text: String,
    /// The encoding's name in the WHATWG Encoding Standard, such as `UTF-8`.
    pub encoding: &'static str,
    /// What could not be read, and where first.
    pub notes: Vec<Note>,
}

/// Why a file cannot be read as text.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecodeError {
    /// The file is no text.
    Binary {
        /// What it seems to be, where its first bytes say so.
        format: Option<&'static str>,
        /// Offset in bytes of what gave it away.
        at: usize,
    },
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Binary { format: Some(format), .. } => write!(f, "not a text: the file looks like {format}"),
            Self::Binary { format: None, at } => {
                write!(f, "not a text: many control characters, the first at byte {at}")
            }
        }
    }
}

impl std::error::Error for DecodeError {}

/// Decodes a file: byte order mark, UTF-16 by its zero bytes, UTF-8, declared charset, else by its letters.
///
/// Bytes that are no character become U+FFFD, with a note saying how many and where first.
///
/// # Errors
/// [`DecodeError::Binary`] for a file that holds no text.
///
/// ```
/// let decoded = saksi_page::decode("Jakarta – Ratusan orang".as_bytes()).unwrap();
/// assert_eq!(decoded.encoding, "UTF-8");
/// ```
pub fn decode(bytes: &[u8]) -> Result<Decoded, DecodeError> {
    decode_as(bytes, None)
}

/// Decodes a file as [`decode`] does, where `charset` is what the HTTP header said: it stands before what the file declares.
///
/// # Errors
/// [`DecodeError::Binary`] for a file that holds no text.
pub fn decode_as(bytes: &[u8], charset: Option<&str>) -> Result<Decoded, DecodeError> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Ok(with(encoding, &bytes[mark..], Vec::new()));
    }
    if let Some(encoding) = utf16_by_zeros(bytes) {
        return Ok(with(encoding, bytes, vec![note(format!("read as {} by its zero bytes", encoding.name()), None)]));
    }
    if let Some((_, format)) = SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature)) {
        return Err(DecodeError::Binary { format: Some(format), at: 0 });
    }
    if let Some(at) = binary_from(bytes) {
        return Err(DecodeError::Binary { format: None, at });
    }
    if mostly_utf8(bytes) {
        return Ok(with(encoding_rs::UTF_8, bytes, Vec::new()));
    }
    let told = charset.and_then(|label| Encoding::for_label(label.trim_matches(['"', '\'', ' ']).as_bytes()));
    if let Some(encoding) = told.or_else(|| declared(bytes)) {
        return Ok(with(encoding, bytes, Vec::new()));
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, chardetng::Utf8Detection::Deny);
    Ok(with(encoding, bytes, vec![note(format!("encoding not declared; read as {}", encoding.name()), None)]))
}

fn note(message: String, span: Option<Span>) -> Note {
    Note { stage: "decode".into(), message, span }
}

fn with(encoding: &'static Encoding, bytes: &[u8], mut notes: Vec<Note>) -> Decoded {
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    if had_errors {
        let mut first = None;
        let mut count = 0_usize;
        for (at, c) in text.chars().enumerate() {
            if c == char::REPLACEMENT_CHARACTER {
                first = first.or(Some(at as u32));
                count += 1;
            }
        }
        let message = format!("{count} places are no {}; each stands as U+FFFD", encoding.name());
        notes.push(note(message, first.map(|at| Span::new(at, at + 1))));
    }
    Decoded { text: text.into_owned(), encoding: encoding.name(), notes }
}

/// UTF-16 without a mark: in Latin text every other byte is zero.
fn utf16_by_zeros(bytes: &[u8]) -> Option<&'static Encoding> {
    let pairs = &bytes[..bytes.len().min(4096) & !1];
    let zeros = |from: usize| pairs.iter().skip(from).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), pairs.len() / 2);
    if half < 2 {
        return None;
    }
    if odd * 2 > half && even * 20 < half {
        return Some(encoding_rs::UTF_16LE);
    }
    if even * 2 > half && odd * 20 < half {
        return Some(encoding_rs::UTF_16BE);
    }
    None
}

/// The first control byte, if there are too many for a text: more than one in a hundred.
fn binary_from(bytes: &[u8]) -> Option<usize> {
    let control = |byte: u8| byte < 0x09 || (0x0e..0x20).contains(&byte) && byte != 0x1b || byte == 0x7f;
    let count = bytes.iter().filter(|&&byte| control(byte)).count();
    if count == 0 || count * 100 <= bytes.len() {
        return None;
    }
    bytes.iter().position(|&byte| control(byte))
}

/// Whether the bytes are UTF-8, but for a few that are damaged.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut sound, mut damaged) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        damaged += usize::from(!chunk.invalid().is_empty());
    }
    // One damaged character at the very end is a file cut off.
    damaged == 0 || sound > damaged * 2 || (sound > 0 && damaged == 1)
}

/// The charset that the head of an HTML or XML file names.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(DECLARATION_WITHIN)];
    let head: String = head.iter().map(|&byte| char::from(byte).to_ascii_lowercase()).collect();
    if !head.trim_start().starts_with('<') {
        return None;
    }
    ["charset", "encoding"].iter().find_map(|key| {
        let after = &head[head.find(key)? + key.len()..];
        let value = after.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
        let end = value.find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ';' | '>' | '/' | '?'));
        let found = Encoding::for_label(&value.as_bytes()[..end.unwrap_or(value.len())])?;
        // A declaration that could be read byte by byte cannot be in UTF-16.
        Some(if found == encoding_rs::UTF_16LE || found == encoding_rs::UTF_16BE { encoding_rs::UTF_8 } else { found })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_order_mark_decides_and_is_left_out() {
        let decoded = decode(b"\xef\xbb\xbfSatu").unwrap();
        assert_eq!((decoded.text.as_str(), decoded.encoding), ("Satu", "UTF-8"));
        let decoded = decode(b"\xff\xfeS\0a\0").unwrap();
        assert_eq!((decoded.text.as_str(), decoded.encoding), ("Sa", "UTF-16LE"));
        let decoded = decode(b"\xfe\xff\0S\0a").unwrap();
        assert_eq!((decoded.text.as_str(), decoded.encoding), ("Sa", "UTF-16BE"));
    }

    #[test]
    fn utf16_without_a_mark_is_told_by_its_zeros() {
        let little: Vec<u8> = "Ratusan – orang".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&little).unwrap().text, "Ratusan – orang");
        let big: Vec<u8> = "Ratusan – orang".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(decode(&big).unwrap().encoding, "UTF-16BE");
    }

    #[test]
    fn a_declared_charset_is_followed_where_the_bytes_are_not_utf8() {
        let decoded = decode(b"<meta charset=\"windows-1252\"><p>\x93Tidak\x94</p>").unwrap();
        assert!(decoded.text.contains("“Tidak”"));
        let decoded = decode(b"<?xml version='1.0' encoding='iso-8859-5'?><p>\xbc\xde\xe1\xda\xd2\xd0</p>").unwrap();
        assert!(decoded.text.contains("Москва"));
        assert_eq!(decode("<meta charset=latin1>é".as_bytes()).unwrap().encoding, "UTF-8");
    }

    #[test]
    fn an_undeclared_old_encoding_is_told_by_its_letters() {
        let decoded = decode(b"Le pr\xe9sident a d\xe9clar\xe9 que la situation \xe9tait grave.").unwrap();
        assert_eq!(decoded.text, "Le président a déclaré que la situation était grave.");
        assert_eq!(decoded.notes.len(), 1);
    }

    #[test]
    fn damaged_bytes_are_counted_and_placed() {
        let decoded = decode("“Satu” dan “dua”\u{0}".as_bytes().split_last().unwrap().1).unwrap();
        assert!(decoded.notes.is_empty());
        let decoded = decode(b"\xe2\x80\x9cSatu\xe2\x80\x9d d\xffan \xe2\x80\x9cdua\xe2\x80\x9d").unwrap();
        assert_eq!(decoded.notes[0].span, Some(Span::new(8, 9)));
        assert!(decoded.notes[0].message.starts_with("1 places are no UTF-8"));
    }

    #[test]
    fn newlines_and_unicode_forms_are_kept() {
        assert_eq!(decode("a\r\nb\rc e\u{301}".as_bytes()).unwrap().text, "a\r\nb\rc e\u{301}");
    }

    #[test]
    fn binary_input_is_refused_with_its_format() {
        assert_eq!(decode(b"%PDF-1.7 ...").unwrap_err().to_string(), "not a text: the file looks like PDF");
        assert!(matches!(decode(&[1, 2, 3, 0, 0, 9, 4]), Err(DecodeError::Binary { format: None, at: 0 })));
    }

    #[test]
    fn an_empty_file_is_an_empty_text() {
        assert_eq!(decode(b"").unwrap().text, "");
    }
}
