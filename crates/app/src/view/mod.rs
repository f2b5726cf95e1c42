//! What the screens see; ui/src/api/bindings.ts is written from it.

pub(crate) mod mirror;
mod dispatch;
mod shared;
mod orders;

pub use crate::ctx::Done;
pub use dispatch::*;
pub use orders::*;
mod count;
mod receive;
mod stock;

pub use count::*;
pub use receive::*;
pub use shared::*;
pub use stock::*;
