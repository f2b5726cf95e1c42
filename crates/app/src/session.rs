//! Who is signed in. The session string is `lang:token`.

use crate::lang::Lang;
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use domain::person::Person;
use std::collections::HashMap;
use std::sync::Mutex;

#[derive(Default)]
pub(crate) struct Sessions {
    people: Mutex<HashMap<String, String>>,
}

impl Sessions {
    pub fn open(&self, token: String, person_id: String) {
        self.lock().insert(token, person_id);
    }

    pub fn close(&self, token: &str) {
        self.lock().remove(token);
    }

    pub fn person_of(&self, token: &str) -> Option<String> {
        self.lock().get(token).cloned()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<String, String>> {
        self.people.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

/// Splits `lang:token`; anything else is English with that token.
pub(crate) fn split(session: &str) -> (Lang, &str) {
    match session.split_once(':') {
        Some(("zh", token)) => (Lang::Zh, token),
        Some((_, token)) => (Lang::En, token),
        None => (Lang::En, session),
    }
}

/// OWASP's argon2id minimum (19 MiB, two passes): a PIN is short, so guessing must be slow.
fn hasher() -> Argon2<'static> {
    let params = Params::new(19 * 1024, 2, 1, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// Hashes a PIN with a salt made of 16 random bytes.
pub fn hash_pin(pin: &str, salt: [u64; 2]) -> Option<String> {
    let bytes: Vec<u8> = salt.iter().flat_map(|word| word.to_le_bytes()).collect();
    let salt = SaltString::encode_b64(&bytes).ok()?;
    hasher().hash_password(pin.as_bytes(), &salt).ok().map(|hash| hash.to_string())
}

pub(crate) fn pin_matches(person: &Person, pin: &str) -> bool {
    PasswordHash::new(&person.pin_hash)
        .is_ok_and(|hash| hasher().verify_password(pin.as_bytes(), &hash).is_ok())
}
