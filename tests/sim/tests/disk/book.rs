//! A book on a failing disk, with what it has told the person.

use super::history::{NOW, Step, events, ids};
use disk::Disk;
use domain::StationId;
use std::path::{Path, PathBuf};
use store::{OpenMode, Store, StoreError};

pub struct Desk<'a> {
    disk: &'a Disk,
    path: PathBuf,
    scratch: PathBuf,
    store: Option<Store>,
    pub confirmed: Vec<u64>,
    pub refused: Vec<u64>,
    /// Commands of which the book said that it does not know.
    pub unsure: usize,
}

impl<'a> Desk<'a> {
    pub fn new(disk: &'a Disk, folder: &Path) -> Desk<'a> {
        let (path, scratch) = (folder.join("book.db"), folder.join("scratch.db"));
        let (confirmed, refused) = (Vec::new(), Vec::new());
        Desk { disk, path, scratch, store: None, confirmed, refused, unsure: 0 }
    }

    fn try_open(&mut self) -> bool {
        let vfs = Some(self.disk.vfs());
        let station = StationId::from_bytes([7; 16]);
        self.store = Store::open_through(vfs, &self.path, OpenMode::Durable, station).ok();
        self.store.is_some()
    }

    /// As a person would: what fails is tried once more, then the day goes on or ends.
    pub fn work(&mut self, steps: &[Step]) {
        for step in steps {
            if self.disk.is_off() || (self.store.is_none() && !self.try_open() && !self.try_open())
            {
                return;
            }
            match step {
                Step::Command(number) => self.command(*number),
                Step::Restart => self.store = None,
                Step::Copy => self.write_back(),
            }
        }
    }

    fn command(&mut self, number: u64) {
        let Some(store) = &mut self.store else { return };
        let done = store.write(|tx| tx.record(NOW, events(number)).map(drop));
        if self.disk.is_off() {
            // Nobody is told anything by a machine without power.
            return;
        }
        match done {
            Ok(()) => self.confirmed.push(number),
            Err(StoreError::Unconfirmed(_)) => self.unsure += 1,
            Err(_) => self.refused.push(number),
        }
    }

    /// A second connection that closes last would write back; here the book does it by itself.
    fn write_back(&mut self) {
        if let Some(store) = &self.store {
            // Refused or not: it changes nothing that anybody was told.
            let _ = store.write_back();
        }
    }

    /// The machine loses its power and gets it back, with a sound disk.
    pub fn lose_power(&mut self) {
        self.disk.cut_power();
        self.store = None;
        self.disk.power_on().unwrap();
    }

    /// The process ends without a word; what the system has is all there.
    pub fn end_process(&mut self) {
        self.disk.cut_power();
        self.store = None;
        self.disk.start_again();
    }

    /// The book opens, balances and goes on; `rebuilt` compares it with its events too, which takes
    /// longer. Answers what was refused and is there all the same.
    pub fn check(&mut self, case: &str, rebuilt: bool) -> Vec<u64> {
        assert!(self.try_open(), "{case}: the book does not open");
        let store = self.store.as_mut().unwrap();
        let present = |command: u64| {
            let there: Vec<bool> =
                ids(command).iter().map(|id| store.db().has_event(*id).unwrap()).collect();
            assert!(there.iter().all(|one| *one == there[0]), "{case}: half of command {command}");
            there[0]
        };
        let lost: Vec<u64> = self.confirmed.iter().copied().filter(|one| !present(*one)).collect();
        assert_eq!(lost, Vec::<u64>::new(), "{case}: confirmed and lost");
        let risen = self.refused.iter().copied().filter(|one| present(*one)).collect();
        store.write(|tx| tx.record(NOW, events(99)).map(drop)).unwrap();
        let checks = if rebuilt {
            store.verify(&self.scratch).unwrap().checks
        } else {
            store.db().check_invariants().unwrap()
        };
        let failures: Vec<String> = checks.into_iter().filter_map(|check| check.failure).collect();
        assert_eq!(failures, Vec::<String>::new(), "{case}");
        risen
    }
}
