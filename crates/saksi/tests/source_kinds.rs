//! Runs lang/<code>/tests/source-kinds.txt: a kind, a tab, and a passage with the source in braces.

use saksi::{Packs, RawArticle, read};
use saksi_record::SourceKind;

fn run(code: &str, least: usize) {
    let path = format!("{}/../../lang/{code}/tests/source-kinds.txt", env!("CARGO_MANIFEST_DIR"));
    let rows = std::fs::read_to_string(path).unwrap();
    let packs = Packs::builtin();
    let (mut cases, mut wrong) = (0, Vec::new());
    for (number, row) in rows.lines().enumerate().filter(|(_, row)| !row.is_empty() && !row.starts_with('#')) {
        let (kind, marked) = row.split_once('\t').unwrap_or_else(|| panic!("line {}: no tab", number + 1));
        let kind: SourceKind = kind.parse().unwrap_or_else(|()| panic!("line {}: `{kind}` is no kind", number + 1));
        let (before, rest) = marked.split_once('{').unwrap();
        let (source, after) = rest.split_once('}').unwrap();
        let text = format!("{before}{source}{after}");
        let article = RawArticle { bytes: text.as_bytes(), language: Some(code), ..RawArticle::default() };
        let record = read(&article, &packs).unwrap();
        let start = before.chars().count() as u32;
        let end = start + source.chars().count() as u32;
        let within = |said: &&saksi_record::Attribution| {
            said.source.start.zip(said.source.end).is_some_and(|(from, to)| from < end && start < to)
        };
        let found = record.attributions.iter().find(within).map(|said| said.source.kind);
        cases += 1;
        if found != Some(kind) {
            wrong.push(format!("line {}: {found:?}, not {kind}: {marked}", number + 1));
        }
    }
    assert!(cases >= least, "{cases} cases");
    assert!(wrong.is_empty(), "{} of {cases}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn kinds_of_sources_in_english() {
    run("en", 50);
}

#[test]
fn kinds_of_sources_in_indonesian() {
    run("id", 35);
}
