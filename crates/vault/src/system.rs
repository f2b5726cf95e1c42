//! The system's own keychain: Keychain of macOS, Credential Manager of Windows, Secret Service
//! (GNOME Keyring, KWallet, KeePassXC) elsewhere.

use crate::{Keychain, Unavailable, Vault};
use keyring_core::{CredentialStore, Entry, Error};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::channel;
use std::time::Duration;

/// `off` leaves the keychain alone, for programs without a person who could open it.
const SWITCH: &str = "QUAYSIDE_KEYCHAIN";
/// A file with the key of a locked book: on a stick, or from the recovery note.
const KEY_FILE: &str = "QUAYSIDE_KEY_FILE";
/// Under this heading a person finds the entries in their keychain.
const SERVICE: &str = "Quayside";
/// A locked keychain asks its owner; a machine without a person would wait for ever.
const PATIENCE: Duration = Duration::from_secs(20);

impl Vault {
    /// The keychain of this machine and whoever is signed in to it.
    pub fn of_this_machine() -> Vault {
        let off = std::env::var_os(SWITCH).is_some_and(|word| word == "off");
        let keychain = (!off).then(|| Arc::new(System::default()) as Arc<dyn Keychain>);
        let key_file = std::env::var_os(KEY_FILE).filter(|path| !path.is_empty());
        Vault { keychain, key_file: key_file.map(PathBuf::from) }
    }
}

#[derive(Default)]
struct System {
    /// It kept us waiting once: whoever asks again is told at once.
    silent: AtomicBool,
}

impl Keychain for System {
    fn get(&self, name: &str) -> Result<Option<Vec<u8>>, Unavailable> {
        self.ask(name, |entry| match entry.get_secret() {
            Ok(secret) => Ok(Some(secret)),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(error),
        })
    }

    fn set(&self, name: &str, secret: &[u8]) -> Result<(), Unavailable> {
        let secret = secret.to_vec();
        self.ask(name, move |entry| entry.set_secret(&secret))
    }
}

impl System {
    fn ask<T: Send + 'static>(
        &self,
        name: &str,
        question: impl FnOnce(&Entry) -> keyring_core::Result<T> + Send + 'static,
    ) -> Result<T, Unavailable> {
        let silent = || Unavailable("it does not answer".to_owned());
        if self.silent.load(Ordering::Relaxed) {
            return Err(silent());
        }
        let name = name.to_owned();
        let (sender, answer) = channel();
        std::thread::spawn(move || {
            let answer = store()
                .and_then(|store| store.build(SERVICE, &name, None))
                .and_then(|entry| question(&entry));
            // Whoever asked may have lost patience.
            let _ = sender.send(answer);
        });
        let answer = answer.recv_timeout(PATIENCE).map_err(|_| {
            self.silent.store(true, Ordering::Relaxed);
            silent()
        })?;
        answer.map_err(|error| Unavailable(error.to_string()))
    }
}

/// Each platform has its own; no door to it is kept open.
fn store() -> keyring_core::Result<Arc<CredentialStore>> {
    #[cfg(target_os = "macos")]
    return Ok(apple_native_keyring_store::keychain::Store::new()?);
    #[cfg(windows)]
    return Ok(windows_native_keyring_store::Store::new()?);
    #[cfg(not(any(target_os = "macos", windows)))]
    return Ok(dbus_secret_service_keyring_store::Store::new()?);
}
