//! Which routes are planned again after a disruption.

use crate::disrupt::Disruption;
use crate::edit::indices;
use crate::input::PlanInput;
use crate::kept::Scope;
use crate::route_plan::{PlannedRoute, RoutePlan};
use crate::timing::leg;
use roads::Matrix;

/// Routes planned again beside those that something happened to: enough for a detour to find a
/// van that passes by.
const NEIGHBORS: usize = 5;
/// What another van for a known stop must save, in minutes of driving: less is not worth a call.
const STAY_MINUTES: i64 = 3;

/// The routes that something happened to, and those that pass nearest.
pub(crate) fn scope(
    input: &PlanInput,
    matrix: &Matrix,
    plan: &RoutePlan,
    change: &Disruption,
) -> Scope {
    let hourly = input.vans.iter().map(|van| van.cost_per_hour_minor).max().unwrap_or(0);
    let stay_minor = Some(hourly * STAY_MINUTES / 60);
    let (places, vans) = touched(input, plan, change);
    let gone = match change {
        Disruption::CancelledStop { stop } => input.stop_index(stop).into_iter().collect(),
        _ => Vec::new(),
    };
    if matches!(change, Disruption::StreetsChanged) {
        return Scope { still: Vec::new(), gone, stay_minor };
    }
    let mut others: Vec<(i64, usize)> = (0..input.vans.len())
        .filter(|van| !vans.contains(van) && !input.vans[*van].now.out)
        // Vans in the yard are few kinds, and often the only ones that can still load.
        .filter(|&van| plan.route_of(&input.vans[van].id).is_some())
        .map(|van| (nearest(input, matrix, plan, van, &places), van))
        .collect();
    if let Disruption::NewStop { .. } = change {
        // Who has left without the goods is no help.
        let can =
            |van: usize| places.iter().all(|&stop| input.vans[van].can_have(&input.stops[stop]));
        others.iter_mut().filter(|(_, van)| !can(*van)).for_each(|other| other.0 = i64::MAX);
    }
    others.sort_unstable();
    let still = others.into_iter().skip(NEIGHBORS).map(|(_, van)| van).collect();
    Scope { still, gone, stay_minor }
}

/// Stops (indices) and vans that a disruption is about.
fn touched(input: &PlanInput, plan: &RoutePlan, change: &Disruption) -> (Vec<usize>, Vec<usize>) {
    let place = |stop: &String| input.stop_index(stop).into_iter().collect::<Vec<usize>>();
    let van_of = |stop: &String| plan.find(stop).and_then(|(route, _)| input.van_index(&route.van));
    let stops_of =
        |van: &String| plan.route_of(van).map_or(Vec::new(), |r| indices_known(input, r));
    match change {
        Disruption::NewStop { stop } => (place(stop), Vec::new()),
        Disruption::CancelledStop { stop } => {
            let van = van_of(stop);
            let stops = plan.find(stop).map_or(Vec::new(), |(route, _)| stops_of(&route.van));
            (stops, van.into_iter().collect())
        }
        Disruption::VanLate { van, .. } | Disruption::VanOut { van, .. } => {
            (stops_of(van), input.van_index(van).into_iter().collect())
        }
        Disruption::StreetsChanged => (Vec::new(), Vec::new()),
        Disruption::Dragged { stop, van, .. } => {
            (place(stop), van_of(stop).into_iter().chain(input.van_index(van)).collect())
        }
    }
}

/// Mean driving time, in seconds, from each of the places to the nearest stop of a van.
fn nearest(
    input: &PlanInput,
    matrix: &Matrix,
    plan: &RoutePlan,
    van: usize,
    places: &[usize],
) -> i64 {
    let route = plan.route_of(&input.vans[van].id);
    let stops = route.map_or(Vec::new(), |route| indices_known(input, route));
    let to = |place: usize| {
        let ways = stops.iter().filter_map(|&stop| Some(leg(matrix, place + 1, stop + 1)?.0.0));
        ways.min().unwrap_or(i64::from(u32::MAX))
    };
    places.iter().map(|&place| to(place)).sum::<i64>() / (places.len() as i64).max(1)
}

pub(crate) fn indices_known(input: &PlanInput, route: &PlannedRoute) -> Vec<usize> {
    indices(input, route).unwrap_or_else(|_| {
        route.stops.iter().filter_map(|stop| input.stop_index(&stop.request)).collect()
    })
}
