//! Bytes in and out: varints, and deflate with a limit on what comes out.

use crate::batch::BatchError;
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use std::io::{Read, Write};

pub(crate) fn put(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Small differences of either sign become small numbers.
pub(crate) fn put_signed(out: &mut Vec<u8>, value: i64) {
    put(out, ((value << 1) ^ (value >> 63)) as u64);
}

/// Reads what `put` wrote, never beyond the end.
pub(crate) struct Reader<'a>(pub &'a [u8]);

impl<'a> Reader<'a> {
    pub fn take(&mut self, count: usize) -> Result<&'a [u8], BatchError> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or(BatchError::Short)?;
        self.0 = rest;
        Ok(taken)
    }

    pub fn array<const N: usize>(&mut self) -> Result<[u8; N], BatchError> {
        self.take(N)?.try_into().map_err(|_| BatchError::Short)
    }

    pub fn byte(&mut self) -> Result<u8, BatchError> {
        Ok(self.array::<1>()?[0])
    }

    pub fn number(&mut self) -> Result<u64, BatchError> {
        let mut value = 0u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(BatchError::Number)
    }

    pub fn signed(&mut self) -> Result<i64, BatchError> {
        let value = self.number()?;
        Ok((value >> 1) as i64 ^ -((value & 1) as i64))
    }

    /// A number of things that each take at least one of the bytes that are left.
    pub fn count(&mut self) -> Result<usize, BatchError> {
        let count = usize::try_from(self.number()?).map_err(|_| BatchError::Number)?;
        if count > self.0.len() { Err(BatchError::Short) } else { Ok(count) }
    }
}

pub(crate) fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::new(6));
    // Writing into memory does not fail.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

/// At most `limit` bytes: a small bomb stays small.
pub(crate) fn inflate(bytes: &[u8], limit: usize) -> Result<Vec<u8>, BatchError> {
    let mut out = Vec::new();
    let read = DeflateDecoder::new(bytes).take(limit as u64 + 1).read_to_end(&mut out);
    read.map_err(|_| BatchError::Damaged)?;
    if out.len() > limit { Err(BatchError::TooLarge) } else { Ok(out) }
}
