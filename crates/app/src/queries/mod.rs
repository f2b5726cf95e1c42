//! One question, one file.

pub mod bin;
pub mod discrepancies;
pub mod house;
pub mod known;
pub mod move_words;
pub mod planner;
pub mod receipt;
pub mod receipts;
pub mod receive_scan;
pub mod sku;
pub mod startup;
pub mod status;
pub mod stock_by_bin;
pub mod stock_by_lot;
pub mod stock_by_sku;
