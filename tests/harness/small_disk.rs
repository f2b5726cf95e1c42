//! A disk of a few megabytes that can be filled, freed and write-protected.

use anyhow::{Context, bail, ensure};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

const FILLER: &str = "filler";

pub struct SmallDisk {
    dir: TempDir,
}

impl SmallDisk {
    /// Mounting needs root, or a sudo that asks nothing.
    pub fn mount(megabytes: u32) -> anyhow::Result<SmallDisk> {
        let disk = SmallDisk { dir: tempfile::tempdir()? };
        let size = format!("size={megabytes}m,mode=0777");
        run("mount", &["-t", "tmpfs", "-o", &size, "tmpfs"], Some(disk.dir.path()))?;
        Ok(disk)
    }

    pub fn path(&self) -> PathBuf {
        self.dir.path().join("house")
    }

    /// Takes up every byte that is left.
    pub fn fill(&self) -> anyhow::Result<()> {
        let mut filler = fs::File::create(self.dir.path().join(FILLER))?;
        for size in [65_536, 4_096, 1] {
            let block = vec![0u8; size];
            while filler.write_all(&block).is_ok() {}
        }
        Ok(())
    }

    pub fn free(&self) -> anyhow::Result<()> {
        fs::remove_file(self.dir.path().join(FILLER)).context("freeing the disk")
    }

    pub fn protect(&self) -> anyhow::Result<()> {
        run("mount", &["-o", "remount,ro"], Some(self.dir.path()))
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Lazily, because a program under test may still hold a file open.
        let _ = run("umount", &["-l"], Some(self.dir.path()));
    }
}

fn run(program: &str, words: &[&str], last: Option<&Path>) -> anyhow::Result<()> {
    let directly = Command::new(program).args(words).args(last).output();
    if directly.is_ok_and(|output| output.status.success()) {
        return Ok(());
    }
    let output = Command::new("sudo").args(["-n", program]).args(words).args(last).output();
    let Ok(output) = output else { bail!("{program} needs root or sudo") };
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{program} needs root or sudo: {said}");
    Ok(())
}
