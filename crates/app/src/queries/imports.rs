//! Files taken in, and the folder that is watched for more.

use crate::commands::import_file::error_views;
use crate::ctx::Ctx;
use crate::problem::Fault;
use crate::view::Nothing;
use serde::Serialize;
use store::ImportRow;
use ts_rs::TS;

#[derive(Debug, Clone, Serialize, TS)]
#[ts(rename = "RowError")]
pub struct RowErrorView {
    pub line: i64,
    pub column: String,
    pub message: String,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct ImportReport {
    pub import_id: String,
    pub file_name: String,
    pub kind: String,
    pub at: i64,
    pub rows: i64,
    pub accepted: i64,
    pub already_known: i64,
    pub rejected: Vec<RowErrorView>,
    pub duplicate_file: bool,
    pub message: String,
    pub undoable: bool,
}

#[derive(Debug, Serialize, TS)]
pub struct DropFolderView {
    pub path: String,
    pub watching: bool,
    pub recent: Vec<ImportReport>,
}

pub fn report_of(ctx: &Ctx<'_>, row: &ImportRow) -> ImportReport {
    let bad = row.errors.len();
    ImportReport {
        import_id: row.id.clone(),
        file_name: row.file_name.clone(),
        kind: row.what.clone(),
        at: row.at,
        rows: row.rows,
        accepted: row.accepted,
        already_known: row.already_known,
        rejected: error_views(&row.errors),
        duplicate_file: false,
        message: ctx.lang.pick(
            format!(
                "{} of {} rows taken in, {} already known, {bad} refused.",
                row.accepted, row.rows, row.already_known
            ),
            format!(
                "共 {} 行：导入 {}，已存在 {}，拒绝 {bad}。",
                row.rows, row.accepted, row.already_known
            ),
        ),
        undoable: row.what == "orders" && row.accepted > 0,
    }
}

pub fn run(ctx: &Ctx<'_>, _: Nothing) -> Result<Vec<ImportReport>, Fault> {
    ctx.read(|db| Ok(db.imports(100)?.iter().map(|row| report_of(ctx, row)).collect()))
}

pub fn drop_folder(ctx: &Ctx<'_>, args: Nothing) -> Result<DropFolderView, Fault> {
    Ok(DropFolderView {
        path: ctx.app.drop_dir().display().to_string(),
        watching: ctx.app.is_watching(),
        recent: run(ctx, args)?.into_iter().take(20).collect(),
    })
}
