//! What the machines need of a log. Each call that changes something is one transaction: when it
//! returns `Ok`, all of it is on disk (synchronous), and after an error or a crash none of it is.

use crate::chain::{Hash, Head};
use crate::enroll::{EnrollError, Grant};
use crate::envelope::Envelope;
use crate::lease::{self, Lease, LeaseAnswer};
use crate::message::{SiteId, SnapshotPart};
use crate::quota::Account;
use domain::{EventId, StationId, Timestamp};
use serde::{Deserialize, Serialize};

/// How far a station has taken in a site's log.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    pub seq: i64,
    /// Running hash of the site's log up to there (`Hash::then`): tells a server that was rolled
    /// back in silence, even if the same event came to stand in the same place again.
    pub tag: Hash,
}

/// Where a station stands; all of it survives a restart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standpoint {
    pub station: StationId,
    pub site: SiteId,
    /// The ids before each fork, oldest first.
    pub formerly: Vec<StationId>,
    pub generation: i64,
    pub cursor: Cursor,
    /// The last own event that the server is known to have.
    pub acked: Head,
    /// There is no event at all yet: a snapshot may take the book's place.
    pub empty: bool,
}

/// One entry of the site's log, as a station takes it in.
#[derive(Debug, Clone, Copy)]
pub enum Placed<'a> {
    Event(&'a Envelope),
    /// An event of the station's own chain.
    Own(i64),
}

/// A station's log.
pub trait StationLog {
    type Error;

    fn standpoint(&self) -> Result<Standpoint, Self::Error>;

    /// Last own event under the present id.
    fn own_head(&self) -> Result<Head, Self::Error>;

    /// Hash of the own event with this number; `Hash::NONE` for 0.
    fn own_hash(&self, seq: i64) -> Result<Option<Hash>, Self::Error>;

    /// Own events after `seq` in order, stopping after about `bytes`, at least one if there is one.
    fn own_after(&self, seq: i64, bytes: usize) -> Result<Vec<Envelope>, Self::Error>;

    /// Remembers what the server has. It may go back, when the server was restored.
    fn set_acked(&mut self, acked: Head) -> Result<(), Self::Error>;

    /// Takes in the entries numbered `first`, `first + 1`, …, with all their effects, and sets the
    /// cursor, in ONE transaction. An event that is known by its id only gets its number; one of a
    /// kind that cannot be read, or that cannot be applied, is kept as it came and counted as taken.
    fn take(
        &mut self,
        first: i64,
        entries: &[Placed<'_>],
        cursor: Cursor,
    ) -> Result<(), Self::Error>;

    /// The server is of another generation or lost something: the cursor goes back to the newest
    /// one that was ever set by `take` and is not beyond `seq`, or to the beginning. The numbers
    /// after it are forgotten, not the events.
    fn go_back(&mut self, generation: i64, seq: i64) -> Result<(), Self::Error>;

    /// Others' events without a number of the site, by (station, number), after the given one.
    fn unnumbered(
        &self,
        after: Option<(StationId, i64)>,
        bytes: usize,
    ) -> Result<Vec<Envelope>, Self::Error>;

    /// Goes on as `station`: own events after the acknowledged one form its chain from 1 on, under
    /// their own ids, in ONE transaction. The old id joins `formerly`, `acked` and the quotas start from nothing.
    fn reincarnate(&mut self, station: StationId) -> Result<(), Self::Error>;

    /// Adds a part of a snapshot; with the last one, checks the whole against its hash and puts it
    /// in place of the empty book together with generation and cursor. Answers how many bytes it
    /// has; `None` when the snapshot is in place. Only called while the book has no events.
    fn take_snapshot(&mut self, part: &SnapshotPart) -> Result<Option<u64>, Self::Error>;
}

/// What the server knows of a station.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolled {
    pub public_key: [u8; 32],
    pub grant: Grant,
    pub head: Head,
    /// Forked: nothing new is taken under this id.
    pub closed: bool,
    pub revoked: bool,
}

/// One row of a site's log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub seq: i64,
    /// Running hash of the site's log up to and with this row.
    pub tag: Hash,
    pub event: Envelope,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// Gets the site's next number.
    Fresh(Envelope),
    /// Known by its id: only its place in this chain is new, unless a peer offered it with it.
    Again(Envelope),
    /// Kept in its chain, told to nobody and not applied, until a supervisor decides. If it comes
    /// again as fresh, in another chain, it is aside no more.
    Aside(Envelope, Admitted),
}

/// Why an event may or may not go into the site's log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admitted {
    Yes,
    Revoked,
    KindNotAllowed,
    /// The id is known with other content: somebody is told.
    SameIdOtherContent,
    /// The place is taken by another event.
    PlaceTaken,
}

/// One transaction of the server's log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Append {
    pub site: SiteId,
    /// Whose chain it is.
    pub station: StationId,
    /// The append happens only if this is still the head of that chain; `None` for an offer, which
    /// moves no head.
    pub from: Option<Head>,
    pub to: Head,
    pub items: Vec<Item>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Appended {
    Yes,
    /// Somebody else wrote meanwhile: read again and decide again.
    Moved,
}

/// The server's log: the truth for all replicas, on SQLite or PostgreSQL. Nothing lives only in a
/// replica, so any of them may answer any message.
pub trait ServerLog {
    type Error;

    fn enrolled(&self, station: StationId) -> Result<Option<Enrolled>, Self::Error>;

    /// Uses up a one-time code, by its hash: reads the offer, asks `enroll::redeem`, and writes
    /// station and use, in one transaction.
    fn redeem(
        &mut self,
        code: Hash,
        station: StationId,
        public_key: [u8; 32],
        now: Timestamp,
    ) -> Result<Result<Grant, EnrollError>, Self::Error>;

    /// Enrolls `new` with the grant of `old`, revoked if that is, and closes `old`. Repeating it changes nothing. The
    /// quotas lent to `old` and not used are the server's again. A supervisor is told.
    fn succeed(
        &mut self,
        old: StationId,
        new: StationId,
        public_key: [u8; 32],
    ) -> Result<(), Self::Error>;

    /// Closes a forked station. Repeating it changes nothing. A supervisor is told.
    fn close(&mut self, station: StationId) -> Result<(), Self::Error>;

    /// The present generation, and the lowest head of the site from which a generation after
    /// `known` began.
    fn generation(&self, site: &SiteId, known: i64) -> Result<(i64, Option<i64>), Self::Error>;

    fn site_head(&self, site: &SiteId) -> Result<i64, Self::Error>;

    /// The hash in this place of a chain, set-aside and repeated events included.
    fn place(&self, station: StationId, seq: i64) -> Result<Option<Hash>, Self::Error>;

    /// The content hash of an event in any site's log.
    fn content(&self, id: EventId) -> Result<Option<Hash>, Self::Error>;

    /// In ONE transaction: locks the station's row and checks its head, looks again that no id and
    /// no place came in meanwhile (unique indexes), writes every item, moves the chain's head, and
    /// last of all locks the site's head row (number and running hash) to number the fresh ones in
    /// commit order, without gaps.
    /// Durable on a synchronous standby, where there is one, before it returns.
    fn append(&mut self, append: &Append) -> Result<Appended, Self::Error>;

    /// Rows of a site after `seq`, in order and without gaps, stopping after about `bytes`.
    fn rows_after(&self, site: &SiteId, seq: i64, bytes: usize) -> Result<Vec<Row>, Self::Error>;

    /// A part of the newest snapshot, or of the one with number `seq` if it still exists.
    fn snapshot(
        &self,
        site: &SiteId,
        seq: i64,
        offset: u64,
        bytes: usize,
    ) -> Result<Option<SnapshotPart>, Self::Error>;

    /// In one transaction that holds the site's head row: reads the account and what is available,
    /// and writes the total that `lend` answers.
    fn lend(
        &mut self,
        site: &SiteId,
        station: StationId,
        sku: &str,
        lend: &dyn Fn(Account, i64) -> i64,
    ) -> Result<i64, Self::Error>;

    /// Raises the returned total to at least `returned`; answers the total.
    fn given_back(
        &mut self,
        site: &SiteId,
        station: StationId,
        sku: &str,
        returned: i64,
    ) -> Result<i64, Self::Error>;

    /// In one transaction that holds the task's row: reads the lease and writes the new one.
    fn lease(
        &mut self,
        site: &SiteId,
        task: &str,
        ask: &dyn Fn(Option<&Lease>) -> lease::Decision,
    ) -> Result<LeaseAnswer, Self::Error>;
}
