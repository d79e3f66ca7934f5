//! Writes the body of each page as JSON, by the name of its file, and says how many pages a second one thread reads.
//!
//! `cargo run --release -p saksi --example pages -- FOLDER > bodies.json`

use saksi::{CleanArticle, Packs, RawArticle, clean};
use serde_json::{Map, Value};
use std::io::Write as _;
use std::path::Path;
use std::time::Instant;

fn main() -> std::io::Result<()> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| ".".into());
    let mut pages: Vec<(String, Vec<u8>)> = Vec::new();
    for entry in std::fs::read_dir(Path::new(&folder))? {
        let path = entry?.path();
        let name = path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        pages.push((name, std::fs::read(&path)?));
    }
    pages.sort();
    let packs = Packs::builtin();
    let read = |bytes: &[u8]| clean(&RawArticle { bytes, ..RawArticle::default() }, &packs);
    // Packs are compiled when they are first asked for.
    for (_, bytes) in &pages {
        drop(read(bytes));
    }
    let start = Instant::now();
    let bodies: Map<String, Value> = pages
        .iter()
        .map(|(name, bytes)| (name.clone(), read(bytes).map_or(Value::Null, |clean| body(&clean).into())))
        .collect();
    let rate = pages.len() as f64 / start.elapsed().as_secs_f64();
    writeln!(std::io::stderr(), "{rate:.0} pages a second on one thread")?;
    writeln!(std::io::stdout(), "{}", Value::Object(bodies))
}

/// The text without title and noise.
fn body(clean: &CleanArticle) -> String {
    let mut left = vec![true; clean.text.chars().count()];
    for passage in &clean.passages {
        left[passage.start as usize..passage.end as usize].fill(false);
    }
    clean.text.chars().zip(left).filter(|(c, left)| *left || *c == '\n').map(|(c, _)| c).collect()
}
