//! The places of a new house: shelves by aisle, bay and level, and what every floor needs beside them.

use domain::{Bin, BinKind, Grams, LocationCode, Milliliters};

/// Aisles are letters, so there are no more of them.
const AISLES_MAX: u32 = 26;
const BAYS_MAX: u32 = 99;
const LEVELS_MAX: u32 = 9;
const FLOOR_CAPACITY: Milliliters = Milliliters(50_000_000);
const PICK_CAPACITY: Milliliters = Milliliters(120_000);
const BULK_CAPACITY: Milliliters = Milliliters(480_000);
const BIN_WEIGHT: Grams = Grams(400_000);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shelves {
    pub aisles: u32,
    pub bays: u32,
    pub levels: u32,
    /// From the floor up, within reach of a person; what is above is reserve.
    pub pick_levels: u32,
}

/// Which measure is out of its bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooMany {
    pub what: &'static str,
    pub most: u32,
}

impl Shelves {
    /// Bins named `A-01-1`, in the order of a walk that goes up one aisle and down the next.
    pub fn bins(&self) -> Result<Vec<Bin>, TooMany> {
        for (what, count, most) in [
            ("aisles", self.aisles, AISLES_MAX),
            ("bays", self.bays, BAYS_MAX),
            ("levels", self.levels, LEVELS_MAX),
        ] {
            if count > most {
                return Err(TooMany { what, most });
            }
        }
        let mut bins = Vec::new();
        for aisle in 0..self.aisles {
            let letter = char::from(b'A' + aisle as u8);
            for bay in 1..=self.bays {
                let along = if aisle % 2 == 0 { bay } else { self.bays + 1 - bay };
                for level in 1..=self.levels {
                    let reach = level <= self.pick_levels;
                    let walk = i64::from((aisle * self.bays + along) * 10 + level);
                    let (kind, capacity) = if reach {
                        (BinKind::Pick, PICK_CAPACITY)
                    } else {
                        (BinKind::Bulk, BULK_CAPACITY)
                    };
                    let code = format!("{letter}-{bay:02}-{level}");
                    bins.extend(bin(&code, kind, &letter.to_string(), walk, capacity));
                }
            }
        }
        Ok(bins)
    }
}

/// Where goods come in, are packed, wait for a van, and are kept aside.
pub fn floor() -> Vec<Bin> {
    [
        ("DOCK-1", BinKind::Dock),
        ("PACK-1", BinKind::Pack),
        ("STAGE-1", BinKind::Stage),
        ("QUAR-1", BinKind::Quarantine),
    ]
    .into_iter()
    .filter_map(|(code, kind)| bin(code, kind, "Floor", 0, FLOOR_CAPACITY))
    .collect()
}

fn bin(code: &str, kind: BinKind, zone: &str, walk: i64, capacity: Milliliters) -> Option<Bin> {
    let code = LocationCode::parse(code).ok()?;
    Some(Bin { code, kind, zone: zone.to_owned(), walk, capacity, max_weight: BIN_WEIGHT })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shelves_are_walked_up_one_aisle_and_down_the_next() {
        let bins =
            Shelves { aisles: 2, bays: 3, levels: 2, pick_levels: 1 }.bins().unwrap_or_default();
        assert_eq!(bins.len(), 12);
        let mut walked: Vec<&Bin> = bins.iter().filter(|bin| bin.kind == BinKind::Pick).collect();
        walked.sort_by_key(|bin| bin.walk);
        let codes: Vec<String> = walked.iter().map(|bin| bin.code.to_string()).collect();
        assert_eq!(codes, ["A-01-1", "A-02-1", "A-03-1", "B-03-1", "B-02-1", "B-01-1"]);
    }

    #[test]
    fn more_than_a_name_can_tell_is_refused() {
        let shelves = Shelves { aisles: 27, bays: 1, levels: 1, pick_levels: 1 };
        assert_eq!(shelves.bins(), Err(TooMany { what: "aisles", most: 26 }));
    }
}
