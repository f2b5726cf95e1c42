//! The browser on the bridge.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use harness::Browser;

#[tokio::test(flavor = "multi_thread")]
async fn the_page_opens_and_reloads() {
    let data = tempfile::tempdir().unwrap();
    let browser = Browser::open(data.path()).await.unwrap();
    assert_eq!(browser.title().await.unwrap(), "Quayside");
    // The screens take the token out of the address bar; a reload must not lock the person out.
    let plain = format!("http://{}/", browser.served.addr);
    browser.driver.goto(&plain).await.unwrap();
    assert_eq!(browser.title().await.unwrap(), "Quayside");
    browser.close().await.unwrap();
}

/// The harness itself: what a person does must arrive at a page as it does from a person.
#[tokio::test(flavor = "multi_thread")]
async fn a_scan_a_click_and_a_filled_field_arrive() {
    let data = tempfile::tempdir().unwrap();
    let browser = Browser::open(data.path()).await.unwrap();
    browser.driver.goto(&format!("data:text/html,{PRACTICE_PAGE}")).await.unwrap();
    browser.type_scan("]C101069").await.unwrap();
    browser.wait_text("scanned ]C101069").await.unwrap();
    browser.click_text("Done").await.unwrap();
    browser.wait_text("clicked").await.unwrap();
    browser.fill("Weight", "12").await.unwrap();
    browser.wait_text("weight 12").await.unwrap();
    browser.close().await.unwrap();
}

const PRACTICE_PAGE: &str = "<p id=said></p><button onclick=\"said.textContent='clicked'\">Done\
    </button><label>Weight <input oninput=\"said.textContent='weight '+value\"></label><script>\
    let keys='';document.onkeydown=e=>{if(e.key=='Enter')said.textContent='scanned '+keys;\
    else if(e.key.length==1)keys+=e.key}</script>";
