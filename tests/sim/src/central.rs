//! The server's log as every replica sees it: PostgreSQL with synchronous commit, reduced to what
//! its transactions promise. While the primary is being replaced it answers nobody.

use crate::deed::{Deed, SELLABLE};
use crate::facts::Facts;
use domain::{EventId, Hlc, PersonId, StationId, Timestamp};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use sync::{
    Account, Admitted, Append, Appended, Cursor, Decision, EnrollError, Enrolled, Envelope, Grant,
    Hash, Head, Item, Lease, LeaseAnswer, Message, Page, Row, Rule, Rules, ServerLog, Session,
    SiteId, SnapshotPart, available, encode,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Down;

/// A snapshot is made whenever the log has grown by this many.
const SNAPSHOT_EVERY: usize = 40;

#[derive(Clone)]
pub struct Central {
    /// Generation and the head from which it began.
    pub generations: Vec<(i64, i64)>,
    pub rows: Vec<Envelope>,
    tags: Vec<Hash>,
    pub contents: BTreeMap<EventId, Hash>,
    pub places: BTreeMap<(StationId, i64), Hash>,
    pub stations: BTreeMap<StationId, Enrolled>,
    pub aside: BTreeMap<EventId, Admitted>,
    pub accounts: BTreeMap<(StationId, u64), Account>,
    pub(crate) facts: Facts,
    pub compensated: BTreeSet<EventId>,
    leases: BTreeMap<String, Lease>,
    /// When a row can be seen; only a bare sequence lets one wait.
    visible_at: Vec<i64>,
    authority: (StationId, Head),

    pub down: bool,
    /// The next append finds that somebody else was quicker.
    pub crowded: bool,
    pub now: i64,
    /// How long the next commit takes.
    pub commit_ms: i64,
    pub rules: Rules,
    pub wrong: RefCell<Option<String>>,
}

impl Central {
    pub fn new(rules: Rules) -> Central {
        Central {
            generations: vec![(1, 0)],
            rows: Vec::new(),
            tags: Vec::new(),
            contents: BTreeMap::new(),
            places: BTreeMap::new(),
            stations: BTreeMap::new(),
            aside: BTreeMap::new(),
            accounts: BTreeMap::new(),
            facts: Facts::default(),
            compensated: BTreeSet::new(),
            leases: BTreeMap::new(),
            visible_at: Vec::new(),
            authority: (StationId::from_bytes([0xaa; 16]), Head::default()),
            down: false,
            crowded: false,
            now: 0,
            commit_ms: 0,
            rules,
            wrong: RefCell::new(None),
        }
    }

    pub fn enroll(&mut self, station: StationId, public_key: [u8; 32]) {
        let not = BTreeSet::from(["forbidden".to_owned()]);
        let grant = Grant { site: SiteId("north".into()), not };
        let head = Head::default();
        let enrolled = Enrolled { public_key, grant, head, closed: false, revoked: false };
        self.stations.insert(station, enrolled);
    }

    /// A server that starts writes under an id of its own: after a restore, its old chain may go on
    /// at stations.
    pub fn start_authority(&mut self, id: StationId) {
        self.authority = (id, Head::default());
    }

    pub fn is_revoked(&self, station: StationId) -> bool {
        self.stations.get(&station).is_some_and(|enrolled| enrolled.revoked)
    }

    fn up(&self) -> Result<(), Down> {
        if self.down { Err(Down) } else { Ok(()) }
    }

    pub fn head(&self) -> i64 {
        match self.rules.hold(Rule::SeqInCommitOrder) {
            true => self.rows.len() as i64,
            false => {
                let seen = self.visible_at.iter().rposition(|at| *at <= self.now);
                seen.map_or(0, |at| at as i64 + 1)
            }
        }
    }

    fn number(&mut self, event: Envelope) {
        self.contents.insert(event.id, event.content());
        self.aside.remove(&event.id);
        self.facts.apply(&event);
        if let Some((Deed::Promised { sku, qty }, _)) = Deed::parse(&event.body) {
            self.accounts.entry((event.station, sku)).or_default().spent += qty;
        }
        let wait = if self.rules.hold(Rule::SeqInCommitOrder) { 0 } else { self.commit_ms };
        self.visible_at.push(self.now + wait);
        let tag = self.tags.last().copied().unwrap_or_default();
        self.tags.push(tag.then(event.hash()));
        self.rows.push(event);
    }

    pub fn outstanding(&self, sku: u64) -> i64 {
        let of_sku = self.accounts.iter().filter(|((_, other), _)| *other == sku);
        of_sku.map(|(_, account)| account.outstanding().max(0)).sum()
    }

    pub fn available(&self, sku: u64) -> i64 {
        let promised = self.facts.promised.get(&sku).copied().unwrap_or_default();
        available(SELLABLE, promised, self.outstanding(sku))
    }

    /// The authority's own word, in the transaction of whatever caused it.
    fn say(&mut self, id: EventId, at: Hlc, body: String) {
        let (station, head) = self.authority;
        let event = Envelope::chain(head, station, id, at, PersonId("server".into()), body);
        self.places.insert((station, event.seq), event.hash());
        self.authority.1 = event.head();
        self.number(event);
    }

    /// An order through the interface: promised from what is not lent, once per id.
    pub fn order(&mut self, id: EventId, sku: u64, qty: i64, action: u64) -> Result<bool, Down> {
        self.up()?;
        if self.contents.contains_key(&id) {
            return Ok(true);
        }
        if self.available(sku) < qty {
            return Ok(false);
        }
        let at = Hlc::at(Timestamp(self.now));
        self.say(id, at, Deed::Promised { sku, qty }.body(action));
        let authority = (self.authority.0, sku);
        // The authority needs no quota: what it promises is not lent.
        self.accounts.remove(&authority);
        Ok(true)
    }

    /// Promises beyond what there is are taken back, the youngest first, each at most once.
    fn settle(&mut self, sku: u64) {
        while self.facts.promised.get(&sku).is_some_and(|promised| *promised > SELLABLE) {
            let open = self.rows.iter().filter_map(|row| match Deed::parse(&row.body) {
                Some((Deed::Promised { sku: other, qty }, action)) if other == sku => {
                    let release = domain::id::reversal_of(row.id);
                    let free = !self.contents.contains_key(&release);
                    free.then_some((row.at, row.id, qty, action))
                }
                _ => None,
            });
            let Some((at, id, qty, action)) = open.max_by_key(|open| (open.0, open.1)) else {
                return;
            };
            let release = domain::id::reversal_of(id);
            self.compensated.insert(release);
            // A number of its own, made of the promise's: one action takes effect once.
            let body = Deed::Released { sku, qty }.body(action + 1_000_000);
            self.say(release, Hlc(at.0 + 1), body);
        }
    }
}

impl ServerLog for Central {
    type Error = Down;

    fn enrolled(&self, station: StationId) -> Result<Option<Enrolled>, Down> {
        self.up()?;
        Ok(self.stations.get(&station).cloned())
    }

    fn redeem(
        &mut self,
        _: Hash,
        _: StationId,
        _: [u8; 32],
        _: Timestamp,
    ) -> Result<Result<Grant, EnrollError>, Down> {
        Ok(Err(EnrollError::Unknown))
    }

    fn succeed(&mut self, old: StationId, new: StationId, key: [u8; 32]) -> Result<(), Down> {
        self.up()?;
        self.close(old)?;
        if !self.stations.contains_key(&new) {
            self.enroll(new, key);
            let revoked = self.stations.get(&old).is_some_and(|enrolled| enrolled.revoked);
            if let Some(enrolled) = self.stations.get_mut(&new) {
                enrolled.revoked = revoked;
            }
        }
        Ok(())
    }

    fn close(&mut self, station: StationId) -> Result<(), Down> {
        self.up()?;
        if let Some(enrolled) = self.stations.get_mut(&station) {
            enrolled.closed = true;
        }
        for (_, account) in self.accounts.iter_mut().filter(|((other, _), _)| *other == station) {
            account.returned += account.outstanding().max(0);
        }
        Ok(())
    }

    fn generation(&self, _: &SiteId, known: i64) -> Result<(i64, Option<i64>), Down> {
        self.up()?;
        let newest = self.generations.last().map_or(0, |(generation, _)| *generation);
        let later =
            self.generations.iter().filter(|(generation, _)| known > 0 && *generation > known);
        Ok((newest, later.map(|(_, base)| *base).min()))
    }

    fn site_head(&self, _: &SiteId) -> Result<i64, Down> {
        self.up()?;
        Ok(self.head())
    }

    fn place(&self, station: StationId, seq: i64) -> Result<Option<Hash>, Down> {
        self.up()?;
        Ok(self.places.get(&(station, seq)).copied())
    }

    fn content(&self, id: EventId) -> Result<Option<Hash>, Down> {
        self.up()?;
        Ok(self.contents.get(&id).copied())
    }

    fn append(&mut self, append: &Append) -> Result<Appended, Down> {
        self.up()?;
        if std::mem::take(&mut self.crowded) {
            return Ok(Appended::Moved);
        }
        if let Some(from) = append.from {
            match self.stations.get_mut(&append.station) {
                Some(enrolled) if enrolled.head == from => enrolled.head = append.to,
                Some(_) | None => return Ok(Appended::Moved),
            }
        }
        let mut skus = BTreeSet::new();
        for item in &append.items {
            match item {
                Item::Fresh(event) => {
                    self.places.insert((event.station, event.seq), event.hash());
                    if let Some((Deed::Promised { sku, .. }, _)) = Deed::parse(&event.body) {
                        skus.insert(sku);
                    }
                    self.number(event.clone());
                }
                Item::Again(event) => {
                    self.places.insert((event.station, event.seq), event.hash());
                }
                Item::Aside(event, why) => {
                    if *why != Admitted::PlaceTaken {
                        self.places.insert((event.station, event.seq), event.hash());
                    }
                    self.aside.insert(event.id, *why);
                }
            }
        }
        for sku in skus {
            self.settle(sku);
        }
        Ok(Appended::Yes)
    }

    fn rows_after(&self, _: &SiteId, seq: i64, bytes: usize) -> Result<Vec<Row>, Down> {
        self.up()?;
        let mut rows: Vec<Row> = Vec::new();
        let (mut total, mut gap) = (0, false);
        for (seq, event) in (seq + 1..).zip(self.rows.iter().skip(seq.max(0) as usize)) {
            if self.visible_at[seq as usize - 1] > self.now {
                gap = true;
                continue;
            }
            if gap {
                let wrong = format!("P3: a reader saw {seq} and not what comes before it");
                self.wrong.borrow_mut().get_or_insert(wrong);
            }
            total += event.bytes();
            if total > bytes && !rows.is_empty() {
                break;
            }
            rows.push(Row { seq, tag: self.tags[seq as usize - 1], event: event.clone() });
        }
        Ok(rows)
    }

    fn snapshot(
        &self,
        _: &SiteId,
        _: i64,
        offset: u64,
        bytes: usize,
    ) -> Result<Option<SnapshotPart>, Down> {
        self.up()?;
        let count = self.rows.len() / SNAPSHOT_EVERY * SNAPSHOT_EVERY;
        let Some(tag) = count.checked_sub(1).and_then(|last| self.tags.get(last)) else {
            return Ok(None);
        };
        let (session, events) = (Session(0), self.rows[..count].to_vec());
        let page = Page { session, after: 0, head: 0, entries: Vec::new(), events };
        let whole = encode(&Message::Page(page));
        let start = (offset as usize).min(whole.len());
        let end = (start + bytes).min(whole.len());
        Ok(Some(SnapshotPart {
            session,
            generation: self.generations.last().map_or(0, |(generation, _)| *generation),
            cursor: Cursor { seq: count as i64, tag: *tag },
            hash: Hash::of(&whole),
            size: whole.len() as u64,
            offset: start as u64,
            bytes: whole[start..end].to_vec(),
        }))
    }

    fn lend(
        &mut self,
        _: &SiteId,
        station: StationId,
        sku: &str,
        lend: &dyn Fn(Account, i64) -> i64,
    ) -> Result<i64, Down> {
        self.up()?;
        let sku: u64 = sku.parse().unwrap_or_default();
        let free = self.available(sku);
        let account = self.accounts.entry((station, sku)).or_default();
        account.granted = lend(*account, free);
        Ok(account.granted)
    }

    fn given_back(
        &mut self,
        _: &SiteId,
        station: StationId,
        sku: &str,
        returned: i64,
    ) -> Result<i64, Down> {
        self.up()?;
        let sku: u64 = sku.parse().unwrap_or_default();
        let account = self.accounts.entry((station, sku)).or_default();
        account.heard(0, returned);
        Ok(account.returned)
    }

    fn lease(
        &mut self,
        _: &SiteId,
        task: &str,
        ask: &dyn Fn(Option<&Lease>) -> Decision,
    ) -> Result<LeaseAnswer, Down> {
        self.up()?;
        let (lease, answer) = ask(self.leases.get(task));
        if let Some(lease) = lease {
            self.leases.insert(task.to_owned(), lease);
        }
        Ok(answer)
    }
}
