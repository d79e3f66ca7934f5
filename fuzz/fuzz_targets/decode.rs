//! Any bytes are text or refused; the language of any text can be asked for.
#![no_main]

use libfuzzer_sys::fuzz_target;
use saksi_clean::Profiles;
use saksi_lang::Pack;
use std::sync::LazyLock;

static PROFILES: LazyLock<Profiles> = LazyLock::new(|| {
    let packs: Vec<Pack> = Pack::languages().iter().map(|code| Pack::builtin(code).expect("it is listed")).collect();
    Profiles::compile(&packs, &Pack::builtin("world").expect("it is built in")).expect("the packs are sound")
});

fuzz_target!(|bytes: &[u8]| {
    if let Ok(decoded) = saksi_page::decode(bytes) {
        saksi_clean::identify(&decoded.text, &PROFILES);
    }
});
