//! What this desktop borrows, so that it can promise while nobody hears it.

use crate::App;
use crate::problem::{Fault, Problem};
use domain::{Qty, Sku};
use store::QuotaRow;
use sync::{Answer, Ask};

/// Share of what is available that each desktop borrows, in percent; nothing unless somebody set it.
pub(crate) const OFFLINE_PERCENT: &str = "offline_percent";

impl App {
    /// What to ask the server for now, so that each SKU has its share.
    pub fn quota_wishes(&self) -> Result<Vec<Ask>, Problem> {
        let wishes = |db: &store::Db<'_>| {
            let percent: i64 =
                db.setting(OFFLINE_PERCENT)?.and_then(|text| text.parse().ok()).unwrap_or(0);
            let mut asks = Vec::new();
            if percent <= 0 {
                return Ok(asks);
            }
            for (sku, available) in db.available_skus()? {
                let quota = db.quota(&sku)?;
                let open = quota.granted - quota.spent - quota.returned;
                // A share of one unit is that unit.
                let share = Qty((available.0 * percent.min(100) + 99) / 100);
                if share > open {
                    let (known, want) = (quota.granted.0, (share - open).0);
                    asks.push(Ask::Quota { sku: sku.to_string(), known, want });
                }
            }
            Ok(asks)
        };
        self.with_reader(|reader| reader.read(|db| wishes(&db))).map_err(problem)
    }

    /// What the server answered.
    pub fn heard_answer(&self, answer: &Answer) -> Result<(), Problem> {
        let Answer::Quota { sku, granted } = answer else { return Ok(()) };
        let Ok(sku) = Sku::parse(sku) else { return Ok(()) };
        let to = QuotaRow { granted: Qty(*granted), ..QuotaRow::default() };
        self.with_store(|store| store.write(|tx| tx.raise_quota(&sku, to))).map_err(problem)
    }
}

fn problem(error: store::StoreError) -> Problem {
    Fault::Store(error).into_problem(crate::lang::Lang::En)
}
