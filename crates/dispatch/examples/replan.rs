//! `replan [SECONDS]`: plans 500 stops for 25 vans, drives until eleven, and then says for each kind
//! of disruption what a new plan costs in processor time and in money.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::unwrap_used)]

#[path = "../tests/big_day/mod.rs"]
mod big_day;

use big_day::{STOPS, at, day, drive, without_last};
use dispatch::{Disruption, PlanInput, PlanParams, RoutePlan, plan, replan_after};
use roads::Matrix;
use std::time::Instant;

fn main() {
    let seconds: f64 = std::env::args().nth(1).map_or(20.0, |word| word.parse().unwrap());
    let (mut input, matrix) = day();
    // The last stop is the order that comes in later.
    let (first, cells) = without_last(&input, &matrix);
    let begin = Instant::now();
    let mut spent = |_| begin.elapsed().as_secs_f64() / seconds;
    let mut params = PlanParams { seed: 1, max_iterations: u64::MAX, spent: &mut spent };
    let base = plan(&first, &cells, &mut params).unwrap();
    println!("planned in {seconds} s: {}", summary(&base));
    drive(&mut input, &base, at(180));
    let (van, stop) =
        (base.routes[3].van.clone(), base.routes[3].stops.last().unwrap().request.clone());
    let new = input.stops[STOPS - 1].id.clone();
    // A return may still change vans when the goods of other stops no longer can.
    let is_return = |id: &String| input.stops.iter().any(|s| s.id == *id && s.rules.collect);
    let all =
        base.routes.iter().flat_map(|r| r.stops.iter().rev().map(move |s| (&r.van, &s.request)));
    let (_, dragged) = { all }.find(|(_, id)| is_return(id)).unwrap();
    let from = base.find(dragged).unwrap().0.van.clone();
    let target = base.routes.iter().rev().find(|r| r.van != from).unwrap().van.clone();
    for van in &mut input.vans {
        van.now.loaded.retain(|id| id != dragged);
    }
    let changes = [
        Disruption::NewStop { stop: new },
        Disruption::CancelledStop { stop },
        Disruption::VanLate { van: van.clone(), until: at(240) },
        Disruption::VanOut { van, goods_are_back: true },
        Disruption::Dragged { stop: dragged.clone(), van: target, position: usize::MAX },
        Disruption::StreetsChanged,
    ];
    for change in &changes {
        if matches!(change, Disruption::NewStop { .. }) {
            measure(&input, &matrix, &base, change);
            input.stops.truncate(STOPS - 1);
        } else {
            measure(&input, &cells, &base, change);
        }
    }
}

fn measure(input: &PlanInput, matrix: &Matrix, base: &RoutePlan, change: &Disruption) {
    let (begin, cpu) = (Instant::now(), processor_seconds());
    // Half a second of search; the rest is setting up and working out.
    let mut spent = |_| (processor_seconds() - cpu) / 0.5;
    let mut params = PlanParams { seed: 2, max_iterations: 200_000, spent: &mut spent };
    let found = replan_after(input, matrix, base, change, &mut params).unwrap();
    let name = format!("{change:?}");
    println!(
        "{:<14} wall {:.2} s, processor {:.2} s: {} changes, {} reasons, cost {} -> {}, {}",
        name.split([' ', '{']).next().unwrap(),
        begin.elapsed().as_secs_f64(),
        processor_seconds() - cpu,
        found.diff.len(),
        found.reasons.len(),
        base.cost_minor,
        found.plan.cost_minor,
        summary(&found.plan),
    );
}

fn summary(plan: &RoutePlan) -> String {
    format!("{} routes, {} unplanned, {:?}", plan.routes.len(), plan.unplanned.len(), plan.terms())
}

/// Seconds that this thread has been on a processor.
fn processor_seconds() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    text.split(' ').next().and_then(|word| word.parse::<f64>().ok()).unwrap_or(0.0) / 1e9
}
