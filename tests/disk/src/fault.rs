//! What goes wrong, and when.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// EIO: nothing of a write arrives; a sync loses some of what it should have made durable.
    Io,
    /// ENOSPC: half of a write arrives.
    Full,
    /// The machine is off from here on, until [`crate::Disk::power_on`].
    PowerCut,
}

/// Counted in writes, syncs and truncates.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    pub fault: Fault,
    /// Calls that still succeed.
    pub after: u64,
    /// Goes on failing until it is repaired.
    pub lasts: bool,
}

/// What becomes of one call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    Sound,
    Fails(Fault),
    /// The power is gone already.
    Off,
}
