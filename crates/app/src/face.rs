//! The face of the application layer: open a data folder, call by name, listen for changes.

use crate::commands::start_count::Begun;
use crate::ctx::{Alone, Authority, Ctx, Enrolled};
use crate::diary::Diary;
use crate::edge::Edge;
use crate::lang::Lang;
use crate::locking::{Unlocked, unlock};
use crate::monitor::Monitor;
use crate::problem::{Fault, Problem};
use crate::queries::planner::Planner;
use crate::registry;
use crate::session::{Sessions, split};
use crate::syncing::Link;
use crate::zones::{self, Zones};
use domain::person::{Person, Role};
use domain::{PersonId, StationId, Zone};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard};
use store::{Db, OpenMode, Reader, Store, StoreError};
use ts_rs::TS;
use uuid::Uuid;
use vault::Vault;

/// What changed after a commit; screens that show one of the topics ask again.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Changed {
    pub topics: Vec<String>,
    pub seq: i64,
}

pub struct App {
    dir: PathBuf,
    edge: Edge,
    // Both read the book, so they are closed before the writer, which then folds the write-ahead
    // log into the file.
    pub(crate) monitor: Monitor,
    reader: Mutex<Reader>,
    store: Mutex<Store>,
    pub(crate) sessions: Sessions,
    pub(crate) planner: Planner,
    pub(crate) begun: Begun,
    zones: Zones,
    pub diary: Diary,
    pub(crate) watching: AtomicBool,
    /// A server decides on intents.
    enrolled: AtomicBool,
    pub link: Link,
    vault: Vault,
    unlocked: Unlocked,
    listeners: Listeners,
}

/// Who wants to be told of changes.
#[derive(Clone, Default)]
pub(crate) struct Listeners(Arc<Mutex<Vec<Sender<Changed>>>>);

impl Listeners {
    pub fn tell(&self, topics: &[&str], seq: i64) {
        let topics = topics.iter().map(|&topic| topic.to_owned()).collect();
        let changed = Changed { topics, seq };
        lock(&self.0).retain(|listener| listener.send(changed.clone()).is_ok());
    }
}

impl App {
    /// Opens the data folder with the machine's own clock, durable from the first commit.
    pub fn open(dir: &Path) -> Result<App, Problem> {
        App::open_with(dir, Edge::real(), OpenMode::Durable)
    }

    /// As `open`, with a place for secrets: the book may be locked, and the desktop's key may be in
    /// the machine's keychain.
    pub fn open_with_vault(dir: &Path, vault: Vault) -> Result<App, Problem> {
        App::open_inner(dir, Edge::real(), OpenMode::Durable, vault)
            .map_err(|fault| fault.into_problem(Lang::En))
    }

    pub fn open_with(dir: &Path, edge: Edge, mode: OpenMode) -> Result<App, Problem> {
        App::open_inner(dir, edge, mode, Vault::files())
            .map_err(|fault| fault.into_problem(Lang::En))
    }

    fn open_inner(dir: &Path, edge: Edge, mode: OpenMode, vault: Vault) -> Result<App, Fault> {
        std::fs::create_dir_all(dir).map_err(|error| folder_fault(dir, &error))?;
        let low = u128::from(edge.random());
        let station = StationId(Uuid::from_u128((u128::from(edge.random()) << 64) | low));
        let book = dir.join(BOOK);
        let unlocked = unlock(dir, &vault)?;
        let store = Store::open_locked(&book, mode, station, unlocked.key.as_ref())?;
        let reader = store.reader()?;
        let enrolled = !store.db().sync_state()?.site.is_empty();
        let listeners = Listeners::default();
        Ok(App {
            dir: dir.to_owned(),
            edge,
            monitor: Monitor::new(book, unlocked.key.clone(), listeners.clone()),
            vault,
            unlocked,
            store: Mutex::new(store),
            reader: Mutex::new(reader),
            sessions: Sessions::default(),
            planner: Planner::default(),
            begun: Begun::default(),
            zones: Zones::default(),
            diary: Diary::of(dir),
            watching: AtomicBool::new(false),
            enrolled: AtomicBool::new(enrolled),
            link: Link::default(),
            listeners,
        })
    }

    /// One door for every command and query. `session` is `lang:token`.
    pub fn call(&self, session: &str, name: &str, args: Value) -> Result<Value, Problem> {
        let (lang, token) = split(session);
        self.ctx(lang, token)
            .and_then(|ctx| registry::run(&ctx, name, args))
            .map_err(|fault| fault.into_problem(lang))
            .inspect_err(|problem| {
                self.diary.note(self.edge.now(), &format!("{name}: {}", problem.code));
            })
    }

    /// As `call`, for the command line, which knows the person without a session.
    pub fn call_as(&self, person_id: &str, name: &str, args: Value) -> Result<Value, Problem> {
        self.as_person(person_id, Lang::En, |ctx| registry::run(ctx, name, args))
    }

    /// Runs typed work as a given person: for the command line and for tests.
    pub fn as_person<T>(
        &self,
        person_id: &str,
        lang: Lang,
        work: impl FnOnce(&Ctx<'_>) -> Result<T, Fault>,
    ) -> Result<T, Problem> {
        self.under(self.authority(), person_id, lang, work)
    }

    /// As `as_person`, with somebody else having the last word.
    pub fn under<T>(
        &self,
        authority: &dyn Authority,
        person_id: &str,
        lang: Lang,
        work: impl FnOnce(&Ctx<'_>) -> Result<T, Fault>,
    ) -> Result<T, Problem> {
        let inner = || {
            let (known, zone) = self.with_reader(|reader| {
                reader.read(|db| Ok::<_, StoreError>((db.person(person_id)?, self.zone(&db)?)))
            })?;
            let person = known.or_else(|| (person_id == SYSTEM).then(system));
            let now = self.edge.now();
            work(&Ctx { app: self, lang, now, zone, token: "", person, authority })
        };
        inner().map_err(|fault: Fault| fault.into_problem(lang))
    }

    fn ctx<'a>(&'a self, lang: Lang, token: &'a str) -> Result<Ctx<'a>, Fault> {
        let id = self.sessions.person_of(token);
        let (person, zone) = self.with_reader(|reader| {
            reader.read(|db| {
                let person = id.map(|id| db.person(&id)).transpose()?.flatten();
                Ok::<_, StoreError>((person, self.zone(&db)?))
            })
        })?;
        Ok(Ctx {
            app: self,
            lang,
            now: self.edge.now(),
            zone,
            token,
            person,
            authority: self.authority(),
        })
    }

    fn zone(&self, db: &Db<'_>) -> Result<Arc<Zone>, StoreError> {
        Ok(self.zones.of(db.setting(zones::SETTING)?))
    }

    fn authority(&self) -> &'static dyn Authority {
        if self.is_enrolled() { &Enrolled } else { &Alone }
    }

    /// Whether this desktop belongs to a server's site.
    pub fn is_enrolled(&self) -> bool {
        self.enrolled.load(Ordering::Relaxed)
    }

    /// From now on the server of this site decides on intents.
    pub fn join_site(&self, site: &str) -> Result<(), Problem> {
        self.with_store(|store| store.write(|tx| tx.set_site(site)))
            .map_err(|error: store::StoreError| Fault::Store(error).into_problem(Lang::En))?;
        self.enrolled.store(true, Ordering::Relaxed);
        self.listeners.tell(&["status"], self.seq());
        Ok(())
    }

    pub fn subscribe(&self) -> Receiver<Changed> {
        let (sender, receiver) = channel();
        lock(&self.listeners.0).push(sender);
        receiver
    }

    pub fn dir(&self) -> &Path {
        &self.dir
    }

    pub(crate) fn book(&self) -> PathBuf {
        self.dir.join(BOOK)
    }

    /// Files dropped here are taken in.
    pub fn drop_dir(&self) -> PathBuf {
        self.dir.join("drop")
    }

    pub fn is_watching(&self) -> bool {
        self.watching.load(Ordering::Relaxed)
    }

    /// Where this desktop keeps its secrets.
    pub fn vault(&self) -> &Vault {
        &self.vault
    }

    /// How the book was opened.
    pub(crate) fn unlocked(&self) -> &Unlocked {
        &self.unlocked
    }

    pub fn edge(&self) -> &Edge {
        &self.edge
    }

    pub fn with_store<T>(&self, work: impl FnOnce(&mut Store) -> T) -> T {
        work(&mut lock(&self.store))
    }

    pub(crate) fn with_reader<T>(&self, work: impl FnOnce(&mut Reader) -> T) -> T {
        work(&mut lock(&self.reader))
    }

    pub(crate) fn listeners(&self) -> Listeners {
        self.listeners.clone()
    }

    /// The wire has news: whoever shows how this desktop stands asks again.
    pub fn link_changed(&self) {
        self.listeners.tell(&["status"], self.seq());
    }

    pub(crate) fn announce(&self, topics: BTreeSet<&'static str>) {
        if topics.is_empty() {
            return;
        }
        let topics: Vec<&str> = topics.into_iter().collect();
        self.listeners.tell(&topics, self.seq());
    }

    /// Another book is in the place of this one: whoever shows anything asks again.
    pub(crate) fn everything_changed(&self) {
        self.listeners.tell(&[], self.seq());
    }

    fn seq(&self) -> i64 {
        self.with_reader(|reader| reader.read(|db| db.event_count())).unwrap_or(0)
    }
}

/// The file in the data folder that everything is in.
pub(crate) const BOOK: &str = "quayside.sqlite";

/// The machine itself: the command line, the drop folder and the demo act under this name.
pub const SYSTEM: &str = "system";

fn system() -> Person {
    Person {
        id: PersonId(SYSTEM.to_owned()),
        name: SYSTEM.to_owned(),
        roles: vec![Role::Admin],
        pin_hash: String::new(),
        active: true,
    }
}

/// A panic in one command must not take the others down with a poisoned lock: the store rolls its
/// transaction back by itself.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

fn folder_fault(dir: &Path, error: &std::io::Error) -> Fault {
    Fault::said(
        "folder",
        format!("The data folder {} cannot be opened: {error}.", dir.display()),
        "Check that the folder exists, is writable, and is not a file.".to_owned(),
    )
}
