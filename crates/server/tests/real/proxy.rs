//! A line between a desktop or a shop and the replicas: it takes whichever replica is up, counts
//! bytes, and can be cut.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

pub struct Proxy {
    pub port: u16,
    state: Arc<State>,
}

#[derive(Default)]
struct State {
    replicas: Vec<u16>,
    turn: AtomicUsize,
    cut: AtomicBool,
    lines: Mutex<Vec<TcpStream>>,
    up: AtomicU64,
    down: AtomicU64,
}

impl Proxy {
    pub fn to(replicas: &[u16]) -> Proxy {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let state = Arc::new(State { replicas: replicas.to_vec(), ..State::default() });
        let carrying = state.clone();
        thread::spawn(move || {
            for caller in listener.incoming().map_while(Result::ok) {
                carrying.clone().take(caller);
            }
        });
        Proxy { port, state }
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Open lines break, and no new one comes about.
    pub fn cut(&self) {
        self.state.cut.store(true, Ordering::SeqCst);
        for line in self.state.lines.lock().unwrap().drain(..) {
            let _ = line.shutdown(Shutdown::Both);
        }
    }

    pub fn mend(&self) {
        self.state.cut.store(false, Ordering::SeqCst);
    }

    /// Bytes so far, up and down.
    #[allow(dead_code)]
    pub fn bytes(&self) -> (u64, u64) {
        (self.state.up.load(Ordering::SeqCst), self.state.down.load(Ordering::SeqCst))
    }
}

impl State {
    fn take(self: Arc<State>, caller: TcpStream) {
        if self.cut.load(Ordering::SeqCst) {
            return;
        }
        let Some(replica) = self.replica() else { return };
        let _ = (caller.set_nodelay(true), replica.set_nodelay(true));
        let mut lines = self.lines.lock().unwrap();
        lines.extend([caller.try_clone().unwrap(), replica.try_clone().unwrap()]);
        drop(lines);
        let ends = (caller.try_clone().unwrap(), replica.try_clone().unwrap());
        let counting = self.clone();
        thread::spawn(move || carry(ends.0, ends.1, &counting.up));
        thread::spawn(move || carry(replica, caller, &self.down));
    }

    /// The next one that answers.
    fn replica(&self) -> Option<TcpStream> {
        let turn = self.turn.fetch_add(1, Ordering::SeqCst);
        let count = self.replicas.len();
        let ports = (0..count).map(|n| self.replicas[(turn + n) % count]);
        ports.into_iter().find_map(|port| TcpStream::connect((Ipv4Addr::LOCALHOST, port)).ok())
    }
}

fn carry(mut from: TcpStream, mut to: TcpStream, count: &AtomicU64) {
    let mut piece = [0; 64 << 10];
    while let Ok(length @ 1..) = from.read(&mut piece) {
        count.fetch_add(length as u64, Ordering::SeqCst);
        if to.write_all(&piece[..length]).is_err() {
            break;
        }
    }
    let _ = (from.shutdown(Shutdown::Both), to.shutdown(Shutdown::Both));
}
