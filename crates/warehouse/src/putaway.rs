//! Where goods should go: from the dock to a bin, and from bulk to a pick face.

use domain::{BinKind, LocationCode, Qty};

/// A bin that could take the goods.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub location: LocationCode,
    pub kind: BinKind,
    pub holds_sku: bool,
    /// How many units of the SKU still fit.
    pub room_units: i64,
    pub walk: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    SamePickFace,
    SameBulk,
    EmptyPickFace,
    EmptyBulk,
}

/// The best places first: beside its own kind at the pick face, then in bulk, then the nearest
/// empty bin. A bin without room for all of it is left out: two walks cost more than one.
pub fn propose(places: &[Place], qty: Qty, max: usize) -> Vec<(LocationCode, Why)> {
    let mut fitting: Vec<(Why, i64, &LocationCode)> = places
        .iter()
        .filter(|place| place.room_units >= qty.0)
        .filter_map(|place| Some((why(place)?, place.walk, &place.location)))
        .collect();
    fitting.sort();
    fitting.into_iter().take(max).map(|(why, _, location)| (location.clone(), why)).collect()
}

fn why(place: &Place) -> Option<Why> {
    match (place.kind, place.holds_sku) {
        (BinKind::Pick, true) => Some(Why::SamePickFace),
        (BinKind::Bulk, true) => Some(Why::SameBulk),
        (BinKind::Pick, false) => Some(Why::EmptyPickFace),
        (BinKind::Bulk, false) => Some(Why::EmptyBulk),
        (
            BinKind::Dock | BinKind::Pack | BinKind::Stage | BinKind::Quarantine | BinKind::Van,
            _,
        ) => None,
    }
}

/// How many units of `unit_ml` still fit beside `used_ml`. Capacity 0 means nobody has measured
/// the bin: it takes anything.
pub fn room_units(capacity_ml: i64, used_ml: i64, unit_ml: i64) -> i64 {
    if capacity_ml <= 0 || unit_ml <= 0 {
        return i64::MAX;
    }
    (capacity_ml - used_ml).max(0) / unit_ml
}

/// A pick face and what stands behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Face {
    pub on_hand: i64,
    /// Units the face holds when full.
    pub capacity_units: i64,
    /// Expected demand of two days.
    pub two_days: i64,
    /// In bulk and promised to no picker.
    pub bulk_free: i64,
}

/// Refill when two days of demand are no longer there, or a fifth of the face is left; up to a
/// week's demand, or half the face where nothing is known of demand.
pub fn refill_qty(face: Face) -> Option<Qty> {
    let fifth = if face.capacity_units == i64::MAX { 0 } else { face.capacity_units / 5 };
    let low = face.on_hand < face.two_days || face.on_hand <= fifth;
    let week = week(face.two_days);
    let half = if face.capacity_units == i64::MAX { 1 } else { (face.capacity_units / 2).max(1) };
    let target = if week > 0 { week } else { half };
    let room = face.capacity_units.saturating_sub(face.on_hand);
    let qty = (target - face.on_hand).min(room).min(face.bulk_free);
    (low && qty > 0).then_some(Qty(qty))
}

/// True when no face, however large, would be refilled: a week's demand is there.
pub fn enough(on_hand: i64, two_days: i64) -> bool {
    two_days > 0 && on_hand >= week(two_days)
}

fn week(two_days: i64) -> i64 {
    (two_days * 7 + 1) / 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(code: &str, kind: BinKind, holds_sku: bool, room_units: i64, walk: i64) -> Place {
        Place { location: LocationCode::parse(code).unwrap(), kind, holds_sku, room_units, walk }
    }

    #[test]
    fn its_own_pick_face_then_bulk_then_the_nearest_empty_bin() {
        let places = [
            place("E1", BinKind::Pick, false, 50, 3),
            place("E0", BinKind::Pick, false, 50, 9),
            place("B1", BinKind::Bulk, true, 500, 8),
            place("P2", BinKind::Pick, true, 4, 1),
            place("P1", BinKind::Pick, true, 20, 7),
            place("D1", BinKind::Dock, true, 99, 0),
        ];
        let rows = [(5, "P1 B1 E1 E0"), (21, "B1 E1 E0"), (51, "B1"), (501, "")];
        for (qty, wanted) in rows {
            let found = propose(&places, Qty(qty), 9);
            let text: Vec<_> = found.iter().map(|(location, _)| location.as_str()).collect();
            assert_eq!(text.join(" "), wanted, "{qty}");
        }
    }

    #[test]
    fn faces_are_refilled_when_low_and_never_past_their_room() {
        // on hand, capacity, two days, bulk -> qty
        let rows = [
            (50, 100, 10, 500, None),
            (9, 100, 10, 500, Some(26)),
            (20, 100, 0, 500, Some(30)),
            (0, 10, 10, 500, Some(10)),
            (0, 100, 10, 7, Some(7)),
            (0, 100, 10, 0, None),
            (0, i64::MAX, 4, 90, Some(14)),
        ];
        for (on_hand, capacity_units, two_days, bulk_free, wanted) in rows {
            let face = Face { on_hand, capacity_units, two_days, bulk_free };
            assert_eq!(refill_qty(face).map(|qty| qty.0), wanted, "{face:?}");
        }
    }
}
