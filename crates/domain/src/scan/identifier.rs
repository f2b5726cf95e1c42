//! The application identifiers that are understood: how long each is and what it holds.

use super::{ScanError, check_digit};

/// Where a value goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    Sscc,
    Gtin,
    ContentGtin,
    Lot,
    Produced,
    BestBefore,
    Expiry,
    Serial,
    Count,
    NetWeight,
    OrderNumber,
    ShipTo,
    ShipToPostal,
    Other,
}

/// What may stand in a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Digits,
    /// Digits, the last one being the check digit.
    Checked,
    Text,
}

#[derive(Debug)]
pub(super) struct Identifier {
    /// An `n` stands for a digit that says how many decimals follow.
    ai: &'static str,
    min: usize,
    max: usize,
    kind: Kind,
    pub slot: Slot,
}

const fn fixed(ai: &'static str, length: usize, kind: Kind, slot: Slot) -> Identifier {
    Identifier { ai, min: length, max: length, kind, slot }
}

const fn up_to(ai: &'static str, max: usize, kind: Kind, slot: Slot) -> Identifier {
    Identifier { ai, min: 1, max, kind, slot }
}

/// GS1 General Specifications, figure 3.2-1: those met in a warehouse.
const IDENTIFIERS: &[Identifier] = &[
    fixed("00", 18, Kind::Checked, Slot::Sscc),
    fixed("01", 14, Kind::Checked, Slot::Gtin),
    fixed("02", 14, Kind::Checked, Slot::ContentGtin),
    up_to("10", 20, Kind::Text, Slot::Lot),
    fixed("11", 6, Kind::Digits, Slot::Produced),
    fixed("12", 6, Kind::Digits, Slot::Other),
    fixed("13", 6, Kind::Digits, Slot::Other),
    fixed("15", 6, Kind::Digits, Slot::BestBefore),
    fixed("16", 6, Kind::Digits, Slot::Other),
    fixed("17", 6, Kind::Digits, Slot::Expiry),
    fixed("20", 2, Kind::Digits, Slot::Other),
    up_to("21", 20, Kind::Text, Slot::Serial),
    up_to("22", 20, Kind::Text, Slot::Other),
    up_to("240", 30, Kind::Text, Slot::Other),
    up_to("241", 30, Kind::Text, Slot::Other),
    up_to("250", 30, Kind::Text, Slot::Other),
    up_to("30", 8, Kind::Digits, Slot::Count),
    fixed("310n", 6, Kind::Digits, Slot::NetWeight),
    fixed("311n", 6, Kind::Digits, Slot::Other),
    fixed("312n", 6, Kind::Digits, Slot::Other),
    fixed("313n", 6, Kind::Digits, Slot::Other),
    fixed("314n", 6, Kind::Digits, Slot::Other),
    fixed("315n", 6, Kind::Digits, Slot::Other),
    fixed("316n", 6, Kind::Digits, Slot::Other),
    fixed("330n", 6, Kind::Digits, Slot::Other),
    up_to("37", 8, Kind::Digits, Slot::Count),
    up_to("400", 30, Kind::Text, Slot::OrderNumber),
    up_to("401", 30, Kind::Text, Slot::Other),
    fixed("402", 17, Kind::Checked, Slot::Other),
    up_to("403", 30, Kind::Text, Slot::Other),
    fixed("410", 13, Kind::Checked, Slot::ShipTo),
    fixed("411", 13, Kind::Checked, Slot::Other),
    fixed("412", 13, Kind::Checked, Slot::Other),
    fixed("413", 13, Kind::Checked, Slot::Other),
    fixed("414", 13, Kind::Checked, Slot::Other),
    fixed("415", 13, Kind::Checked, Slot::Other),
    fixed("416", 13, Kind::Checked, Slot::Other),
    fixed("417", 13, Kind::Checked, Slot::Other),
    up_to("420", 20, Kind::Text, Slot::ShipToPostal),
    up_to("421", 12, Kind::Text, Slot::Other),
    fixed("422", 3, Kind::Digits, Slot::Other),
    up_to("90", 30, Kind::Text, Slot::Other),
    up_to("91", 90, Kind::Text, Slot::Other),
    up_to("92", 90, Kind::Text, Slot::Other),
    up_to("93", 90, Kind::Text, Slot::Other),
    up_to("94", 90, Kind::Text, Slot::Other),
    up_to("95", 90, Kind::Text, Slot::Other),
    up_to("96", 90, Kind::Text, Slot::Other),
    up_to("97", 90, Kind::Text, Slot::Other),
    up_to("98", 90, Kind::Text, Slot::Other),
    up_to("99", 90, Kind::Text, Slot::Other),
];

/// The identifier that `text` begins with, as it is written there. No identifier is the beginning of
/// another one.
pub(super) fn find(text: &str) -> Option<(&str, &'static Identifier)> {
    let identifier = IDENTIFIERS.iter().find(|identifier| identifier.begins(text))?;
    Some((&text[..identifier.ai.len()], identifier))
}

impl Identifier {
    fn begins(&self, text: &str) -> bool {
        let fits = |(pattern, byte): (u8, u8)| match pattern {
            b'n' => (b'0'..=b'5').contains(&byte),
            digit => digit == byte,
        };
        text.len() >= self.ai.len() && self.ai.bytes().zip(text.bytes()).all(fits)
    }

    pub(super) fn fixed_length(&self) -> Option<usize> {
        (self.min == self.max).then_some(self.max)
    }

    pub(super) fn check(&self, ai: &str, value: &str) -> Result<(), ScanError> {
        let (ai, value) = (ai.to_owned(), value.to_owned());
        if value.len() < self.min {
            return Err(ScanError::TooShort { ai, value });
        }
        if value.len() > self.max {
            return Err(ScanError::TooLong { ai, value });
        }
        match self.kind {
            Kind::Text if !value.bytes().all(is_allowed) => Err(ScanError::Character { ai, value }),
            Kind::Text => Ok(()),
            _ if !value.bytes().all(|byte| byte.is_ascii_digit()) => {
                Err(ScanError::NotDigits { ai, value })
            }
            Kind::Checked if check_digit(&value[..value.len() - 1]) != value.chars().last() => {
                Err(ScanError::CheckDigit { ai, value })
            }
            Kind::Checked | Kind::Digits => Ok(()),
        }
    }
}

/// GS1 character set 82 (General Specifications, figure 7.11-1).
fn is_allowed(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!\"%&'()*+,-./_:;<=>?".contains(&byte)
}
