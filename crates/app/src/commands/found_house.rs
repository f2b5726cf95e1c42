//! The first thing in an empty book: the house, its shelves, and the person who runs it.

use crate::commands::save_person::hashed;
use crate::ctx::{Ctx, Done};
use crate::problem::Fault;
use crate::zones;
use domain::person::{Person, Role};
use domain::{Body, Currency, PersonId};
use serde::Deserialize;
use ts_rs::TS;
use warehouse::layout::{self, Shelves};

#[derive(Debug, Deserialize, TS)]
pub struct FoundArgs {
    pub warehouse: String,
    pub site: String,
    /// Three letters; it cannot be changed once there are prices.
    pub currency: String,
    /// A name of the tz database, such as `Asia/Shanghai`: the site's days follow its clock.
    pub time_zone: String,
    /// Who may do everything, and lets the others in.
    pub person: String,
    pub pin: String,
    /// Shelves of `aisles` by `bays` by `levels`; with 0 aisles places come from a file.
    pub aisles: u32,
    pub bays: u32,
    pub levels: u32,
    pub pick_levels: u32,
}

pub fn run(ctx: &Ctx<'_>, args: FoundArgs) -> Result<Done, Fault> {
    let required = |text: &str, what: &'static str| match text.trim() {
        "" => Err(Fault::invalid(what, ctx.say("may not be empty", "不能为空"))),
        text => Ok(text.to_owned()),
    };
    let warehouse = required(&args.warehouse, "warehouse")?;
    let site = required(&args.site, "site")?;
    let name = required(&args.person, "name")?;
    let currency = Currency::parse(args.currency.trim()).map_err(|_| {
        Fault::invalid("currency", ctx.say("is three letters, such as EUR", "为三个字母，如 CNY"))
    })?;
    zones::named(&args.time_zone).ok_or_else(|| Fault::unknown("time zone", &args.time_zone))?;
    let pin_hash = hashed(ctx, &args.pin)?;
    let shelves = Shelves {
        aisles: args.aisles,
        bays: args.bays,
        levels: args.levels,
        pick_levels: args.pick_levels,
    };
    let bins = shelves.bins().map_err(|over| {
        let most = over.most;
        Fault::invalid(over.what, ctx.lang.pick(format!("at most {most}"), format!("最多 {most}")))
    })?;
    ctx.done(|w| {
        if ctx.app.is_enrolled() || !w.people()?.is_empty() {
            return Err(Fault::said(
                "founded",
                ctx.say("This house is set up already.", "本仓库已设置。"),
                ctx.say("Sign in.", "请登录。"),
            ));
        }
        let mut bodies = Vec::new();
        let currency = currency.to_string();
        for (name, value) in [
            ("warehouse", &warehouse),
            ("site", &site),
            ("currency", &currency),
            (zones::SETTING, &args.time_zone),
        ] {
            bodies.push(Body::SettingSet { name: name.to_owned(), value: value.clone() });
        }
        bodies.extend(layout::floor().into_iter().chain(bins).map(|bin| Body::BinSet { bin }));
        let person = Person {
            id: PersonId(id_of(&name)),
            name,
            roles: vec![Role::Admin, Role::Supervisor],
            pin_hash,
            active: true,
        };
        bodies.push(Body::PersonSet { person });
        w.record_all(bodies)?;
        Ok(ctx.lang.pick(format!("{warehouse} is set up."), format!("{warehouse} 已设置完成。")))
    })
}

/// `Li Wei` is `li.wei`; signs outside the alphabet stay, ids are for machines.
fn id_of(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(".").to_lowercase()
}
