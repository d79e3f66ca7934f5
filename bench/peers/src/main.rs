//! Reads every page of a folder with saksi, `trafilatura` and `dom_smoothie`, one after the other on one thread, writes their
//! bodies as JSON by the name of the file, and says how many pages a second of processor time each reads.
//!
//! `cargo run --release --manifest-path bench/peers/Cargo.toml -- FOLDER OUT`

use serde_json::{Map, Value};
use std::path::Path;

/// How often the pages are read; the best round counts, as other work on the machine only slows a round down.
const ROUNDS: usize = 3;

/// Seconds of processor time that this thread has had, as Linux counts them.
fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    stat.split_whitespace().next().and_then(|time| time.parse::<f64>().ok()).unwrap_or_default() / 1e9
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [folder, out] = args.as_slice() else { return Err("usage: saksi-peers FOLDER OUT".into()) };
    let mut pages: Vec<(String, Vec<u8>)> = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        pages.push((name, std::fs::read(&path)?));
    }
    pages.sort();
    let packs = saksi::Packs::builtin();
    let saksi = |bytes: &[u8]| {
        let raw = saksi::RawArticle { bytes, ..saksi::RawArticle::default() };
        saksi::clean(&raw, &packs).map(|clean| own_words(&clean)).unwrap_or_default()
    };
    saksi(&pages[0].1);
    let runs: [(&str, &dyn Fn(&[u8]) -> String); 3] =
        [("saksi", &saksi), ("trafilatura", &trafilatura), ("dom_smoothie", &dom_smoothie)];
    for (name, read) in runs {
        let mut best = f64::INFINITY;
        let mut bodies = Map::new();
        for _ in 0..ROUNDS {
            let start = cpu();
            bodies = pages.iter().map(|(page, bytes)| (page.clone(), read(bytes).into())).collect();
            best = best.min(cpu() - start);
        }
        println!("{name:14} {:.0} pages a second of processor time", pages.len() as f64 / best);
        std::fs::write(Path::new(out).join(format!("{name}.json")), Value::Object(bodies).to_string())?;
    }
    Ok(())
}

/// The text without title and noise.
fn own_words(clean: &saksi::CleanArticle) -> String {
    let mut left = vec![true; clean.text.chars().count()];
    for passage in &clean.passages {
        left[passage.start as usize..passage.end as usize].fill(false);
    }
    clean.text.chars().zip(left).filter(|(c, left)| *left || *c == '\n').map(|(c, _)| c).collect()
}

fn trafilatura(bytes: &[u8]) -> String {
    let html = String::from_utf8_lossy(bytes);
    let options = trafilatura::Options::default().with_fallback(true);
    trafilatura::extract(&html, &options).map(|found| found.content_text).unwrap_or_default()
}

fn dom_smoothie(bytes: &[u8]) -> String {
    let html = String::from_utf8_lossy(bytes);
    let config =
        dom_smoothie::Config { text_mode: dom_smoothie::TextMode::Formatted, ..dom_smoothie::Config::default() };
    let Ok(mut page) = dom_smoothie::Readability::new(html.as_ref(), None, Some(config)) else { return String::new() };
    page.parse().map(|article| article.text_content.to_string()).unwrap_or_default()
}
