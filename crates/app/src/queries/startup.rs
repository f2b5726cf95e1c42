//! What the window shows before anybody signs in.

use crate::ctx::Ctx;
use crate::problem::{Fault, Problem};
use crate::queries::house::house;
use crate::syncing::LinkState;
use crate::view::{Nothing, PersonRef};
use serde::Serialize;
use ts_rs::TS;

#[derive(Debug, Serialize, TS)]
pub struct StartupView {
    pub ok: bool,
    pub problem: Option<Problem>,
    pub warehouse: String,
    pub site: String,
    pub now: i64,
    pub today: String,
    /// A name of the tz database.
    pub time_zone: String,
    pub currency: String,
    pub version: String,
    pub people: Vec<PersonRef>,
    pub demo_pin: Option<String>,
    /// How a desktop stands that has just asked a server for a place.
    pub link: LinkState,
    pub trouble: String,
}

pub fn run(ctx: &Ctx<'_>, _: Nothing) -> Result<StartupView, Fault> {
    ctx.read(|db| {
        let house = house(&db)?;
        let people = db.people()?;
        let known = ctx.app.link.known().clone();
        Ok(StartupView {
            ok: true,
            problem: None,
            warehouse: house.name,
            site: house.site,
            now: ctx.now.0,
            today: ctx.today().to_string(),
            currency: house.currency.to_string(),
            time_zone: house.time_zone,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            people: people.iter().filter(|p| p.active).map(PersonRef::from).collect(),
            demo_pin: db.setting("demo_pin")?,
            link: known.state,
            trouble: known.trouble,
        })
    })
}
