//! Every frame fires in its own example, with its type, on its head.

use saksi::{Packs, RawArticle, read};
use saksi_events::Rules;
use saksi_lang::Pack;
use std::fmt::Write as _;

/// The share of frames whose example may miss: the parser misreads some sentences, and a frame is not wrong for that.
const MISSES: f64 = 0.10;

fn check(code: &str, least: usize) {
    let pack = Pack::builtin(code).unwrap();
    let frames = Rules::frames_of(&pack).unwrap();
    assert!(frames.len() >= least, "{code}: {} frames, expected at least {least}", frames.len());
    let packs = Packs::builtin();
    let mut missed = String::new();
    let mut misses = 0;
    for frame in &frames {
        assert!(!frame.example.is_empty(), "{}: the frame ‘{}’ has no example", frame.at, frame.head);
        let article = RawArticle { bytes: frame.example.as_bytes(), language: Some(code), ..RawArticle::default() };
        let record = read(&article, &packs).unwrap();
        if !record.events.iter().any(|event| event.kind == frame.kind) {
            misses += 1;
            let found: Vec<String> = record.events.iter().map(|event| event.kind.to_string()).collect();
            let _ = writeln!(missed, "{} {} ‘{}’: {} gave {found:?}", frame.at, frame.kind, frame.head, frame.example);
        }
    }
    let share = f64::from(misses) / frames.len() as f64;
    if let Some(file) = std::env::var_os("SAKSI_MISSES") {
        std::fs::write(format!("{}.{code}", file.to_string_lossy()), &missed).unwrap();
    }
    assert!(share <= MISSES, "{code}: {misses} of {} frames do not fire in their example\n{missed}", frames.len());
}

#[test]
fn english_frames_fire_in_their_examples() {
    check("en", 1200);
}

#[test]
fn indonesian_frames_fire_in_their_examples() {
    check("id", 1200);
}
