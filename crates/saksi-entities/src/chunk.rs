//! Noun phrases around names and role nouns: title, modifiers, name and apposition as one.

use crate::atoms::fold;
use crate::gazetteer::{Entry, NominalKind, Origin};
use crate::lexicon::Rules;
use crate::phrase::bracket;
use compact_str::CompactString;
use saksi_tree::{NameKind, Sentence, Upos};

/// A gazetteer entry or name found in a sentence, over whole tokens.
#[derive(Debug, Clone)]
pub(crate) struct Hit {
    pub(crate) first: usize,
    pub(crate) last: usize,
    pub(crate) what: What,
    pub(crate) origin: Option<Origin>,
    /// The folded words.
    pub(crate) words: Vec<CompactString>,
    /// The state that a word inside a name of the text names: "Basotho Renewal Movement".
    pub(crate) state: Option<u16>,
    /// Whether a hyphen makes it part of an adjective: "Rwanda" in "Rwanda-backed".
    pub(crate) hyphened: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    Known(Entry),
    /// A name in no gazetteer.
    Name(NameKind),
}

/// A noun phrase that names an actor or a place.
#[derive(Debug, Clone, Default)]
pub(crate) struct Chunk {
    pub(crate) first: usize,
    pub(crate) last: usize,
    /// The role noun, and whether it stands in the plural.
    pub(crate) nominal: Option<(u16, bool)>,
    /// The token span of the title: role noun with its modifiers.
    pub(crate) title: Option<(usize, usize)>,
    /// The hit that names it.
    pub(crate) name: Option<Hit>,
    /// Hits that modify: whose it is.
    pub(crate) modifiers: Vec<Hit>,
    /// Further states that share the role noun: "troops from India, Japan and Manila", "Thai and Cambodian troops".
    pub(crate) further: Vec<u16>,
    /// The state of the noun before, which it shares: "Russian diplomats and embassy employees".
    pub(crate) shared: Option<u16>,
    /// The first tokens of the names that a list gives to its holders: "the presidents of Iran and Turkey, A and B".
    pub(crate) holders: Vec<usize>,
    /// Role nouns inside that say whose it is: "juru bicara badan dunia".
    pub(crate) bodies: Vec<u16>,
    /// The role noun behind the comma: "the Macina Vanguard, a jihadist group".
    pub(crate) apposed: Option<u16>,
    /// Hits inside that do not say whose it is: "envoy to Iran".
    pub(crate) beyond: Vec<Hit>,
    /// A further name in brackets.
    pub(crate) alias: Option<Hit>,
    pub(crate) definite: bool,
    /// Names somebody not named before: "a doctor", "three suspects".
    pub(crate) indefinite: bool,
    pub(crate) demonstrative: bool,
    pub(crate) possessed: bool,
    /// Whether an adjective says that they are not of the article's state: "foreign diplomats".
    pub(crate) foreign: bool,
    /// Says of a plural that it is two.
    pub(crate) two: bool,
    /// Names nobody in particular: "no country", "setiap negara".
    pub(crate) generic: bool,
    /// The token of the possessive or clitic that owns it.
    pub(crate) owner: Option<usize>,
    pub(crate) plural: bool,
    /// Whether it only modifies a noun: "Indian" in "two Indian engineers".
    pub(crate) inner: bool,
    pub(crate) origin: Option<Origin>,
}

impl Hit {
    pub(crate) fn nominal(&self) -> Option<(u16, bool)> {
        match self.what {
            What::Known(Entry::Nominal(index, plural)) => Some((index, plural)),
            _ => None,
        }
    }

    pub(crate) fn is_person(&self) -> bool {
        matches!(self.what, What::Known(Entry::Person(_)) | What::Name(NameKind::Person | NameKind::Other))
    }

    /// The state that it names, by its own name or its people's.
    pub(crate) fn state_named(&self) -> Option<u16> {
        match self.what {
            What::Known(Entry::State(state) | Entry::Demonym(state, _)) => Some(state),
            _ => None,
        }
    }

    pub(crate) fn is_modifier(&self) -> bool {
        matches!(
            self.what,
            What::Known(
                Entry::State(_)
                    | Entry::Demonym(..)
                    | Entry::Capital(_)
                    | Entry::Metonym(_)
                    | Entry::Region(..)
                    | Entry::Organization(_)
                    | Entry::Place(_)
            ) | What::Name(NameKind::Organization | NameKind::Location)
        )
    }
}

impl Rules {
    /// The noun phrases that the hits of a sentence make.
    pub(crate) fn chunks(&self, sentence: &Sentence, hits: &[Hit]) -> Vec<Chunk> {
        let mut chunks = Vec::new();
        let mut at = 0;
        while at < hits.len() {
            let (mut chunk, mut next) = self.chunk(sentence, hits, at);
            self.of_state(sentence, hits, &mut next, &mut chunk);
            self.share_role(sentence, hits, (at, next), &mut chunk);
            self.share_title(sentence, &mut chunk, chunks.last());
            self.share_state(sentence, &mut chunk, chunks.last());
            let holders = self.share_names(sentence, hits, next, &mut chunk);
            let listed = holders.last().map(|last| last.last);
            chunks.extend(holders);
            chunks.push(chunk);
            at = next.max(at + 1);
            // the names of the list are there already, its states are not
            if let Some(end) = listed {
                while at < hits.len() && hits[at].last <= end {
                    if hits[at].state_named().is_some() {
                        chunks.push(self.chunk(sentence, &hits[..=at], at).0);
                    }
                    at += 1;
                }
            }
        }
        chunks
    }

    /// Whether the tokens between two hits let them be one phrase.
    pub(crate) fn joins(&self, sentence: &Sentence, left: &Hit, right: &Hit, gap: usize) -> bool {
        let between = left.last + 1..right.first;
        between.len() <= gap
            && between.clone().all(|at| {
                let token = &sentence.tokens[at];
                let lower = token.form.to_lowercase();
                // "pemerintah baru Suriah"
                let described = !self.settings.modifiers_before
                    && left.nominal().is_some()
                    && token.upos == Upos::Adj
                    && [right.first, at].iter().all(|&word| {
                        sentence.tokens[word].head.is_some_and(|up| (left.first..=left.last).contains(&(up as usize)))
                    });
                described
                    || self.settings.genitive.iter().any(|mark| *mark == lower.replace('’', "'"))
                    || self.settings.suffixes.iter().any(|suffix| *suffix == lower)
                    || self.settings.modifiers_before
                        && (matches!(token.upos, Upos::Adj)
                            || lower == "-"
                            || token.upos == Upos::Noun
                                && token.relation() == "compound"
                                && right.nominal().is_some()
                                && match left.what {
                                    What::Known(Entry::Demonym(..)) => true,
                                    // "the UN rights chief", but "PCG aids fishermen" in a headline
                                    What::Known(Entry::Organization(_) | Entry::State(_)) => {
                                        sentence.kind == saksi_tree::RegionKind::Body
                                    }
                                    _ => false,
                                })
            })
    }

    pub(crate) fn chunk(&self, sentence: &Sentence, hits: &[Hit], start: usize) -> (Chunk, usize) {
        let mut items = vec![start];
        let mut next = start + 1;
        let mut name: Option<usize> = None;
        while let Some(hit) = hits.get(next) {
            let last = &hits[items[items.len() - 1]];
            if hit.hyphened || last.hyphened {
                break;
            }
            let has_nominal = items.iter().any(|&item| hits[item].nominal().is_some());
            let joined = if self.settings.modifiers_before {
                if hit.nominal().is_some() {
                    self.joins(sentence, last, hit, 2)
                } else if last.nominal().is_some_and(|(index, plural)| !plural && self.of_a_state(index))
                    && matches!(hit.what, What::Known(Entry::State(_)))
                {
                    // "its ally Russia"
                    hit.first == last.last + 1
                } else if has_nominal
                    && last.nominal().is_some()
                    && (hit.is_person() || self.names_body(last, hit) || self.names_holder(sentence, last, hit))
                {
                    hit.first == last.last + 1
                } else {
                    false
                }
            } else if has_nominal {
                let near = self.joins(sentence, last, hit, 1);
                let linked = hit.first == last.last + 2
                    && self.small.links.contains(&fold(&sentence.tokens[last.last + 1].form))
                    && hit.is_modifier();
                // "Presiden Burkina Faso Kapten Ibrahim Traore"
                let state = matches!(last.what, What::Known(Entry::State(_)));
                let ranked = state
                    && hit.nominal().is_some_and(|(index, plural)| {
                        !plural && self.nominals[index as usize].kind == NominalKind::Person
                    })
                    && hits.get(next + 1).is_some_and(|after| after.is_person() && after.first == hit.last + 1);
                near && (hit.nominal().is_none() || last.nominal().is_some() || ranked) || linked
            } else {
                false
            };
            if !joined {
                break;
            }
            items.push(next);
            next += 1;
            // "pilot Susi Air asal Selandia Baru Philip Mehrtens": the first name is the firm's
            let firm = matches!(hit.what, What::Name(_))
                && !self.settings.modifiers_before
                && hits.get(next).is_some_and(|after| {
                    after.is_modifier()
                        && after.first == hit.last + 2
                        && self.small.links.contains(&fold(&sentence.tokens[hit.last + 1].form))
                });
            if firm {
                continue;
            }
            let body = last.nominal().is_some() && hit.first == last.last + 1 && self.names_group(last, hit);
            let holder = last.nominal().is_some()
                && hit.first == last.last + 1
                && self.names_holder(sentence, last, hit)
                && !self.settings.modifiers_before;
            if hit.is_person() || body || holder || self.settings.modifiers_before && hit.nominal().is_none() {
                name = Some(next - 1);
                break;
            }
        }
        // without a role noun only the first hit stands
        if !items.iter().any(|&item| hits[item].nominal().is_some()) {
            items.truncate(1);
            next = start + 1;
            name = None;
        } else if self.settings.modifiers_before && name.is_none() {
            while hits[items[items.len() - 1]].nominal().is_none() {
                items.pop();
                next -= 1;
            }
        }
        let nominal = if self.settings.modifiers_before {
            items.iter().rev().find_map(|&item| hits[item].nominal())
        } else {
            items.iter().find_map(|&item| hits[item].nominal())
        };
        let origin = items.iter().find(|&&item| hits[item].nominal() == nominal).and_then(|&item| hits[item].origin);
        let mut chunk = Chunk {
            first: hits[start].first,
            last: hits[next - 1].last,
            nominal,
            plural: nominal.is_some_and(|(_, plural)| plural),
            origin,
            ..Chunk::default()
        };
        if nominal.is_none() {
            chunk.name = Some(hits[start].clone());
            chunk.origin = hits[start].origin;
        } else {
            chunk.name = name.map(|at| hits[at].clone());
            let person = nominal.is_some_and(|(index, _)| self.nominals[index as usize].kind == NominalKind::Person);
            if let Some(name) = chunk.name.as_mut().filter(|name| person && matches!(name.what, What::Name(_))) {
                name.what = What::Name(NameKind::Person);
            }
            let titled = name.map_or(chunk.last, |at| hits[at].first.saturating_sub(1));
            chunk.title = Some((chunk.first, titled));
            chunk.modifiers = items
                .iter()
                .filter(|&&item| Some(item) != name && (hits[item].nominal().is_none() || self.is_pair(&hits[item])))
                .filter(|&&item| hits[item].nominal().is_none_or(|own| Some(own) != nominal))
                .map(|&item| hits[item].clone())
                .collect();
        }
        chunk.bodies = items
            .iter()
            .filter_map(|&item| hits[item].nominal())
            .filter(|own| Some(*own) != nominal)
            .map(|(index, _)| index)
            .collect();
        self.widen_left(sentence, &mut chunk);
        self.own_kind(sentence, &mut chunk);
        // "rekan sejawatnya": the clitic owns the role noun
        if nominal.is_some()
            && chunk.name.is_none()
            && let Some(token) = sentence.tokens.get(chunk.last + 1)
            && self.settings.suffixes.iter().any(|suffix| *suffix == token.lower())
        {
            chunk.last += 1;
            chunk.owner = Some(chunk.last);
            chunk.possessed = nominal.is_some_and(|(index, _)| self.nominals[index as usize].counterpart);
        }
        let crowd = nominal.is_some_and(|(index, _)| self.nominals[index as usize].crowd);
        if nominal.is_some() && chunk.name.is_none() && !crowd {
            next = self.link(sentence, hits, next, &mut chunk);
        }
        // "tersangka bernama Juraj Cintula", "identified the gunman as John Smith"
        if let Some(hit) = hits.get(next).filter(|hit| hit.is_person() && hit.first == chunk.last + 2)
            && chunk.name.is_none()
            && nominal.is_some_and(|(index, plural)| !plural && self.nominals[index as usize].is_culprit())
            && self.settings.naming.iter().any(|word| *word == fold(&sentence.tokens[chunk.last + 1].form))
        {
            chunk.name = Some(hit.clone());
            chunk.last = hit.last;
            next += 1;
        }
        next = self.calls_itself(sentence, hits, next, &mut chunk);
        // "sejawatnya dari Kanada David McGuinty"
        if let Some(hit) = hits.get(next).filter(|hit| hit.is_person() && hit.first == chunk.last + 1)
            && !self.settings.modifiers_before
            && chunk.name.is_none()
            && !chunk.modifiers.is_empty()
            && nominal.is_some_and(|(index, _)| self.nominals[index as usize].kind == NominalKind::Person)
        {
            chunk.name = Some(hit.clone());
            chunk.last = hit.last;
            next += 1;
        }
        if self.settings.demonstratives_after
            && let Some(token) = sentence.tokens.get(chunk.last + 1)
            && self.small.demonstratives.contains(&fold(&token.form))
            && chunk.nominal.is_some()
        {
            chunk.last += 1;
            chunk.demonstrative = true;
            chunk.definite = true;
        }
        if !self.settings.modifiers_before
            && let Some(token) = sentence.tokens.get(chunk.last + 1)
            && chunk.nominal.is_some()
            && chunk.name.is_none()
            && self.settings.foreign.iter().any(|word| *word == token.lower())
        {
            chunk.last += 1;
            chunk.foreign = true;
        }
        next = self.apposition(sentence, hits, next, &mut chunk);
        next = bracket(sentence, hits, next, &mut chunk);
        // "Lembaga yang berkantor di London itu": the demonstrative stands behind the whole phrase
        if self.settings.demonstratives_after && chunk.nominal.is_some() && !chunk.demonstrative {
            let head = crate::find::head_of(sentence, chunk.first, chunk.last);
            let far = sentence
                .with(head, "det")
                .any(|det| det > chunk.last && self.small.demonstratives.contains(&fold(&sentence.tokens[det].form)));
            chunk.demonstrative |= far;
            chunk.definite |= far;
        }
        (chunk, next)
    }

    /// Whether a noun for a state may stand before its name: "its ally Russia", "the island nation Vanuatu".
    fn of_a_state(&self, index: u16) -> bool {
        let nominal = &self.nominals[index as usize];
        nominal.pair.is_none() && (nominal.other || nominal.kind == NominalKind::Country)
    }

    /// Whether a role noun stands for two states: "kedua negara".
    fn is_pair(&self, hit: &Hit) -> bool {
        hit.nominal().is_some_and(|(index, _)| self.nominals[index as usize].pair.is_some())
    }

    /// Whether a name behind a role noun is the body's own: "kelompok M23", "kantor berita TASS".
    pub(crate) fn names_body(&self, nominal: &Hit, name: &Hit) -> bool {
        let Some((index, _)) = nominal.nominal() else { return false };
        !matches!(self.nominals[index as usize].kind, NominalKind::Person)
            && matches!(name.what, What::Known(Entry::Organization(_)) | What::Name(NameKind::Organization))
    }

    /// Whether the tree makes an unknown name, whatever its tag, that of the person whose role stands before it:
    /// "lawyer Sonia Gharbi".
    pub(crate) fn names_holder(&self, sentence: &Sentence, nominal: &Hit, name: &Hit) -> bool {
        let Some((index, plural)) = nominal.nominal() else { return false };
        let (role, head) = (nominal.last, crate::find::head_of(sentence, name.first, name.last));
        let tied = sentence.tokens[head].head == Some(role as u32)
            && matches!(sentence.tokens[head].relation(), "appos" | "flat")
            || sentence.tokens[role].head == Some(head as u32)
                && matches!(sentence.tokens[role].deprel.as_str(), "compound" | "nmod:desc" | "flat" | "appos");
        // "Defence Minister Issa Kouyaté", whatever the tag: the title is written like a name
        let titles = self.settings.modifiers_before
            && name.words.len() > 1
            && name.first == role + 1
            && role > 0
            && sentence.tokens[role].form.starts_with(char::is_uppercase);
        // "Pemimpin oposisi Domingos Simoes Pereira": such a one holds no office of a body of that name
        let own = &self.nominals[index as usize];
        let alone = !self.settings.modifiers_before
            && name.words.len() > 1
            && name.first == role + 1
            && (own.is_office()
                || matches!(own.role.as_str(), "opposition-leader" | "activist" | "expert" | "general"))
            && !own.role.starts_with("spokesperson")
            && !name.words.iter().any(|word| self.small.organization_words.contains(word));
        matches!(name.what, What::Name(_)) && !plural && own.kind == NominalKind::Person && (tied || titles || alone)
    }

    /// "the UGTT union", "the Belta agency": the noun for its kind behind a body's name.
    fn own_kind(&self, sentence: &Sentence, chunk: &mut Chunk) {
        const KINDS: [&str; 11] = [
            "group",
            "group-armed",
            "party",
            "company",
            "ngo",
            "media",
            "media-state",
            "media-agency",
            "alliance",
            "gang",
            "union",
        ];
        let Some((index, false)) = chunk.nominal.filter(|_| self.settings.modifiers_before && chunk.name.is_none())
        else {
            return;
        };
        let Some(name) = chunk.modifiers.last() else { return };
        let organization =
            matches!(name.what, What::Known(Entry::Organization(_)) | What::Name(NameKind::Organization));
        let between = name.last + 1..chunk.last;
        let plain = between.len() <= 2
            && between.clone().all(|at| {
                !self
                    .settings
                    .genitive
                    .iter()
                    .any(|mark| *mark == sentence.tokens[at].form.to_lowercase().replace('’', "'"))
            });
        if organization && plain && KINDS.contains(&self.nominals[index as usize].role.as_str()) {
            chunk.name = chunk.modifiers.pop();
        }
    }

    /// Whether a name behind a noun for a body of its own kind is that body's: "kelompok M23", not "tentara NATO".
    pub(crate) fn names_group(&self, nominal: &Hit, name: &Hit) -> bool {
        nominal.nominal().is_some_and(|(index, _)| self.nominals[index as usize].is_body_by_name())
            && self.names_body(nominal, name)
    }

    /// Takes in articles, counts and adjectives before the phrase.
    pub(crate) fn widen_left(&self, sentence: &Sentence, chunk: &mut Chunk) {
        // "the 57-year-old"
        if let Some(hyphen) = chunk.first.checked_sub(1)
            && hyphen > 0
            && sentence.tokens[hyphen].form == "-"
            && sentence.tokens[hyphen - 1].form.chars().all(char::is_numeric)
            && chunk.nominal.is_some()
        {
            chunk.first = hyphen - 1;
        }
        for _ in 0..5 {
            let Some(before) = chunk.first.checked_sub(1) else { break };
            let token = &sentence.tokens[before];
            let lower = fold(&token.form);
            if self.small.definite.contains(&lower) {
                chunk.definite = true;
            }
            // "said that Pakistan", "the crossing that Pakistan closed": no determiner
            let points = self.small.demonstratives.contains(&lower)
                && self.settings.modifiers_before
                && (token.upos == Upos::Det || token.relation() == "det");
            if points {
                chunk.demonstrative = true;
                chunk.definite = true;
            }
            chunk.indefinite |= token.upos == Upos::Num
                || self.small.articles.contains(&lower)
                    && !self.small.definite.contains(&lower)
                    && !self.small.plural_markers.contains(&lower);
            if self.settings.same.iter().any(|word| *word == lower) {
                chunk.demonstrative = true;
            }
            chunk.generic |= self.small.generic.contains(&lower);
            chunk.foreign |= self.settings.foreign.iter().any(|word| *word == lower);
            chunk.two |= self.settings.two.iter().any(|word| *word == lower);
            if self.small.plural_markers.contains(&lower) {
                chunk.plural = true;
            }
            let possessive = self.small.possessives.contains(&lower);
            chunk.possessed |= possessive;
            if possessive {
                chunk.owner = Some(before);
            }
            let takes = possessive
                || self.small.articles.contains(&lower)
                || self.small.quantifiers.contains(&lower)
                || points
                || chunk.nominal.is_some()
                    && self.settings.modifiers_before
                    && matches!(token.upos, Upos::Adj | Upos::Num)
                    && matches!(token.relation(), "amod" | "nummod" | "compound")
                || chunk.nominal.is_some() && !self.settings.modifiers_before && token.upos == Upos::Num;
            if !self.settings.modifiers_before && token.upos == Upos::Num && !self.small.articles.contains(&lower) {
                chunk.plural = true;
            }
            // "a police post": the article is the post's
            let last = &sentence.tokens[chunk.last];
            let of_another = self.settings.modifiers_before
                && last.relation() == "compound"
                && last.head.is_some_and(|head| head as usize > chunk.last)
                && self.small.articles.contains(&lower);
            if !takes || of_another {
                break;
            }
            chunk.first = before;
            if possessive || self.small.articles.contains(&lower) {
                break;
            }
        }
    }
}
