//! The opened data folder, or the reason why it is not open.

use app::{App, Problem};
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use vault::Vault;

/// Opens in the background, so that the window is there at once even when a large log is checked
/// first. Whoever asks meanwhile waits.
#[derive(Clone)]
pub struct Warehouse {
    opened: Arc<OnceLock<Result<Arc<App>, Problem>>>,
    /// Kept for as long as the program runs.
    _wire: Arc<OnceLock<link::Wire>>,
    _only: Arc<OnceLock<File>>,
}

impl Warehouse {
    pub fn opening(dir: Result<PathBuf, Problem>) -> Warehouse {
        let opened = Arc::new(OnceLock::new());
        let wire = Arc::new(OnceLock::new());
        let only = Arc::new(OnceLock::new());
        let (setting, starting, holding) = (opened.clone(), wire.clone(), only.clone());
        std::thread::spawn(move || {
            if let Ok(app) = setting.get_or_init(|| open(dir, &holding)) {
                starting.get_or_init(|| link::start(app.clone()));
            }
        });
        Warehouse { opened, _wire: wire, _only: only }
    }

    /// Waits until the folder is open; the same problem for every caller if it could not be.
    pub fn app(&self) -> Result<Arc<App>, Problem> {
        self.opened.wait().clone()
    }
}

fn open(dir: Result<PathBuf, Problem>, only: &OnceLock<File>) -> Result<Arc<App>, Problem> {
    let dir = dir?;
    if let Some(lock) = alone(&dir)? {
        only.get_or_init(|| lock);
    }
    // A panic here would leave every caller waiting for ever.
    std::panic::catch_unwind(|| App::open_with_vault(&dir, Vault::of_this_machine()))
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

/// Two windows on one folder would each think that the other's work came from nowhere. The system
/// lets go of the lock when the program ends, however it ends.
fn alone(dir: &Path) -> Result<Option<File>, Problem> {
    // A folder that cannot be written to has its own, better words.
    let created = std::fs::create_dir_all(dir).and_then(|()| File::create(dir.join("window.lock")));
    let Ok(lock) = created else { return Ok(None) };
    match lock.try_lock() {
        Ok(()) => Ok(Some(lock)),
        Err(TryLockError::WouldBlock) => Err(Problem {
            code: "already_open".into(),
            what_happened: format!("Quayside is open already with the data in {}.", dir.display()),
            what_to_do: "Work in that window, or close it and try again.".into(),
        }),
        // Some network folders know no locks; the database still keeps writers apart.
        Err(TryLockError::Error(_)) => Ok(None),
    }
}
