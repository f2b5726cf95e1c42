//! Conditions of turn restrictions: `no_left_turn @ (Mo-Fr 07:00-09:00,16:00-18:00)`.
//!
//! wiki.openstreetmap.org, "Conditional restrictions" and "Key:opening_hours". Days of the week and
//! times of the day are read; months, holidays, weights and weather are not.

use crate::timed::{DAY_MINUTES, Hours};

const DAYS: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
const ALL_DAYS: u32 = 0x7f;

/// Restriction and hours of the one clause, or `None` where something in it is not understood.
pub(super) fn conditional(value: &str) -> Option<(&str, Vec<Hours>)> {
    let (rule, condition) = value.split_once('@')?;
    let condition = condition.trim();
    let inner = condition.strip_prefix('(').map_or(Some(condition), |open| open.strip_suffix(')'));
    let inner = inner.filter(|inner| !inner.contains(['(', '@']))?;
    hours(inner).map(|hours| (rule.trim(), hours))
}

/// The older keys `day_on`, `day_off`, `hour_on`, `hour_off`.
pub(super) fn by_keys<'a>(get: impl Fn(&str) -> Option<&'a str>) -> Option<Vec<Hours>> {
    let days = match (get("day_on"), get("day_off")) {
        (None, None) => ALL_DAYS,
        (Some(on), off) => day_range(on.get(..2)?, off.unwrap_or(on).get(..2)?)?,
        (None, Some(_)) => return None,
    };
    let (start, end) = match (get("hour_on"), get("hour_off")) {
        (None, None) => (0, DAY_MINUTES),
        (on, off) => (minute(on?)?, minute(off?)?),
    };
    Some(vec![Hours { days, start, end }])
}

fn hours(text: &str) -> Option<Vec<Hours>> {
    let mut found = Vec::new();
    for part in text.split(';').map(str::trim).filter(|part| !part.is_empty()) {
        // Holidays are not known here; that a rule rests on them is the smaller error.
        if part == "PH off" {
            continue;
        }
        if part == "24/7" {
            found.push(Hours { days: ALL_DAYS, start: 0, end: DAY_MINUTES });
            continue;
        }
        let is_day = part.starts_with(|c: char| c.is_ascii_uppercase());
        let (day_words, times) = match part.split_once(' ') {
            Some((day_words, times)) if is_day => (Some(day_words), Some(times)),
            None if is_day => (Some(part), None),
            _ => (None, Some(part)),
        };
        let days = day_words.map_or(Some(ALL_DAYS), day_list)?;
        for span in times.unwrap_or("00:00-24:00").split(',') {
            let (start, end) = span.split_once('-')?;
            found.push(Hours { days, start: minute(start)?, end: minute(end)? });
        }
    }
    (!found.is_empty()).then_some(found)
}

fn day_list(words: &str) -> Option<u32> {
    words.split(',').filter(|&word| word != "PH").try_fold(0, |days, word| {
        let (first, last) = word.split_once('-').unwrap_or((word, word));
        Some(days | day_range(first, last)?)
    })
}

fn day_range(first: &str, last: &str) -> Option<u32> {
    let number = |word: &str| DAYS.iter().position(|day| *day == word);
    let (first, last) = (number(first)?, number(last)?);
    let length = (last + 7 - first) % 7;
    Some((0..=length).fold(0, |days, step| days | 1 << ((first + step) % 7)))
}

/// `07:30` or `7` as minutes from midnight.
fn minute(text: &str) -> Option<u32> {
    let (hours, minutes) = text.trim().split_once(':').unwrap_or((text.trim(), "0"));
    let (hours, minutes): (u32, u32) = (hours.parse().ok()?, minutes.parse().ok()?);
    let minute = (hours < 25 && minutes < 60).then(|| hours * 60 + minutes)?;
    (minute <= DAY_MINUTES).then_some(minute)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_times_are_read_and_other_conditions_are_not() {
        let rows = [
            ("no_left_turn @ (Mo-Fr 07:00-09:00)", "31 420-540"),
            ("no_left_turn @ (Mo-Fr 07:00-09:00,16:00-18:30)", "31 420-540 31 960-1110"),
            ("no_u_turn @ (07:00-20:00)", "127 420-1200"),
            ("no_u_turn@(Sa,Su)", "96 0-1440"),
            ("only_straight_on @ (Mo-Fr 06:00-10:00; Sa 08:00-10:00)", "31 360-600 32 480-600"),
            ("no_entry @ (Fr-Mo 22:00-06:00; PH off)", "113 1320-360"),
            ("no_left_turn @ Mo-Su,PH 08:00-20:00", "127 480-1200"),
            ("no_left_turn @ 24/7", "127 0-1440"),
            ("no_left_turn @ (weight>3.5)", ""),
            ("no_left_turn @ (Jan-Mar)", ""),
            ("no_left_turn @ (wet)", ""),
            ("no_left_turn @ (sunset-sunrise)", ""),
            ("no_left_turn @ (07:00-09:00); no_u_turn @ (10:00-11:00)", ""),
            ("no_left_turn @ (25:00-26:00)", ""),
            ("no_left_turn", ""),
        ];
        for (text, expected) in rows {
            let found = conditional(text).map_or(Vec::new(), |(_, hours)| hours);
            let found: Vec<String> =
                found.iter().map(|h| format!("{} {}-{}", h.days, h.start, h.end)).collect();
            assert_eq!(found.join(" "), expected, "{text}");
        }
    }

    #[test]
    fn the_older_keys_are_read_too() {
        let rows = [
            ("day_on=Mo day_off=Fr hour_on=7 hour_off=18", Some((31, 420, 1080))),
            ("hour_on=07:00 hour_off=09:30", Some((127, 420, 570))),
            ("day_on=Monday day_off=Saturday", Some((63, 0, 1440))),
            ("hour_on=07:00", None),
            ("day_off=Fr", None),
        ];
        for (text, expected) in rows {
            let get = |key: &str| {
                text.split(' ').filter_map(|pair| pair.split_once('=')).find(|one| one.0 == key)
            };
            let found = by_keys(|key| get(key).map(|(_, value)| value));
            let found = found.map(|hours| (hours[0].days, hours[0].start, hours[0].end));
            assert_eq!(found, expected, "{text}");
        }
    }
}
