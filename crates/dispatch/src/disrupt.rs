//! A new plan during the day, after something has happened: only what is near it is planned again,
//! from the routes as they are, so that drivers and customers recognize their day.

use crate::diff::{Change, diff};
use crate::edit::{EditRefusal, apply_move, replace};
use crate::input::PlanInput;
use crate::plan::{PlanError, PlanParams, replan_within};
use crate::route_plan::{CostTerms, RoutePlan};
use crate::scope::{indices_known, scope};
use crate::timing::{Broken, timed};
use domain::Timestamp;
use roads::Matrix;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use thiserror::Error;

/// What has happened. The input is already the one after it: a new stop is in it; a cancelled one
/// may be or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "disruption")]
pub enum Disruption {
    NewStop {
        stop: String,
    },
    CancelledStop {
        stop: String,
    },
    /// The van does not leave, or go on from its last driven stop, before `until`.
    VanLate {
        van: String,
        until: Timestamp,
    },
    /// The van drives no more. Its stops go to others if the goods can still be had: they were not
    /// on board, or somebody brings them back.
    VanOut {
        van: String,
        goods_are_back: bool,
    },
    /// The matrix is another than the one that the plan was made with.
    StreetsChanged,
    /// A person has put the stop there; it stays on that van.
    Dragged {
        stop: String,
        van: String,
        position: usize,
    },
}

/// The plan after a disruption, and what it means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replanned {
    pub plan: RoutePlan,
    /// The input with what the disruption says of the vans, to be saved with the plan.
    pub input: PlanInput,
    pub diff: Vec<Change>,
    pub cost_before: CostTerms,
    pub cost_after: CostTerms,
    pub reasons: Vec<Why>,
}

/// Why the plan had to change, or could become better.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "why")]
pub enum Why {
    /// The stop found a place; what its van's route costs more, in minor units.
    Placed { stop: String, van: String, added_cost_minor: i64 },
    /// No van can take the stop: the plan's unplanned stops say why.
    NotPlaced { stop: String },
    /// With its stops as they were, the van would break this rule.
    WouldBreak { van: String, broken: Broken },
    /// Leaving all routes as they were would cost so much more, in minor units.
    Saves { minor: i64 },
}

#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReplanError {
    #[error(transparent)]
    Plan(#[from] PlanError),
    #[error(transparent)]
    Edit(#[from] EditRefusal),
}

/// Plans again around what has happened. What is driven, on board or locked stays.
pub fn replan_after(
    input: &PlanInput,
    matrix: &Matrix,
    plan: &RoutePlan,
    change: &Disruption,
    params: &mut PlanParams,
) -> Result<Replanned, ReplanError> {
    let input = after(input, plan, change)?;
    crate::edit::check_matrix(&input, matrix)?;
    let start = dragged(&input, matrix, plan, change)?;
    let kept = kept(&input, matrix, &start, change);
    let scope = scope(&input, matrix, &start, change);
    let mut found = replan_within(&input, matrix, &kept.plan, &scope, params)?;
    if kept.is_whole(&input, &found, &start) && cost(&kept.plan) <= cost(&found) {
        let unplanned = std::mem::take(&mut found.unplanned);
        found = RoutePlan { unplanned, ..kept.plan.clone() };
    }
    if matches!(change, Disruption::Dragged { .. }) {
        free_again(&mut found, plan, change);
    }
    let reasons = reasons(change, plan, &kept, &found);
    Ok(Replanned {
        diff: diff(plan, &found),
        cost_before: plan.terms(),
        cost_after: found.terms(),
        reasons,
        plan: found,
        input,
    })
}

/// The input with the vans as they are now.
fn after(
    input: &PlanInput,
    plan: &RoutePlan,
    change: &Disruption,
) -> Result<PlanInput, EditRefusal> {
    let mut input = input.clone();
    let van_index = |input: &PlanInput, van: &str| crate::edit::van_index(input, van);
    match change {
        Disruption::NewStop { stop } => {
            input.stop_index(stop).ok_or_else(|| EditRefusal::UnknownStop(stop.clone()))?;
        }
        Disruption::VanLate { van, until } => {
            let van = van_index(&input, van)?;
            input.vans[van].now.ready_at = Some(*until);
        }
        Disruption::VanOut { van, goods_are_back } => {
            let index = van_index(&input, van)?;
            let now = &mut input.vans[index].now;
            now.out = true;
            if *goods_are_back {
                now.loaded.retain(|stop| now.driven.contains(stop));
            }
            // A person who locked them to this van did not know.
            let freed = plan.route_of(van).into_iter().flat_map(|route| &route.stops);
            let freed: Vec<&String> = freed.map(|stop| &stop.request).collect();
            for stop in input.stops.iter_mut().filter(|stop| freed.contains(&&stop.id)) {
                stop.locked_van = stop.locked_van.take().filter(|locked| locked != van);
            }
        }
        Disruption::CancelledStop { .. }
        | Disruption::StreetsChanged
        | Disruption::Dragged { .. } => {}
    }
    Ok(input)
}

/// The plan with the stop where it was dragged to, locked to that van for the search.
fn dragged(
    input: &PlanInput,
    matrix: &Matrix,
    plan: &RoutePlan,
    change: &Disruption,
) -> Result<RoutePlan, EditRefusal> {
    let Disruption::Dragged { stop, van, position } = change else { return Ok(plan.clone()) };
    let moved = apply_move(input, matrix, plan, (stop, van, *position), true)?;
    crate::edit::set_stop_lock(&moved, stop, true)
}

/// The lock that only held the search goes; a lock that was there stays.
fn free_again(found: &mut RoutePlan, before: &RoutePlan, change: &Disruption) {
    let Disruption::Dragged { stop, .. } = change else { return };
    let was_locked = before.find(stop).is_some_and(|(route, at)| route.stops[at].locked);
    let mut stops = found.routes.iter_mut().flat_map(|route| &mut route.stops);
    if let Some(planned) = stops.find(|planned| planned.request == *stop) {
        planned.locked = was_locked;
    }
}

/// The routes as they were, as far as they still can be.
struct Kept {
    plan: RoutePlan,
    broken: Vec<(String, Broken)>,
}

impl Kept {
    /// Whether the old routes can simply stay: no rule is broken, and the same stops are planned.
    fn is_whole(&self, input: &PlanInput, found: &RoutePlan, before: &RoutePlan) -> bool {
        let planned = |plan: &RoutePlan| {
            let stops = plan.routes.iter().flat_map(|route| &route.stops);
            stops.map(|stop| stop.request.clone()).collect::<BTreeSet<String>>()
        };
        let out = before
            .routes
            .iter()
            .any(|route| input.van_index(&route.van).is_none_or(|van| input.vans[van].now.out));
        self.broken.is_empty() && !out && planned(&self.plan) == planned(found)
    }
}

fn kept(input: &PlanInput, matrix: &Matrix, plan: &RoutePlan, change: &Disruption) -> Kept {
    let mut kept = Kept { plan: plan.clone(), broken: Vec::new() };
    let gone = match change {
        Disruption::CancelledStop { stop } => Some(stop),
        _ => None,
    };
    for route in &plan.routes {
        let Some(van) = input.van_index(&route.van) else { continue };
        let mut stops: Vec<usize> = indices_known(input, route);
        stops.retain(|&stop| Some(&input.stops[stop].id) != gone);
        let timed = timed(input, matrix, van, &stops);
        kept.broken.extend(timed.broken.into_iter().map(|broken| (route.van.clone(), broken)));
        if timed.route.stops.is_empty() {
            kept.plan.routes.retain(|known| known.van != route.van);
        } else {
            replace(input, &mut kept.plan, plan, timed.route);
        }
    }
    kept.plan.unplanned.retain(|out| Some(&out.id) != gone && input.stop_index(&out.id).is_some());
    kept.plan = std::mem::take(&mut kept.plan).totaled();
    kept
}

fn cost(plan: &RoutePlan) -> i64 {
    plan.cost_minor
}

fn reasons(change: &Disruption, before: &RoutePlan, kept: &Kept, found: &RoutePlan) -> Vec<Why> {
    let mut reasons: Vec<Why> = kept
        .broken
        .iter()
        .map(|(van, broken)| Why::WouldBreak { van: van.clone(), broken: broken.clone() })
        .collect();
    if let Disruption::NewStop { stop } = change {
        let why = found.find(stop).map(|(route, _)| {
            let old = before.route_of(&route.van).map_or(0, |old| old.cost_minor);
            let added_cost_minor = route.cost_minor - old;
            Why::Placed { stop: stop.clone(), van: route.van.clone(), added_cost_minor }
        });
        reasons.push(why.unwrap_or_else(|| Why::NotPlaced { stop: stop.clone() }));
    }
    let planned = |plan: &RoutePlan| plan.routes.iter().map(|r| r.stops.len()).sum::<usize>();
    let lost = found.unplanned.iter().filter(|out| before.find(&out.id).is_some());
    reasons.extend(lost.map(|out| Why::NotPlaced { stop: out.id.clone() }));
    let saved = cost(&kept.plan) - cost(found);
    if saved > 0 && planned(&kept.plan) == planned(found) {
        reasons.push(Why::Saves { minor: saved });
    }
    reasons
}
