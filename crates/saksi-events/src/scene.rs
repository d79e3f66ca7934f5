//! Where an act takes place, read off the tree.

use crate::arguments::Roles;
use saksi_entities::{Mention, Role};
use saksi_record::EventType;
use saksi_tree::Upos;

/// Words between a preposition and the place that it leads to, at most: "in the port city of Hodeidah".
const LED: usize = 6;

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
        if found.is_empty() {
            found.extend(self.place_behind(own));
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

    /// Whether whoever does such an act is where it is done: "a court in Tunis sentenced", but "the minister in Geneva praised".
    fn is_done_where(&self) -> bool {
        use EventType as T;
        matches!(self.frame.kind, T::Assault | T::Coerce | T::Protest | T::Retreat)
            || self.frame.kind == T::Sanction && matches!(self.frame.mode.as_deref(), Some("convict"))
    }

    /// The place that stands next behind the act with no other act between, wherever the parser hung it: "killed two members of an
    /// armed group in the district of Sinak".
    fn place_behind(&self, own: &[usize]) -> Option<(u32, String)> {
        use EventType as T;
        let tokens = &self.sentence.tokens;
        let kind = self.frame.kind;
        if !(self.is_done_where() || matches!(kind, T::Consult | T::Aid | T::Cooperate | T::Mobilize)) {
            return None;
        }
        let (&last, &at) = (own.iter().max()?, own.first()?);
        let here = self.article.entities.in_sentence(self.index);
        let next = here.iter().filter(|mention| mention.first as usize > last && mention.place.is_some());
        let (prep, mention) = next.filter(|mention| mention.role == Role::Place).find_map(|mention| {
            let prep = self.led_by(mention).filter(|&prep| prep > last)?;
            Some((prep, mention))
        })?;
        let joined = |verb: usize| {
            // "killed 12 people and wounded 30 in Homs", "talks … took place in Doha"
            let mut up = verb;
            while let Some(head) = tokens[up].head.filter(|_| tokens[up].relation() == "conj") {
                up = head as usize;
            }
            own.contains(&up) || self.sentence.ancestors(at).any(|above| above == verb)
        };
        let passes = |between: usize| {
            let token = &tokens[between];
            match token.upos {
                Upos::Verb | Upos::Aux => {
                    self.article.entities.names_actor(self.index, between)
                        || joined(between)
                        || self.rules.grammar.includes.iter().any(|word| *word == token.lower())
                }
                Upos::Punct => token.form == "," || token.form == "-",
                Upos::Sconj => false,
                _ => true,
            }
        };
        let said = self.article.said.iter().any(|said| {
            said.sentence as usize == self.index
                && said.cue.is_some_and(|cue| (last..prep).contains(&(cue as usize)) && !own.contains(&(cue as usize)))
        });
        (!said && (last + 1..prep).all(passes)).then(|| Some((mention.place?, mention.why.clone()))).flatten()
    }

    /// The preposition of place that leads to a place: "in the port city of Hodeidah".
    fn led_by(&self, place: &Mention) -> Option<usize> {
        let tokens = &self.sentence.tokens;
        let first = place.first as usize;
        for at in (first.saturating_sub(LED)..first).rev() {
            if self.rules.grammar.whereabouts.iter().any(|word| *word == tokens[at].lower()) {
                return Some(at);
            }
            let of = self.rules.grammar.of.iter().any(|word| *word == tokens[at].lower());
            if !(of || matches!(tokens[at].upos, Upos::Det | Upos::Adj | Upos::Noun | Upos::Propn)) {
                return None;
            }
        }
        None
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
                    child > at || self.sentence.tokens[child].deprel == "nsubj:pass" || thing() || self.is_done_where()
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
