//! Fewer points, the same picture (Douglas and Peucker 1973), without recursion.

use super::world::P;

/// Keeps the two ends and every point farther than `tolerance` from the simplified line.
pub(crate) fn line(points: &[P], tolerance: i32) -> Vec<P> {
    if points.len() <= 2 || tolerance <= 0 {
        return points.to_vec();
    }
    let mut kept = vec![false; points.len()];
    kept[0] = true;
    kept[points.len() - 1] = true;
    let limit = f64::from(tolerance) * f64::from(tolerance);
    let mut open = vec![(0, points.len() - 1)];
    while let Some((first, last)) = open.pop() {
        let (a, b) = (points[first], points[last]);
        let farthest = (first + 1..last)
            .map(|index| (distance_squared(points[index], a, b), index))
            .max_by(|one, two| one.0.total_cmp(&two.0));
        if let Some((squared, index)) = farthest
            && squared > limit
        {
            kept[index] = true;
            open.push((first, index));
            open.push((index, last));
        }
    }
    points.iter().zip(kept).filter(|&(_, keep)| keep).map(|(&point, _)| point).collect()
}

/// A ring, cut at the point farthest from its first so that both halves have two real ends.
pub(crate) fn ring(points: &[P], tolerance: i32) -> Vec<P> {
    if points.len() <= 4 || tolerance <= 0 {
        return points.to_vec();
    }
    let first = points[0];
    let away = |p: &P| {
        let (dx, dy) = (f64::from(p.x) - f64::from(first.x), f64::from(p.y) - f64::from(first.y));
        dx * dx + dy * dy
    };
    let far = (1..points.len())
        .max_by(|&a, &b| away(&points[a]).total_cmp(&away(&points[b])))
        .unwrap_or(points.len() / 2);
    let mut back = points[far..].to_vec();
    back.push(first);
    let mut simple = line(&points[..=far], tolerance);
    simple.pop();
    simple.extend(line(&back, tolerance));
    simple.pop();
    simple
}

fn distance_squared(p: P, a: P, b: P) -> f64 {
    let offset = |q: P| (f64::from(q.x) - f64::from(p.x), f64::from(q.y) - f64::from(p.y));
    crate::geo::nearest_on_segment(offset(a), offset(b)).1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_bends_go_and_corners_stay() {
        let points: Vec<P> =
            [(0, 0), (50, 1), (100, 0), (100, 100)].iter().map(|&(x, y)| P::new(x, y)).collect();
        assert_eq!(line(&points, 5), [points[0], points[2], points[3]]);
        assert_eq!(line(&points, 0), points);
    }

    #[test]
    fn a_ring_keeps_its_corners() {
        let corners = [(0, 0), (50, 1), (100, 0), (100, 100), (50, 99), (0, 100)];
        let points: Vec<P> = corners.iter().map(|&(x, y)| P::new(x, y)).collect();
        assert_eq!(ring(&points, 5), [points[0], points[2], points[3], points[5]]);
    }
}
