//! What the cases stand on: the two backends, and events to append.

use crate::database;
use domain::{EventId, Hlc, PersonId, StationId};
use server::log::{Admin, CentralLog, Embedded, Postgres, Stock};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use sync::{Append, Envelope, Grant, Hash, Head, Item, Offer, SiteId};

pub trait Bed: Sync {
    type Log: CentralLog + Clone + Sync + 'static;

    /// A replica of its own, where the backend can have several.
    fn log(&self) -> Self::Log;
    fn lending(&self, stock: Arc<dyn Stock>) -> Self::Log;

    /// With the site of all cases.
    fn with_site(&self) -> Self::Log {
        let mut log = self.log();
        log.add_site(&north(), "North").unwrap();
        log
    }
}

pub struct Sqlite {
    log: Embedded,
    _folder: tempfile::TempDir,
}

impl Sqlite {
    pub fn new() -> Sqlite {
        let folder = tempfile::tempdir().unwrap();
        Sqlite { log: Embedded::open(folder.path()).unwrap(), _folder: folder }
    }
}

impl Bed for Sqlite {
    type Log = Embedded;

    fn log(&self) -> Embedded {
        self.log.clone()
    }

    fn lending(&self, stock: Arc<dyn Stock>) -> Embedded {
        self.log.with_stock(stock)
    }
}

pub struct Shared {
    url: String,
}

impl Shared {
    pub fn new() -> Shared {
        static SERVER: OnceLock<database::Server> = OnceLock::new();
        let server = SERVER.get_or_init(|| database::Server::start(&["fsync=off"]));
        Shared { url: server.database() }
    }
}

impl Bed for Shared {
    type Log = Postgres;

    fn log(&self) -> Postgres {
        Postgres::open(&self.url).unwrap()
    }

    fn lending(&self, stock: Arc<dyn Stock>) -> Postgres {
        self.log().with_stock(stock)
    }
}

pub fn north() -> SiteId {
    SiteId("north".into())
}

pub fn station(number: u8) -> StationId {
    StationId::from_bytes([number; 16])
}

pub fn grant() -> Grant {
    Grant { site: north(), not: BTreeSet::new() }
}

/// A station that is enrolled, with the tip of its chain.
pub struct Writer {
    pub id: StationId,
    pub head: Head,
}

impl Writer {
    pub fn enroll<L: CentralLog>(log: &mut L, number: u8) -> Writer {
        let code = Hash::of(&[number, 1]);
        let offer = Offer { grant: grant(), expires: domain::Timestamp(100), used_by: None };
        log.add_code(code, &format!("bench {number}"), &offer).unwrap();
        let id = station(number);
        log.redeem(code, id, [number; 32], domain::Timestamp(1)).unwrap().unwrap();
        Writer { id, head: Head::default() }
    }

    /// The next event of the chain, which has not moved yet.
    pub fn event(&self, body: &str) -> Envelope {
        event_after(self.head, self.id, next_id(), body)
    }

    pub fn events(&self, bodies: &[&str]) -> Vec<Envelope> {
        let mut head = self.head;
        let mut events = Vec::new();
        for body in bodies {
            let event = event_after(head, self.id, next_id(), body);
            head = event.head();
            events.push(event);
        }
        events
    }

    pub fn append_of(&self, items: Vec<Item>) -> Append {
        let to = items.iter().last().map_or(self.head, |item| match item {
            Item::Fresh(event) | Item::Again(event) | Item::Aside(event, _) => event.head(),
        });
        Append { site: north(), station: self.id, from: Some(self.head), to, items }
    }

    /// Appends fresh events and goes on from them.
    pub fn write<L: CentralLog>(&mut self, log: &mut L, bodies: &[&str]) -> Vec<Envelope> {
        let events = self.events(bodies);
        let append = self.append_of(events.iter().cloned().map(Item::Fresh).collect());
        assert_eq!(log.append(&append).unwrap(), sync::Appended::Yes);
        self.head = append.to;
        events
    }
}

pub fn event_after(head: Head, station: StationId, id: EventId, body: &str) -> Envelope {
    Envelope::chain(head, station, id, Hlc(7), PersonId("ada".into()), body.into())
}

pub fn next_id() -> EventId {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let mut bytes = [0; 16];
    bytes[8..].copy_from_slice(&NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes());
    EventId::from_bytes(bytes)
}

/// What is in the site's log, read a little at a time and checked for gaps and tags.
pub fn read_all<L: CentralLog>(log: &L) -> Vec<Envelope> {
    let (mut events, mut tag) = (Vec::new(), Hash::NONE);
    loop {
        let rows = log.rows_after(&north(), events.len() as i64, 2_000).unwrap();
        if rows.is_empty() {
            return events;
        }
        for row in rows {
            assert_eq!(row.seq, events.len() as i64 + 1);
            tag = tag.then(row.event.hash());
            assert_eq!(row.tag, tag);
            events.push(row.event);
        }
    }
}

/// Of `Appended`, so that a case reads as a table.
pub fn appended<L: CentralLog>(log: &mut L, append: &Append) -> bool {
    log.append(append).unwrap() == sync::Appended::Yes
}
