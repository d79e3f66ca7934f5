//! Words and sentences by rule. What is an abbreviation, what a clitic, where hyphens part words: the pack says.

mod bounds;
mod clitics;
mod rules;
mod scan;

pub(crate) use rules::Rules;

use compact_str::CompactString;
use saksi_record::{Note, Span};
use saksi_tree::{Analysis, Region, Sentence, Text, Token};

/// A sentence longer than this many words is split: beyond it trees are noise, and arc scores grow by the square.
const LONGEST: usize = 300;

/// A surface token within its line: a range of the line's characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Piece {
    start: u32,
    end: u32,
    kind: Kind,
}

/// What a surface token is to the search for sentence ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Begins with a letter or mark.
    Word,
    /// Begins with a digit.
    Number,
    /// An abbreviation with its full stop.
    Abbreviation(Ends),
    /// A full stop, alone or repeated.
    Stop,
    /// Question and exclamation marks.
    Mark,
    /// Three stops, or the one character for them.
    Ellipsis,
    /// An opening bracket or quote.
    Open,
    /// A closing bracket or quote.
    Close,
    /// A comma or semicolon.
    Comma,
    /// A colon.
    Colon,
    /// A sign made of several characters: belongs to the sentence before it.
    Sign,
    /// A dash.
    Dash,
    /// Anything else.
    Other,
}

/// Whether a sentence may end at an abbreviation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ends {
    /// Never: titles before names, words before numbers.
    Never,
    /// Only before a word that likes to begin sentences.
    Maybe,
}

/// Splits the regions of `text` into sentences of words; tags and trees are left empty.
pub(crate) fn split(text: &Text, regions: &[Region], rules: &Rules) -> Analysis {
    let mut analysis = Analysis::default();
    let mut lines = Paragraphs::default();
    for region in regions {
        let chars: Vec<char> = text.slice(region.span).chars().collect();
        for (from, to) in lines_of(&chars) {
            let line = &chars[from..to];
            let at = region.span.start + from as u32;
            let paragraph = lines.number(text, at);
            let pieces = scan::scan(line, rules);
            for range in bounds::sentences(line, &pieces, rules) {
                let pieces = &pieces[range];
                let words = clitics::words(line, pieces, rules);
                for (part, whole) in cut(&words.0) {
                    let Some((span, tokens, multiwords)) = place(line, at, &words, part) else { continue };
                    if !whole {
                        analysis.notes.push(Note {
                            stage: "analysis".into(),
                            message: format!("a sentence of more than {LONGEST} words was split"),
                            span: Some(span),
                        });
                    }
                    analysis.sentences.push(Sentence {
                        span,
                        kind: region.kind,
                        paragraph,
                        tokens,
                        multiwords,
                        children: Vec::new(),
                    });
                }
            }
        }
    }
    analysis
}

/// Numbers the lines that hold text.
#[derive(Default)]
struct Paragraphs {
    count: u32,
    /// Where the search for line breaks stands, and whether one was passed since the last number.
    at: u32,
}

impl Paragraphs {
    /// The number of the line that code point `at` stands in; `at` must not fall.
    fn number(&mut self, text: &Text, at: u32) -> u32 {
        let fresh =
            self.count == 0 || text.slice(Span::new(self.at.min(at), at)).contains(['\n', '\u{2028}', '\u{2029}']);
        self.count += u32::from(fresh);
        self.at = at;
        self.count - 1
    }
}

/// The lines of a region as ranges. In a text wrapped by hand at one width, lines that were cut only for the width
/// count as one.
fn lines_of(chars: &[char]) -> Vec<(usize, usize)> {
    let mut lines = Vec::new();
    let mut from = 0;
    for (at, c) in chars.iter().enumerate() {
        if is_break(*c) {
            lines.push((from, at));
            from = at + 1;
        }
    }
    lines.push((from, chars.len()));
    let blank = |&(from, to): &(usize, usize)| chars[from..to].iter().all(|c| c.is_whitespace());
    let width = lines.iter().map(|(from, to)| to - from).max().unwrap_or(0);
    // A pair of lines is cut for width if the next line's first word would not have fitted.
    let cut_for_width = |a: &(usize, usize), b: &(usize, usize)| {
        let first = chars[b.0..b.1].iter().take_while(|c| !c.is_whitespace()).count();
        !blank(a) && !blank(b) && a.1 - a.0 + 1 + first > width
    };
    let pairs = lines.windows(2).filter(|pair| !blank(&pair[0]) && !blank(&pair[1]));
    let (mut joined, mut all) = (0, 0);
    for pair in pairs {
        all += 1;
        joined += usize::from(cut_for_width(&pair[0], &pair[1]));
    }
    // The official raw texts and e-mail wrap at 72 to 80; every pair must look so but for a few.
    if !(60..=100).contains(&width) || all < 3 || joined * 10 < all * 9 {
        lines.retain(|line| !blank(line));
        return lines;
    }
    let mut out: Vec<(usize, usize)> = Vec::new();
    let mut previous: Option<(usize, usize)> = None;
    for line in lines {
        match (previous, out.last_mut()) {
            (Some(before), Some(last)) if cut_for_width(&before, &line) => last.1 = line.1,
            _ if !blank(&line) => out.push(line),
            _ => {}
        }
        previous = Some(line);
    }
    out
}

fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Ranges of at most [`LONGEST`] words, cut after the best punctuation in the second half; the flag says uncut.
fn cut(words: &[clitics::Word]) -> Vec<(std::ops::Range<usize>, bool)> {
    let mut out = Vec::new();
    let mut from = 0;
    while words.len() - from > LONGEST {
        let window = from + LONGEST / 2..from + LONGEST;
        let best = window.clone().rev().max_by_key(|&at| match words[at].kind {
            Kind::Stop | Kind::Mark | Kind::Ellipsis => 4,
            Kind::Colon => 3,
            Kind::Comma => 2,
            Kind::Dash | Kind::Close => 1,
            _ => 0,
        });
        let mut to = best.map_or(window.end, |at| at + 1);
        while to < words.len() && to - from < LONGEST + 3 && words[to].joined {
            to += 1; // parts of one surface token stay together
        }
        out.push((from..to, false));
        from = to;
    }
    out.push((from..words.len(), out.is_empty()));
    out
}

type Placed = (Span, Vec<Token>, Vec<saksi_tree::Multiword>);

/// The words of a range as tokens placed in the text; `at` is where the line begins.
fn place(
    line: &[char],
    at: u32,
    (words, groups): &(Vec<clitics::Word>, Vec<std::ops::Range<usize>>),
    part: std::ops::Range<usize>,
) -> Option<Placed> {
    let (first, last) = (words.get(part.start)?, words.get(part.end.checked_sub(1)?)?);
    let tokens = words[part.clone()]
        .iter()
        .map(|word| Token {
            span: Span::new(at + word.start, at + word.end),
            form: line[word.start as usize..word.end as usize].iter().collect::<CompactString>(),
            space_after: line.get(word.end as usize).is_none_or(|c| c.is_whitespace()),
            ..Token::default()
        })
        .collect();
    let multiwords = groups
        .iter()
        .filter(|group| group.start >= part.start && group.end <= part.end)
        .map(|group| saksi_tree::Multiword {
            span: Span::new(at + words[group.start].start, at + words[group.end - 1].end),
            first: (group.start - part.start) as u32,
            last: (group.end - 1 - part.start) as u32,
        })
        .collect();
    Some((Span::new(at + first.start, at + last.end), tokens, multiwords))
}
