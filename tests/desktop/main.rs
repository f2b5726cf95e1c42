//! The real window, worked with scans, keys and clicks.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod day;
mod faults;

use harness::{Window, house};

pub async fn sign_in(window: &Window) -> anyhow::Result<()> {
    window.click_id("signin-person-li.wei").await?;
    for digit in house::PIN.chars() {
        window.click_id(&format!("digit-{digit}")).await?;
    }
    window.click_id("signin-submit").await
}
