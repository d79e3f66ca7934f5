//! A whole article, whatever its bytes, gives a record or an error.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static PACKS: LazyLock<saksi::Packs> = LazyLock::new(saksi::Packs::builtin);

fuzz_target!(|bytes: &[u8]| {
    let raw = saksi::RawArticle { bytes, ..saksi::RawArticle::default() };
    let _ = saksi::read(&raw, &PACKS);
});
