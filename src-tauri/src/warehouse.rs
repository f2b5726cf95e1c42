//! The opened data folder, or the reason why it is not open.

use app::{App, Problem};
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

/// Opens in the background, so that the window is there at once even when a large log is checked
/// first. Whoever asks meanwhile waits.
#[derive(Clone)]
pub struct Warehouse {
    opened: Arc<OnceLock<Result<Arc<App>, Problem>>>,
    /// Kept for as long as the program runs.
    _wire: Arc<OnceLock<link::Wire>>,
}

impl Warehouse {
    pub fn opening(dir: Result<PathBuf, Problem>) -> Warehouse {
        let opened = Arc::new(OnceLock::new());
        let wire = Arc::new(OnceLock::new());
        let (setting, starting) = (opened.clone(), wire.clone());
        std::thread::spawn(move || {
            if let Ok(app) = setting.get_or_init(|| open(dir)) {
                starting.get_or_init(|| link::start(app.clone()));
            }
        });
        Warehouse { opened, _wire: wire }
    }

    /// Waits until the folder is open; the same problem for every caller if it could not be.
    pub fn app(&self) -> Result<Arc<App>, Problem> {
        self.opened.wait().clone()
    }
}

fn open(dir: Result<PathBuf, Problem>) -> Result<Arc<App>, Problem> {
    let dir = dir?;
    // A panic here would leave every caller waiting for ever.
    std::panic::catch_unwind(|| App::open(&dir))
        .unwrap_or_else(|_| {
            Err(Problem {
                code: "open_failed".into(),
                what_happened: format!("Opening {} stopped half-way.", dir.display()),
                what_to_do: "Start again; if it persists, run `quay verify` on the folder.".into(),
            })
        })
        .map(Arc::new)
        .inspect(|app| {
            // Without its drop folder the house still works; the folder's own screen says so.
            let _ = app::drop_folder::watch(app);
        })
}
