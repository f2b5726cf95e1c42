//! What goes with what, learned from purchases.

use crate::baskets::{Baskets, Purchase, items};
use crate::blend::{Parts, Weights, best, choose, mixed};
use crate::ease::Ease;
use crate::neighbor::Neighbors;
use crate::popular::Popular;
use serde::{Deserialize, Serialize};

/// Only the most bought items are learned: the inverse takes time with the cube of their number
/// and room with the square.
pub const ITEMS_MAX: usize = 8_000;

/// Why an item is named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "why")]
pub enum Because {
    /// Bought together with `with` in so many orders or by so many customers.
    BoughtTogether { with: String, times: u32 },
    /// Many buy it: so many orders or customers.
    Popular { times: u32 },
    /// Like `with` by name and category.
    Alike { with: String },
    /// A supervisor wrote so.
    Rule { with: String },
}

/// An item to offer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Suggestion {
    pub item: String,
    /// Only the order means anything.
    pub score: f32,
    pub because: Because,
}

/// A trained model. Queries do not change it.
pub struct Model {
    baskets: Baskets,
    parts: Parts,
    weights: Weights,
}

impl Model {
    pub fn train(purchases: &[Purchase]) -> Model {
        let baskets = Baskets::of(purchases).limited(ITEMS_MAX);
        let (shape, weights) = choose(&baskets);
        let count = baskets.items.len();
        let parts = Parts {
            ease: Ease::learn(&baskets.rows, count, shape),
            near: Neighbors::learn(&baskets.rows, count),
            popular: Popular::learn(&baskets.rows, count),
        };
        Model { baskets, parts, weights }
    }

    /// What goes with `basket`, which is in order of time; items in it are not named again.
    pub fn with_basket(&self, basket: &[&str], count: usize) -> Vec<Suggestion> {
        let known: Vec<u32> =
            basket.iter().filter_map(|item| self.baskets.number_of(item)).collect();
        self.suggest(&known, count)
    }

    /// What the customer or order `row` of the training may want next.
    pub fn for_row(&self, row: &str, count: usize) -> Vec<Suggestion> {
        let known = self.baskets.number_of_row.get(row);
        let known = known.map_or_else(Vec::new, |&row| items(&self.baskets.rows[row]));
        self.suggest(&known, count)
    }

    /// Erases a customer: nothing of the row answers any more. What the counts over all customers
    /// hold of it names nobody; it goes with the next training, which gets purchases without it.
    /// Whether the row was known.
    pub fn forget(&mut self, row: &str) -> bool {
        let number = self.baskets.number_of_row.remove(row);
        // Emptied and not taken out: the numbers of the other rows stay.
        number.is_some_and(|number| {
            self.baskets.rows[number] = Vec::new();
            true
        })
    }

    /// How much each method counts: for measurements.
    pub fn weights(&self) -> &[f32] {
        &self.weights
    }

    fn suggest(&self, known: &[u32], count: usize) -> Vec<Suggestion> {
        let size = self.baskets.items.len();
        if size == 0 {
            return Vec::new();
        }
        let mut weights = self.weights;
        if known.is_empty() {
            weights = [0.0, 0.0, 0.0, 0.0, 0.5, 0.5, 0.0];
        }
        let scores = mixed(&self.parts.scores(known, size), &weights);
        best(&scores, known, count)
            .into_iter()
            .map(|item| Suggestion {
                item: self.baskets.items[item as usize].clone(),
                score: scores[item as usize],
                because: self.because(known, item),
            })
            .collect()
    }

    /// The item of the query that weighs most, if they were ever bought together.
    fn because(&self, known: &[u32], item: u32) -> Because {
        let share = |from: u32| self.parts.ease.share(from, item);
        let from = known.iter().copied().max_by(|a, b| share(*a).total_cmp(&share(*b)));
        let together = from.map(|from| (from, self.parts.near.together(from, item)));
        match together.filter(|(_, times)| *times > 1) {
            Some((from, times)) => {
                let with = self.baskets.items[from as usize].clone();
                Because::BoughtTogether { with, times }
            }
            None => {
                let times = self.parts.popular.always[item as usize] as u32;
                Because::Popular { times }
            }
        }
    }
}
