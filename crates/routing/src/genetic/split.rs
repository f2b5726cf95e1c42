//! Cuts one long tour of all jobs into routes at the least penalized cost: Prins, "A simple and
//! effective evolutionary algorithm for the vehicle routing problem", 2004, as shortest path.

use super::instance::Instance;
use super::weights::Weights;

/// How often a route is made dearer until there are few enough.
const ATTEMPTS: usize = 12;

pub(super) fn split(instance: &Instance, weights: &Weights, tour: &[u32]) -> Vec<Vec<u32>> {
    let mut surcharge = 0;
    for _ in 0..ATTEMPTS {
        let routes = cut(instance, weights, tour, surcharge);
        if routes.len() <= instance.routes_max {
            return routes;
        }
        let mean = (0..instance.depot()).map(|job| instance.cost(instance.depot(), job)).max();
        surcharge = surcharge * 2 + mean.unwrap_or(0) / 4 + 1;
    }
    // The local search may mend what cannot be cut well.
    let mut routes = cut(instance, weights, tour, surcharge);
    let rest: Vec<u32> = routes.drain(instance.routes_max..).flatten().collect();
    for (index, job) in rest.into_iter().enumerate() {
        routes[index % instance.routes_max].push(job);
    }
    routes
}

fn cut(instance: &Instance, weights: &Weights, tour: &[u32], surcharge: i64) -> Vec<Vec<u32>> {
    let depot = instance.depot();
    let mut cheapest = vec![i64::MAX; tour.len() + 1];
    let mut cut_before = vec![0_usize; tour.len() + 1];
    cheapest[0] = 0;
    for first in 0..tour.len() {
        let (mut load, mut cost, mut last) = (0, cheapest[first] + surcharge, depot);
        let mut span = instance.own_span(depot);
        for (at, &job) in tour.iter().enumerate().skip(first) {
            load += instance.load[job as usize];
            if instance.packing.is_far_beyond(load, instance.usual_limit) && at > first {
                break;
            }
            let mut warp = 0;
            if instance.timed {
                span = span.then(instance.time(last, job), instance.own_span(job));
                let home = instance.time(job, depot);
                warp = span.then(home, instance.own_span(depot)).warp;
            }
            cost += instance.cost(last, job);
            last = job;
            let excess = instance.packing.excess(load, instance.usual_limit);
            let whole = cost + instance.cost(job, depot) + weights.penalty(excess, warp);
            if whole < cheapest[at + 1] {
                cheapest[at + 1] = whole;
                cut_before[at + 1] = first;
            }
        }
    }
    let mut routes = Vec::new();
    let mut end = tour.len();
    while end > 0 {
        let first = cut_before[end];
        routes.push(tour[first..end].to_vec());
        end = first;
    }
    routes.reverse();
    routes
}
