//! Add a van, or change its room, shift, break and limits.

use crate::ctx::{Ctx, Done};
use crate::problem::Fault;
use crate::queries::fleet::VanRow;
use domain::fleet::{Duty, Pause, Van};
use domain::{Body, Grams, LocationCode, Milliliters};

const DAY_MIN: i64 = 24 * 60;

pub fn run(ctx: &Ctx<'_>, args: VanRow) -> Result<Done, Fault> {
    let (id, name) = (args.id.trim().to_uppercase(), args.name.trim().to_owned());
    check(ctx, &id, &name, &args)?;
    ctx.done(|w| {
        let message = ctx.lang.pick(format!("{name} saved."), format!("已保存{name}。"));
        let van = Van {
            id: id.clone(),
            name: name.clone(),
            driver: args.driver.trim().to_owned(),
            plate: args.plate.trim().to_owned(),
            max_weight: Grams(args.max_weight_g),
            max_volume: Milliliters(args.max_volume_ml),
            max_pieces: args.max_pieces,
            shift_start_min: args.shift_start_min,
            shift_end_min: args.shift_end_min,
            duty: Duty {
                pause: args.pause.map(|pause| Pause {
                    earliest_min: pause.earliest_min,
                    latest_min: pause.latest_min,
                    length_min: pause.length_min,
                }),
                stops_max: args.stops_max,
                minutes_max: args.minutes_max,
                meters_max: args.meters_max,
            },
        };
        w.record(Body::VanSet { van })?;
        Ok(message)
    })
}

fn check(ctx: &Ctx<'_>, id: &str, name: &str, van: &VanRow) -> Result<(), Fault> {
    if name.is_empty() {
        return Err(Fault::invalid("name", ctx.say("may not be empty", "不能为空")));
    }
    // Its goods are counted under this code.
    LocationCode::parse(&format!("VAN-{id}")).map_err(|e| Fault::invalid("van", e))?;
    let in_day = |minute: i64| (0..=DAY_MIN).contains(&minute);
    if !in_day(van.shift_start_min)
        || !in_day(van.shift_end_min)
        || van.shift_start_min >= van.shift_end_min
    {
        let problem =
            ctx.say("begins before it ends, within one day", "开始须早于结束，且在同一天内");
        return Err(Fault::invalid("shift", problem));
    }
    let wrong_pause = |pause: &crate::queries::fleet::PauseRow| {
        !in_day(pause.earliest_min)
            || !in_day(pause.latest_min)
            || pause.earliest_min > pause.latest_min
            || pause.length_min <= 0
    };
    if van.pause.as_ref().is_some_and(wrong_pause) {
        let problem =
            ctx.say("needs a window within the day and a length", "需要当天内的时段和时长");
        return Err(Fault::invalid("break", problem));
    }
    let limits = [van.stops_max, van.minutes_max, van.meters_max];
    let numbers = [van.max_weight_g, van.max_volume_ml, van.max_pieces].map(Some);
    if limits.into_iter().chain(numbers).flatten().any(|number| number <= 0) {
        let problem = ctx.say("are more than zero", "必须大于零");
        return Err(Fault::invalid("limits", problem));
    }
    Ok(())
}
