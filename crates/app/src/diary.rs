//! What happened to the program itself, as lines in a file that a person can send: starts, refusals
//! by their code, panics by their place. Nobody's name and nothing that was typed is in it.

use domain::Timestamp;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

const FOLDER: &str = "logs";
const NOW: &str = "quayside.log";
const BEFORE: &str = "quayside.1.log";
/// Some weeks of a busy desk; the file before it is kept too.
const BYTES_MAX: u64 = 500_000;

pub struct Diary {
    folder: PathBuf,
    /// One line after another.
    turn: Mutex<()>,
}

impl Diary {
    pub fn of(dir: &Path) -> Diary {
        Diary { folder: dir.join(FOLDER), turn: Mutex::new(()) }
    }

    /// A diary that cannot be written is no reason for the work to stop.
    pub fn note(&self, at: Timestamp, what: &str) {
        let _turn = self.turn.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let _ = self.write(at, what);
    }

    fn write(&self, at: Timestamp, what: &str) -> std::io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        let path = self.folder.join(NOW);
        if fs::metadata(&path).is_ok_and(|data| data.len() > BYTES_MAX) {
            fs::rename(&path, self.folder.join(BEFORE))?;
        }
        let mut file = OpenOptions::new().create(true).append(true).open(path)?;
        let time = jiff::Timestamp::from_millisecond(at.0).unwrap_or_default();
        writeln!(file, "{time:.0} {}", what.replace(['\n', '\r'], " "))
    }

    /// The last lines, so many bytes of them at most.
    pub fn tail(&self, bytes: usize) -> String {
        let read = |name: &str| fs::read_to_string(self.folder.join(name)).unwrap_or_default();
        let text = read(BEFORE) + &read(NOW);
        let mut from = text.len().saturating_sub(bytes);
        while !text.is_char_boundary(from) {
            from += 1;
        }
        // A line is told whole or not at all.
        let whole = if from == 0 { 0 } else { text[from..].find('\n').map_or(0, |at| at + 1) };
        text[from + whole..].to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_kept_whole_and_the_file_does_not_grow_for_ever() {
        let dir = tempfile::tempdir().unwrap();
        let diary = Diary::of(dir.path());
        diary.note(Timestamp(0), "started\nagain");
        assert_eq!(diary.tail(1000), "1970-01-01T00:00:00Z started again\n");
        for n in 0..20_000 {
            diary.note(Timestamp(n), &format!("pick: wrong_state {n} 计"));
        }
        let size = |name: &str| fs::metadata(dir.path().join(FOLDER).join(name)).unwrap().len();
        assert!(size(NOW) < BYTES_MAX + 100 && size(BEFORE) < BYTES_MAX + 100);
        let tail = diary.tail(1000);
        assert!(tail.len() <= 1000 && tail.starts_with("1970"), "{tail}");
        assert!(tail.ends_with("pick: wrong_state 19999 计\n"));
    }
}
