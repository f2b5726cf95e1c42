//! The day on paper: what came in, what went out, what needs attention.

use crate::ctx::Ctx;
use crate::printing::chart::{Kind, Width, by_day};
use crate::printing::day_of;
use crate::printing::sheets::money_text;
use crate::problem::Fault;
use crate::queries::house::house;
use crate::queries::today::stock_curve;
use domain::Day;
use paper::{Block, Column, DayReport, Document};
use store::Db;
use store::read::{OrderQuery, OrderSort};

const CHART_DAYS: i32 = 30;
/// A page's worth of late orders; the screen has them all.
const LATE_MAX: i64 = 25;

pub(super) fn day_report(ctx: &Ctx<'_>, db: &Db<'_>, ids: &[String]) -> Result<Document, Fault> {
    let day = match ids.first() {
        Some(text) => Day::parse(text).ok_or_else(|| Fault::invalid("day", text))?,
        None => ctx.today(),
    };
    let house = house(db)?;
    let mut blocks = vec![Block::Heading { text: ctx.say("The day in numbers", "当日概况") }];
    blocks.push(numbers(ctx, db, day)?);
    blocks.extend(charts(ctx, db, day)?);
    blocks.extend(late(ctx, db, day)?);
    Ok(Document::DayReport(DayReport {
        title: ctx.say("Day report", "日报"),
        subtitle: format!("{} · {day}", house.name),
        blocks,
    }))
}

fn numbers(ctx: &Ctx<'_>, db: &Db<'_>, day: Day) -> Result<Block, Fault> {
    let house = house(db)?;
    let of_day = |what: &str| -> Result<String, Fault> {
        let days = db.pulse_by_day(what, ctx.days_from(day))?;
        Ok(days.iter().find(|(d, _)| *d == day.0).map_or(0, |(_, qty)| *qty).to_string())
    };
    let placed = db
        .order_counts_by_day(ctx.days_from(day))?
        .iter()
        .find(|(d, _)| *d == day.0)
        .map_or(0, |d| d.1);
    let (units, micros, discrepancies) = db.stock_sums()?;
    let value = house.money_from_micros(micros).minor;
    let rows = [
        (ctx.say("Orders placed", "新订单"), placed.to_string()),
        (ctx.say("Units picked", "拣货件数"), of_day("picked")?),
        (ctx.say("Units shipped", "发货件数"), of_day("shipped")?),
        (ctx.say("Units received", "收货件数"), of_day("received")?),
        (ctx.say("Units on hand", "在库件数"), units.to_string()),
        (ctx.say("Stock value", "库存金额"), money_text(&house, value)),
        (ctx.say("Open discrepancies", "未结差异"), discrepancies.to_string()),
    ];
    Ok(Block::Table {
        caption: String::new(),
        columns: vec![
            Column { title: ctx.say("What", "项目"), numeric: false },
            Column { title: ctx.say("How much", "数值"), numeric: true },
        ],
        rows: rows.into_iter().map(|(what, value)| vec![what, value]).collect(),
    })
}

fn charts(ctx: &Ctx<'_>, db: &Db<'_>, day: Day) -> Result<Vec<Block>, Fault> {
    let first = day.0 - CHART_DAYS + 1;
    let mut orders = db.order_counts_by_day(ctx.days_from(Day(first)))?;
    orders.retain(|(d, _)| (first..=day.0).contains(d));
    let mut stock = stock_curve(ctx, db, Day(first))?;
    stock.retain(|(d, _)| *d <= day.0);
    let drawn = [
        (ctx.say("Orders per day", "每日订单数"), by_day(Kind::Bars, Width::Whole, &orders, first)),
        (ctx.say("Units on hand", "在库件数"), by_day(Kind::Area, Width::Whole, &stock, first)),
    ];
    let chart =
        |(caption, svg): (String, Option<String>)| Some(Block::Chart { caption, svg: svg? });
    Ok(drawn.into_iter().filter_map(chart).collect())
}

fn late(ctx: &Ctx<'_>, db: &Db<'_>, day: Day) -> Result<Vec<Block>, Fault> {
    let query = OrderQuery {
        view: "late",
        search: "",
        now: ctx.zone.start(day.plus(1)).0.min(ctx.now.0),
        sort: OrderSort::Promise,
        descending: false,
        offset: 0,
        limit: LATE_MAX,
    };
    let (heads, total) = db.orders(&query)?;
    if heads.is_empty() {
        let text = ctx.say("No order is late.", "没有逾期订单。");
        return Ok(vec![Block::Paragraph { text }]);
    }
    let column = |en: &str, zh: &str| Column { title: ctx.say(en, zh), numeric: false };
    let rows = heads
        .iter()
        .map(|head| vec![head.number.clone(), head.customer.clone(), day_of(ctx, head.promise_at)]);
    Ok(vec![Block::Table {
        caption: ctx.lang.pick(format!("Late orders: {total}"), format!("逾期订单：{total}")),
        columns: vec![
            column("Order", "订单"),
            column("Customer", "客户"),
            column("Promised", "承诺日期"),
        ],
        rows: rows.collect(),
    }])
}
