//! Solomon and Gehring-Homberger text files, in the convention of the DIMACS challenge: distances
//! truncated to one decimal, everything times ten, only the distance counts.

use super::lines::{Row, rows};
use super::{FormatError, matrix, scaled_floor};
use crate::problem::{Job, Problem, Vehicle};

const SCALE: i64 = 10;

pub(super) fn read(text: &str) -> Result<Problem, FormatError> {
    let is_number = |row: &Row| row.words[0].starts_with(|c: char| c.is_ascii_digit());
    let mut rows = rows(text).skip_while(|row| row.words[0] != "VEHICLE").filter(is_number);
    let fleet = rows.next().ok_or(FormatError::Missing("the fleet"))?.exactly(2)?;
    let mut points = Vec::new();
    let mut jobs = Vec::new();
    let mut depot_hours = (0, 0);
    for row in rows {
        let numbers = row.exactly(7)?;
        if numbers[0] != points.len() as i64 {
            return Err(row.error(format!("expected customer {}", points.len())));
        }
        if numbers[3..].iter().any(|&number| number < 0) || numbers[4] > numbers[5] {
            return Err(row.error("a window, demand or service time makes no sense"));
        }
        let window = (numbers[4] * SCALE, numbers[5] * SCALE);
        if points.is_empty() {
            depot_hours = window;
        } else {
            jobs.push(Job {
                place: points.len(),
                delivery: vec![numbers[3]],
                windows: vec![window],
                service: numbers[6] * SCALE,
                ..Job::default()
            });
        }
        points.push((numbers[1], numbers[2]));
    }
    if jobs.is_empty() {
        return Err(FormatError::Missing("the customers"));
    }
    let distance = matrix(&points, |dx, dy| scaled_floor(dx, dy, SCALE))?;
    let vehicle = Vehicle {
        start: 0,
        end: 0,
        capacity: vec![fleet[1]],
        shift: depot_hours,
        fixed_cost: 0,
        cost_per_distance: 1,
        ..Vehicle::default()
    };
    let count = (fleet[0].max(0) as usize).min(jobs.len());
    let vehicles = vec![vehicle; count];
    let duration = distance.clone();
    Ok(Problem { size: points.len(), duration, distance, vehicles, jobs, pairs: Vec::new() })
}
