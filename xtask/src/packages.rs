//! The system's packages that a build needs, on Debian and its kin.

use crate::step;
use anyhow::{Context, bail, ensure};
use std::process::{Command, Stdio};

/// To compile anything: the lock of a book (SQLCipher) and the keychain are C libraries.
pub const BUILD: &[&str] = &["build-essential", "pkg-config", "libssl-dev", "libdbus-1-dev"];

/// To compile the window.
pub const WINDOW: &[&str] = &[
    "file",
    "patchelf",
    "libwebkit2gtk-4.1-dev",
    "librsvg2-dev",
    "libayatana-appindicator3-dev",
    "libxdo-dev",
    "xdg-utils",
];

/// To drive the window and a browser without a person, to read what was printed, and to run the
/// server's log on a real database.
pub const TESTS: &[&str] = &[
    "webkit2gtk-driver",
    "xvfb",
    "xauth",
    "xdotool",
    "dbus",
    "libgl1-mesa-dri",
    "libegl1",
    "fonts-dejavu-core",
    "fonts-noto-cjk",
    "chromium",
    "chromium-driver",
    "poppler-utils",
    "postgresql",
];

/// Installs what is missing, and says so; does nothing where nothing is missing.
pub fn ensure_installed(lists: &[&[&'static str]]) -> anyhow::Result<()> {
    if !step::is_installed("dpkg-query") {
        println!("Not a Debian system; see CONTRIBUTING.md for the packages that are needed.");
        return Ok(());
    }
    let missing: Vec<&str> =
        lists.iter().copied().flatten().copied().filter(|name| !has_package(name)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    println!("Installing with apt-get: {}", missing.join(" "));
    let root = step::read("id -u")?.trim() == "0";
    if !root && !step::is_installed("sudo") {
        bail!("as root, run: apt-get install {}", missing.join(" "));
    }
    let apt = |words: &[&str]| {
        let mut command = Command::new(if root { "apt-get" } else { "sudo" });
        if !root {
            command.arg("apt-get");
        }
        step::run({
            command.args(words).env("DEBIAN_FRONTEND", "noninteractive");
            command
        })
    };
    apt(&["update", "-q"]).context("reading the package lists")?;
    let install = ["install", "-y", "-q", "--no-install-recommends"];
    apt(&[&install[..], &missing].concat()).context("installing packages")
}

fn has_package(name: &str) -> bool {
    let query = Command::new("dpkg-query")
        .args(["-W", "-f=${db:Status-Status}", name])
        .stderr(Stdio::null())
        .output();
    query.is_ok_and(|output| output.stdout == b"installed")
}

/// Node comes from its own site in most houses, so it is asked for, not installed.
pub fn ensure_node() -> anyhow::Result<()> {
    ensure!(
        step::is_installed("node") && step::is_installed("npm"),
        "Node.js 20.19 or newer with npm is needed for the screens; install it and try again"
    );
    Ok(())
}
