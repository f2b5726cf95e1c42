//! A station's book: what was committed survives, the rest does not. It can be full, and it can stop
//! the machine just before or just after any commit.

use crate::deed::Deed;
use crate::facts::Facts;
use domain::{EventId, Hlc, PersonId, StationId, Timestamp};
use std::collections::BTreeMap;
use sync::{
    Account, Cursor, Envelope, Hash, Head, Limits, Message, Placed, Rule, Rules, SiteId,
    SnapshotPart, Standpoint, StationLog, decode,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Halt {
    /// The machine is gone; whether the commit is there or not is up to the disk.
    Crash,
    Full,
}

/// What a backup has.
#[derive(Clone)]
pub(crate) struct Book {
    pub station: StationId,
    pub formerly: Vec<StationId>,
    pub secret: [u8; 32],
    pub generation: i64,
    pub cursor: Cursor,
    /// Each cursor that was ever set, to go back to.
    pub cursors: BTreeMap<i64, Hash>,
    pub acked: Head,
    /// The chain of the present id.
    pub own: Vec<Envelope>,
    pub known: BTreeMap<EventId, Envelope>,
    pub numbers: BTreeMap<EventId, i64>,
    /// Applied as events came; compared with a fold of `known`.
    pub facts: Facts,
    pub unread: Vec<EventId>,
    pub accounts: BTreeMap<u64, Account>,
    pub newest: Hlc,
    pub reads_all: bool,
}

pub(crate) struct Disk {
    pub book: Book,
    pub full: bool,
    /// Stop at the n-th commit from now: before it (false) or after it (true).
    pub fuse: Option<(u32, bool)>,
    pub wrong: Option<String>,
    snapshot: (Hash, Vec<u8>),
}

impl Book {
    pub fn new(station: StationId, secret: [u8; 32], reads_all: bool) -> Book {
        Book {
            station,
            formerly: Vec::new(),
            secret,
            generation: 0,
            cursor: Cursor::default(),
            cursors: BTreeMap::new(),
            acked: Head::default(),
            own: Vec::new(),
            known: BTreeMap::new(),
            numbers: BTreeMap::new(),
            facts: Facts::default(),
            unread: Vec::new(),
            accounts: BTreeMap::new(),
            newest: Hlc(0),
            reads_all,
        }
    }

    fn head(&self) -> Head {
        self.own.last().map_or_else(Head::default, Envelope::head)
    }

    fn learn(&mut self, event: &Envelope) {
        self.newest = self.newest.max(event.at);
        self.known.insert(event.id, event.clone());
        let newer = matches!(Deed::parse(&event.body), Some((Deed::Teleported { .. }, _)));
        if newer && !self.reads_all {
            self.unread.push(event.id);
        } else {
            self.facts.apply(event);
        }
    }

    /// A new version of the program reads what the old one kept.
    pub fn update_program(&mut self) {
        self.reads_all = true;
        for id in std::mem::take(&mut self.unread) {
            let event = self.known[&id].clone();
            self.facts.apply(&event);
        }
    }
}

impl Disk {
    pub fn new(book: Book) -> Disk {
        Disk { book, full: false, fuse: None, wrong: None, snapshot: Default::default() }
    }

    /// One transaction. `reserve`: small writes that a full disk still has room for.
    fn commit(&mut self, reserve: bool, change: impl FnOnce(&mut Book)) -> Result<(), Halt> {
        if self.full && !reserve {
            return Err(Halt::Full);
        }
        if let Some((left, after)) = &mut self.fuse {
            *left = left.saturating_sub(1);
            if *left == 0 {
                if *after {
                    change(&mut self.book);
                }
                self.fuse = None;
                return Err(Halt::Crash);
            }
        }
        change(&mut self.book);
        Ok(())
    }

    /// Records what a person did. `Ok(false)`: this id is in the book already.
    pub fn record(
        &mut self,
        id: EventId,
        body: String,
        now: Timestamp,
        rules: Rules,
    ) -> Result<bool, Halt> {
        if self.book.known.contains_key(&id) {
            return Ok(false);
        }
        let (at, actor) = (self.book.newest.next(now), PersonId("ada".into()));
        let event = Envelope::chain(self.book.head(), self.book.station, id, at, actor, body);
        let effects = |book: &mut Book, event: &Envelope| {
            book.learn(event);
            if let Some((Deed::Promised { sku, qty }, _)) = Deed::parse(&event.body) {
                book.accounts.entry(sku).or_default().spent += qty;
            }
        };
        if rules.hold(Rule::OutboxWithEffects) {
            self.commit(false, |book| {
                effects(book, &event);
                book.own.push(event);
            })?;
        } else {
            self.commit(false, |book| effects(book, &event))?;
            self.commit(false, |book| book.own.push(event))?;
        }
        Ok(true)
    }

    pub fn set_account(&mut self, sku: u64, account: Account) -> Result<(), Halt> {
        self.commit(true, |book| {
            book.accounts.insert(sku, account);
        })
    }
}

fn within(events: impl Iterator<Item = Envelope>, bytes: usize) -> Vec<Envelope> {
    let mut total = 0;
    events
        .take_while(|event| {
            let fits = total == 0 || total + event.bytes() <= bytes;
            total += event.bytes();
            fits
        })
        .collect()
}

impl StationLog for Disk {
    type Error = Halt;

    fn standpoint(&self) -> Result<Standpoint, Halt> {
        let book = &self.book;
        Ok(Standpoint {
            station: book.station,
            site: SiteId("north".into()),
            formerly: book.formerly.clone(),
            generation: book.generation,
            cursor: book.cursor,
            acked: book.acked,
            empty: book.known.is_empty(),
        })
    }

    fn own_head(&self) -> Result<Head, Halt> {
        Ok(self.book.head())
    }

    fn own_hash(&self, seq: i64) -> Result<Option<Hash>, Halt> {
        if seq == 0 {
            return Ok(Some(Hash::NONE));
        }
        let at = usize::try_from(seq - 1).ok();
        Ok(at.and_then(|at| self.book.own.get(at)).map(Envelope::hash))
    }

    fn own_after(&self, seq: i64, bytes: usize) -> Result<Vec<Envelope>, Halt> {
        Ok(within(self.book.own.iter().skip(seq as usize).cloned(), bytes))
    }

    fn set_acked(&mut self, acked: Head) -> Result<(), Halt> {
        self.commit(true, |book| book.acked = acked)
    }

    fn take(&mut self, first: i64, entries: &[Placed<'_>], cursor: Cursor) -> Result<(), Halt> {
        let mut wrong = None;
        self.commit(false, |book| {
            for (number, entry) in (first..).zip(entries) {
                let id = match entry {
                    Placed::Own(seq) => book.own.get(*seq as usize - 1).map(|event| event.id),
                    Placed::Event(event) => {
                        match book.known.get(&event.id) {
                            Some(known) if known.content() != event.content() => {
                                wrong = Some(format!("P1: {} came with other content", event.id));
                            }
                            Some(_) => {}
                            None => book.learn(event),
                        }
                        Some(event.id)
                    }
                };
                if let Some(id) = id {
                    book.numbers.insert(id, number);
                }
            }
            if cursor.seq < book.cursor.seq {
                wrong = Some("P9: the cursor went back without a word".to_owned());
            }
            book.cursor = cursor;
            book.cursors.insert(cursor.seq, cursor.tag);
        })?;
        self.wrong = self.wrong.take().or(wrong);
        Ok(())
    }

    fn go_back(&mut self, generation: i64, seq: i64) -> Result<(), Halt> {
        self.commit(true, |book| {
            book.generation = generation;
            if seq < book.cursor.seq {
                book.cursors.retain(|known, _| *known <= seq);
                let newest = book.cursors.last_key_value();
                book.cursor = newest
                    .map_or_else(Cursor::default, |(seq, tag)| Cursor { seq: *seq, tag: *tag });
                let seq = book.cursor.seq;
                book.numbers.retain(|_, number| *number <= seq);
            }
        })
    }

    fn unnumbered(
        &self,
        after: Option<(StationId, i64)>,
        bytes: usize,
    ) -> Result<Vec<Envelope>, Halt> {
        let book = &self.book;
        if book.numbers.len() == book.known.len() {
            return Ok(Vec::new());
        }
        let mut open: Vec<&Envelope> = book
            .known
            .values()
            .filter(|event| event.station != book.station)
            .filter(|event| !book.numbers.contains_key(&event.id))
            .filter(|event| after.is_none_or(|after| (event.station, event.seq) > after))
            .collect();
        open.sort_by_key(|event| (event.station, event.seq));
        Ok(within(open.into_iter().cloned(), bytes))
    }

    fn reincarnate(&mut self, station: StationId) -> Result<(), Halt> {
        self.commit(true, |book| {
            let open = book.own.split_off(book.acked.seq as usize);
            book.formerly.push(std::mem::replace(&mut book.station, station));
            (book.own, book.acked) = (Vec::new(), Head::default());
            for event in open {
                let event = event.rechained(book.head(), station);
                book.known.insert(event.id, event.clone());
                book.own.push(event);
            }
            book.accounts.clear();
        })
    }

    fn take_snapshot(&mut self, part: &SnapshotPart) -> Result<Option<u64>, Halt> {
        if part.offset == 0 || self.snapshot.0 != part.hash {
            self.snapshot = (part.hash, Vec::new());
        }
        if part.offset == self.snapshot.1.len() as u64 {
            self.snapshot.1.extend_from_slice(&part.bytes);
        }
        if (self.snapshot.1.len() as u64) < part.size {
            return Ok(Some(self.snapshot.1.len() as u64));
        }
        let (hash, bytes) = std::mem::take(&mut self.snapshot);
        let Ok(Message::Page(page)) = decode(&bytes, &Limits::DEFAULT) else { return Ok(Some(0)) };
        if Hash::of(&bytes) != hash {
            return Ok(Some(0));
        }
        self.commit(false, |book| {
            for (number, event) in (1..).zip(&page.events) {
                book.learn(event);
                book.numbers.insert(event.id, number);
            }
            (book.cursor, book.generation) = (part.cursor, part.generation);
            book.cursors.insert(part.cursor.seq, part.cursor.tag);
        })?;
        Ok(None)
    }
}
