//! One day at one desk, from the dock to the customer's door.

use harness::{Window, house};

#[tokio::test(flavor = "multi_thread")]
async fn goods_come_in_and_go_out_and_the_order_closes() {
    let data = tempfile::tempdir().unwrap();
    let orders = house::with_delivery(data.path()).unwrap();
    let window = Window::open(data.path()).await.unwrap();
    assert_eq!(window.title().await.unwrap(), "Quayside");
    window.sign_in().await.unwrap();
    receive_and_put_away(&window).await.unwrap();
    import(&window, &orders).await.unwrap();
    pick(&window).await.unwrap();
    pack(&window).await.unwrap();
    deliver(&window).await.unwrap();
    window.click_id("lang-switch").await.unwrap();
    window.wait_text("库存").await.unwrap();
    window.close().await.unwrap();

    let after = house::after(data.path()).unwrap();
    for counter in ["picked", "packed", "shipped", "delivered"] {
        assert_eq!(after.line[counter], 3, "{counter}");
    }
    assert_eq!(after.mug["sellable"], 7);
    assert!(after.books_hold);
}

/// Ten mugs from the dock to a bin, once by mistake and taken back.
async fn receive_and_put_away(window: &Window) -> anyhow::Result<()> {
    window.click_id("nav-receive").await?;
    window.wait_text("PO-77").await?;
    window.click_id("receive-09090909").await?;
    window.type_scan("TEA").await?;
    window.wait_text("TEA").await?;
    window.type_scan("MUG").await?;
    window.wait_text("count, type").await?;
    window.type_scan("10").await?;
    window.wait_text("Received 10").await?;
    window.click_id("floor-leave").await?;

    window.click_id("view-putaway").await?;
    window.click_id("do-start-putaway").await?;
    window.type_scan("MUG").await?;
    window.wait_text("Put 10").await?;
    window.type_scan("A-01-2").await?;
    window.wait_text("10 × Mug: DOCK-1 → A-01-2").await?;
    window.key("F9").await?;
    window.wait_text("Undone").await?;
    window.wait_text("scan the item").await?;
    window.type_scan("MUG").await?;
    window.wait_text("Put 10").await?;
    window.type_scan("A-01-1").await?;
    window.wait_text("10 × Mug: DOCK-1 → A-01-1").await?;
    window.click_id("floor-leave").await
}

async fn import(window: &Window, orders: &str) -> anyhow::Result<()> {
    window.click_id("nav-orders").await?;
    window.click_id("do-import-file").await?;
    window.fill_id("import-text", orders).await?;
    window.click_id("import-preview").await?;
    window.click_id("import-go").await?;
    window.wait_text("1 of 1 rows taken in").await?;
    window.wait_text("Ann").await
}

async fn pick(window: &Window) -> anyhow::Result<()> {
    window.click_id("nav-pick").await?;
    window.click_id("do-create-wave").await?;
    window.click_id("ask-submit").await?;
    window.click_id("release-wave-").await?;
    window.click_id("pick-wave-").await?;
    window.wait_text("scan bin A-01-1").await?;
    window.type_scan("A-01-2").await?;
    window.wait_text("Wrong bin").await?;
    window.type_scan("A-01-1").await?;
    window.wait_text("scan Mug").await?;
    window.type_scan("MUG").await?;
    window.wait_text("take 3").await?;
    window.key("Return").await?;
    window.wait_text("Picked 3").await?;
    window.click_id("floor-leave").await
}

async fn pack(window: &Window) -> anyhow::Result<()> {
    window.click_id("nav-pack").await?;
    window.click_id("pack-order-").await?;
    window.click_id("box-").await?;
    window.wait_text("scan an item").await?;
    for packed in 1..=3 {
        window.type_scan("MUG").await?;
        window.wait_text(&format!("{packed} of 3")).await?;
    }
    // All is in, so the scale is next; what it should show is already there.
    window.wait_text("then close it").await?;
    window.key("Return").await?;
    window.wait_text("1001 is packed").await?;
    window.click_id("floor-leave").await
}

async fn deliver(window: &Window) -> anyhow::Result<()> {
    window.click_id("nav-route").await?;
    window.click_id("plan-routes").await?;
    window.click_id("plan-take").await?;
    // A late van: the new plan is looked at, left, and then taken.
    for answer in ["offer-drop", "offer-take"] {
        window.click_id("trouble-01").await?;
        window.fill_id("ask-until", "23:40").await?;
        window.click_id("ask-submit").await?;
        window.wait_text("A new plan to look at").await?;
        window.click_id(answer).await?;
    }
    window.click_id("do-publish-plan").await?;
    window.click_id("load-01").await?;
    window.click_id("dispatch-01").await?;
    window.click_id("stop-1001").await?;
    window.click_id("stop-delivered").await?;
    window.fill_id("ask-by", "Ann").await?;
    window.click_id("ask-submit").await?;
    window.click_id("nav-orders").await?;
    window.click_id("view-closed").await?;
    window.wait_text("Delivered").await
}
