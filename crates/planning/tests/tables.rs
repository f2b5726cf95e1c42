//! Planning by tables: a history or some facts on the left, the proposal on the right.

use domain::Qty;
use planning::{
    BinFacts, CountLessons, CountReason, Exposure, PastCount, ReorderInput, Trend, demand,
    forecast, forecast_levels, propose, rank, rank_learned,
};

struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> i64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % bound) as i64
    }
}

#[test]
fn demand_by_table() {
    let rising: Vec<i64> = (0..120).map(|day| if day < 92 { 10 } else { 20 }).collect();
    let falling: Vec<i64> = rising.iter().rev().map(|v| 30 - v).rev().collect();
    let rare: Vec<i64> = (0..120).map(|day| if day % 10 == 0 { 5 } else { 0 }).collect();
    let rows = [
        ("nothing known", vec![], (0, 0), Trend::Steady, false),
        ("no sales", vec![0; 100], (0, 0), Trend::Steady, false),
        ("ten a day", vec![10; 100], (10, 10), Trend::Steady, false),
        ("doubled a month ago", rising, (13, 17), Trend::Rising, false),
        ("fallen by half", falling, (13, 17), Trend::Falling, false),
        ("five every ten days", rare, (0, 1), Trend::Steady, true),
    ];
    for (name, series, mean, trend, intermittent) in rows {
        let found = demand(&series);
        let rounded = found.mean_per_day.round() as i64;
        assert!((mean.0..=mean.1).contains(&rounded), "{name}: {found:?}");
        assert_eq!((found.trend, found.intermittent), (trend, intermittent), "{name}");
    }
}

#[test]
fn weekdays_are_learned() {
    // Closed on the last two days of each week; the history ends with a full week.
    let week = [10, 12, 10, 12, 16, 0, 0];
    let series: Vec<i64> = week.iter().copied().cycle().take(7 * 20).collect();
    let fan = forecast(&series, 14);
    for (day, fan) in fan.days.iter().enumerate() {
        let usual = week[day % 7];
        assert!((fan.median - usual).abs() <= 2, "day {day}: {fan:?}");
    }
}

#[test]
fn a_fan_is_ordered_and_covers_about_what_it_says() {
    let mut dice = Dice(5);
    let (mut inside80, mut inside95, mut days) = (0, 0, 0);
    for _ in 0..40 {
        let busy = 2 + dice.below(20) as u64;
        let series: Vec<i64> =
            (0..140).map(|_| (0..busy).map(|_| i64::from(dice.below(3) == 0)).sum()).collect();
        let fan = forecast(&series[..126], 14);
        for (day, &actual) in fan.days.iter().zip(&series[126..]) {
            let order = [day.lo95, day.lo80, day.lo50, day.median, day.hi50, day.hi80, day.hi95];
            assert!(order.is_sorted() && order[0] >= 0, "{day:?}");
            inside80 += i32::from((day.lo80..=day.hi80).contains(&actual));
            inside95 += i32::from((day.lo95..=day.hi95).contains(&actual));
            days += 1;
        }
    }
    assert!(inside80 * 100 >= days * 78, "{inside80} of {days}");
    assert!(inside95 * 100 >= days * 92, "{inside95} of {days}");
}

#[test]
fn levels_are_answered_in_the_order_asked() {
    let (mean, rows) = forecast_levels(&[4; 60], 3, &[0.9, 0.5, 0.99]);
    assert_eq!((mean.len(), rows.len()), (3, 3));
    assert!(rows.iter().all(|row| row[1] <= row[0] && row[0] <= row[2]), "{rows:?}");
}

fn item(daily: i64, on_hand: i64, on_order: i64) -> ReorderInput {
    ReorderInput {
        sku: "TEA-01".into(),
        history: vec![daily; 120],
        lead_time_days_observed: vec![7, 7, 8, 6, 7, 7],
        review_days: 1,
        on_hand,
        reserved: 0,
        on_order,
        pack: 12,
        moq: 24,
        unit_cost_micro: 2_000_000,
        order_cost_minor: 1_000,
        holding_milli_per_year: 200,
        short_cost_minor: 150,
        minor_per_major: 100,
        service_level: 0.95,
    }
}

#[test]
fn proposals_by_table() {
    // Daily demand, on hand, on order -> whether to order.
    let rows = [
        (10, 500, 0, false),
        (10, 20, 0, true),
        (10, 20, 500, false),
        (10, 0, 0, true),
        (0, 5, 0, false),
        (0, 0, 0, false),
    ];
    for (daily, on_hand, on_order, orders) in rows {
        let input = item(daily, on_hand, on_order);
        let found = propose(&input);
        assert_eq!(found.suggested_qty > 0, orders, "{daily} {on_hand} {on_order}: {found:?}");
        assert_eq!(found.suggested_qty % input.pack, 0);
        assert!(found.suggested_qty == 0 || found.suggested_qty >= input.moq);
        assert!(found.reorder_point >= found.safety_stock);
        if daily > 0 {
            // Eight days at ten, and something for bad luck.
            assert!((80..160).contains(&found.reorder_point), "{found:?}");
            assert_eq!(found.days_of_cover, Some((on_hand + on_order) / daily));
        } else {
            assert_eq!(found.days_of_cover, None);
        }
    }
}

#[test]
fn packs_and_minimums_by_table() {
    // Owed by reservations, pack, minimum -> ordered: an item without demand orders only its debt.
    let rows = [(1, 1, 0, 1), (1, 12, 0, 12), (13, 12, 0, 24), (5, 12, 30, 36), (5, 0, 0, 5)];
    for (owed, pack, moq, expected) in rows {
        let input = ReorderInput { reserved: owed, pack, moq, ..item(0, 0, 0) };
        assert_eq!(propose(&input).suggested_qty, expected, "{owed} {pack} {moq}");
    }
}

#[test]
fn more_certainty_and_less_reliable_suppliers_need_more_stock() {
    let usual = propose(&item(10, 0, 0));
    // Being short is dear enough here that only a high promise goes beyond what is cheapest.
    let certain = propose(&ReorderInput { service_level: 0.999, ..item(10, 0, 0) });
    let erratic =
        ReorderInput { lead_time_days_observed: vec![2, 12, 3, 13, 5, 7], ..item(10, 0, 0) };
    let erratic = propose(&erratic);
    assert!(certain.safety_stock > usual.safety_stock);
    assert!(erratic.safety_stock > usual.safety_stock);
    assert!(erratic.reason.lead_time.sd_days > usual.reason.lead_time.sd_days);
    assert!(usual.reason.if_wrong.too_little_minor > 0);
}

/// `location value days|- picks discrepancy empty exceptions`
fn bin(text: &str) -> BinFacts {
    let words: Vec<&str> = text.split_whitespace().collect();
    let number = |index: usize| words[index].parse::<i64>().unwrap_or(0);
    BinFacts {
        location: words[0].to_owned(),
        value_minor: number(1),
        days_since_count: words[2].parse().ok(),
        picks_since: number(3),
        discrepancy_qty: Qty(number(4)),
        went_empty: words[5] == "empty",
        exceptions: number(6),
    }
}

#[test]
fn counts_by_table() {
    let rows: [(&[&str], i64, &[&str]); 7] = [
        // Known trouble first, however little it is worth.
        (&["A 900000 30 50 0 full 0", "B 100 1 0 -2 full 0"], 60, &["B", "A"]),
        (&["A 1000 30 5 0 full 0", "B 1000 30 50 0 full 0"], 60, &["B", "A"]),
        (&["A 1000 30 5 0 full 0", "B 1000 30 5 0 full 2"], 60, &["B", "A"]),
        (&["A 1000 30 5 0 full 0", "B 1000 30 5 0 empty 0"], 60, &["B", "A"]),
        (&["A 1000 30 5 0 full 0", "B 900000 30 5 0 full 0"], 60, &["B", "A"]),
        (&["A 1000 30 5 0 full 0", "B 1000 - 5 0 full 0"], 60, &["B", "A"]),
        // Time for one count and one glance.
        (&["A 9 30 9 0 full 0", "B 9 30 99 0 full 0", "C 9 30 1 0 empty 0"], 5, &["B", "C"]),
    ];
    for (bins, minutes, expected) in rows {
        let bins: Vec<BinFacts> = bins.iter().map(|text| bin(text)).collect();
        let tasks = rank(&bins, minutes);
        let order: Vec<&str> = tasks.iter().map(|task| task.location.as_str()).collect();
        assert_eq!(order, expected, "{tasks:?}");
        assert!(tasks.iter().map(|task| task.minutes).sum::<i64>() <= minutes);
    }
    assert!(rank(&[bin("A 1 1 1 1 full 0")], 3).is_empty());
}

#[test]
fn a_count_says_why() {
    let task = &rank(&[bin("A 300000 - 60 -3 full 2")], 60)[0];
    let expected = [
        CountReason::Discrepancy { qty: Qty(-3) },
        CountReason::Exceptions { count: 2 },
        CountReason::NeverCounted,
        CountReason::ManyPicks { picks: 60 },
        CountReason::HighValue { minor: 300_000 },
    ];
    assert_eq!(task.reasons, expected);
}

#[test]
fn a_bin_that_went_wrong_before_comes_first() {
    let bins = [bin("A 1000 30 5 0 full 0"), bin("B 1000 30 5 0 full 0")];
    let count = |location: &str, was_wrong| PastCount {
        location: location.into(),
        since: Exposure { lines: 10.0, days: 30.0 },
        was_wrong,
    };
    let lessons = CountLessons::learn(&[count("A", false), count("B", true)]);
    let order: Vec<String> =
        rank_learned(&bins, &lessons, 60).into_iter().map(|task| task.location).collect();
    assert_eq!(order, ["B", "A"]);
}

#[test]
fn days_before_the_first_sale_are_not_demand() {
    let young = ReorderInput { history: vec![10; 120], ..item(10, 0, 0) };
    let padded = ReorderInput { history: [vec![0; 600], vec![10; 120]].concat(), ..item(10, 0, 0) };
    assert_eq!(propose(&padded), propose(&young));
}
