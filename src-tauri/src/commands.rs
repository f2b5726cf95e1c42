//! The one command that the window may call.

use crate::warehouse::Warehouse;
use app::Problem;
use serde_json::Value;
use tauri::State;

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
