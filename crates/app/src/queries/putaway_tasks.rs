//! What waits on the dock, and where each heap should go.

use crate::ctx::Ctx;
use crate::problem::Fault;
use crate::queries::known::Products;
use crate::queries::room::Rooms;
use crate::view::{Nothing, day_text};
use domain::Condition;
use serde::Serialize;
use store::read::HeapQuery;
use ts_rs::TS;
use warehouse::putaway::{Why, propose};

const PROPOSALS: usize = 3;

#[derive(Debug, Serialize, TS)]
#[ts(rename = "PutawayProposal")]
pub struct Proposal {
    pub location: String,
    pub why: String,
}

#[derive(Debug, Serialize, TS)]
pub struct PutawayTask {
    pub key: String,
    pub sku: String,
    pub name: String,
    pub barcode: String,
    pub lot: String,
    pub expires: String,
    pub condition: String,
    pub qty: i64,
    pub from: String,
    pub proposals: Vec<Proposal>,
    pub since: i64,
}

pub fn run(ctx: &Ctx<'_>, _: Nothing) -> Result<Vec<PutawayTask>, Fault> {
    ctx.read(|db| {
        let mut products = Products::default();
        let mut rooms = Rooms::load(&db)?;
        let apart = db.first_bin("quarantine")?;
        let mut tasks = Vec::new();
        for heap in db.heaps(&HeapQuery { kind: Some("dock"), ..HeapQuery::default() })? {
            let key = &heap.key;
            // Packed goods wait for a van, and returned ones for a grade: neither is put away.
            if heap.on_hand.0 <= 0 || !key.package.is_empty() {
                continue;
            }
            let product = products.get(&db, &key.sku)?.cloned();
            let proposals = if key.condition == Condition::Good {
                let places = rooms.places(&db, &key.sku, product.as_ref())?;
                let found = propose(&places, heap.on_hand, PROPOSALS);
                if let Some((first, Why::EmptyPickFace | Why::EmptyBulk)) = found.first() {
                    rooms.take(first);
                }
                found
                    .into_iter()
                    .map(|(location, why)| Proposal {
                        location: location.to_string(),
                        why: why_text(ctx, why),
                    })
                    .collect()
            } else {
                let why = ctx.say("Not good: keep it apart", "非良品，隔离存放");
                apart
                    .iter()
                    .map(|bin| Proposal { location: bin.to_string(), why: why.clone() })
                    .collect()
            };
            tasks.push(PutawayTask {
                key: heap.id.to_string(),
                sku: key.sku.to_string(),
                name: ctx.product_name(product.as_ref(), &key.sku),
                barcode: product.map_or_else(String::new, |p| p.barcode),
                lot: key.lot.to_string(),
                expires: day_text(heap.expires),
                condition: key.condition.as_str().to_owned(),
                qty: heap.on_hand.0,
                from: key.location.to_string(),
                proposals,
                since: db.oldest_arrival(heap.id, heap.on_hand.0)?,
            });
        }
        tasks.sort_by(|a, b| (a.since, &a.sku, &a.key).cmp(&(b.since, &b.sku, &b.key)));
        Ok(tasks)
    })
}

fn why_text(ctx: &Ctx<'_>, why: Why) -> String {
    match why {
        Why::SamePickFace => ctx.say("Its pick face, with room", "本商品拣货位，有空间"),
        Why::SameBulk => ctx.say("Beside its own in bulk", "与同款存储位放一起"),
        Why::EmptyPickFace => ctx.say("Nearest empty pick bin", "最近的空拣货位"),
        Why::EmptyBulk => ctx.say("Nearest empty bulk bin", "最近的空存储位"),
    }
}
