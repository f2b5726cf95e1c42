//! How many meters a pick line at a face adds to the walks.

/// For faces at ascending `meters` with `shares` of the lines: the meters that one more line at each
/// face adds to a walk of `lines`.
///
/// A walk reaches beyond a point unless all its lines lie before it: with `F` the share of lines up
/// to `x`, its length is `2 * integral of (1 - F(x)^lines)`. Moving a small share across a stretch
/// changes that by `lines * F^(lines - 1)` for each meter. The length is concave in the shares, so
/// larger moves save more than this says, never less.
pub(super) fn meters_added(meters: &[i64], shares: &[f64], lines: u32) -> Vec<f64> {
    let (mut before, mut at, mut added) = (0.0_f64, 0, 0.0);
    meters
        .iter()
        .zip(shares)
        .map(|(&meter, share)| {
            let stretch = (meter.max(0) - at).max(0) as f64;
            // A line alone walks all the way, whatever the others do.
            added += 2.0 * stretch * power(before.min(1.0), lines.max(1) - 1);
            at = at.max(meter);
            before += share;
            added
        })
        .collect()
}

/// By multiplication: the library's own differs between machines.
fn power(base: f64, exponent: u32) -> f64 {
    let (mut result, mut square, mut left) = (1.0, base, exponent);
    while left > 0 {
        if left % 2 == 1 {
            result *= square;
        }
        square *= square;
        left /= 2;
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn walks_by_table() {
        // Lines on a walk -> meters added by one more line at 10, 20 and 40 meters.
        let rows = [(1, [20.0, 40.0, 80.0]), (2, [0.0, 10.0, 40.0]), (3, [0.0, 5.0, 27.5])];
        for (lines, expected) in rows {
            let found = meters_added(&[10, 20, 40], &[0.5, 0.25, 0.25], lines);
            assert_eq!(found, expected, "{lines}");
        }
    }
}
