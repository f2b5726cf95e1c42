//! What will happen, drawn before it happens: steps can then be left out one by one.

use crate::dice::Dice;

/// Machines are counted round: there may be more of them by then, or fewer in a shrunk plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Somebody works at a desktop; perhaps it dies at the n-th commit, before or after it.
    Work {
        machine: usize,
        dice: u64,
        dies: Option<(u32, bool)>,
    },
    Ask {
        machine: usize,
        dice: u64,
    },
    Order {
        dice: u64,
    },
    Wait {
        ms: i64,
    },
    /// Without network for so long.
    Cut {
        machine: usize,
        ms: i64,
    },
    /// At the n-th commit from now, whatever it is.
    Crash {
        machine: usize,
        commit: u32,
        after: bool,
    },
    KillReplica {
        replica: usize,
    },
    /// PostgreSQL is away until the standby is promoted.
    KillPrimary {
        ms: i64,
    },
    BackUpServer,
    RestoreServer {
        declared: bool,
    },
    BackUpMachine {
        machine: usize,
    },
    RestoreMachine {
        machine: usize,
        dice: u64,
    },
    CloneMachine {
        machine: usize,
    },
    NewMachine,
    LoseMachine {
        machine: usize,
    },
    DiskFull {
        machine: usize,
        full: bool,
    },
    SetClock {
        machine: usize,
        off_ms: i64,
    },
    Revoke {
        machine: usize,
    },
    UpdateProgram {
        machine: usize,
    },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    pub seed: u64,
    pub machines: usize,
    /// The first so many run an old version.
    pub old: usize,
    pub drop_percent: u64,
    pub double_percent: u64,
    pub delay_ms_max: u64,
    /// Messages travel as bytes, and some are spoiled.
    pub as_bytes: bool,
    pub steps: Vec<Step>,
}

const HOUR_MS: i64 = 3_600_000;

impl Plan {
    pub fn of(seed: u64) -> Plan {
        let mut dice = Dice::new(seed);
        let machines = 2 + dice.below(3) as usize;
        let drop_percent = [0, 5, 20][dice.below(3) as usize];
        let double_percent = [0, 5, 20][dice.below(3) as usize];
        let delay_ms_max = [50, 400, 5_000][dice.below(3) as usize];
        let as_bytes = dice.below(8) == 0;
        let old = dice.below(2) as usize;
        // Most plans have a few kinds of disaster only, so that each is seen without the others.
        let disasters = [dice.below(9), dice.below(9), dice.below(9)];
        let count = 25 + dice.below(35);
        let steps = (0..count).map(|_| step(&mut dice, &disasters)).collect();
        Plan { seed, machines, old, drop_percent, double_percent, delay_ms_max, as_bytes, steps }
    }

    /// Nothing that makes two desktops out of one or takes memory away: no promise may be refused.
    pub fn is_calm(&self) -> bool {
        !self.steps.iter().any(|step| {
            matches!(
                step,
                Step::RestoreServer { .. }
                    | Step::RestoreMachine { .. }
                    | Step::CloneMachine { .. }
            )
        })
    }

    pub fn server_is_restored(&self) -> bool {
        self.steps.iter().any(|step| matches!(step, Step::RestoreServer { .. }))
    }
}

fn step(dice: &mut Dice, disasters: &[u64]) -> Step {
    let machine = dice.below(12) as usize;
    match dice.below(100) {
        0..45 => {
            let dies = (dice.below(6) == 0).then(|| (1 + dice.below(2) as u32, dice.percent(50)));
            Step::Work { machine, dice: dice.roll(), dies }
        }
        45..53 => Step::Ask { machine, dice: dice.roll() },
        53..57 => Step::Order { dice: dice.roll() },
        57..78 => Step::Wait { ms: [20, 300, 3_000, 40_000][dice.below(4) as usize] },
        78..83 => Step::Cut { machine, ms: [500, 20_000, 200_000][dice.below(3) as usize] },
        83..88 => {
            let commit = 1 + dice.below(4) as u32;
            Step::Crash { machine, commit, after: dice.percent(50) }
        }
        _ => {
            let kind = disasters[dice.below(3) as usize];
            disaster(dice, machine, kind)
        }
    }
}

fn disaster(dice: &mut Dice, machine: usize, kind: u64) -> Step {
    let first = dice.percent(50);
    match kind {
        0 if first => Step::BackUpServer,
        0 => Step::RestoreServer { declared: dice.percent(70) },
        1 if first => Step::BackUpMachine { machine },
        1 => Step::RestoreMachine { machine, dice: dice.roll() },
        2 if first => Step::Wait { ms: 100 },
        2 => Step::CloneMachine { machine },
        3 if first => Step::KillReplica { replica: dice.below(2) as usize },
        3 => Step::KillPrimary { ms: dice.below(9_000) as i64 },
        4 => Step::DiskFull { machine, full: first },
        5 => Step::SetClock { machine, off_ms: dice.below(30) as i64 * HOUR_MS - 15 * HOUR_MS },
        6 if first => Step::NewMachine,
        6 => Step::UpdateProgram { machine },
        7 if first => Step::LoseMachine { machine },
        7 => Step::BackUpServer,
        _ if dice.percent(20) => Step::Revoke { machine },
        _ => Step::KillReplica { replica: dice.below(2) as usize },
    }
}
