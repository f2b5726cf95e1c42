//! Areas drawn by several ways (multipolygons): which ways they need, and putting them together.

use super::feature::{Look, Shape};
use super::join;
use super::tags::{Tags, area, area_label};
use super::world::{P, area2, contains};

/// An area of a relation, its ways not yet known.
pub(crate) struct Outline {
    pub look: Look,
    pub zoom: u8,
    pub label: Option<Look>,
    /// Way and whether it bounds a hole.
    pub members: Vec<(i64, bool)>,
}

impl Outline {
    pub fn of(tags: &Tags, members: Vec<(i64, bool)>) -> Option<Outline> {
        if !tags.is_multipolygon() || members.is_empty() {
            return None;
        }
        let (look, zoom) = area(tags)?;
        let label = area_label(tags, &look);
        Some(Outline { look, zoom, label, members })
    }

    /// The area from those of its ways that are there; what does not close is left out.
    pub fn assemble<'a>(&self, find: impl Fn(i64) -> Option<&'a [P]>) -> Option<Shape> {
        let side = |wanted: bool| -> Vec<Vec<P>> {
            let ways = self.members.iter().filter(|(_, is_hole)| *is_hole == wanted);
            ways.filter_map(|&(id, _)| find(id)).map(<[P]>::to_vec).collect()
        };
        let (outer, _) = join::rings(side(false));
        let (holes, _) = join::rings(side(true));
        Shape::area(outer, holes)
    }
}

/// World units of one pixel at zoom 0, in powers of two: a tile is 512 pixels wide.
const PIXEL_BITS: i32 = 30 - 9;

/// The first zoom of 8 to 14 at which an area is at least `pixels` large.
pub(crate) fn zoom_of(shape: &Shape, pixels: i64) -> Option<u8> {
    let Shape::Area(rings) = shape else { return None };
    let units = rings.iter().map(|ring| area2(ring)).fold(0_i64, i64::saturating_add) / 2;
    (8..=14_u8).find(|&z| units >> (2 * (PIXEL_BITS - i32::from(z))) >= pixels)
}

/// A point well inside the largest ring: the middle of its widest stretch at half height.
pub(crate) fn middle(shape: &Shape) -> Option<P> {
    let Shape::Area(rings) = shape else { return None };
    let ring = rings.iter().max_by_key(|ring| area2(ring))?;
    let rect = super::world::Rect::around(ring)?;
    let mut best: Option<(i32, P)> = None;
    for share in [4, 3, 5, 2, 6] {
        let height = i64::from(rect.high.y) - i64::from(rect.low.y);
        let y = rect.low.y + (height * share / 8) as i32;
        let mut crossings: Vec<i32> = (0..ring.len())
            .filter_map(|index| crossing(ring[index], ring[(index + 1) % ring.len()], y))
            .collect();
        crossings.sort_unstable();
        for pair in crossings.chunks_exact(2) {
            let width = pair[1] - pair[0];
            let point = P::new(pair[0] + width / 2, y);
            if best.is_none_or(|(widest, _)| width > widest) && contains(ring, point) {
                best = Some((width, point));
            }
        }
    }
    best.map(|(_, point)| point)
}

fn crossing(a: P, b: P, y: i32) -> Option<i32> {
    if (a.y > y) == (b.y > y) {
        return None;
    }
    let (dx, dy) = (i64::from(b.x) - i64::from(a.x), i64::from(b.y) - i64::from(a.y));
    Some((i64::from(a.x) + dx * (i64::from(y) - i64::from(a.y)) / dy) as i32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_a_crescent_is_inside_it() {
        let list =
            [(0, 0), (100, 0), (100, 20), (20, 20), (20, 80), (100, 80), (100, 100), (0, 100)];
        let ring: Vec<P> = list.iter().map(|&(x, y)| P::new(x, y)).collect();
        let shape = Shape::area(vec![ring.clone()], Vec::new()).unwrap();
        assert!(contains(&ring, middle(&shape).unwrap()));
    }
}
