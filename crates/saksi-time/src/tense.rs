//! Which way does a clause look: at what has been, or at what is to come?

use crate::classes::Class;
use crate::lex::{Atom, Kind};
use crate::rules::Rules;
use saksi_tree::{RegionKind, Sentence, Upos};

/// Which way a clause looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tense {
    Past,
    Future,
    Unknown,
}

/// How many words may stand before a time for it still to open its clause.
const OPENING: usize = 3;

/// How far before a verb the words that put it in the future may stand: "is expected to be".
const AUXILIARIES: usize = 3;

/// Which way the clause around atoms `from..end` looks: the nearest word before that tells, else, where the time
/// opens its clause, the nearest after.
pub(crate) fn tense(atoms: &[Atom], from: usize, end: usize, sentence: &Sentence, rules: &Rules) -> Tense {
    let clause = &rules.clause;
    let mut words = 0;
    let mut commas: usize = 0;
    // Whether all since the last comma are names, if there was one.
    let mut enclosed = None;
    let mut at = from;
    while at > 0 {
        at -= 1;
        let (future, past) = (clause.future.before(atoms, at + 1), clause.past.before(atoms, at + 1));
        // "rejected their plan on Sunday": a noun right before the time says nothing of when
        let noun = sentence.tokens[sentence.tokens_in(atoms[at].span)].iter().all(|token| token.upos == Upos::Noun);
        if future.is_some_and(|future| future == at) && noun && words == 1 && is_past_before(atoms, at, sentence) {
            words += 1;
            continue;
        }
        // The longer phrase knows better: "had expected" looks back, "expected" ahead.
        if future.is_some_and(|future| past.is_none_or(|past| future <= past)) {
            return Tense::Future;
        }
        if past.is_some() || is_past(atoms, at, sentence) {
            // "will be announced", "akan mengumumkan": the verb's own words come first.
            // "akan membalas, demikian dilaporkan": those before a comma are another's
            let near = (at.saturating_sub(AUXILIARIES)..at).rev().find(|&before| atoms[before].is_mark(','));
            let from = near.map_or(at.saturating_sub(AUXILIARIES), |comma| comma + 2);
            let governed = (from..=at).any(|end| ends_with(&clause.future, atoms, end));
            return if governed { Tense::Future } else { Tense::Past };
        }
        let atom = atoms[at];
        if announces(atom, sentence) {
            return Tense::Future;
        }
        if atom.kind == Kind::Mark {
            // "Kami akan datang", kata dia, Senin: a comma right before the time closes no clause.
            let comma = words > 0 && atom.is_mark(',');
            // "is to meet his colleague, Mohamed Ould Ghazouani, on Saturday": nor do those around a name
            let closes = comma && enclosed.is_some_and(|names: bool| names);
            commas = if closes { commas.saturating_sub(1) } else { commas + usize::from(comma) };
            enclosed = if comma && !closes { Some(true) } else { enclosed.filter(|_| !comma) };
            if is_break(atom) || commas > 1 {
                break;
            }
        } else {
            if ends_with(&clause.breaks, atoms, at + 1) {
                break;
            }
            words += 1;
            let name = sentence.tokens[sentence.tokens_in(atom.span)]
                .iter()
                .all(|token| token.form.starts_with(char::is_uppercase));
            enclosed = enclosed.map(|names| names && name);
        }
    }
    if words > OPENING {
        return Tense::Unknown;
    }
    let mut at = end;
    if atoms.get(at).is_some_and(|next| next.is_mark('\'') && next.glued) {
        return Tense::Unknown; // "Monday's strike will be investigated" says nothing of Monday
    }
    commas = 0;
    while at < atoms.len() {
        if clause.future.at(atoms, at).is_some() {
            return Tense::Future;
        }
        if clause.past.at(atoms, at).is_some() || is_past(atoms, at, sentence) {
            return Tense::Past;
        }
        commas += usize::from(atoms[at].is_mark(','));
        if is_break(atoms[at]) || commas > 1 {
            break;
        }
        at += 1;
    }
    Tense::Unknown
}

/// Whether a finite verb in the past stands a few words before.
fn is_past_before(atoms: &[Atom], at: usize, sentence: &Sentence) -> bool {
    (at.saturating_sub(OPENING)..at).any(|before| is_past(atoms, before, sentence))
}

/// "Nurses to walk out on Monday": whether the word is the infinitive by which a headline without another verb before it says
/// what is to come.
fn announces(atom: Atom, sentence: &Sentence) -> bool {
    let verb = sentence.tokens_in(atom.span).start;
    let Some(token) = sentence.tokens.get(verb).filter(|_| sentence.kind == RegionKind::Title) else { return false };
    let infinitive = token.upos == Upos::Verb && token.feat("VerbForm") == Some("Inf");
    let marked = verb > 1 && sentence.tokens[verb - 1].upos == Upos::Part;
    atom.kind == Kind::Word
        && infinitive
        && marked
        && sentence.tokens[..verb - 1].iter().all(|before| !matches!(before.upos, Upos::Verb | Upos::Aux))
}

fn ends_with(class: &Class, atoms: &[Atom], end: usize) -> bool {
    class.before(atoms, end).is_some()
}

fn is_break(atom: Atom) -> bool {
    ['.', ';', ':', '"', '“', '”', '—', '!', '?', '(', ')'].iter().any(|&mark| atom.is_mark(mark))
}

/// Whether the analysis calls the word a finite verb in the past.
fn is_past(atoms: &[Atom], at: usize, sentence: &Sentence) -> bool {
    let atom = atoms[at];
    atom.kind == Kind::Word
        && sentence.tokens[sentence.tokens_in(atom.span)]
            .iter()
            .any(|token| token.feat("Tense") == Some("Past") && token.feat("VerbForm") == Some("Fin"))
}
