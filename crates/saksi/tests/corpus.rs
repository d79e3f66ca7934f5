//! Every case of `lang/*/tests/events*.txt`, read through the whole pipeline.

use saksi::{Packs, RawArticle, read};
use saksi_testkit::{Outcome, outcome, parse};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

fn corpus_files(code: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../lang").join(code).join("tests");
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("events")))
        .collect();
    files.sort();
    files
}

/// Reads every case; a failure never hides the next.
fn check(code: &str, least: usize) {
    let packs = Packs::builtin();
    let (mut count, mut right, mut known, mut wrong) = (0, 0, 0, String::new());
    for file in corpus_files(code) {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let source = std::fs::read_to_string(&file).unwrap();
        for case in parse(&source).unwrap_or_else(|error| panic!("{}: {error}", file.display())) {
            count += 1;
            let article = RawArticle {
                bytes: case.text.as_bytes(),
                published: case.published.as_deref(),
                language: Some(code),
                ..RawArticle::default()
            };
            let record = read(&article, &packs).unwrap();
            match outcome(&case, &record) {
                Outcome::Right => right += 1,
                Outcome::KnownWrong => known += 1,
                Outcome::CameRight => {
                    let _ =
                        writeln!(wrong, "{name}:{} {}: came right; take `:known-wrong` away", case.line, case.title);
                }
                Outcome::Wrong(differences) => {
                    let _ = writeln!(wrong, "{name}:{} {}\n    {}", case.line, case.title, differences.join("\n    "));
                }
            }
        }
    }
    assert!(count >= least, "{code}: {count} cases, expected at least {least}; is a file missing?");
    assert!(wrong.is_empty(), "{code}: {right} of {count} right, {known} known wrong\n{wrong}");
}

#[test]
fn indonesian_cases_come_out_as_written() {
    check("id", 140);
}

#[test]
fn english_cases_come_out_as_written() {
    check("en", 140);
}
