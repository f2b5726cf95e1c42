//! How far a station's clock is from the server's. It is shown and written down, and decides
//! nothing: order comes from the hybrid clock and from the site's numbers.

use domain::Timestamp;

/// Beyond this a person is told: five minutes, as for sign-in protocols (RFC 4120, 1.6).
const WORTH_A_WORD_MS: i64 = 5 * 60 * 1000;

/// Server's clock less ours, and how wrong that may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offset {
    pub offset_ms: i64,
    pub within_ms: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockOff {
    /// Positive when our clock is behind.
    pub by_ms: i64,
}

impl Offset {
    /// The server read its clock between our sending and our hearing (Cristian, 1989).
    pub fn measure(sent: Timestamp, server: Timestamp, heard: Timestamp) -> Offset {
        let round_trip = heard.0.saturating_sub(sent.0).max(0);
        let middle = sent.0.saturating_add(round_trip / 2);
        Offset { offset_ms: server.0.saturating_sub(middle), within_ms: round_trip / 2 }
    }

    pub fn warning(self) -> Option<ClockOff> {
        let surely = self.offset_ms.saturating_abs().saturating_sub(self.within_ms);
        (surely > WORTH_A_WORD_MS).then_some(ClockOff { by_ms: self.offset_ms })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_said_and_slow_lines_are_not_blamed_on_the_clock() {
        let measure = |sent, server, heard| {
            Offset::measure(Timestamp(sent), Timestamp(server), Timestamp(heard)).warning()
        };
        assert_eq!(measure(0, 7_200_000, 100), Some(ClockOff { by_ms: 7_199_950 }));
        assert_eq!(measure(0, 1_000, 100), None);
        assert_eq!(measure(0, 600_000, 600_000), None);
        assert!(measure(i64::MIN, i64::MAX, i64::MIN).is_some());
    }
}
