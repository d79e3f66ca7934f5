//! Makes up articles and records as JSON Lines, for trying many at once.

use saksi_testkit::{Templates, World, generate, record};
use serde_json::json;
use std::io::{BufWriter, Write};
use std::path::Path;

/// Writes `count` articles to standard output; the same for the same seed.
pub(crate) fn run(count: &str, options: &[&str]) -> Result<String, String> {
    let count = number(count)?;
    let (mut seed, mut copies) = (1, 0);
    for option in options.chunks(2) {
        match option {
            ["--seed", value] => seed = number(value)?,
            ["--copies", value] => copies = number(value)?,
            other => return Err(format!("`{}` is no option", other.join(" "))),
        }
    }
    let languages = Templates::all(Path::new(".")).map_err(|error| error.to_string())?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    for number in 0..count {
        let made = generate(&languages, seed, copies, number);
        let line = json!({
            "id": made.number, "url": format!("https://example.org/{number}"), "title": made.title, "text": made.text(),
            "published": made.published, "outlet": made.outlet, "language": made.language,
            "copy_of": made.of, "made": made.make.name(),
        });
        if writeln!(out, "{line}").is_err() {
            break; // nobody reads on
        }
    }
    let _ = out.flush();
    Ok(String::new())
}

/// Writes `count` records to standard output; the same for the same seed.
pub(crate) fn records(count: &str, options: &[&str]) -> Result<String, String> {
    let count = number(count)?;
    let (mut seed, mut copies, mut from) = (1, 100, 0);
    for option in options.chunks(2) {
        match option {
            ["--seed", value] => seed = number(value)?,
            ["--copies", value] => copies = number(value)?,
            ["--from", value] => from = number(value)?,
            other => return Err(format!("`{}` is no option", other.join(" "))),
        }
    }
    let pack = saksi_lang::Pack::builtin("world").map_err(|error| error.to_string())?;
    let world = World::of(&pack).map_err(|error| error.to_string())?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    for number in from..from + count {
        let line = serde_json::to_string(&record(&world, seed, copies, number)).map_err(|error| error.to_string())?;
        if writeln!(out, "{line}").is_err() {
            break; // nobody reads on
        }
    }
    let _ = out.flush();
    Ok(String::new())
}

fn number(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| format!("`{text}` is no number"))
}
