//! The real window.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use harness::Window;

#[tokio::test(flavor = "multi_thread")]
async fn the_window_opens() {
    let data = tempfile::tempdir().unwrap();
    let window = Window::open(data.path()).await.unwrap();
    assert_eq!(window.title().await.unwrap(), "Quayside");
    let picture = data.path().join("window.png");
    window.screenshot(&picture).await.unwrap();
    assert!(std::fs::metadata(&picture).unwrap().len() > 1_000);
    window.close().await.unwrap();
}
