//! A morning on the floor, through the same commands that the screens call.

// A helper outside a test function may fail the test just as well.
#![allow(clippy::unwrap_used)]

mod house;
mod stock;
mod undo;
mod counts;
mod returns;
