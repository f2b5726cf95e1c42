//! Plane geometry on small pieces of the earth.
//!
//! Only `+ - * /` and `sqrt` are used, which IEEE 754 fixes to the last bit, so that two machines
//! agree. The platform's `cos` may differ between C libraries.

use domain::LonLat;

/// Meters per 1e-7 degree on a sphere of the mean earth radius, 6,371,008.8 m.
pub(crate) const METERS_PER_E7: f64 = 6_371_008.8 * std::f64::consts::PI / 180.0 * 1e-7;

/// Cosine of a latitude in 1e-7 degrees: Taylor to x^16, exact to 1e-12 up to the poles.
pub(crate) fn cos_lat(lat_e7: i32) -> f64 {
    cosine(f64::from(lat_e7) * 1e-7 * std::f64::consts::PI / 180.0)
}

fn cosine(radians: f64) -> f64 {
    let square = radians * radians;
    let mut term = 1.0;
    let mut sum = 1.0;
    for k in 1..=8_u32 {
        let divisor = f64::from((2 * k - 1) * (2 * k));
        term *= -square / divisor;
        sum += term;
    }
    sum
}

/// A plane tangent to the earth near one latitude; x east and y north, in meters.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plane {
    x_scale: f64,
}

impl Plane {
    pub(crate) fn at(latitude_e7: i32) -> Plane {
        // At the poles a degree of longitude has no length; a floor keeps divisions finite.
        Plane { x_scale: METERS_PER_E7 * cos_lat(latitude_e7).max(1e-6) }
    }

    /// Meters from `origin` to `point`.
    pub(crate) fn offset(self, origin: LonLat, point: LonLat) -> (f64, f64) {
        let east = f64::from(point.lon_e7) - f64::from(origin.lon_e7);
        let north = f64::from(point.lat_e7) - f64::from(origin.lat_e7);
        (east * self.x_scale, north * METERS_PER_E7)
    }

    /// The point `x` meters east and `y` meters north of `origin`.
    pub(crate) fn point(self, origin: LonLat, x: f64, y: f64) -> LonLat {
        // `as` saturates, so a point off the map stays a valid integer.
        LonLat {
            lon_e7: (f64::from(origin.lon_e7) + x / self.x_scale).round() as i32,
            lat_e7: (f64::from(origin.lat_e7) + y / METERS_PER_E7).round() as i32,
        }
    }
}

/// Distance in meters between two points some kilometers apart at most.
pub(crate) fn meters_between(a: LonLat, b: LonLat) -> f64 {
    let middle = (i64::from(a.lat_e7) + i64::from(b.lat_e7)) / 2;
    let (x, y) = Plane::at(middle as i32).offset(a, b);
    (x * x + y * y).sqrt()
}

/// The nearest place on segment `a`-`b` to the origin: share of the way from `a` in 0..=1, and the
/// squared distance.
pub(crate) fn nearest_on_segment(a: (f64, f64), b: (f64, f64)) -> (f64, f64) {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let length_squared = dx * dx + dy * dy;
    let share = if length_squared > 0.0 {
        (-(a.0 * dx + a.1 * dy) / length_squared).clamp(0.0, 1.0)
    } else {
        0.0
    };
    let (x, y) = (a.0 + share * dx, a.1 + share * dy);
    (share, x * x + y * y)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_degree_of_latitude_is_111_km_and_shrinks_eastward() {
        let here = LonLat { lon_e7: 0, lat_e7: 600_000_000 };
        let north = LonLat { lon_e7: 0, lat_e7: 600_100_000 };
        let east = LonLat { lon_e7: 100_000, lat_e7: 600_000_000 };
        assert_eq!(meters_between(here, north).round() as i64, 1112);
        assert_eq!(meters_between(here, east).round() as i64, 556);
    }

    #[test]
    fn our_cosine_equals_the_library_one() {
        for degrees in -90..=90 {
            let lat_e7 = degrees * 10_000_000;
            let expected = f64::from(degrees).to_radians().cos();
            assert!((cos_lat(lat_e7) - expected).abs() < 1e-9, "{degrees}");
        }
    }
}
