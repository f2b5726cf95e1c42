//! One command, one file, named by the verb of the trade.

pub mod sign_in;
pub mod sign_out;
