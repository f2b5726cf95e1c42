//! One desktop: a disk that stays, a protocol machine that dies with the power, and a person who
//! tries again.

use crate::deed::Deed;
use crate::disk::{Book, Disk};
use crate::key::Key;
use domain::EventId;
use std::collections::{BTreeMap, BTreeSet};
use sync::{Held, Limits, Rules, Server, Station};

pub(crate) fn limits() -> Limits {
    Limits {
        batch_bytes: 900,
        in_flight_bytes: 2_500,
        snapshot_from: 45,
        snapshot_part_bytes: 1_500,
        lease_ms: 60_000,
        ..Limits::DEFAULT
    }
}

/// What somebody did and was not told of yet.
#[derive(Debug, Clone)]
pub(crate) struct Pending {
    pub id: EventId,
    pub action: u64,
    pub deed: Deed,
}

pub(crate) struct Machine {
    pub disk: Disk,
    /// `None` while it is switched off.
    pub running: Option<Station<Key>>,
    /// The replica's side of its link, and which replica that is.
    pub link: Option<(usize, Server)>,
    /// When to poll it, start it or connect it again.
    pub wake: i64,
    pub cut_until: i64,
    pub clock_off_ms: i64,
    pub backup: Option<Book>,
    pub pending: Vec<Pending>,
    /// Told to a person as done (P8).
    pub confirmed: BTreeSet<EventId>,
    pub asked: BTreeMap<String, i64>,
    pub held: BTreeMap<String, Held>,
    pub lost: bool,
}

impl Machine {
    pub fn new(book: Book) -> Machine {
        Machine {
            disk: Disk::new(book),
            running: None,
            link: None,
            wake: 0,
            cut_until: 0,
            clock_off_ms: 0,
            backup: None,
            pending: Vec::new(),
            confirmed: BTreeSet::new(),
            asked: BTreeMap::new(),
            held: BTreeMap::new(),
            lost: false,
        }
    }

    pub fn start(&mut self, rules: Rules) {
        self.running = Some(Station::new(Key(self.disk.book.secret), limits(), rules));
    }

    /// The power goes: what is not on the disk never was.
    pub fn stop(&mut self, wake: i64) {
        (self.running, self.link, self.wake) = (None, None, wake);
        self.asked.clear();
        self.held.clear();
    }
}
