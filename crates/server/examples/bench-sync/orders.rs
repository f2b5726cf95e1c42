//! Orders a second through the API, durable and idempotent, beside single-row commits of pgbench by
//! as many clients on the same PostgreSQL in the same run.

use crate::ours::{Desk, opening, sku};
use crate::postgres::{Server, as_user, newest_bin};
use crate::real::roles::{Again, spawn_replica};
use crate::real::storm::{free_port, wait};
use reqwest::Client;
use serde_json::json;
use server::AdminCommand;
use server::log::Log;
use std::process::Stdio;
use std::time::{Duration, Instant};

const SPAN: Duration = Duration::from_secs(10);
const CLIENTS: [usize; 3] = [1, 8, 32];

pub fn run(again: Again) {
    let folder = tempfile::tempdir().unwrap();
    let database = Server::start(&[]);
    let url = database.database();
    let mut log = Log::postgres(&url).unwrap();
    let mut admin = |command| {
        let mut out = Vec::new();
        server::administer(&mut log, command, &mut out).unwrap();
        String::from_utf8(out).unwrap().trim().to_owned()
    };
    let site = || "north".to_owned();
    admin(AdminCommand::Site { id: site(), name: "North".into() });
    let name = "shop".to_owned();
    let key = admin(AdminCommand::Key { site: site(), name, scopes: Vec::new() });
    let name = "desk".to_owned();
    let code = admin(AdminCommand::Code { site: site(), name, not: Vec::new(), days: 1 });
    let port = free_port();
    let mut server = spawn_replica(again, &folder.path().join("hub"), Some(&url), port);
    let hub = format!("http://127.0.0.1:{port}");
    let desk = Desk::enrolled(&folder.path().join("desk"), &hub, &code);
    desk.record(opening());
    wait("sent", || desk.only_here() == 0);
    drop(desk);

    let other = database.database();
    println!("clients  orders/s   p50 ms   p99 ms  pgbench/s  ratio (goal 0.50)");
    for clients in CLIENTS {
        let commits = pgbench(&other, clients);
        let mut waits = orders(&hub, &key, clients);
        waits.sort_by(f64::total_cmp);
        let rate = waits.len() as f64 / SPAN.as_secs_f64();
        let at = |share: usize| waits[waits.len() * share / 100];
        let (p50, p99) = (at(50), at(99));
        println!(
            "{clients:>7} {rate:>9.0} {p50:>8.1} {p99:>8.1} {commits:>10.0} {:>6.2}",
            rate / commits
        );
    }
    server.kill().unwrap();
    server.wait().unwrap();
}

/// Milliseconds that each order took.
fn orders(hub: &str, key: &str, clients: usize) -> Vec<f64> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let client = Client::new();
        let working = (0..clients).map(|number| {
            let client = client.clone();
            async move {
                let (begun, mut waits) = (Instant::now(), Vec::new());
                while begun.elapsed() < SPAN {
                    let id = format!("{clients}-{number}-{}", waits.len());
                    let line =
                        json!({"sku": sku((number * 7 + waits.len()) as u64 % 500), "qty": 1});
                    let order = json!({"external_id": id, "customer": "Ann", "address": "Quay 1",
                        "lines": [line]});
                    let asked = Instant::now();
                    let answer = client
                        .post(format!("{hub}/v1/orders"))
                        .header("authorization", format!("Bearer {key}"))
                        .header("idempotency-key", &id)
                        .body(order.to_string())
                        .send()
                        .await
                        .unwrap();
                    assert!(answer.status().is_success(), "{}", answer.text().await.unwrap());
                    answer.bytes().await.unwrap();
                    waits.push(asked.elapsed().as_secs_f64() * 1e3);
                }
                waits
            }
        });
        futures_util::future::join_all(working).await.into_iter().flatten().collect()
    })
}

/// Commits a second of one row each.
fn pgbench(url: &str, clients: usize) -> f64 {
    let host = url.split_whitespace().find_map(|word| word.strip_prefix("host=")).unwrap();
    let name = url.split_whitespace().find_map(|word| word.strip_prefix("dbname=")).unwrap();
    let script = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(script.path(), "INSERT INTO one (number) VALUES (1);\n").unwrap();
    let readable = std::os::unix::fs::PermissionsExt::from_mode(0o644);
    std::fs::set_permissions(script.path(), readable).unwrap();
    let mut client = postgres_client(url);
    client.batch_execute("CREATE TABLE IF NOT EXISTS one (number BIGINT)").unwrap();
    let out = as_user(&newest_bin().join("pgbench"))
        .args(["-n", "-M", "prepared", "-U", "quayside", "-h", host, "-j", "2", "-f"])
        .arg(script.path())
        .args(["-c", &clients.to_string(), "-T", &SPAN.as_secs().to_string(), name])
        .stderr(Stdio::null())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&out.stdout).into_owned();
    let rate = said.lines().find_map(|line| line.strip_prefix("tps = "));
    rate.and_then(|rate| rate.split_whitespace().next()?.parse().ok()).expect("pgbench's rate")
}

fn postgres_client(url: &str) -> ::postgres::Client {
    ::postgres::Client::connect(url, ::postgres::NoTls).unwrap()
}
