//! Forecasts of series by table, and of series nobody would send on purpose.

use planning::{Calibration, Outcome, Rhythm, SeriesFault, SumForecast, outcomes, outlook};

fn known(values: &[f64]) -> Vec<Option<f64>> {
    values.iter().map(|&value| Some(value)).collect()
}

const RHYTHMS: [Rhythm; 5] =
    [Rhythm::Daily, Rhythm::Weekly, Rhythm::Monthly, Rhythm::Quarterly, Rhythm::Yearly];

#[test]
fn nothing_to_learn_from_is_named() {
    let rows = [
        (vec![], 3, SeriesFault::Empty),
        (vec![None, None], 3, SeriesFault::AllUnknown),
        (vec![Some(1.0), Some(f64::NAN)], 3, SeriesFault::NotANumber { at: 1 }),
        (vec![Some(f64::INFINITY)], 3, SeriesFault::TooLarge { at: 0 }),
        (vec![Some(-2e15)], 3, SeriesFault::TooLarge { at: 0 }),
        (vec![Some(1.0)], 0, SeriesFault::NoHorizon),
    ];
    for (history, horizon, fault) in rows {
        assert_eq!(outlook(&history, Rhythm::Daily, horizon), Err(fault), "{history:?}");
        assert!(!fault.to_string().is_empty());
    }
}

#[test]
fn odd_series_give_numbers() {
    let wild: Vec<f64> = (0..900).map(|at| f64::from((at * at * 31 + at * 7) % 1000)).collect();
    let rows = [
        ("one value", vec![5.0]),
        ("two values", vec![5.0, 9.0]),
        ("zeros", vec![0.0; 60]),
        ("constant", vec![7.0; 400]),
        ("negative", vec![-3.0; 50]),
        ("huge", vec![9e14; 40]),
        ("huge and tiny", [9e14, 1e-9].repeat(200)),
        ("one sale, long ago", std::iter::once(1.0).chain([0.0; 800]).collect()),
        ("one sale, today", [0.0; 800].into_iter().chain([1000.0]).collect()),
        ("wild", wild),
        ("fractions", [0.25, 0.5, 0.125, 0.75].repeat(30)),
    ];
    for (name, values) in rows {
        for rhythm in RHYTHMS {
            for take in [1, 2, 3, 4, 5, 7, 13, 30, usize::MAX] {
                let history = known(&values[..values.len().min(take)]);
                let ahead = outlook(&history, rhythm, 20).unwrap();
                let sum = ahead.sum(14);
                let steps: Vec<f64> = (0..20).map(|step| ahead.step(step).quantile(0.95)).collect();
                let all = ahead.mean.iter().chain(&steps);
                assert!(
                    all.chain(&[sum.mean, sum.variance, sum.quantile(0.99)])
                        .all(|value| value.is_finite() && *value >= 0.0),
                    "{name} {rhythm:?} {take}: {ahead:?}"
                );
            }
        }
    }
}

#[test]
fn unknown_days_do_not_pull_the_level_down() {
    let history: Vec<Option<f64>> =
        (0..120).map(|day| if day % 10 < 4 { None } else { Some(20.0) }).collect();
    let ahead = outlook(&history, Rhythm::Daily, 7).unwrap();
    assert_eq!(ahead.notes.filled, 48);
    assert!(ahead.mean.iter().all(|mean| (mean - 20.0).abs() < 0.5), "{ahead:?}");
}

#[test]
fn seasons_and_trends_go_on() {
    let week = [30.0, 10.0, 10.0, 12.0, 15.0, 40.0, 60.0];
    let daily: Vec<f64> = week.iter().copied().cycle().take(7 * 30).collect();
    let monthly: Vec<f64> =
        (0..60).map(|at| f64::from(100 + at) * if at % 12 == 11 { 2.0 } else { 1.0 }).collect();
    let rows = [
        ("week", Rhythm::Daily, daily, 6, 60.0),
        ("december", Rhythm::Monthly, monthly.clone(), 11, 342.0),
        ("january", Rhythm::Monthly, monthly, 0, 160.0),
    ];
    for (name, rhythm, values, step, expected) in rows {
        let found = outlook(&known(&values), rhythm, 12).unwrap().mean[step];
        assert!((found / expected - 1.0).abs() < 0.08, "{name}: {found} for {expected}");
    }
}

#[test]
fn a_summer_seen_twice_is_expected_again() {
    let values: Vec<f64> =
        (0..800).map(|day| if (150..240).contains(&(day % 365)) { 30.0 } else { 10.0 }).collect();
    // Day 150 of the third year lies 80 days after the last.
    let ahead = outlook(&known(&values), Rhythm::Daily, 110).unwrap();
    let (before, within) = (ahead.mean[10], ahead.mean[100]);
    assert!(within > 2.0 * before, "{before} {within}");
}

#[test]
fn errors_of_the_past_widen_the_next() {
    let expected = SumForecast { mean: 100.0, variance: 100.0, whole: true };
    let outcomes: Vec<Outcome> = (0..200)
        .map(|at| Outcome { expected, actual: 100.0 + f64::from(at % 81) - 40.0 })
        .collect();
    let learned = Calibration::learn(&outcomes);
    assert!(learned.quantile(expected, 0.95) > expected.quantile(0.95) + 5.0);
    assert!(learned.quantile(expected, 0.05) < expected.quantile(0.05) - 5.0);
    let few = Calibration::learn(&outcomes[..10]);
    assert_eq!(few, Calibration::default());
}

#[test]
fn the_past_is_forecast_without_knowing_it() {
    let mut values = vec![4.0; 200];
    values[186..].fill(400.0);
    let seen = outcomes(&known(&values), Rhythm::Daily, 14);
    assert_eq!(seen.len(), 4);
    assert!(seen[0].expected.mean < 60.0 && seen[0].actual > 5000.0, "{:?}", seen[0]);
}
