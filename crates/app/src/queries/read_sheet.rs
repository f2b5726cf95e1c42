//! A workbook's sheet as CSV, so that a spreadsheet is taken in by the same door as any file.

use crate::ctx::Ctx;
use crate::problem::Fault;
use crate::workbook::{Rows, Workbook, WorkbookError};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

const BYTES_MAX: usize = 40_000_000;

#[derive(Debug, Deserialize, TS)]
pub struct ReadSheetArgs {
    pub base64: String,
    /// The first one when it is empty.
    pub sheet: String,
}

#[derive(Debug, Serialize, TS)]
pub struct SheetText {
    pub sheets: Vec<String>,
    pub sheet: String,
    pub text: String,
}

pub fn run(ctx: &Ctx<'_>, args: ReadSheetArgs) -> Result<SheetText, Fault> {
    let bytes = STANDARD.decode(args.base64.as_bytes()).unwrap_or_default();
    if bytes.len() > BYTES_MAX {
        return Err(unreadable(ctx, &WorkbookError::TooLarge("the file".to_owned())));
    }
    let mut book = Workbook::open(bytes).map_err(|error| unreadable(ctx, &error))?;
    let sheets = book.sheet_names();
    let first = || sheets.first().cloned().unwrap_or_default();
    let sheet = if args.sheet.is_empty() { first() } else { args.sheet };
    let rows = book.rows(&sheet).map_err(|error| unreadable(ctx, &error))?;
    let text = csv(&rows).map_err(|error| Fault::invalid("sheet", error))?;
    Ok(SheetText { sheets, sheet, text })
}

/// Rows that hold nothing are left out; the first one with something names the columns, and what
/// stands beyond its last name has none.
fn csv(rows: &Rows) -> Result<String, csv::Error> {
    let first = rows.values().filter_map(|row| row.keys().next()).min().copied().unwrap_or(0);
    let names = rows.values().next().and_then(|head| head.keys().next_back()).copied();
    let end = names.unwrap_or(0).max(first);
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows.values() {
        let cell = |column: u32| row.get(&column).map_or("", String::as_str);
        writer.write_record((first..=end).map(cell))?;
    }
    let bytes = writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn unreadable(ctx: &Ctx<'_>, error: &WorkbookError) -> Fault {
    let why = match error {
        WorkbookError::NoPackage => ctx.say("it is no workbook", "不是工作簿"),
        WorkbookError::Missing(what) => {
            ctx.lang.pick(format!("{what} is missing"), format!("缺少 {what}"))
        }
        WorkbookError::TooLarge(what) => {
            ctx.lang.pick(format!("{what} is too large"), format!("{what} 过大"))
        }
        WorkbookError::Unreadable(what) => {
            ctx.lang.pick(format!("{what} is damaged"), format!("{what} 已损坏"))
        }
    };
    Fault::said(
        "unreadable_file",
        ctx.lang.pick(
            format!("This workbook cannot be read: {why}."),
            format!("无法读取该工作簿：{why}。"),
        ),
        ctx.say(
            "Save it as .xlsx without a password, or as CSV, and choose it again.",
            "请另存为无密码的 .xlsx 或 CSV 后重新选择。",
        ),
    )
}
