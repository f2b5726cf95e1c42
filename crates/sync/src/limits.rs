//! Sizes and times, each with its reason.

#[derive(Debug, Clone)]
pub struct Limits {
    /// Of one message as bytes; whatever is larger is not even looked at.
    pub frame_bytes: usize,
    /// Of a batch once unpacked: what a hostile sender can make us hold.
    pub unpacked_bytes: usize,
    /// Of the events in one batch or page. Larger packs better, smaller resumes sooner.
    pub batch_bytes: usize,
    /// Pushed and not yet acknowledged: a slow server is not flooded.
    pub in_flight_bytes: usize,
    /// The first retry; each further one waits twice as long, up to the last.
    pub retry_ms: i64,
    pub retry_ms_max: i64,
    /// A link that says nothing for so long is greeted again: a lost notice costs this much.
    pub idle_ms: i64,
    /// A new station this far behind takes a snapshot first.
    pub snapshot_from: i64,
    pub snapshot_part_bytes: usize,
    pub lease_ms: i64,
}

impl Limits {
    pub const DEFAULT: Limits = Limits {
        frame_bytes: 4 << 20,
        unpacked_bytes: 8 << 20,
        batch_bytes: 512 << 10,
        in_flight_bytes: 2 << 20,
        retry_ms: 1_000,
        retry_ms_max: 60_000,
        idle_ms: 30_000,
        snapshot_from: 20_000,
        snapshot_part_bytes: 1 << 20,
        lease_ms: 30 * 60_000,
    };
}
