//! What the window may call: our commands, and the system's own file chooser.

use crate::warehouse::Warehouse;
use app::Problem;
use serde_json::Value;
use tauri::{AppHandle, State};
use tauri_plugin_dialog::DialogExt;

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
