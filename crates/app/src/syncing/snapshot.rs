//! A site's whole book on its way to a new desktop: packed by a replica, gathered part by part, and
//! put in the place of the empty book while the program runs.

use crate::App;
use crate::lang::Lang;
use crate::problem::{Fault, Problem};
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use store::{Reader, SiteCursor, StoreError};
use sync::{Cursor, Hash, SnapshotPart};

/// Parts are gathered here until the snapshot is whole.
const PACKED: &str = "snapshot.packed";
/// The book that was in it, or goes into it.
const COPY: &str = "snapshot.sqlite";

impl App {
    /// The book as it stands, packed, and the cursor that it stands for. Nobody waits for it.
    pub fn pack_snapshot(&self) -> Result<(Cursor, Vec<u8>), Problem> {
        let copy = Scratch::new(self.dir().join(COPY));
        let packed = self.pack(&copy.0);
        packed.map_err(|fault| fault.into_problem(Lang::En))
    }

    fn pack(&self, copy: &Path) -> Result<(Cursor, Vec<u8>), Fault> {
        let place = Reader::open(&self.book())?.read(|db| {
            db.copy_to(copy, None)?;
            Ok::<_, StoreError>(db.sync_state()?.cursor)
        })?;
        let cursor = Cursor { seq: place.number, tag: Hash(place.tag) };
        Ok((cursor, deflated(copy).map_err(|error| unwritten(&error))?))
    }
}

/// Adds a part; with the last one the book is there. How many bytes there are by now.
pub(super) fn take(app: &App, part: &SnapshotPart) -> Result<Option<u64>, Problem> {
    adopt(app, part).map_err(|fault| fault.into_problem(Lang::En))
}

fn adopt(app: &App, part: &SnapshotPart) -> Result<Option<u64>, Fault> {
    let packed = app.dir().join(PACKED);
    let length = gather(&packed, part).map_err(|error| unwritten(&error))?;
    if length < part.size {
        return Ok(Some(length));
    }
    let packed = Scratch(packed);
    let copy = Scratch::new(app.dir().join(COPY));
    match inflated(&packed.0, part.hash, &copy.0) {
        Ok(true) => {}
        // Damaged on the way or on this disk: from the beginning.
        Ok(false) => return Ok(Some(0)),
        Err(error) => return Err(unwritten(&error)),
    }
    let cursor = SiteCursor { number: part.cursor.seq, tag: part.cursor.tag.0 };
    if !app.with_store(|store| store.adopt(&copy.0, part.generation, cursor))? {
        // Somebody has begun to work here: the log itself is taken in.
        return Ok(Some(0));
    }
    app.everything_changed();
    Ok(None)
}

/// Whatever a crash loses of it is asked for again, so it need not be durable.
fn gather(packed: &Path, part: &SnapshotPart) -> io::Result<u64> {
    let mut file = OpenOptions::new().create(true).append(true).open(packed)?;
    if part.offset == 0 {
        file.set_len(0)?;
    }
    let length = file.metadata()?.len();
    if length != part.offset {
        return Ok(length);
    }
    file.write_all(&part.bytes)?;
    Ok(length + part.bytes.len() as u64)
}

/// Fast rather than small: a packed book is fetched once, and made while others work.
fn deflated(copy: &Path) -> io::Result<Vec<u8>> {
    let mut packing = DeflateEncoder::new(Vec::new(), Compression::fast());
    io::copy(&mut BufReader::new(File::open(copy)?), &mut packing)?;
    packing.finish()
}

/// False when it is not what was sent.
fn inflated(packed: &Path, hash: Hash, copy: &Path) -> io::Result<bool> {
    let bytes = fs::read(packed)?;
    if Hash::of(&bytes) != hash {
        return Ok(false);
    }
    let mut out = BufWriter::new(File::create(copy)?);
    io::copy(&mut DeflateDecoder::new(bytes.as_slice()), &mut out)?;
    out.flush()?;
    Ok(true)
}

fn unwritten(error: &io::Error) -> Fault {
    let what = format!("The snapshot cannot be written: {error}.");
    Fault::said("snapshot", what, "Make room on the disk.".to_owned())
}

/// A file that goes when it is no longer needed, with what SQLite may have put beside it.
struct Scratch(PathBuf);

impl Scratch {
    /// Whatever an earlier try left there goes first.
    fn new(path: PathBuf) -> Scratch {
        drop(Scratch(path.clone()));
        Scratch(path)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        for suffix in ["", "-wal", "-shm"] {
            let mut name = self.0.as_os_str().to_owned();
            name.push(suffix);
            // Absent is as good as removed.
            let _ = fs::remove_file(name);
        }
    }
}
