//! Minimizing a smooth function of few numbers without derivatives.

/// Corners of the simplex closer in value than this share count as equal.
const CLOSE_ENOUGH: f64 = 1e-7;

/// The point of least value that the simplex of Nelder and Mead (1965) finds from `start` with
/// first steps `step`, after at most `evaluations`. Limits are the function's affair.
pub(super) fn minimize<const N: usize>(
    start: [f64; N],
    step: [f64; N],
    evaluations: usize,
    mut value: impl FnMut(&[f64; N]) -> f64,
) -> [f64; N] {
    let mut corners = vec![(value(&start), start)];
    for axis in 0..N {
        let mut corner = start;
        corner[axis] += step[axis];
        corners.push((value(&corner), corner));
    }
    let mut used = N + 1;
    while used < evaluations {
        corners.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (best, worst) = (corners[0].0, corners[N].0);
        if (worst - best).abs() <= CLOSE_ENOUGH * best.abs() + f64::MIN_POSITIVE {
            break;
        }
        let center = center(&corners[..N]);
        let away = |factor: f64| moved(&center, &corners[N].1, factor);
        let reflected = (value(&away(1.0)), away(1.0));
        used += 1;
        let next = if reflected.0 < best {
            used += 1;
            let expanded = (value(&away(2.0)), away(2.0));
            if expanded.0 < reflected.0 { Some(expanded) } else { Some(reflected) }
        } else if reflected.0 < corners[N - 1].0 {
            Some(reflected)
        } else {
            used += 1;
            let factor = if reflected.0 < worst { 0.5 } else { -0.5 };
            let contracted = (value(&away(factor)), away(factor));
            (contracted.0 < worst.min(reflected.0)).then_some(contracted)
        };
        match next {
            Some(corner) => corners[N] = corner,
            None => used += shrink(&mut corners, &mut value),
        }
    }
    corners.sort_by(|a, b| a.0.total_cmp(&b.0));
    corners[0].1
}

fn center<const N: usize>(corners: &[(f64, [f64; N])]) -> [f64; N] {
    let mut center = [0.0; N];
    for (_, corner) in corners {
        for axis in 0..N {
            center[axis] += corner[axis] / corners.len() as f64;
        }
    }
    center
}

fn moved<const N: usize>(center: &[f64; N], worst: &[f64; N], factor: f64) -> [f64; N] {
    let mut point = *center;
    for axis in 0..N {
        point[axis] += factor * (center[axis] - worst[axis]);
    }
    point
}

/// All corners halfway to the best.
fn shrink<const N: usize>(
    corners: &mut [(f64, [f64; N])],
    value: &mut impl FnMut(&[f64; N]) -> f64,
) -> usize {
    let best = corners[0].1;
    for corner in corners.iter_mut().skip(1) {
        for (place, best) in corner.1.iter_mut().zip(&best) {
            *place = f64::midpoint(*place, *best);
        }
        corner.0 = value(&corner.1);
    }
    N
}

#[cfg(test)]
mod tests {
    use super::minimize;

    #[test]
    fn a_valley_is_found() {
        let at = minimize([0.0, 0.0], [0.5, 0.5], 400, |[x, y]| {
            (x - 1.0) * (x - 1.0) + 10.0 * (y - x * x) * (y - x * x)
        });
        assert!((at[0] - 1.0).abs() < 1e-2 && (at[1] - 1.0).abs() < 1e-2, "{at:?}");
    }
}
