//! A small day on a straight road: the depot at 0, stop `n` at its kilometer, 60 km/h, so that a
//! kilometer is a minute. Times in the tables are minutes after 8:00.
#![allow(clippy::unwrap_used)]

use dispatch::{
    Change, Constraint, DayRules, Depot, EditRefusal, Load, PlanInput, PlanParams, PlanState,
    PlanStep, Reason, RouteLock, RoutePlan, StopRequest, StopRules, Van, VanNow, VanRules,
    apply_move, check_move, diff, geometry, manifest, plan, replan, set_stop_lock, travel, unplan,
};
use domain::{Grams, LonLat, Meters, Milliliters, Seconds, Timestamp};
use roads::Matrix;

const EIGHT: i64 = 1_767_254_400_000;

fn at(minutes: i64) -> Timestamp {
    Timestamp(EIGHT + minutes * 60_000)
}

fn place(km: i64) -> LonLat {
    LonLat { lon_e7: km as i32, lat_e7: 0 }
}

/// `id km weight open-close|any priority van|-`
fn stop(text: &str) -> StopRequest {
    let words: Vec<&str> = text.split_whitespace().collect();
    let window = words[3]
        .split_once('-')
        .map(|(open, close)| (at(open.parse().unwrap()), at(close.parse().unwrap())));
    StopRequest {
        id: words[0].to_owned(),
        name: format!("Customer {}", words[0]),
        address: format!("{} Long Road", words[1]),
        place: place(words[1].parse().unwrap()),
        weight: Grams(words[2].parse().unwrap()),
        volume: Milliliters(1),
        pieces: 1,
        windows: window.into_iter().collect(),
        service: Seconds(300),
        priority: words[4].parse().unwrap(),
        locked_van: (words[5] != "-").then(|| words[5].to_owned()),
        rules: StopRules::default(),
    }
}

fn van(id: &str, weight: i64) -> Van {
    Van {
        id: id.to_owned(),
        name: id.to_uppercase(),
        plate: format!("HD-{id}"),
        capacity: Load { weight: Grams(weight), volume: Milliliters(99), pieces: 9 },
        shift: (at(0), at(240)),
        fixed_cost_minor: 1_000,
        cost_per_km_minor: 50,
        cost_per_hour_minor: 3_000,
        max_stops: None,
        rules: VanRules::default(),
        now: VanNow::default(),
    }
}

fn day(vans: &[Van], stops: &[&str]) -> (PlanInput, Matrix) {
    let depot = Depot { id: "D".into(), name: "Yard".into(), place: place(0) };
    let stops: Vec<StopRequest> = stops.iter().map(|text| stop(text)).collect();
    let km: Vec<i64> =
        std::iter::once(0).chain(stops.iter().map(|s| i64::from(s.place.lon_e7))).collect();
    let cells = km
        .iter()
        .flat_map(|a| km.iter().map(move |b| (a - b).abs()))
        .map(|km| (km < 500).then_some((Seconds(km * 60), Meters(km * 1000))))
        .collect();
    (
        PlanInput { depot, vans: vans.to_vec(), stops, rules: DayRules::default() },
        Matrix::from_cells(km.len(), cells),
    )
}

fn run(input: &PlanInput, matrix: &Matrix, previous: &RoutePlan) -> RoutePlan {
    let mut params = PlanParams { seed: 1, max_iterations: 500, spent: &mut |_| 0.0 };
    replan(input, matrix, previous, &mut params).unwrap()
}

/// `van: stop@arrival+wait ...; out: stop(reason,reason)`
fn shown(plan: &RoutePlan) -> String {
    let minutes = |time: Timestamp| (time.0 - EIGHT) / 60_000;
    let mut lines: Vec<String> = Vec::new();
    for route in &plan.routes {
        let stops: Vec<String> = route
            .stops
            .iter()
            .map(|s| format!("{}@{}+{}", s.request, minutes(s.arrive), s.wait.0 / 60))
            .collect();
        lines.push(format!("{} {}: {}", route.van, minutes(route.leaves), stops.join(" ")));
    }
    for out in &plan.unplanned {
        let reasons: Vec<String> = out.reasons.iter().map(|r| format!("{:?}", r.reason)).collect();
        lines.push(format!("out: {}({})", out.id, reasons.join(",")));
    }
    lines.join("; ")
}

#[test]
fn plans_by_table() {
    let a = || vec![van("a", 100)];
    let ab = || vec![van("a", 100), van("b", 100)];
    let short = || vec![Van { shift: (at(0), at(30)), ..van("a", 100) }];
    let few = || vec![Van { max_stops: Some(1), ..van("a", 100) }];
    let rows: [(Vec<Van>, &[&str], &str); 11] = [
        // Leaves as late as it can and is back as early as it can.
        (a(), &["x 10 1 60-90 0 -"], "a 50: x@60+0"),
        (a(), &["x 10 1 60-90 0 -", "y 5 1 0-20 0 -"], "a 15: y@20+0 x@30+30"),
        (a(), &["x 10 101 any 0 -"], "out: x(TooLarge)"),
        (a(), &["x 10 1 0-9 0 -"], "out: x(TimeWindow)"),
        (short(), &["x 20 1 any 0 -"], "out: x(Shift)"),
        (a(), &["x 900 1 any 0 -"], "out: x(Unreachable)"),
        (a(), &["x 10 60 any 0 -", "y 10 60 any 2 -"], "a 0: y@10+0; out: x(Full)"),
        (few(), &["x 10 1 any 1 -", "y 10 1 any 0 -"], "a 0: x@10+0; out: y(MaxStops)"),
        (ab(), &["x 10 60 any 0 b", "y 11 30 0-11 0 b"], "b 0: y@11+0 x@17+0"),
        (a(), &["x 10 1 any 0 b"], "out: x(OtherVan)"),
        (ab(), &["x 10 1 0-10 0 -", "y 10 1 11-12 0 -"], "a 1: y@11+0; b 0: x@10+0"),
    ];
    for (vans, stops, expected) in rows {
        let (input, matrix) = day(&vans, stops);
        let shown = shown(&run(&input, &matrix, &RoutePlan::default()));
        assert_eq!(shown, expected, "{stops:?}");
    }
}

#[test]
fn totals_are_the_sum_of_the_routes() {
    let (input, matrix) = day(&[van("a", 2), van("b", 9)], &["x 10 2 any 0 -", "y 20 9 any 0 -"]);
    let plan = run(&input, &matrix, &RoutePlan::default());
    assert_eq!(plan.meters, Meters(60_000));
    assert_eq!(plan.seconds, Seconds(60 * 60 + 2 * 300));
    // Two vans, 60 km at 50 and one hour at 3,000.
    assert_eq!(plan.cost_minor, 2_000 + 3_000 + 3_000);
    let (route, at) = plan.find("y").unwrap();
    assert_eq!((route.van.as_str(), at), ("b", 0));
    assert_eq!(route.load.weight, Grams(9));
    assert_eq!(route.stops[0].load_after, Load::default());
}

#[test]
fn a_move_is_judged_before_it_is_made() {
    let (input, matrix) = day(
        &[van("a", 100), van("b", 50)],
        &["x 10 40 any 0 a", "y 12 40 0-60 0 -", "z 5 20 any 0 -"],
    );
    let plan = run(&input, &matrix, &RoutePlan::default());
    assert_eq!(plan.routes.len(), 1, "{}", shown(&plan));
    let check = check_move(&input, &matrix, &plan, "y", "b", 0).unwrap();
    assert!(check.ok, "{check:?}");
    assert_eq!(check.capacity_after.weight, Grams(10));
    assert_eq!(check.added_meters, Meters(20_000));
    let after = apply_move(&input, &matrix, &plan, ("y", "b", 0), false).unwrap();
    assert_eq!(after.routes.len(), 2);
    assert_eq!(after.meters - plan.meters, check.added_meters);
    assert_eq!(after.seconds - plan.seconds, check.added_seconds);
    assert_eq!(after.cost_minor - plan.cost_minor, check.added_cost_minor);
    let check = check_move(&input, &matrix, &after, "z", "b", 1).unwrap();
    assert!(!check.ok);
    assert_eq!((check.broken[0].constraint, check.broken[0].by), (Constraint::Weight, 10));
    let refused = apply_move(&input, &matrix, &after, ("z", "b", 1), false);
    assert!(matches!(refused, Err(EditRefusal::Breaks(_))));
    let forced = apply_move(&input, &matrix, &after, ("z", "b", 1), true).unwrap();
    assert_eq!(forced.find("z").unwrap().0.van, "b");
    // A stop locked to van a goes nowhere else, not even by force.
    let refused = apply_move(&input, &matrix, &plan, ("x", "b", 0), true);
    assert_eq!(refused, Err(EditRefusal::StopLocked("x".into())));
    let unknown = check_move(&input, &matrix, &plan, "nobody", "b", 0);
    assert_eq!(unknown, Err(EditRefusal::UnknownStop("nobody".into())));
}

#[test]
fn a_late_arrival_names_the_stop_and_the_seconds() {
    let (input, matrix) = day(&[van("a", 100)], &["x 10 1 0-12 0 -", "y 30 1 any 0 -"]);
    let plan = run(&input, &matrix, &RoutePlan::default());
    let last = plan.routes[0].stops.len();
    let check = check_move(&input, &matrix, &plan, "x", "a", last).unwrap();
    assert!(!check.ok);
    // 30 km, 5 minutes at the door and 20 km back: 55 minutes instead of 12.
    let broken = &check.broken[0];
    assert_eq!(broken.constraint, Constraint::TimeWindow);
    assert_eq!((broken.stop.as_deref(), broken.by), (Some("x"), 43 * 60));
}

#[test]
fn locks_hold_through_planning_again() {
    let stops = ["x 10 1 any 0 -", "y 20 1 any 0 -", "z 30 1 any 0 -"];
    let (input, matrix) = day(&[van("a", 100), van("b", 100)], &stops);
    let plan = run(&input, &matrix, &RoutePlan::default());
    assert_eq!(plan.routes.len(), 1, "one van is cheapest");
    let other = if plan.routes[0].van == "a" { "b" } else { "a" };
    let moved = apply_move(&input, &matrix, &plan, ("y", other, 0), false).unwrap();
    let locked = set_stop_lock(&moved, "y", true).unwrap();
    let again = run(&input, &matrix, &locked);
    assert_eq!(again.find("y").unwrap().0.van, other);
    assert!(again.find("y").unwrap().0.stops.iter().any(|s| s.request == "y" && s.locked));
    assert_eq!(unplan(&input, &matrix, &again, "y"), Err(EditRefusal::StopLocked("y".into())));
    // A locked sequence stays even where another order would be shorter.
    let mut frozen =
        apply_move(&input, &matrix, &plan, ("z", &plan.routes[0].van, 1), false).unwrap();
    frozen.routes[0].lock = RouteLock::Sequence;
    let order = |plan: &RoutePlan| -> Vec<String> {
        plan.routes[0].stops.iter().map(|stop| stop.request.clone()).collect()
    };
    let again = run(&input, &matrix, &frozen);
    assert_eq!(order(&again), order(&frozen));
    assert_eq!(again.routes[0].lock, RouteLock::Sequence);
    let refused = apply_move(&input, &matrix, &again, ("x", other, 0), true);
    assert!(matches!(refused, Err(EditRefusal::RouteLocked(_))));
    // Under a driver's lock the order is free, the stops are not.
    let mut driver = moved.clone();
    driver.routes.iter_mut().for_each(|route| route.lock = RouteLock::Driver);
    let again = run(&input, &matrix, &driver);
    for id in ["x", "y", "z"] {
        assert_eq!(again.find(id).unwrap().0.van, driver.find(id).unwrap().0.van, "{id}");
    }
}

#[test]
fn a_stop_taken_off_comes_back_by_hand_or_by_planning() {
    let (input, matrix) = day(&[van("a", 100)], &["x 10 1 any 0 -", "y 20 1 any 0 -"]);
    let plan = run(&input, &matrix, &RoutePlan::default());
    let without = unplan(&input, &matrix, &plan, "x").unwrap();
    assert_eq!(without.unplanned[0].reasons[0].reason, Reason::TakenOff);
    let back = apply_move(&input, &matrix, &without, ("x", "a", 0), false).unwrap();
    assert!(back.unplanned.is_empty() && back.find("x").is_some());
    assert!(run(&input, &matrix, &without).unplanned.is_empty());
}

#[test]
fn the_next_version_tells_drivers_what_changed() {
    let stops = ["x 10 1 any 0 -", "y 20 1 any 0 -", "z 30 1 any 0 -"];
    let (input, matrix) = day(&[van("a", 100), van("b", 100)], &stops);
    let mut plan = RoutePlan::default();
    for (index, id) in ["x", "y", "z"].into_iter().enumerate() {
        plan = apply_move(&input, &matrix, &plan, (id, "a", index), false).unwrap();
    }
    assert_eq!(diff(&plan, &plan), []);
    let moved = apply_move(&input, &matrix, &plan, ("y", "b", 0), false).unwrap();
    let changes = diff(&plan, &moved);
    let expected = Change::Moved { stop: "y".into(), from: "a".into(), to: "b".into() };
    assert!(changes.contains(&expected), "{changes:?}");
    // z is one door earlier now, but after the same stop as before: no driver is told.
    let told = |change: &Change| matches!(change, Change::Resequenced { .. });
    assert!(!changes.iter().any(told), "{changes:?}");
    let swapped = apply_move(&input, &matrix, &plan, ("z", "a", 0), false).unwrap();
    let told: Vec<Change> = diff(&plan, &swapped).into_iter().filter(told).collect();
    let (stop, van) = ("z".to_owned(), "a".to_owned());
    assert_eq!(told, [Change::Resequenced { stop, van, from: 3, to: 1 }]);
    let without = unplan(&input, &matrix, &plan, "z").unwrap();
    assert!(diff(&plan, &without).contains(&Change::Removed { stop: "z".into(), van: "a".into() }));
    assert!(diff(&without, &plan).contains(&Change::Added { stop: "z".into(), van: "a".into() }));
}

#[test]
fn the_manifest_loads_the_last_stop_first() {
    let (input, matrix) = day(&[van("a", 100)], &["x 10 7 0-99 0 -", "y 20 1 any 0 -"]);
    let plan = apply_move(&input, &matrix, &RoutePlan::default(), ("x", "a", 0), false).unwrap();
    let plan = apply_move(&input, &matrix, &plan, ("y", "a", 1), false).unwrap();
    let rows = manifest(&input, &plan.routes[0]);
    let brief: Vec<_> =
        rows.iter().map(|row| (row.sequence, row.load_order, row.stop.as_str())).collect();
    assert_eq!(brief, [(1, 2, "x"), (2, 1, "y")]);
    assert_eq!(rows[0].window, Some((at(0), at(99))));
    assert_eq!(rows[0].weight, Grams(7));
}

#[test]
fn a_plan_lives_by_the_table() {
    use PlanState::{Completed, Draft, Locked, Optimized, Published, Started};
    use PlanStep::{Complete, Edit, Lock, Optimize, Publish, Start, Unlock};
    let states = [
        Draft,
        Optimized,
        Locked,
        Published { version: 2 },
        Started { version: 2 },
        Completed { version: 2 },
    ];
    let steps = [Optimize, Edit, Lock, Unlock, Publish, Start, Complete];
    let legal = [
        (Draft, Optimize, Optimized),
        (Draft, Edit, Draft),
        (Draft, Lock, Locked),
        (Optimized, Optimize, Optimized),
        (Optimized, Edit, Draft),
        (Optimized, Lock, Locked),
        (Locked, Unlock, Draft),
        (Locked, Publish, Published { version: 1 }),
        (Published { version: 2 }, Publish, Published { version: 3 }),
        (Published { version: 2 }, Start, Started { version: 2 }),
        (Started { version: 2 }, Publish, Started { version: 3 }),
        (Started { version: 2 }, Complete, Completed { version: 2 }),
    ];
    for from in states {
        for step in steps {
            let expected = legal.iter().find(|row| row.0 == from && row.1 == step).map(|row| row.2);
            assert_eq!(from.after(step).ok(), expected, "{from:?} {step:?}");
        }
    }
}

#[test]
fn a_morning_in_a_town_is_planned_on_its_roads() {
    let town = roads::town::generate(4, LonLat { lon_e7: 86_821_000, lat_e7: 494_122_000 });
    let stops: Vec<StopRequest> = town
        .addresses
        .iter()
        .step_by(town.addresses.len() / 60)
        .enumerate()
        .map(|(index, address)| {
            let open = at(30 * (index as i64 % 5));
            StopRequest {
                place: address.place,
                windows: vec![(open, open.plus_seconds(7_200))],
                ..stop(&format!("s{index} 1 {} any 0 -", 5 + index % 7))
            }
        })
        .collect();
    let vans: Vec<Van> = ["a", "b", "c", "d", "e", "f", "g", "h"]
        .iter()
        .map(|id| Van {
            capacity: Load { weight: Grams(90), volume: Milliliters(99), pieces: 15 },
            ..van(id, 90)
        })
        .collect();
    let depot = Depot { id: "D".into(), name: "Yard".into(), place: town.depot };
    let input = PlanInput { depot, vans, stops, rules: DayRules::default() };
    let matrix = travel(&input, &town.graph, town.graph.metric());
    let mut params = PlanParams { seed: 3, max_iterations: 3_000, spent: &mut |_| 0.0 };
    let found = plan(&input, &matrix, &mut params).unwrap();
    assert_eq!(found.unplanned, []);
    let planned: usize = found.routes.iter().map(|route| route.stops.len()).sum();
    assert_eq!(planned, input.stops.len());
    for route in &found.routes {
        let line = geometry(&input, route, &town.graph, town.graph.metric()).unwrap();
        assert!(line.len() > route.stops.len());
        assert!(route.returns <= at(240) && route.load.weight <= Grams(90));
        for planned in &route.stops {
            let stop = input.stops.iter().find(|stop| stop.id == planned.request).unwrap();
            let begin = planned.arrive.plus_seconds(planned.wait.0);
            assert!(stop.windows.iter().any(|w| (w.0..=w.1).contains(&begin)), "{planned:?}");
        }
    }
}
