//! Sign in with a PIN.

use crate::ctx::Ctx;
use crate::problem::Fault;
use crate::registry;
use crate::session::pin_matches;
use crate::view::PersonRef;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Debug, Deserialize, TS)]
pub struct SignInArgs {
    pub person_id: String,
    pub pin: String,
}

#[derive(Debug, Serialize, TS)]
pub struct SessionView {
    pub token: String,
    pub person: PersonRef,
    pub allowed: Vec<&'static str>,
}

pub fn run(ctx: &Ctx<'_>, args: SignInArgs) -> Result<SessionView, Fault> {
    let person = ctx.read(|db| Ok(db.person(&args.person_id)?))?;
    let person = person.filter(|p| p.active && pin_matches(p, &args.pin)).ok_or_else(|| {
        Fault::said(
            "wrong_pin",
            ctx.say("That PIN is not right.", "PIN 不正确。"),
            ctx.say("Try again, or ask an admin to set a new one.", "请重试，或请管理员重设。"),
        )
    })?;
    let edge = ctx.app.edge();
    let token = format!("{:016x}{:016x}", edge.random(), edge.random());
    ctx.app.sessions.open(token.clone(), person.id.0.clone());
    let person_ref = PersonRef::from(&person);
    let signed_in = Ctx {
        app: ctx.app,
        lang: ctx.lang,
        now: ctx.now,
        zone: ctx.zone.clone(),
        token: "",
        person: Some(person),
        authority: ctx.authority,
    };
    Ok(SessionView { token, person: person_ref, allowed: registry::allowed(&signed_in) })
}
