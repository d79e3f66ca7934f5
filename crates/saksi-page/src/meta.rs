//! What the page says of itself: title, author, outlet, day of publication, language and address.

use crate::date;
use crate::jsonld::{self, Said};
use crate::rules::Rules;
use crate::site;
use crate::tag::Tag;
use crate::tree::{Name, Tree};
use saksi_lang::First;
use std::ops::Range;

/// What a page says of itself. What it does not say is `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Meta {
    /// The headline.
    pub title: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// When it was published.
    pub published: Option<Stamp>,
    /// A date in numbers, of which nothing on the page says whether the day or the month comes first; only where
    /// `published` is not known.
    pub undecided: Option<Undecided>,
    /// The language, BCP 47.
    pub language: Option<String>,
    /// The article's own address.
    pub url: Option<String>,
}

/// A day of publication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// The day where the article was published, ISO 8601.
    pub day: String,
    /// Day, time and zone as the page writes them.
    pub written: String,
    /// What of the page says so, as `json-ld`.
    pub from: &'static str,
}

/// A date that names one of two days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undecided {
    /// As the page writes it.
    pub written: String,
    /// What of the page says so, as `json-ld`.
    pub from: &'static str,
}

/// The day of an undecided date in a text of that language; none if that does not settle it.
pub fn decided(undecided: &Undecided, language: &str, rules: &Rules) -> Option<String> {
    date::day(&undecided.written, rules, rules.orders.first(&[language], None))
}

/// Titles with the characters they stand in.
pub(crate) struct Titles {
    /// What metadata calls the article.
    pub(crate) said: Vec<String>,
    /// An attribute or text that holds a title, for a page that shows none.
    pub(crate) fallback: Option<Range<u32>>,
    /// The title of the document.
    pub(crate) document: Option<String>,
    /// What metadata has as the first words of the text.
    pub(crate) description: Option<String>,
    /// The page was written in a word processor, whose title of the document is seldom the text's.
    pub(crate) processed: bool,
}

/// Everything found in the head: `(name in small letters, value)`.
struct Tags<'t> {
    all: Vec<(String, &'t str, Range<u32>)>,
}

impl<'t> Tags<'t> {
    fn get(&self, names: &[&str]) -> Option<&'t str> {
        names.iter().find_map(|name| self.entry(name)).map(|(value, _)| value)
    }

    fn entry(&self, name: &str) -> Option<(&'t str, &Range<u32>)> {
        let found = |entry: &&(String, &'t str, Range<u32>)| entry.0 == name && !entry.1.trim().is_empty();
        self.all.iter().find(found).map(|(_, value, range)| (value.trim(), range))
    }
}

const TITLES: [&str; 7] =
    ["og:title", "twitter:title", "parsely-title", "dc.title", "dcterms.title", "sailthru.title", "title"];
const AUTHORS: [&str; 12] = [
    "author",
    "article:author_name",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "citation_author",
    "dable:author",
    "content_author",
    "cxenseparse:author",
];
const OUTLETS: [&str; 6] = [
    "og:site_name",
    "application-name",
    "dc.publisher",
    "publisher",
    "al:android:app_name",
    "apple-mobile-web-app-title",
];
const PUBLISHED: [&str; 22] = [
    "article:published_time",
    "og:published_time",
    "article:published",
    "og:article:published_time",
    "published_time",
    "publishdate",
    "publish-date",
    "content_publisheddate",
    "datepublished",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.date",
    "dc.date",
    "date",
    "pubdate",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "article.published",
    "originalpublicationdate",
    "citation_publication_date",
    "publication_date",
];

/// Word processors that write pages.
const PROCESSORS: [&str; 6] =
    ["Microsoft Word", "Word.Document", "LibreOffice", "OpenOffice", "Google Docs", "WPS Office"];

/// A title is no longer, in bytes.
const TITLE: usize = 1000;

/// Reads what the page says of itself.
pub(crate) fn read(tree: &Tree, url: Option<&str>, rules: &Rules) -> (Meta, Titles, Vec<Said>, Option<First>) {
    let mut tags = Tags { all: Vec::new() };
    let mut meta = Meta::default();
    let mut said = Vec::new();
    let mut document_title: Option<u32> = None;
    let mut canonical = None;
    for at in 0..tree.nodes.len() as u32 {
        match tree.tag(at) {
            Some(Tag::Meta) => {
                let Some(content) = tree.attribute_range(at, Name::Content) else { continue };
                for name in [Name::Property, Name::Called, Name::Itemprop, Name::HttpEquiv] {
                    if let Some(name) = tree.attribute(at, name) {
                        tags.all.push((name.trim().to_ascii_lowercase(), tree.str(content), content.clone()));
                    }
                }
            }
            Some(Tag::Title) if document_title.is_none() => {
                let short = tree.children(at).all(|text| tree.nodes[text as usize].range.len() <= TITLE);
                document_title = short.then_some(at);
            }
            Some(Tag::Link) if canonical.is_none() => {
                let rel = tree.attribute(at, Name::Rel).unwrap_or_default();
                if rel.eq_ignore_ascii_case("canonical") {
                    canonical = tree.attribute(at, Name::Href).map(str::trim).filter(|url| !url.is_empty());
                }
            }
            Some(Tag::Script) => {
                let kind = tree.attribute(at, Name::Type).unwrap_or_default();
                if kind.contains("ld+json") {
                    let text: String =
                        tree.children(at).map(|child| tree.str(&tree.nodes[child as usize].range)).collect();
                    jsonld::read(&text, &mut said);
                }
            }
            Some(Tag::Html) => {
                meta.language = meta.language.or_else(|| language(tree.attribute(at, Name::Lang)?));
            }
            _ => {}
        }
    }
    let article = said.first();
    let document = document_title.map(|at| tree.text_of(at)).filter(|title| !title.is_empty());

    let description = tags.get(&["og:description", "twitter:description", "description"]).map(str::to_owned);
    let processed =
        tags.get(&["generator", "progid"]).is_some_and(|made| PROCESSORS.iter().any(|name| made.contains(name)));
    let mut titles = Titles { said: Vec::new(), fallback: None, document: document.clone(), description, processed };
    titles.said.extend(article.and_then(|article| article.headline.clone()));
    titles.said.extend(TITLES.iter().filter_map(|name| tags.get(&[name]).map(str::to_owned)));
    titles.said.extend(document.clone());
    titles.fallback = TITLES.iter().find_map(|name| tags.entry(name)).map(|(_, range)| range.clone()).or_else(|| {
        let text = tree.children(document_title?).next()?;
        Some(tree.nodes[text as usize].range.clone())
    });

    meta.url = canonical
        .or_else(|| tags.get(&["og:url", "twitter:url"]))
        .map(str::to_owned)
        .or_else(|| article?.url.clone())
        .filter(|url| url.starts_with("http"));
    // Some sites put the section's name where the site's belongs.
    let section = meta.url.as_deref().and_then(|url| url.split('/').nth(3)).filter(|_| article.is_some());
    let is_section = |name: &str| section.is_some_and(|section| name.eq_ignore_ascii_case(section));
    meta.outlet = tags
        .get(&OUTLETS[..1])
        .filter(|name| !name.starts_with('@') && !name.contains("://") && !is_section(name))
        .map(str::to_owned)
        .or_else(|| article?.publisher.clone())
        .or_else(|| tags.get(&OUTLETS[1..]).map(str::to_owned))
        .map(|name| name.split(" | ").next().unwrap_or_default().trim().to_owned())
        .map(|name| site::shown_name(tree, &name, (rules, false)))
        .or_else(|| Some(site::shown_name(tree, &site_of(document.as_deref()?, &titles.said, rules)?, (rules, true))))
        .filter(|name| !name.is_empty());
    meta.author = article
        .and_then(|article| article.author.clone())
        .or_else(|| AUTHORS.iter().filter_map(|name| tags.get(&[name])).find(|name| is_name(name)).map(str::to_owned))
        .or_else(|| microdata(tree, &["author", "creator"]).filter(|name| is_name(name)))
        .map(|name| listed(rules.without_label(&name)));
    let locale = tags.get(&["og:locale", "content-language", "language", "dc.language", "inlanguage"]);
    let said_languages =
        [meta.language.clone(), article.and_then(|article| article.language.clone()), locale.and_then(language)];
    let languages: Vec<&str> = said_languages.iter().flatten().map(String::as_str).collect();
    let first = rules.orders.first(&languages, url.or(meta.url.as_deref()));
    meta.language = languages.first().map(|&language| language.to_owned());

    let mut undecided = None;
    let mut stamp = |written: &str, from: &'static str| {
        if first.is_none() && undecided.is_none() && date::is_undecided(written, rules) {
            undecided = Some(Undecided { written: written.trim().to_owned(), from });
        }
        let day = date::day(written, rules, first)?;
        Some(Stamp { day, written: written.trim().to_owned(), from })
    };
    let in_article = article.and_then(|article| article.published.as_deref()).map(|written| (written, "json-ld"));
    let in_tags = PUBLISHED.iter().filter_map(|name| tags.get(&[name])).map(|written| (written, "meta"));
    let in_any = said.iter().filter_map(|said| Some((said.published.as_deref()?, "json-ld")));
    let found = in_article.into_iter().chain(in_tags).chain(in_any).find_map(|(written, from)| stamp(written, from));
    meta.published = found.or_else(|| {
        microdata(tree, &["datepublished", "datecreated"]).and_then(|written| stamp(&written, "microdata"))
    });
    meta.undecided = undecided;
    (meta, titles, said, first)
}

/// The outlet that the page's title ends with: "Judul - Kompas.com".
fn site_of(document: &str, titles: &[String], rules: &Rules) -> Option<String> {
    let at = document.rfind([' ', '\u{a0}']).and_then(|_| {
        [" - ", " | ", " – ", " — ", " :: ", " » ", " · ", " ~ "]
            .iter()
            .filter_map(|mark| Some((document.rfind(mark)?, mark.len())))
            .max()
    })?;
    let (head, tail) = (document[..at.0].trim(), document[at.0 + at.1..].trim());
    if site::is_edition(tail, rules) {
        return site_of(head, titles, rules);
    }
    let short = tail.split_whitespace().count() <= 4 && tail.len() < head.len();
    let own = titles.iter().any(|title| title.trim() != document && !title.contains(tail)) || titles.len() < 2;
    (short && own && !tail.is_empty()).then(|| tail.to_owned())
}

/// A language as BCP 47 writes it: `id_ID` becomes `id-ID`.
fn language(written: &str) -> Option<String> {
    let code = written.trim().split([',', ';', ' ']).next()?.replace('_', "-");
    let primary = code.split('-').next()?;
    let sound = (2..=3).contains(&primary.len()) && primary.bytes().all(|byte| byte.is_ascii_alphabetic());
    sound.then_some(code)
}

/// Whether a value is a name and not an address.
fn is_name(value: &str) -> bool {
    let value = value.trim();
    !value.is_empty()
        && value.chars().count() < 100
        && !value.contains("://")
        && !value.starts_with('@')
        && !value.starts_with("www.")
        && value.chars().any(char::is_alphabetic)
}

/// The value of a microdata property in the body.
fn microdata(tree: &Tree, names: &[&str]) -> Option<String> {
    (0..tree.nodes.len() as u32).find_map(|at| {
        let prop = tree.attribute(at, Name::Itemprop)?.to_ascii_lowercase();
        if !names.contains(&prop.as_str()) || tree.tag(at) == Some(Tag::Meta) {
            return None;
        }
        let attribute =
            [Name::Content, Name::Datetime, Name::Hint].into_iter().find_map(|name| tree.attribute(at, name));
        let inner = || {
            let mut name = None;
            tree.walk(at, |node| {
                if name.is_none() && node != at && tree.attribute(node, Name::Itemprop) == Some("name") {
                    name = Some(tree.attribute(node, Name::Content).map_or_else(|| tree.text_of(node), str::to_owned));
                }
                true
            });
            name
        };
        let value = attribute.map(str::to_owned).or_else(inner).unwrap_or_else(|| tree.text_of(at));
        Some(value.trim().to_owned()).filter(|value| !value.is_empty())
    })
}

/// Names with a blank behind each comma.
fn listed(names: &str) -> String {
    names.split(',').map(str::trim).filter(|name| !name.is_empty()).collect::<Vec<_>>().join(", ")
}
