//! The link that a customer gets: it names the order and proves that we gave it out.

use domain::OrderId;
use std::fmt::Write;

/// Makes and checks the links of one site.
#[derive(Clone)]
pub struct Links {
    key: [u8; 32],
    site: String,
}

/// 16 bytes of a keyed hash: nobody guesses one.
const PROOF_HEX: usize = 32;

impl Links {
    pub fn new(secret: &str, site: &str) -> Links {
        let key = blake3::derive_key("quayside tracking links 1", secret.as_bytes());
        Links { key, site: site.to_owned() }
    }

    pub fn path(&self, order: OrderId) -> String {
        format!("/t/{}/{order}/{}", self.site, self.proof(order))
    }

    pub fn opens(&self, order: OrderId, offered: &str) -> bool {
        let proof = self.proof(order);
        // As long for a near miss as for a far one.
        let differing = proof.bytes().zip(offered.bytes()).fold(0, |all, (a, b)| all | (a ^ b));
        proof.len() == offered.len() && differing == 0
    }

    fn proof(&self, order: OrderId) -> String {
        let hash = blake3::keyed_hash(&self.key, order.0.as_bytes());
        let mut text = String::with_capacity(PROOF_HEX);
        for byte in &hash.as_bytes()[..PROOF_HEX / 2] {
            // Writing to a string cannot fail.
            let _ = write!(text, "{byte:02x}");
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_opens_its_own_order_only() {
        let links = Links::new("secret", "north");
        let [a, b] = [1, 2].map(|n| OrderId::from_bytes([n; 16]));
        let path = links.path(a);
        let proof = path.rsplit('/').next().unwrap();
        assert!(links.opens(a, proof));
        assert!(!links.opens(b, proof));
        assert!(!links.opens(a, ""));
        assert!(!Links::new("other", "north").opens(a, proof));
    }
}
