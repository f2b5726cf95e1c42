//! Boxes, and which one to propose.

use domain::{Grams, Milliliters};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BoxType {
    pub code: &'static str,
    pub name_en: &'static str,
    pub name_zh: &'static str,
    /// Inner length, width and height in millimeters.
    pub inner_mm: [i64; 3],
    pub max_weight: Grams,
    pub tare: Grams,
}

/// Common single-wall sizes, smallest first.
pub const BOXES: [BoxType; 5] = [
    BoxType {
        code: "S",
        name_en: "Small box",
        name_zh: "小箱",
        inner_mm: [200, 150, 100],
        max_weight: Grams(5_000),
        tare: Grams(90),
    },
    BoxType {
        code: "M",
        name_en: "Medium box",
        name_zh: "中箱",
        inner_mm: [300, 220, 160],
        max_weight: Grams(10_000),
        tare: Grams(180),
    },
    BoxType {
        code: "L",
        name_en: "Large box",
        name_zh: "大箱",
        inner_mm: [400, 300, 250],
        max_weight: Grams(20_000),
        tare: Grams(340),
    },
    BoxType {
        code: "XL",
        name_en: "Extra large box",
        name_zh: "特大箱",
        inner_mm: [600, 400, 400],
        max_weight: Grams(30_000),
        tare: Grams(720),
    },
    BoxType {
        code: "BAG",
        name_en: "Mailing bag",
        name_zh: "快递袋",
        inner_mm: [350, 250, 40],
        max_weight: Grams(2_000),
        tare: Grams(20),
    },
];

/// Goods never fill a box completely; three quarters is what packers reach in practice with mixed
/// shapes.
const FILL_PERCENT: i64 = 75;

impl BoxType {
    pub fn volume(&self) -> Milliliters {
        Milliliters(self.inner_mm.iter().product::<i64>() / 1000)
    }
}

pub fn find(code: &str) -> Option<&'static BoxType> {
    BOXES.iter().find(|b| b.code == code)
}

/// The smallest box that takes the weight and the volume; the largest when none does, because a
/// second carton will follow.
pub fn propose(weight: Grams, volume: Milliliters) -> &'static BoxType {
    BOXES
        .iter()
        .filter(|b| weight <= b.max_weight && volume.0 * 100 <= b.volume().0 * FILL_PERCENT)
        .min_by_key(|b| b.volume())
        .unwrap_or(&BOXES[3])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_box_that_fits_is_proposed() {
        for (grams, milliliters, code) in
            [(300, 900, "S"), (300, 5_000, "M"), (6_000, 900, "M"), (90_000, 900_000, "XL")]
        {
            assert_eq!(propose(Grams(grams), Milliliters(milliliters)).code, code);
        }
    }
}
