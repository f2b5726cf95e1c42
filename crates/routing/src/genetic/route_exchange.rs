//! Selective route exchange (SREX): some neighboring routes of one parent give way to the routes of
//! the other that serve the same jobs best. Nagata and Kobayashi, "A memetic algorithm for the
//! pickup and delivery problem with time windows using selective route exchange crossover", 2010.

use super::individual::Individual;
use super::instance::Instance;
use crate::chance::Chance;

pub(super) fn route_exchange(
    instance: &Instance,
    (one, two): (&Individual, &Individual),
    chance: &mut Chance,
) -> Vec<Vec<u32>> {
    let most = one.routes.len().min(two.routes.len());
    let count = 1 + chance.below((most / 2).max(1));
    let given_up = neighboring(one, count, chance);
    let mut given = vec![false; instance.jobs];
    given_up.iter().for_each(|&route| mark(&mut given, &one.routes[route], true));
    let adopted = most_shared(two, &given, count);
    let kept = || (0..one.routes.len()).filter(|route| !given_up.contains(route));
    let mut missing = given.clone();
    let mut child: Vec<Vec<u32>> = Vec::with_capacity(one.routes.len());
    if chance.below(2) == 0 {
        // What the kept routes serve stays with them.
        child.extend(kept().map(|route| one.routes[route].clone()));
        let only_given = |jobs: &Vec<u32>| -> Vec<u32> {
            jobs.iter().copied().filter(|&job| given[job as usize]).collect()
        };
        child.extend(adopted.iter().map(|&route| only_given(&two.routes[route])));
    } else {
        // The adopted routes come whole.
        let mut theirs = vec![false; instance.jobs];
        adopted.iter().for_each(|&route| mark(&mut theirs, &two.routes[route], true));
        let without = |jobs: &Vec<u32>| -> Vec<u32> {
            jobs.iter().copied().filter(|&job| !theirs[job as usize]).collect()
        };
        child.extend(kept().map(|route| without(&one.routes[route])));
        child.extend(adopted.iter().map(|&route| two.routes[route].clone()));
    }
    adopted.iter().for_each(|&route| mark(&mut missing, &two.routes[route], false));
    child.retain(|jobs| !jobs.is_empty());
    let mut missing: Vec<u32> = (0..instance.depot()).filter(|&j| missing[j as usize]).collect();
    chance.shuffle(&mut missing);
    missing.into_iter().for_each(|job| insert(instance, &mut child, job));
    child
}

fn mark(marks: &mut [bool], jobs: &[u32], value: bool) {
    jobs.iter().for_each(|&job| marks[job as usize] = value);
}

/// Routes in a row by direction.
fn neighboring(plan: &Individual, count: usize, chance: &mut Chance) -> Vec<usize> {
    let routes = plan.routes.len();
    let first = chance.below(routes);
    (0..count.min(routes)).map(|offset| (first + offset) % routes).collect()
}

/// The routes of the other plan of whose jobs the largest share is given up.
fn most_shared(plan: &Individual, given: &[bool], count: usize) -> Vec<usize> {
    let share = |jobs: &Vec<u32>| {
        jobs.iter().filter(|&&job| given[job as usize]).count() * given.len() / jobs.len().max(1)
    };
    let mut routes: Vec<(usize, usize)> =
        plan.routes.iter().map(share).enumerate().map(|(route, share)| (share, route)).collect();
    routes.retain(|&(share, _)| share > 0);
    routes.sort_unstable_by_key(|&(share, route)| (std::cmp::Reverse(share), route));
    routes.truncate(count);
    routes.into_iter().map(|(_, route)| route).collect()
}

/// Puts a job where it lengthens the routes least.
fn insert(instance: &Instance, routes: &mut Vec<Vec<u32>>, job: u32) {
    let depot = instance.depot();
    let mut best = (i64::MAX, 0, 0);
    for (route, jobs) in routes.iter().enumerate() {
        let mut before = depot;
        for (at, &next) in jobs.iter().chain(std::iter::once(&depot)).enumerate() {
            let delta =
                instance.cost(before, job) + instance.cost(job, next) - instance.cost(before, next);
            best = best.min((delta, route, at));
            before = next;
        }
    }
    match routes.get_mut(best.1) {
        Some(jobs) => jobs.insert(best.2, job),
        None => routes.push(vec![job]),
    }
}
