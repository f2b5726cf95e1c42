//! What the demand explorer can look at: products and categories that match a few letters.

use crate::ctx::Ctx;
use crate::problem::Fault;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

const SHOWN: i64 = 12;

#[derive(Debug, Deserialize, TS)]
pub struct DemandChoicesArgs {
    pub search: String,
}

#[derive(Debug, Serialize, TS)]
pub struct DemandChoice {
    /// A SKU, or a category after "category:".
    pub id: String,
    pub label: String,
}

/// Before a category's name.
pub(crate) const CATEGORY: &str = "category:";

pub fn run(ctx: &Ctx<'_>, args: DemandChoicesArgs) -> Result<Vec<DemandChoice>, Fault> {
    let wanted = args.search.trim().to_lowercase();
    ctx.read(|db| {
        let mut categories: BTreeMap<String, usize> = BTreeMap::new();
        for product in db.products()? {
            *categories.entry(product.category).or_default() += 1;
        }
        let matching = categories
            .into_iter()
            .filter(|(name, _)| !name.is_empty() && name.to_lowercase().contains(&wanted))
            .map(|(name, count)| DemandChoice {
                id: format!("{CATEGORY}{name}"),
                label: ctx.lang.pick(
                    format!("{name} · category, {count} products"),
                    format!("{name} · 类别，{count} 种商品"),
                ),
            });
        let products = db.find_products(args.search.trim(), SHOWN)?;
        let products = products.into_iter().map(|product| DemandChoice {
            label: format!("{} · {}", product.sku, product.name(ctx.lang.is_zh())),
            id: product.sku.to_string(),
        });
        Ok(matching.take(SHOWN as usize).chain(products).collect())
    })
}
