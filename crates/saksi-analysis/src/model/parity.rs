//! The network gives what the training code gives: values of a few sentences, step by step.

use super::Model;
use super::features::{self, Case};
use super::net::Word;
use saksi_lang::Pack;
use serde::Deserialize;

/// What the network computes on the way.
pub(super) struct Values {
    pub(super) x: Vec<f32>,
    pub(super) q: Vec<f32>,
    pub(super) upos: Vec<f32>,
    pub(super) bio: Vec<f32>,
    pub(super) arcs: Vec<Vec<f32>>,
    pub(super) labels: Vec<f32>,
}

/// A sentence as `training/train.py --parity` writes it.
#[derive(Deserialize)]
struct Sample {
    words: Vec<String>,
    domain: usize,
    context: usize,
    x: Vec<Vec<f32>>,
    q: Vec<Vec<f32>>,
    upos_logits: Vec<Vec<f32>>,
    bio_logits: Vec<Vec<f32>>,
    arc: Vec<Vec<f32>>,
    label_logits: Vec<Vec<f32>>,
    upos: Vec<String>,
    feats: Vec<String>,
    heads: Vec<usize>,
    deprel: Vec<String>,
    lemma: Vec<String>,
    names: Vec<String>,
}

fn near(what: &str, ours: &[f32], theirs: &[Vec<f32>]) {
    let theirs: Vec<f32> = theirs.iter().flatten().copied().collect();
    assert_eq!(ours.len(), theirs.len(), "{what}");
    for (at, (a, b)) in ours.iter().zip(&theirs).enumerate() {
        assert!((a - b).abs() < 5e-3, "{what} {at}: {a} {b}");
    }
}

#[test]
fn values_are_those_of_the_training_code() {
    for code in ["id", "en"] {
        let path = std::env::var("SAKSI_PARITY").unwrap_or_else(|_| "../../training/parity".into());
        let Ok(json) = std::fs::read(format!("{path}/{code}.json")) else {
            continue;
        };
        let cases: Vec<Sample> = serde_json::from_slice(&json).unwrap();
        let model = Model::open(&Pack::builtin(code).unwrap()).unwrap().unwrap();
        for case in cases {
            let norms: Vec<String> = case.words.iter().map(|word| model.reader.norm(word)).collect();
            let context = features::context(norms.iter().map(|norm| Case::of(norm)));
            assert_eq!(context, case.context);
            let words: Vec<Word> = (0..norms.len()).map(|form| Word { form, context }).collect();
            let sums = model.net.embed(&model.file, norms.iter().map(String::as_str), &model.reader);
            let read = model.net.read(&[&words], &sums, case.domain, model.special);
            near("x", &read.values.x, &case.x);
            near("q", &read.values.q, &case.q);
            near("upos", &read.values.upos, &case.upos_logits);
            near("bio", &read.values.bio, &case.bio_logits);
            let mut arcs = read.values.arcs[0].clone();
            for (at, row) in case.arc.iter().enumerate() {
                arcs[at * row.len() + at + 1] = row[at + 1]; // no word heads itself
            }
            near("arc", &arcs, &case.arc);
            near("label", &read.values.labels, &case.label_logits);
            let out = &read.sentences[0];
            assert_eq!(out.heads, case.heads);
            let header = &model.file.header;
            for (at, norm) in norms.iter().enumerate() {
                assert_eq!(header.upos[out.upos[at]], case.upos[at]);
                assert_eq!(header.feats[out.feats[at]], case.feats[at]);
                assert_eq!(header.deprel[out.labels[at]], case.deprel[at]);
                assert_eq!(header.names[out.names[at]], case.names[at]);
                let rule = model.lemmas.known(&model.file, norm, &case.upos[at]);
                let rule = rule.unwrap_or_else(|| model.net.lemmas(&read, &[at])[0]);
                assert_eq!(model.lemmas.apply(rule, norm), case.lemma[at]);
            }
        }
    }
}
