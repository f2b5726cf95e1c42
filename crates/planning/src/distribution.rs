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

/// The chance that demand stays at or below `stock`, and how much is expected to be missing.
pub(crate) fn shortfall(mean: f64, variance: f64, stock: i64) -> (f64, f64) {
    if mean <= 0.0 {
        let owed = stock.min(0).saturating_neg() as f64;
        return (if stock >= 0 { 1.0 } else { 0.0 }, owed);
    }
    if stock < 0 {
        return (0.0, mean - stock as f64);
    }
    if mean > COUNT_MEAN_MAX {
        return normal_shortfall(mean, variance.max(mean).sqrt(), stock as f64);
    }
    let (first, ratio, start) = panjer(mean, variance);
    // E[(D - stock)+] = E[D] - sum of P(D > k) for k below stock.
    let (mut probability, mut sum, mut met) = (start, start, 0.0);
    // Beyond the bound all chances are one.
    let most = (mean + 40.0 * variance.max(mean).sqrt() + 50.0) as i64;
    for count in 0..stock.min(most) {
        met += 1.0 - sum;
        probability *= (first + ratio * count as f64) / (count + 1) as f64;
        sum = (sum + probability).min(1.0);
    }
    (sum.min(1.0), (mean - met).max(0.0))
}

/// Chance below and expected excess of a normal distribution; the chance by Abramowitz and Stegun
/// 26.2.17, to 7.5e-8.
fn normal_shortfall(mean: f64, sd: f64, stock: f64) -> (f64, f64) {
    let z = (stock - mean) / sd;
    let density = exp(-z * z / 2.0) / (2.0 * std::f64::consts::PI).sqrt();
    let t = 1.0 / (1.0 + 0.231_641_9 * z.abs());
    let poly = t
        * (0.319_381_530
            + t * (-0.356_563_782
                + t * (1.781_477_937 + t * (-1.821_255_978 + t * 1.330_274_429))));
    let above = if z >= 0.0 { density * poly } else { 1.0 - density * poly };
    (1.0 - above, (sd * (density - z * above)).max(0.0))
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

    #[test]
    fn shortfalls_by_table() {
        // Mean, variance, stock: chance that it lasts, expected to be missing, in thousandths.
        let rows = [
            (0.0, 0.0, 0, 1_000, 0),
            (0.0, 0.0, -3, 0, 3_000),
            (1.0, 1.0, 0, 368, 1_000),
            (1.0, 1.0, 1, 736, 368),
            (2.0, 4.0, 0, 250, 2_000),
            (1000.0, 10_000.0, 1000, 500, 39_894),
            (1000.0, 10_000.0, 1200, 977, 849),
        ];
        for (mean, variance, stock, lasts, missing) in rows {
            let found = shortfall(mean, variance, stock);
            let milli = ((found.0 * 1e3).round() as i64, (found.1 * 1e3).round() as i64);
            assert_eq!(milli, (lasts, missing), "{mean} {variance} {stock}");
        }
    }
}
