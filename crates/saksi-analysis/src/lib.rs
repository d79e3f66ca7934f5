//! Which sentences, words, lemmas, trees and names? Turns evidence regions into analysed sentences.
//!
//! Words and sentences come from rules whose data is in `lang/<code>/tokens.toml` and its tables; tags, lemmas, trees
//! and names from the network in `lang/<code>/model.bin`, whose format `training/FORMAT.md` describes. A pack without
//! a model gets tags by guess and chains for trees, with a note.

mod guess;
mod lemma;
mod model;
mod split;

use model::Model;
use saksi_lang::{Pack, PackError};
use saksi_record::Note;
use saksi_tree::{Analysis, Region, Sentence, Text};

/// What the analysis of one language needs, compiled out of its pack.
#[derive(Debug)]
pub struct Rules {
    split: split::Rules,
    lemma: lemma::Rules,
    model: Option<Model>,
}

impl Rules {
    /// Compiles the tokenisation rules and opens the model, if the pack has one.
    ///
    /// # Errors
    /// If a file of the pack is missing or malformed.
    pub fn compile(pack: &Pack) -> Result<Self, PackError> {
        Ok(Self { split: split::Rules::compile(pack)?, lemma: lemma::Rules::compile(pack)?, model: Model::open(pack)? })
    }

    /// The treebanks whose manner of annotation can be asked for; the first is the one used if none is.
    pub fn treebanks(&self) -> &[String] {
        self.model.as_ref().map_or(&[], Model::treebanks)
    }
}

/// Analyses the regions of a text, in the manner of the pack's news treebank.
pub fn analyze(text: &Text, regions: &[Region], rules: &Rules) -> Analysis {
    analyze_as(text, regions, rules, None)
}

/// Analyses the regions of a text in the manner of `treebank` (see [`Rules::treebanks`]); an unknown one is noted.
pub fn analyze_as(text: &Text, regions: &[Region], rules: &Rules, treebank: Option<&str>) -> Analysis {
    let mut analysis = split::split(text, regions, &rules.split, treebank);
    fill(&mut analysis.sentences, rules, treebank, &mut analysis.notes);
    analysis
}

/// Fills tags, lemmas, trees and names of sentences whose words are given, in the manner of `treebank`.
pub fn analyze_pretokenized(mut sentences: Vec<Sentence>, rules: &Rules, treebank: Option<&str>) -> Vec<Sentence> {
    fill(&mut sentences, rules, treebank, &mut Vec::new());
    sentences
}

fn fill(sentences: &mut [Sentence], rules: &Rules, treebank: Option<&str>, notes: &mut Vec<Note>) {
    let note = |message: String| Note { stage: "analysis".into(), message, span: None };
    if let Some(model) = &rules.model {
        let domain = treebank.and_then(|name| model.treebanks().iter().position(|known| known == name));
        if let (Some(asked), None) = (treebank, domain) {
            notes.push(note(format!("no treebank `{asked}`; known: {}", model.treebanks().join(", "))));
        }
        let domain = domain.unwrap_or(model.default_treebank());
        model.fill(sentences, domain, rules.split.settings.lemma.of(&model.treebanks()[domain]));
    } else {
        notes.push(note("the pack has no model: tags are guessed, trees are chains".into()));
        guess::fill(sentences);
    }
    for sentence in sentences {
        rules.lemma.mend(sentence);
        sentence.link();
    }
}

/// The surface tokens of a text line by line, each with its span, its kind and whether the rules end a sentence behind
/// it: what `training/splitter.py` learns from.
#[doc(hidden)]
pub fn surface(text: &Text, rules: &Rules) -> Vec<Vec<(saksi_record::Span, &'static str, bool)>> {
    split::surface(text, &rules.split)
}
