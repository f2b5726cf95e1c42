//! A keychain for tests: it forgets everything with the program, and can be broken.

use crate::{Keychain, Unavailable};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard};

#[derive(Default)]
pub struct Memory {
    secrets: Mutex<BTreeMap<String, Vec<u8>>>,
    broken: AtomicBool,
}

impl Memory {
    /// As a keychain that nobody has unlocked, or whose service is not running.
    pub fn break_it(&self, broken: bool) {
        self.broken.store(broken, Ordering::Relaxed);
    }

    pub fn names(&self) -> Vec<String> {
        self.secrets().keys().cloned().collect()
    }

    pub fn forget(&self, name: &str) {
        self.secrets().remove(name);
    }

    fn secrets(&self) -> MutexGuard<'_, BTreeMap<String, Vec<u8>>> {
        self.secrets.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    fn answers(&self) -> Result<(), Unavailable> {
        if self.broken.load(Ordering::Relaxed) {
            return Err(Unavailable("it is locked".to_owned()));
        }
        Ok(())
    }
}

impl Keychain for Memory {
    fn get(&self, name: &str) -> Result<Option<Vec<u8>>, Unavailable> {
        self.answers()?;
        Ok(self.secrets().get(name).cloned())
    }

    fn set(&self, name: &str, secret: &[u8]) -> Result<(), Unavailable> {
        self.answers()?;
        self.secrets().insert(name.to_owned(), secret.to_vec());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{Memory, Unavailable, Vault};
    use std::sync::Arc;

    #[test]
    fn what_is_kept_is_there_and_a_broken_keychain_says_so() {
        let memory = Arc::new(Memory::default());
        let vault = Vault::with(memory.clone());
        assert_eq!(vault.get("a"), Ok(None));
        vault.keep("a", b"secret").unwrap();
        assert_eq!(vault.get("a"), Ok(Some(b"secret".to_vec())));
        memory.break_it(true);
        assert_eq!(vault.get("a"), Err(Unavailable("it is locked".to_owned())));
        assert!(vault.keep("b", b"x").is_err());
        memory.break_it(false);
        assert_eq!(memory.names(), ["a"]);
        assert!(Vault::files().get("a").is_err());
    }
}
