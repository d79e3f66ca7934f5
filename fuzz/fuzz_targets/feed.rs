//! Any bytes as a feed give entries or a reason.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = saksi_input::entries(bytes);
});
