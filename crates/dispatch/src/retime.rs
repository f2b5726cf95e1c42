//! The same routes under other travel times: a street was closed, or is open again.

use crate::edit::{EditRefusal, check_matrix, indices, replace, van_index};
use crate::input::PlanInput;
use crate::route_plan::{PlannedRoute, RoutePlan};
use crate::timing::{Broken, Timed, timed};
use domain::{Meters, Seconds};
use roads::Matrix;

/// A plan with new times, and what that means for each route that changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retimed {
    pub plan: RoutePlan,
    pub changed: Vec<RouteChange>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouteChange {
    /// Van id.
    pub van: String,
    /// From departure to return; negative is a saving.
    pub added_seconds: Seconds,
    pub added_meters: Meters,
    /// Rules that the route breaks now and did not break before.
    pub broken: Vec<Broken>,
}

/// Every route with its stops in their order and its locks, timed by `after` instead of `before`.
pub fn retime(
    input: &PlanInput,
    before: &Matrix,
    after: &Matrix,
    plan: &RoutePlan,
) -> Result<Retimed, EditRefusal> {
    check_matrix(input, before)?;
    check_matrix(input, after)?;
    let mut retimed = Retimed { plan: plan.clone(), changed: Vec::new() };
    for route in &plan.routes {
        let old = time(input, before, route)?;
        let new = time(input, after, route)?;
        let is_new = |broken: &Broken| !old.broken.contains(broken);
        let broken: Vec<Broken> = new.broken.iter().filter(|b| is_new(b)).cloned().collect();
        let added_seconds = new.route.seconds - old.route.seconds;
        let added_meters = new.route.meters - old.route.meters;
        if added_seconds != Seconds::ZERO || added_meters != Meters::ZERO || !broken.is_empty() {
            let van = route.van.clone();
            retimed.changed.push(RouteChange { van, added_seconds, added_meters, broken });
            replace(input, &mut retimed.plan, plan, new.route);
        }
    }
    retimed.plan = retimed.plan.totaled();
    Ok(retimed)
}

/// Every rule that a route breaks as it stands.
pub fn broken(
    input: &PlanInput,
    matrix: &Matrix,
    route: &PlannedRoute,
) -> Result<Vec<Broken>, EditRefusal> {
    check_matrix(input, matrix)?;
    Ok(time(input, matrix, route)?.broken)
}

fn time(input: &PlanInput, matrix: &Matrix, route: &PlannedRoute) -> Result<Timed, EditRefusal> {
    let van = van_index(input, &route.van)?;
    Ok(timed(input, matrix, van, &indices(input, route)?))
}
