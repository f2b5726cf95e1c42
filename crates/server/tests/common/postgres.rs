//! A PostgreSQL of one's own: in a temporary folder, reached by a socket in it, gone with the
//! process that asked for it.

use std::fs;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

pub struct Server {
    folder: PathBuf,
    bin: PathBuf,
    databases: AtomicUsize,
    /// Two databases are not made at once: each is a copy of one that nobody may use meanwhile.
    making: Mutex<()>,
    /// Waits while its input is open, which closes however this process ends.
    guard: Child,
}

impl Server {
    /// `settings` as in `postgresql.conf`, one for each.
    pub fn start(settings: &[&str]) -> Server {
        let bin = newest_bin();
        let folder = tempfile::Builder::new().prefix("quayside-pg-").tempdir().unwrap().keep();
        if is_root() {
            run(Command::new("chown").arg("postgres").arg(&folder));
        }
        init(&bin, &folder.join("data"));
        let mut options = format!("-k {} -c listen_addresses=''", folder.display());
        for setting in ["max_connections=200"].iter().chain(settings) {
            options.push_str(&format!(" -c {setting}"));
        }
        let guard = guard(&bin, &folder);
        let server =
            Server { folder, bin, databases: AtomicUsize::new(0), making: Mutex::new(()), guard };
        server.control(&["-o", &options, "start"]);
        server
    }

    /// What kill -9 does to it, and a start after it.
    #[allow(dead_code)]
    pub fn crash_and_restart(&self) {
        self.control(&["-m", "immediate", "restart"]);
    }

    /// An empty database.
    pub fn database(&self) -> String {
        let name = format!("case_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        let _one = self.making.lock().unwrap_or_else(|e| e.into_inner());
        run(as_user(&self.bin.join("createdb"))
            .args(["-U", "quayside", "-h"])
            .arg(&self.folder)
            .arg(&name));
        format!("host={} user=quayside dbname={name}", self.folder.display())
    }

    fn control(&self, words: &[&str]) {
        run(as_user(&self.bin.join("pg_ctl"))
            .arg("-D")
            .arg(self.folder.join("data"))
            .arg("-l")
            .arg(self.folder.join("log"))
            .args(["-w", "-t", "60"])
            .args(words));
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.guard.stdin.take());
        let _ = self.guard.wait();
    }
}

pub fn init(bin: &Path, data: &Path) {
    run(as_user(&bin.join("initdb")).arg("-D").arg(data).args([
        "-A",
        "trust",
        "-U",
        "quayside",
        "-E",
        "UTF8",
        "--no-locale",
        "--no-sync",
    ]));
}

/// Stops every server below the folder and removes it when the pipe closes. In a group of its own, so that an
/// interrupted run is cleaned up too.
pub fn guard(bin: &Path, folder: &Path) -> Child {
    let prefix = if is_root() { SETPRIV.join(" ") } else { String::new() };
    let script = format!(
        "cat > /dev/null; for pid in \"$1\"/*/postmaster.pid; do \
         {prefix} \"$0\" -D \"$(dirname \"$pid\")\" -m immediate -w stop > /dev/null 2>&1; done; \
         rm -rf \"$1\""
    );
    Command::new("sh")
        .args(["-c", &script])
        .arg(bin.join("pg_ctl"))
        .arg(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
        .unwrap()
}

/// PostgreSQL refuses to run as root.
const SETPRIV: [&str; 4] = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"];

pub fn as_user(program: &Path) -> Command {
    let mut command = if is_root() {
        let mut command = Command::new(SETPRIV[0]);
        command.args(&SETPRIV[1..]).arg(program);
        command
    } else {
        Command::new(program)
    };
    command.current_dir("/");
    command
}

pub fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    fs::metadata("/proc/self").is_ok_and(|me| me.uid() == 0)
}

pub fn newest_bin() -> PathBuf {
    let versions = fs::read_dir("/usr/lib/postgresql")
        .expect("PostgreSQL is not installed: apt-get install postgresql");
    let number = |path: &PathBuf| -> u32 {
        path.file_name().and_then(|name| name.to_str()?.parse().ok()).unwrap_or_default()
    };
    let newest = versions.map(|entry| entry.unwrap().path()).max_by_key(number);
    newest.expect("a version of PostgreSQL").join("bin")
}

/// Output goes nowhere: the server would keep a pipe open.
pub fn run(command: &mut Command) {
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    assert!(status.unwrap().success(), "{command:?}");
}
