//! Returns, the newest first.

use crate::ctx::Ctx;
use crate::problem::Fault;
use crate::queries::known::Products;
use crate::view::Nothing;
use domain::Sku;
use serde::Serialize;
use store::read::ReturnLineRow;
use ts_rs::TS;

#[derive(Debug, Serialize, TS)]
pub struct ReturnLineView {
    pub id: String,
    pub sku: String,
    pub name: String,
    pub qty: i64,
    pub received: i64,
    pub grade: String,
    pub disposition: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum ReturnState {
    Requested,
    Approved,
    Received,
    Graded,
    Closed,
}

#[derive(Debug, Serialize, TS)]
pub struct ReturnRow {
    pub id: String,
    pub order_number: String,
    pub customer: String,
    pub state: ReturnState,
    pub units: i64,
    pub opened_at: i64,
    pub lines: Vec<ReturnLineView>,
}

pub fn run(ctx: &Ctx<'_>, _: Nothing) -> Result<Vec<ReturnRow>, Fault> {
    ctx.read(|db| {
        let mut products = Products::default();
        let found = db.returns()?;
        let mut rows = Vec::new();
        for lines in found.chunk_by(|a, b| a.return_id == b.return_id) {
            let Some(first) = lines.first() else { continue };
            let mut views = Vec::with_capacity(lines.len());
            for line in lines {
                let product = match Sku::parse(&line.sku) {
                    Ok(sku) => products.get(&db, &sku)?,
                    Err(_) => None,
                };
                let name = product.map_or(line.sku.as_str(), |p| p.name(ctx.lang.is_zh()));
                views.push(line_view(ctx, line, name.to_owned()));
            }
            rows.push(ReturnRow {
                id: first.return_id.clone(),
                order_number: first.order_number.clone(),
                customer: first.customer.clone(),
                state: state(lines),
                units: lines.iter().map(|line| line.qty.0).sum(),
                opened_at: first.opened_at,
                lines: views,
            });
        }
        Ok(rows)
    })
}

fn state(lines: &[ReturnLineRow]) -> ReturnState {
    let all = |done: fn(&ReturnLineRow) -> bool| lines.iter().all(done);
    if all(|l| l.dispositioned >= l.qty) {
        ReturnState::Closed
    } else if lines.iter().any(|l| l.received.0 > 0) && all(|l| l.dispositioned >= l.received) {
        ReturnState::Graded
    } else if lines.iter().any(|l| l.received.0 > 0) {
        ReturnState::Received
    } else if all(|l| l.approved) {
        ReturnState::Approved
    } else {
        ReturnState::Requested
    }
}

fn line_view(ctx: &Ctx<'_>, line: &ReturnLineRow, name: String) -> ReturnLineView {
    // A grade says something only while everything that came has it: more of the line may arrive,
    // and a grading may have been undone.
    let graded = line.dispositioned.0 > 0 && line.dispositioned >= line.received;
    let grade = if graded { line.grade.clone() } else { String::new() };
    let disposition = match grade.as_str() {
        "good" => ctx.say("to be put away", "待上架"),
        "damaged" => ctx.say("kept apart", "已隔离"),
        "scrap" => ctx.say("scrapped", "已报废"),
        _ => String::new(),
    };
    ReturnLineView {
        id: line.id.clone(),
        sku: line.sku.clone(),
        name,
        qty: line.qty.0,
        received: line.received.0,
        grade,
        disposition,
    }
}
