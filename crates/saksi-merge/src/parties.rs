//! How far the parties of two reports are the same.

use crate::hash;
use crate::identity::SOME;
use crate::report::Party;
use saksi_record::ActorKind;

/// What speaks for two parties being one, as the log of how much likelier it makes that two reports are of one event.
/// Set by hand, in steps of a half, on the stories in `tests/stories` whose names sort at odd places.
mod weight {
    /// One named person or body.
    pub(super) const NAMED: f64 = 2.5;
    /// Names of which one is part of the other: a surname alone.
    pub(super) const PART: f64 = 2.0;
    /// One state.
    pub(super) const STATE: f64 = 1.5;
    /// One office, or body that a state has one of.
    pub(super) const OFFICE: f64 = 1.5;
    /// People of one sector of one state, unnamed.
    pub(super) const SECTOR: f64 = 1.0;
    /// A person or body, and the state it acts for.
    pub(super) const FOR_STATE: f64 = 0.8;
    /// People of two sectors of one state that one text or another may take for each other.
    pub(super) const SIDE: f64 = 0.6;
    /// People of one state who do not stand together.
    pub(super) const OTHER_SIDE: f64 = -0.7;
    /// People in arms without a name or state, and others in arms against a state.
    pub(super) const REBELS: f64 = 0.5;
    /// Two of one state.
    pub(super) const COUNTRY: f64 = 0.3;
    /// Two named people of one state.
    pub(super) const OTHER_PERSON: f64 = -3.0;
    /// Two named bodies of one state.
    pub(super) const OTHER_BODY: f64 = -1.5;
    /// People without a name of two states.
    pub(super) const OTHER_PEOPLE: f64 = -0.9;
    /// People without a name, office or arms, of two states: of which they are is often guessed from the text.
    pub(super) const OTHER_CIVILIANS: f64 = -0.3;
    /// Two states.
    pub(super) const OTHER_STATE: f64 = -4.0;
}

/// At or below this a party is another.
pub(crate) const OTHER: f64 = -1.0;

/// What a party is compared by, worked out once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Side {
    key: u64,
    /// A hash; 0 where no country is known.
    pub(crate) country: u64,
    /// A hash; 0 where no sector is known.
    sector: u64,
    /// Known by a role alone.
    some: bool,
    is_state: bool,
    kind: ActorKind,
    is_named: bool,
    /// Whether it acts in the name of its state.
    for_state: bool,
    stands: u8,
    /// A bit for each word of its name.
    words: u64,
}

impl Side {
    pub(crate) fn of(party: &Party) -> Self {
        Self {
            key: hash::of(&[&party.key]),
            country: party.country.as_deref().map_or(0, |country| hash::of(&[country]) | 1),
            sector: party.sector.as_deref().map_or(0, |sector| hash::of(&[sector]) | 1),
            some: party.key.starts_with(SOME),
            is_state: party.kind == ActorKind::State,
            kind: party.kind,
            is_named: is_named(party),
            for_state: acts_for_state(party),
            stands: side(party.sector.as_deref().unwrap_or_default()),
            words: party.folded.split(' ').fold(0, |bits, word| bits | 1 << (hash::of(&[word]) % 64)),
        }
    }

    /// People without a name or office who attack are in arms: "a family set off bombs".
    pub(crate) fn take_arms(&mut self) {
        if self.some && self.stands == CIVIL {
            self.stands = ARMED;
        }
    }

    /// Whether it is known which one it is: by name, or as a state.
    pub(crate) fn is_known(self) -> bool {
        self.is_state || self.is_named
    }
}

/// Parties of a report, each with its side.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Group<'r> {
    pub(crate) parties: [&'r [Party]; 2],
    pub(crate) sides: &'r [Side],
}

type Member<'r> = (&'r Party, Side);

impl<'r> Group<'r> {
    pub(crate) fn len(self) -> usize {
        self.sides.len()
    }

    pub(crate) fn iter(self) -> impl Iterator<Item = Member<'r>> + Clone {
        self.parties[0].iter().chain(self.parties[1]).zip(self.sides.iter().copied())
    }
}

/// How far two parties are the same, and in a word why.
pub(crate) fn compare((one, first): Member<'_>, (other, second): Member<'_>) -> (f64, &'static str) {
    if first.key == second.key && !first.some {
        return if first.is_state {
            (weight::STATE, "the same state")
        } else if first.is_named {
            (weight::NAMED, "the same name")
        } else {
            (weight::OFFICE, "the same office")
        };
    }
    let both_known = first.country != 0 && second.country != 0;
    if both_known && first.country != second.country {
        let weight = match (
            first.some || second.some,
            first.some && second.some && [first.stands, second.stands] == [CIVIL, CIVIL],
        ) {
            (_, true) => weight::OTHER_CIVILIANS,
            (true, _) => weight::OTHER_PEOPLE,
            _ => weight::OTHER_STATE,
        };
        return (weight, "another state");
    }
    if first.is_named && second.is_named {
        // Most names have no word in common, which the bits tell.
        let common = first.words & second.words;
        return if [first.words, second.words].contains(&common) && is_part(&one.folded, &other.folded) {
            (weight::PART, "part of the same name")
        } else if first.kind == ActorKind::Person && second.kind == ActorKind::Person {
            (weight::OTHER_PERSON, "another person")
        } else if !both_known {
            (weight::OTHER_BODY, "another body")
        } else if first.kind == second.kind {
            (weight::OTHER_BODY, "another body of the same state")
        } else {
            (weight::COUNTRY, "of the same state")
        };
    }
    if !both_known {
        // gunmen, and the group that a report names
        let rebels = [first.stands, second.stands] == [ARMED, ARMED] && (first.some || second.some);
        return if rebels { (weight::REBELS, "may be of one armed group") } else { (0.0, "not known") };
    }
    let sectors = first.sector != 0 && second.sector != 0;
    match (sectors, [first.is_state, second.is_state]) {
        (_, [true, false] | [false, true]) if if first.is_state { second.for_state } else { first.for_state } => {
            (weight::FOR_STATE, "acts for the same state")
        }
        (true, [false, false]) if first.sector == second.sector => {
            if !first.some && !second.some {
                (weight::OFFICE, "of the same office")
            } else {
                (weight::SECTOR, "of the same state and sector")
            }
        }
        (true, [false, false]) if first.stands == second.stands => {
            (weight::SIDE, "of the same state, and sectors that are taken for each other")
        }
        (true, [false, false]) => (weight::OTHER_SIDE, "of the same state, on another side"),
        _ => (weight::COUNTRY, "of the same state"),
    }
}

/// Those who hold office or arms for their state.
const STATE_FORCES: u8 = 0;
/// Those who are in arms without one.
const ARMED: u8 = 1;
/// All others.
const CIVIL: u8 = 2;

/// Who stands together within a state: those who hold office or arms for it, those who rise against it, and all others.
fn side(sector: &str) -> u8 {
    match sector {
        "GOV" | "MIL" | "SPY" | "COP" | "JUD" | "LEG" => STATE_FORCES,
        "REB" | "OPP" | "SEP" | "UAF" | "INS" | "CRM" | "RAD" => ARMED,
        _ => CIVIL,
    }
}

/// Whether it is known by a name: neither a state nor somebody known by a role alone.
fn is_named(party: &Party) -> bool {
    party.kind != ActorKind::State && !party.key.starts_with(SOME) && {
        // an office is `PRK:army`
        !party
            .country
            .as_deref()
            .is_some_and(|country| party.key.strip_prefix(country).is_some_and(|rest| rest.starts_with(':')))
    }
}

/// Whether it acts in the name of its state.
fn acts_for_state(party: &Party) -> bool {
    matches!(party.sector.as_deref(), Some("GOV" | "MIL" | "SPY" | "COP" | "JUD" | "LEG") | None)
}

/// Whether all words of the shorter name stand in the longer, the last word of one among them.
fn is_part(one: &str, other: &str) -> bool {
    let (short, long) = if one.split(' ').count() <= other.split(' ').count() { (one, other) } else { (other, one) };
    let stands = |word: &str| word.chars().nth(1).is_some() && long.split(' ').any(|other| other == word);
    !short.is_empty() && short.split(' ').all(stands)
}

/// Whether all of one group are in arms without a state and all of the other bear none: "villagers" are no "rebels".
pub(crate) fn are_civilians_and_rebels(some: Group<'_>, others: Group<'_>) -> bool {
    stand(some, CIVIL) && stand(others, ARMED) || stand(some, ARMED) && stand(others, CIVIL)
}

fn stand(group: Group<'_>, stands: u8) -> bool {
    group.len() > 0 && group.iter().all(|(party, side)| side.stands == stands && party.sector.is_some())
}

/// Whether all of one group are of a state's forces and all of the other in arms without a state: "an unknown gunman" is no
/// "police officer".
pub(crate) fn are_opposed(some: Group<'_>, others: Group<'_>) -> bool {
    stand(some, STATE_FORCES) && stand(others, ARMED) || stand(some, ARMED) && stand(others, STATE_FORCES)
}

/// How far two groups of parties are the same: each of the smaller group with the one of the larger that it is most alike.
/// None where either is empty. The second value is whether all of them are others.
/// The third is why, in words, if that is to be `told`.
pub(crate) fn compare_all(some: Group<'_>, others: Group<'_>, told: bool) -> Option<(f64, bool, String)> {
    let (small, large) = if some.len() <= others.len() { (some, others) } else { (others, some) };
    if small.len() == 0 {
        return None;
    }
    // With as many on either side neither is the smaller: both ways must give the same.
    let forth = one_way(small, large, told);
    let may_differ = small.len() > 1 || small.sides[0].is_named && large.sides[0].is_named;
    let result = if small.len() == large.len() && (told || may_differ) {
        let back = one_way(large, small, told);
        if back.0 < forth.0 { back } else { forth }
    } else {
        forth
    };
    Some(result)
}

fn one_way(small: Group<'_>, large: Group<'_>, told: bool) -> (f64, bool, String) {
    let mut matches: Vec<(f64, &str, &str, &str)> = Vec::new();
    let best =
        |one: Member<'_>| large.iter().map(|other| compare(one, other).0).max_by(f64::total_cmp).unwrap_or_default();
    if told {
        matches.extend(small.iter().map(|one| {
            large
                .iter()
                .map(|other| {
                    let (score, why) = compare(one, other);
                    (score, why, one.0.key.as_str(), other.0.key.as_str())
                })
                .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.3.cmp(a.3)))
                .unwrap_or((0.0, "", "", ""))
        }));
        matches.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.2.cmp(b.2)).then_with(|| a.3.cmp(b.3)));
    } else if let (1, Some(one)) = (small.len(), small.iter().next()) {
        let score = best(one);
        return (score, score <= OTHER, String::new());
    } else {
        matches.extend(small.iter().map(|one| (best(one), "", "", "")));
        matches.sort_by(|a, b| b.0.total_cmp(&a.0));
    }
    let mut total = 0.0;
    let mut all_others = true;
    let mut why: Vec<String> = Vec::new();
    for (place, (score, reason, one, other)) in matches.into_iter().enumerate() {
        // A second and third say less than the first: they follow from it.
        total += if score > 0.0 { score / (1 + place) as f64 } else { score };
        all_others &= score <= OTHER;
        if !told {
            continue;
        }
        let (first, second) = if one <= other { (one, other) } else { (other, one) };
        why.push(format!("{first} and {second}: {reason}"));
    }
    (total, all_others, why.join("; "))
}
