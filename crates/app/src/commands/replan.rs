//! Plan again around something that has happened. Nothing is saved until the offer is taken.

use crate::ctx::Ctx;
use crate::dispatching::offer;
use crate::problem::Fault;
use crate::view::OfferView;
use dispatch::Disruption;
use domain::Timestamp;
use serde::Deserialize;
use ts_rs::TS;

#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "what")]
pub enum ReplanArgs {
    /// A stop that no van has yet.
    NewStop { stop_id: String },
    /// The van does not leave, or go on, before then.
    VanLate { van_id: String, until: i64 },
    /// The van drives no more today.
    VanOut { van_id: String, goods_are_back: bool },
    /// Streets were closed or opened.
    Streets,
    /// The stop goes there, and everything else fits itself around it.
    Dragged { stop_id: String, van_id: String, position: usize },
}

pub fn run(ctx: &Ctx<'_>, args: ReplanArgs) -> Result<OfferView, Fault> {
    let change = match args {
        ReplanArgs::NewStop { stop_id } => Disruption::NewStop { stop: stop_id },
        ReplanArgs::VanLate { van_id, until } => {
            Disruption::VanLate { van: van_id, until: Timestamp(until) }
        }
        ReplanArgs::VanOut { van_id, goods_are_back } => {
            Disruption::VanOut { van: van_id, goods_are_back }
        }
        ReplanArgs::Streets => Disruption::StreetsChanged,
        ReplanArgs::Dragged { stop_id, van_id, position } => {
            Disruption::Dragged { stop: stop_id, van: van_id, position }
        }
    };
    offer::make(ctx, change)
}
