//! The sea. OpenStreetMap draws only its edge: coastlines with land on their left and water on
//! their right. The sea of an extract is what lies between them and the extract's own border.

use super::clip::clip_line;
use super::feature::Shape;
use super::join::{directed, split_closed};
use super::world::{P, Rect, area2};

/// The sea inside `bounds`, or `None` without a coast. Outlines are clockwise, islands are holes.
pub(crate) fn sea(coast: Vec<Vec<P>>, bounds: &Rect) -> Option<Shape> {
    let clipped: Vec<Vec<P>> =
        directed(coast).iter().flat_map(|line| clip_line(line, bounds)).collect();
    // A closed coast that was cut has one piece too many, at the point where it began.
    let (mut rings, chains) = split_closed(directed(clipped));
    let chains: Vec<Vec<P>> =
        chains.into_iter().filter_map(|chain| to_the_border(chain, bounds)).collect();
    if chains.is_empty() {
        if !rings.iter().any(|ring| area2(ring) < 0) {
            return (!rings.is_empty()).then_some(Shape::Area(rings));
        }
        rings.push(corners(bounds).to_vec());
    }
    rings.extend(along_the_border(&chains, bounds));
    rings.retain(|ring| ring.len() >= 3 && area2(ring) != 0);
    rings.sort_by_key(|ring| area2(ring) < 0);
    rings.first().is_some_and(|ring| area2(ring) > 0).then_some(Shape::Area(rings))
}

fn corners(bounds: &Rect) -> [P; 4] {
    let (low, high) = (bounds.low, bounds.high);
    [low, P::new(high.x, low.y), high, P::new(low.x, high.y)]
}

/// A coast that ends inside, because the extract lacks the rest, goes on to the nearest border.
fn to_the_border(mut chain: Vec<P>, bounds: &Rect) -> Option<Vec<P>> {
    let (&first, &last) = (chain.first()?, chain.last()?);
    let (start, end) = (nearest_border(first, bounds), nearest_border(last, bounds));
    if start != first {
        chain.insert(0, start);
    }
    if end != last {
        chain.push(end);
    }
    Some(chain)
}

fn nearest_border(p: P, bounds: &Rect) -> P {
    let (low, high) = (bounds.low, bounds.high);
    let ways = [
        (p.x - low.x, P::new(low.x, p.y)),
        (high.x - p.x, P::new(high.x, p.y)),
        (p.y - low.y, P::new(p.x, low.y)),
        (high.y - p.y, P::new(p.x, high.y)),
    ];
    ways.into_iter().min_by_key(|&(away, _)| away).map_or(p, |(_, place)| place)
}

/// Clockwise way along the border from its north-west corner.
fn along(p: P, bounds: &Rect) -> i64 {
    let (low, high) = (bounds.low, bounds.high);
    let width = i64::from(high.x) - i64::from(low.x);
    let height = i64::from(high.y) - i64::from(low.y);
    let (x, y) = (i64::from(p.x) - i64::from(low.x), i64::from(p.y) - i64::from(low.y));
    if p.y == low.y {
        x
    } else if p.x == high.x {
        width + y
    } else if p.y == high.y {
        width + height + (width - x)
    } else {
        2 * width + height + (height - y)
    }
}

/// From the end of each coast clockwise along the border to the start of the next, so that the
/// water stays on the right, until the ring is closed.
fn along_the_border(chains: &[Vec<P>], bounds: &Rect) -> Vec<Vec<P>> {
    let mut starts: Vec<(i64, usize)> = Vec::new();
    for (index, chain) in chains.iter().enumerate() {
        starts.extend(chain.first().map(|&first| (along(first, bounds), index)));
    }
    starts.sort_unstable();
    let round: Vec<(i64, P)> = corners(bounds).map(|c| (along(c, bounds), c)).to_vec();
    let mut used = vec![false; chains.len()];
    let mut rings = Vec::new();
    for first in 0..chains.len() {
        let mut ring: Vec<P> = Vec::new();
        let mut now = first;
        while !used[now] {
            used[now] = true;
            ring.extend_from_slice(&chains[now]);
            let Some(&last) = chains[now].last() else { break };
            let here = along(last, bounds);
            let next = starts.iter().find(|(at, _)| *at >= here).or(starts.first());
            let Some(&(there, index)) = next else { break };
            push_corners(&mut ring, &round, here, there);
            now = index;
        }
        ring.dedup();
        if ring.len() >= 3 {
            rings.push(ring);
        }
    }
    rings
}

fn push_corners(ring: &mut Vec<P>, round: &[(i64, P)], here: i64, there: i64) {
    if there >= here {
        ring.extend(round.iter().filter(|(at, _)| *at > here && *at < there).map(|&(_, p)| p));
    } else {
        ring.extend(round.iter().filter(|(at, _)| *at > here).map(|&(_, p)| p));
        ring.extend(round.iter().filter(|(at, _)| *at < there).map(|&(_, p)| p));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOUNDS: Rect = Rect { low: P { x: 0, y: 0 }, high: P { x: 100, y: 100 } };

    fn water2(coast: &[&[(i32, i32)]]) -> i64 {
        let lines = coast.iter().map(|l| l.iter().map(|&(x, y)| P::new(x, y)).collect()).collect();
        match sea(lines, &BOUNDS) {
            Some(Shape::Area(rings)) => rings.iter().map(|ring| area2(ring)).sum(),
            _ => 0,
        }
    }

    #[test]
    fn water_is_on_the_right_of_the_coast() {
        // Going east: the south is on the right.
        assert_eq!(water2(&[&[(-10, 30), (110, 30)]]), 2 * 100 * 70);
        assert_eq!(water2(&[&[(110, 30), (-10, 30)]]), 2 * 100 * 30);
    }

    #[test]
    fn an_island_is_a_hole() {
        let island: &[(i32, i32)] = &[(40, 40), (40, 60), (60, 60), (60, 40), (40, 40)];
        assert_eq!(water2(&[island]), 2 * (100 * 100 - 20 * 20));
        assert_eq!(water2(&[&[(-10, 30), (110, 30)], island]), 2 * (100 * 70 - 20 * 20));
    }

    #[test]
    fn a_headland_cut_by_the_border_leaves_two_pieces_of_sea_joined_around_it() {
        let headland: &[(i32, i32)] = &[(60, 110), (60, 50), (40, 50), (40, 110)];
        // East, then north around the tip, then back: land is inside, on the left.
        assert_eq!(water2(&[headland]), 2 * (100 * 100 - 20 * 50));
    }

    #[test]
    fn a_coast_that_ends_inside_reaches_the_nearest_border() {
        assert_eq!(water2(&[&[(-10, 30), (95, 30)]]), 2 * 100 * 70);
    }
}
