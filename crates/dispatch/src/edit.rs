//! Changes by hand: what a move would do, and doing it.

use crate::input::{Load, PlanInput};
use crate::route_plan::{PlannedRoute, Reason, RouteLock, RoutePlan, Unplanned, VanReason};
use crate::timing::{Broken, Constraint, Timed, timed};
use domain::{Meters, Seconds};
use roads::Matrix;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// What a move would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MoveCheck {
    /// Nothing new would be broken on either van.
    pub ok: bool,
    /// Over both vans, from departure to return; negative is a saving.
    pub added_seconds: Seconds,
    pub added_meters: Meters,
    pub added_cost_minor: i64,
    /// Room left in the van the stop moves to; negative is too much.
    pub capacity_after: Load,
    /// Every rule that the changed routes would break.
    pub broken: Vec<Broken>,
}

/// Why an edit cannot be made at all.
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EditRefusal {
    #[error("there is no stop `{0}`")]
    UnknownStop(String),
    #[error("there is no van `{0}`")]
    UnknownVan(String),
    #[error("the travel times are for other stops")]
    WrongMatrix,
    #[error("the route of van `{0}` is locked")]
    RouteLocked(String),
    #[error("the stop `{0}` is locked to its van")]
    StopLocked(String),
    #[error("the stop `{0}` is done or under way, or would come before one that is")]
    StopDriven(String),
    #[error("the goods of stop `{0}` are on another van, or not on board of this one")]
    NotOnBoard(String),
    #[error("the move breaks {} rules", .0.len())]
    Breaks(Vec<Broken>),
}

struct Edited {
    routes: Vec<Timed>,
    check: MoveCheck,
}

/// What moving `stop` to `position` (from 0) of `van`'s route would do. The stop may be unplanned,
/// and the van may have no route yet. Within its own route, `position` counts without the stop.
pub fn check_move(
    input: &PlanInput,
    matrix: &Matrix,
    plan: &RoutePlan,
    stop: &str,
    van: &str,
    position: usize,
) -> Result<MoveCheck, EditRefusal> {
    edited(input, matrix, plan, stop, van, position).map(|edited| edited.check)
}

/// The plan after the move. Locks always hold; other broken rules only if `force`, because the
/// dispatcher may know better: the customer has agreed to wait.
pub fn apply_move(
    input: &PlanInput,
    matrix: &Matrix,
    plan: &RoutePlan,
    (stop, van, position): (&str, &str, usize),
    force: bool,
) -> Result<RoutePlan, EditRefusal> {
    let edited = edited(input, matrix, plan, stop, van, position)?;
    if let Some(route) = locked_route(plan, stop, van) {
        return Err(EditRefusal::RouteLocked(route));
    }
    if edited.check.broken.iter().any(|broken| broken.constraint == Constraint::Locked) {
        return Err(EditRefusal::StopLocked(stop.to_owned()));
    }
    if edited.check.broken.iter().any(|broken| broken.constraint == Constraint::NotOnBoard) {
        return Err(EditRefusal::NotOnBoard(stop.to_owned()));
    }
    if edited.check.broken.iter().any(|broken| broken.constraint == Constraint::Driven) {
        return Err(EditRefusal::StopDriven(stop.to_owned()));
    }
    if !edited.check.ok && !force {
        return Err(EditRefusal::Breaks(edited.check.broken));
    }
    let mut after = plan.clone();
    after.unplanned.retain(|unplanned| unplanned.id != stop);
    for Timed { route, .. } in edited.routes {
        replace(input, &mut after, plan, route);
    }
    Ok(after.totaled())
}

/// The plan without `stop`, which becomes unplanned.
pub fn unplan(
    input: &PlanInput,
    matrix: &Matrix,
    plan: &RoutePlan,
    stop: &str,
) -> Result<RoutePlan, EditRefusal> {
    check_matrix(input, matrix)?;
    let unknown = || EditRefusal::UnknownStop(stop.to_owned());
    let (route, at) = plan.find(stop).ok_or_else(unknown)?;
    if route.lock != RouteLock::Open {
        return Err(EditRefusal::RouteLocked(route.van.clone()));
    }
    if route.stops[at].locked {
        return Err(EditRefusal::StopLocked(stop.to_owned()));
    }
    let van = van_index(input, &route.van)?;
    if input.vans[van].now.driven.iter().any(|driven| driven == stop) {
        return Err(EditRefusal::StopDriven(stop.to_owned()));
    }
    let mut stops = indices(input, route)?;
    stops.remove(at);
    let mut after = plan.clone();
    replace(input, &mut after, plan, timed(input, matrix, van, &stops).route);
    let reasons = input
        .vans
        .iter()
        .map(|van| VanReason { van: van.id.clone(), reason: Reason::TakenOff })
        .collect();
    after.unplanned.push(Unplanned { id: stop.to_owned(), reasons });
    Ok(after.totaled())
}

/// The plan with `stop` locked to the van it is on, or free again.
pub fn set_stop_lock(plan: &RoutePlan, stop: &str, locked: bool) -> Result<RoutePlan, EditRefusal> {
    let mut after = plan.clone();
    let mut stops = after.routes.iter_mut().flat_map(|route| &mut route.stops);
    let found = stops.find(|planned| planned.request == stop);
    found.ok_or_else(|| EditRefusal::UnknownStop(stop.to_owned()))?.locked = locked;
    Ok(after)
}

fn edited(
    input: &PlanInput,
    matrix: &Matrix,
    plan: &RoutePlan,
    stop: &str,
    van: &str,
    position: usize,
) -> Result<Edited, EditRefusal> {
    check_matrix(input, matrix)?;
    let unknown = || EditRefusal::UnknownStop(stop.to_owned());
    let moving = input.stop_index(stop).ok_or_else(unknown)?;
    let target = van_index(input, van)?;
    let source = plan.find(stop).map(|(route, _)| van_index(input, &route.van)).transpose()?;
    let stops_of = |van: usize| match plan.route_of(&input.vans[van].id) {
        Some(route) => indices(input, route),
        None => Ok(Vec::new()),
    };
    let mut changed: Vec<usize> = vec![target];
    changed.extend(source.filter(|&source| source != target));
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for &van in &changed {
        let mut stops = stops_of(van)?;
        before.push(timed(input, matrix, van, &stops));
        stops.retain(|&other| other != moving);
        if van == target {
            stops.insert(position.min(stops.len()), moving);
        }
        after.push(timed(input, matrix, van, &stops));
    }
    let mut check = compare(&before, &after);
    check.capacity_after = input.vans[target].capacity - after[0].route.load;
    let locked_stop =
        plan.find(stop).is_some_and(|(route, at)| route.stops[at].locked && route.van != van);
    let locked = usize::from(locked_stop) + usize::from(locked_route(plan, stop, van).is_some());
    if locked > 0 {
        let stop = Some(stop.to_owned());
        check.broken.push(Broken { constraint: Constraint::Locked, stop, by: locked as i64 });
        check.ok = false;
    }
    Ok(Edited { routes: after, check })
}

fn compare(before: &[Timed], after: &[Timed]) -> MoveCheck {
    let old: Vec<&Broken> = before.iter().flat_map(|timed| &timed.broken).collect();
    let broken: Vec<Broken> = after.iter().flat_map(|timed| timed.broken.clone()).collect();
    // What was broken as badly before is not this move's doing.
    let is_old = |new: &Broken| {
        old.iter().any(|o| o.constraint == new.constraint && o.stop == new.stop && o.by >= new.by)
    };
    let seconds = |all: &[Timed]| -> Seconds { driven(all).map(|route| route.seconds).sum() };
    let meters = |all: &[Timed]| -> Meters { driven(all).map(|route| route.meters).sum() };
    let cost = |all: &[Timed]| -> i64 { driven(all).map(|route| route.cost_minor).sum() };
    MoveCheck {
        ok: broken.iter().all(is_old),
        added_seconds: seconds(after) - seconds(before),
        added_meters: meters(after) - meters(before),
        added_cost_minor: cost(after) - cost(before),
        capacity_after: Load::default(),
        broken,
    }
}

/// A van without stops stays in the yard and costs nothing.
fn driven(all: &[Timed]) -> impl Iterator<Item = &PlannedRoute> {
    all.iter().map(|timed| &timed.route).filter(|route| !route.stops.is_empty())
}

/// The van whose lock forbids the move: the order of either route, or the driver the stop leaves.
fn locked_route(plan: &RoutePlan, stop: &str, van: &str) -> Option<String> {
    let sequence = |route: &&PlannedRoute| route.lock == RouteLock::Sequence;
    let target = plan.route_of(van).filter(sequence);
    let source = plan
        .find(stop)
        .map(|(route, _)| route)
        .filter(|route| sequence(route) || (route.lock == RouteLock::Driver && route.van != van));
    target.or(source).map(|route| route.van.clone())
}

/// Puts a re-timed route in its place, with the locks it had.
pub(crate) fn replace(
    input: &PlanInput,
    after: &mut RoutePlan,
    before: &RoutePlan,
    mut route: PlannedRoute,
) {
    let was_locked = |request: &str| before.find(request).is_some_and(|(r, at)| r.stops[at].locked);
    for stop in &mut route.stops {
        stop.locked |= was_locked(&stop.request);
    }
    if let Some(old) = before.route_of(&route.van) {
        route.lock = old.lock;
    }
    after.routes.retain(|known| known.van != route.van);
    if !route.stops.is_empty() {
        after.routes.push(route);
    }
    after.routes.sort_by_key(|route| input.van_index(&route.van));
}

pub(crate) fn check_matrix(input: &PlanInput, matrix: &Matrix) -> Result<(), EditRefusal> {
    let fits = matrix.size() == input.stops.len() + 1;
    if fits { Ok(()) } else { Err(EditRefusal::WrongMatrix) }
}

pub(crate) fn van_index(input: &PlanInput, van: &str) -> Result<usize, EditRefusal> {
    input.van_index(van).ok_or_else(|| EditRefusal::UnknownVan(van.to_owned()))
}

pub(crate) fn indices(input: &PlanInput, route: &PlannedRoute) -> Result<Vec<usize>, EditRefusal> {
    let known =
        |id: &String| input.stop_index(id).ok_or_else(|| EditRefusal::UnknownStop(id.clone()));
    route.stops.iter().map(|stop| known(&stop.request)).collect()
}
