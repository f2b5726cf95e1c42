//! What the driver takes along.

use crate::ctx::Ctx;
use crate::dispatching::document::{PlanDocument, saved};
use crate::problem::Fault;
use dispatch::ManifestRow;
use domain::OrderId;
use paper::{Document, Manifest, ManifestStop};
use store::Db;

pub(super) fn manifest(ctx: &Ctx<'_>, db: &Db<'_>, van_id: &str) -> Result<Document, Fault> {
    let day = ctx.today();
    let doc: PlanDocument = saved(db, day)?.ok_or_else(|| Fault::unknown("plan", day))?;
    let route = doc.plan.route_of(van_id).ok_or_else(|| Fault::unknown("van", van_id))?;
    let van = db.vans()?.into_iter().find(|van| van.id == van_id);
    let van = van.ok_or_else(|| Fault::unknown("van", van_id))?;
    let rows = dispatch::manifest(&doc.input, route);
    let stops = rows.into_iter().map(|row| stop(ctx, db, row)).collect::<Result<_, _>>()?;
    Ok(Document::Manifest(Manifest {
        number: format!("M-{}-{van_id}", day.to_string().replace('-', "")),
        day: day.to_string(),
        van: format!("{} {}", van.name, van.plate),
        driver: van.driver,
        depot: doc.input.depot.name,
        departs: ctx.zone.clock(route.leaves),
        returns: ctx.zone.clock(route.returns),
        distance_m: route.meters.0,
        stops,
    }))
}

fn stop(ctx: &Ctx<'_>, db: &Db<'_>, row: ManifestRow) -> Result<ManifestStop, Fault> {
    let order = match OrderId::parse(&row.stop) {
        Ok(id) => db.order(id)?,
        Err(_) => None,
    };
    let clock = |at| ctx.zone.clock(at);
    let window = row.window.map(|(from, to)| format!("{}–{}", clock(from), clock(to)));
    let (number, phone, note) =
        order.map_or_else(Default::default, |order| (order.number, order.phone, order.note));
    Ok(ManifestStop {
        no: row.sequence as u32,
        eta: clock(row.arrive),
        window: window.unwrap_or_default(),
        name: row.name,
        address: row.address,
        phone,
        orders: vec![number],
        pieces: u32::try_from(row.pieces).unwrap_or(0),
        weight_g: row.weight.0,
        note,
    })
}
