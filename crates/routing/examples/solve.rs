//! `solve INSTANCE --seconds T --seed S --out SOL [--threads N]`: measures the solver alone, by
//! the processor time of each thread, so that a busy machine does not change what ten seconds are.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::unwrap_used)]

use routing::{Params, Problem, Solution, check, formats, solve};

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let value = |name: &str| {
        arguments.iter().position(|word| word == name).map(|at| arguments[at + 1].as_str())
    };
    let problem = formats::read(&std::fs::read_to_string(&arguments[1]).unwrap()).unwrap();
    let seconds: f64 = value("--seconds").unwrap_or("10").parse().unwrap();
    let seed: u64 = value("--seed").unwrap_or("1").parse().unwrap();
    let trace = arguments.iter().any(|word| word == "--trace");
    let solution = run(&problem, seed, seconds, trace);
    let violations = check(&problem, &solution);
    println!(
        "cost {} routes {} unassigned {} iterations {} in {:.2} s {violations:?}",
        solution.cost,
        solution.routes.len(),
        solution.unassigned.len(),
        solution.iterations,
        processor_seconds(),
    );
    if let Some(out) = value("--out") {
        std::fs::write(out, formats::write_sol(&problem, &solution)).unwrap();
    }
}

fn run(problem: &Problem, seed: u64, seconds: f64, trace: bool) -> Solution {
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
    solve(problem, &mut params).unwrap()
}

/// Seconds that this thread has been on a processor.
fn processor_seconds() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    text.split(' ').next().unwrap().parse::<f64>().unwrap() / 1e9
}
