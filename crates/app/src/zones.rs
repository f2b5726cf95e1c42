//! The site's clock by its name in the tz database, which is part of the program: a desktop that
//! has been offline for years still agrees with the others of the same version.

use domain::{Timestamp, Zone};
use jiff::tz::TimeZone;
use std::sync::{Arc, Mutex};

pub const SETTING: &str = "time_zone";
const UTC: &str = "UTC";
/// Beyond these years the last rule known goes on.
const FIRST_YEAR: i16 = 2000;
const LAST_YEAR: i16 = 2100;

/// The zone that was asked for last, so that it is worked out once.
#[derive(Default)]
pub(crate) struct Zones(Mutex<Option<(String, Arc<Zone>)>>);

impl Zones {
    /// The zone that a house has set; UTC where it has set none, or one of a newer program.
    pub fn of(&self, set: Option<String>) -> Arc<Zone> {
        let name = set.unwrap_or_else(|| UTC.to_owned());
        let mut last = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some((_, zone)) = last.as_ref().filter(|(known, _)| *known == name) {
            return Arc::clone(zone);
        }
        let zone = Arc::new(named(&name).unwrap_or(Zone::UTC));
        *last = Some((name, Arc::clone(&zone)));
        zone
    }
}

/// A zone by its name, such as `Asia/Shanghai`.
pub fn named(name: &str) -> Option<Zone> {
    let zone = TimeZone::get(name).ok()?;
    let start =
        |year: i16| TimeZone::UTC.to_timestamp(jiff::civil::datetime(year, 1, 1, 0, 0, 0, 0)).ok();
    let (first, last) = (start(FIRST_YEAR)?, start(LAST_YEAR)?);
    let changes =
        zone.following(first).take_while(|change| change.timestamp() < last).map(|change| {
            let from = Timestamp(change.timestamp().as_millisecond());
            (from, i64::from(change.offset().seconds()))
        });
    Some(Zone::new(i64::from(zone.to_offset(first).seconds()), changes))
}

/// The name of the zone that this machine is in; UTC where it does not say.
pub fn of_this_machine() -> String {
    TimeZone::system().iana_name().unwrap_or(UTC).to_owned()
}

#[cfg(test)]
mod tests {
    use super::named;
    use domain::Day;

    #[test]
    fn zones_follow_the_tz_database() {
        let start = |zone: &str, day: &str| {
            let day = Day::parse(day).unwrap_or_default();
            (day.start().0 - named(zone).unwrap().start(day).0) / 60_000
        };
        assert_eq!(start("Asia/Shanghai", "2026-07-01"), 480);
        assert_eq!(start("Europe/Berlin", "2026-01-15"), 60);
        assert_eq!(start("Europe/Berlin", "2026-07-01"), 120);
        assert_eq!(start("Asia/Kolkata", "2026-07-01"), 330);
        assert_eq!(start("America/New_York", "2050-07-01"), -240);
        assert!(named("Mars/Olympus").is_none());
    }
}
