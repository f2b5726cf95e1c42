//! Grade returned goods: good ones join the dock for putaway, damaged ones go apart, the rest is
//! scrapped. The put-back itself is a task, never a silent plus one.

use super::receive_return::{known, package};
use crate::ctx::{Ctx, Done, Work};
use crate::problem::Fault;
use domain::{Body, Cause, Condition, LocationCode, Move, Refusal, Spot};
use serde::Deserialize;
use store::read::HeapQuery;
use ts_rs::TS;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Grade {
    Good,
    Damaged,
    Scrap,
}

#[derive(Debug, Deserialize, TS)]
pub struct ReturnGradeArgs {
    pub return_line_id: String,
    pub grade: Grade,
}

pub fn run(ctx: &Ctx<'_>, args: ReturnGradeArgs) -> Result<Done, Fault> {
    ctx.done(|w| {
        let (row, return_line) = known(w, &args.return_line_id)?;
        let package = package(return_line);
        let waiting = w.heaps(&HeapQuery { package: Some(&package), ..HeapQuery::default() })?;
        let waiting: Vec<_> = waiting.into_iter().filter(|heap| heap.on_hand.0 > 0).collect();
        if waiting.is_empty() {
            return Err(Refusal::WrongState {
                what: "return",
                is: ctx.say("not waiting for a grade", "没有待质检的货物"),
                needs: "Receive it first.",
            }
            .into());
        }
        let grade = match args.grade {
            Grade::Good => Condition::Good,
            Grade::Damaged | Grade::Scrap => Condition::Damaged,
        };
        let scrap = args.grade == Grade::Scrap;
        w.record(Body::ReturnGraded { return_line, grade, scrap })?;
        let mut units = 0;
        for heap in waiting {
            let to = destination(w, args.grade, &heap.key.location)?;
            units += heap.on_hand.0;
            w.record(Body::Moved(Move {
                sku: heap.key.sku,
                lot: heap.key.lot,
                serial: heap.key.serial,
                owner: heap.key.owner,
                from: Spot {
                    location: heap.key.location,
                    condition: heap.key.condition,
                    package: heap.key.package,
                },
                to,
                qty: heap.on_hand,
                cause: Cause::Grade { return_line },
                reason: String::new(),
                reverses: None,
            }))?;
        }
        Ok(message(ctx, args.grade, units, &row.sku))
    })
}

fn destination(w: &Work<'_, '_>, grade: Grade, dock: &LocationCode) -> Result<Spot, Fault> {
    Ok(match grade {
        Grade::Good => Spot::at(dock.clone()),
        Grade::Damaged => {
            let apart = w.first_bin("quarantine")?.unwrap_or_else(|| dock.clone());
            Spot { condition: Condition::Damaged, ..Spot::at(apart) }
        }
        Grade::Scrap => Spot { condition: Condition::Damaged, ..Spot::at(LocationCode::scrap()) },
    })
}

fn message(ctx: &Ctx<'_>, grade: Grade, units: i64, sku: &str) -> String {
    match grade {
        Grade::Good => ctx.lang.pick(
            format!("{units} × {sku} are good. Put them away."),
            format!("{sku} {units} 件为良品，请上架。"),
        ),
        Grade::Damaged => ctx.lang.pick(
            format!("{units} × {sku} are damaged and kept apart."),
            format!("{sku} {units} 件为残次品，已隔离。"),
        ),
        Grade::Scrap => {
            ctx.lang.pick(format!("{units} × {sku} scrapped."), format!("{sku} {units} 件已报废。"))
        }
    }
}
