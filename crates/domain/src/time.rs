//! Instants and days as integers. Nothing here reads a clock: `now` is always a parameter.

use serde::{Deserialize, Serialize};

/// Milliseconds since 1970-01-01 UTC.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

/// Days since 1970-01-01, in the site's own calendar.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Day(pub i32);

/// A hybrid logical clock reading: milliseconds in the upper bits, a counter in the lower 16, so
/// that one station's events are totally ordered even within a millisecond. Ties between stations
/// are broken by event id.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Hlc(pub i64);

impl Hlc {
    pub fn at(now: Timestamp) -> Hlc {
        Hlc(now.0 << 16)
    }

    pub fn millis(self) -> Timestamp {
        Timestamp(self.0 >> 16)
    }

    /// The next reading after `self` when the wall clock says `now`: never goes back, even if the
    /// wall clock does.
    pub fn next(self, now: Timestamp) -> Hlc {
        Hlc::at(now).max(Hlc(self.0 + 1))
    }
}

pub const MILLIS_PER_DAY: i64 = 86_400_000;

impl Timestamp {
    pub fn get(self) -> i64 {
        self.0
    }

    pub fn plus_millis(self, millis: i64) -> Timestamp {
        Timestamp(self.0 + millis)
    }

    pub fn plus_seconds(self, seconds: i64) -> Timestamp {
        Timestamp(self.0 + seconds * 1000)
    }

    /// The UTC day this instant falls on.
    pub fn day(self) -> Day {
        Day(self.0.div_euclid(MILLIS_PER_DAY) as i32)
    }
}

impl Day {
    pub fn start(self) -> Timestamp {
        Timestamp(i64::from(self.0) * MILLIS_PER_DAY)
    }

    pub fn plus(self, days: i32) -> Day {
        Day(self.0 + days)
    }

    /// Parses `YYYY-MM-DD`.
    pub fn parse(text: &str) -> Option<Day> {
        let mut parts = text.splitn(3, '-');
        let year: i64 = parts.next().filter(|p| p.len() == 4)?.parse().ok()?;
        let month: i64 = parts.next().filter(|p| p.len() == 2)?.parse().ok()?;
        let day: i64 = parts.next().filter(|p| p.len() == 2)?.parse().ok()?;
        let candidate = Day(days_from_civil(year, month, day) as i32);
        // Round-tripping refuses 2024-02-31 without a table of month lengths.
        (candidate.civil() == (year, month, day)).then_some(candidate)
    }

    /// `(year, month, day)` in the proleptic Gregorian calendar.
    pub fn civil(self) -> (i64, i64, i64) {
        civil_from_days(i64::from(self.0))
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (year, month, day) = self.civil();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

/// Days from civil: the era arithmetic of H. Hinnant, "chrono-Compatible Low-Level Date Algorithms".
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_round_trip_and_bad_dates_are_refused() {
        for text in ["1970-01-01", "2000-02-29", "2026-11-23", "1969-12-31"] {
            assert_eq!(Day::parse(text).unwrap().to_string(), text);
        }
        for text in ["2023-02-29", "2024-13-01", "24-01-01", "2024-1-1", "x", ""] {
            assert_eq!(Day::parse(text), None, "{text}");
        }
        assert_eq!(Day::parse("1970-01-02"), Some(Day(1)));
    }
}
