//! Makes a failing plan small: leaves out steps, then faults of the network, while it still fails.

use crate::plan::Plan;
use crate::world::run;
use sync::Rules;

pub fn shrink(plan: &Plan, rules: Rules) -> Plan {
    let fails = |plan: &Plan| run(plan, rules).is_err();
    let mut best = plan.clone();
    let mut chunk = best.steps.len().div_ceil(2);
    while chunk > 0 {
        let mut at = 0;
        while at < best.steps.len() {
            let mut smaller = best.clone();
            smaller.steps.drain(at..(at + chunk).min(smaller.steps.len()));
            if fails(&smaller) {
                best = smaller;
            } else {
                at += chunk;
            }
        }
        chunk /= 2;
    }
    let calmer: [fn(&mut Plan); 5] = [
        |plan| plan.drop_percent = 0,
        |plan| plan.double_percent = 0,
        |plan| plan.delay_ms_max = 50,
        |plan| plan.as_bytes = false,
        |plan| plan.old = 0,
    ];
    for change in calmer {
        let mut smaller = best.clone();
        change(&mut smaller);
        if fails(&smaller) {
            best = smaller;
        }
    }
    best
}
