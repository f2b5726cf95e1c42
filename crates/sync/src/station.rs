//! The station's side: greet, rewind where the server has lost something, push, pull, and offer
//! again what peers wrote. The log is asked each time, so a restart has nothing to forget.

use crate::chain::{Hash, Head};
use crate::clock::Offset;
use crate::envelope::Envelope;
use crate::keys::{Signer, head_statement, hello_statement, offer_statement};
use crate::limits::Limits;
use crate::message::{
    Answer, Ask, Entry, Hello, Message, Page, Push, Refused, Session, SnapshotPart, Standing,
    Welcome,
};
use crate::port::{Cursor, Placed, Standpoint, StationLog};
use crate::push::Flights;
use crate::retry::Retry;
use crate::rules::{Rule, Rules};
use domain::{StationId, Timestamp};
use std::collections::VecDeque;

/// A snapshot that is damaged where it is kept comes damaged each time: the log is taken instead.
const SPOILED_MAX: u32 = 2;

/// What the driver is told, for people and for its own rules.
#[derive(Debug, Clone, PartialEq)]
pub enum Notice {
    /// The server answered: it has our events up to here, and this is the site's newest number.
    Welcomed {
        acked: Head,
        site_head: i64,
        standing: Standing,
    },
    Acked(Head),
    /// New entries are in the book.
    Pulled {
        cursor: Cursor,
        entries: usize,
    },
    /// The server was restored: what it lost is offered again.
    ServerRestored {
        generation: i64,
        back_to: i64,
    },
    /// This id is closed: call `reincarnate` with a new one. A supervisor should hear of it.
    Forked,
    Clock(Offset),
    Answer(Answer),
    Refused(Refused),
    /// The server sent something that our log contradicts; it was not used.
    Contradiction,
    SnapshotTaken(Cursor),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Link {
    Down,
    Greeting,
    Live,
    /// Waits for `reincarnate`.
    Forked,
}

#[derive(Debug)]
enum Offering {
    No,
    After(Option<(StationId, i64)>),
    /// On its way: the first event's hash, and where the next offer begins.
    Sent(Hash, (StationId, i64)),
}

pub struct Station<K> {
    key: K,
    rules: Rules,
    limits: Limits,
    link: Link,
    session: Session,
    greeted: Timestamp,
    greeting: Retry,
    heard: Timestamp,
    standing: Standing,
    site_head: i64,
    flights: Flights,
    pulling: bool,
    pull: Retry,
    offering: Offering,
    offer: Retry,
    snapshot: Option<(i64, u64)>,
    /// Snapshots that were not what their hash says.
    spoiled: u32,
    asks: VecDeque<(Ask, Retry)>,
}

impl<K: Signer> Station<K> {
    pub fn new(key: K, limits: Limits, rules: Rules) -> Station<K> {
        Station {
            key,
            rules,
            limits,
            link: Link::Down,
            session: Session(0),
            greeted: Timestamp(0),
            greeting: Retry::default(),
            heard: Timestamp(0),
            standing: Standing::Active,
            site_head: 0,
            flights: Flights::default(),
            pulling: false,
            pull: Retry::default(),
            offering: Offering::No,
            offer: Retry::default(),
            snapshot: None,
            spoiled: 0,
            asks: VecDeque::new(),
        }
    }

    /// A link to some replica is there. `session` is drawn at random.
    pub fn connected(&mut self, session: Session, now: Timestamp) {
        if self.link != Link::Forked {
            self.link = Link::Greeting;
        }
        self.session = session;
        self.greeting = Retry::default();
        self.heard = now;
    }

    pub fn disconnected(&mut self) {
        if self.link != Link::Forked {
            self.link = Link::Down;
        }
    }

    /// Asks the server; the answer comes as a notice. Asking for the same again is harmless.
    pub fn ask(&mut self, ask: Ask) {
        if !self.asks.iter().any(|(known, _)| *known == ask) {
            self.asks.push_back((ask, Retry::default()));
        }
    }

    /// Goes on under a new id after `Notice::Forked`.
    pub fn reincarnate<L: StationLog>(
        &mut self,
        log: &mut L,
        id: StationId,
        session: Session,
    ) -> Result<(), L::Error> {
        log.reincarnate(id)?;
        self.asks.clear();
        self.link = Link::Greeting;
        self.session = session;
        self.greeting = Retry::default();
        Ok(())
    }

    /// The next message to send; call until there is none.
    pub fn poll_transmit<L: StationLog>(
        &mut self,
        log: &mut L,
        now: Timestamp,
    ) -> Result<Option<Message>, L::Error> {
        match self.link {
            Link::Down | Link::Forked => return Ok(None),
            Link::Live if self.is_idle(now) => {
                self.link = Link::Greeting;
                self.greeting = Retry::default();
            }
            Link::Live | Link::Greeting => {}
        }
        if self.link == Link::Greeting {
            return if self.greeting.is_due(now) {
                self.greet(log, now).map(Some)
            } else {
                Ok(None)
            };
        }
        if let Some(message) = self.push(log, now)? {
            return Ok(Some(message));
        }
        if self.standing == Standing::Revoked {
            return Ok(None);
        }
        let standpoint = log.standpoint()?;
        if let Some(message) = self.next_pull(log, &standpoint, now)? {
            return Ok(Some(message));
        }
        if let Some(message) = self.next_offer(log, &standpoint, now)? {
            return Ok(Some(message));
        }
        let ask = self.asks.iter_mut().find(|(_, retry)| retry.is_due(now));
        Ok(ask.map(|(ask, retry)| {
            retry.sent(now, &self.limits);
            Message::Ask(ask.clone())
        }))
    }

    /// Nothing heard for long, or the clock was set back and nobody knows.
    fn is_idle(&self, now: Timestamp) -> bool {
        !(0..self.limits.idle_ms).contains(&now.0.saturating_sub(self.heard.0))
    }

    /// When to poll again if nothing is heard before. Poll at least once in `Limits::idle_ms` all
    /// the same: the clock may be set back.
    pub fn poll_timeout(&self) -> Option<Timestamp> {
        match self.link {
            Link::Down | Link::Forked => None,
            Link::Greeting => Some(self.greeting.due().unwrap_or(self.heard)),
            Link::Live => {
                let idle = self.heard.plus_millis(self.limits.idle_ms);
                let pull = self.pulling.then(|| self.pull.due()).flatten();
                let asks = self.asks.iter().filter_map(|(_, retry)| retry.due());
                let others = [self.flights.due(), pull, self.offer.due()];
                asks.chain(others.into_iter().flatten()).chain([idle]).min()
            }
        }
    }

    fn greet<L: StationLog>(&mut self, log: &mut L, now: Timestamp) -> Result<Message, L::Error> {
        let standpoint = log.standpoint()?;
        self.greeting.sent(now, &self.limits);
        self.greeted = now;
        let mut hello = Hello {
            session: self.session,
            station: standpoint.station,
            site: standpoint.site,
            generation: standpoint.generation,
            cursor: standpoint.cursor,
            formerly: standpoint.formerly,
            public_key: self.key.public_key(),
            proof: [0; 64],
        };
        hello.proof = self.key.sign(&hello_statement(&hello));
        Ok(Message::Hello(hello))
    }

    fn push<L: StationLog>(
        &mut self,
        log: &mut L,
        now: Timestamp,
    ) -> Result<Option<Message>, L::Error> {
        if self.flights.is_overdue(now) {
            let acked = log.standpoint()?.acked.seq;
            self.flights.restart(acked);
        }
        if !self.flights.has_room(&self.limits) || log.own_head()?.seq <= self.flights.sent() {
            return Ok(None);
        }
        let events = log.own_after(self.flights.sent(), self.limits.batch_bytes)?;
        let Some(last) = events.last() else { return Ok(None) };
        let (station, head) = (last.station, last.head());
        let bytes = events.iter().map(Envelope::bytes).sum();
        self.flights.launch(head, bytes, now, &self.limits);
        let seal = self.key.sign(&head_statement(station, head));
        Ok(Some(Message::Push(Push { station, events, seal })))
    }

    fn next_pull<L: StationLog>(
        &mut self,
        log: &mut L,
        standpoint: &Standpoint,
        now: Timestamp,
    ) -> Result<Option<Message>, L::Error> {
        if self.site_head <= standpoint.cursor.seq || (self.pulling && !self.pull.is_due(now)) {
            return Ok(None);
        }
        self.pulling = true;
        self.pull.sent(now, &self.limits);
        let session = self.session;
        let mine = log.own_head()?.seq;
        let far = self.site_head >= self.limits.snapshot_from;
        if standpoint.empty && far && self.spoiled < SPOILED_MAX {
            let (seq, offset) = self.snapshot.unwrap_or_default();
            return Ok(Some(Message::SnapshotAsk { session, seq, offset }));
        }
        Ok(Some(Message::Pull { session, after: standpoint.cursor.seq, mine }))
    }

    /// First everything that the server still has is pulled; what has no number then is lost there.
    fn next_offer<L: StationLog>(
        &mut self,
        log: &mut L,
        standpoint: &Standpoint,
        now: Timestamp,
    ) -> Result<Option<Message>, L::Error> {
        let after = match &self.offering {
            Offering::No => return Ok(None),
            _ if standpoint.cursor.seq < self.site_head => return Ok(None),
            Offering::After(after) => *after,
            Offering::Sent(..) if !self.offer.is_due(now) => return Ok(None),
            // Lost on the way: from the beginning, without what has got a number meanwhile.
            Offering::Sent(..) => None,
        };
        let events = log.unnumbered(after, self.limits.batch_bytes)?;
        let (Some(first), Some(last)) = (events.first(), events.last()) else {
            self.offering = Offering::No;
            self.offer = Retry::default();
            return Ok(None);
        };
        self.offering = Offering::Sent(first.hash(), (last.station, last.seq));
        self.offer.sent(now, &self.limits);
        let digest = offer_digest(&events);
        let seal = self.key.sign(&offer_statement(standpoint.station, digest));
        Ok(Some(Message::Offer(Push { station: standpoint.station, events, seal })))
    }

    pub fn handle<L: StationLog>(
        &mut self,
        log: &mut L,
        message: Message,
        now: Timestamp,
    ) -> Result<Vec<Notice>, L::Error> {
        match message {
            Message::Welcome(welcome) => self.on_welcome(log, welcome, now),
            Message::Ack { station, head } => self.on_ack(log, station, head, now),
            Message::Behind { station, head } => self.on_behind(log, station, head),
            Message::Fork { station } => self.on_fork(log, station),
            Message::Looked { first } => {
                if let Offering::Sent(sent, next) = self.offering
                    && sent == first
                {
                    self.offering = Offering::After(Some(next));
                    self.offer = Retry::default();
                    self.heard = now;
                }
                Ok(Vec::new())
            }
            Message::Page(page) => self.on_page(log, page, now),
            Message::More { head } => {
                self.site_head = self.site_head.max(head);
                self.heard = now;
                Ok(Vec::new())
            }
            Message::SnapshotPart(part) => self.on_snapshot(log, part, now),
            Message::Answer(answer) => {
                self.asks.retain(|(ask, _)| !answers(ask, &answer));
                Ok(vec![Notice::Answer(answer)])
            }
            Message::Refused(refused) => Ok(self.on_refused(refused, now)),
            // Said by stations only, and enrolling is over before a station machine exists.
            Message::Enroll { .. }
            | Message::EnrollAnswer { .. }
            | Message::Hello(_)
            | Message::Push(_)
            | Message::Offer(_)
            | Message::Pull { .. }
            | Message::SnapshotAsk { .. }
            | Message::Ask(_) => Ok(Vec::new()),
        }
    }

    fn on_welcome<L: StationLog>(
        &mut self,
        log: &mut L,
        welcome: Welcome,
        now: Timestamp,
    ) -> Result<Vec<Notice>, L::Error> {
        let before = log.standpoint()?;
        let expected = self.link == Link::Greeting
            && welcome.session == self.session
            && welcome.station == before.station;
        if !expected {
            return Ok(Vec::new());
        }
        if log.own_hash(welcome.head.seq)? != Some(welcome.head.hash) {
            // The server has events under our id that we do not have: this disk is a copy, or older.
            return self.on_fork(log, before.station);
        }
        let mut notices = vec![Notice::Clock(Offset::measure(self.greeted, welcome.now, now))];
        if let Some(back_to) = welcome.back_to {
            let back_to = back_to.min(before.cursor.seq);
            log.go_back(welcome.generation, back_to)?;
            let generation = welcome.generation;
            notices.push(Notice::ServerRestored { generation, back_to });
            // Greets again: that the logs agree up to there is only now compared.
            self.greeting.answered();
            return Ok(notices);
        } else if welcome.generation != before.generation {
            log.go_back(welcome.generation, before.cursor.seq)?;
        }
        let ahead = welcome.head.seq > before.acked.seq;
        let behind = welcome.head.seq < before.acked.seq && self.rules.hold(Rule::Rewind);
        if ahead || behind {
            log.set_acked(welcome.head)?;
        }
        let acked = log.standpoint()?.acked;
        self.flights = Flights::default();
        self.flights.restart(acked.seq);
        (self.pulling, self.pull) = (false, Retry::default());
        if self.rules.hold(Rule::ReofferPeers) {
            // Usually finds nothing; after a restore it resumes even if we were switched off.
            self.offering = Offering::After(None);
            self.offer = Retry::default();
        }
        self.link = Link::Live;
        self.heard = now;
        self.standing = welcome.standing;
        self.site_head = welcome.site_head;
        self.greeting.answered();
        let (site_head, standing) = (welcome.site_head, welcome.standing);
        notices.push(Notice::Welcomed { acked, site_head, standing });
        Ok(notices)
    }

    fn on_ack<L: StationLog>(
        &mut self,
        log: &mut L,
        station: StationId,
        head: Head,
        now: Timestamp,
    ) -> Result<Vec<Notice>, L::Error> {
        let standpoint = log.standpoint()?;
        if station != standpoint.station {
            return Ok(Vec::new());
        }
        let own = log.own_hash(head.seq)?;
        // A head that is not of the batch we sent leaves nothing to compare with.
        let compared = self.rules.hold(Rule::AckNamesHash) && self.rules.hold(Rule::AckNamesBatch);
        let agreed = if compared { own == Some(head.hash) } else { own.is_some() };
        if !agreed {
            return Ok(vec![Notice::Contradiction]);
        }
        self.heard = now;
        if head.seq <= standpoint.acked.seq {
            return Ok(Vec::new());
        }
        log.set_acked(head)?;
        self.flights.acked(head.seq, now, &self.limits);
        Ok(vec![Notice::Acked(head)])
    }

    fn on_behind<L: StationLog>(
        &mut self,
        log: &mut L,
        station: StationId,
        head: Head,
    ) -> Result<Vec<Notice>, L::Error> {
        let standpoint = log.standpoint()?;
        if station != standpoint.station || !self.rules.hold(Rule::Rewind) {
            return Ok(Vec::new());
        }
        if log.own_hash(head.seq)? != Some(head.hash) {
            return Ok(vec![Notice::Contradiction]);
        }
        if head.seq < standpoint.acked.seq {
            log.set_acked(head)?;
        }
        self.flights.restart(head.seq);
        Ok(Vec::new())
    }

    fn on_fork<L: StationLog>(
        &mut self,
        log: &mut L,
        station: StationId,
    ) -> Result<Vec<Notice>, L::Error> {
        if station != log.standpoint()?.station || self.link == Link::Forked {
            return Ok(Vec::new());
        }
        if self.rules.hold(Rule::NewIncarnation) {
            self.link = Link::Forked;
        }
        Ok(vec![Notice::Forked])
    }

    fn on_page<L: StationLog>(
        &mut self,
        log: &mut L,
        page: Page,
        now: Timestamp,
    ) -> Result<Vec<Notice>, L::Error> {
        let standpoint = log.standpoint()?;
        let expected = self.link == Link::Live
            && page.session == self.session
            && page.after == standpoint.cursor.seq;
        if !expected {
            return Ok(Vec::new());
        }
        let Some(placed) = placed(&page) else { return Ok(vec![Notice::Contradiction]) };
        let mut tag = standpoint.cursor.tag;
        for entry in &placed {
            let hash = match entry {
                Placed::Event(event) => Some(event.hash()),
                Placed::Own(seq) => log.own_hash(*seq)?,
            };
            let Some(hash) = hash else { return Ok(vec![Notice::Contradiction]) };
            tag = tag.then(hash);
        }
        self.heard = now;
        self.site_head = self.site_head.max(page.head);
        let cursor = Cursor { seq: page.after + placed.len() as i64, tag };
        // An empty page or a full disk: pulled again at the pace of retries.
        if placed.is_empty() {
            return Ok(Vec::new());
        }
        if !self.rules.hold(Rule::CursorWithEffects) {
            log.take(page.after + 1, &[], cursor)?;
        }
        log.take(page.after + 1, &placed, cursor)?;
        (self.pulling, self.pull) = (false, Retry::default());
        Ok(vec![Notice::Pulled { cursor, entries: placed.len() }])
    }

    fn on_snapshot<L: StationLog>(
        &mut self,
        log: &mut L,
        part: SnapshotPart,
        now: Timestamp,
    ) -> Result<Vec<Notice>, L::Error> {
        let (_, offset) = self.snapshot.unwrap_or_default();
        let empty = log.standpoint()?.empty;
        if self.link != Link::Live || part.session != self.session || !empty {
            return Ok(Vec::new());
        }
        // A newer snapshot begins again; anything else out of turn was sent twice.
        if part.offset != 0 && part.offset != offset {
            return Ok(Vec::new());
        }
        self.heard = now;
        (self.pulling, self.pull) = (false, Retry::default());
        match log.take_snapshot(&part)? {
            Some(next) => {
                self.spoiled += u32::from(next == 0);
                self.snapshot = Some((part.cursor.seq, next));
                Ok(Vec::new())
            }
            None => {
                self.snapshot = None;
                Ok(vec![Notice::SnapshotTaken(part.cursor)])
            }
        }
    }

    fn on_refused(&mut self, refused: Refused, now: Timestamp) -> Vec<Notice> {
        match refused {
            // Another replica has not met us yet, or has forgotten.
            Refused::NotWelcomed if self.link == Link::Live => self.link = Link::Greeting,
            Refused::Busy { after_ms } => {
                self.greeting.after(now, after_ms);
                self.pull.after(now, after_ms);
            }
            // Asked again at the pace of retries: a supervisor may set it right meanwhile.
            Refused::UnknownStation
            | Refused::OtherSite
            | Refused::BadSignature
            | Refused::NotWelcomed
            | Refused::Revoked
            | Refused::TooLarge
            | Refused::Unreadable
            | Refused::UpdateNeeded => {}
        }
        vec![Notice::Refused(refused)]
    }
}

pub(crate) fn offer_digest(events: &[Envelope]) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    for event in events {
        hasher.update(&event.hash().0);
    }
    *hasher.finalize().as_bytes()
}

/// `None` when entries and events do not fit together.
fn placed(page: &Page) -> Option<Vec<Placed<'_>>> {
    let mut events = page.events.iter();
    let mut placed = Vec::new();
    for entry in &page.entries {
        match entry {
            Entry::Sent { count } => {
                for _ in 0..*count {
                    placed.push(Placed::Event(events.next()?));
                }
            }
            // Each stands for an event of our own: more than there can be is nonsense.
            Entry::Yours { count, .. } if *count > 1 << 20 => return None,
            Entry::Yours { seq, count } => {
                placed.extend((0..i64::from(*count)).map(|at| Placed::Own(seq.saturating_add(at))));
            }
        }
    }
    events.next().is_none().then_some(placed)
}

fn answers(ask: &Ask, answer: &Answer) -> bool {
    match (ask, answer) {
        (Ask::Quota { sku, .. }, Answer::Quota { sku: other, .. })
        | (Ask::GiveBack { sku, .. }, Answer::GivenBack { sku: other, .. })
        | (Ask::Lease { task: sku }, Answer::Lease { task: other, .. }) => sku == other,
        (Ask::Quota { .. } | Ask::GiveBack { .. } | Ask::Lease { .. }, _) => false,
    }
}
