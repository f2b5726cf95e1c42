//! Opening stock from CSV: what stands where on the day the house starts with Quayside.

use super::table::{self, Row};
use super::{FileProblem, Intake, RowError, RowProblem};
use domain::{Day, LocationCode, LotCode, Qty, Serial, Sku, UnitCost};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StockRow {
    pub line: i64,
    pub sku: Sku,
    pub lot: LotCode,
    pub serial: Serial,
    pub expires: Option<Day>,
    pub location: LocationCode,
    pub qty: Qty,
    pub unit_cost: Option<UnitCost>,
}

pub fn read_stock(text: &str) -> Result<Intake<StockRow>, FileProblem> {
    let table = table::read(text, &["sku", "location", "qty"])?;
    let mut intake =
        Intake { rows: (table.rows.len() + table.errors.len()) as i64, ..Intake::default() };
    intake.errors = table.errors;
    for row in &table.rows {
        match stock_row(row) {
            Ok(stock) => intake.good.push(stock),
            Err(error) => intake.errors.push(error),
        }
    }
    Ok(intake)
}

fn stock_row(row: &Row) -> Result<StockRow, RowError> {
    let bad = |column: &'static str| {
        move |error: domain::ParseCodeError| {
            row.error(column, RowProblem::BadCode(error.to_string()))
        }
    };
    let location = LocationCode::parse(row.required("location")?).map_err(bad("location"))?;
    if location.is_virtual() {
        return Err(row.error("location", RowProblem::BadCode(location.to_string())));
    }
    let expires = match row.text("expires") {
        "" => None,
        text => Some(
            Day::parse(text)
                .ok_or_else(|| row.error("expires", RowProblem::BadDate(text.to_owned())))?,
        ),
    };
    let unit_cost = match row.text("unit_cost") {
        "" => None,
        _ => Some(UnitCost::from_minor(row.minor("unit_cost", 0)?)),
    };
    let qty = row.positive("qty")?;
    let serial = Serial::parse_optional(row.text("serial")).map_err(bad("serial"))?;
    if !serial.is_none() && qty != 1 {
        return Err(row.error("qty", RowProblem::BadCode("a serial is one unit".to_owned())));
    }
    Ok(StockRow {
        line: row.line,
        sku: Sku::parse(row.required("sku")?).map_err(bad("sku"))?,
        lot: LotCode::parse_optional(row.text("lot")).map_err(bad("lot"))?,
        serial,
        expires,
        location,
        qty: Qty(qty),
        unit_cost,
    })
}
