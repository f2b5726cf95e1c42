//! Planning: how much will be wanted, when to order how much, and which bins to count.
//!
//! Architecture Invariant: proposes and never decides. No clock, no stock movements, no randomness;
//! the same history gives the same proposal. Floating point is allowed in estimates and ends here:
//! what leaves as an order or a task is an integer.
//!
//! Data in -> data out: series -> [`Outlook`], [`Fan`] -> [`Proposal`], [`Policy`]; bin facts ->
//! [`CountTask`]s; counts -> [`BinRisk`]; pick faces and lines -> [`SlotMove`]s.

mod number;
mod season;
mod distribution;
mod demand;
mod profile;
mod forecast;
mod lead_time;
mod policy;
mod supply;
mod lessons;
mod service;
mod reorder;
mod count_risk;
mod count_plan;
mod slotting;
mod pick_path;

pub use count_plan::{BinFacts, CountReason, CountTask, rank, rank_learned};
pub use count_risk::{BinRisk, CountLessons, Exposure, PastCount, SharedRisk, ValueWeight, worth};
pub use demand::{
    Calibration, Calibrations, CategoryCurve, EventFactors, EventSeries, Method, Outcome, Outlook,
    Rhythm, SeriesFault, SeriesNotes, SumForecast, outcomes, outlook,
};
pub use forecast::{Fan, FanDay, forecast, forecast_levels};
pub use lead_time::LeadTime;
pub use lessons::Lessons;
pub use pick_path::{Aisles, PickPath, PickStop, pick_path};
pub use policy::{Experience, Policy, PolicyInput, SharedSeason, Trial};
pub use profile::{Demand, Trend, demand};
pub use reorder::{
    Proposal, Reason, ReorderInput, WrongCosts, propose, propose_and_weigh, propose_with,
};
pub use service::ServicePoint;
pub use slotting::{
    Face, SlotMove, SlottedSku, SlottingInput, SlottingTerms, Together, slotting,
    walked_meters_per_week,
};
pub use supply::{
    Explanation, Limit, NeedOutlook, Offer, OpenNeed, PriceBreak, Purse, Ration, Rationed, Stakes,
    SupplyLine, ration, sells_before_expiry, supply_lines,
};
