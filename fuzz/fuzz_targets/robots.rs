//! Any bytes as robots.txt say something of any path.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (&[u8], &str)| {
    let _ = saksi_fetch::Robots::parse(input.0, "saksi").allows(input.1);
});
