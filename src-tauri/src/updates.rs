//! A newer version, looked for only when a person asks, and only where the house has said where:
//! without an address and a key in the configuration there is nothing to ask.

use app::Problem;
use serde::Serialize;
use tauri::AppHandle;

/// What a screen can offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Updates {
    /// An address and a key are configured, and this program can use them.
    pub on: bool,
    /// The newer version, once one was found.
    pub newer: Option<String>,
}

#[tauri::command]
pub fn updates(shell: AppHandle) -> Updates {
    Updates { on: is_on(&shell), newer: None }
}

/// Asks the configured address. Nothing is installed by asking.
#[tauri::command]
pub async fn look_for_update(shell: AppHandle) -> Result<Updates, Problem> {
    let newer = way::look(&shell).await.map_err(|why| failed(&why))?;
    Ok(Updates { on: is_on(&shell), newer })
}

/// Takes the newer version and starts over with it. Its signature is checked first.
#[tauri::command]
pub async fn install_update(shell: AppHandle) -> Result<(), Problem> {
    way::install(&shell).await.map_err(|why| failed(&why))
}

pub fn is_on(shell: &AppHandle) -> bool {
    cfg!(feature = "updates") && shell.config().plugins.0.contains_key("updater")
}

fn failed(why: &str) -> Problem {
    Problem {
        code: "update".into(),
        what_happened: format!("Looking for a newer version failed: {why}."),
        what_to_do: "Check the network, or ask whoever looks after this computer.".into(),
    }
}

#[cfg(feature = "updates")]
pub mod way {
    use tauri::AppHandle;
    use tauri_plugin_updater::UpdaterExt;

    pub async fn look(shell: &AppHandle) -> Result<Option<String>, String> {
        if !super::is_on(shell) {
            return Ok(None);
        }
        let found = shell.updater().map_err(text)?.check().await.map_err(text)?;
        Ok(found.map(|update| update.version))
    }

    pub async fn install(shell: &AppHandle) -> Result<(), String> {
        let found = shell.updater().map_err(text)?.check().await.map_err(text)?;
        let update = found.ok_or_else(|| "there is none any more".to_owned())?;
        update.download_and_install(|_, _| {}, || {}).await.map_err(text)?;
        shell.restart()
    }

    fn text(error: tauri_plugin_updater::Error) -> String {
        error.to_string()
    }
}

#[cfg(not(feature = "updates"))]
mod way {
    use tauri::AppHandle;

    pub async fn look(_: &AppHandle) -> Result<Option<String>, String> {
        Ok(None)
    }

    pub async fn install(_: &AppHandle) -> Result<(), String> {
        Err("this program was built without it".to_owned())
    }
}
