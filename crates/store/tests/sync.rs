//! What a desktop keeps of syncing: numbers, cursor, own chain, what it cannot read, and its past.

#![allow(clippy::unwrap_used)]

mod common;

use common::*;
use domain::{Body, PersonId, Qty, StationId, Timestamp};
use rusqlite::Connection;
use std::path::Path;
use store::{
    Carried, NewEvent, OpenMode, QuotaRow, SiteCursor, Store, StoreError, TakeEntry, Taken, WhyHeld,
};

const ALL: usize = usize::MAX;

fn open_as(folder: &Path, name: &str, number: u64) -> Store {
    Store::open(&folder.join(name), OpenMode::Durable, station(number)).unwrap()
}

fn record(store: &mut Store, numbers: std::ops::Range<u64>) {
    let events = numbers
        .map(|number| NewEvent {
            id: event_id(number),
            actor: PersonId("ada".into()),
            body: receipt(&sku(1), "A-01", number as i64),
        })
        .collect();
    store.write(|tx| tx.record(START, events).map(drop)).unwrap();
}

fn cursor(number: i64) -> SiteCursor {
    SiteCursor { number, tag: [number as u8; 32] }
}

fn take(store: &mut Store, first: i64, events: &[Carried]) -> Result<Taken, StoreError> {
    let entries: Vec<_> = events.iter().map(TakeEntry::Event).collect();
    let last = first + events.len() as i64 - 1;
    store.take(first, &entries, cursor(last)).map(|(taken, _)| taken)
}

fn sound(store: &Store, folder: &Path) {
    let checks = store.verify(&folder.join("scratch")).unwrap().checks;
    let failures: Vec<_> = checks.into_iter().filter_map(|check| check.failure).collect();
    assert_eq!(failures, Vec::<String>::new());
}

/// As the book hashes, so that events can be made that it cannot read.
fn chained(
    prev: [u8; 32],
    author: StationId,
    station_seq: i64,
    number: u64,
    body: &str,
) -> Carried {
    let (id, actor) = (event_id(number), PersonId("ada".into()));
    let mut hasher = blake3::Hasher::new();
    let before: &[u8] = if prev == [0; 32] { &[] } else { &prev };
    for part in [before, id.0.as_bytes(), author.0.as_bytes(), b"ada", body.as_bytes()] {
        hasher.update(&(part.len() as u64).to_le_bytes()).update(part);
    }
    hasher.update(&at(5).0.to_le_bytes()).update(&station_seq.to_le_bytes());
    let hash = *hasher.finalize().as_bytes();
    Carried { id, at: at(5), station: author, station_seq, prev, actor, body: body.into(), hash }
}

#[test]
fn others_events_are_taken_once_with_their_effects_and_the_cursor() {
    let folder = tempfile::tempdir().unwrap();
    let mut author = open_as(folder.path(), "author.db", 1);
    record(&mut author, 1..6);
    let events = author.db().own_after(0, ALL).unwrap();
    let mut reader = open_as(folder.path(), "reader.db", 2);
    assert!(reader.db().sync_state().unwrap().empty);

    let taken = take(&mut reader, 1, &events).unwrap();
    assert_eq!(taken, Taken { fresh: 5, ..Taken::default() });
    let again = take(&mut reader, 1, &events).unwrap();
    assert_eq!(again, Taken { known: 5, ..Taken::default() });
    let state = reader.db().sync_state().unwrap();
    assert_eq!((state.cursor, state.empty), (cursor(5), false));
    assert_eq!(reader.db().state_hash().unwrap(), author.db().state_hash().unwrap());
    sound(&reader, folder.path());
}

#[test]
fn nothing_of_a_part_stays_when_its_transaction_fails() {
    let folder = tempfile::tempdir().unwrap();
    let mut author = open_as(folder.path(), "author.db", 1);
    record(&mut author, 1..4);
    let events = author.db().own_after(0, ALL).unwrap();
    let mut reader = open_as(folder.path(), "reader.db", 2);
    let entries: Vec<_> = events.iter().map(TakeEntry::Event).collect();
    let failed: Result<(), StoreError> = reader.write(|tx| {
        tx.take(1, &entries, cursor(3))?;
        Err(StoreError::DiskFull)
    });
    assert!(failed.is_err());
    assert_eq!(reader.db().event_count().unwrap(), 0);
    assert_eq!(reader.db().sync_state().unwrap().cursor, SiteCursor::default());
    assert_eq!(take(&mut reader, 1, &events).unwrap().fresh, 3);
}

#[test]
fn own_events_are_named_by_their_place_and_given_in_pieces() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open_as(folder.path(), "book.db", 1);
    record(&mut store, 1..6);
    let db = store.db();
    let all = db.own_after(0, ALL).unwrap();
    assert_eq!(all.iter().map(|event| event.station_seq).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
    assert_eq!((all[0].prev, all[1].prev), ([0; 32], all[0].hash));
    assert_eq!(db.own_after(3, 1).unwrap(), all[3..4]);
    assert_eq!(db.own_head().unwrap(), (5, all[4].hash));
    assert_eq!((db.own_hash(0).unwrap(), db.own_hash(9).unwrap()), (Some([0; 32]), None));

    store.write(|tx| tx.set_acked(3, all[2].hash)).unwrap();
    store
        .write(|tx| tx.take(1, &[TakeEntry::Own(1), TakeEntry::Own(2)], cursor(2)).map(drop))
        .unwrap();
    let (open, oldest) = store.db().unacknowledged().unwrap();
    assert_eq!((open, oldest), (2, Some(START)));
    assert_eq!(store.db().sync_state().unwrap().acked, 3);
}

#[test]
fn a_newer_kind_is_kept_byte_for_byte_and_read_after_an_update() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open_as(folder.path(), "book.db", 2);
    let author = station(1);
    let note = |value: &str| {
        let body = Body::SettingSet { name: "n".into(), value: value.into() };
        serde_json::to_string(&body).unwrap()
    };
    let versioned = note("x").replacen("\"name\"", "\"v\":2,\"name\"", 1);
    let mut events = Vec::new();
    for (number, body) in
        (1..).zip(["{\"kind\":\"teleported\",  \"far\":1.50}", &versioned, &note("y")])
    {
        let prev = events.last().map_or([0; 32], |event: &Carried| event.hash);
        events.push(chained(prev, author, number as i64, number, body));
    }
    let taken = take(&mut store, 1, &events).unwrap();
    assert_eq!(taken, Taken { fresh: 1, newer: 2, ..Taken::default() });
    let held = store.db().held_events().unwrap();
    assert_eq!(
        held.iter().map(|row| &row.body).collect::<Vec<_>>(),
        [&events[0].body, &events[1].body]
    );
    assert!(held.iter().all(|row| row.why == WhyHeld::Newer));
    sound(&store, folder.path());
    assert_eq!(take(&mut store, 1, &events).unwrap().known, 3);

    // They are offered again with the rest, as they came.
    store.write(|tx| tx.go_back(2, 0).map(drop)).unwrap();
    assert_eq!(store.db().unnumbered(None, ALL).unwrap(), events);
    assert_eq!(store.db().unnumbered(Some((author, 1)), 1).unwrap(), events[1..2]);
    assert_eq!(take(&mut store, 1, &events).unwrap().known, 3);
    assert_eq!(store.db().unnumbered(None, ALL).unwrap(), []);
    assert_eq!(store.write(|tx| tx.read_held()).unwrap(), 0);
    drop(store);

    // As if an older program had not known the third.
    let raw = Connection::open(folder.path().join("book.db")).unwrap();
    raw.execute_batch(
        "DROP TRIGGER event_no_delete;
         INSERT INTO held_event SELECT id, at, station, station_seq, actor, body, hash, number,
             'newer', '' FROM event;
         DELETE FROM event; DELETE FROM register;
         CREATE TRIGGER event_no_delete BEFORE DELETE ON event
         BEGIN SELECT RAISE(ABORT, 'events are immutable'); END;",
    )
    .unwrap();
    drop(raw);
    let mut store = open_as(folder.path(), "book.db", 2);
    assert_eq!(store.write(|tx| tx.read_held()).unwrap(), 1);
    assert_eq!(store.db().held_events().unwrap().len(), 2);
    sound(&store, folder.path());
}

#[test]
fn what_cannot_be_applied_is_parked_and_the_rest_flows() {
    let folder = tempfile::tempdir().unwrap();
    let mut author = open_as(folder.path(), "author.db", 1);
    record(&mut author, 1..4);
    let mut events = author.db().own_after(0, ALL).unwrap();
    // A server that was fooled: two events claim one place.
    let body = events[1].body.clone();
    events.insert(2, chained(events[0].hash, station(1), 2, 77, &body));
    let mut reader = open_as(folder.path(), "reader.db", 2);
    let taken = take(&mut reader, 1, &events).unwrap();
    assert_eq!(taken, Taken { fresh: 3, parked: 1, ..Taken::default() });
    let held = reader.db().held_events().unwrap();
    assert_eq!((held[0].id, held[0].why), (event_id(77), WhyHeld::Parked));
    assert_eq!(reader.db().state_hash().unwrap(), author.db().state_hash().unwrap());
}

#[test]
fn the_same_id_with_other_content_is_an_alarm() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open_as(folder.path(), "book.db", 2);
    let one = chained([0; 32], station(1), 1, 1, "{\"kind\":\"x\"}");
    take(&mut store, 1, std::slice::from_ref(&one)).unwrap();
    let other = chained([0; 32], station(1), 1, 1, "{\"kind\":\"y\"}");
    let error = take(&mut store, 2, &[other]).unwrap_err();
    assert!(matches!(error, StoreError::SameIdOtherContent { .. }));
    assert_eq!(store.db().sync_state().unwrap().cursor, cursor(1));
}

#[test]
fn going_back_stops_at_a_cursor_that_was() {
    let folder = tempfile::tempdir().unwrap();
    let mut author = open_as(folder.path(), "author.db", 1);
    record(&mut author, 1..7);
    let events = author.db().own_after(0, ALL).unwrap();
    let mut reader = open_as(folder.path(), "reader.db", 2);
    take(&mut reader, 1, &events[..2]).unwrap();
    take(&mut reader, 3, &events[2..]).unwrap();
    let back = reader.write(|tx| tx.go_back(2, 4)).unwrap();
    assert_eq!(back, cursor(2));
    let state = reader.db().sync_state().unwrap();
    assert_eq!((state.generation, state.cursor), (2, cursor(2)));
    assert_eq!(reader.db().unnumbered(None, ALL).unwrap(), events[2..]);
    assert_eq!(reader.write(|tx| tx.go_back(3, 9)).unwrap(), cursor(2));
    sound(&reader, folder.path());
}

#[test]
fn after_a_fork_the_same_events_go_on_under_a_new_id() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open_as(folder.path(), "book.db", 1);
    record(&mut store, 1..4);
    store.backup_to(&folder.path().join("copy.db")).unwrap();
    record(&mut store, 4..6);
    let mut copy =
        Store::open(&folder.path().join("copy.db"), OpenMode::Durable, station(9)).unwrap();
    record(&mut copy, 6..8);
    let third = copy.db().own_hash(3).unwrap().unwrap();
    copy.write(|tx| tx.set_acked(3, third)).unwrap();
    copy.write(|tx| tx.raise_quota(&sku(1), QuotaRow { granted: Qty(5), ..QuotaRow::default() }))
        .unwrap();

    assert_eq!(copy.reincarnate(station(2)).unwrap(), 2);
    let state = copy.db().sync_state().unwrap();
    assert_eq!((copy.station(), state.station, state.acked), (station(2), station(2), 0));
    assert_eq!(state.formerly, [station(1)]);
    let own = copy.db().own_after(0, ALL).unwrap();
    let ids: Vec<_> =
        own.iter().map(|event| (event.station, event.station_seq, event.id)).collect();
    assert_eq!(ids, [(station(2), 1, event_id(6)), (station(2), 2, event_id(7))]);
    assert_eq!(copy.db().quota(&sku(1)).unwrap(), QuotaRow::default());
    sound(&copy, folder.path());

    // What the first machine did after the copy fits into its chain, and the next event into ours.
    let others = store.db().own_after(3, ALL).unwrap();
    assert_eq!(take(&mut copy, 4, &others).unwrap().fresh, 2);
    record(&mut copy, 8..9);
    assert_eq!(copy.db().own_head().unwrap().0, 3);
    sound(&copy, folder.path());
    let copy = {
        drop(copy);
        open_as(folder.path(), "copy.db", 9)
    };
    assert_eq!(copy.station(), station(2));
}

#[test]
fn a_new_desktop_begins_with_a_copy_of_another_book() {
    let folder = tempfile::tempdir().unwrap();
    let mut first = open_as(folder.path(), "first.db", 1);
    record(&mut first, 1..5);
    let path = folder.path().join("copy.db");
    first.backup_to(&path).unwrap();
    let mut second = open_as(folder.path(), "second.db", 2);
    second.write(|tx| tx.set_site("north")).unwrap();
    let mut looking = second.reader().unwrap();
    assert!(second.adopt(&path, 3, cursor(4)).unwrap());
    let state = second.db().sync_state().unwrap();
    assert_eq!((state.station, state.site.as_str()), (station(2), "north"));
    assert_eq!((state.generation, state.cursor, state.acked), (3, cursor(4), 0));
    // Who had the empty book open sees the copy.
    assert_eq!(looking.read(|db| db.event_count()).unwrap(), 4);
    record(&mut second, 9..10);
    assert_eq!(second.db().own_head().unwrap().0, 1);
    assert!(!second.adopt(&path, 3, cursor(4)).unwrap(), "it has events now");
    assert_eq!(second.db().event_count().unwrap(), 5);
    sound(&second, folder.path());
    drop((second, looking));
    let again = open_as(folder.path(), "second.db", 9);
    assert_eq!((again.station(), again.db().event_count().unwrap()), (station(2), 5));
}

#[test]
fn quotas_only_grow_and_leases_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open_as(folder.path(), "book.db", 1);
    let rows = [(5, 0, 0), (3, 2, 0), (4, 1, 1)];
    for (granted, spent, returned) in rows {
        let to = QuotaRow { granted: Qty(granted), spent: Qty(spent), returned: Qty(returned) };
        store.write(|tx| tx.raise_quota(&sku(1), to)).unwrap();
    }
    let quota = store.db().quota(&sku(1)).unwrap();
    assert_eq!((quota.granted, quota.spent, quota.returned), (Qty(5), Qty(2), Qty(1)));
    store.write(|tx| tx.set_lease("wave-1", Timestamp(7), 60_000)).unwrap();
    assert_eq!(store.db().lease("wave-1").unwrap(), Some((Timestamp(7), 60_000)));
    store.write(|tx| tx.drop_lease("wave-1")).unwrap();
    assert_eq!(store.db().lease("wave-1").unwrap(), None);
}
