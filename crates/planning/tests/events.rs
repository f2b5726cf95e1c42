//! Days with a name, and products without a past.

use planning::{Calibrations, CategoryCurve, EventFactors, EventSeries, Rhythm};

/// Ten a day, thirty on each thirtieth day.
fn history(level: f64) -> Vec<Option<f64>> {
    let at = |day: i32| if day % 30 == 29 { 3.0 * level } else { level };
    (0..300).map(|day| Some(at(day))).collect()
}

fn events() -> Vec<Option<&'static str>> {
    (0..300).map(|day| (day % 30 == 29).then_some("singles day")).collect()
}

#[test]
fn an_event_is_learned_by_its_name() {
    let (values, events) = (history(10.0), events());
    let series = EventSeries { values: &values, events: &events };
    let factors = EventFactors::learn([series, series], Rhythm::Daily);
    let factor = factors.factor(Some("singles day"));
    assert!((2.5..3.0).contains(&factor), "{factor}");
    assert_eq!((factors.factor(Some("new year")), factors.factor(None)), (1.0, 1.0));
    let plain = factors.without(&series);
    assert!(plain.iter().flatten().all(|value| *value < 13.0), "{plain:?}");
    // Nothing known, nothing sold, names missing: no factor, and no complaint.
    let odd = [vec![], vec![None; 300], vec![Some(0.0); 300]];
    for values in &odd {
        let series = EventSeries { values, events: &events[..values.len() / 2] };
        assert_eq!(EventFactors::learn([series], Rhythm::Weekly), EventFactors::default());
    }
}

#[test]
fn a_newcomer_starts_like_its_category_and_becomes_itself() {
    let typical: Vec<f64> = (0..140).map(|day| if day < 28 { 8.0 } else { 4.0 }).collect();
    let curve = CategoryCurve::learn([typical.as_slice(), &typical, &typical]);
    // Days and pieces a day so far -> expected on the next.
    let rows = [(0, 0.0, 7.9, 8.1), (7, 8.0, 7.9, 8.1), (28, 16.0, 7.5, 8.0), (28, 0.0, 0.0, 0.1)];
    for (days, level, least, most) in rows {
        let next = curve.ahead(&vec![level; days], 1)[0];
        assert!((least..=most).contains(&next), "{days} {level}: {next}");
    }
    assert_eq!(CategoryCurve::default().ahead(&[3.0], 2), [0.0, 0.0]);
    assert_eq!(CategoryCurve::learn([]).ahead(&[], 1), [0.0]);
}

#[test]
fn what_sells_daily_and_what_sells_rarely_are_calibrated_apart() {
    let daily = history(40.0);
    let rare: Vec<Option<f64>> =
        (0..300).map(|day| Some(f64::from(day % 9 / 8 * (1 + day % 4)))).collect();
    let both = [(daily.as_slice(), 7), (rare.as_slice(), 7)];
    let many = (0..20).flat_map(|_| both);
    let learned = Calibrations::learn(many, Rhythm::Daily);
    assert_ne!(learned.of(true), learned.of(false));
    assert_eq!(Calibrations::learn(both, Rhythm::Daily), Calibrations::default());
}
