//! The order in which the stops of a wave are walked through parallel aisles.
//!
//! Aisles are joined by a cross aisle at either end. In each aisle the picker goes through, or goes
//! in as far as needed and comes back; which of both is chosen over all aisles together (the
//! "combined" rule: Roodbergen and de Koster 2001, "Routing methods for warehouses with multiple
//! cross aisles"). It is never longer than the S-shape, which goes through each aisle with a stop.

use serde::{Deserialize, Serialize};

/// Where something is picked: the aisle, counted from the start, and meters into it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PickStop {
    pub aisle: i64,
    pub meters_in: i64,
}

/// Aisles all of one length, their middles one pitch apart; the walk starts and ends before the
/// first of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aisles {
    pub meters_long: i64,
    pub pitch_meters: i64,
}

/// Numbers of the stops in the order they are walked, and how far that is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PickPath {
    pub order: Vec<usize>,
    pub meters: i64,
}

/// The two ends of an aisle.
const FRONT: usize = 0;
const BACK: usize = 1;

/// A way through the aisles so far that ends at one end of the last: meters, and at which end each
/// of the aisles was left.
#[derive(Clone)]
struct Way {
    meters: i64,
    left_at: Vec<usize>,
}

/// The shortest walk over all stops.
pub fn pick_path(stops: &[PickStop], aisles: Aisles) -> PickPath {
    let mut by_aisle: Vec<usize> = (0..stops.len()).collect();
    by_aisle.sort_by_key(|&stop| (stops[stop], stop));
    let groups: Vec<&[usize]> =
        by_aisle.chunk_by(|one, next| stops[*one].aisle == stops[*next].aisle).collect();
    let long = aisles.meters_long.max(0);
    let into = |stop: usize| stops[stop].meters_in.clamp(0, long);
    let mut ways = [Some(Way { meters: 0, left_at: Vec::new() }), None];
    for group in &groups {
        let (first, last) = (into(group[0]), into(group[group.len() - 1]));
        let next = |end: usize| {
            // Through from the other end, or in and out at this one.
            let out = if end == FRONT { 2 * last } else { 2 * (long - first) };
            let through = ways[1 - end].as_ref().map(|way| (way, long));
            let back = ways[end].as_ref().map(|way| (way, out));
            let (way, more) = through.into_iter().chain(back).min_by_key(|(w, m)| w.meters + m)?;
            let mut left_at = way.left_at.clone();
            left_at.push(end);
            Some(Way { meters: way.meters + more, left_at })
        };
        ways = [next(FRONT), next(BACK)];
    }
    // The walk ends in front: a way that ends at the back has one more aisle to go through.
    let [front, back] = ways;
    let back = back.map(|way| Way { meters: way.meters + long, ..way });
    let best = front.into_iter().chain(back).min_by_key(|way| way.meters);
    let left_at = best.as_ref().map_or(&[][..], |way| &way.left_at);
    let farthest = by_aisle.last().map_or(0, |&stop| stops[stop].aisle.max(0));
    let across = 2 * farthest.saturating_mul(aisles.pitch_meters.max(0));
    PickPath {
        order: ordered(&groups, left_at),
        meters: best.as_ref().map_or(0, |way| way.meters).saturating_add(across),
    }
}

/// Entered at the end where the aisle before was left.
fn ordered(groups: &[&[usize]], left_at: &[usize]) -> Vec<usize> {
    let mut entered = FRONT;
    let mut order = Vec::new();
    for (group, &left) in groups.iter().zip(left_at) {
        if entered == FRONT {
            order.extend_from_slice(group);
        } else {
            order.extend(group.iter().rev());
        }
        entered = left;
    }
    order
}
