//! What everybody buys, now or at any time: for newcomers, and where nothing else is better.

use crate::baskets::Entry;

pub(crate) struct Popular {
    pub always: Vec<f32>,
    /// The newest eighth and the newest fortieth of the time seen weigh most.
    pub lately: Vec<f32>,
    pub now: Vec<f32>,
}

/// Small enough that a thousand of them are less than one purchase.
const TIE: f32 = 1e-4;
const LATELY_PART: f64 = 8.0;
const NOW_PART: f64 = 40.0;

impl Popular {
    pub fn learn(rows: &[Vec<Entry>], items: usize) -> Popular {
        let times = || rows.iter().flatten().map(|entry| entry.at);
        let (first, last) = (times().min().unwrap_or(0), times().max().unwrap_or(0));
        let span = (last.saturating_sub(first) as f64).max(1.0);
        let mut popular =
            Popular { always: vec![0.0; items], lately: vec![0.0; items], now: vec![0.0; items] };
        for entry in rows.iter().flatten() {
            let age = last.saturating_sub(entry.at) as f64 / span;
            let item = entry.item as usize;
            // Of equally popular items, those bought lately come first.
            popular.always[item] += 1.0 + TIE * faded(age * LATELY_PART);
            popular.lately[item] += faded(age * LATELY_PART);
            popular.now[item] += faded(age * NOW_PART);
        }
        popular
    }
}

/// Falls to a half at 1; a quotient, because it is the same on every machine.
fn faded(parts: f64) -> f32 {
    (1.0 / (1.0 + parts * parts)) as f32
}
