//! What looks like a headline, and where one ends that stands inside a line.

use crate::rules::Rules;
use crate::words::{Gap, Shape, Word};

/// Of a headline's longer words, the share written large from which on the line is in title case.
const TITLE_CASE: f32 = 0.6;
/// From how many letters on a word counts when title case is measured; shorter ones are mostly small words.
const LONG_WORD: u32 = 4;
/// How many words are looked at to tell a headline from running text; no line of an article that is one has so many.
pub(crate) const LOOK: usize = 400;
/// The fewest longer words by which title case can be told.
const ENOUGH_WORDS: usize = 3;
/// How many words of a line are looked at to see whether a headline begins it.
const FIRST_WORDS: usize = 7;
/// The most words of a title that a label points to.
const TITLE_WORDS: usize = 24;

/// Whether a sentence ends with the mark at `at`: `.`, `!`, `?` or `…` before a blank or the end of the line.
pub(crate) fn ends_sentence(line: &[Word], at: usize) -> bool {
    let Some(mark) = line.get(at) else { return true };
    if !matches!(mark.folded.as_str(), "." | "!" | "?" | "…" | "。" | "！" | "？") {
        return false;
    }
    // Closing quotation marks and brackets belong to the sentence.
    let next = line[at + 1..].iter().position(|word| !matches!(word.folded.as_str(), "\"" | "'" | ")" | "]"));
    let Some(next) = next.map(|skip| &line[at + 1 + skip]) else { return true };
    if next.gap == Gap::None || next.shape == Shape::Lower {
        return false;
    }
    // Initials and short titles written large: "J. Doe", "Dr. Budi", "U.S. Navy".
    mark.folded != "." || at == 0 || !is_abbreviation(line, at)
}

fn is_abbreviation(line: &[Word], dot: usize) -> bool {
    let word = &line[dot - 1];
    word.shape == Shape::Capital && word.span.len() <= 3 && word.span.end == line[dot].span.start
}

/// The word after the sentence that holds word `at`.
pub(crate) fn sentence_end(line: &[Word], at: usize) -> usize {
    let mut end = (at..line.len()).find(|&place| ends_sentence(line, place)).map_or(line.len(), |place| place + 1);
    while line.get(end).is_some_and(|word| word.gap == Gap::None && matches!(word.folded.as_str(), "\"" | ")" | "]")) {
        end += 1;
    }
    end
}

/// Share of the longer words that are written large, and how many longer words there are.
fn title_case(line: &[Word]) -> (f32, usize) {
    let long =
        || line.iter().filter(|word| word.is_word() && word.shape != Shape::Number && word.span.len() >= LONG_WORD);
    let count = long().count();
    (long().filter(|word| word.is_capital()).count() as f32 / count.max(1) as f32, count)
}

/// Whether the words are in title case and end without a full stop.
pub(crate) fn looks_like_headline(line: &[Word]) -> bool {
    let (share, count) = title_case(line);
    let stop = line.last().is_some_and(|word| word.folded == "." || word.folded == ",");
    count >= ENOUGH_WORDS && share >= TITLE_CASE && !stop
}

/// Whether the first words of the line are in title case, whatever follows.
pub(crate) fn begins_in_title_case(line: &[Word]) -> bool {
    let (share, count) = title_case(&line[..line.len().min(FIRST_WORDS)]);
    count >= ENOUGH_WORDS && share > TITLE_CASE && line.first().is_some_and(Word::is_capital)
}

/// Whether the whole line is a title: some words from a large letter, a number or a quotation on, none ending a sentence
/// before the last, and no full stop there.
pub(crate) fn is_title(line: &[Word]) -> bool {
    let count = line.iter().filter(|word| word.is_word()).count();
    let Some(first) = line.first() else { return false };
    let opens = first.is_word() && first.shape != Shape::Lower || matches!(first.folded.as_str(), "\"" | "'");
    let stop = line.iter().rfind(|word| !matches!(word.folded.as_str(), "\"" | "'" | ")" | "]" | "*" | "_"));
    let stop = stop.is_some_and(|word| matches!(word.folded.as_str(), "." | "," | ";" | ":"));
    let inside = || (0..line.len() - 1).any(|at| line[at].folded == "." && ends_sentence(line, at));
    opens && !stop && (2..=TITLE_WORDS).contains(&count) && !inside()
}

/// Whether the words are running text: a sentence with its final mark, mostly in small letters.
pub(crate) fn is_running_text(line: &[Word]) -> bool {
    let (share, count) = title_case(line);
    let closing = |word: &&Word| !matches!(word.folded.as_str(), "\"" | "'" | ")" | "]");
    let stop = line.iter().rfind(closing).is_some_and(|word| matches!(word.folded.as_str(), "." | "!" | "?" | "…"));
    count >= ENOUGH_WORDS && share < TITLE_CASE && stop
}

/// The word after the headline that begins at `from`; `stop` is where another rule takes over.
pub(crate) fn end(line: &[Word], from: usize, stop: Option<usize>, opened: bool, rules: &Rules) -> usize {
    let stop = stop.unwrap_or(line.len()).max(from);
    let mut at = from;
    let mut depth = usize::from(opened);
    while at < stop {
        let word = &line[at];
        let rest = &line[at..stop];
        // Beyond, a line of any length is gone through once and no more.
        let near = at < from + LOOK;
        if at > from && near {
            let glued = word.gap == Gap::None && line[at - 1].is_word() && word.is_capital();
            if (word.gap == Gap::Wide || glued) && is_running_text(rest) {
                return at;
            }
        }
        match word.folded.as_str() {
            "(" | "[" => {
                // An embed marker is what the pointer points to; nothing of the headline follows it.
                let close = rest.iter().position(|word| word.folded == "]");
                if let Some(close) = close.filter(|_| word.folded == "[" && depth == 0 && at > from) {
                    return at + close + 1;
                }
                depth += 1;
            }
            ")" | "]" => {
                depth = depth.saturating_sub(1);
                if opened && depth == 0 {
                    return at + 1;
                }
            }
            "|" => {
                if let Some(site) = domain_end(line, at + 1, stop).filter(|&end| end < stop) {
                    return site;
                }
            }
            _ => {}
        }
        if ends_sentence(line, at) && at > from {
            let mut after = at + 1;
            while after < stop
                && line[after].gap == Gap::None
                && matches!(line[after].folded.as_str(), "\"" | ")" | "]")
            {
                after += 1;
            }
            if after < stop && (word.folded == "." || near && is_running_text(&line[after..stop])) {
                // the sentence that ends here may be the story's, which goes on behind the headline
                let within = &line[..after];
                let turned = if word.folded == "." {
                    turn(within, from, rules).or_else(|| opens(within, from, rules))
                } else {
                    None
                };
                return turned.unwrap_or(after);
            }
        }
        // "…, papar Faizal.Presiden": a full stop glued to the next sentence.
        if near && word.folded == "." && line.get(at + 1).is_some_and(|next| next.gap == Gap::None && next.is_capital())
        {
            let running = is_running_text(&line[at + 1..stop]);
            if running && at > from && line[at - 1].shape != Shape::Upper {
                return at + 1;
            }
        }
        at += 1;
    }
    if stop == line.len() { turn(line, from, rules).or_else(|| opens(line, from, rules)).unwrap_or(stop) } else { stop }
}

/// Where a headline in small letters turns into running text with nothing between: at a capital that likes to open a
/// sentence, behind a small letter or a number, if what follows is a sentence with its full stop.
fn opens(line: &[Word], from: usize, rules: &Rules) -> Option<usize> {
    let first = (from..line.len()).find(|&at| line[at].is_word())?;
    (first + ENOUGH_WORDS..line.len()).take_while(|&at| !ends_sentence(line, at - 1)).find(|&at| {
        let before = &line[at - 1];
        let rest = &line[at..sentence_end(line, at)];
        let stop = rest.iter().rfind(|word| !matches!(word.folded.as_str(), "\"" | "'" | ")" | "]"));
        line[at].is_capital()
            && before.is_word()
            && matches!(before.shape, Shape::Lower | Shape::Number)
            && !rules.is_small(before)
            && rules.phrase("opener", line, at).is_some()
            && rest.iter().filter(|word| word.is_word()).count() > ENOUGH_WORDS
            && stop.is_some_and(|word| word.folded == ".")
            && rest.iter().filter(|word| word.shape == Shape::Lower && word.span.len() >= LONG_WORD).count() >= 2
    })
}

/// Where a domain such as "Kompas.com" ends that begins at `at`.
fn domain_end(line: &[Word], at: usize, stop: usize) -> Option<usize> {
    let glued = |place: usize| place < stop && line[place].gap == Gap::None;
    let mut place = at;
    let mut dots = 0;
    while place < stop && line[place].is_word() {
        place += 1;
        if glued(place) && line[place].folded == "." && glued(place + 1) && line[place + 1].is_word() {
            place += 1;
            dots += 1;
        } else if !(glued(place) && line[place].is_word()) {
            break;
        }
    }
    (dots > 0).then_some(place)
}

/// Where a title-case headline turns into running text with nothing between: the first word of the sentence.
///
/// The first small longer word that is none of the language's small words belongs to the sentence; the sentence began
/// with the last word before it that likes to open one, else with the word just before it.
fn turn(line: &[Word], from: usize, rules: &Rules) -> Option<usize> {
    let counts = |word: &Word| word.shape == Shape::Lower && word.span.len() >= LONG_WORD && !rules.is_small(word);
    let lower = (from..line.len()).find(|&at| counts(&line[at]))?;
    let ends = [&line[from..], &line[from..sentence_end(line, from)], &line[lower..sentence_end(line, lower)]];
    if !ends.into_iter().any(is_running_text) {
        return None;
    }
    // "Siapakah Sushila Karki, hakim yang menjadi perdana menteri?": a question to the end of the line is one headline
    if sentence_end(line, from) == line.len() && line.last().is_some_and(|word| word.folded == "?") {
        return None;
    }
    let (share, count) = title_case(&line[from..lower]);
    if count < ENOUGH_WORDS || share < TITLE_CASE {
        return None;
    }
    let opener = (from + ENOUGH_WORDS..lower)
        .rev()
        .take(8)
        .find(|&at| line[at].is_capital() && rules.phrase("opener", line, at).is_some());
    let before = (from + 1..lower).rev().find(|&at| line[at].is_capital());
    opener.or(before)
}
