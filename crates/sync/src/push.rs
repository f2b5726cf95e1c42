//! The station's side of pushing: what is on its way, and how far it may be ahead.

use crate::chain::Head;
use crate::limits::Limits;
use crate::retry::Retry;
use domain::Timestamp;
use std::collections::VecDeque;

#[derive(Debug, Default)]
pub(crate) struct Flights {
    /// Last number sent.
    sent: i64,
    batches: VecDeque<(i64, usize)>,
    retry: Retry,
}

impl Flights {
    /// Everything after this is to be sent (again).
    pub fn restart(&mut self, acked: i64) {
        self.sent = acked;
        self.batches.clear();
    }

    pub fn sent(&self) -> i64 {
        self.sent
    }

    pub fn is_overdue(&self, now: Timestamp) -> bool {
        !self.batches.is_empty() && self.retry.is_due(now)
    }

    pub fn has_room(&self, limits: &Limits) -> bool {
        let bytes: usize = self.batches.iter().map(|(_, bytes)| bytes).sum();
        bytes < limits.in_flight_bytes
    }

    pub fn launch(&mut self, last: Head, bytes: usize, now: Timestamp, limits: &Limits) {
        if self.batches.is_empty() {
            self.retry.sent(now, limits);
        }
        self.sent = last.seq;
        self.batches.push_back((last.seq, bytes));
    }

    pub fn acked(&mut self, seq: i64, now: Timestamp, limits: &Limits) {
        self.batches.retain(|(last, _)| *last > seq);
        self.sent = self.sent.max(seq);
        self.retry.answered();
        if !self.batches.is_empty() {
            self.retry.sent(now, limits);
        }
    }

    /// The oldest batch on its way decides; without one there is nothing to wait for.
    pub fn due(&self) -> Option<Timestamp> {
        self.batches.front().and_then(|_| self.retry.due())
    }
}
