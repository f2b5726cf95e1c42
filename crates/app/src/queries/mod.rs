//! One question, one file.

pub mod house;
pub mod planner;
pub mod startup;
pub mod status;
pub mod orders;
pub mod order;
pub mod timeline;
pub mod imports;
pub mod waves;
pub mod pick_next;
pub mod pick_scan;
pub mod pick_lots;
pub mod pack_station;
pub mod check_move;
pub mod dispatch_day;
pub mod map_view;
pub mod plan_progress;
pub mod find;
pub mod proposal;
pub mod proposals;
pub mod settings;
pub mod today;
pub mod verify;
