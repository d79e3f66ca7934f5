//! Which news agency an article names as its own source.

use saksi_lang::{Pack, PackError};
use std::collections::HashMap;

/// Lines at the head and at the end of an article where a credit stands.
const LINES: usize = 3;
/// How far into a line at the head a credit in brackets may stand, in letters.
const WITHIN: usize = 120;

/// The names of news agencies, and the words that credit one.
#[derive(Debug, Clone, Default)]
pub struct Credits {
    /// Lower-case name, and the name it is known by.
    agencies: HashMap<String, String>,
    /// Lower-case words that stand before a name, the longest first.
    words: Vec<String>,
}

impl Credits {
    /// The news agencies in `world/organizations.tsv`, and the words of `lexicon/credits.tsv` of the languages.
    ///
    /// # Errors
    /// If a table is not well-formed.
    pub fn compile<'p>(world: &Pack, languages: impl IntoIterator<Item = &'p Pack>) -> Result<Self, PackError> {
        let mut credits = Self::default();
        let table = world.table("organizations.tsv")?;
        let (name, names, kind) = (table.column("name")?, table.column("names")?, table.column("type")?);
        for row in table.rows().filter(|row| row.cell(kind) == "news-agency") {
            for known in std::iter::once(row.cell(name)).chain(row.list(names)) {
                credits.agencies.insert(known.to_lowercase(), row.cell(name).to_owned());
            }
        }
        for pack in languages {
            let table = pack.table("lexicon/credits.tsv")?;
            let words = table.column("words")?;
            credits.words.extend(table.rows().map(|row| row.cell(words).to_lowercase()));
        }
        credits.words.sort_by_key(|words| std::cmp::Reverse(words.len()));
        Ok(credits)
    }

    /// The agency that a text credits: "(ANTARA)" or "City (Reuters) -" in its first lines, "(Antara)", "— Reuters" or a
    /// line such as "Source: AP" in its first or last.
    pub fn find(&self, text: &str) -> Option<&str> {
        let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let head = &lines[..lines.len().min(LINES)];
        let tail = &lines[lines.len().saturating_sub(LINES)..];
        head.iter()
            .find_map(|line| self.bracketed_within(line))
            .or_else(|| tail.iter().rev().find_map(|line| self.at_end(line)))
            .or_else(|| head.iter().chain(tail).find_map(|line| self.after_words(line)))
    }

    fn agency(&self, name: &str) -> Option<&str> {
        let name = name.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        self.agencies.get(&name).map(String::as_str)
    }

    /// A name between brackets near the start of a line: "Jakarta (ANTARA) - ", "JAKARTA, (Reuters/AFP) —".
    fn bracketed_within(&self, line: &str) -> Option<&str> {
        let end = line.char_indices().nth(WITHIN).map_or(line.len(), |(at, _)| at);
        let head = &line[..end];
        let open = head.find('(')?;
        let inner = &head[open + 1..open + 1 + head[open + 1..].find(')')?];
        let after = head[open + 1 + inner.len() + 1..].trim_start();
        let opens_the_story = after.starts_with(['-', '–', '—', ':']) || after.is_empty();
        inner.split(['/', ',', ';']).find_map(|name| self.agency(name)).filter(|_| opens_the_story)
    }

    /// A name in brackets, after a dash or a slash at the end of a line, or a line by itself.
    fn at_end(&self, line: &str) -> Option<&str> {
        let line = line.trim_end_matches(['.', ' ', '*', '_']);
        if let Some(inner) = line.strip_suffix(')').and_then(|line| line.rsplit_once('(')).map(|(_, inner)| inner) {
            return inner.split(['/', ',', ';']).find_map(|name| self.agency(name));
        }
        let dash = line.rfind(['—', '–', '/']).or_else(|| line.rfind("- "));
        match dash {
            Some(at) => self.agency(&line[at..]),
            None => self.agency(line),
        }
    }

    /// A name after words that credit: "Source: AP".
    fn after_words(&self, line: &str) -> Option<&str> {
        let lower = line.to_lowercase();
        self.words.iter().find_map(|words| {
            let at = lower.find(words.as_str())?;
            let begins = !lower[..at].ends_with(char::is_alphanumeric);
            let rest = lower[at + words.len()..].trim_start_matches([' ', ':', '\u{a0}']);
            let mut ends: Vec<usize> =
                rest.char_indices().filter(|(_, c)| !c.is_alphanumeric()).map(|(at, _)| at).take(4).collect();
            ends.push(rest.len());
            // The longest name first: "Anadolu Agency" before "Anadolu".
            ends.into_iter().rev().find_map(|end| self.agency(&rest[..end])).filter(|_| begins)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn credits() -> Credits {
        let packs: Vec<Pack> = Pack::languages().into_iter().map(|code| Pack::builtin(code).unwrap()).collect();
        Credits::compile(&Pack::builtin("world").unwrap(), &packs).unwrap()
    }

    #[test]
    fn credits_are_read_where_they_stand() {
        let credits = credits();
        for (text, agency) in [
            ("Banjir\n\nJakarta (ANTARA) - Banjir melanda Demak.", Some("Antara")),
            ("GOMA, Congo (AP) — Rebels attacked.", Some("Associated Press")),
            ("Rebels attacked Goma.\n\nThey left again. (Reuters)", Some("Reuters")),
            ("Rebels attacked Goma.\n\n— Reuters", Some("Reuters")),
            ("Banjir melanda Demak. (Antara/abc)", Some("Antara")),
            ("Rebels attacked Goma.\nAFP", Some("AFP")),
            ("Rebels attacked Goma, Reuters reported.\nThey left.", None),
            ("The alliance (NATO) met on Monday.\nIt ended.", None),
            ("The office (Reuters) stood empty.\nIt ended.", None),
            ("", None),
        ] {
            assert_eq!(credits.find(text), agency, "{text}");
        }
    }

    #[test]
    fn every_word_of_the_packs_credits_in_its_example() {
        let credits = credits();
        for code in Pack::languages() {
            let pack = Pack::builtin(code).unwrap();
            let table = pack.table("lexicon/credits.tsv").unwrap();
            let (words, example) = (table.column("words").unwrap(), table.column("example").unwrap());
            for row in table.rows() {
                let text = row.cell(example);
                assert!(text.to_lowercase().contains(&row.cell(words).to_lowercase()), "{text}");
                assert!(credits.find(text).is_some(), "{}: {text}", row.location());
                // without the words it is no credit
                let without = text.to_lowercase().replace(&row.cell(words).to_lowercase(), "x");
                assert_eq!(credits.find(&without), None, "{without}");
            }
        }
    }
}
