//! Marks corpus cases that come out wrong, and takes the mark from those that come right.

use saksi::{Packs, RawArticle, read};
use saksi_testkit::{compare, parse};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// Rewrites with the packs of the working folder `:known-wrong` in every events corpus; the expectations stay as they are, and the diff is reviewed like code.
pub(crate) fn run() -> Result<String, String> {
    let packs = Packs::load(Path::new(".")).map_err(|error| error.to_string())?;
    let mut report = String::new();
    for code in packs.codes() {
        let folder = Path::new("lang").join(code).join("tests");
        let mut files: Vec<_> = fs::read_dir(&folder)
            .map_err(|error| format!("{}: {error}", folder.display()))?
            .filter_map(Result::ok)
            .map(|entry| entry.path())
            .filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("events")))
            .collect();
        files.sort();
        for file in files {
            let (right, all) = one(&file, code, &packs)?;
            let _ = writeln!(report, "{}: {right} of {all} right", file.display());
        }
    }
    Ok(report)
}

fn one(file: &Path, code: &str, packs: &Packs) -> Result<(usize, usize), String> {
    let source = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let cases = parse(&source).map_err(|error| format!("{}: {error}", file.display()))?;
    let mut lines: Vec<String> =
        source.lines().filter(|line| !line.starts_with(":known-wrong")).map(str::to_owned).collect();
    let titles: Vec<usize> = (0..lines.len()).filter(|&at| lines[at].starts_with("=== ")).collect();
    let mut right = 0;
    for (case, &title) in cases.iter().zip(&titles).rev() {
        let article = RawArticle {
            bytes: case.text.as_bytes(),
            published: case.published.as_deref(),
            language: Some(code),
            ..RawArticle::default()
        };
        let record = read(&article, packs).map_err(|error| error.to_string())?;
        let differences = compare(case, &record);
        if differences.is_empty() {
            right += 1;
        } else {
            lines.insert(title + 1, format!(":known-wrong {}", differences.join("; ")));
        }
    }
    fs::write(file, format!("{}\n", lines.join("\n"))).map_err(|error| format!("{}: {error}", file.display()))?;
    Ok((right, cases.len()))
}
