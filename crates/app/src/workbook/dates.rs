//! A date in a workbook is a number that is shown as one: the style of its cell says so.

use domain::Day;
use roxmltree::Document;
use std::collections::HashMap;

/// 1899-12-30 and 1904-01-01, as days since 1970 (ECMA-376, 18.17.4.1).
const FROM_1900: i32 = -25_569;
const FROM_1904: i32 = -24_107;
const DAY_S: f64 = 86_400.0;
/// Numbers beyond 9999-12-31 are no dates, whatever their style.
const SERIAL_MAX: f64 = 2_958_466.0;

pub(super) struct DateStyles {
    /// Of each cell style.
    is_date: Vec<bool>,
    begin: i32,
}

impl DateStyles {
    pub fn of(styles: Option<&Document<'_>>, from_1904: bool) -> DateStyles {
        let begin = if from_1904 { FROM_1904 } else { FROM_1900 };
        let Some(styles) = styles else { return DateStyles { is_date: Vec::new(), begin } };
        let number = |text: Option<&str>| text.and_then(|text| text.parse().ok());
        let own: HashMap<u32, bool> = styles
            .descendants()
            .filter(|node| node.tag_name().name() == "numFmt")
            .filter_map(|node| {
                let id = number(node.attribute("numFmtId"))?;
                Some((id, shows_date(node.attribute("formatCode")?)))
            })
            .collect();
        let cells = styles.descendants().find(|node| node.tag_name().name() == "cellXfs");
        let formats = cells.into_iter().flat_map(|node| node.children());
        let is_date = formats
            .filter(|node| node.tag_name().name() == "xf")
            .map(|node| {
                let id = number(node.attribute("numFmtId")).unwrap_or(0);
                own.get(&id).copied().unwrap_or_else(|| is_built_in(id))
            })
            .collect();
        DateStyles { is_date, begin }
    }

    /// The day, with the time when there is one; `None` for a plain number.
    pub fn written(&self, style: usize, serial: f64) -> Option<String> {
        if !self.is_date.get(style).copied().unwrap_or(false) {
            return None;
        }
        if !(0.0..SERIAL_MAX).contains(&serial) {
            return None;
        }
        let whole = serial.floor();
        // Half a second of rounding keeps 12:00 from becoming 11:59.
        let seconds = ((serial - whole) * DAY_S).round() as i64;
        let day = Day(self.begin + whole as i32 + i32::from(seconds >= DAY_S as i64));
        let (hour, minute) = (seconds / 3600 % 24, seconds / 60 % 60);
        Some(if (hour, minute) == (0, 0) {
            day.to_string()
        } else {
            format!("{day} {hour:02}:{minute:02}")
        })
    }
}

/// Formats that every program knows by number, those of Chinese editions among them.
fn is_built_in(id: u32) -> bool {
    matches!(id, 14..=22 | 27..=36 | 45..=47 | 50..=58)
}

/// Whether a format names a day or an hour outside of quotes and brackets.
fn shows_date(format: &str) -> bool {
    let mut quoted = false;
    let mut bracket = false;
    let mut escaped = false;
    for sign in format.chars() {
        match sign {
            _ if escaped => escaped = false,
            '\\' | '_' | '*' => escaped = true,
            '"' => quoted = !quoted,
            '[' if !quoted => bracket = true,
            ']' if !quoted => bracket = false,
            'y' | 'Y' | 'd' | 'D' | 'h' | 'H' if !quoted && !bracket => return true,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_of_days_are_told_from_formats_of_numbers() {
        for date in
            ["yyyy-mm-dd", "d/m/yy", "hh:mm", "[$-804]yyyy\"年\"m\"月\"d\"日\"", "m/d/yy h:mm"]
        {
            assert!(shows_date(date), "{date}");
        }
        for number in ["0.00", "#,##0\\ \"days\"", "[Red]0", "General", "0%", "\"hours\" 0"] {
            assert!(!shows_date(number), "{number}");
        }
    }

    #[test]
    fn days_are_counted_from_where_the_book_says() {
        let styles = |begin| DateStyles { is_date: vec![false, true], begin };
        assert_eq!(styles(FROM_1900).written(1, 46_023.0).as_deref(), Some("2026-01-01"));
        assert_eq!(styles(FROM_1904).written(1, 44_561.0).as_deref(), Some("2026-01-01"));
        assert_eq!(
            styles(FROM_1900).written(1, 46_023.604_166_666_7).as_deref(),
            Some("2026-01-01 14:30")
        );
        assert_eq!(styles(FROM_1900).written(1, 46_023.999_999_9).as_deref(), Some("2026-01-02"));
        assert_eq!(styles(FROM_1900).written(0, 46_023.0), None);
        assert_eq!(styles(FROM_1900).written(1, -1.0), None);
        assert_eq!(styles(FROM_1900).written(7, 46_023.0), None);
    }
}
