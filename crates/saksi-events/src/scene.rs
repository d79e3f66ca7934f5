//! Where an act takes place, read off the tree.

use crate::arguments::Roles;
use saksi_entities::Role;
use saksi_tree::Upos;

impl Roles<'_> {
    /// Places named in the act's own clause.
    pub(crate) fn places(&self, own: &[usize], why: &mut Vec<String>) -> Vec<u32> {
        let entities = self.article.entities;
        let mut found: Vec<(u32, String)> = Vec::new();
        for &at in own {
            for child in self.sentence.children(at) {
                let token = &self.sentence.tokens[child];
                if !matches!(token.relation(), "obl" | "nmod" | "obj" | "advmod") && token.deprel != "nsubj:pass" {
                    continue;
                }
                let locative = self.clause.prepositions(child).any(|prep| self.rules.grammar.locative.contains(&prep));
                for token in std::iter::once(child).chain(self.sentence.with(child, "conj")) {
                    let Some(mention) =
                        entities.headed_by(self.index, token).or_else(|| entities.covering(self.index, token))
                    else {
                        continue;
                    };
                    // "in June" read as a place
                    if self.is_time(token) {
                        continue;
                    }
                    let bare = mention.actor.is_none() && self.clause.prepositions(child).next().is_none();
                    if let Some(place) = mention.place
                        && (locative && mention.role == Role::Place || bare)
                        && !found.iter().any(|(known, _)| *known == place)
                    {
                        found.push((place, mention.why.clone()));
                    }
                }
            }
        }
        if found.is_empty() {
            found = self.nested_places(own);
        }
        if let [(only, _)] = found[..]
            && let Some(inner) = self.place_before(only)
        {
            found.insert(0, inner);
        }
        why.extend(found.iter().map(|(_, reason)| format!("place: {reason}")));
        found.into_iter().map(|(place, _)| place).collect()
    }

    /// "over Khan Younis in the Gaza Strip" with the strip alone below the verb: the place right before the preposition lies in it.
    fn place_before(&self, outer: u32) -> Option<(u32, String)> {
        let here = self.article.entities.in_sentence(self.index);
        let outer = here.iter().find(|mention| mention.place == Some(outer))?;
        let locative = |at: usize| {
            let word = self.sentence.tokens[at].form.to_lowercase();
            self.rules.grammar.locative.iter().any(|prep| *prep == word)
        };
        let prep = (0..outer.first as usize).rev().find(|&at| self.sentence.tokens[at].upos != Upos::Det)?;
        let inner = here.iter().find(|mention| mention.last as usize + 1 == prep && locative(prep))?;
        let placed = (inner.first as usize).checked_sub(1).is_some_and(locative);
        let place = inner.place.filter(|_| placed && inner.role == Role::Place)?;
        Some((place, inner.why.clone()))
    }

    /// Places that the parser hung below an argument: "met his counterpart in Alexandria".
    fn nested_places(&self, own: &[usize]) -> Vec<(u32, String)> {
        let arguments = own.iter().flat_map(|&at| {
            self.sentence
                .children(at)
                .filter(|&child| matches!(self.sentence.tokens[child].relation(), "obj" | "obl" | "nsubj"))
                .filter(move |&child| {
                    // "a blast in Peshawar killed three", but "the minister in Geneva said"
                    let thing = || {
                        self.article.entities.headed_by(self.index, child).is_none()
                            && self.sentence.tokens[child].upos == Upos::Noun
                    };
                    child > at || self.sentence.tokens[child].deprel == "nsubj:pass" || thing()
                })
        });
        let nested = arguments.flat_map(|at| {
            let below = self.sentence.subtree(at).into_iter().filter(move |&below| below > at);
            below.filter(move |&below| {
                self.sentence.tokens[below].relation() == "nmod"
                    && self
                        .sentence
                        .ancestors(below)
                        .take_while(|&up| up != at)
                        .all(|up| self.sentence.tokens[up].upos.is_nominal())
            })
        });
        nested
            .filter(|&below| !self.is_time(below))
            .filter(|&below| self.clause.prepositions(below).any(|prep| self.rules.grammar.locative.contains(&prep)))
            .filter_map(|below| self.article.entities.headed_by(self.index, below))
            .filter(|mention| mention.role == Role::Place)
            .filter_map(|mention| Some((mention.place?, mention.why.clone())))
            .take(1)
            .collect()
    }
}
