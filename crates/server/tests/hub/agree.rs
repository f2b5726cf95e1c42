//! Two desktops apart and together again.

use crate::process::{ServerProcess, admin};
use crate::station::{Desktop, on_hand, scrap, wait};
use domain::Body;

fn north(data: &std::path::Path) -> [String; 2] {
    admin(data, None, &["site", "north"]);
    [0, 1].map(|n| admin(data, None, &["code", "north", &format!("desk {n}")]))
}

/// 10 - 3 - 4 is 3, whoever was offline when.
#[test]
fn two_picks_made_apart_are_both_counted() {
    let data = tempfile::tempdir().unwrap();
    let codes = north(data.path());
    let server = ServerProcess::start(data.path(), None);
    let mut a = Desktop::enrolled(&server.url, &codes[0]);
    a.furnish("MUG", 10);
    a.wait_sent();
    let mut b = Desktop::enrolled(&server.url, &codes[1]);
    wait("told", || on_hand(&b, "MUG") == 10);
    a.cable_out();
    b.cable_out();
    a.write(vec![Body::Moved(scrap("MUG", 3))]);
    b.write(vec![Body::Moved(scrap("MUG", 4))]);
    assert_eq!((on_hand(&a, "MUG"), on_hand(&b, "MUG")), (7, 6));
    assert!(a.only_here() > 0 && b.only_here() > 0);
    let (a, b) = (a.cable_in(), b.cable_in());
    wait("agreed", || on_hand(&a, "MUG") == 3 && on_hand(&b, "MUG") == 3);
    wait("quiet", || a.only_here() == 0 && a.site_events() == b.site_events());
    assert_eq!(a.hash(), b.hash());
}

/// What was acknowledged is there after the server was killed; what was not is sent again.
#[test]
fn a_killed_server_loses_nothing() {
    let data = tempfile::tempdir().unwrap();
    let codes = north(data.path());
    let mut server = ServerProcess::start(data.path(), None);
    let a = Desktop::enrolled(&server.url, &codes[0]);
    a.furnish("MUG", 100);
    for _ in 0..20 {
        a.write(vec![Body::Moved(scrap("MUG", 1))]);
    }
    server.kill();
    for _ in 0..20 {
        a.write(vec![Body::Moved(scrap("MUG", 1))]);
    }
    assert!(a.only_here() >= 20);
    let again = server.again(data.path(), None);
    a.wait_sent();
    let b = Desktop::enrolled(&again.url, &codes[1]);
    wait("told", || on_hand(&b, "MUG") == 60);
    wait("quiet", || a.only_here() == 0 && a.site_events() == b.site_events());
    assert_eq!(a.hash(), b.hash());
}

#[test]
fn a_code_opens_once_and_a_revoked_desktop_is_kept_aside() {
    let data = tempfile::tempdir().unwrap();
    let codes = north(data.path());
    let server = ServerProcess::start(data.path(), None);
    let a = Desktop::enrolled(&server.url, &codes[0]);
    a.furnish("MUG", 10);
    a.wait_sent();
    let refused = Desktop::asking(&server.url, &codes[0]);
    wait("refused", || refused.trouble().contains("has been used"));
    let b = Desktop::enrolled(&server.url, &codes[1]);
    wait("told", || on_hand(&b, "MUG") == 10);
    let station = a.app.with_store(|store| store.station()).to_string();
    admin(data.path(), None, &["revoke", &station]);
    a.write(vec![Body::Moved(scrap("MUG", 5))]);
    wait("set aside", || a.only_here() == 0);
    let attention = admin(data.path(), None, &["attention", "north"]);
    assert!(attention.contains("Revoked"), "{attention}");
    assert_eq!(on_hand(&b, "MUG"), 10);
}
