//! A central server for a desk to belong to: started, lost, and started again where it was.

use crate::child::Running;
use anyhow::{Context, ensure};
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use tempfile::TempDir;

pub struct Hub {
    running: Option<Running>,
    pub url: String,
    data: TempDir,
}

impl Hub {
    /// A server with one site, and the code for one desktop.
    pub fn open() -> anyhow::Result<(Hub, String)> {
        let mut hub = Hub { running: None, url: String::new(), data: tempfile::tempdir()? };
        hub.admin(&["site", "north"])?;
        let code = hub.admin(&["code", "north", "desk"])?;
        hub.start("0")?;
        Ok((hub, code))
    }

    pub fn lose(&mut self) {
        self.running = None;
    }

    pub fn again(&mut self) -> anyhow::Result<()> {
        let port = self.url.rsplit(':').next().unwrap_or_default().to_owned();
        self.start(&port)
    }

    fn start(&mut self, port: &str) -> anyhow::Result<()> {
        let mut command = self.command()?;
        command.args(["--listen", &format!("127.0.0.1:{port}")]);
        let mut running = Running::start(command.stdout(Stdio::piped()).stderr(Stdio::null()))?;
        let mut line = String::new();
        let out = running.child().stdout.take().context("the server says nothing")?;
        BufReader::new(out).read_line(&mut line)?;
        ensure!(line.starts_with("http://"), "the server said {line:?}");
        self.url = line.trim().to_owned();
        self.running = Some(running);
        Ok(())
    }

    fn admin(&self, words: &[&str]) -> anyhow::Result<String> {
        let out = self.command()?.args(words).output()?;
        ensure!(out.status.success(), "{words:?}: {}", String::from_utf8_lossy(&out.stderr));
        Ok(String::from_utf8(out.stdout)?.trim().to_owned())
    }

    fn command(&self) -> anyhow::Result<Command> {
        let mut command = Command::new(program()?);
        command.arg("--data").arg(self.data.path());
        Ok(command)
    }
}

/// The program beside this test.
fn program() -> anyhow::Result<PathBuf> {
    let test = std::env::current_exe()?;
    let dir = test.parent().and_then(|dir| dir.parent()).context("a test lies in a folder")?;
    Ok(dir.join("quayside-server"))
}
