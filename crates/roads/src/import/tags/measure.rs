//! Numbers with units, as people write them into maps.

/// `3.8`, `3.8 m`, `380 cm`, `12'6"`: centimeters, rounded down. `None` for words like `default`.
pub(super) fn centimeters(value: &str) -> Option<u32> {
    let value = value.trim();
    if let Some((feet, inches)) = value.split_once('\'') {
        let inches = inches.trim().trim_end_matches(['"', '\'']).trim();
        let inches = if inches.is_empty() { 0 } else { thousandths(inches)? };
        let all = thousandths(feet.trim())?.checked_mul(12)?.checked_add(inches)?;
        // 2.54 cm to the inch.
        return u32::try_from(all.checked_mul(254)? / 100_000).ok();
    }
    if let Some(feet) = value.strip_suffix("ft") {
        return u32::try_from(thousandths(feet.trim())?.checked_mul(3_048)? / 100_000).ok();
    }
    let (number, per) = match value.strip_suffix("cm") {
        Some(number) => (number, 1_000),
        None => (value.trim_end_matches('m'), 10),
    };
    u32::try_from(thousandths(number.trim())? / per).ok()
}

/// `7.5`, `7.5 t`, `3500 kg`, `8000 lbs`: kilograms.
pub(super) fn kilograms(value: &str) -> Option<u32> {
    let value = value.trim();
    let kilograms = if let Some(number) = value.strip_suffix("kg") {
        thousandths(number.trim())? / 1_000
    } else if let Some(number) = value.strip_suffix("lbs") {
        thousandths(number.trim())?.checked_mul(4_536)? / 10_000_000
    } else if let Some(number) = value.strip_suffix("st") {
        thousandths(number.trim())?.checked_mul(9_072)? / 10_000
    } else {
        thousandths(value.trim_end_matches('t').trim())?
    };
    u32::try_from(kilograms).ok()
}

/// `hh:mm`, `hh:mm:ss` or minutes: seconds.
pub(super) fn seconds(value: &str) -> Option<u32> {
    let parts: Vec<u32> =
        value.split(':').map(|part| part.trim().parse().ok()).collect::<Option<_>>()?;
    let seconds = match *parts.as_slice() {
        [minutes] => minutes.checked_mul(60)?,
        [hours, minutes] => hours.checked_mul(3600)?.checked_add(minutes.checked_mul(60)?)?,
        [hours, minutes, seconds] => {
            hours.checked_mul(3600)?.checked_add(minutes.checked_mul(60)?)?.checked_add(seconds)?
        }
        _ => return None,
    };
    (seconds > 0).then_some(seconds)
}

/// `3.5` as 3500.
fn thousandths(number: &str) -> Option<u64> {
    let number = number.replace(',', ".");
    let (whole, fraction) = number.split_once('.').unwrap_or((&number, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !is_digits(whole) || !is_digits(fraction) {
        return None;
    }
    let fraction: String = fraction.chars().chain("000".chars()).take(3).collect();
    let whole: u32 = whole.parse().ok()?;
    Some(u64::from(whole) * 1000 + fraction.parse::<u64>().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_in_many_units() {
        let heights =
            [("3.8", 380), ("3,8 m", 380), ("380cm", 380), ("12'6\"", 381), ("10 ft", 304)];
        for (text, expected) in heights {
            assert_eq!(centimeters(text), Some(expected), "{text}");
        }
        for (text, expected) in [("7.5", 7_500), ("7.5 t", 7_500), ("3500 kg", 3_500)] {
            assert_eq!(kilograms(text), Some(expected), "{text}");
        }
        for text in ["default", "none", "", "3.x", "99999999999", "'", "-3"] {
            assert_eq!(centimeters(text), None, "{text}");
            assert_eq!(kilograms(text), None, "{text}");
        }
        assert_eq!((seconds("00:20"), seconds("20"), seconds("x")), (Some(1200), Some(1200), None));
    }
}
