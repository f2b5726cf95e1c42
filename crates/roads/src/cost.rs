//! Time and length of a way as one number, so that one addition adds both and one comparison
//! prefers the faster way, and of two equally fast ones the shorter.

use domain::{Meters, Seconds};

/// Milliseconds above [`LENGTH_BITS`], decimeters below. Signed, because a start in the middle of
/// a street counts from the beginning of that street: what lies behind it is taken off.
pub(crate) type Cost = i64;

/// 26 bits hold 6,700 km in decimeters, and leave 37 hours in milliseconds below 2^53, up to which
/// the lanes of [`crate::table`] are exact.
pub(crate) const LENGTH_BITS: u32 = 26;

/// No way at all. Two of them still fit, so that sums need no check.
pub(crate) const NEVER: Cost = 1 << 61;

/// A whole street in the unit of positions along it.
pub(crate) const WHOLE: u32 = 65_536;

pub(crate) fn pack(milliseconds: u32, decimeters: u32) -> Cost {
    (Cost::from(milliseconds) << LENGTH_BITS) + Cost::from(decimeters)
}

/// Milliseconds and decimeters.
pub(crate) fn split(cost: Cost) -> (i64, i64) {
    (cost >> LENGTH_BITS, cost & ((1 << LENGTH_BITS) - 1))
}

/// Rounded to whole seconds and meters.
pub(crate) fn whole(cost: Cost) -> (Seconds, Meters) {
    let (milliseconds, decimeters) = split(cost);
    (Seconds((milliseconds + 500) / 1000), Meters((decimeters + 5) / 10))
}

/// `share` / 65536 of a cost, time and length each rounded to nearest.
pub(crate) fn part(cost: Cost, share: u32) -> Cost {
    let (milliseconds, decimeters) = split(cost);
    let scaled = |number: i64| (number * i64::from(share) + 32_768) >> 16;
    (scaled(milliseconds) << LENGTH_BITS) + scaled(decimeters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_and_length_add_and_part_separately() {
        let cost = pack(90_499, 12_344) + pack(1, 1);
        assert_eq!(whole(cost), (Seconds(91), Meters(1235)));
        assert_eq!(part(cost, WHOLE), cost);
        assert_eq!(part(pack(1000, 10), WHOLE / 2), pack(500, 5));
        assert!(pack(5, 900) < pack(6, 1) && pack(5, 1) < pack(5, 2));
    }
}
