//! The layout as numbers, and the greedy search over moves and swaps.

use super::walk::meters_added;
use super::{SlotMove, SlottingInput, SlottingTerms};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Only the SKUs with the most to gain are tried, against the nearest faces: the rest seldom pay.
const MOVERS_MAX: usize = 200;
const TARGETS_MAX: usize = 2_000;

pub(super) struct Layout<'a> {
    input: &'a SlottingInput,
    /// Faces by distance, then by name.
    faces: Vec<usize>,
    added: Vec<f64>,
    free_ml: Vec<i64>,
    /// SKUs by name whose face is known, with the place of that face in `faces`.
    skus: Vec<usize>,
    at: Vec<usize>,
    lines: Vec<f64>,
    /// For each SKU the others that it is asked for with, and how often in a week.
    partners: Vec<Vec<(usize, f64)>>,
}

/// A SKU to a face, perhaps against another.
#[derive(Clone, Copy)]
struct Step {
    sku: usize,
    to: usize,
    other: Option<usize>,
    saved: f64,
    seconds: i64,
}

impl<'a> Layout<'a> {
    pub fn of(input: &'a SlottingInput, terms: &SlottingTerms) -> Layout<'a> {
        let mut faces: Vec<usize> = (0..input.faces.len()).collect();
        faces.sort_by_key(|&face| (input.faces[face].meters, &input.faces[face].location));
        let place: BTreeMap<&str, usize> =
            faces.iter().enumerate().map(|(at, &f)| (&*input.faces[f].location, at)).collect();
        let by_name: BTreeMap<&str, usize> =
            input.skus.iter().enumerate().map(|(at, sku)| (&*sku.sku, at)).collect();
        let skus: Vec<usize> = by_name
            .values()
            .copied()
            .filter(|&sku| place.contains_key(&*input.skus[sku].location))
            .collect();
        let at: Vec<usize> = skus.iter().map(|&sku| place[&*input.skus[sku].location]).collect();
        let lines: Vec<f64> = skus
            .iter()
            .map(|&sku| input.skus[sku].lines_milli_per_week.max(0) as f64 / 1e3)
            .collect();
        let mut free_ml: Vec<i64> = faces
            .iter()
            .map(|&f| input.faces[f].capacity_ml.saturating_sub(input.faces[f].taken_ml))
            .collect();
        let mut shares = vec![0.0; faces.len()];
        let total = lines.iter().sum::<f64>().max(f64::MIN_POSITIVE);
        for (one, &sku) in skus.iter().enumerate() {
            free_ml[at[one]] = free_ml[at[one]].saturating_sub(input.skus[sku].cube_ml);
            shares[at[one]] += lines[one] / total;
        }
        let meters: Vec<i64> = faces.iter().map(|&face| input.faces[face].meters).collect();
        let added = meters_added(&meters, &shares, terms.lines_per_walk);
        let partners = partners(input, &skus, &lines);
        Layout { input, faces, added, free_ml, skus, at, lines, partners }
    }

    /// Meters in a week: a pair of lines asked for together walks to the farther of both.
    pub fn walked(&self) -> f64 {
        (0..self.skus.len()).map(|sku| self.alone(sku) + self.with_partners(sku, true)).sum()
    }

    fn alone(&self, sku: usize) -> f64 {
        let together: f64 = self.partners[sku].iter().map(|(_, orders)| orders).sum();
        (self.lines[sku] - together).max(0.0) * self.added[self.at[sku]]
    }

    /// `half` counts each pair once when summed over all.
    fn with_partners(&self, sku: usize, half: bool) -> f64 {
        let own = self.added[self.at[sku]];
        let pairs = self.partners[sku].iter().filter(|(other, _)| !half || *other > sku);
        pairs.map(|(other, orders)| orders * own.max(self.added[self.at[*other]])).sum()
    }

    /// What a SKU, or two, have to do with: no other part of the sum changes by their move.
    fn part(&self, sku: usize, other: Option<usize>) -> (f64, f64) {
        let mut alone = self.alone(sku);
        let mut together = self.with_partners(sku, false);
        if let Some(other) = other {
            alone += self.alone(other);
            let own = self.added[self.at[other]];
            let pairs = self.partners[other].iter().filter(|(partner, _)| *partner != sku);
            together +=
                pairs.map(|(p, orders)| orders * own.max(self.added[self.at[*p]])).sum::<f64>();
        }
        (alone, together)
    }

    fn cube(&self, sku: usize) -> i64 {
        self.input.skus[self.skus[sku]].cube_ml.max(0)
    }

    fn place(&mut self, sku: usize, to: usize, other: Option<usize>) {
        let from = self.at[sku];
        self.at[sku] = to;
        let (mut moved, back) = (self.cube(sku), other.map_or(0, |other| self.cube(other)));
        if let Some(other) = other {
            self.at[other] = from;
            moved -= back;
        }
        self.free_ml[from] = self.free_ml[from].saturating_add(moved);
        self.free_ml[to] = self.free_ml[to].saturating_sub(moved);
    }

    fn fits(&self, sku: usize, to: usize, other: Option<usize>) -> bool {
        let cube = self.cube(sku);
        let back = other.map_or(0, |other| self.cube(other));
        let room_there = self.free_ml[to].saturating_add(back) >= cube;
        room_there && self.free_ml[self.at[sku]].saturating_add(cube) >= back
    }

    pub fn moves(mut self, terms: &SlottingTerms) -> Vec<SlotMove> {
        let mut seconds_left = terms.minutes_available.saturating_mul(60);
        let mut touched = vec![false; self.skus.len()];
        let mut moves = Vec::new();
        while moves.len() < terms.moves_max {
            let Some(step) = self.best(terms, seconds_left, &touched) else { break };
            moves.push(self.told(&step, terms));
            self.place(step.sku, step.to, step.other);
            seconds_left -= step.seconds;
            touched[step.sku] = true;
            if let Some(other) = step.other {
                touched[other] = true;
            }
        }
        moves
    }

    /// The step that saves the most beyond its own cost.
    fn best(&mut self, terms: &SlottingTerms, seconds: i64, touched: &[bool]) -> Option<Step> {
        let mut movers: Vec<usize> = (0..self.skus.len()).filter(|&sku| !touched[sku]).collect();
        let gain = |sku: &usize| self.lines[*sku] * self.added[self.at[*sku]];
        movers.sort_by(|a, b| gain(b).total_cmp(&gain(a)).then(a.cmp(b)));
        movers.truncate(MOVERS_MAX);
        let mut holds: Vec<Vec<usize>> = vec![Vec::new(); self.faces.len()];
        (0..self.skus.len()).for_each(|sku| holds[self.at[sku]].push(sku));
        let mut best: Option<(f64, Step)> = None;
        for sku in movers {
            // The farthest first: of two that save the same, the near face stays free for others.
            let nearer = self.at[sku].min(TARGETS_MAX);
            for (to, held) in holds.iter().enumerate().take(nearer).rev() {
                let swaps = held.iter().copied().filter(|&other| !touched[other]).map(Some);
                for other in std::iter::once(None).chain(swaps) {
                    let Some(step) = self.tried(sku, to, other, terms) else { continue };
                    let net = net_seconds(&step, terms);
                    let better = best.as_ref().is_none_or(|(known, _)| net > *known);
                    if net > 0.0 && step.seconds <= seconds && better {
                        best = Some((net, step));
                    }
                }
            }
        }
        best.map(|(_, step)| step)
    }

    fn tried(
        &mut self,
        sku: usize,
        to: usize,
        other: Option<usize>,
        terms: &SlottingTerms,
    ) -> Option<Step> {
        // Less asked for than what it would push out: only partners could make up for it.
        let slower = other.is_some_and(|other| self.lines[other] >= self.lines[sku]);
        if slower && self.partners[sku].is_empty() || !self.fits(sku, to, other) {
            return None;
        }
        let (from, before) = (self.at[sku], self.part(sku, other));
        self.at[sku] = to;
        other.into_iter().for_each(|other| self.at[other] = from);
        let after = self.part(sku, other);
        self.at[sku] = from;
        other.into_iter().for_each(|other| self.at[other] = to);
        let saved = before.0 + before.1 - after.0 - after.1;
        let liters = self.cube(sku) + other.map_or(0, |other| self.cube(other));
        let per_liter = terms.move_seconds_per_100_l.max(0).saturating_mul(liters) / 100_000;
        let skus = 1 + i64::from(other.is_some());
        let seconds = terms.move_seconds_per_sku.max(0) * skus + per_liter;
        Some(Step { sku, to, other, saved, seconds })
    }

    fn told(&mut self, step: &Step, terms: &SlottingTerms) -> SlotMove {
        let name = |sku: usize| self.input.skus[self.skus[sku]].sku.clone();
        let face = |place: usize| &self.input.faces[self.faces[place]];
        let milli = |sku: usize| self.input.skus[self.skus[sku]].lines_milli_per_week;
        let (from, to) = (face(self.at[step.sku]), face(step.to));
        // Without partners each line would walk for itself.
        let nearer = self.added[self.at[step.sku]] - self.added[step.to];
        let apart = self.lines[step.sku] - step.other.map_or(0.0, |other| self.lines[other]);
        let week_seconds = step.saved * 60.0 / terms.walk_meters_per_minute.max(1) as f64;
        SlotMove {
            sku: name(step.sku),
            from: from.location.clone(),
            to: to.location.clone(),
            swapped_out: step.other.map(name),
            lines_milli_per_week: milli(step.sku),
            swapped_lines_milli_per_week: step.other.map_or(0, milli),
            meters_nearer: from.meters - to.meters,
            together_meters_per_week: (step.saved - nearer * apart).round() as i64,
            saved_meters_per_week: step.saved.floor() as i64,
            move_minutes: step.seconds.saturating_add(59) / 60,
            pays_after_weeks: (step.seconds as f64 / week_seconds).ceil() as i64,
        }
    }
}

/// Seconds won by the end of the payback time.
fn net_seconds(step: &Step, terms: &SlottingTerms) -> f64 {
    let week = step.saved * 60.0 / terms.walk_meters_per_minute.max(1) as f64;
    week * terms.payback_weeks.max(0) as f64 - step.seconds as f64
}

/// Orders that hold both, never more than either has lines for: pairs are taken by frequency.
fn partners(input: &SlottingInput, skus: &[usize], lines: &[f64]) -> Vec<Vec<(usize, f64)>> {
    let number: BTreeMap<&str, usize> =
        skus.iter().enumerate().map(|(at, &sku)| (&*input.skus[sku].sku, at)).collect();
    let mut pairs: Vec<(i64, usize, usize)> = input
        .together
        .iter()
        .filter_map(|pair| {
            let (one, other) = (*number.get(&*pair.one)?, *number.get(&*pair.other)?);
            let orders = pair.orders_milli_per_week;
            (one != other && orders > 0).then(|| (orders, one.min(other), one.max(other)))
        })
        .collect();
    pairs.sort_by_key(|&(orders, one, other)| (Reverse(orders), one, other));
    let (mut left, mut partners) = (lines.to_vec(), vec![Vec::new(); skus.len()]);
    for (orders, one, other) in pairs {
        let orders = (orders as f64 / 1e3).min(left[one]).min(left[other]);
        if orders > 0.0 {
            left[one] -= orders;
            left[other] -= orders;
            partners[one].push((other, orders));
            partners[other].push((one, orders));
        }
    }
    partners
}
