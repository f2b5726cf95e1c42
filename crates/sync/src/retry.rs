//! When to try again: each time twice as long, up to a limit, and at once after a success.

use crate::limits::Limits;
use domain::Timestamp;

#[derive(Debug, Clone, Default)]
pub(crate) struct Retry {
    tries: u32,
    sent: Timestamp,
    due: Option<Timestamp>,
}

impl Retry {
    pub fn is_due(&self, now: Timestamp) -> bool {
        // A clock that was set back must not stop us for hours.
        self.due.is_none_or(|due| due <= now || now < self.sent)
    }

    pub fn due(&self) -> Option<Timestamp> {
        self.due
    }

    /// It was sent: wait for an answer.
    pub fn sent(&mut self, now: Timestamp, limits: &Limits) {
        let wait = limits.retry_ms.saturating_mul(1 << self.tries.min(16)).min(limits.retry_ms_max);
        self.tries += 1;
        self.after(now, wait);
    }

    pub fn after(&mut self, now: Timestamp, wait_ms: i64) {
        self.sent = now;
        self.due = Some(now.plus_millis(wait_ms));
    }

    pub fn answered(&mut self) {
        *self = Retry::default();
    }
}
