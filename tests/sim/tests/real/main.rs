//! The same protocol on real books: SQLite files and ed25519 keys, machines killed at any commit,
//! copied and restored, a server put back to a backup. In the end every book has the same state.

#![allow(clippy::unwrap_used)]

mod log;
mod refusals;

use disk::Disk;
use domain::{
    Body, Cause, EventId, LocationCode, LotCode, Move, PersonId, Qty, Serial, Sku, Spot, StationId,
    Timestamp, UnitCost,
};
use log::{Book, Fault};
use sim::{Central, Dice};
use std::path::{Path, PathBuf};
use store::{NewEvent, OpenMode, Store};
use sync::{
    Ed25519Key, Limits, Message, Notice, Rules, Server, Session, Signer, Station, check_ed25519,
    decode, encode,
};

const SEEDS: u64 = 40;
const START: i64 = 1_760_000_000_000;

fn station_id(number: u64) -> StationId {
    StationId::from_bytes((u128::from(number) | 1 << 120).to_be_bytes())
}

struct Machine {
    path: PathBuf,
    key: u8,
    book: Option<Book>,
    station: Station<Ed25519Key>,
    link: Server,
    backup: Option<PathBuf>,
    /// One that fails now and then; `None` is the machine's own, which does not.
    disk: Option<Disk>,
    /// What the person was told is recorded.
    confirmed: Vec<EventId>,
}

fn limits() -> Limits {
    Limits { batch_bytes: 2_000, in_flight_bytes: 6_000, ..Limits::DEFAULT }
}

fn fresh(key: u8) -> (Station<Ed25519Key>, Server) {
    let station = Station::new(Ed25519Key::from_secret([key; 32]), limits(), Rules::SOUND);
    (station, Server::new(check_ed25519, limits(), Rules::SOUND))
}

struct World {
    folder: tempfile::TempDir,
    dice: Dice,
    now: i64,
    made: u64,
    central: Central,
    server_backup: Option<Central>,
    machines: Vec<Machine>,
    healing: bool,
    failing: bool,
    forks: u32,
    kills: u32,
    faults: u64,
}

impl World {
    fn new(seed: u64, failing: bool) -> World {
        let mut world = World {
            folder: tempfile::tempdir().unwrap(),
            dice: Dice::new(seed),
            now: START,
            made: 0,
            central: Central::new(Rules::SOUND),
            server_backup: None,
            machines: Vec::new(),
            healing: false,
            failing,
            forks: 0,
            kills: 0,
            faults: 0,
        };
        for _ in 0..2 {
            world.add(None);
        }
        world
    }

    fn number(&mut self) -> u64 {
        self.made += 1;
        self.made
    }

    /// A new desktop, or a copy of another one's disk.
    fn add(&mut self, copy: Option<(PathBuf, u8)>) {
        let number = self.number();
        let path = self.folder.path().join(format!("{number}.db"));
        let key = match &copy {
            Some((from, key)) => {
                std::fs::copy(from, &path).unwrap();
                *key
            }
            None => number as u8,
        };
        let disk = self.failing.then(|| Disk::new(self.dice.roll()));
        let book = open(&path, number, disk.as_ref());
        if copy.is_none() {
            let public_key = Ed25519Key::from_secret([key; 32]).public_key();
            self.central.enroll(station_id(number), public_key);
        }
        let (station, link) = fresh(key);
        let book = Some(book);
        let (backup, confirmed) = (None, Vec::new());
        self.machines.push(Machine { path, key, book, station, link, backup, disk, confirmed });
    }

    fn work(&mut self, at: usize) {
        let bodies: Vec<_> = (0..1 + self.dice.below(3)).map(|_| self.body()).collect();
        let events: Vec<NewEvent> = bodies
            .into_iter()
            .map(|body| {
                let id = (u128::from(self.number()) | 2 << 120).to_be_bytes();
                NewEvent { id: EventId::from_bytes(id), actor: PersonId("ada".into()), body }
            })
            .collect();
        let ids: Vec<EventId> = events.iter().map(|event| event.id).collect();
        let now = Timestamp(self.now);
        let machine = &mut self.machines[at];
        let Some(book) = &mut machine.book else { return };
        match book.store.write(|tx| tx.record(now, events).map(drop)) {
            Ok(()) => machine.confirmed.extend(ids),
            Err(error) => self.broken(at, &Fault::from(error)),
        }
    }

    /// Only a disk that is meant to fail may fail; the machine is started again.
    fn broken(&mut self, at: usize, fault: &Fault) {
        assert!(self.failing || *fault == Fault::Killed, "{fault:?}");
        self.kill(at);
    }

    fn body(&mut self) -> Body {
        let dice = &mut self.dice;
        let place = |name: &str| Spot::at(LocationCode::parse(name).unwrap());
        let bins = ["A-01", "A-02", "B-01"];
        let (from, cause) = match dice.below(3) {
            0 => (
                "~supplier",
                Cause::Receipt { receipt: None, unit_cost: UnitCost::from_minor(250) },
            ),
            _ => (bins[dice.below(3) as usize], Cause::Transfer),
        };
        if dice.below(5) == 0 {
            let value = dice.below(1_000).to_string();
            return Body::SettingSet { name: format!("note-{}", dice.below(3)), value };
        }
        Body::Moved(Move {
            sku: Sku::parse(&format!("SKU-{}", dice.below(4))).unwrap(),
            lot: LotCode::none(),
            serial: Serial::none(),
            owner: String::new(),
            from: place(from),
            to: place(["C-01", "C-02", "D-01"][dice.below(3) as usize]),
            qty: Qty(1 + dice.below(9) as i64),
            cause,
            reason: String::new(),
            reverses: None,
        })
    }

    /// The process ends here and now; what SQLite has committed is all there is. On a failing disk
    /// every second time the power goes too.
    fn kill(&mut self, at: usize) {
        self.kills += 1;
        let power = self.failing && self.dice.below(2) == 0;
        let machine = &mut self.machines[at];
        machine.disk.iter().for_each(Disk::cut_power);
        machine.book = None;
        if let Some(disk) = &machine.disk {
            if power { disk.power_on().unwrap() } else { disk.start_again() }
        }
        let number = 900 + at as u64;
        machine.book = Some(open(&machine.path, number, machine.disk.as_ref()));
        (machine.station, machine.link) = fresh(machine.key);
    }

    fn disaster(&mut self, at: usize) {
        match self.dice.below(12) {
            0..4 if self.failing => {
                let fault = [disk::Fault::Io, disk::Fault::Full, disk::Fault::PowerCut];
                let (fault, after) = (fault[self.dice.below(3) as usize], self.dice.below(120));
                let lasts = self.dice.below(2) == 0;
                if let Some(disk) = &self.machines[at].disk {
                    disk.fail(fault, after, lasts);
                }
            }
            0..4 => self.machines[at].book.as_mut().unwrap().dies_in = Some(self.dice.below(4)),
            4..6 => self.kill(at),
            6 => self.server_backup = Some(self.central.clone()),
            7 => {
                let Some(mut backup) = self.server_backup.clone() else { return };
                let newest = self.central.generations.last().unwrap().0;
                backup.generations.push((newest + 1, backup.rows.len() as i64));
                self.central = backup;
                for machine in &mut self.machines {
                    (machine.station, machine.link) = fresh(machine.key);
                }
            }
            8 | 9 => {
                let path = self.folder.path().join(format!("{}.backup", self.made));
                let machine = &mut self.machines[at];
                // Over an older backup of the same name nothing could be written.
                if !path.exists() {
                    machine.book.as_ref().unwrap().store.backup_to(&path).unwrap();
                    machine.backup = Some(path);
                }
            }
            10 => {
                let Some(backup) = self.machines[at].backup.clone() else { return };
                self.machines[at].book = None;
                for suffix in ["-wal", "-shm"] {
                    let name = format!("{}{suffix}", self.machines[at].path.display());
                    let _ = std::fs::remove_file(name);
                }
                std::fs::copy(backup, &self.machines[at].path).unwrap();
                self.machines[at].disk.iter().for_each(Disk::forget);
                // What nobody else had went with the disk.
                self.machines[at].confirmed.clear();
                self.kill(at);
            }
            _ if self.machines.len() < 4 => {
                let Some(backup) = self.machines[at].backup.clone() else { return };
                self.add(Some((backup, self.machines[at].key)));
            }
            _ => {}
        }
    }

    /// What the machine has to say, said over a line that loses and doubles.
    fn talk(&mut self, at: usize) {
        let now = Timestamp(self.now);
        let session = Session(self.dice.roll());
        let machine = &mut self.machines[at];
        if machine.station.poll_timeout().is_none() {
            machine.station.connected(session, now);
        }
        for _ in 0..40 {
            let machine = &mut self.machines[at];
            let next = machine.station.poll_transmit(machine.book.as_mut().unwrap(), now);
            let message = match next {
                Ok(Some(message)) => message,
                Ok(None) => break,
                Err(fault) => return self.broken(at, &fault),
            };
            for message in self.carry(message) {
                self.central.now = self.now;
                let machine = &mut self.machines[at];
                let Ok(Some(answer)) = machine.link.handle(&mut self.central, message, now) else {
                    continue;
                };
                for answer in self.carry(answer) {
                    if let Err(fault) = self.hear(at, answer) {
                        return self.broken(at, &fault);
                    }
                }
            }
        }
    }

    fn carry(&mut self, message: Message) -> Vec<Message> {
        let bytes = encode(&message);
        let copies = match self.dice.below(10) {
            _ if self.healing => 1,
            0 => 0,
            1 => 2,
            _ => 1,
        };
        (0..copies).map(|_| decode(&bytes, &limits()).unwrap()).collect()
    }

    fn hear(&mut self, at: usize, message: Message) -> Result<(), Fault> {
        let now = Timestamp(self.now);
        let machine = &mut self.machines[at];
        let book = machine.book.as_mut().unwrap();
        for notice in machine.station.handle(book, message, now)? {
            if notice == Notice::Forked {
                self.forks += 1;
                self.made += 1;
                let (id, session) = (station_id(self.made), Session(self.dice.roll()));
                machine.station.reincarnate(book, id, session)?;
            }
        }
        Ok(())
    }

    fn heal(&mut self) {
        self.healing = true;
        for disk in self.machines.iter().filter_map(|machine| machine.disk.as_ref()) {
            self.faults += disk.struck();
            disk.repair();
        }
        for round in 0..200 {
            for at in 0..self.machines.len() {
                self.now += 40_000;
                self.machines[at].book.as_mut().unwrap().dies_in = None;
                self.talk(at);
            }
            if round > 4 && self.machines.iter().all(|machine| self.is_quiet(machine)) {
                break;
            }
        }
    }

    fn is_quiet(&self, machine: &Machine) -> bool {
        let db = machine.book.as_ref().unwrap().store.db();
        let state = db.sync_state().unwrap();
        let sent = state.acked == db.own_head().unwrap().0;
        sent && state.cursor.number as usize == self.central.rows.len()
    }

    fn check(&self, seed: u64) {
        let mut states = Vec::new();
        for (at, machine) in self.machines.iter().enumerate() {
            let store = &machine.book.as_ref().unwrap().store;
            let state = store.db().sync_state().unwrap();
            assert_eq!(state.acked, store.db().own_head().unwrap().0, "seed {seed}, machine {at}");
            let proof = store.verify(&self.folder.path().join("scratch")).unwrap();
            let failures: Vec<_> =
                proof.checks.into_iter().filter_map(|check| check.failure).collect();
            assert_eq!(failures, Vec::<String>::new(), "seed {seed}, machine {at}");
            assert_eq!(proof.events as usize, self.central.rows.len(), "seed {seed}, machine {at}");
            states.push(proof.state_hash);
            let lost = machine.confirmed.iter().find(|id| !store.db().has_event(**id).unwrap());
            assert_eq!(lost, None, "seed {seed}, machine {at}: confirmed and lost");
        }
        states.dedup();
        assert_eq!(states.len(), 1, "seed {seed}");
    }
}

fn open(path: &Path, number: u64, disk: Option<&Disk>) -> Book {
    // Where only processes are killed, waiting for the disk would test nothing.
    let mode = if disk.is_some() { OpenMode::Durable } else { OpenMode::Bulk };
    let vfs = disk.map(Disk::vfs);
    let mut store = Store::open_through(vfs, path, mode, station_id(number)).unwrap();
    store.write(|tx| tx.set_site("north")).unwrap();
    Book { store, dies_in: None }
}

/// Events, forks, kills and faults of the disk.
fn histories(seeds: u64, failing: bool) -> (usize, u32, u32, u64) {
    let mut total = (0, 0, 0, 0);
    for seed in 0..seeds {
        let mut world = World::new(seed, failing);
        for _ in 0..30 {
            let at = world.dice.below(world.machines.len() as u64) as usize;
            world.now += 1 + world.dice.below(20_000) as i64;
            match world.dice.below(10) {
                0..5 => world.work(at),
                5..8 => world.talk(at),
                _ => world.disaster(at),
            }
        }
        world.heal();
        world.check(seed);
        total.0 += world.central.rows.len();
        (total.1, total.2) = (total.1 + world.forks, total.2 + world.kills);
        total.3 += world.faults;
    }
    total
}

#[test]
fn real_books_agree_after_everything_that_happened_to_them() {
    let (events, forks, kills, _) = histories(SEEDS, false);
    println!("{events} events, {forks} forks, {kills} kills");
    // Otherwise nothing of this was tried.
    assert!(events > 500 && forks > 5 && kills > 50);
}

#[test]
fn real_books_agree_although_their_disks_failed() {
    let (events, forks, kills, faults) = histories(SEEDS / 2, true);
    println!("{events} events, {forks} forks, {kills} kills, {faults} faults of disks");
    assert!(events > 250 && forks > 2 && kills > 25 && faults > 25);
}
