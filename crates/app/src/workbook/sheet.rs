//! One sheet: its cells by row and column, as a person would type them.

use super::dates::DateStyles;
use super::text_of;
use roxmltree::{Document, Node};
use std::collections::BTreeMap;

/// Row as it is numbered, then column from 0. A sheet may say that it reaches to its last column;
/// only what holds something is here.
pub type Rows = BTreeMap<u32, BTreeMap<u32, String>>;

pub(super) fn rows(sheet: &Document<'_>, texts: &[String], dates: &DateStyles) -> Rows {
    let mut rows = Rows::new();
    let mut number = 0;
    for row in sheet.descendants().filter(|node| node.tag_name().name() == "row") {
        // Neither a row nor a cell must say where it is: then it follows the one before.
        number = row.attribute("r").and_then(|r| r.parse().ok()).unwrap_or(number + 1);
        let mut column = 0;
        for cell in row.children().filter(|node| node.tag_name().name() == "c") {
            column = cell.attribute("r").and_then(column_of).unwrap_or(column);
            let text = written(cell, texts, dates);
            if !text.is_empty() {
                rows.entry(number).or_default().insert(column, text);
            }
            column += 1;
        }
    }
    rows
}

/// "AA3" is column 26.
fn column_of(place: &str) -> Option<u32> {
    let letters = place.bytes().take_while(u8::is_ascii_uppercase);
    let number = letters.fold(0u32, |number, letter| {
        number.saturating_mul(26).saturating_add(u32::from(letter - b'A') + 1)
    });
    number.checked_sub(1)
}

fn written(cell: Node<'_, '_>, texts: &[String], dates: &DateStyles) -> String {
    let value = cell.children().find(|node| node.tag_name().name() == "v");
    let value = value.and_then(|node| node.text()).unwrap_or_default().trim();
    match cell.attribute("t").unwrap_or("n") {
        "s" => {
            let text = value.parse().ok().and_then(|at: usize| texts.get(at));
            text.map_or_else(String::new, |text| text.trim().to_owned())
        }
        "inlineStr" => text_of(cell).trim().to_owned(),
        "b" => if value == "1" { "true" } else { "false" }.to_owned(),
        "e" => String::new(),
        "n" => number(cell, value, dates),
        // Text that a formula came to, or a day as ISO 8601 writes it.
        _ => value.to_owned(),
    }
}

/// Whole numbers without a point, days as days.
fn number(cell: Node<'_, '_>, value: &str, dates: &DateStyles) -> String {
    let Ok(number) = value.parse::<f64>() else { return value.to_owned() };
    let style = cell.attribute("s").and_then(|style| style.parse().ok()).unwrap_or(0);
    // As it is stored 4.0E12 is a barcode too.
    dates.written(style, number).unwrap_or_else(|| number.to_string())
}
