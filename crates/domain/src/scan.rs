//! What a scanner hands over: a plain code, or a GS1 element string with its fields apart.
//!
//! Source: GS1 General Specifications, release 24, chapters 3 (application identifiers) and 7
//! (processing); the digits in brackets below are application identifiers.

mod identifier;

use crate::{Day, Grams};
use identifier::{Identifier, Slot, find};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// What a scanner sends for FNC1 between two fields.
const SEPARATOR: char = '\u{1d}';
/// Symbology identifiers (ISO/IEC 15424) that announce GS1 data.
const GS1_MARKS: [&str; 4] = ["]C1", "]e0", "]d2", "]Q3"];

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scan {
    /// Anything that is not GS1: a bin, a SKU, an EAN, an order.
    Plain(String),
    Gs1(Box<Gs1>),
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gs1 {
    /// (00) a carton or pallet, 18 digits.
    pub sscc: Option<String>,
    /// (01) the item, 14 digits.
    pub gtin: Option<String>,
    /// (02) the item inside a carton or pallet; `qty` says how many.
    pub content_gtin: Option<String>,
    /// (10)
    pub lot: Option<String>,
    /// (11)
    pub produced: Option<Day>,
    /// (15)
    pub best_before: Option<Day>,
    /// (17)
    pub expiry: Option<Day>,
    /// (21)
    pub serial: Option<String>,
    /// (30) pieces of variable measure, or (37) items in the carton.
    pub qty: Option<i64>,
    /// (310n) net weight, rounded to the gram.
    pub net_weight: Option<Grams>,
    /// (400) the customer's order number.
    pub order_number: Option<String>,
    /// (410) global location number, 13 digits.
    pub ship_to: Option<String>,
    /// (420)
    pub ship_to_postal: Option<String>,
    /// Known identifiers that the trade here has no field for, as they were read.
    pub others: Vec<(String, String)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ScanError {
    #[error("the scan is empty")]
    Empty,
    #[error("no known application identifier at {0:?}")]
    UnknownIdentifier(String),
    #[error("({ai}) is too short: {value:?}")]
    TooShort { ai: String, value: String },
    #[error("({ai}) is too long: {value:?}")]
    TooLong { ai: String, value: String },
    #[error("({ai}) holds something other than digits: {value:?}")]
    NotDigits { ai: String, value: String },
    #[error("({ai}) holds a character that GS1 does not allow: {value:?}")]
    Character { ai: String, value: String },
    #[error("({ai}) has a wrong check digit: {value:?}")]
    CheckDigit { ai: String, value: String },
    #[error("({ai}) is not a day of the calendar: {value:?}")]
    NotADay { ai: String, value: String },
    #[error("({ai}) appears twice with different values")]
    Contradiction { ai: String },
    #[error("a bracket is missing at {0:?}")]
    Bracket(String),
}

/// Reads a scan. A code that does not announce itself as GS1 is plain, whatever its digits.
pub fn parse_scan(scan: &str) -> Result<Scan, ScanError> {
    let scan = scan.trim_matches([' ', '\t', '\r', '\n']);
    let (announced, text) = without_mark(scan);
    if text.trim_matches(SEPARATOR).is_empty() {
        return Err(ScanError::Empty);
    }
    let elements = if !announced && in_brackets(text) {
        bracketed(text)?
    } else if announced || text.contains(SEPARATOR) {
        joined(text)?
    } else {
        return Ok(Scan::Plain(text.to_owned()));
    };
    let mut gs1 = Gs1::default();
    for (ai, identifier, value) in elements {
        identifier.check(ai, value)?;
        gs1.take(ai, identifier.slot, value)?;
    }
    Ok(Scan::Gs1(Box::new(gs1)))
}

/// Whether GS1 is announced, and the scan without its symbology identifier.
fn without_mark(scan: &str) -> (bool, &str) {
    if let Some(text) = GS1_MARKS.iter().find_map(|mark| scan.strip_prefix(mark)) {
        return (true, text);
    }
    let plain_mark = scan.starts_with(']') && scan.is_char_boundary(3) && scan.len() > 3;
    (false, if plain_mark { &scan[3..] } else { scan })
}

fn in_brackets(text: &str) -> bool {
    let Some((ai, _)) = text.strip_prefix('(').and_then(|rest| rest.split_once(')')) else {
        return false;
    };
    (2..=4).contains(&ai.len()) && ai.bytes().all(|byte| byte.is_ascii_digit())
}

type Element<'a> = (&'a str, &'static Identifier, &'a str);

/// "(01)06901234567892(10)AB": the form that stands under the bars and that people type.
fn bracketed(text: &str) -> Result<Vec<Element<'_>>, ScanError> {
    let mut elements = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let inside = rest.strip_prefix('(').and_then(|rest| rest.split_once(')'));
        let (ai, after) = inside.ok_or_else(|| ScanError::Bracket(rest.to_owned()))?;
        let (_, identifier) =
            find(ai).filter(|(found, _)| *found == ai).ok_or_else(|| unknown(ai))?;
        // A value may hold a bracket itself; only one that opens an identifier ends it.
        let opens = |(at, _): &(usize, &str)| in_brackets(&after[*at..]);
        let end = after.match_indices('(').find(opens).map_or(after.len(), |(at, _)| at);
        elements.push((ai, identifier, after[..end].trim_end_matches([' ', SEPARATOR])));
        rest = &after[end..];
    }
    Ok(elements)
}

/// The form a scanner sends: fields of fixed length run on, the others end with a separator.
fn joined(text: &str) -> Result<Vec<Element<'_>>, ScanError> {
    let mut elements = Vec::new();
    let mut rest = text.trim_start_matches(SEPARATOR);
    while !rest.is_empty() {
        let (ai, identifier) = find(rest).ok_or_else(|| unknown(rest))?;
        let after = &rest[ai.len()..];
        let separated = after.find(SEPARATOR).unwrap_or(after.len());
        let end = match identifier.fixed_length() {
            Some(length) if length <= separated && after.is_char_boundary(length) => length,
            _ => separated,
        };
        elements.push((ai, identifier, &after[..end]));
        rest = after[end..].trim_start_matches(SEPARATOR);
    }
    Ok(elements)
}

fn unknown(text: &str) -> ScanError {
    ScanError::UnknownIdentifier(text.chars().take(4).collect())
}

impl Gs1 {
    fn take(&mut self, ai: &str, slot: Slot, value: &str) -> Result<(), ScanError> {
        let text = || value.to_owned();
        match slot {
            Slot::Sscc => set(&mut self.sscc, text(), ai),
            Slot::Gtin => set(&mut self.gtin, text(), ai),
            Slot::ContentGtin => set(&mut self.content_gtin, text(), ai),
            Slot::Lot => set(&mut self.lot, text(), ai),
            Slot::Produced => set(&mut self.produced, day(ai, value)?, ai),
            Slot::BestBefore => set(&mut self.best_before, day(ai, value)?, ai),
            Slot::Expiry => set(&mut self.expiry, day(ai, value)?, ai),
            Slot::Serial => set(&mut self.serial, text(), ai),
            Slot::Count => set(&mut self.qty, number(ai, value)?, ai),
            Slot::NetWeight => set(&mut self.net_weight, weight(ai, value)?, ai),
            Slot::OrderNumber => set(&mut self.order_number, text(), ai),
            Slot::ShipTo => set(&mut self.ship_to, text(), ai),
            Slot::ShipToPostal => set(&mut self.ship_to_postal, text(), ai),
            Slot::Other => {
                self.others.push((ai.to_owned(), text()));
                Ok(())
            }
        }
    }
}

/// The same field twice is harmless; with two values nobody can say which is meant.
fn set<T: PartialEq>(field: &mut Option<T>, value: T, ai: &str) -> Result<(), ScanError> {
    match field {
        Some(earlier) if *earlier != value => Err(ScanError::Contradiction { ai: ai.to_owned() }),
        _ => {
            *field = Some(value);
            Ok(())
        }
    }
}

/// YYMMDD. Day 00 is the last of the month. The year is of this century: goods whose day lies in
/// the last one are no longer scanned.
fn day(ai: &str, value: &str) -> Result<Day, ScanError> {
    let wrong = || ScanError::NotADay { ai: ai.to_owned(), value: value.to_owned() };
    let (year, month, date) = (&value[..2], &value[2..4], &value[4..6]);
    if date != "00" {
        return Day::parse(&format!("20{year}-{month}-{date}")).ok_or_else(wrong);
    }
    let first = Day::parse(&format!("20{year}-{month}-01")).ok_or_else(wrong)?;
    // Each month has 28 days; the first of the next one is at most four days on.
    let mut last = first.plus(27);
    while last.plus(1).civil().1 == first.civil().1 {
        last = last.plus(1);
    }
    Ok(last)
}

fn number(ai: &str, value: &str) -> Result<i64, ScanError> {
    let wrong = |_| ScanError::NotDigits { ai: ai.to_owned(), value: value.to_owned() };
    value.parse().map_err(wrong)
}

/// (310n): kilograms with n decimals, here as grams.
fn weight(ai: &str, value: &str) -> Result<Grams, ScanError> {
    let digits = number(ai, value)?;
    let decimals = ai.bytes().last().map_or(0, |digit| u32::from(digit.saturating_sub(b'0')));
    Ok(Grams(match decimals {
        0..=3 => digits * 10_i64.pow(3 - decimals),
        _ => {
            let divisor = 10_i64.pow(decimals - 3);
            (digits + divisor / 2) / divisor
        }
    }))
}

/// The GS1 check digit of `digits`: weights 3 and 1 in turn from the right (chapter 7.9).
pub fn check_digit(digits: &str) -> Option<char> {
    let mut sum = 0;
    for (at, digit) in digits.chars().rev().enumerate() {
        sum += digit.to_digit(10)? * if at.is_multiple_of(2) { 3 } else { 1 };
    }
    char::from_digit((10 - sum % 10) % 10, 10)
}

#[cfg(test)]
mod tests;
