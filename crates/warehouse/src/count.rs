//! Counts are observations. What was seen is laid against the book at an instant, and the larger
//! the difference, the more people look before it is posted.

use domain::{Key, LocationCode, LotCode, Observed, Qty, Serial, Sku};

/// What the counter wrote down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub sku: Sku,
    pub lot: LotCode,
    /// Empty when the serials were not read one by one.
    pub serial: Serial,
    pub qty: Qty,
}

/// Spreads the entries over the heaps that the book has in the bin, plus a heap for what the book
/// does not know. What nobody listed is not there: it counts as 0. Where the book tells damaged or
/// packed goods from good ones and the counter did not, the good ones take the difference.
pub fn observe(location: &LocationCode, entries: &[Entry], book: &[(Key, Qty)]) -> Vec<Observed> {
    let mut left: Vec<Entry> = Vec::new();
    for entry in entries {
        match left.iter_mut().find(|e| same(e, &entry.sku, &entry.lot, &entry.serial)) {
            Some(known) => known.qty += entry.qty,
            None => left.push(entry.clone()),
        }
    }
    // Special heaps first, so that plain good stock is what remains; named serials before the rest.
    let mut heaps: Vec<&(Key, Qty)> = book.iter().collect();
    heaps.sort_by_key(|(key, _)| (is_plain(key), key.clone()));
    let mut seen: Vec<Observed> = Vec::new();
    for (key, on_hand) in heaps {
        let exact = left.iter().position(|e| same(e, &key.sku, &key.lot, &key.serial));
        let loose = left.iter().position(|e| same(e, &key.sku, &key.lot, &Serial::none()));
        let qty = match exact.or(loose) {
            Some(at) if is_plain(key) => std::mem::take(&mut left[at].qty),
            Some(at) => {
                let taken = left[at].qty.min(*on_hand).max(Qty::ZERO);
                left[at].qty -= taken;
                taken
            }
            None => Qty::ZERO,
        };
        seen.push(Observed { key: key.clone(), qty });
    }
    for entry in left.into_iter().filter(|entry| entry.qty > Qty::ZERO) {
        let Entry { sku, lot, serial, qty } = entry;
        let key = Key { sku, lot, serial, location: location.clone(), ..Key::default() };
        match seen.iter_mut().find(|observed| observed.key == key) {
            Some(known) => known.qty += qty,
            None => seen.push(Observed { key, qty }),
        }
    }
    seen
}

fn same(entry: &Entry, sku: &Sku, lot: &LotCode, serial: &Serial) -> bool {
    entry.sku == *sku && entry.lot == *lot && entry.serial == *serial
}

fn is_plain(key: &Key) -> bool {
    let Key { sku, lot, location, .. } = key.clone();
    *key == Key { sku, lot, location, ..Key::default() }
}

/// Units by which the observation differs from the book, either way.
pub fn variance(seen: &[Observed], book: &[(Key, Qty)]) -> Qty {
    let of = |key: &Key| book.iter().find(|(k, _)| k == key).map_or(0, |(_, qty)| qty.0);
    Qty(seen.iter().map(|observed| (observed.qty.0 - of(&observed.key)).abs()).sum())
}

/// One heap during a count: what was counted, what the legs sum to now, and each change since the
/// count began as `(clock, change)`, oldest first.
#[derive(Debug, Clone)]
pub struct Watched {
    pub counted: i64,
    pub sum_now: i64,
    pub changes: Vec<(i64, i64)>,
}

/// The latest instant between `start` and `now` at which the book said exactly what was counted
/// for every heap. The bin is not frozen: a picker may have come by before or after the counter
/// looked, and both are right.
pub fn watermark_that_fits(heaps: &[Watched], start: i64, now: i64) -> Option<i64> {
    let mut instants: Vec<i64> = heaps
        .iter()
        .flat_map(|heap| heap.changes.iter().map(|(at, _)| at - 1))
        .chain([start, now])
        .filter(|at| (start..=now).contains(at))
        .collect();
    instants.sort_unstable_by(|a, b| b.cmp(a));
    instants.dedup();
    instants.into_iter().find(|instant| heaps.iter().all(|heap| fits(heap, *instant)))
}

fn fits(heap: &Watched, instant: i64) -> bool {
    let since: i64 = heap.changes.iter().filter(|(at, _)| *at > instant).map(|(_, c)| c).sum();
    (heap.sum_now - since).max(0) == heap.counted
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Matches,
    WithinTolerance,
    /// Another person looks.
    Recount,
    /// Two people have looked; a supervisor decides.
    Investigate,
}

pub fn judge(variance: Qty, tolerance: Qty, round: i64) -> Verdict {
    match variance {
        Qty(0) => Verdict::Matches,
        units if units <= tolerance => Verdict::WithinTolerance,
        _ if round <= 1 => Verdict::Recount,
        _ => Verdict::Investigate,
    }
}

#[cfg(test)]
mod tests;
