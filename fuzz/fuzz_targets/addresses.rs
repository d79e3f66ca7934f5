//! Any lines after an address, and any rows after a column of them, end as pages or failures.
#![no_main]

use libfuzzer_sys::fuzz_target;
use saksi_input::{Failure, Found, Options, Pages, Place, Reason, documents_of};
use std::sync::{Arc, LazyLock};

#[derive(Debug)]
struct NoPages;

impl Pages for NoPages {
    fn page(&self, _: &str, place: Place) -> Found {
        Found::Failed(Failure { place, reason: Reason::Addresses })
    }
}

static OPTIONS: LazyLock<Options> =
    LazyLock::new(|| Options { pages: Some(Arc::new(NoPages)), ..Options::default() });

fuzz_target!(|bytes: &[u8]| {
    for head in [b"https://news.example.org/a\n".as_slice(), b"url,date\nhttps://news.example.org/a,\n"] {
        documents_of("x", std::io::Cursor::new([head, bytes].concat()), &OPTIONS).for_each(drop);
    }
});
