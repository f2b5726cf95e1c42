//! Demand of one product or category: past, season, events, the days ahead, and how good the
//! forecast has been.

mod events;
mod series;
mod words;

use crate::ctx::Ctx;
use crate::problem::Fault;
use crate::queries::proposal::FanPoint;
use domain::Day;
use planning::{EventFactors, EventSeries, Outlook, Rhythm, outlook};
use serde::{Deserialize, Serialize};
use series::{History, history, in_blocks};
use store::Db;
use ts_rs::TS;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[ts(rename = "DemandRhythm")]
#[serde(rename_all = "snake_case")]
pub enum Step {
    Daily,
    Weekly,
    /// Four weeks, so that each has as many of every weekday.
    Monthly,
}

impl Step {
    fn days(self) -> usize {
        match self {
            Step::Daily => 1,
            Step::Weekly => 7,
            Step::Monthly => 28,
        }
    }

    fn ahead(self) -> usize {
        match self {
            Step::Daily => 28,
            Step::Weekly => 12,
            Step::Monthly => 6,
        }
    }

    fn rhythm(self) -> Rhythm {
        match self {
            Step::Daily => Rhythm::Daily,
            Step::Weekly => Rhythm::Weekly,
            Step::Monthly => Rhythm::Monthly,
        }
    }
}

#[derive(Debug, Deserialize, TS)]
pub struct DemandArgs {
    /// A SKU, or a category after "category:".
    pub id: String,
    pub rhythm: Step,
}

#[derive(Debug, Serialize, TS)]
pub struct DemandPoint {
    pub day: String,
    pub value: i64,
    /// False where stock was out and nothing was sold.
    pub known: bool,
}

#[derive(Debug, Serialize, TS)]
pub struct SeasonBar {
    pub label: String,
    /// Against an average day.
    pub percent: i64,
}

#[derive(Debug, Serialize, TS)]
pub struct EventMark {
    pub day: String,
    pub name: String,
    pub ahead: bool,
    pub effect: String,
}

#[derive(Debug, Serialize, TS)]
pub struct MixPart {
    pub name: String,
    pub what: String,
    pub percent: i64,
}

#[derive(Debug, Serialize, TS)]
pub struct DemandView {
    pub name: String,
    pub history: Vec<DemandPoint>,
    pub fan: Vec<FanPoint>,
    /// Of the weekdays; empty where there is too little to tell.
    pub season: Vec<SeasonBar>,
    pub events: Vec<EventMark>,
    pub mix: Vec<MixPart>,
    /// What the history says and how good the forecast has been, one sentence each.
    pub words: Vec<String>,
}

pub fn run(ctx: &Ctx<'_>, args: DemandArgs) -> Result<DemandView, Fault> {
    let step = args.rhythm;
    ctx.read(|db| {
        let past = history(ctx, &db, &args.id)?;
        let factors = learned(ctx, &db)?;
        let (first, values) = in_blocks(&past, step.days());
        let ahead = ahead(&past, &values, step, &factors);
        let span = step.days() as i32;
        let point = |(at, value): (usize, &Option<i64>)| DemandPoint {
            day: first.plus(at as i32 * span).to_string(),
            value: value.unwrap_or(0),
            known: value.is_some(),
        };
        let fan = ahead.as_ref().map_or_else(Vec::new, |ahead| fan(ctx, ahead, step, &factors));
        Ok(DemandView {
            history: values.iter().enumerate().map(point).collect(),
            fan,
            season: words::season(ctx, &past),
            events: words::marks(ctx, &past, step, &factors),
            mix: ahead.as_ref().map_or_else(Vec::new, |ahead| words::mix(ctx, ahead)),
            words: words::words(ctx, &past, &values, step, ahead.as_ref()),
            name: past.name,
        })
    })
}

fn known(values: &[Option<i64>]) -> Vec<Option<f64>> {
    values.iter().map(|value| value.map(|value| value as f64)).collect()
}

fn named(first: Day, count: usize) -> Vec<Option<&'static str>> {
    (0..count).map(|at| events::event(first.plus(at as i32))).collect()
}

/// From the demand of all products together: one product sees a holiday once a year.
fn learned(ctx: &Ctx<'_>, db: &Db<'_>) -> Result<EventFactors, Fault> {
    let from = ctx.today().plus(-series::DAYS);
    let days = db.demand_of_all(from)?;
    let Some(first) = days.first().map(|day| day.0) else { return Ok(EventFactors::default()) };
    let mut values = vec![Some(0.0); usize::try_from(ctx.today().0 - first).unwrap_or(0)];
    for (day, qty) in days {
        if let Some(value) = usize::try_from(day - first).ok().and_then(|at| values.get_mut(at)) {
            *value = Some(qty as f64);
        }
    }
    let events = named(Day(first), values.len());
    let one = EventSeries { values: &values, events: &events };
    Ok(EventFactors::learn([one], Rhythm::Daily))
}

/// `None` for a history that says nothing.
fn ahead(
    past: &History,
    values: &[Option<i64>],
    step: Step,
    factors: &EventFactors,
) -> Option<Outlook> {
    let mut values = known(values);
    if step == Step::Daily {
        let events = named(past.first, values.len());
        values = factors.without(&EventSeries { values: &values, events: &events });
    }
    outlook(&values, step.rhythm(), step.ahead()).ok()
}

fn fan(ctx: &Ctx<'_>, ahead: &Outlook, step: Step, factors: &EventFactors) -> Vec<FanPoint> {
    let day = |at: usize| ctx.today().plus((at * step.days()) as i32);
    let point = |at: usize| {
        let event = (step == Step::Daily).then(|| events::event(day(at))).flatten();
        let (one, factor) = (ahead.step(at), factors.factor(event));
        let quantile = |level: f64| (one.quantile(level) * factor).round() as i64;
        FanPoint {
            day: day(at).to_string(),
            median: quantile(0.5),
            lo50: quantile(0.25),
            hi50: quantile(0.75),
            lo80: quantile(0.1),
            hi80: quantile(0.9),
            lo95: quantile(0.025),
            hi95: quantile(0.975),
        }
    };
    (0..step.ahead()).map(point).collect()
}
