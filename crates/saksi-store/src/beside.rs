//! What is done beside the writing, on another thread.

use std::thread;

/// Gives back the memory of much beside other work.
pub(crate) fn drop_beside<T: Send + 'static>(much: T) {
    // Where no thread can be made, it is given back here.
    let _ = thread::Builder::new().spawn(move || drop(much));
}
