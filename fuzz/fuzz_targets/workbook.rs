//! Any sheet, and any strings, in a workbook end as documents or failures.
#![no_main]

use libfuzzer_sys::fuzz_target;
use saksi_input::{Options, documents_of};
use std::io::{Cursor, Write};
use std::sync::LazyLock;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

static OPTIONS: LazyLock<Options> = LazyLock::new(Options::default);

const KINDS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

fn relations(of: &[(&str, &str)]) -> Vec<u8> {
    let all: String = of
        .iter()
        .map(|(kind, target)| format!("<Relationship Id=\"{kind}\" Type=\"{KINDS}/{kind}\" Target=\"{target}\"/>"))
        .collect();
    format!("<Relationships>{all}</Relationships>").into_bytes()
}

fuzz_target!(|bytes: &[u8]| {
    let (strings, sheet) = bytes.split_at(bytes.len() / 2);
    let book = format!(
        "<workbook xmlns:r=\"{KINDS}\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"worksheet\"/></sheets></workbook>"
    );
    let head = b"<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><v>text</v></c></row>".as_slice();
    let parts: [(&str, Vec<u8>); 5] = [
        ("_rels/.rels", relations(&[("officeDocument", "xl/workbook.xml")])),
        ("xl/workbook.xml", book.into_bytes()),
        (
            "xl/_rels/workbook.xml.rels",
            relations(&[("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml")]),
        ),
        ("xl/worksheets/sheet1.xml", [head, sheet].concat()),
        ("xl/sharedStrings.xml", [b"<sst>", strings].concat()),
    ];
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in parts {
        archive.start_file(name, stored).unwrap();
        archive.write_all(&bytes).unwrap();
    }
    documents_of("x", Cursor::new(archive.finish().unwrap().into_inner()), &OPTIONS).for_each(drop);
});
