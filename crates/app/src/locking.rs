//! Whether the book of a folder is locked, and where its key is. A person only says what they wish;
//! the book is written anew when it is next opened, while nobody works in it. `lock.json` says the
//! wish, the first bytes of the book what it is: a crash between the two is made good by the next
//! start.

use crate::edge::Edge;
use crate::face::BOOK;
use crate::problem::Fault;
use serde::{Deserialize, Serialize};
use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use store::StoreError;
use store::lock::{BookKey, Cover, cover, forget_draft, hex, relock};
use vault::Vault;

const NOTE: &str = "lock.json";

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Note {
    /// Locked from the next start on; else open again.
    wanted: bool,
    /// Under which the key goes, in hexadecimal; no secret.
    name: String,
    home: Home,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Home {
    Keychain,
    File(PathBuf),
}

/// How a folder was opened.
#[derive(Debug, Default)]
pub(crate) struct Unlocked {
    pub key: Option<BookKey>,
    /// Why it is not yet what was wished.
    pub trouble: Option<String>,
}

/// The key of a folder's book, after what was wished since the last start has been done.
pub(crate) fn unlock(dir: &Path, vault: &Vault) -> Result<Unlocked, Fault> {
    let book = dir.join(BOOK);
    let is = cover(&book).map_err(|error| failed(&book, &error))?;
    let Some(note) = Note::load(dir)? else {
        // A copied book is opened if its key is at hand; else it cannot be told from a damaged one.
        let key = match is {
            Cover::Locked(name) => find(name, &Home::Keychain, vault).ok(),
            Cover::Absent | Cover::Plain => None,
        };
        return Ok(Unlocked { key, trouble: None });
    };
    forget_draft(&book);
    let is_locked = matches!(is, Cover::Locked(_));
    if !note.wanted && !is_locked {
        Note::remove(dir)?;
        return Ok(Unlocked::default());
    }
    let key = find(note.name()?, &note.home, vault)?;
    match (note.wanted, is) {
        (true, Cover::Plain) => match relock(&book, None, Some(&key)) {
            Ok(()) => Ok(Unlocked { key: Some(key), trouble: None }),
            // Work goes on in the open book, and Settings says that it is open.
            Err(error @ (StoreError::Busy | StoreError::DiskFull | StoreError::Disk(_))) => {
                Ok(Unlocked { key: None, trouble: Some(error.to_string()) })
            }
            Err(error) => Err(error.into()),
        },
        (false, Cover::Locked(_)) => match relock(&book, Some(&key), None) {
            Ok(()) => Note::remove(dir).map(|()| Unlocked::default()),
            Err(error @ (StoreError::Busy | StoreError::DiskFull | StoreError::Disk(_))) => {
                Ok(Unlocked { key: Some(key), trouble: Some(error.to_string()) })
            }
            Err(error) => Err(error.into()),
        },
        (true, Cover::Absent | Cover::Locked(_)) | (false, Cover::Absent | Cover::Plain) => {
            Ok(Unlocked { key: Some(key), trouble: None })
        }
    }
}

/// The key of a book as it is now, whatever is wished.
pub(crate) fn key_of(dir: &Path, vault: &Vault) -> Result<Option<BookKey>, Fault> {
    let book = dir.join(BOOK);
    let Cover::Locked(name) = cover(&book).map_err(|error| failed(&book, &error))? else {
        return Ok(None);
    };
    let home = Note::load(dir)?.map_or(Home::Keychain, |note| note.home);
    find(name, &home, vault).map(Some)
}

/// The key of a backup, and what the folder that it becomes has to know of it.
pub(crate) fn key_of_backup(file: &Path, vault: &Vault) -> Result<Option<BookKey>, Fault> {
    match cover(file).map_err(|error| failed(file, &error))? {
        Cover::Locked(name) => find(name, &Home::Keychain, vault).map(Some),
        Cover::Absent | Cover::Plain => Ok(None),
    }
}

/// Notes that the restored book of this folder is locked. The key goes into the keychain; where
/// there is none, the file that it came from stays its home.
pub(crate) fn restored(dir: &Path, key: &BookKey, vault: &Vault) -> Result<(), Fault> {
    let kept = vault.keep(&entry(key.name()), key.secret());
    let home = match (kept, vault.key_file()) {
        (Err(_), Some(path)) => Home::File(path.clone()),
        (Ok(()) | Err(_), _) => Home::Keychain,
    };
    Note { wanted: true, name: hex(&key.name()), home }.save(dir)
}

/// What a person may know of the lock of a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    Open,
    Locked,
    LockedFromNextStart,
    OpenFromNextStart,
}

pub(crate) fn standing(dir: &Path, key: Option<&BookKey>) -> Result<Standing, Fault> {
    let wanted = Note::load(dir)?.map(|note| note.wanted);
    Ok(match (key.is_some(), wanted) {
        (true, None | Some(true)) => Standing::Locked,
        (true, Some(false)) => Standing::OpenFromNextStart,
        (false, Some(true)) => Standing::LockedFromNextStart,
        (false, None | Some(false)) => Standing::Open,
    })
}

/// From the next start on the book is locked, with a new key in the keychain or in `file`. Answers
/// the key as it is written down: without it and without its home the book is lost.
pub fn wish_locked(
    dir: &Path,
    file: Option<&Path>,
    vault: &Vault,
    edge: &Edge,
) -> Result<String, Fault> {
    if let Some(note) = Note::load(dir)? {
        if note.wanted {
            let todo = "Nothing to do; it is locked at the latest after the next start.";
            return Err(said("locked_already", "The book has a key already.".into(), todo));
        }
        // It was to be opened at the next start and is not yet: its key stays.
        let key = find(note.name()?, &note.home, vault)?;
        Note { wanted: true, ..note }.save(dir)?;
        return Ok(spoken(&key));
    }
    let mut random = [0; 48];
    for word in random.as_chunks_mut::<8>().0 {
        *word = edge.random().to_le_bytes();
    }
    let (mut secret, mut name) = ([0; 32], [0; 16]);
    secret.copy_from_slice(&random[..32]);
    name.copy_from_slice(&random[32..]);
    let key = BookKey::new(secret, name);
    let home = match file {
        Some(file) => Home::File(write_key(dir, file, &key)?),
        None => {
            vault.keep(&entry(name), &secret).map_err(|why| {
                let what = format!("There is no keychain that keeps the key: {why}.");
                let todo = "Use `quay lock FOLDER --key-file FILE`, with the file on another disk.";
                said("no_keychain", what, todo)
            })?;
            Home::Keychain
        }
    };
    Note { wanted: true, name: hex(&name), home }.save(dir)?;
    Ok(spoken(&key))
}

/// From the next start on anybody who has the folder can read the book.
pub fn wish_open(dir: &Path) -> Result<(), Fault> {
    match Note::load(dir)? {
        Some(note) if note.wanted => Note { wanted: false, ..note }.save(dir),
        Some(_) | None => {
            Err(said("not_locked", "The book is not locked.".into(), "Nothing to do."))
        }
    }
}

fn find(name: [u8; 16], home: &Home, vault: &Vault) -> Result<BookKey, Fault> {
    if let Some(file) = vault.key_file() {
        return read_key(file, name);
    }
    match home {
        Home::File(file) => read_key(file, name),
        Home::Keychain => match vault.get(&entry(name)) {
            Ok(Some(secret)) => match secret.try_into() {
                Ok(secret) => Ok(BookKey::new(secret, name)),
                Err(_) => Err(no_key("its key in this machine's keychain is damaged")),
            },
            Ok(None) => Err(no_key("its key is not in this machine's keychain")),
            Err(why) => Err(no_key(&format!("this machine's keychain does not open: {why}"))),
        },
    }
}

fn no_key(why: &str) -> Fault {
    let todo = "Unlock the keychain and start again; or write the key that you noted down into a \
        file and name it in QUAYSIDE_KEY_FILE.";
    said("locked", format!("The book is locked, and {why}."), todo)
}

/// As it stands in the keychain, under the program's heading.
fn entry(name: [u8; 16]) -> String {
    format!("book {}", hex(&name))
}

/// In groups of eight, for people who write it down.
fn spoken(key: &BookKey) -> String {
    let text = hex(key.secret());
    let groups: Vec<&str> = (0..text.len()).step_by(8).map(|at| &text[at..at + 8]).collect();
    groups.join("-")
}

/// The key in the folder that it locks would be a key under the mat.
fn write_key(dir: &Path, file: &Path, key: &BookKey) -> Result<PathBuf, Fault> {
    let file = std::path::absolute(file).map_err(|error| failed(file, &error))?;
    let dir = dir.canonicalize().map_err(|error| failed(dir, &error))?;
    let parent = file.parent().unwrap_or(&file);
    let parent = parent.canonicalize().map_err(|error| failed(parent, &error))?;
    if parent.starts_with(&dir) {
        let what = "The key would lie in the folder that it locks.".to_owned();
        return Err(said("key_file", what, "Name a file on another disk."));
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(&file).and_then(|mut out| {
        writeln!(out, "{}", spoken(key))?;
        out.sync_all()
    });
    written.map_err(|error| failed(&file, &error))?;
    Ok(file)
}

fn read_key(file: &Path, name: [u8; 16]) -> Result<BookKey, Fault> {
    let text = fs::read_to_string(file)
        .map_err(|error| no_key(&format!("its key file {}: {error}", file.display())))?;
    let digits: Vec<u8> =
        text.bytes().filter(|byte| !byte.is_ascii_whitespace() && *byte != b'-').collect();
    let bytes = digits.chunks(2).map(|pair| {
        let pair = std::str::from_utf8(pair).ok().filter(|pair| pair.len() == 2)?;
        u8::from_str_radix(pair, 16).ok()
    });
    let secret: Option<Vec<u8>> = bytes.collect();
    let secret = secret.and_then(|bytes| bytes.try_into().ok());
    let what = || format!("{} holds no key of 64 digits from 0 to f", file.display());
    Ok(BookKey::new(secret.ok_or_else(|| no_key(&what()))?, name))
}

impl Note {
    fn load(dir: &Path) -> Result<Option<Note>, Fault> {
        let path = dir.join(NOTE);
        match fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes).map(Some).map_err(|error| {
                let todo = "Restore the folder's lock.json, or the folder, from a backup.";
                said("locked", format!("{} is damaged: {error}.", path.display()), todo)
            }),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(failed(&path, &error)),
        }
    }

    fn save(&self, dir: &Path) -> Result<(), Fault> {
        let (path, draft) = (dir.join(NOTE), dir.join("lock.json.new"));
        let bytes = serde_json::to_vec_pretty(self).unwrap_or_default();
        let written = fs::File::create(&draft).and_then(|mut out| {
            out.write_all(&bytes)?;
            out.sync_all()?;
            fs::rename(&draft, &path)
        });
        written.map_err(|error| failed(&path, &error))
    }

    fn remove(dir: &Path) -> Result<(), Fault> {
        let path = dir.join(NOTE);
        fs::remove_file(&path).map_err(|error| failed(&path, &error))
    }

    fn name(&self) -> Result<[u8; 16], Fault> {
        let number = u128::from_str_radix(&self.name, 16);
        number.map(u128::to_be_bytes).map_err(|error| no_key(&format!("lock.json: {error}")))
    }
}

fn failed(path: &Path, error: &io::Error) -> Fault {
    let what = format!("{} cannot be read or written: {error}.", path.display());
    said("folder", what, "Check the disk and the rights of the folder.")
}

fn said(code: &str, what: String, todo: &str) -> Fault {
    Fault::said(code, what, todo.to_owned())
}
