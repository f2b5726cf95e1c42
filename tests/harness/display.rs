//! A display of its own for each window, so that tests neither see nor disturb each other.

use crate::child::Running;
use anyhow::{Context, ensure};
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

pub struct Display {
    pub name: String,
    _server: Running,
}

impl Display {
    /// Xvfb chooses a free number itself and writes it to its output once it is ready.
    pub fn open() -> anyhow::Result<Display> {
        let mut server = Running::start(
            Command::new("Xvfb")
                .args(["-displayfd", "1", "-screen", "0", "1600x1000x24", "-nolisten", "tcp"])
                .stdout(Stdio::piped())
                .stderr(Stdio::null()),
        )?;
        let output = server.child().stdout.take().context("Xvfb has no output")?;
        let mut number = String::new();
        BufReader::new(output).read_line(&mut number)?;
        ensure!(!number.trim().is_empty(), "Xvfb did not open a display");
        Ok(Display { name: format!(":{}", number.trim()), _server: server })
    }
}
