//! What a dispatcher asks about one stop: what keeps it from each van, and where it fits best.

use crate::edit::{EditRefusal, check_matrix, indices};
use crate::input::PlanInput;
use crate::route_plan::{Reason, RouteLock, RoutePlan};
use crate::timing::{Broken, Constraint, Timed, timed};
use domain::Timestamp;
use roads::Matrix;
use serde::{Deserialize, Serialize};

/// The least that would have to give for a van to take a stop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relaxation {
    pub van: String,
    /// Position in its route, from 0.
    pub position: usize,
    pub reason: Reason,
    /// The rules to relax and by how much, in the units of [`Broken`]; empty when it simply fits.
    pub broken: Vec<Broken>,
    pub added_cost_minor: i64,
}

/// A place for a stop that breaks no rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slot {
    pub van: String,
    /// Position in its route, from 0.
    pub position: usize,
    pub arrive: Timestamp,
    /// The promised window that the arrival belongs to, if the stop has any.
    pub window: Option<(Timestamp, Timestamp)>,
    pub added_cost_minor: i64,
}

/// For every van that drives today, what keeps `stop` from it where the least does: the easiest
/// first, by the number of rules and then by how much.
pub fn relaxations(
    input: &PlanInput,
    matrix: &Matrix,
    plan: &RoutePlan,
    stop: &str,
) -> Result<Vec<Relaxation>, EditRefusal> {
    let index = known(input, matrix, stop)?;
    let vans = 0..input.vans.len();
    let mut found: Vec<Relaxation> =
        vans.filter_map(|van| least(input, matrix, plan, index, van)).collect();
    found.sort_by_key(weight);
    Ok(found)
}

/// The best places for `stop`, the cheapest first: one for each van and promised window. A stop
/// that is on a route already is looked at as if it were not.
pub fn best_slots(
    input: &PlanInput,
    matrix: &Matrix,
    plan: &RoutePlan,
    stop: &str,
) -> Result<Vec<Slot>, EditRefusal> {
    let index = known(input, matrix, stop)?;
    let mut slots: Vec<Slot> = Vec::new();
    for van in 0..input.vans.len() {
        for place in places(input, matrix, plan, index, van) {
            let (Some(arrive), true) = (place.arrive, place.broken.is_empty()) else { continue };
            let window = input.stops[index].windows.iter().find(|window| arrive <= window.1);
            let slot = Slot {
                van: place.van,
                position: place.position,
                arrive,
                window: window.copied(),
                added_cost_minor: place.added_cost_minor,
            };
            let same = |known: &&mut Slot| known.van == slot.van && known.window == slot.window;
            match slots.iter_mut().find(same) {
                Some(known) if slot.added_cost_minor < known.added_cost_minor => *known = slot,
                Some(_) => {}
                None => slots.push(slot),
            }
        }
    }
    slots.sort_by_key(|slot| (slot.added_cost_minor, slot.arrive));
    Ok(slots)
}

fn known(input: &PlanInput, matrix: &Matrix, stop: &str) -> Result<usize, EditRefusal> {
    check_matrix(input, matrix)?;
    input.stop_index(stop).ok_or_else(|| EditRefusal::UnknownStop(stop.to_owned()))
}

pub(crate) fn least(
    input: &PlanInput,
    matrix: &Matrix,
    plan: &RoutePlan,
    stop: usize,
    van: usize,
) -> Option<Relaxation> {
    let best = places(input, matrix, plan, stop, van)
        .min_by_key(|place| (place.broken.len(), amount(&place.broken), place.added_cost_minor))?;
    let Place { van, position, broken, added_cost_minor, .. } = best;
    let reason = broken.first().map_or(Reason::NotYetPlaced, |broken| reason(broken.constraint));
    Some(Relaxation { van, position, reason, broken, added_cost_minor })
}

struct Place {
    van: String,
    position: usize,
    arrive: Option<Timestamp>,
    /// What was not broken before.
    broken: Vec<Broken>,
    added_cost_minor: i64,
}

/// The stop at each position of a van's route that is still to be driven.
fn places<'p>(
    input: &'p PlanInput,
    matrix: &'p Matrix,
    plan: &RoutePlan,
    stop: usize,
    van: usize,
) -> impl Iterator<Item = Place> + 'p {
    let details = &input.vans[van];
    let route = plan.route_of(&details.id);
    let locked = route.is_some_and(|route| route.lock == RouteLock::Sequence);
    let mut stops = route.and_then(|route| indices(input, route).ok()).unwrap_or_default();
    stops.retain(|&other| other != stop);
    let first = if locked || details.now.out { usize::MAX } else { details.now.driven.len() };
    let before = timed(input, matrix, van, &stops);
    let id = &input.stops[stop].id;
    (first..=stops.len()).map(move |position| {
        let mut longer = stops.clone();
        longer.insert(position, stop);
        let after = timed(input, matrix, van, &longer);
        Place {
            van: details.id.clone(),
            position,
            arrive: after.route.stops.iter().find(|s| s.request == *id).map(|s| s.arrive),
            added_cost_minor: after.route.cost_minor - paid(&before),
            broken: worse(&before, after),
        }
    })
}

fn paid(timed: &Timed) -> i64 {
    if timed.route.stops.is_empty() { 0 } else { timed.route.cost_minor }
}

/// Rules that are broken now, or more than before.
fn worse(before: &Timed, after: Timed) -> Vec<Broken> {
    let old = |new: &Broken| {
        let same = |old: &&Broken| old.constraint == new.constraint && old.stop == new.stop;
        before.broken.iter().find(same).is_some_and(|old| old.by >= new.by)
    };
    after.broken.into_iter().filter(|broken| !old(broken)).collect()
}

fn weight(relaxation: &Relaxation) -> (usize, i64, i64) {
    let broken = &relaxation.broken;
    (broken.len(), amount(broken), relaxation.added_cost_minor)
}

/// Amounts of different units only break ties; what no amount helps comes last.
fn amount(broken: &[Broken]) -> i64 {
    let of = |broken: &Broken| match broken.constraint {
        Constraint::Unreachable
        | Constraint::Locked
        | Constraint::Skill
        | Constraint::Order
        | Constraint::NotOnBoard
        | Constraint::Driven => i64::from(u32::MAX),
        Constraint::Weight
        | Constraint::Volume
        | Constraint::Pieces
        | Constraint::TimeWindow
        | Constraint::ShiftEnd
        | Constraint::MaxStops
        | Constraint::Break
        | Constraint::MaxDuration
        | Constraint::MaxDistance => broken.by,
    };
    broken.iter().map(of).sum()
}

fn reason(constraint: Constraint) -> Reason {
    match constraint {
        Constraint::Weight | Constraint::Volume | Constraint::Pieces => Reason::Full,
        Constraint::TimeWindow | Constraint::Break => Reason::NoTime,
        Constraint::ShiftEnd => Reason::Shift,
        Constraint::MaxDuration | Constraint::MaxDistance => Reason::TooFar,
        Constraint::MaxStops => Reason::MaxStops,
        Constraint::Unreachable => Reason::Unreachable,
        Constraint::Locked => Reason::OtherVan,
        Constraint::Skill => Reason::NotEquipped,
        Constraint::NotOnBoard => Reason::NotOnBoard,
        Constraint::Order | Constraint::Driven => Reason::RouteLocked,
    }
}
