//! Escrow: what a station may promise while nobody hears it. The server lends a part of what can
//! be sold and counts it as gone until it is promised or given back, so that two sides that cannot
//! talk cannot promise the same unit.
//!
//! All numbers are totals that only grow. A message that comes twice, late or out of order then
//! changes nothing: the larger total wins.

use crate::rules::{Rule, Rules};
use serde::{Deserialize, Serialize};

/// One station and SKU, in base units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    pub granted: i64,
    /// At the station: promised under the quota. At the server: of that, what has arrived.
    pub spent: i64,
    pub returned: i64,
}

impl Account {
    /// Lent and neither used nor given back.
    pub fn outstanding(self) -> i64 {
        self.granted - self.spent - self.returned
    }

    /// At the station, before a promise is recorded.
    pub fn may_promise(self, qty: i64, rules: Rules) -> bool {
        !rules.hold(Rule::QuotaChecked) || qty <= self.outstanding()
    }

    /// At the station: what is not needed is out of reach from now on, before the server hears.
    pub fn give_back(&mut self, qty: i64) -> i64 {
        self.returned += qty.clamp(0, self.outstanding().max(0));
        self.returned
    }

    /// At the server: the new total for a station that knows of `known` and wants `want` more. An
    /// answer that was lost is given again instead of lending twice.
    pub fn lend(self, known: i64, want: i64, available: i64) -> i64 {
        let wanted = known.saturating_add(want.max(0));
        let more = wanted.saturating_sub(self.granted).clamp(0, available.max(0));
        self.granted.saturating_add(more)
    }

    /// At both: a total heard from the other side.
    pub fn heard(&mut self, granted: i64, returned: i64) {
        self.granted = self.granted.max(granted);
        self.returned = self.returned.max(returned);
    }
}

/// What the server may still promise or lend: Σ quotas + promises + this <= sellable.
pub fn available(sellable: i64, promised: i64, outstanding: i64) -> i64 {
    sellable.saturating_sub(promised).saturating_sub(outstanding).max(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lost_answer_is_given_again_and_never_more_than_there_is() {
        let mut server = Account::default();
        server.granted = server.lend(0, 5, available(8, 0, server.outstanding()));
        assert_eq!(server.granted, 5);
        server.granted = server.lend(0, 5, available(8, 0, server.outstanding()));
        assert_eq!(server.granted, 5);
        server.granted = server.lend(5, 5, available(8, 0, server.outstanding()));
        assert_eq!((server.granted, available(8, 0, server.outstanding())), (8, 0));
    }

    #[test]
    fn what_is_given_back_cannot_be_promised() {
        let mut station = Account { granted: 5, spent: 2, returned: 0 };
        assert_eq!(station.give_back(9), 3);
        assert!(!station.may_promise(1, Rules::SOUND));
        assert!(station.may_promise(1, Rules::without(Rule::QuotaChecked)));
        station.heard(4, 1);
        assert_eq!(station, Account { granted: 5, spent: 2, returned: 3 });
    }
}
