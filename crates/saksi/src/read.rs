use crate::assemble::{Parts, assemble};
use crate::packs::{Language, Packs};
use crate::text::{Ready, language_of, ready};
use saksi_lang::PackError;
use saksi_record::{Note, Record, SCHEMA, Sentence, Span};
use saksi_tree::{Analysis, Region, RegionKind, Text};
use std::fmt;

/// The largest article read, in bytes. News articles stay below a hundredth of it; what is larger is not one article.
pub const MAX_BYTES: usize = 8 << 20;

/// Words a sentence needs before its language is told apart from the article's.
const LANGUAGE_WORDS: usize = 6;

/// One article as it came in, with what the caller knows of it.
#[derive(Debug, Clone, Copy, Default)]
pub struct RawArticle<'a> {
    /// The bytes, in any encoding.
    pub bytes: &'a [u8],
    /// The path or URL they were read from.
    pub from: Option<&'a str>,
    /// The article's own address.
    pub url: Option<&'a str>,
    /// Who published it.
    pub outlet: Option<&'a str>,
    /// The day of publication, ISO 8601.
    pub published: Option<&'a str>,
    /// The language, BCP 47; told by the text if not given.
    pub language: Option<&'a str>,
    /// The charset that came with the bytes, as an HTTP header gives it.
    pub charset: Option<&'a str>,
}

/// Why an article could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReadError {
    /// There are more bytes than [`MAX_BYTES`].
    TooLarge {
        /// How many there are at least.
        bytes: usize,
    },
    /// The bytes are no text.
    Binary(saksi_page::DecodeError),
    /// No pack reads the language that was asked for.
    NoLanguage {
        /// The code asked for.
        asked: String,
        /// The codes of the packs there are.
        known: Vec<String>,
    },
    /// The day of publication is no day.
    Published {
        /// What was given.
        given: String,
    },
    /// CoNLL-U that cannot be read.
    Conllu(saksi_tree::ConlluError),
    /// A language pack is broken.
    Pack(PackError),
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge { bytes } => {
                write!(f, "larger than {} MB ({bytes} bytes or more), too large for one article", MAX_BYTES >> 20)
            }
            Self::Binary(error) => error.fmt(f),
            Self::NoLanguage { asked, known } => {
                write!(f, "no language pack reads `{asked}`; there are {}", known.join(", "))
            }
            Self::Published { given } => write!(f, "`{given}` is not a day of the calendar; write it as 2025-07-13"),
            Self::Conllu(error) => error.fmt(f),
            Self::Pack(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for ReadError {}

impl From<&PackError> for ReadError {
    fn from(error: &PackError) -> Self {
        Self::Pack(error.clone())
    }
}

/// Reads one article into its record.
///
/// Text in a language without a pack gives a record with passages and a note, and no events.
///
/// # Errors
/// If the bytes are no text or too many, if the caller's language or date is none, or if a pack is broken.
pub fn read(raw: &RawArticle<'_>, packs: &Packs) -> Result<Record, ReadError> {
    if raw.bytes.len() > MAX_BYTES {
        return Err(ReadError::TooLarge { bytes: raw.bytes.len() });
    }
    let world = packs.world()?;
    let Ready { text, article, cleaned, mut notes, language, .. } = ready(raw, world, packs)?;
    let told = article.language.clone();
    let mut record = Record {
        schema: SCHEMA.to_owned(),
        article,
        text: String::new(),
        passages: cleaned.passages,
        sentences: Vec::new(),
        actors: Vec::new(),
        places: Vec::new(),
        times: Vec::new(),
        events: Vec::new(),
        attributions: Vec::new(),
        attitudes: Vec::new(),
        notes: Vec::new(),
    };
    match language {
        None => {
            if !text.as_str().trim().is_empty() {
                let message = if told == "und" {
                    "the language could not be told; nothing was coded (give it with --language)".to_owned()
                } else {
                    format!("no language pack reads `{told}`; nothing was coded")
                };
                notes.push(note("language", message, None));
            }
        }
        Some(language) => {
            if told != language.code {
                notes.push(note("language", format!("`{told}` is read with the pack of `{}`", language.code), None));
            }
            code(&text, &cleaned.regions, cleaned.dateline, &told, language, packs, &mut record, &mut notes)?;
        }
    }
    text.as_str().clone_into(&mut record.text);
    record.notes = notes;
    Ok(record)
}

/// Analyses the evidence and codes it into the record.
#[allow(clippy::too_many_arguments, reason = "the parts of one article, used once")]
fn code(
    text: &Text,
    regions: &[Region],
    dateline: Option<Span>,
    told: &str,
    language: &Language,
    packs: &Packs,
    record: &mut Record,
    notes: &mut Vec<Note>,
) -> Result<(), ReadError> {
    // 5 words
    let mut analysis = saksi_analysis::analyze(text, regions, &language.analysis);
    notes.append(&mut analysis.notes);
    let foreign = foreign_sentences(text, &analysis, told, packs)?;
    record.sentences = analysis
        .sentences
        .iter()
        .zip(&foreign)
        .map(|(sentence, language)| Sentence {
            start: sentence.span.start,
            end: sentence.span.end,
            language: language.clone(),
        })
        .collect();
    let skipped = foreign.iter().flatten().count();
    if skipped > 0 {
        notes.push(note("language", format!("{skipped} sentences in another language were not coded"), None));
        for (sentence, foreign) in analysis.sentences.iter_mut().zip(&foreign) {
            if foreign.is_some() {
                sentence.tokens.clear();
                sentence.multiwords.clear();
                sentence.link();
            }
        }
    }

    // 6 names
    let day = record.article.published.value.as_deref().and_then(|day| day.parse().ok());
    let mut entities = saksi_entities::find(text, &analysis, day, dateline, &language.entities);
    notes.append(&mut entities.notes);

    // 7 times
    let published = record.article.published.clone();
    let mut times = saksi_time::resolve(text, &analysis, published, dateline, &language.time);
    notes.append(&mut times.notes);

    // 8 who says so
    let saksi_attribution::Found { said, held } =
        saksi_attribution::find(text, &analysis, &entities, &language.attribution);

    // 9 who did what to whom
    let context = saksi_events::Context { text, analysis: &analysis, entities: &entities, times: &times, said: &said };
    let coded = saksi_events::code(context, &language.events);

    let Parts { actors, places, attributions, attitudes, events } = assemble(&entities, &said, held, coded);
    record.article.published = times.published;
    record.times = times.found.into_iter().map(|found| found.time).collect();
    record.actors = actors;
    record.places = places;
    record.attributions = attributions;
    record.attitudes = attitudes;
    record.events = events;
    Ok(())
}

/// The language of each sentence that is not in the article's.
fn foreign_sentences(
    text: &Text,
    analysis: &Analysis,
    told: &str,
    packs: &Packs,
) -> Result<Vec<Option<String>>, ReadError> {
    let profiles = &packs.world()?.profiles;
    Ok(analysis
        .sentences
        .iter()
        .map(|sentence| {
            if sentence.tokens.len() < LANGUAGE_WORDS || sentence.kind == RegionKind::Title {
                return None;
            }
            // a sentence that the same pack reads is not foreign: few words tell Malay from Indonesian
            saksi_clean::identify_sentence(text.slice(sentence.span), told, profiles)
                .filter(|code| profiles.reader(code) != profiles.reader(told))
        })
        .collect())
}

pub(crate) fn note(stage: &str, message: String, span: Option<Span>) -> Note {
    Note { stage: stage.to_owned(), message, span }
}

/// How to analyse a text without coding it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Analyze<'a> {
    /// The language; told by the text if not given.
    pub language: Option<&'a str>,
    /// The treebank whose annotation to follow.
    pub treebank: Option<&'a str>,
    /// Whether the bytes are CoNLL-U whose sentences and words are kept.
    pub pretokenized: bool,
    /// Whether to take the text as it is, without looking for title and noise.
    pub raw: bool,
}

/// Analyses a text into sentences and trees.
///
/// # Errors
/// As [`read`]; and if CoNLL-U cannot be read, or the language has no pack.
pub fn analyze(
    bytes: &[u8],
    options: Analyze<'_>,
    packs: &Packs,
) -> Result<(Text, Vec<saksi_tree::Sentence>), ReadError> {
    if bytes.len() > MAX_BYTES {
        return Err(ReadError::TooLarge { bytes: bytes.len() });
    }
    let decoded = saksi_page::decode(bytes).map_err(ReadError::Binary)?;
    let (string, sentences) = if options.pretokenized {
        saksi_tree::read_conllu(&decoded.text).map_err(ReadError::Conllu)?
    } else {
        (decoded.text, Vec::new())
    };
    let text = Text::new(string);
    let world = packs.world()?;
    let told = match options.language {
        Some(code) => code.to_owned(),
        None => saksi_clean::identify(text.as_str(), &world.profiles).language,
    };
    let Some(language) = language_of(&told, packs)? else {
        return Err(ReadError::NoLanguage { asked: told, known: packs.codes().map(str::to_owned).collect() });
    };
    if options.pretokenized {
        let sentences = saksi_analysis::analyze_pretokenized(sentences, &language.analysis, options.treebank);
        return Ok((text, sentences));
    }
    let regions = if options.raw {
        vec![Region { span: text.span(), kind: RegionKind::Body }]
    } else {
        saksi_clean::clean(&text, &language.clean).regions
    };
    let analysis = saksi_analysis::analyze_as(&text, &regions, &language.analysis, options.treebank);
    Ok((text, analysis.sentences))
}
