//! A new desktop on a large site begins with a replica's book and folds what came after.

use crate::process::{ServerProcess, admin};
use crate::station::{Desktop, wait};
use app::demo::{Scale, make};
use domain::{Body, Day};
use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};

/// A little more than what a station takes a snapshot for.
const SCALE: Scale = Scale { skus: 120, history_days: 30, orders_a_day: 50, morning_orders: 40 };

struct Hub {
    data: tempfile::TempDir,
    server: ServerProcess,
    first: Desktop,
}

/// A site with a month of history, and its snapshot.
fn hub_with_history() -> Hub {
    let data = tempfile::tempdir().unwrap();
    admin(data.path(), None, &["site", "north"]);
    let code = admin(data.path(), None, &["code", "north", "first"]);
    let house = tempfile::tempdir().unwrap();
    let morning = Day::parse("2026-03-10").unwrap().start().plus_seconds(8 * 3600);
    make(house.path(), 7, morning, "UTC", SCALE, &mut |_| {}).unwrap();
    let server = ServerProcess::start(data.path(), None);
    let first = Desktop::asking_at(house, &server.url, &code);
    wait("enrolled", || first.app.is_enrolled());
    first.wait_sent();
    wait("numbered", || first.site_events() >= 20_000);
    wait("kept a snapshot", || snapshot(data.path()).is_some());
    Hub { data, server, first }
}

impl Hub {
    fn new_desktop(&self) -> Desktop {
        let code = admin(self.data.path(), None, &["code", "north", "second"]);
        Desktop::enrolled(&self.server.url, &code)
    }

    /// Both have the same events and the same state; the replica may still be settling something.
    fn agree(&self, other: &Desktop) {
        let seen = || [self.first.site_events(), other.site_events()];
        wait("agreed", || {
            let before = seen();
            let quiet = before[0] == before[1] && other.only_here() == 0;
            let states = quiet.then(|| [self.first.hash(), other.hash()]);
            states.is_some_and(|[a, b]| seen() == before && a == b)
        });
    }
}

fn snapshot(data: &Path) -> Option<PathBuf> {
    let mut files = fs::read_dir(data.join("snapshots")).unwrap().map(|file| file.unwrap().path());
    files.find(|path| path.extension().is_some_and(|end| end == "book"))
}

fn metrics(url: &str) -> String {
    let address = url.strip_prefix("http://").unwrap();
    let mut line = TcpStream::connect(address).unwrap();
    write!(line, "GET /metrics HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").unwrap();
    let mut text = String::new();
    line.read_to_string(&mut text).unwrap();
    text
}

fn note(text: &str) -> Body {
    Body::SettingSet { name: "note".into(), value: text.into() }
}

#[test]
fn a_new_desktop_begins_with_a_snapshot_and_takes_in_the_rest() {
    let hub = hub_with_history();
    // Written after the snapshot.
    (0..50).for_each(|n| hub.first.write(vec![note(&format!("first {n}"))]));
    hub.first.wait_sent();
    let second = hub.new_desktop();
    hub.agree(&second);
    let said = metrics(&hub.server.url);
    assert!(said.contains("quayside_snapshots_total 1"), "{said}");
    assert!(said.contains("quayside_snapshot_parts_total"), "{said}");
    let station = |desktop: &Desktop| desktop.app.with_store(|store| store.station());
    assert_ne!(station(&second), station(&hub.first));

    // Its own chain begins at one, is heard by the others, and is there after a restart.
    second.write(vec![note("second")]);
    wait("sent", || second.only_here() == 0);
    hub.agree(&second);
    let names: Vec<_> = fs::read_dir(second.app.dir()).unwrap().map(|f| f.unwrap()).collect();
    assert!(names.iter().all(|f| !f.file_name().to_string_lossy().starts_with("snapshot")));
    let before = station(&second);
    let second = second.cable_in();
    assert_eq!(station(&second), before);
    hub.agree(&second);
}

#[test]
fn a_spoiled_snapshot_is_found_and_the_log_is_taken_instead() {
    let hub = hub_with_history();
    let path = snapshot(hub.data.path()).unwrap();
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&path, bytes).unwrap();
    let second = hub.new_desktop();
    hub.agree(&second);
}
