//! Frames that no desktop of ours would send, at the real door: each is refused by name, and none
//! changes anything.

use crate::process::{ServerProcess, admin};
use domain::{EventId, Hlc, PersonId, StationId, Timestamp};
use server::log::Log;
use std::collections::BTreeSet;
use std::net::TcpStream;
use std::path::Path;
use std::time::Duration;
use sync::{
    Code, Cursor, Ed25519Key, EnrollError, Envelope, Grant, Head, Hello, Limits, Message, Offer,
    Push, Refused, Session, Signer, SiteId, decode, encode, head_statement, hello_statement,
};
use tungstenite::stream::MaybeTlsStream;
use tungstenite::{Message as Frame, WebSocket};

struct Line(WebSocket<MaybeTlsStream<TcpStream>>);

impl Line {
    fn to(server: &ServerProcess) -> Line {
        let url = format!("{}/v1/sync", server.url.replace("http:", "ws:"));
        let (socket, _) = tungstenite::connect(url).unwrap();
        if let MaybeTlsStream::Plain(tcp) = socket.get_ref() {
            tcp.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        }
        Line(socket)
    }

    fn ask(&mut self, message: &Message) -> Message {
        self.ask_bytes(encode(message)).unwrap()
    }

    /// `None` when the server hangs up without a word.
    fn ask_bytes(&mut self, bytes: Vec<u8>) -> Option<Message> {
        // It may hang up while a frame that is too large is still on its way.
        let _ = self.0.send(Frame::Binary(bytes.into()));
        loop {
            match self.0.read() {
                Ok(Frame::Binary(bytes)) => match decode(&bytes, &Limits::DEFAULT).unwrap() {
                    Message::More { .. } => continue,
                    message => return Some(message),
                },
                Ok(Frame::Close(_)) | Err(_) => return None,
                Ok(_) => continue,
            }
        }
    }
}

struct Stranger {
    key: Ed25519Key,
    station: StationId,
}

impl Stranger {
    fn new(number: u8) -> Stranger {
        let station = StationId::from_bytes([number; 16]);
        Stranger { key: Ed25519Key::from_secret([number; 32]), station }
    }

    fn enroll(&self, line: &mut Line, code: &str) -> Result<Grant, EnrollError> {
        let (code, station, public_key) = (code.to_owned(), self.station, self.key.public_key());
        match line.ask(&Message::Enroll { code, station, public_key }) {
            Message::EnrollAnswer { answer, .. } => answer,
            other => panic!("{other:?}"),
        }
    }

    fn hello(&self, site: &str) -> Hello {
        let mut hello = Hello {
            session: Session(5),
            station: self.station,
            site: SiteId(site.into()),
            generation: 0,
            cursor: Cursor::default(),
            formerly: Vec::new(),
            public_key: self.key.public_key(),
            proof: [0; 64],
        };
        hello.proof = self.key.sign(&hello_statement(&hello));
        hello
    }

    fn push(&self, count: i64) -> Push {
        let (mut head, mut events) = (Head::default(), Vec::new());
        for n in 0..count {
            let (id, actor) = (EventId::from_bytes([n as u8 + 1; 16]), PersonId("ada".into()));
            let body = format!(r#"{{"kind":"setting_set","name":"n{n}","value":"x"}}"#);
            events.push(Envelope::chain(head, self.station, id, Hlc(n), actor, body));
            head = events[events.len() - 1].head();
        }
        let seal = self.key.sign(&head_statement(self.station, head));
        Push { station: self.station, events, seal }
    }
}

fn refused(answer: Message) -> Refused {
    match answer {
        Message::Refused(refused) => refused,
        other => panic!("{other:?}"),
    }
}

/// How many events of this station the site's log has.
fn events_of(data: &Path, station: StationId) -> usize {
    let rows = Log::embedded(data).unwrap().rows_after(&SiteId("north".into()), 0, 1 << 20);
    rows.unwrap().iter().filter(|row| row.event.station == station).count()
}

#[test]
fn each_is_refused_by_name_and_changes_nothing() {
    let data = tempfile::tempdir().unwrap();
    for site in ["north", "south"] {
        admin(data.path(), None, &["site", site]);
    }
    let code = admin(data.path(), None, &["code", "north", "desk"]);
    let server = ServerProcess::start(data.path(), None);
    let mut line = Line::to(&server);
    let one = Stranger::new(1);

    // Nobody knows it, or its code.
    assert_eq!(refused(line.ask(&Message::Hello(one.hello("north")))), Refused::UnknownStation);
    assert_eq!(refused(line.ask(&Message::Push(one.push(1)))), Refused::UnknownStation);
    assert_eq!(one.enroll(&mut line, "ABCD-EFGH-JKLM"), Err(EnrollError::Unknown));
    let old = Code::from_random(7);
    let grant = Grant { site: SiteId("north".into()), not: BTreeSet::new() };
    let offer = Offer { grant, expires: Timestamp(1), used_by: None };
    Log::embedded(data.path()).unwrap().add_code(old.hash(), "old", &offer).unwrap();
    assert_eq!(one.enroll(&mut line, &old.spoken()), Err(EnrollError::Expired));
    assert!(one.enroll(&mut line, &code).is_ok());
    assert_eq!(Stranger::new(2).enroll(&mut line, &code), Err(EnrollError::Used));

    // Of another site, or somebody else's signature.
    assert_eq!(refused(line.ask(&Message::Hello(one.hello("south")))), Refused::OtherSite);
    let mut forged = one.hello("north");
    forged.proof[9] ^= 1;
    assert_eq!(refused(line.ask(&Message::Hello(forged))), Refused::BadSignature);
    let pull = Message::Pull { session: Session(5), after: 0, mine: 0 };
    assert_eq!(refused(line.ask(&pull)), Refused::NotWelcomed);
    assert!(matches!(line.ask(&Message::Hello(one.hello("north"))), Message::Welcome(_)));
    let mut forged = one.push(2);
    forged.seal[9] ^= 1;
    assert_eq!(refused(line.ask(&Message::Push(forged))), Refused::BadSignature);
    assert_eq!(events_of(data.path(), one.station), 0);

    // A replayed batch gets the same answer and is there once.
    let first = line.ask(&Message::Push(one.push(3)));
    assert!(matches!(first, Message::Ack { .. }), "{first:?}");
    assert_eq!(line.ask(&Message::Push(one.push(3))), first);
    assert_eq!(events_of(data.path(), one.station), 3);

    // What is no message, was damaged, or is too large ends the line.
    assert_eq!(refused(line.ask_bytes(vec![1, 2, 3]).unwrap()), Refused::Unreadable);
    let mut line = Line::to(&server);
    let mut damaged = encode(&Message::Push(one.push(4)));
    damaged[20] ^= 1;
    assert_eq!(refused(line.ask_bytes(damaged).unwrap()), Refused::Unreadable);
    let mut line = Line::to(&server);
    assert_eq!(line.ask_bytes(vec![0; Limits::DEFAULT.frame_bytes + 1]), None);

    // Shut out: it may deliver, and nothing of it counts.
    admin(data.path(), None, &["revoke", &one.station.to_string()]);
    let mut line = Line::to(&server);
    assert!(matches!(line.ask(&Message::Hello(one.hello("north"))), Message::Welcome(_)));
    assert_eq!(refused(line.ask(&pull)), Refused::Revoked);
    assert!(matches!(line.ask(&Message::Push(one.push(5))), Message::Ack { .. }));
    assert_eq!(events_of(data.path(), one.station), 3);
}
