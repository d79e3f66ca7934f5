//! Whether the person at the keyboard asked to stop.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

static ASKED: OnceLock<Arc<AtomicBool>> = OnceLock::new();

/// From now on an interrupt is noted, and no longer ends the program.
pub(crate) fn listen() -> Arc<AtomicBool> {
    let flag = ASKED.get_or_init(|| {
        let flag = Arc::new(AtomicBool::new(false));
        let asked = Arc::clone(&flag);
        // Where no handler can be set, an interrupt ends the program at once, which the folders stand as well.
        let _ = ctrlc::set_handler(move || asked.store(true, Ordering::Relaxed));
        flag
    });
    Arc::clone(flag)
}

/// Whether there was an interrupt since somebody listened.
pub(crate) fn asked() -> bool {
    ASKED.get().is_some_and(|flag| flag.load(Ordering::Relaxed))
}
