use crate::analysis::{Multiword, Sentence, Token, Upos};
use saksi_record::Span;
use std::fmt;
use std::fmt::Write as _;

/// Why a CoNLL-U text could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ConlluError {
    /// A word line does not have ten columns.
    Columns {
        /// 1-based line.
        line: usize,
        /// How many it has.
        found: usize,
    },
    /// An id or head is not a number, or points outside the sentence.
    Number {
        /// 1-based line.
        line: usize,
        /// What stands there.
        found: String,
    },
}

impl fmt::Display for ConlluError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Columns { line, found } => write!(f, "line {line}: a word line has 10 columns, this one {found}"),
            Self::Number { line, found } => write!(f, "line {line}: `{found}` is not a word number of this sentence"),
        }
    }
}

impl std::error::Error for ConlluError {}

/// Reads sentences from CoNLL-U, placing them one after the other in a text of their own, which is returned too.
///
/// # Errors
/// Names the line that is not CoNLL-U.
pub fn read_conllu(input: &str) -> Result<(String, Vec<Sentence>), ConlluError> {
    let mut text = String::new();
    let mut at = 0_u32;
    let mut sentences = Vec::new();
    let mut lines: Vec<(usize, &str)> = Vec::new();
    for (number, line) in input.lines().chain(std::iter::once("")).enumerate() {
        if line.trim().is_empty() {
            if !lines.is_empty() {
                sentences.push(read_sentence(&lines, &mut text, &mut at)?);
                lines.clear();
            }
        } else if !line.starts_with('#') {
            lines.push((number + 1, line));
        }
    }
    Ok((text, sentences))
}

fn read_sentence(lines: &[(usize, &str)], text: &mut String, at: &mut u32) -> Result<Sentence, ConlluError> {
    let mut sentence = Sentence::default();
    let mut heads: Vec<(usize, usize)> = Vec::new();
    let mut whole_space = true; // whether a blank follows the multiword
    let mut covered = 0_usize; // words up to this number belong to a multiword whose text is already written
    let start = *at;
    let mut end = start;
    for &(line, row) in lines {
        let columns: Vec<&str> = row.split('\t').collect();
        if columns.len() != 10 {
            return Err(ConlluError::Columns { line, found: columns.len() });
        }
        let number =
            |found: &str| found.parse::<usize>().map_err(|_| ConlluError::Number { line, found: found.to_owned() });
        let space = !columns[9].split('|').any(|misc| misc == "SpaceAfter=No");
        let mut put = |form: &str| {
            let from = *at;
            text.push_str(form);
            *at += form.chars().count() as u32;
            end = *at;
            let span = Span::new(from, *at);
            if space {
                text.push(' ');
                *at += 1;
            }
            span
        };
        if let Some((first, last)) = columns[0].split_once('-') {
            let (first, last) = (number(first)?, number(last)?);
            if first == 0 || last < first {
                return Err(ConlluError::Number { line, found: columns[0].to_owned() });
            }
            let span = put(columns[1]);
            sentence.multiwords.push(Multiword { span, first: first as u32 - 1, last: last as u32 - 1 });
            covered = last;
            whole_space = space;
            continue;
        }
        if columns[0].contains('.') {
            continue; // empty nodes belong to enhanced graphs
        }
        let id = number(columns[0])?;
        if id != sentence.tokens.len() + 1 {
            return Err(ConlluError::Number { line, found: columns[0].to_owned() });
        }
        let span = if id <= covered {
            sentence.multiwords.last().map(|multiword| multiword.span).unwrap_or_default()
        } else {
            put(columns[1])
        };
        let blank = |column: &str| if column == "_" { String::new() } else { column.to_owned() };
        heads.push((line, if columns[6] == "_" { 0 } else { number(columns[6])? }));
        sentence.tokens.push(Token {
            span,
            form: columns[1].into(),
            lemma: columns[2].into(),
            upos: Upos::parse(columns[3]),
            feats: blank(columns[5]).into(),
            head: None,
            deprel: columns[7].into(),
            name: None,
            score: 1.0,
            space_after: if id <= covered { id == covered && whole_space } else { space },
        });
    }
    let count = sentence.tokens.len();
    for (token, (line, head)) in sentence.tokens.iter_mut().zip(heads) {
        if head > count {
            return Err(ConlluError::Number { line, found: head.to_string() });
        }
        token.head = head.checked_sub(1).map(|head| head as u32);
    }
    for multiword in &mut sentence.multiwords {
        if multiword.last as usize >= count {
            let (line, _) = lines[0];
            return Err(ConlluError::Number { line, found: (multiword.last + 1).to_string() });
        }
    }
    share_out(&mut sentence);
    sentence.span = Span::new(start, end);
    sentence.link();
    Ok(sentence)
}

/// Gives each part of a multiword its own piece of the span where the forms add up to it.
fn share_out(sentence: &mut Sentence) {
    for multiword in &sentence.multiwords {
        let parts = &mut sentence.tokens[multiword.first as usize..=multiword.last as usize];
        let lengths: Vec<u32> = parts.iter().map(|part| part.form.chars().count() as u32).collect();
        if lengths.iter().sum::<u32>() != multiword.span.len() {
            continue;
        }
        let mut at = multiword.span.start;
        for (part, length) in parts.iter_mut().zip(lengths) {
            part.span = Span::new(at, at + length);
            at += length;
        }
    }
}

/// Writes one sentence as CoNLL-U, with `start_char` and `end_char` (code points) and the name in MISC.
pub fn write_conllu(out: &mut String, sentence: &Sentence, number: usize, words: &str) {
    let flat: String = words.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    let _ = writeln!(out, "# sent_id = {number}\n# text = {flat}");
    let mut multiwords = sentence.multiwords.iter().peekable();
    let offsets = |span: Span| format!("start_char={}|end_char={}", span.start, span.end);
    let space = |after: bool| if after { "" } else { "SpaceAfter=No|" };
    let mut inside = 0_usize;
    for (at, token) in sentence.tokens.iter().enumerate() {
        if let Some(multiword) = multiwords.next_if(|multiword| multiword.first as usize == at) {
            let form = words_of(sentence, multiword, words);
            inside = multiword.last as usize + 1;
            let after = sentence.tokens[multiword.last as usize].space_after;
            let _ = writeln!(
                out,
                "{}-{}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{}{}",
                multiword.first + 1,
                multiword.last + 1,
                space(after),
                offsets(multiword.span)
            );
        }
        let or_blank = |text: &str| if text.is_empty() { "_".to_owned() } else { text.to_owned() };
        let name = token.name.map_or_else(String::new, |name| {
            let kind = match name.kind {
                crate::NameKind::Person => "PER",
                crate::NameKind::Organization => "ORG",
                crate::NameKind::Location => "LOC",
                crate::NameKind::Other => "MISC",
            };
            format!("NER={}-{kind}|", if name.begins { "B" } else { "I" })
        });
        let gap = if at < inside { "" } else { space(token.space_after) };
        let _ = writeln!(
            out,
            "{}\t{}\t{}\t{}\t_\t{}\t{}\t{}\t_\t{gap}{name}{}",
            at + 1,
            token.form,
            or_blank(&token.lemma),
            token.upos.as_str(),
            or_blank(&token.feats),
            token.head.map_or(0, |head| head + 1),
            or_blank(&token.deprel),
            offsets(token.span),
        );
    }
    out.push('\n');
}

fn words_of(sentence: &Sentence, multiword: &Multiword, words: &str) -> String {
    let from = (multiword.span.start - sentence.span.start) as usize;
    words.chars().skip(from).take(multiword.span.len() as usize).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const UJARNYA: &str = "1-2\tujarnya\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n\
        1\tujar\tujar\tVERB\t_\tVoice=Act\t0\troot\t_\t_\n\
        2\tnya\tnya\tPRON\t_\t_\t1\tnsubj\t_\t_\n\
        3\t.\t.\tPUNCT\t_\t_\t1\tpunct\t_\t_\n\n";

    #[test]
    fn multiwords_come_back_as_written() {
        let (text, sentences) = read_conllu(UJARNYA).unwrap();
        assert_eq!(text.trim_end(), "ujarnya.");
        assert_eq!(sentences[0].tokens[1].span, Span::new(4, 7));
        let mut out = String::new();
        write_conllu(&mut out, &sentences[0], 1, "ujarnya.");
        let (again, reread) = read_conllu(&out).unwrap();
        assert_eq!(again.trim_end(), text.trim_end());
        assert_eq!(reread[0].tokens[2].head, Some(0));
    }

    #[test]
    fn says_which_line_is_wrong() {
        assert_eq!(read_conllu("1\ta\n").unwrap_err(), ConlluError::Columns { line: 1, found: 2 });
    }
}
