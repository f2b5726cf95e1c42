//! The same screens in a browser, on the bridge.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use harness::{Browser, house};

#[tokio::test(flavor = "multi_thread")]
async fn a_picker_signs_in_reloads_and_picks_by_scans() {
    let data = tempfile::tempdir().unwrap();
    house::with_order(data.path()).unwrap();
    let browser = Browser::open(data.path()).await.unwrap();
    assert_eq!(browser.title().await.unwrap(), "Quayside");
    browser.sign_in().await.unwrap();
    browser.click_id("nav-pick").await.unwrap();
    // The screens take the token out of the address bar; a reload must not lock the person out.
    browser.driver.refresh().await.unwrap();
    browser.click_id("pick-wave-").await.unwrap();
    browser.wait_text("scan bin A-01-1").await.unwrap();
    browser.type_scan("A-01-2").await.unwrap();
    browser.wait_text("Wrong bin").await.unwrap();
    browser.type_scan("A-01-1").await.unwrap();
    browser.wait_text("scan Mug").await.unwrap();
    browser.type_scan("MUG").await.unwrap();
    browser.wait_text("take 3").await.unwrap();
    browser.click_id("floor-confirm").await.unwrap();
    browser.wait_text("Picked 3").await.unwrap();
    browser.close().await.unwrap();
    let after = house::after(data.path()).unwrap();
    assert_eq!(after.line["picked"], 3);
    assert!(after.books_hold);
}
