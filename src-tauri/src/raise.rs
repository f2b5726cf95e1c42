//! A second start on the same data brings the first window forward instead of opening another.
//!
//! The first one listens on this machine alone and leaves its port and a secret in the data folder;
//! whoever can read that folder may ask for the window, and for nothing else.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::time::Duration;
use tauri::{AppHandle, Manager};

const FILE: &str = "window.port";
const SECRET_BYTES: usize = 32;
const HERE: u8 = b'!';
/// On one machine an answer takes a millisecond; a person waits no longer than this for a window.
const PATIENCE: Duration = Duration::from_millis(800);

/// Whether a window on this folder was there and came forward.
pub fn other(dir: &Path) -> bool {
    let Ok(text) = std::fs::read_to_string(dir.join(FILE)) else { return false };
    let Some((port, secret)) = text.trim().split_once(' ') else { return false };
    port.parse().is_ok_and(|port| ask(port, secret).is_ok())
}

fn ask(port: u16, secret: &str) -> std::io::Result<()> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let mut line = TcpStream::connect_timeout(&address, PATIENCE)?;
    line.set_read_timeout(Some(PATIENCE))?;
    line.write_all(secret.as_bytes())?;
    let mut answer = [0];
    line.read_exact(&mut answer)?;
    // Another program may have the port by now.
    if answer[0] == HERE { Ok(()) } else { Err(std::io::ErrorKind::InvalidData.into()) }
}

/// Comes forward whenever another start asks. Without the file a second start says instead that the
/// data is open already.
pub fn listen(shell: AppHandle, dir: &Path) {
    let Ok(listener) = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)) else { return };
    let Ok(address) = listener.local_addr() else { return };
    let Some(secret) = secret() else { return };
    let text = format!("{} {secret}", address.port());
    if std::fs::create_dir_all(dir).and_then(|()| write_private(&dir.join(FILE), &text)).is_err() {
        return;
    }
    std::thread::spawn(move || {
        for line in listener.incoming().flatten() {
            if let Some(answered) = answer(line, &secret) {
                forward(&shell);
                drop(answered);
            }
        }
    });
}

fn answer(mut line: TcpStream, secret: &str) -> Option<TcpStream> {
    line.set_read_timeout(Some(PATIENCE)).ok()?;
    let mut said = vec![0; secret.len()];
    line.read_exact(&mut said).ok()?;
    if said != secret.as_bytes() {
        return None;
    }
    line.write_all(&[HERE]).ok()?;
    Some(line)
}

fn forward(shell: &AppHandle) {
    let Some(window) = shell.get_webview_window("main") else { return };
    // A window manager may refuse; then the window is at least no longer hidden.
    let _ = window.unminimize();
    let _ = window.show();
    let _ = window.set_focus();
}

fn secret() -> Option<String> {
    let mut bytes = [0_u8; SECRET_BYTES / 2];
    getrandom::fill(&mut bytes).ok()?;
    Some(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// For the person's own eyes only.
fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_secret_is_answered() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let answering = std::thread::spawn(move || {
            listener
                .incoming()
                .take(2)
                .flatten()
                .map(|line| answer(line, "abcd").is_some())
                .collect()
        });
        assert!(ask(port, "dcba").is_err());
        assert!(ask(port, "abcd").is_ok());
        let answers: Vec<bool> = answering.join().unwrap();
        assert_eq!(answers, [false, true]);
    }

    #[test]
    fn a_folder_where_nobody_listens_is_free() {
        let dir = tempfile::tempdir().unwrap();
        assert!(!other(dir.path()));
        // Left behind by a program that was killed.
        let gone = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap();
        std::fs::write(dir.path().join(FILE), format!("{} abcd", gone.port())).unwrap();
        assert!(!other(dir.path()));
        std::fs::write(dir.path().join(FILE), "nonsense").unwrap();
        assert!(!other(dir.path()));
    }
}
