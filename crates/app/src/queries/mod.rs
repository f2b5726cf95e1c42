//! One question, one file.

pub mod bin;
pub mod count_plan;
pub mod counts;
pub mod discrepancies;
pub mod house;
pub mod known;
pub mod last_undo;
pub mod move_words;
pub mod moves;
pub mod planner;
pub mod putaway_tasks;
pub mod receipt;
pub mod receipts;
pub mod receive_scan;
pub mod refills;
pub mod returns;
pub mod reversal;
pub mod review_count;
pub mod room;
pub mod sku;
pub mod startup;
pub mod status;
pub mod stock_by_bin;
pub mod stock_by_lot;
pub mod stock_by_sku;
pub mod undo_preview;
