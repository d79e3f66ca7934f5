//! Two acts of one article: whether one tells the other again.

use crate::act::{ATTACK, CLASH, HARM};
use crate::identity::SOME;
use crate::likeness::{AGAIN, LEAD, NEVER};
use crate::parties::OTHER;
use crate::parts::Parts;
use crate::report::Report;
use saksi_record::{ActorKind, EventType, Status};

/// Sentences less far apart than this, in code points, follow on each other.
const NEXT: u32 = 8;
/// An act and what came of it stand less far apart than this in a sentence, in code points.
const CLAUSE: u32 = 80;

/// Two acts of one article come together only where one tells the other again: of the same type, with nothing that tells
/// them apart. A headline tells again what stands below it.
pub(crate) fn again(a: &Report, b: &Report, conflict: bool, parts: &mut Parts) {
    let weight = |field| parts.weight(field).unwrap_or(0.0);
    let sides = ["actor", "recipient", "parties"];
    let headline = a.headline != b.headline;
    let taken_up = [(a, b), (b, a)].into_iter().any(|(one, other)| one.takes_up.as_ref() == Some(&other.key));
    let denied = is_denial(a, b);
    let near = a.sentence.start.abs_diff(b.sentence.start) < LEAD;
    // "Israel bombed the port. The Pentagon denied that U.S. forces had attacked it."
    let others = sides.into_iter().any(|field| weight(field) <= OTHER) && !(denied && near && weight("act") > 0.0);
    let apart = others
        || weight("place") <= -1.5
        || weight("time") <= -1.4
        || conflict && same_voice(a, b)
        || !headline && !taken_up && weight("act") < 0.0
        || weight("mode") <= -1.5
        || a.kind != b.kind && !(headline && weight("type") >= 0.0);
    // "23 people were hurt. A farmer, Severino Condori, was killed"
    let victim = |report: &Report| {
        report.recipient.iter().any(|party| party.kind == ActorKind::Person && !party.key.starts_with(SOME))
    };
    let counted =
        |report: &Report| report.figures.iter().any(|figure| figure.value.or(figure.low).is_some_and(|n| n > 1.0));
    let singled_out = a.kind == EventType::Assault
        && !headline
        && a.sentence != b.sentence
        && (victim(a) && !victim(b) && counted(b) || victim(b) && !victim(a) && counted(a));
    let apart = apart || singled_out;
    let one_sentence = a.sentence == b.sentence;
    // an attack and its toll; a visit and the meeting it is for
    let told_in_one = a.kind == EventType::Assault || a.kind == EventType::Consult && a.mode != b.mode;
    let known = sides.into_iter().any(|field| weight(field) > 0.0);
    let (first, second) = if a.trigger.start <= b.trigger.start { (a, b) } else { (b, a) };
    let known = known || one_sentence && is_toll(first, second);
    if apart || one_sentence && !(told_in_one && known && weight("place") >= 0.0) {
        parts.add("article", NEVER, || "two acts of one article".to_owned());
        return;
    }
    let (same_act, other_act) = (weight("act") > 0.0, weight("act") <= -1.0);
    let lead = a.sentence.start.min(b.sentence.start) < LEAD;
    let placed = weight("place") > 0.5;
    // "The navy captured four boats … Officers made no arrests"
    let two_ways = a.mode.is_some() && b.mode.is_some() && a.mode != b.mode && !same_act;
    let denied = denied && !two_ways && (near || known || placed);
    // One article says it in other words, and names nobody twice: what two sentences lack in common tells nothing.
    for part in parts.weights.iter_mut().filter(|part| matches!(part.0, "names" | "words")) {
        part.1 = part.1.max(0.0);
    }
    let (weight, why) = match (headline, one_sentence) {
        _ if taken_up && !denied => (AGAIN, "taken up by a noun"),
        _ if denied && near && same_act => (2.5, "an act, and its denial"),
        _ if denied => (if near { 2.0 } else { 1.5 }, "what is told, and its denial"),
        (true, _) if !(a.first || b.first) => (-1.0, "headline, and not the first below it"),
        (true, _) if other_act => (0.0, "headline, and another act below it"),
        (true, _) if a.kind == b.kind && !near => (0.5, "headline, and the first of its kind far below it"),
        (true, _) if a.kind == b.kind => (2.0, "headline, and the first below it"),
        (true, _) if same_act => (1.5, "headline, and the same act below it, of two types"),
        (true, _) => (0.0, "headline, and the first below it, of two types"),
        (_, true) => (1.5, "one sentence"),
        _ if known && adds(a, b) => (1.0, "a sentence that adds to the one before"),
        _ if known && lead => (0.0, "the lead, told again"),
        _ if known => (-1.0, "two sentences of one article"),
        _ if is_toll_behind(a, b) => (2.4, "an attack, and what came of it told behind it"),
        _ if goes_on(a, b) => (1.0, "a sentence that goes on from the one before"),
        _ if near => (0.0, "two sentences next to each other, parties not known"),
        _ => (-1.0, "two sentences of one article, parties not known"),
    };
    parts.add("article", weight, || why.to_owned());
}

/// The two in the order of their sentences.
fn in_order<'r>(a: &'r Report, b: &'r Report) -> (&'r Report, &'r Report) {
    if a.sentence.start <= b.sentence.start { (a, b) } else { (b, a) }
}

/// Whether a report says neither when nor where; how long it lasted, or for how long somebody was sentenced, says nothing.
fn is_bare(report: &Report) -> bool {
    report.place.is_empty() && report.time.as_ref().is_none_or(|time| time.earliest.is_none() && time.latest.is_none())
}

/// Whether one of two acts of one article is told right behind the other, and without a day, a place and an actor of its own.
fn goes_on(a: &Report, b: &Report) -> bool {
    let (first, second) = in_order(a, b);
    second.actor.is_empty() && is_bare(second) && second.sentence.start.saturating_sub(first.sentence.end) < NEXT
}

/// Whether the later of two tells more of what the same actor did in the same way, right behind: "The judges also imposed a fine".
fn adds(a: &Report, b: &Report) -> bool {
    let (first, second) = in_order(a, b);
    is_bare(second)
        && a.mode.is_some()
        && a.mode == b.mode
        && second.sentence.start.saturating_sub(first.sentence.end) < NEXT
        && first.sentence.start != second.sentence.start
}

/// Whether the second of two acts of one sentence is what came of the first, right behind: "the attack on the port, which killed
/// three", "bombed a village, killing four".
pub(crate) fn is_toll(attack: &Report, toll: &Report) -> bool {
    let same = |one: &Report, other: &Report| one.actor.iter().map(|p| &p.key).eq(other.actor.iter().map(|p| &p.key));
    // the day of a sentence may stand on either of the two
    let undated = attack.time.is_none() || attack.time == toll.time;
    let bare = (is_bare(toll) || toll.place.is_empty() && undated) && (toll.actor.is_empty() || same(attack, toll));
    // "a day after the church bombing a blast wounded ten at the police station"
    let elsewhere = toll.recipient.iter().any(|party| !party.key.starts_with(SOME));
    bare && !elsewhere
        && [attack.kind, toll.kind] == [EventType::Assault; 2]
        && toll.act.as_deref() == Some(HARM)
        && matches!(attack.act.as_deref(), Some(ATTACK | CLASH))
        && attack.status == toll.status
        && toll.trigger.start.saturating_sub(attack.trigger.end) < CLAUSE
}

/// Whether one source tells both: what two say of one act in one article may differ.
fn same_voice(a: &Report, b: &Report) -> bool {
    let voice = |report: &Report| report.sources.first().and_then(|voice| voice.key.clone().or(voice.name.clone()));
    voice(a) == voice(b)
}

/// Whether one denies what the other told before.
fn is_denial(a: &Report, b: &Report) -> bool {
    let (first, second) = in_order(a, b);
    first.status == Status::Actual && second.status == Status::Negated
}

/// Whether the second of two sentences near each other tells only whom the attack of the first killed or wounded.
fn is_toll_behind(a: &Report, b: &Report) -> bool {
    let (first, second) = in_order(a, b);
    second.actor.is_empty()
        && is_bare(second)
        && !second.toll
        && first.status == second.status
        && second.act.as_deref() == Some(HARM)
        && first.act.is_some()
        // what the first killed has been counted
        && (first.act.as_deref() != Some(HARM) || first.figures.is_empty() || second.figures.is_empty())
        && second.sentence.start.saturating_sub(first.sentence.end) < LEAD / 2
}
