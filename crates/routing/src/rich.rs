//! A route driven minute by minute, with breaks, lateness that is paid for, and speeds by the hour:
//! what the search asks where constant-time judging does not reach.
//!
//! Speeds follow Ichoua, Gendreau, Potvin, "Vehicle dispatching with time-dependent travel times",
//! 2003: a leg is a length to be driven at the speed of each moment, so overtaking is impossible.

use crate::day::First;
use crate::model::Model;
use crate::problem::{Pause, UNREACHABLE, Vehicle};

/// What driving a route comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Drive {
    pub begin: i64,
    /// The moment reached; the end once all is driven.
    pub now: i64,
    pub waiting: i64,
    pub driving: i64,
    pub late_cost: i64,
    /// The leg of the break: before the job at this position, or on the way to the end.
    pub pause_before: Option<usize>,
}

impl Drive {
    pub(crate) fn at(begin: i64) -> Drive {
        Drive { begin, now: begin, waiting: 0, driving: 0, late_cost: 0, pause_before: None }
    }

    pub(crate) fn duration(&self) -> i64 {
        self.now - self.begin
    }
}

/// Drives the jobs within `hours`, as early as possible; where the length of the day counts, leaves
/// as late as that allows. `None` when a rule on time is broken. Answers also before which jobs the
/// vehicle returns for a new load.
pub(crate) fn drive(
    model: &Model,
    vehicle: usize,
    jobs: &[u32],
    hours: (i64, i64),
) -> Option<(Drive, Vec<usize>)> {
    let details = &model.problem.vehicles[vehicle];
    let reloads = Vec::new();
    let mut trip = Trip { model, vehicle: details, number: vehicle, jobs, due: hours.1, reloads };
    if details.trips_max == 1 {
        return Some((trip.driven_from(hours.0)?, trip.reloads));
    }
    [First::Cost, First::Time].into_iter().find_map(|first| {
        trip.reloads = crate::day::reloads(&trip, hours.0, first)?;
        Some((trip.driven_from(hours.0)?, std::mem::take(&mut trip.reloads)))
    })
}

pub(crate) struct Trip<'m, 'p> {
    pub model: &'m Model<'p>,
    pub vehicle: &'m Vehicle,
    pub number: usize,
    pub jobs: &'m [u32],
    /// Latest end.
    due: i64,
    /// Positions in `jobs`, ascending, before which the vehicle returns for a new load.
    reloads: Vec<usize>,
}

impl Trip<'_, '_> {
    fn driven_from(&self, hour: i64) -> Option<Drive> {
        let early = self.best(hour.max(self.release(0)))?;
        let counts = self.vehicle.counts_duration() && early.waiting > 0;
        Some(if counts { self.later(early) } else { early })
    }

    /// When the trip that begins with this position may leave.
    fn release(&self, from: usize) -> i64 {
        let to = self.reloads.iter().copied().find(|&at| at > from).unwrap_or(self.jobs.len());
        let releases = self.jobs[from..to].iter();
        releases.map(|&job| self.model.problem.jobs[job as usize].release).max().unwrap_or(i64::MIN)
    }

    /// A trip with the jobs from one position to before another, after everything so far.
    pub(crate) fn one_more(
        &self,
        mut drive: Drive,
        from: usize,
        to: usize,
        release: i64,
    ) -> Option<Drive> {
        if from == 0 {
            drive = Drive::at(drive.begin.max(release));
        }
        drive = self.stage_from(drive, from, None, (from > 0).then_some(release))?;
        for position in from + 1..to {
            drive = self.stage_from(drive, position, None, None)?;
        }
        Some(drive)
    }

    /// With the break on the leg where it makes least late, and then where the day ends first.
    fn best(&self, begin: i64) -> Option<Drive> {
        let owed = self.vehicle.pause.filter(|pause| self.vehicle.shift.0 <= pause.window.1);
        let Some(pause) = owed else { return self.rest(Drive::at(begin), 0, None) };
        let mut best: Option<Drive> = None;
        let mut bare = Some(Drive::at(begin));
        for position in 0..=self.jobs.len() {
            let Some(here) = bare.filter(|drive| drive.now <= pause.window.1) else { break };
            let bare_next = self.stage(here, position, None);
            let more = position < self.jobs.len();
            if more && bare_next.is_some_and(|drive| drive.now <= pause.window.0) {
                // On the next leg it comes no later, and not before an idle wait.
                bare = bare_next;
                continue;
            }
            if let Some(with) = self.rest(here, position, Some(pause))
                && best.is_none_or(|best| (with.late_cost, with.now) < (best.late_cost, best.now))
            {
                best = Some(with);
            }
            bare = bare_next;
        }
        // Back before the break is due: it is taken in the yard.
        let bare = bare.filter(|drive| drive.now <= pause.window.1 && drive.now <= self.due);
        let cheaper = |bare: &Drive| best.is_none_or(|best| bare.late_cost <= best.late_cost);
        bare.filter(cheaper).or(best)
    }

    /// From position `from` on to the end; the break, if any, on the first leg.
    fn rest(&self, mut drive: Drive, from: usize, pause: Option<Pause>) -> Option<Drive> {
        drive = self.stage(drive, from, pause)?;
        drive.pause_before = pause.map(|_| from);
        for position in from + 1..=self.jobs.len() {
            drive = self.stage(drive, position, None)?;
        }
        (drive.now <= self.due).then_some(drive)
    }

    /// The way to `position`, over the start if there is a new load, and the service there.
    fn stage(&self, drive: Drive, position: usize, pause: Option<Pause>) -> Option<Drive> {
        let reload = self.reloads.contains(&position).then(|| self.release(position));
        self.stage_from(drive, position, pause, reload)
    }

    /// The same; `reload` is when the new load is there, if one is fetched. The break is then on
    /// the way back to the start.
    fn stage_from(
        &self,
        mut drive: Drive,
        position: usize,
        mut pause: Option<Pause>,
        reload: Option<i64>,
    ) -> Option<Drive> {
        let place = |at: usize| self.jobs.get(at).map(|&job| self.model.place[job as usize]);
        let start = self.vehicle.start as u32;
        let mut from = position.checked_sub(1).and_then(place).unwrap_or(start);
        let to = place(position).unwrap_or(self.vehicle.end as u32);
        if let Some(release) = reload {
            self.way(&mut drive, (from, start), pause.take())?;
            let loaded = drive.now + self.vehicle.reload_duration;
            drive.waiting += (release - loaded).max(0);
            drive.now = loaded.max(release);
            from = start;
        }
        self.way(&mut drive, (from, to), pause)?;
        if let Some(&job) = self.jobs.get(position) {
            self.serve(&mut drive, job)?;
        }
        Some(drive)
    }

    fn way(&self, drive: &mut Drive, (from, to): (u32, u32), pause: Option<Pause>) -> Option<()> {
        let way = self.model.duration(from, to);
        (way < UNREACHABLE).then(|| self.leg(drive, way, pause))
    }

    fn leg(&self, drive: &mut Drive, way: i64, pause: Option<Pause>) {
        let from = drive.now;
        let speeds = &self.vehicle.speeds;
        let arrival = arrive(speeds, from, way);
        let Some(pause) = pause else {
            drive.now = arrival;
            drive.driving += arrival - from;
            return;
        };
        let open = pause.window.0;
        if arrival <= open {
            // At the door, while nothing else can be done.
            drive.waiting += open - arrival;
            drive.driving += arrival - from;
            drive.now = open + pause.length;
            return;
        }
        let stop = from.max(open);
        let left = way * 1000 - driven(speeds, from, stop);
        drive.now = arrive_after(speeds, stop + pause.length, left);
        drive.driving += drive.now - pause.length - from;
    }

    fn serve(&self, drive: &mut Drive, job: u32) -> Option<()> {
        let (start, late) = opens(self.model, job, drive.now)?;
        let details = &self.model.problem.jobs[job as usize];
        drive.waiting += start - drive.now;
        drive.late_cost += late * details.cost_per_late;
        drive.now = start + details.service;
        Some(())
    }

    /// The latest begin that changes neither the end nor what is paid, by bisection.
    fn later(&self, early: Drive) -> Drive {
        let (mut low, mut high) = (early, early.begin + early.waiting);
        while low.begin < high {
            let middle = low.begin + (high - low.begin + 1) / 2;
            match self.again(middle, early.pause_before).filter(|drive| {
                drive.now <= early.now
                    && drive.late_cost <= early.late_cost
                    && drive.driving <= early.driving
            }) {
                Some(found) => low = found,
                None => high = middle - 1,
            }
        }
        low
    }

    /// The same trip from another begin, with its break on the same leg.
    fn again(&self, begin: i64, pause_before: Option<usize>) -> Option<Drive> {
        let Some(at) = pause_before else { return self.rest(Drive::at(begin), 0, None) };
        let pause = self.vehicle.pause?;
        let reached =
            (0..at).try_fold(Drive::at(begin), |drive, position| self.stage(drive, position, None));
        self.rest(reached.filter(|drive| drive.now <= pause.window.1)?, at, Some(pause))
    }
}

/// When service begins on arriving at `arrival`, and how late that is.
fn opens(model: &Model, job: u32, arrival: i64) -> Option<(i64, i64)> {
    let details = &model.problem.jobs[job as usize];
    if details.late_max == 0 {
        return Some((model.opens(job, arrival)?, 0));
    }
    let next = details.windows.iter().position(|window| arrival <= window.1);
    let is_open = next.is_some_and(|next| details.windows[next].0 <= arrival);
    let closed = match next {
        Some(next) => next.checked_sub(1),
        None => details.windows.len().checked_sub(1),
    };
    let late = closed.map(|closed| arrival - details.windows[closed].1);
    match late.filter(|&late| !is_open && late <= details.late_max) {
        Some(late) => Some((arrival, late)),
        None => Some((model.opens(job, arrival)?, 0)),
    }
}

/// When a leg that takes `way` at the usual speed is over.
fn arrive(speeds: &[(i64, i64)], from: i64, way: i64) -> i64 {
    if speeds.is_empty() { from + way } else { arrive_after(speeds, from, way * 1000) }
}

/// When a leg is over whose length is `left` thousandths of a unit of usual driving time, with
/// speeds as [`Vehicle::speeds`] has them.
pub fn arrive_after(speeds: &[(i64, i64)], from: i64, mut left: i64) -> i64 {
    let mut now = from;
    let mut next = speeds.partition_point(|&(since, _)| since <= now);
    loop {
        let speed = next.checked_sub(1).map_or(1000, |at| speeds[at].1);
        let until = speeds.get(next).map_or(i64::MAX, |&(since, _)| since);
        let needed = (left + speed - 1) / speed;
        if needed <= until.saturating_sub(now) {
            return now + needed.max(0);
        }
        left -= (until - now) * speed;
        now = until;
        next += 1;
    }
}

/// How far one drives from one moment to another, in thousandths of a unit of usual driving time.
pub fn driven(speeds: &[(i64, i64)], from: i64, to: i64) -> i64 {
    let since = speeds.iter().map(|&(since, _)| since);
    let borders: Vec<i64> = since.filter(|since| (from + 1..to).contains(since)).collect();
    let starts = std::iter::once(from).chain(borders.iter().copied());
    let ends = borders.iter().copied().chain(std::iter::once(to));
    let speed = |at: i64| {
        let next = speeds.partition_point(|&(since, _)| since <= at);
        next.checked_sub(1).map_or(1000, |at| speeds[at].1)
    };
    starts.zip(ends).map(|(start, end)| (end - start) * speed(start)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_leaves_later_never_arrives_earlier() {
        let speeds = [(10, 333), (25, 2500), (40, 700)];
        for way in [0, 1, 7, 30, 60] {
            let arrivals: Vec<i64> = (0..60).map(|from| arrive(&speeds, from, way)).collect();
            assert!(arrivals.is_sorted(), "{way}: {arrivals:?}");
        }
    }

    #[test]
    fn a_leg_across_a_border_is_driven_at_both_speeds() {
        // (from, way, arrival): half speed from 100 on, usual from 200 on.
        let speeds = [(100, 500), (200, 1000)];
        for (from, way, arrival) in [(0, 100, 100), (90, 20, 120), (150, 50, 225), (300, 5, 305)] {
            assert_eq!(arrive(&speeds, from, way), arrival, "{from} {way}");
            assert!(driven(&speeds, from, arrival) >= way * 1000);
        }
    }
}
