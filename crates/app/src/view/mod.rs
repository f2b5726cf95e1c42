//! What the screens see. Field for field the same as ui/src/api/bindings.ts.

mod shared;

pub use crate::ctx::Done;
pub use shared::*;
