//! A plain splitter that stands in for the analysis: every sentence of a text, its words by blanks and marks.

use saksi_tree::{Analysis, RegionKind, Sentence, Span, Text, Token};

/// The sentences of `text`; the first line is a headline if `title` says so. A full stop before a capital ends one.
pub(crate) fn split(text: &Text, title: bool) -> Analysis {
    let mut analysis = Analysis::default();
    let chars: Vec<char> = text.as_str().chars().collect();
    let mut start = 0;
    let mut kind = if title { RegionKind::Title } else { RegionKind::Body };
    for at in 0..=chars.len() {
        let line = at == chars.len() || chars[at] == '\n';
        let stop = !line
            && matches!(chars[at], '.' | '!' | '?')
            && chars.get(at + 1).is_some_and(|next| next.is_whitespace())
            && chars.get(at + 2).is_some_and(|next| next.is_uppercase() || matches!(next, '"' | '“'))
            && word_before(&chars, at) > 4;
        if line || stop {
            let end = if line { at } else { at + 1 };
            push(&mut analysis, &chars, start, end, kind);
            start = end;
            kind = if line { RegionKind::Body } else { kind };
        }
    }
    analysis
}

fn word_before(chars: &[char], at: usize) -> usize {
    chars[..at].iter().rev().take_while(|c| c.is_alphanumeric()).count()
        + usize::from(at > 0 && !chars[at - 1].is_alphanumeric()) * 5
}

fn push(analysis: &mut Analysis, chars: &[char], mut start: usize, mut end: usize, kind: RegionKind) {
    while start < end && chars[start].is_whitespace() {
        start += 1;
    }
    while end > start && chars[end - 1].is_whitespace() {
        end -= 1;
    }
    if start == end {
        return;
    }
    let mut tokens: Vec<Token> = Vec::new();
    let mut from = start;
    for at in start..=end {
        let cut = at == end || !chars[at].is_alphanumeric();
        if cut {
            for (a, b) in [(from, at), (at, (at + 1).min(end))] {
                if a < b && !chars[a].is_whitespace() {
                    let form: String = chars[a..b].iter().collect();
                    let span = Span::new(a as u32, b as u32);
                    tokens.push(Token { span, form: form.as_str().into(), ..Token::default() });
                }
            }
            from = at + 1;
        }
    }
    let span = Span::new(start as u32, end as u32);
    analysis.sentences.push(Sentence { span, kind, tokens, ..Sentence::default() });
}
