//! The clock on a site's wall. A day begins and a cut-off falls by it; the log keeps instants.

use crate::time::{Day, MILLIS_PER_DAY, Timestamp};

const MINUTE_MS: i64 = 60_000;

/// How far a site's clock is ahead of UTC, and when that changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone {
    /// Milliseconds ahead of UTC before the first change.
    first: i64,
    /// From when on, and how many milliseconds ahead; in order of time.
    changes: Vec<(Timestamp, i64)>,
}

impl Zone {
    pub const UTC: Zone = Zone { first: 0, changes: Vec::new() };

    /// From seconds ahead of UTC, as calendars publish them; `changes` in order of time.
    pub fn new(first: i64, changes: impl IntoIterator<Item = (Timestamp, i64)>) -> Zone {
        let changes = changes.into_iter().map(|(from, seconds)| (from, seconds * 1000));
        Zone { first: first * 1000, changes: changes.collect() }
    }

    /// Milliseconds that the site's clock is ahead of UTC.
    pub fn ahead(&self, at: Timestamp) -> i64 {
        let past = self.changes.partition_point(|(from, _)| *from <= at);
        past.checked_sub(1).map_or(self.first, |last| self.changes[last].1)
    }

    /// The site's day that an instant falls on.
    pub fn day(&self, at: Timestamp) -> Day {
        at.plus_millis(self.ahead(at)).day()
    }

    /// Minutes since midnight on the site's clock.
    pub fn minute(&self, at: Timestamp) -> i64 {
        (at.0 + self.ahead(at)).rem_euclid(MILLIS_PER_DAY) / MINUTE_MS
    }

    /// "07:05" on the site's clock.
    pub fn clock(&self, at: Timestamp) -> String {
        let minute = self.minute(at);
        format!("{:02}:{:02}", minute / 60, minute % 60)
    }

    /// When a site's day begins.
    pub fn start(&self, day: Day) -> Timestamp {
        self.at(day, 0)
    }

    /// The instant at which the site's clock shows a minute of a day, which may lie beyond midnight.
    /// A minute that the clock skips is as far after the skip; one shown twice is the earlier.
    pub fn at(&self, day: Day, minute: i64) -> Timestamp {
        let shown = day.start().plus_millis(minute * MINUTE_MS);
        let by = |ahead: i64| shown.plus_millis(-ahead);
        let before = self.ahead(shown.plus_millis(-MILLIS_PER_DAY));
        let after = self.ahead(shown.plus_millis(MILLIS_PER_DAY));
        let right = |ahead: &i64| self.ahead(by(*ahead)) == *ahead;
        by([before, after].into_iter().find(right).unwrap_or(before))
    }
}

/// Days from one on, as a book counts them. Where the clock has changed since, days before the
/// change begin as much too early or late.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DaysFrom {
    pub since: Timestamp,
    /// Milliseconds ahead of UTC.
    pub ahead: i64,
}

impl Zone {
    /// As the clock stands at `now`.
    pub fn days_from(&self, day: Day, now: Timestamp) -> DaysFrom {
        DaysFrom { since: self.start(day), ahead: self.ahead(now) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap_or_default()
    }

    /// Berlin in 2026: one hour ahead, two from 29 March 01:00 UTC to 25 October 01:00 UTC.
    fn berlin() -> Zone {
        let one = |text: &str| day(text).start().plus_seconds(3600);
        Zone::new(3600, [(one("2026-03-29"), 7200), (one("2026-10-25"), 3600)])
    }

    #[test]
    fn a_day_begins_at_the_sites_midnight() {
        let shanghai = Zone::new(8 * 3600, []);
        let new_year = day("2026-01-01");
        assert_eq!(shanghai.start(new_year), new_year.start().plus_seconds(-8 * 3600));
        assert_eq!(shanghai.day(shanghai.start(new_year)), new_year);
        assert_eq!(shanghai.day(shanghai.start(new_year).plus_millis(-1)), new_year.plus(-1));
        assert_eq!(shanghai.clock(new_year.start()), "08:00");
    }

    #[test]
    fn every_minute_shown_is_found_again() {
        let zone = berlin();
        for date in ["2026-03-28", "2026-03-29", "2026-10-24", "2026-10-25", "2026-10-26"] {
            for minute in 0..24 * 60 {
                let at = zone.at(day(date), minute);
                let skipped = date == "2026-03-29" && (120..180).contains(&minute);
                let shown = if skipped { minute + 60 } else { minute };
                assert_eq!((zone.day(at), zone.minute(at)), (day(date), shown), "{date} {minute}");
            }
        }
    }

    #[test]
    fn a_minute_shown_twice_is_the_earlier() {
        let twice = berlin().at(day("2026-10-25"), 150);
        assert_eq!(twice, day("2026-10-25").start().plus_seconds(30 * 60));
    }

    #[test]
    fn days_of_change_are_longer_or_shorter() {
        let zone = berlin();
        let hours =
            |text: &str| (zone.start(day(text).plus(1)).0 - zone.start(day(text)).0) / 3_600_000;
        assert_eq!([hours("2026-03-29"), hours("2026-06-01"), hours("2026-10-25")], [23, 24, 25]);
    }
}
