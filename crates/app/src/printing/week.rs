//! The week on paper: what was sold, what was missing, what it cost, beside the week before.

mod figures;

use crate::ctx::Ctx;
use crate::printing::chart::{Kind, Width, by_day};
use crate::printing::sheets::{grouped, money_text};
use crate::problem::Fault;
use crate::queries::house::{House, house};
use domain::{Day, Sku};
use figures::{Figures, Series, ends, fill_permille, weeks};
use paper::{Block, Column, DayReport, Document, Figure};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use store::Db;

const DAYS: i32 = 7;
/// What a page has room for.
const BEST_MAX: usize = 10;
const MINOR_PER_MAJOR: i64 = 100;

/// The seven days up to the one named; without a name up to yesterday, because today is not over.
pub(super) fn week_report(ctx: &Ctx<'_>, db: &Db<'_>, ids: &[String]) -> Result<Document, Fault> {
    let last = match ids.first() {
        Some(text) => Day::parse(text).ok_or_else(|| Fault::invalid("day", text))?,
        None => ctx.today().plus(-1),
    };
    let house = house(db)?;
    let figures = Figures::of(ctx, db, last)?;
    let blocks = vec![
        Block::Heading { text: ctx.say("The week in numbers", "本周概况") },
        numbers(ctx, &house, &figures),
        Block::Heading { text: ctx.say("Day by day", "逐日走势") },
        Block::Charts { charts: charts(ctx, &house, &figures) },
        Block::Heading { text: ctx.say("Sold most", "畅销商品") },
        best(ctx, db, last)?,
    ];
    Ok(Document::DayReport(DayReport {
        title: ctx.say("Week report", "周报"),
        subtitle: format!("{} · {} – {last}", house.name, last.plus(1 - DAYS)),
        blocks,
    }))
}

fn numbers(ctx: &Ctx<'_>, house: &House, f: &Figures) -> Block {
    let money = |minor: i64| money_text(house, minor);
    let count = grouped;
    let sum = |series: &Series| weeks(series);
    let (units, short) = (sum(&f.units), sum(&f.short));
    let fill = (fill_permille(units.0, short.0), fill_permille(units.1, short.1));
    type Shown<'a> = &'a dyn Fn(i64) -> String;
    let percent = |permille: i64| format!("{}.{} %", permille / 10, permille % 10);
    let kilometers = |meters: i64| format!("{} km", grouped((meters + 500) / 1000));
    let rows: Vec<(String, (i64, i64), Shown<'_>)> = vec![
        (ctx.say("Sales", "销售额"), sum(&f.sales_minor), &money),
        (ctx.say("Orders placed", "新订单"), sum(&f.orders), &count),
        (ctx.say("Units ordered", "订购件数"), units, &count),
        (ctx.say("Units shipped", "发货件数"), sum(&f.shipped), &count),
        (ctx.say("Late orders still open", "逾期未发订单"), sum(&f.late), &count),
        (ctx.say("Stock value at the end", "期末库存金额"), ends(&f.stock_minor), &money),
        (ctx.say("SKUs out of stock at the end", "期末缺货商品"), ends(&f.stockouts), &count),
        (ctx.say("Counts posted", "完成盘点"), sum(&f.counts), &count),
        (ctx.say("Counts that differed", "有差异的盘点"), sum(&f.counts_wrong), &count),
        (ctx.say("Units the book was wrong by", "账实差异件数"), sum(&f.wrong_units), &count),
        (ctx.say("Routes planned", "线路成本"), sum(&f.route_minor), &money),
        (ctx.say("Driven by plan", "计划里程"), sum(&f.route_meters), &kilometers),
    ];
    let row = |(what, (now, before), shown): (String, (i64, i64), Shown<'_>)| {
        vec![what, shown(now), shown(before), change(now, before)]
    };
    // A share changes by points; percent of a percentage mislead.
    let share = vec![
        ctx.say("Fill rate", "满足率"),
        percent(fill.0),
        percent(fill.1),
        points(ctx, fill.0 - fill.1),
    ];
    let column = |en: &str, zh: &str, numeric| Column { title: ctx.say(en, zh), numeric };
    Block::Table {
        caption: String::new(),
        columns: vec![
            column("What", "项目", false),
            column("This week", "本周", true),
            column("Week before", "上周", true),
            column("Change", "变化", true),
        ],
        rows: rows.into_iter().map(row).chain([share]).collect(),
    }
}

/// In percent of the week before; a dash where there is nothing to compare with.
fn change(now: i64, before: i64) -> String {
    if before == 0 || now == before {
        return if now == before { "=".to_owned() } else { "–".to_owned() };
    }
    match (now - before) * 100 / before.abs() {
        0 => "±0 %".to_owned(),
        percent if percent < 0 => format!("−{} %", -percent),
        percent => format!("+{percent} %"),
    }
}

/// How far a share moved, in points.
fn points(ctx: &Ctx<'_>, permille: i64) -> String {
    let sign = if permille < 0 { "−" } else { "+" };
    let (whole, tenth) = (permille.abs() / 10, permille.abs() % 10);
    ctx.lang
        .pick(format!("{sign}{whole}.{tenth} points"), format!("{sign}{whole}.{tenth} 个百分点"))
}

fn charts(ctx: &Ctx<'_>, house: &House, f: &Figures) -> Vec<Figure> {
    let major = |series: &Series| series.map(|minor| minor / MINOR_PER_MAJOR);
    let fill: Series = std::array::from_fn(|at| fill_permille(f.units[at], f.short[at]) / 10);
    let money = |en: &str, zh: &str| format!("{}, {}", ctx.say(en, zh), house.currency);
    let (counts, wrong) = (weeks(&f.counts).0, weeks(&f.counts_wrong).0);
    let counted = ctx.lang.pick(
        format!("{wrong} of {counts} counts this week differed from the book."),
        format!("本周 {counts} 次盘点，{wrong} 次与账面不符。"),
    );
    let none = String::new;
    let pale = ctx.say("Pale bars are the week before.", "浅色为上周。");
    let drawn = [
        (money("Sales", "销售额"), pale, Kind::Bars, major(&f.sales_minor)),
        (ctx.say("Fill rate, %", "满足率（%）"), none(), Kind::Line, fill),
        (money("Stock value", "库存金额"), none(), Kind::Area, major(&f.stock_minor)),
        (
            ctx.say("SKUs out of stock", "缺货商品数"),
            ctx.say("Of those asked for within four weeks.", "仅统计近四周有需求的商品。"),
            Kind::Bars,
            f.stockouts,
        ),
        (
            ctx.say("Late orders still open", "逾期未发订单"),
            ctx.say("By the day they were promised for.", "按承诺日期统计。"),
            Kind::Bars,
            f.late,
        ),
        (ctx.say("Counts posted", "完成盘点"), counted, Kind::Bars, f.counts),
        (ctx.say("Units counted differently", "盘点差异件数"), none(), Kind::Bars, f.wrong_units),
        (money("Cost of routes", "线路成本"), none(), Kind::Bars, major(&f.route_minor)),
    ];
    let figure = |(caption, note, kind, series): (String, String, Kind, Series)| {
        let empty = series.iter().all(|value| *value == 0);
        let nothing = ctx.say("Nothing in these two weeks.", "两周内没有记录。");
        let note = if empty { nothing } else { note };
        Some(Figure {
            caption,
            note,
            svg: by_day(kind, Width::Half, &f.points(&series), f.week_first())?,
        })
    };
    drawn.into_iter().filter_map(figure).collect()
}

fn best(ctx: &Ctx<'_>, db: &Db<'_>, last: Day) -> Result<Block, Fault> {
    let mut sold: BTreeMap<Sku, (i64, i64)> = BTreeMap::new();
    for (_, sku, units) in db.lines_since(ctx.zone.start(last.plus(1 - DAYS)))? {
        let (lines, all) = sold.entry(sku).or_default();
        *lines += 1;
        *all += units;
    }
    let mut order: Vec<(Sku, (i64, i64))> = sold.into_iter().collect();
    order.sort_by_key(|(sku, (_, units))| (Reverse(*units), sku.clone()));
    let mut rows = Vec::new();
    for (sku, (lines, units)) in order.into_iter().take(BEST_MAX) {
        let left = db.sku_total(&sku)?.map_or(0, |total| total.available.0);
        let name = ctx.product_name(db.product(&sku)?.as_ref(), &sku);
        let cells = [units, lines, left].map(grouped);
        rows.push([vec![sku.to_string(), name], cells.to_vec()].concat());
    }
    let column = |en: &str, zh: &str, numeric| Column { title: ctx.say(en, zh), numeric };
    Ok(Block::Table {
        caption: String::new(),
        columns: vec![
            column("SKU", "货号", false),
            column("Name", "名称", false),
            column("Units", "件数", true),
            column("Order lines", "订单行", true),
            column("Available now", "现可用", true),
        ],
        rows,
    })
}
