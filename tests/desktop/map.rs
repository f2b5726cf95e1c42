//! The map in the real window: drawn, pointed at, a street closed and opened again.

use harness::{Window, house};

#[tokio::test(flavor = "multi_thread")]
async fn a_street_is_closed_and_opened_on_the_map() {
    let data = tempfile::tempdir().unwrap();
    house::with_delivery(data.path()).unwrap();
    let window = Window::open(data.path()).await.unwrap();
    window.sign_in().await.unwrap();
    window.click_id("nav-route").await.unwrap();
    window.wait_text("Show all").await.unwrap();
    window.click_id("do-close-street").await.unwrap();
    window.click_id("map").await.unwrap();
    window.wait_text("No route drives here today").await.unwrap();
    window.fill_id("closed-reason", "burst pipe").await.unwrap();
    window.click_id("close-street").await.unwrap();
    window.wait_text("0 routes change").await.unwrap();
    window.wait_text("burst pipe").await.unwrap();
    window.click_id("reopen-").await.unwrap();
    window.wait_text("is open again").await.unwrap();
    window.close().await.unwrap();
}
