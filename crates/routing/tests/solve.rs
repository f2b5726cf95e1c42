//! Solutions obey every rule of random problems of all kinds, and are the same for the same seed.
#![allow(clippy::unwrap_used)]

use routing::{
    Block, Change, Job, Params, Pause, Problem, Solution, UNREACHABLE, Vehicle, VehicleRoute,
    Violation, best_of, check, explain_unassigned, island_seed, relaxations, solve, what_if,
};

struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: i64) -> i64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as i64 % bound
    }
}

fn run(problem: &Problem, seed: u64, iterations: u64) -> Solution {
    let mut params =
        Params { seed, max_iterations: iterations, spent: &mut |_| 0.0, start: Vec::new() };
    solve(problem, &mut params).unwrap()
}

fn vehicle(capacity: &[i64]) -> Vehicle {
    Vehicle {
        start: 0,
        end: 0,
        capacity: capacity.to_vec(),
        shift: (0, 1_000),
        fixed_cost: 30,
        cost_per_distance: 2,
        cost_per_duration: 1,
        ..Vehicle::default()
    }
}

/// Every feature that the dice say, on a plane with one-way detours.
fn rich(seed: u64) -> Problem {
    let mut dice = Dice(seed);
    let size = 8 + dice.below(20) as usize;
    let points: Vec<(i64, i64)> = (0..size).map(|_| (dice.below(100), dice.below(100))).collect();
    let mut distance = Vec::new();
    for a in &points {
        for b in &points {
            let detour = if a == b { 0 } else { dice.below(15) };
            distance.push((a.0 - b.0).abs() + (a.1 - b.1).abs() + detour);
        }
    }
    let mut duration: Vec<i64> = distance.iter().map(|meters| meters * 2 / 3 + 1).collect();
    if dice.below(3) == 0 {
        duration[size * 3 + 4] = UNREACHABLE;
    }
    let vehicles = (0..2 + dice.below(4)).map(|_| random_vehicle(&mut dice, size)).collect();
    let mut jobs: Vec<Job> = (2..size).map(|place| random_job(&mut dice, place)).collect();
    let mut pairs = Vec::new();
    if dice.below(2) == 0 {
        for pair in 0..dice.below(3) as usize {
            let (pickup, delivery) = (pair * 2, pair * 2 + 1);
            let load = vec![1 + dice.below(3), 1];
            jobs[pickup].delivery = Vec::new();
            jobs[pickup].pickup = load.clone();
            jobs[delivery].delivery = load;
            jobs[delivery].pickup = Vec::new();
            pairs.push((pickup, delivery));
        }
    }
    Problem { size, duration, distance, vehicles, jobs, pairs }
}

fn random_vehicle(dice: &mut Dice, size: usize) -> Vehicle {
    let sometimes = |dice: &mut Dice, value: i64| (dice.below(3) == 0).then_some(value);
    Vehicle {
        start: dice.below(2) as usize,
        end: dice.below(2) as usize % size,
        shift: (dice.below(100), 500 + dice.below(500)),
        fixed_cost: dice.below(50),
        cost_per_distance: 1 + dice.below(3),
        cost_per_duration: dice.below(2),
        max_duration: sometimes(dice, 400),
        max_distance: sometimes(dice, 350),
        max_stops: sometimes(dice, 5).map(|most| most as usize),
        skills: dice.below(4) as u64,
        ..vehicle(&[10, 8])
    }
}

fn random_job(dice: &mut Dice, place: usize) -> Job {
    let windows = match dice.below(4) {
        0 => Vec::new(),
        1 => vec![(100, 180), (300, 420)],
        _ => {
            let open = dice.below(400);
            vec![(open, open + 40 + dice.below(200))]
        }
    };
    let load = vec![dice.below(5), dice.below(3)];
    let collects = dice.below(5) == 0;
    Job {
        place,
        delivery: if collects { Vec::new() } else { load.clone() },
        pickup: if collects { load } else { Vec::new() },
        windows,
        service: dice.below(15),
        prize: (dice.below(5) == 0).then(|| dice.below(200)),
        vehicles: (dice.below(9) == 0).then(|| vec![0, 1]),
        skills: if dice.below(5) == 0 { 1 } else { 0 },
        release: if dice.below(6) == 0 { dice.below(150) } else { 0 },
        ..Job::default()
    }
}

#[test]
fn solutions_of_200_rich_problems_break_no_rule() {
    for seed in 0..200 {
        let problem = rich(seed);
        let solution = run(&problem, seed, 400);
        assert_eq!(check(&problem, &solution), [], "seed {seed}");
        for &job in &solution.unassigned {
            let blocks = explain_unassigned(&problem, &solution, job);
            assert_eq!(blocks.len(), problem.vehicles.len(), "seed {seed}");
        }
    }
}

#[test]
fn the_same_seed_and_iterations_give_the_same_solution() {
    for seed in 0..10 {
        let problem = rich(seed);
        assert_eq!(run(&problem, 5, 300), run(&problem, 5, 300), "seed {seed}");
    }
}

#[test]
fn a_plan_given_to_begin_with_is_never_made_worse() {
    for seed in 0..30 {
        let problem = rich(seed);
        let first = run(&problem, 1, 500);
        let mut params = Params {
            seed: 2,
            max_iterations: 100,
            spent: &mut |_| 0.0,
            start: first.routes.clone(),
        };
        let second = solve(&problem, &mut params).unwrap();
        let rank = |s: &Solution| {
            let must = s.unassigned.iter().filter(|&&j| problem.jobs[j].prize.is_none()).count();
            (must, s.cost)
        };
        assert!(rank(&second) <= rank(&first), "seed {seed}");
    }
}

fn small(jobs: Vec<Job>) -> Problem {
    let size = jobs.len() + 1;
    let line: Vec<i64> = (0..size * size)
        .map(|cell| ((cell / size) as i64 - (cell % size) as i64).abs() * 10)
        .collect();
    Problem {
        size,
        duration: line.clone(),
        distance: line,
        vehicles: vec![vehicle(&[10])],
        jobs,
        pairs: Vec::new(),
    }
}

#[test]
fn what_is_left_out_is_explained() {
    let job = |place| Job { place, delivery: vec![1], ..Job::default() };
    let rows = [
        (Job { delivery: vec![11], ..job(1) }, Block::TooLarge),
        (Job { windows: vec![(0, 5)], ..job(1) }, Block::TimeWindow),
        (Job { service: 990, ..job(1) }, Block::Shift),
        (Job { skills: 1, ..job(1) }, Block::Skill),
        (Job { vehicles: Some(vec![]), ..job(1) }, Block::Skill),
        (Job { prize: Some(3), ..job(1) }, Block::Cost),
    ];
    for (job, expected) in rows {
        let problem = small(vec![job.clone()]);
        let solution = run(&problem, 1, 50);
        assert_eq!(solution.unassigned, [0], "{job:?}");
        assert_eq!(explain_unassigned(&problem, &solution, 0), [expected], "{job:?}");
    }
    let full =
        small(vec![Job { delivery: vec![6], ..job(1) }, Job { delivery: vec![6], ..job(2) }]);
    let solution = run(&full, 1, 50);
    let left = solution.unassigned[0];
    assert_eq!(explain_unassigned(&full, &solution, left), [Block::Capacity]);
}

#[test]
fn a_relaxation_names_the_rule_and_by_how_much() {
    let job = |place| Job { place, delivery: vec![1], ..Job::default() };
    let rows = [
        (Job { delivery: vec![12], ..job(1) }, "carries 12"),
        (Job { windows: vec![(0, 5)], ..job(1) }, "too late, by 5"),
        (Job { service: 985, ..job(1) }, "ends 5 after its shift"),
    ];
    for (job, expected) in rows {
        let problem = small(vec![job]);
        let solution = run(&problem, 1, 50);
        let found = relaxations(&problem, &solution, 0);
        let broken: Vec<String> = found[0].broken.iter().map(Violation::to_string).collect();
        assert_eq!(broken.len(), 1, "{broken:?}");
        assert!(broken[0].contains(expected), "{broken:?}");
    }
}

#[test]
fn what_a_rule_costs_is_the_difference_without_it() {
    let job = |place| Job { place, delivery: vec![6], ..Job::default() };
    let mut problem = small(vec![job(1), job(2)]);
    let solution = run(&problem, 1, 50);
    assert_eq!(solution.unassigned.len(), 1);
    let more = what_if(&problem, &solution, Change::OneMore { like: 0 }, 1, 50).unwrap();
    assert_eq!(more.unassigned, -1);
    assert_eq!(check(&problem_with_two(&problem), &more.solution), []);
    // One of two windows forces a second drive past the other stop.
    problem.vehicles[0].capacity = vec![20];
    problem.jobs[0].windows = vec![(500, 600)];
    problem.jobs[1].windows = vec![(0, 100)];
    let solution = run(&problem, 1, 50);
    let free = what_if(&problem, &solution, Change::AnyTime { job: 0 }, 1, 50).unwrap();
    assert!(free.cost <= 0);
    let nothing = what_if(&problem, &solution, Change::AnyTime { job: 99 }, 1, 50).unwrap();
    assert_eq!((nothing.cost, nothing.unassigned), (0, 0));
}

fn problem_with_two(problem: &Problem) -> Problem {
    let mut two = problem.clone();
    two.vehicles.push(two.vehicles[0].clone());
    two
}

#[test]
fn the_best_island_leaves_out_fewest() {
    assert_eq!(island_seed(7, 0), 7);
    assert_ne!(island_seed(7, 1), island_seed(7, 2));
    let problem = small(vec![Job { place: 1, delivery: vec![1], ..Job::default() }]);
    let full = run(&problem, 1, 10);
    let empty = Solution { unassigned: vec![0], ..Solution::default() };
    assert_eq!(best_of(&problem, [empty, full.clone()]), Some(full));
    assert_eq!(best_of(&problem, []), None);
}

/// Two trips by one van: the second waits for goods that come late.
#[test]
fn a_van_returns_for_a_second_load() {
    let job = |place| Job { place, delivery: vec![6], ..Job::default() };
    let mut problem =
        small(vec![Job { windows: vec![(0, 100)], ..job(1) }, Job { release: 300, ..job(2) }]);
    problem.vehicles[0].trips_max = 2;
    problem.vehicles[0].reload_duration = 15;
    let solution = run(&problem, 1, 100);
    assert_eq!(check(&problem, &solution), []);
    assert_eq!((&solution.routes[0].jobs, &solution.routes[0].reloads), (&vec![0, 1], &vec![1]));
    let start = solution.routes.clone();
    let mut params = Params { seed: 3, max_iterations: 1, spent: &mut |_| 0.0, start };
    assert_eq!(solve(&problem, &mut params).unwrap().cost, solution.cost);
}

#[test]
fn a_job_left_out_has_a_place_in_another_trip_or_in_one_of_its_own() {
    let job = |place, load| Job { place, delivery: vec![load], ..Job::default() };
    let mut problem = small(vec![job(1, 6), job(2, 8), job(3, 3)]);
    problem.vehicles[0].trips_max = 2;
    let route = VehicleRoute { jobs: vec![0, 1], reloads: vec![1], ..VehicleRoute::default() };
    let left_out = Solution { routes: vec![route], unassigned: vec![2], ..Solution::default() };
    // Load of the third job, trips, and what stands in the way.
    for (load, trips, block, fits) in
        [(3, 2, Block::Cost, true), (5, 2, Block::Capacity, false), (5, 3, Block::Cost, true)]
    {
        problem.jobs[2].delivery = vec![load];
        problem.vehicles[0].trips_max = trips;
        assert_eq!(explain_unassigned(&problem, &left_out, 2), [block], "{load} {trips}");
        let least = relaxations(&problem, &left_out, 2);
        assert_eq!(least[0].broken.is_empty(), fits, "{load} {trips}: {least:?}");
    }
}

/// One depot and equal vehicles, with one-way detours; with or without windows.
#[test]
fn a_day_of_several_trips_has_a_break_and_a_limit() {
    let job = |place: usize, windows: &[(i64, i64)], release: i64| Job {
        place,
        delivery: vec![1],
        windows: windows.to_vec(),
        service: 5,
        release,
        ..Job::default()
    };
    // The first two fit together, but one is packed too late for the other's window.
    let jobs = vec![job(1, &[(0, 60)], 0), job(2, &[], 200), job(3, &[], 0)];
    let mut problem = small(jobs);
    problem.vehicles.truncate(1);
    problem.vehicles[0] = Vehicle {
        capacity: vec![2],
        trips_max: 3,
        reload_duration: 10,
        max_duration: Some(900),
        pause: Some(Pause { window: (100, 150), length: 30 }),
        ..problem.vehicles[0].clone()
    };
    let solution = run(&problem, 1, 500);
    assert_eq!(check(&problem, &solution), Vec::new());
    assert_eq!(solution.unassigned, Vec::<usize>::new());
    assert_eq!(solution.routes[0].reloads.len(), 1, "{solution:?}");
    assert!(solution.routes[0].pause_before.is_some(), "{solution:?}");
    // The same plan is taken as it is, and a shorter day leaves somebody out.
    let start = solution.routes.clone();
    let mut params = Params { seed: 2, max_iterations: 1, spent: &mut |_| 0.0, start };
    assert!(solve(&problem, &mut params).unwrap().cost <= solution.cost);
    problem.vehicles[0].max_duration = Some(100);
    let solution = run(&problem, 1, 500);
    assert_eq!(check(&problem, &solution), Vec::new());
    assert!(!solution.unassigned.is_empty());
}

fn plain(seed: u64, jobs: usize, timed: bool) -> Problem {
    let mut dice = Dice(seed);
    let size = jobs + 1;
    let points: Vec<(i64, i64)> = (0..size).map(|_| (dice.below(200), dice.below(200))).collect();
    let mut distance = Vec::new();
    for a in &points {
        for b in &points {
            let detour = if a == b { 0 } else { dice.below(9) };
            distance.push((a.0 - b.0).abs() + (a.1 - b.1).abs() + detour);
        }
    }
    let job = |place: usize, dice: &mut Dice| {
        let open = dice.below(800);
        let windows = if timed { vec![(open, open + 200)] } else { Vec::new() };
        Job { place, delivery: vec![1 + dice.below(9)], windows, service: 5, ..Job::default() }
    };
    let shift = if timed { (0, 2_000) } else { Vehicle::default().shift };
    let van = Vehicle { shift, cost_per_duration: 0, ..vehicle(&[60]) };
    Problem {
        size,
        duration: distance.clone(),
        distance,
        vehicles: vec![van; jobs],
        jobs: (1..size).map(|place| job(place, &mut dice)).collect(),
        pairs: Vec::new(),
    }
}

#[test]
fn plain_plans_break_no_rule_and_are_the_same_for_the_same_seed() {
    // Jobs, windows, iterations: bred, shaken for a while and then bred, shaken.
    let rows = [
        (4, true, 400),
        (30, false, 20_000),
        (30, true, 20_000),
        (150, true, 20_000),
        (360, false, 30_000),
        (510, false, 30_000),
    ];
    for (jobs, timed, iterations) in rows {
        let problem = plain(jobs as u64, jobs, timed);
        let solution = run(&problem, 3, iterations);
        assert_eq!(check(&problem, &solution), [], "{jobs}");
        assert!(solution.unassigned.is_empty(), "{jobs}");
        assert!(solution.iterations <= iterations, "{jobs}");
        assert_eq!(solution, run(&problem, 3, iterations), "{jobs}");
    }
}

/// Vans of two sizes with three limits, and a price for every stop left out, as the app asks: two
/// thousand iterations once drove twice as many vans as are needed.
#[test]
fn a_fleet_drives_no_more_vans_than_it_must() {
    let mut dice = Dice(5);
    let points: Vec<(i64, i64)> = (0..81).map(|_| (dice.below(9_000), dice.below(9_000))).collect();
    let meters = |a: &(i64, i64), b: &(i64, i64)| (a.0 - b.0).abs() + (a.1 - b.1).abs();
    let distance: Vec<i64> =
        points.iter().flat_map(|a| points.iter().map(move |b| meters(a, b))).collect();
    let jobs = (1..points.len()).map(|place| Job {
        place,
        delivery: vec![1_000 * (5 + dice.below(60)), 1_000 * (20 + dice.below(300)), 3],
        service: 300,
        prize: Some(2_000_000_000),
        ..Job::default()
    });
    let jobs: Vec<Job> = jobs.collect();
    let van = |number: usize| Vehicle {
        capacity: match number % 3 {
            2 => vec![1_200_000, 11_000_000, 260],
            _ => vec![700_000, 6_000_000, 160],
        },
        shift: (0, 36_000),
        fixed_cost: 108_000_000,
        cost_per_distance: 810,
        cost_per_duration: 12_000,
        ..Vehicle::default()
    };
    let problem = Problem {
        size: points.len(),
        duration: distance.iter().map(|meters| meters * 12 / 100 + 20).collect(),
        distance,
        vehicles: (0..12).map(van).collect(),
        jobs,
        pairs: Vec::new(),
    };
    let weight: i64 = problem.jobs.iter().map(|job| job.delivery[0]).sum();
    for seed in 0..3 {
        let solution = run(&problem, seed, 2_000);
        assert_eq!(check(&problem, &solution), []);
        assert!(solution.unassigned.is_empty());
        let vans: Vec<usize> = solution.routes.iter().map(|route| route.vehicle).collect();
        assert!(vans.len() <= 3, "seed {seed}: {vans:?} {weight}");
    }
}
