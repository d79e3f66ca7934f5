//! One form for the spellings of one name.

use saksi_lang::{Pack, PackError};
use std::collections::{HashMap, HashSet};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The rows of `world/spellings.tsv`.
#[derive(Debug, Clone, Default)]
pub(crate) struct Spelling {
    /// For the first of several words.
    firsts: HashMap<String, String>,
    words: HashMap<String, String>,
    dropped: HashSet<String>,
    letters: Vec<(String, String)>,
    ends: Vec<(String, String)>,
}

impl Spelling {
    pub(crate) fn compile(world: &Pack) -> Result<Self, PackError> {
        let table = world.table("spellings.tsv")?;
        let (kind, from, to) = (table.column("kind")?, table.column("from")?, table.column("to")?);
        let mut spelling = Self::default();
        for row in table.rows() {
            let target = plain(row.cell(to));
            for form in row.list(from).map(plain) {
                match row.cell(kind) {
                    "first" => _ = spelling.firsts.insert(form, target.clone()),
                    "word" => _ = spelling.words.insert(form, target.clone()),
                    "drop" => _ = spelling.dropped.insert(form),
                    "letters" => spelling.letters.push((form, target.clone())),
                    "end" => spelling.ends.push((form, target.clone())),
                    other => {
                        let reason = format!("kind `{other}`; one of first, word, drop, letters, end");
                        return Err(PackError::Entry { at: row.location(), reason });
                    }
                }
            }
        }
        Ok(spelling)
    }

    /// A name without what its spellings differ in: folded words, one blank between them.
    pub(crate) fn fold(&self, name: &str) -> String {
        let bare = plain(name);
        let words: Vec<&str> = bare.split(' ').filter(|word| !word.is_empty()).collect();
        let kept: Vec<&str> = words.iter().copied().filter(|word| !self.dropped.contains(*word)).collect();
        let kept = if kept.is_empty() { words } else { kept };
        let several = kept.len() > 1;
        let first = |at: usize, word| self.firsts.get(word).filter(|_| at == 0 && several).map_or(word, String::as_str);
        kept.into_iter().enumerate().map(|(at, word)| self.word(first(at, word))).collect::<Vec<_>>().join(" ")
    }

    fn word(&self, word: &str) -> String {
        let mut word = self.words.get(word).cloned().unwrap_or_else(|| word.to_owned());
        for (from, to) in &self.letters {
            if word.contains(from.as_str()) {
                word = word.replace(from.as_str(), to);
            }
        }
        for (from, to) in &self.ends {
            if let Some(stem) = word.strip_suffix(from.as_str()).filter(|stem| stem.chars().count() > 1) {
                word = format!("{stem}{to}");
                break;
            }
        }
        // the second and the third of a name
        let is_ordinal = word.chars().all(|letter| matches!(letter, 'i' | 'v' | 'x'));
        let mut single = String::with_capacity(word.len());
        for letter in word.chars() {
            if is_ordinal || letter.is_numeric() || !single.ends_with(letter) {
                single.push(letter);
            }
        }
        single
    }
}

/// Lower case without diacritics; hyphens and points are blanks, apostrophes nothing.
pub(crate) fn plain(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    if name.is_ascii() {
        for letter in name.bytes() {
            match letter {
                b'\'' | b'`' => {}
                letter if letter.is_ascii_alphanumeric() => out.push(letter.to_ascii_lowercase().into()),
                _ if out.is_empty() || out.ends_with(' ') => {}
                _ => out.push(' '),
            }
        }
        out.truncate(out.trim_end().len());
        return out;
    }
    for letter in name.nfkd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase) {
        match letter {
            '\'' | '’' | '‘' | 'ʼ' | '`' | '´' | 'ʻ' | 'ʿ' | 'ʾ' => {}
            'ı' => out.push('i'),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' => out.push('d'),
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            letter if letter.is_alphanumeric() => out.push(letter),
            _ if out.is_empty() || out.ends_with(' ') => {}
            _ => out.push(' '),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelling() -> Spelling {
        Spelling::compile(&Pack::builtin("world").unwrap()).unwrap()
    }

    #[test]
    fn every_row_brings_the_spellings_of_its_example_together() {
        let spelling = spelling();
        let world = Pack::builtin("world").unwrap();
        let table = world.table("spellings.tsv").unwrap();
        let (example, not) = (table.column("example").unwrap(), table.column("not").unwrap());
        for row in table.rows() {
            let mut forms = row.cell(example).split(" = ");
            let first = spelling.fold(forms.next().unwrap());
            let mut count = 1;
            for form in forms {
                assert_eq!(spelling.fold(form), first, "{}: {form}", row.location());
                count += 1;
            }
            assert!(count > 1, "{}: an example needs two spellings", row.location());
            if let Some((one, other)) = row.cell(not).split_once(" = ") {
                assert_ne!(spelling.fold(one), spelling.fold(other), "{}: {one} and {other}", row.location());
            }
        }
    }

    #[test]
    fn names_of_different_people_stay_apart() {
        let spelling = spelling();
        for (one, other) in [
            ("Kim Jong Un", "Kim Jong Il"),
            ("Kim Jong Un", "Kim Yo Jong"),
            ("Sergei Lavrov", "Sergei Shoigu"),
            ("Hun Sen", "Hun Manet"),
            ("Joko Widodo", "Joko Santoso"),
            ("Mohammed bin Salman", "Mohammed bin Zayed"),
            ("Kogabwilhan I", "Kogabwilhan III"),
            ("Wang Yi", "Wang Li"),
            ("Lee Jae-myung", "Lee Jae-yong"),
            ("Ri Yong Ho", "Ri Yong Gil"),
            ("Hasan Nasrallah", "Hussein Nasrallah"),
        ] {
            assert_ne!(spelling.fold(one), spelling.fold(other));
        }
    }

    #[test]
    fn marks_hyphens_and_case_do_not_count() {
        let spelling = spelling();
        assert_eq!(spelling.fold("Nguyễn Phú Trọng"), spelling.fold("NGUYEN PHU TRONG"));
        assert_eq!(spelling.fold("Ban Ki-moon"), spelling.fold("Ban Ki Moon"));
        assert_eq!(spelling.fold("Recep Tayyip Erdoğan"), spelling.fold("Recep Tayyip Erdogan"));
        assert_eq!(spelling.fold("Mr."), "mr");
        assert_eq!(spelling.fold(""), "");
    }
}
