//! The number of a tile: zoom by zoom, and within one along a Hilbert curve.

pub(crate) fn tile_id(z: u8, x: u32, y: u32) -> u64 {
    let (mut x, mut y) = (x, y);
    let mut id = ((1_u64 << (2 * u32::from(z))) - 1) / 3;
    let mut side = (1_u32 << z) / 2;
    while side > 0 {
        let (right, down) = (u64::from(x & side != 0), u64::from(y & side != 0));
        id += u64::from(side) * u64::from(side) * ((3 * right) ^ down);
        if down == 0 {
            if right == 1 {
                // Only the bits below `side` are looked at from here on.
                x = (side - 1).wrapping_sub(x);
                y = (side - 1).wrapping_sub(y);
            }
            std::mem::swap(&mut x, &mut y);
        }
        side /= 2;
    }
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_those_of_the_specification() {
        let rows = [
            ((0, 0, 0), 0),
            ((1, 0, 0), 1),
            ((1, 0, 1), 2),
            ((1, 1, 1), 3),
            ((1, 1, 0), 4),
            ((2, 0, 0), 5),
            ((12, 3423, 1763), 19_078_479),
        ];
        for ((z, x, y), id) in rows {
            assert_eq!(tile_id(z, x, y), id, "{z}/{x}/{y}");
        }
    }
}
