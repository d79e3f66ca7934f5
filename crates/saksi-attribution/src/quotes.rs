use saksi_tree::{Analysis, RegionKind, Span, Text};

/// Words in quotation marks, the marks included. It may go over several sentences of one paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Quote {
    pub(crate) span: Span,
    pub(crate) paragraph: u32,
    /// Its closing mark is missing: the next paragraph may go on.
    pub(crate) open: bool,
}

/// The outermost quotations of the article, in text order.
pub(crate) fn find(text: &Text, analysis: &Analysis) -> Vec<Quote> {
    let mut quotes = Vec::new();
    let mut from = 0;
    while from < analysis.sentences.len() {
        let paragraph = analysis.sentences[from].paragraph;
        let kind = analysis.sentences[from].kind;
        let to = analysis.sentences[from..]
            .iter()
            .position(|sentence| sentence.paragraph != paragraph || sentence.kind != kind)
            .map_or(analysis.sentences.len(), |count| from + count);
        let mut letters: Vec<(u32, char)> = Vec::new();
        for sentence in &analysis.sentences[from..to] {
            if !letters.is_empty() {
                letters.push((sentence.span.start.saturating_sub(1), ' '));
            }
            letters.extend((sentence.span.start..).zip(text.slice(sentence.span).chars()));
        }
        in_paragraph(&letters, paragraph, kind == RegionKind::Title, &mut quotes);
        from = to;
    }
    quotes
}

fn in_paragraph(letters: &[(u32, char)], paragraph: u32, title: bool, quotes: &mut Vec<Quote>) {
    let letters = &pairs_joined(letters);
    let mut open: Option<(usize, char)> = None; // where, and with which mark
    let mut first = true; // no such mark so far
    for (at, &(_, letter)) in letters.iter().enumerate() {
        let before = at.checked_sub(1).map_or(' ', |before| letters[before].1);
        let after = letters.get(at + 1).map_or(' ', |next| next.1);
        let starts = !before.is_alphanumeric() && !after.is_whitespace();
        let closes = match (letter, open) {
            ('“' | '„' | '«', None) => {
                open = Some((at, letter));
                first = false;
                false
            }
            // The paragraph before left it open.
            ('”', None) if first && at > 0 && !before.is_whitespace() => {
                open = Some((0, '“'));
                true
            }
            ('"', None) => {
                if starts {
                    open = Some((at, letter));
                }
                false
            }
            ('‘' | '\'', None) => {
                if starts && (before.is_whitespace() || at == 0) && closing_single(letters, at, title) {
                    open = Some((at, letter));
                }
                false
            }
            ('”' | '»' | '"' | '“', Some((_, '“' | '„' | '«' | '"'))) => !(letter == '“' && starts),
            ('’' | '\'', Some((_, '‘' | '\''))) => !after.is_alphanumeric(),
            _ => false,
        };
        if closes && let Some((from, _)) = open.take() {
            quotes.push(Quote { span: Span::new(letters[from].0, letters[at].0 + 1), paragraph, open: false });
        }
    }
    if let Some((0, mark)) = open
        && mark != '\''
        && let (Some(first), Some(last)) = (letters.first(), letters.last())
    {
        quotes.push(Quote { span: Span::new(first.0, last.0 + 1), paragraph, open: true });
    }
}

/// Two single marks in a row are read as one double mark, at the outer of the two.
fn pairs_joined(letters: &[(u32, char)]) -> Vec<(u32, char)> {
    let mut joined: Vec<(u32, char)> = Vec::with_capacity(letters.len());
    let mut at = 0;
    while let Some(&(place, letter)) = letters.get(at) {
        let next = letters.get(at + 1);
        let double = matches!(letter, '\'' | '`' | '’' | '‘') && next.is_some_and(|&(_, other)| other == letter);
        if let (true, Some(&(second, _))) = (double, next) {
            let opens = letters.get(at + 2).is_some_and(|&(_, after)| after.is_alphanumeric());
            joined.push((if opens { place } else { second }, '"'));
            at += 2;
        } else {
            joined.push((place, letter));
            at += 1;
        }
    }
    joined
}

/// Whether a single mark at `at` has its partner: an apostrophe has none. Running text asks for punctuation before
/// the partner, so that the plural possessive ("officials'") does not count.
fn closing_single(letters: &[(u32, char)], at: usize, title: bool) -> bool {
    (at + 2..letters.len()).any(|end| {
        matches!(letters[end].1, '’' | '\'')
            && !letters.get(end + 1).is_some_and(|next| next.1.is_alphanumeric())
            && (title || letters[at].1 == '‘' || matches!(letters[end - 1].1, ',' | '.' | '!' | '?'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quotes(text: &str) -> Vec<String> {
        let letters: Vec<(u32, char)> = (0..).zip(text.chars()).collect();
        let mut found = Vec::new();
        in_paragraph(&letters, 0, false, &mut found);
        let text = Text::new(text.to_owned());
        found.iter().map(|quote| text.slice(quote.span).to_owned()).collect()
    }

    #[test]
    fn marks_of_every_kind_pair_up() {
        assert_eq!(quotes("“Satu,” katanya. \"Dua\" lagi, «tiga»."), ["“Satu,”", "\"Dua\"", "«tiga»"]);
        assert_eq!(quotes("He said: 'We are ready.' The officials' car left."), ["'We are ready.'"]);
        assert_eq!(quotes("the country's ‘so-called’ army"), ["‘so-called’"]);
        assert_eq!(quotes("''It is over,'' he said."), ["''It is over,''"]);
    }

    #[test]
    fn a_paragraph_may_leave_its_quotation_open() {
        assert_eq!(quotes("It ends here,” he said."), ["It ends here,”"]);
        assert_eq!(quotes("“It goes on."), ["“It goes on."]);
        assert!(quotes("a 5\" pipe").is_empty());
    }
}
