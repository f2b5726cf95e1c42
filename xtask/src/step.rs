//! Running other programs, and saying what is being done.

use anyhow::{Context, ensure};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map_or_else(PathBuf::new, Path::to_path_buf)
}

/// Where cargo puts what it builds, seen from the root.
pub fn target(path: &str) -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| "target".into(), PathBuf::from).join(path)
}

/// Splits "npm run build" and starts it; an error if it does not end well.
pub fn sh(line: &str) -> anyhow::Result<()> {
    println!("> {line}");
    run(command(line)?)
}

pub fn run(mut command: Command) -> anyhow::Result<()> {
    let program = command.get_program().to_string_lossy().into_owned();
    let status = command.status().with_context(|| format!("starting {program}"))?;
    ensure!(status.success(), "{program} ended with {status}");
    Ok(())
}

/// The standard output of a program that ended well.
pub fn read(line: &str) -> anyhow::Result<String> {
    let output = command(line)?.stderr(std::process::Stdio::inherit()).output();
    let output = output.with_context(|| format!("starting {line}"))?;
    ensure!(output.status.success(), "{line} ended with {}", output.status);
    Ok(String::from_utf8(output.stdout)?)
}

fn command(line: &str) -> anyhow::Result<Command> {
    let mut words = line.split_whitespace();
    let program = words.next().context("an empty command line")?;
    // The cargo that started this one, so that the toolchain is the same.
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let mut command = Command::new(if program == "cargo" { &cargo } else { program });
    command.args(words);
    Ok(command)
}

pub fn is_installed(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|dir| dir.join(program).is_file())
}

/// Steps one after another, each timed; a red one does not hide the next ones.
#[derive(Default)]
pub struct Steps {
    done: Vec<(&'static str, Duration, Option<String>)>,
}

impl Steps {
    /// Returns whether it went well, for steps that need this one.
    pub fn step(&mut self, name: &'static str, work: impl FnOnce() -> anyhow::Result<()>) -> bool {
        println!("\n== {name}");
        let begun = Instant::now();
        let wrong = work().err().map(|error| format!("{error:#}"));
        if let Some(wrong) = &wrong {
            println!("!! {name}: {wrong}");
        }
        let well = wrong.is_none();
        self.done.push((name, begun.elapsed(), wrong));
        well
    }

    /// Prints what was done and how long it took; an error if any step was red.
    pub fn finish(self) -> anyhow::Result<()> {
        println!("\n{:>8}  step", "seconds");
        for (name, took, wrong) in &self.done {
            let mark = if wrong.is_some() { "FAILED" } else { "ok" };
            println!("{:>8.1}  {name}: {mark}", took.as_secs_f64());
        }
        let red = self.done.iter().filter(|(_, _, wrong)| wrong.is_some()).count();
        ensure!(red == 0, "{red} of {} steps failed", self.done.len());
        Ok(())
    }
}
