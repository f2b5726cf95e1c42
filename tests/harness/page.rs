//! What a person does at a screen: look for a text, click it, scan a code.

use crate::house;
use anyhow::bail;
use std::path::Path;
use std::time::{Duration, Instant};
use thirtyfour::prelude::*;

/// How long a text may take to appear; the first paint of a cold window is the slowest.
const WAIT_S_MAX: u64 = 30;
const LOOK_EVERY: Duration = Duration::from_millis(50);

pub struct Page {
    pub driver: WebDriver,
}

impl Page {
    pub async fn title(&self) -> anyhow::Result<String> {
        Ok(self.driver.title().await?)
    }

    /// Until the page has run its scripts it does not hear a key.
    pub async fn wait_loaded(&self) -> anyhow::Result<()> {
        let until = Instant::now() + Duration::from_secs(WAIT_S_MAX);
        let script = "return document.readyState";
        while Instant::now() < until {
            let state = self.driver.execute(script, Vec::new()).await;
            if state.is_ok_and(|state| state.json().as_str() == Some("complete")) {
                return Ok(());
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
        bail!("the page was not loaded within {WAIT_S_MAX} s")
    }

    /// The text that can be seen.
    pub async fn text(&self) -> anyhow::Result<String> {
        let script = "return document.body ? document.body.innerText : ''";
        let answer = self.driver.execute(script, Vec::new()).await?;
        Ok(answer.json().as_str().unwrap_or_default().to_owned())
    }

    pub async fn wait_text(&self, wanted: &str) -> anyhow::Result<()> {
        let until = Instant::now() + Duration::from_secs(WAIT_S_MAX);
        loop {
            // A page that is just loading answers with an error; looking again is the remedy.
            let seen = self.text().await.unwrap_or_default();
            if seen.contains(wanted) {
                return Ok(());
            }
            if Instant::now() > until {
                bail!("{wanted:?} did not appear within {WAIT_S_MAX} s; the screen says:\n{seen}");
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// Until something matches a CSS selector.
    pub async fn wait_css(&self, css: &str) -> anyhow::Result<()> {
        let until = Instant::now() + Duration::from_secs(WAIT_S_MAX);
        loop {
            if self.driver.find(By::Css(css)).await.is_ok() {
                return Ok(());
            }
            if Instant::now() > until {
                let seen = self.text().await.unwrap_or_default();
                bail!("{css} did not appear within {WAIT_S_MAX} s; the screen says:\n{seen}");
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// As the supervisor of the small houses. The digits are clicked: typed this fast they would be
    /// taken for a scan.
    pub async fn sign_in(&self) -> anyhow::Result<()> {
        self.click_id("signin-person-li.wei").await?;
        for digit in house::PIN.chars() {
            self.click_id(&format!("digit-{digit}")).await?;
        }
        self.click_id("signin-submit").await
    }

    /// Clicks the first element whose test id begins so, as soon as it stands still.
    pub async fn click_id(&self, id: &str) -> anyhow::Result<()> {
        let until = Instant::now() + Duration::from_secs(WAIT_S_MAX);
        loop {
            self.wait_still().await;
            let found =
                self.driver.find(By::Css(format!("[data-testid^='{id}']:not(:disabled)"))).await;
            let clicked = match found {
                Ok(element) => element.click().await,
                Err(error) => Err(error),
            };
            match clicked {
                Ok(()) => return Ok(()),
                Err(error) if Instant::now() > until => {
                    let seen = self.text().await.unwrap_or_default();
                    bail!("{id} could not be clicked: {error}; the screen says:\n{seen}");
                }
                // Not drawn yet, or drawn anew between finding and clicking.
                Err(_) => tokio::time::sleep(LOOK_EVERY).await,
            }
        }
    }

    /// As a scanner does: the whole code at once, then Enter, to whatever has the focus.
    pub async fn type_scan(&self, code: &str) -> anyhow::Result<()> {
        let keys = format!("{code}{}", char::from(Key::Enter));
        Ok(self.driver.action_chain().send_keys(keys).perform().await?)
    }

    /// A driver clicks where an element was when it looked: in a panel that slides in, that is
    /// already the next button.
    async fn wait_still(&self) {
        let script = "return document.getAnimations().some((one) => one.playState === 'running')";
        for _ in 0..40 {
            let moving = self.driver.execute(script, Vec::new()).await;
            if moving.is_ok_and(|moving| moving.json().as_bool() == Some(false)) {
                return;
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// Puts a text into the field with this test id, as pasting does.
    pub async fn fill_id(&self, id: &str, text: &str) -> anyhow::Result<()> {
        self.click_id(id).await?;
        let script = "const field = document.querySelector(`[data-testid='${arguments[0]}']`);
            field.value = arguments[1];
            field.dispatchEvent(new Event('input', { bubbles: true }));";
        self.driver.execute(script, vec![id.into(), text.into()]).await?;
        Ok(())
    }

    pub async fn screenshot(&self, path: &Path) -> anyhow::Result<()> {
        Ok(self.driver.screenshot(path).await?)
    }
}
