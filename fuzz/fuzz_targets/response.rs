//! Any bytes as an HTTP response give a body that keeps to its limit, or a reason.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(response) = saksi_input::payload(bytes, 1 << 16, 300) {
        assert!(response.body.len() <= 1 << 16);
    }
});
