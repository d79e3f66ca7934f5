//! One form for the spellings of one name.

use compact_str::CompactString;
use rustc_hash::{FxHashMap, FxHashSet};
use saksi_lang::{Pack, PackError};
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The rows of `world/spellings.tsv`.
#[derive(Debug, Clone, Default)]
pub(crate) struct Spelling {
    /// For the first of several words.
    firsts: FxHashMap<CompactString, CompactString>,
    words: FxHashMap<CompactString, CompactString>,
    dropped: FxHashSet<CompactString>,
    /// Letters, what stands for them, and which letters they are.
    letters: Vec<(CompactString, CompactString, u32)>,
    ends: Vec<(CompactString, CompactString, u32)>,
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
                    "letters" => spelling.letters.push((form.clone(), target.clone(), which(&form))),
                    "end" => spelling.ends.push((form.clone(), target.clone(), which(&form))),
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
    pub(crate) fn fold(&self, name: &str) -> CompactString {
        let bare = plain(name);
        let words = || bare.split(' ').filter(|word| !word.is_empty());
        let all_dropped = words().all(|word| self.dropped.contains(word));
        let kept = || words().filter(|word| all_dropped || !self.dropped.contains(*word));
        let several = kept().nth(1).is_some();
        let mut folded = CompactString::with_capacity(bare.len());
        for (at, word) in kept().enumerate() {
            if at > 0 {
                folded.push(' ');
            }
            let first = self.firsts.get(word).filter(|_| at == 0 && several);
            self.word(first.map_or(word, CompactString::as_str), &mut folded);
        }
        folded
    }

    /// As [`Self::fold`], for one word in plain form.
    pub(crate) fn fold_word(&self, word: &str) -> CompactString {
        if !word.bytes().all(|letter| letter.is_ascii_alphanumeric()) {
            return self.fold(word);
        }
        let mut folded = CompactString::with_capacity(word.len());
        self.word(word, &mut folded);
        folded
    }

    /// Adds a word in its folded form.
    fn word(&self, word: &str, folded: &mut CompactString) {
        let mut word = Cow::Borrowed(self.words.get(word).map_or(word, CompactString::as_str));
        let mut has = which(&word);
        for (from, to, needed) in &self.letters {
            if needed & !has == 0 && word.contains(from.as_str()) {
                word = Cow::Owned(word.replace(from.as_str(), to));
                has = which(&word);
            }
        }
        for (from, to, needed) in &self.ends {
            if needed & !has != 0 {
                continue;
            }
            if let Some(stem) = word.strip_suffix(from.as_str()).filter(|stem| stem.chars().count() > 1) {
                word = Cow::Owned(format!("{stem}{to}"));
                break;
            }
        }
        // the second and the third of a name
        let is_ordinal = word.chars().all(|letter| matches!(letter, 'i' | 'v' | 'x'));
        if is_ordinal || word.is_ascii() && word.as_bytes().windows(2).all(|two| two[0] != two[1]) {
            folded.push_str(&word);
            return;
        }
        let mut last = None;
        for letter in word.chars() {
            if letter.is_numeric() || last != Some(letter) {
                folded.push(letter);
            }
            last = Some(letter);
        }
    }
}

/// Which letters a word has, as bits: one for each of a to z, and one for all others.
fn which(word: &str) -> u32 {
    word.bytes().fold(0, |bits, byte| bits | 1 << if byte.is_ascii_lowercase() { byte - b'a' } else { 26 })
}

/// Lower case without diacritics; hyphens and points are blanks, apostrophes nothing.
pub(crate) fn plain(name: &str) -> CompactString {
    if name.bytes().all(|letter| letter.is_ascii_alphanumeric()) {
        let mut plain = CompactString::from(name);
        plain.make_ascii_lowercase();
        return plain;
    }
    if name.is_ascii() {
        let mut out = Vec::with_capacity(name.len());
        for letter in name.bytes() {
            match letter {
                b'\'' | b'`' => {}
                letter if letter.is_ascii_alphanumeric() => out.push(letter.to_ascii_lowercase()),
                _ if out.last().is_none_or(|last| *last == b' ') => {}
                _ => out.push(b' '),
            }
        }
        return CompactString::from_utf8_lossy(out.trim_ascii_end());
    }
    let mut out = CompactString::with_capacity(name.len());
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
    fn a_word_alone_is_folded_as_a_name_of_one_word() {
        let spelling = spelling();
        let world = Pack::builtin("world").unwrap();
        let table = world.table("spellings.tsv").unwrap();
        let example = table.column("example").unwrap();
        for row in table.rows() {
            for word in row.cell(example).split([' ', '-']).map(plain).filter(|word| !word.is_empty()) {
                assert_eq!(spelling.fold_word(&word), spelling.fold(&word), "{}: {word}", row.location());
            }
        }
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
