//! Vans that say where they are: their place, and when they will be at the doors ahead.

use crate::ctx::Ctx;
use crate::dispatching::document::{Current, RouteState};
use crate::problem::Fault;
use crate::view::{SeenView, StopState, StopView};
use dispatch::{PlannedRoute, PlannedStop};
use domain::Timestamp;
use store::Db;
use store::read::VanSeenRow;

/// A van that was silent for so long may be anywhere.
const SILENT_MS_MAX: i64 = 30 * 60 * 1000;

pub(super) fn seen(
    ctx: &Ctx<'_>,
    db: &Db<'_>,
    state: RouteState,
    van: &str,
) -> Result<Option<VanSeenRow>, Fault> {
    if state != RouteState::OnTheWay {
        return Ok(None);
    }
    let fresh = |seen: &VanSeenRow| ctx.now.0 - seen.at_millis <= SILENT_MS_MAX;
    Ok(db.vans_seen()?.into_iter().find(|seen| seen.van == van).filter(fresh))
}

pub(super) fn view(seen: VanSeenRow) -> SeenView {
    SeenView { lon: seen.place.lon(), lat: seen.place.lat(), at: seen.at_millis }
}

/// Writes the expected arrival into the stops that are still ahead.
pub(super) fn expect(
    now: &Current,
    route: &PlannedRoute,
    seen: &VanSeenRow,
    stops: &mut [StopView],
) {
    let open =
        |id: &str| stops.iter().any(|stop| stop.id == id && stop.state == StopState::OnTheWay);
    let ahead: Vec<PlannedStop> =
        route.stops.iter().filter(|stop| open(&stop.request)).cloned().collect();
    let request = |id: &str| now.doc.input.stops.iter().find(|stop| stop.id == id);
    let Some(first) = ahead.first().and_then(|stop| request(&stop.request)) else { return };
    let (graph, metric) = (&now.town.graph, &now.closed.metric);
    // From a place that no street leads away from there is no time to tell.
    let Ok((drive, _)) = graph.duration_with(metric, seen.place, first.place) else { return };
    let opens = |id: &str| {
        let windows = request(id).map(|stop| stop.windows.iter().map(|window| window.0));
        windows.and_then(Iterator::min)
    };
    let arrivals = dispatch::etas(Timestamp(seen.at_millis), drive, &ahead, opens);
    for (stop, at) in ahead.iter().zip(arrivals) {
        if let Some(shown) = stops.iter_mut().find(|shown| shown.id == stop.request) {
            shown.eta = Some(at.0);
        }
    }
}
