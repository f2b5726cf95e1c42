//! What all products have taught, kept beside the book between runs. They rest on two years of all
//! products, so those of last week are as good as today's, and a start need not wait for them.

use domain::Day;
use planning::{Lessons, ReorderInput};
use serde::{Deserialize, Serialize};
use std::path::Path;

const FILE: &str = "lessons.json";
/// What is learned changes with the code that learns.
const VERSION: u32 = 1;
const DAYS_KEPT: i32 = 7;
/// Another range of goods teaches other lessons: a tenth more or fewer products.
const PRODUCTS_SHARE: usize = 10;

#[derive(Serialize, Deserialize)]
struct Kept {
    version: u32,
    day: i32,
    products: usize,
    lessons: Lessons,
}

/// Learned now, or a few days ago.
pub(super) fn lessons(dir: &Path, today: Day, inputs: &[&ReorderInput]) -> Lessons {
    if let Some(kept) = read(dir).filter(|kept| kept.holds(today, inputs.len())) {
        return kept.lessons;
    }
    let lessons = Lessons::learn(inputs.iter().copied());
    let (day, products) = (today.0, inputs.len());
    let kept = Kept { version: VERSION, day, products, lessons };
    // A full or protected disk costs no more than learning again.
    if let Ok(text) = serde_json::to_vec(&kept) {
        let _ = std::fs::write(dir.join(FILE), text);
    }
    kept.lessons
}

/// `None` where there is nothing to read: it is learned again.
fn read(dir: &Path) -> Option<Kept> {
    serde_json::from_slice(&std::fs::read(dir.join(FILE)).ok()?).ok()
}

impl Kept {
    fn holds(&self, today: Day, products: usize) -> bool {
        let fresh = (0..DAYS_KEPT).contains(&(today.0 - self.day));
        let alike = products.abs_diff(self.products) * PRODUCTS_SHARE <= self.products;
        self.version == VERSION && fresh && alike
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lessons_are_read_again_until_they_are_old_or_the_range_is_another() {
        let dir = tempfile::tempdir().unwrap();
        let learned = lessons(dir.path(), Day(100), &[]);
        assert_eq!(read(dir.path()).unwrap().lessons, learned);
        let kept = Kept { version: VERSION, day: 100, products: 50, lessons: learned };
        for (day, products, holds) in
            [(100, 50, true), (106, 55, true), (107, 50, false), (100, 56, false), (99, 50, false)]
        {
            assert_eq!(kept.holds(Day(day), products), holds, "{day} {products}");
        }
        std::fs::write(dir.path().join(FILE), "half a fi").unwrap();
        lessons(dir.path(), Day(100), &[]);
        assert!(read(dir.path()).is_some());
    }
}
