//! The VFS: SQLite's own one, with a state beside it.

use crate::fault::{Fault, Plan};
use crate::file;
use crate::state::State;
use rusqlite::ffi;
use std::ffi::{CStr, CString, OsStr, c_char, c_int};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What the C functions find behind `pAppData`. It is never freed, so a book may outlive its disk.
pub(crate) struct Shared {
    pub real: *mut ffi::sqlite3_vfs,
    state: Mutex<State>,
}

impl Shared {
    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One machine's disk. Books are opened on it by the name of its VFS.
pub struct Disk {
    name: String,
    vfs: *mut ffi::sqlite3_vfs,
    shared: &'static Shared,
}

impl Disk {
    pub fn new(seed: u64) -> Disk {
        static MADE: AtomicU64 = AtomicU64::new(0);
        let name = format!("disk-{}", MADE.fetch_add(1, Ordering::Relaxed));
        // SAFETY: the default VFS lives as long as the process.
        let real = unsafe { ffi::sqlite3_vfs_find(std::ptr::null()) };
        let shared: &'static Shared =
            Box::leak(Box::new(Shared { real, state: Mutex::new(State::new(seed)) }));
        let z_name = CString::new(name.as_str()).unwrap_or_default().into_raw();
        // SAFETY: `real` points to a whole sqlite3_vfs of plain data. What is not replaced here is
        // called with our pointer, and the Unix VFS looks at `mxPathname` and `pAppData` of it only
        // in xOpen and xFullPathname, which are ours.
        let vfs = unsafe {
            let mut own = *real;
            own.iVersion = 2;
            own.szOsFile += file::own_bytes();
            own.pNext = std::ptr::null_mut();
            own.zName = z_name;
            own.pAppData = std::ptr::from_ref(shared).cast_mut().cast();
            own.xOpen = Some(open);
            own.xDelete = Some(delete);
            own.xAccess = Some(access);
            own.xFullPathname = Some(full_pathname);
            Box::into_raw(Box::new(own))
        };
        // SAFETY: `vfs` is never freed.
        let registered = unsafe { ffi::sqlite3_vfs_register(vfs, 0) };
        assert_eq!(registered, ffi::SQLITE_OK);
        Disk { name, vfs, shared }
    }

    /// The name to open a book with.
    pub fn vfs(&self) -> &str {
        &self.name
    }

    /// Writes, syncs and truncates so far.
    pub fn calls(&self) -> u64 {
        self.shared.state().calls
    }

    /// Which of them, counted from 0, were syncs or truncates.
    pub fn turns(&self) -> Vec<u64> {
        self.shared.state().turns.clone()
    }

    /// How many of them met a fault.
    pub fn struck(&self) -> u64 {
        self.shared.state().struck
    }

    /// After so many more calls that succeed; for that one call, or until [`Disk::repair`].
    pub fn fail(&self, fault: Fault, after: u64, lasts: bool) {
        self.shared.state().plan = Some(Plan { fault, after, lasts });
    }

    pub fn repair(&self) {
        self.shared.state().plan = None;
    }

    pub fn is_off(&self) -> bool {
        self.shared.state().off
    }

    /// After [`Disk::cut_power`], as if only the program had been killed: the system has kept all
    /// that was written, and the disk is sound.
    pub fn start_again(&self) {
        let mut state = self.shared.state();
        (state.off, state.plan) = (false, None);
    }

    /// Pulls the plug. Every book on the disk has to be closed before the power comes back.
    pub fn cut_power(&self) {
        self.shared.state().off = true;
    }

    /// The files are as the disk left them, and the disk is sound.
    pub fn power_on(&self) -> std::io::Result<()> {
        self.shared.state().power_on()
    }

    /// The files were replaced while no book was open on them.
    pub fn forget(&self) {
        self.shared.state().forget();
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        self.shared.state().forget();
        // SAFETY: it was registered by `new`; the memory stays for books that are still open.
        unsafe { ffi::sqlite3_vfs_unregister(self.vfs) };
    }
}

/// # Safety
/// `vfs` is one that `Disk::new` registered.
unsafe fn shared_of(vfs: *mut ffi::sqlite3_vfs) -> &'static Shared {
    // SAFETY: by the contract, `pAppData` is the leaked `Shared`.
    unsafe { &*(*vfs).pAppData.cast::<Shared>() }
}

/// # Safety
/// `name` is null or a C string.
unsafe fn path_of(name: *const c_char) -> Option<PathBuf> {
    if name.is_null() {
        return None;
    }
    // SAFETY: by the contract.
    let name = unsafe { CStr::from_ptr(name) };
    Some(Path::new(OsStr::from_bytes(name.to_bytes())).to_owned())
}

unsafe extern "C" fn open(
    vfs: *mut ffi::sqlite3_vfs,
    name: ffi::sqlite3_filename,
    file: *mut ffi::sqlite3_file,
    flags: c_int,
    out_flags: *mut c_int,
) -> c_int {
    // SAFETY: SQLite calls with its own pointers, and `file` has `szOsFile` bytes.
    unsafe {
        let shared = shared_of(vfs);
        let durable =
            ffi::SQLITE_OPEN_MAIN_DB | ffi::SQLITE_OPEN_WAL | ffi::SQLITE_OPEN_MAIN_JOURNAL;
        let path = if flags & durable != 0 { path_of(name) } else { None };
        if shared.state().off {
            (*file).pMethods = std::ptr::null();
            return ffi::SQLITE_CANTOPEN;
        }
        if let Some(path) = &path {
            shared.state().opening(path);
        }
        file::open(shared, path, name, file, flags, out_flags)
    }
}

unsafe extern "C" fn delete(
    vfs: *mut ffi::sqlite3_vfs,
    name: *const c_char,
    sync_dir: c_int,
) -> c_int {
    // SAFETY: as in `open`.
    unsafe {
        let shared = shared_of(vfs);
        if shared.state().off {
            return ffi::SQLITE_IOERR_DELETE;
        }
        if let Some(path) = path_of(name) {
            shared.state().removed(&path, sync_dir != 0);
        }
        match (*shared.real).xDelete {
            Some(real) => real(shared.real, name, 0),
            None => ffi::SQLITE_ERROR,
        }
    }
}

unsafe extern "C" fn access(
    vfs: *mut ffi::sqlite3_vfs,
    name: *const c_char,
    flags: c_int,
    out: *mut c_int,
) -> c_int {
    // SAFETY: as in `open`.
    unsafe {
        let shared = shared_of(vfs);
        match (*shared.real).xAccess {
            Some(real) => real(shared.real, name, flags, out),
            None => ffi::SQLITE_ERROR,
        }
    }
}

unsafe extern "C" fn full_pathname(
    vfs: *mut ffi::sqlite3_vfs,
    name: *const c_char,
    length: c_int,
    out: *mut c_char,
) -> c_int {
    // SAFETY: as in `open`.
    unsafe {
        let shared = shared_of(vfs);
        match (*shared.real).xFullPathname {
            Some(real) => real(shared.real, name, length, out),
            None => ffi::SQLITE_ERROR,
        }
    }
}
