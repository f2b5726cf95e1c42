//! What a table shows, as a file for a spreadsheet.

use crate::commands::print::save;
use crate::csv_file::{csv_file, guarded};
use crate::ctx::Ctx;
use crate::problem::Fault;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::money::decimal;
use domain::{Currency, Timestamp};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, XlsxError};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A worksheet has no more, the row of names included.
const ROWS_MAX: usize = 1_048_575;
const MINUTE_MS: i64 = 60_000;

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
        SheetFormat::Csv => (csv(&args)?, "csv"),
        SheetFormat::Xlsx => (xlsx(&args).map_err(|error| Fault::invalid("sheet", error))?, "xlsx"),
    };
    let file_name = format!("{}-{}.{ending}", plain(&args.name), stamp(ctx.now));
    let saved_path = save(ctx, "exports", &file_name, &bytes)?;
    Ok(Sheet { saved_path, file_name, base64: STANDARD.encode(bytes) })
}

/// Letters and digits of any script; everything else would trouble some file system.
fn plain(name: &str) -> String {
    let sign = |c: char| if c.is_alphanumeric() { c } else { '-' };
    name.chars().take(60).map(sign).collect()
}

fn stamp(now: Timestamp) -> String {
    time(now.0).replace([':', ' '], "-")
}

fn time(at: i64) -> String {
    let day = Timestamp(at).day();
    let minute = (at - day.start().0) / MINUTE_MS;
    format!("{day} {:02}:{:02}", minute / 60, minute % 60)
}

fn csv(args: &SheetArgs) -> Result<Vec<u8>, Fault> {
    let heads = args.heads.iter().map(|head| guarded(head)).collect();
    let rows = args.rows.iter().map(|row| row.iter().map(written).collect());
    csv_file(std::iter::once(heads).chain(rows)).map_err(|error| Fault::invalid("sheet", error))
}

fn written(cell: &Cell) -> String {
    match cell {
        Cell::Number(number) => number.to_string(),
        Cell::Text(text) => guarded(text),
        Cell::Money { minor, .. } => decimal(*minor),
        Cell::Time { at } => time(*at),
    }
}

fn xlsx(args: &SheetArgs) -> Result<Vec<u8>, XlsxError> {
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
                    let at = ExcelDateTime::from_timestamp(at.div_euclid(1000))?;
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
