//! Ask a server for a place at one of its sites, with the one-time code that somebody read out.

use crate::ctx::{Ctx, Done};
use crate::problem::Fault;
use crate::syncing::Wish;
use domain::person::Role;
use serde::Deserialize;
use ts_rs::TS;

#[derive(Debug, Deserialize, TS)]
pub struct EnrollArgs {
    /// `https://host`, or `http://host:port` within the house.
    pub url: String,
    pub code: String,
}

pub fn run(ctx: &Ctx<'_>, args: EnrollArgs) -> Result<Done, Fault> {
    // In an empty book there is nobody yet who could be asked; the server brings its people.
    if !ctx.read(|db| Ok(db.people()?.is_empty()))? {
        ctx.allow(&[Role::Supervisor, Role::Admin])?;
    }
    if args.url.trim().is_empty() {
        return Err(Fault::invalid("address", ctx.say("may not be empty", "不能为空")));
    }
    if sync::Code::parse(&args.code).is_none() {
        let problem = ctx.say("is twelve letters and digits", "为 12 位字母和数字");
        return Err(Fault::invalid("code", problem));
    }
    if ctx.app.is_enrolled() {
        return Err(Fault::said(
            "enrolled",
            ctx.say("This desktop belongs to a server already.", "本机已登记到服务器。"),
            ctx.say("Use an empty data folder for another site.", "其他站点请使用新的数据文件夹。"),
        ));
    }
    ctx.app.link.wish(Wish::Enroll { url: args.url, code: args.code });
    Ok(Done {
        message: ctx.say("Asking the server.", "正在联系服务器。"), event_ids: Vec::new()
    })
}
