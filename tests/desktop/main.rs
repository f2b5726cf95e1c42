//! The real window, worked with scans and clicks.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use harness::{Window, house};

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_picked_and_packed_by_scans_and_the_stock_falls() {
    let data = tempfile::tempdir().unwrap();
    house::make(data.path()).unwrap();
    let window = Window::open(data.path()).await.unwrap();
    assert_eq!(window.title().await.unwrap(), "Quayside");
    window.click_id("signin-person-li.wei").await.unwrap();
    for digit in house::PIN.chars() {
        window.click_id(&format!("digit-{digit}")).await.unwrap();
    }
    window.click_id("signin-submit").await.unwrap();

    window.click_id("nav-pick").await.unwrap();
    window.click_id("pick-wave-").await.unwrap();
    window.wait_text("scan bin A-01-1").await.unwrap();
    window.type_scan("A-01-2").await.unwrap();
    window.wait_text("Wrong bin").await.unwrap();
    window.type_scan("A-01-1").await.unwrap();
    window.wait_text("scan Mug").await.unwrap();
    window.type_scan("MUG").await.unwrap();
    window.wait_text("take 3").await.unwrap();
    window.click_id("floor-confirm").await.unwrap();
    window.wait_text("Picked 3").await.unwrap();
    window.click_id("floor-leave").await.unwrap();

    window.click_id("nav-pack").await.unwrap();
    window.click_id("pack-order-").await.unwrap();
    window.click_id("box-").await.unwrap();
    window.wait_text("scan an item").await.unwrap();
    for packed in 1..=3 {
        window.type_scan("MUG").await.unwrap();
        window.wait_text(&format!("{packed} of 3")).await.unwrap();
    }
    window.click_id("floor-leave").await.unwrap();

    window.click_id("nav-stock").await.unwrap();
    window.wait_text("MUG").await.unwrap();
    window.click_id("lang-switch").await.unwrap();
    window.wait_text("库存").await.unwrap();
    window.close().await.unwrap();

    let (line, sku, books_hold) = house::after(data.path()).unwrap();
    assert_eq!((line["picked"].as_i64(), line["packed"].as_i64()), (Some(3), Some(3)));
    assert_eq!(sku["row"]["sellable"], 7);
    assert!(books_hold);
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
