//! Items whose buyers are the same: cosine of the buyers, with doubt about rare pairs, and random
//! walks over three steps with less weight for the popular (Paudel, Christoffel, Newell and
//! Bernstein 2017, "Updatable, Accurate, Diverse, and Scalable Recommendations", RP3beta).

use crate::baskets::Entry;

/// Imagined pairs without anything in common.
const SHRINK: f32 = 10.0;
/// Neighbors kept.
const KEPT: usize = 100;
/// Walks: how much differences between probabilities count (an eighth power in fifths is near the
/// published 0.8), and how much popularity is held against an item.
const BETA_THIRD: f32 = 3.0;

pub(crate) struct Neighbors {
    /// For each item its neighbors: number, cosine, walk and orders in common.
    near: Vec<Vec<Near>>,
}

#[derive(Debug, Clone, Copy)]
struct Near {
    item: u32,
    cosine: f32,
    walk: f32,
    together: u32,
}

impl Neighbors {
    pub fn learn(rows: &[Vec<Entry>], items: usize) -> Neighbors {
        let mut buyers: Vec<Vec<u32>> = vec![Vec::new(); items];
        for (number, row) in rows.iter().enumerate() {
            for entry in row {
                buyers[entry.item as usize].push(number as u32);
            }
        }
        let count = |item: usize| buyers[item].len() as f32;
        let (mut pairs, mut walks) = (vec![0_u32; items], vec![0.0_f32; items]);
        let near = (0..items).map(|item| {
            let mut met: Vec<u32> = Vec::new();
            for &row in &buyers[item] {
                let row = &rows[row as usize];
                let share = 1.0 / row.len() as f32;
                for entry in row.iter().filter(|entry| entry.item as usize != item) {
                    let other = entry.item as usize;
                    if pairs[other] == 0 {
                        met.push(entry.item);
                    }
                    pairs[other] += 1;
                    walks[other] += share;
                }
            }
            let common: Vec<(u32, (u32, f32))> = met
                .into_iter()
                .map(|other| {
                    let at = other as usize;
                    (other, (std::mem::take(&mut pairs[at]), std::mem::take(&mut walks[at])))
                })
                .collect();
            let mut near: Vec<Near> = common
                .into_iter()
                .map(|(other, (together, walk))| Near {
                    item: other,
                    cosine: together as f32
                        / ((count(item) * count(other as usize)).sqrt() + SHRINK),
                    walk: walk / count(item) / count(other as usize).powf(1.0 / BETA_THIRD),
                    together,
                })
                .collect();
            near.sort_by(|a, b| b.cosine.total_cmp(&a.cosine).then(a.item.cmp(&b.item)));
            let rest = near.split_off(near.len().min(KEPT));
            // Of the others only the walk counts.
            near.extend(rest.into_iter().map(|one| Near { cosine: 0.0, ..one }));
            near
        });
        Neighbors { near: near.collect() }
    }

    pub fn score_cosine(&self, query: &[(u32, f32)], scores: &mut [f32]) {
        for &(item, weight) in query {
            for near in self.near[item as usize].iter().take(KEPT) {
                scores[near.item as usize] += weight * near.cosine;
            }
        }
    }

    pub fn score_walk(&self, query: &[(u32, f32)], scores: &mut [f32]) {
        for &(item, weight) in query {
            for near in &self.near[item as usize] {
                scores[near.item as usize] += weight * near.walk;
            }
        }
    }

    /// Rows that hold both.
    pub fn together(&self, one: u32, other: u32) -> u32 {
        let near = self.near[one as usize].iter().find(|near| near.item == other);
        near.map_or(0, |near| near.together)
    }
}
