use crate::gold::GoldError;
use crate::locate::{Said, said};
use crate::reading::{Attribution, Extent, Part};
use crate::score::{Case, Score};
use std::collections::{BTreeMap, BTreeSet};

/// The least F1 of words that two contents must share to be one.
const SAME_CONTENT: f64 = 0.5;

/// Which gold attribution each one of the record is, by its index.
pub(crate) type Matched<'a> = BTreeMap<usize, &'a str>;

/// Counts attributions: right is one that overlaps gold's source and cue, and has half of its content (F1 of words).
pub(crate) fn measure<'a>(case: &Case<'a>, score: &mut Score) -> Result<Matched<'a>, GoldError> {
    let found = &case.reading.attributions;
    let gold = &case.gold.attributions;
    let places = gold.iter().map(|it| said(case.letters, it)).collect::<Result<Vec<_>, _>>()?;
    for attribution in found {
        if attribution.content.iter().any(|piece| case.in_noise(case.own(*piece))) {
            score.figures.leaks += 1;
            score.notes.push(format!("attribution from noise: {}", describe(case, attribution)));
        }
    }

    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for (at, wanted) in places.iter().enumerate() {
        for (of, got) in found.iter().enumerate() {
            if let Some(likeness) = likeness(case, wanted, got).filter(|it| *it >= SAME_CONTENT) {
                pairs.push((likeness, at, of));
            }
        }
    }
    // The likest pair first; of equals, the last in order of id and place, as the measure was first defined.
    pairs.sort_unstable_by(|a, b| {
        b.0.total_cmp(&a.0).then_with(|| gold[b.1].id.cmp(&gold[a.1].id)).then_with(|| b.2.cmp(&a.2))
    });
    let mut of_gold: BTreeMap<usize, usize> = BTreeMap::new();
    let mut matched = Matched::new();
    for (_, at, of) in pairs {
        if !of_gold.contains_key(&at) && !matched.contains_key(&of) {
            of_gold.insert(at, of);
            matched.insert(of, gold[at].id.as_str());
        }
    }

    let required = || gold.iter().enumerate().filter(|(_, it)| !it.optional);
    let right = required().filter(|(at, _)| of_gold.contains_key(at)).count();
    let free = of_gold.keys().filter(|at| gold[**at].optional).count();
    score.figures.tally_mut("attribution").add(right as u64, (found.len() - free) as u64, required().count() as u64);
    for (at, wanted) in required() {
        let Some(&of) = of_gold.get(&at) else {
            let part = |part: &Option<String>| part.clone().unwrap_or_default();
            score.notes.push(format!("attribution missed: {:?} {:?}", part(&wanted.source), part(&wanted.cue)));
            continue;
        };
        let got = &found[of];
        let kind = got.source.as_ref().and_then(|source| source.kind.as_ref());
        for (name, want, got) in [
            ("stance", &wanted.stance, got.stance.as_ref()),
            ("form", &wanted.form, got.form.as_ref()),
            ("source_kind", &wanted.source_kind, kind),
        ] {
            if let Some(want) = want.as_ref().filter(|want| !want.is_empty()) {
                score.figures.share_mut(name).count(got == Some(want));
            }
        }
    }
    for (_, extra) in found.iter().enumerate().filter(|(of, _)| !matched.contains_key(of)) {
        score.notes.push(format!("attribution not in gold: {}", describe(case, extra)));
    }
    Ok(matched)
}

/// F1 of the words of both contents; nothing where source or cue is another.
fn likeness(case: &Case<'_>, wanted: &Said, got: &Attribution) -> Option<f64> {
    let meets = |want: Option<Extent>, got: &Option<Part>| {
        want.is_none_or(|want| got.as_ref().and_then(Part::extent).is_some_and(|got| case.own(got).overlaps(want)))
    };
    if !meets(wanted.source, &got.source) || !meets(wanted.cue, &got.cue) {
        return None;
    }
    let words = |extents: &mut dyn Iterator<Item = Extent>| -> BTreeSet<usize> {
        extents.flat_map(|extent| case.letters.word_starts(extent).collect::<Vec<_>>()).collect()
    };
    let want = words(&mut wanted.content.iter().copied());
    let got = words(&mut got.content.iter().map(|piece| case.own(*piece)));
    let both = want.intersection(&got).count();
    let all = want.len() + got.len();
    Some(if all == 0 { 0.0 } else { (2 * both) as f64 / all as f64 })
}

fn describe(case: &Case<'_>, attribution: &Attribution) -> String {
    let words = |part: &Option<Part>| case.words(part.as_ref().and_then(Part::extent));
    format!("{:?} {:?}", words(&attribution.source), words(&attribution.cue))
}
