//! Receiving, putaway, returns, stock, counts and undo.

use super::doors;
use crate::commands as c;
use crate::queries as q;

doors! {
    "receipts" [] => q::receipts::run;
    "receipt" [] => q::receipt::run;
    "receive_scan" [Receiver] => q::receive_scan::run;
    "receive" [Receiver] => c::receive::run;
    "close_receipt" [Receiver] => c::close_receipt::run;
    "putaway_tasks" [] => q::putaway_tasks::run;
    "put_away" [Receiver] => c::put_away::run;
    "move_stock" [Receiver, Picker, Counter] => c::move_stock::run;
    "returns" [] => q::returns::run;
    "open_return" [Receiver, Dispatcher] => c::open_return::run;
    "approve_return" [Supervisor] => c::approve_return::run;
    "receive_return" [Receiver] => c::receive_return::run;
    "grade_return" [Receiver] => c::grade_return::run;
    "refills" [] => q::refills::run;
    "refill" [Receiver, Picker] => c::refill::run;
    "slotting" [] => q::slotting::run;
    "reslot" [Receiver, Picker] => c::reslot::run;
    "substitutes" [] => q::substitutes::run;

    "stock_by_sku" [] => q::stock_by_sku::run;
    "sku" [] => q::sku::run;
    "stock_by_bin" [] => q::stock_by_bin::run;
    "bin" [] => q::bin::run;
    "stock_by_lot" [] => q::stock_by_lot::run;
    "moves" [] => q::moves::run;
    "hold_lot" [Receiver, Counter] => c::hold_lot::run;
    "unhold_lot" [Supervisor] => c::unhold_lot::run;
    "hold_bin" [Receiver, Counter] => c::hold_bin::run;
    "unhold_bin" [Supervisor] => c::unhold_bin::run;
    "scrap" [Receiver, Counter] => c::scrap::run;
    "discrepancies" [] => q::discrepancies::run;
    "undo_preview" [] => q::undo_preview::run;
    "undo" [Picker, Packer, Receiver, Counter, Dispatcher] => c::undo::run;
    "last_undo" [] => q::last_undo::run;

    "count_plan" [] => q::count_plan::run;
    "counts" [] => q::counts::run;
    "open_counts" [Counter] => c::open_counts::run;
    "start_count" [Counter] => c::start_count::run;
    "submit_count" [Counter] => c::submit_count::run;
    "review_count" [] => q::review_count::run;
    "approve_count" [Supervisor] => c::approve_count::run;
    "drop_count" [Supervisor] => c::drop_count::run;
}
