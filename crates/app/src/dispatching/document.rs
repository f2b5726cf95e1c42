//! The saved plan: one document per version. Reading it brings it up to date with the book, so that
//! an order placed or cancelled since is on the board without planning again.

use crate::ctx::{Ctx, Work};
use crate::dispatching::closures::{self, Closed};
use crate::dispatching::input::{DayInput, Unplaced, day_input};
use crate::dispatching::standing;
use crate::dispatching::town::{Place, TownMap};
use crate::problem::Fault;
use dispatch::{PlanInput, RouteLock, RoutePlan, unplan};
use domain::event::PlanState;
use domain::order::OrderState;
use domain::{Body, Day, OrderId, PlanId, Refusal, Timestamp};
use roads::Matrix;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;
use store::Db;
use store::read::{ClosureRow, PlanRow};
use ts_rs::TS;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct PlanDocument {
    pub input: PlanInput,
    pub plan: RoutePlan,
    /// Van id to how far it is: see [`RouteState`].
    pub route_states: BTreeMap<String, RouteState>,
    /// Van id to when it was sent off.
    #[serde(default)]
    pub left_at: BTreeMap<String, Timestamp>,
}

impl PlanDocument {
    fn unplanned(input: PlanInput) -> PlanDocument {
        let (plan, route_states, left_at) =
            (RoutePlan::default(), BTreeMap::new(), BTreeMap::new());
        PlanDocument { input, plan, route_states, left_at }
    }

    /// Being loaded, on the road, or home again.
    pub fn is_under_way(&self, van: &str) -> bool {
        self.route_states.get(van).is_some_and(|state| *state >= RouteState::Loading)
    }
}

#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS,
)]
#[serde(rename_all = "snake_case")]
pub enum RouteState {
    #[default]
    Draft,
    Published,
    Loading,
    OnTheWay,
    Done,
}

/// Today's plan as it stands.
#[derive(Clone)]
pub(crate) struct Current {
    pub day: Day,
    pub town: Arc<TownMap>,
    pub depot: Place,
    /// Orders that no place on the map is known for.
    pub unplaced: Vec<Unplaced>,
    /// Stops that are too many for one plan.
    pub left_out: usize,
    /// Streets closed now, and the roads without them.
    pub closures: Vec<ClosureRow>,
    pub closed: Arc<Closed>,
    /// Id, version and state of the newest version, once there is one.
    pub saved: Option<(PlanId, i64, PlanState)>,
    pub doc: PlanDocument,
}

impl Current {
    pub fn version(&self) -> i64 {
        self.saved.map_or(0, |(_, version, _)| version)
    }

    pub fn state(&self) -> Option<PlanState> {
        self.saved.map(|(_, _, state)| state)
    }

    pub fn route_state(&self, van: &str) -> RouteState {
        self.doc.route_states.get(van).copied().unwrap_or_default()
    }

    pub fn travel(&self, ctx: &Ctx<'_>) -> Arc<Matrix> {
        ctx.app.planner.travel(&self.town, &self.closed, &self.doc.input)
    }
}

/// The newest version as it was saved: enough for paper, and it needs no road map.
pub(crate) fn saved(db: &Db<'_>, day: Day) -> Result<Option<PlanDocument>, Fault> {
    let row = db.plan(day)?;
    row.map(|row| serde_json::from_str(&row.document).map_err(|e| Fault::invalid("plan", e)))
        .transpose()
}

pub(crate) fn current(ctx: &Ctx<'_>, db: &Db<'_>) -> Result<Current, Fault> {
    let town = ctx.app.planner.town(ctx.app.dir(), ctx.lang)?;
    let closures = db.closures(ctx.now)?;
    let closed = ctx.app.planner.closed(&town, closures::streets(&town, &closures));
    let day = ctx.today();
    let depot = town.depot_of(db)?;
    let DayInput { plan, unplaced, left_out } = day_input(db, &ctx.zone, &depot, day)?;
    let (saved, doc) = match db.plan(day)? {
        Some(row) => {
            let (saved, doc) = read_back(ctx, db, (&town, &closed), &row, plan)?;
            (Some(saved), doc)
        }
        None => (None, PlanDocument::unplanned(plan)),
    };
    Ok(Current { day, town, depot, unplaced, left_out, closures, closed, saved, doc })
}

/// Id, version and state of a saved plan, and the plan with what the book has learned since.
fn read_back(
    ctx: &Ctx<'_>,
    db: &Db<'_>,
    roads: (&TownMap, &Closed),
    row: &PlanRow,
    fresh: PlanInput,
) -> Result<((PlanId, i64, PlanState), PlanDocument), Fault> {
    let unreadable = |e: &dyn std::fmt::Display| Fault::invalid("plan", e);
    let old: PlanDocument = serde_json::from_str(&row.document).map_err(|e| unreadable(&e))?;
    let id = PlanId::parse(&row.id).map_err(|e| unreadable(&e))?;
    let state = serde_json::from_value(row.state.clone().into()).map_err(|e| unreadable(&e))?;
    let doc = refreshed(ctx, db, roads, old, fresh)?;
    Ok(((id, row.version, state), doc))
}

fn refreshed(
    ctx: &Ctx<'_>,
    db: &Db<'_>,
    roads: (&TownMap, &Closed),
    mut old: PlanDocument,
    mut fresh: PlanInput,
) -> Result<PlanDocument, Fault> {
    let planned: Vec<String> = old
        .plan
        .routes
        .iter()
        .flat_map(|route| route.stops.iter().map(|stop| stop.request.clone()))
        .collect();
    for id in planned {
        if fresh.stops.iter().any(|stop| stop.id == id) {
            continue;
        }
        match old.input.stops.iter().find(|stop| stop.id == id) {
            Some(stop) if went_out(db, &id)? => fresh.stops.push(stop.clone()),
            Some(_) => take_off(ctx, roads, &mut old, &id)?,
            None => {}
        }
    }
    fresh.stops.sort_by(|a, b| a.id.cmp(&b.id));
    old.plan.unplanned.retain(|gone| fresh.stops.iter().any(|stop| stop.id == gone.id));
    standing::note(db, &old, &mut fresh)?;
    standing::driven_first(&fresh, &mut old.plan);
    Ok(PlanDocument { input: fresh, ..old })
}

/// Delivered or tried: it stays on its route for the record.
fn went_out(db: &Db<'_>, order: &str) -> Result<bool, Fault> {
    let Ok(id) = OrderId::parse(order) else { return Ok(false) };
    let shipped = |state| matches!(state, OrderState::Closed | OrderState::OnTheWay);
    Ok(db.stop_done(order)?.is_some() || db.order_head(id)?.is_some_and(|h| shipped(h.state)))
}

/// Takes a cancelled or held order off its route, whatever is locked.
fn take_off(
    ctx: &Ctx<'_>,
    (town, closed): (&TownMap, &Closed),
    old: &mut PlanDocument,
    id: &str,
) -> Result<(), Fault> {
    let locks: Vec<(String, RouteLock)> =
        old.plan.routes.iter().map(|route| (route.van.clone(), route.lock)).collect();
    for route in &mut old.plan.routes {
        route.lock = RouteLock::Open;
        route.stops.iter_mut().filter(|stop| stop.request == id).for_each(|s| s.locked = false);
    }
    let matrix = ctx.app.planner.travel(town, closed, &old.input);
    // Only a stop or a van that is unknown is refused, and both were just found.
    if let Ok(after) = unplan(&old.input, &matrix, &old.plan, id) {
        old.plan = after;
    }
    for route in &mut old.plan.routes {
        let lock = locks.iter().find(|(van, _)| *van == route.van).map(|(_, lock)| *lock);
        route.lock = lock.unwrap_or_default();
    }
    Ok(())
}

/// Saves the next version.
pub(crate) fn save(
    w: &mut Work<'_, '_>,
    current: &Current,
    doc: &PlanDocument,
    state: PlanState,
) -> Result<(), Fault> {
    // Two desktops may edit at once; the later version must be built on the newer one.
    let newest = w.plan(current.day)?.map_or(0, |row| row.version);
    if newest != current.version() {
        return Err(Refusal::Conflict { key: format!("plan version {newest}") }.into());
    }
    let plan = current.saved.map_or_else(|| PlanId(w.id()), |(id, _, _)| id);
    let document = serde_json::to_string(doc).map_err(|e| Fault::invalid("plan", e))?;
    w.record(Body::PlanSaved { plan, day: current.day, version: newest + 1, state, document })?;
    Ok(())
}
