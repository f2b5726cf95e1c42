//! Orders: what was asked for, the line counters, and the small state machines. The header's state
//! is derived from the counters, never stored beside them.

use crate::code::Sku;
use crate::id::{ImportId, LineId, OrderId};
use crate::measure::Qty;
use crate::place::LonLat;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderLine {
    pub id: LineId,
    pub line_no: i64,
    pub sku: Sku,
    pub qty: Qty,
    pub unit_price_minor: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    pub id: OrderId,
    pub number: String,
    pub channel: String,
    /// The channel's own id: unique within the channel, so that a file read twice places nothing.
    pub external_id: String,
    /// Hash of the body as it came: the same external id with another body is a conflict.
    pub body_hash: String,
    pub customer: String,
    #[serde(default)]
    pub phone: String,
    pub address: String,
    pub place: Option<LonLat>,
    #[serde(default)]
    pub note: String,
    pub placed_at: Timestamp,
    pub promise_at: Timestamp,
    /// Delivery window, inclusive.
    pub window: (Timestamp, Timestamp),
    pub lines: Vec<OrderLine>,
    #[serde(default)]
    pub paid_minor: i64,
    /// The file it came in with, so that a whole import can be taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub import: Option<ImportId>,
}

/// Net counters of one line: **0 <= D, R <= S <= K <= P <= A <= O - X**.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineCounters {
    pub ordered: Qty,
    pub cancelled: Qty,
    pub allocated: Qty,
    pub picked: Qty,
    pub packed: Qty,
    pub shipped: Qty,
    pub delivered: Qty,
    pub returned: Qty,
}

impl LineCounters {
    pub fn open(&self) -> Qty {
        self.ordered - self.cancelled
    }

    pub fn backordered(&self) -> Qty {
        self.open() - self.allocated
    }

    /// What may still be cancelled: everything that has not been picked.
    pub fn cancellable(&self) -> Qty {
        self.open() - self.picked
    }

    /// The chain of inequalities; `Err` names the first link that does not hold.
    pub fn check(&self) -> Result<(), &'static str> {
        let links = [
            (Qty::ZERO <= self.delivered, "0 <= delivered"),
            (Qty::ZERO <= self.returned, "0 <= returned"),
            (self.delivered <= self.shipped, "delivered <= shipped"),
            (self.returned <= self.shipped, "returned <= shipped"),
            (self.shipped <= self.packed, "shipped <= packed"),
            (self.packed <= self.picked, "packed <= picked"),
            (self.picked <= self.allocated, "picked <= allocated"),
            (self.allocated <= self.open(), "allocated <= ordered - cancelled"),
        ];
        links.iter().find(|(holds, _)| !holds).map_or(Ok(()), |(_, name)| Err(name))
    }
}

impl std::ops::Add for LineCounters {
    type Output = LineCounters;
    fn add(self, other: LineCounters) -> LineCounters {
        LineCounters {
            ordered: self.ordered + other.ordered,
            cancelled: self.cancelled + other.cancelled,
            allocated: self.allocated + other.allocated,
            picked: self.picked + other.picked,
            packed: self.packed + other.packed,
            shipped: self.shipped + other.shipped,
            delivered: self.delivered + other.delivered,
            returned: self.returned + other.returned,
        }
    }
}

/// Where an order stands, derived from its counters and its two flags.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderState {
    Cancelled,
    /// Something is missing and nothing has been picked yet.
    Short,
    /// Everything is promised; waits for a wave.
    Ready,
    /// In a wave that has not been released.
    Waved,
    Picking,
    ToPack,
    ToLoad,
    OnTheWay,
    Closed,
}

impl OrderState {
    pub const ALL: [OrderState; 9] = [
        OrderState::Cancelled,
        OrderState::Short,
        OrderState::Ready,
        OrderState::Waved,
        OrderState::Picking,
        OrderState::ToPack,
        OrderState::ToLoad,
        OrderState::OnTheWay,
        OrderState::Closed,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            OrderState::Cancelled => "cancelled",
            OrderState::Short => "short",
            OrderState::Ready => "ready",
            OrderState::Waved => "waved",
            OrderState::Picking => "picking",
            OrderState::ToPack => "to_pack",
            OrderState::ToLoad => "to_load",
            OrderState::OnTheWay => "on_the_way",
            OrderState::Closed => "closed",
        }
    }

    pub fn parse(text: &str) -> Option<OrderState> {
        OrderState::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// `total` sums the lines; `waved` and `released` say how far its wave has come.
    pub fn derive(total: &LineCounters, waved: bool, released: bool) -> OrderState {
        let open = total.open();
        if open.is_zero() {
            return OrderState::Cancelled;
        }
        if total.delivered == open {
            return OrderState::Closed;
        }
        if total.shipped > total.delivered {
            return OrderState::OnTheWay;
        }
        let rest = open - total.shipped;
        let packed = total.packed - total.shipped;
        let picked = total.picked - total.shipped;
        if packed == rest {
            return OrderState::ToLoad;
        }
        if picked == rest || (picked > Qty::ZERO && picked == total.allocated - total.shipped) {
            return OrderState::ToPack;
        }
        if picked > Qty::ZERO || released {
            return OrderState::Picking;
        }
        if total.allocated < open {
            return OrderState::Short;
        }
        if waved { OrderState::Waved } else { OrderState::Ready }
    }
}

/// What happened to money, as a ledger; the state is derived.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentKind {
    Authorized,
    Captured,
    Refunded,
    Voided,
    Failed,
    /// The gateway did not answer: resolved by asking again, never by charging again.
    Unknown,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PaymentSums {
    pub authorized: i64,
    pub captured: i64,
    pub refunded: i64,
    pub unknown: bool,
}

impl PaymentSums {
    pub fn state(&self) -> &'static str {
        match self {
            PaymentSums { unknown: true, .. } => "unknown",
            PaymentSums { refunded, captured, .. } if *refunded > 0 && refunded == captured => {
                "refunded"
            }
            PaymentSums { captured, .. } if *captured > 0 => "captured",
            PaymentSums { authorized, .. } if *authorized > 0 => "authorized",
            PaymentSums { .. } => "pending",
        }
    }

    /// Σ refunds <= Σ captured <= Σ authorized.
    pub fn check(&self) -> Result<(), &'static str> {
        if self.refunded > self.captured {
            return Err("refunded <= captured");
        }
        if self.captured > self.authorized { Err("captured <= authorized") } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counters(text: &str) -> LineCounters {
        let n: Vec<i64> = text.split(' ').map(|part| part.parse().unwrap()).collect();
        LineCounters {
            ordered: Qty(n[0]),
            cancelled: Qty(n[1]),
            allocated: Qty(n[2]),
            picked: Qty(n[3]),
            packed: Qty(n[4]),
            shipped: Qty(n[5]),
            delivered: Qty(n[6]),
            returned: Qty(n[7]),
        }
    }

    #[test]
    fn states_follow_the_counters() {
        // ordered cancelled allocated picked packed shipped delivered returned | waved released
        let rows = [
            ("5 0 5 0 0 0 0 0", false, false, "ready"),
            ("5 0 5 0 0 0 0 0", true, false, "waved"),
            ("5 0 5 0 0 0 0 0", true, true, "picking"),
            ("5 0 3 0 0 0 0 0", false, false, "short"),
            ("5 5 0 0 0 0 0 0", false, false, "cancelled"),
            ("5 0 5 2 0 0 0 0", true, true, "picking"),
            ("5 0 5 5 0 0 0 0", true, true, "to_pack"),
            ("5 0 3 3 0 0 0 0", true, true, "to_pack"),
            ("5 2 3 3 3 0 0 0", true, true, "to_load"),
            ("5 0 5 5 5 5 0 0", true, true, "on_the_way"),
            ("5 0 5 5 5 5 5 0", true, true, "closed"),
            ("5 0 5 5 5 5 5 2", true, true, "closed"),
        ];
        for (text, waved, released, expected) in rows {
            let state = OrderState::derive(&counters(text), waved, released);
            assert_eq!(state.as_str(), expected, "{text} waved {waved} released {released}");
        }
    }

    #[test]
    fn the_first_broken_link_is_named() {
        assert_eq!(counters("5 0 5 5 5 5 5 5").check(), Ok(()));
        assert_eq!(counters("5 1 5 0 0 0 0 0").check(), Err("allocated <= ordered - cancelled"));
        assert_eq!(counters("5 0 5 2 3 0 0 0").check(), Err("packed <= picked"));
    }

    #[test]
    fn refunds_never_pass_captures() {
        let sums = PaymentSums { authorized: 100, captured: 60, refunded: 60, unknown: false };
        assert_eq!((sums.state(), sums.check()), ("refunded", Ok(())));
        let over = PaymentSums { refunded: 61, ..sums };
        assert_eq!(over.check(), Err("refunded <= captured"));
    }
}
