//! What planning leaves alone: locks, what is driven or on board, and routes out of its scope.

use crate::input::{PlanInput, StopRequest};
use crate::route_plan::{RouteLock, RoutePlan};
use crate::task::{Stay, Task, Ties, task};
use roads::Matrix;

/// What a plan made anew during the day may touch.
#[derive(Debug, Default)]
pub(crate) struct Scope {
    /// Vans whose routes stay as they are.
    pub still: Vec<usize>,
    /// Stops that are no longer wanted.
    pub gone: Vec<usize>,
    /// What it costs to give a stop another van than it has.
    pub stay_minor: Option<i64>,
}

/// What a person has decided already.
pub(crate) struct Kept {
    /// Stops in a route locked in sequence.
    pub taken: Vec<bool>,
    /// The only van of a stop.
    pub fixed_van: Vec<Option<usize>>,
    /// Vans with a sequence that stays, and their stops.
    pub sequences: Vec<(usize, Vec<usize>)>,
    /// What each van has driven already, before anything that is planned.
    pub driven: Vec<Vec<usize>>,
}

impl Kept {
    pub(crate) fn task(
        &self,
        input: &PlanInput,
        matrix: &Matrix,
        previous: &RoutePlan,
        scope: &Scope,
    ) -> Task {
        let vans = (0..input.vans.len()).filter(|&van| !self.frozen(van)).collect();
        let stops = (0..input.stops.len()).filter(|&stop| !self.taken[stop]).collect();
        let van_of = |stop: &StopRequest| input.van_index(&previous.find(&stop.id)?.0.van);
        let van_now: Vec<Option<usize>> = match scope.stay_minor {
            Some(_) => input.stops.iter().map(van_of).collect(),
            None => Vec::new(),
        };
        let stay = scope.stay_minor.map(|cost_minor| Stay { van_now: &van_now, cost_minor });
        task(input, matrix, vans, stops, &Ties { fixed_van: &self.fixed_van, stay })
    }

    pub(crate) fn of(input: &PlanInput, previous: &RoutePlan, scope: &Scope) -> Kept {
        let mut kept = Kept {
            taken: vec![false; input.stops.len()],
            fixed_van: input
                .stops
                .iter()
                // A lock to a van that is not there leaves no van at all.
                .map(|stop| {
                    let id = stop.locked_van.as_ref()?;
                    Some(input.van_index(id).unwrap_or(usize::MAX))
                })
                .collect(),
            sequences: Vec::new(),
            driven: Vec::new(),
        };
        scope.gone.iter().for_each(|&stop| kept.taken[stop] = true);
        kept.note_state(input);
        for route in &previous.routes {
            let Some(van) = input.van_index(&route.van) else { continue };
            let known = route.stops.iter().filter_map(|stop| {
                let index = input.stop_index(&stop.request)?;
                (!scope.gone.contains(&index)).then_some((index, stop.locked))
            });
            if input.vans[van].now.out {
                continue;
            }
            let still = scope.still.contains(&van);
            match if still { RouteLock::Sequence } else { route.lock } {
                RouteLock::Sequence => {
                    let stops: Vec<usize> = known.map(|(stop, _)| stop).collect();
                    stops.iter().for_each(|&stop| kept.taken[stop] = true);
                    kept.sequences.push((van, stops));
                }
                RouteLock::Driver => known.for_each(|(stop, _)| kept.fixed_van[stop] = Some(van)),
                RouteLock::Open => known
                    .filter(|(_, locked)| *locked)
                    .for_each(|(stop, _)| kept.fixed_van[stop] = Some(van)),
            }
        }
        for &van in &scope.still {
            if !kept.frozen(van) {
                kept.sequences.push((van, Vec::new()));
            }
        }
        kept
    }

    /// What is driven, on board or broken down.
    fn note_state(&mut self, input: &PlanInput) {
        for (van, details) in input.vans.iter().enumerate() {
            let driven = details.now.driven.iter().filter_map(|id| input.stop_index(id));
            let driven: Vec<usize> = driven.collect();
            driven.iter().for_each(|&stop| self.taken[stop] = true);
            for stop in details.now.loaded.iter().filter_map(|id| input.stop_index(id)) {
                self.fixed_van[stop] = Some(van);
            }
            if details.now.out {
                self.sequences.push((van, driven.clone()));
            }
            self.driven.push(driven);
        }
    }

    pub(crate) fn frozen(&self, van: usize) -> bool {
        self.sequences.iter().any(|(known, _)| *known == van)
    }
}
