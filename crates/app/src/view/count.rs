//! A count as the lists show it; its state follows from its rounds.

use super::{Chip, Tone};
use crate::ctx::Ctx;
use crate::problem::Fault;
use crate::reasons;
use serde::Serialize;
use store::Db;
use store::read::CountTaskRow;
use ts_rs::TS;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum CountState {
    Planned,
    Recount,
    Investigating,
    Posted,
    Dropped,
}

impl CountState {
    pub fn of(row: &CountTaskRow) -> CountState {
        match row.rounds.len() {
            _ if row.posted => CountState::Posted,
            _ if row.dropped => CountState::Dropped,
            0 => CountState::Planned,
            1 => CountState::Recount,
            _ => CountState::Investigating,
        }
    }

    pub fn is_open(self) -> bool {
        !matches!(self, CountState::Posted | CountState::Dropped)
    }

    pub fn chip(self, ctx: &Ctx<'_>) -> Chip {
        match self {
            CountState::Planned => Chip::new(ctx.say("To count", "待盘点"), Tone::Plain),
            CountState::Recount => Chip::new(ctx.say("Recount", "待复盘"), Tone::Warn),
            CountState::Investigating => {
                Chip::new(ctx.say("Waits for approval", "待主管审批"), Tone::Stop)
            }
            CountState::Posted => Chip::new(ctx.say("Posted", "已过账"), Tone::Good),
            CountState::Dropped => Chip::new(ctx.say("Dropped", "已取消"), Tone::Plain),
        }
    }
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct CountRow {
    pub id: String,
    pub location: String,
    pub zone: String,
    pub state: CountState,
    pub why: String,
    pub opened_at: i64,
    pub counter: String,
    pub recounter: String,
    pub chip: Chip,
}

impl CountRow {
    pub fn new(ctx: &Ctx<'_>, db: &Db<'_>, row: &CountTaskRow) -> Result<CountRow, Fault> {
        let state = CountState::of(row);
        let name = |round: usize| -> Result<String, Fault> {
            let Some(round) = row.rounds.get(round) else { return Ok(String::new()) };
            Ok(db.person(&round.actor)?.map_or_else(|| round.actor.clone(), |p| p.name))
        };
        Ok(CountRow {
            id: row.id.to_string(),
            location: row.location.clone(),
            zone: row.zone.clone(),
            state,
            why: reasons::say(ctx.lang, &row.why),
            opened_at: row.opened_at,
            counter: name(0)?,
            recounter: name(1)?,
            chip: state.chip(ctx),
        })
    }
}
