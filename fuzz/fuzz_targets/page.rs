//! Any bytes are a page or refused; every character of its text knows its bytes, and marks stand in order.
#![no_main]

use libfuzzer_sys::fuzz_target;
use saksi_lang::Pack;
use saksi_page::{Hints, Rules, read};
use std::sync::LazyLock;

static RULES: LazyLock<Rules> = LazyLock::new(|| {
    let packs: Vec<Pack> = Pack::languages().iter().map(|code| Pack::builtin(code).expect("it is listed")).collect();
    Rules::compile(&Pack::builtin("world").expect("it is built in"), &packs).expect("the packs are sound")
});

fuzz_target!(|bytes: &[u8]| {
    let Ok(page) = read(bytes, &Hints::default(), &RULES) else { return };
    assert_eq!(page.map.len(), page.text.chars().count());
    let mut last = 0;
    for mark in &page.markup.marks {
        assert!(mark.span.start >= last && mark.span.start < mark.span.end && mark.span.end as usize <= page.map.len());
        last = mark.span.end;
    }
    for at in 0..page.map.len() as u32 {
        assert!(page.map.char(at).is_some_and(|range| range.end as usize <= bytes.len()));
    }
});
