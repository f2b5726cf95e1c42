//! The few transcendental functions that estimates need, from `+ - * /` and `sqrt` alone: the
//! platform's own differ in the last bits, and two stations must propose the same order.

/// `e^x`, to about 1e-12 relative.
pub(crate) fn exp(x: f64) -> f64 {
    if x < -700.0 {
        return 0.0;
    }
    let x = x.min(700.0);
    // Halve until the series is short, then square back up.
    let mut halvings = 0;
    let mut small = x;
    while small.abs() > 0.25 {
        small /= 2.0;
        halvings += 1;
    }
    let mut term = 1.0;
    let mut sum = 1.0;
    for k in 1..=12_u32 {
        term *= small / f64::from(k);
        sum += term;
    }
    (0..halvings).fold(sum, |power, _| power * power)
}

/// Natural logarithm of a positive number, to about 1e-12.
pub(crate) fn ln(x: f64) -> f64 {
    let bits = x.to_bits();
    let exponent = ((bits >> 52) & 0x7ff) as i64 - 1023;
    let mantissa = f64::from_bits((bits & 0x000f_ffff_ffff_ffff) | (1023 << 52));
    let z = (mantissa - 1.0) / (mantissa + 1.0);
    let square = z * z;
    let series = (0..14).rev().fold(0.0, |sum, k| sum * square + 1.0 / f64::from(2 * k + 1));
    exponent as f64 * std::f64::consts::LN_2 + 2.0 * z * series
}

/// Standard normal quantile of a probability in (0, 1): Abramowitz and Stegun 26.2.23, to 4.5e-4.
pub(crate) fn normal_quantile(probability: f64) -> f64 {
    let p = probability.clamp(1e-6, 1.0 - 1e-6);
    let tail = p.min(1.0 - p);
    let t = (-2.0 * ln(tail)).sqrt();
    let above = 2.515_517 + 0.802_853 * t + 0.010_328 * t * t;
    let below = 1.0 + 1.432_788 * t + 0.189_269 * t * t + 0.001_308 * t * t * t;
    let z = t - above / below;
    if p < 0.5 { -z } else { z }
}

pub(crate) fn mean(values: &[f64]) -> f64 {
    if values.is_empty() { 0.0 } else { values.iter().sum::<f64>() / values.len() as f64 }
}

/// Unbiased variance; 0 for fewer than two values.
pub(crate) fn variance(values: &[f64]) -> f64 {
    if values.len() < 2 {
        return 0.0;
    }
    let middle = mean(values);
    let squares: f64 = values.iter().map(|value| (value - middle) * (value - middle)).sum();
    squares / (values.len() - 1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_equal_the_library() {
        for x in [-30.0, -1.0, 0.0, 0.1, 1.0, 12.5, 50.0] {
            assert!((exp(x) / f64::exp(x) - 1.0).abs() < 1e-11, "{x}");
        }
        for x in [1e-9, 0.2, 1.0, 3.0, 1e9] {
            assert!((ln(x) - f64::ln(x)).abs() < 1e-10, "{x}");
        }
        for (p, z) in [(0.5, 0.0), (0.9, 1.2816), (0.95, 1.6449), (0.99, 2.3263), (0.05, -1.6449)] {
            assert!((normal_quantile(p) - z).abs() < 1e-3, "{p}");
        }
    }
}
