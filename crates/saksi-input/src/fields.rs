//! From the cells of a row or object to a document.

use crate::columns::{Columns, Field};
use crate::dates::{Written, written};
use crate::document::{About, Document, Failure, Form, Found, Place};
use crate::open::Context;
use crate::reason::Reason;
use crate::sniff::{is_address, looks_like_html};

/// One row: the names of its columns and what each holds.
pub(crate) struct Row<'a> {
    pub(crate) names: &'a [String],
    pub(crate) cells: Vec<String>,
}

/// What a row holds: an article's text, or the address of its page where pages can be had.
pub(crate) fn of_row(row: &Row<'_>, place: Place, context: &Context) -> Found {
    let columns = &context.options.columns;
    let reason = match document(row, columns, place.clone()) {
        Ok(document) => return Found::Document(document),
        Err(reason) => reason,
    };
    let url = cell(row, columns, Field::Url).filter(|url| is_address(url.as_bytes()));
    match url {
        Some(url) if context.options.pages.is_some() => with_row(context.page(&url), row, columns),
        _ => Found::Failed(Failure { place, reason }),
    }
}

/// A page, with what its row says of it.
fn with_row(found: Found, row: &Row<'_>, columns: &Columns) -> Found {
    let Found::Document(mut page) = found else { return found };
    let said = about(row, columns, &mut page.notes);
    let of_page = page.about;
    page.about = About {
        url: of_page.url.or(said.url),
        title: said.title.or(of_page.title),
        author: said.author.or(of_page.author),
        outlet: said.outlet.or(of_page.outlet),
        language: said.language.or(of_page.language),
        published: said.published.or(of_page.published),
        undecided: said.undecided.or(of_page.undecided),
        charset: of_page.charset,
    };
    Found::Document(page)
}

fn cell(row: &Row<'_>, columns: &Columns, field: Field) -> Option<String> {
    let holds = |at: usize| row.cells.get(at).is_some_and(|cell| !cell.trim().is_empty());
    let at = columns.pick(field, row.names, holds)?;
    row.cells.get(at).map(|cell| cell.trim().to_owned()).filter(|cell| !cell.is_empty())
}

/// The document of a row.
fn document(row: &Row<'_>, columns: &Columns, place: Place) -> Result<Document, Reason> {
    let Some(text) = cell(row, columns, Field::Text) else {
        return Err(Reason::NoText { has: row.names.iter().take(12).cloned().collect() });
    };
    let mut notes = Vec::new();
    let about = about(row, columns, &mut notes);
    let (form, bytes) = body(about.title.as_deref(), &text);
    Ok(Document { place, form, bytes, about, notes })
}

fn about(row: &Row<'_>, columns: &Columns, notes: &mut Vec<String>) -> About {
    let cell = |field: Field| cell(row, columns, field);
    let date = cell(Field::Published);
    let (tag, url) = (cell(Field::Language), cell(Field::Url));
    let meant = date.as_deref().and_then(|date| written(date, columns.first(tag.as_deref(), url.as_deref())));
    let (published, undecided) = match meant {
        Some(Written::Day(when)) => (Some(when), None),
        Some(Written::Undecided) => (None, date.map(String::into_boxed_str)),
        None => {
            if let Some(date) = date {
                let date: String = date.chars().take(40).collect();
                notes.push(format!("the date of publication `{date}` cannot be read"));
            }
            (None, None)
        }
    };
    About {
        url,
        title: cell(Field::Title),
        author: cell(Field::Author),
        outlet: cell(Field::Outlet),
        language: tag.and_then(|tag| language(&tag)),
        published,
        undecided,
        charset: None,
    }
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
        let odd = read(&[("text", "x"), ("date", "03/2026")]).unwrap();
        assert_eq!(odd.about.published, None);
        assert!(odd.notes[0].contains("03/2026"));
    }

    #[test]
    fn a_date_in_numbers_is_read_by_the_language_or_the_address_of_its_row() {
        let day = |cells: &[(&str, &str)]| {
            let about = read(&[&[("text", "x"), ("date", "03/04/2026")], cells].concat()).unwrap().about;
            about.published.map(|when| when.day.to_string()).or(about.undecided.map(String::from)).unwrap()
        };
        assert_eq!(day(&[]), "03/04/2026");
        assert_eq!(day(&[("lang", "en")]), "03/04/2026");
        assert_eq!(day(&[("lang", "id")]), "2026-04-03");
        assert_eq!(day(&[("lang", "en-US")]), "2026-03-04");
        assert_eq!(day(&[("lang", "en"), ("url", "https://news.example.co.uk/a")]), "2026-04-03");
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
