//! The screens in headless Chromium, over the bridge.

use crate::child::{Running, free_port};
use crate::page::Page;
use crate::root;
use anyhow::Context;
use bridge::{Served, UiSource};
use serde_json::json;
use std::ops::Deref;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use tempfile::TempDir;
use thirtyfour::prelude::*;

pub struct Browser {
    // Ended in this order, for the reason given at `Window`.
    _driver: Running,
    page: Page,
    pub served: Served,
    _profile: TempDir,
}

impl Browser {
    /// Serves the data folder from this process and opens it.
    pub async fn open(data_dir: &Path) -> anyhow::Result<Browser> {
        crate::choose_tls();
        let app = app::App::open(data_dir)
            .map_err(|problem| anyhow::anyhow!("{}: {}", problem.code, problem.what_happened))?;
        let ui = UiSource::Folder(root().join("ui/dist"));
        let served = bridge::serve(Arc::new(app), ui, 0).await?;
        let profile = tempfile::tempdir()?;
        let port = free_port()?;
        let mut driver = Running::start(
            Command::new("chromedriver")
                .arg(format!("--port={port}"))
                .stdout(Stdio::null())
                .stderr(Stdio::null()),
        )?;
        driver.listens_on(port)?;
        let address = format!("http://127.0.0.1:{port}");
        let driving = WebDriver::new(&address, wishes(profile.path())?).await;
        let page = Page { driver: driving.context("opening the browser")? };
        page.driver.goto(&served.url).await?;
        Ok(Browser { _driver: driver, page, served, _profile: profile })
    }

    pub async fn close(self) -> anyhow::Result<()> {
        self.served.join.abort();
        Ok(self.page.driver.clone().quit().await?)
    }
}

fn wishes(profile: &Path) -> anyhow::Result<Capabilities> {
    let mut wishes = Capabilities::new();
    let profile = format!("--user-data-dir={}", profile.display());
    // Without --no-sandbox Chromium refuses to run as root, as build machines do; it meets no page
    // but ours. Shared memory is small in containers.
    let args = json!([
        "--headless=new",
        "--no-sandbox",
        "--enable-unsafe-swiftshader",
        "--disable-dev-shm-usage",
        "--window-size=1600,1000",
        profile
    ]);
    wishes.set("goog:chromeOptions", json!({ "args": args }))?;
    Ok(wishes)
}

impl Deref for Browser {
    type Target = Page;
    fn deref(&self) -> &Page {
        &self.page
    }
}
