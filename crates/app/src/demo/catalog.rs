//! The demo's products, from two small lists.

use super::dice::Dice;
use domain::{Grams, Milliliters, Product, Qty, Removal, Sku, UnitCost, check_digit};

const NOUNS: &str = include_str!("../../../../data/nouns.csv");
const VARIANTS: &str = include_str!("../../../../data/variants.csv");

pub(super) fn products(count: usize, dice: &mut Dice) -> Vec<Product> {
    let nouns: Vec<Vec<&str>> = rows(NOUNS);
    let variants: Vec<Vec<&str>> = rows(VARIANTS);
    let mut list = Vec::with_capacity(count);
    'all: for variant in &variants {
        for (index, noun) in nouns.iter().enumerate() {
            if list.len() == count {
                break 'all;
            }
            list.extend(product(list.len(), index, noun, variant, dice));
        }
    }
    list
}

fn rows(text: &'static str) -> Vec<Vec<&'static str>> {
    text.lines().skip(1).map(|line| line.split(',').collect()).collect()
}

fn product(
    serial: usize,
    noun_no: usize,
    noun: &[&str],
    variant: &[&str],
    dice: &mut Dice,
) -> Option<Product> {
    let [en, zh, category, weight, volume, price, kind] = noun else { return None };
    let [variant_en, variant_zh] = variant else { return None };
    let number = |text: &str| text.parse::<i64>().unwrap_or(1);
    let scale = dice.between(80, 130);
    let price = number(price) * scale / 100;
    let prefix: String =
        en.chars().filter(char::is_ascii_uppercase).chain(en.chars().skip(1)).take(3).collect();
    Some(Product {
        sku: Sku::parse(&format!("{}-{:04}", prefix.to_uppercase(), serial + 1)).ok()?,
        name_en: format!("{en}, {variant_en}"),
        name_zh: format!("{zh} {variant_zh}"),
        category: (*category).to_owned(),
        barcode: gtin(serial),
        unit: "pc".to_owned(),
        units: Vec::new(),
        weight: Grams(number(weight) * scale / 100),
        volume: Milliliters(number(volume) * scale / 100),
        removal: if *kind == "expiry" { Removal::Fefo } else { Removal::Fifo },
        lot_tracked: matches!(*kind, "expiry" | "lot"),
        expiry_tracked: *kind == "expiry",
        serial_tracked: *kind == "serial",
        supplier: format!("Supplier {:02}", noun_no % 14 + 1),
        unit_cost: UnitCost::from_minor(price * 55 / 100),
        price_minor: price,
        safety: Qty(0),
        pack: Qty([1, 6, 12, 24][dice.below(4)]),
        moq: Qty(12),
        lead_time_days: dice.between(3, 14) as i32,
    })
}

/// A GTIN-13 in the range that GS1 keeps for use inside a company (prefix 20 to 29).
fn gtin(serial: usize) -> String {
    let body = format!("2900000{serial:05}");
    match check_digit(&body) {
        Some(digit) => format!("{body}{digit}"),
        None => body,
    }
}
