//! A desktop's data folder as one file, made while people work, and made a folder again.

use crate::edge::Edge;
use crate::face::BOOK;
use crate::lang::Lang;
use crate::locking::{key_of, key_of_backup, restored};
use crate::problem::{Fault, Problem};
use domain::StationId;
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use store::backup;
pub use store::backup::Beside;
use vault::Vault;

/// Writes the book of `dir` and `beside` to `to`. A locked book's backup is locked with its key.
pub fn back_up(dir: &Path, vault: &Vault, beside: &[Beside], to: &Path) -> Result<(), Problem> {
    let work = || {
        if !dir.join(BOOK).is_file() {
            return Err(said(dir, "holds no warehouse", "Name the data folder."));
        }
        if to.exists() {
            return Err(said(to, "is there already", "Choose another name."));
        }
        let key = key_of(dir, vault)?;
        // A key is in it: made readable for its owner only, and complete before it has its name.
        let unfinished = to.with_extension("unfinished");
        private(&unfinished, &[]).map_err(|error| failed(to, &error))?;
        backup::back_up(&dir.join(BOOK), key.as_ref(), beside, &unfinished)?;
        fs::File::open(&unfinished)
            .and_then(|file| file.sync_all())
            .and_then(|()| fs::rename(&unfinished, to))
            .map_err(|error| failed(to, &error))
    };
    work().map_err(|fault| fault.into_problem(Lang::En))
}

/// Makes a data folder of a backup. A desktop of a site goes on under a new name there.
pub fn restore(from: &Path, dir: &Path, vault: &Vault, edge: &Edge) -> Result<(), Problem> {
    let work = || {
        if dir.join(BOOK).exists() {
            return Err(said(dir, "already holds a warehouse", "Choose an empty folder."));
        }
        let key = key_of_backup(from, vault)?;
        fs::create_dir_all(dir).map_err(|error| failed(dir, &error))?;
        let unfinished = dir.join("restored.unfinished");
        fs::copy(from, &unfinished).map_err(|error| failed(from, &error))?;
        let random = (u128::from(edge.random()) << 64) | u128::from(edge.random());
        let station = StationId::from_bytes(random.to_be_bytes());
        for file in backup::restore(&unfinished, key.as_ref(), station)? {
            // Only plain names were written; a path from elsewhere must not lead out of the folder.
            let plain = Path::new(&file.name).file_name().is_some_and(|name| *name == *file.name);
            if plain {
                private(&dir.join(&file.name), &file.bytes).map_err(|error| failed(dir, &error))?;
            }
        }
        if let Some(key) = &key {
            restored(dir, key, vault)?;
        }
        fs::rename(&unfinished, dir.join(BOOK)).map_err(|error| failed(dir, &error))
    };
    work().map_err(|fault: Fault| fault.into_problem(Lang::En))
}

fn private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn failed(path: &Path, error: &io::Error) -> Fault {
    said(path, &format!("cannot be read or written: {error}"), "Check the disk and its rights.")
}

fn said(path: &Path, what: &str, todo: &str) -> Fault {
    Fault::said("backup", format!("{} {what}.", path.display()), todo.to_owned())
}
