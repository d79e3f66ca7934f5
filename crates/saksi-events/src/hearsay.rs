//! What a noun tells of an act: "reports that troops fired", and whether they are true. By the order of the words: trees take
//! such a clause for a relative one, or hang it anywhere.

use crate::clause::Clause;
use crate::code::{Context, Draft};
use crate::frames::{Rules, Shape};
use crate::status::{Effect, Place};
use saksi_record::{Certainty, EventType, Stance};
use saksi_tree::{Sentence, Upos};

/// Words between a noun and what leaves it open: "verify the many reports that".
const NEAR: usize = 4;

impl Rules {
    /// Effects of a noun that tells the act at `at`, and of what is said of that noun.
    pub(crate) fn told_by_noun(
        &self,
        sentence: &Sentence,
        at: usize,
        kind: EventType,
        effects: &mut Vec<(Effect, String)>,
    ) {
        let tokens = &sentence.tokens;
        let low = |place: usize| tokens[place].form.to_lowercase();
        let keys = |place: usize| self.keys(&low(place), &tokens[place].lemma);
        let why = |place: usize, line: usize| format!("‘{}’ (lexicon/status.tsv:{line})", tokens[place].form);
        let own = |place: usize| tokens[place].upos != Upos::Verb && tokens[place].upos != Upos::Punct;
        let that = (1..at)
            .rev()
            .take_while(|&place| own(place))
            .find(|&place| self.grammar.complementisers.iter().any(|word| *word == low(place)));
        let Some(noun) = that.map(|that| that - 1).filter(|&noun| tokens[noun].upos.is_nominal()) else { return };
        let known: Vec<Effect> = effects.iter().map(|(effect, _)| *effect).collect();
        if let Some((effect, line)) = self.status.effect(&keys(noun), Place::OverFromNoun)
            && !known.contains(&effect)
        {
            effects.push((effect, why(noun, line)));
        }
        // "could not verify reports that …"
        let over = (noun.saturating_sub(NEAR)..noun).rev().find(|&place| tokens[place].upos == Upos::Verb);
        if let Some(verb) = over {
            if let Some((Effect::Open, line)) = self.status.effect(&keys(verb), Place::Over)
                && self.is_unsaid(sentence, verb, kind)
            {
                effects.push((Effect::Hypothetical, why(verb, line)));
            }
            return;
        }
        // "Reports that … are false", "Kabar bahwa … tidak benar": the noun is what the sentence is about
        if (0..noun).any(|place| tokens[place].upos == Upos::Verb) {
            return;
        }
        let said = (at + 1..tokens.len()).take_while(|&place| tokens[place].upos != Upos::Punct).find_map(|place| {
            let (effect, line) = self.status.effect(&keys(place), Place::Over)?;
            let before = (place.saturating_sub(2).max(at + 1)..place).collect::<Vec<_>>();
            let copula = before.iter().any(|&word| tokens[word].upos == Upos::Aux);
            let denied = before
                .iter()
                .any(|&word| matches!(self.status.effect(&keys(word), Place::Beside), Some((Effect::Negated, _))));
            match effect {
                Effect::Untrue if denied => None,
                Effect::Untrue if copula => Some((Effect::Negated, why(place, line))),
                Effect::Open if denied && tokens[place].upos != Upos::Verb => Some((Effect::Negated, why(place, line))),
                _ => None,
            }
        });
        effects.extend(said);
    }
}

/// "Four men accused of killing a guard": what somebody is only accused of is possible, even where nobody is named who says so.
pub(crate) fn accused(article: Context<'_>, rules: &Rules, drafts: &mut [Draft]) {
    for at in 0..drafts.len() {
        let draft = &drafts[at];
        // "police said": who tells that somebody is accused is as sure of that as of nothing else
        let hedged = draft.attribution.first().is_some_and(|&nearest| {
            let said = &article.said[nearest as usize];
            said.certainty != Certainty::Certain || said.attribution.stance == Stance::Alleges
        });
        if hedged || draft.judged.certainty.is_some() || draft.kind == EventType::Accuse {
            continue;
        }
        let sentence = &article.analysis.sentences[draft.sentence];
        let top = draft.trigger.light.map_or(draft.trigger.at, |(light, _)| light);
        let charges = |word: usize| {
            drafts.iter().find(|other| {
                other.sentence == draft.sentence
                    && other.kind == EventType::Accuse
                    && other.mode.as_deref() == Some("allege")
                    && other.own.contains(&word)
            })
        };
        let control = |below: usize| {
            let clause = Clause::new(sentence, &rules.grammar, below, Shape::Plain);
            let mut marks = clause.prepositions(below);
            marks.any(|mark| rules.grammar.object_control.contains(&mark))
        };
        let mut below = top;
        let mut cue = None;
        for above in sentence.ancestors(top) {
            let goes_on = match sentence.tokens[below].relation() {
                "xcomp" | "ccomp" | "conj" => true,
                "advcl" => above < below && (control(below) || sentence.with(below, "mark").next().is_none()),
                "obl" | "nmod" => control(below),
                "obj" => sentence.tokens[above].upos == Upos::Verb,
                _ => false,
            };
            if !goes_on {
                break;
            }
            // a toll joined to the charge itself is no part of it
            if charges(above).is_some() && sentence.tokens[below].relation() != "conj" && below > above {
                cue = Some(above);
                break;
            }
            below = above;
        }
        if let Some(cue) = cue {
            let draft = &mut drafts[at];
            draft.judged.certainty = Some(Certainty::Possible);
            draft.why.push(format!("certainty: what ‘{}’ charges somebody with", sentence.tokens[cue].form));
        }
    }
}
