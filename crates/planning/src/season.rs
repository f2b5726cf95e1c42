//! The week: how each weekday compares with the average day.

/// Weeks needed before weekdays are told apart.
const WEEKS_MIN: usize = 4;
/// Weight of the average day against each weekday's own, in weeks: pulls noise toward 1.
const SHRINK_WEEKS: f64 = 3.0;

/// Factors by position in the week. Day `i` of the series has position `i % 7`.
pub(crate) fn week_factors(series: &[f64]) -> [f64; 7] {
    let mut factors = [1.0; 7];
    let total: f64 = series.iter().sum();
    if series.len() < WEEKS_MIN * 7 || total <= 0.0 {
        return factors;
    }
    let average = total / series.len() as f64;
    for (position, factor) in factors.iter_mut().enumerate() {
        let days: Vec<f64> = series.iter().skip(position).step_by(7).copied().collect();
        let count = days.len() as f64;
        *factor = (days.iter().sum::<f64>() / average + SHRINK_WEEKS) / (count + SHRINK_WEEKS);
    }
    let sum: f64 = factors.iter().sum();
    factors.map(|factor| factor * 7.0 / sum)
}
