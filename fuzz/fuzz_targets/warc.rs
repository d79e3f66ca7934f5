//! Any records of a web archive end as pages or failures.
#![no_main]

use libfuzzer_sys::fuzz_target;
use saksi_input::{Options, documents_of};
use std::sync::LazyLock;

static OPTIONS: LazyLock<Options> = LazyLock::new(Options::default);

fuzz_target!(|bytes: &[u8]| {
    let whole = [b"WARC/1.1\r\n".as_slice(), bytes].concat();
    documents_of("x", std::io::Cursor::new(whole), &OPTIONS).for_each(drop);
});
