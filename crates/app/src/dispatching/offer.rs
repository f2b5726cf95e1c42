//! A plan made anew after something has happened: kept beside the saved one until the person takes
//! it or drops it.

use crate::ctx::Ctx;
use crate::dispatching::document::{Current, PlanDocument, RouteState, current};
use crate::dispatching::standing::driven_first;
use crate::dispatching::{edit, words};
use crate::problem::Fault;
use crate::queries::house::{House, house};
use crate::view::{CostLine, OfferChange, OfferView};
use dispatch::{Change, CostTerms, Disruption, PlanInput, PlanParams, ReplanError, Replanned, Why};

/// Steps of the search, enough for a day of 500 stops to settle in less than a second.
const ITERATIONS: u64 = 20_000;
/// What the person waits for at most.
const SEARCH_MS: u128 = 700;

#[derive(Clone)]
pub(crate) struct Offer {
    pub from: Current,
    pub change: Disruption,
    pub found: Replanned,
}

/// Plans again around `change` and keeps the result on offer.
pub(crate) fn make(ctx: &Ctx<'_>, change: Disruption) -> Result<OfferView, Fault> {
    let mut from = ctx.read(|db| current(ctx, &db))?;
    driven_first(&from.doc.input, &mut from.doc.plan);
    let matrix = from.travel(ctx);
    let begin = std::time::Instant::now();
    let spent = &mut |_: dispatch::Progress| begin.elapsed().as_millis() as f64 / SEARCH_MS as f64;
    let mut params = PlanParams { seed: 1, max_iterations: ITERATIONS, spent };
    let found =
        dispatch::replan_after(&from.doc.input, &matrix, &from.doc.plan, &change, &mut params)
            .map_err(|error| match error {
                ReplanError::Plan(error) => Fault::invalid("plan", error),
                ReplanError::Edit(refusal) => edit::refused(ctx, &refusal),
            })?;
    let money = ctx.read(|db| house(&db))?;
    let view = view(ctx, &money, &from, &found);
    *ctx.app.planner.offer() = Some(Offer { from, change, found });
    Ok(view)
}

impl Offer {
    /// The document that taking the offer saves.
    pub fn document(&self) -> PlanDocument {
        let mut doc = PlanDocument {
            input: self.found.input.clone(),
            plan: self.found.plan.clone(),
            ..self.from.doc.clone()
        };
        if let Disruption::VanOut { van, .. } = &self.change {
            // Whatever it has driven is all that it drives.
            if doc.is_under_way(van) {
                doc.route_states.insert(van.clone(), RouteState::Done);
            }
        }
        doc
    }
}

fn view(ctx: &Ctx<'_>, house: &House, from: &Current, found: &Replanned) -> OfferView {
    let old_cost = from.doc.plan.cost_minor;
    OfferView {
        changes: found.diff.iter().map(|one| change(ctx, &found.input, one)).collect(),
        reasons: found.reasons.iter().map(|why| reason(ctx, house, &found.input, why)).collect(),
        cost_before: house.money(old_cost),
        cost_after: house.money(found.plan.cost_minor),
        meters_before: from.doc.plan.meters.0,
        meters_after: found.plan.meters.0,
        unplanned_before: from.doc.plan.unplanned.len(),
        unplanned_after: found.plan.unplanned.len(),
        terms: terms(ctx, house, found.cost_before, found.cost_after),
    }
}

/// The terms of the cost that change.
fn terms(ctx: &Ctx<'_>, house: &House, before: CostTerms, after: CostTerms) -> Vec<CostLine> {
    let lines = [
        (ctx.say("Vans", "车辆"), before.fixed, after.fixed),
        (ctx.say("Distance", "里程"), before.distance, after.distance),
        (ctx.say("Driving time", "行车时间"), before.driving_time, after.driving_time),
        (ctx.say("Lateness", "迟到"), before.lateness, after.lateness),
        (ctx.say("Uneven days", "工时不均"), before.uneven, after.uneven),
        (ctx.say("Unknown doors", "生疏站点"), before.unfamiliar, after.unfamiliar),
    ];
    let changed = lines.into_iter().filter(|(_, before, after)| before != after);
    changed
        .map(|(name, before, after)| CostLine {
            name,
            before: house.money(before),
            after: house.money(after),
        })
        .collect()
}

fn change(ctx: &Ctx<'_>, input: &PlanInput, change: &Change) -> OfferChange {
    let (lang, van) = (ctx.lang, |id: &str| words::van_name(input, id));
    let (stop, text) = match change {
        Change::Added { stop, van: to } => {
            (stop, lang.pick(format!("joins {}", van(to)), format!("加入{}", van(to))))
        }
        Change::Removed { stop, van: from } => {
            (stop, lang.pick(format!("leaves {}", van(from)), format!("移出{}", van(from))))
        }
        Change::Moved { stop, from, to } => (
            stop,
            lang.pick(
                format!("{} to {}", van(from), van(to)),
                format!("{} 改为 {}", van(from), van(to)),
            ),
        ),
        Change::Resequenced { stop, van: on, from, to } => (
            stop,
            lang.pick(
                format!("{}: stop {from} becomes {to}", van(on)),
                format!("{}：第 {from} 站改为第 {to} 站", van(on)),
            ),
        ),
        Change::Retimed { stop, van: on, from, to } => {
            let (before, after) = (ctx.zone.clock(*from), ctx.zone.clock(*to));
            let text = lang.pick(
                format!("{}: {after} instead of {before}", van(on)),
                format!("{}：{before} 改为 {after}", van(on)),
            );
            (stop, text)
        }
    };
    let name = input.stops.iter().find(|known| known.id == *stop);
    let gone = ctx.say("Cancelled stop", "已取消的站点");
    OfferChange {
        stop_id: stop.clone(),
        name: name.map_or(gone, |stop| stop.name.clone()),
        text,
        retimed: matches!(change, Change::Retimed { .. }),
    }
}

fn reason(ctx: &Ctx<'_>, house: &House, input: &PlanInput, why: &Why) -> String {
    let lang = ctx.lang;
    let stop = |id: &String| {
        let known = input.stops.iter().find(|known| known.id == *id);
        known.map_or_else(|| id.clone(), |stop| stop.name.clone())
    };
    match why {
        Why::Placed { stop: id, van, added_cost_minor } => {
            let (van, cost) = (words::van_name(input, van), words::money(house, *added_cost_minor));
            lang.pick(
                format!("{} goes with {van} for {cost} more.", stop(id)),
                format!("{}由{van}配送，增加 {cost}。", stop(id)),
            )
        }
        Why::NotPlaced { stop: id } => lang.pick(
            format!("No van can take {}.", stop(id)),
            format!("没有车辆可以配送{}。", stop(id)),
        ),
        Why::WouldBreak { van, broken } => {
            let (name, rule) =
                (words::van_name(input, van), words::broken(ctx, input, van, broken));
            lang.pick(
                format!("Left as it was, {name}: {rule}."),
                format!("若不调整，{name}：{rule}。"),
            )
        }
        Why::Saves { minor } => {
            let cost = words::money(house, *minor);
            lang.pick(
                format!("Leaving all routes as they were would cost {cost} more."),
                format!("若不调整，将多花费 {cost}。"),
            )
        }
    }
}
