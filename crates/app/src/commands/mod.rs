//! One command, one file, named by the verb of the trade.

pub mod sign_in;
pub mod sign_out;
pub mod dispatch_van;
pub mod load_van;
pub mod lock_route;
pub mod lock_stop;
pub mod move_stop;
pub mod plan_cancel;
pub mod plan_routes;
pub mod plan_take;
pub mod publish_plan;
pub mod stop_result;
pub mod decide_proposals;
pub mod print;
pub mod save_person;
