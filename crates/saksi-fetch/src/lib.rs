//! What does this address give now? Fetches pages politely and keeps what came, byte for byte, as WARC.
//!
//! Nothing here runs unless it is called. Each request goes to an address that was looked up and checked here, so that
//! no name, notation or redirect leads into a private network; robots.txt is followed; one host is asked one thing at a
//! time, with a pause between, and several hosts at once; and size, time, redirects and unpacked size are bounded. Proxies are not used: they would
//! look names up themselves.

mod client;
mod fetch;
mod guard;
mod hosts;
mod pages;
mod robots;
mod store;

pub use client::{Client, Exchange, FetchError, Limits};
pub use fetch::{Fetched, Fetcher, Manner};
pub use guard::{Guard, Refused, is_public};
pub use pages::Pages;
pub use robots::Robots;
pub use store::{Store, StoreError};
