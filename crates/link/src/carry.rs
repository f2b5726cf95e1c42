//! The loop: connect, greet, push, pull, and say how it goes.

use crate::identity::{IdentityError, Server, key};
use crate::socket::{Socket, SocketError};
use app::syncing::{BookLog, LinkState, Wish};
use app::{App, Problem};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Receiver;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use sync::{
    Ed25519Key, Limits, Message, Notice, Refused, Rules, Session, Signer, Standing, Station,
};
use thiserror::Error;

/// The first wait after a line broke; each further one is twice as long.
const AGAIN: Duration = Duration::from_secs(1);
const AGAIN_MAX: Duration = Duration::from_secs(30);
/// How long an answer to a code may take.
const ENROLL_WAIT: Duration = Duration::from_secs(15);
/// How often the desktop looks whether it should borrow more.
const BORROW_EVERY: Duration = Duration::from_secs(5);
const LOOK_EVERY: Duration = Duration::from_millis(100);

#[derive(Debug, Error)]
enum WireError {
    #[error(transparent)]
    Socket(#[from] SocketError),
    #[error("{}", .0.what_happened)]
    Book(Problem),
    #[error(transparent)]
    Identity(#[from] IdentityError),
}

impl From<Problem> for WireError {
    fn from(problem: Problem) -> WireError {
        WireError::Book(problem)
    }
}

/// The running wire; it stops when this is dropped.
pub struct Wire {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            // A wire that panicked has nothing more to say; the book is whole.
            let _ = thread.join();
        }
    }
}

/// Starts the wire of an open book. It does nothing until the desktop is enrolled.
pub fn start(app: Arc<App>) -> Wire {
    // Another part of the program may have chosen the same already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let stop = Arc::new(AtomicBool::new(false));
    let ending = stop.clone();
    let thread = std::thread::spawn(move || {
        if let Some(wishes) = app.link.wishes() {
            let stop = &ending;
            Carrier { app: &app, wishes, stop, server: None, secret: None, wait: AGAIN }.run();
        }
    });
    Wire { stop, thread: Some(thread) }
}

struct Carrier<'a> {
    app: &'a App,
    wishes: Receiver<Wish>,
    stop: &'a AtomicBool,
    server: Option<Server>,
    secret: Option<[u8; 32]>,
    wait: Duration,
}

impl Carrier<'_> {
    fn run(&mut self) {
        match Server::load(self.app.dir()) {
            Ok(Some(server)) => self.belongs_to(server),
            Ok(None) => {}
            Err(error) => self.app.link.set(LinkState::Offline, &error.to_string()),
        }
        while !self.ends() {
            self.look_for_wishes();
            let Some(server) = self.server.clone() else {
                std::thread::sleep(LOOK_EVERY);
                continue;
            };
            if let Err(error) = self.talk(&server) {
                self.app.link.set(LinkState::Offline, &error.to_string());
                self.app.link_changed();
                self.pause();
            }
        }
    }

    fn ends(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    fn belongs_to(&mut self, server: Server) {
        self.app.link.set_server(&server.url, &server.site);
        self.app.link.set(LinkState::Offline, "");
        self.server = Some(server);
    }

    /// Waits before the next try, unless somebody wishes something.
    fn pause(&mut self) {
        let until = Instant::now() + self.wait;
        self.wait = (self.wait * 2).min(AGAIN_MAX);
        while Instant::now() < until && !self.ends() {
            self.look_for_wishes();
            std::thread::sleep(LOOK_EVERY);
        }
    }

    fn look_for_wishes(&mut self) {
        while let Ok(wish) = self.wishes.try_recv() {
            match wish {
                Wish::Send => self.wait = AGAIN,
                Wish::Enroll { url, code } => self.enroll(&url, &code),
            }
        }
    }

    fn enroll(&mut self, url: &str, code: &str) {
        self.app.link.set(LinkState::Enrolling, "");
        match self.ask_for_place(url, code) {
            Ok(Ok(server)) => {
                self.wait = AGAIN;
                self.belongs_to(server);
            }
            Ok(Err(refused)) => self.app.link.set(self.idle_state(), &refused),
            Err(error) => self.app.link.set(self.idle_state(), &error.to_string()),
        }
    }

    fn idle_state(&self) -> LinkState {
        if self.server.is_some() { LinkState::Offline } else { LinkState::Alone }
    }

    fn ask_for_place(
        &mut self,
        url: &str,
        code: &str,
    ) -> Result<Result<Server, String>, WireError> {
        let key = self.key()?;
        let mut socket = Socket::open(url)?;
        let station = self.app.with_store(|store| store.station());
        let (code, public_key) = (code.to_owned(), key.public_key());
        socket.send(&Message::Enroll { code, station, public_key })?;
        let until = Instant::now() + ENROLL_WAIT;
        while Instant::now() < until && !self.ends() {
            let answer = match socket.read(&Limits::DEFAULT)? {
                Some(Message::EnrollAnswer { station: whose, answer }) if whose == station => {
                    answer
                }
                _ => continue,
            };
            return Ok(match answer {
                Ok(grant) => {
                    let server = Server { url: url.trim().to_owned(), site: grant.site.0 };
                    server.save(self.app.dir())?;
                    self.app.join_site(&server.site)?;
                    Ok(server)
                }
                Err(refused) => Err(refused.to_string()),
            });
        }
        Ok(Err("the server does not answer".to_owned()))
    }

    /// A keychain may ask its owner: it is asked once.
    fn key(&mut self) -> Result<Ed25519Key, IdentityError> {
        if let Some(secret) = self.secret {
            return Ok(Ed25519Key::from_secret(secret));
        }
        let mut random = [0; 32];
        for word in random.as_chunks_mut::<8>().0 {
            *word = self.app.edge().random().to_le_bytes();
        }
        let kept = key(self.app.dir(), self.app.vault(), random)?;
        self.app.link.key_kept(kept.home, &kept.note);
        self.secret = Some(kept.secret);
        Ok(Ed25519Key::from_secret(kept.secret))
    }

    /// Carries messages until the line breaks or somebody ends it.
    fn talk(&mut self, server: &Server) -> Result<(), WireError> {
        let limits = Limits::DEFAULT;
        let mut socket = Socket::open(&server.url)?;
        let mut station = Station::new(self.key()?, limits.clone(), Rules::SOUND);
        let edge = self.app.edge();
        station.connected(Session(edge.random()), edge.now());
        let mut log = BookLog(self.app);
        let mut borrowed: Option<Instant> = None;
        while !self.ends() {
            let online = self.app.link.state() == LinkState::Online;
            if online && borrowed.is_none_or(|at| at.elapsed() >= BORROW_EVERY) {
                borrowed = Some(Instant::now());
                self.app.quota_wishes()?.into_iter().for_each(|ask| station.ask(ask));
            }
            self.look_for_wishes();
            if self.server.as_ref() != Some(server) {
                return Ok(());
            }
            while let Some(message) = station.poll_transmit(&mut log, edge.now())? {
                socket.send(&message)?;
            }
            let Some(message) = socket.read(&limits)? else { continue };
            for notice in station.handle(&mut log, message, edge.now())? {
                self.wait = AGAIN;
                self.app.link.heard(edge.now());
                if notice == Notice::Forked {
                    let high = u128::from(edge.random()) << 64;
                    let id = domain::StationId::from_bytes(
                        (high | u128::from(edge.random())).to_be_bytes(),
                    );
                    station.reincarnate(&mut log, id, Session(edge.random()))?;
                }
                if let Notice::Answer(answer) = &notice {
                    self.app.heard_answer(answer)?;
                }
                self.note(&notice);
            }
        }
        Ok(())
    }

    fn note(&self, notice: &Notice) {
        self.show(notice);
        // Screens ask again at most every few frames, however often this is said.
        self.app.link_changed();
    }

    fn show(&self, notice: &Notice) {
        let link = &self.app.link;
        match notice {
            Notice::Welcomed { standing: Standing::Active, .. } => link.set(LinkState::Online, ""),
            Notice::Welcomed { standing: Standing::Revoked, .. } => {
                link.set(LinkState::Revoked, "A supervisor has shut this desktop out.");
            }
            Notice::ServerRestored { .. } => link.restored(),
            Notice::Forked => link.forked(),
            Notice::Clock(offset) => link.clock(-offset.offset_ms),
            Notice::Refused(refused) => self.refused(*refused),
            Notice::Contradiction => {
                link.set(
                    link.state(),
                    "The server said something that this desktop's log contradicts.",
                );
            }
            Notice::Acked(_)
            | Notice::Pulled { .. }
            | Notice::Answer(_)
            | Notice::SnapshotTaken(_) => {}
        }
    }

    fn refused(&self, refused: Refused) {
        let link = &self.app.link;
        match refused {
            Refused::Busy { .. } | Refused::NotWelcomed => {}
            Refused::Revoked => {
                link.set(LinkState::Revoked, "A supervisor has shut this desktop out.");
            }
            Refused::UnknownStation => {
                link.set(LinkState::Offline, "The server does not know this desktop.");
            }
            Refused::OtherSite => {
                link.set(LinkState::Offline, "The server knows this desktop at another site.");
            }
            Refused::BadSignature => {
                link.set(LinkState::Offline, "The server does not accept this desktop's key.");
            }
            Refused::TooLarge => {
                link.set(link.state(), "A message was larger than the server takes.")
            }
            Refused::Unreadable => {
                link.set(link.state(), "The server could not read what this desktop sent.");
            }
            Refused::UpdateNeeded => {
                link.set(LinkState::Offline, "This program is too old for the server: update it.");
            }
        }
    }
}
