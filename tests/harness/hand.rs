//! A person at the desk who has no mouse: what they scan and type is counted.

use crate::window::Window;

/// What one task took.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Effort {
    pub scans: u32,
    pub keys: u32,
}

pub struct Hand<'a> {
    window: &'a Window,
    effort: Effort,
    took: Vec<(&'static str, Effort)>,
}

impl<'a> Hand<'a> {
    pub fn new(window: &'a Window) -> Hand<'a> {
        Hand { window, effort: Effort::default(), took: Vec::new() }
    }

    /// One code, as a scanner sends it.
    pub async fn scan(&mut self, code: &str) -> anyhow::Result<()> {
        self.effort.scans += 1;
        self.window.type_scan(code).await
    }

    /// Keys one after another, each by its name: `g r`, `F2`, `ctrl+z`.
    pub async fn press(&mut self, names: &str) -> anyhow::Result<()> {
        for name in names.split(' ') {
            self.effort.keys += 1;
            self.window.slow_key(name).await?;
        }
        Ok(())
    }

    /// Text as a person types it.
    pub async fn write(&mut self, text: &str) -> anyhow::Result<()> {
        self.effort.keys += text.chars().count() as u32;
        self.window.write(text).await
    }

    /// Until something that a stylesheet would call so is on the screen.
    pub async fn see(&self, css: &str) -> anyhow::Result<()> {
        self.window.wait_css(css).await
    }

    pub async fn read(&self, text: &str) -> anyhow::Result<()> {
        self.window.wait_text(text).await
    }

    /// A task is finished: what it took is written down.
    pub fn done(&mut self, task: &'static str) {
        self.took.push((task, std::mem::take(&mut self.effort)));
    }

    pub fn took(&self) -> &[(&'static str, Effort)] {
        &self.took
    }
}
