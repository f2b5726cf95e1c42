//! What the screens see. Field for field the same as ui/src/api/bindings.ts.

mod shared;
mod count;
mod receive;
mod stock;

pub use crate::ctx::Done;
pub use count::*;
pub use receive::*;
pub use shared::*;
pub use stock::*;
