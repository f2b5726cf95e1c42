//! Shops at the door: orders placed once, units promised once, webhooks signed and in order.

use crate::postgres::Server as PostgresServer;
use crate::process::{ServerProcess, admin};
use crate::station::{Desktop, wait};
use reqwest::{Client, Method, StatusCode};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

pub struct Shop {
    client: Client,
    url: String,
    key: String,
}

impl Shop {
    pub fn new(url: &str, key: &str) -> Shop {
        let _ = rustls::crypto::ring::default_provider().install_default();
        Shop { client: Client::new(), url: url.to_owned(), key: key.to_owned() }
    }

    pub async fn ask(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
        idempotency: Option<&str>,
    ) -> (StatusCode, Value) {
        let mut request = self
            .client
            .request(method, format!("{}{path}", self.url))
            .header("authorization", format!("Bearer {}", self.key));
        if let Some(key) = idempotency {
            request = request.header("idempotency-key", key);
        }
        if let Some(body) = body {
            request = request.body(body.to_string());
        }
        let answer = request.send().await.unwrap();
        let status = answer.status();
        let text = answer.text().await.unwrap();
        (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
    }

    pub async fn place(&self, order: &Value) -> (StatusCode, Value) {
        self.ask(Method::POST, "/v1/orders", Some(order), None).await
    }

    pub async fn get(&self, path: &str) -> (StatusCode, Value) {
        self.ask(Method::GET, path, None, None).await
    }
}

/// An enrolled desktop whose `qty` mugs the server knows of.
pub async fn desk_with(server: &ServerProcess, code: String, qty: i64) -> Desktop {
    let url = server.url.clone();
    let enrolling = tokio::task::spawn_blocking(move || {
        let desk = Desktop::enrolled(&url, &code);
        desk.furnish("MUG", qty);
        desk.wait_sent();
        desk
    });
    enrolling.await.unwrap()
}

pub fn order(id: &str, sku: &str, qty: i64) -> Value {
    json!({"external_id": id, "customer": "Ann", "address": "Quay 1",
        "lines": [{"sku": sku, "qty": qty}]})
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_placed_once_and_its_answer_stays_the_same() {
    let data = tempfile::tempdir().unwrap();
    admin(data.path(), None, &["site", "north"]);
    let key = admin(data.path(), None, &["key", "north", "shop"]);
    let reader = admin(data.path(), None, &["key", "north", "board", "--scope", "stock:read"]);
    let code = admin(data.path(), None, &["code", "north", "desk"]);
    let server = ServerProcess::start(data.path(), None);
    let desk = desk_with(&server, code, 10).await;
    let shop = Shop::new(&server.url, &key);
    let (status, placed) =
        shop.ask(Method::POST, "/v1/orders", Some(&order("A-1", "MUG", 3)), Some("k1")).await;
    assert_eq!(status, StatusCode::CREATED, "{placed}");
    assert_eq!(placed["lines"][0]["promised"], 3);
    let again =
        shop.ask(Method::POST, "/v1/orders", Some(&order("A-1", "MUG", 3)), Some("k1")).await;
    assert_eq!(again, (status, placed.clone()));
    let (status, other) =
        shop.ask(Method::POST, "/v1/orders", Some(&order("A-1", "MUG", 4)), Some("k1")).await;
    assert_eq!((status, &other["code"]), (StatusCode::CONFLICT, &json!("idempotency_key_reused")));
    let (status, same) = shop.place(&order("A-1", "MUG", 3)).await;
    assert_eq!((status, &same["id"]), (StatusCode::OK, &placed["id"]));
    let (status, other) = shop.place(&order("A-1", "MUG", 4)).await;
    assert_eq!((status, &other["code"]), (StatusCode::CONFLICT, &json!("conflict")));
    let (status, unknown) = shop.place(&order("A-2", "CUP", 1)).await;
    assert_eq!((status, &unknown["code"]), (StatusCode::NOT_FOUND, &json!("unknown")));
    let (_, stock) = shop.get("/v1/stock/MUG").await;
    assert_eq!((&stock["on_hand"], &stock["available_to_promise"]), (&json!(10), &json!(7)));

    // A desk hears of it, and its books hold.
    let desk = tokio::task::spawn_blocking(move || {
        wait("told", || desk.available("MUG") == 7);
        desk.hash();
        desk
    });
    desk.await.unwrap();

    // Rights, unknown keys and wrong paths.
    let board = Shop::new(&server.url, &reader);
    assert_eq!(board.place(&order("A-3", "MUG", 1)).await.0, StatusCode::FORBIDDEN);
    let stranger = Shop::new(&server.url, "qk_nobody");
    assert_eq!(stranger.get("/v1/stock").await.0, StatusCode::UNAUTHORIZED);
    assert_eq!(shop.get("/v1/nowhere").await.0, StatusCode::NOT_FOUND);
    let (status, bad) = shop.place(&json!({"external_id": 7})).await;
    assert_eq!((status, &bad["code"]), (StatusCode::BAD_REQUEST, &json!("bad_request")));

    // Cancelled: what was promised is free again.
    let path = format!("/v1/orders/{}/cancel", placed["id"].as_str().unwrap());
    let (status, cancelled) = shop.ask(Method::POST, &path, Some(&json!({})), None).await;
    assert_eq!((status, &cancelled["state"]), (StatusCode::OK, &json!("cancelled")));
    assert_eq!(shop.get("/v1/stock/MUG").await.1["available_to_promise"], 10);

    // The customer's link opens this order and no other way.
    let link = placed["tracking"].as_str().unwrap();
    let (status, page) = shop.get(link).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.as_str().unwrap().contains("Your order {n}"));
    assert_eq!(shop.get(&link[..link.len() - 1]).await.0, StatusCode::NOT_FOUND);
}

/// A thousand clients ask two replicas for the two units there are, while a desktop that was lent
/// one of them is cut off and promises it.
#[tokio::test(flavor = "multi_thread")]
async fn the_last_unit_is_promised_once_through_two_replicas() {
    const CLIENTS: usize = 1_000;
    let postgres = tokio::task::spawn_blocking(|| PostgresServer::start(&[])).await.unwrap();
    let database = postgres.database();
    let [one, two] = [(); 2].map(|()| tempfile::tempdir().unwrap());
    admin(one.path(), Some(&database), &["site", "north"]);
    let key = admin(one.path(), Some(&database), &["key", "north", "shop"]);
    let code = admin(one.path(), Some(&database), &["code", "north", "desk"]);
    let first = ServerProcess::start(one.path(), Some(&database));
    let second = ServerProcess::start(two.path(), Some(&database));
    let url = first.url.clone();
    let mut desk = tokio::task::spawn_blocking(move || {
        let desk = Desktop::enrolled(&url, &code);
        desk.furnish("MUG", 2);
        desk.ask("set_offline_share", json!({"percent": 50}));
        desk.wait_sent();
        wait("lent", || desk.lent("MUG") == 1);
        desk
    })
    .await
    .unwrap();
    desk.cable_out();
    let shops: Vec<Arc<Shop>> =
        [&first.url, &second.url].map(|url| Arc::new(Shop::new(url, &key))).into();
    let mut asking = Vec::new();
    for n in 0..CLIENTS {
        let shop = shops[n % 2].clone();
        asking.push(tokio::spawn(async move {
            let order = order(&format!("L-{n}"), "MUG", 1);
            loop {
                let (status, answer) = shop.place(&order).await;
                if status != StatusCode::SERVICE_UNAVAILABLE {
                    assert!(status.is_success(), "{answer}");
                    return answer["lines"][0]["promised"].as_i64().unwrap();
                }
            }
        }));
    }
    let placing = tokio::task::spawn_blocking(move || {
        let order = json!({"external_id": "D-1", "customer": "Bo", "address": "Quay 2",
            "lon": null, "lat": null, "lines": [{"sku": "MUG", "qty": 1}]});
        desk.ask("place_order", order);
        assert_eq!(desk.promised("MUG"), 1);
        desk
    });
    let mut promised = 0;
    for one in asking {
        promised += one.await.unwrap();
    }
    assert_eq!(promised, 1, "the other one is lent");
    let desk = placing.await.unwrap().cable_in();
    let desk = tokio::task::spawn_blocking(move || {
        wait("sent", || desk.only_here() == 0);
        wait("agreed", || desk.promised("MUG") == 2);
        desk
    });
    // The desktop's promise stands, and nobody was promised a third.
    let desk = desk.await.unwrap();
    let until = Instant::now() + Duration::from_secs(30);
    loop {
        let standing = standing(&shops[1]).await;
        assert!(standing <= 2, "{standing} promised of 2");
        // The list of the other replica may be a moment behind what the desktop knows.
        if standing == 2 {
            break;
        }
        assert!(Instant::now() < until, "{standing} promised of 2 after half a minute");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    drop(desk);
}

/// Units promised to all orders of the site, as a shop reads them page by page.
async fn standing(shop: &Shop) -> i64 {
    let mut standing = 0;
    let mut cursor = Some("0".to_owned());
    while let Some(from) = cursor {
        let (_, page) = shop.get(&format!("/v1/orders?limit=200&cursor={from}")).await;
        let items = page["items"].as_array().unwrap();
        standing += items.iter().map(|o| o["lines"][0]["promised"].as_i64().unwrap()).sum::<i64>();
        cursor = page["next"].as_str().map(str::to_owned);
    }
    standing
}

/// A desktop that was lent the last unit is cut off, promises it, and nobody else can.
#[tokio::test(flavor = "multi_thread")]
async fn a_desktop_cut_off_promises_what_it_was_lent_and_nobody_else_does() {
    let data = tempfile::tempdir().unwrap();
    admin(data.path(), None, &["site", "north"]);
    let key = admin(data.path(), None, &["key", "north", "shop"]);
    let code = admin(data.path(), None, &["code", "north", "desk"]);
    let server = ServerProcess::start(data.path(), None);
    let url = server.url.clone();
    let shop = Arc::new(Shop::new(&server.url, &key));
    let mut desk = tokio::task::spawn_blocking(move || {
        let desk = Desktop::enrolled(&url, &code);
        desk.furnish("MUG", 1);
        desk.ask("set_offline_share", json!({"percent": 50}));
        desk.wait_sent();
        wait("lent", || desk.lent("MUG") == 1);
        desk
    })
    .await
    .unwrap();
    assert_eq!(shop.get("/v1/stock/MUG").await.1["available_to_promise"], 0);
    desk.cable_out();
    let mut asking = Vec::new();
    for n in 0..40 {
        let shop = shop.clone();
        asking.push(tokio::spawn(
            async move { shop.place(&order(&format!("L-{n}"), "MUG", 1)).await },
        ));
    }
    let placing = tokio::task::spawn_blocking(move || {
        let order = json!({"external_id": "D-1", "customer": "Bo", "address": "Quay 2",
            "lon": null, "lat": null, "lines": [{"sku": "MUG", "qty": 1}]});
        desk.ask("place_order", order);
        assert_eq!(desk.promised("MUG"), 1);
        desk
    });
    let desk = placing.await.unwrap();
    for one in asking {
        let (status, answer) = one.await.unwrap();
        assert!(status.is_success(), "{answer}");
        assert_eq!(answer["lines"][0]["promised"], 0);
    }
    let desk = tokio::task::spawn_blocking(move || {
        let desk = desk.cable_in();
        wait("sent", || desk.only_here() == 0);
        desk
    });
    let desk = desk.await.unwrap();
    // Until the server has taken in what the desk promised, and then for good.
    loop {
        let (_, orders) = shop.get("/v1/orders?limit=100").await;
        let items = orders["items"].as_array().unwrap();
        let promised = items.iter().map(|o| o["lines"][0]["promised"].as_i64().unwrap());
        let promised: i64 = promised.sum();
        let is_in = items.iter().any(|order| order["external_id"] == "D-1");
        assert!(promised <= i64::from(is_in), "{orders}");
        if promised == 1 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    drop(desk);
}

/// Headers and body of each request that came in.
pub type Heard = Arc<Mutex<Vec<(String, String)>>>;

/// Somebody who listens at the address; the first request is answered with an error.
pub fn receiver() -> (String, Heard) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    let seen = Heard::default();
    let noting = seen.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut text = Vec::new();
            let mut piece = [0; 4096];
            let (head, body) = loop {
                let n = stream.read(&mut piece).unwrap();
                text.extend_from_slice(&piece[..n]);
                let whole = String::from_utf8_lossy(&text).into_owned();
                let Some((head, body)) = whole.split_once("\r\n\r\n") else { continue };
                let length = head.to_lowercase();
                let length = length.split("content-length: ").nth(1).unwrap();
                let length: usize = length.lines().next().unwrap().trim().parse().unwrap();
                if body.len() >= length {
                    break (head.to_owned(), body.to_owned());
                }
            };
            let mut seen = noting.lock().unwrap();
            let answer = if seen.is_empty() { "500 Oops" } else { "204 Fine" };
            seen.push((head, body));
            write!(stream, "HTTP/1.1 {answer}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
                .unwrap();
        }
    });
    (url, seen)
}

#[tokio::test(flavor = "multi_thread")]
async fn webhooks_are_signed_ordered_and_tried_again() {
    let data = tempfile::tempdir().unwrap();
    admin(data.path(), None, &["site", "north"]);
    let key = admin(data.path(), None, &["key", "north", "shop"]);
    let code = admin(data.path(), None, &["code", "north", "desk"]);
    let server = ServerProcess::start(data.path(), None);
    let _desk = desk_with(&server, code, 10).await;
    let shop = Shop::new(&server.url, &key);
    let (url, seen) = receiver();
    let wrong = json!({"url": url, "kinds": ["order.eaten"]});
    let (status, _) = shop.ask(Method::POST, "/v1/webhooks", Some(&wrong), None).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    let wanted = json!({"url": url, "kinds": ["order.placed", "order.promised"]});
    let (status, hook) = shop.ask(Method::POST, "/v1/webhooks", Some(&wanted), None).await;
    assert_eq!(status, StatusCode::CREATED, "{hook}");
    let secret = hook["secret"].as_str().unwrap().to_owned();
    shop.place(&order("A-1", "MUG", 3)).await;
    let heard = seen.clone();
    let waiting =
        tokio::task::spawn_blocking(move || wait("told", || heard.lock().unwrap().len() >= 3));
    waiting.await.unwrap();
    let seen = seen.lock().unwrap().clone();
    let kinds: Vec<Value> = seen
        .iter()
        .map(|(_, body)| serde_json::from_str::<Value>(body).unwrap()["kind"].clone())
        .collect();
    // The first was refused, so it came again before anything else of the order.
    assert_eq!(kinds[..3], ["order.placed", "order.placed", "order.promised"]);
    let ids: Vec<Value> = seen
        .iter()
        .map(|(_, body)| serde_json::from_str::<Value>(body).unwrap()["id"].clone())
        .collect();
    assert_eq!(ids[0], ids[1]);
    for (head, body) in &seen {
        let signature =
            head.lines().find_map(|line| line.strip_prefix("quayside-signature: ")).unwrap();
        let seconds = signature.strip_prefix("t=").unwrap().split(',').next().unwrap();
        let at = domain::Timestamp(seconds.parse::<i64>().unwrap() * 1000);
        assert_eq!(signature, server::signature(&secret, at, body));
    }
    let (_, hooks) = shop.get("/v1/webhooks").await;
    assert!(hooks[0]["secret"].is_null());
}
