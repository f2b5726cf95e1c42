//! From what is wanted to what is bought: from whom, at which break of the price, for how long it
//! keeps, and within what money and room there is for all items together.

mod expected;
mod ration;
mod source;

pub use expected::{Explanation, Limit, NeedOutlook, Stakes, sells_before_expiry};
pub use ration::{Purse, Ration, Rationed, ration};
pub use source::{Offer, OpenNeed, PriceBreak, SupplyLine, supply_lines};
