//! The vocabulary of the trade: ids, quantities, money, time, places, items, orders, events and
//! refusals. Every other crate speaks in these types.
//!
//! Architecture Invariant: depends on nothing in the workspace, does no I/O, reads no clock, and
//! makes no ids. Text from outside is parsed here once; inside, a value is right by its type.
//!
//! Data in -> data out: strings and numbers from the edge -> typed values or a named error.

pub mod measure;
pub mod time;
pub mod zone;
pub mod money;
pub mod place;
pub mod id;
pub mod code;
pub mod item;
pub mod location;
pub mod stock;
pub mod order;
pub mod person;
pub mod fleet;
pub mod event;
pub mod refusal;
pub mod scan;

pub use code::{LocationCode, LotCode, ParseCodeError, Serial, Sku};
pub use event::{Body, Cause, Event, HoldScope, Move, Observed, Spot};
pub use id::{
    AllocationId, CartonId, ClosureId, CountId, EventId, Ids, ImportId, LineId, OrderId,
    ParseIdError, PersonId, PlanId, ReceiptId, ReturnId, ReturnLineId, StationId, WaveId,
};
pub use item::{Product, Removal};
pub use location::{Bin, BinKind};
pub use measure::{Grams, Meters, Milliliters, Qty, Seconds};
pub use money::{Currency, Money, UnitCost};
pub use place::{LonLat, ParseLonLatError};
pub use refusal::Refusal;
pub use scan::{Gs1, Scan, ScanError, check_digit, parse_scan};
pub use stock::{Condition, Key};
pub use time::{Day, Hlc, Timestamp};
pub use zone::{DaysFrom, Zone};
