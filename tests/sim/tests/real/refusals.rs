//! What a server refuses, each by its name, and that nothing of it gets into the log.

use super::{START, open, station_id};
use crate::log::Book;
use domain::{Body, EventId, PersonId, Timestamp};
use sim::Central;
use store::NewEvent;
use sync::{
    Ed25519Key, Limits, Message, Refused, Rules, Server, Session, Signer, Station, check_ed25519,
};

const NOW: Timestamp = Timestamp(START);

struct Scene {
    _folder: tempfile::TempDir,
    book: Book,
    station: Station<Ed25519Key>,
    server: Server,
    central: Central,
}

fn scene() -> Scene {
    let folder = tempfile::tempdir().unwrap();
    let mut book = open(&folder.path().join("book.db"), 1, None);
    let body = Body::SettingSet { name: "n".into(), value: "v".into() };
    let event = NewEvent { id: EventId::from_bytes([5; 16]), actor: PersonId("ada".into()), body };
    book.store.write(|tx| tx.record(NOW, vec![event]).map(drop)).unwrap();
    let key = Ed25519Key::from_secret([1; 32]);
    let mut central = Central::new(Rules::SOUND);
    central.enroll(station_id(1), key.public_key());
    let mut station = Station::new(key, Limits::DEFAULT, Rules::SOUND);
    station.connected(Session(9), NOW);
    let server = Server::new(check_ed25519, Limits::DEFAULT, Rules::SOUND);
    Scene { _folder: folder, book, station, server, central }
}

impl Scene {
    fn say(&mut self) -> Message {
        self.station.poll_transmit(&mut self.book, NOW).unwrap().unwrap()
    }

    fn hear(&mut self, message: Message) -> Message {
        self.server.handle(&mut self.central, message, NOW).unwrap().unwrap()
    }

    fn refuses(&mut self, message: Message, expected: Refused) {
        let answer = self.hear(message);
        assert_eq!(answer, Message::Refused(expected));
        assert!(self.central.rows.is_empty());
    }

    /// As far as a greeting; what comes next is a push.
    fn welcomed(&mut self) {
        let hello = self.say();
        let welcome = self.hear(hello);
        self.station.handle(&mut self.book, welcome, NOW).unwrap();
    }
}

#[test]
fn strangers_and_forgers_are_not_welcome() {
    let mut unknown = scene();
    unknown.central.stations.clear();
    let hello = unknown.say();
    unknown.refuses(hello, Refused::UnknownStation);

    let mut forged = scene();
    let Message::Hello(mut hello) = forged.say() else { unreachable!() };
    hello.session = Session(10);
    forged.refuses(Message::Hello(hello), Refused::BadSignature);

    let mut elsewhere = scene();
    elsewhere.book.store.write(|tx| tx.set_site("south")).unwrap();
    let hello = elsewhere.say();
    elsewhere.refuses(hello, Refused::OtherSite);

    let mut silent = scene();
    let pull = Message::Pull { session: Session(9), after: 0, mine: 0 };
    silent.refuses(pull, Refused::NotWelcomed);
}

#[test]
fn a_push_that_was_changed_on_the_way_is_not_taken() {
    let mut scene = scene();
    scene.welcomed();
    let Message::Push(push) = scene.say() else { unreachable!() };
    let mut unsealed = push.clone();
    unsealed.seal[0] ^= 1;
    scene.refuses(Message::Push(unsealed), Refused::BadSignature);
    let mut borrowed = push.clone();
    borrowed.station = station_id(2);
    scene.refuses(Message::Push(borrowed), Refused::UnknownStation);

    let answer = scene.hear(Message::Push(push.clone()));
    assert!(matches!(answer, Message::Ack { head, .. } if head.seq == 1));
    // Replayed: the same answer, and nothing more in the log.
    assert_eq!(scene.hear(Message::Push(push)), answer);
    assert_eq!(scene.central.rows.len(), 1);
}

#[test]
fn what_a_revoked_desktop_brings_is_kept_aside() {
    let mut scene = scene();
    scene.welcomed();
    scene.central.stations.get_mut(&station_id(1)).unwrap().revoked = true;
    let push = scene.say();
    assert!(matches!(scene.hear(push), Message::Ack { .. }));
    assert_eq!((scene.central.rows.len(), scene.central.aside.len()), (0, 1));
    let ask = sync::Ask::Lease { task: "wave".into() };
    let hello = {
        scene.station.connected(Session(11), NOW);
        scene.say()
    };
    scene.hear(hello);
    scene.refuses(Message::Ask(ask), Refused::Revoked);
    scene.refuses(Message::Pull { session: Session(11), after: 0, mine: 0 }, Refused::Revoked);
}
