//! Which supplier an open need goes to, and how much is bought there.

use super::{Limit, Stakes};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// From this quantity on a unit costs so much, in micro-units of the currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PriceBreak {
    pub from_qty: i64,
    pub unit_cost_micro: i64,
}

/// What a supplier asks for a SKU.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    pub supplier: String,
    pub sku: String,
    pub prices: Vec<PriceBreak>,
    /// Freight, duty and the like for a unit, in micro-units.
    pub landing_micro: i64,
    /// Placing and receiving one order, in minor units.
    pub order_cost_minor: i64,
    pub moq: i64,
    pub pack: i64,
    /// Days that its deliveries take, nearly always at most.
    pub lead_days: i64,
}

/// What is to be bought of a SKU.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OpenNeed {
    pub sku: String,
    pub qty: i64,
    pub needed_in_days: i64,
    pub per_day: f64,
    /// More than this would expire; `None` for what keeps.
    pub qty_max: Option<i64>,
    /// The unit cost is not looked at: offers have their own.
    pub stakes: Stakes,
}

/// One line of a purchase order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupplyLine {
    pub sku: String,
    pub supplier: String,
    pub qty: i64,
    pub unit_cost_micro: i64,
    /// Goods, landing and order, in minor units.
    pub landed_minor: i64,
    /// Days after the date it is needed by, 0 when in time.
    pub late_days: i64,
    /// Lost by being late and spent on holding more than needed, in minor units; part of what
    /// offers are compared by.
    pub late_minor: i64,
    pub holding_minor: i64,
    pub limit: Limit,
}

/// At most one line for each SKU: several needs of one are one need, the largest.
pub fn supply_lines(needs: &[OpenNeed], offers: &[Offer]) -> Vec<SupplyLine> {
    let mut by_sku: BTreeMap<&str, &OpenNeed> = BTreeMap::new();
    for need in needs.iter().filter(|need| need.qty > 0) {
        let rank = |need: &OpenNeed| (need.qty, Reverse(need.needed_in_days));
        let known = by_sku.entry(&need.sku).or_insert(need);
        if rank(need) > rank(known) {
            *known = need;
        }
    }
    let mut by_offer: BTreeMap<&str, Vec<&Offer>> = BTreeMap::new();
    for offer in offers {
        by_offer.entry(&offer.sku).or_default().push(offer);
    }
    by_sku
        .values()
        .filter_map(|need| {
            let offers = by_offer.get(&*need.sku)?;
            let lines = offers.iter().flat_map(|offer| lines(need, offer));
            // The supplier's name breaks ties, so that the order of offers does not matter.
            let best = lines.min_by(|(one, a), (other, b)| {
                one.total_cmp(other).then_with(|| (&a.supplier, a.qty).cmp(&(&b.supplier, b.qty)))
            });
            best.map(|(_, line)| line)
        })
        .collect()
}

/// The quantities worth asking for, with what each comes to for one unit that is needed.
fn lines(need: &OpenNeed, offer: &Offer) -> Vec<(f64, SupplyLine)> {
    let least = packs_up(need.qty.max(offer.moq), offer.pack);
    let breaks = offer.prices.iter().map(|price| packs_up(price.from_qty, offer.pack));
    let mut quantities: Vec<(i64, Limit)> = breaks
        .filter(|&qty| qty > least)
        .map(|qty| (qty, Limit::PriceBreak))
        .chain([(least, reason(need, offer, least))])
        .collect();
    if let Some(most) = need.qty_max {
        quantities.retain(|(qty, _)| *qty <= most);
        let cut = packs_down(most, offer.pack);
        if quantities.is_empty() && cut >= offer.moq.max(1) {
            quantities.push((cut, Limit::ShelfLife));
        }
    }
    quantities.into_iter().filter_map(|(qty, limit)| line(need, offer, qty, limit)).collect()
}

fn reason(need: &OpenNeed, offer: &Offer, qty: i64) -> Limit {
    if offer.moq > need.qty {
        Limit::Minimum
    } else if qty > need.qty {
        Limit::Pack
    } else {
        Limit::None
    }
}

fn line(need: &OpenNeed, offer: &Offer, qty: i64, limit: Limit) -> Option<(f64, SupplyLine)> {
    let unit_cost_micro = price(offer, qty)?;
    let minor = |micro: f64| micro / 1e6 * need.stakes.minor_per_major.max(1) as f64;
    let unit = minor((unit_cost_micro + offer.landing_micro) as f64);
    let order = offer.order_cost_minor.max(0) as f64;
    let covered = qty.min(need.qty);
    let late_days = (offer.lead_days - need.needed_in_days).max(0);
    // Nothing sells out twice: no more is lost than was needed.
    let missed = (need.per_day.max(0.0) * late_days as f64).min(need.qty as f64);
    let uncovered = (need.qty - covered) as f64;
    let short = need.stakes.short_cost_minor.max(0) as f64;
    let late = missed * short;
    let extra = (qty - covered) as f64;
    // The extra lies until the rest is sold, and half of it on average.
    let days = extra / need.per_day.max(1e-3) / 2.0 + covered as f64 / need.per_day.max(1e-3);
    let own = Stakes { unit_cost_micro, ..need.stakes };
    let holding = extra * own.holding(days);
    // What is left over need not be bought next time, at the price of a plain order.
    let plain = price(offer, packs_up(need.qty.max(offer.moq), offer.pack))?;
    let saved = extra * minor((plain + offer.landing_micro) as f64);
    let cost = unit * qty as f64 + order + late + holding - saved + uncovered * short;
    let line = SupplyLine {
        sku: need.sku.clone(),
        supplier: offer.supplier.clone(),
        qty,
        unit_cost_micro,
        landed_minor: (unit * qty as f64 + order).round() as i64,
        late_days,
        late_minor: late.round() as i64,
        holding_minor: holding.round() as i64,
        limit,
    };
    Some((cost, line))
}

/// `None` where the supplier names no price for so few.
fn price(offer: &Offer, qty: i64) -> Option<i64> {
    let reached = offer.prices.iter().filter(|price| price.from_qty <= qty);
    reached.max_by_key(|price| price.from_qty).map(|price| price.unit_cost_micro)
}

fn packs_up(qty: i64, pack: i64) -> i64 {
    let pack = pack.max(1);
    (qty.max(1) - 1).div_euclid(pack).saturating_add(1).saturating_mul(pack)
}

fn packs_down(qty: i64, pack: i64) -> i64 {
    qty.max(0) / pack.max(1) * pack.max(1)
}
