//! What the book cannot explain, the oldest first.

use crate::ctx::Ctx;
use crate::problem::Fault;
use crate::queries::known::Products;
use crate::view::Nothing;
use serde::Serialize;
use store::read::HeapQuery;
use ts_rs::TS;

#[derive(Debug, Serialize, TS)]
pub struct DiscrepancyRow {
    pub key: String,
    pub sku: String,
    pub name: String,
    pub location: String,
    pub lot: String,
    pub qty: i64,
    pub since: i64,
    /// Who has to explain it: whoever counts the bin, or else the supervisor.
    pub owner: String,
    pub count_id: Option<String>,
}

pub fn run(ctx: &Ctx<'_>, _: Nothing) -> Result<Vec<DiscrepancyRow>, Fault> {
    ctx.read(|db| {
        let mut products = Products::default();
        let heaps = db.heaps(&HeapQuery { only_discrepancies: true, ..HeapQuery::default() })?;
        let mut rows = Vec::with_capacity(heaps.len());
        for heap in heaps {
            let key = &heap.key;
            let count = db.open_count_at(key.location.as_str())?;
            let counter = count.as_ref().and_then(|c| c.rounds.last()).map(|r| r.actor.clone());
            let owner = match counter {
                Some(id) => db.person(&id)?.map_or(id, |person| person.name),
                None => ctx.say("Supervisor", "主管"),
            };
            rows.push(DiscrepancyRow {
                key: heap.id.to_string(),
                sku: key.sku.to_string(),
                name: ctx.product_name(products.get(&db, &key.sku)?, &key.sku),
                location: key.location.to_string(),
                lot: key.lot.to_string(),
                qty: heap.discrepancy.0,
                since: heap.changed_at_millis,
                owner,
                count_id: count.map(|count| count.id.to_string()),
            });
        }
        rows.sort_by_key(|row| row.since);
        Ok(rows)
    })
}
