//! The packs' event rules can be read.

use saksi_events::Rules;
use saksi_lang::Pack;

#[test]
fn every_pack_compiles() {
    for code in Pack::languages() {
        let pack = Pack::builtin(code).unwrap();
        if let Err(error) = Rules::compile(&pack) {
            panic!("{error}");
        }
    }
}
