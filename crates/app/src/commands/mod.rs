//! One command, one file, named by the verb of the trade.

pub mod close_receipt;
pub mod hold_bin;
pub mod hold_lot;
pub mod move_stock;
pub mod put_away;
pub mod receive;
pub mod refill;
pub mod scrap;
pub mod sign_in;
pub mod sign_out;
pub mod undo;
pub mod unhold_bin;
pub mod unhold_lot;
