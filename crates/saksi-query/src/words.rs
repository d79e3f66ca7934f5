use crate::error::QueryError;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words to look for in articles, as a person types them: all must be there; "words in quotation marks" one after the
/// other; `-word` must not be there; `word*` begins so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    wanted: Vec<Phrase>,
    unwanted: Vec<Phrase>,
}

/// Words that stand one after the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Phrase {
    /// Folded.
    pub(crate) words: Vec<String>,
    /// Whether the last is only the beginning of a word.
    pub(crate) prefix: bool,
}

/// Characters of a query at most: nobody types more, and each word is a list to merge.
const LONGEST: usize = 1_000;

impl Words {
    /// Reads what was typed.
    ///
    /// # Errors
    /// If it names no word that must be there, leaves a quotation mark open, or is too long.
    pub fn parse(typed: &str) -> Result<Self, QueryError> {
        let wrong = |reason: String| {
            QueryError::usage(
                reason,
                "write words, \"words one after the other\", begin*, or -word for what must not be there",
            )
        };
        if typed.chars().count() > LONGEST {
            return Err(wrong(format!("more than {LONGEST} characters to search for")));
        }
        let typed = typed.replace(['\u{201c}', '\u{201d}', '\u{201e}', '\u{ab}', '\u{bb}'], "\"");
        let (mut wanted, mut unwanted) = (Vec::new(), Vec::new());
        let mut rest = typed.trim_start();
        while !rest.is_empty() {
            let without = rest.strip_prefix('-');
            let body = without.unwrap_or(rest);
            let (piece, after) = if let Some(quoted) = body.strip_prefix('"') {
                let end =
                    quoted.find('"').ok_or_else(|| wrong(format!("a quotation mark is left open in `{typed}`")))?;
                let after = &quoted[end + 1..];
                let (star, after) = after.strip_prefix('*').map_or(("", after), |after| ("*", after));
                (format!("{}{star}", &quoted[..end]), after)
            } else {
                let end = body.find(|c: char| c.is_whitespace() || c == '"').unwrap_or(body.len());
                (body[..end].to_owned(), &body[end..])
            };
            let prefix = piece.ends_with('*');
            let words: Vec<String> = tokens(&piece).into_iter().map(|token| token.word).collect();
            if words.is_empty() {
                // marks alone name nothing, except where something was to begin so or to be left out; a dash may be just that
                let dash = piece.bytes().all(|byte| byte == b'-') && !body.starts_with('"');
                if prefix || without.is_some() && !dash {
                    return Err(wrong(format!("`{}` names no word", piece.trim())));
                }
            } else if without.is_some() {
                unwanted.push(Phrase { words, prefix });
            } else {
                wanted.push(Phrase { words, prefix });
            }
            rest = after.trim_start();
        }
        if wanted.is_empty() {
            return Err(wrong(format!("`{}` names no word that must be there", typed.trim())));
        }
        Ok(Self { wanted, unwanted })
    }

    /// The query of FTS5: every word in quotation marks, so that nothing in it is an operator (sqlite.org/fts5.html, 3).
    pub(crate) fn query(&self) -> String {
        let phrase = |phrase: &Phrase| {
            let star = if phrase.prefix { "*" } else { "" };
            format!("\"{}\"{star}", phrase.words.join(" "))
        };
        let wanted: Vec<_> = self.wanted.iter().map(phrase).collect();
        let mut query = format!("({})", wanted.join(" AND "));
        for unwanted in &self.unwanted {
            query.push_str(" NOT ");
            query.push_str(&phrase(unwanted));
        }
        query
    }

    /// What must be there.
    pub(crate) fn wanted(&self) -> &[Phrase] {
        &self.wanted
    }
}

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    /// Lower case, without diacritics.
    pub(crate) word: String,
    /// First code point.
    pub(crate) start: usize,
    /// One past the last code point.
    pub(crate) end: usize,
}

/// The words of a text as FTS5's tokenizer `unicode61 remove_diacritics 2` has them: letters and numbers, in lower case,
/// without diacritics (sqlite.org/fts5.html, 4.3.1).
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut open = false;
    for (at, c) in text.chars().enumerate() {
        let mark = is_combining_mark(c);
        if c.is_alphanumeric() || mark && open {
            if !open {
                tokens.push(Token { word: String::new(), start: at, end: at });
            }
            open = true;
            if let Some(token) = tokens.last_mut() {
                token.end = at + 1;
                token.word.extend(c.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase));
            }
        } else {
            open = false;
        }
    }
    tokens
}

/// A name as its words in lower case, without diacritics and marks.
pub fn plain(name: &str) -> String {
    tokens(name).into_iter().map(|token| token.word).collect::<Vec<_>>().join(" ")
}
