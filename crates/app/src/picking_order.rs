//! The order in which a wave is walked: the shortest way through the aisles, and along the walking
//! path for what is not on the floor.

use crate::floor_plan::FloorPlan;
use crate::problem::Fault;
use domain::WaveId;
use planning::pick_path;
use std::collections::BTreeMap;
use store::{Db, PickRow};

/// What remains to pick in a wave, in the order of the walk. The walk is that of the whole wave, so
/// that it does not turn around under the picker as bins are done.
pub(crate) fn picks(db: &Db<'_>, wave: WaveId) -> Result<Vec<PickRow>, Fault> {
    let mut picks = db.picks(wave)?;
    if picks.len() > 1 {
        let place = places(&FloorPlan::of(db)?, &db.wave_bins(wave)?);
        // A stable sort: within a bin, and beside the floor, the walking path's order stays.
        picks.sort_by_key(|pick| place.get(pick.allocation.key.location.as_str()).copied());
    }
    Ok(picks)
}

/// Places of bins in the walk; bins that are not on the floor have none and come first.
fn places(plan: &FloorPlan, bins: &[String]) -> BTreeMap<String, usize> {
    let known: Vec<_> = bins.iter().filter_map(|bin| Some((bin, plan.stop(bin)?))).collect();
    let stops: Vec<_> = known.iter().map(|(_, stop)| *stop).collect();
    let path = pick_path(&stops, plan.measures());
    path.order.iter().enumerate().map(|(at, stop)| (known[*stop].0.clone(), at)).collect()
}
