//! What stops short of an act, and who was the first to do one: phrases and ranks that say whether it was done.

use crate::frames::Rules;
use saksi_tree::Sentence;

impl Rules {
    /// The phrase right before a verb that says that it was not done: "stopped short of condemning".
    pub(crate) fn forgone(&self, sentence: &Sentence, at: usize) -> Option<&str> {
        let fits = |phrase: &&String| {
            let words: Vec<&str> = phrase.split(' ').collect();
            at >= words.len()
                // "the long-delayed meeting took place"
                && sentence.tokens[at - 1].relation() != "amod"
                && words
                    .iter()
                    .zip(&sentence.tokens[at - words.len()..at])
                    .all(|(word, token)| token.lower() == *word || token.lemma == *word)
        };
        self.grammar.forgone.iter().find(fits).map(String::as_str)
    }

    /// "the first migrant to be sent back": whoever is the first to do something does it.
    pub(crate) fn is_ranked(&self, sentence: &Sentence, at: usize) -> bool {
        let token = &sentence.tokens[at];
        let Some(noun) = token.head.map(|head| head as usize).filter(|_| token.relation() == "acl") else {
            return false;
        };
        std::iter::once(noun)
            .chain(sentence.with(noun, "amod"))
            .any(|word| self.grammar.ranks.iter().any(|rank| *rank == sentence.tokens[word].lower()))
    }
}
