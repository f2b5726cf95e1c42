//! Files as slices of bytes, without reading them into memory first.
//!
//! Architecture Invariant: the only `unsafe` that ships is here. It is sound as long as nobody
//! shortens or rewrites a mapped file; the house writes a new file and renames it, never into one
//! that is in use. No parsing, no clock.

use memmap2::Mmap;
use std::fs::File;
use std::io;
use std::path::Path;

/// A file's bytes for as long as this lives.
#[derive(Debug)]
pub struct Mapped(Option<Mmap>);

/// Maps a whole file for reading. An empty one gives no bytes.
pub fn open(path: &Path) -> io::Result<Mapped> {
    let file = File::open(path)?;
    if file.metadata()?.len() == 0 {
        return Ok(Mapped(None));
    }
    map(&file).map(|map| Mapped(Some(map)))
}

#[allow(unsafe_code)]
fn map(file: &File) -> io::Result<Mmap> {
    // SAFETY: the bytes are only read, and checked as those of a stranger. That nobody changes them
    // meanwhile is the promise in the first lines of this file.
    unsafe { Mmap::map(file) }
}

impl AsRef<[u8]> for Mapped {
    fn as_ref(&self) -> &[u8] {
        self.0.as_deref().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mapped_file_has_the_bytes_of_the_file_even_after_it_was_replaced() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("one");
        for text in ["", "roads"] {
            std::fs::write(&path, text).unwrap();
            assert_eq!(open(&path).unwrap().as_ref(), text.as_bytes());
        }
        let mapped = open(&path).unwrap();
        std::fs::write(dir.path().join("two"), "other").unwrap();
        // Windows does not replace a file that is mapped; the house gives each a name of its own.
        if std::fs::rename(dir.path().join("two"), &path).is_ok() {
            assert_eq!(mapped.as_ref(), b"roads");
        }
        assert!(open(&dir.path().join("none")).is_err());
    }
}
