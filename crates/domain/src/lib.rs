//! The vocabulary of the trade: ids, quantities, money, time, places, items, orders, events and
//! refusals. Every other crate speaks in these types.
//!
//! Architecture Invariant: depends on nothing in the workspace, does no I/O, reads no clock, and
//! makes no ids. Text from outside is parsed here once; inside, a value is right by its type.
//!
//! Data in -> data out: strings and numbers from the edge -> typed values or a named error.

pub mod measure;
pub mod time;
pub mod place;

pub use measure::{Grams, Meters, Milliliters, Qty, Seconds};
pub use place::{LonLat, ParseLonLatError};
pub use time::{Day, Timestamp};
pub mod scan;
pub use scan::{Gs1, Scan, ScanError, check_digit, parse_scan};
