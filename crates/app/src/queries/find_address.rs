//! Places on the map for an address in words.

use crate::ctx::Ctx;
use crate::problem::Fault;
use crate::view::AddressView;
use roads::addresses::{Found, Precision};
use serde::Deserialize;
use ts_rs::TS;

/// As many as one reads at a glance.
const ANSWERS_MAX: usize = 6;

#[derive(Debug, Deserialize, TS)]
pub struct FindAddressArgs {
    pub text: String,
}

pub fn run(ctx: &Ctx<'_>, args: FindAddressArgs) -> Result<Vec<AddressView>, Fault> {
    let addresses = ctx.app.planner.addresses(ctx.app.dir(), ctx.lang)?;
    let found = addresses.find(&args.text, ANSWERS_MAX);
    Ok(found.into_iter().map(|one| view(ctx, one)).collect())
}

fn view(ctx: &Ctx<'_>, found: Found) -> AddressView {
    let precision = match found.precision {
        Precision::House => ctx.say("this house", "精确到门牌"),
        Precision::Near => ctx.say("between its neighbors", "邻近门牌推算"),
        Precision::Street => ctx.say("only the street", "仅到街道"),
    };
    let (lon, lat) = (found.place.lon(), found.place.lat());
    AddressView { label: found.label, lon, lat, precision, sure: found.is_sure }
}
