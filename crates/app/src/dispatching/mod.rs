//! Glue between the book and route planning: the day's input, the saved plan, and what screens see.

pub(crate) mod town;
pub(crate) mod closures;
pub(crate) mod rules;
pub(crate) mod input;
pub(crate) mod standing;
pub(crate) mod document;
pub(crate) mod job;
pub(crate) mod map_job;
pub(crate) mod edit;
pub(crate) mod offer;
pub(crate) mod goods;
pub(crate) mod words;
mod on_the_road;
mod stops;
pub(crate) mod view;
