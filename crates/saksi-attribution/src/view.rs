use crate::quotes::Quote;
use crate::rules::{Class, Rules, Use, frame};
use compact_str::CompactString;
use saksi_entities::Entities;
use saksi_tree::{Analysis, RegionKind, Sentence, Span, Text, Upos};

/// Everything the stage reads.
pub(crate) struct Input<'a> {
    pub(crate) text: &'a Text,
    pub(crate) analysis: &'a Analysis,
    pub(crate) entities: &'a Entities,
    pub(crate) rules: &'a Rules,
    pub(crate) quotes: &'a [Quote],
}

/// One sentence with what is looked up often.
pub(crate) struct View<'a> {
    pub(crate) at: usize,
    pub(crate) sentence: &'a Sentence,
    /// The words in lower case.
    pub(crate) low: Vec<CompactString>,
    /// The quotation each token stands in.
    pub(crate) quote: Vec<Option<usize>>,
    /// The cues of the sentence, in order.
    pub(crate) hits: Vec<Hit>,
}

/// How far behind its verb a tally may stand: "put the official death toll".
const TALLY: usize = 6;

/// A cue found in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hit {
    pub(crate) cue: usize,
    pub(crate) kind: Use,
    /// First and last token.
    pub(crate) first: usize,
    pub(crate) last: usize,
    /// The source is the cue's own clitic.
    pub(crate) clitic: bool,
}

/// A phrase: its tokens, the token that heads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Phrase {
    pub(crate) first: usize,
    pub(crate) last: usize,
    pub(crate) head: usize,
}

impl<'a> View<'a> {
    pub(crate) fn new(input: &Input<'a>, at: usize) -> Self {
        let sentence = &input.analysis.sentences[at];
        let low = sentence.tokens.iter().map(saksi_tree::Token::lower).collect();
        let from = input.quotes.partition_point(|quote| quote.span.end <= sentence.span.start);
        let near = || input.quotes.iter().enumerate().skip(from);
        let quote = sentence
            .tokens
            .iter()
            .map(|token| {
                near()
                    .take_while(|(_, quote)| quote.span.start < token.span.end)
                    .find(|(_, quote)| quote.span.contains(token.span))
                    .map(|(index, _)| index)
            })
            .collect();
        let mut view = Self { at, sentence, low, quote, hits: Vec::new() };
        view.hits = view.find_hits(input);
        view
    }

    pub(crate) fn len(&self) -> usize {
        self.low.len()
    }

    pub(crate) fn upos(&self, at: usize) -> Upos {
        self.sentence.tokens[at].upos
    }

    /// Verb or auxiliary.
    pub(crate) fn is_verbal(&self, at: usize) -> bool {
        matches!(self.upos(at), Upos::Verb | Upos::Aux)
    }

    pub(crate) fn is_punct(&self, at: usize) -> bool {
        self.sentence.tokens[at].form.chars().all(|letter| !letter.is_alphanumeric())
    }

    pub(crate) fn is_comma(&self, at: usize) -> bool {
        matches!(self.low[at].as_str(), "," | "–" | "—" | "-" | "--" | "...")
    }

    pub(crate) fn is_title(&self) -> bool {
        self.sentence.kind == RegionKind::Title
    }

    /// The text from the first to the last token, without punctuation at its edges but with quotation marks.
    pub(crate) fn span(&self, first: usize, last: usize) -> Option<Span> {
        let (mut first, mut last) = (first, last.min(self.len().checked_sub(1)?));
        let marks = |at: usize| self.quote[at].is_some() && self.is_punct(at);
        let opens = |at: usize| matches!(self.low[at].as_str(), "(" | "[");
        while first <= last && self.is_punct(first) && !marks(first) && !opens(first) {
            first += 1;
        }
        let closed = |at: usize| {
            matches!(self.low[at].as_str(), ")" | "]" | "%") && (first..at).any(opens) || self.low[at] == "%"
        };
        while last > first && self.is_punct(last) && !marks(last) && !closed(last) {
            last -= 1;
        }
        if first > last || (first == last && self.is_punct(first)) {
            return None;
        }
        let tokens = &self.sentence.tokens;
        Some(Span::new(tokens[first].span.start, tokens[last].span.end.max(tokens[first].span.end)))
    }

    /// The words of the sentence that can be cues, longest match first, outside quotations.
    fn find_hits(&self, input: &Input<'_>) -> Vec<Hit> {
        let rules = input.rules;
        let mut hits: Vec<Hit> = Vec::new();
        let mut next = 0;
        for first in 0..self.len() {
            if first < next || self.in_speech(first, input) {
                continue;
            }
            if let Some(hit) = self.hit_at(first, rules).filter(|hit| self.tells(*hit, rules)) {
                next = hit.last + 1;
                hits.push(hit);
            }
        }
        hits
    }

    /// Whether a cue that attributes only with certain words beside it has them: "put the toll at 12", not "put a ship at anchor".
    fn tells(&self, hit: Hit, rules: &Rules) -> bool {
        let tally = |at: usize| rules.words.tallies.has(&self.low[at]);
        rules.cues[hit.cue].frames != frame::AT || (hit.last + 1..self.len().min(hit.last + TALLY)).any(tally)
    }

    /// Whether the token stands in a quotation that is more than a word or a name.
    pub(crate) fn in_speech(&self, at: usize, input: &Input<'_>) -> bool {
        self.quote[at].is_some_and(|quote| input.text.slice(input.quotes[quote].span).split_whitespace().count() > 1)
    }

    fn hit_at(&self, first: usize, rules: &Rules) -> Option<Hit> {
        let whole = self.low[first].as_str();
        let mut best = self.best(first, whole, rules, false);
        for clitic in &rules.words.clitics {
            // Some analyses split the clitic off, some do not.
            if let Some(stem) = whole.strip_suffix(clitic.as_str())
                && best.is_none()
                && !rules.beginning(stem).is_empty()
            {
                best = self.best(first, stem, rules, true);
            }
            if let Some(hit) = &mut best
                && self.low.get(hit.last + 1) == Some(clitic)
                && !self.sentence.tokens[hit.last].space_after
            {
                hit.last += 1;
                hit.clitic = true;
            }
        }
        best
    }

    fn best(&self, first: usize, word: &str, rules: &Rules, clitic: bool) -> Option<Hit> {
        let mut best: Option<(usize, Hit)> = None;
        for &(cue, kind) in rules.beginning(word) {
            let entry = &rules.cues[cue as usize];
            let Some(mut last) = self.rest_ends(first, &entry.rest) else { continue };
            let words = entry.rest.len() + 1;
            if entry.rest.last().is_some_and(|word| rules.words.complementisers.has(word)) {
                last -= 1;
            }
            let inverted = entry.may(frame::INVERTED) && kind == Use::Active;
            if !inverted && !self.class_fits(first, entry.class, kind, words, rules) {
                continue;
            }
            let better = best.as_ref().is_none_or(|(known, hit)| {
                words > *known || words == *known && self.closer(first, cue as usize, hit.cue, rules)
            });
            if better {
                best = Some((words, Hit { cue: cue as usize, kind, first, last, clitic }));
            }
        }
        best.map(|(_, hit)| hit)
    }

    /// Of two cues of the same form, whether `new` suits the tag of the token better than `old`.
    fn closer(&self, at: usize, new: usize, old: usize, rules: &Rules) -> bool {
        let suits = |cue: usize| match rules.cues[cue].class {
            Class::Verb => self.is_verbal(at),
            Class::Noun => matches!(self.upos(at), Upos::Noun | Upos::Propn),
            Class::Adjective => self.upos(at) == Upos::Adj,
            Class::Preposition => true,
        };
        // "Dilansir Kyodo, …": at the edge of a clause such a form names the source.
        let edge = at.checked_sub(1).is_none_or(|before| self.low[before] == ",");
        let opens = edge && rules.cues[new].class == Class::Preposition && rules.cues[old].class == Class::Verb;
        opens || suits(new) && !suits(old)
    }

    /// The last token of a cue whose further words are `rest`: each may follow after a modifier and be inflected.
    pub(crate) fn rest_ends(&self, first: usize, rest: &[CompactString]) -> Option<usize> {
        let mut at = first;
        for word in rest {
            let fits = |next: &usize| {
                let low = &self.low[*next];
                low == word || low.len() == word.len() + 1 && low.starts_with(word.as_str())
            };
            let reach = (at + 1..self.len().min(at + 4)).find(fits)?;
            let loose =
                (at + 1..reach).all(|gap| matches!(self.upos(gap), Upos::Adj | Upos::Adv | Upos::Det | Upos::Pron));
            if !loose {
                return None;
            }
            at = reach;
        }
        Some(at)
    }

    /// Whether what follows the token is no verb, whatever its tag: an article, or a hyphen as in "so-called".
    fn makes_noun(&self, at: usize, rules: &Rules) -> bool {
        let low = self.low[at].as_str();
        let words = &rules.words;
        words.articles.has(low)
            || words.indefinite.has(low)
            || words.possessive.has(low) && low.chars().count() > 1
            || low == "-" && !self.sentence.tokens[at].space_after
    }

    /// ", adding that …": a participle behind a comma, whose subject is that of the clause before.
    pub(crate) fn trails(&self, at: usize) -> bool {
        let token = &self.sentence.tokens[at];
        let participle = token.feat("VerbForm") == Some("Ger")
            || token.feat("VerbForm") == Some("Part") && token.feat("Tense") == Some("Pres");
        participle && at.checked_sub(1).is_some_and(|before| self.low[before] == ",")
    }

    fn class_fits(&self, at: usize, class: Class, kind: Use, words: usize, rules: &Rules) -> bool {
        let upos = self.upos(at);
        match class {
            Class::Verb if kind == Use::Bare => {
                self.is_title() || self.sentence.tokens[at].relation() == "root" && upos == Upos::Verb
            }
            // "the High Court order": a noun by tag and by place.
            Class::Verb
                if words == 1
                    && matches!(upos, Upos::Noun | Upos::Propn)
                    && matches!(
                        self.sentence.tokens[at].relation(),
                        "obj" | "nmod" | "obl" | "compound" | "appos" | "conj"
                    )
                    && !(self.sentence.tokens[at].relation() != "obj"
                        && self.low.get(at + 1).is_some_and(|next| rules.words.complementisers.has(next))) =>
            {
                false
            }
            // "the Washington Post": part of a name.
            Class::Verb
                if words == 1 && upos == Upos::Propn && self.sentence.tokens[at].name.is_some() && !self.is_title() =>
            {
                false
            }
            // "states that vote"
            Class::Verb
                if words == 1
                    && upos == Upos::Noun
                    && self.low.get(at + 1).is_some_and(|next| rules.words.complementisers.has(next))
                    && self.upos(at + 1) == Upos::Pron =>
            {
                false
            }
            // A tagger that takes a verb for a noun is believed only where something like an article precedes.
            Class::Verb if words == 1 && at.checked_sub(1).is_some_and(|before| self.makes_noun(before, rules)) => {
                false
            }
            Class::Verb => {
                upos != Upos::Noun && upos != Upos::Propn && upos != Upos::Adp
                    || words > 1
                    || !at.checked_sub(1).is_some_and(|before| {
                        matches!(self.upos(before), Upos::Det | Upos::Adj | Upos::Num | Upos::Adp)
                            || rules.words.possessive.has(&self.low[before])
                    })
            }
            Class::Noun => matches!(upos, Upos::Noun | Upos::Propn | Upos::Verb | Upos::X),
            Class::Adjective => upos == Upos::Adj || upos == Upos::Verb,
            Class::Preposition => true,
        }
    }
}
