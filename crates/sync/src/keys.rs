//! Who signs and who checks. A station signs the head of what it pushes: the chain makes one
//! signature cover everything before it.

use crate::chain::Head;
use crate::message::{Hello, SiteId};
use domain::StationId;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};

pub trait Signer {
    fn public_key(&self) -> [u8; 32];
    fn sign(&self, statement: &[u8]) -> [u8; 64];
}

/// How a server checks: `check_ed25519` in production.
pub type Verifier = fn(public_key: &[u8; 32], statement: &[u8], signature: &[u8; 64]) -> bool;

pub struct Ed25519Key(SigningKey);

impl Ed25519Key {
    /// From 32 bytes that the edge drew at random and keeps secret.
    pub fn from_secret(secret: [u8; 32]) -> Ed25519Key {
        Ed25519Key(SigningKey::from_bytes(&secret))
    }
}

impl Signer for Ed25519Key {
    fn public_key(&self) -> [u8; 32] {
        self.0.verifying_key().to_bytes()
    }

    fn sign(&self, statement: &[u8]) -> [u8; 64] {
        self.0.sign(statement).to_bytes()
    }
}

pub fn check_ed25519(public_key: &[u8; 32], statement: &[u8], signature: &[u8; 64]) -> bool {
    VerifyingKey::from_bytes(public_key).is_ok_and(|key| {
        // Strict: a weak key must not make one signature fit many statements.
        key.verify_strict(statement, &Signature::from_bytes(signature)).is_ok()
    })
}

/// What a station signs of its chain. Each statement begins with what it is, so that one cannot be
/// used as another.
pub fn head_statement(station: StationId, head: Head) -> Vec<u8> {
    let mut statement = b"quayside head 1".to_vec();
    statement.extend_from_slice(station.0.as_bytes());
    statement.extend_from_slice(&head.seq.to_le_bytes());
    statement.extend_from_slice(&head.hash.0);
    statement
}

/// What a station says of others' events that it offers again.
pub(crate) fn offer_statement(station: StationId, digest: [u8; 32]) -> Vec<u8> {
    let mut statement = b"quayside offer 1".to_vec();
    statement.extend_from_slice(station.0.as_bytes());
    statement.extend_from_slice(&digest);
    statement
}

/// What a station signs when it greets.
pub fn hello_statement(hello: &Hello) -> Vec<u8> {
    let SiteId(site) = &hello.site;
    let mut statement = b"quayside hello 1".to_vec();
    statement.extend_from_slice(hello.station.0.as_bytes());
    statement.extend_from_slice(&hello.session.0.to_le_bytes());
    statement.extend_from_slice(&(site.len() as u64).to_le_bytes());
    statement.extend_from_slice(site.as_bytes());
    for old in &hello.formerly {
        statement.extend_from_slice(old.0.as_bytes());
    }
    statement
}
