//! Passages and regions slice the text and never overlap.
#![no_main]

use libfuzzer_sys::fuzz_target;
use saksi_clean::Rules;
use saksi_lang::Pack;
use saksi_tree::{Span, Text};
use std::sync::LazyLock;

static RULES: LazyLock<Vec<Rules>> = LazyLock::new(|| {
    let world = Pack::builtin("world").expect("it is built in");
    let compile = |code: &&str| {
        Rules::compile(&Pack::builtin(code).expect("it is listed"), &world).expect("the packs are sound")
    };
    Pack::languages().iter().map(compile).collect()
});

fuzz_target!(|text: &str| {
    let text = Text::new(text.to_owned());
    for rules in RULES.iter() {
        let cleaned = saksi_clean::clean(&text, rules);
        let mut last = 0;
        for passage in &cleaned.passages {
            assert!(passage.start >= last);
            text.slice(Span::new(passage.start, passage.end));
            last = passage.end;
        }
        last = 0;
        for region in &cleaned.regions {
            assert!(region.span.start >= last);
            text.slice(region.span);
            last = region.span.end;
        }
    }
});
