//! Bins and other places from CSV, for houses whose shelves follow no pattern.

use super::table::{self, Row};
use super::{FileProblem, Intake, RowError, RowProblem};
use domain::{Bin, BinKind, Grams, LocationCode, Milliliters};

pub fn read_places(text: &str) -> Result<Intake<Bin>, FileProblem> {
    let table = table::read(text, &["code", "kind"])?;
    let mut intake =
        Intake { rows: (table.rows.len() + table.errors.len()) as i64, ..Intake::default() };
    intake.errors = table.errors;
    for row in &table.rows {
        match place(row) {
            Ok(bin) => intake.good.push(bin),
            Err(error) => intake.errors.push(error),
        }
    }
    Ok(intake)
}

fn place(row: &Row) -> Result<Bin, RowError> {
    let bad = |column: &str, text: String| row.error(column, RowProblem::BadCode(text));
    let code = LocationCode::parse(row.required("code")?)
        .map_err(|error| bad("code", error.to_string()))?;
    if code.is_virtual() {
        return Err(bad("code", code.to_string()));
    }
    let kind = row.required("kind")?;
    Ok(Bin {
        code,
        kind: BinKind::parse(kind).ok_or_else(|| bad("kind", kind.to_owned()))?,
        zone: row.text("zone").to_owned(),
        // Without a path of its own the file is walked from top to bottom.
        walk: row.integer("walk", row.line)?,
        capacity: Milliliters(row.integer("capacity_ml", 0)?),
        max_weight: Grams(row.integer("max_weight_g", 0)?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_names_a_place_and_a_bad_one_is_named() {
        let text = "code,kind,zone\nA-1,pick,A\nB-1,shelf,B\n,dock,\n";
        let intake = read_places(text).unwrap_or_default();
        assert_eq!((intake.rows, intake.good.len()), (3, 1));
        let wrong: Vec<(i64, &str)> =
            intake.errors.iter().map(|error| (error.line, error.column.as_str())).collect();
        assert_eq!(wrong, [(3, "kind"), (4, "code")]);
    }
}
