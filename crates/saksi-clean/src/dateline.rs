//! The dateline at the head of a paragraph: where, when and by whom the story was filed.

use crate::rules::Rules;
use crate::words::{Gap, Shape, Word};
use std::ops::Range;

/// The most words and marks a dateline has before its dash or colon.
const LONGEST: usize = 22;
/// The most words, particles aside, of a place that nothing but the dash behind it tells.
const PLACE_WORDS: usize = 3;
/// The most parts of a dateline of places alone: city, region, state.
const PLACES: usize = 3;
/// The most words of a date that stands behind the first dash.
const DATE_WORDS: usize = 4;

/// The parts of a dateline, as ranges of words of its line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Parts {
    /// One past the dash or colon.
    pub(crate) end: usize,
    pub(crate) place: Option<Range<usize>>,
    pub(crate) date: Option<Range<usize>>,
    pub(crate) outlet: Option<Range<usize>>,
}

/// What speaks for a dateline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Evidence {
    upper: bool,
    outlet: bool,
    /// The outlet is told by more than its brackets.
    signed: bool,
    date: bool,
}

/// The dateline at the start of `line`, if there is one.
///
/// `first` says that the line is among the first of the body, where a plain "Jakarta - Presiden …" is one too. `named` is who
/// published it, where that is known.
pub(crate) fn find(line: &[Word], first: bool, named: Option<&str>, rules: &Rules) -> Option<Parts> {
    let start = line.iter().position(|word| !matches!(word.folded.as_str(), "*" | "_"))?;
    if rules.phrase("not-place", line, start).is_some() {
        return None;
    }
    let Some((dash, end)) = terminator(line, start, rules) else {
        return alone(line, start, named, rules).filter(|_| first);
    };
    if !line[start..dash].iter().any(Word::is_capital) && !has_domain(&line[start..dash]) {
        return None; // "24,000 - the highest number so far"
    }
    let mut evidence = Evidence::default();
    let mut found = Parts { end, place: None, date: None, outlet: None };
    let mut counts: Vec<usize> = Vec::new();
    for piece in pieces(line, start, dash) {
        let words = &line[piece.clone()];
        let counted = |&at: &usize| line[at].is_word() && rules.phrase("place-particle", line, at).is_none();
        counts.push(piece.clone().filter(counted).count());
        let bracketed = piece.start > 0 && line[piece.start - 1].folded == "(";
        let slashed = |three: &[Word]| three[1].folded == "/" && three[0].shape == Shape::Number;
        let is_date = words.windows(3).any(slashed)
            || piece.clone().any(|at| rules.phrase("month", line, at).is_some())
            || found.date.is_some() && words.iter().all(|word| word.shape == Shape::Number);
        let signed = has_domain(words)
            || named.is_some_and(|named| is_named(words, named))
            || piece.clone().any(|at| rules.phrase("outlet", line, at).is_some_and(|end| end <= piece.end));
        let is_outlet = bracketed && !is_date || signed;
        evidence.signed |= signed;
        if is_date {
            let from = found.date.map_or(piece.start, |date: Range<usize>| date.start);
            found.date = Some(from..piece.end);
            evidence.date = true;
        } else if is_outlet {
            found.outlet = found.outlet.or(Some(piece));
            evidence.outlet = true;
        } else {
            // "GENEVA" and "Geneva, WORLD HERALD".
            let long: Vec<_> = words.iter().filter(|word| word.is_word() && word.span.len() > 1).collect();
            evidence.upper |= !long.is_empty() && long.iter().all(|word| word.shape == Shape::Upper);
            found.place = found.place.or(Some(piece));
        }
    }
    let count: usize = counts.iter().sum();
    let end = place_after(line, end, evidence, &mut found);
    let end = date_after(line, end, rules, &mut found);
    // "KABAR.ID | DENPASAR -": a bar is an outlet's.
    if line[start..dash].iter().any(|word| word.folded == "|") && !evidence.outlet {
        return None;
    }
    let strong = evidence.outlet || evidence.date || evidence.upper;
    let next = line.get(end)?;
    let opens = next.is_capital() || next.shape == Shape::Number || matches!(next.folded.as_str(), "\"" | "'");
    if line[dash].folded == ":" {
        // "KYIV:" and "KBRN, Jakarta:"; a speaker before a colon is seldom all in large letters.
        let story = !crate::headline::is_title(&line[end..]);
        let told = evidence.upper || evidence.signed && found.place.is_some();
        return (told && opens && count <= 5 && first && story).then_some(found);
    }
    let paired = line[end..].iter().take(25).any(|word| word.folded == "-" && word.gap != Gap::None);
    let places = counts.len() <= PLACES && counts.iter().all(|&words| words <= PLACE_WORDS);
    let plain = first && opens && places && !paired;
    // Further down a dash after a name is a list's or an aside's, unless an outlet signs.
    let further = evidence.outlet && found.place.is_some() && count <= 8;
    let outlet = first && evidence.outlet && (found.place.is_some() || !paired);
    (opens && (first && strong || further) || outlet || plain).then_some(found)
}

/// "Jakarta, Kabar Daring": a place and who published it, on a line of their own.
fn alone(line: &[Word], start: usize, named: Option<&str>, rules: &Rules) -> Option<Parts> {
    let pieces = if line.len() <= LONGEST { pieces(line, start, line.len()) } else { Vec::new() };
    let [place, outlet] = pieces.as_slice() else { return None };
    let words = &line[outlet.clone()];
    let signs = named.is_some_and(|named| is_named(words, named))
        || rules.phrase("outlet", line, outlet.start) == Some(outlet.end);
    let placed = place.len() <= PLACE_WORDS && line[place.clone()].iter().all(Word::is_capital);
    let found = || Parts { end: line.len(), place: Some(place.clone()), date: None, outlet: Some(outlet.clone()) };
    (signs && placed).then(found)
}

/// "CAIRO - 3 July 2025: Both sides …": a date behind the first dash, with a dash or colon of its own.
fn date_after(line: &[Word], end: usize, rules: &Rules, found: &mut Parts) -> usize {
    let is_date = |&at: &usize| {
        line.get(at).is_some_and(|word| word.shape == Shape::Number || word.folded == ",")
            || rules.phrase("month", line, at).is_some()
    };
    let stop = (end..line.len()).find(|at| !is_date(at)).unwrap_or(line.len());
    let words = line[end..stop].iter().filter(|word| word.is_word()).count();
    let month = (end..stop).any(|at| rules.phrase("month", line, at).is_some());
    let closed = line.get(stop).is_some_and(|word| matches!(word.folded.as_str(), "-" | ":"))
        && line.get(stop + 1).is_some_and(|next| next.gap != Gap::None);
    if found.date.is_some() || !month || !(2..=DATE_WORDS).contains(&words) || !closed {
        return end;
    }
    found.date = Some(end..stop);
    found.end = stop + 1;
    found.end
}

/// "KABAR.CO.ID - JAKARTA. Presiden …": where the outlet stands alone before the dash, the place in large letters behind it.
fn place_after(line: &[Word], end: usize, evidence: Evidence, found: &mut Parts) -> usize {
    if !evidence.outlet || found.place.is_some() {
        return end;
    }
    let upper = line[end..].iter().take_while(|word| word.shape == Shape::Upper && word.span.len() > 1).count();
    let stop = line
        .get(end + upper)
        .filter(|word| (1..=3).contains(&upper) && matches!(word.folded.as_str(), "." | "-" | ":"));
    if stop.is_none() || line.get(end + upper + 1).is_none_or(|next| next.gap == Gap::None) {
        return end;
    }
    found.place = Some(end..end + upper);
    found.end = end + upper + 1;
    found.end
}

/// Whether the words are the outlet's name.
fn is_named(words: &[Word], named: &str) -> bool {
    let letters =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let own: String = words.iter().map(|word| word.folded.as_str()).collect();
    letters(&own) == letters(named)
}

/// The dash or colon that ends the dateline, and the word after it.
fn terminator(line: &[Word], start: usize, rules: &Rules) -> Option<(usize, usize)> {
    let mut depth = 0_usize;
    let mut seen_word = false;
    let mut opened = start;
    for at in start..line.len().min(start + LONGEST) {
        let word = &line[at];
        let blank_after = line.get(at + 1).is_some_and(|next| next.gap != Gap::None);
        match word.folded.as_str() {
            "(" => {
                depth += 1;
                opened = at;
            }
            ")" => {
                depth = depth.saturating_sub(1);
                // "New Delhi, July 8 (PTI) The council …" has no dash.
                let signed = rules.phrase("outlet", line, opened + 1) == Some(at)
                    && (start..opened).any(|at| rules.phrase("month", line, at).is_some())
                    && line.get(at + 1).is_some_and(Word::is_capital);
                if signed {
                    return Some((at, at + 1));
                }
            }
            // "**Kabar.com, Jakarta** Presiden …": what is set bold ends where that does.
            "*" if depth == 0 && start > 1 && seen_word && line[at - 1].is_word() => {
                let bold = line.get(at + 1).is_some_and(|next| next.folded == "*" && next.gap == Gap::None);
                let opens = line.get(at + 2).is_some_and(|next| next.is_capital() && next.gap != Gap::None);
                if bold && opens && has_domain(&line[start..at]) {
                    return Some((at, at + 2));
                }
            }
            "-" if depth == 0 && seen_word => {
                // A hyphen inside a name has no blank beside it; a double one is a dash.
                let double = line.get(at + 1).is_some_and(|next| next.folded == "-" && next.gap == Gap::None);
                if double || word.gap != Gap::None || blank_after {
                    let mut end = at + 1 + usize::from(double);
                    while line
                        .get(end)
                        .is_some_and(|next| next.gap == Gap::None && matches!(next.folded.as_str(), "*" | "_"))
                    {
                        end += 1;
                    }
                    return Some((at, end));
                }
            }
            // "KABAR Interaktif, Kupang:Kapal …" is set in bold letters.
            ":" if depth == 0 && seen_word && (blank_after || line.get(at + 1).is_some_and(Word::is_capital)) => {
                return Some((at, at + 1));
            }
            // "TUXTLA GUTIERREZ, Mexico. The candidate …", "BOGOTA, KABAR.COM. Militer …"
            "." if depth == 0
                && blank_after
                && line.get(at + 1).is_some_and(Word::is_capital)
                && is_place_and_more(&line[start..at])
                && (start..at).all(|at| rules.phrase("month", line, at).is_none()) =>
            {
                return Some((at, at + 1));
            }
            // "DEPOK BARU, SOROTNET | Warga …"
            "|" if depth == 0
                && blank_after
                && line.get(at + 1).is_some_and(|next| next.shape == Shape::Capital || next.shape == Shape::Number)
                && is_place_and_more(&line[start..at]) =>
            {
                return Some((at, at + 1));
            }
            "," | "." | "/" | "|" | "*" | "_" | "'" | "&" | "-" => {}
            _ if word.is_capital() || word.shape == Shape::Number => seen_word = true,
            _ if word.shape == Shape::Lower => {
                let glued = word.gap == Gap::None; // ".com"
                // "tvSatu.com" is cut before its large letter.
                let cut = line.get(at + 1).is_some_and(|next| next.gap == Gap::None && next.is_capital());
                let domain = has_domain(&line[at..line.len().min(at + 3 + usize::from(cut))]);
                let joins = glued
                    || rules.phrase("month", line, at).is_some()
                    || rules.phrase("place-particle", line, at).is_some()
                    || rules.is_small(word);
                if !(domain || joins && seen_word) {
                    return None;
                }
                seen_word = true;
            }
            _ => return None,
        }
    }
    None
}

/// Whether the words are a place in large letters, a comma and a name of few words or a domain: what a full stop may end.
fn is_place_and_more(words: &[Word]) -> bool {
    let Some(comma) = words.iter().position(|word| word.folded == ",") else { return false };
    let (place, rest) = words.split_at(comma);
    let upper = (1..=PLACE_WORDS).contains(&place.len())
        && place.iter().all(|word| word.shape == Shape::Upper && word.span.len() > 1);
    let named = (1..=PLACE_WORDS).contains(&(rest.len() - 1)) && rest[1..].iter().all(Word::is_capital);
    upper && (named || has_domain(&rest[1..]) && rest.len() <= 2 * PLACE_WORDS)
}

/// The pieces between commas and brackets, without marks at their edges.
fn pieces(line: &[Word], start: usize, end: usize) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = start;
    let edges = (start..end).filter(|&at| matches!(line[at].folded.as_str(), "," | "|" | "(" | ")" | "*" | "_"));
    for at in edges.chain(std::iter::once(end)) {
        if from < at {
            found.push(from..at);
        }
        from = at + 1;
    }
    found
}

/// Whether the words hold a domain: "KOMPAS.com", "TEMPO.CO".
fn has_domain(words: &[Word]) -> bool {
    words.windows(3).any(|three| {
        three[1].folded == "."
            && three[1].gap == Gap::None
            && three[2].gap == Gap::None
            && three[0].span.len() > 2
            && three[2].is_word()
            && three[2].span.len() >= 2
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::words_of;
    use saksi_lang::Pack;

    /// The dateline of a line, its place, date and outlet; a part that it lacks is empty.
    fn dateline(text: &str) -> Option<[String; 4]> {
        let world = Pack::builtin("world").unwrap();
        let rules = Rules::compile(&Pack::builtin("en").unwrap(), &world).unwrap();
        let line = words_of(text);
        let cut = |range: Range<usize>| {
            let (from, to) = (line[range.start].span.start, line[range.end - 1].span.end);
            text.chars().skip(from as usize).take((to - from) as usize).collect::<String>()
        };
        let parts = find(&line, true, None, &rules)?;
        let part = |range: Option<Range<usize>>| range.map(cut).unwrap_or_default();
        Some([cut(0..parts.end), part(parts.place), part(parts.date), part(parts.outlet)])
    }

    #[test]
    fn gives_place_date_and_outlet() {
        let found = dateline("KYIV, July 9 (Reuters) - Russia fired drones.").unwrap();
        assert_eq!(found, ["KYIV, July 9 (Reuters) -", "KYIV", "July 9", "Reuters"]);
        let found = dateline("TEMPO.CO, Jakarta - Presiden bertemu menteri.").unwrap();
        assert_eq!(found, ["TEMPO.CO, Jakarta -", "Jakarta", "", "TEMPO.CO"]);
        let found = dateline("KABAR.CO.ID - JAKARTA. Presiden bertemu menteri.").unwrap();
        assert_eq!(found, ["KABAR.CO.ID - JAKARTA.", "JAKARTA", "", "KABAR.CO.ID"]);
        let found = dateline("Jakarta (ANTARA) - Presiden bertemu menteri.").unwrap();
        assert_eq!(found, ["Jakarta (ANTARA) -", "Jakarta", "", "ANTARA"]);
    }

    #[test]
    fn a_colon_ends_one_only_after_large_letters() {
        assert_eq!(dateline("ISTANBUL/ISLAMABAD: Both sides met.").unwrap()[0], "ISTANBUL/ISLAMABAD:");
        let found = dateline("TUXTLA GUTIERREZ, Mexico. The candidate was shot dead.").unwrap();
        assert_eq!(found[0], "TUXTLA GUTIERREZ, Mexico.");
        assert_eq!(dateline("BOGOTA, KABAR.COM. Militer menyerang kapal.").unwrap()[0], "BOGOTA, KABAR.COM.");
        let found = dateline("DEPOK BARU, SOROTNET | Warga memagari situ.").unwrap();
        assert_eq!(found[0], "DEPOK BARU, SOROTNET |");
        assert_eq!(dateline("POLITIK, HUKUM | WARGA memagari situ."), None);
        assert_eq!(dateline("NATO, Ukraine and Poland. The council met."), None);
        assert_eq!(dateline("Zelenskyy: Both sides met."), None);
    }

    #[test]
    fn a_sentence_with_a_dash_is_none() {
        assert_eq!(dateline("The army - the largest in the region - withdrew."), None);
        assert_eq!(dateline("President Biden - who spoke on Monday - said no."), None);
        assert_eq!(dateline("Al-Sisi met the king."), None);
    }
}
