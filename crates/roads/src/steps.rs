//! What to tell the driver: where to turn and onto which street, in English or Chinese.

use crate::cost::{Cost, WHOLE, part, whole};
use crate::drive::Drive;
use crate::graph::{BLOCKED, RoadGraph};
use crate::matrix::Unreachable;
use crate::metric::Metric;
use crate::snap::Snapped;
use crate::turn_cost::{Bend, Size, heading};
use crate::turns::{arc_ms, tail};
use domain::{LonLat, Meters, Seconds};
use serde::Serialize;

/// Something the driver does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Maneuver {
    /// Leave toward one of eight winds, clockwise from 0 = north.
    Depart {
        wind: u8,
    },
    /// Straight on, onto a street of another name.
    Continue,
    SlightLeft,
    Left,
    SharpLeft,
    SlightRight,
    Right,
    SharpRight,
    UTurn,
    /// Into a roundabout and out by an exit, counted from 1; 0 when the way ends inside.
    Roundabout {
        exit: u8,
    },
    Arrive,
}

/// One instruction, and the stretch that follows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    pub maneuver: Maneuver,
    /// Name of the street driven then; empty when it has none.
    pub street: String,
    pub at: LonLat,
    pub seconds: Seconds,
    pub meters: Meters,
}

/// Languages that instructions come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    English,
    Chinese,
}

impl Step {
    /// The instruction as a sentence without a full stop.
    pub fn words(&self, language: Language) -> String {
        match language {
            Language::English => self.english(),
            Language::Chinese => self.chinese(),
        }
    }

    fn english(&self) -> String {
        const WINDS: [&str; 8] =
            ["north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest"];
        let doing = match self.maneuver {
            Maneuver::Depart { wind } => format!("Head {}", WINDS[usize::from(wind % 8)]),
            Maneuver::Continue => "Continue".to_owned(),
            Maneuver::SlightLeft => "Keep left".to_owned(),
            Maneuver::Left => "Turn left".to_owned(),
            Maneuver::SharpLeft => "Turn sharp left".to_owned(),
            Maneuver::SlightRight => "Keep right".to_owned(),
            Maneuver::Right => "Turn right".to_owned(),
            Maneuver::SharpRight => "Turn sharp right".to_owned(),
            Maneuver::UTurn => "Make a U-turn".to_owned(),
            Maneuver::Roundabout { exit: 0 } => "Enter the roundabout".to_owned(),
            Maneuver::Roundabout { exit } => {
                format!("At the roundabout take the {} exit", ordinal(exit))
            }
            Maneuver::Arrive => return "Arrive".to_owned(),
        };
        match (self.street.as_str(), self.maneuver) {
            ("", _) => doing,
            (street, Maneuver::Depart { .. }) => format!("{doing} on {street}"),
            (street, _) => format!("{doing} onto {street}"),
        }
    }

    fn chinese(&self) -> String {
        const WINDS: [&str; 8] = ["北", "东北", "东", "东南", "南", "西南", "西", "西北"];
        let doing = match self.maneuver {
            Maneuver::Depart { wind } => {
                let wind = WINDS[usize::from(wind % 8)];
                return match self.street.as_str() {
                    "" => format!("向{wind}出发"),
                    street => format!("沿{street}向{wind}出发"),
                };
            }
            Maneuver::Continue => "直行",
            Maneuver::SlightLeft => "靠左行驶",
            Maneuver::Left => "左转",
            Maneuver::SharpLeft => "向左急转",
            Maneuver::SlightRight => "靠右行驶",
            Maneuver::Right => "右转",
            Maneuver::SharpRight => "向右急转",
            Maneuver::UTurn => "掉头",
            Maneuver::Roundabout { exit: 0 } => "进入环岛",
            Maneuver::Roundabout { exit } => &format!("进入环岛,从第{exit}个出口驶出"),
            Maneuver::Arrive => return "到达".to_owned(),
        };
        match self.street.as_str() {
            "" => doing.to_owned(),
            street => format!("{doing},进入{street}"),
        }
    }
}

impl RoadGraph {
    /// Instructions for the fastest way, from leaving to arriving. Seconds and meters of the steps
    /// add up to the route's, but for rounding.
    pub fn steps(
        &self,
        metric: &Metric,
        from: &Snapped,
        to: &Snapped,
    ) -> Result<Vec<Step>, Unreachable> {
        let drive = self.drive(metric, from, to).ok_or_else(|| self.why(metric, from, to))?;
        let mut open: Option<(Step, Cost)> = None;
        let mut steps = Vec::new();
        // Exits passed since a roundabout was entered.
        let mut exits: Option<u8> = None;
        for (index, &arc) in drive.arcs.iter().enumerate() {
            let cost = drive.turn_costs[index] + self.driven(metric, &drive, index);
            let is_ring = self.is_ring(arc);
            if let (Some(passed), true) = (&mut exits, self.has_exit(arc)) {
                *passed = passed.saturating_add(1);
            }
            let maneuver = match (index, exits) {
                (0, _) => Some(Maneuver::Depart { wind: wind(self.direction(arc)) }),
                (_, Some(_)) if is_ring => None,
                (_, Some(exit)) => {
                    exits = None;
                    if let Some((step, _)) = &mut open {
                        step.maneuver = Maneuver::Roundabout { exit };
                        step.street = self.street_name(arc);
                    }
                    None
                }
                (_, None) if is_ring && !self.is_ring(drive.arcs[index - 1]) => {
                    exits = Some(0);
                    Some(Maneuver::Roundabout { exit: 0 })
                }
                (_, None) => self.maneuver(drive.arcs[index - 1], arc),
            };
            match (maneuver, &mut open) {
                (None, Some((_, total))) => *total += cost,
                (maneuver, _) => {
                    steps.extend(open.take().map(closed));
                    let at = if index == 0 {
                        from.point
                    } else {
                        self.nodes.at(tail(&self.edges, arc) as usize)
                    };
                    let maneuver = maneuver.unwrap_or(Maneuver::Continue);
                    open = Some((self.step(maneuver, arc, at), cost));
                }
            }
        }
        steps.extend(open.take().map(closed));
        let last = drive.arcs.last().copied().unwrap_or(0);
        steps.push(self.step(Maneuver::Arrive, last, to.point));
        Ok(steps)
    }

    fn step(&self, maneuver: Maneuver, arc: u32, at: LonLat) -> Step {
        let street = self.street_name(arc);
        Step { maneuver, street, at, seconds: Seconds(0), meters: Meters(0) }
    }

    fn street_name(&self, arc: u32) -> String {
        self.names.get(self.edges[arc as usize / 2].name).to_owned()
    }

    fn is_ring(&self, arc: u32) -> bool {
        self.edges[arc as usize / 2].is_roundabout()
    }

    /// Whether one can leave a roundabout where the arc begins.
    fn has_exit(&self, arc: u32) -> bool {
        let leaving = self.leaving.at(tail(&self.edges, arc)).iter();
        leaving.copied().any(|out| arc_ms(&self.edges, out) != BLOCKED && !self.is_ring(out))
    }

    /// Cost of the part of an arc that is driven.
    fn driven(&self, metric: &Metric, drive: &Drive, index: usize) -> Cost {
        let all = metric.costs.arcs[drive.arcs[index] as usize];
        let end = if index + 1 == drive.arcs.len() { drive.end } else { WHOLE };
        let start = if index == 0 { drive.start } else { 0 };
        part(all, end) - part(all, start)
    }

    /// Direction in which an arc starts.
    fn direction(&self, arc: u32) -> (f64, f64) {
        let shape = self.shape(arc as usize / 2);
        if arc.is_multiple_of(2) { heading(shape.iter()) } else { heading(shape.iter().rev()) }
    }

    /// What is worth telling at a junction: a real turn, or a street of another name.
    fn maneuver(&self, from: u32, to: u32) -> Option<Maneuver> {
        if to == from ^ 1 {
            return Some(Maneuver::UTurn);
        }
        let node = tail(&self.edges, to);
        let may_drive = |&&arc: &&u32| arc_ms(&self.edges, arc) != BLOCKED;
        // Without a choice nobody can go wrong.
        let choices =
            self.leaving.at(node).iter().filter(may_drive).filter(|&&arc| arc != from ^ 1);
        let has_choice = choices.count() > 1;
        let (x, y) = self.direction(from ^ 1);
        let bend = Bend::between((-x, -y), self.direction(to));
        let name = |arc: u32| self.edges[arc as usize / 2].name;
        let is_renamed = name(to) != name(from) && name(to) != 0;
        match (bend.size, bend.is_left) {
            _ if !has_choice && !is_renamed => None,
            (Size::Straight, _) => is_renamed.then_some(Maneuver::Continue),
            // A street that bends and keeps its name needs no word.
            (Size::Slight, _) if name(to) == name(from) => None,
            (Size::Slight, true) => Some(Maneuver::SlightLeft),
            (Size::Slight, false) => Some(Maneuver::SlightRight),
            (Size::Plain, true) => Some(Maneuver::Left),
            (Size::Plain, false) => Some(Maneuver::Right),
            (Size::Sharp, true) => Some(Maneuver::SharpLeft),
            (Size::Sharp, false) => Some(Maneuver::SharpRight),
        }
    }
}

fn closed((step, cost): (Step, Cost)) -> Step {
    let (seconds, meters) = whole(cost);
    Step { seconds, meters, ..step }
}

/// `1st`, `2nd`, `11th`.
fn ordinal(number: u8) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

/// The nearest of eight winds, clockwise from north, without trigonometry.
fn wind((x, y): (f64, f64)) -> u8 {
    // Tangent of 22.5 degrees: where a wind ends and the next begins.
    const TANGENT: f64 = 0.414_213_562_373_095_1;
    match (x.abs(), y.abs()) {
        (east, north) if east < north * TANGENT => {
            if y >= 0.0 {
                0
            } else {
                4
            }
        }
        (east, north) if north < east * TANGENT => {
            if x >= 0.0 {
                2
            } else {
                6
            }
        }
        _ => match (x > 0.0, y > 0.0) {
            (true, true) => 1,
            (true, false) => 3,
            (false, false) => 5,
            (false, true) => 7,
        },
    }
}
