//! Every kind of source, packed in every way, and what is said of bad ones.

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder};
use saksi_input::{
    About, Document, Failure, Form, Found, Limits, Options, Pages, Place, Progress, Reason, Source, WarcWriter,
    documents, documents_of, sources,
};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

const LINES: &str = "{\"title\":\"Satu\",\"text\":\"Isi pertama.\"}\n{\"title\":\"Dua\",\"text\":\"Isi kedua.\"}\n";

fn found(bytes: &[u8]) -> Vec<Found> {
    documents_of("x", std::io::Cursor::new(bytes.to_vec()), &Options::default()).collect()
}

/// The texts, or the reasons, in order.
fn shown(bytes: &[u8]) -> Vec<String> {
    found(bytes).iter().map(show).collect()
}

fn show(found: &Found) -> String {
    match found {
        Found::Document(document) => String::from_utf8_lossy(&document.bytes).into_owned(),
        Found::Skipped(skipped) => format!("skipped {}: {}", skipped.place, skipped.what),
        Found::Failed(failure) => format!("failed {}: {}", failure.place, failure.reason.kind()),
    }
}

fn only(bytes: &[u8]) -> Document {
    match found(bytes).as_slice() {
        [Found::Document(document)] => document.clone(),
        other => panic!("{other:?}"),
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

fn brotli(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    brotli::BrotliCompress(
        &mut &*bytes,
        &mut out,
        &brotli::enc::BrotliEncoderParams { quality: 4, ..Default::default() },
    )
    .unwrap();
    out
}

fn xz(bytes: &[u8]) -> Vec<u8> {
    let mut packed = lzma_rust2::XzWriter::new(Vec::new(), lzma_rust2::XzOptions::with_preset(1)).unwrap();
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

fn bzip2(bytes: &[u8]) -> Vec<u8> {
    let mut packed = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

type Pack = fn(&[u8]) -> Vec<u8>;

const PACKINGS: [Pack; 5] = [gzip, zstd, xz, bzip2, brotli];

fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).unwrap();
    path
}

fn read(words: &[PathBuf]) -> Vec<Found> {
    documents(sources(words).unwrap(), Options::default(), Arc::new(Progress::default())).collect()
}

#[test]
fn every_packing_and_packings_of_packings_are_read() {
    let plain = shown(LINES.as_bytes());
    assert_eq!(plain, ["Satu\n\nIsi pertama.", "Dua\n\nIsi kedua."]);
    let long = LINES.repeat(500);
    let plain = shown(long.as_bytes());
    for pack in PACKINGS {
        assert_eq!(shown(&pack(long.as_bytes())), plain);
        assert_eq!(shown(&gzip(&pack(long.as_bytes()))), plain);
    }
    for pack in [gzip, xz, bzip2] {
        let members = [pack(LINES.as_bytes()), pack(LINES.as_bytes())].concat();
        assert_eq!(shown(&members).len(), 4);
    }
    // and the first letters of one are no packing
    assert_eq!(shown(b"BZh9 adalah nama jalan."), ["BZh9 adalah nama jalan."]);
    let frames = [zstd(LINES.as_bytes()), b"\x50\x2a\x4d\x18\x03\0\0\0abc".to_vec(), zstd(LINES.as_bytes())].concat();
    assert_eq!(shown(&frames).len(), 4);
}

#[test]
fn a_name_tells_of_brotli_once() {
    for text in ["Isi.".to_owned(), "a".repeat(1000), LINES.to_owned()] {
        let plain = shown(text.as_bytes());
        let packed = std::io::Cursor::new(brotli(text.as_bytes()));
        let named: Vec<String> = documents_of("x.br", packed, &Options::default()).map(|found| show(&found)).collect();
        assert!(named == plain);
        // and a text that only has the name is a text
        let named: Vec<String> =
            documents_of("x.br", std::io::Cursor::new(text), &Options::default()).map(|found| show(&found)).collect();
        assert!(named == plain);
    }
}

#[test]
fn a_table_without_text_is_refused_once_with_its_columns() {
    let found: Vec<_> = documents_of("urls.csv", "address,note\na,b\nc,d\n".as_bytes(), &Options::default()).collect();
    let [Found::Failed(failure)] = &found[..] else { panic!("{} found", found.len()) };
    assert_eq!(failure.reason.to_string(), "no text in any of its columns: address, note");
}

#[test]
fn too_many_packings_are_refused() {
    let mut bytes = LINES.as_bytes().to_vec();
    for _ in 0..5 {
        bytes = gzip(&bytes);
    }
    assert_eq!(shown(&bytes), ["failed x: packed too deep"]);
}

#[test]
fn data_that_is_cut_off_gives_what_came_before_and_a_reason() {
    for pack in PACKINGS {
        let lines: Vec<String> = (0..40_000_u64)
            .map(|n| format!("{{\"text\":\"Isi nomor {n} {:x}\"}}", n.wrapping_mul(0x9e37_79b9_7f4a_7c15)))
            .collect();
        let long = lines.join("\n");
        let packed = pack(long.as_bytes());
        let shown = shown(&packed[..packed.len() / 2]);
        assert!(shown.len() > 100, "{}", shown.len());
        assert!(shown.last().unwrap().ends_with("broken packing"), "{:?}", shown.last());
        assert!(shown[0].starts_with("Isi nomor 0"));
    }
}

/// Ten gigabytes of zeros as zstd: blocks that repeat one byte 128 KB long.
fn zstd_bomb() -> Vec<u8> {
    let mut bomb = b"\x28\xb5\x2f\xfd\x00\x58".to_vec();
    let blocks = 10_u64 * 1024 * 1024 * 1024 / (128 << 10);
    for block in 0..blocks {
        let header = u32::from(block + 1 == blocks) | 1 << 1 | (128 << 10) << 3;
        bomb.extend_from_slice(&header.to_le_bytes()[..3]);
        bomb.push(b'a');
    }
    bomb
}

#[test]
fn bombs_are_refused() {
    let zeros = vec![b'a'; 64 << 20];
    let gzips = gzip(&gzip(&zeros[..4 << 20]).repeat(2560)); // ten gigabytes
    assert!(gzips.len() < 1 << 20);
    assert!(zstd_bomb().len() < 1 << 20);
    let xzs = xz(&zeros).repeat(100);
    let bzips = bzip2(&zeros).repeat(160);
    assert!(xzs.len() < 1 << 20 && bzips.len() < 1 << 20, "{} {}", xzs.len(), bzips.len());
    for bomb in [gzips, zstd_bomb(), xzs, bzips, brotli(&zeros)] {
        let limits = Limits { document: 1 << 40, ..Limits::default() };
        let found: Vec<Found> =
            documents_of("x", std::io::Cursor::new(bomb), &Options { limits, ..Options::default() }).collect();
        assert_eq!(found.iter().map(show).collect::<Vec<_>>(), ["failed x: bomb"]);
    }
    assert_eq!(shown(&zstd_bomb()), ["failed x: too large"]);
}

#[test]
fn memory_that_xz_asks_for_is_bounded() {
    let mut packed = xz(LINES.as_bytes());
    // The block's head stands after the stream's twelve bytes; its fifth byte is the size of the dictionary, and a
    // checksum of it follows: 40 asks for 4 GB.
    assert_eq!(packed[14..16], [0x21, 0x01]);
    packed[16] = 40;
    let size = (usize::from(packed[12]) + 1) * 4;
    let mut crc = flate2::Crc::new();
    crc.update(&packed[12..12 + size - 4]);
    packed[12 + size - 4..12 + size].copy_from_slice(&crc.sum().to_le_bytes());
    assert_eq!(shown(&packed), ["failed x: broken packing"]);
}

#[test]
fn one_bad_line_does_not_stop_the_others() {
    let lines = "{\"text\":\"a\"}\nnot json\n{\"x\":1}\n[1]\n\n{\"text\":\"\u{e9}\"}\n{\"text\":\"cut";
    assert_eq!(
        shown(lines.as_bytes()),
        [
            "a",
            "failed x:2: no JSON object",
            "failed x:3: no text",
            "failed x:4: no JSON object",
            "é",
            "failed x:7: no JSON object"
        ]
    );
}

#[test]
fn a_line_larger_than_an_article_is_passed_over() {
    let lines = format!("{{\"text\":\"a\"}}\n{{\"text\":\"{}\"}}\n{{\"text\":\"b\"}}\n", "x".repeat(9 << 20));
    assert_eq!(shown(lines.as_bytes()), ["a", "failed x:2: too large", "b"]);
}

#[test]
fn json_is_read_in_its_other_forms() {
    assert_eq!(shown(b"[{\"text\":\"a\"},\n{\"article\":{\"body\":[\"One.\",\"Two.\"]}}]").len(), 2);
    let mut options = Options::default();
    options.columns.give("text=article.body").unwrap();
    let nested = b"{\"article\":{\"body\":[\"One.\",\"Two.\"]},\n\"author\":{\"name\":\"Ann\"}}".as_slice();
    let found: Vec<Found> = documents_of("x", nested, &options).collect();
    let Found::Document(document) = &found[0] else { panic!("{found:?}") };
    assert_eq!(document.bytes, b"One.\n\nTwo.");
    assert_eq!(document.about.author.as_deref(), Some("Ann"));
}

#[test]
fn tables_are_read_with_their_usual_names() {
    let document = only("Judul;Isi;Tanggal;Sumber;Tautan;Bahasa\nSatu;\"Isi; pertama\nbaris\";2025-07-13;Kabar;https://example.org/1;id-ID\n".as_bytes());
    assert_eq!(document.bytes, "Satu\n\nIsi; pertama\nbaris".as_bytes());
    assert_eq!(document.about.outlet.as_deref(), Some("Kabar"));
    assert_eq!(document.about.language.as_deref(), Some("id"));
    assert_eq!(document.about.published.unwrap().day.to_string(), "2025-07-13");
    assert_eq!(document.place.to_string(), "x:2");
    let utf16: Vec<u8> =
        "\u{feff}title\tbody\r\nSatu\tIsi – dua\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(only(&utf16).bytes, "Satu\n\nIsi – dua".as_bytes());
    for end in ["\n", "\r\n"] {
        let table = format!("title,body{end}a,\"b{end}b\"{end}c,d{end}");
        let places: Vec<String> = found(table.as_bytes())
            .iter()
            .map(|found| if let Found::Document(document) = found { document.place.to_string() } else { String::new() })
            .collect();
        assert_eq!(places, ["x:2", "x:4"]);
    }
}

#[test]
fn a_quotation_mark_left_open_is_named() {
    let table = format!("title,body\na,b\nc,\"{}", "x\n".repeat(5 << 20));
    let shown = shown(table.as_bytes());
    assert_eq!(shown, ["a\n\nb", "failed x:3: broken table"]);
}

#[test]
fn feeds_give_content_or_a_summary_with_a_note() {
    let feed = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><item><title>A</title>\
        <description>Short.</description><content:encoded>&lt;p&gt;Long.&lt;/p&gt;</content:encoded></item>\
        <item><title>B</title><description>Short.</description></item><item><title>C</title></item></channel></rss>";
    let found = found(feed.as_bytes());
    let [Found::Document(a), Found::Document(b), Found::Skipped(_)] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(a.form, Form::Html);
    assert!(a.notes.is_empty());
    assert_eq!(b.bytes, b"B\n\nShort.");
    assert_eq!(b.notes.len(), 1);
    assert_eq!(b.place.to_string(), "x#2");
}

fn warc() -> Vec<u8> {
    let mut writer = WarcWriter::new(Vec::new());
    let page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n".to_vec();
    let page = [page, gzip(b"<html><p>Halaman.</p></html>")].concat();
    let response =
        |url: &'static str| [("WARC-Type", "response"), ("WARC-Target-URI", url), ("Content-Type", "application/http")];
    writer.write(&[("WARC-Type", "warcinfo")], b"software: x\r\n").unwrap();
    writer.write(&response("https://example.org/1"), &page).unwrap();
    writer.write(&[("WARC-Type", "request")], b"GET / HTTP/1.1\r\n\r\n").unwrap();
    writer.write(&response("https://example.org/2"), b"HTTP/1.1 404 Not Found\r\n\r\n").unwrap();
    writer
        .write(&response("https://example.org/3"), b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG")
        .unwrap();
    let conversion =
        [("WARC-Type", "conversion"), ("WARC-Target-URI", "https://example.org/4"), ("Content-Type", "text/plain")];
    writer.write(&conversion, b"Teks.").unwrap();
    writer.get_ref().clone()
}

#[test]
fn the_pages_of_a_web_archive_are_read() {
    let found = found(&warc());
    assert_eq!(
        found.iter().map(show).collect::<Vec<_>>(),
        [
            "<html><p>Halaman.</p></html>",
            "skipped x#4: a response with status 404",
            "skipped x#5: a response of type image/png",
            "Teks."
        ]
    );
    let Found::Document(page) = &found[0] else { panic!() };
    assert_eq!((page.form, page.about.url.as_deref()), (Form::Html, Some("https://example.org/1")));
}

#[test]
fn a_web_archive_that_is_cut_off_gives_the_pages_before() {
    let mut plain = Vec::new();
    flate2::read::MultiGzDecoder::new(warc().as_slice()).read_to_end(&mut plain).unwrap();
    let cut = shown(&plain[..plain.len() - 10]);
    assert_eq!(cut.len(), 4);
    assert_eq!(cut[3], "failed x#6: broken WARC");
}

/// A ZIP by hand: stored and deflated files.
fn zip(path: &Path, files: &[(&str, &[u8])]) {
    std::fs::write(path, zipped(files)).unwrap();
}

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut directory = Vec::new();
    for (at, (name, data)) in files.iter().enumerate() {
        let (method, packed) = if at % 2 == 0 {
            (0_u16, data.to_vec())
        } else {
            let mut packed = DeflateEncoder::new(Vec::new(), Compression::fast());
            packed.write_all(data).unwrap();
            (8, packed.finish().unwrap())
        };
        let mut crc = flate2::Crc::new();
        crc.update(data);
        let mut head = Vec::new();
        head.extend_from_slice(&[20, 0, 0, 0]);
        head.extend_from_slice(&method.to_le_bytes());
        head.extend_from_slice(&[0; 4]);
        head.extend_from_slice(&crc.sum().to_le_bytes());
        head.extend_from_slice(&(packed.len() as u32).to_le_bytes());
        head.extend_from_slice(&(data.len() as u32).to_le_bytes());
        head.extend_from_slice(&(name.len() as u16).to_le_bytes());
        head.extend_from_slice(&[0; 2]);
        let start = bytes.len() as u32;
        bytes.extend_from_slice(b"PK\x03\x04");
        bytes.extend_from_slice(&head);
        bytes.extend_from_slice(name.as_bytes());
        bytes.extend_from_slice(&packed);
        directory.extend_from_slice(b"PK\x01\x02\x14\x00");
        directory.extend_from_slice(&head);
        directory.extend_from_slice(&[0; 10]);
        directory.extend_from_slice(&start.to_le_bytes());
        directory.extend_from_slice(name.as_bytes());
    }
    let (start, length) = (bytes.len() as u32, directory.len() as u32);
    bytes.extend_from_slice(&directory);
    bytes.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    bytes.extend_from_slice(&(files.len() as u16).to_le_bytes());
    bytes.extend_from_slice(&(files.len() as u16).to_le_bytes());
    bytes.extend_from_slice(&length.to_le_bytes());
    bytes.extend_from_slice(&start.to_le_bytes());
    bytes.extend_from_slice(&[0; 2]);
    bytes
}

#[test]
fn a_wacz_gives_the_pages_of_its_archives() {
    let path = folder("wacz").join("crawl.wacz");
    zip(
        &path,
        &[("archive/data.warc.gz", &warc()), ("datapackage.json", b"{}"), ("pages/pages.jsonl", b"{\"url\":\"x\"}\n")],
    );
    let found = read(std::slice::from_ref(&path));
    assert_eq!(found.len(), 4);
    let Found::Document(page) = &found[0] else { panic!("{found:?}") };
    assert_eq!(page.place.to_string(), format!("{}!archive/data.warc.gz#2", path.display()));
}

#[test]
fn a_zip_gives_the_files_in_it() {
    let path = folder("zip").join("news.zip");
    zip(
        &path,
        &[("b.txt", b"Isi b."), ("a.jsonl", LINES.as_bytes()), ("__MACOSX/x", b"no"), ("c.gz", &gzip(b"Isi c."))],
    );
    let shown: Vec<String> = read(&[path]).iter().map(show).collect();
    assert_eq!(shown, ["Satu\n\nIsi pertama.", "Dua\n\nIsi kedua.", "Isi b.", "Isi c."]);
}

#[test]
fn a_zip_that_comes_as_a_stream_is_put_aside_and_read() {
    let files: [(&str, &[u8]); 3] = [("b.txt", b"Isi b."), ("a.jsonl", LINES.as_bytes()), ("c.txt", b"Isi c.")];
    let stream = zipped(&files);
    let wanted = ["Satu\n\nIsi pertama.", "Dua\n\nIsi kedua.", "Isi b.", "Isi c."];
    assert_eq!(shown(&stream), wanted);
    assert_eq!(shown(&gzip(&stream)), wanted);
    // one in another is not
    assert_eq!(shown(&zipped(&[("inner.zip", stream.as_slice())])), ["failed x!inner.zip: broken ZIP"]);
    let limits = Limits { held: stream.len() as u64 - 1, ..Limits::default() };
    let options = Options { limits, ..Options::default() };
    let found: Vec<Found> = documents_of("x", std::io::Cursor::new(stream), &options).collect();
    assert_eq!(found.iter().map(show).collect::<Vec<_>>(), ["failed x: too large"]);
}

/// The parts of a workbook of two shown sheets and a hidden one; the first sheet's rows are `rows`.
fn workbook(rows: &str, strings: &[&str]) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const KINDS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let book = format!(
        "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{KINDS}\"><sheets><sheet name=\"Berita\" sheetId=\"1\" r:id=\"r1\"/>\
         <sheet name=\"Lain\" sheetId=\"2\" r:id=\"r2\"/><sheet name=\"Arsip\" sheetId=\"3\" state=\"hidden\" r:id=\"r3\"/>\
         </sheets></workbook>"
    );
    let relation = |id: u8, kind: &str, target: &str| {
        format!("<Relationship Id=\"r{id}\" Type=\"{KINDS}/{kind}\" Target=\"{target}\"/>")
    };
    let package = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{}</Relationships>",
        relation(1, "officeDocument", "xl/workbook.xml")
    );
    let relations = [
        relation(1, "worksheet", "worksheets/sheet1.xml"),
        relation(2, "worksheet", "worksheets/sheet2.xml"),
        relation(3, "worksheet", "worksheets/sheet2.xml"),
        relation(4, "styles", "styles.xml"),
        relation(5, "sharedStrings", "sharedStrings.xml"),
    ];
    let relations = package.replace(&relation(1, "officeDocument", "xl/workbook.xml"), &relations.concat());
    let sheet = |rows: &str| format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{rows}</sheetData></worksheet>");
    let two = sheet(
        "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>text</t></is></c></row>\
         <row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>Isi lain.</t></is></c></row>",
    );
    let styles = format!(
        "<styleSheet xmlns=\"{MAIN}\"><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"
    );
    let strings = strings.iter().map(|text| format!("<si><t>{text}</t></si>")).collect::<Vec<_>>().concat();
    let strings = format!("<sst xmlns=\"{MAIN}\">{strings}</sst>");
    zipped(&[
        ("_rels/.rels", package.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet(rows).as_bytes()),
        ("xl/worksheets/sheet2.xml", two.as_bytes()),
        ("xl/styles.xml", styles.as_bytes()),
        ("xl/sharedStrings.xml", strings.as_bytes()),
    ])
}

/// Text, a day and an empty row.
const ROWS: &str = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"C1\" t=\"s\"><v>1</v></c></row>\
    <row r=\"2\"><c r=\"A2\" t=\"s\"><v>2</v></c><c r=\"C2\" s=\"1\"><v>45848</v></c><c r=\"D2\"><v>7</v></c></row>\
    <row r=\"4\"><c r=\"C4\" t=\"s\"><v>2</v></c></row>";

#[test]
fn a_workbook_gives_the_rows_of_the_sheets_that_are_shown() {
    let book = workbook(ROWS, &["Isi", "tanggal", "Air &amp; api."]);
    let found: Vec<Found> = documents_of("x", std::io::Cursor::new(book), &Options::default()).collect();
    assert_eq!(found.iter().map(show).collect::<Vec<_>>(), ["Air & api.", "failed x!Berita:4: no text", "Isi lain."]);
    let Found::Document(first) = &found[0] else { panic!() };
    assert_eq!(first.place.to_string(), "x!Berita:2");
    // 45848 days after the eve of 1900, as a spreadsheet counts
    assert_eq!(first.about.published.unwrap().day.to_string(), "2025-07-10");
}

#[test]
fn a_workbook_that_is_broken_or_holds_too_much_is_refused_as_a_whole() {
    let refused = |bytes: &[u8]| match found(bytes).as_slice() {
        [Found::Failed(Failure { reason: Reason::Spreadsheet(why), .. })] => why.clone(),
        other => panic!("{other:?}"),
    };
    refused(&zipped(&[("xl/workbook.xml", b"<workbook><sheets>")]));
    // little data that says the same long string again and again
    let rows = format!("<row>{}</row>", "<c t=\"s\"><v>0</v></c>".repeat(10)).repeat(400);
    assert!(refused(&workbook(&rows, &["Isi. ".repeat(8_000).as_str()])).contains("too much"));
    let zeros = format!("<!--{}-->", " ".repeat(70 << 20));
    assert!(refused(&workbook(&zeros, &["Isi"])).contains("too much"));
    assert!(refused(&zipped(&[("mimetype", b"x"), ("content.xml", b"<x/>")])).contains(".xlsx"));
}

#[test]
fn folders_and_patterns_are_read_in_order_of_name() {
    let root = folder("walk");
    std::fs::create_dir_all(root.join("b/c")).unwrap();
    for (name, text) in
        [("b/c/2.txt", "dua"), ("b/1.txt", "satu"), ("a.txt", "nol"), (".hidden", "x"), ("c.html", "<p>tiga</p>")]
    {
        std::fs::write(root.join(name), text).unwrap();
    }
    let shown: Vec<String> = read(std::slice::from_ref(&root)).iter().map(show).collect();
    assert_eq!(shown, ["nol", "satu", "dua", "<p>tiga</p>"]);
    let shown: Vec<String> = read(&[root.join("**/[12].txt")]).iter().map(show).collect();
    assert_eq!(shown, ["satu", "dua"]);
    let shown: Vec<String> = read(&[root.join("*.pdf"), root.join("none.txt")]).iter().map(show).collect();
    assert!(shown.iter().all(|shown| shown.ends_with("unreadable")), "{shown:?}");
    assert_eq!(shown.len(), 2);
}

#[test]
fn a_list_of_addresses_is_not_fetched() {
    assert_eq!(shown(b"https://example.org/1\nhttps://example.org/2\n"), ["failed x: list of addresses"]);
    assert_eq!(shown(b"title,url\nA,https://example.org/1\n"), ["failed x:1: list of addresses"]);
    assert_eq!(shown(b"url\nhttps://example.org/1,2\n"), ["failed x:1: list of addresses"]);
    let found = read(&[PathBuf::from("https://example.org/")]);
    assert_eq!(found.iter().map(show).collect::<Vec<_>>(), ["failed https://example.org/: list of addresses"]);
}

/// Pages that say which address they are of.
#[derive(Debug)]
struct Echo;

impl Pages for Echo {
    fn page(&self, url: &str, place: Place) -> Found {
        let bytes = url.as_bytes().to_vec();
        Found::Document(Document { place, form: Form::Html, bytes, about: About::default(), notes: Vec::new() })
    }
}

#[test]
fn addresses_become_pages_where_these_can_be_had() {
    let options = Options { pages: Some(Arc::new(Echo)), ..Options::default() };
    let shown = |bytes: &str| -> Vec<String> {
        documents_of("x", std::io::Cursor::new(bytes.to_owned()), &options).map(|found| show(&found)).collect()
    };
    let [a, b] = ["https://example.org/a,b", "http://example.org/b"];
    for list in [
        format!("# pages\n{a}\n\n  {b}\r\n"),
        format!("url\n{a}\n{b}\n"),
        format!("judul,tautan\nX,\"{a}\"\nY,{b}\n"),
        format!("{{\"url\":\"{a}\"}}\n{{\"url\":\"{b}\"}}\n"),
    ] {
        assert_eq!(shown(&list), [a, b], "{list}");
    }
    // a sheet of a workbook that has a column of addresses, or nothing else and no header line
    let book = |head: &str| {
        let rows: Vec<String> = [head, a, b]
            .iter()
            .filter(|cell| !cell.is_empty())
            .map(|cell| format!("<row><c t=\"inlineStr\"><is><t>{cell}</t></is></c></row>"))
            .collect();
        documents_of("x", std::io::Cursor::new(workbook(&rows.concat(), &[])), &options)
            .map(|found| show(&found))
            .collect::<Vec<_>>()
    };
    assert_eq!(book("Tautan"), [a, b, "Isi lain."]);
    assert_eq!(book(""), [a, b, "Isi lain."]);
    // what is named twice is read once, and a row that has a text needs no page
    assert_eq!(shown(&format!("{a}\n{a}\n")), [a, &format!("skipped {a}: an address that was named before")]);
    assert_eq!(shown(&format!("url,text\n\"{a}\",Isi.\n{b},\nx,\n")), ["Isi.", b, "failed x:4: no text"]);
    let two = documents(
        vec![Source::Address(b.to_owned()), Source::Address(b.to_owned())],
        options.clone(),
        Arc::new(Progress::default()),
    );
    assert!(matches!(two.collect::<Vec<_>>()[..], [Found::Document(_), Found::Skipped(_)]));
}

#[test]
fn a_packed_response_that_is_a_bomb_is_refused() {
    let mut writer = WarcWriter::new(Vec::new());
    let head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: zstd\r\n\r\n".to_vec();
    writer
        .write(&[("WARC-Type", "response"), ("Content-Type", "application/http")], &[head, zstd_bomb()].concat())
        .unwrap();
    assert_eq!(found(writer.get_ref()).iter().map(show).collect::<Vec<_>>(), ["failed x#1: too large"]);
}

#[test]
fn reasons_say_what_to_do() {
    for reason in [Reason::Addresses, Reason::TooDeep, Reason::Bomb { ratio: 300 }, Reason::NoText { has: vec![] }] {
        assert!(!reason.help().is_empty() && !reason.to_string().is_empty());
    }
}
