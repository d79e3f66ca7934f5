use compact_str::CompactString;
use rustc_hash::FxHashMap;
use saksi_lang::{Pack, PackError};
use saksi_tree::Sentence;

const MISSPELLINGS: &str = "lexicon/misspellings.tsv";

/// Lemmas of words that are often misspelt, which the model would read letter by letter.
#[derive(Debug)]
pub(crate) struct Rules {
    /// From the wrong form in lower case.
    misspelt: FxHashMap<CompactString, CompactString>,
}

impl Rules {
    pub(crate) fn compile(pack: &Pack) -> Result<Self, PackError> {
        let mut misspelt = FxHashMap::default();
        if pack.bytes(MISSPELLINGS).is_some() {
            let table = pack.table(MISSPELLINGS)?;
            let (form, lemma) = (table.column("form")?, table.column("lemma")?);
            for row in table.rows() {
                misspelt.insert(CompactString::from(row.cell(form)), CompactString::from(row.cell(lemma)));
            }
        }
        Ok(Self { misspelt })
    }

    /// Gives misspelt words the lemma of the word that was meant.
    pub(crate) fn mend(&self, sentence: &mut Sentence) {
        if self.misspelt.is_empty() {
            return;
        }
        for token in &mut sentence.tokens {
            if let Some(lemma) = self.misspelt.get(&token.form.to_lowercase()) {
                token.lemma.clone_from(lemma);
            }
        }
    }
}
