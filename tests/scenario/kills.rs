//! A desktop is killed two hundred times in the middle of a day's work. Every action that was
//! confirmed must be there afterwards, and the books must hold.

use app::App;
use harness::house;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const KILLS: u64 = 200;
const FOLDER: &str = "QUAYSIDE_KILL_FOLDER";
const DID: &str = "did ";
const TOOK_IN: &str = "took in ";

/// The process that is killed: this same binary, which runs this one test with a folder set.
#[test]
fn kill_child() {
    let Ok(folder) = std::env::var(FOLDER) else { return };
    let desk = Desk { app: App::open(Path::new(&folder)).unwrap() };
    let mut turn = desk.events();
    // Ends by itself when nobody reads any more.
    while desk.day(turn).is_some() {
        turn = desk.events();
    }
}

struct Desk {
    app: App,
}

impl Desk {
    fn events(&self) -> i64 {
        self.ask("status", Value::Null)["seq"].as_i64().unwrap()
    }

    fn ask(&self, name: &str, args: Value) -> Value {
        self.app.call_as("system", name, args).unwrap()
    }

    /// Confirms to the parent what a person would have been told. A refusal is an answer too.
    fn act(&self, name: &str, args: Value) -> Option<Value> {
        let answer = self.app.call_as("system", name, args).unwrap_or_default();
        let mut out = std::io::stdout();
        for id in answer["event_ids"].as_array().into_iter().flatten() {
            writeln!(out, "\n{DID}{}", id.as_str().unwrap()).ok()?;
        }
        if let Some(import) = answer["import_id"].as_str() {
            writeln!(out, "\n{TOOK_IN}{import}").ok()?;
        }
        out.flush().ok()?;
        Some(answer)
    }

    /// Some of everything: goods in, orders in, a wave picked and packed, a bin counted, an undo.
    fn day(&self, turn: i64) -> Option<()> {
        let received = json!({"receipt_id": "", "sku": "MUG", "qty": 9, "lot": "", "expires": "",
            "serials": [], "condition": "good"});
        self.act("receive", received)?;
        for task in self.ask("putaway_tasks", Value::Null).as_array()?.iter().take(2) {
            let to = if turn % 2 == 0 { "A-01-1" } else { "A-01-2" };
            self.act("put_away", json!({"key": task["key"], "to": to, "qty": task["qty"]}))?;
        }
        let orders = format!(
            "order_id,customer,address,sku,qty\nK{turn},Ann,Main St 1,MUG,3\nL{turn},Bo,Main St 2,MUG,2\n"
        );
        self.act(
            "import_file",
            json!({"kind": "orders", "file_name": format!("{turn}.csv"), "text": orders, "dry_run": false}),
        )?;
        self.act("create_wave", json!({"order_ids": [], "max_orders": 5}))?;
        let waves = self.ask("waves", Value::Null);
        for wave in waves.as_array()?.iter().filter(|wave| wave["state"] != "picked").take(2) {
            self.act("release_wave", json!({"id": wave["id"]}))?;
            self.pick(&wave["id"])?;
        }
        for row in self.ask("pack_queue", Value::Null).as_array()?.iter().take(3) {
            self.pack(&row["order_id"])?;
        }
        self.count()?;
        let last = self.ask("last_undo", Value::Null);
        if last["event_id"].is_string() && turn % 3 == 0 {
            self.act("undo", json!({"event_id": last["event_id"], "reason": "slip"}))?;
        }
        Some(())
    }

    fn pick(&self, wave: &Value) -> Option<()> {
        for _ in 0..6 {
            let next = self.ask("pick_next", json!({"wave_id": wave, "skipped": []}));
            if next["task"].is_null() {
                break;
            }
            let task = &next["task"];
            self.act("pick", json!({"task_id": task["id"], "qty": task["qty"], "serials": []}))?;
        }
        Some(())
    }

    fn pack(&self, order: &Value) -> Option<()> {
        self.act("open_carton", json!({"order_id": order, "box_type": "M"}))?;
        let bench = self.ask("pack_station", json!({"id": order}));
        let carton = bench["cartons"].as_array()?.iter().find(|one| one["closed"] == false)?;
        for _ in 0..3 {
            self.act(
                "pack_scan",
                json!({"order_id": order, "carton_id": carton["id"], "scan": "MUG", "qty": 1}),
            )?;
        }
        self.act("close_carton", json!({"carton_id": carton["id"], "weight_g": 900}))?;
        Some(())
    }

    fn count(&self) -> Option<()> {
        self.act("open_counts", json!({"locations": ["A-01-1"], "why": "a look"}))?;
        for count in self.ask("counts", Value::Null).as_array()?.iter().take(1) {
            self.act("start_count", json!({"id": count["id"]}))?;
            let seen = json!([{"sku": "MUG", "lot": "", "serial": "", "qty": 7}]);
            self.act("submit_count", json!({"id": count["id"], "entries": seen}))?;
        }
        Some(())
    }
}

fn spawn(folder: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "kills::kill_child", "--nocapture"])
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Kills the child some time after its first confirmation and returns all that it confirmed.
fn kill_after(mut child: Child, pause: Duration) -> Confirmed {
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let mut confirmed = Confirmed::default();
    let mut until = None;
    for line in &mut lines {
        confirmed.hear(&line);
        let end = *until.get_or_insert_with(|| Instant::now() + pause);
        if Instant::now() >= end {
            break;
        }
    }
    child.kill().unwrap();
    child.wait().unwrap();
    // What still stands in the pipe was confirmed as well.
    lines.for_each(|line| confirmed.hear(&line));
    confirmed
}

/// What a person was told is done.
#[derive(Default)]
struct Confirmed {
    events: BTreeSet<String>,
    imports: BTreeSet<String>,
}

impl Confirmed {
    fn hear(&mut self, line: &str) {
        self.events.extend(line.strip_prefix(DID).map(str::to_owned));
        self.imports.extend(line.strip_prefix(TOOK_IN).map(str::to_owned));
    }

    fn missing(&self, app: &App) -> Vec<String> {
        let has = |id: &String| app.with_store(|store| store.db().has_event(event(id)).unwrap());
        let imports = app.call_as("system", "imports", Value::Null).unwrap();
        let known: BTreeSet<&str> = imports
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|one| one["import_id"].as_str())
            .collect();
        let events = self.events.iter().filter(|id| !has(id)).cloned();
        let imports = self.imports.iter().filter(|id| !known.contains(id.as_str())).cloned();
        events.chain(imports).collect()
    }
}

#[test]
fn nothing_confirmed_is_lost_and_the_books_hold_after_each_of_two_hundred_kills() {
    let folder = tempfile::tempdir().unwrap();
    house::with_order(folder.path()).unwrap();
    let (mut confirmed, mut files) = (Confirmed::default(), 0);
    let mut random = 0x9e37_79b9_7f4a_7c15u64;
    for kill in 0..KILLS {
        // Xorshift (Marsaglia 2003): another moment each time.
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        let more = kill_after(spawn(folder.path()), Duration::from_micros(random % 250_000));
        confirmed.events.extend(more.events);
        // The list of files shows the newest, so only those of this life are looked for.
        files += more.imports.len();
        confirmed.imports = more.imports;
        let app = App::open(folder.path()).unwrap();
        assert_eq!(confirmed.missing(&app), Vec::<String>::new(), "kill {kill}");
        let broken = app.with_store(|store| store.db().check_invariants().unwrap());
        assert!(broken.iter().all(|check| check.failure.is_none()), "kill {kill}: {broken:?}");
        // The whole proof replays the book, so it is asked for now and then, and at the end.
        if kill % 20 == 19 {
            let proof = app.call_as("system", "verify", Value::Null).unwrap();
            assert_eq!(proof["ok"], true, "kill {kill}: {}", proof["checks"]);
        }
    }
    assert!(confirmed.events.len() as u64 > KILLS, "{} actions", confirmed.events.len());
    println!(
        "{KILLS} kills; {} events and {files} files confirmed, none missing",
        confirmed.events.len()
    );
}

fn event(id: &str) -> domain::EventId {
    domain::EventId::parse(id).unwrap()
}
