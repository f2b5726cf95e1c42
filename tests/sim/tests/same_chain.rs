//! The book and the protocol give an event the same hash.

#![allow(clippy::unwrap_used)]

use domain::{Body, EventId, PersonId, StationId, Timestamp};
use store::{NewEvent, OpenMode, Store};
use sync::{Envelope, Head};

#[test]
fn a_recorded_event_has_the_hash_of_its_envelope() {
    let folder = tempfile::tempdir().unwrap();
    let station = StationId::from_bytes([7; 16]);
    let mut store =
        Store::open(&folder.path().join("book.db"), OpenMode::Durable, station).unwrap();
    let events = (1..4)
        .map(|number| NewEvent {
            id: EventId::from_bytes([number; 16]),
            actor: PersonId("li.wei".into()),
            body: Body::SettingSet { name: format!("note {number}"), value: "\u{4f60}".into() },
        })
        .collect();
    store.write(|tx| tx.record(Timestamp(5), events)).unwrap();
    let mut head = Head::default();
    for stored in store.db().events_after(0, 10).unwrap() {
        let event = stored.event;
        let body = serde_json::to_string(&event.body).unwrap();
        let envelope = Envelope::chain(head, station, event.id, event.at, event.actor, body);
        assert_eq!(envelope.hash().0.as_slice(), stored.hash);
        assert_eq!(envelope.kind().unwrap().name, "setting_set");
        head = envelope.head();
    }
    assert_eq!(head.seq, 3);
}
