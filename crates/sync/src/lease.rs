//! Tasks are leased, so that two people are not sent to one bin. A lease is an intent and only
//! that: work that was done is a fact, in time or late, and both facts are kept.

use crate::rules::{Rule, Rules};
use domain::{StationId, Timestamp};
use serde::{Deserialize, Serialize};

/// As the server keeps it, by the server's clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lease {
    pub holder: StationId,
    pub until: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum LeaseAnswer {
    /// For so long from when the station asked.
    Yours {
        span_ms: i64,
    },
    Taken {
        by: StationId,
        for_ms: i64,
    },
}

/// The new lease, if there is one, and what the asker hears.
pub type Decision = (Option<Lease>, LeaseAnswer);

impl Lease {
    /// The lease after `station` asked at `now`. Asking again prolongs it.
    pub fn ask(
        current: Option<&Lease>,
        station: StationId,
        now: Timestamp,
        span_ms: i64,
        rules: Rules,
    ) -> Decision {
        match current {
            Some(lease)
                if lease.holder != station
                    && lease.until > now
                    && rules.hold(Rule::LeaseRespected) =>
            {
                let for_ms = lease.until.0 - now.0;
                (None, LeaseAnswer::Taken { by: lease.holder, for_ms })
            }
            Some(_) | None => {
                let lease = Lease { holder: station, until: now.plus_millis(span_ms) };
                (Some(lease), LeaseAnswer::Yours { span_ms })
            }
        }
    }
}

/// As the station keeps it. It counts from its asking, which was before the server's granting: so
/// it ends here first, however wrong either clock is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    pub asked: Timestamp,
    pub span_ms: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Completion {
    InTime,
    /// Recorded all the same; whoever else did it meanwhile keeps that fact too.
    Late,
}

impl Held {
    pub fn is_live(self, now: Timestamp) -> bool {
        (0..self.span_ms).contains(&(now.0 - self.asked.0))
    }

    pub fn complete(self, now: Timestamp) -> Completion {
        if self.is_live(now) { Completion::InTime } else { Completion::Late }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_holder_until_it_lapses_and_a_late_completion_is_kept() {
        let [a, b] = [1, 2].map(|n| StationId::from_bytes([n; 16]));
        let ask =
            |current, station, now| Lease::ask(current, station, Timestamp(now), 100, Rules::SOUND);
        let (first, _) = ask(None, a, 0);
        let refused = ask(first.as_ref(), b, 60);
        assert_eq!(refused, (None, LeaseAnswer::Taken { by: a, for_ms: 40 }));
        assert_eq!(ask(first.as_ref(), a, 60).1, LeaseAnswer::Yours { span_ms: 100 });
        assert_eq!(ask(first.as_ref(), b, 100).1, LeaseAnswer::Yours { span_ms: 100 });
        let held = Held { asked: Timestamp(0), span_ms: 100 };
        assert_eq!(held.complete(Timestamp(99)), Completion::InTime);
        assert_eq!(held.complete(Timestamp(100)), Completion::Late);
        assert_eq!(held.complete(Timestamp(-5)), Completion::Late);
    }
}
