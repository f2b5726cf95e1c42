//! Drives the real screens: the desktop window on a display of its own, and the browser on the
//! bridge. Both give a `Page`, so that a scenario reads the same through either door.
//!
//! Tests run on a multi-threaded runtime: in one that panics, the driver is still asked to end its
//! session, and a single thread would wait for itself.
//!
//! Data in -> data out: a data folder -> a page to click, scan and read.

mod child;
mod display;
mod hand;
mod hub;
mod page;
pub mod house;
mod small_disk;
mod window;
mod browser;

pub use browser::Browser;
pub use hand::{Effort, Hand};
pub use hub::Hub;
pub use page::Page;
pub use small_disk::SmallDisk;
pub use window::Window;

use std::path::{Path, PathBuf};

/// The driver's HTTP client is built with TLS, as the webhooks need it, and asks who does it.
pub(crate) fn choose_tls() {
    // The second test of a program finds it chosen.
    let _ = rustls::crypto::ring::default_provider().install_default();
}

/// The root of the workspace.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map_or_else(PathBuf::new, Path::to_path_buf)
}
