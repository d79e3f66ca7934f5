use super::{Kind, Piece, Rules};
use compact_str::CompactString;
use std::ops::Range;

/// A syntactic word within its line.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Word {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(super) kind: Kind,
    /// Whether it goes on the surface token of the word before.
    pub(crate) joined: bool,
}

/// The words of some surface tokens, and which ranges of words share a surface token.
pub(super) fn words(line: &[char], pieces: &[Piece], rules: &Rules) -> (Vec<Word>, Vec<Range<usize>>) {
    let mut words = Vec::with_capacity(pieces.len());
    let mut groups = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        let first = words.len();
        let mut push = |start, end, joined| words.push(Word { start, end, kind: piece.kind, joined });
        let form = &line[piece.start as usize..piece.end as usize];
        if at + 1 == pieces.len() && matches!(piece.kind, Kind::Abbreviation(_)) && gives_up_stop(form, rules) {
            push(piece.start, piece.end - 1, false);
            push(piece.end - 1, piece.end, false);
            continue;
        }
        let next = pieces.get(at + 1).map_or(&[][..], |next| &line[next.start as usize..next.end as usize]);
        let cuts = match piece.kind {
            Kind::Word => cuts(form, next, rules, || quoted(line, &pieces[..at])),
            _ => Vec::new(),
        };
        let mut start = piece.start;
        for cut in cuts {
            push(start, piece.start + cut, start > piece.start);
            start = piece.start + cut;
        }
        push(start, piece.end, start > piece.start);
        if words.len() - first > 1 {
            groups.push(first..words.len());
        }
    }
    (words, groups)
}

/// Whether an abbreviation at the end of a sentence leaves its stop to the sentence.
fn gives_up_stop(form: &[char], rules: &Rules) -> bool {
    let stem: CompactString = form[..form.len() - 1].iter().map(|&c| plain(c)).collect();
    rules.settings.parted_last.iter().any(|known| *known == stem)
}

/// Where a surface token before `next` is to be cut, in characters from its start. `quoted` says whether a single quote is open.
fn cuts(form: &[char], next: &[char], rules: &Rules, quoted: impl Fn() -> bool) -> Vec<u32> {
    // Nothing longer than this is a word with a clitic.
    if form.len() < 2 || form.len() > 60 {
        return Vec::new();
    }
    let lower: Vec<char> = form.iter().map(|&c| plain(c)).collect();
    let key: CompactString = lower.iter().collect();
    if let Some(parts) = rules.parts.get(&key) {
        let next: CompactString = next.iter().map(|&c| plain(c)).collect();
        if !parts.before.is_empty() && !parts.before.contains(&next) {
            return Vec::new();
        }
        let mut at = 0;
        let mut out: Vec<u32> = parts
            .lengths
            .iter()
            .map(|&length| {
                at += u32::from(length);
                at
            })
            .collect();
        out.pop();
        return out;
    }
    for clitic in &rules.settings.clitics {
        let Some(stem) = key.strip_suffix(clitic.ending.as_str()) else { continue };
        let length = stem.chars().count();
        let fits = clitic.after.is_empty() || clitic.after.iter().any(|end| stem.ends_with(end.as_str()));
        let bare = clitic.ending.chars().all(|c| !c.is_alphanumeric());
        if length >= clitic.stem && fits && !stem.ends_with(['-', '\'']) && !(bare && quoted()) {
            return vec![length as u32];
        }
    }
    Vec::new()
}

fn quoted(line: &[char], before: &[Piece]) -> bool {
    let mut open = false;
    for piece in before {
        if piece.end - piece.start == 1 && plain(line[piece.start as usize]) == '\'' {
            open = piece.kind == Kind::Open;
        }
    }
    open
}

/// A character in lower case, apostrophes unified. Letters whose lower case is several characters are kept.
pub(super) fn plain(c: char) -> char {
    if matches!(c, '’' | '‘' | 'ʼ' | '`' | '´') {
        return '\'';
    }
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Kind, Piece, Rules};
    use saksi_lang::Pack;

    fn parts(word: &str, rules: &Rules) -> String {
        let line: Vec<char> = word.chars().collect();
        let piece = Piece { start: 0, end: line.len() as u32, kind: Kind::Word };
        let (words, _) = super::words(&line, &[piece], rules);
        let part = |word: &super::Word| line[word.start as usize..word.end as usize].iter().collect::<String>();
        words.iter().map(part).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn clitics_do_what_their_examples_say() {
        for code in Pack::languages() {
            let rules = Rules::compile(&Pack::builtin(code).unwrap()).unwrap();
            for clitic in &rules.settings.clitics {
                for example in &clitic.yes {
                    assert_eq!(parts(&example.replace(' ', ""), &rules), *example);
                }
                for example in &clitic.no {
                    assert_eq!(parts(example, &rules), *example);
                }
            }
        }
    }
}
