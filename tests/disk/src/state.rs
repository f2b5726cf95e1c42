//! All files of one disk, and what is about to happen to it.

use crate::dice::Dice;
use crate::fault::{Fate, Fault, Plan};
use crate::image::{Change, Image};
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

pub struct State {
    pub calls: u64,
    /// Which of the calls were syncs or truncates, the moments at which something is decided.
    pub turns: Vec<u64>,
    pub plan: Option<Plan>,
    /// The fault that the plan had for a call; counted, so that a test knows that it happened.
    pub struck: u64,
    pub off: bool,
    pub dice: Dice,
    files: BTreeMap<PathBuf, Image>,
    /// Removed, but the folder was not synced since.
    removed: BTreeMap<PathBuf, Image>,
}

impl State {
    pub fn new(seed: u64) -> State {
        State {
            calls: 0,
            turns: Vec::new(),
            plan: None,
            struck: 0,
            off: false,
            dice: Dice::new(seed),
            files: BTreeMap::new(),
            removed: BTreeMap::new(),
        }
    }

    /// As `call`, of a sync or truncate.
    pub fn turn(&mut self) -> Fate {
        let number = self.calls;
        let fate = self.call();
        if fate != Fate::Off {
            self.turns.push(number);
        }
        fate
    }

    /// Counts a write, sync or truncate, and says what becomes of it.
    pub fn call(&mut self) -> Fate {
        if self.off {
            return Fate::Off;
        }
        self.calls += 1;
        let Some(plan) = self.plan.as_mut() else { return Fate::Sound };
        if plan.after > 0 {
            plan.after -= 1;
            return Fate::Sound;
        }
        let fault = plan.fault;
        if !plan.lasts {
            self.plan = None;
        }
        self.struck += 1;
        self.off = fault == Fault::PowerCut;
        Fate::Fails(fault)
    }

    /// A file is about to be opened, and made if it is not there.
    pub fn opening(&mut self, path: &Path) {
        if self.files.contains_key(path) {
            return;
        }
        self.removed.remove(path);
        let image = std::fs::read(path).map_or_else(|_| Image::default(), Image::of);
        self.files.insert(path.to_owned(), image);
    }

    fn image(&mut self, path: &Path) -> &mut Image {
        self.files.entry(path.to_owned()).or_default()
    }

    pub fn change(&mut self, path: &Path, change: Change) {
        self.image(path).change(change);
    }

    /// SQLite's Unix VFS syncs the folder too with the first sync of a new journal: from then on
    /// the names of all files in it are safe, and what was removed stays removed.
    pub fn synced(&mut self, path: &Path) {
        let image = self.image(path);
        image.synced();
        let journal = path.to_string_lossy().ends_with("-wal")
            || path.to_string_lossy().ends_with("-journal");
        if !journal || image.named {
            return;
        }
        let folder = path.parent();
        self.files
            .iter_mut()
            .filter(|(other, _)| other.parent() == folder)
            .for_each(|(_, image)| image.named = true);
        self.removed.retain(|other, _| other.parent() != folder);
    }

    pub fn sync_failed(&mut self, path: &Path) {
        let State { files, dice, .. } = self;
        files.entry(path.to_owned()).or_default().sync_failed(dice);
    }

    pub fn removed(&mut self, path: &Path, durably: bool) {
        let Some(image) = self.files.remove(path) else { return };
        if !durably && image.named {
            self.removed.insert(path.to_owned(), image);
        }
    }

    /// Writes the files as the power cut left them, and forgets them: they are the disk now.
    pub fn power_on(&mut self) -> io::Result<()> {
        let mut left = std::mem::take(&mut self.files);
        for (path, image) in std::mem::take(&mut self.removed) {
            if self.dice.below(2) == 0 {
                left.entry(path).or_insert(image);
            }
        }
        for (path, image) in left {
            match image.after_power_cut(&mut self.dice) {
                Some(bytes) => std::fs::write(&path, bytes)?,
                None => gone(&path)?,
            }
            // Shared memory in a file's clothes.
            let mut shared = path.into_os_string();
            shared.push("-shm");
            gone(Path::new(&shared))?;
        }
        (self.off, self.plan) = (false, None);
        Ok(())
    }

    /// The files were put there by somebody else.
    pub fn forget(&mut self) {
        self.files.clear();
        self.removed.clear();
    }
}

fn gone(path: &Path) -> io::Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
