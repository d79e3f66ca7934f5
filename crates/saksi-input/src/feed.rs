//! RSS and Atom, entry by entry.
//!
//! A feed is read as a stream of tags and not as a tree: an entry that is cut off does not take those before it along,
//! no nesting is too deep, and the zone of a date is kept.

use crate::dates::{When, when};
use crate::document::{About, Document, Failure, Found, Place, Skipped};
use crate::fields::body;
use crate::open::{Context, Documents, one, up_to};
use crate::reason::Reason;
use crate::unpack::Stream;
use encoding_rs_io::DecodeReaderBytesBuilder;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::io::Read;

/// One entry of a feed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// The headline, without markup.
    pub title: Option<String>,
    /// Where the article stands.
    pub url: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// Who published it, where it is not the feed.
    pub outlet: Option<String>,
    /// BCP 47; the feed's if the entry has none.
    pub language: Option<String>,
    /// When it was published, or last changed.
    pub published: Option<When>,
    /// The article, as text or markup.
    pub content: Option<String>,
    /// What the feed says of it in short, as text or markup.
    pub summary: Option<String>,
}

/// The documents of a feed: the content of each entry, or its summary with a note.
pub(crate) fn documents(stream: Stream, place: &Place, context: &Context) -> Documents {
    let limits = context.options.limits;
    let bytes = match up_to(stream, limits.whole) {
        Ok(bytes) => bytes,
        Err(reason) => return one(Found::Failed(Failure { place: place.clone(), reason })),
    };
    let (entries, broken) = entries(&bytes);
    let mut found: Vec<Found> = entries
        .into_iter()
        .zip(1..)
        .map(|(entry, number)| of_entry(entry, place.record(number), limits.document))
        .collect();
    if let Some(reason) = broken {
        found.push(Found::Failed(Failure { place: place.clone(), reason }));
    }
    Box::new(found.into_iter())
}

fn of_entry(entry: Entry, place: Place, limit: usize) -> Found {
    let mut notes = Vec::new();
    let text = match (entry.content, entry.summary) {
        (Some(content), _) => content,
        (None, Some(summary)) => {
            notes.push("the feed gives a summary and not the article".to_owned());
            summary
        }
        (None, None) => return Found::Skipped(Skipped { place, what: "a feed entry without text".into() }),
    };
    let (form, bytes) = body(entry.title.as_deref(), &text);
    if bytes.len() > limit {
        return Found::Failed(Failure { place, reason: Reason::TooLarge { limit } });
    }
    let about = About {
        url: entry.url,
        title: entry.title,
        author: entry.author,
        outlet: entry.outlet,
        language: entry.language,
        published: entry.published,
        undecided: None,
        charset: None,
    };
    Found::Document(Document { place, form, bytes, about, notes })
}

/// The entries of a feed, and why there are no more if it is broken.
pub fn entries(bytes: &[u8]) -> (Vec<Entry>, Option<Reason>) {
    let text = decoded(bytes);
    let mut reader = Reader::from_str(&text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut state = State::default();
    loop {
        let at = reader.buffer_position();
        match reader.read_event() {
            Ok(Event::Start(tag)) => state.open(&tag),
            Ok(Event::Empty(tag)) => {
                state.open(&tag);
                state.close();
            }
            Ok(Event::End(_)) => state.close(),
            Ok(Event::Text(text)) => state.text(&text.xml10_content(), true),
            Ok(Event::CData(text)) => state.text(&text.xml10_content(), false),
            Ok(Event::GeneralRef(name)) => state.reference(&name),
            Ok(Event::Eof) if state.entry.is_some() => {
                return (state.entries, Some(Reason::Feed("it is cut off within an entry".into())));
            }
            Ok(Event::Eof) => return (state.entries, None),
            Ok(_) => {}
            Err(error) => {
                return (state.entries, Some(Reason::Feed(format!("byte {at}: {error}"))));
            }
        }
    }
}

/// The feed's text, by its mark or the encoding that its first line declares.
fn decoded(bytes: &[u8]) -> String {
    let head = &bytes[..bytes.len().min(200)];
    let head = String::from_utf8_lossy(head);
    let label = head.find("encoding=").and_then(|at| {
        let value = head[at + 9..].trim_start_matches(['"', '\'']);
        let end = value.find(['"', '\'', '?', ' '])?;
        encoding_rs::Encoding::for_label(&value.as_bytes()[..end])
    });
    let mut text = String::new();
    let mut reader = DecodeReaderBytesBuilder::new().encoding(label).bom_override(true).build(bytes);
    let mut decoded = Vec::new();
    if reader.read_to_end(&mut decoded).is_ok() {
        text = String::from_utf8_lossy(&decoded).into_owned();
    }
    text
}

/// Where in the feed the reader is.
#[derive(Default)]
struct State {
    entries: Vec<Entry>,
    /// Names of the open elements without their prefixes.
    open: Vec<String>,
    language: Option<String>,
    entry: Option<(usize, Entry)>,
    /// The element of an entry that is being read: its depth, name, and what it holds so far.
    field: Option<(usize, String, String)>,
    /// Whether the field holds markup of its own, whose references stay as they are.
    markup: bool,
    feed_language: bool,
}

impl State {
    fn open(&mut self, tag: &BytesStart<'_>) {
        let full = tag.name().as_ref().to_owned();
        let name = tag.local_name().as_ref().to_ascii_lowercase();
        let attribute = |key: &str| {
            tag.attributes().flatten().find(|found| found.key.as_ref() == key).map(|found| {
                quick_xml::escape::unescape(&found.value)
                    .map_or_else(|_| found.value.to_string(), std::borrow::Cow::into_owned)
            })
        };
        if let Some((_, _, held)) = &mut self.field {
            self.markup = true;
            held.push('<');
            held.push_str(&full);
            held.push_str(tag.attributes_raw());
            held.push('>');
        } else if let Some((depth, entry)) = &mut self.entry {
            let direct = self.open.len() == *depth + 1;
            let in_person = self.open.last().is_some_and(|name| name == "author") && name == "name";
            if name == "link" && direct && attribute("href").is_some() {
                if attribute("rel").is_none_or(|rel| rel == "alternate") {
                    entry.url = entry.url.take().or_else(|| attribute("href"));
                }
            } else if name == "author"
                && direct
                && !full.contains(':')
                && !self.open.iter().any(|name| name == "channel")
            {
                // Atom's author is an element with a name in it.
            } else if direct || in_person {
                self.markup = attribute("type").is_some_and(|kind| kind == "xhtml");
                // media:title, media:description and itunes:summary are about pictures and programmes.
                let foreign =
                    ["media", "itunes", "podcast"].iter().any(|prefix| full.starts_with(&format!("{prefix}:")));
                let name = if foreign {
                    String::new()
                } else if in_person {
                    "author".to_owned()
                } else {
                    name.clone()
                };
                self.field = Some((self.open.len(), name, String::new()));
            }
        } else if name == "item" || name == "entry" {
            self.entry = Some((self.open.len(), Entry { language: attribute("xml:lang"), ..Entry::default() }));
        } else if name == "feed" {
            self.language = attribute("xml:lang");
        } else if name == "language" {
            self.feed_language = true;
        }
        self.open.push(name);
    }

    fn close(&mut self) {
        let Some(name) = self.open.pop() else { return };
        self.feed_language = false;
        let depth = self.open.len();
        match &mut self.field {
            Some((at, ..)) if *at == depth => {
                if let (Some((_, name, held)), Some((_, entry))) = (self.field.take(), &mut self.entry) {
                    fill(entry, &name, held.trim());
                }
                return;
            }
            Some((_, _, held)) => {
                held.push_str("</");
                held.push_str(&name);
                held.push('>');
                return;
            }
            None => {}
        }
        if self.entry.as_ref().is_some_and(|(at, _)| *at == depth)
            && let Some((_, mut entry)) = self.entry.take()
        {
            entry.language = entry.language.or_else(|| self.language.clone());
            self.entries.push(entry);
        }
    }

    fn text(&mut self, text: &str, escaped: bool) {
        if let Some((_, _, held)) = &mut self.field {
            if self.markup && !escaped {
                held.push_str(&quick_xml::escape::escape(text));
            } else {
                held.push_str(text);
            }
        } else if self.feed_language && self.language.is_none() && !text.trim().is_empty() {
            self.language = Some(text.trim().to_owned());
        }
    }

    fn reference(&mut self, name: &quick_xml::events::BytesRef<'_>) {
        let Some((_, _, held)) = &mut self.field else { return };
        if self.markup {
            held.push('&');
            held.push_str(name);
            held.push(';');
        } else if let Ok(Some(letter)) = name.resolve_char_ref() {
            held.push(letter);
        } else if let Some(text) = quick_xml::escape::resolve_html5_entity(name) {
            held.push_str(text);
        }
    }
}

/// Puts what an element holds where it belongs; the first of several wins, but the longest content.
fn fill(entry: &mut Entry, name: &str, held: &str) {
    if held.is_empty() {
        return;
    }
    let first = |slot: &mut Option<String>, value: &str| {
        if slot.is_none() {
            *slot = Some(value.to_owned());
        }
    };
    match name {
        "title" => first(&mut entry.title, &without_tags(held)),
        "link" => first(&mut entry.url, held),
        "guid" if held.starts_with("http") => first(&mut entry.url, held),
        "author" | "creator" => first(&mut entry.author, held),
        "publisher" | "source" => first(&mut entry.outlet, held),
        "language" => first(&mut entry.language, held),
        "pubdate" | "published" | "issued" | "date" => entry.published = when(held).or(entry.published),
        "updated" | "modified" => entry.published = entry.published.or_else(|| when(held)),
        "encoded" | "content" if entry.content.as_ref().is_none_or(|have| have.len() < held.len()) => {
            entry.content = Some(held.to_owned());
        }
        "description" | "summary" => first(&mut entry.summary, held),
        _ => {}
    }
}

/// A headline whose markup is left out; a `<` that opens no tag stays.
fn without_tags(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        let is_tag = after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        if let Some(end) = after.find('>').filter(|_| is_tag) {
            rest = &after[end + 1..];
        } else {
            out.push('<');
            rest = after;
        }
    }
    out.push_str(rest);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_rss_entry_has_its_parts() {
        let feed = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Kabar</title><language>id-ID</language>\
            <image><title>no</title></image>\
            <item><title>Banjir &amp; longsor</title><link>https://example.org/1</link>\
            <pubDate>Sun, 13 Jul 2025 02:00:00 +0700</pubDate><dc:creator>Sari</dc:creator>\
            <media:title>no</media:title><description>Ringkas</description>\
            <content:encoded><![CDATA[<p>Sungai meluap.</p>]]></content:encoded></item></channel></rss>";
        let (entries, broken) = entries(feed.as_bytes());
        assert_eq!(broken, None);
        let entry = &entries[0];
        assert_eq!(entry.title.as_deref(), Some("Banjir & longsor"));
        assert_eq!(entry.url.as_deref(), Some("https://example.org/1"));
        assert_eq!(entry.author.as_deref(), Some("Sari"));
        assert_eq!(entry.language.as_deref(), Some("id-ID"));
        assert_eq!(entry.published.unwrap().day.to_string(), "2025-07-13");
        assert_eq!(entry.content.as_deref(), Some("<p>Sungai meluap.</p>"));
        assert_eq!(entry.summary.as_deref(), Some("Ringkas"));
    }

    #[test]
    fn an_atom_entry_has_its_parts() {
        let feed = "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\"><title>News</title>\
            <entry><title type=\"html\">A &lt;b&gt;bold&lt;/b&gt; step</title>\
            <link rel=\"self\" href=\"https://example.org/self\"/><link href=\"https://example.org/1?a=1&amp;b=2\"/>\
            <author><name>Ann</name><email>no</email></author><updated>2025-07-14T00:00:00Z</updated>\
            <published>2025-07-13T00:00:00Z</published>\
            <content type=\"xhtml\"><div><p>One &amp; two.</p></div></content></entry></feed>";
        let (entries, _) = entries(feed.as_bytes());
        let entry = &entries[0];
        assert_eq!(entry.title.as_deref(), Some("A bold step"));
        assert_eq!(entry.url.as_deref(), Some("https://example.org/1?a=1&b=2"));
        assert_eq!(entry.author.as_deref(), Some("Ann"));
        assert_eq!(entry.published.unwrap().day.to_string(), "2025-07-13");
        assert_eq!(entry.content.as_deref(), Some("<div><p>One &amp; two.</p></div>"));
    }

    #[test]
    fn rdf_and_old_encodings_are_read() {
        let feed = b"<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><rdf:RDF><item rdf:about=\"x\">\
            <title>Caf\xe9&nbsp;&#233;</title><dc:date>2025-07-13</dc:date><description>x</description></item></rdf:RDF>";
        let (entries, broken) = entries(feed);
        assert_eq!(broken, None);
        assert_eq!(entries[0].title.as_deref(), Some("Café é"));
        assert!(entries[0].published.is_some());
    }

    #[test]
    fn entries_before_a_break_are_kept() {
        let feed = "<rss><channel><item><title>One</title></item><item><title>Two";
        let (entries, broken) = entries(feed.as_bytes());
        assert_eq!(entries.len(), 1);
        assert!(matches!(broken, Some(Reason::Feed(_))));
    }

    #[test]
    fn a_million_open_tags_are_no_stack_overflow() {
        let feed = format!("<rss><channel><item><description>{}", "<a>".repeat(1_000_000));
        assert!(entries(feed.as_bytes()).1.is_some());
    }
}
