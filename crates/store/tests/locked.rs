//! A locked book says nothing without its key, and is otherwise a book like any other.

#![allow(clippy::unwrap_used)]

use domain::{Body, EventId, PersonId, StationId, Timestamp};
use std::fs;
use std::path::Path;
use store::backup::{self, Beside};
use store::lock::{BookKey, Cover, cover, relock};
use store::{NewEvent, OpenMode, Reader, SiteCursor, Store, StoreError};

const WORD: &str = "a-word-that-stands-in-the-book";

fn key(n: u8) -> BookKey {
    BookKey::new([n; 32], [n + 100; 16])
}

fn station() -> StationId {
    StationId::from_bytes([1; 16])
}

fn open(path: &Path, key: Option<&BookKey>) -> Result<Store, StoreError> {
    Store::open_locked(path, OpenMode::Durable, station(), key)
}

fn note(store: &mut Store, number: u8) {
    let (id, actor) = (EventId::from_bytes([number; 16]), PersonId("ada".into()));
    let body = Body::SettingSet { name: format!("note-{number}"), value: WORD.to_owned() };
    store
        .write(|tx| tx.record(Timestamp(1), vec![NewEvent { id, actor, body }]).map(drop))
        .unwrap();
}

fn seen(store: &Store) -> (i64, String) {
    (store.db().event_count().unwrap(), store.db().state_hash().unwrap())
}

/// Whether a word of the book can be read in any file of the folder.
fn is_legible(folder: &Path) -> bool {
    fs::read_dir(folder).unwrap().any(|entry| {
        let bytes = fs::read(entry.unwrap().path()).unwrap();
        bytes.windows(WORD.len()).any(|window| window == WORD.as_bytes())
    })
}

#[test]
fn nothing_in_the_folder_can_be_read_without_the_key() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.sqlite");
    let mut store = open(&path, Some(&key(1))).unwrap();
    note(&mut store, 1);
    // With the write-ahead log still beside it, and after it was written back.
    assert!(!is_legible(folder.path()));
    store.write_back().unwrap();
    let before = seen(&store);
    let verified = store.verify(&folder.path().join("scratch.sqlite")).unwrap();
    assert!(verified.ok(), "{verified:?}");
    let read = store.reader().unwrap().read(|db| db.setting("note-1")).unwrap();
    assert_eq!(read.as_deref(), Some(WORD));
    drop(store);
    assert!(!is_legible(folder.path()));
    assert_eq!(cover(&path).unwrap(), Cover::Locked([101; 16]));

    assert!(matches!(open(&path, Some(&key(2))), Err(StoreError::WrongKey)));
    let same_name = BookKey::new([9; 32], [101; 16]);
    assert!(matches!(open(&path, Some(&same_name)), Err(StoreError::WrongKey)));
    assert!(matches!(Reader::open_locked(&path, Some(&key(2))), Err(StoreError::WrongKey)));
    assert!(matches!(open(&path, None), Err(StoreError::Corrupt(_))));
    assert_eq!(seen(&open(&path, Some(&key(1))).unwrap()), before);
}

#[test]
fn a_book_is_locked_and_opened_again_without_loss() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.sqlite");
    let mut store = open(&path, None).unwrap();
    (1..40).for_each(|n| note(&mut store, n));
    let before = seen(&store);
    assert!(is_legible(folder.path()));
    // Somebody works in it: it stays what it is.
    assert!(matches!(relock(&path, None, Some(&key(1))), Err(StoreError::Busy)));
    drop(store);
    // What an earlier try left.
    fs::write(path.with_extension("relocked"), b"half a book").unwrap();
    relock(&path, None, Some(&key(1))).unwrap();
    assert!(!is_legible(folder.path()));
    let mut store = open(&path, Some(&key(1))).unwrap();
    assert_eq!(seen(&store), before);
    note(&mut store, 50);
    let grown = seen(&store);
    assert!(store.verify(&folder.path().join("scratch.sqlite")).unwrap().ok());
    drop(store);
    assert!(matches!(relock(&path, Some(&key(2)), None), Err(StoreError::WrongKey)));
    relock(&path, Some(&key(1)), Some(&key(3))).unwrap();
    assert_eq!(seen(&open(&path, Some(&key(3))).unwrap()), grown);
    relock(&path, Some(&key(3)), None).unwrap();
    assert_eq!(cover(&path).unwrap(), Cover::Plain);
    assert_eq!(seen(&open(&path, None).unwrap()), grown);
}

#[test]
fn a_backup_of_a_locked_book_is_locked_too() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.sqlite");
    let mut store = open(&path, Some(&key(1))).unwrap();
    note(&mut store, 1);
    let elsewhere = tempfile::tempdir().unwrap();
    let file = elsewhere.path().join("backup");
    let beside = [Beside { name: "server.json".into(), bytes: WORD.as_bytes().to_vec() }];
    backup::back_up(&path, Some(&key(1)), &beside, &file).unwrap();
    assert!(!is_legible(elsewhere.path()));
    assert_eq!(cover(&file).unwrap(), Cover::Locked([101; 16]));
    let wrong = backup::restore(&file, Some(&key(2)), station());
    assert!(matches!(wrong, Err(StoreError::WrongKey)));
    let travelled = backup::restore(&file, Some(&key(1)), station()).unwrap();
    assert_eq!(travelled, beside);
    assert_eq!(seen(&open(&file, Some(&key(1))).unwrap()), seen(&store));
}

/// A new desktop whose book is locked takes over a site's packed book.
#[test]
fn a_locked_book_adopts_an_open_copy() {
    let folder = tempfile::tempdir().unwrap();
    let [theirs, copy, ours] =
        ["theirs", "copy", "ours"].map(|name| folder.path().join(format!("{name}.sqlite")));
    let mut store = open(&theirs, None).unwrap();
    (1..20).for_each(|n| note(&mut store, n));
    store.backup_to(&copy).unwrap();
    let mut new = open(&ours, Some(&key(1))).unwrap();
    let cursor = SiteCursor { number: 19, tag: [7; 32] };
    assert!(new.adopt(&copy, 1, cursor).unwrap());
    assert_eq!(seen(&new), seen(&store));
    assert_eq!(new.station(), station());
    drop(new);
    assert_eq!(cover(&ours).unwrap(), Cover::Locked([101; 16]));
    assert_eq!(seen(&open(&ours, Some(&key(1))).unwrap()), seen(&store));
}

/// Each page is authenticated: no flipped byte is folded into a balance.
#[test]
fn a_flipped_byte_anywhere_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.sqlite");
    let mut store = open(&path, Some(&key(1))).unwrap();
    (1..40).for_each(|n| note(&mut store, n));
    store.write_back().unwrap();
    drop(store);
    let sound = fs::read(&path).unwrap();
    let look = |path: &Path| {
        let store = open(path, Some(&key(1))).ok()?;
        let verified = store.verify(&folder.path().join("scratch.sqlite")).ok()?;
        verified.ok().then_some(())
    };
    assert!(look(&path).is_some());
    let other = folder.path().join("other.sqlite");
    for at in (16..sound.len()).step_by(3_001) {
        let mut spoiled = sound.clone();
        spoiled[at] ^= 1;
        fs::write(&other, &spoiled).unwrap();
        assert!(look(&other).is_none(), "byte {at} of {}", sound.len());
        for end in ["-wal", "-shm"] {
            let _ = fs::remove_file(folder.path().join(format!("other.sqlite{end}")));
        }
    }
}
