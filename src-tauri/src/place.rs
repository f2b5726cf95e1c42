//! Where the data lies.

use app::Problem;
use std::ffi::OsString;
use std::path::PathBuf;
use tauri::{AppHandle, Manager};

/// `QUAYSIDE_DIR`, else the first argument, else the platform's folder for application data.
pub fn data_dir(shell: &AppHandle) -> Result<PathBuf, Problem> {
    match chosen(std::env::var_os("QUAYSIDE_DIR"), std::env::args_os().nth(1)) {
        Some(dir) => Ok(dir),
        None => shell.path().app_data_dir().map_err(|error| Problem {
            code: "no_data_folder".into(),
            what_happened: format!("This system names no folder for application data: {error}."),
            what_to_do: "Set QUAYSIDE_DIR to a folder that you can write to.".into(),
        }),
    }
}

/// An argument that looks like an option is not a folder; desktop launchers add some.
fn chosen(variable: Option<OsString>, argument: Option<OsString>) -> Option<PathBuf> {
    let variable = variable.filter(|dir| !dir.is_empty());
    let argument =
        argument.filter(|dir| !dir.is_empty() && !dir.to_string_lossy().starts_with('-'));
    variable.or(argument).map(PathBuf::from)
}

#[cfg(test)]
mod tests {
    use super::chosen;

    #[test]
    fn the_variable_wins_over_the_argument_and_options_are_no_folder() {
        let pick = |variable: Option<&str>, argument: Option<&str>| {
            chosen(variable.map(Into::into), argument.map(Into::into))
                .map(|dir| dir.display().to_string())
        };
        assert_eq!(pick(Some("a"), Some("b")).as_deref(), Some("a"));
        assert_eq!(pick(Some(""), Some("b")).as_deref(), Some("b"));
        assert_eq!(pick(None, Some("--flag")), None);
        assert_eq!(pick(None, None), None);
    }
}
