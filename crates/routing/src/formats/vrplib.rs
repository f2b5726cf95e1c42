//! VRPLIB and what others have added to it: windows, several depots, mixed fleets, prizes,
//! backhauls, allowed clients, releases and reloads. Depots come first, clients after them.

mod fleet;

use super::lines::{Row, rows};
use super::{FormatError, MATRIX_ENTRIES_MAX, matrix, scaled_floor};
use crate::problem::{Job, Problem, UNREACHABLE};
use std::collections::BTreeMap;

/// How published costs of a kind of problem are made whole numbers.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rounding {
    /// To the nearest.
    Whole,
    /// Times ten, the rest cut off.
    Tenths,
    /// Times a thousand, to the nearest.
    Thousandths,
}

impl Rounding {
    /// A number given in thousandths.
    fn of(self, thousandths: i64) -> i64 {
        match self {
            Rounding::Whole => (thousandths + 500).div_euclid(1000),
            Rounding::Tenths => thousandths.div_euclid(100),
            Rounding::Thousandths => thousandths,
        }
    }

    /// The length of a line between points given in thousandths.
    fn length(self, dx: i64, dy: i64) -> i64 {
        match self {
            Rounding::Whole => (scaled_floor(dx, dy, 2) + 1000) / 2000,
            Rounding::Tenths => scaled_floor(dx, dy, 1) / 100,
            Rounding::Thousandths => (scaled_floor(dx, dy, 2) + 1) / 2,
        }
    }
}

/// Headers and sections as they stand in the file.
struct Raw<'t> {
    headers: BTreeMap<&'t str, (Row<'t>, &'t str)>,
    sections: BTreeMap<&'t str, Vec<Row<'t>>>,
    dimension: usize,
    depots: usize,
    rounding: Rounding,
}

/// What headers may say; anything else might change the problem.
const HEADERS: [&str; 11] = [
    "NAME",
    "COMMENT",
    "TYPE",
    "DIMENSION",
    "CAPACITY",
    "VEHICLES",
    "EDGE_WEIGHT_TYPE",
    "EDGE_WEIGHT_FORMAT",
    "SERVICE_TIME",
    "VEHICLES_MAX_DURATION",
    "DISTANCE_UNIT",
];

pub(super) fn read(text: &str) -> Result<Problem, FormatError> {
    let raw = Raw::read(text)?;
    let (distance, duration) = raw.matrices()?;
    let jobs = raw.jobs()?;
    let vehicles = raw.vehicles(&jobs)?;
    let jobs = raw.allow(jobs, vehicles.len())?;
    Ok(Problem { size: raw.dimension, duration, distance, vehicles, jobs, pairs: Vec::new() })
}

impl<'t> Raw<'t> {
    fn read(text: &'t str) -> Result<Raw<'t>, FormatError> {
        let mut raw = Raw {
            headers: BTreeMap::new(),
            sections: BTreeMap::new(),
            dimension: 0,
            depots: 0,
            rounding: Rounding::Whole,
        };
        let mut section = "";
        for row in rows(text) {
            let word = row.words[0].trim_end_matches(':');
            if word == "EOF" {
                break;
            } else if word.ends_with("_SECTION") {
                section = word;
                raw.sections.insert(section, Vec::new());
            } else if section.is_empty() || HEADERS.contains(&word) {
                section = "";
                raw.header(word, row)?;
            } else if let Some(rows) = raw.sections.get_mut(section) {
                rows.push(row);
            }
        }
        raw.settle()?;
        Ok(raw)
    }

    fn header(&mut self, name: &'t str, row: Row<'t>) -> Result<(), FormatError> {
        let value = row.words.iter().skip(1).find(|word| **word != ":").copied().unwrap_or("");
        if !HEADERS.contains(&name) {
            return Err(FormatError::Unsupported(format!("{name} {value}")));
        }
        if name == "DIMENSION" {
            self.dimension = row.with(value).count(0)?;
        }
        self.headers.insert(name, (row, value));
        Ok(())
    }

    /// What must be known before any section makes sense.
    fn settle(&mut self) -> Result<(), FormatError> {
        let explicit = match self.text("EDGE_WEIGHT_TYPE") {
            "EXPLICIT" => true,
            "EUC_2D" | "" => false,
            other => return Err(FormatError::Unsupported(format!("EDGE_WEIGHT_TYPE {other}"))),
        };
        self.rounding = match self.text("TYPE") {
            "CVRP" | "VRPB" | "" => Rounding::Whole,
            _ if explicit => Rounding::Whole,
            "VRPTW" | "PCVRPTW" | "MTVRPTWR" => Rounding::Tenths,
            "MDVRP" | "MDVRPTW" | "SDVRPTW" | "HFVRP" => Rounding::Thousandths,
            other => return Err(FormatError::Unsupported(other.to_owned())),
        };
        if self.dimension < 2 {
            return Err(FormatError::Missing("the places"));
        }
        if self.dimension.saturating_mul(self.dimension) > MATRIX_ENTRIES_MAX {
            return Err(FormatError::Unsupported(format!("{} places", self.dimension)));
        }
        let mut depots = Vec::new();
        for row in self.rows("DEPOT_SECTION") {
            depots.push(row.number(0)?);
        }
        depots.retain(|&depot| depot > 0);
        self.depots = depots.len().max(1);
        if depots.iter().enumerate().any(|(index, &depot)| depot != index as i64 + 1) {
            return Err(FormatError::Unsupported("depots that are not the first nodes".to_owned()));
        }
        Ok(())
    }

    fn text(&self, header: &str) -> &'t str {
        self.headers.get(header).map_or("", |(_, value)| value)
    }

    fn header_row(&self, header: &str) -> Option<Row<'t>> {
        self.headers.get(header).map(|(row, value)| row.with(value))
    }

    fn rows(&self, section: &str) -> &[Row<'t>] {
        self.sections.get(section).map_or(&[], Vec::as_slice)
    }

    fn has(&self, section: &str) -> bool {
        self.sections.contains_key(section)
    }

    /// A section of numbered rows: `convert` gets each, the answer is by node or vehicle from 0.
    fn column<T: Clone>(
        &self,
        section: &str,
        count: usize,
        missing: T,
        convert: impl Fn(&Row) -> Result<T, FormatError>,
    ) -> Result<Vec<T>, FormatError> {
        let mut values = vec![missing; count];
        for row in self.rows(section) {
            let number = row.count(0)?;
            let slot = number.checked_sub(1).and_then(|index| values.get_mut(index));
            *slot.ok_or_else(|| row.error(format!("there is no number {number}")))? = convert(row)?;
        }
        Ok(values)
    }

    /// A column of times or prices.
    fn scaled(&self, section: &str) -> Result<Vec<i64>, FormatError> {
        self.column(section, self.dimension, 0, |row| Ok(self.rounding.of(row.thousandths(1)?)))
    }

    fn windows(&self) -> Result<Vec<Option<(i64, i64)>>, FormatError> {
        self.column("TIME_WINDOW_SECTION", self.dimension, None, |row| {
            let window = |column| row.thousandths(column).map(|number| self.rounding.of(number));
            Ok(Some((window(1)?, window(2)?)))
        })
    }

    /// Distances and driving times.
    fn matrices(&self) -> Result<(Vec<i64>, Vec<i64>), FormatError> {
        let size = self.dimension;
        let distance = if self.text("EDGE_WEIGHT_TYPE") == "EXPLICIT" {
            let mut weights = Vec::with_capacity(size * size);
            for row in self.rows("EDGE_WEIGHT_SECTION") {
                weights.extend(row.numbers()?);
            }
            if weights.len() != size * size {
                return Err(FormatError::Missing("the last entry of EDGE_WEIGHT_SECTION"));
            }
            weights
        } else {
            let points = self.column("NODE_COORD_SECTION", size, None, |row| {
                Ok(Some((row.thousandths(1)?, row.thousandths(2)?)))
            })?;
            let points: Option<Vec<(i64, i64)>> = points.into_iter().collect();
            let points = points.ok_or(FormatError::Missing("the last coordinates"))?;
            matrix(&points, |dx, dy| self.rounding.length(dx, dy))?
        };
        let mut duration = distance.clone();
        if self.has("BACKHAUL_SECTION") {
            // What is collected comes after all that is delivered, and never first.
            let backhaul = self.column("BACKHAUL_SECTION", size, 0, |row| row.number(1))?;
            let late = |place: usize| backhaul[place] > 0;
            for (cell, drive) in duration.iter_mut().enumerate() {
                let (from, to) = (cell / size, cell % size);
                let starts = from < self.depots && late(to);
                if starts || (late(from) && !late(to) && to >= self.depots) {
                    *drive = UNREACHABLE;
                }
            }
        }
        Ok((distance, duration))
    }

    fn jobs(&self) -> Result<Vec<Job>, FormatError> {
        let whole = |section| self.column(section, self.dimension, 0, |row| row.number(1));
        let delivery =
            whole(if self.has("DEMAND_SECTION") { "DEMAND_SECTION" } else { "LINEHAUL_SECTION" })?;
        let (pickup, windows) = (whole("BACKHAUL_SECTION")?, self.windows()?);
        let (release, prize) =
            (self.scaled("RELEASE_TIME_SECTION")?, self.scaled("PRIZE_SECTION")?);
        let service = match self.header_row("SERVICE_TIME") {
            Some(row) => vec![self.rounding.of(row.thousandths(0)?); self.dimension],
            None => self.scaled("SERVICE_TIME_SECTION")?,
        };
        let job = |place: usize| Job {
            place,
            delivery: vec![delivery[place]],
            pickup: if pickup[place] == 0 { Vec::new() } else { vec![pickup[place]] },
            windows: windows[place].into_iter().collect(),
            service: service[place],
            prize: (prize[place] > 0).then_some(prize[place]),
            release: release[place],
            ..Job::default()
        };
        Ok((self.depots..self.dimension).map(job).collect())
    }
}
