//! What a command works with: who asks, in which language, at what time, and the two ways to the
//! book: `read` for questions, `write` for one transaction.

use crate::face::App;
use crate::lang::Lang;
use crate::problem::Fault;
use crate::settle;
use domain::person::{Person, Role};
use domain::{Body, EventId, Ids, PersonId, Qty, Sku, Timestamp, Zone};
use serde::Serialize;
use std::collections::BTreeSet;
use std::ops::Deref;
use std::sync::Arc;
use store::{Db, NewEvent, StoreError, Tx};
use ts_rs::TS;
use uuid::Uuid;

pub struct Ctx<'a> {
    pub app: &'a App,
    pub lang: Lang,
    pub now: Timestamp,
    /// The clock that the site's days follow.
    pub zone: Arc<Zone>,
    pub token: &'a str,
    pub person: Option<Person>,
    pub authority: &'a dyn Authority,
}

/// Who has the last word on intents. Alone, a desk decides by itself.
pub trait Authority {
    /// How much of what can be sold may be promised here.
    fn allowance(&self, db: &Db<'_>, sku: &Sku) -> Result<Allowance, Fault>;

    /// Whether what two did apart is put right here. One decides: two answers to one question would
    /// be one event with two contents.
    fn decides(&self) -> bool {
        true
    }

    /// SKUs that others have touched and that are to be settled with the next transaction.
    fn pending(&self) -> Option<&BTreeSet<Sku>> {
        None
    }

    /// Sees what a transaction recorded after `seq`, before its commit; an error undoes all of it.
    fn approve(&self, db: &Db<'_>, seq: i64) -> Result<(), Fault>;
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Allowance {
    /// Everything but what others may promise without asking.
    AllBut(Qty),
    /// This much, lent by the server; the rest of the orders wait for it.
    Quota(Qty),
}

/// A desk without a server.
pub struct Alone;

impl Authority for Alone {
    fn allowance(&self, _: &Db<'_>, _: &Sku) -> Result<Allowance, Fault> {
        Ok(Allowance::AllBut(Qty::ZERO))
    }

    fn approve(&self, _: &Db<'_>, _: i64) -> Result<(), Fault> {
        Ok(())
    }
}

/// A desk whose intents the server decides: it records facts, and promises within its quota.
pub struct Enrolled;

impl Authority for Enrolled {
    fn decides(&self) -> bool {
        false
    }

    fn allowance(&self, db: &Db<'_>, sku: &Sku) -> Result<Allowance, Fault> {
        let quota = db.quota(sku)?;
        Ok(Allowance::Quota((quota.granted - quota.spent - quota.returned).max(Qty::ZERO)))
    }

    fn approve(&self, _: &Db<'_>, _: i64) -> Result<(), Fault> {
        Ok(())
    }
}

/// What a command that changes something answers.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Done {
    pub message: String,
    pub event_ids: Vec<String>,
}

impl Ctx<'_> {
    pub fn say(&self, en: &str, zh: &str) -> String {
        self.lang.say(en, zh)
    }

    pub fn actor(&self) -> PersonId {
        self.person.as_ref().map_or_else(|| PersonId("system".into()), |person| person.id.clone())
    }

    pub fn read<T>(&self, questions: impl FnOnce(Db<'_>) -> Result<T, Fault>) -> Result<T, Fault> {
        self.app.with_reader(|reader| reader.read(questions))
    }

    /// One transaction: what `work` records, what the settling of promises and allocations adds,
    /// and the invariant check, all or nothing. Screens are told after the commit.
    pub fn write<T>(
        &self,
        work: impl FnOnce(&mut Work<'_, '_>) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let (value, changed) = self.app.with_store(|store| {
            let before = store.db().event_count()?;
            let recording = |tx: &mut Tx<'_>| {
                let mut w = Work {
                    tx,
                    app: self.app,
                    authority: self.authority,
                    now: self.now,
                    zone: &self.zone,
                    actor: self.actor(),
                    recorded: Vec::new(),
                };
                let value = work(&mut w)?;
                if let Some(skus) = self.authority.pending() {
                    w.tx.touch(skus);
                }
                settle::settle(&mut w)?;
                let topics = w.tx.topics();
                Ok::<_, Fault>((value, topics))
            };
            store.write_approved(recording, |tx| self.authority.approve(tx, before))
        })?;
        self.app.announce(changed);
        Ok(value)
    }

    /// As `write`, answering with a message and the ids of the events recorded by `work` itself.
    pub fn done(
        &self,
        work: impl FnOnce(&mut Work<'_, '_>) -> Result<String, Fault>,
    ) -> Result<Done, Fault> {
        self.write(|w| {
            let message = work(w)?;
            let event_ids = w.recorded.iter().map(ToString::to_string).collect();
            Ok(Done { message, event_ids })
        })
    }

    pub(crate) fn allow(&self, needed: &[Role]) -> Result<(), Fault> {
        match &self.person {
            None => Err(Fault::said(
                "signed_out",
                self.say("Nobody is signed in.", "尚未登录。"),
                self.say("Choose your name and enter your PIN.", "请选择姓名并输入 PIN。"),
            )),
            Some(person) if person.may(needed) => Ok(()),
            Some(_) => Err(Fault::said(
                "not_allowed",
                self.say("Your role does not allow this.", "您的角色无权执行此操作。"),
                self.say("Ask a supervisor.", "请联系主管。"),
            )),
        }
    }
}

/// A command's hands inside the transaction.
pub struct Work<'t, 'c> {
    pub(crate) tx: &'t mut Tx<'c>,
    app: &'t App,
    pub(crate) authority: &'t dyn Authority,
    pub now: Timestamp,
    pub zone: &'t Zone,
    pub actor: PersonId,
    recorded: Vec<EventId>,
}

impl<'c> Deref for Work<'_, 'c> {
    type Target = Db<'c>;
    fn deref(&self) -> &Db<'c> {
        self.tx
    }
}

impl Work<'_, '_> {
    pub fn id(&self) -> Uuid {
        let mut random = || self.app.edge().random();
        Ids::new(self.now, &mut random).make()
    }

    pub fn record(&mut self, body: Body) -> Result<EventId, StoreError> {
        let id = EventId(self.id());
        self.record_as(id, body)?;
        Ok(id)
    }

    pub fn record_all(&mut self, bodies: Vec<Body>) -> Result<(), StoreError> {
        if bodies.is_empty() {
            return Ok(());
        }
        let events: Vec<NewEvent> = bodies
            .into_iter()
            .map(|body| NewEvent { id: EventId(self.id()), actor: self.actor.clone(), body })
            .collect();
        self.recorded.extend(events.iter().map(|event| event.id));
        self.tx.record(self.now, events)?;
        Ok(())
    }

    /// Records under a given id: repeating it changes nothing.
    pub fn record_as(&mut self, id: EventId, body: Body) -> Result<bool, StoreError> {
        let event = NewEvent { id, actor: self.actor.clone(), body };
        let recorded = self.tx.record(self.now, vec![event])?;
        self.recorded.push(id);
        Ok(recorded.iter().all(|one| one.fresh))
    }
}
