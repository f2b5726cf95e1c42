//! Li and Lim's pickup-and-delivery instances: everything times 1000 and rounded; fewer vehicles
//! come before less distance.

use super::lines::{Row, rows};
use super::{FormatError, matrix, scaled_round};
use crate::problem::{Job, Problem, Vehicle};

const SCALE: i64 = 1000;
/// More than any detour saved by another vehicle.
const VEHICLE_COST: i64 = 100_000_000;

pub(super) fn read(text: &str) -> Result<Problem, FormatError> {
    let mut rows = rows(text);
    let first = rows.next().ok_or(FormatError::Missing("the fleet"))?;
    let fleet = first.exactly(3)?;
    let mut points = Vec::new();
    let mut jobs = Vec::new();
    let mut partners: Vec<(Row, i64)> = Vec::new();
    let mut hours = (0, 0);
    for row in rows {
        let numbers = row.exactly(9)?;
        if numbers[0] != points.len() as i64 {
            return Err(row.error(format!("expected task {}", points.len())));
        }
        if numbers[4..7].iter().any(|&number| number < 0) || numbers[4] > numbers[5] {
            return Err(row.error("a window or service time makes no sense"));
        }
        let window = (numbers[4] * SCALE, numbers[5] * SCALE);
        if points.is_empty() {
            hours = window;
        } else {
            let (pickup, delivery) = (numbers[3].max(0), (-numbers[3]).max(0));
            jobs.push(Job {
                place: points.len(),
                delivery: vec![delivery],
                pickup: vec![pickup],
                windows: vec![window],
                service: numbers[6] * SCALE,
                ..Job::default()
            });
            // Column 9 is the delivery of this pickup; a delivery has 0 there.
            partners.push((row, numbers[8]));
        }
        points.push((numbers[1], numbers[2]));
    }
    let mut pairs = Vec::new();
    for (job, (row, partner)) in partners.iter().enumerate() {
        if *partner != 0 {
            let found = usize::try_from(*partner - 1).ok().filter(|&other| other < jobs.len());
            let other = found.ok_or_else(|| row.error("its delivery does not exist"))?;
            pairs.push((job, other));
        }
    }
    if jobs.is_empty() {
        return Err(FormatError::Missing("the tasks"));
    }
    let distance = matrix(&points, |dx, dy| scaled_round(dx, dy, SCALE))?;
    let vehicle = Vehicle {
        start: 0,
        end: 0,
        capacity: vec![fleet[1]],
        shift: hours,
        fixed_cost: VEHICLE_COST,
        cost_per_distance: 1,
        ..Vehicle::default()
    };
    let vehicles = vec![vehicle; (fleet[0].max(0) as usize).min(jobs.len())];
    let duration = distance.clone();
    Ok(Problem { size: points.len(), duration, distance, vehicles, jobs, pairs })
}
