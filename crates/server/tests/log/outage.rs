//! What only the shared database can do: go away and come back, and be refused.

use crate::bed::{Writer, north, read_all};
use crate::database;
use postgres::{Client, NoTls};
use server::log::{Admin, LogError, Postgres};
use sync::{Appended, Item, ServerLog};

#[test]
fn a_lost_connection_is_made_anew() {
    let server = database::Server::start(&[]);
    let url = server.database();
    let mut log = Postgres::open(&url).unwrap();
    log.add_site(&north(), "North").unwrap();
    let mut a = Writer::enroll(&mut log, 1);
    a.write(&mut log, &["{}"]);
    server.crash_and_restart();
    // The idle connection is dead: a question and a change both find a new one.
    assert_eq!(read_all(&log).len(), 1);
    server.crash_and_restart();
    a.write(&mut log, &["{}"]);
    assert_eq!(read_all(&log).len(), 2);
}

#[test]
fn a_connection_cut_in_the_middle_is_unavailable_and_the_change_may_be_repeated() {
    let server = database::Server::start(&[]);
    let url = server.database();
    let mut log = Postgres::open(&url).unwrap();
    log.add_site(&north(), "North").unwrap();
    let a = Writer::enroll(&mut log, 1);
    let mut killer = Client::connect(&url, NoTls).unwrap();
    let mut lending = log.clone();
    let cut = std::sync::Mutex::new(&mut killer);
    let lost = lending.lend(&north(), a.id, "A", &|_, _| {
        let sql = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
             WHERE application_name = 'quayside-server'";
        cut.lock().unwrap().batch_execute(sql).unwrap();
        5
    });
    assert!(matches!(lost, Err(LogError::Unavailable(_))), "{lost:?}");
    assert_eq!(log.lend(&north(), a.id, "A", &|account, _| account.granted + 5).unwrap(), 5);
    let append = a.append_of(vec![Item::Fresh(a.event("{}"))]);
    assert_eq!(log.append(&append).unwrap(), Appended::Yes);
}

#[test]
fn replicas_that_start_at_once_make_the_tables_once() {
    let server = database::Server::start(&["fsync=off"]);
    let url = server.database();
    std::thread::scope(|threads| {
        let starting: Vec<_> = (0..6).map(|_| threads.spawn(|| Postgres::open(&url))).collect();
        for replica in starting {
            assert!(replica.join().unwrap().unwrap().sites().unwrap().is_empty());
        }
    });
}

#[test]
fn a_newer_schema_is_refused_and_events_are_immutable() {
    let server = database::Server::start(&["fsync=off"]);
    let url = server.database();
    let mut log = Postgres::open(&url).unwrap();
    log.add_site(&north(), "North").unwrap();
    Writer::enroll(&mut log, 1).write(&mut log, &["{}"]);
    let mut client = Client::connect(&url, NoTls).unwrap();
    assert!(client.execute("UPDATE event SET body = ''", &[]).is_err());
    assert!(client.execute("DELETE FROM event", &[]).is_err());
    client.execute("UPDATE schema_version SET version = 99", &[]).unwrap();
    let refused = Postgres::open(&url).map(drop);
    assert!(matches!(refused, Err(LogError::NewerSchema { found: 99, known: 1 })), "{refused:?}");
}
