//! One van's day stop by stop: driving at the speed of the hour, waiting, breaks and lateness.

use crate::input::{Load, PlanInput, StopRequest, Van};
use crate::route_plan::{CostTerms, PlannedRoute, PlannedStop, RouteLock};
use crate::rules::Pause;
use crate::timing::{
    Broken, COST_PER_METER, COST_PER_MINOR, COST_PER_SECOND, Constraint, Window, latest_departure,
    leg, seconds_up, window_for,
};
use domain::{Meters, Seconds, Timestamp};
use roads::Matrix;

/// The stops of one van in their order.
pub(crate) struct Trip<'t> {
    pub input: &'t PlanInput,
    pub matrix: &'t Matrix,
    pub van: &'t Van,
    /// Indices into the input.
    pub stops: &'t [usize],
}

/// What is reached so far.
#[derive(Clone)]
pub(crate) struct Walk {
    pub leaves: Timestamp,
    pub returns: Timestamp,
    pub now: Timestamp,
    pub meters: Meters,
    pub broken: Vec<Broken>,
    load: Load,
    driving_millis: i64,
    waited_millis: i64,
    /// In the solver's parts of a minor unit.
    late_cost: i64,
    stops: Vec<PlannedStop>,
    pause: Option<(Timestamp, Timestamp)>,
    pause_before: Option<usize>,
}

impl Walk {
    pub(crate) fn new(leaves: Timestamp) -> Walk {
        Walk {
            leaves,
            returns: leaves,
            now: leaves,
            meters: Meters::ZERO,
            broken: Vec::new(),
            load: Load::default(),
            driving_millis: 0,
            waited_millis: 0,
            late_cost: 0,
            stops: Vec::new(),
            pause: None,
            pause_before: None,
        }
    }

    /// The better of two ways to drive the same stops is the smaller.
    fn badness(&self) -> (usize, i64, Timestamp) {
        (self.broken.len(), self.late_cost, self.returns)
    }

    pub(crate) fn into_route(self, trip: &Trip<'_>) -> PlannedRoute {
        let van = trip.van;
        let driving = Seconds(seconds_up(self.driving_millis));
        let seconds = Seconds((self.returns.0 - self.leaves.0) / 1000);
        let rules = &trip.input.rules;
        let parts = [
            van.fixed_cost_minor * COST_PER_MINOR,
            self.meters.0 * van.cost_per_km_minor * COST_PER_METER,
            driving.0 * van.cost_per_hour_minor * COST_PER_SECOND,
            self.late_cost,
            (seconds - rules.fair_share).0.max(0)
                * rules.uneven_cost_per_hour_minor
                * COST_PER_SECOND,
            trip.unfamiliar() * rules.unfamiliar_cost_minor * COST_PER_MINOR,
        ];
        let minor = |cost: i64| (cost + COST_PER_MINOR / 2).div_euclid(COST_PER_MINOR);
        let [fixed, distance, driving_time, lateness, uneven, unfamiliar] = parts.map(minor);
        let terms =
            CostTerms { fixed, distance, driving_time, lateness, uneven, unfamiliar, unplanned: 0 };
        PlannedRoute {
            van: van.id.clone(),
            lock: RouteLock::Open,
            leaves: self.leaves,
            returns: self.returns,
            stops: self.stops,
            meters: self.meters,
            seconds,
            driving,
            load: trip.load_at_start(),
            cost_minor: minor(parts.iter().sum()),
            terms,
            pause: self.pause,
            pause_before: self.pause_before,
        }
    }
}

impl<'t> Trip<'t> {
    pub(crate) fn stop(&self, position: usize) -> &'t StopRequest {
        &self.input.stops[self.stops[position]]
    }

    /// Whether another van has left with the goods.
    pub(crate) fn is_with_another(&self, stop: &str) -> bool {
        let holds = |van: &Van| {
            van.now.left_at.is_some() && van.now.loaded.iter().any(|loaded| loaded == stop)
        };
        self.input.vans.iter().any(|van| van.id != self.van.id && holds(van))
    }

    pub(crate) fn load_at_start(&self) -> Load {
        let stops = (0..self.stops.len()).map(|position| self.stop(position));
        stops.filter(|stop| stop.is_from_depot()).map(StopRequest::load).sum()
    }

    pub(crate) fn load_after(&self, load: Load, position: usize) -> Load {
        let stop = self.stop(position);
        if stop.rules.collect { load + stop.load() } else { load - stop.load() }
    }

    /// Stops whose drivers are others.
    fn unfamiliar(&self) -> i64 {
        let known = |stop: &StopRequest| {
            let familiar = &stop.rules.familiar;
            familiar.is_empty() || familiar.contains(&self.van.id)
        };
        (0..self.stops.len()).filter(|&position| !known(self.stop(position))).count() as i64
    }

    /// The earliest departure, or the one that was.
    pub(crate) fn begin(&self) -> Timestamp {
        if let Some(left) = self.van.now.left_at {
            return left;
        }
        let goods = (0..self.stops.len()).filter_map(|position| self.stop(position).rules.ready_at);
        let van = self.van.now.ready_at.filter(|_| self.van.now.driven.is_empty());
        goods.chain(van).fold(self.van.shift.0, Timestamp::max)
    }

    /// As early as possible, then as late as that allows: waiting at doors is time better spent in
    /// the yard.
    pub(crate) fn best(&self) -> Walk {
        let begin = self.begin();
        let early = self.with_best_pause(begin);
        let is_late = early.broken.iter().any(|b| b.constraint == Constraint::TimeWindow);
        if is_late || self.van.now.left_at.is_some() || !self.van.now.driven.is_empty() {
            return early;
        }
        let soft = (0..self.stops.len()).any(|position| self.stop(position).rules.late_max.0 > 0);
        if !soft && early.pause.is_none() && self.input.rules.speeds.is_empty() {
            let Trip { input, matrix, van, stops } = *self;
            let leave = latest_departure(input, matrix, van, stops, early.returns);
            return self.walk(leave.max(begin), None);
        }
        self.later(early)
    }

    /// The latest whole second of departure that neither ends later nor costs more, by bisection.
    fn later(&self, early: Walk) -> Walk {
        let (mut low, mut high) = (0, early.waited_millis / 1000);
        let (begin, end) = (early.leaves, early.returns);
        let mut best = early;
        while low < high {
            let middle = low + (high - low + 1) / 2;
            let walk = self.walk(begin.plus_seconds(middle), best.pause_before);
            let is_as_good = walk.returns <= end
                && walk.late_cost <= best.late_cost
                && walk.broken.len() <= best.broken.len()
                && walk.driving_millis <= best.driving_millis;
            if is_as_good {
                (low, best) = (middle, walk);
            } else {
                high = middle - 1;
            }
        }
        best
    }

    fn with_best_pause(&self, begin: Timestamp) -> Walk {
        let bare = self.walk(begin, None);
        let owed = self.van.rules.pause.filter(|pause| {
            !self.van.now.had_pause && self.van.shift.0 <= pause.window.1 && !self.stops.is_empty()
        });
        let Some(pause) = owed.filter(|pause| bare.returns > pause.window.1) else { return bare };
        let legs = self.van.now.driven.len()..=self.stops.len();
        let reachable = legs.filter(|&leg| {
            leg == 0 || bare.stops.get(leg - 1).is_none_or(|stop| stop.depart <= pause.window.1)
        });
        let walks = reachable.map(|leg| self.walk(begin, Some(leg)));
        walks.min_by_key(Walk::badness).unwrap_or_else(|| {
            let mut bare = bare;
            bare.broken.push(Broken { constraint: Constraint::Break, stop: None, by: 1 });
            bare
        })
    }

    fn walk(&self, leaves: Timestamp, pause_before: Option<usize>) -> Walk {
        let mut walk = Walk::new(leaves);
        walk.load = self.load_at_start();
        walk.pause_before = pause_before;
        let pause =
            |position: usize| self.van.rules.pause.filter(|_| pause_before == Some(position));
        for position in 0..self.stops.len() {
            self.visit(&mut walk, position, pause(position));
        }
        if let Some(&last) = self.stops.last() {
            self.drive(&mut walk, (last + 1, 0), None, pause(self.stops.len()));
        }
        walk.returns = walk.now;
        walk
    }

    /// The way to a stop, and the time there.
    pub(crate) fn visit(&self, walk: &mut Walk, position: usize, pause: Option<Pause>) {
        let (stop, index) = (self.stop(position), self.stops[position]);
        let from = position.checked_sub(1).map_or(0, |before| self.stops[before] + 1);
        let meters = self.drive(walk, (from, index + 1), Some(&stop.id), pause);
        let arrive = walk.now;
        let mut late = Seconds::ZERO;
        let begin = match window_for(stop, arrive) {
            Window::Open(begin) => begin,
            Window::Late { by_millis } => {
                late = Seconds(seconds_up(by_millis));
                let per_second = stop.rules.late_cost_per_minute_minor * COST_PER_MINOR / 60;
                walk.late_cost += late.0 * per_second;
                arrive
            }
            Window::Missed { by_millis } => {
                let (constraint, by) = (Constraint::TimeWindow, seconds_up(by_millis));
                walk.broken.push(Broken { constraint, stop: Some(stop.id.clone()), by });
                arrive
            }
        };
        walk.now = begin.plus_seconds(stop.service.0);
        if position + 1 == self.van.now.driven.len() {
            walk.now = self.van.now.ready_at.map_or(walk.now, |ready| ready.max(walk.now));
        }
        walk.load = self.load_after(walk.load, position);
        walk.waited_millis += begin.0 - arrive.0;
        walk.stops.push(PlannedStop {
            request: stop.id.clone(),
            arrive,
            wait: Seconds((begin.0 - arrive.0) / 1000),
            depart: walk.now,
            load_after: walk.load,
            meters,
            locked: stop.locked_van.as_ref() == Some(&self.van.id),
            late,
        });
    }

    fn drive(
        &self,
        walk: &mut Walk,
        (from, to): (usize, usize),
        stop: Option<&String>,
        pause: Option<Pause>,
    ) -> Meters {
        let Some((seconds, meters)) = leg(self.matrix, from, to) else {
            let stop = stop.cloned();
            walk.broken.push(Broken { constraint: Constraint::Unreachable, stop, by: 1 });
            return Meters::ZERO;
        };
        walk.meters += meters;
        let way = seconds.0 * 1000;
        let Some(pause) = pause else {
            let arrive = self.arrive(walk.now, way * 1000);
            walk.driving_millis += arrive.0 - walk.now.0;
            walk.now = arrive;
            return meters;
        };
        self.drive_with_pause(walk, way, pause);
        meters
    }

    /// Drives on until the break may begin; who is at the door before waits there.
    fn drive_with_pause(&self, walk: &mut Walk, way: i64, pause: Pause) {
        let (open, length) = (pause.window.0, pause.length.0);
        let from = walk.now;
        let arrive = self.arrive(from, way * 1000);
        let begin = if arrive <= open { open } else { from.max(open) };
        if begin > pause.window.1 {
            let by = seconds_up(begin.0 - pause.window.1.0);
            walk.broken.push(Broken { constraint: Constraint::Break, stop: None, by });
        }
        walk.pause = Some((begin, begin.plus_seconds(length)));
        walk.now = begin.plus_seconds(length);
        if arrive <= open {
            walk.waited_millis += open.0 - arrive.0;
            walk.driving_millis += arrive.0 - from.0;
        } else {
            let speeds = self.speeds();
            let left = way * 1000 - routing::driven(&speeds, from.0, begin.0);
            let end = self.arrive(walk.now, left);
            walk.driving_millis += begin.0 - from.0 + end.0 - walk.now.0;
            walk.now = end;
        }
    }

    fn arrive(&self, from: Timestamp, way: i64) -> Timestamp {
        if self.input.rules.speeds.is_empty() {
            return Timestamp(from.0 + way / 1000);
        }
        Timestamp(routing::arrive_after(&self.speeds(), from.0, way))
    }

    fn speeds(&self) -> Vec<(i64, i64)> {
        self.input.rules.speeds.iter().map(|&(since, speed)| (since.0, speed)).collect()
    }
}
