//! The world and its clock: carries out a plan, then lets everything heal and looks what is left.

use crate::central::Central;
use crate::check;
use crate::deed::{Deed, SKUS, event_id};
use crate::dice::Dice;
use crate::disk::{Book, Halt};
use crate::key;
use crate::machine::{Machine, Pending, limits};
use crate::net::{Net, To};
use crate::plan::Plan;
use domain::{EventId, StationId, Timestamp};
use std::collections::BTreeSet;
use sync::{
    Answer, Ask, Completion, Held, LeaseAnswer, Message, Notice, Rule, Rules, Server, Session,
    StationLog,
};

const START: i64 = 1_760_000_000_000;
/// After the last fault everything has to be in order within this time (P15).
const HEAL_MS: i64 = 30 * 60_000;
/// Far more than any sound run needs.
const MESSAGES_MAX: u64 = 30_000;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The property and what broke it.
    pub what: String,
}

#[derive(Debug, Clone, Copy, Default)]
pub struct Figures {
    pub events: usize,
    pub messages: u64,
}

pub(crate) struct World {
    pub plan: Plan,
    pub rules: Rules,
    pub now: i64,
    pub dice: Dice,
    pub net: Net,
    pub central: Central,
    pub server_backup: Option<Central>,
    pub machines: Vec<Machine>,
    pub replica_until: [i64; 2],
    pub primary_until: i64,
    pub made: u64,
    pub healing: bool,
    /// Events that some server called durable.
    pub acked: BTreeSet<EventId>,
    pub revoked: Vec<StationId>,
    pub wrong: Option<String>,
}

/// Runs a plan; the first property that does not hold is the failure.
pub fn run(plan: &Plan, rules: Rules) -> Result<Figures, Failure> {
    let mut world = World::new(plan.clone(), rules);
    for step in &plan.steps {
        world.step(*step);
        world.advance(5);
        world.complaint()?;
    }
    world.heal();
    world.complaint()?;
    check::at_rest(&world).map_err(|what| Failure { what })?;
    Ok(Figures { events: world.central.rows.len(), messages: world.net.sent() })
}

impl World {
    fn new(plan: Plan, rules: Rules) -> World {
        let net =
            Net::new(plan.drop_percent, plan.double_percent, plan.delay_ms_max, plan.as_bytes);
        let mut world = World {
            rules,
            now: START,
            dice: Dice::new(!plan.seed),
            net,
            central: Central::new(rules),
            server_backup: None,
            machines: Vec::new(),
            replica_until: [0; 2],
            primary_until: 0,
            made: 0,
            healing: false,
            acked: BTreeSet::new(),
            revoked: Vec::new(),
            wrong: None,
            plan,
        };
        for number in 0..world.plan.machines {
            world.add_machine(number >= world.plan.old);
        }
        world
    }

    pub fn add_machine(&mut self, reads_all: bool) {
        let station = self.new_station();
        let mut secret = [0; 32];
        secret[..16].copy_from_slice(station.0.as_bytes());
        self.central.enroll(station, secret);
        self.machines.push(Machine::new(Book::new(station, secret, reads_all)));
    }

    pub fn new_number(&mut self) -> u64 {
        self.made += 1;
        self.made
    }

    pub fn new_station(&mut self) -> StationId {
        let number = self.new_number();
        StationId::from_bytes(((0xbb << 120) | u128::from(number)).to_be_bytes())
    }

    fn complaint(&mut self) -> Result<(), Failure> {
        let disks = self.machines.iter().find_map(|machine| machine.disk.wrong.clone());
        let central = self.central.wrong.borrow().clone();
        let wrong = self.wrong.take().or(disks).or(central).or(self.net.wrong.take());
        wrong.map_or(Ok(()), |what| Err(Failure { what }))
    }

    /// Lets the time pass until `ms` from now.
    pub fn advance(&mut self, ms: i64) {
        let until = self.now + ms;
        loop {
            let wakes = self.machines.iter().filter(|machine| !machine.lost);
            let wake = wakes.map(|machine| machine.wake).min();
            let next = [wake, self.net.next_at()].into_iter().flatten().min();
            let Some(next) = next.filter(|next| *next <= until) else { break };
            if self.net.sent() > MESSAGES_MAX {
                self.wrong.get_or_insert("P15: they talk and talk".to_owned());
                break;
            }
            self.set_now(next.max(self.now));
            if let Some((to, message)) = self.net.arrival(self.now) {
                match to {
                    To::Server(machine) => self.at_server(machine, message),
                    To::Machine(machine) => self.at_machine(machine, message),
                }
                continue;
            }
            let due = (0..self.machines.len())
                .find(|at| !self.machines[*at].lost && self.machines[*at].wake <= self.now);
            if let Some(machine) = due {
                self.wake(machine);
            }
        }
        self.set_now(until);
    }

    fn set_now(&mut self, now: i64) {
        self.now = now;
        self.central.now = now;
        self.central.down = now < self.primary_until;
    }

    /// The machine's own clock.
    fn clock(&self, machine: usize) -> Timestamp {
        Timestamp(self.now + self.machines[machine].clock_off_ms)
    }

    fn wake(&mut self, at: usize) {
        let rules = self.rules;
        if self.machines[at].running.is_none() {
            self.machines[at].start(rules);
            self.again(at);
        }
        if self.machines[at].running.is_some() && self.machines[at].link.is_none() {
            self.connect(at);
        }
        self.poll(at);
    }

    fn connect(&mut self, at: usize) {
        let replica = self.dice.below(2) as usize;
        let away = self.replica_until[replica].max(self.machines[at].cut_until);
        if away > self.now {
            return;
        }
        let (session, now) = (Session(self.dice.roll()), self.clock(at));
        let machine = &mut self.machines[at];
        machine.link = Some((replica, Server::new(key::check, limits(), self.rules)));
        if let Some(station) = &mut machine.running {
            station.connected(session, now);
        }
    }

    /// Sends what the machine has to say, and sets when it is asked again.
    pub fn poll(&mut self, at: usize) {
        let now = self.clock(at);
        loop {
            let machine = &mut self.machines[at];
            let Some(station) = &mut machine.running else { return };
            match station.poll_transmit(&mut machine.disk, now) {
                Ok(Some(message)) => {
                    if machine.cut_until <= self.now {
                        self.net.send(self.now, To::Server(at), message, &mut self.dice);
                    }
                }
                Ok(None) => break,
                Err(Halt::Full) => break,
                Err(Halt::Crash) => return self.stop(at),
            }
        }
        let machine = &mut self.machines[at];
        let Some(station) = &machine.running else { return };
        let due = station.poll_timeout().map_or(i64::MAX, |due| due.0 - machine.clock_off_ms);
        // A link that is cut is tried again every two seconds.
        let pause = if machine.link.is_none() { 2_000 } else { limits().idle_ms };
        machine.wake = due.clamp(self.now + 1, self.now + pause);
    }

    pub fn stop(&mut self, at: usize) {
        let wake = self.now + 50 + self.dice.below(4_000) as i64;
        self.machines[at].stop(wake);
    }

    fn at_server(&mut self, at: usize, message: Message) {
        let Some((replica, mut server)) = self.machines[at].link.take() else { return };
        self.central.commit_ms = self.dice.below(300) as i64;
        self.central.crowded = !self.healing && self.dice.percent(3);
        let head = self.central.head();
        let answer = server.handle(&mut self.central, message, Timestamp(self.now));
        let dies = !self.healing && self.dice.below(200) == 0;
        if dies {
            // After the commit and before the answer: the worst moment.
            self.kill_replica(replica);
            return;
        }
        self.machines[at].link = Some((replica, server));
        // A replica without its database says nothing.
        if let Ok(Some(answer)) = answer {
            self.net.send(self.now, To::Machine(at), answer, &mut self.dice);
        }
        if self.central.head() > head {
            self.tell();
        }
    }

    /// Every replica hears from the database that the log has grown.
    pub fn tell(&mut self) {
        let head = self.central.head();
        for at in 0..self.machines.len() {
            let link = self.machines[at].link.as_mut();
            if let Some(message) = link.and_then(|(_, server)| server.poll_transmit(head)) {
                self.net.send(self.now, To::Machine(at), message, &mut self.dice);
            }
        }
    }

    pub fn kill_replica(&mut self, replica: usize) {
        self.replica_until[replica] = self.now + 200 + self.dice.below(5_000) as i64;
        for machine in &mut self.machines {
            if machine.link.as_ref().is_none_or(|(other, _)| *other == replica) {
                machine.link = None;
                if let Some(station) = &mut machine.running {
                    station.disconnected();
                    machine.wake = machine.wake.min(self.now + 100);
                }
            }
        }
    }

    fn at_machine(&mut self, at: usize, message: Message) {
        let now = self.clock(at);
        let machine = &mut self.machines[at];
        let Some(station) = &mut machine.running else { return };
        let notices = match station.handle(&mut machine.disk, message, now) {
            Ok(notices) => notices,
            Err(Halt::Full) => Vec::new(),
            Err(Halt::Crash) => return self.stop(at),
        };
        for notice in notices {
            if self.on_notice(at, notice) == Err(Halt::Crash) {
                return self.stop(at);
            }
        }
        self.poll(at);
    }

    fn on_notice(&mut self, at: usize, notice: Notice) -> Result<(), Halt> {
        match notice {
            Notice::Forked if self.rules.hold(Rule::NewIncarnation) => {
                let (id, session) = (self.new_station(), Session(self.dice.roll()));
                let machine = &mut self.machines[at];
                let Some(station) = &mut machine.running else { return Ok(()) };
                station.reincarnate(&mut machine.disk, id, session)
            }
            Notice::Acked(head) | Notice::Welcomed { acked: head, .. } => {
                let own = &self.machines[at].disk.book.own;
                let acked = own.iter().rev().skip_while(|event| event.seq > head.seq);
                self.acked.extend(acked.take(20).map(|event| event.id));
                Ok(())
            }
            Notice::Answer(Answer::Quota { sku, granted }) => {
                let disk = &mut self.machines[at].disk;
                let sku = sku.parse().unwrap_or_default();
                let mut account = disk.book.accounts.get(&sku).copied().unwrap_or_default();
                account.heard(granted, 0);
                disk.set_account(sku, account)
            }
            Notice::Answer(Answer::Lease { task, answer: LeaseAnswer::Yours { span_ms } }) => {
                self.leased(at, task, span_ms);
                Ok(())
            }
            Notice::Forked
            | Notice::Pulled { .. }
            | Notice::ServerRestored { .. }
            | Notice::Clock(_)
            | Notice::Answer(_)
            | Notice::Refused(_)
            | Notice::Contradiction
            | Notice::SnapshotTaken(_) => Ok(()),
        }
    }

    /// Counted from the asking, on a clock that does not jump.
    fn leased(&mut self, at: usize, task: String, span_ms: i64) {
        let Some(asked) = self.machines[at].asked.remove(&task) else { return };
        let held = Held { asked: Timestamp(asked), span_ms };
        let now = Timestamp(self.now);
        let mut others = (0..self.machines.len()).filter(|other| *other != at);
        let twice = others.find(|other| {
            let other = &self.machines[*other];
            !other.lost && other.held.get(&task).is_some_and(|held| held.is_live(now))
        });
        if let (Some(other), true, true) = (twice, held.is_live(now), self.plan.is_calm()) {
            self.wrong.get_or_insert(format!("lease: {at} and {other} both hold task {task}"));
        }
        self.machines[at].held.insert(task, held);
    }

    /// A person does something, and does it again if they were not told that it is done.
    pub fn work(&mut self, at: usize, deed: Deed) {
        let action = self.new_number();
        let id = event_id(action);
        self.machines[at].pending.push(Pending { id, action, deed });
        self.again(at);
    }

    fn again(&mut self, at: usize) {
        let now = self.clock(at);
        for mut pending in std::mem::take(&mut self.machines[at].pending) {
            if self.machines[at].running.is_none() {
                self.machines[at].pending.push(pending);
                continue;
            }
            // In a hurry, some press twice.
            for _ in 0..1 + u64::from(self.dice.below(8) == 0) {
                let body = pending.deed.body(pending.action);
                if !self.may(at, &pending) {
                    break;
                }
                let machine = &mut self.machines[at];
                let recorded = machine.disk.record(pending.id, body, now, self.rules);
                match recorded {
                    Ok(_) => {
                        machine.confirmed.insert(pending.id);
                    }
                    // Refused before it was confirmed: nothing happened.
                    Err(Halt::Full) => break,
                    Err(Halt::Crash) => {
                        self.stop(at);
                        self.renew(&mut pending);
                        self.machines[at].pending.push(pending);
                        break;
                    }
                }
                self.renew(&mut pending);
            }
        }
    }

    /// A promise is weighed again whenever it is tried again.
    fn may(&self, at: usize, pending: &Pending) -> bool {
        let book = &self.machines[at].disk.book;
        match pending.deed {
            Deed::Promised { sku, qty } if !book.known.contains_key(&pending.id) => {
                let account = book.accounts.get(&sku).copied().unwrap_or_default();
                account.may_promise(qty, self.rules)
            }
            _ => true,
        }
    }

    /// The bug of making a new id for a retry.
    fn renew(&mut self, pending: &mut Pending) {
        if !self.rules.hold(Rule::SameIdOnRetry) {
            pending.id = event_id(self.new_number());
        }
    }

    pub fn some_deed(&mut self, at: usize, roll: u64) -> Option<Deed> {
        let mut dice = Dice::new(roll);
        let (sku, qty) = (dice.below(SKUS), 1 + dice.below(3) as i64);
        Some(match dice.below(20) {
            0..7 => Deed::Moved { sku, from: dice.below(4), to: 4 + dice.below(4), qty },
            7..11 => Deed::Set { field: dice.below(3), value: dice.below(1_000) },
            11..15 => {
                let account = self.machines[at].disk.book.accounts.get(&sku).copied();
                let account = account.unwrap_or_default();
                return account.may_promise(qty, self.rules).then_some(Deed::Promised { sku, qty });
            }
            15..17 => {
                let task = dice.below(2);
                let held = self.machines[at].held.remove(&task.to_string());
                let done = held.map(|held| held.complete(Timestamp(self.now)));
                Deed::Done { task, late: u64::from(done != Some(Completion::InTime)) }
            }
            17..19 => Deed::Teleported { sku, qty },
            _ if dice.percent(50) => Deed::Forbidden,
            _ => Deed::Poison,
        })
    }

    pub fn some_question(&mut self, at: usize, roll: u64) {
        let mut dice = Dice::new(roll);
        let sku = dice.below(SKUS);
        let machine = &mut self.machines[at];
        let Some(station) = &mut machine.running else { return };
        let account = machine.disk.book.accounts.get(&sku).copied().unwrap_or_default();
        match dice.below(6) {
            0..2 => {
                let (sku, want) = (sku.to_string(), 2 + dice.below(4) as i64);
                station.ask(Ask::Quota { sku, known: account.granted, want });
            }
            2 => {
                let mut account = account;
                let returned = account.give_back(1);
                // Out of reach here before anybody hears of it.
                if machine.disk.set_account(sku, account).is_ok() {
                    station.ask(Ask::GiveBack { sku: sku.to_string(), returned });
                }
            }
            _ => {
                let task = dice.below(2).to_string();
                machine.asked.entry(task.clone()).or_insert(self.now);
                station.ask(Ask::Lease { task });
            }
        }
        self.poll(at);
    }

    fn heal(&mut self) {
        self.healing = true;
        self.net.heal();
        (self.replica_until, self.primary_until) = ([0; 2], 0);
        for at in 0..self.machines.len() {
            let machine = &mut self.machines[at];
            (machine.cut_until, machine.disk.full, machine.disk.fuse) = (0, false, None);
            machine.disk.book.update_program();
            machine.wake = self.now;
        }
        let end = self.now + HEAL_MS;
        while self.now < end && self.wrong.is_none() {
            self.advance(1_000);
            let quiet =
                self.machines.iter().filter(|m| !m.lost).all(|m| is_quiet(m, &self.central));
            if quiet && self.net.next_at().is_none() {
                break;
            }
        }
    }
}

/// Nothing to send and nothing to take in.
pub(crate) fn is_quiet(machine: &Machine, central: &Central) -> bool {
    let book = &machine.disk.book;
    let sent = machine.pending.is_empty()
        && machine.disk.own_head() == Ok(book.acked)
        && central.stations.get(&book.station).is_some_and(|known| known.head == book.acked);
    let offered = book.known.values().all(|event| {
        central.contents.contains_key(&event.id) || central.aside.contains_key(&event.id)
    });
    sent && (central.is_revoked(book.station) || (offered && book.cursor.seq == central.head()))
}
