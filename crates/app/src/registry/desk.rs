//! Today, replenishment, dispatch, paper and settings.

use super::doors;
use crate::commands as c;
use crate::queries as q;

doors! {
    "dispatch_day" [] => q::dispatch_day::run;
    "plan_routes" [Dispatcher] => c::plan_routes::run;
    "plan_progress" [] => q::plan_progress::run;
    "plan_cancel" [Dispatcher] => c::plan_cancel::run;
    "plan_take" [Dispatcher] => c::plan_take::run;
    "replan" [Dispatcher] => c::replan::run;
    "replan_take" [Dispatcher] => c::replan_take::run;
    "replan_drop" [Dispatcher] => c::replan_drop::run;
    "best_slots" [] => q::best_slots::run;
    "what_if" [] => q::what_if::run;
    "check_move" [] => q::check_move::run;
    "move_stop" [Dispatcher] => c::move_stop::run;
    "lock_stop" [Dispatcher] => c::lock_stop::run;
    "lock_route" [Dispatcher] => c::lock_route::run;
    "publish_plan" [Dispatcher] => c::publish_plan::run;
    "load_van" [Dispatcher] => c::load_van::run;
    "dispatch_van" [Dispatcher] => c::dispatch_van::run;
    "stop_result" [Dispatcher] => c::stop_result::run;
    "street_at" [] => q::street_at::run;
    "close_street" [Dispatcher] => c::close_street::run;
    "open_street" [Dispatcher] => c::open_street::run;
    "map_view" [] => q::map_view::run;
    "map_tile" [] => q::map_tile::run;
    "import_map" [Dispatcher, Supervisor, Admin] => c::import_map::run;
    "map_progress" [] => q::map_progress::run;
    "map_cancel" [Dispatcher, Supervisor, Admin] => c::map_cancel::run;
    "print" [] => c::print::run;
    "save_sheet" [] => c::save_sheet::run;
    "settings" [] => q::settings::run;
    "server" [] => q::server::run;
    "found_house" open => c::found_house::run;
    "enroll" open => c::enroll::run;
    "set_offline_share" [Supervisor] => c::set_offline_share::run;
    "set_time_zone" [Admin] => c::set_time_zone::run;
    "fleet" [] => q::fleet::run;
    "save_van" [Dispatcher, Admin] => c::save_van::run;
    "save_route_rules" [Dispatcher, Admin] => c::save_route_rules::run;
    "save_person" [Admin] => c::save_person::run;
    "verify" [] => q::verify::run;
    "today" [] => q::today::run;
    "find" [] => q::find::run;
    "proposals" [] => q::proposals::run;
    "proposal" [] => q::proposal::run;
    "decide_proposals" [Supervisor] => c::decide_proposals::run;
    "service_levels" [] => q::service_levels::run;
    "set_service_level" [Supervisor] => c::set_service_level::run;
    "export_orders" [] => c::export_orders::run;
    "demand_explorer" [] => q::demand_explorer::run;
    "demand_choices" [] => q::demand_choices::run;
    "budget_plan" [] => q::budget_plan::run;
}
