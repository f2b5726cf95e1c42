//! One site on this replica: its book, folded from the central log, and decisions on top of it that
//! count only once the log has taken them. Nothing lives only here: a lost folder is folded anew.

use crate::log::{Decided, Decision, Fence, KeptAnswer, Log, LogError};
use app::ctx::{Allowance, Authority, Ctx};
use app::lang::Lang;
use app::syncing::BookLog;
use app::{App, Fault, Problem};
use domain::{Body, Qty, Sku, StationId};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Mutex, MutexGuard};
use store::{Carried, Db};
use sync::{Cursor, Envelope, Head, Placed, SiteId, StationLog};
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
    /// SKUs that others' facts touched and nobody has settled yet.
    pending: BTreeSet<Sku>,
}

/// Each start writes under a name of its own: after a restore, stations may still offer what an
/// earlier one said beyond the log's head.
fn new_name(app: &App) -> Result<StationId, Problem> {
    let edge = app.edge();
    let random = (u128::from(edge.random()) << 64) | u128::from(edge.random());
    let name = StationId::from_bytes(random.to_be_bytes());
    let mut book = BookLog(app);
    // Whatever stands in the book went through the log.
    let head = book.own_head()?;
    book.set_acked(head)?;
    book.reincarnate(name)?;
    Ok(name)
}

/// Whether a book that was taken in up to there was folded from this log.
fn is_of(log: &Log, id: &SiteId, cursor: Cursor) -> Result<bool, Problem> {
    if cursor.seq == 0 {
        return Ok(true);
    }
    let place = log.rows_after(id, cursor.seq - 1, 1).map_err(problem)?;
    Ok(place.first().is_some_and(|row| (row.seq, row.tag) == (cursor.seq, cursor.tag)))
}

impl Site {
    /// Opens the folder and takes in what the log has.
    pub fn open(dir: &Path, id: SiteId, mut log: Log) -> Result<Site, Problem> {
        let dir = dir.join(&id.0);
        let mut app = App::open(&dir)?;
        if !is_of(&log, &id, app.cursor()?)? {
            // The log was restored from a backup: this book has another past, and is folded anew.
            drop(app);
            let gone = std::fs::remove_dir_all(&dir);
            gone.map_err(|error| unavailable(&format!("An old book cannot go: {error}.")))?;
            app = App::open(&dir)?;
        }
        app.join_site(&id.0)?;
        let me = new_name(&app)?;
        let own = log.join(&id, me).map_err(problem)?;
        let (head, _) = watch::channel(0);
        let pending = BTreeSet::new();
        let site = Site { id, app, me, writer: Mutex::new(Writer { log, own, pending }), head };
        site.catch_up()?;
        Ok(site)
    }

    /// What tracking links are made from: drawn once for each site, and in its log.
    pub fn tracking_secret(&self) -> Result<String, Problem> {
        const NAME: &str = "tracking_secret";
        let known = |site: &Site| site.ask(|ctx| ctx.read(|db| Ok(db.setting(NAME)?)));
        if let Some(secret) = known(self)? {
            return Ok(secret);
        }
        let edge = self.app.edge();
        let fresh: String = (0..4).map(|_| format!("{:016x}", edge.random())).collect();
        let work = |ctx: &Ctx<'_>| {
            ctx.write(|w| {
                // Another replica may have drawn one meanwhile.
                if w.setting(NAME)?.is_none() {
                    let value = fresh.clone();
                    w.record(Body::SettingSet { name: NAME.to_owned(), value })?;
                }
                Ok(())
            })
        };
        self.decide(app::SYSTEM, work, &|_| Ok(Vec::new()))?;
        Ok(known(self)?.unwrap_or(fresh))
    }

    /// The name that this start of the replica writes under.
    pub fn me(&self) -> StationId {
        self.me
    }

    /// Number of the site's newest event in the book.
    pub fn cursor(&self) -> i64 {
        *self.head.borrow()
    }

    /// What may still be promised, at exactly this number. Called while the log holds the site
    /// still, so it waits for nobody.
    pub fn available(&self, sku: &str, at_seq: i64) -> Result<i64, LogError> {
        let stock = |error: &dyn std::fmt::Display| LogError::Stock(error.to_string());
        let sku = Sku::parse(sku).map_err(|error| stock(&error))?;
        let answer = self.ask(|ctx| {
            ctx.read(|db| {
                let total = db.sku_total(&sku)?;
                let left = total.map_or(0, |t| (t.sellable - t.reserved - t.safety).0.max(0));
                Ok((db.sync_state()?.cursor.number, left))
            })
        });
        match answer.map_err(|problem| stock(&problem))? {
            (at, left) if at == at_seq => Ok(left),
            _ => Err(LogError::Stock("the book is behind the log".to_owned())),
        }
    }

    /// Follows the site's head; told after the book has it.
    pub fn follow(&self) -> watch::Receiver<i64> {
        self.head.subscribe()
    }

    /// Questions to the book as it was last taken in.
    pub fn ask<T>(
        &self,
        question: impl FnOnce(&Ctx<'_>) -> Result<T, Fault>,
    ) -> Result<T, Problem> {
        self.app.as_person(app::SYSTEM, Lang::En, question)
    }

    /// Takes in what others have written; settles what their facts make necessary.
    pub fn catch_up(&self) -> Result<Fence, Problem> {
        let (fence, open) = {
            let mut writer = self.writer();
            (self.take_in(&mut writer)?, !writer.pending.is_empty())
        };
        self.tell(fence.seq);
        if !open {
            return Ok(fence);
        }
        // Promises and allocations are made to fit what the facts have changed.
        let settled = self.decide(app::SYSTEM, |ctx| ctx.write(|_| Ok(())), &|_| Ok(Vec::new()));
        if let Err(problem) = settled {
            tracing::warn!(site = %self.id.0, %problem, "facts could not be settled yet");
        }
        Ok(fence)
    }

    fn tell(&self, seq: i64) {
        self.head.send_if_modified(|head| std::mem::replace(head, seq) != seq);
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
            let Writer { log, own, pending } = &mut *writer;
            let decider = Decider {
                site: self,
                fence,
                own: *own,
                pending,
                answers,
                log: RefCell::new(log),
                decided: RefCell::new(None),
            };
            let outcome = self.app.under(&decider, person, Lang::En, &work);
            let decided = decider.decided.into_inner();
            match outcome {
                Err(problem) if problem.code == MOVED => continue,
                Err(problem) => return Err(problem),
                Ok(value) => {
                    writer.pending.clear();
                    if let Some(own) = decided {
                        writer.own = own;
                        let fence = self.take_in(&mut writer)?;
                        self.tell(fence.seq);
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
            if cursor.seq == fence.seq && cursor.tag == fence.tag {
                return Ok(fence);
            }
            if cursor.seq >= fence.seq {
                return Err(unavailable("The log was restored: start this replica again."));
            }
            let rows = writer.log.rows_after(&self.id, cursor.seq, PAGE_BYTES).map_err(problem)?;
            let Some(last) = rows.last() else {
                return Err(unavailable("The log ends before its own head."));
            };
            let to = Cursor { seq: last.seq, tag: last.tag };
            let placed: Vec<Placed<'_>> =
                rows.iter().map(|row| Placed::Event(&row.event)).collect();
            let touched = self.app.take_in(cursor.seq + 1, &placed, to)?;
            // What this replica wrote itself is settled already.
            if rows.iter().any(|row| row.event.station != self.me) {
                writer.pending.extend(touched);
            }
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
    pending: &'d BTreeSet<Sku>,
    answers: &'d dyn Fn(&Db<'_>) -> Result<Vec<KeptAnswer>, Fault>,
    log: RefCell<&'d mut Log>,
    decided: RefCell<Option<Head>>,
}

impl Authority for Decider<'_> {
    fn allowance(&self, _: &Db<'_>, sku: &Sku) -> Result<Allowance, Fault> {
        let lent = self.log.borrow().outstanding(&self.site.id, sku.as_str());
        Ok(Allowance::AllBut(Qty(lent.map_err(fault)?)))
    }

    fn pending(&self) -> Option<&BTreeSet<Sku>> {
        Some(self.pending)
    }

    fn approve(&self, db: &Db<'_>, seq: i64) -> Result<(), Fault> {
        let recorded = match db.event_count()? > seq {
            true => db.own_after(self.own.seq, usize::MAX)?,
            false => Vec::new(),
        };
        let answers = (self.answers)(db)?;
        if recorded.is_empty() && answers.is_empty() {
            return Ok(());
        }
        let events = chained(self.own, recorded);
        let to = events.last().map_or(self.own, Envelope::head);
        let decision = Decision {
            site: self.site.id.clone(),
            fence: self.fence,
            station: self.site.me,
            from: self.own,
            to,
            events,
            answers,
        };
        match self.log.borrow_mut().decide(&decision).map_err(fault)? {
            Decided::Yes(_) => {
                *self.decided.borrow_mut() = Some(to);
                Ok(())
            }
            Decided::Moved => Err(Fault::said(MOVED, String::new(), String::new())),
        }
    }
}

fn chained(mut prev: Head, recorded: Vec<Carried>) -> Vec<Envelope> {
    let mut events = Vec::with_capacity(recorded.len());
    for row in recorded {
        let event = Envelope::chain(prev, row.station, row.id, row.at, row.actor, row.body);
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
