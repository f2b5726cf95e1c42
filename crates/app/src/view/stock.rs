//! Stock as the screens show it: by SKU, by heap and by bin.

use super::{Chip, DayPoint, MoneyView, Tone, day_text, mirror};
use crate::ctx::Ctx;
use crate::queries::house::House;
use crate::queries::move_words;
use crate::reasons;
use domain::{Condition, Product, Removal};
use serde::{Deserialize, Serialize};
use store::read::{BinTotal, HeapRow, SkuTotal};
use ts_rs::TS;

#[derive(Debug, Clone, Deserialize, TS)]
pub struct StockArgs {
    pub search: String,
    pub filter: StockFilter,
    pub sort: StockSort,
    pub descending: bool,
    pub offset: i64,
    pub limit: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum StockFilter {
    All,
    Low,
    Out,
    Held,
    Discrepancy,
    Expiring,
}

impl StockFilter {
    /// The word the book knows the filter by.
    pub fn as_str(self) -> &'static str {
        match self {
            StockFilter::All => "all",
            StockFilter::Low => "low",
            StockFilter::Out => "out",
            StockFilter::Held => "held",
            StockFilter::Discrepancy => "discrepancy",
            StockFilter::Expiring => "expiring",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StockSort {
    Sku,
    Name,
    Available,
    Value,
    OnHand,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct SkuRow {
    pub sku: String,
    pub name: String,
    pub category: String,
    pub on_hand: i64,
    pub sellable: i64,
    pub held: i64,
    pub reserved: i64,
    pub allocated: i64,
    pub available: i64,
    pub discrepancy: i64,
    pub on_order: i64,
    pub bins: i64,
    pub value: MoneyView,
    pub chips: Vec<Chip>,
}

impl SkuRow {
    pub fn new(ctx: &Ctx<'_>, house: &House, total: &SkuTotal) -> SkuRow {
        let chinese = ctx.lang.is_zh() && !total.name_zh.is_empty();
        SkuRow {
            sku: total.sku.to_string(),
            name: if chinese { total.name_zh.clone() } else { total.name_en.clone() },
            category: total.category.clone(),
            on_hand: total.on_hand.0,
            sellable: total.sellable.0,
            held: total.held.0,
            reserved: total.reserved.0,
            allocated: total.allocated.0,
            available: total.available.0,
            discrepancy: total.discrepancy.0,
            on_order: total.on_order.0,
            bins: total.bins,
            value: house.money_from_micros(total.value_micros),
            chips: sku_chips(ctx, total),
        }
    }
}

fn sku_chips(ctx: &Ctx<'_>, total: &SkuTotal) -> Vec<Chip> {
    let out = total.on_hand.0 == 0;
    let all = [
        (out, ctx.say("Out", "缺货"), Tone::Stop),
        (!out && total.available.0 <= 0, ctx.say("Low", "偏低"), Tone::Warn),
        (total.held.0 > 0, ctx.say("Held", "冻结"), Tone::Warn),
        (total.discrepancy.0 != 0, ctx.say("Discrepancy", "差异"), Tone::Stop),
        (out && total.on_order.0 > 0, ctx.say("On order", "在途"), Tone::Plain),
    ];
    all.into_iter().filter(|(on, ..)| *on).map(|(_, text, tone)| Chip::new(text, tone)).collect()
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct StockKeyRow {
    pub key: String,
    pub sku: String,
    pub name: String,
    pub location: String,
    pub zone: String,
    pub lot: String,
    pub expires: String,
    pub serial: String,
    pub package: String,
    pub condition: String,
    pub owner: String,
    pub on_hand: i64,
    pub allocated: i64,
    pub discrepancy: i64,
    pub held: bool,
    pub held_why: String,
    pub since: i64,
}

impl StockKeyRow {
    pub fn new(ctx: &Ctx<'_>, heap: &HeapRow, product: Option<&Product>) -> StockKeyRow {
        let key = &heap.key;
        // Goods that are not good are held by what they are, without anybody's decision.
        let held_why =
            heap.held_why.as_deref().map(|why| reasons::say(ctx.lang, why)).or_else(|| {
                (key.condition != Condition::Good)
                    .then(|| move_words::condition(ctx.lang, key.condition))
            });
        StockKeyRow {
            key: heap.id.to_string(),
            sku: key.sku.to_string(),
            name: ctx.product_name(product, &key.sku),
            location: key.location.to_string(),
            zone: heap.zone.clone(),
            lot: key.lot.to_string(),
            expires: day_text(heap.expires),
            serial: key.serial.to_string(),
            package: key.package.clone(),
            condition: move_words::condition(ctx.lang, key.condition),
            owner: key.owner.clone(),
            on_hand: heap.on_hand.0,
            allocated: heap.allocated.0,
            discrepancy: heap.discrepancy.0,
            held: held_why.is_some(),
            held_why: held_why.unwrap_or_default(),
            since: heap.changed_at_millis,
        }
    }
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct BinRow {
    pub location: String,
    pub kind: String,
    pub zone: String,
    pub skus: i64,
    pub units: i64,
    pub weight_g: i64,
    pub fill_permille: i64,
    pub discrepancy: i64,
    pub hold: String,
    pub last_count: Option<i64>,
}

impl From<BinTotal> for BinRow {
    fn from(bin: BinTotal) -> BinRow {
        let fill = bin.volume_ml.saturating_mul(1000).checked_div(bin.capacity_ml).unwrap_or(0);
        BinRow {
            location: bin.code,
            kind: bin.kind,
            zone: bin.zone,
            skus: bin.skus,
            units: bin.units.0,
            weight_g: bin.weight_g,
            fill_permille: fill,
            discrepancy: bin.discrepancy.0,
            hold: bin.hold,
            last_count: bin.last_count_millis,
        }
    }
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct CostLayer {
    pub received_at: i64,
    pub qty: i64,
    pub remaining: i64,
    pub unit_cost_micros: i64,
    pub value: MoneyView,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct UnitView {
    pub name: String,
    pub per: i64,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct SkuDetail {
    pub row: SkuRow,
    pub barcode: String,
    pub unit: String,
    pub units: Vec<UnitView>,
    pub weight_g: i64,
    pub volume_ml: i64,
    #[ts(as = "mirror::Removal")]
    pub removal: Removal,
    pub lot_tracked: bool,
    pub serial_tracked: bool,
    pub supplier: String,
    pub keys: Vec<StockKeyRow>,
    pub layers: Vec<CostLayer>,
    pub curve: Vec<DayPoint>,
    pub demand: Vec<DayPoint>,
    pub identity: String,
}
