pub mod receive;
pub mod putaway;
pub mod count;
pub mod undo;
