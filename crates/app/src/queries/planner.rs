//! The route planner's running job.

/// State of the background plan; empty until one is started.
#[derive(Default)]
pub struct Planner {}
