//! Which server this desktop belongs to, and the key that proves who it is.

use serde::{Deserialize, Serialize};
use std::io::Write;
use std::path::Path;
use sync::Ed25519Key;
use thiserror::Error;

const SERVER: &str = "server.json";
const KEY: &str = "station.key";
/// What a backup of a desktop takes with it.
pub const FILES: [&str; 2] = [SERVER, KEY];

#[derive(Debug, Error)]
pub enum IdentityError {
    #[error("{0} cannot be read or written: {1}")]
    File(&'static str, std::io::Error),
    #[error("{0} is damaged")]
    Damaged(&'static str),
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
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(IdentityError::File(SERVER, error)),
        }
    }

    pub fn save(&self, dir: &Path) -> Result<(), IdentityError> {
        let bytes = serde_json::to_vec_pretty(self).unwrap_or_default();
        write_new(dir, SERVER, &bytes, false)
    }
}

/// The key of this desktop, made from `random` at the first call.
pub(crate) fn key(dir: &Path, random: [u8; 32]) -> Result<Ed25519Key, IdentityError> {
    let path = dir.join(KEY);
    match std::fs::read(&path) {
        Ok(bytes) => {
            let secret = bytes.try_into().map_err(|_| IdentityError::Damaged(KEY))?;
            Ok(Ed25519Key::from_secret(secret))
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            write_new(dir, KEY, &random, true)?;
            Ok(Ed25519Key::from_secret(random))
        }
        Err(error) => Err(IdentityError::File(KEY, error)),
    }
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
