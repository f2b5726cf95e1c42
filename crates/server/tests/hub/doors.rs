//! The order API beyond placing: lists, holds, limits, and webhooks that were given up.

use crate::process::{ServerProcess, admin};
use crate::shop::{Shop, desk_with, order, receiver};
use crate::station::wait;
use domain::Timestamp;
use reqwest::{Client, Method, StatusCode};
use serde_json::{Value, json};
use server::log::{Log, NewDelivery, delivery_id};
use std::collections::BTreeSet;
use std::path::Path;

fn site(data: &Path) -> (String, String) {
    admin(data, None, &["site", "north"]);
    (admin(data, None, &["key", "north", "shop"]), admin(data, None, &["code", "north", "desk"]))
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_are_read_page_by_page_and_orders_are_held() {
    let data = tempfile::tempdir().unwrap();
    let (key, code) = site(data.path());
    let server = ServerProcess::start(data.path(), None);
    let _desk = desk_with(&server, code, 10).await;
    let shop = Shop::new(&server.url, &key);
    for n in 0..5 {
        let (status, answer) = shop.place(&order(&format!("A-{n}"), "MUG", 1)).await;
        assert_eq!(status, StatusCode::CREATED, "{answer}");
    }
    let (mut seen, mut path, mut pages) = (BTreeSet::new(), "/v1/orders?limit=2".to_owned(), 0);
    let last = loop {
        let (status, page) = shop.get(&path).await;
        assert_eq!(status, StatusCode::OK, "{page}");
        let items = page["items"].as_array().unwrap();
        seen.extend(items.iter().map(|item| item["external_id"].as_str().unwrap().to_owned()));
        pages += 1;
        match page["next"].as_str() {
            Some(next) => path = format!("/v1/orders?limit=2&cursor={next}"),
            None => break items[0].clone(),
        }
    };
    assert_eq!((seen.len(), pages), (5, 3));
    let (_, found) = shop.get("/v1/orders?search=A-3").await;
    assert_eq!(found["items"].as_array().unwrap().len(), 1);
    for wrong in ["limit=0", "limit=201", "cursor=x", "state=eaten", "colour=red"] {
        let (status, problem) = shop.get(&format!("/v1/orders?{wrong}")).await;
        assert_eq!((status, &problem["code"]), (StatusCode::BAD_REQUEST, &json!("bad_request")));
    }
    let (_, products) = shop.get("/v1/products").await;
    assert_eq!(products["items"][0]["sku"], "MUG");
    assert_eq!(products["items"][0]["name_zh"], "杯子");
    assert_eq!(shop.get("/v1/products/MUG").await.1["price_minor"], 500);
    assert_eq!(shop.get("/v1/products/CUP").await.0, StatusCode::NOT_FOUND);
    let (_, customers) = shop.get("/v1/customers").await;
    assert_eq!(
        (&customers["items"][0]["name"], &customers["items"][0]["orders"]),
        (&json!("Ann"), &json!(5))
    );

    let id = last["id"].as_str().unwrap();
    let hold = format!("/v1/orders/{id}/hold");
    let (status, held) =
        shop.ask(Method::POST, &hold, Some(&json!({"reason": "fraud"})), None).await;
    assert_eq!((status, &held["held"]), (StatusCode::OK, &json!(true)), "{held}");
    let (_, fulfilment) = shop.get(&format!("/v1/orders/{id}/fulfilment")).await;
    assert_eq!((&fulfilment["held"], &fulfilment["cartons"]), (&json!(true), &json!([])));
    let (_, free) = shop.ask(Method::DELETE, &hold, None, None).await;
    assert_eq!(free["held"], false);
    assert_eq!(shop.get(&format!("/v1/orders/{id}/shipments")).await.1, json!([]));
    let cancel = format!("/v1/orders/{id}/cancel");
    shop.ask(Method::POST, &cancel, None, None).await;
    let (status, gone) = shop.ask(Method::POST, &hold, None, None).await;
    assert_eq!((status, &gone["code"]), (StatusCode::CONFLICT, &json!("wrong_state")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_asks_too_often_is_told_when_to_come_again() {
    let data = tempfile::tempdir().unwrap();
    let (key, _) = site(data.path());
    let other = admin(data.path(), None, &["key", "north", "other"]);
    let server = ServerProcess::start_with(data.path(), &["--per-second", "5"]);
    let shop = Shop::new(&server.url, &key);
    let mut answers = Vec::new();
    for _ in 0..40 {
        answers.push(shop.get("/v1/stock").await);
    }
    let (status, problem) =
        answers.iter().find(|(status, _)| !status.is_success()).expect("nobody was stopped");
    assert_eq!(
        (*status, &problem["code"]),
        (StatusCode::TOO_MANY_REQUESTS, &json!("rate_limited"))
    );
    assert!(answers[0].0.is_success());
    // Only that key waits; and it is told for how long.
    assert!(Shop::new(&server.url, &other).get("/v1/stock").await.0.is_success());
    let again = loop {
        let request = Client::new().get(format!("{}/v1/stock", server.url));
        let answer = request.header("authorization", format!("Bearer {key}")).send().await.unwrap();
        if !answer.status().is_success() {
            break answer;
        }
    };
    let wait_s: u64 = again.headers()["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((1..=2).contains(&wait_s));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_read_is_refused_by_name() {
    let data = tempfile::tempdir().unwrap();
    let (key, code) = site(data.path());
    let server = ServerProcess::start(data.path(), None);
    let _desk = desk_with(&server, code, 10).await;
    let send = |body: Vec<u8>| {
        let request = Client::new().post(format!("{}/v1/orders", server.url)).body(body);
        request.header("authorization", format!("Bearer {key}")).send()
    };
    let order = |lines: &str, more: &str| {
        let head = r#""external_id":"A","customer":"A","address":"A""#;
        format!(r#"{{{head},"lines":[{lines}]{more}}}"#).into_bytes()
    };
    let bodies = [
        b"{".to_vec(),
        vec![0xff, 0xfe],
        order(r#"{"sku":"MUG","qty":"many"}"#, ""),
        order(r#"{"sku":"MUG","qty":0}"#, ""),
        order("", ""),
        order(r#"{"sku":"MUG","qty":1}"#, r#","colour":"red""#),
    ];
    let bad = bodies.into_iter().map(|body| (body, StatusCode::BAD_REQUEST));
    let large = (vec![b'x'; 300 << 10], StatusCode::PAYLOAD_TOO_LARGE);
    for (body, expected) in bad.chain([large]) {
        let said = String::from_utf8_lossy(&body[..body.len().min(80)]).into_owned();
        let answer = send(body).await.unwrap();
        assert_eq!(answer.status(), expected, "{said}");
        let kind = answer.headers()["content-type"].to_str().unwrap().to_owned();
        assert_eq!(kind, "application/problem+json", "{said}");
        let problem: Value = answer.json().await.unwrap();
        assert!(!problem["detail"].as_str().unwrap().is_empty(), "{problem}");
    }
    // A key that was revoked opens nothing, at the latest after it has been forgotten.
    admin(data.path(), None, &["revoke-key", &key]);
    let shop = Shop::new(&server.url, &key);
    let until = std::time::Instant::now() + std::time::Duration::from_secs(20);
    while shop.get("/v1/stock").await.0 != StatusCode::UNAUTHORIZED {
        assert!(std::time::Instant::now() < until, "a revoked key still opens");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
}

/// A receiver that was away for more than three days gets what was given up, on request.
#[tokio::test(flavor = "multi_thread")]
async fn dead_letters_are_listed_and_sent_again() {
    let data = tempfile::tempdir().unwrap();
    let (key, _) = site(data.path());
    let server = ServerProcess::start(data.path(), None);
    let shop = Shop::new(&server.url, &key);
    let (url, heard) = receiver();
    let hook = json!({"url": url, "kinds": []});
    let (_, hook) = shop.ask(Method::POST, "/v1/webhooks", Some(&hook), None).await;
    let hook = hook["id"].as_str().unwrap().to_owned();
    // As the courier leaves it after 72 hours.
    let (folder, name) = (data.path().to_owned(), hook.clone());
    let given_up = tokio::task::spawn_blocking(move || {
        let mut log = Log::embedded(&folder).unwrap();
        // Beyond what the hook has read by now.
        let (seq, next_at) = (1_000, Timestamp(i64::MAX));
        let id = delivery_id(&name, seq);
        let (order_key, payload) = ("order 1".to_owned(), r#"{"id":"x"}"#.to_owned());
        log.expand(&name, seq, &[NewDelivery { id, seq, order_key, payload, next_at }]).unwrap();
        log.dead(id).unwrap();
    });
    given_up.await.unwrap();
    let (status, dead) = shop.get(&format!("/v1/webhooks/{hook}/dead")).await;
    assert_eq!((status, dead.as_array().unwrap().len()), (StatusCode::OK, 1), "{dead}");
    assert_eq!(dead[0]["order"], "order 1");
    let replay = format!("/v1/webhooks/{hook}/replay");
    let (_, replayed) = shop.ask(Method::POST, &replay, None, None).await;
    assert_eq!(replayed, json!({"replayed": 1}));
    let told = heard.clone();
    // The receiver refuses the first and takes the second.
    let waiting =
        tokio::task::spawn_blocking(move || wait("told", || told.lock().unwrap().len() >= 2));
    waiting.await.unwrap();
    assert!(heard.lock().unwrap().iter().all(|(_, body)| body == r#"{"id":"x"}"#));
    assert_eq!(shop.get(&format!("/v1/webhooks/{hook}/dead")).await.1, json!([]));
    let (status, _) = shop.ask(Method::DELETE, &format!("/v1/webhooks/{hook}"), None, None).await;
    assert_eq!(status, StatusCode::NO_CONTENT);
    assert_eq!(shop.get(&format!("/v1/webhooks/{hook}/dead")).await.0, StatusCode::NOT_FOUND);
}
