//! Descends to a plan that no single local move improves. The search leaves little to do; a plan
//! stopped early, or edited by hand, gains most.

use crate::model::Model;
use crate::moves::{ALL, At, Move};
use crate::schedule::work_out;
use crate::state::State;

/// Near jobs tried as partners of each job.
const PARTNERS: usize = 20;
/// Passes over all jobs at most: enough to settle, and an end even where moves undo each other.
const PASSES_MAX: usize = 30;

pub(crate) fn polish(model: &Model, state: &mut State) {
    for _ in 0..PASSES_MAX {
        let mut improved = false;
        for job in 0..model.jobs as u32 {
            improved |= improve_around(model, state, job);
        }
        if !improved {
            return;
        }
    }
}

fn improve_around(model: &Model, state: &mut State, job: u32) -> bool {
    let mut improved = false;
    for index in 0..model.near.ruin(job).len().min(PARTNERS) {
        let other = model.near.ruin(job)[index];
        let (Some(from), Some((vehicle, at))) = (find(state, job), find(state, other)) else {
            continue;
        };
        for to in [(vehicle, at), (vehicle, at + 1)] {
            improved |= ALL.iter().any(|(_, attempt)| {
                let Some(found) = attempt(model, state, from, to) else { return false };
                let feasible =
                    |(vehicle, jobs): &(usize, Vec<u32>)| work_out(model, *vehicle, jobs).is_some();
                if gain(model, state, &found) >= 0 || !found.routes.iter().all(feasible) {
                    return false;
                }
                for (vehicle, jobs) in found.routes {
                    state.set_route(model, vehicle, jobs);
                }
                true
            });
            // The job may have moved: look it up again with its next neighbor.
            if find(state, job) != Some(from) {
                break;
            }
        }
    }
    improved
}

/// The move's own figure, or where routes cost more than their legs, the routes worked out.
fn gain(model: &Model, state: &State, found: &Move) -> i64 {
    if !model.is_rich {
        return found.delta;
    }
    let cost = |(vehicle, jobs): &(usize, Vec<u32>)| {
        work_out(model, *vehicle, jobs).map(|worked| worked.cost - state.routes[*vehicle].cost)
    };
    found.routes.iter().map(cost).sum::<Option<i64>>().unwrap_or(i64::MAX)
}

fn find(state: &State, job: u32) -> Option<At> {
    let vehicle = state.vehicle_of(job)?;
    state.routes[vehicle].jobs.iter().position(|&other| other == job).map(|at| (vehicle, at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::Chance;
    use crate::journal::Journal;
    use crate::problem::{Job, Problem, Vehicle};
    use crate::recreate::{Offer, recreate};
    use crate::spots::Blink;

    fn fill(model: &Model, state: &mut State, seed: u64) {
        let mut journal = Journal::default();
        journal.begin(state);
        let mut chance = Chance::new(seed);
        recreate(model, state, &mut chance, &mut Blink::new(), &mut journal, Offer::All);
    }

    fn random_problem(seed: u64) -> Problem {
        let mut chance = Chance::new(seed);
        let size = 14;
        let mut matrix = || (0..size * size).map(|_| chance.below(100) as i64).collect();
        let (duration, distance) = (matrix(), matrix());
        let vehicle = |start: usize| Vehicle {
            start,
            end: start % 2,
            capacity: vec![9],
            shift: (0, 900),
            fixed_cost: 40,
            cost_per_distance: 1 + start as i64,
            cost_per_duration: 2,
            max_duration: None,
            max_distance: None,
            max_stops: Some(9),
            ..Vehicle::default()
        };
        let jobs = (2..size)
            .map(|place| Job {
                place,
                delivery: vec![1 + chance.below(3) as i64],
                windows: vec![(0, 300), (400, 800)],
                service: 5,
                ..Job::default()
            })
            .collect();
        let vehicles = vec![vehicle(0), vehicle(1), vehicle(0), vehicle(1)];
        Problem { size, duration, distance, vehicles, jobs, pairs: Vec::new() }
    }

    #[test]
    fn every_move_costs_what_full_recomputation_says() {
        let mut tried = 0;
        for seed in 0..60 {
            let problem = random_problem(seed);
            let model = Model::new(&problem, &[]);
            let mut state = State::empty(&model);
            fill(&model, &mut state, seed);
            assert_eq!(state.recomputed_cost(&model), Some(state.cost), "seed {seed}");
            let mut chance = Chance::new(seed + 1000);
            for _ in 0..300 {
                let mut at = || (chance.below(4), chance.below(6));
                let (from, to) = (at(), at());
                if to.1 > state.routes[to.0].jobs.len() {
                    continue;
                }
                for (name, attempt) in ALL {
                    let Some(found) = attempt(&model, &state, from, to) else { continue };
                    let mut after = state.clone();
                    for (vehicle, jobs) in &found.routes {
                        after.set_route(&model, *vehicle, jobs.clone());
                    }
                    assert_eq!(after.cost - state.cost, found.delta, "{name} seed {seed}");
                    let count: usize = after.routes.iter().map(|route| route.jobs.len()).sum();
                    assert_eq!(count + after.absent.len(), model.jobs, "{name} seed {seed}");
                    tried += 1;
                }
            }
        }
        assert!(tried > 5_000, "{tried}");
    }

    #[test]
    fn polishing_keeps_the_plan_whole_and_never_dearer() {
        for seed in 0..40 {
            let problem = random_problem(seed);
            let model = Model::new(&problem, &[]);
            let mut state = State::empty(&model);
            fill(&model, &mut state, seed);
            let before = state.cost;
            polish(&model, &mut state);
            assert!(state.cost <= before);
            assert_eq!(state.recomputed_cost(&model), Some(state.cost), "seed {seed}");
        }
    }
}
