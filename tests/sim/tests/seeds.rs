//! Two thousand histories in every run, and those that once went wrong.

#![allow(clippy::unwrap_used)]

use sim::{Plan, Step, run, shrink};
use std::io::Write;
use std::path::PathBuf;
use std::time::Instant;
use sync::Rules;

const SEEDS: u64 = 2_000;

fn regressions() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("regressions.txt")
}

fn check(seed: u64) {
    let plan = Plan::of(seed);
    if let Err(failure) = run(&plan, Rules::SOUND) {
        let small = shrink(&plan, Rules::SOUND);
        let mut file = std::fs::OpenOptions::new().append(true).open(regressions()).unwrap();
        writeln!(file, "{seed} {}", failure.what).unwrap();
        panic!(
            "seed {seed}: {}\nsmallest: {small:#?}\n{:?}",
            failure.what,
            run(&small, Rules::SOUND)
        );
    }
}

#[test]
fn two_thousand_histories_end_well() {
    let began = Instant::now();
    (0..SEEDS).for_each(check);
    let pace = SEEDS as f64 / began.elapsed().as_secs_f64();
    println!("{SEEDS} seeds, {pace:.0} seeds/s in this profile");
}

#[test]
fn what_once_failed_does_not_fail_again() {
    let text = std::fs::read_to_string(regressions()).unwrap();
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let seeds: Vec<u64> = lines.filter_map(|line| line.split(' ').next()?.parse().ok()).collect();
    assert!(seeds.len() >= 6);
    seeds.into_iter().for_each(check);
}

#[test]
fn one_seed_is_one_history() {
    for seed in 0..50 {
        let plan = Plan::of(seed);
        assert_eq!(plan, Plan::of(seed));
        let figures = || run(&plan, Rules::SOUND).map(|figures| (figures.events, figures.messages));
        assert_eq!(figures(), figures());
    }
}

fn quiet(machines: usize, steps: Vec<Step>) -> Plan {
    Plan {
        seed: 1,
        machines,
        old: 0,
        drop_percent: 0,
        double_percent: 0,
        delay_ms_max: 50,
        as_bytes: true,
        steps,
    }
}

fn work(machine: usize, dice: u64) -> Step {
    Step::Work { machine, dice, dies: None }
}

#[test]
fn a_declared_restore_on_top_of_a_silent_one() {
    let steps = vec![
        Step::BackUpServer,
        work(2, 5_121_678_566_701_240_342),
        Step::Wait { ms: 40_000 },
        Step::RestoreServer { declared: false },
        Step::Order { dice: 4_673_024_018_532_804_033 },
        Step::BackUpServer,
        Step::RestoreServer { declared: true },
    ];
    run(&quiet(4, steps), Rules::SOUND).unwrap();
}

#[test]
fn a_revoked_desktop_is_restored_and_its_copy_works_on() {
    let steps = vec![
        work(0, 1),
        Step::BackUpMachine { machine: 0 },
        Step::CloneMachine { machine: 0 },
        Step::Wait { ms: 3_000 },
        Step::Revoke { machine: 0 },
        work(0, 2),
        work(2, 3),
        Step::RestoreMachine { machine: 0, dice: 4 },
        Step::Wait { ms: 3_000 },
        work(2, 5),
    ];
    run(&quiet(2, steps), Rules::SOUND).unwrap();
}
