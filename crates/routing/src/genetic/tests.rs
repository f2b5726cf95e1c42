//! Every change is held against adding everything up again, on random plans that break rules.

use super::individual::{Individual, measure};
use super::instance::{FORBIDDEN, Instance};
use super::local_search::LocalSearch;
use super::part::{Part, around, breed_parts};
use super::savings::savings;
use super::shake::Shaking;
use super::split::split;
use super::swap_star::{Cache, swap_star};
use super::tour::{Line, Tour};
use super::weights::Weights;
use crate::budget::Budget;
use crate::chance::Chance;
use crate::model::Model;
use crate::problem::{Job, Problem, UNREACHABLE, Vehicle};
use crate::schedule::work_out;

/// A plain problem with one-way detours; every other one has windows, and some have two kinds of
/// load, loads that are collected when all others are brought, few stops or larger vans.
fn plain(seed: u64) -> Problem {
    let mut chance = Chance::new(seed);
    let size = 12 + chance.below(10);
    let timed = seed.is_multiple_of(2);
    let detour = if seed.is_multiple_of(3) { 1 } else { 30 };
    let points: Vec<(i64, i64)> =
        (0..size).map(|_| (chance.below(100) as i64, chance.below(100) as i64)).collect();
    let mut distance = Vec::new();
    for a in &points {
        for b in &points {
            let more = if a == b { 0 } else { chance.below(detour) as i64 };
            distance.push((a.0 - b.0).abs() + (a.1 - b.1).abs() + more);
        }
    }
    let kinds = if seed % 5 == 1 { 2 } else { 1 };
    let collects = |place: usize| seed % 5 == 2 && place % 3 == 1;
    let mut duration = distance.clone();
    for (cell, drive) in duration.iter_mut().enumerate() {
        let (from, to) = (cell / size, cell % size);
        if collects(from) && to > 0 && !collects(to) {
            *drive = UNREACHABLE;
        }
    }
    let job = |place: usize, chance: &mut Chance| {
        let open = chance.below(300) as i64;
        let load: Vec<i64> = (0..kinds).map(|_| 1 + chance.below(5) as i64).collect();
        Job {
            place,
            delivery: if collects(place) { Vec::new() } else { load.clone() },
            pickup: if collects(place) { load } else { Vec::new() },
            windows: if timed { vec![(open, open + 100)] } else { Vec::new() },
            service: chance.below(9) as i64,
            ..Job::default()
        }
    };
    let shift = if timed { (0, 600) } else { Vehicle::default().shift };
    let vehicle = Vehicle {
        capacity: [14, 29][..kinds].to_vec(),
        max_stops: (seed % 11 == 3).then_some(5),
        cost_per_distance: 1,
        fixed_cost: 25,
        shift,
        ..Vehicle::default()
    };
    let van = |number: usize, usual: &Vehicle| {
        let more = if seed % 4 == 3 && number % 3 == 2 { 9 } else { 0 };
        let capacity = usual.capacity.iter().map(|most| most + more).collect();
        Vehicle { capacity, ..usual.clone() }
    };
    Problem {
        size,
        duration,
        distance,
        vehicles: (0..8).map(|number| van(number, &vehicle)).collect(),
        jobs: (1..size).map(|place| job(place, &mut chance)).collect(),
        pairs: Vec::new(),
    }
}

fn with_tour(seed: u64, test: impl Fn(Tour, &mut Chance)) {
    let problem = plain(seed);
    let model = Model::new(&problem, &[]);
    let instance = Instance::of(&model, 6).unwrap();
    let weights = Weights::new(&instance);
    let mut tour = Tour::new(&instance, weights);
    let mut chance = Chance::new(seed + 1);
    tour.load(&random_routes(&instance, &mut chance), weights, &[]);
    tour.patience = i64::MAX / 4;
    test(tour, &mut chance);
}

fn random_routes(instance: &Instance, chance: &mut Chance) -> Vec<Vec<u32>> {
    let mut routes = vec![Vec::new(); 4];
    let mut jobs: Vec<u32> = (0..instance.jobs as u32).collect();
    chance.shuffle(&mut jobs);
    jobs.into_iter().for_each(|job| routes[chance.below(4)].push(job));
    routes
}

/// Judges one random change and makes it; whether there was one.
fn random_change<const TIMED: bool>(tour: &mut Tour, chance: &mut Chance) -> Option<i64> {
    let jobs = tour.instance.jobs;
    let mut job = || chance.below(jobs) as u32;
    let (one, two) = (job(), job());
    if one == two {
        return None;
    }
    match chance.below(5) {
        0 | 1 => {
            let first = tour.piece(one, 1 + chance.below(3) as u32)?;
            let turn = chance.below(3) == 0;
            let second = match chance.below(4) {
                0 if !turn => tour.piece(two, 1 + chance.below(3) as u32)?,
                1 => tour.gap(tour.start(chance.below(tour.lines.len()))),
                _ => tour.gap(two),
            };
            let delta = tour.judge_exchange::<TIMED>(&first, &second, turn)?;
            tour.exchange(&first, &second, turn);
            Some(delta)
        }
        2 => {
            let delta = tour.judge_two_opt::<TIMED>(one, two)?;
            tour.two_opt(one, two);
            Some(delta)
        }
        3 => {
            let two = if chance.below(4) == 0 { tour.start(chance.below(6)) } else { two };
            let delta = tour.judge_two_opt_star::<TIMED>(one, two)?;
            tour.two_opt_star(one, two);
            Some(delta)
        }
        _ if TIMED => None,
        _ => {
            let delta = tour.judge_crossing(one, two)?;
            tour.crossing(one, two);
            Some(delta)
        }
    }
}

#[test]
fn every_change_is_worth_what_adding_up_again_says() {
    for seed in 0..60 {
        with_tour(seed, |mut tour, chance| {
            let mut made = 0;
            for step in 0..400 {
                let before = tour.recomputed();
                let judged = if tour.instance.timed {
                    random_change::<true>(&mut tour, chance)
                } else {
                    random_change::<false>(&mut tour, chance)
                };
                let Some(delta) = judged else { continue };
                // Penalties are rounded down route by route.
                let found = tour.recomputed() - before;
                assert_eq!(found, delta, "seed {seed} step {step}");
                made += 1;
            }
            assert!(made > 100, "{made}");
            let mut all: Vec<u32> = tour.routes().concat();
            all.sort_unstable();
            assert!(all.into_iter().eq(0..tour.instance.jobs as u32), "seed {seed}");
        });
    }
}

#[test]
fn swap_star_gains_what_adding_up_again_says() {
    for seed in 0..200 {
        with_tour(seed, |mut tour, _| {
            let mut cache = Cache::default();
            cache.reset(&tour);
            for pair in [(0, 1), (1, 2), (0, 3)] {
                let before = tour.recomputed();
                let star = if tour.instance.timed {
                    swap_star::<true>(&tour, &mut cache, pair)
                } else {
                    swap_star::<false>(&tour, &mut cache, pair)
                };
                let Some(star) = star else { continue };
                tour.swap_star(&star);
                assert_eq!(tour.recomputed() - before, star.delta, "seed {seed} {pair:?}");
            }
        });
    }
}

#[test]
fn a_descent_never_makes_a_plan_worse_and_loses_nobody() {
    for seed in 0..40 {
        let problem = plain(seed);
        let model = Model::new(&problem, &[]);
        let instance = Instance::of(&model, 6).unwrap();
        let weights = Weights::new(&instance);
        let mut chance = Chance::new(seed);
        let mut tour: Vec<u32> = (0..instance.jobs as u32).collect();
        chance.shuffle(&mut tour);
        let routes = split(&instance, &weights, &tour);
        assert!(routes.concat() == tour, "seed {seed}");
        let before = Individual::new(&instance, routes.clone());
        let mut search = LocalSearch::new(&instance, weights);
        let after = Individual::new(&instance, search.run(&routes, weights, &[], &mut chance));
        assert!(after.penalized(&weights) <= before.penalized(&weights), "seed {seed}");
        let mut jobs = after.routes.concat();
        jobs.sort_unstable();
        assert!(jobs.into_iter().eq(0..instance.jobs as u32), "seed {seed}");
    }
}

/// Each job in the first route with room for it, what is collected last.
fn filled_up(model: &Model, instance: &Instance) -> Vec<Vec<u32>> {
    let mut routes: Vec<Vec<u32>> = vec![Vec::new(); instance.routes_max];
    let mut jobs: Vec<u32> = (0..instance.depot()).collect();
    jobs.sort_by_key(|&job| model.pickup[job as usize] > 0);
    for job in jobs {
        let room = |jobs: &Vec<u32>| {
            let loads = jobs.iter().chain([&job]).map(|&job| instance.load[job as usize]);
            instance.fits(loads.sum())
        };
        routes.iter_mut().find(|jobs| room(jobs)).unwrap().push(job);
    }
    routes
}

#[test]
fn a_shaken_plan_knows_its_cost_and_its_overload() {
    let mut within = 0;
    for seed in (1..60).step_by(2) {
        let problem = plain(seed);
        let model = Model::new(&problem, &[]);
        let instance = Instance::of(&model, 8).unwrap();
        let mut chance = Chance::new(seed);
        let mut shaking = Shaking::new(&instance, filled_up(&model, &instance));
        for step in 0..2_000 {
            shaking.step(&mut chance, 5.0);
            let adding_up = (0..shaking.kept.len()).fold((0, 0), |sum, route| {
                let (cost, load, _) = measure(&instance, &shaking.kept[route]);
                (sum.0 + cost, sum.1 + instance.packing.excess(load, instance.limit[route]))
            });
            let known = (shaking.sum.cost, shaking.sum.excess);
            assert_eq!(adding_up, known, "seed {seed} step {step}");
            assert_eq!(shaking.kept.concat().len(), instance.jobs, "seed {seed} step {step}");
            if shaking.sum.excess > 0 || shaking.sum.cost >= FORBIDDEN {
                continue;
            }
            within += 1;
            for (vehicle, jobs) in instance.driven_by(shaking.kept.clone()) {
                assert!(work_out(&model, vehicle, &jobs).is_some(), "seed {seed} step {step}");
            }
        }
    }
    assert!(within > 10_000, "{within}");
}

#[test]
fn a_patched_route_costs_and_loads_what_adding_up_again_says() {
    for seed in 0..60 {
        with_tour(seed, |mut tour, chance| {
            for step in 0..100 {
                let first = chance.below(tour.instance.jobs) as u32;
                let mut out = vec![first];
                while chance.below(3) > 0 && tour.is_job(tour.node(out[out.len() - 1]).next) {
                    out.push(tour.node(out[out.len() - 1]).next);
                }
                tour.dirty.clear();
                tour.take_out(first, out.len());
                for &job in &out {
                    let after = match chance.below(3) {
                        0 => tour.start(chance.below(tour.lines.len())),
                        _ => chance.below(tour.instance.jobs) as u32,
                    };
                    let after = if tour.is_job(after) && tour.is_out(after) {
                        tour.start(0)
                    } else {
                        after
                    };
                    tour.put_in(job, after);
                }
                for route in tour.dirty.clone() {
                    let patched = tour.lines[route as usize];
                    let legs: Vec<i64> =
                        tour.jobs_of(route as usize).map(|job| tour.node(job).leg).collect();
                    tour.refresh(route as usize);
                    let line = tour.lines[route as usize];
                    let of = |line: &Line| (line.cost, line.load, line.count);
                    assert_eq!(of(&patched), of(&line), "seed {seed} step {step}");
                    assert!(tour.jobs_of(route as usize).map(|job| tour.node(job).leg).eq(legs));
                }
            }
        });
    }
}

#[test]
fn routes_from_savings_keep_the_load_and_cost_less_than_going_out_for_each_job() {
    for seed in 0..60 {
        let problem = plain(seed);
        let model = Model::new(&problem, &[]);
        let instance = Instance::of(&model, 8).unwrap();
        let alone: Vec<Vec<u32>> = (0..instance.depot()).map(|job| vec![job]).collect();
        let plan = Individual::new(&instance, savings(&instance));
        assert_eq!(plan.excess, 0, "seed {seed}");
        assert!(plan.cost < Individual::new(&instance, alone).cost, "seed {seed}");
        let mut jobs = plan.routes.concat();
        jobs.sort_unstable();
        assert!(jobs.into_iter().eq(0..instance.depot()), "seed {seed}");
    }
}

#[test]
fn a_part_costs_as_much_by_itself_as_in_the_plan() {
    for seed in 0..60 {
        let problem = plain(seed);
        let model = Model::new(&problem, &[]);
        let instance = Instance::of(&model, 8).unwrap();
        let mut chance = Chance::new(seed);
        let routes = random_routes(&instance, &mut chance);
        let chosen = around(&instance, &routes, chance.below(instance.jobs) as u32, 10);
        let part = Part::new(&model, &instance, &routes, &chosen);
        for (jobs, &route) in part.routes.iter().zip(&chosen) {
            let (inside, outside) =
                (measure(&part.instance, jobs), measure(&instance, &routes[route]));
            assert_eq!(inside, outside, "seed {seed}");
        }
        let mut jobs = part.routes.concat();
        chance.shuffle(&mut jobs);
        let half = jobs.split_off(jobs.len() / 2);
        let cost = |instance: &Instance, routes: &[Vec<u32>]| -> i64 {
            routes.iter().map(|jobs| measure(instance, jobs).0).sum()
        };
        let changed = vec![jobs, half];
        let delta = cost(&part.instance, &changed) - cost(&part.instance, &part.routes);
        let plan = part.put_back(&routes, &chosen, changed);
        assert_eq!(cost(&instance, &plan) - cost(&instance, &routes), delta, "seed {seed}");
        let mut all = plan.concat();
        all.sort_unstable();
        assert!(all.into_iter().eq(0..instance.depot()), "seed {seed}");
    }
}

#[test]
fn breeding_in_parts_makes_plans_better_and_breaks_no_rule() {
    let mut better = 0;
    for seed in (1..40).step_by(2) {
        let problem = plain(seed);
        let model = Model::new(&problem, &[]);
        let instance = Instance::of(&model, 8).unwrap();
        let known = filled_up(&model, &instance);
        let before = Individual::new(&instance, known.clone());
        let mut reported = i64::MAX;
        let mut spent = |progress: crate::Progress| {
            if progress.iteration > 0 {
                reported = progress.best_cost;
            }
            0.0
        };
        let mut budget = Budget::new(3_000, &mut spent);
        let mut chance = Chance::new(seed);
        let found = breed_parts(&model, &instance, (known, 8), &mut budget, &mut chance);
        let after = Individual::new(&instance, found);
        assert!(after.is_feasible() && after.cost <= before.cost, "seed {seed}");
        assert!(reported >= after.cost, "seed {seed}: {reported} is less than {}", after.cost);
        let mut jobs = after.routes.concat();
        jobs.sort_unstable();
        assert!(jobs.into_iter().eq(0..instance.depot()), "seed {seed}");
        better += usize::from(after.cost < before.cost);
    }
    assert!(better > 10, "{better}");
}
