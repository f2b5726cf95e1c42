//! Streets that nobody drives for now, and what that means for the day's routes.

use crate::ctx::Ctx;
use crate::dispatching::document::Current;
use crate::dispatching::town::TownMap;
use crate::dispatching::words::{self, broken};
use crate::problem::Fault;
use crate::view::{ClosureView, Point};
use dispatch::{Retimed, RouteChange};
use domain::LonLat;
use roads::{Metric, Obstacles, StreetId};
use store::read::ClosureRow;

/// The roads with streets closed.
pub(crate) struct Closed {
    pub streets: Vec<StreetId>,
    pub metric: Metric,
}

impl Closed {
    pub fn of(town: &TownMap, streets: Vec<StreetId>) -> Closed {
        let obstacles = Obstacles { streets: streets.clone(), ..Obstacles::default() };
        let (changes, _) = town.graph.changes(&obstacles);
        Closed { streets, metric: Metric::new(&town.graph, &changes) }
    }
}

/// The streets of closures on the map in use, each once.
pub(crate) fn streets(town: &TownMap, closures: &[ClosureRow]) -> Vec<StreetId> {
    let mut streets: Vec<StreetId> =
        closures.iter().flat_map(|closure| found(town, closure)).collect();
    streets.sort_unstable();
    streets.dedup();
    streets
}

/// By its ids, or where it was drawn if the map is another one now.
fn found(town: &TownMap, closure: &ClosureRow) -> Vec<StreetId> {
    let known = |id: &String| id.parse().ok().filter(|&id| town.graph.street(id).is_ok());
    let by_id: Vec<StreetId> = closure.streets.iter().filter_map(known).collect();
    if by_id.len() == closure.streets.len() {
        return by_id;
    }
    let middle = closure.line.get(closure.line.len() / 2);
    let there = middle.and_then(|&place| town.graph.street_at(place));
    there.map(|street| street.id).into_iter().collect()
}

/// Today's plan with other streets closed than now.
pub(crate) fn retimed(
    ctx: &Ctx<'_>,
    now: &Current,
    streets: Vec<StreetId>,
) -> Result<Retimed, Fault> {
    let closed = Closed::of(&now.town, streets);
    let after = dispatch::travel(&now.doc.input, &now.town.graph, &closed.metric);
    dispatch::retime(&now.doc.input, &now.travel(ctx), &after, &now.doc.plan)
        .map_err(|refusal| crate::dispatching::edit::refused(ctx, &refusal))
}

/// One line for each route that changes.
pub(crate) fn lines(ctx: &Ctx<'_>, now: &Current, retimed: &Retimed) -> Vec<String> {
    retimed.changed.iter().map(|change| line(ctx, now, change)).collect()
}

fn line(ctx: &Ctx<'_>, now: &Current, change: &RouteChange) -> String {
    let input = &now.doc.input;
    let van = words::van_name(input, &change.van);
    let (seconds, meters) = (change.added_seconds.0, change.added_meters.0);
    let mut line = ctx.lang.pick(
        format!("{van}: {} min, {meters:+} m", words::signed_minutes(seconds)),
        format!("{van}：{} 分钟，{meters:+} 米", words::signed_minutes(seconds)),
    );
    for rule in &change.broken {
        line += &ctx.lang.pick("; ".to_owned(), "；".to_owned());
        line += &broken(ctx, input, &change.van, rule);
    }
    line
}

pub(crate) fn closure_view(closure: &ClosureRow) -> ClosureView {
    ClosureView {
        id: closure.id.to_string(),
        name: closure.name.clone(),
        until: closure.until.0,
        reason: closure.reason.clone(),
        points: points(&closure.line),
    }
}

pub(crate) fn points(line: &[LonLat]) -> Vec<Point> {
    line.iter().map(|place| [place.lon(), place.lat()]).collect()
}
