//! Makes up articles, and copies of them that are known: for trying many at once.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

/// How deep a list may name another.
const DEPTH: usize = 8;
/// A copy is of one of so many articles before it.
const BACK: u64 = 5000;

/// What articles of one language are made of: `lang/<code>/tests/generate.toml`.
#[derive(Debug, Clone, Deserialize)]
pub struct Templates {
    headline: Vec<String>,
    lead: Vec<String>,
    body: Vec<String>,
    closing: Vec<String>,
    credits: Vec<String>,
    noise: Vec<String>,
    lists: BTreeMap<String, Vec<String>>,
}

/// What is wrong with templates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateError(String);

impl fmt::Display for TemplateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for TemplateError {}

/// The languages that articles are made up in.
const LANGUAGES: [&str; 2] = ["en", "id"];

impl Templates {
    /// The templates of every language that has some, below the repository's root.
    ///
    /// # Errors
    /// [`TemplateError`] with the file and what is wrong with it.
    pub fn all(root: &Path) -> Result<Vec<(String, Self)>, TemplateError> {
        let read = |code: &str| {
            let path = root.join(format!("lang/{code}/tests/generate.toml"));
            let wrong = |error: &dyn fmt::Display| TemplateError(format!("{}: {error}", path.display()));
            let text = std::fs::read_to_string(&path).map_err(|error| wrong(&error))?;
            let templates = Self::parse(&text).map_err(|error| wrong(&error))?;
            Ok((code.to_owned(), templates))
        };
        LANGUAGES.into_iter().map(read).collect()
    }

    /// Reads templates and looks for names without a list.
    ///
    /// # Errors
    /// [`TemplateError`] with what is wrong.
    pub fn parse(text: &str) -> Result<Self, TemplateError> {
        let mut templates: Self = toml::from_str(text).map_err(|error| TemplateError(error.to_string()))?;
        templates.lists.insert("headline".to_owned(), templates.headline.clone());
        let all = [&templates.lead, &templates.body, &templates.closing, &templates.noise];
        for pattern in all.into_iter().chain(templates.lists.values()).flatten() {
            for name in pattern.split('{').skip(1).filter_map(|rest| rest.split('}').next()) {
                if !name.starts_with("n:") && templates.lists.get(name).is_none_or(Vec::is_empty) {
                    return Err(TemplateError(format!("`{pattern}`: there is no list `{name}`")));
                }
            }
        }
        Ok(templates)
    }
}

/// How a made-up article was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Make {
    /// On its own.
    Original,
    /// The text of another with other surroundings.
    Exact,
    /// With another headline and an agency's credit.
    Retitled,
    /// Its last paragraphs, and some of the others, left out.
    Abridged,
    /// With lines of other stories, added sentences and changed words.
    Noisy,
}

impl Make {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Original => "original",
            Self::Exact => "exact",
            Self::Retitled => "retitled",
            Self::Abridged => "abridged",
            Self::Noisy => "noisy",
        }
    }
}

/// A made-up article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// Its number.
    pub number: u64,
    /// The number of the article that it is a copy of; its own if it is none.
    pub of: u64,
    /// How it was made.
    pub make: Make,
    /// BCP 47.
    pub language: String,
    /// Its headline.
    pub title: String,
    /// Its paragraphs.
    pub paragraphs: Vec<String>,
    /// The day of publication, ISO 8601; a copy's is that of the original or a day after.
    pub published: String,
    /// Who published it.
    pub outlet: String,
}

impl Made {
    /// The paragraphs as one text.
    pub fn text(&self) -> String {
        self.paragraphs.join("\n\n")
    }
}

/// Makes article `number` of a seed: the same every time, whatever was made before it.
///
/// Of a thousand articles, `copies` are copies of one before them.
pub fn generate(languages: &[(String, Templates)], seed: u64, copies: u64, number: u64) -> Made {
    let is_copy = |number: u64| number > 0 && Dice::of(seed, number, 1).below(1000) < copies;
    if !is_copy(number) {
        return original(languages, seed, number);
    }
    let mut dice = Dice::of(seed, number, 2);
    let mut of = number;
    while is_copy(of) {
        of -= 1 + dice.below(of.min(BACK));
    }
    let (_, templates) = &languages[language(languages, seed, of)];
    copy(original(languages, seed, of), templates, number, &mut dice)
}

fn language(languages: &[(String, Templates)], seed: u64, number: u64) -> usize {
    Dice::of(seed, number, 3).below(languages.len() as u64) as usize
}

fn original(languages: &[(String, Templates)], seed: u64, number: u64) -> Made {
    let (code, templates) = &languages[language(languages, seed, number)];
    let mut dice = Dice::of(seed, number, 4);
    let mut paragraphs = vec![fill(dice.pick(&templates.lead), templates, &mut dice, 0)];
    let mut patterns: Vec<&String> = templates.body.iter().collect();
    for _ in 0..5 + dice.below(12) {
        // No pattern comes twice, as no reporter would write it twice.
        let pattern = patterns.swap_remove(dice.below(patterns.len() as u64) as usize);
        let sentence = fill(pattern, templates, &mut dice, 0);
        match paragraphs.last_mut() {
            Some(last) if dice.below(3) == 0 => {
                last.push(' ');
                last.push_str(&sentence);
            }
            _ => paragraphs.push(sentence),
        }
    }
    paragraphs.push(fill(dice.pick(&templates.closing), templates, &mut dice, 0));
    Made {
        number,
        of: number,
        make: Make::Original,
        language: code.clone(),
        title: fill(dice.pick(&templates.headline), templates, &mut dice, 0),
        paragraphs: paragraphs.into_iter().map(capital).collect(),
        published: day(dice.below(700)),
        outlet: dice.pick(&templates.lists["outlet"]).clone(),
    }
}

fn copy(mut made: Made, templates: &Templates, number: u64, dice: &mut Dice) -> Made {
    made.number = number;
    made.outlet.clone_from(dice.pick(&templates.lists["outlet"]));
    match dice.below(4) {
        0 => made.make = Make::Exact,
        1 => {
            made.make = Make::Retitled;
            made.title = fill(dice.pick(&templates.headline), templates, dice, 0);
            if let Some(last) = made.paragraphs.last_mut() {
                last.push(' ');
                last.push_str(dice.pick(&templates.credits));
            }
        }
        2 => {
            made.make = Make::Abridged;
            let share = 300 + dice.below(500) as usize;
            let keep = (made.paragraphs.len() * share).div_ceil(1000).max(2);
            made.paragraphs.truncate(keep);
            if keep > 4 && dice.below(2) == 0 {
                made.paragraphs.remove(1 + dice.below(keep as u64 - 2) as usize);
            }
        }
        _ => {
            made.make = Make::Noisy;
            for _ in 0..2 + dice.below(4) {
                let line = capital(fill(dice.pick(&templates.noise), templates, dice, 0));
                let at = 1 + dice.below(made.paragraphs.len() as u64) as usize;
                made.paragraphs.insert(at, line);
            }
            for paragraph in &mut made.paragraphs {
                let mut words: Vec<&str> = paragraph.split(' ').collect();
                // One word in thirty goes, as an editor's pencil would have it.
                words.retain(|_| dice.below(30) != 0);
                *paragraph = words.join(" ");
            }
            made.paragraphs.retain(|paragraph| !paragraph.is_empty());
        }
    }
    made
}

/// A pattern with one of each list in place of its name.
fn fill(pattern: &str, templates: &Templates, dice: &mut Dice, depth: usize) -> String {
    let mut out = String::new();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        if let Some((low, high)) = name.strip_prefix("n:").and_then(|range| range.split_once('-')) {
            let (low, high): (u64, u64) = (low.parse().unwrap_or(2), high.parse().unwrap_or(9));
            out.push_str(&(low + dice.below(high.saturating_sub(low) + 1)).to_string());
        } else if let Some(list) = templates.lists.get(name).filter(|_| depth < DEPTH) {
            let chosen = dice.pick(list).clone();
            out.push_str(&fill(&chosen, templates, dice, depth + 1));
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

fn capital(sentence: String) -> String {
    let mut letters = sentence.chars();
    match letters.next() {
        Some(first) if first.is_lowercase() => first.to_uppercase().chain(letters).collect(),
        _ => sentence,
    }
}

/// A day of 2024 or 2025, by its number. Months of 28 days will do.
fn day(number: u64) -> String {
    format!("{}-{:02}-{:02}", 2024 + number / 336 % 2, number / 28 % 12 + 1, number % 28 + 1)
}

/// `SplitMix64` (Steele, Lea and Flood 2014): small, and the same on every machine and in every version.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn of(seed: u64, number: u64, use_: u64) -> Self {
        let mut dice = Self(seed ^ number.wrapping_mul(0xd134_2543_de82_ef95) ^ use_ << 56);
        dice.next();
        dice
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ z >> 31
    }

    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound.max(1)
    }

    fn pick<'l>(&mut self, list: &'l [String]) -> &'l String {
        &list[self.below(list.len() as u64) as usize]
    }
}
