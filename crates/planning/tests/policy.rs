//! Policies by table: what is dear to miss is kept more of, and odd items still get an answer.

use planning::{Experience, Policy, PolicyInput, SharedSeason, Trial};

fn input(history: Vec<f64>) -> PolicyInput {
    PolicyInput {
        history,
        lead_days_min: 5,
        lead_days_max: 9,
        review_days: 1,
        moq: 1,
        pack: 1,
        holding_per_unit_day: 0.01,
        order_cost: 3.0,
        shortage_per_unit: 4.0,
    }
}

fn steady() -> Vec<f64> {
    (0..400).map(|day| f64::from(2 + (day * 7) % 5)).collect()
}

fn choose(input: &PolicyInput) -> Policy {
    let trial = Trial::of(input, 1.0);
    trial.choose(&Experience::learn([&trial]))
}

#[test]
fn costs_move_the_policy_the_right_way() {
    let plain = choose(&input(steady()));
    // Seven days at four a day, and something for the late delivery.
    assert!((28..=60).contains(&plain.at), "{plain:?}");
    let dear = choose(&PolicyInput { shortage_per_unit: 400.0, ..input(steady()) });
    assert!(dear.at >= plain.at, "{dear:?} {plain:?}");
    let costly = choose(&PolicyInput { holding_per_unit_day: 0.5, ..input(steady()) });
    assert!(costly.up_to < plain.up_to, "{costly:?} {plain:?}");
    let far = choose(&PolicyInput { lead_days_min: 20, lead_days_max: 30, ..input(steady()) });
    assert!(far.at > plain.at + 40, "{far:?} {plain:?}");
}

#[test]
fn odd_items_get_a_policy() {
    let rows =
        [vec![], vec![0.0], vec![0.0; 500], vec![1e9; 30], [vec![0.0; 399], vec![5000.0]].concat()];
    for history in rows {
        for review_days in [0, 1, 40] {
            for pack in [0, 1, 12] {
                let odd = PolicyInput {
                    review_days,
                    pack,
                    holding_per_unit_day: 0.0,
                    ..input(history.clone())
                };
                let policy = choose(&odd);
                assert!(policy.at >= 0 && policy.up_to > policy.at, "{odd:?}: {policy:?}");
            }
        }
    }
}

#[test]
fn orders_are_whole_packs_and_at_least_the_minimum() {
    let policy = Policy { at: 10, up_to: 50 };
    // Position, minimum, pack, order.
    let rows = [(11, 1, 1, 0), (10, 1, 1, 40), (10, 1, 12, 48), (10, 100, 12, 108), (-5, 0, 0, 55)];
    for (position, moq, pack, order) in rows {
        assert_eq!(policy.order(position, moq, pack), order, "{position} {moq} {pack}");
    }
}

#[test]
fn the_year_is_learned_from_all() {
    // A peak a year before the next thirty days.
    let history: Vec<f64> =
        (0..500).map(|day| if (135..170).contains(&day) { 20.0 } else { 10.0 }).collect();
    let season = SharedSeason::learn([history.as_slice(), &history]);
    assert!(season.factor(30) > 1.8, "{}", season.factor(30));
    assert!(season.factor(360) < 1.2);
    assert!((SharedSeason::learn([&history[..300]]).factor(30) - 1.0).abs() < 1e-9);
}
