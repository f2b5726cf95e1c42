//! Ids made by their authors. Time-ordered (UUIDv7 layout), so that they index well, and unique
//! without asking anybody, so that a retry can say "already done".

use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;
use thiserror::Error;
use uuid::Uuid;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("not an id")]
pub struct ParseIdError;

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            pub fn from_bytes(bytes: [u8; 16]) -> $name {
                $name(Uuid::from_bytes(bytes))
            }

            pub fn parse(text: &str) -> Result<$name, ParseIdError> {
                Uuid::try_parse(text).map($name).map_err(|_| ParseIdError)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

id!(
    /// The idempotency key of one event.
    EventId,
    OrderId,
    LineId,
    WaveId,
    AllocationId,
    CartonId,
    ReceiptId,
    CountId,
    ReturnId,
    ReturnLineId,
    PlanId,
    ClosureId,
    ImportId,
    StationId,
);

/// A person's short id ("li.wei"): it stands in every event, so it is short and readable.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PersonId(pub String);

impl fmt::Display for PersonId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Makes ids from a time and a stream of randomness that the edge supplies. With a seeded stream
/// a whole history replays to the same ids.
pub struct Ids<'a> {
    now: Timestamp,
    random: &'a mut dyn FnMut() -> u64,
}

impl<'a> Ids<'a> {
    pub fn new(now: Timestamp, random: &'a mut dyn FnMut() -> u64) -> Ids<'a> {
        Ids { now, random }
    }

    /// RFC 9562, section 5.7: 48 bits of milliseconds, then version, variant and random bits.
    pub fn make(&mut self) -> Uuid {
        let millis = (self.now.0 as u128 & 0xffff_ffff_ffff) << 80;
        let random = (u128::from((self.random)()) << 64) | u128::from((self.random)());
        let low = random & 0x0000_0000_0000_0fff_3fff_ffff_ffff_ffff;
        Uuid::from_u128(millis | low | (0x7 << 76) | (0x2 << 62))
    }
}

/// The id that the reversal of `original` carries: undoing twice is the same event.
pub fn reversal_of(original: EventId) -> EventId {
    EventId(Uuid::from_u128(original.0.as_u128() ^ 0x0000_0000_0000_0000_0000_ffff_ffff_ffff))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_follow_time_and_carry_version_seven() {
        let mut state = 0u64;
        let mut random = move || {
            state += 1;
            state
        };
        let first = Ids::new(Timestamp(1_000), &mut random).make();
        let second = Ids::new(Timestamp(1_001), &mut random).make();
        assert!(first < second);
        assert_eq!(first.get_version_num(), 7);
        assert_ne!(reversal_of(EventId(first)), EventId(first));
    }
}
