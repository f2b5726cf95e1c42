//! What was bought together: rows of items, by customer or by order.

use std::collections::BTreeMap;

/// One item in one row: a customer's history, or an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purchase {
    /// An order's number, or a pseudonym: a keyed hash of the customer that the caller makes, so
    /// that without the key nobody can tell who it is.
    pub row: String,
    pub item: String,
    /// Any clock that only moves forward.
    pub at: i64,
}

/// The purchases without those of a pseudonym: what the next training gets, so that a customer who
/// asks to be forgotten leaves nothing behind.
pub fn without(mut purchases: Vec<Purchase>, row: &str) -> Vec<Purchase> {
    purchases.retain(|purchase| purchase.row != row);
    purchases
}

/// Rows of item numbers in order of time, each item once.
#[derive(Debug, Clone, Default)]
pub(crate) struct Baskets {
    pub items: Vec<String>,
    pub rows: Vec<Vec<Entry>>,
    pub number_of_row: BTreeMap<String, usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Entry {
    pub at: i64,
    pub item: u32,
}

impl Baskets {
    pub fn of(purchases: &[Purchase]) -> Baskets {
        let mut numbers: BTreeMap<&str, u32> = BTreeMap::new();
        for purchase in purchases {
            numbers.insert(&purchase.item, 0);
        }
        for (number, place) in numbers.values_mut().enumerate() {
            *place = number as u32;
        }
        let items = numbers.keys().map(|item| (*item).to_owned()).collect();
        let mut baskets = Baskets { items, ..Baskets::default() };
        let mut rows: BTreeMap<&str, BTreeMap<u32, i64>> = BTreeMap::new();
        for purchase in purchases {
            let row = rows.entry(&purchase.row).or_default();
            let at = row.entry(numbers[purchase.item.as_str()]).or_insert(purchase.at);
            *at = purchase.at.min(*at);
        }
        for (number, (name, row)) in rows.into_iter().enumerate() {
            let mut entries: Vec<Entry> =
                row.into_iter().map(|(item, at)| Entry { at, item }).collect();
            entries.sort();
            baskets.number_of_row.insert(name.to_owned(), number);
            baskets.rows.push(entries);
        }
        baskets
    }

    pub fn number_of(&self, item: &str) -> Option<u32> {
        self.items.binary_search_by(|known| known.as_str().cmp(item)).ok().map(|at| at as u32)
    }

    /// The same rows with the most bought items only.
    pub fn most_bought(&self, most: usize) -> Baskets {
        let mut counts = vec![0_u32; self.items.len()];
        for entry in self.rows.iter().flatten() {
            counts[entry.item as usize] += 1;
        }
        let mut order: Vec<u32> = (0..self.items.len() as u32).collect();
        order.sort_by_key(|&item| (std::cmp::Reverse(counts[item as usize]), item));
        order.truncate(most);
        order.sort_unstable();
        let number = |item: u32| order.binary_search(&item).ok().map(|at| at as u32);
        let kept = |row: &Vec<Entry>| -> Vec<Entry> {
            let known = row.iter().filter_map(|e| Some(Entry { item: number(e.item)?, ..*e }));
            known.collect()
        };
        Baskets {
            items: order.iter().map(|&item| self.items[item as usize].clone()).collect(),
            rows: self.rows.iter().map(kept).collect(),
            number_of_row: self.number_of_row.clone(),
        }
    }

    pub fn limited(self, most: usize) -> Baskets {
        if self.items.len() <= most { self } else { self.most_bought(most) }
    }

    /// Most rows grow over time, as customers' do; else each is one order.
    pub fn grow(&self) -> bool {
        let long = self.rows.iter().filter(|row| row.len() > 1);
        let (mut grown, mut all) = (0, 0);
        for row in long {
            all += 1;
            grown += usize::from(row[0].at != row[row.len() - 1].at);
        }
        2 * grown > all
    }
}

pub(crate) fn items(row: &[Entry]) -> Vec<u32> {
    row.iter().map(|entry| entry.item).collect()
}
