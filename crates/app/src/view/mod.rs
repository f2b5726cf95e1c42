//! What the screens see. Field for field the same as ui/src/api/bindings.ts.

mod dispatch;
mod shared;

pub use crate::ctx::Done;
pub use dispatch::*;
pub use shared::*;
