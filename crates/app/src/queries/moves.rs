//! The moves that make a number, newest first, and the sum that proves it.

use crate::ctx::Ctx;
use crate::problem::Fault;
use crate::queries::{known, move_words, reversal};
use crate::reasons;
use domain::id::reversal_of;
use domain::{Body, LocationCode};
use serde::{Deserialize, Serialize};
use store::Db;
use store::read::LegRow;
use ts_rs::TS;

/// No bin or SKU of a house our size has more; beyond it the oldest moves are left out of the sum.
const LEGS_MAX: i64 = 100_000;

#[derive(Debug, Deserialize, TS)]
pub struct MovesArgs {
    pub key: Option<String>,
    pub sku: Option<String>,
    pub location: Option<String>,
    pub lot: Option<String>,
    pub offset: i64,
    pub limit: i64,
}

#[derive(Debug, Serialize, TS)]
pub struct MoveRow {
    pub event_id: String,
    pub at: i64,
    pub actor: String,
    pub what: String,
    pub from: String,
    pub to: String,
    pub sku: String,
    pub lot: String,
    pub qty: i64,
    pub balance: Option<i64>,
    pub reason: String,
    pub undoable: bool,
    pub undone: bool,
}

#[derive(Debug, Serialize, TS)]
pub struct MovesView {
    pub title: String,
    pub rows: Vec<MoveRow>,
    pub total: i64,
    pub sum: i64,
    pub identity: String,
}

pub fn run(ctx: &Ctx<'_>, args: MovesArgs) -> Result<MovesView, Fault> {
    ctx.read(|db| {
        let (sku, location, lot) =
            (args.sku.as_deref(), args.location.as_deref(), args.lot.as_deref());
        let (title, (legs, total)) = match &args.key {
            Some(key) => {
                let heap = known::heap(&db, key)?;
                let title = format!("{} · {} {}", heap.key.location, heap.key.sku, heap.key.lot);
                (title.trim_end().to_owned(), db.legs_of_heap(heap.id, 0, LEGS_MAX)?)
            }
            None => {
                let named: Vec<&str> = [sku, location, lot].into_iter().flatten().collect();
                (named.join(" · "), db.legs_where(sku, location, lot, 0, LEGS_MAX)?)
            }
        };
        let sum: i64 = legs.iter().map(|leg| leg.qty.0).sum();
        let offset = usize::try_from(args.offset).unwrap_or(0);
        let limit = usize::try_from(args.limit).unwrap_or(0);
        let mut balance = sum - legs.iter().take(offset).map(|leg| leg.qty.0).sum::<i64>();
        let mut rows = Vec::new();
        for leg in legs.iter().skip(offset).take(limit) {
            // A running balance means something for one heap alone.
            rows.extend(row(ctx, &db, leg, args.key.is_some().then_some(balance))?);
            balance -= leg.qty.0;
        }
        Ok(MovesView { title, rows, total, sum, identity: identity(ctx, &legs, sum) })
    })
}

fn row(
    ctx: &Ctx<'_>,
    db: &Db<'_>,
    leg: &LegRow,
    balance: Option<i64>,
) -> Result<Option<MoveRow>, Fault> {
    let Some(stored) = db.event_at_seq(leg.seq)? else { return Ok(None) };
    let event = stored.event;
    let (from, to, reason) = match &event.body {
        Body::Moved(m) => (m.from.location.clone(), m.to.location.clone(), m.reason.clone()),
        _ => (LocationCode::adjustment(), leg.key.location.clone(), String::new()),
    };
    Ok(Some(MoveRow {
        event_id: event.id.to_string(),
        at: leg.at_millis,
        actor: db.person(&event.actor.0)?.map_or(event.actor.0.clone(), |person| person.name),
        what: move_words::title(ctx.lang, &event.body),
        from: move_words::place(ctx.lang, &from),
        to: move_words::place(ctx.lang, &to),
        sku: leg.key.sku.to_string(),
        lot: leg.key.lot.to_string(),
        qty: leg.qty.0,
        balance,
        reason: reasons::say(ctx.lang, &reason),
        undoable: reversal::undoable(db, &event)?,
        undone: db.has_event(reversal_of(event.id))?,
    }))
}

/// "in 120 − out 80 + counted −2 = 38"
fn identity(ctx: &Ctx<'_>, legs: &[LegRow], sum: i64) -> String {
    let of = |wanted: fn(&LegRow) -> bool| -> i64 {
        legs.iter().filter(|leg| wanted(leg)).map(|leg| leg.qty.0).sum()
    };
    let into = of(|leg| !leg.count && leg.qty.0 > 0);
    let out = -of(|leg| !leg.count && leg.qty.0 < 0);
    let counted = of(|leg| leg.count).to_string().replace('-', "−");
    let total = sum.to_string().replace('-', "−");
    ctx.lang.pick(
        format!("in {into} − out {out} + counted {counted} = {total}"),
        format!("入 {into} − 出 {out} + 盘点 {counted} = {total}"),
    )
}
