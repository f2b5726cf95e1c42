//! What the window may call: our commands, and the system's own file chooser.

use crate::place;
use crate::warehouse::Warehouse;
use app::Problem;
use serde_json::Value;
use std::path::Path;
use tauri::{AppHandle, State};
use tauri_plugin_dialog::DialogExt;

/// The town and the people that the pictures show.
const DEMO_SEED: u64 = 7;

/// Carries a command or query to the application layer and its answer back. While the data folder
/// is not open every call, `startup` first of all, answers with the reason.
#[tauri::command]
pub async fn call(
    warehouse: State<'_, Warehouse>,
    session: String,
    name: String,
    args: Value,
) -> Result<Value, Problem> {
    let warehouse = warehouse.inner().clone();
    let answer = move || warehouse.app()?.call(&session, &name, args);
    // Disk work must not hold up the window, and a panic in one command must not end the app.
    tauri::async_runtime::spawn_blocking(answer).await.unwrap_or_else(|stopped| {
        Err(Problem {
            code: "internal".into(),
            what_happened: format!("The command stopped half-way: {stopped}."),
            what_to_do: "Look whether it was done, then try again; report it if it persists."
                .into(),
        })
    })
}

/// The path that the person chooses, or nothing when they change their mind.
#[tauri::command]
pub async fn choose_file(shell: AppHandle, title: String, extension: String) -> Option<String> {
    let ask = move || {
        let dialog = shell.dialog().file().set_title(title).add_filter(&extension, &[&extension]);
        dialog.blocking_pick_file()?.into_path().ok()
    };
    let chosen = tauri::async_runtime::spawn_blocking(ask).await.ok().flatten()?;
    Some(chosen.to_string_lossy().into_owned())
}

/// Makes the demo beside the data, unless it is there, and starts the program over on it: what a
/// person tries there never touches their own warehouse.
#[tauri::command]
pub async fn open_demo(shell: AppHandle) -> Result<(), Problem> {
    let dir = place::data_dir(&shell)?.join("demo");
    let made = dir.clone();
    tauri::async_runtime::spawn_blocking(move || make_demo(&made))
        .await
        .unwrap_or_else(|stopped| Err(demo_failed(&stopped.to_string())))?;
    let program = std::env::current_exe().map_err(|error| demo_failed(&error.to_string()))?;
    std::process::Command::new(program)
        .env("QUAYSIDE_DIR", &dir)
        .spawn()
        .map_err(|error| demo_failed(&error.to_string()))?;
    shell.exit(0);
    Ok(())
}

/// Under another name first: a demo that was cut short is made anew.
fn make_demo(dir: &Path) -> Result<(), Problem> {
    if dir.exists() {
        return Ok(());
    }
    let fresh = dir.with_extension("new");
    if fresh.exists() {
        std::fs::remove_dir_all(&fresh).map_err(|error| demo_failed(&error.to_string()))?;
    }
    let now = app::Edge::real().now();
    let zone = app::zones::of_this_machine();
    app::demo::make(&fresh, DEMO_SEED, now, &zone, app::demo::Scale::FULL, &mut |_| {})?;
    std::fs::rename(fresh, dir).map_err(|error| demo_failed(&error.to_string()))
}

fn demo_failed(why: &str) -> Problem {
    Problem {
        code: "demo".into(),
        what_happened: format!("The demo could not be made: {why}."),
        what_to_do: "Look whether the disk has 200 MB left, then try again.".into(),
    }
}
