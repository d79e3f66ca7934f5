//! How alike two reports are, and why.
//!
//! Each field speaks for or against the two being of one event, by the logarithm of how much likelier it is to come out so
//! if they are; what is not known says nothing. The sum is turned into a chance. After Fellegi and Sunter, "A Theory for
//! Record Linkage", 1969; the weights are set by hand, see docs/merging.md.

use crate::act::{self, Act};
use crate::again::again;
use crate::marks::Mark;
use crate::parties::{self, Group, OTHER};
use crate::parts::Parts;
use crate::place;
use crate::report::{Report, Review};
use crate::sketch::{Sketch, Sketched};
use compact_str::CompactString;
use saksi_record::{EventType, Status};
use serde::Serialize;

/// From here on two reports are taken to be of one event.
pub const THRESHOLD: f64 = 0.6;

/// What two reports out of one block weigh before anything of them is known: most are of two events.
const PRIOR: f64 = -4.5;
/// What no evidence makes up for.
pub(crate) const NEVER: f64 = -50.0;
/// Against one event with no date on either side: only strong agreement makes up for it.
const UNDATED: f64 = -1.0;
/// Two articles of one day that both begin with such an act.
const NEWS: f64 = 1.0;
/// A day or place that is guessed says so much of what a stated one does.
const GUESSED: f64 = 0.6;
/// An act and its answer: who acts in one is at whom the other is directed.
const CROSSED: f64 = -2.0;
/// Somebody who denies an act that another is said to have done.
const DENIED: f64 = 0.0;
/// Two articles about two states, neither of which the other tells of.
const ABOUT: f64 = -1.5;
/// What figures, names and words add at most, each.
const MOST: f64 = 2.0;
/// How one article tells an act again adds no more than this.
pub(crate) const AGAIN: f64 = 2.5;
/// So many words of a sentence or more can say all that words say: two of three are less than six of nine.
const FULL: f64 = 5.0;
/// The mode of assault that names no weapon.
const DESTROY: &str = "destroy";
/// From this code point on a sentence is no headline or lead, which tell first what is told again below.
pub(crate) const LEAD: u32 = 400;

/// How alike two reports are.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Likeness {
    /// Chance that both are of one event, between 0 and 1.
    pub score: f64,
    /// What speaks for and against it, in the order of the fields.
    pub parts: Vec<Part>,
}

/// What one field says.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Part {
    /// `prior`, `type`, `mode`, `act`, `actor`, `recipient`, `parties`, `sides`, `time`, `news`, `place`, `about`, `figures`, `names`, `words`,
    /// `article`.
    pub field: &'static str,
    /// Chance by this field alone, between 0 and 1; a half says nothing.
    pub score: f64,
    /// What it adds to the logarithm of the odds: above 0 for, below 0 against one event.
    pub weight: f64,
    /// In words.
    pub why: String,
}

impl Likeness {
    /// Whether something rules out that both are of one event.
    pub fn is_ruled_out(&self) -> bool {
        self.parts.iter().any(|part| part.weight <= NEVER)
    }
}

/// How alike two reports are. The order of the two does not matter.
pub fn likeness(a: &Report, b: &Report) -> Likeness {
    let (a, b) = if a.key <= b.key { (a, b) } else { (b, a) };
    let sketches = [Sketch::of(a), Sketch::of(b)];
    let (a, b) = (Sketched { report: a, sketch: &sketches[0] }, Sketched { report: b, sketch: &sketches[1] });
    let mut parts = Parts::new(true);
    first_half(a, b, &mut parts);
    place::compare(a.report, b.report, &mut parts);
    about(a.report, b.report, &mut parts);
    second_half(a, b, &mut parts);
    let score = chance(parts.total());
    let parts = parts.weights().iter().zip(parts.why.clone());
    let parts = parts.map(|(&(field, weight), why)| Part { field, score: chance(weight), weight, why });
    Likeness { score, parts: parts.collect() }
}

/// The score that [`likeness`] gives, without its explanation; none where something rules out that both are of one event.
pub fn score(a: Sketched<'_>, b: Sketched<'_>) -> Option<f64> {
    measure(a, b, f64::NEG_INFINITY)
}

/// The score of two reports that are taken to be of one event as far as they alone tell: one of [`THRESHOLD`] or more.
pub fn link(a: Sketched<'_>, b: Sketched<'_>) -> Option<f64> {
    measure(a, b, 0.0).filter(|score| *score >= THRESHOLD)
}

/// The score; none where something rules it out, or where the logarithm of the odds cannot reach `least`.
fn measure(a: Sketched<'_>, b: Sketched<'_>, least: f64) -> Option<f64> {
    // Most pairs are told apart by these, and cheaply.
    let (one, other) = (a.sketch, b.sketch);
    if one.kind != other.kind && types_mixed(one, other) <= NEVER
        || when(one, other).is_some_and(|when| when.0 <= NEVER)
    {
        return None;
    }
    let mut parts = Parts::new(false);
    first_half(a, b, &mut parts);
    let rest = at_most(one, other);
    let place = if one.is_placed && other.is_placed { place::SAME } else { 0.0 };
    if parts.rule_out() || parts.total() + place + rest < least {
        return None;
    }
    let (a, b) = if a.report.key <= b.report.key { (a, b) } else { (b, a) };
    place::compare(a.report, b.report, &mut parts);
    about(a.report, b.report, &mut parts);
    if parts.rule_out() || parts.total() + rest < least {
        return None;
    }
    second_half(a, b, &mut parts);
    (!parts.rule_out()).then(|| chance(parts.total()))
}

/// What figures, names, words, and how one article tells an act again, may add, but for those that one of the two lacks.
fn at_most(a: &Sketch, b: &Sketch) -> f64 {
    let both = |has: fn(&Sketch) -> bool| if has(a) && has(b) { MOST } else { 0.0 };
    let again = if a.article == b.article { AGAIN } else { 0.0 };
    both(|sketch| sketch.is_counted) + both(|sketch| sketch.is_marked) + MOST + again
}

/// What an act is by itself, but for its place: the sketches tell most of it.
fn first_half(a: Sketched<'_>, b: Sketched<'_>, parts: &mut Parts) {
    parts.add("prior", PRIOR, String::new);
    types(a, b, parts);
    acts(a, b, parts);
    sides(a, b, parts);
    times(a.sketch, b.sketch, parts);
    news(a.sketch, b.sketch, parts);
}

/// Two articles of one day, or of two that follow each other, that are both news of an act of this type.
fn news(a: &Sketch, b: &Sketch, parts: &mut Parts) {
    if let (Some(one), Some(other)) = (a.news, b.news)
        && a.kind == b.kind
        && a.article != b.article
        // what somebody says is said again on the next day
        && (one - other).abs() <= i32::from(!is_said(a.kind))
    {
        parts.add("news", NEWS, || "what both articles are news of".to_owned());
    }
}

/// Articles about two states, of which neither sentence names the other's.
fn about(a: &Report, b: &Report, parts: &mut Parts) {
    let (Some(one), Some(other)) = (&a.about, &b.about) else { return };
    if one == other || a.article == b.article || !is_said(a.kind) || !is_said(b.kind) {
        return;
    }
    let names = |report: &Report, state: &CompactString| {
        let parties = report.actor.iter().chain(&report.recipient).any(|party| party.country.as_ref() == Some(state));
        let places = report.place.iter().chain(&report.near_place).any(|place| place.country.as_ref() == Some(state));
        parties || places || report.marks.binary_search(&Mark::State.of(state)).is_ok()
    };
    if !names(a, other) && !names(b, one) {
        parts.add("about", ABOUT, || format!("articles about {one} and {other}"));
    }
}

/// What is said around it: figures, names, words and, of two in one article, how they are told; each adds at most [`MOST`].
fn second_half(a: Sketched<'_>, b: Sketched<'_>, parts: &mut Parts) {
    let conflict = figures(a.report, b.report, parts);
    names(a, b, parts);
    words(a.report, b.report, parts);
    if a.report.article == b.report.article {
        again(a.report, b.report, conflict, parts);
    }
}

/// Whether two reports are taken to be of one event by themselves: they share a block, neither was rejected, and they are
/// alike enough. Reports that no chain of such links joins never come together, so that [`crate::cluster`] may be called on
/// each connected part of a collection alone; a [`crate::Hand::Same`] is a link too.
pub fn linked(a: &Report, b: &Report) -> bool {
    if a.review == Review::Rejected || b.review == Review::Rejected {
        return false;
    }
    let sketches = [Sketch::of(a), Sketch::of(b)];
    let (one, other) = (Sketched { report: a, sketch: &sketches[0] }, Sketched { report: b, sketch: &sketches[1] });
    shared(&one.sketch.blocks, &other.sketch.blocks) > 0 && link(one, other).is_some()
}

fn chance(weight: f64) -> f64 {
    1.0 / (1.0 + (-weight).exp())
}

fn types(a: Sketched<'_>, b: Sketched<'_>, parts: &mut Parts) {
    let reports = [a.report, b.report];
    let (a, b) = (a.sketch, b.sketch);
    if a.kind == b.kind {
        parts.add("type", 1.0, || format!("both {}", a.kind));
    } else {
        let planned = [a, b].iter().filter(|sketch| sketch.status == Status::Future).count() == 1;
        let weight = match types_mixed(a, b) {
            // a plan has the type of an agreement or offer by the coding rules alone
            weight if weight == 0.0 && planned => 1.0,
            weight => weight,
        };
        parts.add("type", weight, || format!("{} and {}", a.kind, b.kind));
    }
    if a.mode == 0 || b.mode == 0 || a.kind != b.kind {
        return;
    }
    if let [Some(one), Some(other)] = reports.map(|report| &report.mode) {
        let weight = if a.mode == b.mode {
            0.9
        } else if a.act == b.act && a.act != 0 {
            // one word for it, of which one coder's mode says more
            0.0
        } else if [one, other].iter().any(|mode| *mode == DESTROY) {
            // what became of it, not by what
            0.0
        } else if mode_parts(a.kind) || a.kind == EventType::Assault && weapon(one) != weapon(other) {
            -1.5
        } else {
            0.0
        };
        parts.add("mode", weight, || format!("{one} and {other}"));
    }
}

/// What two types say that coders take for one another. A meeting that is planned is AGREE, one that is held CONSULT; a
/// treaty that is signed SUPPORT, and help that is promised AGREE (PLOVER manual, chapter 3).
#[allow(clippy::unnested_or_patterns, reason = "one line for each pair of types")]
fn mixed(one: EventType, other: EventType) -> f64 {
    use EventType as T;
    let (one, other) = if one <= other { (one, other) } else { (other, one) };
    match (one, other) {
        (T::Agree, T::Consult | T::Support | T::Cooperate | T::Aid | T::Concede | T::Retreat)
        | (T::Concede, T::Retreat) => 0.0,
        (T::Consult, T::Support | T::Cooperate)
        | (T::Support, T::Cooperate | T::Aid)
        | (T::Cooperate, T::Aid | T::Retreat)
        | (T::Request, T::Accuse | T::Reject | T::Threaten)
        | (T::Accuse, T::Reject | T::Threaten)
        | (T::Reject, T::Threaten)
        | (T::Sanction, T::Coerce)
        | (T::Mobilize | T::Coerce, T::Assault) => -1.0,
        _ => NEVER,
    }
}

/// The same of two reports: one act of which coders find one type or another may be of both.
fn types_mixed(a: &Sketch, b: &Sketch) -> f64 {
    let weight = mixed(a.kind, b.kind);
    let planned = (a.status == Status::Future) != (b.status == Status::Future);
    match weight <= NEVER && a.act == b.act && a.is_of_several {
        true if planned => 0.0,
        true => -1.0,
        false => weight,
    }
}

/// Whether two types may be told of one act without either being wrong.
pub(crate) fn is_of_a_kind(one: EventType, other: EventType) -> bool {
    one == other || mixed(one, other) >= 0.0
}

/// Whether the mode tells two acts of the type apart: an arrest is no curfew, but what one outlet calls an air strike
/// another calls a bombing.
fn mode_parts(kind: EventType) -> bool {
    !matches!(
        kind,
        EventType::Assault | EventType::Threaten | EventType::Sanction | EventType::Request | EventType::Accuse
    )
}

/// Modes of assault that outlets take for one another, by their first: what comes from the air and explodes.
fn weapon(mode: &str) -> &str {
    if matches!(mode, "aerial" | "drone" | "explosives" | "heavy-weapons") { "aerial" } else { mode }
}

/// Types of what is said: where, and to whom it was, is often left out.
fn is_said(kind: EventType) -> bool {
    matches!(
        kind,
        EventType::Request
            | EventType::Accuse
            | EventType::Reject
            | EventType::Threaten
            | EventType::Support
            | EventType::Agree
    )
}

/// Types that one side does to the other.
fn is_directed(kind: EventType) -> bool {
    !is_mutual(kind) && kind != EventType::Retreat
}

/// Types that both sides do together: whom the text names first says little.
fn is_mutual(kind: EventType) -> bool {
    matches!(kind, EventType::Agree | EventType::Consult | EventType::Cooperate | EventType::Support)
}

/// What the words of the triggers say: "thanked" and "signed" are two acts of one type, "arrested" and "ditangkap" may be one.
fn acts(a: Sketched<'_>, b: Sketched<'_>, parts: &mut Parts) {
    let (one, other) = (a.sketch, b.sketch);
    if one.act == 0 || other.act == 0 {
        return;
    }
    let acts = [one.acts, other.acts];
    let harm = acts.contains(&Act::Harm) && one.kind == other.kind;
    let named = [a, b].map(|sketched| sketched.report.act.as_deref());
    let weight = if act::are_two(named) {
        -1.5
    } else if one.act == other.act || harm && (acts.contains(&Act::Arms) || acts.contains(&Act::Clash)) {
        0.8
    } else if harm
        || acts.contains(&Act::Force)
        || acts == [Act::Arms, Act::Clash]
        || acts == [Act::Clash, Act::Arms]
        || one.kind == EventType::Consult && one.mode == other.mode && one.mode != 0
    {
        0.0
    } else {
        -1.5
    };
    let word = |report: &Report| report.act.clone().unwrap_or_default();
    parts.add("act", weight, || format!("{} and {}", word(a.report), word(b.report)));
}

fn sides(a: Sketched<'_>, b: Sketched<'_>, parts: &mut Parts) {
    let (kind_a, kind_b) = (a.sketch.kind, b.sketch.kind);
    let actor = parties::compare_all(a.actors(), b.actors(), parts.told);
    let recipient = parties::compare_all(a.recipients(), b.recipients(), parts.told);
    let direct = actor.as_ref().map_or(0.0, |side| side.0) + recipient.as_ref().map_or(0.0, |side| side.0);
    if is_mutual(kind_a) || is_mutual(kind_b) {
        let (all_a, all_b) = (a.all(), b.all());
        let pooled = parties::compare_all(all_a, all_b, parts.told);
        // "Choe and Wang met", "Li received Choe": the one has on one side whom the other has on two
        let across = recipient.is_none() && all_a.len() > 1 && all_b.len() > 1;
        if let Some((weight, all_others, why)) = pooled.filter(|pooled| pooled.0 > direct || actor.is_none() || across)
        {
            let lone = |some: Group<'_>, others: Group<'_>| {
                some.iter()
                    .any(|one| one.1.is_known() && others.iter().all(|other| parties::compare(one, other).0 <= 0.0))
            };
            // both name two, and one of them somebody whom the other does not know
            let both = all_a.len() > 1 && all_b.len() > 1;
            let (lone_a, lone_b) = (both && lone(all_a, all_b), both && lone(all_b, all_a));
            let weight = if all_others {
                NEVER
            } else if lone_a && lone_b {
                // "Choe met Wang", "Choe met Li": each names one whom the other does not
                weight - 2.5
            } else if lone_a || lone_b {
                weight - 1.0
            } else {
                weight
            };
            parts.add("parties", weight, || why);
            return;
        }
    }
    let both_others = actor.as_ref().is_some_and(|side| side.1) && recipient.as_ref().is_some_and(|side| side.1);
    let alone = |one: &Option<(f64, bool, String)>, other: &Option<(f64, bool, String)>| {
        one.as_ref().is_some_and(|side| side.1) && other.is_none()
    };
    let rules_out = both_others || alone(&actor, &recipient) || alone(&recipient, &actor);
    if is_directed(kind_a)
        && is_directed(kind_b)
        && crossed(a.actors(), b.recipients()).max(crossed(b.actors(), a.recipients()))
            > 0.5_f64.max(actor.as_ref().map_or(0.0, |s| s.0)).max(recipient.as_ref().map_or(0.0, |s| s.0))
    {
        parts.add("sides", CROSSED, || "the one acts at whom the other is directed".to_owned());
    }
    let mutual = is_mutual(kind_a) && is_mutual(kind_b);
    if one_sided(a.actors(), b.actors()) && !(mutual && (names_both(a, b) || names_both(b, a))) {
        let weight = match (mutual, kind_a == EventType::Assault && kind_b == EventType::Assault) {
            // a meeting is often told of one of those who met
            (true, _) => -1.0,
            // the battle and a strike in it have day, place and weapons in common
            (_, true) => -4.0,
            _ => -2.5,
        };
        parts.add("sides", weight, || "one of them is of one side, the other of two".to_owned());
    }
    // who denies a part in an act is not who did it
    let denied = is_denied(a.sketch, b.sketch);
    let claimed = a.report.takes_up.is_some() && b.report.takes_up.is_some();
    for (field, side) in [("actor", actor), ("recipient", recipient)] {
        if let Some((weight, _, why)) = side {
            let weight = match (weight <= OTHER, denied && field == "actor") {
                (true, true) => DENIED,
                // who claims an act that is told elsewhere may claim what another did
                (true, false) if rules_out && !(claimed && field == "actor") => NEVER,
                _ => weight,
            };
            parts.add(field, weight, || why);
        }
    }
}

/// Whether one tells what the other denies.
fn is_denied(a: &Sketch, b: &Sketch) -> bool {
    matches!((a.status, b.status), (Status::Actual, Status::Negated) | (Status::Negated, Status::Actual))
}

/// How far somebody who acts in one report is one at whom the other is directed.
fn crossed(actors: Group<'_>, recipients: Group<'_>) -> f64 {
    let pairs = actors.iter().flat_map(|one| recipients.iter().map(move |other| parties::compare(one, other).0));
    pairs.fold(0.0, f64::max)
}

/// Whether the sentence of one names the states of all who act in the other, which are two: "the chiefs of India and Pakistan
/// spoke" may be read as of one side.
fn names_both(one: Sketched<'_>, other: Sketched<'_>) -> bool {
    let states = || other.report.actor.iter().map(|party| party.country.as_deref());
    let named = |state: Option<&str>| state.is_some_and(|state| one.report.marks.contains(&Mark::State.of(state)));
    states().any(|state| Some(state) != states().next()) && states().all(named)
}

/// Whether one side alone acts in one report and two states act in the other: a strike is not the battle.
fn one_sided(some: Group<'_>, others: Group<'_>) -> bool {
    /// How many states there are, up to three.
    fn states(parties: Group<'_>) -> usize {
        let mut seen = [0; 3];
        let mut count = 0;
        for country in parties.sides.iter().map(|side| side.country).filter(|country| *country != 0) {
            if count < seen.len() && !seen[..count].contains(&country) {
                seen[count] = country;
                count += 1;
            }
        }
        count
    }
    let (one, other) = (states(some), states(others));
    one.min(other) == 1 && one.max(other) == 2
}

fn times(a: &Sketch, b: &Sketch, parts: &mut Parts) {
    let Some((weight, gap, guessed)) = when(a, b) else {
        parts.add("time", UNDATED, || "no day known".to_owned());
        return;
    };
    parts.add("time", weight, || match (gap, guessed) {
        (0, true) => "days that may be the same, one from publication".to_owned(),
        (0, false) => "days that overlap".to_owned(),
        _ => format!("{gap} days apart"),
    });
}

/// What the days say, how many lie between the two, and whether one is guessed; none where a day is not known.
fn when(a: &Sketch, b: &Sketch) -> Option<(f64, i32, bool)> {
    let (one, other) = (a.days?, b.days?);
    let gap = one.gap(other);
    let guessed = one.guessed || other.guessed;
    if gap == 0 {
        let weight = match one.length().max(other.length()) {
            ..=2 if one.named && other.named => 2.0,
            ..=7 => 1.5,
            8..=31 => 1.0,
            32..=92 => 0.5,
            _ => 0.2,
        };
        // what goes on until the news, and has for long, is told so by both
        let weight = if a.until_now && b.until_now { weight + 0.8 } else { weight };
        // the same month or year is told twice in the same words rather than by chance
        let same = one.first == other.first && one.last == other.last && !guessed;
        let weight = if same { weight + 0.5 } else { weight };
        return Some((if guessed { weight * GUESSED } else { weight }, gap, guessed));
    }
    // A day long past is told less exactly.
    let past = a.historical && b.historical;
    let once = a.act == b.act && a.is_once;
    let weight = match (gap, guessed) {
        (1, false) if once => -0.7,
        (2..=3, false) if once => -1.5,
        (3..=5, true) if once => -1.0,
        (1..=3, false) if past => -1.5,
        (2..=3, false) => -3.5,
        // what somebody says of the news of one day, and again of the next
        (1 | 2, true) if is_said(a.kind) && is_said(b.kind) && one.length().max(other.length()) <= 2 => -1.5,
        (1 | 2, true) => -0.5,
        (1, false) => -1.5,
        (3..=5, true) => -2.0,
        _ => NEVER,
    };
    Some((weight, gap, guessed))
}

/// Adds what the figures say; whether two of one unit cannot both be true.
fn figures(a: &Report, b: &Report, parts: &mut Parts) -> bool {
    let mut weight: f64 = 0.0;
    let (mut conflict, mut any) = (false, false);
    let mut why = Vec::new();
    for one in &a.figures {
        for other in b.figures.iter().filter(|other| other.unit == one.unit) {
            if !one.agrees(other) {
                (conflict, any) = (true, true);
                weight -= 0.1;
                if parts.told {
                    why.push(format!("{} {} and {}", one.unit, one.text(), other.text()));
                }
            } else if one.value.or(one.low) == other.value.or(other.low) {
                weight += match one.value.or(one.low).unwrap_or(0.0) {
                    number if number < 3.0 => 0.2,
                    number if number < 10.0 => 0.8,
                    _ => 1.5,
                };
                any = true;
                if parts.told {
                    why.push(format!("{} {}", one.unit, one.text()));
                }
            }
        }
    }
    if any {
        parts.add("figures", weight.clamp(-0.3, MOST), || why.join("; "));
    }
    conflict
}

/// Names and numbers of the sentences, without the parties and places that are held against each other by themselves.
fn names(a: Sketched<'_>, b: Sketched<'_>, parts: &mut Parts) {
    let (own_a, own_b) = (&a.sketch.own, &b.sketch.own);
    let (a, b) = (a.report, b.report);
    if a.marks.is_empty() || b.marks.is_empty() {
        return;
    }
    let counts = |mark: &&u64| !(Mark::Place.is(**mark) || own_a.contains(*mark) && own_b.contains(*mark));
    let few = a.marks.iter().filter(counts).count().min(b.marks.iter().filter(counts).count());
    if few == 0 {
        return;
    }
    let (mut same, mut worth) = (0, 0.0);
    for mark in a.marks.iter().filter(counts).filter(|mark| b.marks.contains(mark)) {
        same += 1;
        worth += if Mark::State.is(*mark) { 0.4 } else { 0.7 };
    }
    let weight = match same {
        0 if few >= 2 => -0.1,
        0 => 0.0,
        _ => f64::min(worth, MOST),
    };
    parts.add("names", weight, || format!("{same} of {few} other names and numbers"));
}

/// The words of two sentences of one language; of two languages, what their tables and borrowed words have in common.
fn words(a: &Report, b: &Report, parts: &mut Parts) {
    let is_one = a.language == b.language;
    let (one, other) = if is_one { (&a.words, &b.words) } else { (&a.concepts, &b.concepts) };
    let few = one.len().min(other.len());
    if few < 3 {
        return;
    }
    let same = shared(one, other);
    let share = same as f64 / few as f64;
    let full = |weight: f64| if weight > 0.0 { weight * (few as f64 / FULL).min(1.0) } else { weight };
    if is_one {
        parts.add("words", full(((share - 0.2) * 5.0).clamp(-0.8, MOST)), || format!("{same} of {few} words"));
    } else {
        parts.add("words", full(((share - 0.06) * 5.0).clamp(-0.4, 1.5)), || {
            format!("{same} of {few} words known to both languages")
        });
    }
}

/// How many values two sorted lists share.
pub(crate) fn shared(one: &[u64], other: &[u64]) -> usize {
    let (mut i, mut j, mut count) = (0, 0, 0);
    while i < one.len() && j < other.len() {
        match one[i].cmp(&other[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                count += 1;
                i += 1;
                j += 1;
            }
        }
    }
    count
}
