//! What a time window costs, what one more van would save, what a later end is worth.

use crate::ctx::Ctx;
use crate::dispatching::document::current;
use crate::dispatching::standing::held;
use crate::dispatching::words;
use crate::problem::Fault;
use crate::queries::house::house;
use crate::view::WhatIfView;
use dispatch::Question;
use serde::Deserialize;
use ts_rs::TS;

/// Both searches begin at the plan, so a short one tells what the rule is worth.
const ITERATIONS: u64 = 4_000;

#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "what")]
pub enum WhatIfArgs {
    AnyTime { stop_id: String },
    OneMoreVan { like: String },
    LaterEnd { van_id: String, minutes: i64 },
}

pub fn run(ctx: &Ctx<'_>, args: WhatIfArgs) -> Result<WhatIfView, Fault> {
    let (now, house) = ctx.read(|db| Ok((current(ctx, &db)?, house(&db)?)))?;
    let doc = held(&now.doc);
    let question = question(&doc.input, args)?;
    let answer =
        dispatch::what_if(&doc.input, &now.travel(ctx), &doc.plan, &question, (1, ITERATIONS))
            .map_err(|error| Fault::invalid("plan", error))?;
    let (cost, more) = (words::money(&house, answer.saved_minor), gained(&answer));
    let mut text = match &question {
        _ if answer.saved_minor <= 0 && more <= 0 => {
            ctx.say("Today that would change nothing.", "对当日没有影响。")
        }
        Question::AnyTime { .. } => ctx.lang.pick(
            format!("Without its time window the day costs {cost} less."),
            format!("若不限时间窗，当日可节省 {cost}。"),
        ),
        Question::OneMoreVan { .. } => ctx.lang.pick(
            format!("One more van like this saves {cost}."),
            format!("增加一辆同型车可节省 {cost}。"),
        ),
        Question::LaterEnd { minutes, .. } => ctx.lang.pick(
            format!("A shift of {minutes} min more saves {cost}."),
            format!("班次延长 {minutes} 分钟可节省 {cost}。"),
        ),
    };
    if more > 0 {
        text += &ctx
            .lang
            .pick(format!(" {more} more stops fit."), format!(" 可多安排 {more} 个站点。"));
    }
    Ok(WhatIfView { text, saved: house.money(answer.saved_minor) })
}

fn gained(answer: &dispatch::Answer) -> i64 {
    answer.without.unplanned as i64 - answer.with.unplanned as i64
}

fn question(input: &dispatch::PlanInput, args: WhatIfArgs) -> Result<Question, Fault> {
    let van = |id: String| {
        let known = input.vans.iter().any(|van| van.id == id);
        if known { Ok(id) } else { Err(Fault::unknown("van", id)) }
    };
    Ok(match args {
        WhatIfArgs::AnyTime { stop_id } => {
            if !input.stops.iter().any(|stop| stop.id == stop_id) {
                return Err(Fault::unknown("stop", stop_id));
            }
            Question::AnyTime { stop: stop_id }
        }
        WhatIfArgs::OneMoreVan { like } => Question::OneMoreVan { like: van(like)? },
        WhatIfArgs::LaterEnd { van_id, minutes } => {
            Question::LaterEnd { van: van(van_id)?, minutes }
        }
    })
}
