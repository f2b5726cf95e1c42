//! Which jobs are close to which: for ruins by cost of driving, for insertions by what driving and
//! waiting between the two would at least come to.

use crate::model::Model;

/// How many near jobs a ruin looks at around its seed.
const RUIN_MAX: usize = 250;
/// How many near jobs a place is looked for behind; with windows, behind and in front of.
const PLAIN_MAX: usize = 40;
const BEFORE_MAX: usize = 60;
const AFTER_MAX: usize = 30;
/// Weights of a unit of waiting and of lateness after Vidal et al., "A hybrid genetic algorithm with
/// adaptive diversity management for a large class of vehicle routing problems with time-windows",
/// 2013, section 4.4; their 0.2 for waiting hides good neighbors where windows are narrow and far
/// apart.
const WAITING: f64 = 0.05;
const LATENESS: f64 = 1.0;

/// A near job, and what the first vehicle pays for the way from it or to it.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Beside {
    pub job: u32,
    pub cost: i64,
}

/// Rows of near jobs, nearest first.
#[derive(Default)]
pub(crate) struct Near {
    ruin: Rows<u32>,
    before: Rows<Beside>,
    after: Rows<Beside>,
}

#[derive(Default)]
struct Rows<T> {
    width: usize,
    cells: Vec<T>,
}

impl<T> Rows<T> {
    fn row(&self, job: u32) -> &[T] {
        &self.cells[job as usize * self.width..(job as usize + 1) * self.width]
    }
}

impl Near {
    pub(crate) fn new(model: &Model) -> Near {
        let others = model.jobs.saturating_sub(1);
        let cost = |from: u32, to: u32| {
            model.usual_costs().get(model.place[from as usize], model.place[to as usize])
        };
        let before = others.min(if model.timeless { PLAIN_MAX } else { BEFORE_MAX });
        let after = if model.timeless { 0 } else { others.min(AFTER_MAX) };
        Near {
            ruin: rows(model, others.min(RUIN_MAX), both_ways, |_, other| other),
            before: rows(
                model,
                before,
                |model, job, other| one_way(model, other, job),
                |job, other| Beside { job: other, cost: cost(other, job) },
            ),
            after: rows(model, after, one_way, |job, other| Beside {
                job: other,
                cost: cost(job, other),
            }),
        }
    }

    /// Jobs around which strings are taken out.
    #[inline]
    pub(crate) fn ruin(&self, job: u32) -> &[u32] {
        self.ruin.row(job)
    }

    /// Jobs after which a place is looked for.
    #[inline]
    pub(crate) fn before(&self, job: u32) -> &[Beside] {
        self.before.row(job)
    }

    /// Jobs in front of which a place is looked for. Without windows there are none: who is near
    /// before is near after.
    #[inline]
    pub(crate) fn after(&self, job: u32) -> &[Beside] {
        self.after.row(job)
    }
}

fn rows<T>(
    model: &Model,
    width: usize,
    distance: impl Fn(&Model, u32, u32) -> i64,
    cell: impl Fn(u32, u32) -> T,
) -> Rows<T> {
    let mut cells = Vec::with_capacity(model.jobs * width);
    let mut others: Vec<(i64, u32)> = Vec::new();
    for job in 0..model.jobs as u32 {
        others.clear();
        let candidates = (0..model.jobs as u32).filter(|&other| other != job);
        others.extend(candidates.map(|other| (distance(model, job, other), other)));
        if width > 0 && width < others.len() {
            others.select_nth_unstable(width - 1);
        }
        others.truncate(width);
        others.sort_unstable();
        cells.extend(others.iter().map(|&(_, other)| cell(job, other)));
    }
    Rows { width, cells }
}

fn both_ways(model: &Model, a: u32, b: u32) -> i64 {
    let costs = model.usual_costs();
    let (here, there) = (model.place[a as usize], model.place[b as usize]);
    costs.get(here, there).saturating_add(costs.get(there, here))
}

fn one_way(model: &Model, first: u32, then: u32) -> i64 {
    let (here, there) = (model.place[first as usize], model.place[then as usize]);
    let cost = model.usual_costs().get(here, there);
    if model.timeless {
        return cost;
    }
    let spent = model.service[first as usize] + model.duration(here, there);
    let waiting =
        model.first_open[then as usize].saturating_sub(model.last_open[first as usize] + spent);
    let lateness =
        (model.first_open[first as usize] + spent).saturating_sub(model.last_open[then as usize]);
    let penalty = waiting.max(0) as f64 * WAITING + lateness.max(0) as f64 * LATENESS;
    cost.saturating_add((penalty * model.cost_per_time) as i64)
}
