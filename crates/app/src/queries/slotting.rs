//! Which SKUs to bring nearer, what each move saves and costs, and the map to see it on.

mod input;

use crate::ctx::Ctx;
use crate::floor_plan::FloorPlan;
use crate::problem::Fault;
use input::{Shop, shop};
use planning::{SlotMove, SlottingTerms, slotting, walked_meters_per_week};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::Db;
use ts_rs::TS;

/// Shades of the map.
const HEATS: i64 = 5;
/// Waves whose size tells how many lines a walk has.
const WAVES: i64 = 20;
/// A larger wave is shared between pickers or carts.
const LINES_PER_WALK_MAX: i64 = 20;

#[derive(Debug, Deserialize, TS)]
pub struct SlottingArgs {
    /// Work there is time for.
    pub minutes: i64,
    /// `null` is as the latest waves were.
    pub lines_per_walk: Option<i64>,
}

#[derive(Debug, Serialize, TS)]
pub struct SlotMoveRow {
    /// SKU, from, to and what is swapped out: enough to do it or to print it.
    pub id: String,
    pub sku: String,
    pub name: String,
    pub from: String,
    pub to: String,
    pub swapped_out: String,
    pub swapped_name: String,
    pub saved_meters_per_week: i64,
    pub move_minutes: i64,
    pub pays_after_weeks: i64,
    pub why: String,
}

#[derive(Debug, Serialize, TS)]
pub struct SlotBin {
    pub location: String,
    pub aisle: usize,
    pub bay: usize,
    pub level: String,
    /// Pick lines in four weeks.
    pub lines: i64,
    /// 0 is never, 5 the most.
    pub heat: i64,
}

#[derive(Debug, Serialize, TS)]
pub struct SlottingView {
    pub moves: Vec<SlotMoveRow>,
    pub bins: Vec<SlotBin>,
    pub aisles: Vec<String>,
    pub bays: usize,
    pub lines_per_walk: i64,
    pub walked_meters_per_week: i64,
    pub saved_meters_per_week: i64,
    pub minutes: i64,
}

pub fn run(ctx: &Ctx<'_>, args: SlottingArgs) -> Result<SlottingView, Fault> {
    let minutes = args.minutes.max(0);
    ctx.read(|db| {
        let plan = FloorPlan::of(&db)?;
        let shop = shop(ctx, &db, &plan)?;
        let lines_per_walk = match args.lines_per_walk {
            Some(lines) => lines.clamp(1, 200),
            None => usual_walk(&db)?,
        };
        let terms = SlottingTerms {
            lines_per_walk: lines_per_walk as u32,
            minutes_available: minutes,
            ..SlottingTerms::default()
        };
        let found = slotting(&shop.input, &terms);
        let moves = found.iter().map(|one| row(ctx, &db, one)).collect::<Result<_, _>>()?;
        Ok(SlottingView {
            moves,
            bins: bins(&plan, &shop),
            bays: plan.bays_max,
            lines_per_walk,
            walked_meters_per_week: walked_meters_per_week(&shop.input, &terms),
            saved_meters_per_week: found.iter().map(|one| one.saved_meters_per_week).sum(),
            minutes: found.iter().map(|one| one.move_minutes).sum(),
            aisles: plan.aisles,
        })
    })
}

/// Lines of the middle one of the latest waves, at most what one walk holds.
fn usual_walk(db: &Db<'_>) -> Result<i64, Fault> {
    let mut lines: Vec<i64> = db.waves(WAVES)?.iter().map(|wave| wave.lines).collect();
    lines.sort_unstable();
    let middle = lines.get(lines.len() / 2).copied().unwrap_or(LINES_PER_WALK_MAX);
    Ok(middle.clamp(1, LINES_PER_WALK_MAX))
}

fn row(ctx: &Ctx<'_>, db: &Db<'_>, one: &SlotMove) -> Result<SlotMoveRow, Fault> {
    let name = |sku: &str| -> Result<String, Fault> {
        let parsed = domain::Sku::parse(sku).map_err(|e| Fault::invalid("SKU", e))?;
        crate::printing::name_of(ctx, db, &parsed)
    };
    let swapped = one.swapped_out.clone().unwrap_or_default();
    Ok(SlotMoveRow {
        id: [&*one.sku, &one.from, &one.to, &swapped].join(">"),
        name: name(&one.sku)?,
        swapped_name: if swapped.is_empty() { String::new() } else { name(&swapped)? },
        sku: one.sku.clone(),
        from: one.from.clone(),
        to: one.to.clone(),
        swapped_out: swapped,
        saved_meters_per_week: one.saved_meters_per_week,
        move_minutes: one.move_minutes,
        pays_after_weeks: one.pays_after_weeks,
        why: why(ctx, one),
    })
}

fn why(ctx: &Ctx<'_>, one: &SlotMove) -> String {
    let tenths = |milli: i64| format!("{}.{}", milli / 1000, milli % 1000 / 100);
    let (lines, nearer) = (tenths(one.lines_milli_per_week), one.meters_nearer);
    let mut why = ctx.lang.pick(
        format!("Asked for {lines} times a week; {nearer} m nearer."),
        format!("每周拣 {lines} 次，近 {nearer} 米。"),
    );
    if one.swapped_out.is_some() {
        let other = tenths(one.swapped_lines_milli_per_week);
        why += &ctx.lang.pick(
            format!(" Makes place: what stands there goes {other} times a week."),
            format!("原货位商品每周仅 {other} 次，与之对换。"),
        );
    }
    let together = one.together_meters_per_week;
    if together > 0 {
        why += &ctx.lang.pick(
            format!(" {together} m of it because it is bought with neighbors."),
            format!("其中 {together} 米因常与邻位商品同单。"),
        );
    } else if together < 0 {
        why += &ctx.lang.pick(
            format!(" A partner that stays behind costs {} m.", -together),
            format!("常同单的商品留在原处，损失 {} 米。", -together),
        );
    }
    why
}

fn bins(plan: &FloorPlan, shop: &Shop) -> Vec<SlotBin> {
    let mut lines: BTreeMap<&str, i64> = BTreeMap::new();
    for slotted in &shop.input.skus {
        let sold = domain::Sku::parse(&slotted.sku).ok().and_then(|sku| shop.lines.get(&sku));
        *lines.entry(&slotted.location).or_default() += sold.copied().unwrap_or(0);
    }
    let mut ranked: Vec<i64> = lines.values().copied().filter(|lines| *lines > 0).collect();
    ranked.sort_unstable();
    // By rank: a handful of bins has most of the picks, and the others differ too.
    let heat = |lines: i64| {
        let below = ranked.partition_point(|other| *other < lines) as i64;
        if lines > 0 { 1 + below * HEATS / ranked.len().max(1) as i64 } else { 0 }
    };
    let faces = plan.places().filter(|(_, place)| place.pick_face);
    let bin = |(code, place): (&String, &crate::floor_plan::Place)| {
        let lines = lines.get(code.as_str()).copied().unwrap_or(0);
        SlotBin {
            location: code.clone(),
            aisle: place.aisle,
            bay: place.bay,
            level: place.level.clone(),
            lines,
            heat: heat(lines),
        }
    };
    faces.map(bin).collect()
}
