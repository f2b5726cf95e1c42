//! Demand that comes now and then and may end (Teunter, Syntetos and Babai 2011, "Intermittent
//! demand: linking forecasting to inventory obsolescence"): its chance and its size, each smoothed.

/// Expected demand of a period.
pub(super) fn forecast(values: &[f64], alpha_size: f64, alpha_chance: f64) -> f64 {
    let Some(first) = values.iter().position(|&value| value > 0.0) else { return 0.0 };
    let (mut size, mut chance) = (values[first], 1.0 / (first + 1) as f64);
    for &value in &values[first + 1..] {
        if value > 0.0 {
            size += alpha_size * (value - size);
            chance += alpha_chance * (1.0 - chance);
        } else {
            chance -= alpha_chance * chance;
        }
    }
    size * chance
}
