//! Demand of the periods ahead: for each series the mix of simple methods that would have done
//! best lately, and how far off it may be. One method, one file.

mod optimize;
mod series;
mod method;
mod season;
mod year;
mod theta;
mod damped;
mod holt_winters;
mod complex;
mod level;
mod tsb;
mod imapa;
mod regular;
mod intermittent;
mod spread;
mod outlook;
mod calibration;
mod events;
mod newcomer;

pub use calibration::{Calibration, Calibrations, Outcome};
pub use events::{EventFactors, EventSeries};
pub use method::Method;
pub use newcomer::CategoryCurve;
pub use outlook::{Outlook, SumForecast, outcomes, outlook};
pub use series::{Rhythm, SeriesFault, SeriesNotes};
