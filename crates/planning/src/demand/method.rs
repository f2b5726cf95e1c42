//! The kinds of method that forecasts are mixed from.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// A level, and half of the trend.
    Theta,
    /// A level and a trend that dies out.
    Damped,
    /// The season itself, smoothed.
    Seasonal,
    /// Level and error smoothed together.
    Complex,
    /// A level that stays.
    Level,
    /// The middle of five methods for what sells now and then.
    Intermittent,
}

impl Method {
    pub(super) const REGULAR: [Method; 5] =
        [Method::Theta, Method::Damped, Method::Seasonal, Method::Complex, Method::Level];
}
