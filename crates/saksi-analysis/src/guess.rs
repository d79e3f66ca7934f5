use saksi_tree::{Sentence, Upos};

/// Tags by shape and heads by chain, for packs without a model: valid values, no more.
pub(crate) fn fill(sentences: &mut [Sentence]) {
    for sentence in sentences {
        let first = sentence.tokens.iter().position(|token| shape_of(&token.form) != Upos::Punct).unwrap_or(0);
        for (at, token) in sentence.tokens.iter_mut().enumerate() {
            token.upos = match shape_of(&token.form) {
                Upos::Propn if at == first => Upos::X,
                tag => tag,
            };
            token.lemma = token.form.to_lowercase();
            token.head = (at != first).then_some(if at == 0 { first as u32 } else { at as u32 - 1 });
            token.deprel = match (at == first, token.upos) {
                (true, _) => "root",
                (false, Upos::Punct) => "punct",
                (false, _) => "dep",
            }
            .into();
            token.score = 0.0;
        }
    }
}

fn shape_of(form: &str) -> Upos {
    match form.chars().next() {
        Some(first) if first.is_numeric() => Upos::Num,
        Some(first) if first.is_uppercase() => Upos::Propn,
        Some(first) if first.is_alphabetic() => Upos::X,
        _ => Upos::Punct,
    }
}
