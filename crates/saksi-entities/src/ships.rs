//! Names of ships, and names of bodies that the gazetteers know only in part.

use crate::atoms::fold;
use crate::chunk::{Chunk, Hit, What};
use crate::cluster::Document;
use crate::gazetteer::Entry;
use crate::lexicon::Rules;
use saksi_tree::{NameKind, RegionKind, Sentence, Upos};

/// How many words a ship's name may have behind its prefix.
const SHIP: usize = 3;

/// How many words may stand between a state and its ship: "Vietnamese-flagged deep-sea trawler".
const BETWEEN: usize = 5;

impl Rules {
    /// Makes one name of a ship: "USS Abraham Lincoln", "KRI Nanggala".
    pub(crate) fn ships(&self, sentence: &Sentence, hits: &mut Vec<Hit>) {
        let tokens = &sentence.tokens;
        for first in 0..tokens.len() {
            let Some(&state) = self.ships.get(&tokens[first].form) else { continue };
            let named = |at: usize| {
                tokens.get(at).is_some_and(|token| {
                    token.upos != Upos::Punct && token.form.starts_with(|c: char| c.is_uppercase() || c.is_numeric())
                })
            };
            let most = if sentence.kind == RegionKind::Title { 1 } else { SHIP };
            let last = (first + 1..=first + most).take_while(|&at| named(at)).last();
            let taken = hits.iter().any(|hit| hit.first <= first && first <= hit.last && hit.last > first);
            if let Some(last) = last.filter(|_| !taken) {
                put(sentence, hits, (first, last), Some(state));
            }
        }
    }

    /// Makes one name of a run of capitals with a word for a body: "Front Sahel Merdeka", "Peoples Democratic Party".
    pub(crate) fn runs(&self, sentence: &Sentence, hits: &mut Vec<Hit>) {
        let tokens = &sentence.tokens;
        if sentence.kind == RegionKind::Title {
            return;
        }
        let capital = |at: usize| tokens[at].form.starts_with(char::is_uppercase) && tokens[at].upos != Upos::Punct;
        let mut at = 0;
        while at < tokens.len() {
            let mut first = at;
            at += 1;
            if !capital(first) {
                continue;
            }
            while at < tokens.len() && capital(at) {
                at += 1;
            }
            let mut last = at - 1;
            let body = |at: usize| self.small.organization_words.contains(&fold(&tokens[at].form));
            if self.settings.modifiers_before {
                let Some(end) = (first + 1..=last).rev().find(|&at| body(at)) else { continue };
                last = end;
                // a capital that only opens the sentence
                if first == 0 && !matches!(tokens[0].upos, Upos::Propn) && tokens[0].name.is_none() {
                    first = 1;
                }
            } else {
                let Some(start) = (first..last).find(|&at| body(at)) else { continue };
                first = start;
            }
            self.run(sentence, hits, first, last);
        }
    }

    fn run(&self, sentence: &Sentence, hits: &mut Vec<Hit>, first: usize, last: usize) {
        let tokens = &sentence.tokens;
        if first >= last {
            return;
        }
        let inside = |hit: &Hit| first <= hit.first && hit.last <= last;
        let crosses = hits.iter().any(|hit| !inside(hit) && hit.first <= last && first <= hit.last);
        let within: Vec<&Hit> = hits.iter().filter(|hit| inside(hit)).collect();
        let open = |token: usize| !within.iter().any(|hit| hit.first <= token && token <= hit.last);
        // "Peoples" before "Democratic Party"
        let party = |hit: &Hit| {
            self.settings.modifiers_before
                && hit.last == last
                && hit.first > first
                && open(hit.first - 1)
                && matches!(hit.what, What::Known(Entry::Organization(index)) if self.organizations[index as usize].kind == "party")
        };
        let known = within.iter().any(|hit| match hit.what {
            What::Known(Entry::Person(_)) => true,
            What::Known(Entry::Organization(_)) => !party(hit),
            // "Teachers Union", but not "Minister … Council"
            What::Known(Entry::Nominal(index, plural)) => {
                let leads = !self.settings.modifiers_before && hit.first == first;
                !plural && !leads && self.nominals[index as usize].kind == crate::gazetteer::NominalKind::Person
            }
            _ => false,
        });
        // a weekday has a capital too
        let short = tokens.get(last + 1).is_some_and(|token| token.form == "(")
            && tokens
                .get(last + 2)
                .is_some_and(|token| token.form.chars().count() > 1 && token.form.chars().all(char::is_uppercase));
        let named = |token: usize| self.settings.modifiers_before || short || tokens[token].name.is_some();
        let unknown = (first..=last).any(|token| open(token) && named(token) && tokens[token].form.chars().count() > 2);
        // a noun for a body with its state is no name of its own
        let alone =
            within.iter().all(|hit| !matches!(hit.what, What::Known(Entry::Demonym(..)))) || party_ends(&within, last);
        if within.is_empty() || crosses || known || !unknown || !alone {
            return;
        }
        let state = self.state_within(&within);
        put(sentence, hits, (first, last), state);
    }

    /// The state that one of the hits inside a name tells of.
    pub(crate) fn state_within(&self, within: &[&Hit]) -> Option<u16> {
        within.iter().find_map(|hit| match hit.what {
            What::Known(Entry::State(state) | Entry::Demonym(state, _) | Entry::Capital(state)) => Some(state),
            What::Known(Entry::Place(index)) => self.places[index as usize].country,
            _ => None,
        })
    }
}

impl Document<'_> {
    /// Notes whose the ship or aircraft is that a phrase with a state names: "two Vietnamese fishing boats".
    pub(crate) fn note_vessel(&mut self, index: u32, sentence: &Sentence, chunk: &Chunk) {
        let vessels = &self.rules.settings.vessels;
        let is_vessel = |at: usize| vessels.iter().any(|vessel| *vessel == sentence.tokens[at].lower());
        let thin = |at: &usize| {
            let token = &sentence.tokens[*at];
            matches!(token.upos, Upos::Noun | Upos::Adj | Upos::Propn | Upos::Verb | Upos::Num)
                || matches!(token.form.as_str(), "-" | "–")
        };
        let stated = chunk.name.iter().chain(&chunk.modifiers).find_map(|hit| {
            let state = hit.state_named()?;
            let sails = if self.rules.settings.modifiers_before {
                (hit.last + 1..sentence.tokens.len()).take(BETWEEN).take_while(thin).any(is_vessel)
            } else {
                (0..hit.first).rev().take(BETWEEN).take_while(thin).any(is_vessel)
            };
            sails.then_some(state)
        });
        if let Some(state) = stated {
            self.vessel = Some((state, index));
        }
    }

    /// The state of the ship or aircraft that the sentence at hand or the one before it has named.
    pub(crate) fn aboard(&self, index: u32) -> Option<u16> {
        self.vessel.filter(|&(_, named)| named + 1 >= index).map(|(state, _)| state)
    }
}

/// Puts the name of a body in the place of the hits inside it.
pub(crate) fn put(sentence: &Sentence, hits: &mut Vec<Hit>, (first, last): (usize, usize), state: Option<u16>) {
    let words = sentence.tokens[first..=last].iter().map(|token| fold(&token.form)).collect();
    hits.retain(|hit| hit.last < first || last < hit.first);
    hits.push(Hit {
        first,
        last,
        what: What::Name(NameKind::Organization),
        origin: None,
        words,
        state,
        hyphened: false,
    });
    hits.sort_by_key(|hit| hit.first);
}

fn party_ends(within: &[&Hit], last: usize) -> bool {
    within.iter().any(|hit| hit.last == last && matches!(hit.what, What::Known(Entry::Organization(_))))
}
