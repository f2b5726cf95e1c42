//! House numbers: odd on one side, even on the other, rising along each street.

use super::Address;
use super::chance::Chance;
use crate::geo::Plane;
use crate::graph::RoadGraph;
use domain::LonLat;
use std::collections::BTreeMap;

/// From the middle of the street to the door, in meters.
const SETBACK_METERS: f64 = 13.0;
/// Out of 100 plots, how many have an address.
const BUILT_PERCENT: u64 = 55;

pub(super) fn number(chance: &mut Chance, graph: &RoadGraph, built_up: &[bool]) -> Vec<Address> {
    let mut addresses = Vec::new();
    let mut last_number: BTreeMap<u32, [u32; 2]> = BTreeMap::new();
    for (index, edge) in graph.edges.iter().enumerate() {
        let reachable = graph.is_main(index as u32);
        if !built_up[index] || !reachable {
            continue;
        }
        // Odd numbers on the left, even on the right.
        let numbers = last_number.entry(edge.name).or_insert([1, 2]);
        for (from, to) in graph.shape(index).pieces() {
            for (side, number) in numbers.iter_mut().enumerate() {
                for place in plots(chance, from, to, side == 0) {
                    let street = graph.names.get(edge.name).to_owned();
                    addresses.push(Address { street, number: *number, place });
                    *number += 2;
                }
            }
        }
    }
    addresses
}

/// Doors along one side of a straight piece of street.
fn plots(chance: &mut Chance, a: LonLat, b: LonLat, left: bool) -> Vec<LonLat> {
    let plane = Plane::at(a.lat_e7);
    let (dx, dy) = plane.offset(a, b);
    let length = (dx * dx + dy * dy).sqrt().max(1.0);
    let (ux, uy) = (dx / length, dy / length);
    let side = if left { SETBACK_METERS } else { -SETBACK_METERS };
    let mut places = Vec::new();
    let mut at = chance.between(8.0, 24.0);
    while at < length - 6.0 {
        if chance.percent(BUILT_PERCENT) {
            places.push(plane.point(a, ux * at - uy * side, uy * at + ux * side));
        }
        at += chance.between(22.0, 40.0);
    }
    places
}
