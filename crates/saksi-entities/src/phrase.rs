//! What a noun phrase takes in behind its head: owners, appositions, abbreviations in brackets.

use crate::atoms::fold;
use crate::chunk::{Chunk, Hit, What};
use crate::gazetteer::{Entry, NominalKind};
use crate::lexicon::Rules;
use saksi_tree::{Sentence, Upos};

impl Rules {
    /// Takes in "of Iran", "dari Korea Utara" behind a role noun.
    pub(crate) fn link(&self, sentence: &Sentence, hits: &[Hit], next: usize, chunk: &mut Chunk) -> usize {
        let mut next = next;
        for _ in 0..2 {
            // "of the Rwanda-backed M23": the adjective says nothing of whose it is
            if hits.get(next).is_some_and(|hit| hit.hyphened) {
                next += 1;
            }
            let Some(hit) = hits.get(next) else { break };
            let Some(link) = sentence.tokens.get(chunk.last + 1) else { break };
            let between = chunk.last + 2..hit.first;
            let only_articles = between.clone().all(|at| {
                let word = fold(&sentence.tokens[at].form);
                self.small.articles.contains(&word) || sentence.tokens[at].upos == Upos::Adj
            });
            let skipped = next > 0 && hits[next - 1].hyphened && hits[next - 1].first > chunk.last;
            if hit.first <= chunk.last + 1
                || !skipped && (between.len() > 2 || !only_articles)
                || between.len() > 6
                || !self.small.links.contains(&fold(&link.form))
            {
                break;
            }
            if !(hit.is_modifier() || hit.nominal().is_some()) {
                break;
            }
            // "warganya dari Sudan" are fetched from there
            let counterpart = chunk.nominal.is_some_and(|(index, _)| self.nominals[index as usize].counterpart);
            if chunk.owner.is_some() && !counterpart && self.small.origin.contains(&fold(&link.form)) {
                break;
            }
            if self.small.directions.contains(&fold(&link.form)) {
                if chunk.plural || hit.nominal().is_some() {
                    break;
                }
                chunk.beyond.push(hit.clone());
            } else {
                chunk.modifiers.push(hit.clone());
            }
            chunk.last = hit.last;
            next += 1;
            // "members of the Gran Grif gang": the noun for what the body is
            let body = matches!(hit.what, What::Known(Entry::Organization(_)) | What::Name(_));
            if let Some(kind) = hits.get(next).filter(|kind| kind.first == chunk.last + 1)
                && kind.nominal().is_some_and(|(index, plural)| {
                    !plural
                        && matches!(self.nominals[index as usize].kind, NominalKind::Group | NominalKind::Organization)
                })
                && self.settings.modifiers_before
                && body
            {
                chunk.last = kind.last;
                next += 1;
            }
            // "of the Mexican city of Uruapan"
            if sentence
                .tokens
                .get(chunk.last + 1)
                .is_some_and(|token| self.small.place_words.contains(&fold(&token.form)))
            {
                chunk.last += 1;
            }
            // "head of Ecuador's police"
            if let Some(body) = hits.get(next).filter(|body| body.nominal().is_some() && body.first == chunk.last + 2)
                && sentence.tokens.get(chunk.last + 1).is_some_and(|token| {
                    self.settings.genitive.iter().any(|mark| *mark == token.form.to_lowercase().replace('’', "'"))
                })
            {
                chunk.last = body.last;
                next += 1;
            }
            chunk.title = chunk.title.map(|(first, _)| (first, chunk.last));
        }
        next
    }

    /// "A group calling itself Cyber Grodno", "a collective known as Generation Z".
    pub(crate) fn calls_itself(&self, sentence: &Sentence, hits: &[Hit], next: usize, chunk: &mut Chunk) -> usize {
        let body = chunk.nominal.is_some_and(|(index, plural)| {
            !plural && matches!(self.nominals[index as usize].kind, NominalKind::Group | NominalKind::Organization)
        });
        if !body || chunk.name.is_some() {
            return next;
        }
        let word = |at: usize| sentence.tokens.get(at).map(|token| fold(&token.form));
        let calls = |phrase: &String| {
            let words = phrase.split(' ').enumerate();
            words
                .clone()
                .all(|(at, part)| word(chunk.last + 1 + at).is_some_and(|word| word == part))
                .then(|| words.count())
        };
        let Some(length) = self.settings.calling.iter().filter_map(calls).max() else { return next };
        let first = chunk.last + 1 + length;
        let capital = |at: &usize| {
            sentence
                .tokens
                .get(*at)
                .is_some_and(|token| token.upos != Upos::Punct && token.form.starts_with(char::is_uppercase))
        };
        let Some(last) = (first..sentence.tokens.len()).take_while(capital).last() else { return next };
        let inside = |hit: &&Hit| hit.first >= first && hit.last <= last;
        let known = hits[next.min(hits.len())..].iter().find(|hit| (hit.first, hit.last) == (first, last));
        chunk.name =
            Some(known.filter(|hit| matches!(hit.what, What::Known(Entry::Organization(_)))).cloned().unwrap_or_else(
                || Hit {
                    first,
                    last,
                    what: What::Name(saksi_tree::NameKind::Organization),
                    origin: None,
                    words: sentence.tokens[first..=last].iter().map(|token| fold(&token.form)).collect(),
                    state: None,
                    hyphened: false,
                },
            ));
        chunk.last = last;
        next + hits[next.min(hits.len())..].iter().take_while(inside).count()
    }

    /// Takes in a name or a role noun set off by commas.
    pub(crate) fn apposition(&self, sentence: &Sentence, hits: &[Hit], next: usize, chunk: &mut Chunk) -> usize {
        let comma = |at: usize| sentence.tokens.get(at).is_some_and(|token| token.form == ",");
        let closes = |at: usize| sentence.tokens.get(at).is_none_or(|token| token.upos == Upos::Punct);
        if !comma(chunk.last + 1) {
            return self.apposed_behind_place(sentence, hits, next, chunk);
        }
        let Some(hit) = hits.get(next) else { return next };
        let person = chunk
            .nominal
            .is_some_and(|(index, plural)| self.nominals[index as usize].kind == NominalKind::Person && !plural);
        // "its leader, Palesa Mokhethi, said", whatever the tag
        let called = hit.is_person()
            || matches!(hit.what, What::Name(_))
                && hit.words.len() > 1
                && !hit.words.iter().any(|word| self.small.organization_words.contains(word));
        if person && chunk.name.is_none() && called && hit.first == chunk.last + 2 && closes(hit.last + 1) {
            let mut name = hit.clone();
            if matches!(name.what, What::Name(_)) {
                name.what = What::Name(saksi_tree::NameKind::Person);
            }
            chunk.name = Some(name);
            chunk.last = hit.last;
            return next + 1;
        }
        // "mantan Bupati Teluk Amar, Rudi Hartawan,": the first name is that of the land
        let of_land = chunk.nominal.is_some_and(|(index, plural)| {
            !plural && matches!(self.nominals[index as usize].role.as_str(), "mayor" | "governor")
        });
        let unknown = |hit: &Hit| matches!(hit.what, What::Name(_));
        if of_land
            && chunk.name.as_ref().is_some_and(unknown)
            && unknown(hit)
            && hit.is_person()
            && hit.words.len() > 1
            && hit.first == chunk.last + 2
            && closes(hit.last + 1)
            && sentence.tokens.get(hit.last + 2).is_none_or(|token| token.upos != Upos::Cconj)
        {
            chunk.name = Some(hit.clone());
            chunk.last = hit.last;
            return next + 1;
        }
        // "Guinea-Bissau's army chief, General Horta N'Tam,"
        if person && chunk.name.is_none() && hit.first == chunk.last + 2 && hit.nominal().is_some() {
            let (inner, after) = self.chunk(sentence, hits, next);
            let holds = inner
                .nominal
                .is_some_and(|(index, plural)| self.nominals[index as usize].kind == NominalKind::Person && !plural);
            if holds
                && inner.first == chunk.last + 2
                && inner.name.as_ref().is_some_and(Hit::is_person)
                && closes(inner.last + 1)
            {
                chunk.name = inner.name;
                chunk.modifiers.extend(inner.modifiers);
                chunk.last = inner.last;
                return after;
            }
        }
        // "its Israeli partner, Navitas,": the company that the relation tells of
        let relative = chunk.nominal.is_some_and(|(index, plural)| self.nominals[index as usize].other && !plural)
            && chunk.owner.is_some()
            && chunk.modifiers.iter().any(|hit| matches!(hit.what, What::Known(Entry::Demonym(..))));
        // "Keller's organisation, Sea Bridge,", "her party, Forward Chad,"
        let owned = chunk.nominal.is_some_and(|(index, plural)| {
            let nominal = &self.nominals[index as usize];
            !plural && matches!(nominal.kind, NominalKind::Organization | NominalKind::Group) && !nominal.thing
        }) && (chunk.owner.is_some()
            || chunk.modifiers.iter().any(|hit| hit.is_person() && hit.last < chunk.last));
        let relative = relative || owned && !hit.is_person();
        let company = matches!(hit.what, What::Name(_) | What::Known(Entry::Organization(_)));
        if relative && company && chunk.name.is_none() && hit.first == chunk.last + 2 && closes(hit.last + 1) {
            let mut name = hit.clone();
            if matches!(name.what, What::Name(_)) && !hit.is_person() {
                name.what = What::Name(saksi_tree::NameKind::Organization);
            }
            chunk.name = Some(name);
            chunk.last = hit.last;
            return next + 1;
        }
        // "China, sekutu utama Pyongyang, mendesak": what a state is to another is no second party
        let state = chunk.nominal.is_none()
            && chunk.modifiers.is_empty()
            && chunk
                .name
                .as_ref()
                .is_some_and(|name| matches!(name.what, What::Known(Entry::State(_) | Entry::Capital(_))));
        if state && hit.first <= chunk.last + 6 {
            let (inner, after) = self.chunk(sentence, hits, next);
            let relation = inner.nominal.is_some_and(|(index, plural)| self.nominals[index as usize].other && !plural);
            if relation && inner.name.is_none() && inner.first == chunk.last + 2 && closes(inner.last + 1) {
                chunk.beyond.extend(inner.modifiers);
                chunk.last = inner.last;
                return after;
            }
        }
        let body = chunk.nominal.is_none()
            && chunk
                .name
                .as_ref()
                .is_some_and(|name| matches!(name.what, What::Name(_) | What::Known(Entry::Organization(_))));
        if body && hit.first <= chunk.last + 4 {
            let (inner, after) = self.chunk(sentence, hits, next);
            let role = inner.nominal.map(|(index, _)| index).filter(|&index| {
                matches!(self.nominals[index as usize].kind, NominalKind::Organization | NominalKind::Group)
            });
            // "the Macina Vanguard, a jihadist group allied to …" is one phrase, "Hamas, the army said" is none
            let one = inner.name.is_none()
                && inner.first == chunk.last + 2
                && (inner.indefinite || inner.definite && closes(inner.last + 1));
            // "Menurut LBH, polisi menangkap 58 orang"
            chunk.apposed = role.filter(|_| one || closes(inner.last + 1));
            if role.is_some() && one {
                chunk.last = inner.last;
                chunk.modifiers.extend(inner.modifiers);
                return after;
            }
        }
        let named = chunk.name.as_ref().is_some_and(Hit::is_person);
        // "Rudi Hartawan, a former regent,", whatever the tag
        let may_be = chunk.nominal.is_none()
            && chunk.modifiers.is_empty()
            && chunk.name.as_ref().is_some_and(|name| {
                matches!(name.what, What::Name(kind) if crate::find::is_place(kind))
                    && name.words.len() > 1
                    && name.words.iter().all(|word| !self.small.organization_words.contains(word))
            });
        if (named || may_be) && (chunk.nominal.is_none() || person) && hit.first <= chunk.last + 6 {
            let (inner, after) = self.chunk(sentence, hits, next);
            let role = inner
                .nominal
                .is_some_and(|(index, plural)| self.nominals[index as usize].kind == NominalKind::Person && !plural);
            // "Arrese, a conservative lawyer sworn in on Friday", "Belhadj, leader of the Front"
            let goes_on = self.settings.modifiers_before
                && (inner.indefinite || inner.first == hit.first)
                && is_apposed(sentence, chunk, &inner);
            let ends = closes(inner.last + 1) && inner.last + 1 < sentence.tokens.len();
            if role && inner.name.is_none() && inner.first == chunk.last + 2 && (ends || goes_on) {
                if may_be && let Some(name) = &mut chunk.name {
                    name.what = What::Name(saksi_tree::NameKind::Person);
                }
                if chunk.nominal.is_none() {
                    chunk.nominal = inner.nominal;
                    chunk.title = Some((inner.first, inner.last));
                }
                chunk.modifiers.extend(inner.modifiers);
                chunk.last = inner.last;
                return after;
            }
        }
        next
    }
}

impl Rules {
    /// "its representative in Chile, Marta Lindgren,": a place may stand before the name.
    fn apposed_behind_place(&self, sentence: &Sentence, hits: &[Hit], next: usize, chunk: &mut Chunk) -> usize {
        let person = chunk
            .nominal
            .is_some_and(|(index, plural)| self.nominals[index as usize].kind == NominalKind::Person && !plural);
        let placed = sentence
            .tokens
            .get(chunk.last + 1)
            .is_some_and(|token| token.upos == Upos::Adp && self.small.locative.contains(&fold(&token.form)));
        if !person || !placed || chunk.name.is_some() || chunk.indefinite {
            return next;
        }
        let Some(comma) = (chunk.last + 2..chunk.last + 6)
            .find(|&at| sentence.tokens.get(at).is_some_and(|token| token.upos == Upos::Punct))
            .filter(|&at| sentence.tokens[at].form == ",")
        else {
            return next;
        };
        if sentence.tokens[chunk.last + 2..comma].iter().any(|token| matches!(token.upos, Upos::Verb | Upos::Pron)) {
            return next;
        }
        let Some(at) = (next..hits.len()).find(|&at| hits[at].first > comma) else { return next };
        if hits[at].first != comma + 1 {
            return next;
        }
        let (inner, after) = self.chunk(sentence, hits, at);
        let single = inner.nominal.is_none_or(|(index, plural)| {
            self.nominals[index as usize].kind == NominalKind::Person && !plural && inner.modifiers.is_empty()
        });
        let named = inner.name.as_ref().is_some_and(|name| name.is_person() && name.words.len() > 1);
        let closed = sentence.tokens.get(inner.last + 1).is_some_and(|token| token.upos == Upos::Punct);
        if !single || !named || !closed {
            return next;
        }
        chunk.name = inner.name;
        chunk.last = inner.last;
        after
    }
}

/// Whether the tree hangs the second phrase on the first.
fn is_apposed(sentence: &Sentence, chunk: &Chunk, inner: &Chunk) -> bool {
    let head = crate::find::head_of(sentence, inner.first, inner.last);
    let token = &sentence.tokens[head];
    let inside = |at: u32| chunk.first as u32 <= at && at <= chunk.last as u32;
    matches!(token.relation(), "appos" | "conj" | "nmod") && token.head.is_some_and(inside)
}

/// Takes in an abbreviation in brackets: "Tehreek-i-Taliban Pakistan (TTP)".
pub(crate) fn bracket(sentence: &Sentence, hits: &[Hit], next: usize, chunk: &mut Chunk) -> usize {
    let Some(hit) = hits.get(next) else { return next };
    // "Badan Tenaga Atom Internasional (IAEA)": the rest of the name
    if matches!(hit.what, What::Known(Entry::Organization(_))) && hit.first >= chunk.last + 3 {
        let rest = chunk.last + 1..hit.first - 1;
        let name = |at: usize| {
            let token = &sentence.tokens[at];
            token.upos != Upos::Punct && token.form.starts_with(char::is_uppercase)
        };
        if rest.len() <= 4 && rest.clone().all(name) && sentence.tokens[hit.first - 1].form == "(" {
            chunk.last = rest.end - 1;
        }
    }
    let open = sentence.tokens.get(chunk.last + 1).is_some_and(|token| token.form == "(");
    let close = sentence.tokens.get(hit.last + 1).is_some_and(|token| token.form == ")");
    let short =
        hit.first == hit.last && sentence.tokens[hit.first].form.chars().filter(|c| c.is_uppercase()).count() > 1;
    if open && close && short && hit.first == chunk.last + 2 {
        // "Badan Tenaga Atom Internasional (IAEA)": the abbreviation says which body the words name
        let unknown = chunk.name.as_ref().is_none_or(|name| matches!(name.what, What::Name(_)));
        if matches!(hit.what, What::Known(Entry::Organization(_))) && unknown {
            chunk.name = Some(hit.clone());
            chunk.nominal = None;
            chunk.title = None;
            chunk.modifiers.clear();
        }
        chunk.alias = Some(hit.clone());
        chunk.last = hit.last + 1;
        return next + 1;
    }
    next
}
