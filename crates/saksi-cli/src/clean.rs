use crate::args::{CleanArgs, ExplainFormat};
use crate::error::CliError;
use crate::{input, render};
use saksi::{ByteMap, CleanArticle, Packs};
use saksi_record::{Article, Note, Passage};
use serde::Serialize;

/// What `--format json` writes.
#[derive(Serialize)]
struct Written<'a> {
    article: &'a Article,
    text: &'a str,
    passages: &'a [Passage],
    /// Runs of the text with the bytes of the file they came from: `[start, end, from, to]`. A run of several code points
    /// goes with its bytes character for character. Runs without bytes were put in by layout.
    bytes: Option<Vec<[u32; 4]>>,
    notes: &'a [Note],
}

pub(crate) fn run(args: &CleanArgs, packs: &Packs) -> Result<(), CliError> {
    let clean = input::clean(&args.file, &args.about, packs)?;
    if args.body {
        return input::write_out(&body(&clean));
    }
    let out = match args.format {
        ExplainFormat::Text => render::clean(&clean),
        ExplainFormat::Json => {
            let written = Written {
                article: &clean.article,
                text: &clean.text,
                passages: &clean.passages,
                bytes: clean.bytes.as_ref().map(|map| runs(map, &clean.text)),
                notes: &clean.notes,
            };
            format!("{}\n", serde_json::to_string_pretty(&written).unwrap_or_default())
        }
    };
    input::write_out(&out)
}

/// The text without title and noise; lines of which nothing is left are left out.
fn body(clean: &CleanArticle) -> String {
    let mut left = vec![true; clean.text.chars().count()];
    for passage in &clean.passages {
        left[passage.start as usize..passage.end as usize].fill(false);
    }
    let kept: String = clean.text.chars().zip(left).filter(|(c, left)| *left || *c == '\n').map(|(c, _)| c).collect();
    let lines: Vec<&str> = kept.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join("\n") + "\n"
}

/// The map in runs, as long as text and bytes go on together.
fn runs(map: &ByteMap, text: &str) -> Vec<[u32; 4]> {
    let mut runs: Vec<[u32; 4]> = Vec::new();
    let mut last_same = false;
    for (at, c) in (0..).zip(text.chars()) {
        let Some(bytes) = map.char(at) else { break };
        let same = bytes.len() == c.len_utf8();
        let before = std::mem::replace(&mut last_same, same);
        if let Some(last) = runs.last_mut().filter(|last| same && before && last[3] == bytes.start) {
            (last[1], last[3]) = (at + 1, bytes.end);
            continue;
        }
        runs.push([at, at + 1, bytes.start, bytes.end]);
    }
    runs
}
