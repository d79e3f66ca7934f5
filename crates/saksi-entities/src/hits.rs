//! Gazetteer entries and names of a sentence, left to right.

use crate::atoms::{Atom, atoms, fold};
use crate::chunk::{Hit, What};
use crate::gazetteer::{Entry, Leaf};
use crate::lexicon::Rules;
use crate::ships::put;
use compact_str::CompactString;
use saksi_tree::{NameKind, Sentence, Text, Upos};

/// What stands beside a phrase.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Beside {
    /// Whether another one ends right before it.
    pub(crate) follows: bool,
    /// Whether the title of an office begins right behind it: "Chilean President".
    pub(crate) titled: bool,
}

impl Rules {
    /// The hits of a sentence, left to right, not overlapping.
    pub(crate) fn hits(&self, text: &Text, sentence: &Sentence) -> Vec<Hit> {
        let atoms = atoms(text, sentence);
        let numbers: Vec<(u32, u32)> = atoms.iter().map(|atom| self.numbers(atom)).collect();
        let ids: Vec<u32> = numbers.iter().map(|pair| pair.0).collect();
        let stems: Vec<u32> = numbers.iter().map(|pair| pair.1).collect();
        let mut hits = Vec::new();
        let mut at = 0;
        while at < atoms.len() {
            let begins = at == 0 || atoms[at - 1].token != atoms[at].token;
            let token = atoms[at].token as usize;
            let follows = hits.last().is_some_and(|hit: &Hit| hit.last + 1 == token);
            // "orang-orang bersenjata": the noun twice is its plural
            let twice = atoms.get(at + 2).is_some_and(|again| {
                again.key == atoms[at].key && again.token == atoms[at].token && atoms[at + 1].key == "-"
            });
            let from = |place: usize| {
                let found = if atoms[at].word && begins { self.longest(&atoms, place, &ids, &stems) } else { None };
                found.map(|(length, leaves)| (length + place - at, leaves))
            };
            let whole = from(at);
            let found = if twice {
                from(at + 2).filter(|(length, _)| whole.as_ref().is_none_or(|(longer, _)| length > longer)).or(whole)
            } else {
                whole
            };
            match found.and_then(|(length, leaves)| {
                let office = |leaf: &Leaf| matches!(leaf.entry, Entry::Nominal(index, _) if self.nominals[index as usize].is_title_of_office());
                let title = || self.longest(&atoms, at + length, &ids, &stems).is_some_and(|(_, next)| next.iter().any(office));
                let beside = Beside { follows, titled: at + length < atoms.len() && title() };
                Some((length, self.choose(sentence, &atoms[at..at + length], &leaves, beside)?))
            }) {
                Some((length, mut leaf)) => {
                    if let Entry::Nominal(index, _) = leaf.entry
                        && twice
                    {
                        leaf.entry = Entry::Nominal(index, true);
                    }
                    let words =
                        atoms[at..at + length].iter().filter(|atom| atom.word).map(|atom| atom.key.clone()).collect();
                    hits.push(Hit {
                        first: atoms[at].token as usize,
                        last: atoms[at + length - 1].token as usize,
                        what: What::Known(leaf.entry),
                        origin: Some(leaf.origin),
                        words,
                        state: None,
                        hyphened: false,
                    });
                    at += length;
                }
                None => at += 1,
            }
        }
        self.begun_names(sentence, &mut hits);
        self.other_bodies(sentence, &mut hits);
        self.bodies(sentence, &mut hits);
        self.runs(sentence, &mut hits);
        self.ships(sentence, &mut hits);
        self.names(sentence, &mut hits);
        hits.retain(|hit| !self.names_currency(sentence, hit));
        for hit in &mut hits {
            let tokens = &sentence.tokens;
            hit.hyphened = hit.nominal().is_none()
                && !tokens[hit.last].space_after
                && tokens.get(hit.last + 1).is_some_and(|token| token.form == "-" && !token.space_after)
                && tokens.get(hit.last + 2).is_some_and(|token| token.form.starts_with(char::is_lowercase));
        }
        hits
    }

    /// "the opposition alliance Forces Vives": behind such a noun a capital begins a name, whatever noun it looks like.
    fn begun_names(&self, sentence: &Sentence, hits: &mut Vec<Hit>) {
        let small = |at: usize| sentence.tokens[at].form.starts_with(char::is_lowercase);
        for at in (1..hits.len()).rev() {
            let (noun, hit) = (&hits[at - 1], &hits[at]);
            let named = |at: usize| {
                sentence
                    .tokens
                    .get(at)
                    .is_some_and(|token| token.upos.is_nominal() && token.form.starts_with(char::is_uppercase))
            };
            if self.settings.modifiers_before
                && self.is_body(noun)
                && small(noun.last)
                && hit.first == noun.last + 1
                && hit.first == hit.last
                && hit.nominal().is_some()
                && !small(hit.first)
                && named(hit.last + 1)
            {
                hits.remove(at);
            }
        }
    }

    /// "Partai oposisi IPC", "the IPC party": an abbreviation that the noun beside it makes another body than the one known by it.
    fn other_bodies(&self, sentence: &Sentence, hits: &mut [Hit]) {
        let party =
            |hit: &Hit| hit.nominal().is_some_and(|(index, _)| self.nominals[index as usize].role.as_str() == "party");
        for at in 0..hits.len() {
            let hit = &hits[at];
            let What::Known(Entry::Organization(index)) = hit.what else { continue };
            let form = &sentence.tokens[hit.first].form;
            let short = hit.first == hit.last && form.chars().count() > 1 && form.chars().all(char::is_uppercase);
            let before = at.checked_sub(1).map(|before| &hits[before]);
            let behind = hits.get(at + 1).filter(|_| self.settings.modifiers_before);
            let of_party = before.is_some_and(|noun| noun.last + 1 == hit.first && party(noun))
                || behind.is_some_and(|noun| hit.last + 1 == noun.first && party(noun));
            if short && of_party && self.organizations[index as usize].kind != "party" {
                hits[at].what = What::Name(NameKind::Organization);
                hits[at].origin = None;
            }
        }
    }

    /// "US$10 million", "10 juta dolar Amerika Serikat": a state that only says which money is meant.
    fn names_currency(&self, sentence: &Sentence, hit: &Hit) -> bool {
        let state = matches!(hit.what, What::Known(Entry::State(_) | Entry::Demonym(..)));
        if !state && !matches!(hit.what, What::Name(_)) {
            return false;
        }
        let money = |at: Option<usize>| {
            let word = at.and_then(|at| sentence.tokens.get(at)).map(|token| token.form.to_lowercase());
            word.is_some_and(|word| self.settings.currencies.iter().any(|money| *money == word.as_str()))
        };
        let sign = !sentence.tokens[hit.last].space_after
            && sentence.tokens.get(hit.last + 1).is_some_and(|next| next.form.starts_with('$'));
        let beside = if self.settings.modifiers_before { Some(hit.last + 1) } else { hit.first.checked_sub(1) };
        sign || state && money(beside)
    }

    /// The reading of a phrase that its surroundings speak for.
    ///
    pub(crate) fn choose(&self, sentence: &Sentence, atoms: &[Atom], leaves: &[Leaf], beside: Beside) -> Option<Leaf> {
        let Beside { follows, titled } = beside;
        let first = &sentence.tokens[atoms[0].token as usize];
        let last_at = atoms[atoms.len() - 1].token as usize;
        let last = &sentence.tokens[last_at];
        let rank = |leaf: &Leaf| match leaf.entry {
            Entry::State(_) => 0,
            Entry::Metonym(_) => 1,
            Entry::Person(_) => 2,
            Entry::Capital(_) => 3,
            Entry::Organization(_) => 4,
            Entry::Nominal(..) => 5,
            Entry::Place(_) => 6,
            Entry::Demonym(_, people) => {
                let next = sentence.tokens.get(last_at + 1).map_or(Upos::Punct, |token| token.upos);
                let modifies = self.settings.modifiers_before && matches!(next, Upos::Noun | Upos::Adj | Upos::Propn);
                if people == modifies { 8 } else { 7 }
            }
            Entry::Region(..) => 9,
        };
        // "in Brussels" is the city, "Brussels" the union
        let place = leaves.iter().find(|leaf| matches!(leaf.entry, Entry::Place(_)));
        let body = leaves.iter().any(|leaf| matches!(leaf.entry, Entry::Organization(_)));
        if let Some(&place) = place.filter(|_| body)
            && crate::find::is_where(self, sentence, atoms[0].token as usize)
        {
            return Some(place);
        }
        let best = leaves.iter().min_by_key(|leaf| rank(leaf)).copied()?;
        // "Hassan Sheikh Mohamud": a title or people's name inside a person's name
        let inside =
            |token: &saksi_tree::Token| token.name.is_some_and(|name| !name.begins && name.kind == NameKind::Person);
        let office =
            matches!(best.entry, Entry::Nominal(index, false) if self.nominals[index as usize].is_title_of_office());
        if !matches!(best.entry, Entry::Person(_)) && !office && inside(first) && inside(last) && !follows {
            return None;
        }
        // "Christian Tein", "Roman Protasevich": the name of a people or a land that somebody has for a first name
        let goes_on = sentence.tokens.get(last_at + 1).is_some_and(|next| {
            next.form.starts_with(char::is_uppercase)
                && next.upos == Upos::Propn
                && (inside(next) || next.relation() == "flat" && next.head == Some(last_at as u32))
        });
        let named = first.name.is_some_and(|name| name.begins && name.kind == NameKind::Person);
        let land = match best.entry {
            Entry::Region(..) => true,
            // "Presiden Moldova Igor Dodon": where the land stands behind the office it is the land
            Entry::Demonym(..) => self.settings.modifiers_before,
            Entry::State(_) | Entry::Capital(_) | Entry::Place(_) => self.settings.modifiers_before && !follows,
            _ => false,
        };
        if land && atoms.len() == 1 && named && goes_on && !titled {
            return None;
        }
        // "Camila Noriega" is not Manuel Noriega
        if let Entry::Person(index) = best.entry
            && atoms.len() == 1
            && !follows
            && let Some(given) = self.given_before(sentence, atoms[0].token as usize)
        {
            let person = &self.people[index as usize];
            // "Volodimir Zelensky" is Volodymyr
            let own = |part: &str| part.chars().next() == given.chars().next();
            if !person.atoms.contains(&given) && !fold(&person.name).split(' ').any(own) {
                return None;
            }
        }
        // "Baku tembak": a noun of the language that looks like a capital
        let next = sentence.tokens.get(last_at + 1);
        if matches!(best.entry, Entry::Capital(_))
            && !self.settings.modifiers_before
            && first.upos == Upos::Noun
            && next.is_some_and(|next| next.upos == Upos::Noun && next.form.starts_with(char::is_lowercase))
        {
            return None;
        }
        // "Lima orang": a number that looks like a capital
        if first.upos == Upos::Num && !matches!(best.entry, Entry::Nominal(..)) {
            return None;
        }
        if matches!(best.entry, Entry::Nominal(..)) {
            // "dozens of shops" counts what follows
            if let Some(next) = sentence.tokens.get(last_at + 1)
                && self.small.quantifiers.contains(&compact_str::format_compact!(
                    "{} {}",
                    fold(&last.form),
                    fold(&next.form)
                ))
            {
                return None;
            }
            // "the two" before a noun counts it
            let next = sentence.tokens.get(last_at + 1).map_or(Upos::Punct, |token| token.upos);
            if last.upos == Upos::Num && matches!(next, Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num) {
                return None;
            }
            // "the official news agency"
            let abbreviation = sentence
                .tokens
                .get(last_at + 1)
                .is_some_and(|next| next.form.chars().count() > 1 && next.form.chars().all(char::is_uppercase));
            // "rights chief Volker Türk": before the name of whom it calls it is no adjective
            let called = sentence.tokens.get(last_at + 1).is_some_and(|next| {
                let person = next.name.is_some_and(|name| name.begins && name.kind == NameKind::Person);
                next.form.starts_with(char::is_uppercase) && (person || next.upos == Upos::Propn && atoms.len() > 1)
            });
            if self.settings.modifiers_before
                && last.upos == Upos::Adj
                && !abbreviation
                && !called
                && matches!(next, Upos::Noun | Upos::Propn | Upos::Adj)
            {
                return None;
            }
            // a verb or adverb that looks like a role noun ("guards the door", "polisi" is safe)
            let head = if self.settings.modifiers_before { last } else { first };
            // but "aparat menewaskan lima orang" with the subject tagged as a verb
            let subject = !self.settings.modifiers_before && head.upos == Upos::Verb && head.relation() == "nsubj";
            if matches!(head.upos, Upos::Verb | Upos::Adv | Upos::Adp | Upos::Aux | Upos::Cconj | Upos::Sconj)
                && !first.form.starts_with(char::is_uppercase)
                && !subject
            {
                return None;
            }
        }
        Some(best)
    }

    /// The given name before a surname, by the model's tags or the tree.
    fn given_before(&self, sentence: &Sentence, at: usize) -> Option<CompactString> {
        let token = &sentence.tokens[at];
        let tagged = token.name.is_some_and(|name| !name.begins && name.kind == NameKind::Person);
        let before = at.checked_sub(1)?;
        let tied = token.relation() == "flat" && token.head == Some(before as u32)
            || matches!(sentence.tokens[before].deprel.as_str(), "compound" | "flat")
                && sentence.tokens[before].head == Some(at as u32);
        let first = if tagged {
            (0..at).rev().find(|&from| sentence.tokens[from].name.is_none_or(|name| name.begins))?
        } else {
            before
        };
        let given = &sentence.tokens[first];
        let word = fold(&given.form);
        let named = given.upos == Upos::Propn
            && given.form.starts_with(char::is_uppercase)
            && given.form.chars().skip(1).all(char::is_lowercase)
            && given.form.chars().count() > 2
            && !self.small.honorifics.contains(&word);
        (named && (tagged || tied && first > 0)).then_some(word)
    }

    /// Makes one name of a body that the model tags and the gazetteers know only in part: "Basotho Renewal Movement".
    fn bodies(&self, sentence: &Sentence, hits: &mut Vec<Hit>) {
        let tokens = &sentence.tokens;
        let body = |at: usize| tokens[at].name.is_some_and(|name| name.kind == NameKind::Organization);
        let mut at = 0;
        while at < tokens.len() {
            let first = at;
            at += 1;
            if !body(first) || sentence.kind == saksi_tree::RegionKind::Title {
                continue;
            }
            while at < tokens.len() && body(at) && !tokens[at].name.is_some_and(|name| name.begins) {
                at += 1;
            }
            let last = at - 1;
            let inside = |hit: &Hit| first <= hit.first && hit.last <= last;
            let crosses = hits.iter().any(|hit| !inside(hit) && hit.first <= last && first <= hit.last);
            let within: Vec<&Hit> = hits.iter().filter(|hit| inside(hit)).collect();
            let open = (first..=last).any(|token| {
                tokens[token].form.starts_with(char::is_uppercase)
                    && !within.iter().any(|hit| hit.first <= token && token <= hit.last)
            });
            let kind = if self.settings.modifiers_before { last } else { first };
            let word = self.small.organization_words.contains(&fold(&tokens[kind].form));
            let known = within.iter().any(|hit| {
                matches!(hit.what, What::Known(Entry::Organization(_) | Entry::Person(_)))
                    || hit.nominal().is_some_and(|(index, _)| self.nominals[index as usize].is_office())
            });
            if first == last || within.is_empty() || crosses || !open || !word || known {
                continue;
            }
            let state = self.state_within(&within);
            put(sentence, hits, (first, last), state);
        }
    }

    /// Adds names that no gazetteer has: runs that the model tags, and runs of capitals.
    pub(crate) fn names(&self, sentence: &Sentence, hits: &mut Vec<Hit>) {
        let mut taken = vec![false; sentence.tokens.len()];
        for hit in hits.iter() {
            taken[hit.first..=hit.last].fill(true);
        }
        // behind a role noun a capital is enough: "pilot Susi Air"
        let mut titled = vec![false; sentence.tokens.len() + 1];
        for hit in hits.iter().filter(|hit| hit.nominal().is_some()) {
            titled[hit.last + 1..(hit.last + 3).min(sentence.tokens.len() + 1)].fill(true);
        }
        // "the opposition alliance Forces Vives": so it is behind a noun for a body
        let mut body = vec![false; sentence.tokens.len() + 1];
        for hit in hits.iter().filter(|hit| self.is_body(hit)) {
            body[hit.last + 1] = self.settings.modifiers_before && sentence.kind == saksi_tree::RegionKind::Body;
        }
        let mut at = 0;
        let mut found = Vec::new();
        while at < sentence.tokens.len() {
            let opens = |at: usize| {
                let token = &sentence.tokens[at];
                let called = body[at]
                    && matches!(token.upos, Upos::Noun | Upos::Adj)
                    && (sentence.tokens.get(at + 1).is_some_and(|next| next.form.starts_with(char::is_uppercase))
                        || token.form.chars().count() > 1 && token.form.chars().all(char::is_uppercase));
                let inside = titled[at] && !self.settings.modifiers_before && token.upos == Upos::Noun;
                // "Menlu Choi Son-hui Temui Wang Yi": in a headline the verb has a capital too
                let verb = sentence.kind == saksi_tree::RegionKind::Title
                    && token.upos == Upos::Verb
                    && token.relation() == "root";
                !taken[at]
                    && !verb
                    && token.form.starts_with(char::is_uppercase)
                    && !self.is_date(sentence, at)
                    && (token.name.is_some() || matches!(token.upos, Upos::Propn | Upos::X) || inside || called)
                    && token.form.chars().any(char::is_alphabetic)
            };
            // "Abou Talha al-Ansari": a capital inside a sentence right before a name is part of it
            let leads = |at: usize| {
                at > 0
                    && self.settings.modifiers_before
                    && sentence.kind == saksi_tree::RegionKind::Body
                    && !taken[at]
                    && sentence.tokens[at].form.starts_with(char::is_uppercase)
                    && sentence.tokens[at].form.chars().count() > 2
                    && matches!(sentence.tokens[at].upos, Upos::Adp | Upos::X | Upos::Noun)
                    && (sentence.tokens[at - 1].form == ","
                        || sentence.tokens[at - 1].form.starts_with(char::is_lowercase))
                    && at + 1 < sentence.tokens.len()
                    && sentence.tokens[at + 1].name.is_some_and(|name| name.begins)
                    && opens(at + 1)
            };
            let honorific = self.small.honorifics.contains(&fold(&sentence.tokens[at].form));
            let led = leads(at);
            if !opens(at) && !led
                || honorific
                || sentence.kind == saksi_tree::RegionKind::Title && sentence.tokens[at].name.is_none()
            {
                at += 1;
                continue;
            }
            let mut last = at + usize::from(led);
            while last + 1 < sentence.tokens.len() {
                let next = last + 1;
                let inside =
                    sentence.tokens[next].name.is_some_and(|name| !name.begins) && sentence.tokens[last].name.is_some();
                let starts = sentence.tokens[next].name.is_some_and(|name| name.begins)
                    && sentence.tokens[at]
                        .name
                        .is_some_and(|name| Some(name.kind) != sentence.tokens[next].name.map(|next| next.kind));
                let joined = !sentence.tokens[last].space_after && sentence.tokens[next].form == "-";
                // "Zia-ul-Hassan": a particle between hyphens
                let particle = joined
                    && sentence.tokens.get(next + 2).is_some_and(|hyphen| hyphen.form == "-")
                    && sentence.tokens[next + 1].form.chars().count() <= 3
                    && !sentence.tokens[next + 1].space_after
                    && next + 3 < sentence.tokens.len()
                    && opens(next + 3);
                // "Irina Belova", tagged as two names
                let flat = sentence.tokens[next].relation() == "flat"
                    && sentence.tokens[next].head.is_some_and(|head| at <= head as usize && head as usize <= last);
                if taken[next] || starts && !flat {
                    break;
                }
                // "Han Seung-woo": a small part behind the hyphen of a name
                let small = joined
                    && sentence.tokens.get(next + 1).is_some_and(|part| {
                        let named = part.relation() == "flat"
                            && part.head.is_some_and(|head| at <= head as usize && head as usize <= last);
                        !sentence.tokens[next].space_after
                            && part.form.starts_with(char::is_lowercase)
                            && part.form.chars().count() <= 5
                            && part.upos == Upos::Propn
                            && named
                    });
                if small {
                    last = next + 1;
                } else if particle {
                    last = next + 2;
                } else if opens(next)
                    || inside && !matches!(sentence.tokens[next].upos, Upos::Punct | Upos::Verb)
                    || joined && next + 1 < sentence.tokens.len() && opens(next + 1)
                {
                    last = next;
                } else {
                    break;
                }
            }
            while last > at && !sentence.tokens[last].form.chars().any(char::is_alphanumeric) {
                last -= 1;
            }
            let words: Vec<CompactString> = sentence.tokens[at..=last].iter().map(|token| fold(&token.form)).collect();
            // "Kabupaten Yahukimo", of which the tables have the name
            let bare = words.iter().all(|word| self.small.place_words.contains(word));
            if is_designation(sentence, at, last) || bare {
                at = last + 1;
                continue;
            }
            let tagged = self.name_kind(sentence, at, last, &words);
            let untagged = body[at] && !matches!(tagged, NameKind::Location | NameKind::Person);
            let kind = if untagged { NameKind::Organization } else { tagged };
            found.push(Hit {
                first: at,
                last,
                what: What::Name(kind),
                origin: None,
                words,
                state: None,
                hyphened: false,
            });
            at = last + 1;
        }
        hits.extend(found);
        hits.sort_by_key(|hit| hit.first);
    }

    /// Whether a hit is a noun in the singular for a body that may have a name of its own.
    fn is_body(&self, hit: &Hit) -> bool {
        hit.nominal().is_some_and(|(index, plural)| !plural && self.nominals[index as usize].is_body_by_name())
    }

    /// "On 2 March Mariel Borruto", "on Thursday gendarmes": a day or month is no part of the name behind it.
    fn is_date(&self, sentence: &Sentence, at: usize) -> bool {
        let word = sentence.tokens[at].lower();
        let numbered = || {
            let beside = [at.checked_sub(1), Some(at + 1)];
            beside.into_iter().flatten().any(|beside| {
                sentence.tokens.get(beside).is_some_and(|token| token.form.starts_with(|c: char| c.is_ascii_digit()))
            })
        };
        let within = || at > 0 && sentence.tokens[at - 1].upos == Upos::Adp;
        self.small.weekdays.contains(&word) || self.small.months.contains(&word) && (numbered() || within())
    }

    /// "the town of Tanaré", "Kota Tera": the word before a name that says that it is a place's.
    pub(crate) fn place_noun(&self, sentence: &Sentence, first: usize) -> Option<usize> {
        let word = |at: usize| fold(&sentence.tokens[at].form);
        let back = if self.settings.modifiers_before {
            let of = word(first.checked_sub(1)?);
            (self.small.links.contains(&of) && !self.small.directions.contains(&of)).then_some(2)?
        } else {
            1
        };
        let noun = first.checked_sub(back).filter(|&at| self.small.place_words.contains(&word(at)))?;
        // "di kota pelabuhan Latakia"
        let before = noun.checked_sub(1).filter(|_| !self.settings.modifiers_before);
        Some(before.filter(|&at| self.small.place_words.contains(&word(at))).unwrap_or(noun))
    }

    /// "the Tillaberi region": the word behind a name that says that it is a place's.
    pub(crate) fn place_noun_behind(&self, sentence: &Sentence, last: usize) -> Option<usize> {
        let at = Some(last + 1).filter(|_| self.settings.modifiers_before)?;
        let is = sentence.tokens.get(at).is_some_and(|token| self.small.place_words.contains(&fold(&token.form)));
        is.then_some(at)
    }

    pub(crate) fn name_kind(
        &self,
        sentence: &Sentence,
        first: usize,
        last: usize,
        words: &[CompactString],
    ) -> NameKind {
        if words.iter().any(|word| self.small.organization_words.contains(word)) {
            return NameKind::Organization;
        }
        if words.iter().any(|word| self.small.place_words.contains(word)) {
            return NameKind::Location;
        }
        if self.place_noun(sentence, first).is_some() {
            return NameKind::Location;
        }
        let tagged = sentence.tokens[first..=last].iter().find_map(|token| token.name).map(|name| name.kind);
        match tagged {
            Some(kind) => kind,
            None if first == last && sentence.tokens[first].form.chars().filter(|c| c.is_uppercase()).count() > 1 => {
                NameKind::Organization
            }
            None => NameKind::Other,
        }
    }
}

/// Whether it is the designation of a type, which names nobody: "F-16", "BM-21", "MiG-29".
fn is_designation(sentence: &Sentence, first: usize, last: usize) -> bool {
    let name: String = sentence.tokens[first..=last].iter().map(|token| token.form.as_str()).collect();
    name.split_once('-').is_some_and(|(letters, digits)| {
        (1..=3).contains(&letters.len())
            && letters.chars().all(char::is_alphabetic)
            && digits.len() > 1
            && digits.chars().all(|c| c.is_ascii_digit())
    })
}
