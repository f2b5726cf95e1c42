//! Whole histories through the application's door, without a screen.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod kills;
