//! Which methods to believe, and how much: tried on purchases held back from the training.

use crate::baskets::{Baskets, Entry, items};
use crate::ease::{Ease, Shape};
use crate::neighbor::Neighbors;
use crate::popular::Popular;

pub(crate) const PARTS: usize = 7;
pub(crate) type Weights = [f32; PARTS];

/// The method without any opinion about the query.
const POPULAR: usize = 4;
/// Places that count.
const SHOWN: usize = 10;
/// Scores kept for the search: queries times items.
const SCORES_MAX: usize = 2_000_000;
const QUERIES_MAX: usize = 1_200;
/// Inverting is cubic in the items: choices are made on this many of the most bought.
const ITEMS_TRIED: usize = 1_800;
const STEPS: [f32; 7] = [0.0, 0.1, 0.25, 0.5, 1.0, 2.0, 4.0];
const ROUNDS: usize = 3;
/// A change is believed when it gains so many standard errors over the queries.
const ERRORS_MIN: f64 = 2.0;
/// And in each of so many parts of them.
const FOLDS: usize = 4;

const SHAPES: [Shape; 2] = [
    Shape { ridge: 200.0, dropout: 0.0, length_power: 0 },
    Shape { ridge: 50.0, dropout: 0.0, length_power: 0 },
];

/// Everything that scores, learned from the same rows.
pub(crate) struct Parts {
    pub ease: Ease,
    pub near: Neighbors,
    pub popular: Popular,
}

impl Parts {
    /// Scores of all methods, each with mean 0 and deviation 1 over the items.
    pub fn scores(&self, query: &[u32], count: usize) -> [Vec<f32>; PARTS] {
        let even: Vec<(u32, f32)> = query.iter().map(|&item| (item, 1.0)).collect();
        let recent = recent(query);
        let mut scores: [Vec<f32>; PARTS] = std::array::from_fn(|_| vec![0.0; count]);
        self.ease.score(&even, &mut scores[0]);
        self.ease.score(&recent, &mut scores[1]);
        self.near.score_cosine(&even, &mut scores[2]);
        self.near.score_walk(&recent, &mut scores[3]);
        scores[4].copy_from_slice(&self.popular.always);
        scores[5].copy_from_slice(&self.popular.lately);
        scores[6].copy_from_slice(&self.popular.now);
        scores.iter_mut().for_each(|scores| standardize(scores));
        scores
    }
}

/// The latest items weigh most: the weight halves with each quarter of the row.
fn recent(query: &[u32]) -> Vec<(u32, f32)> {
    let quarter = (query.len() as f32 / 4.0).max(4.0);
    let last = query.len();
    let age = |at: usize| (last - 1 - at) as f32 / quarter;
    query.iter().enumerate().map(|(at, &item)| (item, 1.0 / (1.0 + age(at) * age(at)))).collect()
}

fn standardize(scores: &mut [f32]) {
    let count = scores.len().max(1) as f32;
    let mean = scores.iter().sum::<f32>() / count;
    let square = scores.iter().map(|score| (score - mean) * (score - mean)).sum::<f32>() / count;
    let spread = square.sqrt() + 1e-9;
    scores.iter_mut().for_each(|score| *score = (*score - mean) / spread);
}

pub(crate) fn mixed(scores: &[Vec<f32>; PARTS], weights: &Weights) -> Vec<f32> {
    let mut mixed = vec![0.0; scores[0].len()];
    for (scores, weight) in scores.iter().zip(weights).filter(|(_, weight)| **weight != 0.0) {
        for (mixed, score) in mixed.iter_mut().zip(scores) {
            *mixed += weight * score;
        }
    }
    mixed
}

/// The best numbers by score, `left_out` apart; equal scores by number.
pub(crate) fn best(scores: &[f32], left_out: &[u32], count: usize) -> Vec<u32> {
    let mut best: Vec<(f32, u32)> = Vec::with_capacity(count + 1);
    for (item, &score) in scores.iter().enumerate() {
        let item = item as u32;
        let full = best.len() == count;
        if count == 0 || full && score <= best[count - 1].0 || left_out.contains(&item) {
            continue;
        }
        let place = best.partition_point(|&(known, _)| known >= score);
        best.insert(place, (score, item));
        best.truncate(count);
    }
    best.into_iter().map(|(_, item)| item).collect()
}

/// A question with its answer held back.
struct Trial {
    query: Vec<u32>,
    wanted: Vec<u32>,
}

/// The shape and the weights that would have answered best.
pub(crate) fn choose(baskets: &Baskets) -> (Shape, Weights) {
    let baskets = baskets.most_bought(ITEMS_TRIED);
    let (kept, mut trials) = held_back(&baskets);
    let count = baskets.items.len();
    thin(&mut trials, (SCORES_MAX / count.max(1)).clamp(1, QUERIES_MAX));
    let mut parts = Parts {
        ease: Ease::learn(&kept, count, SHAPES[0]),
        near: Neighbors::learn(&kept, count),
        popular: Popular::learn(&kept, count),
    };
    let mut chosen = (SHAPES[0], asked(&parts, trials.as_slice(), count));
    let mut reached = worth(&chosen.1, &trials, &single(0));
    for &shape in SHAPES.iter().skip(1) {
        parts.ease = Ease::learn(&kept, count, shape);
        let tried = asked(&parts, &trials, count);
        let found = worth(&tried, &trials, &single(0));
        if gains(&found, &reached, 0.0) {
            (chosen, reached) = ((shape, tried), found);
        }
    }
    (chosen.0, climb(&chosen.1, &trials))
}

fn asked(parts: &Parts, trials: &[Trial], count: usize) -> Vec<[Vec<f32>; PARTS]> {
    trials.iter().map(|trial| parts.scores(&trial.query, count)).collect()
}

fn single(part: usize) -> Weights {
    std::array::from_fn(|at| if at == part { 1.0 } else { 0.0 })
}

/// From the best single method on, one weight at a time. Popularity is the one to beat.
fn climb(scores: &[[Vec<f32>; PARTS]], trials: &[Trial]) -> Weights {
    let mut weights = single(POPULAR);
    let mut reached = worth(scores, trials, &weights);
    for part in 0..PARTS {
        let found = worth(scores, trials, &single(part));
        if gains(&found, &reached, ERRORS_MIN) {
            (weights, reached) = (single(part), found);
        }
    }
    for _ in 0..ROUNDS {
        let before = weights;
        for part in 0..PARTS {
            for step in STEPS {
                let mut tried = weights;
                tried[part] = step;
                let found = worth(scores, trials, &tried);
                if gains(&found, &reached, ERRORS_MIN) {
                    (weights, reached) = (tried, found);
                }
            }
        }
        if before == weights {
            break;
        }
    }
    weights
}

/// Whether answers became better by more than so many standard errors of the difference, and in
/// each of the parts of the queries.
fn gains(found: &[f64], before: &[f64], errors: f64) -> bool {
    let count = found.len().max(1) as f64;
    let apart = || found.iter().zip(before).map(|(found, before)| found - before);
    let mean = apart().sum::<f64>() / count;
    let square = apart().map(|gain| (gain - mean) * (gain - mean)).sum::<f64>() / count;
    let part = |part: usize| apart().skip(part).step_by(FOLDS).sum::<f64>() > 0.0;
    mean > 0.0
        && mean >= errors * (square / count).sqrt()
        && (errors == 0.0 || (0..FOLDS).all(part))
}

/// Normalized discounted cumulative gain of the first places, for each query.
fn worth(scores: &[[Vec<f32>; PARTS]], trials: &[Trial], weights: &Weights) -> Vec<f64> {
    let one = |(scores, trial): (&[Vec<f32>; PARTS], &Trial)| {
        let shown = best(&mixed(scores, weights), &trial.query, SHOWN);
        let places = (1..).zip(&shown).filter(|(_, item)| trial.wanted.contains(item));
        let found: f64 = places.map(|(place, _)| gain(place)).sum();
        found / (1..=trial.wanted.len().min(SHOWN)).map(gain).sum::<f64>()
    };
    scores.iter().zip(trials).map(one).collect()
}

/// What an answer at a place is worth: `1 / log2(place + 1)`, places from 1 on.
fn gain(place: usize) -> f64 {
    1.0 / ((place + 1) as f64).log2()
}

/// Every so many of them.
fn thin(trials: &mut Vec<Trial>, most: usize) {
    let step = trials.len().div_ceil(most.max(1)).max(1);
    let mut at = 0;
    trials.retain(|_| {
        at += 1;
        (at - 1) % step == 0
    });
}

/// The last fifth of each customer's items, or one item of each of the latest fifth of the orders.
fn held_back(baskets: &Baskets) -> (Vec<Vec<Entry>>, Vec<Trial>) {
    let mut kept = baskets.rows.clone();
    let mut trials = Vec::new();
    if baskets.grow() {
        for row in kept.iter_mut().filter(|row| row.len() >= 5) {
            let rest = row.split_off((row.len() * 4).div_ceil(5).min(row.len() - 1));
            trials.push(Trial { query: items(row), wanted: items(&rest) });
        }
        return (kept, trials);
    }
    let mut ends: Vec<i64> = kept.iter().filter_map(|row| row.last()).map(|e| e.at).collect();
    ends.sort_unstable();
    let Some(&cut) = ends.get(ends.len() * 4 / 5) else { return (kept, trials) };
    let mut number = 0;
    kept.retain(|row| {
        let late = row.last().is_some_and(|entry| entry.at > cut);
        if late && row.len() >= 2 {
            // Some place in the row that its content does not decide.
            number += 7;
            let mut query = items(row);
            let wanted = vec![query.remove(number % row.len())];
            trials.push(Trial { query, wanted });
        }
        !late
    });
    (kept, trials)
}
