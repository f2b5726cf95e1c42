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
