//! What importing makes of whole and of damaged extracts.

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::disallowed_methods)]

mod support;

use roads::Profile;
use support::{Dice, extract};

#[test]
fn a_damaged_extract_is_an_error_and_never_a_panic() {
    let Some(path) = extract("monaco.osm.pbf") else { return };
    let bytes = std::fs::read(path).unwrap();
    let cut = &bytes[..bytes.len() / 2 - 7];
    assert!(roads::import::read_bytes(cut, Profile::Van).is_err());
    assert!(roads::import::read_bytes(b"", Profile::Van).is_err());
    assert!(roads::import::read_bytes(b"hello, this is not a map", Profile::Van).is_err());
    let mut dice = Dice(1);
    for _ in 0..12 {
        let mut damaged = bytes[..200_000].to_vec();
        for _ in 0..20 {
            let at = dice.below(damaged.len() as u64) as usize;
            damaged[at] ^= 1 << dice.below(8);
        }
        // Damage inside a name can go unseen; all that matters is that it comes back.
        let _ = roads::import::read_bytes(&damaged, Profile::Van);
    }
}
