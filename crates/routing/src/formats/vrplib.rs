//! VRPLIB: CVRP with rounded Euclidean distances, and VRPTW with an explicit matrix (ORTEC).

use super::lines::{Row, rows};
use super::{FormatError, MATRIX_ENTRIES_MAX, matrix, scaled_round, vehicles_for};
use crate::problem::{Job, NUMBER_MAX, Problem, Vehicle};

#[derive(Default)]
struct Raw {
    kind: String,
    explicit: bool,
    dimension: usize,
    capacity: i64,
    vehicles: Option<usize>,
    points: Vec<Option<(i64, i64)>>,
    weights: Vec<i64>,
    demand: Vec<i64>,
    service: Vec<i64>,
    windows: Vec<Option<(i64, i64)>>,
    depots: Vec<i64>,
}

pub(super) fn read(text: &str) -> Result<Problem, FormatError> {
    let mut raw = Raw::default();
    let mut section = String::new();
    for row in rows(text) {
        let word = row.words[0].trim_end_matches(':');
        if word == "EOF" {
            break;
        } else if word.ends_with("_SECTION") {
            section = word.to_owned();
            raw.prepare(&row)?;
        } else if section.is_empty() {
            raw.header(&row)?;
        } else {
            raw.entry(&section, &row)?;
        }
    }
    raw.problem()
}

impl Raw {
    fn header(&mut self, row: &Row) -> Result<(), FormatError> {
        let value = row.words.iter().skip(1).find(|word| **word != ":").copied().unwrap_or("");
        let number = || Row { line: row.line, words: vec![value] }.number(0);
        let count =
            || number().and_then(|n| usize::try_from(n).map_err(|_| row.error("expected a count")));
        match row.words[0].trim_end_matches(':') {
            "TYPE" => self.kind = value.to_owned(),
            "DIMENSION" => self.dimension = count()?,
            "CAPACITY" => self.capacity = number()?,
            "VEHICLES" => self.vehicles = Some(count()?),
            "EDGE_WEIGHT_TYPE" if value == "EUC_2D" => self.explicit = false,
            "EDGE_WEIGHT_TYPE" if value == "EXPLICIT" => self.explicit = true,
            "EDGE_WEIGHT_FORMAT" if value == "FULL_MATRIX" => {}
            "NAME" | "COMMENT" => {}
            other => return Err(FormatError::Unsupported(format!("{other} {value}"))),
        }
        if !matches!(self.kind.as_str(), "" | "CVRP" | "VRPTW") {
            return Err(FormatError::Unsupported(self.kind.clone()));
        }
        Ok(())
    }

    /// Makes room once the number of places is known.
    fn prepare(&mut self, row: &Row) -> Result<(), FormatError> {
        if self.dimension == 0 {
            return Err(row.error("DIMENSION must come before the first section"));
        }
        if self.dimension.saturating_mul(self.dimension) > MATRIX_ENTRIES_MAX {
            return Err(FormatError::Unsupported(format!("{} places", self.dimension)));
        }
        self.points.resize(self.dimension, None);
        self.demand.resize(self.dimension, 0);
        self.service.resize(self.dimension, 0);
        self.windows.resize(self.dimension, None);
        Ok(())
    }

    fn entry(&mut self, section: &str, row: &Row) -> Result<(), FormatError> {
        if section == "EDGE_WEIGHT_SECTION" {
            self.weights.extend(row.numbers()?);
            return Ok(());
        }
        if section == "DEPOT_SECTION" {
            self.depots.push(row.number(0)?);
            return Ok(());
        }
        let columns = match section {
            "NODE_COORD_SECTION" | "TIME_WINDOW_SECTION" => 3,
            "DEMAND_SECTION" | "SERVICE_TIME_SECTION" => 2,
            other => return Err(FormatError::Unsupported(other.to_owned())),
        };
        let numbers = row.exactly(columns)?;
        let node = usize::try_from(numbers[0])
            .ok()
            .and_then(|number| number.checked_sub(1))
            .filter(|&node| node < self.dimension)
            .ok_or_else(|| row.error(format!("there is no node {}", numbers[0])))?;
        match section {
            "NODE_COORD_SECTION" => self.points[node] = Some((numbers[1], numbers[2])),
            "TIME_WINDOW_SECTION" => self.windows[node] = Some((numbers[1], numbers[2])),
            "DEMAND_SECTION" => self.demand[node] = numbers[1],
            _ => self.service[node] = numbers[1],
        }
        Ok(())
    }

    fn problem(self) -> Result<Problem, FormatError> {
        let size = self.dimension;
        if size < 2 || self.points.is_empty() {
            return Err(FormatError::Missing("the places"));
        }
        if self.depots.first() != Some(&1) || self.depots.iter().filter(|&&d| d > 0).count() != 1 {
            return Err(FormatError::Unsupported("a depot other than node 1".to_owned()));
        }
        let distance = if self.explicit {
            if self.weights.len() != size * size {
                return Err(FormatError::Missing("the last entry of EDGE_WEIGHT_SECTION"));
            }
            self.weights
        } else {
            let points: Option<Vec<(i64, i64)>> = self.points.iter().copied().collect();
            let points = points.ok_or(FormatError::Missing("the last coordinates"))?;
            matrix(&points, |dx, dy| scaled_round(dx, dy, 1))?
        };
        let jobs: Vec<Job> = (1..size)
            .map(|place| Job {
                place,
                delivery: vec![self.demand[place]],
                windows: self.windows[place].into_iter().collect(),
                service: self.service[place],
                ..Job::default()
            })
            .collect();
        let vehicle = Vehicle {
            start: 0,
            end: 0,
            capacity: vec![self.capacity],
            shift: self.windows[0].unwrap_or((0, NUMBER_MAX)),
            fixed_cost: 0,
            cost_per_distance: 1,
            cost_per_duration: 0,
            max_duration: None,
            max_distance: None,
            max_stops: None,
            skills: 0,
        };
        let load = self.demand.iter().sum();
        let count = self.vehicles.unwrap_or_else(|| vehicles_for(load, self.capacity, jobs.len()));
        let vehicles = vec![vehicle; count.min(jobs.len())];
        let duration = distance.clone();
        Ok(Problem { size, duration, distance, vehicles, jobs, pairs: Vec::new() })
    }
}
