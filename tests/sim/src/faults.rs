//! What each step of a plan does to the world.

use crate::deed::{SKUS, event_id};
use crate::dice::Dice;
use crate::machine::Machine;
use crate::plan::Step;
use crate::world::World;
use domain::StationId;

/// More desktops than this make a run slow and no richer.
const MACHINES_MAX: usize = 6;

impl World {
    pub(crate) fn step(&mut self, step: Step) {
        let count = self.machines.len();
        match step {
            Step::Work { machine, dice, dies } => self.at_work(machine % count, dice, dies),
            Step::Ask { machine, dice } if self.is_on(machine % count) => {
                self.some_question(machine % count, dice);
            }
            Step::Ask { .. } => {}
            Step::Order { dice } => self.order(dice),
            Step::Wait { ms } => self.advance(ms),
            Step::Cut { machine, ms } => {
                let machine = &mut self.machines[machine % count];
                machine.cut_until = self.now + ms;
                machine.link = None;
                if let Some(station) = &mut machine.running {
                    station.disconnected();
                }
            }
            Step::Crash { machine, commit, after } => {
                self.machines[machine % count].disk.fuse = Some((commit, after));
            }
            Step::KillReplica { replica } => self.kill_replica(replica),
            Step::KillPrimary { ms } => self.primary_until = self.now + ms,
            Step::BackUpServer => self.server_backup = Some(self.central.clone()),
            Step::RestoreServer { declared } => self.restore_server(declared),
            Step::BackUpMachine { machine } => {
                let machine = &mut self.machines[machine % count];
                machine.backup = Some(machine.disk.book.clone());
            }
            Step::RestoreMachine { machine, dice } => self.restore_machine(machine % count, dice),
            Step::CloneMachine { machine } => self.clone_machine(machine % count),
            Step::NewMachine if self.machines.len() < MACHINES_MAX => self.add_machine(true),
            Step::NewMachine => {}
            Step::LoseMachine { machine } => self.lose(machine % count),
            Step::DiskFull { machine, full } => self.machines[machine % count].disk.full = full,
            Step::SetClock { machine, off_ms } => {
                let machine = &mut self.machines[machine % count];
                machine.clock_off_ms = off_ms;
                machine.wake = machine.wake.min(self.now);
            }
            Step::Revoke { machine } => {
                let station = self.machines[machine % count].disk.book.station;
                self.revoked.push(station);
                self.apply_revoked();
            }
            Step::UpdateProgram { machine } => {
                self.machines[machine % count].disk.book.update_program()
            }
        }
    }

    fn is_on(&self, machine: usize) -> bool {
        self.machines[machine].running.is_some() && !self.machines[machine].lost
    }

    fn at_work(&mut self, at: usize, roll: u64, dies: Option<(u32, bool)>) {
        if !self.is_on(at) {
            return;
        }
        let mut dice = Dice::new(roll);
        let machine = &mut self.machines[at];
        machine.backup.get_or_insert_with(|| machine.disk.book.clone());
        self.machines[at].disk.fuse = dies.or(self.machines[at].disk.fuse);
        for _ in 0..1 + dice.below(4) {
            if let Some(deed) = self.some_deed(at, dice.roll()) {
                self.work(at, deed);
            }
        }
        self.poll(at);
    }

    fn order(&mut self, roll: u64) {
        let mut dice = Dice::new(roll);
        let action = self.new_number();
        let (id, sku, qty) = (event_id(action), dice.below(SKUS), 1 + dice.below(2) as i64);
        // Somebody always asks twice: the same key, the same answer.
        let first = self.central.order(id, sku, qty, action);
        if first == Ok(true) && self.central.order(id, sku, qty, action) != Ok(true) {
            self.wrong = Some("an order's answer changed".to_owned());
        }
        self.tell();
    }

    fn apply_revoked(&mut self) {
        for station in &self.revoked {
            if let Some(enrolled) = self.central.stations.get_mut(station) {
                enrolled.revoked = true;
            }
        }
    }

    fn restore_server(&mut self, declared: bool) {
        let Some(mut backup) = self.server_backup.clone() else { return };
        if declared {
            let newest = self.central.generations.last().map_or(0, |(number, _)| *number);
            backup.generations.push((newest + 1, backup.rows.len() as i64));
        }
        backup.start_authority({
            let number = self.new_number();
            StationId::from_bytes(((0xaa << 120) | u128::from(number)).to_be_bytes())
        });
        self.central = backup;
        // What was enrolled or revoked since is done again from the administrator's notes.
        for machine in &self.machines {
            let book = &machine.disk.book;
            let ids = book.formerly.iter().chain([&book.station]);
            if !ids.clone().any(|id| self.central.stations.contains_key(id)) {
                self.central.enroll(book.station, book.secret);
            }
        }
        self.apply_revoked();
        self.advance(0);
        self.kill_replica(0);
        self.kill_replica(1);
    }

    /// Somebody works on with it before it has heard from anybody.
    fn restore_machine(&mut self, at: usize, roll: u64) {
        let Some(book) = self.machines[at].backup.clone() else { return };
        if self.machines[at].lost {
            return;
        }
        self.stop(at);
        let (rules, mut dice) = (self.rules, Dice::new(roll));
        let machine = &mut self.machines[at];
        machine.wake = self.now + dice.below(20_000) as i64;
        machine.confirmed.retain(|id| book.known.contains_key(id));
        machine.disk.book = book;
        machine.pending.clear();
        machine.start(rules);
        for _ in 0..dice.below(8) {
            if let Some(deed) = self.some_deed(at, dice.roll()) {
                self.work(at, deed);
            }
        }
    }

    fn clone_machine(&mut self, at: usize) {
        if self.machines.len() >= MACHINES_MAX || self.machines[at].lost {
            return;
        }
        let mut copy = Machine::new(self.machines[at].disk.book.clone());
        copy.wake = self.now + 10;
        self.machines.push(copy);
    }

    /// Stolen, burnt: the disk is gone for good.
    fn lose(&mut self, at: usize) {
        if self.machines.iter().filter(|machine| !machine.lost).count() > 1 {
            self.machines[at].stop(i64::MAX);
            self.machines[at].lost = true;
        }
    }
}
