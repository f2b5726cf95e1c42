//! Slotting over random shops: what is proposed pays, fits and adds up.

use planning::{
    Aisles, Face, PickStop, SlottedSku, SlottingInput, SlottingTerms, Together, pick_path,
    slotting, walked_meters_per_week,
};

struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: i64) -> i64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % bound as u64) as i64
    }
}

fn face(location: &str, meters: i64, capacity_ml: i64) -> Face {
    Face { location: location.to_owned(), meters, capacity_ml, taken_ml: 0 }
}

fn sku(sku: &str, location: &str, lines: i64, cube_ml: i64) -> SlottedSku {
    let (sku, location) = (sku.to_owned(), location.to_owned());
    SlottedSku { sku, location, lines_milli_per_week: lines * 1_000, cube_ml }
}

fn shop(dice: &mut Dice) -> SlottingInput {
    let mut input = SlottingInput::default();
    for number in 0..60 {
        input.faces.push(face(&format!("F{number:02}"), 5 + number * 3, 20_000));
    }
    for number in 0..55 {
        let location = format!("F{:02}", 59 - number);
        let lines = 1 + dice.below(9) * dice.below(9) * dice.below(5);
        input.skus.push(sku(
            &format!("S{number:02}"),
            &location,
            lines,
            1_000 + dice.below(19_000),
        ));
    }
    for _ in 0..20 {
        input.together.push(Together {
            one: format!("S{:02}", dice.below(55)),
            other: format!("S{:02}", dice.below(55)),
            orders_milli_per_week: dice.below(40_000),
        });
    }
    input
}

fn used_ml(input: &SlottingInput, location: &str) -> i64 {
    input.skus.iter().filter(|sku| sku.location == location).map(|sku| sku.cube_ml).sum()
}

#[test]
fn moves_pay_fit_and_add_up() {
    for seed in 1..=20 {
        let mut dice = Dice(seed);
        let mut input = shop(&mut dice);
        let terms = SlottingTerms { payback_weeks: 8, ..SlottingTerms::default() };
        let moves = slotting(&input, &terms);
        assert!(!moves.is_empty(), "seed {seed}");
        assert!(moves.iter().map(|one| one.move_minutes).sum::<i64>() <= 240 + 20, "seed {seed}");
        for one in moves {
            let before = walked_meters_per_week(&input, &terms);
            for sku in &mut input.skus {
                if sku.sku == one.sku {
                    sku.location.clone_from(&one.to);
                } else if Some(&sku.sku) == one.swapped_out.as_ref() {
                    sku.location.clone_from(&one.from);
                }
            }
            let saved = before - walked_meters_per_week(&input, &terms);
            assert!((saved - one.saved_meters_per_week).abs() <= 2, "seed {seed}: {one:?} {saved}");
            let minutes = one.saved_meters_per_week as f64 / 60.0 * 8.0;
            assert!(minutes > one.move_minutes as f64 - 1.2, "seed {seed}: does not pay {one:?}");
            assert!((1..=8).contains(&one.pays_after_weeks), "seed {seed}: {one:?}");
            for face in &input.faces {
                assert!(used_ml(&input, &face.location) <= 20_000, "seed {seed}: {one:?}");
            }
        }
    }
}

#[test]
fn the_order_of_the_input_does_not_matter() {
    let input = shop(&mut Dice(7));
    let terms = SlottingTerms::default();
    let mut turned = input.clone();
    turned.faces.reverse();
    turned.skus.reverse();
    turned.together.reverse();
    assert_eq!(slotting(&input, &terms), slotting(&turned, &terms));
}

#[test]
fn moves_by_table() {
    let faces = || vec![face("NEAR", 10, 9_000), face("MID", 50, 9_000), face("FAR", 100, 9_000)];
    let pair = |orders: i64| Together {
        one: "FAST".into(),
        other: "MATE".into(),
        orders_milli_per_week: orders * 1_000,
    };
    let (fast, slow) = (sku("FAST", "FAR", 50, 5_000), sku("SLOW", "NEAR", 1, 5_000));
    let mate = sku("MATE", "MID", 50, 5_000);
    // SKUs, orders for both -> what goes where, and what is swapped out.
    let rows = [
        (vec![fast.clone()], 0, Some(("FAST", "NEAR", None))),
        (vec![fast.clone(), slow.clone()], 0, Some(("FAST", "NEAR", Some("SLOW")))),
        // Too large for the near face.
        (vec![SlottedSku { cube_ml: 9_001, ..fast.clone() }], 0, None),
        // What is swapped out does not fit where it would go.
        (
            vec![fast.clone(), SlottedSku { cube_ml: 9_500, ..slow.clone() }],
            0,
            Some(("FAST", "MID", None)),
        ),
        // Nobody asks for it.
        (vec![SlottedSku { lines_milli_per_week: 0, ..fast.clone() }], 0, None),
        // The partner stays behind in the middle: going farther forward saves nothing.
        (
            vec![fast.clone(), SlottedSku { cube_ml: 4_000, ..mate }],
            50,
            Some(("FAST", "MID", None)),
        ),
    ];
    for (skus, orders, expected) in rows {
        let together = if orders > 0 { vec![pair(orders)] } else { vec![] };
        let input = SlottingInput { faces: faces(), skus, together };
        let found = slotting(&input, &SlottingTerms { moves_max: 1, ..SlottingTerms::default() });
        let first = found.first().map(|m| (&*m.sku, &*m.to, m.swapped_out.as_deref()));
        assert_eq!(first, expected, "{input:?}");
    }
}

#[test]
fn odd_shops_are_left_alone() {
    let lost = SlottingInput { skus: vec![sku("A", "NOWHERE", 9, 1)], ..SlottingInput::default() };
    let nothing =
        SlottingTerms { walk_meters_per_minute: 0, lines_per_walk: 0, ..Default::default() };
    for input in [SlottingInput::default(), lost] {
        assert!(slotting(&input, &nothing).is_empty());
        assert_eq!(walked_meters_per_week(&input, &nothing), 0);
    }
}

/// Every choice of going through or coming back, by trying all of them.
fn shortest(stops: &[PickStop], aisles: Aisles) -> i64 {
    let mut numbers: Vec<i64> = stops.iter().map(|stop| stop.aisle).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let mut best = i64::MAX;
    for choice in 0..1_u32 << numbers.len() {
        let (mut front, mut meters) = (true, 2 * numbers[numbers.len() - 1] * aisles.pitch_meters);
        for (at, number) in numbers.iter().enumerate() {
            let inside = || stops.iter().filter(|s| s.aisle == *number).map(|s| s.meters_in);
            if choice >> at & 1 == 1 {
                meters += aisles.meters_long;
                front = !front;
            } else if front {
                meters += 2 * inside().max().unwrap_or(0);
            } else {
                meters += 2 * (aisles.meters_long - inside().min().unwrap_or(0));
            }
        }
        best = best.min(meters + if front { 0 } else { aisles.meters_long });
    }
    best
}

#[test]
fn a_pick_path_is_the_shortest_of_its_kind() {
    let aisles = Aisles { meters_long: 30, pitch_meters: 4 };
    for seed in 1..=100 {
        let mut dice = Dice(seed);
        let stops: Vec<PickStop> = (0..1 + dice.below(12))
            .map(|_| PickStop { aisle: dice.below(7), meters_in: dice.below(31) })
            .collect();
        let path = pick_path(&stops, aisles);
        assert_eq!(path.meters, shortest(&stops, aisles), "seed {seed}: {stops:?}");
        let mut order = path.order.clone();
        order.sort_unstable();
        assert_eq!(order, (0..stops.len()).collect::<Vec<_>>(), "seed {seed}");
    }
    assert_eq!(pick_path(&[], aisles).meters, 0);
}
