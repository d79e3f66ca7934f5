//! Scores the times of coded articles by themselves: `gold FOLDER [NAME…]` reads NAME.txt and NAME.json and prints
//! F1 of overlapping extent with equal value, and each miss. Noise is cut out as coded; sentences are split plainly.

#[path = "../tests/common/mod.rs"]
mod common;

use saksi_lang::Pack;
use saksi_record::{Basis, Published};
use saksi_time::{Rules, resolve};
use saksi_tree::{Span, Text};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().unwrap_or_else(|| "../shared/gold".to_owned()));
    let names: Vec<String> = arguments.collect();
    let (mut right, mut predicted, mut wanted) = (0, 0, 0);
    let mut out = String::new();
    for name in &names {
        let text = std::fs::read_to_string(folder.join(format!("{name}.txt"))).expect("the article can be read");
        let gold: serde_json::Value = serde_json::from_str(
            &std::fs::read_to_string(folder.join(format!("{name}.json"))).expect("so can its coding"),
        )
        .expect("the coding is JSON");
        let code = name.rsplit('.').next().unwrap_or("en");
        let rules = Rules::compile(&Pack::builtin(code).expect("a pack")).expect("good rules");
        // Noise is blanked out, code point by code point, so that offsets stay.
        let mut chars: Vec<char> = text.chars().collect();
        for noise in gold["noise"].as_array().into_iter().flatten() {
            let (kind, words) =
                (noise["kind"].as_str().unwrap_or_default(), noise["text"].as_str().unwrap_or_default());
            if kind != "title"
                && let Some(byte) = text.find(words)
            {
                let start = text[..byte].chars().count();
                for c in &mut chars[start..start + words.chars().count()] {
                    *c = '\n';
                }
            }
        }
        let text = Text::new(chars.into_iter().collect());
        let analysis = common::split(&text, true);
        let value = gold["published"].as_str().map(str::to_owned);
        let basis = if value.is_some() { Basis::Given } else { Basis::None };
        let times = resolve(&text, &analysis, Published { value, basis }, None, &rules);
        let mut used = vec![false; times.found.len()];
        let mut spare = vec![false; times.found.len()];
        let _ = writeln!(out, "== {name}");
        for time in gold["times"].as_array().into_iter().flatten() {
            let words = time["text"].as_str().unwrap_or_default();
            let nth = time["nth"].as_u64().unwrap_or(1) as usize;
            let Some((byte, _)) = text.as_str().match_indices(words).nth(nth - 1) else {
                let _ = writeln!(out, "   not in the text: {words}");
                continue;
            };
            let span = text.span_of_bytes(byte..byte + words.len());
            let optional = time["optional"].as_bool().unwrap_or(false);
            let over: Vec<usize> = (0..used.len())
                .filter(|&at| Span::new(times.found[at].time.start, times.found[at].time.end).overlaps(span))
                .collect();
            let hit =
                over.iter().find(|&&at| !used[at] && times.found[at].time.value.as_deref() == time["value"].as_str());
            for &at in &over {
                spare[at] |= optional;
            }
            if let Some(&at) = hit {
                used[at] = true;
                if !optional {
                    (right, predicted, wanted) = (right + 1, predicted + 1, wanted + 1);
                }
            } else if !optional {
                wanted += 1;
                let got: Vec<_> = over.iter().map(|&at| &times.found[at].time.value).collect();
                let _ = writeln!(out, "   missed {words}: want {}, got {got:?}", time["value"]);
            }
        }
        for (at, found) in times.found.iter().enumerate() {
            if !used[at] && !spare[at] {
                predicted += 1;
                let words = text.slice(Span::new(found.time.start, found.time.end));
                let _ = writeln!(out, "   extra {words} = {:?} ({})", found.time.value, found.time.rule);
            }
        }
        for note in &times.notes {
            let _ = writeln!(out, "   note: {}", note.message);
        }
    }
    let f1 = 200.0 * f64::from(right) / f64::from(predicted + wanted);
    let _ = writeln!(out, "right {right} predicted {predicted} wanted {wanted} F1 {f1:.1}");
    std::io::stdout().write_all(out.as_bytes()).expect("the output can be written");
}
