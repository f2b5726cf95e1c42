//! The server as a process, killed without a word when the test is over.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

const PROGRAM: &str = env!("CARGO_BIN_EXE_quayside-server");

pub struct ServerProcess {
    child: Child,
    pub url: String,
}

impl ServerProcess {
    pub fn start(data: &Path, database: Option<&str>) -> ServerProcess {
        ServerProcess::listening(data, database, "0", &[])
    }

    pub fn start_with(data: &Path, words: &[&str]) -> ServerProcess {
        ServerProcess::listening(data, None, "0", words)
    }

    /// Again where it was before.
    pub fn again(&self, data: &Path, database: Option<&str>) -> ServerProcess {
        let port = self.url.rsplit(':').next().unwrap();
        ServerProcess::listening(data, database, port, &[])
    }

    fn listening(data: &Path, database: Option<&str>, port: &str, words: &[&str]) -> ServerProcess {
        let mut command = command(data, database);
        command
            .args(words)
            .args(["--listen", &format!("127.0.0.1:{port}")])
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert!(line.starts_with("http://"), "{line}");
        ServerProcess { child, url: line.trim().to_owned() }
    }

    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for ServerProcess {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn command(data: &Path, database: Option<&str>) -> Command {
    let mut command = Command::new(PROGRAM);
    command.arg("--data").arg(data);
    if let Some(database) = database {
        command.args(["--database", database]);
    }
    command
}

/// Runs one administrative command and answers what it printed.
pub fn admin(data: &Path, database: Option<&str>, args: &[&str]) -> String {
    let out = command(data, database).args(args).output().unwrap();
    assert!(out.status.success(), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).unwrap().trim().to_owned()
}
