//! One command, one file, named by the verb of the trade.

pub mod approve_count;
pub mod approve_return;
pub mod close_receipt;
pub mod drop_count;
pub mod grade_return;
pub mod hold_bin;
pub mod hold_lot;
pub mod move_stock;
pub mod open_counts;
pub mod open_return;
pub mod put_away;
pub mod receive;
pub mod receive_return;
pub mod refill;
pub mod scrap;
pub mod sign_in;
pub mod sign_out;
pub mod start_count;
pub mod submit_count;
pub mod undo;
pub mod unhold_bin;
pub mod unhold_lot;
