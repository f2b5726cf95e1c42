//! Two replicas on a database with a synchronous standby, five desktops and four shops, all of it
//! killed and cut again and again; then quiet, and every book is looked at.

use crate::pair::Pair;
use app::{App, SYSTEM};
use serde_json::json;
use server::AdminCommand;
use server::log::Log;
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::Child;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};
use sync::{Cursor, SiteId};

use super::proxy::Proxy;
use super::roles::{Again, DID, spawn_replica, spawn_station};
use super::shop::{self, Accepted};
use super::{checks, house};

const STATIONS: usize = 5;
const SHOPS: usize = 4;
pub const SITE: &str = "north";

pub struct Storm {
    again: Again,
    folder: tempfile::TempDir,
    pair: Pair,
    log: Log,
    ports: [u16; 2],
    replicas: [Child; 2],
    proxies: Vec<Proxy>,
    stations: Vec<Station>,
    confirmed: Arc<Mutex<BTreeSet<String>>>,
    random: u64,
    /// What was killed, and when.
    pub kills: Vec<(&'static str, Instant)>,
    pub cuts: u32,
    /// Where the log stood at some moments: it must never have stood otherwise.
    seen: Vec<Cursor>,
}

struct Station {
    child: Child,
    reader: JoinHandle<()>,
}

/// What is left when all is quiet.
pub struct After {
    pub accepted: Vec<Accepted>,
    pub confirmed: BTreeSet<String>,
    pub seen: Vec<Cursor>,
    pub log: Log,
    pub books: Vec<PathBuf>,
    pub replicas: Vec<PathBuf>,
    pub kills: Vec<(&'static str, Instant)>,
    pub cuts: u32,
    /// Held until the books were looked at.
    _house: (tempfile::TempDir, Pair),
}

/// Works and storms for so long, then waits until nothing moves any more.
pub fn run(again: Again, span: Duration, seed: u64) -> After {
    let mut storm = Storm::begin(again, seed);
    let (stop, begun) = (Arc::new(AtomicBool::new(false)), Instant::now());
    let shops = Proxy::to(&storm.ports);
    let (site, name) = (SITE.into(), "shop".into());
    let key = storm.admin(AdminCommand::Key { site, name, scopes: Vec::new() });
    let ordering = {
        let (url, key, stop) = (shops.url(), key.clone(), stop.clone());
        thread::spawn(move || shop::order(&url, &key, SHOPS, &stop))
    };
    let mut primaries = 0;
    while begun.elapsed() < span {
        thread::sleep(Duration::from_millis(300 + storm.roll() % 2_500));
        // Spread over the whole span, because a new standby takes its time.
        let wanted = (begun.elapsed().as_secs() + 20) / 40;
        match storm.roll() % 10 {
            _ if primaries < wanted => {
                primaries += 1;
                storm.kill_primary();
            }
            0..4 => storm.kill_station(),
            4..7 => storm.kill_replica(),
            _ => storm.cut_a_line(),
        }
        storm.look();
    }
    stop.store(true, Ordering::SeqCst);
    let accepted = ordering.join().unwrap();
    storm.end(accepted, &key)
}

impl Storm {
    fn begin(again: Again, seed: u64) -> Storm {
        let (folder, pair) = (tempfile::tempdir().unwrap(), Pair::start());
        let log = Log::postgres(&pair.database()).unwrap();
        let ports = [(); 2].map(|()| free_port());
        let replica = |at: usize| {
            let data = folder.path().join(at.to_string());
            spawn_replica(again, &data, Some(&pair.database()), ports[at])
        };
        let replicas = [replica(0), replica(1)];
        let proxies: Vec<Proxy> = (0..STATIONS).map(|_| Proxy::to(&ports)).collect();
        let mut storm = Storm {
            again,
            folder,
            pair,
            log,
            ports,
            replicas,
            proxies,
            stations: Vec::new(),
            confirmed: Arc::default(),
            random: seed | 1,
            kills: Vec::new(),
            cuts: 0,
            seen: Vec::new(),
        };
        storm.admin(AdminCommand::Site { id: SITE.into(), name: "North".into() });
        for at in 0..STATIONS {
            storm.enroll(at);
        }
        storm.stations = (0..STATIONS).map(|at| storm.station(at)).collect();
        storm
    }

    fn admin(&mut self, command: AdminCommand) -> String {
        let mut out = Vec::new();
        server::administer(&mut self.log, command, &mut out).unwrap();
        String::from_utf8(out).unwrap().trim().to_owned()
    }

    /// Xorshift (Marsaglia 2003).
    fn roll(&mut self) -> u64 {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        self.random
    }

    fn book(&self, at: usize) -> PathBuf {
        self.folder.path().join(format!("station-{at}"))
    }

    fn enroll(&mut self, at: usize) {
        let (site, name) = (SITE.into(), format!("desk {at}"));
        let code = self.admin(AdminCommand::Code { site, name, not: Vec::new(), days: 1 });
        let app = Arc::new(App::open(&self.book(at)).unwrap());
        let _wire = link::start(app.clone());
        let url = self.proxies[at].url();
        wait("enrolled", || {
            let _ = app.call_as(SYSTEM, "enroll", json!({"url": url, "code": code}));
            thread::sleep(Duration::from_millis(300));
            app.is_enrolled()
        });
        if at == 0 {
            let work = |ctx: &app::ctx::Ctx<'_>| ctx.write(|w| Ok(w.record_all(house::opening())?));
            app.as_person(SYSTEM, app::lang::Lang::En, work).unwrap();
            app.call_as(SYSTEM, "set_offline_share", json!({"percent": 5})).unwrap();
        }
        let sent = || app.call_as(SYSTEM, "server", json!({})).unwrap()["only_here"] == 0;
        wait("sent", || sent() && app.cursor().unwrap().seq > 0);
    }

    fn station(&self, at: usize) -> Station {
        let mut child = spawn_station(self.again, &self.book(at));
        let (output, confirmed) = (child.stdout.take().unwrap(), self.confirmed.clone());
        let reader = thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if let Some(id) = line.strip_prefix(DID) {
                    confirmed.lock().unwrap().insert(id.to_owned());
                }
            }
        });
        Station { child, reader }
    }

    fn kill_station(&mut self) {
        let at = self.roll() as usize % STATIONS;
        self.kills.push(("station", Instant::now()));
        kill(&mut self.stations[at].child);
        self.stations[at] = self.station(at);
    }

    fn kill_replica(&mut self) {
        let at = self.roll() as usize % 2;
        self.kills.push(("replica", Instant::now()));
        kill(&mut self.replicas[at]);
        thread::sleep(Duration::from_millis(self.roll() % 1_500));
        self.start_replica(at);
    }

    fn start_replica(&mut self, at: usize) {
        let data = self.folder.path().join(at.to_string());
        let database = self.pair.database();
        self.replicas[at] = spawn_replica(self.again, &data, Some(&database), self.ports[at]);
    }

    fn kill_primary(&mut self) {
        self.kills.push(("primary", Instant::now()));
        self.pair.kill_primary();
        self.pair.add_standby();
    }

    fn cut_a_line(&mut self) {
        let at = self.roll() as usize % STATIONS;
        self.cuts += 1;
        self.proxies[at].cut();
        thread::sleep(Duration::from_millis(self.roll() % 4_000));
        self.proxies[at].mend();
    }

    fn wait_caught_up(&mut self, key: &str) {
        let site = SiteId(SITE.into());
        wait("caught up", || {
            self.look();
            let Ok(fence) = self.log.fence(&site) else { return false };
            [0, 1].into_iter().all(|at| {
                let book = self.folder.path().join(format!("{at}/sites/{SITE}"));
                let is_there = || {
                    App::open(&book)
                        .is_ok_and(|app| app.cursor().is_ok_and(|cursor| cursor.seq == fence.seq))
                };
                ask(self.ports[at], key).is_ok() && is_there()
            })
        });
    }

    /// A replica that found no database at its start has ended; whoever keeps it starts it again.
    fn look(&mut self) {
        for at in 0..2 {
            if self.replicas[at].try_wait().unwrap().is_some() {
                self.start_replica(at);
            }
        }
        if let Ok(fence) = self.log.fence(&SiteId(SITE.into())) {
            self.seen.push(Cursor { seq: fence.seq, tag: fence.tag });
        }
    }

    fn end(mut self, accepted: Vec<Accepted>, key: &str) -> After {
        self.look();
        for station in self.stations.drain(..) {
            let Station { mut child, reader } = station;
            kill(&mut child);
            reader.join().unwrap();
        }
        let books: Vec<PathBuf> = (0..STATIONS).map(|at| self.book(at)).collect();
        let log = self.log.clone();
        checks::wait_quiet(&books, &log, || self.look());
        self.wait_caught_up(key);
        self.replicas.iter_mut().for_each(kill);
        let replicas = [0, 1].map(|at| self.folder.path().join(format!("{at}/sites/{SITE}")));
        let confirmed = std::mem::take(&mut *self.confirmed.lock().unwrap());
        let (kills, cuts, seen) = (self.kills, self.cuts, self.seen);
        let _house = (self.folder, self.pair);
        let replicas = replicas.into();
        After { accepted, confirmed, seen, log, books, replicas, kills, cuts, _house }
    }
}

/// A replica opens a site, and takes in its log, with the first question.
fn ask(port: u16, key: &str) -> std::io::Result<()> {
    let mut line = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    let head = "GET /v1/stock HTTP/1.1\r\nhost: hub\r\nconnection: close";
    write!(line, "{head}\r\nauthorization: Bearer {key}\r\n\r\n")?;
    line.read_to_end(&mut Vec::new()).map(drop)
}

fn kill(child: &mut Child) {
    // It may have ended by itself.
    let _ = child.kill();
    child.wait().unwrap();
}

pub fn free_port() -> u16 {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port()
}

pub fn wait(what: &str, mut done: impl FnMut() -> bool) {
    let until = Instant::now() + Duration::from_secs(180);
    while !done() {
        assert!(Instant::now() < until, "not {what} within three minutes");
        thread::sleep(Duration::from_millis(100));
    }
}
