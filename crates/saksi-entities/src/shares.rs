//! What a list shares: one role noun for several states or names.

use crate::atoms::fold;
use crate::chunk::{Chunk, Hit, What};
use crate::gazetteer::{Entry, NominalKind, Pair};
use crate::lexicon::Rules;
use saksi_tree::{NameKind, Sentence, Upos};

impl Rules {
    /// "Foreign ministers A and B": the second name has the title of the first.
    pub(crate) fn share_title(&self, sentence: &Sentence, chunk: &mut Chunk, before: Option<&Chunk>) {
        let Some(before) = before else { return };
        let person = |index: u16| self.nominals[index as usize].kind == NominalKind::Person;
        let Some((index, true)) = before.nominal.filter(|&(index, _)| person(index)) else { return };
        let joins = |at: usize| {
            let token = &sentence.tokens[at];
            token.form == "," || self.small.conjunctions.contains(&fold(&token.form))
        };
        let listed = before.last < chunk.first && (before.last + 1..chunk.first).all(joins);
        let names = |chunk: &Chunk| chunk.name.as_ref().is_some_and(Hit::is_person);
        if listed && chunk.first - before.last <= 3 && chunk.nominal.is_none() && names(chunk) && names(before) {
            chunk.nominal = Some((index, true));
            chunk.plural = true;
            chunk.modifiers.clone_from(&before.modifiers);
        }
    }

    /// "Foreign Minister Andris Kalnins of Latvia": the state behind the name of somebody with a title.
    pub(crate) fn of_state(&self, sentence: &Sentence, hits: &[Hit], next: &mut usize, chunk: &mut Chunk) {
        let titled = chunk.nominal.is_some() && chunk.name.as_ref().is_some_and(Hit::is_person);
        let Some(hit) = hits.get(*next).filter(|hit| titled && hit.first == chunk.last + 2) else { return };
        let own = self.settings.modifiers_before
            && sentence.tokens[chunk.last + 1].relation() == "case"
            && self.settings.belonging.iter().any(|word| *word == sentence.tokens[chunk.last + 1].lower());
        let state = matches!(hit.what, What::Known(Entry::State(_)));
        // "the vote of Latvia's parliament" is the parliament's
        let ends = sentence.tokens.get(hit.last + 1).is_none_or(|token| token.space_after || token.upos != Upos::Part);
        let plain = chunk.modifiers.iter().all(|hit| hit.state_named().is_none());
        if own && state && ends && plain {
            chunk.modifiers.push(hit.clone());
            chunk.last = hit.last;
            *next += 1;
        }
    }

    /// "45 Russian diplomats and embassy employees": a bare plural behind another has its state.
    pub(crate) fn share_state(&self, sentence: &Sentence, chunk: &mut Chunk, before: Option<&Chunk>) {
        let Some(before) = before.filter(|before| before.last < chunk.first && self.settings.modifiers_before) else {
            return;
        };
        let many = |chunk: &Chunk| {
            chunk.nominal.is_some_and(|(index, plural)| plural || self.nominals[index as usize].many)
                && chunk.name.is_none()
        };
        let ahead = before.modifiers.iter().find(|hit| hit.first < before.last && hit.state_named().is_some());
        let state = ahead.and_then(Hit::state_named).or(before.shared);
        let conjunction = |at: usize| self.small.conjunctions.contains(&fold(&sentence.tokens[at].form));
        let passes = |at: usize| {
            let token = &sentence.tokens[at];
            conjunction(at) || token.form == "," || matches!(token.upos, Upos::Adj | Upos::Det)
        };
        let between = before.last + 1..chunk.first;
        let listed = between.len() <= 3 && between.clone().all(passes);
        let joined = between.clone().next().is_some_and(|at| conjunction(at) || sentence.tokens[at].form == ",");
        let bare = chunk.modifiers.is_empty() && chunk.owner.is_none() && !chunk.definite && before.further.is_empty();
        // a comma alone may end the clause
        let closed = between.clone().any(conjunction)
            || sentence.tokens.get(chunk.last + 1).is_some_and(|next| next.form == "," || conjunction(chunk.last + 1));
        // "three Russian diplomats and a trade attache"
        let one = chunk.indefinite
            && chunk.name.is_none()
            && chunk.nominal.is_some_and(|(index, plural)| !plural && !self.nominals[index as usize].plain);
        if many(before) && (many(chunk) || one) && listed && joined && bare && closed {
            chunk.shared = state;
        }
    }

    /// Finds further states of a plural role noun in a list that its own modifier ends or begins.
    pub(crate) fn share_role(&self, sentence: &Sentence, hits: &[Hit], (at, next): (usize, usize), chunk: &mut Chunk) {
        let body = |index: u16| {
            // "the governments of Oman and Qatar"
            let state = self.nominals[index as usize].kind == NominalKind::State && !chunk.plural;
            !state && self.nominals[index as usize].pair.is_none()
        };
        let shared = chunk.nominal.is_some_and(|(index, plural)| {
            // "kepala penjaga pantai Filipina dan Vietnam" are two, where nouns have no number
            let any = !self.settings.modifiers_before && !chunk.indefinite;
            (plural || any || self.nominals[index as usize].many || chunk.plural) && body(index)
        });
        let state = Hit::state_named;
        let conjunction = |place: usize| {
            sentence.tokens.get(place).is_some_and(|token| self.small.conjunctions.contains(&fold(&token.form)))
        };
        let comma = |place: usize| sentence.tokens.get(place).is_some_and(|token| token.form == ",");
        if !shared || chunk.name.is_some() || chunk.modifiers.iter().filter_map(state).count() != 1 {
            return;
        }
        // behind: "from India, Japan and the Philippines"
        let mut found = Vec::new();
        let (mut last, mut closed) = (chunk.last, false);
        let ends = chunk.modifiers.iter().any(|hit| hit.last == chunk.last && state(hit).is_some());
        for hit in hits[next..].iter().take_while(|_| ends) {
            let Some(other) = state(hit) else { break };
            let mark = (last + 1..hit.first)
                .filter(|&place| !self.small.articles.contains(&fold(&sentence.tokens[place].form)));
            let marks: Vec<usize> = mark.collect();
            let joins =
                marks.len() <= 2 && !marks.is_empty() && marks.iter().all(|&place| comma(place) || conjunction(place));
            let noun = hits.iter().any(|noun| noun.first == hit.last + 1 && noun.nominal().is_some())
                && self.settings.modifiers_before;
            if !joins || closed || noun {
                break;
            }
            closed = marks.iter().any(|&place| conjunction(place));
            found.push(other);
            last = hit.last;
        }
        if closed {
            chunk.further = found;
            chunk.last = last;
            return;
        }
        // before: "Thai and Cambodian troops"
        if self.settings.modifiers_before
            && chunk.first == hits[at].first
            && at > 0
            && conjunction(chunk.first.wrapping_sub(1))
            && hits[at - 1].last + 2 == chunk.first
            && let Some(other) = state(&hits[at - 1])
        {
            chunk.further = vec![other];
        }
    }

    /// "The presidents of Russia, Iran and Turkey, A, B and C", "the two ministers, A and B": the phrases of the names, each with
    /// the office, in the state at its place where the list names one for each.
    pub(crate) fn share_names(&self, sentence: &Sentence, hits: &[Hit], next: usize, chunk: &mut Chunk) -> Vec<Chunk> {
        let person = |&(index, _): &(u16, bool)| self.nominals[index as usize].kind == NominalKind::Person;
        let Some((index, _)) = chunk.nominal.filter(person) else { return Vec::new() };
        let inside = hits.iter().filter(|hit| chunk.first <= hit.first && hit.last <= chunk.last);
        let states: Vec<u16> = inside.filter_map(Hit::state_named).collect();
        let several = !chunk.further.is_empty() && states.len() == chunk.further.len() + 1;
        let two = chunk.two || self.nominals[index as usize].pair.is_some_and(|pair| pair == Pair::People);
        if chunk.name.is_some() || !(several || two && states.len() < 2) {
            return Vec::new();
        }
        let comma = |at: usize| sentence.tokens.get(at).is_some_and(|token| token.form == ",");
        let joins = |at: usize| comma(at) || self.small.conjunctions.contains(&fold(&sentence.tokens[at].form));
        if !comma(chunk.last + 1) {
            return Vec::new();
        }
        let mut names: Vec<&Hit> = Vec::new();
        let mut last = chunk.last;
        for hit in hits[next..].iter().skip_while(|hit| hit.last <= chunk.last) {
            let between = last + 1..hit.first;
            if !hit.is_person() || between.is_empty() || between.len() > 2 || !between.into_iter().all(joins) {
                break;
            }
            names.push(hit);
            last = hit.last;
        }
        let as_many = names.len() == if several { states.len() } else { 2 };
        if !as_many {
            return Vec::new();
        }
        chunk.holders = names.iter().map(|name| name.first).collect();
        let holder = |(place, name): (usize, &&Hit)| {
            let mut name = (*name).clone();
            name.state = if several { Some(states[place]) } else { states.first().copied().or(name.state) };
            if matches!(name.what, What::Name(_)) {
                name.what = What::Name(NameKind::Person);
            }
            Chunk {
                first: name.first,
                last: name.last,
                nominal: Some((index, false)),
                definite: true,
                origin: name.origin,
                name: Some(name),
                ..Chunk::default()
            }
        };
        names.iter().enumerate().map(holder).collect()
    }
}
