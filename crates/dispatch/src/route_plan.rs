//! The plan: who drives where and when.

use crate::input::{Load, PlanInput};
use domain::{LonLat, Meters, Seconds, Timestamp};
use roads::{Metric, RoadGraph, Unreachable};
use serde::{Deserialize, Serialize};

/// One day's routes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoutePlan {
    /// Vans that drive, in the order of the input.
    pub routes: Vec<PlannedRoute>,
    pub unplanned: Vec<Unplanned>,
    /// Vans and driving, in minor units, rounded to nearest.
    pub cost_minor: i64,
    pub meters: Meters,
    /// From each van's departure to its return, added up.
    pub seconds: Seconds,
}

/// What a person has fixed about a route.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RouteLock {
    #[default]
    Open,
    /// This driver keeps these stops; their order may change and others may join.
    Driver,
    /// Stops and order stay exactly as they are.
    Sequence,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedRoute {
    /// Van id.
    pub van: String,
    pub lock: RouteLock,
    /// As late as possible without being late anywhere.
    pub leaves: Timestamp,
    pub returns: Timestamp,
    pub stops: Vec<PlannedStop>,
    pub meters: Meters,
    /// From departure to return.
    pub seconds: Seconds,
    pub driving: Seconds,
    /// On leaving the depot.
    pub load: Load,
    pub cost_minor: i64,
    /// What the cost is made of.
    #[serde(default)]
    pub terms: CostTerms,
    /// The driver's break, from and to.
    #[serde(default)]
    pub pause: Option<(Timestamp, Timestamp)>,
    /// The stop, from 0, on the way to which the break is taken; the number of stops is on the way
    /// home.
    #[serde(default)]
    pub pause_before: Option<usize>,
}

/// The parts of a cost in minor units, each rounded to nearest.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CostTerms {
    pub fixed: i64,
    pub distance: i64,
    pub driving_time: i64,
    pub lateness: i64,
    /// For a day beyond the fair share.
    pub uneven: i64,
    pub unfamiliar: i64,
    /// Stops on no van: a number, not money.
    pub unplanned: usize,
}

impl std::ops::Add for CostTerms {
    type Output = CostTerms;
    fn add(self, other: CostTerms) -> CostTerms {
        CostTerms {
            fixed: self.fixed + other.fixed,
            distance: self.distance + other.distance,
            driving_time: self.driving_time + other.driving_time,
            lateness: self.lateness + other.lateness,
            uneven: self.uneven + other.uneven,
            unfamiliar: self.unfamiliar + other.unfamiliar,
            unplanned: self.unplanned + other.unplanned,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedStop {
    /// Stop request id.
    pub request: String,
    pub arrive: Timestamp,
    /// Before the window opens.
    pub wait: Seconds,
    pub depart: Timestamp,
    /// On leaving this stop.
    pub load_after: Load,
    /// Driven from the stop before, or from the depot.
    pub meters: Meters,
    /// Stays on this van.
    pub locked: bool,
    /// After the window, as the stop allows at a price.
    #[serde(default)]
    pub late: Seconds,
}

/// A stop on no van.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unplanned {
    /// Stop request id.
    pub id: String,
    /// One per van, in the order of the input.
    pub reasons: Vec<VanReason>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VanReason {
    pub van: String,
    pub reason: Reason,
}

/// What keeps a stop from a van.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The stop is locked to another van.
    OtherVan,
    /// The van's route is locked.
    RouteLocked,
    /// No road there or back.
    Unreachable,
    /// More than the empty van holds.
    TooLarge,
    /// Even driving there first comes after the last window.
    TimeWindow,
    /// Even this stop alone ends after the shift.
    Shift,
    /// The van has its most stops.
    MaxStops,
    /// The van is full.
    Full,
    /// There is room, but no time without being late somewhere.
    NoTime,
    /// It would fit: plan again, or drag it there.
    NotYetPlaced,
    /// A person took it off the plan.
    TakenOff,
    /// The van lacks the equipment, or does not deliver in this zone.
    NotEquipped,
    /// Beyond the van's longest route, in time or in distance.
    TooFar,
    /// The van has left without the goods.
    NotOnBoard,
    /// The van has broken down.
    VanOut,
}

impl RoutePlan {
    /// The van and position of a stop.
    pub fn find(&self, request: &str) -> Option<(&PlannedRoute, usize)> {
        self.routes.iter().find_map(|route| {
            let at = route.stops.iter().position(|stop| stop.request == request);
            at.map(|at| (route, at))
        })
    }

    /// What the plan costs, term by term. Plans saved before terms were known say only the sum.
    pub fn terms(&self) -> CostTerms {
        let out = CostTerms { unplanned: self.unplanned.len(), ..CostTerms::default() };
        self.routes.iter().fold(out, |sum, route| sum + route.terms)
    }

    pub fn route_of(&self, van: &str) -> Option<&PlannedRoute> {
        self.routes.iter().find(|route| route.van == van)
    }

    /// The plan with totals added up again.
    pub(crate) fn totaled(mut self) -> RoutePlan {
        self.cost_minor = self.routes.iter().map(|route| route.cost_minor).sum();
        self.meters = self.routes.iter().map(|route| route.meters).sum();
        self.seconds = self.routes.iter().map(|route| route.seconds).sum();
        self
    }
}

/// The line to draw for a route, from the depot through its stops and back, with streets closed as
/// in `metric`.
pub fn geometry(
    input: &PlanInput,
    route: &PlannedRoute,
    roads: &RoadGraph,
    metric: &Metric,
) -> Result<Vec<LonLat>, Unreachable> {
    let known = |request: &String| input.stops.iter().find(|stop| stop.id == *request);
    let mut places = vec![input.depot.place];
    places.extend(route.stops.iter().filter_map(|stop| known(&stop.request)).map(|s| s.place));
    places.push(input.depot.place);
    let mut line: Vec<LonLat> = Vec::new();
    for leg in places.windows(2) {
        let points = roads.route_with(metric, leg[0], leg[1])?.geometry;
        let repeated = usize::from(line.last() == points.first() && !line.is_empty());
        line.extend(points.into_iter().skip(repeated));
    }
    Ok(line)
}

/// The mean time of a route from departure to return: a fair day's work for [`crate::DayRules`].
pub fn fair_share(plan: &RoutePlan) -> Seconds {
    let total: i64 = plan.routes.iter().map(|route| route.seconds.0).sum();
    Seconds(total / (plan.routes.len() as i64).max(1))
}
