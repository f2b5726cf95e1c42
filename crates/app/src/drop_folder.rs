//! The watched drop folder. A file that is whole is taken in and moved to `done`; one that cannot be
//! read goes to `rejected` with a note beside it; rows in error are written beside the file. A file
//! still being written is left until it has been quiet for a moment.

use crate::commands::import_file::{self, ImportArgs, ImportKind};
use crate::face::App;
use crate::lang::Lang;
use crate::problem::Problem;
use crate::queries::imports::ImportReport;
use notify::{RecursiveMode, Watcher};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, SystemTime};

/// A file counts as whole when nobody has written to it for this long.
const QUIET: Duration = Duration::from_millis(1500);

/// Watches until the process ends. Files that were dropped while nobody watched are taken first.
pub fn watch(app: &Arc<App>) -> Result<(), Problem> {
    let dir = app.drop_dir();
    for name in ["", "done", "rejected"] {
        fs::create_dir_all(dir.join(name)).map_err(|error| Problem {
            code: "drop_folder".to_owned(),
            what_happened: format!("The drop folder {} cannot be made: {error}.", dir.display()),
            what_to_do: "Check the folder's permissions.".to_owned(),
        })?;
    }
    let app = Arc::clone(app);
    thread::spawn(move || {
        let (sender, receiver) = channel();
        let mut watcher = notify::recommended_watcher(move |_| {
            // The receiver lives as long as this thread; a lost nudge is made up by the timer.
            let _ = sender.send(());
        });
        if let Ok(watcher) = watcher.as_mut() {
            // Without a watcher (network drives) the timer alone still finds every file.
            let _ = watcher.watch(&dir, RecursiveMode::NonRecursive);
        }
        app.watching.store(true, Ordering::Relaxed);
        loop {
            take_all(&app, &dir);
            let _ = receiver.recv_timeout(Duration::from_secs(2));
            thread::sleep(Duration::from_millis(200));
        }
    });
    Ok(())
}

fn take_all(app: &App, dir: &Path) {
    let Ok(entries) = fs::read_dir(dir) else { return };
    let mut files: Vec<PathBuf> =
        entries.flatten().map(|entry| entry.path()).filter(|path| is_offered(path)).collect();
    files.sort();
    for path in files.into_iter().filter(|path| is_quiet(path)) {
        // A file that cannot be moved stays; the import itself is idempotent.
        let _ = take(app, dir, &path);
    }
}

fn is_offered(path: &Path) -> bool {
    let hidden = path.file_name().is_none_or(|name| name.to_string_lossy().starts_with('.'));
    let known = path
        .extension()
        .is_some_and(|ext| ext.eq_ignore_ascii_case("csv") || ext.eq_ignore_ascii_case("json"));
    path.is_file() && known && !hidden
}

fn is_quiet(path: &Path) -> bool {
    fs::metadata(path)
        .and_then(|meta| meta.modified())
        .is_ok_and(|at| SystemTime::now().duration_since(at).is_ok_and(|age| age >= QUIET))
}

/// Takes one whole file in and moves it aside.
pub fn take(app: &App, dir: &Path, path: &Path) -> std::io::Result<()> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let outcome = fs::read(path).map(String::from_utf8).map(|text| match text {
        Ok(text) => import(app, &name, text),
        Err(_) => Err(Problem {
            code: "not_text".to_owned(),
            what_happened: format!("{name} is not UTF-8 text."),
            what_to_do: "Save it as CSV (UTF-8) and drop it again.".to_owned(),
        }),
    })?;
    match outcome {
        Ok(report) => {
            let target = aside(&dir.join("done"), &name);
            if !report.rejected.is_empty() {
                let rows: Vec<String> = report
                    .rejected
                    .iter()
                    .map(|e| format!("{},{},{:?}", e.line, e.column, e.message))
                    .collect();
                let text = format!("line,column,problem\n{}\n", rows.join("\n"));
                fs::write(target.with_extension("errors.csv"), text)?;
            }
            fs::rename(path, target)
        }
        // A full or locked disk is no fault of the file: it stays and is tried again.
        Err(problem) if ["disk_full", "busy", "read_only"].contains(&problem.code.as_str()) => {
            Ok(())
        }
        Err(problem) => {
            let target = aside(&dir.join("rejected"), &name);
            let note = format!("{}\n{}\n", problem.what_happened, problem.what_to_do);
            fs::write(target.with_extension("why.txt"), note)?;
            fs::rename(path, target)
        }
    }
}

/// What a file holds is told by its name: `products…` and `stock…`, everything else is orders.
fn import(app: &App, name: &str, text: String) -> Result<ImportReport, Problem> {
    let lower = name.to_lowercase();
    let kind = [ImportKind::Products, ImportKind::Places, ImportKind::Stock]
        .into_iter()
        .find(|kind| lower.starts_with(kind.as_str()));
    let args = ImportArgs {
        kind: kind.unwrap_or(ImportKind::Orders),
        file_name: name.to_owned(),
        text,
        dry_run: false,
    };
    app.as_person("system", Lang::En, |ctx| import_file::run(ctx, args))
}

/// Never overwrites: a second file of the same name gets a number.
fn aside(dir: &Path, name: &str) -> PathBuf {
    let (stem, ext) = name.rsplit_once('.').unwrap_or((name, ""));
    let first = dir.join(name);
    let numbered = (2..).map(|n| dir.join(format!("{stem}-{n}.{ext}")));
    std::iter::once(first)
        .chain(numbered)
        .find(|path| !path.exists())
        .unwrap_or_else(|| dir.join(name))
}
