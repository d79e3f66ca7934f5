//! What a source is, told by its first bytes.

use crate::columns::Columns;

/// How many bytes are looked at.
pub(crate) const HEAD: usize = 64 << 10;

/// What a source is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// Text, or what [`saksi` reads or refuses](https://docs.rs/saksi-clean) as such.
    Text,
    /// A web page.
    Html,
    /// One JSON object a line.
    JsonLines,
    /// One JSON value over several lines: an object, or a list of objects.
    Json,
    /// A table with a header line.
    Table {
        /// What separates its cells.
        delimiter: u8,
    },
    /// RSS or Atom.
    Feed,
    /// A web archive.
    Warc,
    /// A list of addresses, one a line.
    Addresses,
    /// gzip.
    Gzip,
    /// Zstandard.
    Zstd,
    /// xz.
    Xz,
    /// bzip2.
    Bzip2,
    /// Brotli.
    Brotli,
    /// ZIP; WACZ is one.
    Zip,
}

/// Tells what a source is from its first bytes.
///
/// `all` says that the bytes are the whole source; `name` is asked only for Brotli, which has no signature,
/// and for a table whose header names no column of text.
pub fn sniff(head: &[u8], all: bool, name: &str, columns: &Columns) -> Kind {
    const MAGIC: [(&[u8], Kind); 6] = [
        (b"\x1f\x8b", Kind::Gzip),
        (b"\x28\xb5\x2f\xfd", Kind::Zstd),
        (b"\xfd7zXZ\0", Kind::Xz),
        (b"PK\x03\x04", Kind::Zip),
        (b"PK\x05\x06", Kind::Zip),
        (b"WARC/", Kind::Warc),
    ];
    if let Some((_, kind)) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)) {
        return *kind;
    }
    if head.len() >= 4 && (0x50..=0x5f).contains(&head[0]) && head[1..4] == [0x2a, 0x4d, 0x18] {
        return Kind::Zstd; // a skippable frame
    }
    // The level, and the mark of the first block or of the end: "BZh" alone may be a text's first letters.
    if head.starts_with(b"BZh")
        && head.get(3).is_some_and(|level| (b'1'..=b'9').contains(level))
        && head.get(4..10).is_some_and(|mark| matches!(mark, b"\x31\x41\x59\x26\x53\x59" | b"\x17\x72\x45\x38\x50\x90"))
    {
        return Kind::Bzip2;
    }
    if is_brotli(head, all, name) {
        return Kind::Brotli;
    }
    let text = readable(head);
    let text = text.as_deref().unwrap_or(head);
    let start = text.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(text.len());
    let text = &text[start..];
    match text.first() {
        Some(b'{' | b'[') => json(text, all).unwrap_or(Kind::Text),
        Some(b'<') => markup(text),
        Some(_) if is_list_of_addresses(text, all) => Kind::Addresses,
        Some(_) => delimiter(text, name, columns).map_or(Kind::Text, |delimiter| Kind::Table { delimiter }),
        None => Kind::Text,
    }
}

/// Whether bytes begin like a page or a piece of one.
pub(crate) fn looks_like_html(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let start = bytes.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(bytes.len());
    matches!(bytes.get(start..start + 2), Some([b'<', next]) if next.is_ascii_alphabetic() || *next == b'!' || *next == b'?')
        && bytes[start..].windows(2).take(HEAD).any(|two| two == b"</" || two == b"/>")
}

/// The head as UTF-8 where a mark says that it is UTF-16, or without a UTF-8 mark.
fn readable(head: &[u8]) -> Option<Vec<u8>> {
    let (encoding, mark) = encoding_rs::Encoding::for_bom(head)?;
    let (text, _) = encoding.decode_without_bom_handling(&head[mark..]);
    Some(text.into_owned().into_bytes())
}

/// Whether bytes that are no text unpack as Brotli into some that are.
fn is_brotli(head: &[u8], all: bool, name: &str) -> bool {
    let named = name.rsplit('.').next().is_some_and(|end| end.eq_ignore_ascii_case("br"));
    let is_text = |bytes: &[u8]| match std::str::from_utf8(bytes) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none(), // cut off within a letter
    };
    let controls = head.iter().filter(|byte| **byte < 9 || (14..32).contains(*byte)).count();
    let plain = is_text(head) && controls * 100 <= head.len();
    if head.is_empty() || !named && plain {
        return false;
    }
    let mut unpacked = vec![0; 4096];
    let mut have = 0;
    let mut reader = brotli_decompressor::Decompressor::new(head, 4096);
    let mut ended = false;
    while have < unpacked.len() {
        match std::io::Read::read(&mut reader, &mut unpacked[have..]) {
            Ok(0) => {
                ended = true;
                break;
            }
            Ok(more) => have += more,
            Err(_) => break,
        }
    }
    let unpacked = &unpacked[..have];
    let controls = unpacked.iter().filter(|byte| **byte < 9 || (14..32).contains(*byte)).count();
    // Few bytes that happen to unpack prove nothing, unless they unpack to the very end.
    let whole = ended && all && (named || have >= 8);
    (whole || have >= 64 && !plain) && is_text(unpacked) && controls == 0
}

fn json(text: &[u8], all: bool) -> Option<Kind> {
    let after = text[1..].iter().find(|byte| !byte.is_ascii_whitespace())?;
    let opens = if text[0] == b'{' { matches!(after, b'"' | b'}') } else { matches!(after, b'{' | b']') };
    if !opens {
        return None;
    }
    let line = text.split(|byte| *byte == b'\n').next().unwrap_or(text);
    let whole_line = line.len() < text.len() || all;
    let is_object = text[0] == b'{';
    // A first line longer than the head is one of JSON Lines: nobody writes an indented file like that.
    let lines = is_object && (!whole_line || serde_json::from_slice::<serde::de::IgnoredAny>(line).is_ok());
    Some(if lines { Kind::JsonLines } else { Kind::Json })
}

fn markup(text: &[u8]) -> Kind {
    let head = &text[..text.len().min(4096)];
    let mut at = 0;
    while let Some(open) = head[at..].iter().position(|byte| *byte == b'<') {
        at += open + 1;
        let rest = &head[at..];
        if let Some(comment) = rest.strip_prefix(b"!--") {
            match comment.windows(3).position(|three| three == b"-->") {
                Some(end) => at += 3 + end + 3,
                None => break,
            }
            continue;
        }
        if rest.first().is_some_and(u8::is_ascii_alphabetic) {
            let end = rest.iter().position(|byte| !byte.is_ascii_alphanumeric() && *byte != b':').unwrap_or(rest.len());
            let name = rest[..end].to_ascii_lowercase();
            let name = name.rsplit(|byte| *byte == b':').next().unwrap_or_default();
            let is_feed = matches!(name, b"rss" | b"feed")
                || name == b"rdf"
                    && rest[..rest.len().min(600)].windows(4).any(|four| four.eq_ignore_ascii_case(b"/rss"));
            return if is_feed { Kind::Feed } else { Kind::Html };
        }
    }
    Kind::Html
}

/// Whether every line is an address or a remark, and at least one an address.
fn is_list_of_addresses(text: &[u8], all: bool) -> bool {
    let mut lines: Vec<&[u8]> = text.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).collect();
    if !all {
        lines.pop(); // cut off
    }
    lines.iter().any(|line| is_address(line))
        && lines.iter().all(|line| line.is_empty() || line.starts_with(b"#") || is_address(line))
}

/// Whether a line or cell is an address of a page.
pub(crate) fn is_address(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    let lower = line[..line.len().min(8)].to_ascii_lowercase();
    (lower.starts_with(b"http://") || lower.starts_with(b"https://")) && !line.iter().any(u8::is_ascii_whitespace)
}

/// The delimiter of a table: its header names a column of text, or one of addresses that holds one, or it has the form and the name of a table (its rows then fail with the
/// columns that there are, which says more than taking them for an article's text).
fn delimiter(text: &[u8], name: &str, columns: &Columns) -> Option<u8> {
    let line = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
    if line.len() == text.len() || line.len() > 8192 {
        return None; // a header alone is a line of text
    }
    let named = name.rsplit('.').next().is_some_and(|end| ["csv", "tsv"].iter().any(|is| end.eq_ignore_ascii_case(is)));
    let given = columns.given(crate::columns::Field::Text).is_some();
    [b',', b'\t', b';', b'|'].into_iter().find(|delimiter| {
        let mut reader = csv::ReaderBuilder::new();
        reader.delimiter(*delimiter).has_headers(false).flexible(true);
        let mut rows = reader.from_reader(text).into_byte_records();
        let Some(Ok(header)) = rows.next() else { return false };
        let header = csv::StringRecord::from_byte_record_lossy(header);
        // A sentence that holds "text," among its words is no header: those have short cells of few words.
        let short = header.iter().all(|cell| cell.len() <= 64 && cell.split_whitespace().count() <= 4);
        let tight = header.len() > 1 && header.iter().all(|cell| !cell.contains(char::is_whitespace));
        if !short {
            return false;
        }
        if !header.iter().any(|cell| columns.is_text(cell)) {
            let Some(Ok(row)) = rows.next() else { return false };
            // Where there is but one column, a comma is part of an address.
            let alone = header.len() == 1 && *delimiter != b'\t';
            let url = header.iter().position(|cell| columns.is_url(cell)).and_then(|at| row.get(at));
            let formed = header.len() > 1 && row.len() == header.len();
            return !alone && url.is_some_and(is_address) || formed && (named || given && tight);
        }
        if given {
            return true;
        }
        // Nor is a headline such as "Story, Interrupted": of one known name alone the form must be that of a table.
        let known = header.iter().filter(|cell| columns.is_known(cell)).count();
        known > 1 || tight && rows.next().is_some_and(|row| row.is_ok_and(|row| row.len() == header.len()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(text: &[u8]) -> Kind {
        sniff(text, true, "x", &Columns::default())
    }

    #[test]
    fn a_source_is_told_by_its_content() {
        let table = |delimiter| Kind::Table { delimiter };
        for (text, is) in [
            ("Banjir melanda Demak.", Kind::Text),
            ("", Kind::Text),
            ("{Jakarta} Banjir", Kind::Text),
            ("[Foto] Banjir", Kind::Text),
            ("{\"text\": \"x\"}\n{\"text\": \"y\"}\n", Kind::JsonLines),
            ("{\"text\": \"x\"}", Kind::JsonLines),
            ("\u{feff}{\"text\": \"x\"}\n", Kind::JsonLines),
            ("{\n  \"text\": \"x\"\n}", Kind::Json),
            ("[{\"text\": \"x\"},\n{}]", Kind::Json),
            ("<!DOCTYPE html><html>", Kind::Html),
            ("<?xml version=\"1.0\"?>\n<html xmlns=\"x\">", Kind::Html),
            ("<?xml version=\"1.0\"?><!-- <html> --><rss version=\"2.0\">", Kind::Feed),
            ("<feed xmlns=\"http://www.w3.org/2005/Atom\">", Kind::Feed),
            ("<rdf:RDF xmlns=\"http://purl.org/rss/1.0/\">", Kind::Feed),
            ("WARC/1.1\r\n", Kind::Warc),
            ("# pages\nhttps://example.org/a\nhttp://example.org/b\n", Kind::Addresses),
            ("https://example.org/a is down\n", Kind::Text),
            ("title,body,date\nx,y,z\n", table(b',')),
            ("Judul;Isi;Tanggal\nx;y;z\n", table(b';')),
            ("id\ttext\nx\ty\n", table(b'\t')),
            ("Jakarta, text, and more of it are what this line is about\nx", Kind::Text),
            ("body\nThe body was found.\n", Kind::Text),
            ("title,date\nx,z\n", Kind::Text),
            ("Story, Interrupted\n\nIt ended, and nobody knew.\n", Kind::Text),
            ("Body,found\nPolice found a body, a car, and a map.\n", Kind::Text),
        ] {
            assert_eq!(kind(text.as_bytes()), is, "{text}");
        }
    }

    #[test]
    fn a_table_without_a_column_of_text_is_told_by_its_name_or_by_the_column_asked_for() {
        let table = Kind::Table { delimiter: b',' };
        let named = |text: &str, name: &str| sniff(text.as_bytes(), true, name, &Columns::default());
        assert_eq!(named("url,headline2\nx,y\n", "urls.csv"), table);
        assert_eq!(named("url,headline2\nx,y\n", "urls"), Kind::Text);
        assert_eq!(named("Banjir, kata warga\nair naik\n", "berita.csv"), Kind::Text);
        let mut columns = Columns::default();
        columns.give("text=isii").unwrap();
        assert_eq!(sniff(b"title,isi\nx,y\n", true, "x", &columns), table);
        assert_eq!(sniff(b"Banjir, kata warga\nair naik, lalu surut\n", true, "x", &columns), Kind::Text);
    }

    #[test]
    fn utf16_is_told_by_its_mark() {
        let bytes: Vec<u8> = "\u{feff}title\tbody\na\tb\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(kind(&bytes), Kind::Table { delimiter: b'\t' });
    }

    #[test]
    fn letters_of_an_old_encoding_are_no_brotli() {
        assert_eq!(kind(b"Le pr\xe9sident a d\xe9clar\xe9 que la situation \xe9tait grave."), Kind::Text);
    }
}
