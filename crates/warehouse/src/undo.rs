//! Undo is a reversing entry: what happened stays in the book, and so does its taking back.

use domain::order::LineCounters;
use domain::{Body, Cause, Event, LocationCode, Move, Qty};

/// What stands in the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Obstacle {
    AlreadyUndone,
    /// It is itself a taking back: do the thing again instead.
    IsReversal,
    CountAgain,
    NotStock,
    Gone {
        location: LocationCode,
        on_hand: Qty,
        qty: Qty,
    },
    /// The order line has gone further since.
    NextStep,
    CartonClosed,
    /// Somebody has set or lifted the hold since.
    HoldChanged,
}

/// What is so now, of the things the event touched.
#[derive(Debug, Clone, Default)]
pub struct Now {
    pub undone: bool,
    /// On hand where the move put the goods.
    pub on_hand_there: Qty,
    /// Counters of the order line that the move served.
    pub line: Option<LineCounters>,
    pub carton_closed: bool,
    pub hold_on: Option<bool>,
}

/// The entry that takes `event` back.
pub fn reversal(event: &Event, now: &Now, reason: &str) -> Result<Body, Obstacle> {
    if now.undone {
        return Err(Obstacle::AlreadyUndone);
    }
    match &event.body {
        Body::Moved(moved) => back(event, moved, now, reason).map(Body::Moved),
        Body::HoldSet { hold, on, .. } if now.hold_on == Some(*on) => {
            Ok(Body::HoldSet { hold: hold.clone(), on: !on, reason: reason.to_owned() })
        }
        Body::HoldSet { .. } => Err(Obstacle::HoldChanged),
        Body::CountPosted { .. } => Err(Obstacle::CountAgain),
        _ => Err(Obstacle::NotStock),
    }
}

fn back(event: &Event, moved: &Move, now: &Now, reason: &str) -> Result<Move, Obstacle> {
    if moved.reverses.is_some() {
        return Err(Obstacle::IsReversal);
    }
    let after = now.line.map(|line| counters_after(&moved.cause, line, -moved.qty.0));
    if after.is_some_and(|line| line.check().is_err()) {
        return Err(Obstacle::NextStep);
    }
    if now.carton_closed && matches!(moved.cause, Cause::Pack { .. }) {
        return Err(Obstacle::CartonClosed);
    }
    if now.on_hand_there < moved.qty {
        return Err(Obstacle::Gone {
            location: moved.to.location.clone(),
            on_hand: now.on_hand_there,
            qty: moved.qty,
        });
    }
    Ok(Move {
        from: moved.to.clone(),
        to: moved.from.clone(),
        reason: reason.to_owned(),
        reverses: Some(event.id),
        ..moved.clone()
    })
}

/// A line's counters after `qty` more (or less) of what `cause` does.
pub fn counters_after(cause: &Cause, mut line: LineCounters, qty: i64) -> LineCounters {
    match cause {
        Cause::Pick { .. } => line.picked += Qty(qty),
        Cause::Pack { .. } => line.packed += Qty(qty),
        Cause::Load { .. } => line.shipped += Qty(qty),
        Cause::BringBack { .. } => line.shipped -= Qty(qty),
        Cause::Deliver { .. } => line.delivered += Qty(qty),
        Cause::Return { .. } => line.returned += Qty(qty),
        Cause::Receipt { .. }
        | Cause::Putaway
        | Cause::Transfer
        | Cause::Refill
        | Cause::Grade { .. }
        | Cause::Scrap => {}
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{
        AllocationId, CountId, EventId, Hlc, HoldScope, LineId, LotCode, PersonId, Serial, Sku,
        Spot, StationId,
    };

    fn event(body: Body) -> Event {
        Event {
            id: EventId::from_bytes([7; 16]),
            at: Hlc(1),
            station: StationId::from_bytes([1; 16]),
            station_seq: 1,
            actor: PersonId("li".into()),
            body,
        }
    }

    fn moved(cause: Cause) -> Body {
        Body::Moved(Move {
            sku: Sku::parse("MUG").unwrap(),
            lot: LotCode::none(),
            serial: Serial::none(),
            owner: String::new(),
            from: Spot::at(LocationCode::parse("A1").unwrap()),
            to: Spot::at(LocationCode::parse("B1").unwrap()),
            qty: Qty(3),
            cause,
            reason: String::new(),
            reverses: None,
        })
    }

    #[test]
    fn a_move_goes_back_only_while_nothing_rests_on_it() {
        let line = LineId::from_bytes([2; 16]);
        let pick = Cause::Pick { line, allocation: AllocationId::from_bytes([3; 16]) };
        let counters = |picked: i64, packed: i64| LineCounters {
            ordered: Qty(9),
            allocated: Qty(9),
            picked: Qty(picked),
            packed: Qty(packed),
            ..LineCounters::default()
        };
        // undone, on hand there, line -> outcome
        let rows = [
            (false, 3, None, "ok"),
            (false, 2, None, "gone"),
            (true, 3, None, "undone"),
            (false, 3, Some(counters(3, 0)), "ok"),
            (false, 3, Some(counters(3, 1)), "next"),
            (false, 3, Some(counters(5, 2)), "ok"),
        ];
        for (undone, there, line, wanted) in rows {
            let now = Now { undone, on_hand_there: Qty(there), line, ..Now::default() };
            let said = match reversal(&event(moved(pick.clone())), &now, "slip") {
                Ok(Body::Moved(back)) => {
                    assert_eq!(back.from.location.as_str(), "B1");
                    assert_eq!(back.sign(), -1);
                    "ok"
                }
                Ok(_) => "other",
                Err(Obstacle::Gone { .. }) => "gone",
                Err(Obstacle::AlreadyUndone) => "undone",
                Err(Obstacle::NextStep) => "next",
                Err(_) => "other",
            };
            assert_eq!(said, wanted, "{now:?}");
        }
    }

    #[test]
    fn holds_turn_round_and_counts_do_not() {
        let hold = HoldScope::Bin { location: LocationCode::parse("A1").unwrap() };
        let set = event(Body::HoldSet { hold, on: true, reason: "wet".into() });
        let now = Now { hold_on: Some(true), ..Now::default() };
        assert!(matches!(reversal(&set, &now, ""), Ok(Body::HoldSet { on: false, .. })));
        let lifted = Now { hold_on: Some(false), ..Now::default() };
        assert_eq!(reversal(&set, &lifted, ""), Err(Obstacle::HoldChanged));
        let posted = event(Body::CountPosted {
            count: CountId::from_bytes([4; 16]),
            watermark: Hlc(1),
            seen: Vec::new(),
        });
        assert_eq!(reversal(&posted, &Now::default(), ""), Err(Obstacle::CountAgain));
    }
}
