//! Titles of other stories set between the paragraphs of a plain text, with nothing that says what they are.
//!
//! A heading leads up to the words below it; such a title has words that the article has nowhere, or stands below all of it.

use crate::headline;
use crate::lines::{Line, has_final_mark, is_bulleted, without_markup};
use crate::passages::Piece;
use crate::rules::Rules;
use crate::words::{Shape, Word};
use rustc_hash::FxHashMap;
use saksi_record::PassageKind;

/// So many words are a paragraph.
const PARAGRAPH: usize = 6;
/// The most lines without a final mark, bylines and labels aside, of a text whose own headings they are not.
const MOST: usize = 5;
/// The fewest words of a title: below the article, with a question or a colon, in title case; in the article; in title case
/// with one new word; in a row of them.
const FEW: usize = 4;
const MANY: usize = 5;
const LONG: usize = 6;
const IN_A_ROW: usize = 3;
/// The most words of a title; below the article, where a sentence may be cut off, unless it is in title case.
const MOST_WORDS: usize = 16;
const MOST_LAST: usize = 12;
/// The most words of a label in large letters.
const LABEL: usize = 3;
/// From how many letters on a word tells what a line is about, and how many of them are compared, so that endings do not count.
const TELLING: u32 = 4;
const STEM: usize = 5;
/// The share of a title's telling words that the article does not have, and how many there are.
const NEW: f32 = 0.4;
const NEW_WORDS: usize = 2;
const NEW_IF_ASKED: f32 = 0.25;

/// Marks titles of other stories in a text of which no markup is known.
pub(crate) fn titles_between(lines: &[Line], pieces: &mut [Piece], title: Option<usize>, rules: &Rules) {
    let spaced = lines.iter().skip(1).any(|line| line.after_blank);
    let whole = |at: usize| {
        let piece: &Piece = &pieces[at];
        piece.noise.is_none() && piece.words.len() == lines[piece.line].words.len() && Some(at) != title
    };
    let mut paragraphs = 0;
    let mut found: Vec<usize> = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        let number = piece.line;
        if piece.noise.is_none() && is_paragraph(&lines[number]) {
            paragraphs += 1;
        } else if paragraphs > 0 && whole(at) && may_be_title(lines, number, spaced, rules) {
            found.push(at);
        }
    }
    if found.is_empty() || found.len() > MOST.min(paragraphs + 1) {
        return;
    }
    let text: Vec<usize> = (0..pieces.len()).filter(|at| pieces[*at].noise.is_none() && !found.contains(at)).collect();
    let mut known: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for &at in &text {
        for word in &lines[pieces[at].line].words[pieces[at].words.clone()] {
            known.entry(stem(word)).or_default().push(at);
        }
    }
    let headed = title.is_some_and(|at| headline::looks_like_headline(&lines[pieces[at].line].words));
    let mut marked: Vec<usize> = Vec::new();
    for row in found.chunk_by(|one, next| pieces[*one].line + 1 == pieces[*next].line) {
        let below = text.iter().copied().find(|&at| at > row[row.len() - 1]);
        let judged: Vec<Judged<'_>> =
            row.iter().map(|&at| Judged::new(&lines[pieces[at].line], &known, below, rules)).collect();
        if match judged.as_slice() {
            [one] => one.is_title(below.is_none(), headed),
            several => are_titles(several),
        } {
            marked.extend(row);
        }
    }
    // Items of a list under such a title are titles too.
    let listed = |at: usize| {
        let line = &lines[pieces[at].line];
        whole(at) && is_bulleted(line) && headline::is_title(without_markup(&line.words))
    };
    let below = marked.iter().flat_map(|&at| (at + 1..pieces.len()).take_while(|&at| listed(at)));
    let all: Vec<usize> = marked.iter().copied().chain(below).collect();
    for at in all {
        pieces[at].noise = Some((PassageKind::RelatedLink, "clean/title-between".to_owned()));
    }
}

fn is_paragraph(line: &Line) -> bool {
    line.words.len() >= PARAGRAPH && (has_final_mark(line) || headline::is_running_text(&line.words))
}

/// Whether a line stands apart as titles do, does not begin as a sentence of a text does, and speaks to nobody.
fn may_be_title(lines: &[Line], number: usize, spaced: bool, rules: &Rules) -> bool {
    let line = &lines[number];
    let words = without_markup(&line.words);
    let apart = |at: usize| !spaced || lines.get(at).is_none_or(|line| line.after_blank);
    let after_colon = number > 0 && lines[number - 1].words.last().is_some_and(|word| word.folded == ":");
    let count = |of: &dyn Fn(&Word) -> bool| words.iter().filter(|word| of(word)).count();
    let spoken = count(&Word::is_word);
    let quoted =
        words.first().zip(words.last()).is_some_and(|(first, last)| first.folded == "\"" && last.folded == "\"");
    let first = words.iter().position(Word::is_word).unwrap_or(0);
    // What is put as a question to somebody is an interview's; behind a colon it is a title's.
    let colon = count(&|word| word.folded == ":") > 0;
    headline::is_title(words)
        && (IN_A_ROW..=MOST_WORDS).contains(&spoken)
        && words.last().is_some_and(|last| !rules.is_small(last))
        && apart(number)
        && apart(number + 1)
        && !after_colon
        && !quoted
        && !is_bulleted(line)
        && count(&|word| word.shape == Shape::Number) * 2 < spoken
        && count(&|word| word.shape == Shape::Upper) < spoken
        && !words.iter().any(|word| matches!(word.folded.as_str(), "@" | "#" | "/" | "="))
        && rules.phrase("text-opener", words, first).is_none()
        && (colon || (0..words.len()).all(|at| rules.phrase("address", words, at).is_none()))
}

/// The letters by which a word is known again.
fn stem(word: &Word) -> String {
    word.folded.chars().take(STEM).collect()
}

/// What tells a title of another story from a heading.
struct Judged<'l> {
    words: &'l [Word],
    count: usize,
    /// Telling words, and how many of them the article does not have.
    telling: usize,
    new: usize,
    /// Whether a telling word stands in the words below the line and nowhere else.
    leads: bool,
}

impl<'l> Judged<'l> {
    fn new(line: &'l Line, known: &FxHashMap<String, Vec<usize>>, below: Option<usize>, rules: &Rules) -> Self {
        let words = without_markup(&line.words);
        let telling = |word: &&Word| {
            word.is_word() && word.shape != Shape::Number && word.span.len() >= TELLING && !rules.is_small(word)
        };
        let mut judged =
            Self { words, count: words.iter().filter(|word| word.is_word()).count(), telling: 0, new: 0, leads: false };
        for word in words.iter().filter(telling) {
            judged.telling += 1;
            match known.get(&stem(word)) {
                None => judged.new += 1,
                Some(places) => judged.leads |= below.is_some_and(|below| places.iter().all(|&at| at == below)),
            }
        }
        judged
    }

    fn share(&self) -> f32 {
        self.new as f32 / self.telling.max(1) as f32
    }

    fn is_title(&self, last: bool, headed: bool) -> bool {
        // "Who owns the Torch?" asks about somebody; "What happened then?" is a heading.
        let named = self.words.iter().skip(1).any(Word::is_capital);
        let asks = self.words.iter().any(|word| named && word.folded == "?");
        // "Karl Voss resigns from rowing club"
        let tells = self.words.iter().take(2).filter(|word| word.is_capital()).count() == 2
            && !headline::looks_like_headline(self.words);
        // "NEXT: Peso falls to record low"
        let label = self.words.iter().take_while(|word| word.shape == Shape::Upper).count();
        let labelled = (1..=LABEL).contains(&label)
            && self.words.get(label).is_some_and(|edge| matches!(edge.folded.as_str(), ":" | "|" | "-"));
        let enough = self.new >= NEW_WORDS && self.share() >= NEW;
        let cased = headline::looks_like_headline(self.words);
        if labelled || last && (cased || enough || self.count <= MOST_LAST && self.new > 0) {
            return self.count >= FEW;
        }
        // "Voss affair: what the emails show": a heading has no such mark, whatever it leads up to.
        let marked = self.words.iter().any(|word| matches!(word.folded.as_str(), ":" | "|"));
        if marked && self.count >= FEW && self.share() >= NEW_IF_ASKED {
            return true;
        }
        !self.leads
            && (self.count >= MANY && enough
                || self.count >= FEW && asks && self.share() >= NEW_IF_ASKED
                || self.count >= LONG && tells && self.new > 0
                || self.count >= LONG && headed && self.new > 0 && headline::looks_like_headline(self.words)
                || self.count >= FEW && headed && enough && headline::looks_like_headline(self.words))
    }
}

/// Whether lines right below each other are titles, and not a list of the article's.
fn are_titles(row: &[Judged<'_>]) -> bool {
    let (new, telling) = row.iter().fold((0, 0), |(new, telling), one| (new + one.new, telling + one.telling));
    let colons = row.iter().filter(|one| one.words.iter().any(|word| word.folded == ":")).count();
    row.iter().any(|one| one.count >= FEW) && colons < row.len() && new as f32 >= NEW * telling as f32
}
