//! `solve INSTANCE SECONDS SEED OUT.sol`: for benchmarks, before the command line exists.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::unwrap_used)]

use routing::{Params, check, formats, solve};
use std::time::Instant;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let start = Instant::now();
    let problem = formats::read(&std::fs::read_to_string(&arguments[1]).unwrap()).unwrap();
    let seconds: f64 = arguments[2].parse().unwrap();
    let mut params = Params {
        seed: arguments[3].parse().unwrap(),
        max_iterations: u64::MAX,
        spent: &mut |_| start.elapsed().as_secs_f64() / seconds,
        start: Vec::new(),
    };
    let solution = solve(&problem, &mut params).unwrap();
    let violations = check(&problem, &solution);
    println!(
        "{} cost {} routes {} unassigned {} iterations {} in {:?} {violations:?}",
        arguments[1],
        solution.cost,
        solution.routes.len(),
        solution.unassigned.len(),
        solution.iterations,
        start.elapsed()
    );
    std::fs::write(&arguments[4], formats::write_sol(&problem, &solution)).unwrap();
}
