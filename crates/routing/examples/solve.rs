//! `solve INSTANCE --seconds T --seed S --out SOL [--threads N]`: measures the solver alone, by
//! the processor time of each thread, so that a busy machine does not change what ten seconds are.
//! `x-style:N` in place of INSTANCE makes up N jobs, always the same; `town:N` the day of a small
//! fleet. `--iterations N` ends a search earlier.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::unwrap_used)]

use routing::{
    Job, Params, Problem, Solution, Vehicle, best_of, check, formats, island_seed, solve,
};

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let value = |name: &str| {
        arguments.iter().position(|word| word == name).map(|at| arguments[at + 1].as_str())
    };
    let problem = match arguments[1].split_once(':') {
        Some(("x-style", jobs)) => x_style(jobs.parse().unwrap()),
        Some(("town", jobs)) => town(jobs.parse().unwrap()),
        _ => formats::read(&std::fs::read_to_string(&arguments[1]).unwrap()).unwrap(),
    };
    let seconds: f64 = value("--seconds").unwrap_or("10").parse().unwrap();
    let seed: u64 = value("--seed").unwrap_or("1").parse().unwrap();
    let trace = arguments.iter().any(|word| word == "--trace");
    let threads: usize = value("--threads").unwrap_or("1").parse().unwrap();
    let iterations: u64 = value("--iterations").map_or(u64::MAX, |most| most.parse().unwrap());
    // What reading took counts, on whichever thread the search runs.
    let read = processor_seconds();
    let (solution, slowest) = std::thread::scope(|scope| {
        let island = |number: usize| {
            let problem = &problem;
            scope.spawn(move || {
                let limits = (seconds - read, iterations);
                run(problem, island_seed(seed, number), limits, trace && number == 0)
            })
        };
        let islands: Vec<_> = (0..threads).map(island).collect();
        let found: Vec<_> = islands.into_iter().map(|island| island.join().unwrap()).collect();
        let slowest = found.iter().map(|(_, seconds)| *seconds).fold(0.0, f64::max);
        (best_of(&problem, found.into_iter().map(|(solution, _)| solution)).unwrap(), slowest)
    });
    let violations = check(&problem, &solution);
    println!(
        "cost {} routes {} unassigned {} iterations {} in {:.2} s {violations:?}",
        solution.cost,
        solution.routes.len(),
        solution.unassigned.len(),
        solution.iterations,
        read + slowest,
    );
    if let Some(out) = value("--out") {
        std::fs::write(out, formats::write_sol(&problem, &solution)).unwrap();
    }
}

fn run(
    problem: &Problem,
    seed: u64,
    (seconds, max_iterations): (f64, u64),
    trace: bool,
) -> (Solution, f64) {
    let mut next = 0.25;
    let mut spent = |progress: routing::Progress| {
        let now = processor_seconds();
        if trace && now >= next {
            println!("{now:.2} s: {progress:?}");
            next *= 1.5;
        }
        now / seconds
    };
    let mut params = Params { seed, max_iterations, spent: &mut spent, start: Vec::new() };
    let solution = solve(problem, &mut params).unwrap();
    (solution, processor_seconds())
}

/// A wholesaler's day: vans of two sizes with weight, volume and pieces, ten hours, windows of two
/// or four hours for some stops, a price for the van, the kilometer and the hour, and a prize for
/// every stop that no detour reaches.
fn town(jobs: usize) -> Problem {
    let mut state = 7_u64;
    let mut below = |bound: i64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
        (state >> 33) as i64 % bound
    };
    let points: Vec<(i64, i64)> = (0..=jobs).map(|_| (below(9_000), below(9_000))).collect();
    let meters = |a: &(i64, i64), b: &(i64, i64)| {
        let (dx, dy) = (a.0 - b.0, a.1 - b.1);
        (dx * dx + dy * dy).isqrt() * 13 / 10
    };
    let distance: Vec<i64> =
        points.iter().flat_map(|a| points.iter().map(move |b| meters(a, b))).collect();
    let duration = distance.iter().map(|meters| meters * 12 / 100 + 20).collect();
    let mut job = |place| {
        let open = 3_600 * below(8);
        let window = (open, open + 7_200 * (1 + below(2)));
        Job {
            place,
            delivery: vec![1_000 * (5 + below(60)), 1_000 * (20 + below(600)), 1 + below(12)],
            windows: if below(3) == 0 { vec![window] } else { Vec::new() },
            service: 300 + 60 * below(6),
            prize: Some(2_000_000_000),
            ..Job::default()
        }
    };
    let jobs: Vec<Job> = (1..points.len()).map(&mut job).collect();
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
    let vehicles = (0..12.max(jobs.len() / 8)).map(van).collect();
    Problem { size: points.len(), duration, distance, vehicles, jobs, pairs: Vec::new() }
}

/// Half the jobs around seven centers and half anywhere on a grid of 1,000 by 1,000, the depot in
/// the middle, loads of 1 to 100 and some 15 jobs a route: like the instances of Uchoa et al., "New
/// benchmark instances for the capacitated vehicle routing problem", 2017.
fn x_style(jobs: usize) -> Problem {
    let mut state = 1_u64;
    let mut below = |bound: i64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
        (state >> 33) as i64 % bound
    };
    let centers: Vec<(i64, i64)> = (0..7).map(|_| (below(1_000), below(1_000))).collect();
    let mut points = vec![(500, 500)];
    for job in 0..jobs {
        let (x, y) = centers[job % 7];
        let spread = if job % 2 == 0 { below(60) + 5 } else { 1_000 };
        let near = |middle: i64, at: i64| (middle + at * spread / 500).clamp(0, 999);
        let offset = (below(1_000) - 500, below(1_000) - 500);
        points.push((near(x, offset.0), near(y, offset.1)));
    }
    let way = |a: &(i64, i64), b: &(i64, i64)| {
        let (dx, dy) = (a.0 - b.0, a.1 - b.1);
        ((4 * (dx * dx + dy * dy)).isqrt() + 1) / 2
    };
    let row = |a| points.iter().map(move |b| way(a, b));
    let distance: Vec<i64> = points.iter().flat_map(row).collect();
    let job = |place| Job { place, delivery: vec![1 + below(100)], ..Job::default() };
    let jobs: Vec<Job> = (1..points.len()).map(job).collect();
    let van = Vehicle { capacity: vec![750], cost_per_distance: 1, ..Vehicle::default() };
    Problem {
        size: points.len(),
        duration: distance.clone(),
        distance,
        vehicles: vec![van; jobs.len()],
        jobs,
        pairs: Vec::new(),
    }
}

/// Seconds that this thread has been on a processor.
fn processor_seconds() -> f64 {
    seconds_in("/proc/thread-self/schedstat").unwrap()
}

fn seconds_in(file: &str) -> Option<f64> {
    let text = std::fs::read_to_string(file).ok()?;
    Some(text.split(' ').next()?.parse::<f64>().ok()? / 1e9)
}
