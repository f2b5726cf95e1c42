//! What the two sides say. Every message may be lost, doubled or late, and none is harmful then:
//! each names what it is about, and whoever asked asks again.

use crate::chain::{Hash, Head};
use crate::enroll::{EnrollError, Grant};
use crate::envelope::Envelope;
use crate::lease::LeaseAnswer;
use crate::port::Cursor;
use domain::{StationId, Timestamp};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, std::hash::Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SiteId(pub String);

/// Drawn by the station for each greeting: an answer to an older one is known by it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Session(pub u64);

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Message {
    // From the station.
    Enroll {
        code: String,
        station: StationId,
        public_key: [u8; 32],
    },
    Hello(Hello),
    /// The next of the station's own events.
    Push(Push),
    /// Others' events that the server may have lost.
    Offer(Push),
    /// What comes after `after`, leaving out own events up to `mine`.
    Pull {
        session: Session,
        after: i64,
        mine: i64,
    },
    SnapshotAsk {
        session: Session,
        seq: i64,
        offset: u64,
    },
    Ask(Ask),

    // From the server.
    EnrollAnswer {
        station: StationId,
        answer: Result<Grant, EnrollError>,
    },
    Welcome(Welcome),
    /// Durable: everything of `station` up to this event.
    Ack {
        station: StationId,
        head: Head,
    },
    /// There is a gap: the server has this much and needs what follows it.
    Behind {
        station: StationId,
        head: Head,
    },
    /// The station's number was used for another event: this id is closed.
    Fork {
        station: StationId,
    },
    /// The offer that begins with this event has been looked through.
    Looked {
        first: Hash,
    },
    Page(Page),
    /// Never data: correctness rests on the cursor alone.
    More {
        head: i64,
    },
    SnapshotPart(SnapshotPart),
    Answer(Answer),
    Refused(Refused),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Hello {
    pub session: Session,
    pub station: StationId,
    pub site: SiteId,
    /// The generation the station last heard; 0 before the first.
    pub generation: i64,
    pub cursor: Cursor,
    /// The ids that this station had before it forked, oldest first.
    pub formerly: Vec<StationId>,
    pub public_key: [u8; 32],
    #[serde(with = "signature")]
    pub proof: [u8; 64],
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Push {
    pub station: StationId,
    /// Travels beside the message, in its own form.
    #[serde(skip)]
    pub events: Vec<Envelope>,
    /// Over the head of `events`, or over a digest of an offer.
    #[serde(with = "signature")]
    pub seal: [u8; 64],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    Active,
    /// May deliver what it has; it is set aside, and nothing is told.
    Revoked,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Welcome {
    pub session: Session,
    pub station: StationId,
    pub standing: Standing,
    pub generation: i64,
    /// The cursor has to go back to here: the server was restored from a backup.
    pub back_to: Option<i64>,
    /// What the server has of this station's chain.
    pub head: Head,
    pub site_head: i64,
    pub now: Timestamp,
}

/// A part of the site's log, without a gap from `after` on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Page {
    pub session: Session,
    pub after: i64,
    pub head: i64,
    pub entries: Vec<Entry>,
    /// Travels beside the message; `Entry::Sent` takes the next of them.
    #[serde(skip)]
    pub events: Vec<Envelope>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Entry {
    Sent {
        count: u32,
    },
    /// The station's own events, from this number on.
    Yours {
        seq: i64,
        count: u32,
    },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SnapshotPart {
    pub session: Session,
    pub generation: i64,
    /// The cursor that the snapshot stands for.
    pub cursor: Cursor,
    /// Of the whole, so that damage is found before it is used.
    pub hash: Hash,
    pub size: u64,
    pub offset: u64,
    pub bytes: Vec<u8>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ask {
    /// `known` is the total granted that the station knows of.
    Quota {
        sku: String,
        known: i64,
        want: i64,
    },
    GiveBack {
        sku: String,
        returned: i64,
    },
    Lease {
        task: String,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    Quota { sku: String, granted: i64 },
    GivenBack { sku: String, returned: i64 },
    Lease { task: String, answer: LeaseAnswer },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refused {
    UnknownStation,
    OtherSite,
    BadSignature,
    NotWelcomed,
    Revoked,
    TooLarge,
    /// Come again later; nothing is wrong.
    Busy {
        after_ms: i64,
    },
    /// The server does not speak this version any more, or not yet.
    UpdateNeeded,
    /// No message at all, or one that was damaged on the way.
    Unreadable,
}

/// serde knows arrays up to 32.
mod signature {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub fn serialize<S: Serializer>(value: &[u8; 64], to: S) -> Result<S::Ok, S::Error> {
        let (halves, _) = value.as_chunks::<32>();
        (halves[0], halves[1]).serialize(to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<[u8; 64], D::Error> {
        let (first, second) = <([u8; 32], [u8; 32])>::deserialize(from)?;
        let mut value = [0; 64];
        value[..32].copy_from_slice(&first);
        value[32..].copy_from_slice(&second);
        Ok(value)
    }
}
