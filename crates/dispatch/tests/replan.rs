//! A day of 500 stops planned again while the vans are out: what is driven or on board stays.
#![allow(clippy::unwrap_used)]

mod big_day;

use big_day::{STOPS, at, day, drive, without_last};
use dispatch::{
    Broken, Constraint, Disruption, PlanInput, PlanParams, Replanned, RoutePlan, broken, plan,
    replan_after,
};
use roads::Matrix;

#[test]
fn what_is_driven_or_on_board_stays() {
    let (mut input, matrix) = day();
    let (first, cells) = without_last(&input, &matrix);
    let mut params = PlanParams { seed: 1, max_iterations: 500, spent: &mut |_| 0.0 };
    let base = plan(&first, &cells, &mut params).unwrap();
    assert_sound(&first, &cells, &base, None);
    drive(&mut input, &base, at(180));
    let out = base.routes.iter().find(|route| route.leaves <= at(180)).unwrap();
    let (van, stop) = (out.van.clone(), out.stops.last().unwrap().request.clone());
    let changes = [
        Disruption::NewStop { stop: input.stops[STOPS - 1].id.clone() },
        Disruption::CancelledStop { stop },
        Disruption::VanLate { van: van.clone(), until: at(240) },
        Disruption::VanOut { van, goods_are_back: true },
        Disruption::StreetsChanged,
    ];
    for change in changes {
        let mut params = PlanParams { seed: 2, max_iterations: 100, spent: &mut |_| 0.0 };
        let found = replan_after(&input, &matrix, &base, &change, &mut params).unwrap();
        assert_sound(&found.input, &matrix, &found.plan, Some(&change));
        assert_kept(&base, &found, &change);
    }
}

/// No rule is broken, but lateness of goods on board, and no stop is there twice.
fn assert_sound(input: &PlanInput, matrix: &Matrix, plan: &RoutePlan, why: Option<&Disruption>) {
    let mut seen: Vec<&String> = plan.unplanned.iter().map(|out| &out.id).collect();
    for route in &plan.routes {
        let van = input.vans.iter().find(|van| van.id == route.van).unwrap();
        let excused = |broken: &Broken| {
            let on_board = broken.stop.as_ref().is_some_and(|stop| van.now.loaded.contains(stop));
            broken.constraint == Constraint::TimeWindow && on_board
        };
        let mut rules = broken(input, matrix, route).unwrap();
        rules.retain(|broken| !excused(broken));
        assert_eq!(rules, [], "{} {why:?}", route.van);
        seen.extend(route.stops.iter().map(|stop| &stop.request));
    }
    let count = seen.len();
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), count, "{why:?}");
    let gone = usize::from(matches!(why, Some(Disruption::CancelledStop { .. })));
    assert_eq!(count, input.stops.len() - gone, "{why:?}");
}

fn assert_kept(base: &RoutePlan, found: &Replanned, change: &Disruption) {
    for van in &found.input.vans {
        let Some(route) = found.plan.route_of(&van.id) else { continue };
        let driven: Vec<&String> =
            route.stops.iter().take(van.now.driven.len()).map(|stop| &stop.request).collect();
        assert_eq!(driven, van.now.driven.iter().collect::<Vec<_>>(), "{change:?}");
        for stop in &van.now.loaded {
            let other = found.plan.find(stop).filter(|(route, _)| route.van != van.id);
            assert!(other.is_none(), "{change:?} {stop}");
            assert!(base.find(stop).is_some());
        }
    }
}
