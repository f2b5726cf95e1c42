//! The station's log: rows of the store in the protocol's words.

use super::snapshot;
use crate::App;
use crate::problem::{Fault, Problem};
use domain::{Sku, StationId};
use std::collections::BTreeSet;
use store::{Carried, SiteCursor, TakeEntry};
use sync::{Cursor, Envelope, Hash, Head, Placed, SiteId, SnapshotPart, Standpoint, StationLog};

pub struct BookLog<'a>(pub &'a App);

impl App {
    /// How far the site's log was taken in.
    pub fn cursor(&self) -> Result<Cursor, Problem> {
        Ok(BookLog(self).standpoint()?.cursor)
    }

    /// Takes in a part of the site's log; answers the SKUs that somebody has to settle now.
    pub fn take_in(
        &self,
        first: i64,
        placed: &[Placed<'_>],
        cursor: Cursor,
    ) -> Result<BTreeSet<Sku>, Problem> {
        let carried: Vec<Option<Carried>> = placed.iter().map(carried).collect();
        let entries: Vec<TakeEntry<'_>> = placed
            .iter()
            .zip(&carried)
            .map(|(placed, carried)| match (placed, carried) {
                (Placed::Own(seq), _) => TakeEntry::Own(*seq),
                (Placed::Event(_), Some(carried)) => TakeEntry::Event(carried),
                (Placed::Event(event), None) => TakeEntry::Own(event.seq),
            })
            .collect();
        let cursor = SiteCursor { number: cursor.seq, tag: cursor.tag.0 };
        let taken = self.with_store(|store| store.take(first, &entries, cursor));
        let (_, touching) = taken.map_err(problem)?;
        self.announce(touching.topics);
        Ok(touching.skus)
    }
}

fn carried(placed: &Placed<'_>) -> Option<Carried> {
    match placed {
        Placed::Own(_) => None,
        Placed::Event(event) => Some(Carried {
            id: event.id,
            at: event.at,
            station: event.station,
            station_seq: event.seq,
            prev: event.prev.0,
            actor: event.actor.clone(),
            body: event.body.clone(),
            hash: event.hash().0,
        }),
    }
}

/// The hash is computed again on the way: a row that was spoiled on the disk does not travel.
fn envelope(row: Carried) -> Envelope {
    let prev = Head { seq: row.station_seq - 1, hash: Hash(row.prev) };
    Envelope::chain(prev, row.station, row.id, row.at, row.actor, row.body)
}

fn problem(error: store::StoreError) -> Problem {
    Fault::Store(error).into_problem(crate::lang::Lang::En)
}

impl BookLog<'_> {
    fn read<T>(
        &self,
        question: impl FnOnce(&store::Db<'_>) -> Result<T, store::StoreError>,
    ) -> Result<T, Problem> {
        self.0.with_store(|store| question(&store.db())).map_err(problem)
    }

    fn change<T>(
        &self,
        work: impl FnOnce(&mut store::Tx<'_>) -> Result<T, store::StoreError>,
    ) -> Result<T, Problem> {
        self.0.with_store(|store| store.write(work)).map_err(problem)
    }
}

impl StationLog for BookLog<'_> {
    type Error = Problem;

    fn standpoint(&self) -> Result<Standpoint, Problem> {
        let state = self.read(|db| db.sync_state())?;
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

    fn own_head(&self) -> Result<Head, Problem> {
        let (seq, hash) = self.read(|db| db.own_head())?;
        Ok(Head { seq, hash: Hash(hash) })
    }

    fn own_hash(&self, seq: i64) -> Result<Option<Hash>, Problem> {
        Ok(self.read(|db| db.own_hash(seq))?.map(Hash))
    }

    fn own_after(&self, seq: i64, bytes: usize) -> Result<Vec<Envelope>, Problem> {
        let rows = self.read(|db| db.own_after(seq, bytes))?;
        Ok(rows.into_iter().map(envelope).collect())
    }

    fn set_acked(&mut self, acked: Head) -> Result<(), Problem> {
        self.change(|tx| tx.set_acked(acked.seq, acked.hash.0))
    }

    fn take(&mut self, first: i64, entries: &[Placed<'_>], cursor: Cursor) -> Result<(), Problem> {
        // Whoever decides settles; this desktop does it with its next own command.
        self.0.take_in(first, entries, cursor).map(drop)
    }

    fn go_back(&mut self, generation: i64, seq: i64) -> Result<(), Problem> {
        self.change(|tx| tx.go_back(generation, seq)).map(drop)
    }

    fn unnumbered(
        &self,
        after: Option<(StationId, i64)>,
        bytes: usize,
    ) -> Result<Vec<Envelope>, Problem> {
        let rows = self.read(|db| db.unnumbered(after, bytes))?;
        Ok(rows.into_iter().map(envelope).collect())
    }

    fn reincarnate(&mut self, station: StationId) -> Result<(), Problem> {
        self.0.with_store(|store| store.reincarnate(station)).map(drop).map_err(problem)
    }

    fn take_snapshot(&mut self, part: &SnapshotPart) -> Result<Option<u64>, Problem> {
        snapshot::take(self.0, part)
    }
}
