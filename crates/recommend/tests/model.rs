//! Small shops whose habits are known, and what the model makes of them.

use recommend::{Because, Model, Purchase, without};

fn purchases(rows: &[(&str, &[&str])]) -> Vec<Purchase> {
    let mut all = Vec::new();
    for (at, (row, items)) in rows.iter().enumerate() {
        for item in *items {
            all.push(Purchase { row: (*row).into(), item: (*item).into(), at: at as i64 });
        }
    }
    all
}

/// Tea with cups, paper with pens, and bags with everything.
fn shop() -> Vec<Purchase> {
    let names: Vec<String> = (0..60).map(|at| format!("o{at:02}")).collect();
    let rows: Vec<(&str, &[&str])> = names
        .iter()
        .enumerate()
        .map(|(at, name)| {
            let items: &[&str] = match at % 3 {
                0 => &["tea", "cup", "bag"],
                1 => &["paper", "pen", "bag"],
                _ => &["tea", "cup"],
            };
            (name.as_str(), items)
        })
        .collect();
    purchases(&rows)
}

#[test]
fn what_goes_together_is_named_with_its_reason() {
    let model = Model::train(&shop());
    for (basket, expected, times) in [("tea", "cup", 40), ("paper", "pen", 20)] {
        let found = model.with_basket(&[basket], 3);
        let place = found.iter().position(|one| one.item == expected);
        assert!(place.is_some_and(|place| place < 2), "{basket}: {found:?}");
        let why = Because::BoughtTogether { with: basket.into(), times };
        assert_eq!(found[place.unwrap()].because, why);
        assert!(found.iter().all(|one| one.item != basket));
    }
}

#[test]
fn newcomers_get_what_everybody_buys() {
    let model = Model::train(&shop());
    for found in [model.with_basket(&[], 2), model.with_basket(&["never seen"], 2)] {
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(matches!(found[0].because, Because::Popular { times: 40 }), "{found:?}");
    }
    assert_eq!(model.for_row("nobody", 9).len(), 5);
}

#[test]
fn odd_input_gives_an_answer() {
    assert!(Model::train(&[]).with_basket(&["tea"], 5).is_empty());
    let one = purchases(&[("a", &["tea"])]);
    let model = Model::train(&one);
    assert!(model.with_basket(&["tea"], 5).is_empty());
    assert_eq!(model.with_basket(&[], 5).len(), 1);
    assert!(model.with_basket(&[], 0).is_empty());
    let mut twice = shop();
    twice.extend(shop());
    let found = Model::train(&twice).with_basket(&["tea"], 3);
    assert_eq!(found, Model::train(&shop()).with_basket(&["tea"], 3));
}

#[test]
fn a_forgotten_customer_answers_like_a_stranger() {
    let mut model = Model::train(&shop());
    let stranger = model.for_row("nobody", 3);
    let (known, other) = (model.for_row("o01", 3), model.for_row("o02", 3));
    assert_ne!(known, stranger);
    assert!(model.forget("o01") && !model.forget("o01"));
    assert_eq!(model.for_row("o01", 3), stranger);
    assert_eq!(model.for_row("o02", 3), other);
    let left = without(shop(), "o01");
    assert!(left.len() == shop().len() - 3 && left.iter().all(|one| one.row != "o01"));
}
