//! The screens: their packages and their build, done only when something changed.

use crate::packages;
use crate::step::sh;
use std::fs;
use std::path::Path;
use std::time::SystemTime;

/// `npm ci`, unless node_modules was filled from this very lock file.
pub fn install() -> anyhow::Result<()> {
    packages::ensure_node()?;
    let filled = changed(Path::new("node_modules/.package-lock.json"));
    if filled.is_some() && filled >= changed(Path::new("package-lock.json")) {
        println!("node_modules is up to date");
        return Ok(());
    }
    sh("npm ci")
}

/// Builds ui/dist, unless it is newer than everything it is made of.
pub fn build() -> anyhow::Result<()> {
    let built = changed(Path::new("ui/dist/index.html"));
    let sources = newest(Path::new("ui")).max(changed(Path::new("package-lock.json")));
    if built.is_some() && built >= sources {
        println!("ui/dist is up to date");
        return Ok(());
    }
    sh("npm run build --workspace ui")
}

/// What the first screen has to load, against its goal.
pub fn weigh() -> anyhow::Result<()> {
    sh("node ui/tools/weigh.mjs")
}

fn changed(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|data| data.modified()).ok()
}

fn newest(dir: &Path) -> Option<SystemTime> {
    let entries = fs::read_dir(dir).ok()?;
    let of = |path: &Path| if path.is_dir() { newest(path) } else { changed(path) };
    entries
        .flatten()
        .filter(|entry| {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            name != "node_modules" && name != "dist" && !name.starts_with('.')
        })
        .filter_map(|entry| of(&entry.path()))
        .max()
}
