//! Which text is the article? Cuts a text into title, body and noise.

use crate::asides::{is_aside_word, is_essay};
use crate::between::titles_between;
use crate::bylines::byline_facts;
use crate::dateline;
use crate::headline;
use crate::hits::{
    Hit, TOP_LINES, bounds, caption_start, closes, extent, goes_on_in, hits, markdown_target, marks_before,
};
use crate::lines::{Line, goes_on, is_bulleted, is_wordless, lines, without_markup};
use crate::marked::{self, Marked};
use crate::rules::{At, Rule, Rules, To};
use crate::words::{Gap, Shape, Word};
use saksi_page::Markup;
use saksi_record::{Note, Passage, PassageKind};
use saksi_tree::{Region, RegionKind, Span, Text};

/// So many words are a paragraph, and no standfirst or label.
const PARAGRAPH_WORDS: usize = 16;
/// The most words of a headline on a line of its own.
const HEADLINE_WORDS: usize = 32;
/// How many headlines may follow a heading such as "Related stories".
const BLOCK_LINES: usize = 20;

/// An article's text, cut up.
#[derive(Debug, Clone, Default)]
pub struct Cleaned {
    /// Title and noise, in text order; they never overlap.
    pub passages: Vec<Passage>,
    /// Title and body, in text order; they never overlap each other nor noise.
    pub regions: Vec<Region>,
    /// The headline.
    pub title: Option<String>,
    /// Who wrote it, as the byline says.
    pub author: Option<String>,
    /// Who published it, as the dateline says.
    pub outlet: Option<String>,
    /// The dateline or byline to take a date from, in code points: the first that holds one, else the dateline.
    pub dateline: Option<Span>,
    /// Where the story was filed, in code points.
    pub filed_from: Option<Span>,
    /// What was doubtful.
    pub notes: Vec<Note>,
}

/// A stretch of a line: noise, or evidence where there is no rule.
#[derive(Debug, Clone)]
pub(crate) struct Piece {
    pub(crate) line: usize,
    pub(crate) words: std::ops::Range<usize>,
    pub(crate) noise: Option<(PassageKind, String)>,
}

/// Finds title, body and noise of an article.
///
/// Every letter of the text is in exactly one region or noise passage. A title is both a passage and a region.
pub fn clean(text: &Text, rules: &Rules) -> Cleaned {
    clean_marked(text, &Markup::default(), rules)
}

/// Finds title, body and noise of an article as [`clean`] does, where `markup` is what its page says.
///
/// Marks stand before rules: a rule that begins inside a mark ends with it. A pointer whose headline is a link ends with the link.
pub fn clean_marked(text: &Text, markup: &Markup, rules: &Rules) -> Cleaned {
    let lines = lines(text);
    let mut pieces = cut(&lines, markup, rules);
    signature(&lines, &mut pieces);
    let title = marked::title(&lines, &pieces, &markup.marks).or_else(|| title(&lines, &pieces, rules));
    // Markup tells headings from links, and links that are titles are marked by it.
    if markup.marks.is_empty() && markup.links.is_empty() {
        titles_between(&lines, &mut pieces, title, rules);
    }
    let mut cleaned = Cleaned::default();
    datelines(text, &lines, &mut pieces, title, markup.outlet.as_deref(), rules, &mut cleaned);
    collect(text, &lines, &pieces, title, &mut cleaned);
    byline_facts(text, rules, &mut cleaned);
    cleaned
}

/// Cuts every line at the marks and at the matches of the rules.
fn cut(lines: &[Line], markup: &Markup, rules: &Rules) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut block: Option<(usize, &Rule)> = None; // how many headlines may follow, and the rule that said so
    let mut marks = Marked::new(markup);
    let essay = is_essay(lines, rules);
    let (mut above, mut seen) = (0, 0); // how many lines of evidence stand above, and how far that has been looked at
    let mut told = 0; // how many lines stand above of which markup says all
    for (number, line) in lines.iter().enumerate() {
        let marked = marks.words(line);
        if marked.iter().map(|(words, _)| words.len()).sum::<usize>() == line.words.len() {
            told += usize::from(marked.iter().all(|(_, noise)| noise.is_some()));
            pieces.extend(marked.into_iter().map(|(words, noise)| Piece { line: number, words, noise }));
            block = None;
            continue;
        }
        above += usize::from(pieces[seen..].iter().any(|piece: &Piece| piece.noise.is_none()));
        seen = pieces.len();
        let hits = hits(lines, number, (above, told), essay, rules);
        let starts_with_hit = hits.iter().any(|hit| line.places[hit.start].starts_line && hit.rule.at != At::Signed);
        let listed = |rule: &Rule| {
            let items = rule.kind == PassageKind::MachineResidue && is_bulleted(line);
            items || rule.to != To::Line && is_listed_headline(line)
        };
        if let Some((left, rule)) = block.take().filter(|(_, rule)| !starts_with_hit && listed(rule)) {
            let noise = Some((rule.kind, rule.name.clone()));
            pieces.push(Piece { line: number, words: 0..line.words.len(), noise });
            // Items of a list, and headlines right below each other.
            let close = |next: &Line| {
                let headed = !next.after_blank && headline::looks_like_headline(&next.words);
                is_bulleted(line) && is_bulleted(next) || headed && headline::looks_like_headline(&line.words)
            };
            let more = left > 1 || lines.get(number + 1).is_some_and(close);
            block = more.then_some((left.saturating_sub(1).max(1), rule));
            continue;
        }
        let from = pieces.len();
        sweep(number, line, &hits, (&marked, &marks.links(line)), rules, &mut pieces, &mut block);
        address(line, from, &mut pieces, rules);
        if !marked.is_empty() {
            let swept = pieces.split_off(from);
            pieces.extend(marked::overlay(swept, &marked, number));
        }
    }
    pieces
}

fn sweep<'r>(
    number: usize,
    line: &Line,
    hits: &[Hit<'r>],
    (marked, links): (&[marked::Words], &[std::ops::Range<usize>]),
    rules: &'r Rules,
    pieces: &mut Vec<Piece>,
    block: &mut Option<(usize, &'r Rule)>,
) {
    let words = &line.words;
    let mut at = 0;
    for (index, hit) in hits.iter().enumerate() {
        if hit.start < at && hit.rule.to != To::Back || hit.end <= at {
            continue;
        }
        let (start, opened) = if hit.rule.to == To::Back {
            let from = marked.iter().map(|(words, _)| words.end).filter(|&end| end <= hit.start).max();
            (caption_start(words, from.unwrap_or(at).max(at), hit.start), None)
        } else {
            let (start, opened) = marks_before(words, at, hit.start);
            let own = match words[hit.start].folded.as_str() {
                "(" => Some(")"),
                "[" => Some("]"),
                _ => None,
            };
            // A bracket that the pattern itself begins with, and has not closed.
            let closed = || words[hit.start..hit.end].iter().any(|word| Some(word.folded.as_str()) == own);
            (start, if own.is_some() && !closed() { own } else { opened })
        };
        let stop = hits[index + 1..]
            .iter()
            .find(|next| next.start >= hit.end && bounds(next, words) && !goes_on_in(hit, next))
            .map(|next| marks_before(words, hit.end, next.start).0);
        let link = marked::pointed_to(words, hit.start..hit.end, links).filter(|_| hit.rule.to.is_headline());
        // What begins inside a mark ends with it.
        let mark = marked.iter().find(|(marked, _)| marked.contains(&hit.start)).map(|(marked, _)| marked.end);
        let end = link.unwrap_or_else(|| extent(words, hit, stop, opened, rules));
        let mut end = mark.map_or(end, |mark| mark.min(end));
        while words.get(end).is_some_and(|word| closes(word, opened)) {
            end += 1;
        }
        end = markdown_target(words, end);
        if at < start {
            pieces.push(Piece { line: number, words: at..start, noise: None });
        }
        pieces.push(Piece { line: number, words: start..end, noise: Some((hit.rule.kind, hit.rule.name.clone())) });
        let label_only = end == words.len() && hit.end >= end - usize::from(opened.is_some());
        if label_only && hit.rule.to.is_headline() {
            *block = Some((if hit.rule.to == To::Block { BLOCK_LINES } else { 1 }, hit.rule));
        } else if end == words.len() && (hit.rule.to == To::Block || leads_list(hit, words)) {
            *block = Some((BLOCK_LINES, hit.rule));
        }
        at = end;
    }
    if at < words.len() {
        let marks_only = is_wordless(&words[at..]);
        match pieces.last_mut().filter(|last| last.line == number && marks_only && last.noise.is_some()) {
            Some(last) => last.words.end = words.len(),
            None => pieces.push(Piece { line: number, words: at..words.len(), noise: None }),
        }
    }
}

/// Whether a line that a machine left announces what stands below: "Suggested tags:".
fn leads_list(hit: &Hit<'_>, words: &[Word]) -> bool {
    let last = words.iter().rfind(|word| !matches!(word.folded.as_str(), "*" | "_"));
    hit.rule.to == To::Line
        && hit.rule.kind == PassageKind::MachineResidue
        && last.is_some_and(|word| word.folded == ":")
}

/// Takes sentences in which somebody is spoken to into the residue that they follow or lead up to on one line: "I can
/// make it shorter." after "Would you like me to adjust anything?".
fn address(line: &Line, from: usize, pieces: &mut Vec<Piece>, rules: &Rules) {
    let residue = |piece: &Piece| matches!(&piece.noise, Some((PassageKind::MachineResidue, _)));
    if pieces.len() < from + 2 || !pieces[from..].iter().any(residue) {
        return;
    }
    let spoken = |range: &std::ops::Range<usize>| {
        let says = |class: &str, at: usize| !line.places[at].quoted && rules.phrase(class, &line.words, at).is_some();
        range.clone().any(|at| says("address", at)) && !range.clone().any(|at| says("speech", at))
    };
    let mut split: Vec<Piece> = Vec::new();
    for piece in pieces.drain(from..) {
        let mut start = piece.words.start;
        while piece.noise.is_none() && start < piece.words.end {
            let end = headline::sentence_end(&line.words, start).clamp(start + 1, piece.words.end);
            split.push(Piece { words: start..end, ..piece.clone() });
            start = end;
        }
        if piece.noise.is_some() {
            split.push(piece);
        }
    }
    for forward in [true, false] {
        let mut noise = None;
        let mut places: Vec<usize> = (0..split.len()).collect();
        if !forward {
            places.reverse();
        }
        for at in places {
            // "Sorry about that! Here is the full article:", "Got it. Rewriting the text now."
            let announces = at + 1 < split.len() && line.words[split[at + 1].words.end - 1].folded == ":";
            let leads = |piece: &Piece| {
                let answers = announces || rules.phrase("answer", &line.words, piece.words.start).is_some();
                !forward && answers && piece.words.start == 0 && is_aside_word(&line.words[piece.words.clone()])
            };
            if split[at].noise.is_none() && noise.is_some() && (spoken(&split[at].words) || leads(&split[at])) {
                split[at].noise.clone_from(&noise);
            }
            noise = split[at].noise.clone().filter(|_| residue(&split[at]));
        }
    }
    for piece in split {
        // Evidence that is left comes together again.
        match pieces.last_mut().filter(|last| last.line == piece.line && last.noise.is_none() && piece.noise.is_none())
        {
            Some(last) => last.words.end = piece.words.end,
            None => pieces.push(piece),
        }
    }
}

/// Whether a line under "Related stories" is one of them.
fn is_listed_headline(line: &Line) -> bool {
    let words = without_markup(&line.words);
    let count = words.iter().filter(|word| word.is_word()).count();
    let stop = words.last().is_some_and(|word| matches!(word.folded.as_str(), "." | "\"" | ":"));
    (2..=HEADLINE_WORDS).contains(&count) && !stop && !headline::is_running_text(words)
}

/// The title: the first evidence, where it looks like a headline.
fn title(lines: &[Line], pieces: &[Piece], rules: &Rules) -> Option<usize> {
    let evidence = |piece: &&Piece| {
        piece.noise.is_none() && !is_wordless(without_markup(&lines[piece.line].words[piece.words.clone()]))
    };
    let at = pieces.iter().position(|piece| evidence(&piece))?;
    let (piece, line) = (&pieces[at], &lines[pieces[at].line]);
    let words = without_markup(&line.words[piece.words.clone()]);
    let count = words.iter().filter(|word| word.is_word()).count();
    let closing = |word: &&Word| !matches!(word.folded.as_str(), "\"" | "'" | ")" | "]");
    let last = words.iter().rfind(closing)?;
    let full_stop = matches!(last.folded.as_str(), "." | "," | ";" | ":") && !ends_with_initials(words);
    if full_stop || count > HEADLINE_WORDS || piece.words.end < line.words.len() && count < 2 {
        return None;
    }
    if dateline::find(&line.words[piece.words.clone()], false, None, rules).is_some() {
        return None;
    }
    // Noise that goes on in the same line would be odd after a headline, but for labels and residue.
    let next = pieces[at + 1..].iter().find(|next| evidence(next));
    match next {
        None => (count <= HEADLINE_WORDS && !headline::is_running_text(words)).then_some(at),
        Some(next) if next.line == piece.line => None,
        Some(next) => {
            // A line that goes on in the next one is the first of a text wrapped by hand.
            let below = &lines[next.line];
            let first = below.words[next.words.start].shape;
            let wrapped = next.line == piece.line + 1 && !below.after_blank && first == Shape::Lower;
            (!wrapped).then_some(at)
        }
    }
}

/// "… in the U.S." ends a headline although it ends with a full stop.
fn ends_with_initials(words: &[Word]) -> bool {
    let [.., dot, letter, end] = words else { return false };
    end.folded == "." && letter.span.len() == 1 && letter.gap == Gap::None && dot.folded == "."
}

/// Marks a last line such as "Press Office | Ministry of Foreign Affairs" as boilerplate.
fn signature(lines: &[Line], pieces: &mut [Piece]) {
    let count = pieces.len();
    for piece in pieces.iter_mut().rev().take(4).take(count.saturating_sub(2)) {
        let words = &lines[piece.line].words[piece.words.clone()];
        let whole = piece.words.len() == lines[piece.line].words.len();
        let bar = words.iter().any(|word| word.folded == "|" && word.gap != Gap::None);
        if whole && bar && piece.noise.is_none() && headline::looks_like_headline(words) {
            piece.noise = Some((PassageKind::Boilerplate, "clean/bar-line".to_owned()));
        }
    }
}

/// Splits datelines off the paragraphs that begin with one.
fn datelines(
    text: &Text,
    lines: &[Line],
    pieces: &mut Vec<Piece>,
    title: Option<usize>,
    outlet: Option<&str>,
    rules: &Rules,
    cleaned: &mut Cleaned,
) {
    let mut split = Vec::new();
    let (mut body, mut text_begun) = (0, false);
    for (at, piece) in pieces.iter().enumerate() {
        if piece.noise.is_some() || Some(at) == title || piece.words.start != 0 {
            continue;
        }
        let words = &lines[piece.line].words[piece.words.clone()];
        if is_wordless(words) {
            continue;
        }
        body += 1;
        // A standfirst, key points and labels may stand above the first paragraph.
        let first = body <= 2 || !text_begun && body <= TOP_LINES;
        text_begun |= words.len() >= PARAGRAPH_WORDS;
        if let Some(parts) = dateline::find(words, first, outlet, rules) {
            if cleaned.filed_from.is_none() {
                let span = |range: std::ops::Range<usize>| words[range.start].span.cover(words[range.end - 1].span);
                cleaned.filed_from = parts.place.map(span);
                cleaned.outlet = cleaned.outlet.take().or(parts.outlet.map(|range| text.slice(span(range)).to_owned()));
            }
            split.push((at, parts.end));
        }
    }
    for (at, end) in split.into_iter().rev() {
        let piece = pieces[at].clone();
        pieces[at].words.start = end;
        let noise = Some((PassageKind::Dateline, "clean/dateline".to_owned()));
        pieces.insert(at, Piece { words: 0..end, noise, ..piece });
    }
}

/// Turns pieces into passages and regions.
fn collect(text: &Text, lines: &[Line], pieces: &[Piece], title: Option<usize>, cleaned: &mut Cleaned) {
    // A dateline moves the title only if it stands before it, which it does not: no body stands before a title.
    let mut last: Option<usize> = None; // the line of the last region, if that ended with its line
    for (at, piece) in pieces.iter().enumerate() {
        let line = &lines[piece.line];
        let words = &line.words[piece.words.clone()];
        let Some((kind, rule)) = &piece.noise else {
            let words = without_markup(words);
            if is_wordless(words) {
                continue;
            }
            let span = words[0].span.cover(words[words.len() - 1].span);
            if Some(at) == title {
                let rule = "clean/title".to_owned();
                cleaned.title = Some(text.slice(span).to_owned());
                cleaned.passages.push(Passage { kind: PassageKind::Title, start: span.start, end: span.end, rule });
                cleaned.regions.push(Region { span, kind: RegionKind::Title });
                last = None;
                continue;
            }
            let goes_on = last.is_some_and(|before| {
                before + 1 == piece.line && piece.words.start == 0 && goes_on(&lines[before], line)
            });
            match cleaned.regions.last_mut() {
                Some(region) if goes_on => region.span.end = span.end,
                _ => cleaned.regions.push(Region { span, kind: RegionKind::Body }),
            }
            last = (piece.words.end == line.words.len()).then_some(piece.line);
            continue;
        };
        last = None;
        if words.is_empty() {
            continue;
        }
        let span = words[0].span.cover(words[words.len() - 1].span);
        // Two sentences of one kind on a line are one passage.
        let before = at.checked_sub(1).filter(|&before| pieces[before].line == piece.line);
        let same = before.is_some_and(|before| pieces[before].noise.as_ref().is_some_and(|(other, _)| other == kind));
        match cleaned.passages.last_mut() {
            Some(last) if same => last.end = span.end,
            _ => cleaned.passages.push(Passage { kind: *kind, start: span.start, end: span.end, rule: rule.clone() }),
        }
    }
}
