//! Shops that order without a pause, each order under one key until it is accepted.

use reqwest::Client;
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::house;

const ANSWER_WAIT: Duration = Duration::from_secs(3);
const AGAIN: Duration = Duration::from_millis(25);
const BETWEEN: Duration = Duration::from_millis(120);

pub struct Accepted {
    pub external_id: String,
    pub at: Instant,
}

/// Orders until it is told to stop; the last order of each client is seen through.
pub fn order(url: &str, key: &str, clients: usize, stop: &Arc<AtomicBool>) -> Vec<Accepted> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let client = Client::builder().timeout(ANSWER_WAIT).build().unwrap();
        let shops = (0..clients).map(|shop| {
            let client = client.clone();
            async move {
                let mut accepted = Vec::new();
                while !stop.load(Ordering::SeqCst) {
                    let external_id = format!("S{shop}-{}", accepted.len());
                    place(&client, url, key, &external_id, (shop + accepted.len()) as u64).await;
                    accepted.push(Accepted { external_id, at: Instant::now() });
                    tokio::time::sleep(BETWEEN).await;
                }
                accepted
            }
        });
        futures_util::future::join_all(shops).await.into_iter().flatten().collect()
    })
}

async fn place(client: &Client, url: &str, key: &str, external_id: &str, sku: u64) {
    let order = json!({"external_id": external_id, "customer": "Ann", "address": "Quay 1",
        "lines": [{"sku": house::sku(sku), "qty": 1}]})
    .to_string();
    loop {
        let asked = client
            .post(format!("{url}/v1/orders"))
            .header("authorization", format!("Bearer {key}"))
            .header("idempotency-key", external_id)
            .body(order.clone())
            .send();
        match asked.await {
            Ok(answer) if answer.status().is_success() => return,
            Ok(answer) if answer.status().is_client_error() && answer.status() != 429 => {
                panic!("{external_id}: {}", answer.text().await.unwrap_or_default());
            }
            Ok(_) | Err(_) => tokio::time::sleep(AGAIN).await,
        }
    }
}
