//! The protocol's port on a real book: as thin as the application's own.

use domain::StationId;
use store::{Carried, SiteCursor, Store, StoreError, TakeEntry};
use sync::{Cursor, Envelope, Hash, Head, Placed, SiteId, SnapshotPart, Standpoint, StationLog};

#[derive(Debug, PartialEq, Eq)]
pub enum Fault {
    /// The process was killed before this commit.
    Killed,
    Store(String),
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Fault {
        Fault::Store(error.to_string())
    }
}

pub struct Book {
    pub store: Store,
    /// Killed before the commit after so many.
    pub dies_in: Option<u64>,
}

impl Book {
    fn commits(&mut self) -> Result<(), Fault> {
        match &mut self.dies_in {
            Some(0) => Err(Fault::Killed),
            Some(left) => {
                *left -= 1;
                Ok(())
            }
            None => Ok(()),
        }
    }
}

fn envelope(row: Carried) -> Envelope {
    let prev = Head { seq: row.station_seq - 1, hash: Hash(row.prev) };
    let envelope = Envelope::chain(prev, row.station, row.id, row.at, row.actor, row.body);
    assert_eq!(envelope.hash(), Hash(row.hash), "the book and the protocol hash alike");
    envelope
}

fn carried(event: &Envelope) -> Carried {
    Carried {
        id: event.id,
        at: event.at,
        station: event.station,
        station_seq: event.seq,
        prev: event.prev.0,
        actor: event.actor.clone(),
        body: event.body.clone(),
        hash: event.hash().0,
    }
}

impl StationLog for Book {
    type Error = Fault;

    fn standpoint(&self) -> Result<Standpoint, Fault> {
        let state = self.store.db().sync_state()?;
        Ok(Standpoint {
            station: state.station,
            site: SiteId(state.site),
            formerly: state.formerly,
            generation: state.generation,
            cursor: Cursor { seq: state.cursor.number, tag: Hash(state.cursor.tag) },
            acked: Head { seq: state.acked, hash: Hash(state.acked_hash) },
            empty: state.empty,
        })
    }

    fn own_head(&self) -> Result<Head, Fault> {
        let (seq, hash) = self.store.db().own_head()?;
        Ok(Head { seq, hash: Hash(hash) })
    }

    fn own_hash(&self, seq: i64) -> Result<Option<Hash>, Fault> {
        Ok(self.store.db().own_hash(seq)?.map(Hash))
    }

    fn own_after(&self, seq: i64, bytes: usize) -> Result<Vec<Envelope>, Fault> {
        Ok(self.store.db().own_after(seq, bytes)?.into_iter().map(envelope).collect())
    }

    fn set_acked(&mut self, acked: Head) -> Result<(), Fault> {
        self.commits()?;
        Ok(self.store.write(|tx| tx.set_acked(acked.seq, acked.hash.0))?)
    }

    fn take(&mut self, first: i64, entries: &[Placed<'_>], cursor: Cursor) -> Result<(), Fault> {
        self.commits()?;
        let rows: Vec<Option<Carried>> = entries
            .iter()
            .map(|entry| match entry {
                Placed::Event(event) => Some(carried(event)),
                Placed::Own(_) => None,
            })
            .collect();
        let taken: Vec<TakeEntry<'_>> = entries
            .iter()
            .zip(&rows)
            .map(|(entry, row)| match (entry, row) {
                (Placed::Own(seq), _) => TakeEntry::Own(*seq),
                (Placed::Event(_), Some(row)) => TakeEntry::Event(row),
                (Placed::Event(_), None) => unreachable!("each event has its row"),
            })
            .collect();
        let cursor = SiteCursor { number: cursor.seq, tag: cursor.tag.0 };
        Ok(self.store.write(|tx| tx.take(first, &taken, cursor).map(drop))?)
    }

    fn go_back(&mut self, generation: i64, seq: i64) -> Result<(), Fault> {
        self.commits()?;
        Ok(self.store.write(|tx| tx.go_back(generation, seq).map(drop))?)
    }

    fn unnumbered(
        &self,
        after: Option<(StationId, i64)>,
        bytes: usize,
    ) -> Result<Vec<Envelope>, Fault> {
        Ok(self.store.db().unnumbered(after, bytes)?.into_iter().map(envelope).collect())
    }

    fn reincarnate(&mut self, station: StationId) -> Result<(), Fault> {
        self.commits()?;
        self.store.reincarnate(station)?;
        Ok(())
    }

    fn take_snapshot(&mut self, _: &SnapshotPart) -> Result<Option<u64>, Fault> {
        Err(Fault::Store("these histories are too short for a snapshot".into()))
    }
}
