//! Outgoing webhooks: each hook reads the site's log with a cursor of its own, and what it wants to
//! hear becomes deliveries in the transaction that moves the cursor.

use super::error::LogError;
use super::{Delivery, DeliveryState, Hook, NewDelivery};
use domain::Timestamp;
use sync::{Hash, SiteId};

/// The same for the same hook and number, after any crash: the receiver dedupes by it.
pub fn delivery_id(hook: &str, seq: i64) -> [u8; 32] {
    Hash::of(format!("{hook}\n{seq}").as_bytes()).0
}

pub trait Hooks {
    /// Adds a hook, or changes one; the cursor of a known one stays where it is.
    fn put_hook(&mut self, hook: &Hook) -> Result<(), LogError>;
    fn hook(&self, id: &str) -> Result<Option<Hook>, LogError>;
    fn hooks(&self, site: &SiteId) -> Result<Vec<Hook>, LogError>;

    /// Moves the hook's cursor to `upto` and adds all deliveries from where it was read. What
    /// another replica expanded before is left as it is.
    fn expand(&mut self, hook: &str, upto: i64, deliveries: &[NewDelivery])
    -> Result<(), LogError>;

    /// Takes up to `n` that are due, of each order only the oldest open one, and keeps other senders
    /// off them for `lease_ms`.
    fn due(&mut self, now: Timestamp, n: usize, lease_ms: i64) -> Result<Vec<Delivery>, LogError>;

    fn delivered(&mut self, id: [u8; 32]) -> Result<(), LogError>;
    /// To be tried again at `next_at`; later ones of its order wait.
    fn failed(&mut self, id: [u8; 32], next_at: Timestamp) -> Result<(), LogError>;
    /// Given up; later ones of its order go on.
    fn dead(&mut self, id: [u8; 32]) -> Result<(), LogError>;
    /// Once more, whatever became of it.
    fn replay(&mut self, id: [u8; 32], now: Timestamp) -> Result<(), LogError>;

    /// Newest first.
    fn deliveries(
        &self,
        hook: &str,
        state: DeliveryState,
        at_most: usize,
    ) -> Result<Vec<Delivery>, LogError>;
    /// Delivered ones up to a number of the log are of no more use.
    fn forget_done(&mut self, hook: &str, upto: i64) -> Result<usize, LogError>;
}
