//! Orders, waves, picking, packing, and signing in.

use super::doors;
use crate::commands as c;
use crate::queries as q;

doors! {
    "startup" open => q::startup::run;
    "sign_in" open => c::sign_in::run;
    "sign_out" open => c::sign_out::run;
    "status" open => q::status::run;
    "orders" [] => q::orders::run;
    "order" [] => q::order::run;
    "place_order" [Supervisor] => c::place_order::run;
    "hold_order" [Supervisor] => c::hold_order::hold;
    "unhold_order" [Supervisor] => c::hold_order::unhold;
    "cancel_order" [Supervisor] => c::cancel_order::order;
    "cancel_line" [Supervisor] => c::cancel_order::line;
    "import_file" [Supervisor] => c::import_file::run;
    "read_sheet" [Supervisor] => q::read_sheet::run;
    "imports" [] => q::imports::run;
    "undo_import" [Supervisor] => c::undo_import::run;
    "drop_folder" [] => q::imports::drop_folder;
    "waves" [] => q::waves::run;
    "create_wave" [Supervisor, Picker] => c::create_wave::run;
    "release_wave" [Supervisor, Picker] => c::release_wave::run;
    "pick_next" [] => q::pick_next::run;
    "pick_scan" [Picker] => q::pick_scan::run;
    "pick" [Picker] => c::pick::run;
    "pick_short" [Picker] => c::pick_short::run;
    "pick_lots" [Picker] => q::pick_lots::run;
    "swap_lot" [Picker] => c::swap_lot::run;
    "pack_queue" [] => q::pack_station::queue;
    "pack_station" [] => q::pack_station::run;
    "open_carton" [Packer] => c::open_carton::run;
    "pack_scan" [Packer] => c::pack_scan::run;
    "close_carton" [Packer] => c::close_carton::run;
}
