//! How long a supplier takes.

use crate::number::{mean, variance};
use serde::{Deserialize, Serialize};

/// Assumed where nothing was observed yet: two weeks, give or take five days.
const UNKNOWN_MEAN_DAYS: f64 = 14.0;
const UNKNOWN_SD_DAYS: f64 = 5.0;
/// With few deliveries the spread seen is smaller than the true one: this many imagined deliveries
/// with a spread of a quarter of the mean are mixed in.
const PRIOR_DELIVERIES: f64 = 2.0;
const PRIOR_SD_SHARE: f64 = 0.25;

/// Days from order to receipt.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct LeadTime {
    pub mean_days: f64,
    pub sd_days: f64,
    /// Deliveries this rests on; 0 is an assumption.
    pub observed: usize,
}

impl LeadTime {
    pub(crate) fn from_observed(days: &[i32]) -> LeadTime {
        let values: Vec<f64> = days.iter().map(|&day| f64::from(day.max(0))).collect();
        if values.is_empty() {
            let (mean_days, sd_days) = (UNKNOWN_MEAN_DAYS, UNKNOWN_SD_DAYS);
            return LeadTime { mean_days, sd_days, observed: 0 };
        }
        let mean_days = mean(&values).max(1.0);
        let count = values.len() as f64;
        let imagined = mean_days * PRIOR_SD_SHARE;
        let mixed = (variance(&values) * (count - 1.0) + imagined * imagined * PRIOR_DELIVERIES)
            / (count - 1.0 + PRIOR_DELIVERIES);
        LeadTime { mean_days, sd_days: mixed.sqrt(), observed: values.len() }
    }
}
