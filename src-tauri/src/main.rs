//! The desktop window. It carries calls to the application layer and changes back; every decision
//! is made there.
//!
//! Architecture Invariant: no trade word appears here, and nothing is fetched from the network but a
//! newer version, where the house has configured one and a person asks for it.

// A console window beside the app helps nobody on Windows.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]
// The root clippy.toml guards the pure crates; this is an edge.
#![allow(clippy::disallowed_methods)]

mod place;
mod raise;
mod remember;
mod warehouse;
mod commands;
mod events;
mod updates;
mod panics;
mod windows;

use anyhow::Context;
use tauri::Manager;

fn main() -> anyhow::Result<()> {
    tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .invoke_handler(tauri::generate_handler![
            commands::call,
            commands::choose_file,
            commands::open_demo,
            updates::updates,
            updates::look_for_update,
            updates::install_update
        ])
        .setup(|shell| {
            #[cfg(feature = "updates")]
            if updates::is_on(shell.handle()) {
                shell.handle().plugin(tauri_plugin_updater::Builder::new().build())?;
            }
            let dir = place::data_dir(shell.handle());
            let folder = dir.as_ref().ok().cloned();
            if folder.as_deref().is_some_and(raise::other) {
                std::process::exit(0);
            }
            if let Some(folder) = &folder {
                raise::listen(shell.handle().clone(), folder);
                panics::note(folder);
            }
            let warehouse = warehouse::Warehouse::opening(dir);
            shell.manage(warehouse.clone());
            events::forward(shell.handle().clone(), warehouse);
            windows::open_main(shell.handle(), folder.as_deref())?;
            Ok(())
        })
        .run(tauri::generate_context!())
        .context("running the desktop window")
}
