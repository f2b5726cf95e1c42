//! A stretch of a route as four numbers that join in constant time: how long it takes at least,
//! how late it is at least, and between which starts that is so.
//!
//! Vidal, Crainic, Gendreau, Prins, "A hybrid genetic algorithm with adaptive diversity management
//! for a large class of vehicle routing problems with time-windows", 2013, section 4.2, equations
//! 11 to 15, with time warp after Nagata, Bräysy and Dullaert, 2010.

/// Duration, time warp and the window of starts of a stretch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Span {
    /// Shortest time from its first stop to its last, service and waiting included.
    pub duration: i64,
    /// How far back in time one would have to jump to keep all windows.
    pub warp: i64,
    /// Earliest and latest start that attain both.
    pub early: i64,
    pub late: i64,
}

impl Span {
    /// One stop that is served for `service` from a moment in `early..=late` on.
    #[inline]
    pub(crate) fn stop(service: i64, early: i64, late: i64) -> Span {
        Span { duration: service, warp: 0, early, late }
    }

    /// This stretch, then `drive`, then the other.
    #[inline]
    pub(crate) fn then(self, drive: i64, next: Span) -> Span {
        let passed = self.duration - self.warp + drive;
        let waiting = (next.early - passed - self.late).max(0);
        let warp = (self.early + passed - next.late).max(0);
        Span {
            duration: self.duration + next.duration + drive + waiting,
            warp: self.warp + next.warp + warp,
            early: (next.early - passed).max(self.early) - waiting,
            late: (next.late - passed).min(self.late) + warp,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::Chance;

    /// Drives stop by stop from `start`, jumping back in time where late.
    fn drive(stops: &[Span], legs: &[i64], start: i64) -> (i64, i64) {
        let (mut now, mut warp) = (start, 0);
        for (index, stop) in stops.iter().enumerate() {
            now += if index > 0 { legs[index - 1] } else { 0 };
            now = now.max(stop.early);
            warp += (now - stop.late).max(0);
            now = now.min(stop.late) + stop.duration;
        }
        (now + warp - start, warp)
    }

    #[test]
    fn joined_spans_equal_driving_for_every_start() {
        let mut chance = Chance::new(7);
        for _ in 0..500 {
            let mut stop = || {
                let early = chance.below(40) as i64;
                Span::stop(chance.below(6) as i64, early, early + chance.below(25) as i64)
            };
            let stops: Vec<Span> = (0..5).map(|_| stop()).collect();
            let legs: Vec<i64> = (0..4).map(|_| chance.below(20) as i64).collect();
            let left = stops[0].then(legs[0], stops[1]);
            let right = stops[2].then(legs[2], stops[3]).then(legs[3], stops[4]);
            let whole = left.then(legs[1], right);
            let starts = stops[0].early..=stops[0].late;
            let driven: Vec<_> = starts.map(|start| drive(&stops, &legs, start)).collect();
            let warp = driven.iter().map(|(_, warp)| *warp).min();
            assert_eq!(Some(whole.warp), warp);
            let shortest = driven.iter().filter(|(_, warp)| *warp == whole.warp);
            assert_eq!(shortest.map(|(duration, _)| *duration).min(), Some(whole.duration));
        }
    }
}
