//! Code 128 (ISO/IEC 15417) and GS1-128: text -> the widths of bars and spaces, in modules.
//!
//! Sets B and C with FNC1 cover every code that the house prints; set A adds only control
//! characters, which no label here carries.

use thiserror::Error;

#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Code128Error {
    #[error("a barcode needs at least one character")]
    Empty,
    #[error("{0:?} cannot stand in a barcode: only printable ASCII can")]
    Character(char),
}

const TO_C: u8 = 99;
const TO_B: u8 = 100;
const FNC1: u8 = 102;
const START_B: u8 = 104;
const START_C: u8 = 105;
const STOP: u8 = 106;
/// Stands for FNC1 in the text: what a scanner sends for it between two fields.
const GROUP_SEPARATOR: u8 = 0x1d;

/// Symbol values 0 to 106 as widths of bar, space, bar ... (ISO/IEC 15417, table 1).
#[rustfmt::skip]
const WIDTHS: [&[u8]; 107] = [
    b"212222", b"222122", b"222221", b"121223", b"121322", b"131222", b"122213", b"122312",
    b"132212", b"221213", b"221312", b"231212", b"112232", b"122132", b"122231", b"113222",
    b"123122", b"123221", b"223211", b"221132", b"221231", b"213212", b"223112", b"312131",
    b"311222", b"321122", b"321221", b"312212", b"322112", b"322211", b"212123", b"212321",
    b"232121", b"111323", b"131123", b"131321", b"112313", b"132113", b"132311", b"211313",
    b"231113", b"231311", b"112133", b"112331", b"132131", b"113123", b"113321", b"133121",
    b"313121", b"211331", b"231131", b"213113", b"213311", b"213131", b"311123", b"311321",
    b"331121", b"312113", b"312311", b"332111", b"314111", b"221411", b"431111", b"111224",
    b"111422", b"121124", b"121421", b"141122", b"141221", b"112214", b"112412", b"122114",
    b"122411", b"142112", b"142211", b"241211", b"221114", b"413111", b"241112", b"134111",
    b"111242", b"121142", b"121241", b"114212", b"124112", b"124211", b"411212", b"421112",
    b"421211", b"212141", b"214121", b"412121", b"111143", b"111341", b"131141", b"114113",
    b"114311", b"411113", b"411311", b"113141", b"114131", b"311141", b"411131", b"211412",
    b"211214", b"211232", b"2331112",
];

/// The widths of bar, space, bar ... in modules, without the quiet zones (10 modules on each side).
/// A text like `(00)340123450000000018` becomes GS1-128; a group separator becomes FNC1.
pub fn encode(text: &str) -> Result<Vec<u8>, Code128Error> {
    let values = with_check(symbols(gs1(text).as_bytes())?);
    Ok(values.iter().flat_map(|value| widths(*value)).collect())
}

fn widths(value: u8) -> impl Iterator<Item = u8> {
    WIDTHS.get(usize::from(value)).copied().unwrap_or_default().iter().map(|width| width - b'0')
}

/// The form for people, "(01)...(10)...", without its brackets and with FNC1 in front. Only the SSCC
/// and fields of fixed length come from the house itself, so that no separator is needed between.
fn gs1(text: &str) -> String {
    let fixed = ["(00)", "(01)", "(02)"].iter().any(|head| text.starts_with(head));
    match fixed {
        true => format!("\u{1d}{}", text.replace(['(', ')'], "")),
        false => text.to_owned(),
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Set {
    B,
    C,
}

/// Start, data and set changes; set C wherever enough digits stand together to pay for the change.
fn symbols(text: &[u8]) -> Result<Vec<u8>, Code128Error> {
    let data_from = text.iter().take_while(|byte| **byte == GROUP_SEPARATOR).count();
    if data_from == text.len() {
        return Err(Code128Error::Empty);
    }
    let first_run = digits(&text[data_from..]);
    let all_digits = first_run == text.len() - data_from && first_run.is_multiple_of(2);
    let mut set = if first_run >= 4 || all_digits { Set::C } else { Set::B };
    let mut values = vec![if set == Set::C { START_C } else { START_B }];
    let mut rest = text;
    while let Some(&byte) = rest.first() {
        let run = digits(rest);
        let pays = run >= 6 || (run >= 4 && run == rest.len());
        match set {
            _ if byte == GROUP_SEPARATOR => {
                values.push(FNC1);
                rest = &rest[1..];
            }
            Set::C if run >= 2 => {
                values.push((byte - b'0') * 10 + (rest[1] - b'0'));
                rest = &rest[2..];
            }
            Set::C => {
                values.push(TO_B);
                set = Set::B;
            }
            // An odd run gives its first digit to set B, so that the rest goes in pairs.
            Set::B if pays && run.is_multiple_of(2) => {
                values.push(TO_C);
                set = Set::C;
            }
            Set::B if (b' '..=b'~').contains(&byte) => {
                values.push(byte - b' ');
                rest = &rest[1..];
            }
            Set::B => return Err(Code128Error::Character(first_char(rest))),
        }
    }
    Ok(values)
}

fn digits(text: &[u8]) -> usize {
    text.iter().take_while(|byte| byte.is_ascii_digit()).count()
}

fn first_char(rest: &[u8]) -> char {
    String::from_utf8_lossy(rest).chars().next().unwrap_or('\u{fffd}')
}

/// The check symbol: the start plus each value times its place, modulo 103.
fn with_check(mut values: Vec<u8>) -> Vec<u8> {
    let weighted = values.iter().enumerate().map(|(at, value)| at.max(1) * usize::from(*value));
    values.push((weighted.sum::<usize>() % 103) as u8);
    values.push(STOP);
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads bar widths as a scanner would: symbols, check, sets, FNC1.
    fn decode(widths: &[u8]) -> String {
        let (symbols, stop) = widths.split_at(widths.len() - 7);
        assert_eq!(stop, [2, 3, 3, 1, 1, 1, 2]);
        let value = |six: &[u8]| {
            let text: Vec<u8> = six.iter().map(|width| width + b'0').collect();
            WIDTHS.iter().position(|pattern| *pattern == text).expect("a known symbol")
        };
        let values: Vec<usize> = symbols.chunks(6).map(value).collect();
        let (check, data) = values.split_last().unwrap();
        let sum: usize = data.iter().enumerate().map(|(at, value)| at.max(1) * value).sum();
        assert_eq!(sum % 103, *check);
        let mut set_c = data[0] == usize::from(START_C);
        let mut text = String::new();
        for value in &data[1..] {
            match (set_c, value) {
                (_, 102) => text.push('\u{1d}'),
                (false, 99) => set_c = true,
                (true, 100) => set_c = false,
                (true, pair) => text += &format!("{pair:02}"),
                (false, value) => text.push((b' ' + *value as u8) as char),
            }
        }
        text
    }

    #[test]
    fn each_symbol_is_eleven_modules_and_its_own() {
        for (value, pattern) in WIDTHS.iter().enumerate().take(106) {
            let sum: u32 = pattern.iter().map(|width| u32::from(width - b'0')).sum();
            let bars: u32 = pattern.iter().step_by(2).map(|width| u32::from(width - b'0')).sum();
            assert_eq!((pattern.len(), sum, bars % 2), (6, 11, 0), "{value}");
            assert!(!WIDTHS[..value].contains(pattern), "{value}");
        }
    }

    #[test]
    fn what_is_drawn_reads_back() {
        for (text, read) in [
            ("A-04-2", "A-04-2"),
            ("6901234567892", "6901234567892"),
            ("12345678", "12345678"),
            ("12", "12"),
            ("7", "7"),
            ("SO-2026-000123", "SO-2026-000123"),
            ("a~Z 9", "a~Z 9"),
            ("X12345Y", "X12345Y"),
            ("X123456Y", "X123456Y"),
            ("(00)340123450000000018", "\u{1d}00340123450000000018"),
            ("\u{1d}0106901234567892\u{1d}10AB", "\u{1d}0106901234567892\u{1d}10AB"),
        ] {
            assert_eq!(decode(&encode(text).unwrap()), read, "{text}");
        }
    }

    #[test]
    fn digits_go_in_pairs() {
        // Start C, FNC1, ten pairs, check: 13 symbols of 11 modules and a stop of 13.
        let modules = |text| encode(text).unwrap().iter().map(|width| u32::from(*width)).sum();
        let sscc: u32 = modules("(00)340123450000000018");
        assert_eq!(sscc, 13 * 11 + 13);
        let thirteen: u32 = modules("6901234567892");
        assert_eq!(thirteen, (1 + 6 + 1 + 1 + 1) * 11 + 13);
    }

    #[test]
    fn what_cannot_be_drawn_is_named() {
        assert_eq!(encode(""), Err(Code128Error::Empty));
        assert_eq!(encode("货架"), Err(Code128Error::Character('货')));
        assert_eq!(encode("A\n"), Err(Code128Error::Character('\n')));
    }
}
