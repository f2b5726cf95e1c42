//! Days that stand out by name. The same for every house, until a house can write its own.

use crate::ctx::Ctx;
use domain::Day;

const THURSDAY_1970: i32 = 4;

/// `None` for a usual day.
pub(super) fn event(day: Day) -> Option<&'static str> {
    let (_, month, date) = day.civil();
    // 1970-01-01 was a Thursday; Monday is 0 here.
    let weekday = (day.0 + THURSDAY_1970 - 1).rem_euclid(7);
    match (month, date) {
        (1, 1) => Some("New Year"),
        (2, 14) => Some("Valentine's Day"),
        (6, 18) => Some("618"),
        (11, 11) => Some("Singles' Day"),
        // The Friday after the fourth Thursday.
        (11, 23..=29) if weekday == 4 => Some("Black Friday"),
        (12, 12) => Some("Double Twelve"),
        (12, 24..=26) => Some("Christmas"),
        _ => None,
    }
}

pub(super) fn name(ctx: &Ctx<'_>, event: &str) -> String {
    let zh = match event {
        "New Year" => "元旦",
        "Valentine's Day" => "情人节",
        "Singles' Day" => "双十一",
        "Black Friday" => "黑色星期五",
        "Double Twelve" => "双十二",
        "Christmas" => "圣诞节",
        other => other,
    };
    ctx.say(event, zh)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_have_their_names() {
        for (day, expected) in [
            ("2026-11-27", Some("Black Friday")),
            ("2026-11-26", None),
            ("2024-11-29", Some("Black Friday")),
            ("2026-11-11", Some("Singles' Day")),
            ("2026-03-02", None),
        ] {
            assert_eq!(Day::parse(day).and_then(event), expected, "{day}");
        }
    }
}
