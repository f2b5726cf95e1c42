//! Supply lines and rationing by tables and over random shops.

use planning::{
    Limit, NeedOutlook, Offer, OpenNeed, PriceBreak, Purse, Ration, Stakes, ration,
    sells_before_expiry, supply_lines,
};

struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: i64) -> i64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % bound as u64) as i64
    }
}

const STAKES: Stakes = Stakes {
    short_cost_minor: 300,
    unit_cost_micro: 2_000_000,
    holding_milli_per_year: 250,
    minor_per_major: 100,
};

fn offer(supplier: &str, prices: &[(i64, i64)], moq: i64, pack: i64, lead_days: i64) -> Offer {
    let price =
        |&(from_qty, minor): &(i64, i64)| PriceBreak { from_qty, unit_cost_micro: minor * 10_000 };
    Offer {
        supplier: supplier.into(),
        sku: "TEA".into(),
        prices: prices.iter().map(price).collect(),
        landing_micro: 0,
        order_cost_minor: 500,
        moq,
        pack,
        lead_days,
    }
}

fn need(qty: i64, needed_in_days: i64, qty_max: Option<i64>) -> OpenNeed {
    OpenNeed { sku: "TEA".into(), qty, needed_in_days, per_day: 5.0, qty_max, stakes: STAKES }
}

#[test]
fn suppliers_by_table() {
    let plain = || offer("PLAIN", &[(1, 200)], 1, 1, 7);
    let cheap = || offer("CHEAP", &[(1, 150)], 1, 1, 30);
    let breaks = |minor| offer("BREAKS", &[(1, 200), (200, minor)], 1, 1, 7);
    // Wanted, needed in, at most, offers -> supplier, quantity, what bound it.
    let rows = [
        (100, 10, None, vec![plain()], Some(("PLAIN", 100, Limit::None))),
        // Cheaper and in time; cheaper and three weeks late.
        (100, 30, None, vec![plain(), cheap()], Some(("CHEAP", 100, Limit::None))),
        (100, 10, None, vec![plain(), cheap()], Some(("PLAIN", 100, Limit::None))),
        // A fifth off for twice as much; a hundredth off does not pay for holding it.
        (100, 10, None, vec![breaks(160)], Some(("BREAKS", 200, Limit::PriceBreak))),
        (100, 10, None, vec![breaks(199)], Some(("BREAKS", 100, Limit::None))),
        // The same where only 150 sell before they expire.
        (100, 10, Some(150), vec![breaks(160)], Some(("BREAKS", 100, Limit::None))),
        (100, 10, Some(60), vec![plain()], Some(("PLAIN", 60, Limit::ShelfLife))),
        (100, 10, Some(60), vec![offer("LARGE", &[(1, 90)], 80, 1, 7)], None),
        (
            100,
            10,
            None,
            vec![offer("PACKS", &[(1, 90)], 1, 12, 7)],
            Some(("PACKS", 108, Limit::Pack)),
        ),
        (
            100,
            10,
            None,
            vec![offer("LEAST", &[(1, 90)], 130, 12, 7)],
            Some(("LEAST", 132, Limit::Minimum)),
        ),
        (0, 10, None, vec![plain()], None),
        (100, 10, None, vec![], None),
    ];
    for (qty, days, most, offers, expected) in rows {
        let found = supply_lines(&[need(qty, days, most)], &offers);
        let first = found.first().map(|line| (&*line.supplier, line.qty, line.limit));
        assert_eq!(first, expected, "{qty} {days} {most:?} {offers:?}");
        let mut turned = offers.clone();
        turned.reverse();
        assert_eq!(found, supply_lines(&[need(qty, days, most)], &turned));
    }
}

#[test]
fn one_need_gives_one_line() {
    let offers = [offer("A", &[(1, 200)], 1, 1, 7), offer("B", &[(1, 200)], 1, 1, 7)];
    let lines = supply_lines(&[need(30, 5, None), need(50, 9, None), need(50, 5, None)], &offers);
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert_eq!((&*lines[0].supplier, lines[0].qty, lines[0].late_days), ("A", 50, 2));
    assert_eq!((lines[0].landed_minor, lines[0].late_minor), (10_500, 3_000));
}

#[test]
fn what_keeps_short_is_bought_little() {
    // Ten a day like a Poisson; days it keeps, lead, on hand -> at most.
    let rows = [(10, 5, 0, 87), (10, 5, 50, 87), (10, 5, 80, 57), (0, 5, 0, 0), (10, 5, 500, 0)];
    for (keeps, lead, position, expected) in rows {
        assert_eq!(sells_before_expiry((10.0, 10.0), keeps, lead, position, 0.9), expected);
    }
}

fn wish(dice: &mut Dice, number: i64) -> Ration {
    let mean = 1.0 + dice.below(40) as f64;
    let pack = 1 + dice.below(4);
    Ration {
        sku: format!("S{number}"),
        position: dice.below(10),
        qty: (mean as i64 * 2 / pack + 1) * pack,
        moq: 1 + dice.below(8),
        pack,
        unit_ml: 100 + dice.below(3_000),
        need: NeedOutlook { mean, variance: mean * 2.0, days: 14.0 },
        stakes: Stakes { unit_cost_micro: 1_000_000 + dice.below(9_000_000), ..STAKES },
    }
}

fn gain(wanted: &[Ration], quantities: &[i64]) -> f64 {
    // Expected sales by sampling the distribution's fan would be noise: a normal loss will do.
    let one = |(one, qty): (&Ration, &i64)| {
        let stock = (one.position + qty) as f64;
        stock.min(one.need.mean) * 300.0
    };
    wanted.iter().zip(quantities).map(one).sum()
}

#[test]
fn limits_hold_and_have_a_price() {
    for seed in 1..=50 {
        let mut dice = Dice(seed);
        let wanted: Vec<Ration> = (0..30).map(|number| wish(&mut dice, number)).collect();
        let free = ration(&wanted, &Purse::default());
        assert_eq!((free.budget_price_milli, free.liter_price_milli), (0, 0));
        let half = Purse { budget_minor: Some(free.spent_minor / 2), ..Purse::default() };
        let tight = Purse { space_ml: Some(free.used_ml / 3), ..Purse::default() };
        let both = Purse { space_ml: tight.space_ml, ..half };
        for purse in [half, tight, both] {
            let found = ration(&wanted, &purse);
            assert!(purse.budget_minor.is_none_or(|most| found.spent_minor <= most), "{seed}");
            assert!(purse.space_ml.is_none_or(|most| found.used_ml <= most), "{seed}");
            assert!(found.budget_price_milli + found.liter_price_milli > 0, "{seed} {found:?}");
            for (one, &qty) in wanted.iter().zip(&found.quantities) {
                assert!(qty == 0 || qty >= one.moq && qty % one.pack == 0, "{seed} {one:?} {qty}");
                assert!(qty <= one.qty, "{seed} {one:?} {qty}");
            }
        }
        // Half of the money buys more than half of what all of it does.
        let nothing = vec![0; wanted.len()];
        let (all, none) = (gain(&wanted, &free.quantities), gain(&wanted, &nothing));
        let some = gain(&wanted, &ration(&wanted, &half).quantities);
        assert!(some - none > 0.5 * (all - none), "{seed}: {some} of {all}");
    }
}

#[test]
fn more_money_buys_no_less() {
    let mut dice = Dice(3);
    let mut wanted: Vec<Ration> = (0..12).map(|number| wish(&mut dice, number)).collect();
    let spent = |wanted: &[Ration], budget| {
        ration(wanted, &Purse { budget_minor: Some(budget), ..Purse::default() })
    };
    let rich = spent(&wanted, 1_000_000_000);
    assert!(rich.limits.iter().all(|limit| *limit == Limit::None));
    assert_eq!(spent(&wanted, 0).spent_minor, 0);
    assert!(spent(&wanted, 0).limits.contains(&Limit::Budget));
    // The order of the input changes nothing.
    let before = spent(&wanted, rich.spent_minor / 2);
    wanted.reverse();
    let mut turned = spent(&wanted, rich.spent_minor / 2);
    turned.quantities.reverse();
    assert_eq!(before.quantities, turned.quantities);
}
