//! ARCHITECTURE.md names the crates in the order of the pipeline; each depends only on crates above it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The crates as the page lists them: headings like "### `saksi-time`: which day does this phrase mean?".
fn page() -> Vec<String> {
    let page = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    page.lines().filter_map(|line| line.strip_prefix("### `")?.split('`').next().map(str::to_owned)).collect()
}

fn folders() -> BTreeSet<String> {
    fs::read_dir(root().join("crates"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect()
}

#[test]
fn the_page_lists_exactly_the_crates_there_are() {
    let listed: BTreeSet<String> = page().into_iter().collect();
    assert_eq!(listed, folders());
}

#[test]
fn every_crate_depends_only_on_crates_above_it() {
    let order = page();
    for (place, name) in order.iter().enumerate() {
        let manifest = fs::read_to_string(root().join("crates").join(name).join("Cargo.toml")).unwrap();
        let own = manifest.split("[dev-dependencies]").next().unwrap_or_default();
        for dependency in own.lines().filter_map(|line| line.split(['.', ' ', '=']).next()) {
            if let Some(of) = order.iter().position(|other| other == dependency)
                && dependency != name
            {
                assert!(of < place, "{name} depends on {dependency}, which stands below it");
            }
        }
    }
}

#[test]
fn only_the_command_line_prints() {
    for name in folders().iter().filter(|name| *name != "saksi-cli") {
        for file in sources(&root().join("crates").join(name).join("src")) {
            let text = fs::read_to_string(&file).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            for word in ["println!", "eprintln!", "print!(", "eprint!(", "dbg!("] {
                assert!(!code.contains(word), "{} prints", file.display());
            }
        }
    }
}

#[test]
fn every_language_has_the_same_kinds_of_files() {
    let langs = root().join("lang");
    let shape = |code: &str| -> BTreeSet<String> {
        sources(&langs.join(code))
            .iter()
            .map(|path| path.strip_prefix(langs.join(code)).unwrap().to_string_lossy().into_owned())
            .filter(|path| path.starts_with("rules/") || path.starts_with("frames/"))
            .filter(|path| path != "frames/irregular.tsv")
            .collect()
    };
    assert_eq!(shape("id"), shape("en"));
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() {
            found.extend(sources(&entry));
        } else {
            found.push(entry);
        }
    }
    found
}
