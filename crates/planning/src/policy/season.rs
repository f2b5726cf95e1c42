//! The time of year, learned from all items together: one alone is too noisy to tell.

use crate::number::mean;
use serde::{Deserialize, Serialize};

/// Days that are compared with the days a year before what is ahead.
const BASE_DAYS: usize = 90;
const YEAR_DAYS: usize = 365;
/// Beyond these a season is a change of the trade.
const FACTOR: (f64, f64) = (0.6, 2.0);
/// One item counts for no more than so many times its mean on one day.
const DAY_MAX: f64 = 20.0;

/// The mean item, day by day.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SharedSeason {
    days: Vec<f64>,
}

impl SharedSeason {
    /// From histories that end on the same day.
    pub fn learn<'a>(histories: impl IntoIterator<Item = &'a [f64]>) -> SharedSeason {
        let mut days: Vec<f64> = Vec::new();
        for history in histories {
            let usual = mean(history);
            if usual <= 0.0 {
                continue;
            }
            if history.len() > days.len() {
                let missing = history.len() - days.len();
                days.splice(0..0, vec![0.0; missing]);
            }
            let from = days.len() - history.len();
            for (sum, value) in days[from..].iter_mut().zip(history) {
                *sum += (value / usual).min(DAY_MAX);
            }
        }
        SharedSeason { days }
    }

    /// How the next `ahead` days compare with the last quarter, going by the year before.
    pub fn factor(&self, ahead: usize) -> f64 {
        let Some(same) = self.days.len().checked_sub(YEAR_DAYS) else { return 1.0 };
        if same < BASE_DAYS / 2 {
            return 1.0;
        }
        let then = mean(&self.days[same..(same + ahead).min(self.days.len())]);
        let before = mean(&self.days[same.saturating_sub(BASE_DAYS)..same]);
        if before <= 0.0 { 1.0 } else { (then / before).clamp(FACTOR.0, FACTOR.1) }
    }
}
