//! Readers of published instances, our own JSON, and the writer of `.sol` files.
//!
//! Every reader takes text and answers with a [`Problem`] or a [`FormatError`] that names the line.

mod lines;
mod vrplib;
mod solomon;
mod li_lim;

use crate::problem::{Problem, ProblemError};
use crate::solution::Solution;
use std::fmt::Write;
use thiserror::Error;

/// What is wrong with an instance, and where.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FormatError {
    #[error("line {line}: {what}")]
    Line { line: usize, what: String },
    #[error("the file ends before {0}")]
    Missing(&'static str),
    #[error("this kind of problem is not supported yet: {0}")]
    Unsupported(String),
    #[error("the problem makes no sense: {0}")]
    Problem(#[from] ProblemError),
}

/// Places that would need a matrix of more than this many entries are refused: 12,000 places.
const MATRIX_ENTRIES_MAX: usize = 144_000_000;

/// Reads any of the known formats, told apart by how the text begins.
pub fn read(text: &str) -> Result<Problem, FormatError> {
    let begin = text.trim_start();
    let problem = if begin.starts_with('{') {
        json(text)?
    } else if begin.starts_with(|letter: char| letter.is_ascii_digit()) {
        li_lim::read(text)?
    } else if text.lines().any(|line| line.trim() == "VEHICLE") {
        solomon::read(text)?
    } else {
        vrplib::read(text)?
    };
    problem.validate()?;
    Ok(problem)
}

fn json(text: &str) -> Result<Problem, FormatError> {
    serde_json::from_str(text)
        .map_err(|error| FormatError::Line { line: error.line(), what: error.to_string() })
}

/// The solution as a VRPLIB `.sol` file: places by number, one route per vehicle that drives, a
/// return for the next trip as the depot's number. Where vehicles differ, unused ones are written
/// as empty routes so that route `k` is vehicle `k`.
pub fn write_sol(problem: &Problem, solution: &Solution) -> String {
    let limited = |job: &crate::Job| job.vehicles.is_some() || job.skills != 0;
    let alike = problem.vehicles.windows(2).all(|pair| pair[0] == pair[1])
        && !problem.jobs.iter().any(limited);
    let mut text = String::new();
    let mut number = 0;
    for route in &solution.routes {
        while !alike && number < route.vehicle {
            number += 1;
            let _ = writeln!(text, "Route #{number}:");
        }
        number += 1;
        let _ = write!(text, "Route #{number}:");
        for (at, &job) in route.jobs.iter().enumerate() {
            if route.reloads.contains(&at) {
                let _ = write!(text, " {}", problem.vehicles[route.vehicle].start);
            }
            let _ = write!(text, " {}", problem.jobs[job].place);
        }
        text.push('\n');
    }
    let _ = writeln!(text, "Cost {}", solution.cost);
    text
}

/// Integer square root of a sum of squares scaled up: `floor(factor * distance)`, exactly.
fn scaled_floor(dx: i64, dy: i64, factor: i64) -> i64 {
    let square = (i128::from(dx).pow(2) + i128::from(dy).pow(2)) * i128::from(factor).pow(2);
    // The narrow root is several times faster, and a matrix has millions of them.
    i64::try_from(square).map_or_else(|_| square.isqrt() as i64, i64::isqrt)
}

/// `round(factor * distance)`, halves up.
fn scaled_round(dx: i64, dy: i64, factor: i64) -> i64 {
    // floor(2 d) rounded up to the next even number and halved.
    (scaled_floor(dx, dy, factor * 2) + 1) / 2
}

/// A square matrix from points, or nothing when it would not fit in memory.
fn matrix(
    points: &[(i64, i64)],
    length: impl Fn(i64, i64) -> i64,
) -> Result<Vec<i64>, FormatError> {
    if points.len() * points.len() > MATRIX_ENTRIES_MAX {
        return Err(FormatError::Unsupported(format!("{} places", points.len())));
    }
    let cells = points
        .iter()
        .flat_map(|a| points.iter().map(move |b| (a.0 - b.0, a.1 - b.1)))
        .map(|(dx, dy)| length(dx, dy))
        .collect();
    Ok(cells)
}

/// Vehicles enough for an instance without a limit: what the load needs and a half more.
fn vehicles_for(load: i64, capacity: i64, jobs: usize) -> usize {
    let needed = (load / capacity.max(1) + 1) as usize;
    (needed + needed / 2 + 3).min(jobs.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roots_are_exact() {
        assert_eq!(scaled_floor(1, 1, 10), 14);
        assert_eq!(scaled_round(1, 1, 1), 1);
        assert_eq!(scaled_round(1, 1, 1000), 1414);
        assert_eq!(scaled_round(3, 4, 1), 5);
        assert_eq!(scaled_round(2, 2, 1), 3);
    }

    #[test]
    fn malformed_text_names_its_line() {
        let rows = [
            ("NAME : x\nDIMENSION : two\n", 2),
            ("NAME : x\nDIMENSION : 2\nNODE_COORD_SECTION\n1 5\n", 4),
            ("x\n\nVEHICLE\nNUMBER CAPACITY\n 25 many\n", 5),
            ("10 200 1\n0 1 2\n", 2),
            ("{\n \"size\": \"no\" }", 2),
        ];
        for (text, expected) in rows {
            match read(text) {
                Err(FormatError::Line { line, .. }) => assert_eq!(line, expected, "{text}"),
                other => panic!("{text}: {other:?}"),
            }
        }
        assert!(matches!(read(""), Err(FormatError::Missing(_))));
        assert!(matches!(read("TYPE : TSP\nDIMENSION : 2"), Err(FormatError::Unsupported(_))));
    }

    const MIXED: &str = "NAME : m\nTYPE : MDVRPTW\nDIMENSION : 4\nVEHICLES : 2\n\
        VEHICLES_MAX_DURATION : 9.5\nCAPACITY : 7\nEDGE_WEIGHT_TYPE : EUC_2D\n\
        NODE_COORD_SECTION\n1 0 0\n2 -1.5 0\n3 3.0 4\n4 0 -0.25\n\
        DEMAND_SECTION\n1 0\n2 0\n3 5\n4 2\nTIME_WINDOW_SECTION\n1 0 100\n2 0 50\n3 1 2.5\n4 0 9\n\
        SERVICE_TIME_SECTION\n1 0\n2 0\n3 0.5\n4 1\nVEHICLES_DEPOT_SECTION\n1 1\n2 2\n\
        VEHICLES_ALLOWED_CLIENTS_SECTION\n1 3 4\n2 4\nDEPOT_SECTION\n1\n2\n-1\nEOF\n";

    #[test]
    fn depots_fleets_and_decimals_are_read() {
        let problem = read(MIXED).unwrap();
        assert_eq!(problem.distance[..4], [0, 1500, 5000, 250]);
        assert_eq!(problem.jobs.len(), 2);
        assert_eq!(problem.jobs[0].windows, [(1000, 2500)]);
        assert_eq!((problem.jobs[0].service, problem.jobs[0].place), (500, 2));
        assert_eq!(problem.jobs[0].vehicles, Some(vec![0]));
        assert_eq!(problem.jobs[1].vehicles, Some(vec![0, 1]));
        let second = &problem.vehicles[1];
        assert_eq!((second.start, second.end, second.shift), (1, 1, (0, 50_000)));
        assert_eq!((second.max_duration, &second.capacity), (Some(9500), &vec![7]));
    }

    #[test]
    fn backhauls_come_last_and_prizes_and_reloads_are_read() {
        let text = "TYPE : VRPB\nDIMENSION : 3\nCAPACITY : 9\nNODE_COORD_SECTION\n1 0 0\n2 0 2\n\
            3 0 4\nLINEHAUL_SECTION\n1 0\n2 3\n3 0\nBACKHAUL_SECTION\n1 0\n2 0\n3 4\n";
        let problem = read(text).unwrap();
        let unreachable = |from, to| problem.duration(from, to) >= crate::UNREACHABLE;
        assert!(unreachable(0, 2) && unreachable(2, 1));
        assert!(!unreachable(0, 1) && !unreachable(1, 2) && !unreachable(2, 0));
        let text = "TYPE : PCVRPTW\nDIMENSION : 2\nVEHICLES : 1\nCAPACITY : 9\nNODE_COORD_SECTION\n\
            1 0 0\n2 0 2\nDEMAND_SECTION\n2 1\nPRIZE_SECTION\n2 1.25\n\
            VEHICLES_RELOAD_DEPOT_SECTION\n1 1\n";
        let problem = read(text).unwrap();
        assert_eq!(problem.jobs[0].prize, Some(12));
        assert_eq!(problem.vehicles[0].trips_max, 1);
        let mut twice = problem.clone();
        twice.jobs.push(twice.jobs[0].clone());
        let route =
            crate::VehicleRoute { jobs: vec![0, 1], reloads: vec![1], ..Default::default() };
        let solution = Solution { routes: vec![route], ..Solution::default() };
        assert_eq!(write_sol(&twice, &solution), "Route #1: 1 0 1\nCost 0\n");
    }
}
