//! The features of one tile as its bytes: lines joined, points thinned out, everything in the
//! tile's own steps.

use super::feature::{Layer, Look, Shape};
use super::join;
use super::mvt::{EXTENT, LayerWriter};
use super::pyramid::Piece;
use super::simplify;
use super::world::{P, WORLD_BITS, area2, contains};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Below the last zoom points within 3/8 pixel of a line are left out; the last one is looked at
/// from near.
const TOLERANCE_STEPS: i32 = 3;
/// Areas below about 3 square pixels are dust. Steps are an eighth of a pixel.
const AREA2_STEPS_MIN: i64 = 2 * 3 * 64;

/// A tile's place, and the size of its steps.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Grid {
    pub z: u8,
    pub corner: P,
    /// World units per step, as a power of two.
    pub shift: u32,
    pub is_last: bool,
}

impl Grid {
    pub fn of(z: u8, x: u32, y: u32, is_last: bool) -> Grid {
        let bits = WORLD_BITS - u32::from(z);
        let corner = P::new((x << bits) as i32, (y << bits) as i32);
        Grid { z, corner, shift: bits - EXTENT.ilog2(), is_last }
    }

    fn step(&self, p: P) -> P {
        let half = (1 << self.shift) >> 1;
        P::new(
            (p.x - self.corner.x + half) >> self.shift,
            (p.y - self.corner.y + half) >> self.shift,
        )
    }

    fn tolerance(&self) -> i32 {
        if self.is_last { 1 << self.shift >> 1 } else { TOLERANCE_STEPS << self.shift }
    }

    fn steps(&self, points: &[P]) -> Vec<P> {
        let mut steps: Vec<P> = points.iter().map(|&p| self.step(p)).collect();
        steps.dedup();
        steps
    }
}

/// Empty when nothing is to be seen.
pub(crate) fn tile(grid: &Grid, looks: &[Look], pieces: &[Piece]) -> Vec<u8> {
    let mut lines: BTreeMap<Cow<Look>, Vec<Vec<P>>> = BTreeMap::new();
    let mut others: Vec<(&Look, Shape)> = Vec::new();
    for piece in pieces {
        if !(piece.zoom_min..=piece.zoom_max).contains(&grid.z) {
            continue;
        }
        let look = &looks[piece.look as usize];
        match Rc::as_ref(&piece.shape) {
            Shape::Line(line) => lines.entry(plain(look, grid.z)).or_default().push(line.clone()),
            Shape::Point(point) => others.push((look, Shape::Point(grid.step(*point)))),
            Shape::Area(rings) => {
                others.extend(area(grid, look, rings).map(|area| (look, area)));
            }
        }
    }
    let mut drawn: Vec<(&Look, Shape)> = Vec::new();
    for (look, pieces) in &lines {
        for line in join::lines(pieces.clone()) {
            let steps = grid.steps(&simplify::line(&line, grid.tolerance()));
            if steps.len() >= 2 {
                drawn.push((look.as_ref(), Shape::Line(steps)));
            }
        }
    }
    drawn.extend(others);
    // The important first: labels are placed in this order.
    drawn.sort_by_key(|(look, _)| (look.layer, std::cmp::Reverse(look.rank)));
    let mut bytes = Vec::new();
    for layer in Layer::ALL {
        let mut writer = LayerWriter::default();
        for (look, shape) in drawn.iter().filter(|(look, _)| look.layer == layer) {
            writer.add(look, shape);
        }
        writer.finish(layer, &mut bytes);
    }
    bytes
}

/// Without the names that no style shows at this zoom, so that more pieces become one line.
fn plain(look: &Look, z: u8) -> Cow<'_, Look> {
    let named_from = match (look.layer, look.class) {
        (Layer::Roads, "motorway" | "trunk" | "primary") => 10,
        (Layer::Roads, "secondary") => 11,
        (Layer::Roads, "tertiary") | (Layer::Waterway, "river") => 12,
        _ => 13,
    };
    let has_none = look.names.local.is_none() && look.reference.is_none();
    if z >= named_from || has_none {
        return Cow::Borrowed(look);
    }
    let names = Default::default();
    Cow::Owned(Look { names, reference: None, ..look.clone() })
}

/// Outlines with their own holes right behind them, as readers of the format expect.
fn area(grid: &Grid, look: &Look, rings: &[Vec<P>]) -> Option<Shape> {
    let least = match look.layer {
        Layer::Buildings => AREA2_STEPS_MIN / 4,
        _ => AREA2_STEPS_MIN,
    };
    let mut outer: Vec<(Vec<P>, Vec<Vec<P>>)> = Vec::new();
    let mut holes = Vec::new();
    for ring in rings {
        let clockwise = area2(ring) > 0;
        let mut steps = grid.steps(&simplify::ring(ring, grid.tolerance()));
        if steps.len() > 1 && steps.first() == steps.last() {
            steps.pop();
        }
        let size = area2(&steps);
        // Rounding may turn a sliver inside out.
        if steps.len() < 3 || size.abs() < least || (size > 0) != clockwise {
            continue;
        }
        if clockwise { outer.push((steps, Vec::new())) } else { holes.push(steps) }
    }
    for hole in holes {
        let around = outer
            .iter_mut()
            .filter(|(ring, _)| hole.iter().any(|&p| contains(ring, p)))
            .min_by_key(|(ring, _)| area2(ring));
        if let Some((_, inside)) = around {
            inside.push(hole);
        }
    }
    let rings: Vec<Vec<P>> =
        outer.into_iter().flat_map(|(ring, inside)| std::iter::once(ring).chain(inside)).collect();
    (!rings.is_empty()).then_some(Shape::Area(rings))
}
