//! One command, one file, named by the verb of the trade.

pub mod sign_in;
pub mod sign_out;
pub mod place_order;
pub mod import_file;
pub mod undo_import;
pub mod hold_order;
pub mod cancel_order;
pub mod create_wave;
pub mod release_wave;
pub mod pick;
pub mod pick_short;
pub mod swap_lot;
pub mod open_carton;
pub mod pack_scan;
pub mod close_carton;
