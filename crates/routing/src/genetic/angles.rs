//! In which direction each job lies from the depot, worked out from distances alone, because this
//! crate knows no maps. Used only to lay routes of one plan side by side.

/// Points on a plane around the depot, which is the last of all places: the first axis points to
/// the farthest job, the second to the job that lies most across it (law of cosines). On roads it
/// is only roughly so, which is enough to order routes.
pub(super) fn angles(jobs: usize, way: impl Fn(usize, usize) -> f64) -> Vec<(f64, f64)> {
    let depot = jobs;
    let out = |job: usize| way(depot, job).max(1.0);
    let Some(far) = (0..jobs).max_by(|&a, &b| out(a).total_cmp(&out(b))) else {
        return Vec::new();
    };
    // Cosine of the angle between two jobs as seen from the depot.
    let cosine = |a: usize, b: usize| {
        let (left, right, across) = (out(a), out(b), way(a, b));
        ((left * left + right * right - across * across) / (2.0 * left * right)).clamp(-1.0, 1.0)
    };
    let away = |job: usize| out(job) * (1.0 - cosine(job, far) * cosine(job, far)).sqrt();
    let across = (0..jobs).max_by(|&a, &b| away(a).total_cmp(&away(b))).unwrap_or(far);
    let turn = cosine(across, far);
    let point = |job: usize| {
        let x = cosine(job, far);
        let y = (1.0 - x * x).max(0.0).sqrt();
        // On which side: the second landmark is nearer on its own.
        let side = cosine(job, across) - x * turn;
        (out(job) * x, out(job) * if side < 0.0 { -y } else { y })
    };
    (0..jobs).map(point).collect()
}

/// A number that grows with the angle of a point, from 0 up to 4, without the platform's math
/// library.
pub(super) fn angle((x, y): (f64, f64)) -> f64 {
    let share = x / (x.abs() + y.abs()).max(f64::MIN_POSITIVE);
    if y >= 0.0 { 1.0 - share } else { 3.0 + share }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_around_a_depot_come_in_their_order() {
        let around = [(50, 0), (30, 30), (0, 40), (-30, 20), (-20, -20), (10, -30)];
        let mut places: Vec<(i32, i32)> = around.to_vec();
        places.push((0, 0));
        let way = |a: usize, b: usize| {
            let (dx, dy) = (places[a].0 - places[b].0, places[a].1 - places[b].1);
            f64::from(dx * dx + dy * dy).sqrt()
        };
        let found: Vec<f64> = angles(6, way).into_iter().map(angle).collect();
        let turned: Vec<f64> = found.iter().map(|angle| (4.0 - angle) % 4.0).collect();
        let rising = |angles: &[f64]| angles.windows(2).all(|pair| pair[0] < pair[1]);
        assert!(rising(&found) || rising(&turned), "{found:?}");
    }
}
