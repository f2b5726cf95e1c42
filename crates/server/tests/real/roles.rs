//! What the processes do that are killed. Each is this same program, started again with a role.

use app::{App, SYSTEM};
use domain::Body;
use serde_json::{Value, json};
use server::log::Log;
use std::io::Write;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use super::house::{self, SKUS};

const ROLE: &str = "QUAYSIDE_REAL_ROLE";
pub const DID: &str = "did ";

/// How this program is started so that it looks for its role.
pub type Again = fn() -> Command;

/// Without a database its log is in the folder.
pub fn spawn_replica(again: Again, data: &Path, database: Option<&str>, port: u16) -> Child {
    let role = json!({"data": data, "database": database, "port": port});
    let mut command = again();
    command.env(ROLE, role.to_string()).stdout(Stdio::null()).stderr(Stdio::null());
    command.stdin(Stdio::piped()).spawn().unwrap()
}

pub fn spawn_station(again: Again, folder: &Path) -> Child {
    let mut command = again();
    command.env(ROLE, json!({"folder": folder}).to_string());
    command.stdout(Stdio::piped()).stderr(Stdio::null()).stdin(Stdio::piped()).spawn().unwrap()
}

/// Plays the role that this process was started for, for ever. Returns at once without one.
pub fn play() {
    let Ok(role) = std::env::var(ROLE) else { return };
    let role: Value = serde_json::from_str(&role).unwrap();
    // The input closes however the one who started us ends.
    std::thread::spawn(|| {
        let _ = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
        std::process::exit(0);
    });
    match role["folder"].as_str() {
        Some(folder) => work(Path::new(folder)),
        None => serve(&role),
    }
    std::process::exit(0);
}

fn serve(role: &Value) {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let folder = PathBuf::from(role["data"].as_str().unwrap());
    let log = match role["database"].as_str() {
        Some(url) => Log::postgres(url).unwrap(),
        None => Log::embedded(&folder).unwrap(),
    };
    let port = role["port"].as_u64().unwrap() as u16;
    let listen = ([127, 0, 0, 1], port).into();
    let per_second = NonZeroU32::MAX;
    let serve = server::Serve { log, folder, listen, per_second, tls: None };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(server::serve(serve, &mut std::io::sink())).unwrap();
}

/// A desktop at work until it is killed or nobody listens. What it confirms stands on its output.
fn work(folder: &Path) {
    let app = Arc::new(App::open(folder).unwrap());
    let _wire = link::start(app.clone());
    loop {
        let confirmed = act(&app);
        let mut out = std::io::stdout();
        for id in confirmed {
            if writeln!(out, "\n{DID}{id}").is_err() {
                return;
            }
        }
        if out.flush().is_err() {
            return;
        }
        std::thread::sleep(Duration::from_millis(20 + app.edge().random() % 120));
    }
}

/// Some work; the ids of the events that a person would have been told are recorded.
fn act(app: &App) -> Vec<String> {
    let dice = app.edge().random();
    let once = format!("{:016x}", app.edge().random());
    let sku = house::sku(dice >> 32);
    match dice % 10 {
        0..4 => record(app, Body::Moved(house::receipt(&sku, 1 + (dice >> 8) as i64 % 5, &once))),
        4..6 => record(app, Body::Moved(house::scrap(&sku, 1, &once))),
        6 => {
            let line = json!({"sku": sku, "qty": 1 + (dice >> 8) % 2});
            let order = json!({"external_id": format!("D-{once}"), "customer": "Bo",
                "address": "Quay 2", "lon": null, "lat": null, "lines": [line]});
            call(app, "place_order", order)
        }
        7 => {
            let name = format!("note-{}", (dice >> 8) % SKUS);
            record(app, Body::SettingSet { name, value: once })
        }
        8 => wave_or_pick(app),
        _ => record(app, Body::Moved(house::transfer(&sku, 1 + (dice >> 8) as i64 % 3, &once))),
    }
}

/// Several desktops make waves of the same orders and walk to the same shelves.
fn wave_or_pick(app: &App) -> Vec<String> {
    let waves = app.call_as(SYSTEM, "waves", json!({})).unwrap_or_default();
    for wave in waves.as_array().into_iter().flatten() {
        let id = wave["id"].clone();
        if wave["state"] == "planned" {
            return call(app, "release_wave", json!({"id": id}));
        }
        let asked = json!({"wave_id": id, "skipped": []});
        let next = app.call_as(SYSTEM, "pick_next", asked).unwrap_or_default();
        let task = &next["task"];
        if task.is_object() {
            let pick = json!({"task_id": task["id"], "qty": task["qty"], "serials": []});
            return call(app, "pick", pick);
        }
    }
    call(app, "create_wave", json!({"order_ids": [], "max_orders": 4}))
}

fn call(app: &App, name: &str, args: Value) -> Vec<String> {
    let answer = app.call_as(SYSTEM, name, args).unwrap_or_default();
    let ids = answer["event_ids"].as_array().into_iter().flatten();
    ids.filter_map(|id| id.as_str().map(str::to_owned)).collect()
}

fn record(app: &App, body: Body) -> Vec<String> {
    let done = app.as_person(SYSTEM, app::lang::Lang::En, |ctx| {
        ctx.done(|w| Ok(w.record(body.clone())?.to_string()))
    });
    done.unwrap().event_ids
}
