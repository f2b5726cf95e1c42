//! The vans and the house's rules for routes, to look at and to change.

use crate::ctx::Ctx;
use crate::dispatching::rules::RouteRules;
use crate::problem::Fault;
use crate::queries::house::house;
use crate::view::Nothing;
use domain::fleet::Van;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Debug, Serialize, TS)]
pub struct FleetView {
    pub vans: Vec<VanRow>,
    pub rules: RouteRules,
    pub currency: String,
}

/// A van as a form fills it in. Minutes count from midnight.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct VanRow {
    pub id: String,
    pub name: String,
    pub driver: String,
    pub plate: String,
    pub max_weight_g: i64,
    pub max_volume_ml: i64,
    pub max_pieces: i64,
    pub shift_start_min: i64,
    pub shift_end_min: i64,
    pub pause: Option<PauseRow>,
    pub stops_max: Option<i64>,
    pub minutes_max: Option<i64>,
    pub meters_max: Option<i64>,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct PauseRow {
    pub earliest_min: i64,
    pub latest_min: i64,
    pub length_min: i64,
}

pub fn run(ctx: &Ctx<'_>, _: Nothing) -> Result<FleetView, Fault> {
    ctx.read(|db| {
        Ok(FleetView {
            vans: db.vans()?.into_iter().map(row).collect(),
            rules: RouteRules::load(&db)?,
            currency: house(&db)?.currency.to_string(),
        })
    })
}

fn row(van: Van) -> VanRow {
    VanRow {
        id: van.id,
        name: van.name,
        driver: van.driver,
        plate: van.plate,
        max_weight_g: van.max_weight.0,
        max_volume_ml: van.max_volume.0,
        max_pieces: van.max_pieces,
        shift_start_min: van.shift_start_min,
        shift_end_min: van.shift_end_min,
        pause: van.duty.pause.map(|pause| PauseRow {
            earliest_min: pause.earliest_min,
            latest_min: pause.latest_min,
            length_min: pause.length_min,
        }),
        stops_max: van.duty.stops_max,
        minutes_max: van.duty.minutes_max,
        meters_max: van.duty.meters_max,
    }
}
