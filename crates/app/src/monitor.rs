//! Whether the books balance, checked beside the work: on a book of a million events that takes
//! seconds, and no screen waits for it.

use crate::face::Listeners;
use crate::problem::Fault;
use domain::Timestamp;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread::JoinHandle;
use store::Reader;
use store::lock::BookKey;

/// One check serves every screen until the book has moved on by this many events.
const RECHECK_EVENTS: i64 = 200;

#[derive(Debug, Clone)]
pub(crate) struct Checked {
    seq: i64,
    pub at: Timestamp,
    pub failure: Option<String>,
    pub state_hash: String,
}

pub(crate) struct Monitor {
    book: PathBuf,
    key: Option<BookKey>,
    listeners: Listeners,
    last: Arc<Mutex<Option<Checked>>>,
    stop: Arc<AtomicBool>,
    running: Mutex<Option<JoinHandle<()>>>,
}

impl Monitor {
    pub fn new(book: PathBuf, key: Option<BookKey>, listeners: Listeners) -> Monitor {
        let (last, stop, running) = Default::default();
        Monitor { book, key, listeners, last, stop, running }
    }

    /// What the last check found; starts another if the book, now at `seq`, has moved on. `None`
    /// until the first is done.
    pub fn last(&self, seq: i64, now: Timestamp) -> Option<Checked> {
        let last = lock(&self.last).clone();
        if last.as_ref().is_none_or(|known| seq - known.seq >= RECHECK_EVENTS) {
            self.start(now);
        }
        last
    }

    fn start(&self, now: Timestamp) {
        let mut running = lock(&self.running);
        if running.as_ref().is_some_and(|thread| !thread.is_finished()) {
            return;
        }
        let (book, key, stop) = (self.book.clone(), self.key.clone(), self.stop.clone());
        let (last, listeners) = (self.last.clone(), self.listeners.clone());
        *running = Some(std::thread::spawn(move || {
            // Without a reader there is nothing to say; the next question tries again.
            if let Ok(Some(found)) = check(&book, key.as_ref(), now, &stop) {
                let seq = found.seq;
                *lock(&last) = Some(found);
                listeners.tell(&["status"], seq);
            }
        }));
    }
}

/// The reader must be gone before the book is closed.
impl Drop for Monitor {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = lock(&self.running).take() {
            // A check that panicked has nothing more to say.
            let _ = thread.join();
        }
    }
}

fn check(
    book: &Path,
    key: Option<&BookKey>,
    at: Timestamp,
    stop: &AtomicBool,
) -> Result<Option<Checked>, Fault> {
    Reader::open_locked(book, key)?.read(|db| {
        let seq = db.event_count()?;
        let mut failure = None;
        for check in db.invariants() {
            if stop.load(Ordering::Relaxed) {
                return Ok(None);
            }
            let check = check?;
            let says = |failure| format!("{}: {failure}", check.name);
            failure = failure.or(check.failure.map(says));
        }
        Ok(Some(Checked { seq, at, failure, state_hash: db.state_hash()? }))
    })
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}
