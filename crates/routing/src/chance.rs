//! Seeded randomness and the two functions that annealing needs, without the platform's math
//! library: its last bits differ between systems, and one bit changes every later decision.

/// SplitMix64 (Steele, Lea, Flood 2014).
#[derive(Debug, Clone)]
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Chance {
        Chance(seed ^ 0x51ab_7e3d_9c04_2f68)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let value = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        value ^ (value >> 31)
    }

    /// Uniform in `0..bound`, by the high half of a product.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.next()) * bound as u128) >> 64) as usize
    }

    /// Uniform in (0, 1].
    pub(crate) fn unit(&mut self) -> f64 {
        ((self.next() >> 11) + 1) as f64 / (1_u64 << 53) as f64
    }

    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

/// Natural logarithm of a positive normal number, to about 1e-9.
pub(crate) fn ln(x: f64) -> f64 {
    let bits = x.to_bits();
    let exponent = ((bits >> 52) & 0x7ff) as i64 - 1023;
    let mantissa = f64::from_bits((bits & 0x000f_ffff_ffff_ffff) | (1023 << 52));
    // ln m = 2 artanh((m - 1) / (m + 1)), and the argument is at most 1/3.
    let z = (mantissa - 1.0) / (mantissa + 1.0);
    let square = z * z;
    let series = (0..10).rev().fold(0.0, |sum, k| sum * square + 1.0 / f64::from(2 * k + 1));
    exponent as f64 * std::f64::consts::LN_2 + 2.0 * z * series
}

/// `base` to the power of a share in 0..=1, bit by bit with square roots.
pub(crate) fn power(base: f64, share: f64) -> f64 {
    let mut bits = (share.clamp(0.0, 1.0) * f64::from(1 << 20)) as u32;
    let mut result = 1.0;
    if bits >> 20 == 1 {
        return base;
    }
    let mut root = base;
    for _ in 0..20 {
        root = root.sqrt();
        bits <<= 1;
        if bits >> 20 & 1 == 1 {
            result *= root;
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logarithm_and_power_equal_the_library() {
        for x in [1e-12, 0.3, 0.999, 1.0, 1.5, 2.0, 77.7] {
            assert!((ln(x) - f64::ln(x)).abs() < 1e-8, "{x}");
        }
        for share in [0.0, 0.1, 0.5, 0.77, 1.0] {
            assert!((power(0.01, share) - f64::powf(0.01, share)).abs() < 1e-5, "{share}");
        }
    }
}
