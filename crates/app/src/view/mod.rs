//! What the screens see. Field for field the same as ui/src/api/bindings.ts.

mod dispatch;
mod shared;
mod orders;

pub use crate::ctx::Done;
pub use orders::*;
pub use dispatch::*;
pub use shared::*;
