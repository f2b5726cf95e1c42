//! Slotting moves to take along on the walk.

use crate::commands::reslot::Swap;
use crate::ctx::Ctx;
use crate::printing::name_of;
use crate::problem::Fault;
use domain::Sku;
use paper::{Block, Column, DayReport, Document};
use store::Db;

pub(super) fn slotting_list(ctx: &Ctx<'_>, db: &Db<'_>, ids: &[String]) -> Result<Document, Fault> {
    let named = |sku: &str| -> Result<String, Fault> {
        let parsed = Sku::parse(sku).map_err(|e| Fault::invalid("SKU", e))?;
        Ok(format!("{sku} · {}", name_of(ctx, db, &parsed)?))
    };
    let mut rows = Vec::new();
    for id in ids {
        let swap = Swap::parse(id)?;
        rows.push(vec![swap.from.clone(), swap.to.clone(), named(&swap.sku)?, "☐".to_owned()]);
        if !swap.swapped_out.is_empty() {
            rows.push(vec![swap.to, swap.from, named(&swap.swapped_out)?, "☐".to_owned()]);
        }
    }
    let column = |en: &str, zh: &str| Column { title: ctx.say(en, zh), numeric: false };
    let table = Block::Table {
        caption: ctx
            .say("Carry all of it, then confirm on the screen.", "整位搬完后在屏幕上确认。"),
        columns: vec![
            column("From", "从"),
            column("To", "到"),
            column("Item", "货品"),
            column("Done", "完成"),
        ],
        rows,
    };
    Ok(Document::DayReport(DayReport {
        title: ctx.say("Slotting moves", "货位调整单"),
        subtitle: format!("{} · {}", crate::queries::house::house(db)?.name, ctx.today()),
        blocks: if ids.is_empty() { Vec::new() } else { vec![table] },
    }))
}
