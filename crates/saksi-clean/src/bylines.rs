//! Who wrote it, who published it and when, as its bylines say.

use crate::passages::Cleaned;
use crate::rules::Rules;
use crate::words::{Gap, Shape, Word};
use saksi_record::PassageKind;
use saksi_tree::{Span, Text};

/// Takes author, outlet and date from the bylines.
pub(crate) fn byline_facts(text: &Text, rules: &Rules, cleaned: &mut Cleaned) {
    let mut dated = None;
    for passage in &cleaned.passages {
        let span = Span::new(passage.start, passage.end);
        let is_byline = passage.kind == PassageKind::Byline;
        if !is_byline && passage.kind != PassageKind::Dateline && passage.kind != PassageKind::Boilerplate {
            continue;
        }
        let words = crate::words::words(text, span);
        let day = (0..words.len()).any(|at| rules.phrase("month", &words, at).is_some())
            || words.windows(3).any(|three| {
                matches!(three[1].folded.as_str(), "/" | "-" | ".")
                    && three[1].gap == Gap::None
                    && three.iter().filter(|word| word.shape == Shape::Number).count() == 2
            });
        if dated.is_none() && day && words.iter().any(|word| word.shape == Shape::Number) {
            dated = Some(span);
        }
        // "By Ann Holt | 17 October 2025"
        let begins = || passage.rule == "clean/page/date" && rules.phrase("byline-label", &words, 0).is_some();
        // "6 May 2025 | By Ann Holt"
        let labelled = || {
            let bar = |at: &usize| matches!(words[*at - 1].folded.as_str(), "|" | "•" | "·") && words[*at].is_capital();
            let by = |at: usize| {
                let names = |end: usize| words[end..].iter().take_while(|word| word.is_capital()).count();
                rules.phrase("by-word", &words, at).is_some_and(|end| words.get(end).is_some() && names(end) > 1)
            };
            (1..words.len()).any(by)
                || (1..words.len()).filter(bar).any(|at| {
                    rules
                        .phrase("byline-label", &words, at)
                        .is_some_and(|end| words.get(end).is_some_and(|word| word.folded == ":" || word.is_capital()))
                })
        };
        let page = passage.rule == "clean/page/date";
        let says = || begins() || page && labelled();
        if cleaned.author.is_none() && (is_byline || passage.kind == PassageKind::Dateline && says()) {
            cleaned.author = author(text, &words, rules);
        }
        if is_byline && cleaned.outlet.is_none() {
            let found = (0..words.len()).find_map(|at| Some(at..rules.phrase("outlet", &words, at)?));
            cleaned.outlet =
                found.map(|range| text.slice(words[range.start].span.cover(words[range.end - 1].span)).into());
        }
    }
    let dateline = || cleaned.passages.iter().find(|passage| passage.kind == PassageKind::Dateline);
    cleaned.dateline = dated.or_else(|| dateline().map(|passage| Span::new(passage.start, passage.end)));
}

/// The first name of a byline that is neither a label, nor an outlet, nor a date.
fn author(text: &Text, words: &[Word], rules: &Rules) -> Option<String> {
    // "Kabar Baru | Oleh Ann Holt": who published it stands before the label.
    let label = |at: usize| {
        let bar = matches!(words[at - 1].folded.as_str(), "|" | "•" | "·" | "/");
        let by = || rules.phrase("by-word", words, at).is_some_and(|end| words.get(end).is_some_and(Word::is_capital));
        by() || bar
            && words[at].is_capital()
            && ["byline-label", "byline-short"].iter().any(|class| rules.phrase(class, words, at).is_some())
    };
    let labelled = rules.phrase("byline-label", words, 0).is_some();
    let mut at = (1..words.len()).find(|&at| label(at)).filter(|_| !labelled).unwrap_or(0);
    // "Wartawan Lensa: Ann Holt", "Kontributor Palu, Ann Holt": whose reporter, and where.
    if labelled && let Some(behind) = behind_place(words, rules) {
        at = behind;
    }
    while at < words.len() {
        if let Some(end) = ["byline-label", "byline-short", "newsroom", "outlet", "month", "weekday"]
            .iter()
            .filter_map(|class| rules.phrase(class, words, at))
            .max()
            .filter(|&end| end > at)
        {
            // "Tim Jagat", "Redaksi Kabar Timur"
            let desk = rules.phrase("newsroom", words, at) == Some(end)
                && words.get(end).is_some_and(|word| word.is_capital() && word.gap != Gap::None)
                && ["byline-label", "byline-short", "outlet", "month", "weekday"]
                    .iter()
                    .all(|class| rules.phrase(class, words, end).is_none());
            if desk {
                let last = (end..words.len()).find(|&next| !words[next].is_capital()).unwrap_or(words.len());
                let span = words[at].span.cover(words[last - 1].span);
                return Some(text.slice(span).to_owned());
            }
            at = end;
            continue;
        }
        // "kabarNEWS" is no name.
        let glued = at > 0 && words[at].gap == Gap::None && words[at - 1].shape == Shape::Lower;
        let mut end = at;
        // "6:45 PM", "16.48 WIB"
        let clock = at > 0 && words[at - 1].shape == Shape::Number && words[at].shape == Shape::Upper;
        while end < words.len()
            && !glued
            && !clock
            && (words[end].is_capital()
                || end > at && matches!(words[end].folded.as_str(), "." | "'" | "-") && words[end].gap == Gap::None)
        {
            end += 1;
        }
        // The full stop of an initial is its own.
        let loose =
            |end: usize| words[end - 1].folded == "-" || words[end - 1].folded == "." && words[end - 2].span.len() > 2;
        while end > at + 1 && loose(end) {
            end -= 1;
        }
        if end > at {
            let name =
                |range: std::ops::Range<usize>| text.slice(words[range.start].span.cover(words[range.end - 1].span));
            let names = std::iter::once(at..end).chain(more_authors(words, end, rules));
            return Some(names.map(name).collect::<Vec<_>>().join(", "));
        }
        at += 1;
    }
    None
}

/// Where the name begins behind a label without a colon and the one word that tells whose or where: a colon stands behind
/// that, or a comma and a name of more words.
fn behind_place(words: &[Word], rules: &Rules) -> Option<usize> {
    let label = rules.phrase("byline-label", words, 0)?;
    let place = words.get(label).filter(|word| word.is_capital())?;
    let mark = words.get(label + 1)?;
    let capitals = words[(label + 2).min(words.len())..].iter().take_while(|word| word.is_capital()).count();
    let named = mark.folded == ":" && capitals > 0 || mark.folded == "," && (2..=4).contains(&capitals);
    (named && place.shape != Shape::Mark && words[0].span.len() > 3).then_some(label + 2)
}

/// The names that a byline joins to the first one, which ends at `at`: "Ann Holt, Lee Morgan and Ida Berg".
///
/// None where no word joins the last of them: what follows a comma may be an office.
fn more_authors(words: &[Word], mut at: usize, rules: &Rules) -> Vec<std::ops::Range<usize>> {
    let mut found = Vec::new();
    let mut joined = false;
    while let Some(mark) = words.get(at) {
        let joins =
            mark.folded == "&" || mark.shape == Shape::Lower && rules.phrase("name-joiner", words, at).is_some();
        let from = at + 1;
        let capitals = words[from.min(words.len())..].iter().take_while(|word| word.is_capital()).count();
        let outlet = (from..from + capitals).any(|at| rules.phrase("outlet", words, at).is_some());
        if !(joins || mark.folded == ",") || !(2..=4).contains(&capitals) || outlet {
            break;
        }
        found.push(from..from + capitals);
        joined |= joins;
        at = from + capitals;
    }
    if joined { found } else { Vec::new() }
}
