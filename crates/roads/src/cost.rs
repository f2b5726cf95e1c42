//! Rule-keeping, time and length of a way as one number, so that one addition adds all three and
//! one comparison prefers the way that keeps the rules, then the faster, then the shorter.

use domain::{Meters, Seconds};

/// From the top: how often a street for residents and deliveries only is entered, hundredths of a
/// second, decimeters. Signed, because a start in the middle of a street counts from the beginning
/// of that street: what lies behind it is taken off.
pub(crate) type Cost = i64;

/// 3,355 km in decimeters.
pub(crate) const LENGTH_BITS: u32 = 25;
/// 93 hours in hundredths of a second. With three bits above, all stays below 2^53, up to which the
/// lanes of [`crate::table`] are exact.
pub(crate) const TIME_BITS: u32 = 25;

/// Entering a street that is open only to those who stop there. Who stops there enters once, which
/// every way does; who passes through enters once more than by any other way, and loses.
pub(crate) const TRESPASS: Cost = 1 << (LENGTH_BITS + TIME_BITS);

/// No way at all. Two of them still fit, so that sums need no check.
pub(crate) const NEVER: Cost = 1 << 61;

/// A whole street in the unit of positions along it.
pub(crate) const WHOLE: u32 = 65_536;

/// Milliseconds are rounded to hundredths of a second, to nearest but never to nothing.
pub(crate) fn pack(milliseconds: u32, decimeters: u32) -> Cost {
    let hundredths = (Cost::from(milliseconds) + 5) / 10;
    join(hundredths.max(Cost::from(milliseconds > 0)), Cost::from(decimeters))
}

/// Hundredths of a second and decimeters, cut to what fits.
pub(crate) fn join(hundredths: i64, decimeters: i64) -> Cost {
    let fit = |number: i64, bits: u32| number.clamp(0, (1 << bits) - 1);
    (fit(hundredths, TIME_BITS) << LENGTH_BITS) + fit(decimeters, LENGTH_BITS)
}

/// Hundredths of a second and decimeters of a cost that is not negative.
pub(crate) fn split(cost: Cost) -> (i64, i64) {
    ((cost & (TRESPASS - 1)) >> LENGTH_BITS, cost & ((1 << LENGTH_BITS) - 1))
}

/// Rounded to whole seconds and meters.
pub(crate) fn whole(cost: Cost) -> (Seconds, Meters) {
    let (hundredths, decimeters) = split(cost);
    (Seconds((hundredths + 50) / 100), Meters((decimeters + 5) / 10))
}

/// `share` / 65536 of a cost, time and length each rounded to nearest.
pub(crate) fn part(cost: Cost, share: u32) -> Cost {
    let (hundredths, decimeters) = split(cost);
    let scaled = |number: i64| (number * i64::from(share) + 32_768) >> 16;
    join(scaled(hundredths), scaled(decimeters))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_and_length_add_and_part_separately() {
        let cost = pack(90_490, 12_344) + pack(10, 1);
        assert_eq!(whole(cost), (Seconds(91), Meters(1235)));
        assert_eq!(whole(cost + TRESPASS), whole(cost));
        assert_eq!(part(cost, WHOLE), cost);
        assert_eq!(part(pack(1000, 10), WHOLE / 2), pack(500, 5));
        assert!(pack(50, 900) < pack(60, 1) && pack(5, 1) < pack(5, 2));
        assert!(pack(u32::MAX, u32::MAX) < TRESPASS);
    }
}
