//! The vehicles of a VRPLIB file.

use super::Raw;
use crate::formats::{FormatError, vehicles_for};
use crate::problem::{Job, NUMBER_MAX, Vehicle};

/// Vehicles that a file may name; more would be a mistake.
const VEHICLES_MAX: usize = 100_000;

impl Raw<'_> {
    pub(super) fn vehicles(&self, jobs: &[Job]) -> Result<Vec<Vehicle>, FormatError> {
        let capacity = self.header_row("CAPACITY").map(|row| row.number(0)).transpose()?;
        let load: i64 = jobs.iter().flat_map(|job| job.delivery.first()).sum();
        let own = ["CAPACITY", "VEHICLES_DEPOT", "VEHICLES_ALLOWED_CLIENTS", "VEHICLES_FIXED_COST"]
            .iter()
            .any(|name| self.has(&format!("{name}_SECTION")));
        let count = match self.header_row("VEHICLES").map(|row| row.count(0)).transpose()? {
            Some(count) if own => count.min(VEHICLES_MAX),
            Some(count) => count.min(jobs.len()),
            None => vehicles_for(load, capacity.unwrap_or(load), jobs.len()),
        };
        let capacities =
            self.column("CAPACITY_SECTION", count, capacity.unwrap_or(load), |row| row.number(1))?;
        let depots = self.column("VEHICLES_DEPOT_SECTION", count, 1, |row| row.count(1))?;
        let unlimited = self.header_row("VEHICLES_MAX_DURATION");
        let most = unlimited.map(|row| row.thousandths(0)).transpose()?;
        let most = most.map(|most| self.rounding.of(most));
        let durations = self.column("VEHICLES_MAX_DURATION_SECTION", count, most, |row| {
            Ok(Some(self.rounding.of(row.thousandths(1)?)))
        })?;
        let fixed = self.column("VEHICLES_FIXED_COST_SECTION", count, 0, |row| {
            Ok(self.rounding.of(row.thousandths(1)?))
        })?;
        let unit =
            self.column("VEHICLES_UNIT_DISTANCE_COST_SECTION", count, 1, |row| row.number(1))?;
        let reloads = self
            .column("VEHICLES_RELOAD_DEPOT_SECTION", count, false, |row| Ok(row.words.len() > 1))?;
        let hours = self.windows()?;
        (0..count)
            .map(|index| {
                let depot = depots[index].checked_sub(1).filter(|&depot| depot < self.depots);
                let depot = depot.ok_or(FormatError::Missing("the depot of a vehicle"))?;
                Ok(Vehicle {
                    start: depot,
                    end: depot,
                    capacity: vec![capacities[index]],
                    shift: hours[depot].unwrap_or((0, NUMBER_MAX)),
                    fixed_cost: fixed[index],
                    cost_per_distance: unit[index],
                    max_duration: durations[index],
                    trips_max: if reloads[index] { jobs.len().max(1) } else { 1 },
                    ..Vehicle::default()
                })
            })
            .collect()
    }

    /// Which vehicles may serve each client, where the file says so.
    pub(super) fn allow(
        &self,
        mut jobs: Vec<Job>,
        vehicles: usize,
    ) -> Result<Vec<Job>, FormatError> {
        if !self.has("VEHICLES_ALLOWED_CLIENTS_SECTION") {
            return Ok(jobs);
        }
        let clients =
            self.column("VEHICLES_ALLOWED_CLIENTS_SECTION", vehicles, Vec::new(), |row| {
                (1..row.words.len()).map(|index| row.count(index)).collect()
            })?;
        jobs.iter_mut().for_each(|job| job.vehicles = Some(Vec::new()));
        for (vehicle, clients) in clients.iter().enumerate() {
            for &client in clients {
                let job = client.checked_sub(1 + self.depots).and_then(|job| jobs.get_mut(job));
                if let Some(allowed) = job.and_then(|job| job.vehicles.as_mut()) {
                    allowed.push(vehicle);
                }
            }
        }
        Ok(jobs)
    }
}
