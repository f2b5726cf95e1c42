//! What planning has to say, in words.

use crate::ctx::Ctx;
use crate::lang::Lang;
use crate::queries::house::House;
use dispatch::{Broken, Constraint, EditRefusal, PlanInput, Reason, StopRequest};
use domain::money::decimal;

/// Minutes of a duration in seconds, a begun one counted whole.
fn minutes(seconds: i64) -> i64 {
    -(-seconds).div_euclid(60)
}

/// "+4" or "-2", a begun minute counted whole.
pub(crate) fn signed_minutes(seconds: i64) -> String {
    format!("{:+}", seconds.signum() * minutes(seconds.abs()))
}

pub(crate) fn van_name(input: &PlanInput, id: &str) -> String {
    let van = input.vans.iter().find(|van| van.id == id);
    van.map_or_else(|| id.to_owned(), |van| van.name.clone())
}

pub(crate) fn money(house: &House, minor: i64) -> String {
    format!("{} {}", decimal(minor), house.currency)
}

fn kilograms(grams: i64) -> String {
    format!("{}.{} kg", grams / 1000, grams % 1000 / 100)
}

pub(crate) fn broken(ctx: &Ctx<'_>, input: &PlanInput, van: &str, what: &Broken) -> String {
    let lang = ctx.lang;
    let stop = what.stop.as_ref().and_then(|id| input.stops.iter().find(|stop| stop.id == *id));
    let who = stop.map_or("", |stop| stop.name.as_str());
    let by = what.by;
    match what.constraint {
        Constraint::Weight => lang.pick(
            format!("{} too heavy for the van", kilograms(by)),
            format!("超载 {}", kilograms(by)),
        ),
        Constraint::Volume => lang.pick(
            format!("{} liters more than the van holds", (by + 999) / 1000),
            format!("超出容积 {} 升", (by + 999) / 1000),
        ),
        Constraint::Pieces => lang
            .pick(format!("{by} pieces more than the van takes"), format!("超出件数上限 {by} 件")),
        Constraint::TimeWindow => late(ctx, stop, who, by),
        Constraint::ShiftEnd => {
            let end = input.vans.iter().find(|v| v.id == van).map(|v| ctx.zone.clock(v.shift.1));
            let end = end.unwrap_or_default();
            let late = minutes(by);
            lang.pick(
                format!("the van returns {late} min after the shift ends at {end}"),
                format!("回仓晚于 {end} 下班时间 {late} 分钟"),
            )
        }
        Constraint::MaxStops => lang.pick(
            format!("{by} stops more than the van may have"),
            format!("超出站点上限 {by} 个"),
        ),
        Constraint::Unreachable => {
            lang.pick(format!("no road leads to {who}"), format!("没有道路可到达 {who}"))
        }
        Constraint::Locked => lang.say("the stop or its route is locked", "站点或线路已锁定"),
        Constraint::Break => lang.say("no time for the driver's break", "司机没有休息时间"),
        Constraint::MaxDuration => lang.pick(
            format!("{} min longer than the van may be out", minutes(by)),
            format!("超出最长出车时间 {} 分钟", minutes(by)),
        ),
        Constraint::MaxDistance => lang.pick(
            format!("{by} m farther than the van may drive"),
            format!("超出最长行驶里程 {by} 米"),
        ),
        Constraint::Skill => lang.pick(
            format!("the van is not equipped for {who}"),
            format!("车辆不具备 {who} 所需条件"),
        ),
        Constraint::Order => lang
            .pick(format!("{who}: delivered before it is collected"), format!("{who}：先送后取")),
        Constraint::NotOnBoard => lang.pick(
            format!("{who}: the van has left without the goods"),
            format!("{who}：货物未装上已出发的车辆"),
        ),
        Constraint::Driven => lang.say("what is driven cannot be changed", "已行驶部分不能更改"),
    }
}

fn late(ctx: &Ctx<'_>, stop: Option<&StopRequest>, who: &str, by: i64) -> String {
    let last = stop.and_then(|stop| stop.windows.iter().map(|window| window.1).max());
    let closes = last.map(|at| ctx.zone.clock(at)).unwrap_or_default();
    let late = minutes(by);
    ctx.lang.pick(
        format!("{who}: arrives {late} min after the window closes at {closes}"),
        format!("{who}：晚于 {closes} 收货截止 {late} 分钟到达"),
    )
}

pub(crate) fn reason(lang: Lang, reason: Reason) -> String {
    let (en, zh) = match reason {
        Reason::OtherVan => ("locked to another van", "已锁定到其他车辆"),
        Reason::RouteLocked => ("the route is locked", "线路已锁定"),
        Reason::Unreachable => ("no road leads there", "没有道路可到达"),
        Reason::TooLarge => ("more than the empty van holds", "空车也装不下"),
        Reason::TimeWindow => ("too far to arrive within the window", "无法在时间窗内到达"),
        Reason::Shift => ("the shift ends too early", "班次时间不够"),
        Reason::MaxStops => ("the van has its most stops", "站点数已达上限"),
        Reason::Full => ("the van is full", "车辆已满"),
        Reason::NoTime => ("room, but no time without being late", "有空间，但会造成迟到"),
        Reason::NotYetPlaced => ("fits: plan again or drag it here", "可以安排：请重新规划或拖入"),
        Reason::TakenOff => ("taken off by hand", "已手动移出"),
        Reason::NotEquipped => ("the van is not equipped for it", "车辆不具备所需条件"),
        Reason::TooFar => ("farther than the van may drive", "超出车辆里程或时长上限"),
        Reason::NotOnBoard => ("the van has left without the goods", "货物未装上已出发的车辆"),
        Reason::VanOut => ("the van is out of order", "车辆故障"),
    };
    lang.say(en, zh)
}

/// `(code, what happened, what to do)` of an edit that cannot be made.
pub(crate) fn refusal(lang: Lang, refusal: &EditRefusal) -> (&'static str, String, String) {
    match refusal {
        EditRefusal::UnknownStop(id) => (
            "unknown",
            lang.pick(format!("There is no stop {id}."), format!("没有站点 {id}。")),
            lang.say("Open the day again.", "请重新打开当日线路。"),
        ),
        EditRefusal::UnknownVan(id) => (
            "unknown",
            lang.pick(format!("There is no van {id}."), format!("没有车辆 {id}。")),
            lang.say("Choose a van of the list.", "请选择列表中的车辆。"),
        ),
        EditRefusal::WrongMatrix => (
            "internal",
            lang.say("The travel times are for other stops.", "行车时间与站点不符。"),
            lang.say("Open the day again.", "请重新打开当日线路。"),
        ),
        EditRefusal::RouteLocked(van) => (
            "locked",
            lang.pick(
                format!("The route of van {van} is locked."),
                format!("车辆 {van} 的线路已锁定。"),
            ),
            lang.say("Unlock the route first.", "请先解锁线路。"),
        ),
        EditRefusal::StopLocked(_) => (
            "locked",
            lang.say("The stop is locked to its van.", "该站点已锁定在本车。"),
            lang.say("Unlock the stop first.", "请先解锁该站点。"),
        ),
        EditRefusal::StopDriven(_) => (
            "driven",
            lang.say("The van has driven there already.", "车辆已驶过该站点。"),
            lang.say("Choose a later place on the route.", "请选择线路中更后的位置。"),
        ),
        EditRefusal::NotOnBoard(_) => (
            "not_on_board",
            lang.say("The goods are not in this van.", "货物不在这辆车上。"),
            lang.say("Choose the van that carries them.", "请选择装有该货物的车辆。"),
        ),
        EditRefusal::Breaks(rules) => (
            "breaks",
            lang.pick(
                format!("The move breaks {} rules.", rules.len()),
                format!("该调整违反 {} 条约束。", rules.len()),
            ),
            lang.say("Choose another van or place.", "请选择其他车辆或位置。"),
        ),
    }
}
