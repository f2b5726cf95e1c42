//! Lists of numbers that lie in the mapped file, or in memory where the map was just made.
//!
//! The file holds them as they are read, so opening a map copies nothing: pages come in when they
//! are looked at and go again when the system wants them back. That takes little-endian numbers,
//! which every processor that runs this program has.

use bytemuck::Pod;
use bytes::Bytes;
use std::marker::PhantomData;
use std::ops::Deref;

const _: () = assert!(cfg!(target_endian = "little"), "map files are read as they lie");

/// A slice of `T` that can be cloned for nothing.
pub(crate) struct List<T> {
    /// Aligned for `T`, and a whole number of them.
    bytes: Bytes,
    item: PhantomData<T>,
}

impl<T: Pod> List<T> {
    /// `None` where the bytes are no whole number of items, or not aligned for them.
    pub(crate) fn over(bytes: Bytes) -> Option<List<T>> {
        bytemuck::try_cast_slice::<u8, T>(&bytes).ok()?;
        Some(List { bytes, item: PhantomData })
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }
}

struct Owned<T>(Vec<T>);

impl<T: Pod> AsRef<[u8]> for Owned<T> {
    fn as_ref(&self) -> &[u8] {
        bytemuck::cast_slice(&self.0)
    }
}

impl<T: Pod + Send> From<Vec<T>> for List<T> {
    fn from(items: Vec<T>) -> List<T> {
        // An empty `Bytes` keeps no pointer of ours; `Deref` below knows that.
        List { bytes: Bytes::from_owner(Owned(items)), item: PhantomData }
    }
}

impl<T: Pod + Send> Default for List<T> {
    fn default() -> List<T> {
        List::from(Vec::new())
    }
}

impl<T: Pod> Deref for List<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        if self.bytes.is_empty() { &[] } else { bytemuck::cast_slice(&self.bytes) }
    }
}

impl<T> Clone for List<T> {
    fn clone(&self) -> List<T> {
        List { bytes: self.bytes.clone(), item: PhantomData }
    }
}

impl<T> std::fmt::Debug for List<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(f, "{} bytes", self.bytes.len())
    }
}

/// `first[k]..first[k + 1]`, where the items of `k` lie.
pub(crate) fn span(first: &[u32], of: u32) -> std::ops::Range<usize> {
    first[of as usize] as usize..first[of as usize + 1] as usize
}
