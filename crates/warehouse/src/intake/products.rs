//! Products from CSV.

use super::table::{self, Row};
use super::{FileProblem, Intake, RowError, RowProblem};
use domain::{Grams, Milliliters, Product, Qty, Removal, Sku, UnitCost};

pub fn read_products(text: &str) -> Result<Intake<Product>, FileProblem> {
    let table = table::read(text, &["sku", "name"])?;
    let mut intake =
        Intake { rows: (table.rows.len() + table.errors.len()) as i64, ..Intake::default() };
    intake.errors = table.errors;
    for row in &table.rows {
        match product(row) {
            Ok(product) => intake.good.push(product),
            Err(error) => intake.errors.push(error),
        }
    }
    Ok(intake)
}

fn product(row: &Row) -> Result<Product, RowError> {
    let sku = Sku::parse(row.required("sku")?)
        .map_err(|error| row.error("sku", RowProblem::BadCode(error.to_string())))?;
    let removal = match row.text("removal") {
        "" | "fifo" => Removal::Fifo,
        "fefo" => Removal::Fefo,
        "nearest" => Removal::Nearest,
        other => return Err(row.error("removal", RowProblem::BadCode(other.to_owned()))),
    };
    Ok(Product {
        sku,
        name_en: row.required("name")?.to_owned(),
        name_zh: row.text("name_zh").to_owned(),
        category: row.text("category").to_owned(),
        barcode: row.text("barcode").to_owned(),
        unit: if row.text("unit").is_empty() { "pc" } else { row.text("unit") }.to_owned(),
        units: Vec::new(),
        weight: Grams(row.integer("weight_g", 0)?),
        volume: Milliliters(row.integer("volume_ml", 0)?),
        removal,
        lot_tracked: row.flag("lot_tracked"),
        expiry_tracked: row.flag("expiry_tracked"),
        serial_tracked: row.flag("serial_tracked"),
        supplier: row.text("supplier").to_owned(),
        unit_cost: UnitCost::from_minor(row.minor("unit_cost", 0)?),
        price_minor: row.minor("price", 0)?,
        safety: Qty(row.integer("safety", 0)?),
        pack: Qty(row.integer("pack", 1)?.max(1)),
        moq: Qty(row.integer("moq", 1)?.max(1)),
        lead_time_days: i32::try_from(row.integer("lead_time_days", 7)?).unwrap_or(7),
    })
}
