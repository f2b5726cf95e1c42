//! Time to plan many SKUs with two years each, and one that changed: `bench-plan SKUS`.

#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::unwrap_used)]

use planning::{Experience, PolicyInput, Rhythm, SharedSeason, Trial, outlook};
use std::time::Instant;

const DAYS: usize = 730;

fn main() {
    let count: usize = std::env::args().nth(1).unwrap().parse().unwrap();
    let mut seed = 1_u64;
    let mut dice = |bound: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % bound
    };
    let inputs: Vec<PolicyInput> = (0..count)
        .map(|_| {
            // From daily sellers to one sale a month.
            let often = 1 + dice(30);
            let size = 1 + dice(12);
            let history = (0..DAYS)
                .map(|_| if dice(often) == 0 { (1 + dice(size)) as f64 } else { 0.0 })
                .collect();
            PolicyInput {
                history,
                lead_days_min: 3 + dice(10) as i64,
                lead_days_max: 14 + dice(14) as i64,
                review_days: 1,
                moq: 1,
                pack: 1,
                holding_per_unit_day: 0.002,
                order_cost: 3.0,
                shortage_per_unit: 2.0,
            }
        })
        .collect();
    let start = Instant::now();
    let season = SharedSeason::learn(inputs.iter().map(|input| input.history.as_slice()));
    // One thread for each half: the crate itself starts none.
    let (left, right) = inputs.split_at(count / 2);
    let work = |inputs: &[PolicyInput]| -> Vec<Trial> {
        inputs.iter().map(|input| plan(input, &season)).collect()
    };
    let (left, right) = std::thread::scope(|scope| {
        let other = scope.spawn(|| work(right));
        (work(left), other.join().unwrap())
    });
    let experience = Experience::learn(left.iter().chain(&right));
    let total: i64 = left.iter().chain(&right).map(|trial| trial.choose(&experience).up_to).sum();
    println!("{count} SKUs planned in {:.2?} ({total} pieces)", start.elapsed());
    let start = Instant::now();
    let policy = plan(&inputs[0], &season).choose(&experience);
    println!("one SKU in {:.2?} ({policy:?})", start.elapsed());
}

/// Four weeks ahead, and the policies replayed.
fn plan(input: &PolicyInput, season: &SharedSeason) -> Trial {
    let history: Vec<Option<f64>> = input.history.iter().map(|&value| Some(value)).collect();
    let ahead = outlook(&history, Rhythm::Daily, 28).unwrap();
    assert!(ahead.sum(28).mean >= 0.0);
    Trial::of(input, season.factor(28))
}
