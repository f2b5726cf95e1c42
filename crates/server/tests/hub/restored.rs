//! A desktop or the server is put back to a backup: what was done since is known to the other, and
//! nothing is lost or counted twice.

use crate::process::{ServerProcess, admin};
use crate::station::{Desktop, on_hand, scrap, wait};
use app::{Edge, backup};
use domain::Body;
use std::fs;
use vault::Vault;

fn take(desk: &Desktop, times: usize) {
    (0..times).for_each(|_| desk.write(vec![Body::Moved(scrap("MUG", 1))]));
}

fn agree(a: &Desktop, b: &Desktop, expected: i64) {
    wait("agreed", || on_hand(a, "MUG") == expected && on_hand(b, "MUG") == expected);
    wait("quiet", || {
        a.only_here() == 0 && b.only_here() == 0 && a.site_events() == b.site_events()
    });
    assert_eq!(a.hash(), b.hash());
}

#[test]
fn a_restored_desktop_goes_on_under_a_new_name_and_doubles_nothing() {
    let data = tempfile::tempdir().unwrap();
    admin(data.path(), None, &["site", "north"]);
    let codes = [0, 1].map(|n| admin(data.path(), None, &["code", "north", &format!("desk {n}")]));
    let server = ServerProcess::start(data.path(), None);
    let mut a = Desktop::enrolled(&server.url, &codes[0]);
    let b = Desktop::enrolled(&server.url, &codes[1]);
    a.furnish("MUG", 100);
    a.wait_sent();
    // In the backup, and at the server only later.
    a.cable_out();
    take(&a, 10);
    let file = data.path().join("desk.backup");
    let (beside, _) = link::beside(a.app.dir(), a.app.vault()).unwrap();
    backup::back_up(a.app.dir(), a.app.vault(), &beside, &file).unwrap();
    let a = a.cable_in();
    // After the backup, known to the server alone once the machine is gone.
    take(&a, 10);
    agree(&a, &b, 80);
    let before = a.app.with_store(|store| store.station());
    drop(a);

    let folder = tempfile::tempdir().unwrap();
    let restore = || backup::restore(&file, folder.path(), &Vault::files(), &Edge::real());
    restore().unwrap();
    assert_eq!(restore().unwrap_err().code, "backup", "a folder in use is left alone");
    let mut restored = Desktop::open(folder);
    restored.cable_out();
    assert_ne!(restored.app.with_store(|store| store.station()), before);
    take(&restored, 5);
    let restored = restored.cable_in();
    agree(&restored, &b, 75);
}

#[test]
fn a_restored_server_gets_from_the_desktops_what_it_had_lost() {
    let data = tempfile::tempdir().unwrap();
    admin(data.path(), None, &["site", "north"]);
    let codes = [0, 1].map(|n| admin(data.path(), None, &["code", "north", &format!("desk {n}")]));
    let mut server = ServerProcess::start(data.path(), None);
    let a = Desktop::enrolled(&server.url, &codes[0]);
    let b = Desktop::enrolled(&server.url, &codes[1]);
    a.furnish("MUG", 100);
    take(&a, 10);
    agree(&a, &b, 90);
    let file = data.path().join("log.backup");
    admin(data.path(), None, &["backup", file.to_str().unwrap()]);
    take(&a, 5);
    take(&b, 5);
    agree(&a, &b, 80);
    server.kill();
    for end in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(data.path().join(format!("log.sqlite{end}")));
    }
    let said = admin(data.path(), None, &["restore", file.to_str().unwrap()]);
    assert!(said.starts_with("north: ") && said.ends_with("generation 2"), "{said}");
    let _server = server.again(data.path(), None);
    take(&a, 5);
    agree(&a, &b, 75);
}
