//! What a person sees when something is wrong with the disk, the data or a file.

use harness::{SmallDisk, Window, house};
use std::fs::OpenOptions;
use std::io::{Seek, SeekFrom, Write};

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_file_is_named_and_kept() {
    let data = tempfile::tempdir().unwrap();
    let book = data.path().join("quayside.sqlite");
    std::fs::write(&book, "this is no database, it is a note").unwrap();
    let window = Window::open(data.path()).await.unwrap();
    window.wait_text("damaged").await.unwrap();
    window.wait_text("Restore the last backup").await.unwrap();
    window.close().await.unwrap();
    assert_eq!(std::fs::read_to_string(&book).unwrap(), "this is no database, it is a note");
}

#[tokio::test(flavor = "multi_thread")]
async fn data_of_a_newer_version_asks_for_an_update() {
    let data = tempfile::tempdir().unwrap();
    house::with_order(data.path()).unwrap();
    // SQLite keeps the schema's version in four bytes of the file's head.
    let mut book =
        OpenOptions::new().write(true).open(data.path().join("quayside.sqlite")).unwrap();
    book.seek(SeekFrom::Start(60)).unwrap();
    book.write_all(&99u32.to_be_bytes()).unwrap();
    drop(book);
    let window = Window::open(data.path()).await.unwrap();
    window.wait_text("newer version").await.unwrap();
    window.wait_text("Update Quayside").await.unwrap();
    window.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_protected_disk_is_named() {
    let disk = SmallDisk::mount(8).unwrap();
    house::with_delivery(&disk.path()).unwrap();
    disk.protect().unwrap();
    let window = Window::open(&disk.path()).await.unwrap();
    window.wait_text("The data folder cannot be written.").await.unwrap();
    window.wait_text("write-protected").await.unwrap();
    window.close().await.unwrap();
}

/// Nothing is confirmed that is not on the disk, and the same key does it once there is room.
#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_refuses_and_goes_on_when_there_is_room() {
    let disk = SmallDisk::mount(8).unwrap();
    house::with_delivery(&disk.path()).unwrap();
    let window = Window::open(&disk.path()).await.unwrap();
    window.sign_in().await.unwrap();
    window.click_id("nav-receive").await.unwrap();
    window.click_id("receive-09090909").await.unwrap();
    window.type_scan("MUG").await.unwrap();
    window.wait_text("count, type").await.unwrap();
    disk.fill().unwrap();
    window.type_scan("10").await.unwrap();
    window.wait_text("The disk is full. Nothing was recorded.").await.unwrap();
    window.wait_text("Free some space").await.unwrap();
    disk.free().unwrap();
    window.key("Return").await.unwrap();
    window.wait_text("Received 10").await.unwrap();
    window.close().await.unwrap();
    let after = house::after(&disk.path()).unwrap();
    assert_eq!(after.mug["on_hand"], 10);
    assert!(after.books_hold);
}

/// On hand never falls below nothing: the person is told what is there, and nothing moves.
#[tokio::test(flavor = "multi_thread")]
async fn more_than_is_there_cannot_be_scrapped() {
    let data = tempfile::tempdir().unwrap();
    house::with_order(data.path()).unwrap();
    let window = Window::open(data.path()).await.unwrap();
    window.sign_in().await.unwrap();
    window.click_id("nav-stock").await.unwrap();
    window.click_id("row-MUG").await.unwrap();
    window.click_id("key-A-01-1-MUG").await.unwrap();
    window.click_id("do-scrap-stock").await.unwrap();
    window.fill_id("ask-qty", "11").await.unwrap();
    window.fill_id("ask-reason", "broken").await.unwrap();
    window.click_id("ask-submit").await.unwrap();
    window.wait_text("Only 10 of 11 on hand in A-01-1.").await.unwrap();
    window.wait_text("count the bin").await.unwrap();
    window.close().await.unwrap();
    let after = house::after(data.path()).unwrap();
    assert_eq!(after.mug["on_hand"], 10);
    assert!(after.books_hold);
}

/// Good rows come in, bad ones are named by their line, and the same file changes nothing twice.
#[tokio::test(flavor = "multi_thread")]
async fn a_file_with_mistakes_names_each_and_comes_in_once() {
    let data = tempfile::tempdir().unwrap();
    house::with_order(data.path()).unwrap();
    let window = Window::open(data.path()).await.unwrap();
    window.sign_in().await.unwrap();
    window.click_id("nav-orders").await.unwrap();
    window.click_id("do-import-file").await.unwrap();
    window.fill_id("import-text", "order_id,customer\n9,Ann\n").await.unwrap();
    window.wait_text("Say which column is address, sku, qty.").await.unwrap();
    let text = "order_id,customer,address,sku,qty\n\
        2001,Bo,Main St 2,MUG,1\n2002,Cy,Main St 3,CUP,1\n2003,Di,Main St 4,MUG,two\n";
    window.fill_id("import-text", text).await.unwrap();
    window.click_id("import-preview").await.unwrap();
    window.wait_text("unknown SKU CUP").await.unwrap();
    window.wait_text("two").await.unwrap();
    window.click_id("import-go").await.unwrap();
    window.wait_text("✓ 1 · ✕ 2").await.unwrap();
    window.fill_id("import-text", text).await.unwrap();
    window.click_id("import-preview").await.unwrap();
    window.wait_text("already taken in").await.unwrap();
    window.close().await.unwrap();
}
