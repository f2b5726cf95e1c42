//! The desktop window. It carries calls to the application layer and changes back; every decision
//! is made there.
//!
//! Architecture Invariant: no trade word appears here, and nothing is fetched from the network.

// A console window beside the app helps nobody on Windows.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]
// The root clippy.toml guards the pure crates; this is an edge.
#![allow(clippy::disallowed_methods)]

mod place;
mod warehouse;
mod commands;
mod events;
mod windows;

use anyhow::Context;
use tauri::Manager;

fn main() -> anyhow::Result<()> {
    tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .invoke_handler(tauri::generate_handler![
            commands::call,
            commands::choose_file,
            commands::open_demo
        ])
        .setup(|shell| {
            let warehouse = warehouse::Warehouse::opening(place::data_dir(shell.handle()));
            shell.manage(warehouse.clone());
            events::forward(shell.handle().clone(), warehouse);
            windows::open_main(shell.handle())?;
            Ok(())
        })
        .run(tauri::generate_context!())
        .context("running the desktop window")
}
