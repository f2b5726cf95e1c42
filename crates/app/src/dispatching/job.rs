//! Planning in the background: a thread searches, screens ask how far it is, and a person takes
//! what it found.

use crate::ctx::Ctx;
use crate::dispatching::document::{Current, PlanDocument, current, save};
use crate::dispatching::standing::{held, let_go};
use crate::problem::Fault;
use crate::queries::planner::Planner;
use dispatch::{PlanError, PlanParams, RoutePlan, replan};
use domain::event::PlanState;
use roads::Matrix;
use serde::Serialize;
use std::time::Instant;
use ts_rs::TS;

/// The solver counts in 1/18,000 of a minor unit (dispatch, timing); screens draw minor units.
const COST_PER_MINOR: i64 = 18_000;
/// A curve is drawn over a few hundred pixels.
const CURVE_EVERY_MS: i64 = 50;
/// A handful of stops is searched to the end long before the clock stops it; a full day never is.
const ITERATIONS_PER_STOP_AND_VAN: u64 = 20_000;

#[derive(Debug, Clone, Copy, Serialize, TS)]
pub struct CurvePoint {
    pub ms: i64,
    pub cost: i64,
}

#[derive(Default)]
pub(crate) struct Job {
    /// Counts starts: a thread that was overtaken reports no more.
    number: u64,
    pub running: bool,
    cancelled: bool,
    pub elapsed_ms: i64,
    pub iterations: u64,
    pub curve: Vec<CurvePoint>,
    pub found: Option<(Current, RoutePlan)>,
    pub failed: Option<PlanError>,
}

impl Job {
    fn report(&mut self, ms: i64, iterations: u64, cost: i64) {
        (self.elapsed_ms, self.iterations) = (ms, iterations);
        let point = CurvePoint { ms, cost: cost / COST_PER_MINOR };
        match self.curve.last_mut() {
            Some(last) if last.cost == point.cost => {}
            Some(last) if point.ms - last.ms < CURVE_EVERY_MS => last.cost = point.cost,
            _ => self.curve.push(point),
        }
    }

    pub fn cancel(&mut self) {
        self.cancelled = true;
    }
}

/// Starts searching; a search that still runs is stopped and forgotten.
pub(crate) fn start(ctx: &Ctx<'_>, from: Current, seconds: i64) {
    let planner = ctx.app.planner.clone();
    let number = {
        let mut job = planner.job();
        *job = Job { number: job.number + 1, running: true, ..Job::default() };
        job.number
    };
    let seed = ctx.app.edge().random();
    std::thread::spawn(move || search(&planner, number, from, seconds, seed));
}

fn search(planner: &Planner, number: u64, from: Current, seconds: i64, seed: u64) {
    let matrix = planner.travel(&from.town, &from.closed, &from.doc.input);
    let doc = held(&from.doc);
    let begin = Instant::now();
    let budget_ms = seconds.max(1) * 1000;
    let mut spent = |progress: dispatch::Progress| {
        let ms = i64::try_from(begin.elapsed().as_millis()).unwrap_or(i64::MAX);
        let mut job = planner.job();
        if job.number != number || job.cancelled {
            return 1.0;
        }
        job.report(ms, progress.iteration, progress.best_cost);
        ms as f64 / budget_ms as f64
    };
    let input = &doc.input;
    let max_iterations =
        ITERATIONS_PER_STOP_AND_VAN * (input.stops.len() * input.vans.len().max(1)) as u64;
    let mut params = PlanParams { seed, max_iterations, spent: &mut spent };
    let outcome = replan(input, &matrix, &doc.plan, &mut params);
    let mut job = planner.job();
    if job.number != number {
        return;
    }
    job.running = false;
    match outcome {
        Ok(mut plan) => {
            let_go(&from.doc, &mut plan);
            job.found = Some((from, plan));
        }
        Err(error) => job.failed = Some(error),
    }
}

/// Plans and saves at once, the same from the same book: for the command line and demo data.
pub(crate) fn plan_and_save(ctx: &Ctx<'_>, iterations: u64) -> Result<(), Fault> {
    let from = ctx.read(|db| current(ctx, &db))?;
    let matrix = from.travel(ctx);
    let plan = plan_quietly(&from.doc, &matrix, iterations)?;
    take(ctx, &from, plan)
}

fn plan_quietly(doc: &PlanDocument, matrix: &Matrix, iterations: u64) -> Result<RoutePlan, Fault> {
    let mut params = PlanParams { seed: 1, max_iterations: iterations, spent: &mut |_| 0.0 };
    let mut plan = replan(&doc.input, matrix, &held(doc).plan, &mut params)
        .map_err(|e| Fault::invalid("plan", e))?;
    let_go(doc, &mut plan);
    Ok(plan)
}

/// Saves a found plan as the next version.
pub(crate) fn take(ctx: &Ctx<'_>, from: &Current, plan: RoutePlan) -> Result<(), Fault> {
    let doc = PlanDocument { plan, ..from.doc.clone() };
    let state = match from.state() {
        Some(state @ (PlanState::Published | PlanState::Started)) => state,
        _ => PlanState::Optimised,
    };
    ctx.write(|w| save(w, from, &doc, state))
}
