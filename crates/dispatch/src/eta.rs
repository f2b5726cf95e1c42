//! When a van on the road will be at its remaining doors, from where it was last heard of.

use crate::route_plan::PlannedStop;
use domain::{Seconds, Timestamp};

const SECOND_MS: i64 = 1000;

/// The arrival at each of `ahead`, the stops not driven yet in their order. `to_first` is the drive
/// from where the van was seen, `opens` when a door may be served at the earliest.
///
/// Between two doors the plan's own times hold; waiting before a window takes up lateness.
pub fn etas(
    seen_at: Timestamp,
    to_first: Seconds,
    ahead: &[PlannedStop],
    opens: impl Fn(&str) -> Option<Timestamp>,
) -> Vec<Timestamp> {
    let mut arrivals = Vec::with_capacity(ahead.len());
    let mut at = Timestamp(seen_at.0 + to_first.0 * SECOND_MS);
    for (index, stop) in ahead.iter().enumerate() {
        arrivals.push(at);
        let served_from = opens(&stop.request).map_or(at, |open| open.max(at));
        let at_the_door = stop.depart.0 - stop.arrive.0 - stop.wait.0 * SECOND_MS;
        let leaves = served_from.0 + at_the_door.max(0);
        if let Some(next) = ahead.get(index + 1) {
            at = Timestamp(leaves + (next.arrive.0 - stop.depart.0).max(0));
        }
    }
    arrivals
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::Load;
    use domain::Meters;

    const MIN: i64 = 60 * SECOND_MS;

    /// Planned arrive and depart in minutes, with what of it is waiting.
    fn stop(id: &str, arrive: i64, depart: i64, wait: i64) -> PlannedStop {
        PlannedStop {
            request: id.to_owned(),
            arrive: Timestamp(arrive * MIN),
            wait: Seconds(wait * 60),
            depart: Timestamp(depart * MIN),
            load_after: Load::default(),
            meters: Meters::ZERO,
            locked: false,
            late: Seconds::ZERO,
        }
    }

    fn check(seen: i64, drive: i64, opens_at: Option<(&str, i64)>, expected: &[i64]) {
        let ahead = [stop("a", 10, 15, 0), stop("b", 25, 40, 10), stop("c", 50, 55, 0)];
        let opens = |id: &str| {
            opens_at.filter(|(who, _)| *who == id).map(|(_, minute)| Timestamp(minute * MIN))
        };
        let found = etas(Timestamp(seen * MIN), Seconds(drive * 60), &ahead, opens);
        let minutes: Vec<i64> = found.iter().map(|at| at.0 / MIN).collect();
        assert_eq!(minutes, expected, "seen at {seen}, {drive} min away");
    }

    #[test]
    fn lateness_travels_on_and_waiting_takes_it_up() {
        // On time.
        check(5, 5, Some(("b", 35)), &[10, 25, 50]);
        // Eight minutes late: the wait before b's window takes all of it.
        check(10, 8, Some(("b", 35)), &[18, 33, 50]);
        // Twenty late: ten remain.
        check(20, 10, Some(("b", 35)), &[30, 45, 60]);
        // Early is early until a window holds it back.
        check(0, 4, Some(("b", 35)), &[4, 19, 50]);
        check(0, 4, None, &[4, 19, 34]);
    }
}
