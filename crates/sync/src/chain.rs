//! One hash chain per station: each event names the one before it, so that a prefix is named by
//! the number and hash of its last event, and nothing in it can be edited unseen.

use domain::{EventId, Hlc, PersonId, StationId};
use serde::{Deserialize, Serialize};
use std::fmt;

#[derive(
    Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, std::hash::Hash, Serialize, Deserialize,
)]
pub struct Hash(pub [u8; 32]);

impl Hash {
    /// What the first event of a chain names as the one before it.
    pub const NONE: Hash = Hash([0; 32]);

    pub fn of(bytes: &[u8]) -> Hash {
        Hash(*blake3::hash(bytes).as_bytes())
    }

    /// The running hash of a log after one more event.
    pub fn then(self, event: Hash) -> Hash {
        let mut both = [0; 64];
        both[..32].copy_from_slice(&self.0);
        both[32..].copy_from_slice(&event.0);
        Hash::of(&both)
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b, c, d, ..] = self.0;
        write!(f, "{a:02x}{b:02x}{c:02x}{d:02x}")
    }
}

/// The last event of a chain or of a prefix of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// From 1; 0 before the first event.
    pub seq: i64,
    pub hash: Hash,
}

/// Each field with its length, so that no two events hash alike by shifting a boundary. A book
/// computes the same when it records; `tests/sim` compares the two.
pub(crate) fn link(
    prev: Hash,
    id: EventId,
    station: StationId,
    seq: i64,
    at: Hlc,
    actor: &PersonId,
    body: &str,
) -> Hash {
    let prev: &[u8] = if prev == Hash::NONE { &[] } else { &prev.0 };
    let mut hasher = blake3::Hasher::new();
    let parts = [prev, id.0.as_bytes(), station.0.as_bytes(), actor.0.as_bytes(), body.as_bytes()];
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    hasher.update(&at.0.to_le_bytes());
    hasher.update(&seq.to_le_bytes());
    Hash(*hasher.finalize().as_bytes())
}
