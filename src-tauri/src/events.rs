//! Tells the window what changed, so that its screens ask again.

use crate::warehouse::Warehouse;
use tauri::{AppHandle, Emitter};

pub fn forward(shell: AppHandle, warehouse: Warehouse) {
    std::thread::spawn(move || {
        // A folder that did not open changes nothing; the window learns why from `startup`.
        let Ok(app) = warehouse.app() else { return };
        for changed in app.subscribe() {
            // A window that is just closing is no reason to stop.
            let _ = shell.emit("changed", changed);
        }
    });
}
