//! The flat world of web maps: one square of 2^30 units, x east and y south.
//!
//! A unit is 4 cm at the equator and an eighth of the finest step a tile of zoom 15 can hold, so
//! everything after the projection is done in integers.

use domain::LonLat;
use std::f64::consts::PI;

pub(crate) const WORLD_BITS: u32 = 30;
const WORLD: f64 = (1_u32 << WORLD_BITS) as f64;
/// Beyond this latitude the square ends.
const LAT_MAX: f64 = 85.051_128_78;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct P {
    pub x: i32,
    pub y: i32,
}

impl P {
    pub fn new(x: i32, y: i32) -> P {
        P { x, y }
    }
}

pub(crate) fn project(place: LonLat) -> P {
    let latitude = place.lat().clamp(-LAT_MAX, LAT_MAX).to_radians();
    let x = (place.lon() + 180.0) / 360.0 * WORLD;
    let y = (0.5 - latitude.tan().asinh() / (2.0 * PI)) * WORLD;
    let inside = |value: f64| value.round().clamp(0.0, WORLD) as i32;
    P { x: inside(x), y: inside(y) }
}

/// Back to degrees.
pub(crate) fn unproject(point: P) -> (f64, f64) {
    let lon = f64::from(point.x) / WORLD * 360.0 - 180.0;
    let lat = (PI * (1.0 - 2.0 * f64::from(point.y) / WORLD)).sinh().atan().to_degrees();
    (lon, lat)
}

/// A rectangle, its edges included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rect {
    pub low: P,
    pub high: P,
}

impl Rect {
    pub fn around<'a>(points: impl IntoIterator<Item = &'a P>) -> Option<Rect> {
        let mut points = points.into_iter();
        let &first = points.next()?;
        let mut rect = Rect { low: first, high: first };
        for point in points {
            rect.low = P::new(rect.low.x.min(point.x), rect.low.y.min(point.y));
            rect.high = P::new(rect.high.x.max(point.x), rect.high.y.max(point.y));
        }
        Some(rect)
    }

    pub fn meets(&self, other: &Rect) -> bool {
        self.low.x <= other.high.x
            && other.low.x <= self.high.x
            && self.low.y <= other.high.y
            && other.low.y <= self.high.y
    }

    pub fn is_inside(&self, outer: &Rect) -> bool {
        self.low.x >= outer.low.x
            && self.low.y >= outer.low.y
            && self.high.x <= outer.high.x
            && self.high.y <= outer.high.y
    }
}

/// Twice the signed area; positive is clockwise on the screen, the outside of a polygon.
pub(crate) fn area2(ring: &[P]) -> i64 {
    let Some(&origin) = ring.first() else { return 0 };
    let at = |p: P| (i64::from(p.x) - i64::from(origin.x), i64::from(p.y) - i64::from(origin.y));
    let mut sum = 0_i64;
    for index in 0..ring.len() {
        let (ax, ay) = at(ring[index]);
        let (bx, by) = at(ring[(index + 1) % ring.len()]);
        sum = sum.saturating_add(ax * by - bx * ay);
    }
    sum
}

/// Whether a point lies inside a ring (even-odd rule).
pub(crate) fn contains(ring: &[P], point: P) -> bool {
    let (px, py) = (i64::from(point.x), i64::from(point.y));
    let mut inside = false;
    for index in 0..ring.len() {
        let (a, b) = (ring[index], ring[(index + 1) % ring.len()]);
        let (ax, ay) = (i64::from(a.x), i64::from(a.y));
        let (bx, by) = (i64::from(b.x), i64::from(b.y));
        if (ay > py) != (by > py) {
            // Compares x with the crossing, multiplied through by the height's sign.
            let cross = (bx - ax) * (py - ay) - (px - ax) * (by - ay);
            if (cross > 0) == (by > ay) {
                inside = !inside;
            }
        }
    }
    inside
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_the_world_is_the_middle_of_the_square() {
        let middle = project(LonLat { lon_e7: 0, lat_e7: 0 });
        assert_eq!(middle, P::new(1 << 29, 1 << 29));
        let place = LonLat::from_degrees(8.6821, 49.4122).unwrap();
        let (lon, lat) = unproject(project(place));
        assert!((lon - 8.6821).abs() < 1e-6 && (lat - 49.4122).abs() < 1e-6);
    }

    #[test]
    fn a_ring_knows_its_turn_and_its_inside() {
        let ring = [P::new(0, 0), P::new(10, 0), P::new(10, 10), P::new(0, 10)];
        assert_eq!(area2(&ring), 200);
        assert!(contains(&ring, P::new(3, 3)));
        assert!(!contains(&ring, P::new(13, 3)));
    }
}
