//! Words per second from raw text to trees and names, per language.

use divan::counter::ItemsCount;
use saksi_analysis::{Rules, analyze};
use saksi_lang::Pack;
use saksi_tree::{Region, RegionKind, Text};

fn main() {
    divan::main();
}

const ARTICLES: [(&str, &str); 2] = [
    (
        "id",
        "Presiden negara itu bertemu menteri luar negeri pada Sabtu (12/7/2025). “Kami siap bekerja sama,” ujarnya. ",
    ),
    ("en", "The president met the foreign minister on Saturday. “We are ready to work together,” he told reporters. "),
];

#[divan::bench(args = ["id", "en"])]
fn an_article_of_400_words(bencher: divan::Bencher<'_, '_>, code: &str) {
    let rules = Rules::compile(&Pack::builtin(code).expect("a pack")).expect("a sound pack");
    let (_, sentence) = ARTICLES.iter().find(|(known, _)| *known == code).expect("an article");
    let text = Text::new(sentence.repeat(20));
    let region = [Region { span: text.span(), kind: RegionKind::Body }];
    let words: usize = analyze(&text, &region, &rules).sentences.iter().map(|sentence| sentence.tokens.len()).sum();
    bencher.counter(ItemsCount::new(words)).bench(|| analyze(&text, &region, &rules));
}

#[divan::bench(args = ["id", "en"])]
fn opening_the_pack(code: &str) -> Rules {
    Rules::compile(&Pack::builtin(code).expect("a pack")).expect("a sound pack")
}
