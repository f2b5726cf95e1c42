//! Take in a file of orders, products, places or opening stock. All good rows in one transaction; bad ones
//! named by line and column; the same file twice changes nothing.

use crate::commands::place_order::{Placed, place_draft};
use crate::ctx::{Ctx, Work};
use crate::problem::Fault;
use crate::queries::imports::{ImportReport, RowErrorView, report_of};
use domain::{Body, Cause, ImportId, LocationCode, Move, Refusal, Spot, UnitCost};
use serde::Deserialize;
use store::ImportRow;
use ts_rs::TS;
use warehouse::intake::{
    self, FileProblem, OrderDraft, RowError, RowProblem, StockRow, read_orders, read_places,
    read_products, read_stock,
};

#[derive(Debug, Clone, Deserialize, TS)]
pub struct ImportArgs {
    pub kind: ImportKind,
    pub file_name: String,
    pub text: String,
    #[serde(default)]
    pub dry_run: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum ImportKind {
    Orders,
    Products,
    Places,
    Stock,
}

impl ImportKind {
    pub fn as_str(self) -> &'static str {
        match self {
            ImportKind::Orders => "orders",
            ImportKind::Products => "products",
            ImportKind::Places => "places",
            ImportKind::Stock => "stock",
        }
    }
}

#[derive(Default)]
struct Tally {
    rows: i64,
    accepted: i64,
    already_known: i64,
    errors: Vec<RowError>,
}

pub fn run(ctx: &Ctx<'_>, args: ImportArgs) -> Result<ImportReport, Fault> {
    let hash = blake3::hash(args.text.as_bytes()).to_hex()[..32].to_owned();
    if let Some(known) = ctx.read(|db| Ok(db.import_by_hash(&hash)?))? {
        let mut report = report_of(ctx, &known);
        report.duplicate_file = true;
        report.message = ctx.lang.pick(
            format!("{} was already taken in. Nothing changed.", args.file_name),
            format!("{} 已导入过，未作更改。", args.file_name),
        );
        return Ok(report);
    }
    let mut tally = Tally::default();
    let mut id = String::new();
    let outcome = ctx.write(|w| {
        let import = ImportId(w.id());
        id = import.to_string();
        tally = match args.kind {
            ImportKind::Orders => orders(w, import, &args)?,
            ImportKind::Products => products(w, &args)?,
            ImportKind::Places => places(w, &args)?,
            ImportKind::Stock => stock(w, &args)?,
        }
        .map_err(|problem| unreadable(ctx, &args.file_name, problem))?;
        if args.dry_run {
            // Everything was tried for real; leaving with an error takes all of it back.
            return Err(Fault::said("dry_run", String::new(), String::new()));
        }
        let errors = tally
            .errors
            .iter()
            .map(|e| (e.line, e.column.clone(), problem_text(ctx, &e.problem)))
            .collect();
        w.record(Body::Imported {
            import,
            file_name: args.file_name.clone(),
            file_hash: hash.clone(),
            what: args.kind.as_str().to_owned(),
            rows: tally.rows,
            accepted: tally.accepted,
            already_known: tally.already_known,
            errors,
        })?;
        Ok(())
    });
    match outcome {
        Ok(()) => {}
        Err(Fault::Said(problem)) if problem.code == "dry_run" => {}
        Err(other) => return Err(other),
    }
    let row = ImportRow {
        id,
        at: ctx.now.0,
        file_name: args.file_name,
        file_hash: hash,
        what: args.kind.as_str().to_owned(),
        rows: tally.rows,
        accepted: tally.accepted,
        already_known: tally.already_known,
        errors: tally
            .errors
            .iter()
            .map(|e| (e.line, e.column.clone(), problem_text(ctx, &e.problem)))
            .collect(),
    };
    let mut report = report_of(ctx, &row);
    report.undoable = report.undoable && !args.dry_run;
    Ok(report)
}

type Outcome = Result<Result<Tally, FileProblem>, Fault>;

fn orders(w: &mut Work<'_, '_>, import: ImportId, args: &ImportArgs) -> Outcome {
    let intake = match read_orders(&args.text, w.zone) {
        Ok(intake) => intake,
        Err(problem) => return Ok(Err(problem)),
    };
    let mut tally = Tally { rows: intake.rows, errors: intake.errors, ..Tally::default() };
    for draft in intake.good {
        let rows = draft.lines.len() as i64;
        if let Some(error) = unknown_sku(w, &draft)? {
            let bad = error.line;
            tally.errors.push(error);
            tally.errors.extend(draft.lines.iter().filter(|l| l.line != bad).map(|line| {
                RowError {
                    line: line.line,
                    column: "order_id".to_owned(),
                    problem: RowProblem::OrderRefused { line: bad },
                }
            }));
            continue;
        }
        let (line, external) = (draft.line, draft.external_id.clone());
        match place_draft(w, "file", draft, Some(import)) {
            Ok(Placed::New(_)) => tally.accepted += rows,
            Ok(Placed::AlreadyKnown(_)) => tally.already_known += rows,
            Err(Fault::Refused(Refusal::Conflict { .. })) => tally.errors.push(RowError {
                line,
                column: "order_id".to_owned(),
                problem: RowProblem::Conflict(external),
            }),
            Err(other) => return Err(other),
        }
    }
    tally.errors.sort_by_key(|error| error.line);
    Ok(Ok(tally))
}

fn unknown_sku(w: &Work<'_, '_>, draft: &OrderDraft) -> Result<Option<RowError>, Fault> {
    for line in &draft.lines {
        if w.product(&line.sku)?.is_none() {
            return Ok(Some(RowError {
                line: line.line,
                column: "sku".to_owned(),
                problem: RowProblem::UnknownSku(line.sku.to_string()),
            }));
        }
    }
    Ok(None)
}

fn products(w: &mut Work<'_, '_>, args: &ImportArgs) -> Outcome {
    let intake = match read_products(&args.text) {
        Ok(intake) => intake,
        Err(problem) => return Ok(Err(problem)),
    };
    let mut tally = Tally { rows: intake.rows, errors: intake.errors, ..Tally::default() };
    let mut bodies = Vec::new();
    for product in intake.good {
        if w.product(&product.sku)?.as_ref() == Some(&product) {
            tally.already_known += 1;
        } else {
            tally.accepted += 1;
            bodies.push(Body::ProductSet { product });
        }
    }
    w.record_all(bodies)?;
    Ok(Ok(tally))
}

fn places(w: &mut Work<'_, '_>, args: &ImportArgs) -> Outcome {
    let intake = match read_places(&args.text) {
        Ok(intake) => intake,
        Err(problem) => return Ok(Err(problem)),
    };
    let mut tally = Tally { rows: intake.rows, errors: intake.errors, ..Tally::default() };
    let mut bodies = Vec::new();
    for bin in intake.good {
        if w.bin(&bin.code)?.as_ref() == Some(&bin) {
            tally.already_known += 1;
        } else {
            tally.accepted += 1;
            bodies.push(Body::BinSet { bin });
        }
    }
    w.record_all(bodies)?;
    Ok(Ok(tally))
}

fn stock(w: &mut Work<'_, '_>, args: &ImportArgs) -> Outcome {
    let intake = match read_stock(&args.text) {
        Ok(intake) => intake,
        Err(problem) => return Ok(Err(problem)),
    };
    let mut tally = Tally { rows: intake.rows, errors: intake.errors, ..Tally::default() };
    for row in intake.good {
        let bad =
            |column: &str, problem| RowError { line: row.line, column: column.to_owned(), problem };
        let Some(product) = w.product(&row.sku)? else {
            tally.errors.push(bad("sku", RowProblem::UnknownSku(row.sku.to_string())));
            continue;
        };
        if w.bin(&row.location)?.is_none() {
            let problem = RowProblem::UnknownLocation(row.location.to_string());
            tally.errors.push(bad("location", problem));
            continue;
        }
        opening(w, &row, row.unit_cost.unwrap_or(product.unit_cost))?;
        tally.accepted += 1;
    }
    Ok(Ok(tally))
}

fn opening(w: &mut Work<'_, '_>, row: &StockRow, unit_cost: UnitCost) -> Result<(), Fault> {
    if !row.lot.is_none() {
        let (sku, lot) = (row.sku.clone(), row.lot.clone());
        w.record(Body::LotSet { sku, lot, expires: row.expires })?;
    }
    w.record(Body::Moved(Move {
        sku: row.sku.clone(),
        lot: row.lot.clone(),
        serial: row.serial.clone(),
        owner: String::new(),
        from: Spot::at(LocationCode::supplier()),
        to: Spot::at(row.location.clone()),
        qty: row.qty,
        cause: Cause::Receipt { receipt: None, unit_cost },
        reason: "opening stock".to_owned(),
        reverses: None,
    }))?;
    Ok(())
}

fn unreadable(ctx: &Ctx<'_>, file: &str, problem: FileProblem) -> Fault {
    let what = match problem {
        FileProblem::Empty => ctx.lang.pick(format!("{file} is empty."), format!("{file} 为空。")),
        FileProblem::MissingColumns(names) => ctx.lang.pick(
            format!("{file} has no column {}.", names.join(", ")),
            format!("{file} 缺少列：{}。", names.join("、")),
        ),
        FileProblem::BadJson(why) => ctx.lang.pick(
            format!("{file} is not whole JSON: {why}."),
            format!("{file} 不是完整的 JSON：{why}。"),
        ),
    };
    Fault::said(
        "unreadable_file",
        what,
        ctx.say(
            "Nothing was taken in. Correct the file and take it in again.",
            "未导入任何内容。请更正文件后重新导入。",
        ),
    )
}

pub fn problem_text(ctx: &Ctx<'_>, problem: &RowProblem) -> String {
    use intake::RowProblem as P;
    match problem {
        P::Missing => ctx.say("is empty", "为空"),
        P::NotANumber(t) => {
            ctx.lang.pick(format!("“{t}” is not a number"), format!("“{t}”不是数字"))
        }
        P::NotPositive(t) => {
            ctx.lang.pick(format!("must be more than 0, not {t}"), format!("必须大于 0，现为 {t}"))
        }
        P::BadDate(t) => ctx.lang.pick(
            format!("“{t}” is not a date or time (2026-01-31 14:30)"),
            format!("“{t}”不是有效日期或时间（如 2026-01-31 14:30）"),
        ),
        P::BadPlace(t) => ctx.lang.pick(format!("place: {t}"), format!("坐标有误：{t}")),
        P::BadCode(t) => ctx.lang.pick(t.clone(), format!("编码有误：{t}")),
        P::WrongWidth { found, expected } => ctx.lang.pick(
            format!("the row has {found} cells, the header {expected}"),
            format!("该行有 {found} 列，表头有 {expected} 列"),
        ),
        P::Disagrees { first, here } => ctx.lang.pick(
            format!("the order began with {first}, here it says {here}"),
            format!("同一订单前面为 {first}，此处为 {here}"),
        ),
        P::UnknownSku(t) => ctx.lang.pick(format!("unknown SKU {t}"), format!("未知商品 {t}")),
        P::UnknownLocation(t) => ctx.lang.pick(format!("unknown bin {t}"), format!("未知库位 {t}")),
        P::OrderRefused { line } => ctx.lang.pick(
            format!("its order was refused because of line {line}"),
            format!("因第 {line} 行有误，整单未导入"),
        ),
        P::Conflict(t) => ctx.lang.pick(
            format!("order {t} is already known with other content"),
            format!("订单 {t} 已存在且内容不同"),
        ),
        P::NotText => ctx.say("is not readable text", "不是可读文本"),
    }
}

/// Row errors as the window shows them.
pub fn error_views(errors: &[(i64, String, String)]) -> Vec<RowErrorView> {
    errors
        .iter()
        .map(|(line, column, message)| RowErrorView {
            line: *line,
            column: column.clone(),
            message: message.clone(),
        })
        .collect()
}
