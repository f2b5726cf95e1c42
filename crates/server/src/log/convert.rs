//! Between the protocol's types and the rows of `store`.

use super::error::LogError;
use super::spent::spent;
use store::central::{Kept, LogAppend, LogEvent, LogItem, Matter, Tip};
use sync::{Admitted, Append, Envelope, Hash, Head, Item};

pub fn tip(head: Head) -> Tip {
    Tip { seq: head.seq, hash: head.hash.0 }
}

pub fn head(tip: Tip) -> Head {
    Head { seq: tip.seq, hash: Hash(tip.hash) }
}

pub fn row_of(event: &Envelope) -> LogEvent {
    LogEvent {
        id: event.id,
        station: event.station,
        seq: event.seq,
        prev: event.prev.0,
        hash: event.hash().0,
        content: event.content().0,
        at: event.at,
        actor: event.actor.clone(),
        body: event.body.clone(),
    }
}

/// The hash is computed anew: a flipped byte is found by whoever reads the row.
pub fn envelope(row: LogEvent) -> Result<Envelope, LogError> {
    let before = Head { seq: row.seq - 1, hash: Hash(row.prev) };
    let event = Envelope::chain(before, row.station, row.id, row.at, row.actor, row.body);
    if event.hash().0 == row.hash {
        Ok(event)
    } else {
        Err(LogError::Damaged(format!("event {} does not have its hash", row.id)))
    }
}

/// Whether it stands in its chain, or claims a place that another event has.
pub fn has_place(why: Admitted) -> bool {
    why != Admitted::PlaceTaken
}

pub fn matter(why: Admitted) -> Matter {
    match why {
        Admitted::Revoked => Matter::Revoked,
        Admitted::KindNotAllowed => Matter::KindNotAllowed,
        Admitted::SameIdOtherContent => Matter::SameIdOtherContent,
        Admitted::PlaceTaken => Matter::PlaceTaken,
        // What is admitted is not set aside; if it is, somebody looks at it.
        Admitted::Yes => Matter::Parked,
    }
}

pub fn append_of(append: &Append) -> LogAppend {
    let item_of = |item: &Item| match item {
        Item::Fresh(event) => LogItem { kept: Kept::Fresh, event: row_of(event) },
        Item::Again(event) => LogItem { kept: Kept::Again, event: row_of(event) },
        Item::Aside(event, why) => {
            let kept = Kept::Aside { why: matter(*why), has_place: has_place(*why) };
            LogItem { kept, event: row_of(event) }
        }
    };
    let fresh = append.items.iter().filter_map(|item| match item {
        Item::Fresh(event) => spent(event),
        Item::Again(_) | Item::Aside(..) => None,
    });
    LogAppend {
        site: append.site.0.clone(),
        station: append.station,
        from: append.from.map(tip),
        to: tip(append.to),
        spent: fresh.collect(),
        items: append.items.iter().map(item_of).collect(),
    }
}
