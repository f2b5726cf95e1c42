//! Waves and how far each has come.

use crate::ctx::Ctx;
use crate::problem::Fault;
use crate::view::Nothing;
use serde::Serialize;
use ts_rs::TS;

/// Older waves are found through their orders.
const SHOWN: i64 = 40;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum WaveState {
    Planned,
    Released,
    Picking,
    Picked,
}

#[derive(Debug, Serialize, TS)]
pub struct WaveRow {
    pub id: String,
    pub name: String,
    pub state: WaveState,
    pub orders: i64,
    pub lines: i64,
    pub units: i64,
    pub picked_units: i64,
    pub short_units: i64,
    pub created_at: i64,
}

pub fn run(ctx: &Ctx<'_>, _: Nothing) -> Result<Vec<WaveRow>, Fault> {
    ctx.read(|db| {
        Ok(db
            .waves(SHOWN)?
            .into_iter()
            .map(|wave| WaveRow {
                id: wave.id.to_string(),
                name: wave.name,
                state: match (wave.released, wave.picked, wave.remaining) {
                    (false, _, _) => WaveState::Planned,
                    // Nothing picked and nothing to pick: it still waits for its stock.
                    (true, 0, _) => WaveState::Released,
                    (true, _, remaining) if remaining > 0 => WaveState::Picking,
                    (true, _, _) => WaveState::Picked,
                },
                orders: wave.orders,
                lines: wave.lines,
                units: wave.units,
                picked_units: wave.picked,
                short_units: wave.short_units,
                created_at: wave.created_at,
            })
            .collect())
    })
}
