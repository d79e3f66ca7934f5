//! The first steps: from bytes to text, what is known of the article, and what of the text is its own words.

use crate::packs::{Language, Packs, World};
use crate::read::{MAX_BYTES, RawArticle, ReadError};
use saksi_page::{ByteMap, Hints, Markup, Meta};
use saksi_record::{Article, Basis, Note, Passage, Published};
use saksi_tree::Text;

/// An article's text, cut into its own words and noise, before anything is read from it.
#[derive(Debug, Clone)]
pub struct CleanArticle {
    /// What is known of it.
    pub article: Article,
    /// The text: of a page, what was taken out of it.
    pub text: String,
    /// The title and every part that is not plain body, in text order.
    pub passages: Vec<Passage>,
    /// Of a page: which of its bytes each character came from. `None` where the text is the whole file.
    pub bytes: Option<ByteMap>,
    /// What was doubtful.
    pub notes: Vec<Note>,
}

/// What the later stages need.
pub(crate) struct Ready<'p> {
    pub(crate) text: Text,
    pub(crate) article: Article,
    pub(crate) cleaned: saksi_clean::Cleaned,
    pub(crate) bytes: Option<ByteMap>,
    pub(crate) notes: Vec<Note>,
    pub(crate) language: Option<&'p Language>,
}

/// Reads an article's text off its bytes and marks what is noise; of a page, its main text.
///
/// # Errors
/// As [`read`](crate::read).
pub fn clean(raw: &RawArticle<'_>, packs: &Packs) -> Result<CleanArticle, ReadError> {
    if raw.bytes.len() > MAX_BYTES {
        return Err(ReadError::TooLarge { bytes: raw.bytes.len() });
    }
    let Ready { text, article, cleaned, bytes, notes, .. } = ready(raw, packs.world()?, packs)?;
    Ok(CleanArticle { article, text: text.as_str().to_owned(), passages: cleaned.passages, bytes, notes })
}

pub(crate) fn ready<'p>(raw: &RawArticle<'_>, world: &World, packs: &'p Packs) -> Result<Ready<'p>, ReadError> {
    let given = published(raw.published)?;

    // 1 text
    let Opened { text, markup, meta, bytes, mut notes } = open(raw, world)?;

    // 2 language
    let told = if let Some(code) = raw.language {
        code.to_owned()
    } else {
        let told = saksi_clean::identify(text.as_str(), &world.profiles).language;
        // A page says its language; a text too short to tell takes it from there.
        let said = meta.language.as_deref().and_then(|code| code.split('-').next()).filter(|_| told == "und");
        said.map_or(told, str::to_ascii_lowercase)
    };
    let language = match language_of(&told, packs)? {
        None if raw.language.is_some() => {
            let known = packs.codes().map(str::to_owned).collect();
            return Err(ReadError::NoLanguage { asked: told, known });
        }
        found => found,
    };

    // 3 passages
    let rules = language.map_or(&world.clean, |language| &language.clean);
    let mut cleaned = saksi_clean::clean_marked(&text, &markup, rules);
    notes.append(&mut cleaned.notes);

    // 4 what is known of it: the caller's word, then the page's, then the text's
    let basis = |from: &str| if from == "shown" { Basis::Text } else { Basis::Metadata };
    let published = match (meta.published, meta.undecided) {
        _ if given.value.is_some() => given,
        (Some(stamp), _) => Published { value: Some(stamp.day), basis: basis(stamp.from) },
        (None, Some(undecided)) => {
            let day = saksi_page::decided(&undecided, &told, &world.page);
            if day.is_none() {
                let message = format!(
                    "the date `{}` may be two days, and nothing says which; the date of publication would settle it",
                    undecided.written
                );
                notes.push(Note { stage: "text".to_owned(), message, span: None });
            }
            day.map_or(given, |day| Published { value: Some(day), basis: basis(undecided.from) })
        }
        (None, None) => given,
    };
    let article = Article {
        id: blake3::hash(text.as_str().as_bytes()).to_hex()[..32].to_owned(),
        from: raw.from.map(str::to_owned),
        url: raw.url.map(str::to_owned).or(meta.url),
        outlet: raw.outlet.map(str::to_owned).or(meta.outlet).or_else(|| cleaned.outlet.clone()),
        author: meta.author.or_else(|| cleaned.author.clone()),
        title: cleaned.title.clone().or(meta.title),
        language: told,
        published,
        credit: world.credits.find(text.as_str()).map(str::to_owned),
        group: None,
    };
    Ok(Ready { text, article, cleaned, bytes, notes, language })
}

/// A file's text and what its markup says, if it has any.
#[derive(Default)]
struct Opened {
    text: Text,
    markup: Markup,
    meta: Meta,
    bytes: Option<ByteMap>,
    notes: Vec<Note>,
}

fn open(raw: &RawArticle<'_>, world: &World) -> Result<Opened, ReadError> {
    if saksi_page::is_page(raw.bytes) {
        let hints = Hints { charset: raw.charset, url: raw.url };
        let page = saksi_page::read(raw.bytes, &hints, &world.page).map_err(ReadError::Binary)?;
        return Ok(Opened {
            text: Text::new(page.text),
            markup: page.markup,
            meta: page.meta,
            bytes: Some(page.map),
            notes: page.notes,
        });
    }
    let decoded = saksi_page::decode_as(raw.bytes, raw.charset).map_err(ReadError::Binary)?;
    Ok(Opened { text: Text::new(decoded.text), notes: decoded.notes, ..Opened::default() })
}

/// The compiled language that reads `code`, if a pack does.
pub(crate) fn language_of<'p>(code: &str, packs: &'p Packs) -> Result<Option<&'p Language>, ReadError> {
    let world = packs.world()?;
    let reader = world.profiles.reader(code);
    Ok(packs.language(reader).transpose()?)
}

fn published(given: Option<&str>) -> Result<Published, ReadError> {
    match given {
        None => Ok(Published { value: None, basis: Basis::None }),
        Some(given) => match given.parse::<jiff::civil::Date>() {
            Ok(day) => Ok(Published { value: Some(day.to_string()), basis: Basis::Given }),
            Err(_) => Err(ReadError::Published { given: given.to_owned() }),
        },
    }
}
