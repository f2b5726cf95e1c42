//! Add a person, or change roles, name or PIN.

use crate::ctx::{Ctx, Done};
use crate::problem::Fault;
use crate::session::hash_pin;
use crate::view::mirror;
use domain::person::{Person, Role};
use domain::{Body, PersonId};
use serde::Deserialize;
use ts_rs::TS;

/// Shorter ones are guessed by watching once.
const PIN_DIGITS_MIN: usize = 4;

#[derive(Debug, Deserialize, TS)]
pub struct PersonArgs {
    pub id: String,
    pub name: String,
    #[ts(as = "Vec<mirror::Role>")]
    pub roles: Vec<Role>,
    /// Empty keeps the old one.
    pub pin: String,
    pub active: bool,
}

pub fn run(ctx: &Ctx<'_>, args: PersonArgs) -> Result<Done, Fault> {
    let (id, name) = (args.id.trim().to_owned(), args.name.trim().to_owned());
    if id.is_empty() || name.is_empty() {
        return Err(Fault::invalid("name", ctx.say("may not be empty", "不能为空")));
    }
    let known = ctx.read(|db| Ok(db.person(&id)?))?;
    let pin_hash = match (args.pin.is_empty(), known) {
        (true, Some(person)) => person.pin_hash,
        (true, None) => {
            return Err(Fault::invalid("PIN", ctx.say("a new person needs one", "新人员需要设置")));
        }
        (false, _) => hashed(ctx, &args.pin)?,
    };
    ctx.done(|w| {
        refuse_last_admin(ctx, w, &id, &args)?;
        let message = ctx.lang.pick(format!("{name} saved."), format!("已保存{name}。"));
        let id = PersonId(id.clone());
        let person = Person { id, name, roles: args.roles.clone(), pin_hash, active: args.active };
        w.record(Body::PersonSet { person })?;
        Ok(message)
    })
}

pub(crate) fn hashed(ctx: &Ctx<'_>, pin: &str) -> Result<String, Fault> {
    if pin.len() < PIN_DIGITS_MIN || !pin.chars().all(|digit| digit.is_ascii_digit()) {
        return Err(Fault::invalid("PIN", ctx.say("at least 4 digits", "至少 4 位数字")));
    }
    let edge = ctx.app.edge();
    hash_pin(pin, [edge.random(), edge.random()])
        .ok_or_else(|| Fault::invalid("PIN", ctx.say("cannot be hashed", "无法保存")))
}

/// Without an admin nobody could ever change a role again.
fn refuse_last_admin(
    ctx: &Ctx<'_>,
    db: &store::Db<'_>,
    id: &str,
    args: &PersonArgs,
) -> Result<(), Fault> {
    let is_admin = |person: &Person| person.active && person.roles.contains(&Role::Admin);
    let people = db.people()?;
    let was = people.iter().any(|person| person.id.0 == id && is_admin(person));
    let other = people.iter().any(|person| person.id.0 != id && is_admin(person));
    let stays = args.active && args.roles.contains(&Role::Admin);
    if was && !other && !stays {
        return Err(Fault::said(
            "last_admin",
            ctx.say("This is the only admin.", "这是唯一的管理员。"),
            ctx.say("Make somebody else admin first.", "请先指定另一位管理员。"),
        ));
    }
    Ok(())
}
