//! Where a desktop's secrets are: in the system's keychain, and where there is none, in a file that
//! only its owner can read.
//!
//! Architecture Invariant: it knows names and bytes, and never what a secret opens. Tests use a
//! keychain in memory or none; only a program's `main` asks for the system's.
//!
//! Data in -> data out: a name -> the secret, or why it cannot be had.

mod memory;
#[cfg(feature = "system")]
mod system;

pub use memory::Memory;

use std::path::PathBuf;
use std::sync::Arc;
use thiserror::Error;

/// Why a keychain does not answer; the words are the system's.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct Unavailable(pub String);

pub trait Keychain: Send + Sync {
    fn get(&self, name: &str) -> Result<Option<Vec<u8>>, Unavailable>;
    fn set(&self, name: &str, secret: &[u8]) -> Result<(), Unavailable>;
}

/// What a program may use to keep secrets.
#[derive(Clone, Default)]
pub struct Vault {
    keychain: Option<Arc<dyn Keychain>>,
    key_file: Option<PathBuf>,
}

impl Vault {
    /// Secrets are kept in files.
    pub fn files() -> Vault {
        Vault::default()
    }

    pub fn with(keychain: Arc<dyn Keychain>) -> Vault {
        Vault { keychain: Some(keychain), key_file: None }
    }

    pub fn and_key_file(self, path: PathBuf) -> Vault {
        Vault { key_file: Some(path), ..self }
    }

    /// The file that the person named for a locked book.
    pub fn key_file(&self) -> Option<&PathBuf> {
        self.key_file.as_ref()
    }

    pub fn get(&self, name: &str) -> Result<Option<Vec<u8>>, Unavailable> {
        self.keychain()?.get(name)
    }

    /// Keeps a secret, and reads it again: some keychains take what they cannot give back.
    pub fn keep(&self, name: &str, secret: &[u8]) -> Result<(), Unavailable> {
        let keychain = self.keychain()?;
        keychain.set(name, secret)?;
        match keychain.get(name)? {
            Some(kept) if kept == secret => Ok(()),
            _ => Err(Unavailable("the keychain did not keep what it was given".to_owned())),
        }
    }

    fn keychain(&self) -> Result<&dyn Keychain, Unavailable> {
        self.keychain.as_deref().ok_or_else(|| Unavailable("it is not used here".to_owned()))
    }
}
