//! A key that costs little: the real one is tested where it is made, and would be most of the time
//! here. Signing with it is as hard to get wrong as the real thing: a changed statement does not fit.

use sync::Signer;

#[derive(Clone, Copy)]
pub(crate) struct Key(pub [u8; 32]);

impl Signer for Key {
    fn public_key(&self) -> [u8; 32] {
        self.0
    }

    fn sign(&self, statement: &[u8]) -> [u8; 64] {
        let mut signature = [0; 64];
        signature[..32].copy_from_slice(blake3::keyed_hash(&self.0, statement).as_bytes());
        signature
    }
}

pub(crate) fn check(key: &[u8; 32], statement: &[u8], signature: &[u8; 64]) -> bool {
    Key(*key).sign(statement) == *signature
}
