//! Where the rules match in a line, and how far each match reaches.

use crate::asides::{is_aside, is_lone, is_signed, names_nobody, remark};
use crate::headline;
use crate::lines::{Line, has_final_mark, is_bulleted, is_wordless};
use crate::phrases::Phrases;
use crate::rules::{At, Rule, Rules, To};
use crate::words::{Gap, Shape, Word};
use saksi_record::PassageKind;

/// Lines with text at the start and at the end of an article where bylines, labels and closers stand.
pub(crate) const TOP_LINES: usize = 5;
const TAIL_LINES: usize = 8;
/// In so many lines at the end an article is signed.
const SIGNED_LINES: usize = 2;
/// The most sentences a caption or credit may have before the words that give it away.
const CAPTION_SENTENCES: usize = 3;
/// How often an article names a subject before it counts as being about it.
const ABOUT: usize = 2;

/// A rule's match in a line.
pub(crate) struct Hit<'r> {
    pub(crate) rule: &'r Rule,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// Every match of a rule in a line, by start, the longer one first; `above` is how many lines of evidence stand above, `told`
/// how many of which markup says what they are.
pub(crate) fn hits<'r>(
    lines: &[Line],
    number: usize,
    (above, told): (usize, usize),
    essay: bool,
    rules: &'r Rules,
) -> Vec<Hit<'r>> {
    let line = &lines[number];
    let words = &line.words;
    let below = above > 0;
    let alone = headline::sentence_end(words, 0) == words.len();
    let lone = below && is_lone(lines, number);
    // Worked out once, and only where a rule asks.
    let aside = std::cell::OnceCell::new();
    let aside = || *aside.get_or_init(|| is_aside(lines, number, rules));
    // Under the title, or under a line without a final mark below that.
    let deck = || above == 2 && number > 0 && !has_final_mark(&lines[number - 1]);
    let signed = std::cell::OnceCell::new();
    let signed = || *signed.get_or_init(|| (above == 1 || deck()) && is_signed(lines, number, rules));
    let (top, tail) = (number - told < TOP_LINES, number + TAIL_LINES >= lines.len());
    let mut hits: Vec<Hit<'r>> = Vec::new();
    for start in 0..words.len() {
        let place = line.places[start];
        if place.quoted {
            continue;
        }
        let remarks = [std::cell::OnceCell::new(), std::cell::OnceCell::new()];
        let remarked = |rule: &Rule| {
            let whole = rule.to == To::Line;
            remarks[usize::from(whole)].get_or_init(|| remark(line, start, whole, rules)).clone()
        };
        for rule in rules.beginning(&words[start], place.starts_line, place.starts_sentence) {
            let allowed = match rule.at {
                At::Start => place.starts_line,
                At::Alone => place.starts_line && alone && (below || rule.kind == PassageKind::MachineResidue),
                At::Inner => place.starts_line && below,
                At::Lone => place.starts_line && lone,
                At::Plain => place.starts_line && alone && names_nobody(line, start, rules),
                At::Aside => place.starts_line && aside(),
                At::Remark => {
                    let bracket = matches!(words[start].folded.as_str(), "(" | "[");
                    (below || has_final_mark(line)) && (bracket || !essay) && remarked(rule).is_some()
                }
                At::Behind => !place.starts_line && is_behind(&hits, words, start) && remarked(rule).is_some(),
                At::Signed => place.starts_line && top && signed() && !is_bulleted(line),
                At::Under => place.starts_line && below && top,
                At::Top => place.starts_line && top,
                At::Tail => place.starts_line && tail,
                // What a machine added may follow a pointer's headline, which has no final mark.
                At::Sentence => {
                    let after_pointer = || hits.iter().any(|hit| hit.rule.kind == PassageKind::RelatedLink);
                    let residue = rule.kind == PassageKind::MachineResidue && words[start].is_capital();
                    place.starts_sentence || residue && after_pointer()
                }
                At::Any => true,
            };
            if !allowed || rule.to == To::Back && !below {
                continue;
            }
            let Some(end) = rule.pattern.longest(words, start) else { continue };
            let sentence = || start..headline::sentence_end(words, end.saturating_sub(1).max(start));
            let (looked, end) = match rule.at {
                At::Remark | At::Behind => remarked(rule).unwrap_or_else(|| (sentence(), end)),
                _ => (sentence(), end),
            };
            let from = looked.start;
            let sentence = &words[looked];
            let unquoted = |at: usize| !line.places[from + at].quoted;
            let holds = |phrases: &Phrases| phrases.within(sentence, unquoted);
            let needed = rule.with.is_empty() || rule.with.iter().any(|groups| groups.iter().all(holds));
            if !needed || holds(&rule.unless) {
                continue;
            }
            let inside = number > 0 && number + 1 < lines.len();
            if rule.topic.as_ref().is_some_and(|topic| inside && speaks_of(lines, number, topic)) {
                continue;
            }
            hits.push(Hit { rule, start, end });
        }
    }
    if hits.iter().any(|hit| hit.rule.at != At::Lone) {
        hits.retain(|hit| hit.rule.at != At::Lone);
    }
    // What signs the last lines is no credit of a picture.
    let last = number + SIGNED_LINES >= lines.len();
    let starts = |hits: &[Hit<'_>], of: &dyn Fn(&Hit<'_>) -> bool| -> Vec<usize> {
        hits.iter().filter(|hit| of(hit)).map(|hit| hit.start).collect()
    };
    let is_signature = |hit: &Hit<'_>| hit.rule.kind == PassageKind::Byline && hit.rule.to == To::Match;
    if last {
        let bylines = starts(&hits, &|hit| hit.rule.kind == PassageKind::Byline);
        hits.retain(|hit| hit.rule.to != To::Back || !bylines.contains(&hit.start));
    } else {
        let credits = starts(&hits, &|hit| hit.rule.to == To::Back);
        hits.retain(|hit| !is_signature(hit) || !credits.contains(&hit.start));
    }
    // "👉 Join our channel": the hand points to what the call says.
    let call = |hit: &Hit<'_>| hit.rule.kind == PassageKind::Boilerplate && line.places[hit.start].starts_line;
    if let Some(at) = hits.iter().filter(|hit| call(hit) && words[hit.start].is_word()).map(|hit| hit.start).min() {
        hits.retain(|hit| hit.start >= at || hit.rule.kind != PassageKind::RelatedLink);
    }
    // A label is no author.
    if hits.iter().any(|hit| hit.start == 0 && hit.rule.to.is_headline()) {
        hits.retain(|hit| hit.rule.at != At::Signed);
    }
    // A call of several sentences is one.
    let part = |rule: &Rule| rule.to == To::Sentence || rule.at == At::Remark && rule.to == To::Match;
    let first = |hit: &Hit<'_>| hit.rule.kind == PassageKind::Boilerplate && part(hit.rule);
    hits.sort_by_key(|hit| (hit.start, first(hit), std::cmp::Reverse(hit.end)));
    hits
}

/// Whether the sentence or bracket before word `start` is residue. What an announcement's colon leads to is the article.
fn is_behind(hits: &[Hit<'_>], words: &[Word], start: usize) -> bool {
    hits.iter().filter(|hit| hit.rule.kind == PassageKind::MachineResidue && hit.start < start).any(|hit| {
        let colon = words[hit.start..start].iter().any(|word| word.folded == ":");
        let ends = hit.end == start || headline::sentence_end(words, hit.end.saturating_sub(1).max(hit.start)) == start;
        ends && !(colon && hit.rule.to == To::Colon)
    })
}

/// Whether the other lines of the article name a subject more than once.
fn speaks_of(lines: &[Line], but: usize, topic: &Phrases) -> bool {
    let others = lines.iter().enumerate().filter(|(number, _)| *number != but);
    let named =
        others.flat_map(|(_, line)| (0..line.words.len()).filter(|&at| topic.longest(&line.words, at).is_some()));
    named.take(ABOUT).count() >= ABOUT
}

/// Whether `next` is of what `hit` holds already: residue to the end of the line.
pub(crate) fn goes_on_in(hit: &Hit<'_>, next: &Hit<'_>) -> bool {
    let residue = |hit: &Hit<'_>| hit.rule.kind == PassageKind::MachineResidue;
    hit.rule.to == To::Line && residue(hit) && residue(next)
}

/// Whether a headline before `hit` ends where it begins. A bracketed embed marker belongs to the headline.
pub(crate) fn bounds(hit: &Hit<'_>, words: &[Word]) -> bool {
    hit.rule.to != To::Back && words[hit.start].folded != "["
}

/// The word after the noise that `hit` found.
pub(crate) fn extent(words: &[Word], hit: &Hit<'_>, stop: Option<usize>, opened: Option<&str>, rules: &Rules) -> usize {
    let limit = stop.unwrap_or(words.len()).max(hit.end);
    let ended = headline::ends_sentence(words, hit.end - 1);
    let sentence = || if ended { hit.end } else { headline::sentence_end(words, hit.end) };
    let end = match hit.rule.to {
        To::Match | To::Back => hit.end,
        To::Colon => {
            let sentence = sentence();
            let colon = (hit.end - 1..sentence).find(|&at| words[at].folded == ":" && !inside_number(words, at));
            colon.map_or(sentence, |colon| colon + 1)
        }
        To::Sentence => sentence(),
        To::Line => limit,
        To::Headline | To::Block => headline::end(words, hit.end, stop, opened.is_some(), rules),
    };
    end.clamp(hit.end, limit)
}

fn inside_number(words: &[Word], at: usize) -> bool {
    words.get(at + 1).is_some_and(|next| next.gap == Gap::None && next.shape == Shape::Number)
}

/// Takes in the bullets, brackets and markdown right before a match; the bracket that they opened, if one.
pub(crate) fn marks_before(words: &[Word], from: usize, start: usize) -> (usize, Option<&'static str>) {
    let mut at = start;
    let mut opened = None;
    while at > from {
        match words[at - 1].folded.as_str() {
            "(" => opened = Some(")"),
            "[" => opened = Some("]"),
            "*" | "_" | "•" | "»" | "›" | ">" | "→" | "►" | "▶" | "·" | "▪" | "#" | "~" | "|" => {}
            _ if words[at - 1].shape == Shape::Mark && is_wordless(&words[from..at]) && from == 0 => {}
            _ => break,
        }
        at -= 1;
    }
    (at, opened)
}

pub(crate) fn closes(word: &Word, opened: Option<&str>) -> bool {
    Some(word.folded.as_str()) == opened || word.gap == Gap::None && matches!(word.folded.as_str(), "*" | "_")
}

/// The word after the address that a markdown link which ends at `end` points to: "[Read more: …](https://…)".
pub(crate) fn markdown_target(words: &[Word], end: usize) -> usize {
    let opens = end > 0
        && words[end - 1].folded == "]"
        && words.get(end).is_some_and(|word| word.folded == "(" && word.gap == Gap::None);
    let address = |word: &Word| matches!(word.folded.as_str(), "http" | "https" | "www" | "/");
    if !opens || !words.get(end + 1).is_some_and(address) {
        return end;
    }
    words[end..].iter().position(|word| word.folded == ")").map_or(end, |at| end + at + 1)
}

/// Where the caption begins that a credit at `credit` ends: at the line's start, or some sentences back.
pub(crate) fn caption_start(words: &[Word], from: usize, credit: usize) -> usize {
    let mut starts: Vec<usize> = vec![from];
    let mut at = from;
    loop {
        at = headline::sentence_end(words, at);
        if at >= credit {
            break;
        }
        starts.push(at);
    }
    if starts.len() > CAPTION_SENTENCES { starts[starts.len() - 1] } else { from }
}
