//! Any bytes after the marks of a packing end as documents or failures.
#![no_main]

use libfuzzer_sys::fuzz_target;
use saksi_input::{Options, documents_of};
use std::sync::LazyLock;

static OPTIONS: LazyLock<Options> = LazyLock::new(Options::default);

const MARKS: [&[u8]; 5] =
    [b"\xfd7zXZ\0", b"BZh91AY&SY", b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"PK\x03\x04"];

fuzz_target!(|bytes: &[u8]| {
    for mark in MARKS {
        documents_of("x", std::io::Cursor::new([mark, bytes].concat()), &OPTIONS).for_each(drop);
    }
});
