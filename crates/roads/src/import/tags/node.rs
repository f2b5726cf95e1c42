//! What stands on the road: barriers and traffic lights.

use super::access::{access_keys, is_closed};
use super::{Tags, Vehicle};
use crate::class::Profile;
use crate::turn_cost::SIGNAL_MS;

/// Opening a gate, paying a toll.
const GATE_MS: u32 = 10_000;
const TOLL_MS: u32 = 15_000;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::import) struct NodeNote {
    /// Stops the vehicle: a bollard, a locked gate.
    pub barred: bool,
    pub has_signals: bool,
    /// Milliseconds lost when passing along the way and against it.
    pub wait_ms: [u32; 2],
}

pub(in crate::import) fn node<'a>(
    mut pairs: impl Iterator<Item = (&'a str, &'a str)>,
    vehicle: &Vehicle,
) -> NodeNote {
    // Nearly all nodes have no tags.
    let Some(first) = pairs.next() else { return NodeNote::default() };
    let tags = Tags { pairs: std::iter::once(first).chain(pairs).collect() };
    let mut note = NodeNote { barred: bars(&tags, vehicle.profile), ..NodeNote::default() };
    if tags.get("highway") == Some("traffic_signals") {
        note.has_signals = true;
        note.wait_ms = match tags.first(&["traffic_signals:direction", "direction"]) {
            Some("forward") => [SIGNAL_MS, 0],
            Some("backward") => [0, SIGNAL_MS],
            _ => [SIGNAL_MS; 2],
        };
    }
    let passing_ms = match tags.get("barrier") {
        Some("gate" | "lift_gate" | "swing_gate" | "sliding_gate") => GATE_MS,
        Some("toll_booth" | "border_control") => TOLL_MS,
        _ => 0,
    };
    note.wait_ms = note.wait_ms.map(|wait| wait + passing_ms);
    note
}

fn bars(tags: &Tags, profile: Profile) -> bool {
    let Some(barrier) = tags.get("barrier") else { return false };
    if let Some(rule) = tags.first(access_keys(profile)) {
        return is_closed(rule);
    }
    let stops_motors = matches!(
        barrier,
        "bollard"
            | "block"
            | "chain"
            | "cycle_barrier"
            | "jersey_barrier"
            | "log"
            | "debris"
            | "motorcycle_barrier"
            | "planter"
            | "stile"
            | "turnstile"
            | "kissing_gate"
            | "fence"
            | "wall"
            | "bus_trap"
    );
    let stops_bikes = matches!(barrier, "stile" | "turnstile" | "kissing_gate" | "fence" | "wall");
    if profile == Profile::Bike { stops_bikes } else { stops_motors }
}
