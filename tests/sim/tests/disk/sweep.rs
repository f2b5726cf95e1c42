//! The calls of a day, each with every fault.

use super::book::Desk;
use super::history::{Step, day};
use disk::{Disk, Fault};
use std::path::Path;
use std::time::Instant;

/// Every so many calls; each fault begins at another one. `QUAYSIDE_DISK_STEP=1` tries all of them.
const STEP: u64 = 23;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Power,
    Process,
}

/// Fault, whether it lasts, and how the day ends.
const CASES: [(Fault, bool, End); 9] = [
    (Fault::PowerCut, false, End::Power),
    (Fault::Io, false, End::Power),
    (Fault::Io, false, End::Process),
    (Fault::Io, true, End::Power),
    (Fault::Io, true, End::Process),
    (Fault::Full, false, End::Power),
    (Fault::Full, false, End::Process),
    (Fault::Full, true, End::Power),
    (Fault::Full, true, End::Process),
];

/// A book as it is after its first start, so that each run begins with the day.
struct Start {
    book: tempfile::TempDir,
    calls: u64,
    turns: Vec<u64>,
}

impl Start {
    fn new() -> Start {
        let (disk, book) = (Disk::new(0), tempfile::tempdir().unwrap());
        Desk::new(&disk, book.path()).work(&[Step::Restart]);
        let (disk, folder) = (Disk::new(0), tempfile::tempdir().unwrap());
        copy(book.path(), folder.path());
        let mut desk = Desk::new(&disk, folder.path());
        desk.work(&day());
        assert_eq!((desk.confirmed.len(), desk.refused.len()), (12, 0));
        let (calls, turns) = (disk.calls(), disk.turns());
        desk.lose_power();
        assert_eq!(desk.check("no fault", true), Vec::<u64>::new());
        Start { book, calls, turns }
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::copy(from.join("book.db"), to.join("book.db")).unwrap();
}

/// How many commands were refused, of how many the book did not know, and those of the refused that
/// were there afterwards all the same.
fn run(
    folder: &Path,
    (fault, lasts, end): (Fault, bool, End),
    after: u64,
) -> (usize, usize, Vec<u64>) {
    let disk = Disk::new(after);
    disk.fail(fault, after, lasts);
    let mut desk = Desk::new(&disk, folder);
    desk.work(&day());
    assert!(disk.struck() > 0, "call {after} was not reached");
    match end {
        End::Power => desk.lose_power(),
        End::Process => desk.end_process(),
    }
    let case = format!("{fault:?} at call {after}, lasts: {lasts}, ends with {end:?}");
    let risen = desk.check(&case, after.is_multiple_of(4));
    (desk.refused.len(), desk.unsure, risen)
}

#[test]
fn nothing_confirmed_is_lost_and_nothing_refused_comes_back() {
    let began = Instant::now();
    let step = std::env::var("QUAYSIDE_DISK_STEP").ok().and_then(|text| text.parse().ok());
    let step: u64 = step.unwrap_or(STEP);
    let start = Start::new();
    let (mut runs, mut refused, mut unsure, mut risen) = (0, 0, 0, Vec::new());
    for (at, case) in CASES.into_iter().enumerate() {
        let tried =
            |call: &u64| (call + at as u64).is_multiple_of(step) || start.turns.contains(call);
        for after in (0..start.calls).filter(tried) {
            let folder = tempfile::tempdir().unwrap();
            copy(start.book.path(), folder.path());
            let (no, open, back) = run(folder.path(), case, after);
            (runs, refused, unsure) = (runs + 1, refused + no, unsure + open);
            if !back.is_empty() {
                risen.push((case, after, back));
            }
        }
    }
    let calls = start.calls;
    println!(
        "{runs} runs, {calls} calls, {refused} refused, {unsure} unsure, {:?}",
        began.elapsed()
    );
    // Else nothing of this was tried; and hardly ever may a person be left without an answer.
    assert!(refused > 100 && unsure < runs, "{refused} refused, {unsure} unsure");
    assert!(risen.is_empty(), "refused and there all the same: {risen:?}");
}

#[test]
fn a_book_that_could_not_be_made_is_made_the_next_time() {
    let calls = {
        let (disk, folder) = (Disk::new(0), tempfile::tempdir().unwrap());
        Desk::new(&disk, folder.path()).work(&[Step::Restart]);
        disk.calls()
    };
    for (at, case) in CASES.into_iter().enumerate() {
        for after in (at as u64..calls).step_by(2 * STEP as usize) {
            let folder = tempfile::tempdir().unwrap();
            let (disk, steps) = (Disk::new(after), [Step::Restart]);
            disk.fail(case.0, after, case.1);
            let mut desk = Desk::new(&disk, folder.path());
            desk.work(&steps);
            desk.lose_power();
            assert_eq!(desk.check(&format!("{case:?} at {after}"), true), Vec::<u64>::new());
        }
    }
}
