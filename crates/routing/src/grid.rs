//! A square matrix that can be read along rows and along columns without leaving the cache: an
//! insertion asks for the legs to one place from many, and from it to many.

use std::borrow::Cow;

/// Above this many places no turned copy is kept: it would be another 200 MB.
const TURNED_MAX: usize = 5_000;

pub(crate) struct Grid<'p> {
    size: usize,
    rows: Cow<'p, [i64]>,
    /// The same with rows and columns exchanged; `None` where it would be the same.
    turned: Option<Vec<i64>>,
    /// Whether a turned copy is missing for want of memory.
    one_way_only: bool,
}

impl<'p> Grid<'p> {
    pub(crate) fn new(size: usize, rows: Cow<'p, [i64]>) -> Grid<'p> {
        let symmetric = (0..size).all(|a| (0..a).all(|b| rows[a * size + b] == rows[b * size + a]));
        let one_way_only = !symmetric && size > TURNED_MAX;
        let turn = || (0..size * size).map(|cell| rows[cell % size * size + cell / size]).collect();
        let turned = (!symmetric && !one_way_only).then(turn);
        Grid { size, rows, turned, one_way_only }
    }

    #[inline]
    pub(crate) fn get(&self, from: u32, to: u32) -> i64 {
        self.rows[from as usize * self.size + to as usize]
    }

    /// The same number, read beside the other ways to `to`.
    #[inline]
    pub(crate) fn get_to(&self, from: u32, to: u32) -> i64 {
        match &self.turned {
            Some(turned) => turned[to as usize * self.size + from as usize],
            None if self.one_way_only => self.get(from, to),
            None => self.rows[to as usize * self.size + from as usize],
        }
    }

    pub(crate) fn cells(&self) -> &[i64] {
        &self.rows
    }
}
