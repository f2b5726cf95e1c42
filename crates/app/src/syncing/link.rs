//! What the wire to the server is asked to do, and what it last said. The wire itself is outside:
//! here is only what screens show.

use domain::Timestamp;
use serde::{Deserialize, Serialize};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, MutexGuard};
use ts_rs::TS;

/// What a person wants of the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    Enroll {
        url: String,
        code: String,
    },
    /// Something was recorded: send it.
    Send,
}

/// How the wire stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LinkState {
    /// No server: this desktop works alone.
    #[default]
    Alone,
    Enrolling,
    /// The server cannot be reached; work goes on and is sent later.
    Offline,
    Online,
    /// A supervisor has shut this desktop out; what it records is kept aside.
    Revoked,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Known {
    pub state: LinkState,
    pub url: String,
    pub site: String,
    /// When the server last answered.
    pub heard_at: Option<Timestamp>,
    /// By how much this desktop's clock is ahead of the server's.
    pub clock_ahead_ms: i64,
    /// What went wrong last, for people.
    pub trouble: String,
    pub forks: u32,
    pub restored: u32,
    pub key: Option<KeyHome>,
    /// Why the key is not in the keychain.
    pub key_note: String,
}

/// Where the key is that proves who this desktop is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum KeyHome {
    Keychain,
    /// Which only its owner can read.
    File,
}

/// Shared by the screens and the wire.
pub struct Link {
    known: Mutex<Known>,
    wishes: Sender<Wish>,
    /// Taken once, by the wire.
    waiting: Mutex<Option<Receiver<Wish>>>,
}

impl Default for Link {
    fn default() -> Link {
        let (wishes, waiting) = channel();
        Link { known: Mutex::default(), wishes, waiting: Mutex::new(Some(waiting)) }
    }
}

impl Link {
    pub fn wish(&self, wish: Wish) {
        // Without a wire nobody listens, and the state says so.
        let _ = self.wishes.send(wish);
    }

    /// For the wire: what people wish for. There is one wire.
    pub fn wishes(&self) -> Option<Receiver<Wish>> {
        self.waiting.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).take()
    }

    pub(crate) fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    pub fn state(&self) -> LinkState {
        self.known().state
    }

    pub fn set(&self, state: LinkState, trouble: &str) {
        let mut known = self.known();
        (known.state, known.trouble) = (state, trouble.to_owned());
    }

    pub fn set_server(&self, url: &str, site: &str) {
        let mut known = self.known();
        (known.url, known.site) = (url.to_owned(), site.to_owned());
    }

    pub fn heard(&self, at: Timestamp) {
        self.known().heard_at = Some(at);
    }

    pub fn clock(&self, ahead_ms: i64) {
        self.known().clock_ahead_ms = ahead_ms;
    }

    pub fn key_kept(&self, home: KeyHome, note: &str) {
        let mut known = self.known();
        (known.key, known.key_note) = (Some(home), note.to_owned());
    }

    pub fn forked(&self) {
        self.known().forks += 1;
    }

    pub fn restored(&self) {
        self.known().restored += 1;
    }
}
