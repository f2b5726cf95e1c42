//! The server's side. It keeps only who is on this link and what that one was told; everything
//! else is in the log, so any replica answers and may die at any moment.

use crate::chain::{Hash, Head};
use crate::enroll::Code;
use crate::envelope::Envelope;
use crate::keys::{Verifier, head_statement, hello_statement, offer_statement};
use crate::lease::Lease;
use crate::limits::Limits;
use crate::message::{
    Answer, Ask, Entry, Hello, Message, Page, Push, Refused, Session, SiteId, Standing, Welcome,
};
use crate::port::{Admitted, Append, Appended, Enrolled, Item, ServerLog};
use crate::rules::{Rule, Rules};
use crate::station::offer_digest;
use domain::{EventId, StationId, Timestamp};
use std::collections::BTreeMap;

/// A chain that is written by so many at once is not one station's.
const APPEND_TRIES: u32 = 8;

/// One link to one station.
pub struct Server {
    rules: Rules,
    limits: Limits,
    verify: Verifier,
    guest: Option<Guest>,
}

struct Guest {
    session: Session,
    station: StationId,
    site: SiteId,
    standing: Standing,
    /// Newest number of the site that this station was told of.
    told: i64,
}

impl Server {
    pub fn new(verify: Verifier, limits: Limits, rules: Rules) -> Server {
        Server { rules, limits, verify, guest: None }
    }

    /// Whom to tell when a site's log grows.
    pub fn site(&self) -> Option<&SiteId> {
        self.guest.as_ref().map(|guest| &guest.site)
    }

    pub fn station(&self) -> Option<StationId> {
        self.guest.as_ref().map(|guest| guest.station)
    }

    /// The site's log has grown to `head`: says so, once.
    pub fn poll_transmit(&mut self, head: i64) -> Option<Message> {
        let guest = self.guest.as_mut()?;
        if guest.standing == Standing::Revoked || head <= guest.told {
            return None;
        }
        guest.told = head;
        Some(Message::More { head })
    }

    pub fn handle<L: ServerLog>(
        &mut self,
        log: &mut L,
        message: Message,
        now: Timestamp,
    ) -> Result<Option<Message>, L::Error> {
        match message {
            Message::Enroll { code, station, public_key } => {
                let code = Code::parse(&code).map_or(Hash::NONE, |code| code.hash());
                let answer = log.redeem(code, station, public_key, now)?;
                Ok(Some(Message::EnrollAnswer { station, answer }))
            }
            Message::Hello(hello) => self.on_hello(log, hello, now).map(Some),
            Message::Push(push) => self.on_push(log, push).map(Some),
            Message::Offer(offer) => self.on_offer(log, offer).map(Some),
            Message::Pull { session, after, mine } => {
                let bytes = self.limits.batch_bytes;
                let guest = match self.active(session) {
                    Ok(guest) => guest,
                    Err(refused) => return Ok(Some(Message::Refused(refused))),
                };
                let page = page(log, guest, after, mine, bytes)?;
                guest.told = guest.told.max(page.head);
                Ok(Some(Message::Page(page)))
            }
            Message::SnapshotAsk { session, seq, offset } => {
                let bytes = self.limits.snapshot_part_bytes;
                let limit = self.limits.batch_bytes;
                let guest = match self.active(session) {
                    Ok(guest) => guest,
                    Err(refused) => return Ok(Some(Message::Refused(refused))),
                };
                let part = log.snapshot(&guest.site, seq, offset, bytes)?;
                // Without a snapshot the log itself serves, from its beginning.
                Ok(Some(match part {
                    Some(part) => Message::SnapshotPart(crate::SnapshotPart { session, ..part }),
                    None => Message::Page(page(log, guest, 0, 0, limit)?),
                }))
            }
            Message::Ask(ask) => self.on_ask(log, ask, now).map(Some),
            // Said by servers only.
            Message::EnrollAnswer { .. }
            | Message::Welcome(_)
            | Message::Ack { .. }
            | Message::Behind { .. }
            | Message::Fork { .. }
            | Message::Looked { .. }
            | Message::Page(_)
            | Message::More { .. }
            | Message::SnapshotPart(_)
            | Message::Answer(_)
            | Message::Refused(_) => Ok(None),
        }
    }

    fn active(&mut self, session: Session) -> Result<&mut Guest, Refused> {
        match self.guest.as_mut() {
            Some(guest) if guest.session != session => Err(Refused::NotWelcomed),
            Some(guest) if guest.standing == Standing::Revoked => Err(Refused::Revoked),
            Some(guest) => Ok(guest),
            None => Err(Refused::NotWelcomed),
        }
    }

    fn on_hello<L: ServerLog>(
        &mut self,
        log: &mut L,
        hello: Hello,
        now: Timestamp,
    ) -> Result<Message, L::Error> {
        let statement = hello_statement(&hello);
        let mut known = log.enrolled(hello.station)?;
        // After a restore from a backup the server may know an earlier id only.
        for old in hello.formerly.iter().rev() {
            if known.is_some() {
                break;
            }
            let Some(before) = log.enrolled(*old)? else { continue };
            // The old key vouches for the new id.
            if !(self.verify)(&before.public_key, &statement, &hello.proof) {
                return Ok(Message::Refused(Refused::BadSignature));
            }
            log.succeed(*old, hello.station, hello.public_key)?;
            known = log.enrolled(hello.station)?;
        }
        let Some(enrolled) = known else { return Ok(Message::Refused(Refused::UnknownStation)) };
        if !(self.verify)(&enrolled.public_key, &statement, &hello.proof) {
            return Ok(Message::Refused(Refused::BadSignature));
        }
        if enrolled.grant.site != hello.site {
            return Ok(Message::Refused(Refused::OtherSite));
        }
        if enrolled.closed {
            return Ok(Message::Fork { station: hello.station });
        }
        let standing = if enrolled.revoked { Standing::Revoked } else { Standing::Active };
        let site_head = log.site_head(&hello.site)?;
        let (generation, back_to) = self.back_to(log, &hello)?;
        let (session, station, head) = (hello.session, hello.station, enrolled.head);
        self.guest = Some(Guest { session, station, site: hello.site, standing, told: site_head });
        Ok(Message::Welcome(Welcome {
            session,
            station,
            standing,
            generation,
            back_to,
            head,
            site_head,
            now,
        }))
    }

    /// A restore is declared by its generation; one that nobody declared shows in the cursor's tag,
    /// and then the station goes back half way and greets again, until the logs agree.
    fn back_to<L: ServerLog>(
        &self,
        log: &L,
        hello: &Hello,
    ) -> Result<(i64, Option<i64>), L::Error> {
        let (generation, base) = log.generation(&hello.site, hello.generation)?;
        if hello.cursor.seq <= 0 {
            return Ok((generation, None));
        }
        let at = match base {
            Some(base) if base < hello.cursor.seq => return Ok((generation, Some(base))),
            Some(_) | None => log.rows_after(&hello.site, hello.cursor.seq - 1, 1)?,
        };
        let agrees = at
            .first()
            .is_some_and(|row| row.seq == hello.cursor.seq && row.tag == hello.cursor.tag);
        Ok((generation, (!agrees).then_some(hello.cursor.seq / 2)))
    }

    fn on_push<L: ServerLog>(&mut self, log: &mut L, push: Push) -> Result<Message, L::Error> {
        for _ in 0..APPEND_TRIES {
            let Some(enrolled) = log.enrolled(push.station)? else {
                return Ok(Message::Refused(Refused::UnknownStation));
            };
            let (Some(first), Some(last)) = (push.events.first(), push.events.last()) else {
                return Ok(Message::Ack { station: push.station, head: enrolled.head });
            };
            let statement = head_statement(push.station, last.head());
            if !(self.verify)(&enrolled.public_key, &statement, &push.seal) || !is_chain(&push) {
                return Ok(Message::Refused(Refused::BadSignature));
            }
            if first.seq > enrolled.head.seq + 1 {
                return Ok(Message::Behind { station: push.station, head: enrolled.head });
            }
            let Some(append) = self.judge(log, &enrolled, &push)? else {
                log.close(push.station)?;
                return Ok(Message::Fork { station: push.station });
            };
            let head = self.acked(&append, last);
            if append.items.is_empty() || log.append(&append)? == Appended::Yes {
                return Ok(Message::Ack { station: push.station, head });
            }
        }
        Ok(Message::Refused(Refused::Busy { after_ms: self.limits.retry_ms }))
    }

    fn acked(&self, append: &Append, last: &Envelope) -> Head {
        match self.rules.hold(Rule::AckNamesBatch) {
            true => last.head(),
            // The server's head, whatever the batch was.
            false => append.to,
        }
    }

    /// What is new in a push; `None` is a fork.
    fn judge<L: ServerLog>(
        &self,
        log: &L,
        enrolled: &Enrolled,
        push: &Push,
    ) -> Result<Option<Append>, L::Error> {
        let mut head = enrolled.head;
        let mut items = Vec::new();
        let mut fresh: BTreeMap<EventId, Hash> = BTreeMap::new();
        for event in &push.events {
            if event.seq <= enrolled.head.seq {
                let same = log.place(push.station, event.seq)? == Some(event.hash());
                if !same && self.rules.hold(Rule::DedupeByHash) {
                    return Ok(None);
                }
                continue;
            }
            if enrolled.closed {
                return Ok(None);
            }
            // The place may be taken beyond the head by what a peer offered after a restore.
            let taken =
                log.place(push.station, event.seq)?.is_some_and(|hash| hash != event.hash());
            if (event.prev != head.hash || taken) && self.rules.hold(Rule::DedupeByHash) {
                return Ok(None);
            }
            head = event.head();
            items.push(self.admit(log, enrolled, event, &mut fresh)?);
        }
        let (site, station) = (enrolled.grant.site.clone(), push.station);
        Ok(Some(Append { site, station, from: Some(enrolled.head), to: head, items }))
    }

    fn admit<L: ServerLog>(
        &self,
        log: &L,
        enrolled: &Enrolled,
        event: &Envelope,
        fresh: &mut BTreeMap<EventId, Hash>,
    ) -> Result<Item, L::Error> {
        let known = match fresh.get(&event.id) {
            Some(content) => Some(*content),
            None if self.rules.hold(Rule::DedupeById) => log.content(event.id)?,
            None => None,
        };
        Ok(match known {
            // Whatever has changed since, it was accepted once.
            Some(content) if content == event.content() => Item::Again(event.clone()),
            Some(_) => Item::Aside(event.clone(), Admitted::SameIdOtherContent),
            None if enrolled.revoked => Item::Aside(event.clone(), Admitted::Revoked),
            None if event.kind().is_some_and(|kind| enrolled.grant.not.contains(kind.name)) => {
                Item::Aside(event.clone(), Admitted::KindNotAllowed)
            }
            None => {
                fresh.insert(event.id, event.content());
                Item::Fresh(event.clone())
            }
        })
    }

    /// Others' events after a restore. Whoever offers them vouches for them; their authors' own
    /// pushes, if they come, have to agree hash by hash.
    fn on_offer<L: ServerLog>(&mut self, log: &mut L, offer: Push) -> Result<Message, L::Error> {
        let Some(guest) = &self.guest else { return Ok(Message::Refused(Refused::NotWelcomed)) };
        let Some(enrolled) = log.enrolled(guest.station)? else {
            return Ok(Message::Refused(Refused::UnknownStation));
        };
        if enrolled.revoked || guest.station != offer.station {
            return Ok(Message::Refused(Refused::Revoked));
        }
        let statement = offer_statement(offer.station, offer_digest(&offer.events));
        if !(self.verify)(&enrolled.public_key, &statement, &offer.seal) {
            return Ok(Message::Refused(Refused::BadSignature));
        }
        let Some(first) = offer.events.first() else {
            return Ok(Message::Looked { first: Hash::NONE });
        };
        for _ in 0..APPEND_TRIES {
            let mut items = Vec::new();
            for event in &offer.events {
                if log.content(event.id)?.is_some() {
                    continue;
                }
                items.push(match log.place(event.station, event.seq)? {
                    Some(hash) if hash != event.hash() => {
                        Item::Aside(event.clone(), Admitted::PlaceTaken)
                    }
                    Some(_) => continue,
                    None => self.offered(log, &guest.site, event)?,
                });
            }
            let site = guest.site.clone();
            let head = Head::default();
            let append = Append { site, station: offer.station, from: None, to: head, items };
            if append.items.is_empty() || log.append(&append)? == Appended::Yes {
                return Ok(Message::Looked { first: first.hash() });
            }
        }
        Ok(Message::Refused(Refused::Busy { after_ms: self.limits.retry_ms }))
    }

    /// An author whom the restored server does not know any more was enrolled after the backup.
    fn offered<L: ServerLog>(
        &self,
        log: &L,
        site: &SiteId,
        event: &Envelope,
    ) -> Result<Item, L::Error> {
        Ok(match log.enrolled(event.station)? {
            Some(author) if author.revoked => Item::Aside(event.clone(), Admitted::Revoked),
            Some(author) if author.grant.site != *site => {
                Item::Aside(event.clone(), Admitted::KindNotAllowed)
            }
            Some(_) | None => Item::Fresh(event.clone()),
        })
    }

    fn on_ask<L: ServerLog>(
        &mut self,
        log: &mut L,
        ask: Ask,
        now: Timestamp,
    ) -> Result<Message, L::Error> {
        let guest = match &self.guest {
            Some(guest) if guest.standing == Standing::Active => guest,
            Some(_) => return Ok(Message::Refused(Refused::Revoked)),
            None => return Ok(Message::Refused(Refused::NotWelcomed)),
        };
        let (rules, span_ms, station) = (self.rules, self.limits.lease_ms, guest.station);
        let answer = match ask {
            Ask::Quota { sku, known, want } => {
                let granted = log.lend(&guest.site, station, &sku, &|account, available| {
                    account.lend(known, want, available)
                })?;
                Answer::Quota { sku, granted }
            }
            Ask::GiveBack { sku, returned } => {
                let returned = log.given_back(&guest.site, station, &sku, returned)?;
                Answer::GivenBack { sku, returned }
            }
            Ask::Lease { task } => {
                let answer = log.lease(&guest.site, &task, &|current: Option<&Lease>| {
                    Lease::ask(current, station, now, span_ms, rules)
                })?;
                Answer::Lease { task, answer }
            }
        };
        Ok(Message::Answer(answer))
    }
}

/// Each event follows the one before it, and all are the pusher's own.
fn is_chain(push: &Push) -> bool {
    let own = push.events.iter().all(|event| event.station == push.station);
    own && push.events.windows(2).all(|two| match two {
        [a, b] => b.seq == a.seq + 1 && b.prev == a.hash(),
        _ => true,
    })
}

fn page<L: ServerLog>(
    log: &L,
    guest: &Guest,
    after: i64,
    mine: i64,
    bytes: usize,
) -> Result<Page, L::Error> {
    let head = log.site_head(&guest.site)?;
    let (mut entries, mut events): (Vec<Entry>, Vec<Envelope>) = (Vec::new(), Vec::new());
    for row in log.rows_after(&guest.site, after, bytes)? {
        let own = row.event.station == guest.station && row.event.seq <= mine;
        match (entries.last_mut(), own) {
            (Some(Entry::Sent { count }), false) => *count += 1,
            (Some(Entry::Yours { seq, count }), true)
                if *seq + i64::from(*count) == row.event.seq =>
            {
                *count += 1;
            }
            (_, true) => entries.push(Entry::Yours { seq: row.event.seq, count: 1 }),
            (_, false) => entries.push(Entry::Sent { count: 1 }),
        }
        if !own {
            events.push(row.event);
        }
    }
    Ok(Page { session: guest.session, after, head, entries, events })
}
