//! Trees for tests, as tables.

use saksi_tree::{Sentence, read_conllu};

/// A word: form, part of speech, features (`_` for none), number of its head from 1 on (0 for the root), relation.
pub(crate) type Row<'r> = (&'r str, &'r str, &'r str, usize, &'r str);

/// The sentence of these words; lemmas are the forms in lower case.
pub(crate) fn sentence(rows: &[Row<'_>]) -> Sentence {
    let lines: Vec<String> = rows
        .iter()
        .enumerate()
        .map(|(at, (form, upos, feats, head, deprel))| {
            let lemma = form.to_lowercase();
            format!("{}\t{form}\t{lemma}\t{upos}\t_\t{feats}\t{head}\t{deprel}\t_\t_\n", at + 1)
        })
        .collect();
    read_conllu(&format!("{}\n", lines.concat())).unwrap().1.remove(0)
}

/// Where a word hangs, counted from 0, and by what relation.
pub(crate) fn head(sentence: &Sentence, at: usize) -> (Option<u32>, &str) {
    (sentence.tokens[at].head, sentence.tokens[at].deprel.as_str())
}
