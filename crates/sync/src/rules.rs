//! The rules of the protocol, each with a name, so that the simulator can break one at a time and
//! show that somebody would notice.

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u16)]
pub enum Rule {
    /// A retry keeps its event id.
    SameIdOnRetry,
    /// The server knows an event by its id.
    DedupeById,
    /// A used place in a chain is compared by hash before it is taken for a repetition.
    DedupeByHash,
    /// A forked station goes on under a new id and offers the same events again.
    NewIncarnation,
    /// The station advances only if its own log has the acknowledged hash.
    AckNamesHash,
    /// An ack names the last event of the batch it answers, not the server's head.
    AckNamesBatch,
    /// A station pushes again what the server's head says it no longer has.
    Rewind,
    /// A station offers others' events again that the server has lost.
    ReofferPeers,
    /// Pulled events and the cursor are one transaction.
    CursorWithEffects,
    /// A site's numbers are given in commit order.
    SeqInCommitOrder,
    /// Offline promises stay within the quota.
    QuotaChecked,
    /// A leased task is not leased again before the lease has lapsed.
    LeaseRespected,
    /// An event and its effects are one transaction.
    OutboxWithEffects,
}

impl Rule {
    pub const ALL: [Rule; 13] = [
        Rule::SameIdOnRetry,
        Rule::DedupeById,
        Rule::DedupeByHash,
        Rule::NewIncarnation,
        Rule::AckNamesHash,
        Rule::AckNamesBatch,
        Rule::Rewind,
        Rule::ReofferPeers,
        Rule::CursorWithEffects,
        Rule::SeqInCommitOrder,
        Rule::QuotaChecked,
        Rule::LeaseRespected,
        Rule::OutboxWithEffects,
    ];

    /// The name of the bug that breaking it is.
    pub fn bug(self) -> &'static str {
        match self {
            Rule::SameIdOnRetry => "new-id-on-retry",
            Rule::DedupeById => "no-dedupe",
            Rule::DedupeByHash => "dedupe-by-seq-only",
            Rule::NewIncarnation => "no-fork-rule",
            Rule::AckNamesHash => "ack-without-hash",
            Rule::AckNamesBatch => "ack-of-the-head-only",
            Rule::Rewind => "no-rewind-handshake",
            Rule::ReofferPeers => "no-peer-reoffer",
            Rule::CursorWithEffects => "cursor-not-atomic",
            Rule::SeqInCommitOrder => "bare-sequence-as-cursor",
            Rule::QuotaChecked => "quota-not-checked",
            Rule::LeaseRespected => "lease-ignored",
            Rule::OutboxWithEffects => "non-atomic-outbox",
        }
    }
}

/// Which rules hold. Production has `Rules::SOUND`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    broken: u16,
}

impl Rules {
    pub const SOUND: Rules = Rules { broken: 0 };

    pub fn without(rule: Rule) -> Rules {
        Rules { broken: 1 << rule as u16 }
    }

    pub fn hold(self, rule: Rule) -> bool {
        self.broken & (1 << rule as u16) == 0
    }
}
