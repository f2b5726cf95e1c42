//! What could stand in for a product that ran short: like it by name and category, and on the shelf.

use crate::ctx::Ctx;
use crate::problem::Fault;
use crate::view::MoneyView;
use domain::{Product, Sku};
use recommend::Catalog;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// Half a year of orders tells what the same customers buy.
const DAYS: i32 = 182;
/// Looked at before those that are sold out are left out.
const CANDIDATES: usize = 60;

#[derive(Debug, Deserialize, TS)]
pub struct SubstitutesArgs {
    pub sku: String,
    pub limit: usize,
}

#[derive(Debug, Serialize, TS)]
pub struct Substitute {
    pub sku: String,
    pub name: String,
    pub available: i64,
    /// Where most of it can be picked; empty when it is nowhere in a bin.
    pub location: String,
    pub price: MoneyView,
    pub why: String,
}

pub fn run(ctx: &Ctx<'_>, args: SubstitutesArgs) -> Result<Vec<Substitute>, Fault> {
    let sku = Sku::parse(&args.sku).map_err(|e| Fault::invalid("SKU", e))?;
    ctx.read(|db| {
        let own = db.product(&sku)?.ok_or_else(|| Fault::unknown("SKU", &args.sku))?;
        let house = crate::queries::house::house(&db)?;
        let products: BTreeMap<String, Product> = db
            .products()?
            .into_iter()
            .filter(|product| product.category == own.category)
            .map(|product| (product.sku.to_string(), product))
            .collect();
        let texts: Vec<(&str, String)> = products
            .iter()
            .map(|(sku, product)| (&**sku, format!("{} {}", product.name_en, product.name_zh)))
            .collect();
        let catalog = Catalog::of(texts.iter().map(|(sku, text)| (*sku, &**text)));
        let with = db.bought_with(&sku, ctx.zone.start(ctx.today().plus(-DAYS)))?;
        let with: BTreeMap<&str, i64> = with.iter().map(|(sku, n)| (sku.as_str(), *n)).collect();
        let mut found = Vec::new();
        for alike in catalog.alike(&args.sku, CANDIDATES) {
            let Some(product) = products.get(&alike.item) else { continue };
            let available = db.sku_total(&product.sku)?.map_or(0, |total| total.available.0);
            if available <= 0 {
                continue;
            }
            let shelf = db.candidates(&product.sku)?.into_iter().max_by_key(|shelf| shelf.free);
            found.push(Substitute {
                sku: alike.item.clone(),
                name: product.name(ctx.lang.is_zh()).to_owned(),
                available,
                location: shelf.map_or_else(String::new, |shelf| shelf.key.location.to_string()),
                price: house.money(product.price_minor),
                why: why(ctx, &own, product, with.get(&*alike.item).copied().unwrap_or(0)),
            });
            if found.len() == args.limit {
                break;
            }
        }
        Ok(found)
    })
}

fn why(ctx: &Ctx<'_>, own: &Product, other: &Product, together: i64) -> String {
    let category = &own.category;
    let mut why = ctx.lang.pick(format!("Same category: {category}"), format!("同类：{category}"));
    let differs = other.price_minor - own.price_minor;
    if differs == 0 {
        why += &ctx.say(", same price", "，同价");
    }
    if together > 1 {
        why += &ctx.lang.pick(
            format!(", bought together {together} times"),
            format!("，同单购买 {together} 次"),
        );
    }
    why
}
