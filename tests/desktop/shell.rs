//! The window itself: one of it, where it stood, what it tells whoever helps.

use harness::{Window, house};
use serde_json::Value;
use std::path::Path;
use std::time::Duration;

#[tokio::test(flavor = "multi_thread")]
async fn a_second_start_brings_the_first_window_forward() {
    let data = tempfile::tempdir().unwrap();
    house::with_order(data.path()).unwrap();
    let window = Window::open(data.path()).await.unwrap();
    window.wait_text("Who is at this desk?").await.unwrap();
    assert!(window.start_again(data.path()).await.unwrap().success());
    // The first one works on as if nothing had happened.
    window.sign_in().await.unwrap();
    window.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_window_comes_back_as_large_as_it_was() {
    let data = tempfile::tempdir().unwrap();
    house::with_order(data.path()).unwrap();
    let window = Window::open(data.path()).await.unwrap();
    window.wait_text("Who is at this desk?").await.unwrap();
    window.resize(1100, 700).unwrap();
    let kept = kept(data.path(), 1100).await;
    assert_eq!((kept["width"].as_u64(), kept["height"].as_u64()), (Some(1100), Some(700)));
    window.close().await.unwrap();
    let window = Window::open(data.path()).await.unwrap();
    window.wait_text("Who is at this desk?").await.unwrap();
    let size = window.driver.execute("return innerWidth", Vec::new()).await.unwrap();
    assert_eq!(size.json().as_u64(), Some(1100));
    window.close().await.unwrap();
}

/// What is written down once the window has come to rest.
async fn kept(dir: &Path, width: u64) -> Value {
    for _ in 0..100 {
        let text = std::fs::read_to_string(dir.join("window.json")).unwrap_or_default();
        let place: Value = serde_json::from_str(&text).unwrap_or_default();
        if place["width"] == width {
            return place;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the place of the window was not written down");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_supervisor_sets_an_alert_and_today_warns() {
    let data = tempfile::tempdir().unwrap();
    house::with_waiting_order(data.path()).unwrap();
    let window = Window::open(data.path()).await.unwrap();
    window.sign_in().await.unwrap();
    window.click_id("nav-settings").await.unwrap();
    window.click_id("settings-alerts").await.unwrap();
    window.click_id("alert-on-waiting_orders").await.unwrap();
    window.fill_id("alert-limit-waiting_orders", "0").await.unwrap();
    window.click_id("save-alert-rules").await.unwrap();
    window.wait_text("Alert rules saved.").await.unwrap();
    window.click_id("nav-today").await.unwrap();
    window.wait_text("wait for a wave, more than 0").await.unwrap();
    window.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_file_for_support_is_saved_beside_the_data() {
    let data = tempfile::tempdir().unwrap();
    house::with_order(data.path()).unwrap();
    let window = Window::open(data.path()).await.unwrap();
    window.sign_in().await.unwrap();
    window.click_id("nav-settings").await.unwrap();
    window.click_id("settings-about").await.unwrap();
    window.click_id("do-diagnostics").await.unwrap();
    window.click_id("save-support").await.unwrap();
    window.wait_text("quayside-support-").await.unwrap();
    window.close().await.unwrap();
    let folder = std::fs::read_dir(data.path().join("exports")).unwrap();
    let file = folder.map(|entry| entry.unwrap().path()).next().unwrap();
    let text = std::fs::read_to_string(file).unwrap();
    assert!(text.starts_with("Quayside\n"), "{text}");
    assert!(text.contains("started 0."), "the diary knows the start: {text}");
}
