//! How many signatures a second, and how long grouping takes: `cargo run --release -p saksi-duplicates --example speed`.

use saksi_duplicates::{Dated, group, signature_of};
use saksi_testkit::{Made, Templates, generate};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

#[allow(clippy::print_stdout, reason = "a benchmark prints")]
fn main() {
    let count: u64 = std::env::args().nth(1).and_then(|count| count.parse().ok()).unwrap_or(20_000);
    let seed: u64 = std::env::args().nth(2).and_then(|seed| seed.parse().ok()).unwrap_or(1);
    let languages = Templates::all(Path::new(".")).expect("run in the root");
    let made: Vec<Made> = (0..count).map(|number| generate(&languages, seed, 300, number)).collect();
    let texts: Vec<String> = made.iter().map(Made::text).collect();
    let words: usize = texts.iter().map(|text| text.split_whitespace().count()).sum();
    let clock = Instant::now();
    let articles: Vec<Dated> = texts.iter().map(|text| Dated { signature: signature_of(text), when: None }).collect();
    let signed = clock.elapsed().as_secs_f64();
    let clock = Instant::now();
    let groups = group(&articles);
    let grouped = clock.elapsed().as_secs_f64();
    println!("{count} articles, {} words each", words / made.len().max(1));
    println!("{:.0} signatures/s, grouped in {grouped:.2} s into {} groups", count as f64 / signed, groups.len());
    let pairs = |size: usize| (size * (size - 1) / 2) as f64;
    let mut truth: BTreeMap<u64, usize> = BTreeMap::new();
    for made in &made {
        *truth.entry(made.of).or_default() += 1;
    }
    let (mut right, mut kinds) = (0.0, BTreeMap::new());
    for group in &groups {
        let mut by: BTreeMap<u64, usize> = BTreeMap::new();
        for member in &group.members {
            *by.entry(made[member.article].of).or_default() += 1;
            *kinds.entry((made[member.article].make.name(), member.kind.as_str())).or_insert(0) += 1;
        }
        right += by.into_values().map(pairs).sum::<f64>();
    }
    let precision = right / groups.iter().map(|group| pairs(group.members.len())).sum::<f64>();
    let recall = right / truth.into_values().map(pairs).sum::<f64>();
    println!(
        "precision {precision:.4}, recall {recall:.4}, F1 {:.4}\n{kinds:?}",
        2.0 * precision * recall / (precision + recall)
    );
}
