//! What the screens see. Field for field the same as ui/src/api/bindings.ts.

mod shared;
mod receive;
mod stock;

pub use crate::ctx::Done;
pub use receive::*;
pub use shared::*;
pub use stock::*;
