//! Start a count: what may lie in the bin, without how many. Nothing is recorded; the desktop
//! remembers when the counter began to look.

use crate::ctx::Ctx;
use crate::problem::Fault;
use crate::queries::known::{self, Products};
use crate::view::{ById, CountState, day_text};
use domain::{Hlc, Refusal};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard};
use store::Db;
use store::read::{CountTaskRow, HeapQuery};
use ts_rs::TS;

#[derive(Debug, Serialize, TS)]
pub struct CountTaskLine {
    pub sku: String,
    pub name: String,
    pub barcode: String,
    pub lot: String,
    pub expires: String,
}

#[derive(Debug, Serialize, TS)]
pub struct CountTask {
    pub id: String,
    pub location: String,
    pub state: CountState,
    pub is_recount: bool,
    pub lines: Vec<CountTaskLine>,
}

/// When each person began each count. Lost with the program: a count submitted after a restart is
/// compared with the book of that moment alone.
#[derive(Default)]
pub(crate) struct Begun(Mutex<BTreeMap<(String, String), Hlc>>);

impl Begun {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<(String, String), Hlc>> {
        self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    fn begin(&self, count: &str, person: &str, at: Hlc) {
        self.lock().entry((count.to_owned(), person.to_owned())).or_insert(at);
    }

    pub(super) fn at(&self, count: &str, person: &str) -> Option<Hlc> {
        self.lock().get(&(count.to_owned(), person.to_owned())).copied()
    }

    pub(super) fn end(&self, count: &str, person: &str) {
        self.lock().remove(&(count.to_owned(), person.to_owned()));
    }
}

pub fn run(ctx: &Ctx<'_>, args: ById) -> Result<CountTask, Fault> {
    ctx.read(|db| {
        let row = known::count(&db, &args.id)?;
        still_open(ctx, &row)?;
        let heaps =
            db.heaps(&HeapQuery { location: Some(&row.location), ..HeapQuery::default() })?;
        let mut products = Products::default();
        let mut lines = BTreeMap::new();
        for heap in heaps {
            let product = products.get(&db, &heap.key.sku)?;
            let line = CountTaskLine {
                sku: heap.key.sku.to_string(),
                name: ctx.product_name(product, &heap.key.sku),
                barcode: product.map_or_else(String::new, |p| p.barcode.clone()),
                lot: heap.key.lot.to_string(),
                expires: day_text(heap.expires),
            };
            lines.insert((heap.key.sku, heap.key.lot), line);
        }
        ctx.app.begun.begin(&args.id, &ctx.actor().0, reading(ctx, &db)?);
        let state = CountState::of(&row);
        Ok(CountTask {
            id: args.id.clone(),
            location: row.location,
            state,
            is_recount: !row.rounds.is_empty(),
            lines: lines.into_values().collect(),
        })
    })
}

pub(super) fn still_open(ctx: &Ctx<'_>, row: &CountTaskRow) -> Result<(), Fault> {
    let state = CountState::of(row);
    if state.is_open() {
        return Ok(());
    }
    let is = state.chip(ctx).text.to_lowercase();
    Err(Refusal::WrongState { what: "count", is, needs: "Open a new count of the bin." }.into())
}

/// The clock as the log reads it: never behind the events already in the book, or a count would
/// claim not to have seen them.
pub(super) fn reading(ctx: &Ctx<'_>, db: &Db<'_>) -> Result<Hlc, Fault> {
    let newest = db.newest_events(1)?.first().map_or(Hlc(0), |stored| stored.event.at);
    Ok(Hlc::at(ctx.now).max(newest))
}
