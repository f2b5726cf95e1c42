//! A morning on the floor, through the same commands that the screens call.

mod house;
mod stock;
mod undo;
mod counts;
mod returns;
