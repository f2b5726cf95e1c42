//! The inverse of a symmetric positive definite matrix, in place, block by block.
//!
//! Sweeping a block (Goodnight 1979, "A tutorial on the SWEEP operator") keeps the matrix symmetric,
//! so only blocks on and below the diagonal are computed: `n^3` operations, nearly all of them in
//! one small product of blocks that fits the innermost cache.

/// Rows and columns of a block.
const SIDE: usize = 64;
/// Rows and columns that the innermost loop holds in registers.
const ROWS: usize = 4;
const LANES: usize = 16;
/// Pivots below this are taken as this: the ridge on the diagonal keeps them above.
const PIVOT_MIN: f64 = 1e-12;

/// A square matrix, padded to whole blocks.
pub(crate) struct Square {
    pub side: usize,
    /// Entries from one row to the next.
    pub stride: usize,
    pub cells: Vec<f32>,
}

impl Square {
    pub fn zero(side: usize) -> Square {
        let stride = side.div_ceil(SIDE) * SIDE;
        Square { side, stride, cells: vec![0.0; stride * stride] }
    }

    pub fn row(&self, row: usize) -> &[f32] {
        &self.cells[row * self.stride..][..self.side]
    }

    pub fn at(&self, row: usize, column: usize) -> f32 {
        self.cells[row * self.stride + column]
    }

    pub fn add(&mut self, row: usize, column: usize, value: f32) {
        self.cells[row * self.stride + column] += value;
    }

    /// Replaces the matrix, of which the lower half is read, by its inverse.
    pub fn invert(&mut self) {
        let stride = self.stride;
        for pad in self.side..stride {
            self.cells[pad * stride + pad] = 1.0;
        }
        let arch = pulp::Arch::new();
        let mut panel = Panel::new(stride);
        for block in 0..stride / SIDE {
            let pivot = self.inverted_pivot(block);
            panel.take(self, block, &pivot);
            arch.dispatch(Update { matrix: self, panel: &panel, block });
            panel.put(self, block, &pivot);
        }
        // The sweeps leave the negated inverse in the lower half.
        for row in 0..stride {
            for column in 0..=row {
                let value = -self.cells[row * stride + column];
                self.cells[row * stride + column] = value;
                self.cells[column * stride + row] = value;
            }
        }
    }

    /// The inverse of a diagonal block, by Gauss and Jordan.
    fn inverted_pivot(&self, block: usize) -> Vec<f32> {
        let base = block * SIDE;
        let mut cells = vec![0.0_f64; SIDE * SIDE];
        for row in 0..SIDE {
            for column in 0..=row {
                let value = f64::from(self.cells[(base + row) * self.stride + base + column]);
                cells[row * SIDE + column] = value;
                cells[column * SIDE + row] = value;
            }
        }
        for pivot in 0..SIDE {
            let scale = 1.0 / cells[pivot * SIDE + pivot].max(PIVOT_MIN);
            let line: Vec<f64> = cells[pivot * SIDE..][..SIDE].to_vec();
            for row in (0..SIDE).filter(|&row| row != pivot) {
                let factor = cells[row * SIDE + pivot] * scale;
                for (cell, above) in cells[row * SIDE..][..SIDE].iter_mut().zip(&line) {
                    *cell -= factor * above;
                }
                cells[row * SIDE + pivot] = -factor;
            }
            for (cell, above) in cells[pivot * SIDE..][..SIDE].iter_mut().zip(&line) {
                *cell = above * scale;
            }
            cells[pivot * SIDE + pivot] = scale;
        }
        cells.iter().map(|&cell| cell as f32).collect()
    }
}

/// The block column being swept, laid out as the innermost loop reads it: as it was, in tiles of
/// `LANES` rows, and times the inverted pivot, in tiles of `ROWS` rows.
struct Panel {
    across: Vec<[f32; LANES]>,
    times: Vec<[f32; ROWS]>,
}

impl Panel {
    fn new(stride: usize) -> Panel {
        Panel {
            across: vec![[0.0; LANES]; SIDE * stride / LANES],
            times: vec![[0.0; ROWS]; SIDE * stride / ROWS],
        }
    }

    fn take(&mut self, matrix: &Square, block: usize, pivot: &[f32]) {
        let (base, stride) = (block * SIDE, matrix.stride);
        let mut old = [0.0_f32; SIDE];
        for row in 0..stride {
            for (inner, old) in old.iter_mut().enumerate() {
                let (high, low) = (row.max(base + inner), row.min(base + inner));
                *old = matrix.cells[high * stride + low];
                self.across[row / LANES * SIDE + inner][row % LANES] = *old;
            }
            let mut new = [0.0_f32; SIDE];
            for (old, line) in old.iter().zip(pivot.chunks_exact(SIDE)) {
                for (new, factor) in new.iter_mut().zip(line) {
                    *new += old * factor;
                }
            }
            for (inner, new) in new.iter().enumerate() {
                self.times[row / ROWS * SIDE + inner][row % ROWS] = *new;
            }
        }
    }

    fn put(&self, matrix: &mut Square, block: usize, pivot: &[f32]) {
        let (base, stride) = (block * SIDE, matrix.stride);
        for row in 0..stride {
            for inner in 0..SIDE {
                let place = base + inner;
                let value = if row / SIDE == block {
                    -pivot[(row - base) * SIDE + inner]
                } else {
                    self.times[row / ROWS * SIDE + inner][row % ROWS]
                };
                let (high, low) = (row.max(place), row.min(place));
                matrix.cells[high * stride + low] = value;
            }
        }
    }
}

/// `A[i][j] -= times[i] * across[j]` for all blocks beside the swept one.
struct Update<'a> {
    matrix: &'a mut Square,
    panel: &'a Panel,
    block: usize,
}

impl pulp::NullaryFnOnce for Update<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Update { matrix, panel, block } = self;
        let stride = matrix.stride;
        for rows in (0..stride / SIDE).filter(|&rows| rows != block) {
            for columns in (0..=rows).filter(|&columns| columns != block) {
                for tile in columns * SIDE / LANES..(columns + 1) * SIDE / LANES {
                    let across = &panel.across[tile * SIDE..][..SIDE];
                    for four in rows * SIDE / ROWS..(rows + 1) * SIDE / ROWS {
                        let sums = product(&panel.times[four * SIDE..][..SIDE], across);
                        for (offset, sum) in sums.iter().enumerate() {
                            let from = (four * ROWS + offset) * stride + tile * LANES;
                            let cells = &mut matrix.cells[from..][..LANES];
                            for (cell, sum) in cells.iter_mut().zip(sum) {
                                *cell -= sum;
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Four rows by sixteen columns, kept in registers.
#[inline(always)]
fn product(times: &[[f32; ROWS]], across: &[[f32; LANES]]) -> [[f32; LANES]; ROWS] {
    let [mut a, mut b, mut c, mut d] = [[0.0_f32; LANES]; ROWS];
    for (factors, line) in times.iter().zip(across) {
        for lane in 0..LANES {
            a[lane] += factors[0] * line[lane];
            b[lane] += factors[1] * line[lane];
            c[lane] += factors[2] * line[lane];
            d[lane] += factors[3] * line[lane];
        }
    }
    [a, b, c, d]
}

#[cfg(test)]
mod tests {
    use super::Square;

    #[test]
    fn times_itself_it_is_one() {
        for side in [1, 2, 63, 64, 65, 200] {
            let mut matrix = Square::zero(side);
            let mut seed = 7_u32;
            let mut whole = vec![0.0_f64; side * side];
            for row in 0..side {
                for column in 0..=row {
                    seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    let noise = f64::from(seed >> 16) / 65_536.0;
                    let value = if row == column { 20.0 + side as f64 } else { noise };
                    matrix.add(row, column, value as f32);
                    whole[row * side + column] = value;
                    whole[column * side + row] = value;
                }
            }
            matrix.invert();
            for row in 0..side {
                for column in 0..side {
                    let sum: f64 = (0..side)
                        .map(|at| f64::from(matrix.at(row, at)) * whole[at * side + column])
                        .sum();
                    let one = if row == column { 1.0 } else { 0.0 };
                    assert!((sum - one).abs() < 1e-4, "{side}: {row} {column} {sum}");
                }
            }
        }
    }
}
