//! Which language is the text in? By its script, then by words that only one language has.

use rustc_hash::FxHashMap;
use saksi_lang::{Pack, PackError};

/// The share of a text's words that a language must know before the text is said to be in it.
const KNOWN: f32 = 0.06;
/// The weight of known words that a text must have, however short: one short word may be part of a name.
const FEWEST: f32 = 2.0;
/// How much better than the article's language another must fit before a sentence is said to be in it.
const CLEARLY: f32 = 1.6;
/// A sentence with fewer words is in the article's language.
const SENTENCE_WORDS: usize = 5;
/// How many letters of a long text are looked at.
const ENOUGH: usize = 20_000;

/// What the languages look like: scripts, and the words that tell them apart.
#[derive(Debug, Clone, Default)]
pub struct Profiles {
    scripts: Vec<Script>,
    /// Code and reader of each language; those with a pack come first, so that a tie falls to them.
    languages: Vec<Known>,
    /// Languages and weights of each word.
    words: FxHashMap<String, Vec<(u16, f32)>>,
}

#[derive(Debug, Clone)]
struct Known {
    code: String,
    reader: String,
}

#[derive(Debug, Clone)]
struct Script {
    /// Inclusive ranges of code points.
    ranges: Vec<(u32, u32)>,
    /// The share of the letters from which on the script decides.
    share: f32,
    /// The language that alone writes it, or the likeliest; empty if words must tell.
    language: String,
}

/// The language of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Identified {
    /// BCP 47; `und` where it cannot be told.
    pub language: String,
    /// How sure that is, 0 to 1.
    pub confidence: f32,
}

impl Profiles {
    /// Compiles `language.tsv` of each pack, and `languages.tsv`, `scripts.tsv` and `languages/<code>.tsv` of `world`.
    ///
    /// # Errors
    /// What is wrong with a table, and where.
    pub fn compile(packs: &[Pack], world: &Pack) -> Result<Self, PackError> {
        let mut profiles = Self::default();
        for pack in packs {
            let language = profiles.language(pack.code(), pack.code());
            if pack.bytes("language.tsv").is_some() {
                profiles.add_weighted(pack, "language.tsv", language)?;
            }
        }
        let table = world.table("languages.tsv")?;
        let (code, reader, words) = (table.column("code")?, table.column("reader")?, table.column("words")?);
        for row in table.rows() {
            let reader = if row.cell(reader).is_empty() { row.cell(code) } else { row.cell(reader) };
            let language = profiles.language(row.cell(code), reader);
            for word in row.cell(words).split_whitespace() {
                profiles.add(word, language, 1.0);
            }
            let more = format!("languages/{}.tsv", row.cell(code));
            if world.bytes(&more).is_some() {
                profiles.add_weighted(world, &more, language)?;
            }
        }
        let table = world.table("scripts.tsv")?;
        let (ranges, share, language) = (table.column("ranges")?, table.column("share")?, table.column("language")?);
        for row in table.rows() {
            let entry = |reason: String| PackError::Entry { at: row.location(), reason };
            let hex = |digits: &str| {
                u32::from_str_radix(digits, 16).map_err(|_| entry(format!("`{digits}` is no code point in hex")))
            };
            let ranges = row
                .list(ranges)
                .map(|range| {
                    let (from, to) = range.split_once('-').unwrap_or((range, range));
                    Ok((hex(from)?, hex(to)?))
                })
                .collect::<Result<_, PackError>>()?;
            let share = row.cell(share).parse().map_err(|_| entry(format!("`{}` is no share", row.cell(share))))?;
            profiles.scripts.push(Script { ranges, share, language: row.cell(language).to_owned() });
        }
        Ok(profiles)
    }

    /// The code of the pack that reads language `code`: its own, or that of its nearest relative ("ms" is read as "id").
    pub fn reader<'a>(&'a self, code: &'a str) -> &'a str {
        self.languages.iter().find(|known| known.code == code).map_or(code, |known| &known.reader)
    }

    /// The codes of the languages that can be told apart by words.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        self.languages.iter().map(|known| known.code.as_str())
    }

    fn language(&mut self, code: &str, reader: &str) -> u16 {
        if let Some(at) = self.languages.iter().position(|known| known.code == code) {
            return at as u16;
        }
        self.languages.push(Known { code: code.to_owned(), reader: reader.to_owned() });
        self.languages.len() as u16 - 1
    }

    fn add_weighted(&mut self, pack: &Pack, path: &str, language: u16) -> Result<(), PackError> {
        let table = pack.table(path)?;
        let (weight, words) = (table.column("weight")?, table.column("words")?);
        for row in table.rows() {
            let reason = || format!("`{}` is no weight", row.cell(weight));
            let weight: f32 =
                row.cell(weight).parse().map_err(|_| PackError::Entry { at: row.location(), reason: reason() })?;
            for word in row.cell(words).split_whitespace() {
                self.add(word, language, weight);
            }
        }
        Ok(())
    }

    fn add(&mut self, word: &str, language: u16, weight: f32) {
        let known = self.words.entry(word.to_owned()).or_default();
        match known.iter_mut().find(|(of, _)| *of == language) {
            Some((_, before)) => *before = before.max(weight),
            None => known.push((language, weight)),
        }
    }

    /// The language that the script alone decides.
    fn by_script(&self, text: &str) -> Option<(&str, f32)> {
        let mut counts = vec![0_usize; self.scripts.len()];
        let mut letters = 0_usize;
        for c in text.chars().filter(|c| c.is_alphabetic()).take(ENOUGH) {
            letters += 1;
            let holds = |script: &Script| script.ranges.iter().any(|&(from, to)| (from..=to).contains(&u32::from(c)));
            if let Some(script) = self.scripts.iter().position(holds) {
                counts[script] += 1;
            }
        }
        let share = |at: usize| counts[at] as f32 / letters.max(1) as f32;
        let decides = (0..self.scripts.len()).find(|&at| counts[at] > 0 && share(at) >= self.scripts[at].share)?;
        let language = &self.scripts[decides].language;
        (!language.is_empty()).then_some((language, share(decides)))
    }

    /// How well each language fits: the weight of the words it knows, per word of the text. And the number of words.
    fn scores(&self, text: &str) -> (Vec<f32>, usize) {
        let mut scores = vec![0.0_f32; self.languages.len()];
        let mut count = 0_usize;
        let letters = |c: char| !(c.is_alphabetic() || c == '\u{301}' || is_mark(c));
        for word in text.split(letters).filter(|word| !word.is_empty()).take(ENOUGH / 5) {
            count += 1;
            let folded = word.to_lowercase();
            for &(language, weight) in self.words.get(&folded).map_or(&[][..], Vec::as_slice) {
                scores[language as usize] += weight;
            }
        }
        for score in &mut scores {
            *score /= count.max(1) as f32;
        }
        (scores, count)
    }

    fn best(scores: &[f32]) -> Option<(usize, f32, f32)> {
        // The first of equals: languages with a pack stand first.
        let best = (0..scores.len()).reduce(|best, at| if scores[at] > scores[best] { at } else { best })?;
        let second = (0..scores.len()).filter(|&at| at != best).map(|at| scores[at]).fold(0.0, f32::max);
        Some((best, scores[best], second))
    }
}

/// Vowel signs of Indic scripts and Arabic harakat, which are no letters but stand inside words.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{900}'..='\u{963}' | '\u{981}'..='\u{9cd}' | '\u{b80}'..='\u{bcd}'
        | '\u{64b}'..='\u{65f}' | '\u{200c}' | '\u{200d}')
}

/// Tells the language of a text.
///
/// ```
/// let world = saksi_lang::Pack::builtin("world").unwrap();
/// let packs = [saksi_lang::Pack::builtin("en").unwrap(), saksi_lang::Pack::builtin("id").unwrap()];
/// let profiles = saksi_clean::Profiles::compile(&packs, &world).unwrap();
/// assert_eq!(saksi_clean::identify("Presiden mengatakan bahwa ia tidak bisa datang.", &profiles).language, "id");
/// ```
pub fn identify(text: &str, profiles: &Profiles) -> Identified {
    if let Some((language, share)) = profiles.by_script(text) {
        return Identified { language: language.to_owned(), confidence: share };
    }
    let (scores, count) = profiles.scores(text);
    match Profiles::best(&scores) {
        Some((best, score, second)) if score >= KNOWN && score * count as f32 >= FEWEST => {
            let margin = (score - second) / score;
            let confidence = (0.5 + margin).min(1.0) * (score / 0.3).min(1.0);
            Identified { language: profiles.languages[best].code.clone(), confidence }
        }
        _ => Identified { language: "und".into(), confidence: 0.0 },
    }
}

/// The language of a sentence, where it is clearly not `told`, the article's.
pub fn identify_sentence(sentence: &str, told: &str, profiles: &Profiles) -> Option<String> {
    if let Some((language, share)) = profiles.by_script(sentence) {
        return (language != told && share > 0.6).then(|| language.to_owned());
    }
    // a name says nothing of the language around it
    let plain: Vec<&str> = sentence.split_whitespace().filter(|word| !word.starts_with(char::is_uppercase)).collect();
    let (scores, count) = profiles.scores(&plain.join(" "));
    if count < SENTENCE_WORDS {
        return None;
    }
    let (best, score, _) = Profiles::best(&scores)?;
    let code = &profiles.languages[best].code;
    let own = profiles.languages.iter().position(|known| known.code == told).map_or(0.0, |at| scores[at]);
    let clearly = score >= own * CLEARLY && (score - own) * count as f32 >= FEWEST;
    (code != told && score >= 2.0 * KNOWN && clearly).then(|| code.clone())
}
