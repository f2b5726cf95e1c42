//! Time to invert and to train on made purchases, and to answer: `bench-train ITEMS ROWS LENGTH`.

#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::unwrap_used)]

use recommend::{Model, Purchase};
use std::time::Instant;

fn main() {
    let given: Vec<u64> = std::env::args().skip(1).map(|arg| arg.parse().unwrap()).collect();
    let (items, rows, length) = (given[0], given[1], given[2]);
    let mut seed = 1_u64;
    let mut dice = |bound: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % bound
    };
    let mut purchases = Vec::new();
    for row in 0..rows {
        let taste = dice(items);
        for _ in 0..length {
            // Half near the taste, half among the popular.
            let near = (taste + dice(20)) % items;
            let item = if dice(2) == 0 { near } else { dice(items).min(dice(items)) };
            purchases.push(Purchase {
                row: format!("r{row}"),
                item: format!("i{item:05}"),
                at: row as i64,
            });
        }
    }
    let start = Instant::now();
    let model = Model::train(&purchases);
    println!("{items} items, {} purchases: trained in {:.2?}", purchases.len(), start.elapsed());
    println!("weights {:?}", model.weights());
    let start = Instant::now();
    let mut named = 0;
    for row in 0..1000 {
        named += model.for_row(&format!("r{row}"), 10).len();
    }
    println!("one query {:.3?} ({named} named)", start.elapsed() / 1000);
}
