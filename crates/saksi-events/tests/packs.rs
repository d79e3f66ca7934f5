//! The packs' event rules can be read.

use saksi_events::Rules;
use saksi_lang::{Codebook, Pack};
use std::collections::BTreeSet;

#[test]
fn every_pack_compiles() {
    for code in Pack::languages() {
        let pack = Pack::builtin(code).unwrap();
        if let Err(error) = Rules::compile(&pack) {
            panic!("{error}");
        }
    }
}

#[test]
fn frames_and_the_codebook_know_the_same_modes() {
    let book = Codebook::builtin();
    let mut used = BTreeSet::new();
    for code in Pack::languages() {
        for frame in Rules::frames_of(&Pack::builtin(code).unwrap()).unwrap() {
            let mode = frame.mode.unwrap_or_default();
            let known = book.code(frame.kind, Some(&mode)).is_some();
            assert!(known, "{}: `{mode}` is no mode of {} in world/plover.tsv", frame.at, frame.kind);
            used.insert((frame.kind, mode));
        }
    }
    for (kind, mode) in book.modes().into_iter().filter(|(_, mode)| !mode.is_empty()) {
        assert!(used.contains(&(kind, mode.to_owned())), "world/plover.tsv: no frame has the mode `{mode}` of {kind}");
    }
}
