//! PouchDB's replication of as many documents of the same content, in the same run on the same disk.

use crate::real::proxy::Proxy;
use crate::real::storm::free_port;
use serde_json::Value;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

const PACKAGES: [&str; 3] = ["pouchdb@9", "express@4", "express-pouchdb@4"];
const SERVER: &str = include_str!("server.mjs");
const CLIENT: &str = include_str!("client.mjs");

/// How long pushing and pulling took, or why it could not be measured.
pub fn run(documents: usize) -> Result<Duration, String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let dir = folder.path();
    std::fs::write(dir.join("server.mjs"), SERVER).unwrap();
    std::fs::write(dir.join("client.mjs"), CLIENT).unwrap();
    std::fs::write(dir.join("package.json"), "{\"private\": true}").unwrap();
    let mut npm = Command::new("npm");
    npm.args(["install", "--no-audit", "--no-fund", "--loglevel=error"]).args(PACKAGES);
    let installed = npm.current_dir(dir).stdout(Stdio::null()).status();
    if !installed.is_ok_and(|status| status.success()) {
        return Err("npm cannot install it here".to_owned());
    }
    let port = free_port();
    let _server = Ending(node(dir, &["server.mjs", &port.to_string()]).spawn().unwrap());
    let line = Proxy::to(&[port]);
    let client = node(dir, &["client.mjs", &line.url(), &documents.to_string()])
        .stdout(Stdio::piped())
        .output()
        .map_err(|error| error.to_string())?;
    let said = String::from_utf8_lossy(&client.stdout);
    let figures = said.lines().rev().find_map(|line| serde_json::from_str::<Value>(line).ok());
    let figures = figures.ok_or("its client failed")?;
    let seconds = |name: &str| figures[name].as_f64().unwrap_or_default();
    println!("PouchDB, push               {:>7.1} s", seconds("push"));
    println!("PouchDB, pull               {:>7.1} s", seconds("pull"));
    let (up, down) = line.bytes();
    let per = |bytes: u64| bytes as f64 / documents as f64;
    println!(
        "  bytes a document          {:>7.1} up, {:.1} down, both together",
        per(up),
        per(down)
    );
    Ok(Duration::from_secs_f64(seconds("push") + seconds("pull")))
}

fn node(dir: &Path, words: &[&str]) -> Command {
    let mut command = Command::new("node");
    command.args(words).current_dir(dir).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

struct Ending(Child);

impl Drop for Ending {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
