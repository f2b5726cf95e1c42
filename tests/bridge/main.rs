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

/// The map needs WebGL, which a browser without a screen draws by software.
#[tokio::test(flavor = "multi_thread")]
async fn a_street_is_closed_where_the_map_is_clicked() {
    let data = tempfile::tempdir().unwrap();
    house::with_delivery(data.path()).unwrap();
    let browser = Browser::open(data.path()).await.unwrap();
    browser.sign_in().await.unwrap();
    browser.click_id("nav-route").await.unwrap();
    browser.wait_text("Show all").await.unwrap();
    browser.click_id("do-close-street").await.unwrap();
    browser.click_id("map").await.unwrap();
    browser.wait_text("No route drives here today").await.unwrap();
    browser.fill_id("closed-reason", "burst pipe").await.unwrap();
    browser.click_id("close-street").await.unwrap();
    browser.wait_text("0 routes change").await.unwrap();
    browser.wait_text("burst pipe").await.unwrap();
    browser.close().await.unwrap();
}
