//! Two PostgreSQL servers: a primary and its synchronous standby. The primary can be killed; the
//! standby is promoted then, and a new standby is made of what is left.

use crate::postgres::{as_user, guard, init, is_root, newest_bin, run};
use ::postgres::{Client, NoTls};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::Duration;

const NAMES: [&str; 2] = ["a", "b"];

pub struct Pair {
    folder: PathBuf,
    bin: PathBuf,
    primary: usize,
    guard: Child,
}

impl Pair {
    pub fn start() -> Pair {
        let bin = newest_bin();
        let folder = tempfile::Builder::new().prefix("quayside-pg-").tempdir().unwrap().keep();
        for name in NAMES {
            fs::create_dir(folder.join(format!("{name}.socket"))).unwrap();
        }
        if is_root() {
            run(Command::new("chown").args(["-R", "postgres"]).arg(&folder));
        }
        let guard = guard(&bin, &folder);
        let mut pair = Pair { folder, bin, primary: 0, guard };
        init(&pair.bin, &pair.data(0));
        pair.control(0, &["start"]);
        pair.add_standby();
        pair
    }

    /// Reaches whichever is primary.
    pub fn database(&self) -> String {
        let hosts = [0, 1].map(|at| self.socket(at).display().to_string()).join(",");
        format!("host={hosts} user=quayside dbname=postgres")
    }

    /// Ends the primary without a word and promotes the standby.
    pub fn kill_primary(&mut self) {
        let file = fs::read_to_string(self.data(self.primary).join("postmaster.pid")).unwrap();
        let pid = file.lines().next().unwrap();
        run(Command::new("kill").args(["-9", pid]));
        self.primary = 1 - self.primary;
        self.control(self.primary, &["promote"]);
    }

    /// Makes the other one a standby, from a copy of the primary, and waits until commits wait for it.
    pub fn add_standby(&mut self) {
        let standby = 1 - self.primary;
        // Whatever the killed one's helpers still hold, they let go of within moments.
        while self.data(standby).exists() && fs::remove_dir_all(self.data(standby)).is_err() {
            std::thread::sleep(Duration::from_millis(20));
        }
        for file in fs::read_dir(self.socket(standby)).unwrap() {
            fs::remove_file(file.unwrap().path()).unwrap();
        }
        run(as_user(&self.bin.join("pg_basebackup"))
            .args(["-U", "quayside", "-c", "fast", "-X", "stream", "-R", "--no-sync", "-h"])
            .arg(self.socket(self.primary))
            .arg("-D")
            .arg(self.data(standby)));
        self.control(standby, &["start"]);
        // Not in the copy: once promoted it must not wait for a standby that is not there yet.
        let mut client = self.client();
        client.batch_execute("ALTER SYSTEM SET synchronous_standby_names = '*'").unwrap();
        client.batch_execute("SELECT pg_reload_conf()").unwrap();
        let sql = "SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync'";
        while client.query(sql, &[]).unwrap().is_empty() {
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn client(&self) -> Client {
        let host = self.socket(self.primary);
        let url = format!("host={} user=quayside dbname=postgres", host.display());
        Client::connect(&url, NoTls).unwrap()
    }

    fn data(&self, at: usize) -> PathBuf {
        self.folder.join(NAMES[at])
    }

    fn socket(&self, at: usize) -> PathBuf {
        self.folder.join(format!("{}.socket", NAMES[at]))
    }

    fn control(&self, at: usize, words: &[&str]) {
        let options = format!(
            "-k {} -c listen_addresses='' -c max_connections=100",
            self.socket(at).display()
        );
        let log = |path: &Path| path.with_extension("log");
        run(as_user(&self.bin.join("pg_ctl"))
            .arg("-D")
            .arg(self.data(at))
            .arg("-l")
            .arg(log(&self.data(at)))
            .args(["-w", "-t", "60", "-o", &options])
            .args(words));
    }
}

impl Drop for Pair {
    fn drop(&mut self) {
        drop(self.guard.stdin.take());
        let _ = self.guard.wait();
    }
}
