//! The arguments of a predicate, read off the tree.

use crate::frames::Shape;
use crate::grammar::Grammar;
use saksi_tree::{RegionKind, Sentence, Upos};

/// How far heads are followed to find a subject that is left out.
const DEPTH: usize = 6;

/// A predicate in its sentence.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clause<'a> {
    pub(crate) sentence: &'a Sentence,
    pub(crate) grammar: &'a Grammar,
    /// The predicate's token.
    pub(crate) at: usize,
    pub(crate) shape: Shape,
}

impl<'a> Clause<'a> {
    pub(crate) fn new(sentence: &'a Sentence, grammar: &'a Grammar, at: usize, shape: Shape) -> Self {
        Self { sentence, grammar, at, shape }
    }

    /// Whether the verb is passive.
    pub(crate) fn is_passive(&self) -> bool {
        match self.shape {
            Shape::Passive => return true,
            Shape::Active => return false,
            Shape::Bare | Shape::Plain => {}
        }
        let token = &self.sentence.tokens[self.at];
        // headlines leave the auxiliary out: "Three journalists detained in Minsk"
        if self.sentence.kind == RegionKind::Title
            && self.grammar.passive_auxiliary
            && token.feat("Voice") == Some("Pass")
            && self.sentence.with(self.at, "obj").next().is_none()
            && self.sentence.with(self.at, "aux").all(|aux| self.sentence.tokens[aux].deprel == "aux:pass")
        {
            return true;
        }
        if self.sentence.with(self.at, "nsubj:pass").next().is_some()
            || self.sentence.with(self.at, "aux:pass").next().is_some()
        {
            return true;
        }
        // "denied having fired on the crowd": a perfect without the auxiliary of the passive is active
        let perfect = self.sentence.with(self.at, "aux").any(|aux| {
            let token = &self.sentence.tokens[aux];
            self.grammar.perfect.iter().any(|word| *word == token.lemma || *word == token.lower())
        });
        if self.grammar.passive_auxiliary && perfect {
            return false;
        }
        // the tree outweighs the tag: what has a subject and no passive auxiliary is active
        let active = self
            .sentence
            .children(self.at)
            .any(|child| matches!(self.sentence.tokens[child].deprel.as_str(), "nsubj" | "obj"));
        // "condemned the verdict and called on the government": joined to an active, it needs an auxiliary of its own
        let shared = self.grammar.passive_auxiliary
            && token.relation() == "conj"
            && self.sentence.with(self.at, "aux").next().is_none()
            && self.joined_to_active();
        if token.feat("Voice") == Some("Pass") && !active && !shared {
            return true;
        }
        // "soldiers killed in the attack": a past participle that modifies a noun
        let bare = self.sentence.with(self.at, "nsubj").next().is_none();
        let modifies = matches!(token.relation(), "acl" | "amod") && token.deprel != "acl:relcl"
            || matches!(token.relation(), "advcl" | "root") && bare
            || token.relation() == "conj" && bare && self.joined_to_passive();
        let past = token.feat("VerbForm") == Some("Part") && token.feat("Tense") == Some("Past");
        let perfect = self.sentence.with(self.at, "aux").next().is_some();
        modifies && past && !perfect && self.sentence.with(self.at, "obj").next().is_none()
    }

    /// "was seized and burned": what is joined to a passive is one, "fired and arrested" is none.
    fn joined_to_passive(&self) -> bool {
        self.sentence.tokens[self.at].head.is_some_and(|head| {
            let head = head as usize;
            head < self.at && Clause::new(self.sentence, self.grammar, head, Shape::Plain).is_passive()
        })
    }

    /// "fired and arrested": joined to a verb in the active.
    fn joined_to_active(&self) -> bool {
        self.sentence.tokens[self.at].head.is_some_and(|head| {
            let head = head as usize;
            head < self.at
                && self.sentence.tokens[head].upos == Upos::Verb
                && !Clause::new(self.sentence, self.grammar, head, Shape::Plain).is_passive()
        })
    }

    /// The syntactic subject, followed through coordination, control and relative clauses.
    pub(crate) fn subject(&self) -> Vec<usize> {
        subject(self.sentence, self.grammar, self.at, DEPTH)
    }

    /// Who acts: the subject of the active, the agent of the passive.
    pub(crate) fn agent(&self) -> Vec<usize> {
        if self.is_passive() { self.passive_agent() } else { self.subject() }
    }

    pub(crate) fn passive_agent(&self) -> Vec<usize> {
        let sentence = self.sentence;
        let marked: Vec<usize> = sentence
            .children(self.at)
            .filter(|&child| {
                sentence.tokens[child].deprel == "obl:agent"
                    || self.prepositions(child).any(|prep| self.grammar.agent.contains(&prep))
            })
            .collect();
        if !marked.is_empty() {
            return marked;
        }
        if !self.grammar.bare_agent {
            return self.agent_below();
        }
        // "dijatuhi sanksi larangan masuk oleh Swiss": the agent hung below what stands before it
        let below: Vec<usize> = self.grammar.agent.iter().flat_map(|prep| self.with_prep(prep)).collect();
        if let Some(&agent) = below.iter().find(|&&agent| agent > self.at) {
            return vec![agent];
        }
        // "dikirim Iran": the bare noun phrase right behind the verb
        let last = self.result().unwrap_or(self.at);
        sentence
            .children(self.at)
            .chain(sentence.children(last).filter(|_| last != self.at))
            .filter(|&child| {
                child > last
                    && matches!(
                        sentence.tokens[child].relation(),
                        "obl" | "obj" | "nsubj" | "nmod" | "compound" | "flat"
                    )
                    && sentence.tokens[child].deprel != "obl:tmod"
                    && sentence.tokens[child].upos.is_nominal()
                    && self.prepositions(child).next().is_none()
                    && sentence.subtree(child).first().is_some_and(|&first| first <= last + 2)
            })
            .take(1)
            .collect()
    }

    /// "shot dead by troops", "sentenced to nine years in prison by a court": the agent hung below what stands before it.
    fn agent_below(&self) -> Vec<usize> {
        let sentence = self.sentence;
        let phrase = sentence.subtree_without(self.at, |child| {
            !matches!(sentence.tokens[child].relation(), "xcomp" | "obl" | "nmod" | "obj" | "amod" | "advmod" | "conj")
                || child < self.at
                || sentence.tokens[child].upos == Upos::Verb
        });
        phrase
            .into_iter()
            .filter(|&below| below > self.at && sentence.tokens[below].upos.is_nominal())
            .find(|&below| self.prepositions(below).any(|prep| self.grammar.agent.contains(&prep)))
            .into_iter()
            .collect()
    }

    /// What is acted on: the object of the active, the subject of the passive.
    pub(crate) fn object(&self) -> Vec<usize> {
        let sentence = self.sentence;
        if self.is_passive() {
            let subject = self.subject();
            if !subject.is_empty() {
                return subject;
            }
            return sentence.with(self.at, "nsubj:pass").collect();
        }
        let objects: Vec<usize> =
            sentence.with(self.at, "obj").map(|object| antecedent(sentence, self.at, object)).collect();
        if !objects.is_empty() {
            return objects;
        }
        let token = &sentence.tokens[self.at];
        if token.relation() == "acl"
            && let Some(head) = token.head
            && let Some(own) = sentence.with(self.at, "nsubj").find(|&child| !is_relative(sentence, child))
            && sentence.tokens[own].upos.is_nominal()
        {
            return vec![head as usize]; // "the crossing that Pakistan closed"
        }
        // "menembak mati seorang penjaga": below the result right behind the verb
        let result = sentence.with(self.at, "xcomp").find(|&child| child == self.at + 1);
        if let Some(object) = result.and_then(|result| sentence.with(result, "obj").next()) {
            return vec![object];
        }
        // "accused Iran (of) supplying": the parser may hang the object below the complement
        let below = sentence.children(self.at).filter(|&child| {
            child > self.at
                && matches!(sentence.tokens[child].relation(), "ccomp" | "xcomp")
                && sentence.with(child, "mark").next().is_none_or(|mark| mark > child)
        });
        let raised: Vec<usize> = below
            .flat_map(|child| sentence.with(child, "nsubj").filter(move |&subject| subject < child).collect::<Vec<_>>())
            .filter(|&subject| subject > self.at && sentence.tokens[subject].upos.is_nominal())
            // "Kallas warned, the bloc will break it off": behind a comma a clause begins
            .filter(|&subject| sentence.tokens[self.at..subject].iter().all(|token| token.form != ","))
            .collect();
        if !raised.is_empty() {
            return raised;
        }
        if let Some(result) = self.result() {
            let objects: Vec<usize> = sentence.with(result, "obj").collect();
            if !objects.is_empty() {
                return objects;
            }
        }
        // a shared object: "arrested and deported two men"
        if token.relation() == "conj"
            && let Some(head) = token.head
            && sentence.tokens[head as usize].upos == token.upos
        {
            let shared: Vec<usize> = sentence.with(head as usize, "obj").filter(|&object| object > self.at).collect();
            // "arrested, questioned and released two men"
            let last = || {
                let row = sentence.with(head as usize, "conj").filter(|&other| other > self.at);
                let verbs = row.filter(|&other| sentence.tokens[other].upos == token.upos);
                let objects = verbs.flat_map(|other| sentence.with(other, "obj").filter(move |&object| object > other));
                let alone = sentence.children(self.at).all(|child| {
                    child < self.at || matches!(sentence.tokens[child].relation(), "punct" | "cc" | "advmod")
                });
                objects.take(usize::from(alone)).collect()
            };
            return if shared.is_empty() { last() } else { shared };
        }
        // what stands behind the last of them belongs to all: "has not planted and will not plant mines, …, pointing to"
        let joined = sentence.with(self.at, "conj").next().unwrap_or(usize::MAX);
        let bare = sentence
            .children(self.at)
            .filter(|&child| child > self.at && child < joined)
            .all(|child| !matches!(sentence.tokens[child].relation(), "obl" | "ccomp" | "xcomp" | "iobj" | "advcl"));
        if bare && sentence.children(self.at).any(|child| sentence.tokens[child].relation() == "conj") {
            return sentence
                .with(self.at, "conj")
                .filter(|&other| sentence.tokens[other].upos == token.upos)
                .flat_map(|other| sentence.with(other, "obj").filter(move |&object| object > other).collect::<Vec<_>>())
                .take(1)
                .collect();
        }
        Vec::new()
    }

    /// The bare word behind a verb that says how it ended, below which the parser may hang what belongs to the verb:
    /// "menembak mati gerilyawan", "dijemput paksa penyidik".
    fn result(&self) -> Option<usize> {
        let behind = self.at + 1;
        let token = self.sentence.tokens.get(behind).filter(|_| self.grammar.bare_agent)?;
        let own = token.head.is_some_and(|head| head as usize == self.at) && token.relation() == "xcomp";
        let bare = token.form.to_lowercase() == token.lemma.as_str();
        (own && bare && matches!(self.shape, Shape::Active | Shape::Passive)).then_some(behind)
    }

    /// Indirect objects.
    pub(crate) fn indirect(&self) -> Vec<usize> {
        // "the sprinter was granted asylum by Norway": beside an object the subject of a passive is whom it is given to
        let given = self.sentence.children(self.at).any(|child| self.sentence.tokens[child].deprel == "aux:pass")
            && self.sentence.with(self.at, "obj").any(|object| object > self.at);
        let subject = self
            .sentence
            .children(self.at)
            .filter(|&child| given && self.sentence.tokens[child].deprel == "nsubj:pass");
        self.sentence.with(self.at, "iobj").chain(subject).collect()
    }

    /// Noun phrases joined by preposition `prep`: to the predicate, or to its object where the parser hung it there.
    pub(crate) fn with_prep(&self, prep: &str) -> Vec<usize> {
        self.with_prep_where(prep, |_| true)
    }

    /// The same for those that `fits` lets pass: "sanctions on three officers on Thursday" names a day beside them.
    pub(crate) fn with_prep_where(&self, prep: &str, fits: impl Fn(usize) -> bool) -> Vec<usize> {
        let mut direct = self.prep_children(self.at, prep);
        direct.retain(|&child| fits(child));
        if !direct.is_empty() {
            return direct;
        }
        let nested: Vec<usize> = self
            .sentence
            .children(self.at)
            .filter(|&child| match self.sentence.tokens[child].relation() {
                "obj" | "obl" | "nmod" | "xcomp" => child >= self.at,
                // "hubungan dengan Meksiko diputuskan"
                _ => self.sentence.tokens[child].deprel == "nsubj:pass",
            })
            // "fighting on the border with", but "closed the border with"
            .filter(|&child| self.sentence.tokens[child].deprel == "obj" || !self.is_land(child))
            .flat_map(|child| {
                // "elections and the resignation of": "of" belongs to its own noun
                let joined = self.joined_objects(child).filter(|_| !self.grammar.of.iter().any(|of| of == prep));
                // "menarik duta besarnya, Daniel Garcia, dari Washington"
                let apposed =
                    self.sentence.with(child, "appos").filter(|_| self.sentence.tokens[child].relation() == "obj");
                std::iter::once(child).chain(joined).chain(apposed).collect::<Vec<_>>()
            })
            .flat_map(|child| self.prep_children(child, prep))
            .collect();
        if !nested.is_empty() {
            return nested;
        }
        // "sanksi terkait nuklir terhadap Iran": below a modifier of the noun
        let nominal = self.sentence.tokens[self.at].upos.is_nominal();
        let inner = self.sentence.with(self.at, "xcomp").flat_map(|verb| self.sentence.with(verb, "obj"));
        let roots: Vec<usize> = if nominal {
            vec![self.at]
        } else {
            self.sentence.with(self.at, "obj").chain(inner).chain(self.behind_particle()).collect()
        };
        // "the attack, which the army blamed on rebels": a clause with a subject of its own says something else
        let apart = |below: usize| {
            self.sentence.tokens[below].relation() == "acl"
                && self.sentence.with(below, "nsubj").any(|subject| !is_relative(self.sentence, subject))
        };
        let hangs = |below: usize| {
            matches!(self.sentence.tokens[below].relation(), "nmod" | "acl" | "conj" | "obj") && !apart(below)
        };
        let deep: Vec<usize> = roots
            .into_iter()
            .flat_map(|root| self.sentence.subtree(root))
            .filter(|&below| below > self.at && hangs(below) && !self.is_land(below))
            .flat_map(|below| self.prep_children(below, prep))
            .collect();
        if !deep.is_empty() && !self.grammar.of.iter().any(|of| of == prep) {
            return deep;
        }
        // the noun in a light verb's object: "held talks in Doha with Iran"
        let token = &self.sentence.tokens[self.at];
        if token.upos.is_nominal()
            && matches!(token.deprel.as_str(), "obj" | "nsubj:pass")
            && let Some(head) = token.head
        {
            return self.prep_children(head as usize, prep);
        }
        Vec::new()
    }

    /// The object behind the particle of a verb, read as an oblique: "handed over the bodies".
    fn behind_particle(&self) -> impl Iterator<Item = usize> + '_ {
        let particle = move |&child: &usize| {
            self.sentence.with(child, "case").any(|mark| {
                let form = self.sentence.tokens[mark].form.to_lowercase();
                mark == self.at + 1 && self.grammar.particles.iter().any(|word| *word == form.as_str())
            })
        };
        self.sentence.with(self.at, "obl").filter(particle)
    }

    /// What is joined to an object: "sends maps and weapons to Mali".
    fn joined_objects(&self, object: usize) -> impl Iterator<Item = usize> + '_ {
        let is_object = self.sentence.tokens[object].relation() == "obj";
        self.sentence
            .with(object, "conj")
            .filter(move |&other| is_object && self.sentence.tokens[other].upos.is_nominal())
    }

    /// "fighting on the border with Tajikistan": whom the border is with takes no part.
    fn is_land(&self, at: usize) -> bool {
        self.grammar.land.iter().any(|word| *word == self.sentence.tokens[at].form.to_lowercase())
    }

    fn prep_children(&self, at: usize, prep: &str) -> Vec<usize> {
        self.sentence
            .children(at)
            .filter(|&child| {
                let token = &self.sentence.tokens[child];
                matches!(token.relation(), "obl" | "nmod" | "advcl" | "acl" | "obj")
                    || token.relation() == "xcomp" && token.upos.is_nominal()
            })
            .filter(|&child| self.prepositions(child).any(|found| found == prep))
            // "Putin, with whom he had spoken"
            .map(|child| antecedent(self.sentence, at, child))
            .collect()
    }

    /// The prepositions that mark noun phrase `at`, lower case.
    pub(crate) fn prepositions(&self, at: usize) -> impl Iterator<Item = String> + '_ {
        // "on opposition candidate Elmer Quispe": the parser may hang the preposition on the title
        let titles = self
            .sentence
            .children(at)
            .filter(move |&child| {
                child < at && matches!(self.sentence.tokens[child].deprel.as_str(), "nmod:desc" | "compound")
            })
            .flat_map(move |title| self.sentence.with(title, "case").filter(move |&case| case < title))
            .filter(move |&case| self.sentence.subtree(at).first() == Some(&case));
        self.sentence
            .children(at)
            .filter(move |&child| {
                let token = &self.sentence.tokens[child];
                // "saat kunjungan" with the conjunction read as an adverb
                let adverb = || self.grammar.circumstance.contains(&token.form.to_lowercase().to_string());
                child < at
                    && (matches!(token.relation(), "case" | "mark" | "fixed")
                        || token.relation() == "advmod" && adverb())
            })
            .chain(titles)
            .map(|child| {
                let mut marker = self.sentence.tokens[child].form.to_lowercase().to_string();
                for fixed in self.sentence.with(child, "fixed") {
                    marker.push(' ');
                    marker.push_str(&self.sentence.tokens[fixed].form.to_lowercase());
                }
                marker
            })
    }

    /// Whose it is: possessors, demonyms, compounds and bare noun modifiers of noun `at`.
    pub(crate) fn owners_of(&self, at: usize) -> Vec<usize> {
        let sentence = self.sentence;
        sentence
            .children(at)
            .filter(|&child| match sentence.tokens[child].relation() {
                "amod" | "compound" | "flat" => true,
                "det" => sentence.tokens[child].upos == Upos::Pron,
                "nmod" => {
                    let mut markers = self.prepositions(child).peekable();
                    markers.peek().is_none()
                        || markers
                            .any(|marker| self.grammar.of.contains(&marker) || self.grammar.agent.contains(&marker))
                }
                _ => false,
            })
            .collect()
    }

    /// The head that a measuring noun counts: "troops" for "hundreds" in "hundreds of troops".
    pub(crate) fn measured(&self, at: usize) -> usize {
        let token = &self.sentence.tokens[at];
        let lower = token.form.to_lowercase();
        if token.upos == Upos::Num || self.grammar.measure.iter().any(|measure| *measure == lower) {
            // "its members": the owner is not what is counted
            return self.sentence.with(at, "nmod").find(|&counted| counted > at).unwrap_or(at);
        }
        at
    }
}

fn subject(sentence: &Sentence, grammar: &Grammar, at: usize, depth: usize) -> Vec<usize> {
    if depth == 0 {
        return Vec::new();
    }
    let token = &sentence.tokens[at];
    let own: Vec<usize> = sentence.with(at, "nsubj").chain(sentence.with(at, "csubj")).collect();
    // "penambang yang mereka tangkap": beside a subject of its own the pronoun is whom it is done to
    let named = own.iter().any(|&child| !is_relative(sentence, child));
    let own: Vec<usize> = own
        .into_iter()
        .filter(|&child| !(named && is_relative(sentence, child)))
        .map(|child| antecedent(sentence, at, child))
        .collect();
    if !own.is_empty() {
        return own;
    }
    let Some(head) = token.head.map(|head| head as usize) else { return Vec::new() };
    let head_token = &sentence.tokens[head];
    match token.relation() {
        "advcl"
            if sentence.with(at, "mark").any(|mark| {
                grammar.object_control.contains(&sentence.tokens[mark].form.to_lowercase().to_string())
            }) && controlled(sentence, grammar, head).next().is_some() =>
        {
            controlled(sentence, grammar, head).collect()
        }
        "advcl" | "xcomp" if addressed(sentence, grammar, head, at).is_some() => {
            addressed(sentence, grammar, head, at).into_iter().collect()
        }
        // "menuduh X melakukan": a complement without a subject of its own has the object before it
        "ccomp" if object_between(sentence, grammar, head, at).is_some() => {
            object_between(sentence, grammar, head, at).into_iter().collect()
        }
        // the same read as an adverbial
        "advcl"
            if grammar.object_verbs.iter().any(|verb| *verb == head_token.form.to_lowercase())
                && object_between(sentence, grammar, head, at).is_some() =>
        {
            object_between(sentence, grammar, head, at).into_iter().collect()
        }
        "conj" | "advcl" | "ccomp" | "parataxis" | "dep" | "cop" | "aux" if is_predicate(sentence, head) => {
            if matches!(token.relation(), "parataxis" | "dep") {
                return Vec::new();
            }
            subject(sentence, grammar, head, depth - 1)
        }
        "conj" => subject(sentence, grammar, head, depth - 1),
        "xcomp" => {
            let controls = grammar
                .subject_control
                .iter()
                .any(|verb| *verb == head_token.lemma || *verb == head_token.form.to_lowercase());
            let object: Vec<usize> = sentence.with(head, "obj").chain(sentence.with(head, "iobj")).collect();
            // "Baku dituding X menahan Y": the one accused is the subject above
            let passive = Clause::new(sentence, grammar, head, Shape::Plain).is_passive();
            if object.is_empty() || controls || passive { subject(sentence, grammar, head, depth - 1) } else { object }
        }
        // "Among those freed was Taras Hnatiuk": who is among them is one
        "acl"
            if grammar.those.iter().any(|word| *word == head_token.form.to_lowercase().as_str())
                && head_token.upos != Upos::Noun =>
        {
            let named = std::iter::once(head)
                .chain(sentence.ancestors(head))
                .flat_map(|up| sentence.with(up, "nsubj").collect::<Vec<_>>())
                .find(|&named| named > at && sentence.tokens[named].upos.is_nominal());
            vec![named.unwrap_or(head)]
        }
        "acl" | "amod" => vec![head],
        _ => Vec::new(),
    }
}

/// The object of a verb, or the noun of whose relative clause it is the verb: "companies it accuses of".
fn controlled<'a>(sentence: &'a Sentence, grammar: &'a Grammar, verb: usize) -> impl Iterator<Item = usize> + 'a {
    let token = &sentence.tokens[verb];
    let bare = sentence.with(verb, "obj").next().is_none() && token.relation() == "acl";
    let relative = bare && sentence.with(verb, "nsubj").any(|subject| !is_relative(sentence, subject));
    let passive = Clause::new(sentence, grammar, verb, Shape::Plain).is_passive();
    let noun = token.head.map(|noun| noun as usize).filter(|_| relative && !passive);
    sentence.with(verb, "obj").chain(noun)
}

/// The object of the verb `head` that stands between it and its complement `at`, unless the verb keeps its subject or
/// the complement has a mark.
fn object_between(sentence: &Sentence, grammar: &Grammar, head: usize, at: usize) -> Option<usize> {
    let verb = &sentence.tokens[head];
    let controls = grammar.subject_control.iter().any(|word| *word == verb.lemma || *word == verb.form.to_lowercase());
    if controls || Clause::new(sentence, grammar, head, Shape::Plain).is_passive() {
        return None;
    }
    let marked = sentence.with(at, "mark").next().is_some();
    let between = |&object: &usize| head < object && object < at;
    // "menyebut aparat memukuli massa" with the one named as what he is called
    let named = sentence.with(head, "xcomp").filter(|&object| {
        sentence.tokens[object].upos.is_nominal() || object + 1 == at && sentence.children(object).next().is_none()
    });
    let object_verb = grammar.object_verbs.iter().any(|word| *word == verb.form.to_lowercase());
    // "berunjuk rasa di depan Gedung DPR menuntut": who does it goes on; where they do it demands nothing
    let elsewhere = |object: usize| !object_verb && (object..at).any(|place| sentence.tokens[place].upos == Upos::Adp);
    let objects = sentence.with(head, "obj").chain(named.filter(|_| object_verb));
    objects.filter(|_| !marked).find(between).filter(|&object| !elsewhere(object))
}

/// Whom a verb like "call on" addresses, who is to do what its infinitive `at` says.
fn addressed(sentence: &Sentence, grammar: &Grammar, head: usize, at: usize) -> Option<usize> {
    let verb = &sentence.tokens[head];
    let clause = Clause::new(sentence, grammar, head, Shape::Plain);
    grammar.addressing.iter().find_map(|pair| {
        let (word, prep) = pair.split_once(' ')?;
        if word != verb.lemma && word != verb.form.to_lowercase() {
            return None;
        }
        sentence
            .with(head, "obl")
            .find(|&child| head < child && child < at && clause.prepositions(child).any(|found| found == prep))
    })
}

fn is_predicate(sentence: &Sentence, at: usize) -> bool {
    matches!(sentence.tokens[at].upos, Upos::Verb | Upos::Aux | Upos::Adj)
        || sentence.with(at, "nsubj").next().is_some()
        || sentence.with(at, "cop").next().is_some()
}

pub(crate) fn is_relative(sentence: &Sentence, at: usize) -> bool {
    sentence.tokens[at].feat("PronType") == Some("Rel")
}

/// What a relative pronoun in subject position stands for; any other subject for itself.
fn antecedent(sentence: &Sentence, verb: usize, subject: usize) -> usize {
    if !is_relative(sentence, subject) {
        return subject;
    }
    std::iter::once(verb)
        .chain(sentence.ancestors(verb))
        .find(|&up| sentence.tokens[up].relation() == "acl")
        .and_then(|clause| sentence.tokens[clause].head)
        .map_or(subject, |head| head as usize)
}
