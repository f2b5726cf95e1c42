//! Which server this desktop belongs to, and the key that proves who it is.

use app::backup::Beside;
use app::syncing::KeyHome;
use serde::{Deserialize, Serialize};
use std::io::{ErrorKind, Write};
use std::path::Path;
use sync::{Ed25519Key, Signer};
use thiserror::Error;
use vault::{Unavailable, Vault};

const SERVER: &str = "server.json";
const KEY: &str = "station.key";
/// Instead of a key, the name under which the keychain has it.
const REFERENCE: &str = "keychain: ";

#[derive(Debug, Error)]
pub enum IdentityError {
    #[error("{0} cannot be read or written: {1}")]
    File(&'static str, std::io::Error),
    #[error("{0} is damaged")]
    Damaged(&'static str),
    #[error("the keychain with this desktop's key does not open: {0}")]
    Keychain(Unavailable),
    #[error("this desktop's key is not in this machine's keychain")]
    Gone,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Server {
    pub url: String,
    pub site: String,
}

impl Server {
    pub fn load(dir: &Path) -> Result<Option<Server>, IdentityError> {
        match std::fs::read(dir.join(SERVER)) {
            Ok(bytes) => {
                serde_json::from_slice(&bytes).map(Some).map_err(|_| IdentityError::Damaged(SERVER))
            }
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(IdentityError::File(SERVER, error)),
        }
    }

    pub fn save(&self, dir: &Path) -> Result<(), IdentityError> {
        let bytes = serde_json::to_vec_pretty(self).unwrap_or_default();
        write_new(dir, SERVER, &bytes, false)
    }
}

/// The secret of this desktop's key, and where it is.
pub(crate) struct Kept {
    pub secret: [u8; 32],
    pub home: KeyHome,
    /// Why it is not in the keychain.
    pub note: String,
}

/// The key of this desktop, made from `random` at the first call. A key that is in a file moves to
/// the keychain as soon as there is one; the file then says under which name.
pub(crate) fn key(dir: &Path, vault: &Vault, random: [u8; 32]) -> Result<Kept, IdentityError> {
    let secret = match read(dir)? {
        Some(Stands::InFile(secret)) => secret,
        Some(Stands::InKeychain(name)) => {
            let secret = from_keychain(vault, &name)?;
            return Ok(Kept { secret, home: KeyHome::Keychain, note: String::new() });
        }
        None => {
            // First where nothing can take it away; a crash after it only moves it later.
            write_new(dir, KEY, &random, true)?;
            random
        }
    };
    let name = entry(&secret);
    match vault.keep(&name, &secret) {
        Ok(()) => {
            write_new(dir, KEY, format!("{REFERENCE}{name}\n").as_bytes(), true)?;
            Ok(Kept { secret, home: KeyHome::Keychain, note: String::new() })
        }
        Err(why) => Ok(Kept { secret, home: KeyHome::File, note: why.to_string() }),
    }
}

/// What a backup of a desktop takes with it. It carries the key itself, so that it can be restored
/// on another machine; from a keychain that does not open it carries the name alone, and the note
/// says so.
pub fn beside(dir: &Path, vault: &Vault) -> Result<(Vec<Beside>, Option<String>), IdentityError> {
    let mut files = Vec::new();
    match std::fs::read(dir.join(SERVER)) {
        Ok(bytes) => files.push(Beside { name: SERVER.to_owned(), bytes }),
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(IdentityError::File(SERVER, error)),
    }
    let mut note = None;
    let bytes = match read(dir)? {
        None => return Ok((files, None)),
        Some(Stands::InFile(secret)) => secret.to_vec(),
        Some(Stands::InKeychain(name)) => match from_keychain(vault, &name) {
            Ok(secret) => secret.to_vec(),
            Err(error) => {
                note = Some(error.to_string());
                format!("{REFERENCE}{name}\n").into_bytes()
            }
        },
    };
    files.push(Beside { name: KEY.to_owned(), bytes });
    Ok((files, note))
}

enum Stands {
    InFile([u8; 32]),
    /// Under this name.
    InKeychain(String),
}

fn read(dir: &Path) -> Result<Option<Stands>, IdentityError> {
    let bytes = match std::fs::read(dir.join(KEY)) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(IdentityError::File(KEY, error)),
    };
    let text = std::str::from_utf8(&bytes).ok();
    if let Some(name) = text.and_then(|text| text.strip_prefix(REFERENCE)) {
        return Ok(Some(Stands::InKeychain(name.trim_end().to_owned())));
    }
    let secret = bytes.try_into().map_err(|_| IdentityError::Damaged(KEY))?;
    Ok(Some(Stands::InFile(secret)))
}

fn from_keychain(vault: &Vault, name: &str) -> Result<[u8; 32], IdentityError> {
    let secret = vault.get(name).map_err(IdentityError::Keychain)?.ok_or(IdentityError::Gone)?;
    secret.try_into().map_err(|_| IdentityError::Damaged(KEY))
}

/// Two folders have two keys, and so two names.
fn entry(secret: &[u8; 32]) -> String {
    let public = Ed25519Key::from_secret(*secret).public_key();
    let short: String = public[..8].iter().map(|byte| format!("{byte:02x}")).collect();
    format!("desktop {short}")
}

/// Whole or not at all; a secret can be read by its owner only.
fn write_new(
    dir: &Path,
    name: &'static str,
    bytes: &[u8],
    secret: bool,
) -> Result<(), IdentityError> {
    let failed = |error| IdentityError::File(name, error);
    let draft = dir.join(format!("{name}.new"));
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    if secret {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    #[cfg(not(unix))]
    let _ = secret;
    let mut file = options.open(&draft).map_err(failed)?;
    file.write_all(bytes).map_err(failed)?;
    file.sync_all().map_err(failed)?;
    std::fs::rename(&draft, dir.join(name)).map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use vault::Memory;

    #[test]
    fn without_a_keychain_the_key_is_in_a_file_of_its_owner() {
        let dir = tempfile::tempdir().unwrap();
        let first = key(dir.path(), &Vault::files(), [7; 32]).unwrap();
        assert_eq!((first.secret, first.home), ([7; 32], KeyHome::File));
        assert!(!first.note.is_empty());
        let again = key(dir.path(), &Vault::files(), [8; 32]).unwrap();
        assert_eq!(again.secret, [7; 32]);
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt;
            let mode = std::fs::metadata(dir.path().join(KEY)).unwrap().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    #[test]
    fn a_key_in_a_file_moves_to_the_keychain_and_leaves_its_name() {
        let dir = tempfile::tempdir().unwrap();
        key(dir.path(), &Vault::files(), [7; 32]).unwrap();
        let memory = Arc::new(Memory::default());
        let vault = Vault::with(memory.clone());
        let moved = key(dir.path(), &vault, [8; 32]).unwrap();
        assert_eq!((moved.secret, moved.home), ([7; 32], KeyHome::Keychain));
        let left = std::fs::read(dir.path().join(KEY)).unwrap();
        assert!(!left.windows(32).any(|window| window == [7; 32]));
        assert_eq!(key(dir.path(), &vault, [9; 32]).unwrap().secret, [7; 32]);
        assert_eq!(memory.names().len(), 1);

        // A locked keychain is no reason to make another desktop of it.
        memory.break_it(true);
        assert!(matches!(key(dir.path(), &vault, [9; 32]), Err(IdentityError::Keychain(_))));
        let elsewhere = Vault::with(Arc::new(Memory::default()));
        assert!(matches!(key(dir.path(), &elsewhere, [9; 32]), Err(IdentityError::Gone)));
    }

    #[test]
    fn a_broken_keychain_at_the_first_start_is_no_obstacle() {
        let dir = tempfile::tempdir().unwrap();
        let memory = Arc::new(Memory::default());
        memory.break_it(true);
        let kept = key(dir.path(), &Vault::with(memory.clone()), [7; 32]).unwrap();
        assert_eq!((kept.home, kept.note.as_str()), (KeyHome::File, "it is locked"));
        memory.break_it(false);
        let kept = key(dir.path(), &Vault::with(memory), [8; 32]).unwrap();
        assert_eq!((kept.secret, kept.home), ([7; 32], KeyHome::Keychain));
    }

    #[test]
    fn a_backup_carries_the_key_wherever_it_is() {
        let dir = tempfile::tempdir().unwrap();
        let server = Server { url: "http://hub".into(), site: "north".into() };
        server.save(dir.path()).unwrap();
        let memory = Arc::new(Memory::default());
        let vault = Vault::with(memory.clone());
        key(dir.path(), &vault, [7; 32]).unwrap();
        let (files, note) = beside(dir.path(), &vault).unwrap();
        let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!((names, note), (vec![SERVER, KEY], None));
        assert_eq!(files[1].bytes, [7; 32]);
        memory.break_it(true);
        let (files, note) = beside(dir.path(), &vault).unwrap();
        assert!(files[1].bytes.starts_with(REFERENCE.as_bytes()) && note.is_some());
    }
}
