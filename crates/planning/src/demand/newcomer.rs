//! What a new product will sell, from how others of its category did when they were new.

use serde::{Deserialize, Serialize};

/// Days that a week of the curve stands for.
const WEEK: usize = 7;
/// Of the category's spread between products, known too little with few of them: this many imagined
/// products as different as they are large on average are mixed in.
const PRODUCTS_PRIOR: f64 = 2.0;

/// Demand of a day by weeks since the first sale, for the mean product of a category.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct CategoryCurve {
    per_day: Vec<f64>,
    /// How different products are: variance of their levels against the curve's.
    apart: f64,
}

impl CategoryCurve {
    /// From daily histories, each starting with the product's first day.
    pub fn learn<'a>(histories: impl IntoIterator<Item = &'a [f64]>) -> CategoryCurve {
        let histories: Vec<&[f64]> = histories.into_iter().filter(|h| h.len() >= WEEK).collect();
        let weeks = histories.iter().map(|history| history.len() / WEEK).max().unwrap_or(0);
        let per_day: Vec<f64> = (0..weeks)
            .map(|week| {
                let known = histories.iter().filter_map(|h| h.get(week * WEEK..(week + 1) * WEEK));
                let (sum, count) =
                    known.fold((0.0, 0.0), |(sum, n), w| (sum + w.iter().sum::<f64>(), n + 1.0));
                sum / (count * WEEK as f64)
            })
            .collect();
        let mut curve = CategoryCurve { per_day, apart: 1.0 };
        let levels = histories.iter().filter_map(|history| {
            let expected = curve.expected(0, history.len());
            (expected > 0.0).then(|| history.iter().sum::<f64>() / expected - 1.0)
        });
        let (sum, count) =
            levels.fold((0.0, 0.0), |(sum, n), apart| (sum + apart * apart, n + 1.0));
        curve.apart = (sum + PRODUCTS_PRIOR) / (count + PRODUCTS_PRIOR);
        curve
    }

    /// Expected demand of `days` days from an age in days on.
    fn expected(&self, age: usize, days: usize) -> f64 {
        let last = self.per_day.last().copied().unwrap_or(0.0);
        let at = |day: usize| self.per_day.get(day / WEEK).copied().unwrap_or(last);
        (age..age + days).map(at).sum()
    }

    /// Expected demand of each of the next days for a product with this history since its first
    /// day: the curve, at the product's own level as far as that is known. A gamma prior on the
    /// level and counted sales give the mean of both, weighted (Bühlmann credibility).
    pub fn ahead(&self, history: &[f64], horizon: usize) -> Vec<f64> {
        let expected = self.expected(0, history.len());
        let sold: f64 = history.iter().map(|value| value.max(0.0)).sum();
        let certainty = 1.0 / self.apart.max(1e-6);
        let level = (certainty + sold) / (certainty + expected);
        (0..horizon).map(|step| level * self.expected(history.len() + step, 1)).collect()
    }
}
