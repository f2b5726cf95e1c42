//! How many pieces a given chance stays below.

use crate::number::{exp, ln, normal_quantile};

/// Above this mean the counts are many enough for the normal shape, with a floor at zero.
const COUNT_MEAN_MAX: f64 = 400.0;

/// The smallest whole number that demand stays at or below with probability `level`: negative
/// binomial where the variance exceeds the mean, else Poisson.
pub(crate) fn quantile(mean: f64, variance: f64, level: f64) -> i64 {
    if mean <= 0.0 {
        return 0;
    }
    let level = level.clamp(0.0, 0.999_9);
    if mean > COUNT_MEAN_MAX {
        let value = mean + normal_quantile(level) * variance.max(mean).sqrt();
        return value.max(0.0).ceil() as i64;
    }
    counted_quantile(mean, variance, level)
}

/// `a`, `b` and `P(0)` of `P(k + 1) = P(k) (a + b k) / (k + 1)`, for both shapes (Panjer).
fn panjer(mean: f64, variance: f64) -> (f64, f64, f64) {
    if variance > mean * 1.001 {
        let failure = 1.0 - mean / variance;
        let size = mean * mean / (variance - mean);
        (size * failure, failure, exp(size * ln(1.0 - failure)))
    } else {
        (mean, 0.0, exp(-mean))
    }
}

fn counted_quantile(mean: f64, variance: f64, level: f64) -> i64 {
    let (first, ratio, start) = panjer(mean, variance);
    // With a huge variance the sum converges slowly; the bound ends it.
    let most = (mean + 40.0 * variance.max(mean).sqrt() + 50.0) as i64;
    let (mut probability, mut sum) = (start, start);
    let mut count = 0;
    while sum < level && count < most {
        probability *= (first + ratio * count as f64) / (count + 1) as f64;
        sum += probability;
        count += 1;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_by_table() {
        // Mean, variance, level: from tables of the Poisson and negative binomial distributions.
        let rows = [
            (0.0, 0.0, 0.9, 0),
            (1.0, 1.0, 0.5, 1),
            (1.0, 1.0, 0.95, 3),
            (5.0, 5.0, 0.9, 8),
            (2.0, 4.0, 0.6, 2),
            (2.0, 4.0, 0.95, 6),
            (1000.0, 10_000.0, 0.5, 1000),
        ];
        for (mean, variance, level, expected) in rows {
            assert_eq!(quantile(mean, variance, level), expected, "{mean} {variance} {level}");
        }
    }
}
