//! `solve INSTANCE --seconds T --seed S --out SOL [--threads N]`: measures the solver alone, by
//! the processor time of each thread, so that a busy machine does not change what ten seconds are.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::unwrap_used)]

use routing::{Params, Problem, Solution, best_of, check, formats, island_seed, solve};

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let value = |name: &str| {
        arguments.iter().position(|word| word == name).map(|at| arguments[at + 1].as_str())
    };
    let problem = formats::read(&std::fs::read_to_string(&arguments[1]).unwrap()).unwrap();
    let seconds: f64 = value("--seconds").unwrap_or("10").parse().unwrap();
    let seed: u64 = value("--seed").unwrap_or("1").parse().unwrap();
    let trace = arguments.iter().any(|word| word == "--trace");
    let threads: usize = value("--threads").unwrap_or("1").parse().unwrap();
    // What reading took counts, on whichever thread the search runs.
    let read = processor_seconds();
    let (solution, slowest) = std::thread::scope(|scope| {
        let island = |number: usize| {
            let problem = &problem;
            scope.spawn(move || {
                run(problem, island_seed(seed, number), seconds - read, trace && number == 0)
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

fn run(problem: &Problem, seed: u64, seconds: f64, trace: bool) -> (Solution, f64) {
    let mut next = 0.25;
    let mut spent = |progress: routing::Progress| {
        let now = processor_seconds();
        if trace && now >= next {
            println!("{now:.2} s: {progress:?}");
            next *= 1.5;
        }
        now / seconds
    };
    let mut params =
        Params { seed, max_iterations: u64::MAX, spent: &mut spent, start: Vec::new() };
    let solution = solve(problem, &mut params).unwrap();
    (solution, processor_seconds())
}

/// Seconds that this thread has been on a processor.
fn processor_seconds() -> f64 {
    seconds_in("/proc/thread-self/schedstat").unwrap()
}

fn seconds_in(file: &str) -> Option<f64> {
    let text = std::fs::read_to_string(file).ok()?;
    Some(text.split(' ').next()?.parse::<f64>().ok()? / 1e9)
}
