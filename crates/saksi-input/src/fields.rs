//! From the cells of a row or object to a document.

use crate::columns::{Columns, Field};
use crate::dates::when;
use crate::document::{About, Document, Form, Place};
use crate::reason::Reason;
use crate::sniff::looks_like_html;

/// One row: the names of its columns and what each holds.
pub(crate) struct Row<'a> {
    pub(crate) names: &'a [String],
    pub(crate) cells: Vec<String>,
}

/// The document of a row.
pub(crate) fn document(row: &Row<'_>, columns: &Columns, place: Place) -> Result<Document, Reason> {
    let cell = |field: Field| -> Option<String> {
        let holds = |at: usize| row.cells.get(at).is_some_and(|cell| !cell.trim().is_empty());
        let at = columns.pick(field, row.names, holds)?;
        row.cells.get(at).map(|cell| cell.trim().to_owned()).filter(|cell| !cell.is_empty())
    };
    let Some(text) = cell(Field::Text) else {
        return Err(Reason::NoText { has: row.names.iter().take(12).cloned().collect() });
    };
    let mut notes = Vec::new();
    let date = cell(Field::Published);
    let published = date.as_deref().and_then(when);
    if let (Some(date), None) = (&date, published) {
        notes.push(format!("the date of publication `{}` cannot be read", date.chars().take(40).collect::<String>()));
    }
    let about = About {
        url: cell(Field::Url),
        title: cell(Field::Title),
        author: cell(Field::Author),
        outlet: cell(Field::Outlet),
        language: cell(Field::Language).and_then(|tag| language(&tag)),
        published,
        charset: None,
    };
    let (form, bytes) = body(about.title.as_deref(), &text);
    Ok(Document { place, form, bytes, about, notes })
}

/// Text with its title on top; a page around a piece of one.
pub(crate) fn body(title: Option<&str>, text: &str) -> (Form, Vec<u8>) {
    if !looks_like_html(text.as_bytes()) {
        let whole = match title {
            Some(title) if !starts_with(text, title) => format!("{title}\n\n{text}"),
            _ => text.to_owned(),
        };
        return (Form::Text, whole.into_bytes());
    }
    let head = text.get(..text.len().min(512)).unwrap_or(text).to_ascii_lowercase();
    if head.contains("<html") || head.contains("<!doctype") || head.contains("<head") {
        return (Form::Html, text.as_bytes().to_vec());
    }
    let title = title.map(quick_xml::escape::escape).unwrap_or_default();
    let page = format!(
        "<!doctype html><html><head><meta charset=\"utf-8\"><title>{title}</title></head>\
         <body><article><h1>{title}</h1>\n{text}</article></body></html>"
    );
    (Form::Html, page.into_bytes())
}

/// Whether the text already begins with its title.
fn starts_with(text: &str, title: &str) -> bool {
    let mut words = text.split_whitespace();
    title.split_whitespace().all(|word| words.next() == Some(word))
}

/// A language tag that a pack can be looked up by: `id-ID` and `in` are `id`.
fn language(tag: &str) -> Option<String> {
    let primary = tag.split(['-', '_']).next()?.to_ascii_lowercase();
    let well_formed = (2..=3).contains(&primary.len()) && primary.bytes().all(|byte| byte.is_ascii_lowercase());
    well_formed.then(|| if primary == "in" { "id".to_owned() } else { primary })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cells: &[(&str, &str)]) -> Result<Document, Reason> {
        let names: Vec<String> = cells.iter().map(|(name, _)| (*name).to_owned()).collect();
        let cells = cells.iter().map(|(_, cell)| (*cell).to_owned()).collect();
        document(&Row { names: &names, cells }, &Columns::default(), Place::of("t"))
    }

    #[test]
    fn the_title_stands_on_top_once() {
        let twice = read(&[("title", "Banjir besar"), ("isi", "Banjir besar\n\nSungai meluap.")]).unwrap();
        assert_eq!(twice.bytes, b"Banjir besar\n\nSungai meluap.");
        let once = read(&[("judul", "Banjir besar"), ("isi", "Sungai meluap.")]).unwrap();
        assert_eq!(once.bytes, twice.bytes);
    }

    #[test]
    fn a_piece_of_a_page_becomes_a_page() {
        let piece = read(&[("title", "A & B"), ("html", "<p>Rivers rose.</p>")]).unwrap();
        assert_eq!(piece.form, Form::Html);
        assert!(String::from_utf8(piece.bytes).unwrap().contains("<h1>A &amp; B</h1>\n<p>Rivers rose.</p>"));
        let whole = read(&[("html", "<html><body><p>x</p></body></html>")]).unwrap();
        assert_eq!(whole.bytes, b"<html><body><p>x</p></body></html>");
    }

    #[test]
    fn a_date_that_cannot_be_read_leaves_a_note() {
        let odd = read(&[("text", "x"), ("date", "03/04/2026")]).unwrap();
        assert_eq!(odd.about.published, None);
        assert!(odd.notes[0].contains("03/04/2026"));
    }

    #[test]
    fn language_tags_are_cut_to_what_a_pack_is_named() {
        assert_eq!(language("id-ID").as_deref(), Some("id"));
        assert_eq!(language("en_US").as_deref(), Some("en"));
        assert_eq!(language("Indonesian"), None);
    }

    #[test]
    fn an_empty_row_says_which_columns_there_are() {
        assert_eq!(read(&[("a", "x"), ("text", " ")]), Err(Reason::NoText { has: vec!["a".into(), "text".into()] }));
    }
}
