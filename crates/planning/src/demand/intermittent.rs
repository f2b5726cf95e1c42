//! Demand that comes now and then: the middle of methods that err in different ways.

use super::series::Rhythm;
use super::{imapa, level, theta, tsb};
use crate::number::mean;

/// Periods without demand, as a share in thousandths, from which a series is intermittent. About
/// the mean interval of 1.32 of Syntetos, Boylan and Croston (2005).
const ZEROS_MILLI: usize = 250;

pub(super) fn is_intermittent(values: &[f64]) -> bool {
    let zeros = values.iter().filter(|&&value| value <= 0.0).count();
    zeros * 1000 > values.len() * ZEROS_MILLI
}

/// Expected demand of a period.
pub(super) fn expected(values: &[f64], rhythm: Rhythm) -> f64 {
    let window = |width: usize| mean(&values[values.len() - width.min(values.len())..]);
    // A day says less than a month: the weights are smaller and the windows longer.
    let found = match rhythm {
        Rhythm::Daily => [
            tsb::forecast(values, 0.1, 0.05),
            tsb::forecast(values, 0.05, 0.03),
            level::best_of(values, &[0.02, 0.05, 0.1, 0.2]),
            imapa::forecast(values, &[0.05, 0.1, 0.2, 0.3]),
            window(56),
        ],
        Rhythm::Weekly | Rhythm::Monthly | Rhythm::Quarterly | Rhythm::Yearly => [
            tsb::forecast(values, 0.2, 0.2),
            level::best_of(values, &[0.1, 0.15, 0.2, 0.25, 0.3]),
            imapa::forecast(values, &[0.1, 0.15, 0.2, 0.25, 0.3]),
            level::with_weight(values, 0.15),
            window(12),
        ],
    };
    middle(found)
}

/// The same with a share of methods that care less for single large orders: nearer to what will
/// be seen in most periods, and too low for a stock that must last.
pub(super) fn usual(values: &[f64], expected: f64, rhythm: Rhythm) -> f64 {
    expected * (1.0 - ROBUST_SHARE) + robust(values, rhythm) * ROBUST_SHARE
}

/// Mean without the highest and the lowest.
fn middle(mut found: [f64; 5]) -> f64 {
    found.sort_by(f64::total_cmp);
    mean(&found[1..4])
}

/// Share of the methods on the scale of roots, where one large order weighs less.
const ROBUST_SHARE: f64 = 0.4;

fn robust(values: &[f64], rhythm: Rhythm) -> f64 {
    let root: Vec<f64> = values.iter().map(|value| value.sqrt()).collect();
    let level = match rhythm {
        Rhythm::Daily => level::best_of(&root, &[0.02, 0.05, 0.1, 0.2]),
        Rhythm::Weekly | Rhythm::Monthly | Rhythm::Quarterly | Rhythm::Yearly => {
            theta::forecast(&root, 1)[0].max(0.0)
        }
    };
    level * level
}
