//! The desktop program in its window, driven through WebKit's own driver.

use crate::child::{Running, free_port};
use crate::display::Display;
use crate::page::Page;
use anyhow::{Context, bail, ensure};
use serde_json::json;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};
use thirtyfour::prelude::*;

/// Between two keys of a quick typist; also longer than the screens wait for a second key.
const HAND: Duration = Duration::from_millis(90);
/// Longer than a start takes on a busy machine.
const SECOND_START_MAX: Duration = Duration::from_secs(40);
const TITLE: &str = "^Quayside$";

pub struct Window {
    // Ended in this order. The driver goes first: a page whose driver is gone closes at once, while
    // one in a test that panicked would wait for an answer.
    _driver: Running,
    page: Page,
    display: Display,
    _memory: tempfile::TempDir,
}

impl Window {
    /// Opens the program on a data folder.
    pub async fn open(data_dir: &Path) -> anyhow::Result<Window> {
        crate::choose_tls();
        let program = program();
        ensure!(program.is_file(), "{} is not built: cargo xtask test", program.display());
        let display = Display::open()?;
        let memory = tempfile::tempdir()?;
        let port = free_port()?;
        let mut driver = Running::start(
            Command::new("WebKitWebDriver")
                .arg(format!("--port={port}"))
                .env("DISPLAY", &display.name)
                .env_remove("WAYLAND_DISPLAY")
                .env("TAURI_WEBVIEW_AUTOMATION", "true")
                .env("QUAYSIDE_DIR", data_dir)
                // Tests leave the keychain of whoever runs them alone.
                .env("QUAYSIDE_KEYCHAIN", "off")
                // What a window remembers (its language, for one) stays with its own test.
                .env("XDG_DATA_HOME", memory.path())
                .env("XDG_CACHE_HOME", memory.path())
                .env("XDG_CONFIG_HOME", memory.path())
                .stdout(Stdio::null())
                .stderr(Stdio::null()),
        )?;
        driver.listens_on(port)?;
        let mut wishes = Capabilities::new();
        let binary = json!({ "binary": program, "args": [] });
        wishes.set("webkitgtk:browserOptions", binary)?;
        let driving = WebDriver::new(&format!("http://127.0.0.1:{port}"), wishes).await;
        let page = Page { driver: driving.context("opening the window")? };
        let window = Window { _driver: driver, page, display, _memory: memory };
        // Without a window manager nobody gives the window the keyboard, so it is given here, once
        // the window can be seen.
        window.xdotool(&["search", "--sync", "--onlyvisible", "--name", TITLE, "windowfocus"])?;
        window.wait_loaded().await?;
        Ok(window)
    }

    /// Real key presses on the display, as a scanner sends them: the code at once, then Enter. The
    /// driver's own key actions stall in this engine once a pointer has moved.
    pub async fn type_scan(&self, code: &str) -> anyhow::Result<()> {
        self.xdotool(&["type", "--delay", "1", code])?;
        self.xdotool(&["key", "Return"])
    }

    /// One key by its name: `F9`, `Return`, `ctrl+z`.
    pub async fn key(&self, name: &str) -> anyhow::Result<()> {
        self.xdotool(&["key", name])
    }

    /// One key at a person's pace: keys that come faster are taken for a scan.
    pub async fn slow_key(&self, name: &str) -> anyhow::Result<()> {
        tokio::time::sleep(HAND).await;
        self.xdotool(&["key", xdotool_name(name)])
    }

    /// Text at a person's pace.
    pub async fn write(&self, text: &str) -> anyhow::Result<()> {
        tokio::time::sleep(HAND).await;
        self.xdotool(&["type", "--delay", "90", text])?;
        tokio::time::sleep(HAND).await;
        Ok(())
    }

    fn xdotool(&self, words: &[&str]) -> anyhow::Result<()> {
        let mut command = Command::new("xdotool");
        command.args(words).env("DISPLAY", &self.display.name);
        let status = command.status().context("starting xdotool")?;
        ensure!(status.success(), "xdotool {words:?} ended with {status}");
        Ok(())
    }

    /// Starts the program once more on the same data and waits for it to end by itself.
    pub async fn start_again(&self, data_dir: &Path) -> anyhow::Result<ExitStatus> {
        let mut second = Running::start(
            Command::new(program())
                .env("DISPLAY", &self.display.name)
                .env_remove("WAYLAND_DISPLAY")
                .env("QUAYSIDE_DIR", data_dir)
                .env("XDG_DATA_HOME", self._memory.path())
                .stdout(Stdio::null())
                .stderr(Stdio::null()),
        )?;
        let until = Instant::now() + SECOND_START_MAX;
        while Instant::now() < until {
            if let Some(status) = second.child().try_wait()? {
                return Ok(status);
            }
            tokio::time::sleep(HAND).await;
        }
        bail!("a second window stays open")
    }

    /// As somebody drags a corner.
    pub fn resize(&self, width: u32, height: u32) -> anyhow::Result<()> {
        let (width, height) = (width.to_string(), height.to_string());
        self.xdotool(&["search", "--onlyvisible", "--name", TITLE, "windowsize", &width, &height])
    }

    /// Closes the window as a person would, so that the program ends by itself.
    pub async fn close(self) -> anyhow::Result<()> {
        Ok(self.page.driver.clone().quit().await?)
    }
}

impl Deref for Window {
    type Target = Page;
    fn deref(&self) -> &Page {
        &self.page
    }
}

/// `QUAYSIDE_BIN`, else the program beside this test.
fn program() -> PathBuf {
    if let Some(program) = std::env::var_os("QUAYSIDE_BIN") {
        return PathBuf::from(program);
    }
    let test = std::env::current_exe().unwrap_or_default();
    let beside = test.parent().and_then(Path::parent).unwrap_or(Path::new(""));
    beside.join("quayside")
}

/// What X11 calls a key.
fn xdotool_name(name: &str) -> &str {
    match name {
        "enter" => "Return",
        "esc" => "Escape",
        "space" => "space",
        "down" => "Down",
        "tab" => "Tab",
        "," => "comma",
        "]" => "bracketright",
        "[" => "bracketleft",
        "?" => "question",
        other => other,
    }
}
