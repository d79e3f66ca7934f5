//! A date in numbers that its source leaves open is settled by the language of the text.

use saksi::Packs;
use saksi_batch::{Given, read};
use saksi_input::{Found, Options, documents_of};
use saksi_record::{Basis, Record};

fn record(table: &str) -> Record {
    let mut found = documents_of("x", std::io::Cursor::new(table.to_owned()), &Options::default());
    let Some(Found::Document(document)) = found.next() else { panic!("no document") };
    read(&document, &Given::default(), &Packs::builtin()).unwrap()
}

#[test]
fn the_language_of_the_text_settles_what_comes_first() {
    let text = "Banjir melanda Kabupaten Demak pada Selasa pagi dan ratusan warga mengungsi.";
    let indonesian = record(&format!("tanggal,isi\n03/04/2026,{text}\n"));
    assert_eq!(indonesian.article.published.value.as_deref(), Some("2026-04-03"));
    assert_eq!(indonesian.article.published.basis, Basis::Metadata);
    let text = "Rivers rose in Demak on Tuesday and hundreds of people left their houses.";
    let english = record(&format!("date,text\n03/04/2026,{text}\n"));
    assert_eq!(english.article.published.value, None);
    assert!(english.notes.iter().any(|note| note.message.contains("`03/04/2026` may be two days")));
    let sure = record(&format!("date,text\n13/07/2025 10:00,{text}\n"));
    assert_eq!(sure.article.published.value.as_deref(), Some("2025-07-13"));
}
