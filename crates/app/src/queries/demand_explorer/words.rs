//! What a history and its forecast say, in words.

use super::series::{DAYS, History};
use super::{EventMark, MixPart, SeasonBar, Step, events, known};
use crate::ctx::Ctx;
use planning::{EventFactors, Method, Outlook, Trend, demand, outcomes};

/// Fewer weeks than this say nothing about a weekday.
const WEEKS_MIN: usize = 8;

/// How each weekday compares with an average day, Monday first.
pub(super) fn season(ctx: &Ctx<'_>, past: &History) -> Vec<SeasonBar> {
    let mut sums = [(0_i64, 0_i64); 7];
    for (at, value) in past.values.iter().enumerate() {
        let weekday = (past.first.0 + at as i32 + 3).rem_euclid(7) as usize;
        if let Some(value) = value {
            sums[weekday] = (sums[weekday].0 + value, sums[weekday].1 + 1);
        }
    }
    let (units, days) = sums.iter().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    if past.values.len() < WEEKS_MIN * 7 || units == 0 || sums.iter().any(|one| one.1 == 0) {
        return Vec::new();
    }
    let names = [
        ("Mon", "周一"),
        ("Tue", "周二"),
        ("Wed", "周三"),
        ("Thu", "周四"),
        ("Fri", "周五"),
        ("Sat", "周六"),
        ("Sun", "周日"),
    ];
    let bar = |((en, zh), (own, count)): ((&str, &str), (i64, i64))| SeasonBar {
        label: ctx.say(en, zh),
        percent: own * days * 100 / (units * count),
    };
    names.into_iter().zip(sums).map(bar).collect()
}

pub(super) fn marks(
    ctx: &Ctx<'_>,
    past: &History,
    step: Step,
    factors: &EventFactors,
) -> Vec<EventMark> {
    let ahead_days = (step.days() * step.ahead()) as i32;
    let span = past.first.0.max(ctx.today().0 - DAYS)..ctx.today().0 + ahead_days;
    let mark = |day: i32| {
        let day = domain::Day(day);
        let event = events::event(day)?;
        let percent = (factors.factor(Some(event)) * 100.0).round() as i64;
        Some(EventMark {
            day: day.to_string(),
            name: events::name(ctx, event),
            ahead: day >= ctx.today(),
            effect: if percent == 100 {
                ctx.say("no effect seen yet", "尚未见影响")
            } else {
                ctx.lang.pick(format!("{percent} % of a usual day"), format!("平日的 {percent}%"))
            },
        })
    };
    span.filter_map(mark).collect()
}

pub(super) fn mix(ctx: &Ctx<'_>, ahead: &Outlook) -> Vec<MixPart> {
    let part = |(method, share): &(Method, f64)| {
        let (name, what) = name(ctx, *method);
        MixPart { name, what, percent: (share * 100.0).round() as i64 }
    };
    ahead.mix.iter().map(part).filter(|part| part.percent > 0).collect()
}

fn name(ctx: &Ctx<'_>, method: Method) -> (String, String) {
    let (name, what) = match method {
        Method::Theta => {
            (("Theta", "Theta 法"), ("the level and half of the trend", "水平加一半趋势"))
        }
        Method::Damped => {
            (("Damped trend", "阻尼趋势"), ("a trend that dies out", "逐渐减弱的趋势"))
        }
        Method::Seasonal => {
            (("Holt-Winters", "Holt-Winters"), ("the season itself, smoothed", "平滑季节"))
        }
        Method::Complex => (
            ("Complex smoothing", "复指数平滑"),
            ("level and error together", "水平与误差同时平滑"),
        ),
        Method::Level => {
            (("Steady level", "平稳水平"), ("as lately, without a trend", "按近期水平，无趋势"))
        }
        Method::Intermittent => (
            ("Now and then", "间歇需求"),
            ("the middle of five methods for rare sales", "五种间歇方法取中值"),
        ),
    };
    (ctx.say(name.0, name.1), ctx.say(what.0, what.1))
}

pub(super) fn words(
    ctx: &Ctx<'_>,
    past: &History,
    values: &[Option<i64>],
    step: Step,
    ahead: Option<&Outlook>,
) -> Vec<String> {
    let Some(ahead) = ahead else {
        return vec![ctx.say(
            "Too little is known to forecast from: nothing was asked for, or nothing was there.",
            "已知数据太少，无法预测：尚无需求，或一直缺货。",
        )];
    };
    let mut words = vec![level(ctx, past)];
    if ahead.intermittent {
        words.push(ctx.say(
            "It sells now and then: sums over weeks say more than single days.",
            "间歇需求：看多日合计比看单日更可靠。",
        ));
    }
    let out = past.values.iter().filter(|value| value.is_none()).count();
    if out > 0 {
        words.push(ctx.lang.pick(
            format!("{out} days out of stock are taken as unknown, not as nothing sold."),
            format!("缺货 {out} 天按未知处理，不视为零需求。"),
        ));
    }
    words.push(error(ctx, values, step));
    words
}

fn level(ctx: &Ctx<'_>, past: &History) -> String {
    let daily: Vec<i64> = past.values.iter().map(|value| value.unwrap_or(0)).collect();
    let found = demand(&daily[daily.len().saturating_sub(90)..]);
    let per_week = found.mean_per_day * 7.0;
    match found.trend {
        Trend::Falling => ctx.lang.pick(
            format!("About {per_week:.1} a week lately, falling."),
            format!("近期每周约 {per_week:.1} 件，呈下降趋势。"),
        ),
        Trend::Steady => ctx.lang.pick(
            format!("About {per_week:.1} a week lately, steady."),
            format!("近期每周约 {per_week:.1} 件，走势平稳。"),
        ),
        Trend::Rising => ctx.lang.pick(
            format!("About {per_week:.1} a week lately, rising."),
            format!("近期每周约 {per_week:.1} 件，呈上升趋势。"),
        ),
    }
}

/// How far off forecasts from the recent past would have been, as a share of what came.
fn error(ctx: &Ctx<'_>, values: &[Option<i64>], step: Step) -> String {
    let periods = match step {
        Step::Daily => 14,
        Step::Weekly => 4,
        Step::Monthly => 2,
    };
    let tried = outcomes(&known(values), step.rhythm(), periods);
    let came: f64 = tried.iter().map(|one| one.actual).sum();
    if tried.is_empty() || came <= 0.0 {
        return ctx.say(
            "The history is too short to try the forecast on its own past.",
            "历史太短，尚无法用过去检验预测。",
        );
    }
    let off: f64 = tried.iter().map(|one| (one.actual - one.expected.mean).abs()).sum();
    let (percent, count) = ((off / came * 100.0).round() as i64, tried.len());
    let days = periods * step.days();
    ctx.lang.pick(
        format!("Tried {count} times on its own past, sums over {days} days were {percent} % off."),
        format!("用过去数据检验 {count} 次，{days} 天合计平均偏差 {percent}%。"),
    )
}
