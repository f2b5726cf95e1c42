//! The lock of a desktop's book, as a person and the command line use it.

use app::backup::{back_up, restore};
use app::{App, Edge, SYSTEM};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::sync::Arc;
use store::lock::{Cover, cover};
use vault::{Memory, Vault};

fn founded(dir: &Path, vault: Vault) -> App {
    let app = App::open_with_vault(dir, vault).unwrap();
    let args = json!({
        "warehouse": "North", "site": "Pier 4", "currency": "CNY", "time_zone": "Asia/Shanghai",
        "person": "Li Wei", "pin": "2468", "aisles": 2, "bays": 3, "levels": 2, "pick_levels": 1
    });
    app.call("zh:", "found_house", args).unwrap();
    app
}

fn ask(app: &App, name: &str) -> Value {
    app.call_as(SYSTEM, name, json!({})).unwrap()
}

fn hash(app: &App) -> String {
    let verify = ask(app, "verify");
    assert_eq!(verify["ok"], true, "{verify}");
    verify["state_hash"].as_str().unwrap().to_owned()
}

fn is_locked(dir: &Path) -> bool {
    matches!(cover(&dir.join("quayside.sqlite")).unwrap(), Cover::Locked(_))
}

fn code(opened: Result<App, app::Problem>) -> String {
    opened.err().unwrap().code
}

#[test]
fn a_book_is_locked_by_the_next_start_and_opened_by_the_one_after() {
    let dir = tempfile::tempdir().unwrap();
    let memory = Arc::new(Memory::default());
    let vault = || Vault::with(memory.clone());
    let app = founded(dir.path(), vault());
    let before = hash(&app);
    assert_eq!(ask(&app, "safekeeping")["book"], "open");
    let answer = ask(&app, "lock_book");
    assert_eq!(answer["recovery_key"].as_str().unwrap().len(), 64 + 7);
    assert_eq!(ask(&app, "safekeeping")["book"], "locked_from_next_start");
    let again = app.call_as(SYSTEM, "lock_book", json!({}));
    assert_eq!(again.unwrap_err().code, "locked_already");
    assert!(!is_locked(dir.path()));
    drop(app);

    let app = App::open_with_vault(dir.path(), vault()).unwrap();
    assert!(is_locked(dir.path()));
    assert_eq!((ask(&app, "safekeeping")["book"].clone(), hash(&app)), (json!("locked"), before));
    // The monitor reads beside the work, with the key too.
    ask(&app, "status");
    drop(app);

    // Without the keychain: a problem with a name, and the book stays as it is.
    assert_eq!(code(App::open(dir.path())), "locked");
    memory.break_it(true);
    assert_eq!(code(App::open_with_vault(dir.path(), vault())), "locked");
    memory.break_it(false);

    // What was written down opens it on a machine whose keychain never heard of it.
    let elsewhere = tempfile::tempdir().unwrap();
    let note = elsewhere.path().join("note.txt");
    fs::write(&note, answer["recovery_key"].as_str().unwrap().replace('-', " \n")).unwrap();
    let app = App::open_with_vault(dir.path(), Vault::files().and_key_file(note.clone())).unwrap();
    let before = hash(&app);
    drop(app);
    fs::write(&note, "00".repeat(32)).unwrap();
    let wrong = App::open_with_vault(dir.path(), Vault::files().and_key_file(note.clone()));
    assert_eq!(code(wrong), "wrong_key");
    fs::write(&note, "not a key").unwrap();
    let wrong = App::open_with_vault(dir.path(), Vault::files().and_key_file(note));
    assert_eq!(code(wrong), "locked");

    let app = App::open_with_vault(dir.path(), vault()).unwrap();
    ask(&app, "unlock_book");
    assert_eq!(ask(&app, "safekeeping")["book"], "open_from_next_start");
    drop(app);
    let app = App::open(dir.path());
    // The key is needed once more, to take the lock off.
    assert_eq!(code(app), "locked");
    let app = App::open_with_vault(dir.path(), vault()).unwrap();
    assert_eq!((ask(&app, "safekeeping")["book"].clone(), hash(&app)), (json!("open"), before));
    drop(app);
    assert!(!is_locked(dir.path()) && !dir.path().join("lock.json").exists());
    App::open(dir.path()).unwrap();
}

#[test]
fn a_crash_between_the_wish_and_the_rename_is_made_good() {
    let dir = tempfile::tempdir().unwrap();
    let memory = Arc::new(Memory::default());
    let vault = || Vault::with(memory.clone());
    let app = founded(dir.path(), vault());
    let before = hash(&app);
    ask(&app, "lock_book");
    drop(app);
    // A copy that was cut short lies beside the book that is still open.
    fs::write(dir.path().join("quayside.relocked"), vec![7; 10_000]).unwrap();
    let app = App::open_with_vault(dir.path(), vault()).unwrap();
    assert!(is_locked(dir.path()) && !dir.path().join("quayside.relocked").exists());
    assert_eq!(hash(&app), before);
    // Somebody reads the book while it is to be opened again: it stays locked, and says why.
    ask(&app, "unlock_book");
    let other = App::open_with_vault(dir.path(), vault()).unwrap();
    let safe = ask(&other, "safekeeping");
    assert_eq!(safe["book"], "open_from_next_start");
    assert!(safe["trouble"].as_str().unwrap().contains("another program"), "{safe}");
    assert_eq!(hash(&other), before);
}

#[test]
fn a_backup_of_a_locked_folder_needs_the_key_and_nothing_else() {
    let dir = tempfile::tempdir().unwrap();
    let memory = Arc::new(Memory::default());
    let vault = Vault::with(memory.clone());
    let app = founded(dir.path(), vault.clone());
    let answer = ask(&app, "lock_book");
    drop(app);
    let app = App::open_with_vault(dir.path(), vault.clone()).unwrap();
    let before = hash(&app);
    let outside = tempfile::tempdir().unwrap();
    let file = outside.path().join("desk.backup");
    back_up(dir.path(), &vault, &[], &file).unwrap();
    assert!(matches!(cover(&file).unwrap(), Cover::Locked(_)));
    let fresh = outside.path().join("fresh");
    let refused = restore(&file, &fresh, &Vault::files(), &Edge::real()).unwrap_err();
    assert_eq!(refused.code, "locked");
    restore(&file, &fresh, &vault, &Edge::real()).unwrap();
    assert_eq!(hash(&App::open_with_vault(&fresh, vault.clone()).unwrap()), before);
    assert!(is_locked(&fresh));

    // Another machine, with the key that was written down; its keychain has it from then on.
    let note = outside.path().join("note.txt");
    fs::write(&note, answer["recovery_key"].as_str().unwrap()).unwrap();
    let theirs = Vault::with(Arc::new(Memory::default()));
    let other = outside.path().join("other");
    restore(&file, &other, &theirs.clone().and_key_file(note), &Edge::real()).unwrap();
    assert_eq!(hash(&App::open_with_vault(&other, theirs).unwrap()), before);
}

#[test]
fn without_a_keychain_the_key_goes_into_a_file_elsewhere() {
    let dir = tempfile::tempdir().unwrap();
    let app = founded(dir.path(), Vault::files());
    let refused = app.call_as(SYSTEM, "lock_book", json!({}));
    assert_eq!(refused.unwrap_err().code, "no_keychain");
    drop(app);
    assert!(!dir.path().join("lock.json").exists());
    let wish = |file: &Path| {
        app::locking::wish_locked(dir.path(), Some(file), &Vault::files(), &Edge::real())
    };
    // Beside the book it would be a key under the mat.
    assert!(wish(&dir.path().join("key.txt")).is_err());
    let stick = tempfile::tempdir().unwrap();
    let file = stick.path().join("key.txt");
    wish(&file).unwrap();
    drop(App::open(dir.path()).unwrap());
    assert!(is_locked(dir.path()));
    App::open(dir.path()).unwrap();
    fs::remove_file(&file).unwrap();
    assert_eq!(code(App::open(dir.path())), "locked");
}
