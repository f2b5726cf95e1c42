//! A CSV file as rows with named cells.

use super::{FileProblem, RowError, RowProblem};
use std::collections::BTreeMap;

pub(super) struct Table {
    pub rows: Vec<Row>,
    /// Rows that are not rows: wrong width, broken quotes, not UTF-8.
    pub errors: Vec<RowError>,
}

pub(super) struct Row {
    pub line: i64,
    cells: BTreeMap<String, String>,
}

/// Reads with a header; names are case-blind, and `;` works as well as `,` because spreadsheets in
/// half of Europe write it.
pub(super) fn read(text: &str, required: &[&str]) -> Result<Table, FileProblem> {
    let text = text.trim_start_matches('\u{feff}');
    let first = text.lines().next().unwrap_or_default();
    if first.trim().is_empty() {
        return Err(FileProblem::Empty);
    }
    let semicolons = first.matches(';').count() > first.matches(',').count();
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(if semicolons { b';' } else { b',' })
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let header: Vec<String> = reader
        .headers()
        .map_err(|_| FileProblem::Empty)?
        .iter()
        .map(|name| name.to_lowercase())
        .collect();
    let missing: Vec<String> = required
        .iter()
        .filter(|name| !header.iter().any(|have| have == *name))
        .map(|name| (*name).to_owned())
        .collect();
    if !missing.is_empty() {
        return Err(FileProblem::MissingColumns(missing));
    }
    let mut table = Table { rows: Vec::new(), errors: Vec::new() };
    for record in reader.records() {
        match record {
            Ok(record) => {
                let line = record.position().map_or(0, |p| p.line() as i64);
                if record.len() != header.len() {
                    let problem =
                        RowProblem::WrongWidth { found: record.len(), expected: header.len() };
                    table.errors.push(RowError { line, column: String::new(), problem });
                    continue;
                }
                let cells = header.iter().cloned().zip(record.iter().map(str::to_owned)).collect();
                table.rows.push(Row { line, cells });
            }
            Err(error) => {
                let line = error.position().map_or(0, |p| p.line() as i64);
                table.errors.push(RowError {
                    line,
                    column: String::new(),
                    problem: RowProblem::NotText,
                });
            }
        }
    }
    Ok(table)
}

impl Row {
    pub fn text(&self, column: &str) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }

    pub fn error(&self, column: &str, problem: RowProblem) -> RowError {
        RowError { line: self.line, column: column.to_owned(), problem }
    }

    pub fn required(&self, column: &str) -> Result<&str, RowError> {
        match self.text(column) {
            "" => Err(self.error(column, RowProblem::Missing)),
            text => Ok(text),
        }
    }

    /// A whole number; empty is `or`.
    pub fn integer(&self, column: &str, or: i64) -> Result<i64, RowError> {
        match self.text(column) {
            "" => Ok(or),
            text => text
                .parse()
                .map_err(|_| self.error(column, RowProblem::NotANumber(text.to_owned()))),
        }
    }

    pub fn positive(&self, column: &str) -> Result<i64, RowError> {
        self.required(column)?;
        match self.integer(column, 0)? {
            n if n > 0 => Ok(n),
            n => Err(self.error(column, RowProblem::NotPositive(n.to_string()))),
        }
    }

    /// An amount with up to two decimals, in minor units.
    pub fn minor(&self, column: &str, or: i64) -> Result<i64, RowError> {
        match self.text(column) {
            "" => Ok(or),
            text => minor_units(text)
                .ok_or_else(|| self.error(column, RowProblem::NotANumber(text.to_owned()))),
        }
    }

    pub fn flag(&self, column: &str) -> bool {
        matches!(self.text(column), "1" | "true" | "yes" | "y" | "是")
    }
}

/// `12.5` -> 1250, without a float on the way.
pub(super) fn minor_units(text: &str) -> Option<i64> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    if decimals.len() > 2 || whole.is_empty() || !decimals.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let cents: i64 = format!("{decimals:0<2}").parse().ok()?;
    let whole: i64 = whole.parse().ok()?;
    (whole >= 0).then(|| whole.checked_mul(100).map(|w| w + cents)).flatten()
}
