//! A year as it was, at the level of today, under each candidate. Unmet demand is lost.

use super::candidates::{COUNT, cap, per_day};
use super::{Policy, PolicyInput};
use crate::number::mean;

const DAYS: usize = 365;
/// Times that the year is replayed, each with lead times of its own.
const DRAWS: u64 = 3;
/// The level of a year ago says little about today's if it differs by more.
const SCALE: (f64, f64) = (0.4, 2.5);

/// Holding, ordering and lost sales of each candidate.
pub(super) fn costs(
    input: &PolicyInput,
    season: f64,
    candidates: &[Policy; COUNT],
) -> [f64; COUNT] {
    let history = &input.history[input.history.len().saturating_sub(DAYS)..];
    let usual = mean(history);
    let scale = if usual > 0.0 { per_day(&input.history, season) / usual } else { 1.0 };
    let cap = cap(history);
    let days: Vec<f64> =
        history.iter().map(|value| value.min(cap) * scale.clamp(SCALE.0, SCALE.1)).collect();
    let mut costs = [0.0; COUNT];
    for draw in 0..DRAWS {
        let leads = leads(input, days.len(), draw);
        for (cost, candidate) in costs.iter_mut().zip(candidates) {
            *cost += one(input, candidate, &days, &leads, draw as usize);
        }
    }
    costs
}

/// The same for all candidates and items, so that they differ by their merit only.
fn leads(input: &PolicyInput, days: usize, draw: u64) -> Vec<usize> {
    let least = input.lead_days_min.max(0);
    let range = (input.lead_days_max.max(least) - least + 1) as u64;
    let mut seed = draw.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(17);
    let next = |_| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        least as usize + ((seed >> 33) % range) as usize
    };
    (0..days).map(next).collect()
}

fn one(input: &PolicyInput, policy: &Policy, days: &[f64], leads: &[usize], shift: usize) -> f64 {
    let longest = input.lead_days_max.max(0) as usize + 1;
    let mut due = vec![0.0; days.len() + longest];
    let (mut stock, mut on_order, mut cost) = (policy.up_to as f64, 0.0, 0.0);
    let review = input.review_days.max(1) as usize;
    let (at, up_to) = (policy.at as f64, policy.up_to as f64);
    let (pack, moq) = (input.pack.max(1) as f64, input.moq as f64);
    for (day, &demand) in days.iter().enumerate() {
        stock += due[day];
        on_order -= due[day];
        let sold = stock.min(demand);
        stock -= sold;
        cost += (demand - sold) * input.shortage_per_unit + stock * input.holding_per_unit_day;
        if stock + on_order <= at && (day + shift).is_multiple_of(review) {
            let wanted = (up_to - stock - on_order).max(moq);
            let ordered = (wanted / pack).ceil() * pack;
            due[day + leads[day]] += ordered;
            on_order += ordered;
            cost += input.order_cost;
        }
    }
    cost
}
