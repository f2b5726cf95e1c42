//! Points on the earth, always longitude first.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A point in units of 1e-7 degrees (about 1 cm), longitude first. Integers, so that two machines
/// agree on every distance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct LonLat {
    pub lon_e7: i32,
    pub lat_e7: i32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ParseLonLatError {
    #[error("expected `lon,lat` in degrees")]
    Malformed,
    #[error("longitude must be within -180..180 and latitude within -90..90")]
    OutOfRange,
}

impl LonLat {
    pub fn from_degrees(lon: f64, lat: f64) -> Result<LonLat, ParseLonLatError> {
        let inside = (-180.0..=180.0).contains(&lon) && (-90.0..=90.0).contains(&lat);
        if !inside {
            return Err(ParseLonLatError::OutOfRange);
        }
        Ok(LonLat { lon_e7: (lon * 1e7).round() as i32, lat_e7: (lat * 1e7).round() as i32 })
    }

    /// Parses `lon,lat` in degrees.
    pub fn parse(text: &str) -> Result<LonLat, ParseLonLatError> {
        let (lon, lat) = text.split_once(',').ok_or(ParseLonLatError::Malformed)?;
        let lon = lon.trim().parse().map_err(|_| ParseLonLatError::Malformed)?;
        let lat = lat.trim().parse().map_err(|_| ParseLonLatError::Malformed)?;
        LonLat::from_degrees(lon, lat)
    }

    pub fn lon(self) -> f64 {
        f64::from(self.lon_e7) / 1e7
    }

    pub fn lat(self) -> f64 {
        f64::from(self.lat_e7) / 1e7
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parse_reads_longitude_first() {
        let here = LonLat::parse("8.6821, 49.4122").unwrap();
        assert_eq!((here.lon_e7, here.lat_e7), (86_821_000, 494_122_000));
        assert_eq!(LonLat::parse("8.6"), Err(ParseLonLatError::Malformed));
        assert_eq!(LonLat::parse("8.6,north"), Err(ParseLonLatError::Malformed));
        assert_eq!(LonLat::parse("49.4,188.6"), Err(ParseLonLatError::OutOfRange));
        assert_eq!(LonLat::parse("NaN,1"), Err(ParseLonLatError::OutOfRange));
    }
}
