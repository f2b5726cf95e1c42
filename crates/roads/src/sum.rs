//! A checksum of bytes, fast enough to look at a whole map at each start.

/// An odd number with bits all over: 2^64 divided by the golden ratio.
const MIX: u64 = 0x9e37_79b9_7f4a_7c15;

/// Four sums over every fourth word, mixed at the end. Each step is a bijection of its sum, so any
/// one changed word changes the result. Against damage, not against malice.
pub(crate) fn sum64(bytes: &[u8]) -> u64 {
    let mut sums = [bytes.len() as u64, 1, 2, 3];
    let mut blocks = bytes.chunks_exact(32);
    for block in &mut blocks {
        for (sum, word) in sums.iter_mut().zip(block.chunks_exact(8)) {
            *sum = step(*sum, word);
        }
    }
    for word in blocks.remainder().chunks(8) {
        sums[0] = step(sums[0], word);
    }
    sums.iter().fold(MIX, |all, &sum| (all.rotate_left(23) ^ sum).wrapping_mul(MIX))
}

fn step(sum: u64, bytes: &[u8]) -> u64 {
    let mut word = [0; 8];
    word[..bytes.len()].copy_from_slice(bytes);
    (sum ^ u64::from_le_bytes(word)).wrapping_mul(MIX).rotate_left(29)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bit_counts() {
        let bytes: Vec<u8> = (0..=98).collect();
        let whole = sum64(&bytes);
        for at in 0..bytes.len() * 8 {
            let mut changed = bytes.clone();
            changed[at / 8] ^= 1 << (at % 8);
            assert_ne!(sum64(&changed), whole, "bit {at}");
        }
        assert_ne!(sum64(&[bytes.as_slice(), &[0]].concat()), whole);
    }
}
