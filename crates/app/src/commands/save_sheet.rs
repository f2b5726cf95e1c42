//! What a table shows, as a file for a spreadsheet.

use crate::commands::print::save;
use crate::csv_file::{csv_file, guarded};
use crate::ctx::Ctx;
use crate::problem::Fault;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::money::decimal;
use domain::{Currency, Timestamp, Zone};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, XlsxError};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A worksheet has no more, the row of names included.
const ROWS_MAX: usize = 1_048_575;

#[derive(Debug, Deserialize, TS)]
pub struct SheetArgs {
    /// What it is a list of; the file is named so.
    pub name: String,
    pub format: SheetFormat,
    pub heads: Vec<String>,
    pub rows: Vec<Vec<Cell>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum SheetFormat {
    Csv,
    Xlsx,
}

#[derive(Debug, Clone, Deserialize, TS)]
#[serde(untagged)]
pub enum Cell {
    Number(i64),
    Text(String),
    Money {
        minor: i64,
        #[ts(as = "String")]
        currency: Currency,
    },
    Time {
        at: i64,
    },
}

#[derive(Debug, Serialize, TS)]
pub struct Sheet {
    pub file_name: String,
    pub saved_path: String,
    pub base64: String,
}

pub fn run(ctx: &Ctx<'_>, args: SheetArgs) -> Result<Sheet, Fault> {
    if args.rows.len() > ROWS_MAX {
        return Err(Fault::said(
            "too_long",
            ctx.lang.pick(
                format!("{} rows do not fit on one sheet.", args.rows.len()),
                format!("{} 行超出一张表的容量。", args.rows.len()),
            ),
            ctx.say("Search or filter first.", "请先搜索或筛选。"),
        ));
    }
    let (bytes, ending) = match args.format {
        SheetFormat::Csv => (csv(&ctx.zone, &args)?, "csv"),
        SheetFormat::Xlsx => {
            (xlsx(&ctx.zone, &args).map_err(|error| Fault::invalid("sheet", error))?, "xlsx")
        }
    };
    let file_name = format!("{}-{}.{ending}", plain(&args.name), stamp(&ctx.zone, ctx.now));
    let saved_path = save(ctx, "exports", &file_name, &bytes)?;
    Ok(Sheet { saved_path, file_name, base64: STANDARD.encode(bytes) })
}

/// Letters and digits of any script; everything else would trouble some file system.
fn plain(name: &str) -> String {
    let sign = |c: char| if c.is_alphanumeric() { c } else { '-' };
    name.chars().take(60).map(sign).collect()
}

fn stamp(zone: &Zone, now: Timestamp) -> String {
    time(zone, now.0).replace([':', ' '], "-")
}

fn time(zone: &Zone, at: i64) -> String {
    let at = Timestamp(at);
    format!("{} {}", zone.day(at), zone.clock(at))
}

fn csv(zone: &Zone, args: &SheetArgs) -> Result<Vec<u8>, Fault> {
    let heads = args.heads.iter().map(|head| guarded(head)).collect();
    let rows = args.rows.iter().map(|row| row.iter().map(|cell| written(zone, cell)).collect());
    csv_file(std::iter::once(heads).chain(rows)).map_err(|error| Fault::invalid("sheet", error))
}

fn written(zone: &Zone, cell: &Cell) -> String {
    match cell {
        Cell::Number(number) => number.to_string(),
        Cell::Text(text) => guarded(text),
        Cell::Money { minor, .. } => decimal(*minor),
        Cell::Time { at } => time(zone, *at),
    }
}

/// Seconds as the site's clock shows them: worksheets know no zones.
fn shown(zone: &Zone, at: i64) -> i64 {
    (at + zone.ahead(Timestamp(at))).div_euclid(1000)
}

fn xlsx(zone: &Zone, args: &SheetArgs) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let bold = Format::new().set_bold();
    let clock = Format::new().set_num_format("yyyy-mm-dd hh:mm");
    let price = Format::new().set_num_format("#,##0.00");
    for (column, head) in (0..).zip(&args.heads) {
        sheet.write_string_with_format(0, column, head, &bold)?;
    }
    for (row, cells) in (1..).zip(&args.rows) {
        for (column, cell) in (0..).zip(cells) {
            match cell {
                Cell::Number(number) => sheet.write_number(row, column, *number as f64)?,
                Cell::Text(text) => sheet.write_string(row, column, text)?,
                Cell::Money { minor, .. } => {
                    sheet.write_number_with_format(row, column, *minor as f64 / 100.0, &price)?
                }
                Cell::Time { at } => {
                    let at = ExcelDateTime::from_timestamp(shown(zone, *at))?;
                    sheet.write_datetime_with_format(row, column, &at, &clock)?
                }
            };
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    if !args.heads.is_empty() {
        let (last_row, last_column) = (args.rows.len() as u32, args.heads.len() as u16 - 1);
        sheet.autofilter(0, 0, last_row, last_column)?;
    }
    sheet.autofit();
    book.save_to_buffer()
}
