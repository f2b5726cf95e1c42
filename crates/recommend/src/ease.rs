//! Embarrassingly shallow autoencoders (Steck 2019, "Embarrassingly Shallow Autoencoders for Sparse
//! Data", equation 8): each item from all others by ridge regression, in closed form. `dropout` adds
//! to the ridge of frequent items (Steck 2020, "Autoencoders that don't overfit towards the
//! Identity", equation 5).

use crate::baskets::Entry;
use crate::inverse::Square;

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Shape {
    pub ridge: f32,
    pub dropout: f32,
    /// Rows of `n` items weigh `n` to the minus this: wholesalers who buy everything say little.
    pub length_power: i32,
}

pub(crate) struct Ease {
    inverse: Square,
}

impl Ease {
    pub fn learn(rows: &[Vec<Entry>], items: usize, shape: Shape) -> Ease {
        let mut gram = Square::zero(items);
        let scale = scale(rows, shape.length_power);
        for row in rows {
            let weight = scale * weight(row.len(), shape.length_power);
            for one in row {
                for other in row.iter().filter(|other| other.item <= one.item) {
                    gram.add(one.item as usize, other.item as usize, weight);
                }
            }
        }
        for item in 0..items {
            let more = shape.ridge + shape.dropout * gram.at(item, item);
            gram.add(item, item, more);
        }
        gram.invert();
        Ease { inverse: gram }
    }

    /// Adds each item's regression on the items of `query`, each with its weight.
    pub fn score(&self, query: &[(u32, f32)], scores: &mut [f32]) {
        for &(item, weight) in query {
            let row = self.inverse.row(item as usize);
            for (score, value) in scores.iter_mut().zip(row) {
                *score -= weight * value;
            }
        }
        for (item, score) in scores.iter_mut().enumerate() {
            *score /= self.inverse.at(item, item).max(f32::MIN_POSITIVE);
        }
    }

    /// How much of `item`'s score comes from `from`.
    pub fn share(&self, from: u32, item: u32) -> f32 {
        let own = self.inverse.at(item as usize, item as usize).max(f32::MIN_POSITIVE);
        -self.inverse.at(from as usize, item as usize) / own
    }
}

fn weight(length: usize, power: i32) -> f32 {
    match power {
        0 => 1.0,
        // Half powers are enough: 1 is the root, 2 the length itself.
        1 => 1.0 / (length.max(1) as f32).sqrt(),
        _ => 1.0 / length.max(1) as f32,
    }
}

/// Keeps the sum of the diagonal, so that a ridge means the same for all powers.
fn scale(rows: &[Vec<Entry>], power: i32) -> f32 {
    let all: f32 = rows.iter().map(|row| row.len() as f32).sum();
    let weighed: f32 = rows.iter().map(|row| row.len() as f32 * weight(row.len(), power)).sum();
    if weighed > 0.0 { all / weighed } else { 1.0 }
}
