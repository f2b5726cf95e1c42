//! Cutting lines and rings at a rectangle.

use super::feature::Shape;
use super::world::{P, Rect, area2};

/// The part of a shape inside the rectangle.
pub(crate) fn clip(shape: &Shape, rect: &Rect) -> Vec<Shape> {
    match shape {
        Shape::Point(point) => {
            let here = Rect { low: *point, high: *point };
            if here.is_inside(rect) { vec![shape.clone()] } else { Vec::new() }
        }
        Shape::Line(line) => clip_line(line, rect).into_iter().map(Shape::Line).collect(),
        Shape::Area(rings) => {
            let rings: Vec<Vec<P>> = rings.iter().filter_map(|r| clip_ring(r, rect)).collect();
            // Holes alone enclose nothing.
            if rings.iter().any(|ring| area2(ring) > 0) {
                vec![Shape::Area(rings)]
            } else {
                Vec::new()
            }
        }
    }
}

/// The pieces of a line inside the rectangle, in its order.
pub(crate) fn clip_line(line: &[P], rect: &Rect) -> Vec<Vec<P>> {
    let mut pieces: Vec<Vec<P>> = Vec::new();
    let mut current: Vec<P> = Vec::new();
    for pair in line.windows(2) {
        let Some((from, to)) = clip_segment(pair[0], pair[1], rect) else {
            keep(&mut pieces, &mut current);
            continue;
        };
        if current.last() != Some(&from) {
            keep(&mut pieces, &mut current);
            current.push(from);
        }
        if from != to {
            current.push(to);
        }
        if to != pair[1] {
            keep(&mut pieces, &mut current);
        }
    }
    keep(&mut pieces, &mut current);
    pieces
}

fn keep(pieces: &mut Vec<Vec<P>>, current: &mut Vec<P>) {
    let piece = std::mem::take(current);
    if piece.len() >= 2 {
        pieces.push(piece);
    }
}

/// Liang and Barsky (1984): the share of the segment inside all four edges.
fn clip_segment(a: P, b: P, rect: &Rect) -> Option<(P, P)> {
    let (dx, dy) = (f64::from(b.x) - f64::from(a.x), f64::from(b.y) - f64::from(a.y));
    let edges = [
        (-dx, f64::from(a.x) - f64::from(rect.low.x)),
        (dx, f64::from(rect.high.x) - f64::from(a.x)),
        (-dy, f64::from(a.y) - f64::from(rect.low.y)),
        (dy, f64::from(rect.high.y) - f64::from(a.y)),
    ];
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    for (toward, room) in edges {
        if toward == 0.0 {
            if room < 0.0 {
                return None;
            }
        } else if toward < 0.0 {
            enter = enter.max(room / toward);
        } else {
            leave = leave.min(room / toward);
        }
    }
    if enter > leave {
        return None;
    }
    let at = |share: f64| {
        P::new(
            (f64::from(a.x) + share * dx).round() as i32,
            (f64::from(a.y) + share * dy).round() as i32,
        )
    };
    Some((if enter > 0.0 { at(enter) } else { a }, if leave < 1.0 { at(leave) } else { b }))
}

/// Sutherland and Hodgman (1974): one edge of the rectangle after the other. Where a ring leaves and
/// comes back it runs along the edge, which lies in the tile's buffer and is not seen.
pub(crate) fn clip_ring(ring: &[P], rect: &Rect) -> Option<Vec<P>> {
    if Rect::around(ring).is_some_and(|all| all.is_inside(rect)) {
        return Some(ring.to_vec());
    }
    let mut points = ring.to_vec();
    points = half(&points, |p| p.x >= rect.low.x, |a, b| at_x(a, b, rect.low.x));
    points = half(&points, |p| p.x <= rect.high.x, |a, b| at_x(a, b, rect.high.x));
    points = half(&points, |p| p.y >= rect.low.y, |a, b| at_y(a, b, rect.low.y));
    points = half(&points, |p| p.y <= rect.high.y, |a, b| at_y(a, b, rect.high.y));
    (points.len() >= 3 && area2(&points) != 0).then_some(points)
}

fn half(ring: &[P], inside: impl Fn(P) -> bool, cross: impl Fn(P, P) -> P) -> Vec<P> {
    let mut kept = Vec::with_capacity(ring.len() + 4);
    let push = |kept: &mut Vec<P>, point: P| {
        if kept.last() != Some(&point) {
            kept.push(point);
        }
    };
    for index in 0..ring.len() {
        let (from, to) = (ring[(index + ring.len() - 1) % ring.len()], ring[index]);
        if inside(from) != inside(to) {
            push(&mut kept, cross(from, to));
        }
        if inside(to) {
            push(&mut kept, to);
        }
    }
    if kept.len() > 1 && kept.first() == kept.last() {
        kept.pop();
    }
    kept
}

fn at_x(a: P, b: P, x: i32) -> P {
    let (dx, dy) = (f64::from(b.x) - f64::from(a.x), f64::from(b.y) - f64::from(a.y));
    let share = (f64::from(x) - f64::from(a.x)) / dx;
    P::new(x, (f64::from(a.y) + share * dy).round() as i32)
}

fn at_y(a: P, b: P, y: i32) -> P {
    let turned = at_x(P::new(a.y, a.x), P::new(b.y, b.x), y);
    P::new(turned.y, turned.x)
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECT: Rect = Rect { low: P { x: 0, y: 0 }, high: P { x: 100, y: 100 } };

    fn points(list: &[(i32, i32)]) -> Vec<P> {
        list.iter().map(|&(x, y)| P::new(x, y)).collect()
    }

    #[test]
    fn a_line_that_leaves_and_returns_becomes_two() {
        let line = points(&[(-50, 50), (50, 50), (150, 50), (150, 80), (50, 80)]);
        let pieces = clip_line(&line, &RECT);
        assert_eq!(
            pieces,
            [points(&[(0, 50), (50, 50), (100, 50)]), points(&[(100, 80), (50, 80)])]
        );
    }

    #[test]
    fn a_line_that_passes_by_is_gone() {
        assert!(clip_line(&points(&[(-50, 120), (150, 130)]), &RECT).is_empty());
    }

    #[test]
    fn a_ring_keeps_its_turn_and_stays_inside() {
        let ring = points(&[(-50, -50), (50, -50), (50, 50), (-50, 50)]);
        let cut = clip_ring(&ring, &RECT).unwrap();
        assert_eq!(area2(&cut), 2 * 50 * 50);
        assert!(cut.iter().all(|p| (0..=50).contains(&p.x) && (0..=50).contains(&p.y)));
        let hole: Vec<P> = ring.into_iter().rev().collect();
        assert_eq!(area2(&clip_ring(&hole, &RECT).unwrap()), -2 * 50 * 50);
    }

    #[test]
    fn a_ring_around_the_rectangle_fills_it() {
        let ring = points(&[(-500, -500), (500, -500), (500, 500), (-500, 500)]);
        assert_eq!(area2(&clip_ring(&ring, &RECT).unwrap()), 2 * 100 * 100);
    }
}
