//! Writes one of each message to the folder named, for the fuzzer to begin with.

use std::path::Path;
use domain::{EventId, Hlc, PersonId, StationId, Timestamp};
use sync::{
    Answer, Ask, Cursor, Ed25519Key, Entry, Envelope, Hash, Head, Hello, Message, Page, Push,
    Refused, Session, Signer, SiteId, SnapshotPart, Standing, Welcome,
};

fn main() -> std::io::Result<()> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "corpus/envelope".to_owned());
    std::fs::create_dir_all(&folder)?;
    for (number, message) in messages().iter().enumerate() {
        std::fs::write(Path::new(&folder).join(format!("seed-{number}")), sync::encode(message))?;
    }
    Ok(())
}

/// Few and short, so that they are packed plain and a changed byte is a changed field.
fn events(stations: &[u8], count: i64) -> Vec<Envelope> {
    let mut events = Vec::new();
    for &station in stations {
        let (station, mut head) = (StationId::from_bytes([station; 16]), Head::default());
        for n in 0..count {
            let id = EventId::from_bytes([n as u8 + 1; 16]);
            let body = format!("{{\"kind\":\"x\",\"v\":{}}}", n + 2);
            let actor = PersonId(["ada", "bo"][n as usize % 2].into());
            let event = Envelope::chain(head, station, id, Hlc(n << 16), actor, body);
            head = event.head();
            events.push(event);
        }
    }
    events
}

fn messages() -> Vec<Message> {
    let key = Ed25519Key::from_secret([3; 32]);
    let (station, session, site) =
        (StationId::from_bytes([7; 16]), Session(9), SiteId("north".into()));
    let seal = key.sign(b"a head");
    let push = |events| Push { station, events, seal };
    let head = Head { seq: 3, hash: Hash([5; 32]) };
    let cursor = Cursor { seq: 4, tag: Hash([6; 32]) };
    let entries = vec![Entry::Sent { count: 4 }, Entry::Yours { seq: 5, count: 2 }];
    vec![
        Message::Enroll { code: "ABCD".into(), station, public_key: key.public_key() },
        Message::Hello(Hello {
            session,
            station,
            site,
            generation: 1,
            cursor,
            formerly: vec![station],
            public_key: key.public_key(),
            proof: seal,
        }),
        Message::Push(push(events(&[7], 3))),
        Message::Push(push(events(&[7], 40))),
        Message::Offer(push(events(&[7, 8], 2))),
        Message::Pull { session, after: 7, mine: 3 },
        Message::SnapshotAsk { session, seq: 4, offset: 10 },
        Message::Ask(Ask::Quota { sku: "MUG".into(), known: 1, want: 2 }),
        Message::Welcome(Welcome {
            session,
            station,
            standing: Standing::Active,
            generation: 2,
            back_to: Some(3),
            head,
            site_head: 9,
            now: Timestamp(1_760_000_000_000),
        }),
        Message::Ack { station, head },
        Message::Page(Page { session, after: 0, head: 6, entries, events: events(&[7, 8], 2) }),
        Message::SnapshotPart(SnapshotPart {
            session,
            generation: 1,
            cursor,
            hash: Hash([1; 32]),
            size: 3,
            offset: 0,
            bytes: vec![1, 2, 3],
        }),
        Message::Answer(Answer::Quota { sku: "MUG".into(), granted: 3 }),
        Message::Refused(Refused::Busy { after_ms: 5 }),
    ]
}
