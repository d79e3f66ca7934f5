//! How long one article takes, and how long the packs take to load: `cargo bench -p saksi`.

use divan::Bencher;
use divan::counter::ItemsCount;
use saksi::{Packs, RawArticle, read};

const ARTICLES: [(&str, &str); 2] = [
    ("en", include_str!("../../../examples/border-talks.en.txt")),
    ("id", include_str!("../../../examples/bantuan-gempa.id.txt")),
];

fn main() {
    divan::main();
}

/// One example article through the whole pipeline, packs loaded.
#[divan::bench(args = [0, 1])]
fn article(bencher: Bencher<'_, '_>, which: usize) {
    let (code, text) = ARTICLES[which];
    let packs = Packs::builtin();
    let raw = RawArticle { bytes: text.as_bytes(), language: Some(code), ..RawArticle::default() };
    read(&raw, &packs).expect("the example is readable");
    bencher
        .counter(ItemsCount::new(text.split_whitespace().count()))
        .bench(|| read(divan::black_box(&raw), &packs).expect("the example is readable"));
}

/// One example article with nothing loaded yet, as a process that starts does it.
#[divan::bench(args = [0, 1])]
fn first_article(bencher: Bencher<'_, '_>, which: usize) {
    let (code, text) = ARTICLES[which];
    let raw = RawArticle { bytes: text.as_bytes(), language: Some(code), ..RawArticle::default() };
    bencher.bench(|| read(divan::black_box(&raw), &Packs::builtin()).expect("the example is readable"));
}
