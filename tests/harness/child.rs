//! Programs that a test starts and that must not outlive it.

use anyhow::{Context, bail};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::{Child, Command};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How long a driver may take to listen on a busy machine.
const START_S_MAX: u64 = 30;

pub struct Running(Child);

impl Running {
    pub fn start(command: &mut Command) -> anyhow::Result<Running> {
        let program = command.get_program().to_string_lossy().into_owned();
        command.spawn().map(Running).with_context(|| format!("starting {program}"))
    }

    pub fn child(&mut self) -> &mut Child {
        &mut self.0
    }

    /// Waits until the program listens on `port`.
    pub fn listens_on(&mut self, port: u16) -> anyhow::Result<()> {
        let until = Instant::now() + Duration::from_secs(START_S_MAX);
        while Instant::now() < until {
            if TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok() {
                return Ok(());
            }
            if let Some(status) = self.0.try_wait()? {
                bail!("it ended with {status} before it listened on port {port}");
            }
            sleep(Duration::from_millis(50));
        }
        bail!("nothing listened on port {port} within {START_S_MAX} s")
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to stop.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A port that was free a moment ago.
pub fn free_port() -> anyhow::Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}
