//! Words and sentences by rule. What is an abbreviation, what a clitic, where hyphens part words: the pack says.

mod bounds;
mod clitics;
mod names;
mod rules;
mod scan;

pub(crate) use rules::{Capitals, Rules};

use crate::model::Surface;
use compact_str::CompactString;
use saksi_record::{Note, Span};
use saksi_tree::{Analysis, Region, RegionKind, Sentence, Text, Token};
use std::ops::Range;

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

impl Kind {
    /// The names of all kinds, as `splitter.bin` knows them.
    const NAMES: [&str; 14] = [
        "word",
        "number",
        "abbreviation",
        "abbreviation-never",
        "stop",
        "mark",
        "ellipsis",
        "open",
        "close",
        "comma",
        "colon",
        "sign",
        "dash",
        "other",
    ];

    /// Its index in [`Self::NAMES`].
    fn index(self) -> usize {
        match self {
            Self::Word => 0,
            Self::Number => 1,
            Self::Abbreviation(Ends::Maybe) => 2,
            Self::Abbreviation(Ends::Never) => 3,
            Self::Stop => 4,
            Self::Mark => 5,
            Self::Ellipsis => 6,
            Self::Open => 7,
            Self::Close => 8,
            Self::Comma => 9,
            Self::Colon => 10,
            Self::Sign => 11,
            Self::Dash => 12,
            Self::Other => 13,
        }
    }
}

/// Whether a sentence may end at an abbreviation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ends {
    /// Never: titles before names, words before numbers.
    Never,
    /// Only before a word that likes to begin sentences.
    Maybe,
}

/// How many surface tokens of further lines are gathered before they are asked about together.
const GATHERED: usize = 4096;

/// What must speak for a sentence that begins inside brackets or a quotation: 2 are odds of 7 to 1.
const SURE: f32 = 2.0;

/// A line of text with its surface tokens.
struct Line {
    chars: Vec<char>,
    /// Where it begins in the text.
    at: u32,
    kind: RegionKind,
    paragraph: u32,
    pieces: Vec<Piece>,
    /// The sentences as ranges of pieces.
    sentences: Vec<Range<usize>>,
}

/// Splits the regions of `text` into sentences of words, in the manner of `treebank`; tags and trees are left empty.
pub(crate) fn split(text: &Text, regions: &[Region], rules: &Rules, treebank: Option<&str>) -> Analysis {
    let mut analysis = Analysis::default();
    let mut paragraphs = Paragraphs::default();
    let mut lines: Vec<Line> = Vec::new();
    let mut gathered = 0;
    for region in regions {
        let chars: Vec<char> = text.slice(region.span).chars().collect();
        for (from, to) in lines_of(&chars) {
            let at = region.span.start + from as u32;
            let line = read_line(&chars[from..to], at, region.kind, paragraphs.number(text, at), rules);
            gathered += line.pieces.len();
            lines.push(line);
            if gathered >= GATHERED {
                settle(&mut lines, rules, treebank);
                for line in lines.drain(..) {
                    put(&line, rules, &mut analysis);
                }
                gathered = 0;
            }
        }
    }
    settle(&mut lines, rules, treebank);
    for line in &lines {
        put(line, rules, &mut analysis);
    }
    analysis
}

/// The surface tokens of a line, and its sentences by rule.
fn read_line(chars: &[char], at: u32, kind: RegionKind, paragraph: u32, rules: &Rules) -> Line {
    let pieces = scan::scan(chars, rules);
    let sentences = bounds::sentences(chars, &pieces, rules);
    Line { chars: chars.to_vec(), at, kind, paragraph, pieces, sentences }
}

/// Lets the pack's splitter, if it has one, decide on the sentences of body lines.
fn settle(lines: &mut [Line], rules: &Rules, treebank: Option<&str>) {
    let Some(splitter) = &rules.splitter else { return };
    let mut asked: Vec<&mut Line> = lines.iter_mut().filter(|line| line.kind == RegionKind::Body).collect();
    let surfaces: Vec<Vec<Surface>> = asked.iter().map(|line| surface_of(line)).collect();
    let scores = splitter.read(&surfaces, splitter.domain(treebank));
    for (line, scores) in asked.iter_mut().zip(scores) {
        let count = line.pieces.len();
        let held = bounds::held(&line.chars, &line.pieces, rules.settings.whole_quotes);
        let least = |end: usize| if held[end] { SURE } else { 0.0 };
        let ends = (1..=count).filter(|&end| end == count || scores[end - 1] > least(end));
        let mut from = 0;
        line.sentences = ends.map(|end| std::mem::replace(&mut from, end)..end).collect();
    }
}

fn surface_of(line: &Line) -> Vec<Surface> {
    let mut ends = vec![false; line.pieces.len()];
    for range in &line.sentences {
        ends[range.end - 1] = true;
    }
    let mut before = None;
    let each = line.pieces.iter().zip(ends).map(|(piece, ends)| Surface {
        form: line.chars[piece.start as usize..piece.end as usize].iter().collect(),
        kind: piece.kind.index(),
        ends,
        space: before.replace(piece.end) != Some(piece.start),
    });
    each.collect()
}

/// Adds the sentences of a line.
fn put(line: &Line, rules: &Rules, analysis: &mut Analysis) {
    for range in &line.sentences {
        let words = clitics::words(&line.chars, &line.pieces[range.clone()], rules);
        for (part, whole) in cut(&words.0) {
            let Some((span, tokens, multiwords)) = place(&line.chars, line.at, &words, part) else { continue };
            if !whole {
                analysis.notes.push(Note {
                    stage: "analysis".into(),
                    message: format!("a sentence of more than {LONGEST} words was split"),
                    span: Some(span),
                });
            }
            analysis.sentences.push(Sentence {
                span,
                kind: line.kind,
                paragraph: line.paragraph,
                tokens,
                multiwords,
                children: Vec::new(),
            });
        }
    }
}

/// The surface tokens of `text` line by line, each with its span, its kind and whether the rules end a sentence behind it.
pub(crate) fn surface(text: &Text, rules: &Rules) -> Vec<Vec<(Span, &'static str, bool)>> {
    let chars: Vec<char> = text.as_str().chars().collect();
    let of_line = |(from, to): (usize, usize)| {
        let line = read_line(&chars[from..to], from as u32, RegionKind::Body, 0, rules);
        let span = |piece: &Piece| Span::new(line.at + piece.start, line.at + piece.end);
        let kinds = line.pieces.iter().map(|piece| (span(piece), Kind::NAMES[piece.kind.index()]));
        kinds.zip(surface_of(&line)).map(|((span, kind), surface)| (span, kind, surface.ends)).collect()
    };
    lines_of(&chars).into_iter().map(of_line).collect()
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
fn cut(words: &[clitics::Word]) -> Vec<(Range<usize>, bool)> {
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
    (words, groups): &(Vec<clitics::Word>, Vec<Range<usize>>),
    part: Range<usize>,
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
