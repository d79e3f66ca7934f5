use compact_str::CompactString;
use saksi_record::{Note, Span};

/// The sentences of one article, in order.
#[derive(Debug, Clone, Default)]
pub struct Analysis {
    /// Title and body sentences.
    pub sentences: Vec<Sentence>,
    /// What was skipped and why.
    pub notes: Vec<Note>,
}

/// A stretch of text that may hold evidence: no noise inside, and no sentence crosses its edges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Region {
    /// Where it is.
    pub span: Span,
    /// Title or body.
    pub kind: RegionKind,
}

/// Whether a region or sentence is headline or body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RegionKind {
    /// The headline: read as headlinese.
    Title,
    /// Running text.
    #[default]
    Body,
}

/// One sentence: its words and its tree.
#[derive(Debug, Clone, Default)]
pub struct Sentence {
    /// Where it is, without blanks around.
    pub span: Span,
    /// Title or body.
    pub kind: RegionKind,
    /// Number of the paragraph (line with text) it stands in.
    pub paragraph: u32,
    /// Its words, in order.
    pub tokens: Vec<Token>,
    /// Surface tokens that hold several words ("ujarnya" = ujar + nya), in order.
    pub multiwords: Vec<Multiword>,
    /// The dependents of each token, in order; filled by [`Sentence::link`].
    pub children: Vec<Vec<u32>>,
}

/// A surface token that holds several words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Multiword {
    /// Where it is.
    pub span: Span,
    /// Index of its first word.
    pub first: u32,
    /// Index of its last word.
    pub last: u32,
}

/// One syntactic word.
#[derive(Debug, Clone, Default)]
pub struct Token {
    /// Where it is. The parts of a multiword share out its span; a part that is not a piece of it has the whole.
    pub span: Span,
    /// The word as written.
    pub form: CompactString,
    /// Its dictionary form after the treebank's manner.
    pub lemma: CompactString,
    /// UD part of speech.
    pub upos: Upos,
    /// UD features, `A=b|C=d`, empty for none.
    pub feats: CompactString,
    /// Index of its head in the sentence; none for the root.
    pub head: Option<u32>,
    /// UD relation to the head, with subtype.
    pub deprel: CompactString,
    /// The name it belongs to, if any.
    pub name: Option<Name>,
    /// How sure the model is of head and relation, 0 to 1.
    pub score: f32,
    /// Whether a blank follows.
    pub space_after: bool,
}

/// Membership in a named entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Name {
    /// What is named.
    pub kind: NameKind,
    /// Whether the name begins here.
    pub begins: bool,
}

/// What a name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameKind {
    /// A person.
    Person,
    /// An organisation.
    Organization,
    /// A place or state.
    Location,
    /// Anything else.
    Other,
}

/// UD universal part of speech.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[allow(missing_docs, reason = "the names are UD's own: universaldependencies.org/u/pos")]
pub enum Upos {
    Adj,
    Adp,
    Adv,
    Aux,
    Cconj,
    Det,
    Intj,
    Noun,
    Num,
    Part,
    Pron,
    Propn,
    Punct,
    Sconj,
    Sym,
    Verb,
    #[default]
    X,
}

impl Upos {
    /// All tags, in alphabetical order.
    pub const ALL: [Self; 17] = [
        Self::Adj,
        Self::Adp,
        Self::Adv,
        Self::Aux,
        Self::Cconj,
        Self::Det,
        Self::Intj,
        Self::Noun,
        Self::Num,
        Self::Part,
        Self::Pron,
        Self::Propn,
        Self::Punct,
        Self::Sconj,
        Self::Sym,
        Self::Verb,
        Self::X,
    ];

    /// The tag in capitals.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Adj => "ADJ",
            Self::Adp => "ADP",
            Self::Adv => "ADV",
            Self::Aux => "AUX",
            Self::Cconj => "CCONJ",
            Self::Det => "DET",
            Self::Intj => "INTJ",
            Self::Noun => "NOUN",
            Self::Num => "NUM",
            Self::Part => "PART",
            Self::Pron => "PRON",
            Self::Propn => "PROPN",
            Self::Punct => "PUNCT",
            Self::Sconj => "SCONJ",
            Self::Sym => "SYM",
            Self::Verb => "VERB",
            Self::X => "X",
        }
    }

    /// The tag spelled `text`, or [`Upos::X`].
    pub fn parse(text: &str) -> Self {
        Self::ALL.into_iter().find(|tag| tag.as_str() == text).unwrap_or_default()
    }

    /// Noun, proper noun or pronoun.
    pub fn is_nominal(self) -> bool {
        matches!(self, Self::Noun | Self::Propn | Self::Pron)
    }
}

impl Token {
    /// The relation without its subtype: `nsubj` for `nsubj:pass`.
    pub fn relation(&self) -> &str {
        self.deprel.split(':').next().unwrap_or_default()
    }

    /// The form in lower case.
    pub fn lower(&self) -> CompactString {
        self.form.to_lowercase()
    }

    /// Whether it is a gerund or an active participle, whichever of the two a treebank takes it for.
    pub fn is_active_participle(&self) -> bool {
        match self.feat("VerbForm") {
            Some("Ger") => true,
            Some("Part") => self.feat("Tense") != Some("Past"),
            _ => false,
        }
    }

    /// The value of feature `name`.
    pub fn feat(&self, name: &str) -> Option<&str> {
        self.feats.split('|').find_map(|pair| pair.split_once('=').filter(|(key, _)| *key == name)).map(|(_, v)| v)
    }
}

impl Sentence {
    /// Hangs token `at` below `head` with this relation, and links the tree anew.
    pub fn hang(&mut self, at: usize, head: usize, deprel: &str) {
        self.tokens[at].head = Some(head as u32);
        self.tokens[at].deprel = deprel.into();
        self.link();
    }

    /// Fills [`Sentence::children`] from the heads. Call it whenever heads change.
    pub fn link(&mut self) {
        self.children = vec![Vec::new(); self.tokens.len()];
        for (at, token) in self.tokens.iter().enumerate() {
            if let Some(head) = token.head {
                self.children[head as usize].push(at as u32);
            }
        }
    }

    /// The dependents of token `at`, in order.
    pub fn children(&self, at: usize) -> impl DoubleEndedIterator<Item = usize> + '_ {
        self.children[at].iter().map(|&child| child as usize)
    }

    /// The dependents of `at` with relation `relation`, whatever the subtype, unless it names one (`nmod:poss`).
    pub fn with<'a>(&'a self, at: usize, relation: &'a str) -> impl DoubleEndedIterator<Item = usize> + 'a {
        self.children(at).filter(move |&child| {
            let token = &self.tokens[child];
            token.deprel == relation || token.relation() == relation
        })
    }

    /// The root of the tree, if there are tokens.
    pub fn root(&self) -> Option<usize> {
        self.tokens.iter().position(|token| token.head.is_none())
    }

    /// `at` and everything below it, in order.
    pub fn subtree(&self, at: usize) -> Vec<usize> {
        self.subtree_without(at, |_| false)
    }

    /// Like [`Self::subtree`], leaving out each dependent that `cut` names, with all below it.
    pub fn subtree_without(&self, at: usize, cut: impl Fn(usize) -> bool) -> Vec<usize> {
        let mut found = vec![at];
        let mut next = 0;
        // in a tree each token stands once; heads that were changed may go round
        while next < found.len() && found.len() <= self.tokens.len() {
            found.extend(self.children(found[next]).filter(|&child| !cut(child)));
            next += 1;
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The tokens above `at`, nearest first.
    pub fn ancestors(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.tokens[at].head, |&up| self.tokens[up as usize].head)
            .take(self.tokens.len())
            .map(|up| up as usize)
    }

    /// Whether every token stands below one that has no head: heads that were changed may go round.
    pub fn is_tree(&self) -> bool {
        (0..self.tokens.len()).all(|at| self.ancestors(at).take(self.tokens.len()).count() < self.tokens.len())
    }

    /// Whether `at` is `top` or stands below it.
    pub fn below(&self, at: usize, top: usize) -> bool {
        at == top || self.ancestors(at).any(|up| up == top)
    }

    /// Whether the phrase of `at` begins right behind an opening quotation mark.
    #[must_use]
    pub fn is_quoted(&self, at: usize) -> bool {
        let begins = self.subtree(at).into_iter().find(|&at| self.tokens[at].upos != Upos::Punct);
        begins
            .and_then(|begins| begins.checked_sub(1))
            .is_some_and(|mark| matches!(self.tokens[mark].form.as_str(), "“" | "\"" | "‘" | "'" | "«" | "„"))
    }

    /// The span from the first to the last of `tokens`, which must not be empty.
    pub fn cover(&self, tokens: &[usize]) -> Span {
        let first = tokens.iter().min().expect("a cover needs a token");
        let last = tokens.iter().max().expect("a cover needs a token");
        self.tokens[*first].span.cover(self.tokens[*last].span)
    }

    /// The tokens that overlap `span`.
    pub fn tokens_in(&self, span: Span) -> std::ops::Range<usize> {
        let first = self.tokens.partition_point(|token| token.span.end <= span.start);
        let last = self.tokens.partition_point(|token| token.span.start < span.end);
        first..last.max(first)
    }
}
