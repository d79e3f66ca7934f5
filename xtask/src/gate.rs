//! The accuracy gate: no measure falls unnoticed.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

const FLOORS: &str = "gate.toml";
const PROGRAM: &str = "target/release/saksi";
const MEASURES: [&str; 7] = ["noise", "times", "attribution", "event", "dyad", "entity", "full"];
/// A measure may fall by this much before the gate fails: the last digit shown.
const SLACK: f64 = 0.0005;

type Floors = BTreeMap<String, BTreeMap<String, f64>>;

/// Scores the release binary and compares it with the floors. A measure that rose raises its floor only by hand.
pub(crate) fn run(lower: bool) -> Result<String, String> {
    let shared = std::env::var("SAKSI_SHARED").unwrap_or_else(|_| "../shared".into());
    let gold = Path::new(&shared).join("gold");
    if !gold.is_dir() {
        return Err(format!(
            "no coded articles at {}; set SAKSI_SHARED to the folder that holds gold/",
            gold.display()
        ));
    }
    let done = Command::new(PROGRAM)
        .arg("score")
        .arg(&gold)
        .args(["--by", "language", "--format", "json"])
        .output()
        .map_err(|error| format!("{PROGRAM} could not be run: {error}; is it built?"))?;
    if !done.status.success() {
        return Err(format!("the scorer failed: {}", String::from_utf8_lossy(&done.stderr)));
    }
    let scores: serde_json::Value = serde_json::from_slice(&done.stdout).map_err(|error| error.to_string())?;
    let floors: Floors = match std::fs::read_to_string(FLOORS) {
        Ok(text) => toml::from_str(&text).map_err(|error| format!("{FLOORS}: {error}"))?,
        Err(_) if lower => Floors::new(),
        Err(error) => return Err(format!("{FLOORS}: {error}")),
    };
    let mut fallen = Vec::new();
    let mut found = Floors::new();
    for group in ["all", "en", "id"] {
        let leaks = scores[group]["leaks"].as_u64().unwrap_or(u64::MAX);
        if leaks > 0 {
            fallen.push(format!("{group}: {leaks} leaks"));
        }
        for measure in MEASURES {
            let score = scores[group][measure]["f1"].as_f64().unwrap_or(0.0);
            found.entry(group.to_owned()).or_default().insert(measure.to_owned(), (score * 1000.0).floor() / 1000.0);
            let floor = floors.get(group).and_then(|floors| floors.get(measure)).copied().unwrap_or(0.0);
            if score + SLACK < floor {
                fallen.push(format!("{group}: {measure} fell to {score:.3}, its floor is {floor:.3}"));
            }
        }
    }
    if lower {
        let text = toml::to_string(&found).map_err(|error| error.to_string())?;
        let head = "# The lowest F1 that each measure may have on ../shared/gold; `cargo run -p xtask -- gate --lower` rewrites it.\n";
        std::fs::write(FLOORS, format!("{head}{text}")).map_err(|error| format!("{FLOORS}: {error}"))?;
        return Ok(format!("{FLOORS} written"));
    }
    if fallen.is_empty() { Ok("no measure fell".into()) } else { Err(fallen.join("\n")) }
}
