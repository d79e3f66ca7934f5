use crate::actors::{Actors, Level};
use crate::attributions::Matched;
use crate::gold::{self, GoldError};
use crate::locate::place;
use crate::reading::{Event, EventTime, Extent};
use crate::score::{Case, Score};
use std::collections::BTreeMap;

/// An event of gold and where it stands.
struct Wanted<'a> {
    event: &'a gold::Event,
    trigger: Extent,
    sentence: Extent,
}

/// Counts events at four levels, and what of the matched ones is right.
pub(crate) fn measure(case: &Case<'_>, said: &Matched<'_>, score: &mut Score) -> Result<(), GoldError> {
    let actors = Actors::new(case);
    let mut wanted = Vec::new();
    for (number, event) in case.gold.events.iter().enumerate() {
        let of = format!("the trigger of {}", event.name(number));
        let trigger = place(case.letters, &of, &event.trigger, &event.within)?;
        wanted.push(Wanted { event, trigger, sentence: case.letters.sentence(trigger.start as usize) });
    }
    let found: Vec<(&Event, Extent)> =
        case.reading.events.iter().filter_map(|event| Some((event, case.own(event.trigger?)))).collect();
    for (event, at) in &found {
        if case.in_noise(*at) {
            score.figures.leaks += 1;
            score.notes.push(format!("event from noise: {} {:?}", event.kind, case.letters.slice(*at)));
        }
    }

    let of_gold = pair(&actors, &wanted, &found);
    let required: Vec<usize> = (0..wanted.len()).filter(|&at| !wanted[at].event.optional).collect();
    // Finding an optional one is free, but not as if it had happened where it did not.
    let free = of_gold.iter().filter(|&(&at, &of)| {
        let gold = wanted[at].event;
        gold.optional && (gold.status == "actual" || found[of].0.status.as_ref() == Some(&gold.status))
    });
    let counted = (found.len() - free.count()) as u64;
    let mut right = [0_u64; 4];
    for &at in &required {
        let gold = wanted[at].event;
        let Some(&of) = of_gold.get(&at) else {
            score.notes.push(format!(
                "event missed: {} {:?} {} → {}",
                gold.kind,
                gold.trigger,
                gold.actor.join(", "),
                gold.recipient.join(", ")
            ));
            continue;
        };
        let judged = judge(case, &actors, said, gold, found[of].0, score);
        for (count, holds) in right.iter_mut().zip(judged) {
            *count += u64::from(holds);
        }
    }
    for (level, right) in ["event", "dyad", "entity", "full"].into_iter().zip(right) {
        score.figures.tally_mut(level).add(right, counted, required.len() as u64);
    }
    for (of, (event, at)) in found.iter().enumerate() {
        if !of_gold.values().any(|matched| *matched == of) {
            score.notes.push(format!(
                "event not in gold: {} {:?} {} → {}",
                event.kind,
                case.letters.slice(*at),
                actors.names(&event.actor),
                actors.names(&event.recipient)
            ));
        }
    }
    Ok(())
}

/// Which found event each event of gold is, by index: of the same type, with an overlapping trigger or in the same
/// sentence; the best pairs first, each event once.
fn pair(actors: &Actors<'_>, wanted: &[Wanted<'_>], found: &[(&Event, Extent)]) -> BTreeMap<usize, usize> {
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for (at, want) in wanted.iter().enumerate() {
        for (of, (event, trigger)) in found.iter().enumerate() {
            if event.kind != want.event.kind {
                continue;
            }
            let mut weight = if trigger.overlaps(want.trigger) {
                2.0
            } else if trigger.overlaps(want.sentence) {
                1.0
            } else {
                continue;
            };
            let gold = want.event;
            weight += 0.5 * f64::from(u8::from(actors.same(&event.actor, &gold.actor, Level::Dyad)));
            weight += 0.5 * f64::from(u8::from(actors.same(&event.recipient, &gold.recipient, Level::Dyad)));
            weight += 0.1 * f64::from(u8::from(!gold.optional));
            pairs.push((weight, at, of));
        }
    }
    // Of equal pairs the last in order goes first, as the measure was first defined.
    pairs.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then_with(|| (b.1, b.2).cmp(&(a.1, a.2))));
    let mut of_gold = BTreeMap::new();
    let mut taken = vec![false; found.len()];
    for (_, at, of) in pairs {
        if !of_gold.contains_key(&at) && !taken[of] {
            of_gold.insert(at, of);
            taken[of] = true;
        }
    }
    of_gold
}

/// Whether a matched event is right at each level: event, dyad, entity, full.
fn judge(
    case: &Case<'_>,
    actors: &Actors<'_>,
    said: &Matched<'_>,
    gold: &gold::Event,
    found: &Event,
    score: &mut Score,
) -> [bool; 4] {
    let same =
        |level| actors.same(&found.actor, &gold.actor, level) && actors.same(&found.recipient, &gold.recipient, level);
    let (dyad, entity) = (same(Level::Dyad), same(Level::Entity));
    let status = found.status.as_ref() == Some(&gold.status);
    let when = interval(found.time.as_ref());
    let time = agree(when, gold.time.as_ref().map(|(first, last)| (first.as_str(), last.as_str())));
    let nearest = found.attribution.as_ref().and_then(|ids| ids.first());
    let source = match (gold.attribution.first(), nearest) {
        (None, None) => true,
        (Some(want), Some(got)) => case
            .reading
            .attributions
            .iter()
            .enumerate()
            .any(|(of, it)| it.id.as_ref() == Some(got) && said.get(&of) == Some(&want.as_str())),
        _ => false,
    };
    for (name, holds) in [("status", status), ("time", time), ("source", source)] {
        score.figures.share_mut(name).count(holds);
    }
    if let Some(want) = gold.quantities.first() {
        let right =
            found.quantities.iter().any(|got| got.value == want.value && (want.low.is_none() || got.low == want.low));
        score.figures.share_mut("quantity").count(right);
    }
    if let Some(want) = gold.certainty.as_ref().filter(|want| !want.is_empty()) {
        score.figures.share_mut("certainty").count(found.certainty.as_ref() == Some(want));
    }
    let fields = [("dyad", dyad), ("entity", entity), ("status", status), ("time", time), ("source", source)];
    let wrong: Vec<&str> = fields.into_iter().filter(|(_, holds)| !holds).map(|(name, _)| name).collect();
    if !wrong.is_empty() {
        let days = |days: Option<(&str, &str)>| days.map_or("no time".to_owned(), |(a, b)| format!("{a}/{b}"));
        score.notes.push(format!(
            "event {} {:?}: wrong {}; got {} → {} {} {} {}; want {} → {} {} {} {}",
            gold.kind,
            gold.trigger,
            wrong.join(", "),
            actors.names(&found.actor),
            actors.names(&found.recipient),
            found.status.as_deref().unwrap_or("no status"),
            days(when),
            nearest.map_or("own voice", String::as_str),
            gold.actor.join(", "),
            gold.recipient.join(", "),
            gold.status,
            days(gold.time.as_ref().map(|(a, b)| (a.as_str(), b.as_str()))),
            gold.attribution.first().map_or("own voice", String::as_str),
        ));
    }
    [true, dyad, entity, entity && status && time && source]
}

/// First and last day; nothing where the first is not known.
fn interval(time: Option<&EventTime>) -> Option<(&str, &str)> {
    let time = time?;
    let earliest = time.earliest.as_deref().filter(|day| !day.is_empty())?;
    let latest = time.latest.as_deref().filter(|day| !day.is_empty()).unwrap_or(earliest);
    Some((head(earliest, 10), head(latest, 10)))
}

/// Whether two intervals agree: they overlap, and either the found one lies within gold's, or gold's within the found one
/// and both begin in one month.
fn agree(found: Option<(&str, &str)>, gold: Option<(&str, &str)>) -> bool {
    let (p, g) = match (found, gold) {
        (None, None) => return true,
        (Some(p), Some(g)) => (p, g),
        _ => return false,
    };
    let within = p.0 >= g.0 && p.1 <= g.1;
    let holds = g.0 >= p.0 && g.1 <= p.1 && head(p.0, 7) == head(g.0, 7);
    let meet = p.1 >= g.0 && g.1 >= p.0;
    meet && (p == g || within || holds)
}

/// The first `count` characters.
fn head(text: &str, count: usize) -> &str {
    text.char_indices().nth(count).map_or(text, |(at, _)| &text[..at])
}
