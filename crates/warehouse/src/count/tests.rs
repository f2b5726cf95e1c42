use super::*;
use domain::Condition;

fn key(text: &str) -> Key {
    // sku/lot/serial/condition
    let parts: Vec<&str> = text.split('/').collect();
    let part = |index: usize| parts.get(index).copied().unwrap_or_default();
    Key {
        sku: Sku::parse(part(0)).unwrap(),
        lot: LotCode::parse_optional(part(1)).unwrap(),
        serial: Serial::parse_optional(part(2)).unwrap(),
        location: LocationCode::parse("A1").unwrap(),
        condition: Condition::parse(part(3)).unwrap_or_default(),
        ..Key::default()
    }
}

fn book(text: &str) -> Vec<(Key, Qty)> {
    text.split_whitespace()
        .map(|item| {
            let (name, qty) = item.split_once('=').unwrap();
            (key(name), Qty(qty.parse().unwrap()))
        })
        .collect()
}

#[test]
fn entries_are_spread_over_the_books_heaps() {
    // book | entries | seen
    let rows = [
        ("MUG=5", "MUG=5", "MUG=5"),
        ("MUG=5 CUP=2", "MUG=5", "CUP=0 MUG=5"),
        ("MUG=5", "MUG=2 MUG=3", "MUG=5"),
        ("MUG=5", "CUP=1", "CUP=1 MUG=0"),
        ("MUG=3 MUG///damaged=2", "MUG=5", "MUG///damaged=2 MUG=3"),
        ("MUG=3 MUG///damaged=2", "MUG=4", "MUG///damaged=2 MUG=2"),
        ("MUG///damaged=2", "MUG=3", "MUG///damaged=2 MUG=1"),
        ("MUG/L1=3", "MUG/L2=3", "MUG/L1=0 MUG/L2=3"),
        ("PC//S1=1 PC//S2=1", "PC=2", "PC//S1=1 PC//S2=1"),
        ("PC//S1=1 PC//S2=1", "PC=1", "PC//S1=1 PC//S2=0"),
        ("PC//S1=1", "PC//S2=1", "PC//S1=0 PC//S2=1"),
        ("", "", ""),
    ];
    for (heaps, entries, wanted) in rows {
        let entries: Vec<Entry> = book(entries)
            .into_iter()
            .map(|(key, qty)| Entry { sku: key.sku, lot: key.lot, serial: key.serial, qty })
            .collect();
        let location = LocationCode::parse("A1").unwrap();
        let mut seen = observe(&location, &entries, &book(heaps));
        let mut wanted: Vec<Observed> =
            book(wanted).into_iter().map(|(key, qty)| Observed { key, qty }).collect();
        seen.sort_by_key(|o| o.key.clone());
        wanted.sort_by_key(|o| o.key.clone());
        assert_eq!(seen, wanted, "book {heaps}");
    }
}

#[test]
fn a_bin_that_moved_during_the_count_is_right_at_some_instant() {
    #[allow(clippy::type_complexity)]
    // counted, sum now, changes, start -> watermark
    let rows: [(i64, i64, &[(i64, i64)], Option<i64>); 6] = [
        (5, 5, &[], Some(100)),
        (8, 5, &[(50, -3)], Some(49)),
        (5, 5, &[(50, -3)], Some(100)),
        (7, 5, &[(50, -3)], None),
        (6, 5, &[(40, -2), (60, -1)], Some(59)),
        (0, -2, &[(60, -2)], Some(100)),
    ];
    for (counted, sum_now, changes, wanted) in rows {
        let heap = Watched { counted, sum_now, changes: changes.to_vec() };
        assert_eq!(watermark_that_fits(&[heap], 10, 100), wanted, "{counted} {changes:?}");
    }
}

#[test]
fn the_larger_the_difference_the_more_people_look() {
    let rows = [
        (0, 0, 1, Verdict::Matches),
        (1, 0, 1, Verdict::Recount),
        (2, 2, 1, Verdict::WithinTolerance),
        (3, 2, 1, Verdict::Recount),
        (3, 2, 2, Verdict::Investigate),
        (0, 2, 2, Verdict::Matches),
    ];
    for (units, tolerance, round, wanted) in rows {
        assert_eq!(judge(Qty(units), Qty(tolerance), round), wanted, "{units} {tolerance} {round}");
    }
}
