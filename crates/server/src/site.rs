//! One site on this replica: its book, folded from the central log, and decisions on top of it that
//! count only once the log has taken them. Nothing lives only here: a lost folder is folded anew.

use crate::log::{CentralLog, Decided, Decision, Fence, KeptAnswer, Log, LogError};
use app::ctx::{Authority, Ctx};
use app::lang::Lang;
use app::{App, Fault, Problem};
use domain::{Qty, Sku, StationId};
use std::cell::RefCell;
use std::path::Path;
use std::sync::{Mutex, MutexGuard};
use store::{Db, RawEvent};
use sync::{Cursor, Envelope, Head, Placed, ServerLog, SiteId};
use tokio::sync::watch;

/// Read from the log in one piece.
const PAGE_BYTES: usize = 4 << 20;
/// Replicas that decide on the same site at once are few; more tries mean that something is wrong.
const TRIES: u32 = 40;
/// The code of a decision that somebody else's overtook.
const MOVED: &str = "moved";

pub struct Site {
    pub id: SiteId,
    pub app: App,
    me: StationId,
    writer: Mutex<Writer>,
    head: watch::Sender<i64>,
}

/// What only one thread at a time may do: take in the log and decide.
struct Writer {
    log: Log,
    own: Head,
}

impl Site {
    /// Opens the folder and takes in what the log has.
    pub fn open(dir: &Path, id: SiteId, mut log: Log) -> Result<Site, Problem> {
        let app = App::open(&dir.join(&id.0))?;
        let me = app.with_store(|store| store.station());
        let own = log.join(&id, me).map_err(problem)?;
        let (head, _) = watch::channel(0);
        let site = Site { id, app, me, writer: Mutex::new(Writer { log, own }), head };
        site.catch_up()?;
        Ok(site)
    }

    /// Follows the site's head; told after the book has it.
    pub fn follow(&self) -> watch::Receiver<i64> {
        self.head.subscribe()
    }

    /// Questions to the book as it was last taken in.
    pub fn ask<T>(&self, question: impl FnOnce(&Ctx<'_>) -> Result<T, Fault>) -> Result<T, Problem> {
        self.app.as_person(app::SYSTEM, Lang::En, question)
    }

    /// Takes in what others have written; settles what their facts make necessary.
    pub fn catch_up(&self) -> Result<Fence, Problem> {
        let mut writer = self.writer();
        let fence = self.take_in(&mut writer)?;
        self.head.send_if_modified(|head| std::mem::replace(head, fence.seq) != fence.seq);
        Ok(fence)
    }

    /// Decides: `work` records in one transaction, and what it recorded is in the log, with the
    /// `answers` made from the book as it is then, or nothing of it happened.
    pub fn decide<T>(
        &self,
        person: &str,
        work: impl Fn(&Ctx<'_>) -> Result<T, Fault>,
        answers: &dyn Fn(&Db<'_>) -> Result<Vec<KeptAnswer>, Fault>,
    ) -> Result<T, Problem> {
        let mut writer = self.writer();
        for _ in 0..TRIES {
            let fence = self.take_in(&mut writer)?;
            let own = writer.own;
            let decider = Decider { site: self, fence, own, answers, log: RefCell::new(&mut writer.log), decided: RefCell::new(None) };
            let outcome = self.app.under(&decider, person, Lang::En, &work);
            let decided = decider.decided.into_inner();
            match outcome {
                Err(problem) if problem.code == MOVED => continue,
                Err(problem) => return Err(problem),
                Ok(value) => {
                    if let Some((own, fence)) = decided {
                        writer.own = own;
                        self.take_in(&mut writer)?;
                        self.head.send_replace(fence.seq);
                    }
                    return Ok(value);
                }
            }
        }
        Err(unavailable("Too many decide on this site at once."))
    }

    fn writer(&self) -> MutexGuard<'_, Writer> {
        // A panic half-way leaves a rolled back transaction and a log that says what is true.
        self.writer.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    fn take_in(&self, writer: &mut Writer) -> Result<Fence, Problem> {
        loop {
            let fence = writer.log.fence(&self.id).map_err(problem)?;
            let cursor = self.app.cursor()?;
            if cursor.seq == fence.seq {
                return Ok(fence);
            }
            let rows =
                writer.log.rows_after(&self.id, cursor.seq, PAGE_BYTES).map_err(problem)?;
            let Some(last) = rows.last() else {
                return Err(unavailable("The log ends before its own head."));
            };
            let to = Cursor { seq: last.seq, tag: last.tag };
            let placed: Vec<Placed<'_>> = rows.iter().map(|row| Placed::Event(&row.event)).collect();
            self.app.take_in(cursor.seq + 1, &placed, to)?;
            if let Some(mine) = rows.iter().rev().find(|row| row.event.station == self.me) {
                // After a crash between the log and the book, the log is right.
                if mine.event.seq > writer.own.seq {
                    writer.own = mine.event.head();
                }
            }
        }
    }
}

/// The central log has the last word.
struct Decider<'d> {
    site: &'d Site,
    fence: Fence,
    own: Head,
    answers: &'d dyn Fn(&Db<'_>) -> Result<Vec<KeptAnswer>, Fault>,
    log: RefCell<&'d mut Log>,
    decided: RefCell<Option<(Head, Fence)>>,
}

impl Authority for Decider<'_> {
    fn lent(&self, sku: &Sku) -> Result<Qty, Fault> {
        let lent = self.log.borrow().outstanding(&self.site.id, sku.as_str());
        Ok(Qty(lent.map_err(fault)?))
    }

    fn promises(&self) -> bool {
        true
    }

    fn approve(&self, db: &Db<'_>, seq: i64) -> Result<(), Fault> {
        let recorded = db.raw_after(seq)?;
        let answers = (self.answers)(db)?;
        if recorded.is_empty() && answers.is_empty() {
            return Ok(());
        }
        let events = chained(self.own, recorded);
        let to = events.last().map_or(self.own, Envelope::head);
        let decision = Decision {
            site: self.site.id.clone(),
            fence: self.fence.clone(),
            station: self.site.me,
            from: self.own,
            to,
            events,
            answers,
        };
        match self.log.borrow_mut().decide(&decision).map_err(fault)? {
            Decided::Yes(fence) => {
                *self.decided.borrow_mut() = Some((to, fence));
                Ok(())
            }
            Decided::Moved => Err(Fault::said(MOVED, String::new(), String::new())),
        }
    }
}

fn chained(mut prev: Head, recorded: Vec<RawEvent>) -> Vec<Envelope> {
    let mut events = Vec::with_capacity(recorded.len());
    for raw in recorded {
        let event = Envelope::chain(prev, raw.station, raw.id, raw.at, raw.actor, raw.body);
        prev = event.head();
        events.push(event);
    }
    events
}

fn fault(error: LogError) -> Fault {
    Fault::Said(problem(error))
}

pub(crate) fn problem(error: LogError) -> Problem {
    unavailable(&format!("The central log cannot be used: {error}."))
}

fn unavailable(what: &str) -> Problem {
    Problem {
        code: crate::api::problem::UNAVAILABLE.to_owned(),
        what_happened: what.to_owned(),
        what_to_do: "Nothing was changed. Try again in a moment.".to_owned(),
    }
}
