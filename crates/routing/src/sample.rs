//! Random problems with everything that the dice say, and tests that hold every shortcut of the
//! search against full recomputation on them.

use crate::anneal::Annealing;
use crate::chance::Chance;
use crate::journal::Journal;
use crate::model::Model;
use crate::plan::fresh;
use crate::problem::{Job, Problem, UNREACHABLE, Vehicle};
use crate::recreate::{Offer, recreate};
use crate::ruin::{mean_length, ruin};
use crate::schedule::work_out;
use crate::spots::{Blink, best_spot, position_after};
use crate::state::{ABSENT, State};
use crate::trips::unroll;

fn number(chance: &mut Chance, bound: usize) -> i64 {
    chance.below(bound) as i64
}

fn sometimes(chance: &mut Chance, value: i64) -> Option<i64> {
    (chance.below(3) == 0).then_some(value)
}

/// One-way detours, mixed vehicles, several windows, releases, trips, limits, prizes and pairs.
pub(crate) fn rich(seed: u64) -> Problem {
    let mut chance = Chance::new(seed);
    let chance = &mut chance;
    let size = 10 + chance.below(16);
    let mut distance: Vec<i64> = (0..size * size).map(|_| 5 + number(chance, 60)).collect();
    (0..size).for_each(|place| distance[place * size + place] = 0);
    let mut duration: Vec<i64> = distance.iter().map(|&far| far * 2 / 3 + 1).collect();
    if chance.below(3) == 0 {
        duration[2 * size + 3] = UNREACHABLE;
    }
    let trips = if chance.below(3) == 0 { 3 } else { 1 };
    let vehicles: Vec<Vehicle> = (0..2 + chance.below(3)).map(|_| vehicle(chance, trips)).collect();
    let mixed = chance.below(2) == 0;
    let mut jobs: Vec<Job> = (2..size).map(|place| job(chance, place, mixed)).collect();
    let mut pairs = Vec::new();
    if mixed && chance.below(2) == 0 {
        let load = vec![1 + number(chance, 3), 1];
        (jobs[0].pickup, jobs[0].delivery) = (load.clone(), Vec::new());
        (jobs[1].pickup, jobs[1].delivery) = (Vec::new(), load);
        pairs.push((0, 1));
    }
    let mut problem = Problem { size, duration, distance, vehicles, jobs, pairs };
    if seed % 2 == 1 {
        enrich(chance, &mut problem);
        if seed % 4 == 1 {
            repeat(chance, &mut problem);
        }
    } else if chance.below(4) == 0 {
        (0..problem.jobs.len()).for_each(|job| know(chance, &mut problem, job));
    }
    problem
}

/// Several trips a day, some with limits on the whole day.
fn repeat(chance: &mut Chance, problem: &mut Problem) {
    for vehicle in &mut problem.vehicles {
        (vehicle.end, vehicle.trips_max) = (vehicle.start, 2 + chance.below(2));
        vehicle.capacity = vec![6, 5];
    }
}

/// Breaks, shares of work, speeds by the hour, allowed lateness and drivers who know places.
fn enrich(chance: &mut Chance, problem: &mut Problem) {
    let slow = chance.below(2) == 0;
    for vehicle in &mut problem.vehicles {
        if slow {
            let (from, to) = (100 + number(chance, 100), 250 + number(chance, 100));
            vehicle.speeds = vec![(from, 400 + number(chance, 500)), (to, 1100)];
        }
        let open = 150 + number(chance, 200);
        let window = (open, open + number(chance, 80));
        vehicle.pause = sometimes(chance, 30).map(|length| crate::Pause { window, length });
        vehicle.cost_per_uneven = number(chance, 3);
        vehicle.even_share = 150 + number(chance, 100);
    }
    for job in 0..problem.jobs.len() {
        know(chance, problem, job);
        problem.jobs[job].late_max = sometimes(chance, 40).unwrap_or(0);
        problem.jobs[job].cost_per_late = number(chance, 4);
    }
}

fn know(chance: &mut Chance, problem: &mut Problem, job: usize) {
    problem.jobs[job].familiar =
        sometimes(chance, 0).map(|first| first as usize).into_iter().collect();
    problem.jobs[job].unfamiliar_cost = number(chance, 30);
}

fn vehicle(chance: &mut Chance, trips_max: usize) -> Vehicle {
    let start = chance.below(2);
    let limited = trips_max == 1;
    Vehicle {
        start,
        end: if limited { chance.below(2) } else { start },
        capacity: vec![10, 8],
        shift: (number(chance, 100), 500 + number(chance, 500)),
        fixed_cost: number(chance, 50),
        cost_per_distance: 1 + number(chance, 3),
        cost_per_duration: number(chance, 2),
        max_duration: sometimes(chance, 400).filter(|_| limited),
        max_distance: sometimes(chance, 350).filter(|_| limited),
        max_stops: sometimes(chance, 5).filter(|_| limited).map(|most| most as usize),
        skills: chance.below(4) as u64,
        trips_max,
        reload_duration: number(chance, 20),
        ..Vehicle::default()
    }
}

fn job(chance: &mut Chance, place: usize, mixed: bool) -> Job {
    let windows = match chance.below(4) {
        0 => Vec::new(),
        1 => vec![(100, 180), (300, 420)],
        _ => {
            let open = number(chance, 400);
            vec![(open, open + 40 + number(chance, 200))]
        }
    };
    let load = vec![number(chance, 5), number(chance, 3)];
    let collects = mixed && chance.below(3) == 0;
    Job {
        place,
        delivery: if collects { Vec::new() } else { load.clone() },
        pickup: if collects { load } else { Vec::new() },
        windows,
        service: number(chance, 15),
        prize: sometimes(chance, 100),
        skills: u64::from(chance.below(6) == 0),
        release: if chance.below(5) == 0 { number(chance, 150) } else { 0 },
        ..Job::default()
    }
}

fn with_model(seed: u64, test: impl Fn(&Model, State, &mut Chance)) {
    let problem = rich(seed);
    problem.validate().unwrap();
    let unrolled = unroll(&problem);
    let model = match &unrolled {
        Some(unrolled) => Model::new(&unrolled.problem, &unrolled.follows),
        None => Model::new(&problem, &[]),
    };
    let mut chance = Chance::new(seed + 1);
    let state = fresh(&model, &mut chance);
    test(&model, state, &mut chance);
}

/// Everything that the search reads, worked out from the order of jobs alone.
fn assert_consistent(model: &Model, state: &State, hint: &str) {
    let mut again = State::empty(model);
    again.cost = 0;
    for vehicle in 0..model.vehicles {
        let jobs = state.routes[vehicle].jobs.clone();
        assert!(again.set_route(model, vehicle, jobs), "{hint}: vehicle {vehicle}");
    }
    again.cost += state.absent.iter().map(|&job| model.absence[job as usize]).sum::<i64>();
    assert_eq!(again.cost, state.cost, "{hint}");
    assert_eq!(again.room, state.room, "{hint}");
    let absent = |node: usize| node < model.jobs && again.stops[node].vehicle == ABSENT;
    for node in 0..again.stops.len() {
        if absent(node) {
            assert_eq!(state.stops[node].vehicle, ABSENT, "{hint}");
            assert!(state.absent.contains(&(node as u32)), "{hint}");
            continue;
        }
        let (mut one, mut two) = (again.stops[node], state.stops[node]);
        if model.timeless {
            (one.departure, one.latest, two.departure, two.latest) = (0, 0, 0, 0);
        }
        if node >= model.jobs {
            // The unused side of a start or an end.
            (one.previous, two.previous) = (0, 0);
        }
        assert_eq!(one, two, "{hint} node {node}");
        let kinds = node * model.dimensions..(node + 1) * model.dimensions;
        if !model.simple_load {
            assert_eq!(again.peak_to[kinds.clone()], state.peak_to[kinds.clone()], "{hint}");
            assert_eq!(again.peak_from[kinds.clone()], state.peak_from[kinds], "{hint}");
        }
        if model.needs_spans {
            assert_eq!(again.span_to[node], state.span_to[node], "{hint}");
            assert_eq!(again.span_from[node], state.span_from[node], "{hint}");
        }
    }
    for (one, two) in again.routes.iter().zip(&state.routes) {
        assert_eq!((one.ready, one.due, one.cost), (two.ready, two.due, two.cost), "{hint}");
    }
}

#[test]
fn what_steps_keep_up_and_take_back_equals_full_recomputation() {
    for seed in 0..150 {
        with_model(seed, |model, mut state, chance| {
            let mut journal = Journal::default();
            let mut blink = Blink::new();
            for step in 0..60 {
                let before = state.clone();
                journal.begin(&state);
                let length = mean_length(model, &state);
                let around = ruin(model, &mut state, chance, &mut journal, length);
                recreate(model, &mut state, chance, &mut blink, &mut journal, Offer::Near(around));
                assert_consistent(model, &state, &format!("seed {seed} step {step}"));
                if step % 2 == 0 {
                    journal.undo(model, &mut state);
                    assert_consistent(model, &state, &format!("seed {seed} undo {step}"));
                    let jobs = |state: &State| -> Vec<Vec<u32>> {
                        state.routes.iter().map(|route| route.jobs.clone()).collect()
                    };
                    assert_eq!(jobs(&before), jobs(&state));
                }
            }
        });
    }
}

#[test]
fn the_cheapest_place_is_the_cheapest_by_full_recomputation() {
    let mut compared = 0;
    for seed in 0..300 {
        with_model(seed, |model, mut state, chance| {
            if model.chained || model.problem.jobs.iter().any(|job| job.windows.len() > 1) {
                return;
            }
            let mut journal = Journal::default();
            journal.begin(&state);
            let length = mean_length(model, &state);
            ruin(model, &mut state, chance, &mut journal, length);
            for job in state.absent.clone() {
                if model.partner[job as usize].is_some() {
                    continue;
                }
                let found = best_spot(model, &mut state, chance, &mut Blink::never(), job);
                let expected = cheapest(model, &state, job);
                if model.is_rich {
                    // Only places whose way alone is cheaper are looked at.
                    assert_eq!(found.is_some(), expected.is_some(), "seed {seed} job {job}");
                    assert!(found.is_none_or(|spot| Some(spot.delta) >= expected));
                } else {
                    assert_eq!(found.map(|spot| spot.delta), expected, "seed {seed} job {job}");
                }
                let Some(spot) = found else { continue };
                let mut jobs = state.routes[spot.vehicle].jobs.clone();
                jobs.insert(position_after(model, &jobs, spot.after), job);
                let cost = work_out(model, spot.vehicle, &jobs).unwrap().cost;
                assert_eq!(cost - state.routes[spot.vehicle].cost, spot.delta);
            }
        });
        compared += 1;
    }
    assert_eq!(compared, 300);
}

fn cheapest(model: &Model, state: &State, job: u32) -> Option<i64> {
    let places =
        |vehicle: usize| (0..=state.routes[vehicle].jobs.len()).map(move |at| (vehicle, at));
    (0..model.vehicles)
        .flat_map(places)
        .filter_map(|(vehicle, at)| {
            let mut jobs = state.routes[vehicle].jobs.clone();
            jobs.insert(at, job);
            Some(work_out(model, vehicle, &jobs)?.cost - state.routes[vehicle].cost)
        })
        .min()
}

#[test]
fn a_child_of_two_plans_is_whole_and_feasible() {
    for seed in 0..100 {
        with_model(seed, |model, state, chance| {
            if model.chained {
                return;
            }
            let other = crate::best::Best::new(&fresh(model, chance));
            let mut annealing = Annealing::new(model, state);
            for cross in 0..10 {
                crate::cross::cross(model, &mut annealing.state, &other, chance);
                assert_consistent(model, &annealing.state, &format!("seed {seed} child {cross}"));
            }
        });
    }
}

#[test]
fn what_is_answered_passes_the_judge_with_every_rule() {
    let (mut rested, mut late, mut strange, mut returned) = (0, 0, 0, 0);
    for seed in 0..120 {
        let problem = rich(seed);
        let mut params =
            crate::Params { seed, max_iterations: 400, spent: &mut |_| 0.0, start: Vec::new() };
        let solution = crate::solve(&problem, &mut params).unwrap();
        assert_eq!(crate::check(&problem, &solution), Vec::new(), "seed {seed}");
        let (_, whole) = crate::terms(&problem, &solution);
        assert_eq!(whole.total(), solution.cost, "seed {seed}");
        rested += solution.routes.iter().filter(|route| route.pause_before.is_some()).count();
        let returns = |route: &&crate::VehicleRoute| {
            let rests = problem.vehicles[route.vehicle].pause.is_some();
            rests && !route.reloads.is_empty()
        };
        returned += solution.routes.iter().filter(returns).count();
        late += usize::from(whole.lateness > 0);
        strange += usize::from(whole.unfamiliar > 0);
    }
    let seen = [rested, late, strange, returned];
    assert!(seen.iter().all(|&times| times > 5), "{seen:?}");
}
