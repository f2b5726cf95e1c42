//! Random work on three desktops while replicas and the database are killed under them.

use crate::postgres::Server as PostgresServer;
use crate::process::{ServerProcess, admin};
use crate::station::{Desktop, on_hand, receipt, scrap, wait};
use domain::Body;
use std::time::Duration;

const FACTS: i64 = 60;

#[test]
fn killed_replicas_and_a_killed_database_lose_and_double_nothing() {
    let postgres = PostgresServer::start(&[]);
    let database = postgres.database();
    let database = Some(database.as_str());
    let folders = [(); 2].map(|()| tempfile::tempdir().unwrap());
    admin(folders[0].path(), database, &["site", "north"]);
    let codes =
        [0, 1, 2].map(|n| admin(folders[0].path(), database, &["code", "north", &format!("d{n}")]));
    let mut replicas = folders.each_ref().map(|dir| ServerProcess::start(dir.path(), database));
    let desktops: Vec<Desktop> = codes
        .iter()
        .enumerate()
        .map(|(n, code)| Desktop::enrolled(&replicas[n % 2].url, code))
        .collect();
    desktops[0].furnish("MUG", 1_000);
    desktops[0].wait_sent();
    wait("told", || desktops.iter().all(|one| on_hand(one, "MUG") == 1_000));
    std::thread::scope(|scope| {
        for desktop in &desktops {
            scope.spawn(|| {
                for n in 0..FACTS {
                    let one = if n % 3 == 0 { receipt("MUG", 2) } else { scrap("MUG", 1) };
                    desktop.write(vec![Body::Moved(one)]);
                    std::thread::sleep(Duration::from_millis(60));
                }
            });
        }
        for round in 0..4 {
            std::thread::sleep(Duration::from_millis(500));
            let victim = round % 2;
            replicas[victim].kill();
            if round == 2 {
                postgres.crash_and_restart();
            }
            replicas[victim] = replicas[victim].again(folders[victim].path(), database);
        }
    });
    let moved: i64 = (0..FACTS).map(|n| if n % 3 == 0 { 2 } else { -1 }).sum();
    let expected = 1_000 + 3 * moved;
    wait("sent", || desktops.iter().all(|one| one.only_here() == 0));
    wait("agreed", || desktops.iter().all(|one| on_hand(one, "MUG") == expected));
    // What a desktop did itself it sees before the server has numbered it.
    wait("numbered", || {
        let events = desktops[0].site_events();
        events >= 3 * FACTS && desktops.iter().all(|one| one.site_events() == events)
    });
    let hashes: Vec<String> = desktops.iter().map(Desktop::hash).collect();
    assert!(hashes.iter().all(|hash| *hash == hashes[0]), "{hashes:?}");
}
