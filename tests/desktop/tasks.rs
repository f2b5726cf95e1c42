//! The core tasks without a mouse, in both languages: each in the scans and keys that
//! docs/guides/hands.md promises.

use harness::{Effort, Hand, Hub, Window, house};

#[tokio::test(flavor = "multi_thread")]
async fn every_core_task_is_done_by_scanner_and_keyboard_in_english() {
    work_the_day(false).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn every_core_task_is_done_by_scanner_and_keyboard_in_chinese() {
    work_the_day(true).await.unwrap();
}

async fn work_the_day(chinese: bool) -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    house::with_tasks(data.path()).map_err(|problem| anyhow::anyhow!("{problem:?}"))?;
    let window = Window::open(data.path()).await?;
    if chinese {
        window.click_id("lang-switch").await?;
    }
    let mut hand = Hand::new(&window);
    sign_in(&mut hand, 1).await?;

    receive(&mut hand).await?;
    put_away(&mut hand).await?;
    pick(&mut hand).await?;
    pick_short(&mut hand).await?;
    pack(&mut hand).await?;
    count(&mut hand).await?;
    buy(&mut hand).await?;
    plan(&mut hand).await?;
    undo(&mut hand).await?;
    offline(&mut hand).await?;

    assert_eq!(hand.took(), PROMISED);
    let words = window.text().await?;
    assert_eq!(words.contains("设置"), chinese, "{words}");
    window.close().await?;
    let after = house::after(data.path()).map_err(|problem| anyhow::anyhow!("{problem:?}"))?;
    assert_eq!(after.line["packed"], 3);
    assert!(after.ordered > 0);
    assert!(after.books_hold);
    Ok(())
}

/// In the order in which they are done; docs/guides/hands.md has the same table.
const PROMISED: &[(&str, Effort)] = &[
    ("sign in", effort(0, 6)),
    ("receive", effort(1, 7)),
    ("put away", effort(2, 3)),
    ("pick a wave", effort(2, 7)),
    ("short pick", effort(1, 4)),
    ("pack and print", effort(5, 6)),
    ("count", effort(2, 5)),
    ("sign out", effort(0, 1)),
    ("sign in", effort(0, 6)),
    ("count", effort(2, 5)),
    ("sign out", effort(0, 1)),
    ("sign in", effort(0, 6)),
    ("approve a count", effort(0, 4)),
    ("approve a proposal", effort(0, 4)),
    ("plan a route and move a stop", effort(0, 8)),
    ("undo with a look at it first", effort(0, 2)),
];

const fn effort(scans: u32, keys: u32) -> Effort {
    Effort { scans, keys }
}

const RIGHT: &str = "[data-testid=floor-band][data-flash=right]";

fn screen(name: &str) -> String {
    format!("[data-testid=screen-{name}]")
}

async fn sign_in(hand: &mut Hand<'_>, nth: u32) -> anyhow::Result<()> {
    hand.see("[data-testid^=signin-person-]").await?;
    hand.press(&nth.to_string()).await?;
    hand.see("[data-testid=signin-pin]").await?;
    hand.write(house::PIN).await?;
    hand.press("enter").await?;
    hand.see("[data-testid=nav-today]").await?;
    hand.done("sign in");
    Ok(())
}

async fn receive(hand: &mut Hand<'_>) -> anyhow::Result<()> {
    hand.press("g r").await?;
    hand.read("PO-77").await?;
    hand.press("r").await?;
    hand.see("[data-testid=floor]").await?;
    hand.scan("MUG").await?;
    hand.see("[data-testid=receive-qty]").await?;
    hand.write("10").await?;
    hand.press("enter").await?;
    hand.see("[data-testid=floor-band][data-flash=right]").await?;
    hand.press("esc").await?;
    hand.see("[data-testid=receipts-table]").await?;
    hand.done("receive");
    Ok(())
}

async fn put_away(hand: &mut Hand<'_>) -> anyhow::Result<()> {
    hand.press("]").await?;
    hand.read("DOCK-1").await?;
    hand.press("p").await?;
    hand.see("[data-testid=floor]").await?;
    hand.scan("MUG").await?;
    hand.see(RIGHT).await?;
    hand.scan("A-01-1").await?;
    hand.read("A-01-1").await?;
    hand.press("esc").await?;
    hand.see("[data-testid=putaway-table]").await?;
    hand.done("put away");
    Ok(())
}

async fn pick(hand: &mut Hand<'_>) -> anyhow::Result<()> {
    hand.press("g p").await?;
    hand.see(&screen("pick")).await?;
    hand.press("n").await?;
    hand.see("[data-testid=ask-max]").await?;
    hand.press("enter").await?;
    hand.see("[data-testid^=release-wave-]").await?;
    hand.press("r").await?;
    hand.see("[data-testid^=pick-wave-]").await?;
    hand.press("p").await?;
    hand.read("A-01-1").await?;
    hand.scan("A-01-1").await?;
    hand.see(RIGHT).await?;
    hand.scan("MUG").await?;
    hand.see("[data-testid=floor-qty-input]").await?;
    hand.press("enter").await?;
    hand.read("A-01-2").await?;
    hand.done("pick a wave");
    Ok(())
}

/// Only two of the four teas are there.
async fn pick_short(hand: &mut Hand<'_>) -> anyhow::Result<()> {
    hand.scan("A-01-2").await?;
    hand.see(RIGHT).await?;
    hand.press("F2").await?;
    hand.see("[data-testid=short-qty]").await?;
    hand.write("2").await?;
    hand.press("enter").await?;
    hand.see("[data-testid=floor]:not(:has([data-testid=short-qty]))").await?;
    hand.press("esc").await?;
    hand.see("[data-testid=waves-table]").await?;
    hand.done("short pick");
    Ok(())
}

async fn pack(hand: &mut Hand<'_>) -> anyhow::Result<()> {
    hand.press("g k").await?;
    hand.read("1001").await?;
    hand.press("enter").await?;
    hand.see("[data-testid^=box-]").await?;
    hand.press("enter").await?;
    hand.see("[data-testid=floor-qty]").await?;
    for _ in 0..3 {
        hand.scan("MUG").await?;
    }
    hand.scan("TEA").await?;
    hand.scan("TEA").await?;
    hand.see("[data-testid=carton-weight]").await?;
    hand.press("enter").await?;
    // The label and the slip come by themselves.
    hand.see("[data-testid=pack-done]").await?;
    hand.see("[data-testid=paper-pages]").await?;
    hand.press("esc").await?;
    hand.see("[data-testid=pack-table]").await?;
    hand.done("pack and print");
    Ok(())
}

/// The bin that was short, blind, by two people; then the difference is approved.
async fn count(hand: &mut Hand<'_>) -> anyhow::Result<()> {
    for other in [2, 1] {
        hand.press("g c").await?;
        hand.read("A-01-2").await?;
        hand.press("s").await?;
        hand.see("[data-testid=floor]").await?;
        hand.scan("A-01-2").await?;
        hand.see(RIGHT).await?;
        hand.scan("TEA").await?;
        hand.press("F2").await?;
        hand.see("[data-testid=count-outcome]").await?;
        hand.press("esc").await?;
        hand.see("[data-testid=counts-table]").await?;
        hand.done("count");
        hand.press("ctrl+q").await?;
        hand.done("sign out");
        sign_in(hand, other).await?;
    }
    hand.press("g c").await?;
    hand.read("A-01-2").await?;
    hand.press("enter").await?;
    hand.see("[data-testid=do-approve-count]").await?;
    hand.press("a").await?;
    hand.see("[data-testid=empty]").await?;
    hand.done("approve a count");
    Ok(())
}

/// The cups that were asked for all fortnight are ordered.
async fn buy(hand: &mut Hand<'_>) -> anyhow::Result<()> {
    hand.press("g b").await?;
    hand.read("CUP").await?;
    hand.press("enter").await?;
    hand.see("[data-testid=proposal-accept]").await?;
    hand.press("a").await?;
    hand.see("[data-testid=screen-buy]:not(:has([data-testid=proposal-accept]))").await?;
    hand.done("approve a proposal");
    Ok(())
}

async fn plan(hand: &mut Hand<'_>) -> anyhow::Result<()> {
    hand.press("g d").await?;
    hand.see(&screen("route")).await?;
    hand.press("p").await?;
    hand.see("[data-testid=plan-take]:not(:disabled)").await?;
    hand.press("t").await?;
    hand.see("[data-testid=do-publish-plan]").await?;
    hand.press("down m").await?;
    hand.see("[data-testid=move-van-number]").await?;
    hand.press("2").await?;
    hand.see("[data-testid=move-check]").await?;
    hand.press("enter").await?;
    hand.see("[data-testid=van-02] [data-testid^=stop-]").await?;
    hand.done("plan a route and move a stop");
    Ok(())
}

async fn undo(hand: &mut Hand<'_>) -> anyhow::Result<()> {
    hand.press("ctrl+z").await?;
    hand.see("[data-testid=undo-confirm]").await?;
    hand.press("enter").await?;
    hand.see("[data-testid=toast]").await?;
    hand.done("undo with a look at it first");
    Ok(())
}

/// The server is lost while somebody works, and comes back.
async fn offline(hand: &mut Hand<'_>) -> anyhow::Result<()> {
    let (mut hub, code) = Hub::open()?;
    hand.press("g ,").await?;
    hand.see(&screen("settings")).await?;
    hand.press("] ] ]").await?;
    hand.see("[data-testid=server-url]").await?;
    hand.write(&hub.url).await?;
    hand.press("tab").await?;
    hand.write(&code).await?;
    hand.press("enter").await?;
    hand.see("[data-testid=strip-sync][data-link=online]").await?;
    hub.lose();
    hand.see("[data-testid=strip-sync][data-link=offline]").await?;
    hand.press("g s").await?;
    hand.see(&screen("stock")).await?;
    hub.again()?;
    hand.see("[data-testid=strip-sync][data-link=online]").await?;
    hand.press("g ,").await?;
    hand.see(&screen("settings")).await
}
