//! Each rule of the protocol is needed: without it some history goes wrong, and is caught.

use sim::{Plan, run};
use sync::{Rule, Rules};

const SEEDS: u64 = 1_000;
/// Enough to show that it is caught; the share needs all of them.
const ENOUGH: usize = 3;

#[test]
fn each_broken_rule_is_caught_within_a_thousand_seeds() {
    let mut survivors = Vec::new();
    println!("| Bug | Seeds tried | Failing | First seed | It showed as |\n|---|---|---|---|---|");
    for rule in Rule::ALL {
        let (mut failing, mut tried, mut first) = (0, 0, None);
        while tried < SEEDS && failing < ENOUGH {
            if let Err(failure) = run(&Plan::of(tried), Rules::without(rule)) {
                failing += 1;
                first.get_or_insert((tried, failure.what));
            }
            tried += 1;
        }
        let (seed, what) = first.unwrap_or_default();
        println!("| {} | {tried} | {failing} | {seed} | {what} |", rule.bug());
        if failing == 0 {
            survivors.push(rule.bug());
        }
    }
    assert_eq!(survivors, Vec::<&str>::new());
}
