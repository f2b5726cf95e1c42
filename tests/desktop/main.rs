//! The real window, worked with scans, keys and clicks.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod day;

use harness::{Window, house};

pub async fn sign_in(window: &Window) -> anyhow::Result<()> {
    window.click_id("signin-person-li.wei").await?;
    for digit in house::PIN.chars() {
        window.click_id(&format!("digit-{digit}")).await?;
    }
    window.click_id("signin-submit").await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_cannot_be_opened_is_explained() {
    let data = tempfile::tempdir().unwrap();
    std::fs::write(data.path().join("quayside.sqlite"), "this is no database, it is a note")
        .unwrap();
    let window = Window::open(data.path()).await.unwrap();
    window.wait_text("damaged").await.unwrap();
    window.close().await.unwrap();
}
