//! One open file: the calls that can fail are ours, all others go through.

use crate::fault::{Fate, Fault};
use crate::image::Change;
use crate::vfs::Shared;
use rusqlite::ffi;
use std::ffi::{c_int, c_void};
use std::path::PathBuf;

/// Followed in memory by the real VFS's file.
#[repr(C)]
struct File {
    base: ffi::sqlite3_file,
    shared: &'static Shared,
    /// `None` for what lives as long as a connection.
    path: *mut Option<PathBuf>,
}

pub fn own_bytes() -> c_int {
    size_of::<File>() as c_int
}

/// Without `xFetch`: what is read by memory mapping could not be failed.
static METHODS: ffi::sqlite3_io_methods = ffi::sqlite3_io_methods {
    iVersion: 2,
    xClose: Some(close),
    xRead: Some(read),
    xWrite: Some(write),
    xTruncate: Some(truncate),
    xSync: Some(sync),
    xFileSize: Some(size),
    xLock: Some(lock),
    xUnlock: Some(unlock),
    xCheckReservedLock: Some(reserved),
    xFileControl: Some(control),
    xSectorSize: Some(sector),
    xDeviceCharacteristics: Some(device),
    xShmMap: Some(shm_map),
    xShmLock: Some(shm_lock),
    xShmBarrier: Some(shm_barrier),
    xShmUnmap: Some(shm_unmap),
    xFetch: None,
    xUnfetch: None,
};

/// # Safety
/// `file` has room for `File` and the real VFS's file; the other pointers are SQLite's.
pub unsafe fn open(
    shared: &'static Shared,
    path: Option<PathBuf>,
    name: ffi::sqlite3_filename,
    file: *mut ffi::sqlite3_file,
    flags: c_int,
    out_flags: *mut c_int,
) -> c_int {
    // SAFETY: by the contract.
    unsafe {
        (*file).pMethods = std::ptr::null();
        let Some(open) = (*shared.real).xOpen else { return ffi::SQLITE_ERROR };
        let code = open(shared.real, name, real(file), flags, out_flags);
        if code == ffi::SQLITE_OK {
            let own = file.cast::<File>();
            (*own).shared = shared;
            (*own).path = Box::into_raw(Box::new(path));
            (*own).base.pMethods = &raw const METHODS;
        }
        code
    }
}

/// # Safety
/// `file` was made by `open`.
unsafe fn real(file: *mut ffi::sqlite3_file) -> *mut ffi::sqlite3_file {
    // SAFETY: the real file follows ours, whose size keeps its alignment.
    unsafe { file.cast::<u8>().add(size_of::<File>()).cast() }
}

/// # Safety
/// `file` was made by `open` and is not closed.
unsafe fn parts<'a>(file: *mut ffi::sqlite3_file) -> (&'static Shared, Option<&'a PathBuf>) {
    // SAFETY: by the contract.
    unsafe {
        let own = file.cast::<File>();
        ((*own).shared, (*(*own).path).as_ref())
    }
}

/// Calls the real VFS's method.
macro_rules! through {
    ($file:expr, $method:ident $(, $word:expr)*) => {
        match (*(*real($file)).pMethods).$method {
            Some(method) => method(real($file) $(, $word)*),
            None => ffi::SQLITE_ERROR,
        }
    };
}

/// The same with nothing of ours before it.
macro_rules! pass {
    ($($name:ident: $method:ident($($word:ident: $kind:ty),*);)*) => {
        $(unsafe extern "C" fn $name(file: *mut ffi::sqlite3_file $(, $word: $kind)*) -> c_int {
            // SAFETY: SQLite calls with a file that `open` made.
            unsafe { through!(file, $method $(, $word)*) }
        })*
    };
}

pass! {
    size: xFileSize(out: *mut i64);
    lock: xLock(level: c_int);
    unlock: xUnlock(level: c_int);
    reserved: xCheckReservedLock(out: *mut c_int);
    control: xFileControl(what: c_int, argument: *mut c_void);
    sector: xSectorSize();
    device: xDeviceCharacteristics();
    shm_map: xShmMap(page: c_int, bytes: c_int, extend: c_int, out: *mut *mut c_void);
    shm_lock: xShmLock(offset: c_int, count: c_int, flags: c_int);
    shm_unmap: xShmUnmap(remove: c_int);
}

unsafe extern "C" fn shm_barrier(file: *mut ffi::sqlite3_file) {
    // SAFETY: as in `pass`.
    unsafe {
        if let Some(barrier) = (*(*real(file)).pMethods).xShmBarrier {
            barrier(real(file));
        }
    }
}

unsafe extern "C" fn close(file: *mut ffi::sqlite3_file) -> c_int {
    // SAFETY: as in `pass`; SQLite closes once, so the path is freed once.
    unsafe {
        drop(Box::from_raw((*file.cast::<File>()).path));
        through!(file, xClose)
    }
}

unsafe extern "C" fn read(
    file: *mut ffi::sqlite3_file,
    out: *mut c_void,
    bytes: c_int,
    at: i64,
) -> c_int {
    // SAFETY: as in `pass`.
    unsafe {
        if parts(file).0.state().off {
            return ffi::SQLITE_IOERR_READ;
        }
        through!(file, xRead, out, bytes, at)
    }
}

unsafe extern "C" fn write(
    file: *mut ffi::sqlite3_file,
    from: *const c_void,
    bytes: c_int,
    at: i64,
) -> c_int {
    // SAFETY: as in `pass`; `from` has `bytes` bytes.
    unsafe {
        let (shared, path) = parts(file);
        let Some(path) = path else { return through!(file, xWrite, from, bytes, at) };
        let mut state = shared.state();
        let (kept, code) = match state.call() {
            Fate::Sound => (bytes, ffi::SQLITE_OK),
            Fate::Fails(Fault::Full) => (bytes / 2, ffi::SQLITE_FULL),
            // The power went with this write under way: it may arrive, or a part of it.
            Fate::Fails(Fault::PowerCut) => (bytes, ffi::SQLITE_IOERR_WRITE),
            Fate::Fails(Fault::Io) | Fate::Off => (0, ffi::SQLITE_IOERR_WRITE),
        };
        if kept > 0 {
            let copy = std::slice::from_raw_parts(from.cast::<u8>(), kept as usize).to_vec();
            state.change(path, Change::Write { at: at as usize, bytes: copy });
        }
        drop(state);
        if kept > 0 {
            let real = through!(file, xWrite, from, kept, at);
            if real != ffi::SQLITE_OK {
                return real;
            }
        }
        code
    }
}

unsafe extern "C" fn truncate(file: *mut ffi::sqlite3_file, length: i64) -> c_int {
    // SAFETY: as in `pass`.
    unsafe {
        let (shared, path) = parts(file);
        if let Some(path) = path {
            let mut state = shared.state();
            if state.turn() != Fate::Sound {
                return ffi::SQLITE_IOERR_TRUNCATE;
            }
            state.change(path, Change::Truncate { length: length as usize });
        }
        through!(file, xTruncate, length)
    }
}

/// Nothing is really synced: what would be lost is known here, and the tests are quick.
unsafe extern "C" fn sync(file: *mut ffi::sqlite3_file, _: c_int) -> c_int {
    // SAFETY: as in `pass`.
    unsafe {
        let (shared, path) = parts(file);
        let Some(path) = path else { return ffi::SQLITE_OK };
        let mut state = shared.state();
        match state.turn() {
            Fate::Sound => state.synced(path),
            Fate::Off | Fate::Fails(Fault::PowerCut) => return ffi::SQLITE_IOERR_FSYNC,
            Fate::Fails(Fault::Io | Fault::Full) => {
                state.sync_failed(path);
                return ffi::SQLITE_IOERR_FSYNC;
            }
        }
        ffi::SQLITE_OK
    }
}
